"""Completion: fields, their values, and the words of the corpus that are most frequent."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.words import word
from tests.index.newsroom import Newsroom, article, indexed
from tui.index.frequent import most_frequent
from tui.index.search import Index
from tui.index.terms import encode
from tui.index.writer import IndexWriter


def completed(index: Index, query: str) -> list[tuple[str, str]]:
    return [(completion.text, completion.detail) for completion in index.complete(query, len(query))]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["ab", "abc", "abd", "aba", "abb", "b", "bab"]), max_size=6), max_size=12
    ),
    st.integers(1, 4),
    st.integers(1, 5),
)
def test_the_most_frequent_words_of_several_segments_are_those_of_all_together(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], batches: int, limit: int
) -> None:
    newsroom = Newsroom([article(" ".join(text)) for text in texts])
    segments = indexed(tmp_path_factory.mktemp("i"), newsroom, batches)._snapshot.segments
    picked = [segment.terms("body").prefix(encode("ab")) for segment in segments]
    found = most_frequent(segments, "body", picked, limit)
    counts = Counter(text for words in texts for text in set(words) if text.startswith("ab"))
    assert all(counts[text] == count for text, count in found)
    assert [count for _, count in found] == sorted(counts.values(), reverse=True)[:limit]


def test_the_best_of_hundreds_of_words_are_found(tmp_path: Path) -> None:
    texts = [" ".join(f"zt{word(rank)}" for rank in range(number, 400)) for number in range(40)]
    index = indexed(tmp_path, Newsroom(map(article, texts)), 3)
    assert completed(index, "zt") == sorted((f"zt{word(rank)}", "40 articles") for rank in range(39, 400))[:8]


def test_sources_that_begin_so_go_before_those_that_hold_it(tmp_path: Path) -> None:
    sources = ["post.example", "thornbury-post.example", "thornbury-post.example", "meridian.example"]
    index = indexed(tmp_path, Newsroom([article("x", source=source) for source in sources]), 2)
    assert completed(index, "source:post") == [
        ("post.example", "1 article"),
        ("thornbury-post.example", "2 articles"),
    ]
    assert completed(index, "source:")[0] == ("thornbury-post.example", "2 articles")
    assert completed(index, "source:*") == completed(index, "source:zzz") == []


def test_names_come_from_the_store_the_most_mentioned_first(tmp_path: Path) -> None:
    newsroom = Newsroom(
        [article("Ann Lee"), article("Ann Lee, Annie"), article("Lee")],
        [("Annie", "person", ()), ("Ann Lee", "person", ("Lee",)), ("Leeds", "place", ())],
    )
    index = indexed(tmp_path, newsroom)
    assert completed(index, "person:") == [('"Ann Lee"', "3 articles"), ('"Annie"', "1 article")]
    assert completed(index, "entity:lee") == [('"Ann Lee"', "3 articles"), ('"Leeds"', "0 articles")]
    assert completed(index, "org:") == []


def test_names_are_found_in_spite_of_slips_after_those_that_begin_so(tmp_path: Path) -> None:
    newsroom = Newsroom(
        [
            article("Volodymyr Zelensky"),
            article("Volodymyr Zelensky"),
            article("Zelenski"),
            article("Müller"),
        ],
        [("Volodymyr Zelensky", "person", ()), ("Zelenski", "person", ()), ("Müller", "person", ())],
    )
    index = indexed(tmp_path, newsroom)
    zelensky, zelenski = ('"Volodymyr Zelensky"', "2 articles"), ('"Zelenski"', "1 article")
    assert completed(index, "person:zelensk") == [zelensky, zelenski]
    assert completed(index, "person:Zelenski") == [zelenski, zelensky]
    assert completed(index, 'person:"volodimyr ze') == [zelensky]
    assert completed(index, "person:zilinsky") == [zelensky]  # two slips
    assert completed(index, "person:mull") == completed(index, "person:MÜLLR") == [('"Müller"', "1 article")]
    assert completed(index, "place:zelensk") == completed(index, "person:qqqqqqq") == []


def test_what_is_completed_finds_the_articles_that_were_told_of(tmp_path: Path) -> None:
    names = ["Conan O'Brien", "The “Bull” Smith", "AT&T (US)", "Ab-Cd", "a.b", "x"]
    newsroom = Newsroom([article(name) for name in names], [(name, "person", ()) for name in names])
    index = indexed(tmp_path, newsroom)
    texts = [text for text, _ in completed(index, "person:")]
    assert len(texts) == len(names)
    assert sorted(index.search(f"person:{text}").order.tolist() for text in texts) == [
        [n] for n in range(1, 7)
    ]


def test_dates_go_on_by_year_month_and_day_and_languages_by_use(tmp_path: Path) -> None:
    days = ["2021-12-16", "2021-12-16", "2021-11-02", "2019-01-31", None]
    index = indexed(
        tmp_path,
        Newsroom(
            [
                article("x", date=datetime.date.fromisoformat(each) if each else None, language=language)
                for each, language in zip(days, ["de", "en", "de", "es", None], strict=True)
            ]
        ),
        2,
    )
    assert completed(index, "date:20") == [("2021", "3 articles"), ("2019", "1 article")]
    assert completed(index, "date:2021") == [("2021-12", "2 articles"), ("2021-11", "1 article")]
    assert completed(index, "date:2021-1") == completed(index, "date:2021")
    assert completed(index, "date:2021-12") == [("2021-12-16", "2 articles")]
    assert (
        completed(index, "date:2021-12-16")
        == completed(index, "date:2020")
        == completed(index, "date:1")
        == []
    )
    assert completed(index, "lang:") == [("de", "2 articles"), ("en", "1 article"), ("es", "1 article")]
    assert completed(index, "lang:e") == [("en", "1 article"), ("es", "1 article")]


def test_nothing_is_completed_in_an_empty_corpus(tmp_path: Path) -> None:
    index = indexed(tmp_path, Newsroom())
    assert [completed(index, query) for query in ("ab", "source:", "lang:", "date:2", "person:a")] == [[]] * 5


def test_completion_follows_the_index(tmp_path: Path) -> None:
    newsroom = Newsroom([article("security")])
    index = indexed(tmp_path, newsroom)
    assert completed(index, "sec") == [("security", "1 article")]
    newsroom.articles[2] = article("security")
    with IndexWriter(tmp_path, newsroom) as writer:
        writer.apply([(2, "put")])
        writer.commit(2)
    index.refresh()
    assert completed(index, "sec") == [("security", "2 articles")]


def test_stories_go_on_by_words_of_their_titles(tmp_path: Path) -> None:
    newsroom = Newsroom([article("x"), article("y")])
    newsroom.stories = {"Talks in Moscow": {1, 2}, "The last talks": {1}}
    index = indexed(tmp_path, newsroom)
    assert completed(index, "story:tal") == [
        ('"Talks in Moscow"', "2 articles"),
        ('"The last talks"', "1 article"),
    ]
    assert completed(index, 'story:"mos') == [('"Talks in Moscow"', "2 articles")]
    assert completed(index, "story:zzz") == []
    assert ("story:", "words of a story's title, or its id") in completed(index, "st")
    query = f"story:{completed(index, 'story:last')[0][0]}"
    assert index.search(query).order.tolist() == [1]
