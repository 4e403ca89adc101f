"""What a worker hands over arrives whole."""

from __future__ import annotations

import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.article import MENTION_TYPES, TITLE, Article
from tui.corpus.names import pack_mentions, unpack_mentions
from tui.corpus.numbers import pack_numbers, running, unpack_numbers, unpack_rows
from tui.corpus.packing import Packing
from tui.corpus.record import StoredMention, article_of, decode, encode, record_of
from tui.harmless import harmless

line = st.text(max_size=60).map(harmless).filter(str.strip)
articles = st.builds(
    Article,
    title=line,
    paragraphs=st.lists(line, max_size=4).map(tuple),
    date=st.none() | st.dates(),
    published=st.none() | st.datetimes(timezones=st.just(datetime.UTC)),
    source=st.none() | line,
    url=st.none() | line,
    author=st.none() | line,
    language=st.sampled_from([None, "en", "ru"]),
)


@given(articles)
def test_an_article_goes_into_a_record_and_out_again(article: Article) -> None:
    mention = (TITLE, 0, 1, article.title[0], "person", "key")
    wrong = (TITLE, 0, 1, article.title[0] + "x", "person", "key")
    packing = Packing()
    record = record_of(article, [mention, wrong], packing)  # type: ignore[list-item]
    assert record.mentions == (StoredMention(TITLE, 0, 1, "person", "key"),)
    again = decode(encode(record, packing), packing)
    assert again == record
    assert (
        article_of(
            again.title,
            again.day,
            again.published,
            again.source,
            again.author,
            again.url,
            again.language,
            packing.unpack(again.body),
        )
        == article
    )
    assert record.words == article.words


@given(articles, articles)
def test_equal_digests_are_equal_articles(one: Article, other: Article) -> None:
    digests = [record_of(article, (), Packing()).content for article in (one, other)]
    assert (digests[0] == digests[1]) == (one == other)


mentions = st.lists(
    st.builds(
        lambda paragraph, start, length, *rest: StoredMention(paragraph, start, start + length, *rest),
        st.integers(-1, 100_000),
        st.integers(0, 10_000_000),
        st.integers(0, 10_000),
        st.sampled_from(MENTION_TYPES),
        st.sampled_from("abc"),
    ),
    max_size=20,
)


@given(mentions)
def test_mentions_are_packed_and_unpacked(found: list[StoredMention]) -> None:
    numbers = {"a": 7, "b": 3, "c": 2**31}
    spans, entities = pack_mentions(found, numbers)
    assert unpack_mentions(spans, entities) == [(*mention[:4], numbers[mention.key]) for mention in found]
    gaps, start = unpack_rows([entities, b"", entities])
    distinct = sorted({numbers[mention.key] for mention in found})
    assert running(gaps, start).tolist() == distinct * 2
    assert start.tolist() == [0, len(distinct), len(distinct), 2 * len(distinct)]


@given(st.lists(st.lists(st.integers(0, 2**62), max_size=9), max_size=9))
def test_rows_of_numbers_are_packed_and_unpacked(rows: list[list[int]]) -> None:
    packed = [pack_numbers(row) for row in rows]
    assert [unpack_numbers(row) for row in packed] == rows
    numbers, start = unpack_rows(packed)
    assert [numbers[a:b].tolist() for a, b in pairwise(start.tolist())] == rows
