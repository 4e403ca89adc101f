"""A comparison in a real terminal: there and back, without colour, and in how many bytes."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import StartReader
from tests.terminal.driver import Driver

FEW = 4_000
"""Bytes of a move in rows: two rows of a few lines each, and the number in the footer."""


def _compare(start_reader: StartReader, **options: object) -> Driver:
    reader = start_reader(**options)
    reader.wait_for(" articles")
    reader.settle(1.5, quiet=0.4)
    reader.press("/")
    reader.type("title:americans OR title:seeks")
    reader.wait_for("2 of ")
    reader.press("enter", "enter")
    reader.settle(1.5, quiet=0.4)
    reader.press("escape", "j", "c")
    reader.wait_for("% shared")
    reader.settle(1.0, quiet=0.4)
    return reader


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_from_two_articles_to_a_figure_to_its_article_and_back(
    start_reader: StartReader, size: tuple[int, int]
) -> None:
    reader = _compare(start_reader, columns=size[0], rows=size[1])
    assert "13,000 ≠ 14,000" in reader.text
    reader.press("]")
    place = reader.text.split()[-1]
    assert place.endswith("/24") and place != "1/24", "the footer says where one is"
    reader.press("enter")
    reader.wait_for(" min")
    reader.press("backspace")
    reader.wait_for("% shared")
    reader.settle(1.0, quiet=0.4)
    assert reader.text.split()[-1] == place
    reader.press("q")
    reader.wait_gone("% shared")
    reader.press("ctrl+q")
    assert reader.wait_exit() == 0
    reader.assert_restored()


def test_a_move_touches_few_cells_and_counts_on(start_reader: StartReader) -> None:
    reader = _compare(start_reader, columns=120, rows=40)
    for expected in ("2/24", "3/24"):
        answer = reader.answer("j")
        assert 0 < answer.bytes < FEW, f"{answer.bytes} bytes"
        assert reader.text.split()[-1] == expected


def test_without_colour_signs_and_threads_tell_what_goes_together(start_reader: StartReader) -> None:
    reader = _compare(start_reader, columns=120, rows=40, env={"NO_COLOR": "1"})
    text = reader.text
    assert "= 15 identical" in text and "─=─" in text and "•" in text and "—" in text
    reader.press("1", "]")
    reader.wait_for("──5≈")


def test_a_smaller_window_keeps_the_place(start_reader: StartReader) -> None:
    reader = _compare(start_reader, columns=120, rows=40)
    reader.press("]")
    reader.resize(60, 14)
    reader.wait_until(
        lambda: "└2" in reader.text and "people have died" in reader.text, what="the stacked rows"
    )
    reader.resize(120, 40)
    reader.wait_for("─≈─")
    assert "people have died" in reader.text
