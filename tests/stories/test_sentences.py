"""An article's sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.article import Article
from tui.stories.sentences import bounds, sentences_of

PIECES = st.sampled_from(
    [
        *'.!?…"“”‘’()[]—- \u00a0\n',
        "。",
        "！",
        "؟",
        "।",
        "Mr",
        "U.S.",
        "No",
        "Jan",
        "he",
        "The",
        "said",
        "Smith",
        "12",
        "3.5",
        "ا",
        "中",
    ]
)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in bounds(text)]


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_sentences_tile_a_paragraph(text: str) -> None:
    found = bounds(text)
    covered = "".join(text[start:end] for start, end in found)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))


@given(st.lists(st.lists(PIECES).map(" ".join), max_size=5), st.sets(st.integers(0, 5)))
def test_offsets_hold_and_boilerplate_is_left_out(paragraphs: list[str], boilerplate: set[int]) -> None:
    article = Article("Title", tuple(paragraphs))
    for paragraph, start, end, text in sentences_of(article, boilerplate):
        assert paragraph not in boilerplate
        assert article.paragraphs[paragraph][start:end] == text != ""


@pytest.mark.parametrize(
    "sentences",
    [
        ["He came.", "She went!", "Did they?", "Nobody knows…", "The end."],
        ["Mr. Smith met Gen. Lee in St. Petersburg.", "They spoke."],
        ["The U.S. Senate voted at 5 p.m. on Jan. 5.", "It was No. 1 of 3.5 million."],
        ["He lives in the U.S.", "The rest don't."],
        ["J. K. Rowling and George W. Bush met."],
        ['"Is it true?" Mr. Smith asked.', '"No!" she said.'],
        ["“We won’t go.”", "“Why?” he asked, and left."],
        ["HARTFORD, Conn. — The man came."],
        ["Acme Inc. Chairman Lee left.", "He had no choice."],
        ["He said “no.”", "Then he left."],
        ["It rained (a lot.)", "Then it stopped."],
        ["Ukraines army and Natos chief met.", "Nobody said why."],
        ["他来了。", "我走了！", "“好。”", "他说"],
        ["یہ ہے۔", "وہ ہے؟", "نہیں۔"],
        ["यह है।", "वह नहीं।"],
        ["Он пришёл.", "Она ушла."],
        ["In 2001.", "30 men died."],
        ["It is set for June 28 at 2 p.m.", "Jackson will be free."],
        ["It opens at 5 p.m. Eastern time.", "At 6 p.m. Friday he came."],
        ["They may not enter the U.S.", "“Access could be limited,” he said."],
        ["“Strikingly, Trump . . . finishes first,” he said.", "Nobody laughed."],
        ["She will speak truth to power. #unapologetically"],
    ],
    ids=lambda sentences: sentences[0][:20],
)  # fmt: skip
def test_where_sentences_end(sentences: list[str]) -> None:
    spaced = "" if sentences[0].startswith("他") else " "
    assert parts(spaced.join(sentences)) == sentences


def test_an_ellipsis_alone_is_no_sentence() -> None:
    assert parts("... And so it went. Good.") == ["... And so it went.", "Good."]
