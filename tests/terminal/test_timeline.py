"""The timeline of what is searched for in a real terminal: few bytes a move, and readable without colour."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import StartReader
from tests.terminal.driver import Driver

FEW = 1_600
"""Bytes of a move: two columns, and what is said of the bar."""
A_PAGE = 12_000
"""Bytes of another zoom, or of a page: the timeline's own lines."""


def _open(start_reader: StartReader, **options: object) -> Driver:
    reader = start_reader(**options)
    reader.wait_for(" articles")
    reader.settle(1.5, quiet=0.4)
    reader.press("/")
    reader.type("nato")
    reader.press("enter")
    reader.wait_for(" of ")
    reader.press("t")
    reader.wait_for("Timeline by")
    reader.settle(1.5, quiet=0.4)
    return reader


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_a_move_touches_few_cells(start_reader: StartReader, size: tuple[int, int]) -> None:
    reader = _open(start_reader, columns=size[0], rows=size[1])
    for key in "g", "right", "l", "right", "h":
        answer = reader.answer(key)
        assert 0 < answer.bytes < FEW, f"{key}: {answer.bytes} bytes"
    for key in "+", "+", "<", ">", "-", "0":
        answer = reader.answer(key)
        assert answer.bytes < A_PAGE, f"{key}: {answer.bytes} bytes"


def test_a_key_that_can_go_no_further_draws_no_bars(start_reader: StartReader) -> None:
    reader = _open(start_reader)
    reader.press("G")
    assert reader.answer("right", first=0.4).bytes == 0


def test_a_span_is_searched_and_left_again(start_reader: StartReader) -> None:
    reader = _open(start_reader)
    reader.press("g", "\x1b[1;2C", "\x1b[1;2C")
    reader.wait_for("searches it")
    reader.press("enter")
    reader.wait_for("nato date:[")
    reader.press("t", "ctrl+q")
    assert reader.wait_exit() == 0
    reader.assert_restored()


def test_everything_is_told_without_colour(start_reader: StartReader) -> None:
    reader = _open(start_reader, columns=80, rows=24, env={"NO_COLOR": "1"})
    reader.press("N", "enter")
    reader.wait_for("nato date:")
    reader.press("l")
    reader.settle(1.0, quiet=0.3)
    ground = next(line for line in reader.text.splitlines() if "▲" in line)
    assert "▄" in ground and "█" in ground and "─" in ground


def test_a_terminal_without_unicode_gets_ascii(start_reader: StartReader) -> None:
    reader = _open(start_reader, columns=80, rows=24, env={"LC_ALL": "C"})
    lines = reader.text.splitlines()[3:9]
    assert any("#" in line for line in lines) and any("^" in line for line in lines)
    assert all(line.isascii() for line in lines)
