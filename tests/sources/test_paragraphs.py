"""Lines are put together where they were wrapped, and only there."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.sources import NotAnArticle, article_from_text
from tui.sources.paragraphs import cut
from tui.sources.refusal import LONGEST_LINE, LONGEST_PARAGRAPH, MOST_LINES

ONE = (
    "The ministers met on Thursday in the old customs house and said very little. Those who waited outside, and there "
    "were many of them in spite of the rain, were told to come back in the evening."
)
TWO = (
    "Nobody in the harbour had seen as many black cars since the day on which the bridge had been opened; the "
    "harbour master counted forty-one of them, and then it was too dark to count."
)
THREE = "In the evening nobody came out. The talks go on."


def paragraphs(text: str, name: str = "a.txt") -> tuple[str, ...]:
    return article_from_text(text, name).article.paragraphs


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("width", [45, 60, 72, 80, 100])
def test_wrapped_text(width: int, name: str) -> None:
    body = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in (ONE, TWO, THREE))
    assert paragraphs(f"Ministers meet\n\n{body}\n", name) == (ONE, TWO, THREE)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n\n"])
def test_a_paragraph_a_line(between: str, name: str) -> None:
    assert paragraphs("Ministers meet\n\n" + between.join((ONE, TWO, THREE)), name) == (ONE, TWO, THREE)


def test_short_paragraphs_a_line_each() -> None:
    sentences = tuple(f"He said so {number} times." for number in range(9))
    assert paragraphs("Ministers meet\n" + "\n".join(sentences)) == sentences


def test_indented_paragraphs() -> None:
    body = "\n".join(textwrap.fill(paragraph, 70, initial_indent="    ") for paragraph in (ONE, TWO, THREE))
    assert paragraphs(f"Ministers meet\n\n{body}\n") == (ONE, TWO, THREE)


def test_verse_and_lists_keep_their_lines() -> None:
    lines = ("Roses are red", "Violets are blue", "Sugar is sweet")
    assert paragraphs("A poem\n\n" + "\n".join(lines)) == lines


def test_address_in_wrapped_text_keeps_its_lines() -> None:
    wrapped = textwrap.fill(ONE, 72)
    body = f"{wrapped}\n\nThe Harbour Master\nCustoms House\nQuay Road\n\n{textwrap.fill(TWO, 72)}"
    assert paragraphs(f"Ministers meet\n\n{body}")[1:-1] == (
        "The Harbour Master",
        "Customs House",
        "Quay Road",
    )


def test_wrapped_chinese_has_no_spaces() -> None:
    sentence = (
        "俄罗斯周五公布了两份安全条约草案要求北约承诺不再向东扩张"
        + "并限制在其边境附近的军事部署美国表示愿意与盟国讨论"
    )
    body = "\n".join(textwrap.wrap(sentence, 20))
    assert paragraphs(f"标题\n\n{body}\n") == (sentence,)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x85"])
def test_every_line_end(end: str) -> None:
    assert paragraphs(end.join(("Title", "", ONE, "", TWO))) == (ONE, TWO)


@pytest.mark.parametrize("end", ["\f", "\u2029"])
def test_page_and_paragraph_ends(end: str) -> None:
    assert paragraphs(end.join(("Title", ONE, TWO))) == (ONE, TWO)


def test_rules_of_signs_are_no_text() -> None:
    assert paragraphs(f"Title\n=====\n\n{ONE}\n\n* * *\n\n{TWO}\n\n-----\n") == (ONE, TWO)


def test_endless_paragraph_is_cut_between_sentences_and_said() -> None:
    text = " ".join([ONE] * 1_000)
    reading = article_from_text(f"Title\n20211216\nhttps://a.example/1\n{text}", "a.txt")
    assert " ".join(reading.article.paragraphs) == text
    assert all(len(paragraph) <= LONGEST_PARAGRAPH for paragraph in reading.article.paragraphs)
    assert all(paragraph.endswith(".") for paragraph in reading.article.paragraphs)
    assert len(reading.warnings) == 1


@given(st.text("ab. \u3002", max_size=50), st.integers(1, 3_000))
def test_cutting_loses_nothing_but_spaces(unit: str, times: int) -> None:
    text = unit * times
    pieces = cut(text)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert all(0 < len(piece) <= LONGEST_PARAGRAPH for piece in pieces)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("header", ["", "Title\n20211216\nhttps://a.example/1\n"])
def test_line_of_ten_megabytes_is_refused(header: str, name: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article_from_text(header + "word " * 2_000_000, name)
    assert refusal.value.reason == "a line of 10 M characters (the limit is 2.5 M): data, not an article"
    assert LONGEST_LINE == 2_500_000


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(NotAnArticle, match="lines: a list or a log"):
        article_from_text("Title\n20211216\nhttps://a.example/1\n" + "x\n" * (MOST_LINES + 1), "a.txt")
