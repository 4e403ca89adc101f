"""A comparison as plain text: what it says of either article can be read out of it."""

from __future__ import annotations

import datetime
import re

import pytest

from tui.article import Article
from tui.stories.board import Board, board_of
from tui.stories.comparison import compare
from tui.stories.comparison_files import as_text
from tui.stories.values import Side


def board(left: str, right: str) -> Board:
    sides = tuple(
        Side(Article("Talks", (text,), date=datetime.date(2021, 12, 17), language="en"))
        for text in (left, right)
    )
    return board_of(sides, [compare(*sides)])


def lines(of: Board) -> list[str]:
    return [line for line in as_text(of) if not line.startswith(("---", "+++", "#"))]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("The House passed the bill on Friday.", "The House passed the bill on Friday after a debate.",
         "~ The House passed the bill on Friday {+after a debate+}."),
        ("The House passed the bill on Friday.", "The House passed the big bill on Friday.",
         "~ The House passed the {+big+} bill on Friday."),
        ("“We will stay here until it is over.”", "“Oh, we will stay here until it is over.”",
         "~ “{+Oh+} We will stay here until it is over.”"),
        ("俄罗斯外交部周五公布了安全条约草案。", "俄罗斯外交部周五公布了安全条约草案文本。",
         "~ 俄罗斯外交部周五公布了安全条约草案{+文本+}。"),
    ],
)  # fmt: skip
def test_what_is_put_in_has_blanks_about_it_where_words_have(left: str, right: str, expected: str) -> None:
    assert lines(board(left, right)) == [expected]


def test_what_stands_elsewhere_in_the_sentence_has_each_line_as_it_reads() -> None:
    left = "The judge fined 16 people in the old town, who were freed after three weeks on Friday."
    right = "On Friday, after five weeks, the judge freed the 17 people of the old town who were fined."
    one, other = lines(board(left, right))
    assert one.startswith("~ The judge [-fined-] [-16-] people") and "[-three weeks-]" in one
    assert other.startswith("  {+On Friday, after+} {+five weeks+}, the judge")
    assert re.sub(r"\[-|-\]|^~ ", "", one) == left
    assert re.sub(r"\{\+|\+\}|^  ", "", other) == right


def test_of_merged_sentences_only_what_no_counterpart_says_is_marked() -> None:
    whole = (
        "The minister resigned on Monday after the report came out and left the capital for his home in Tver."
    )
    halves = (
        "The minister resigned on Monday after the report came out. He left the capital for his home in Tver."
    )
    assert lines(board(whole, halves)) == [
        f"~ {whole.replace('and', '[-and-]')}",
        f"  {halves.replace('He', '{+He+}')}",
    ]
