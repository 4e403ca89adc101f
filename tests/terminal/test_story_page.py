"""A story's page in a real terminal: there and back, without colour, and in how many bytes."""

from __future__ import annotations

import re

import pytest

from tests.terminal.conftest import StartReader
from tests.terminal.driver import Driver

FEW = 2_300
"""Bytes of a move among the reports, or to another source whose wording is another."""

NOT_MANY = 3_000
"""Bytes of a move to another statement: four lines of it, and what its cell says."""

CELL = re.compile(r"(?:[ 1][●◕◐·–] ?)+\s*$")


def _open_story(start_reader: StartReader, **options: object) -> Driver:
    reader = start_reader(**options)
    reader.wait_for(" articles")
    reader.settle(1.5, quiet=0.4)
    reader.press("/")
    reader.type("title:seeks")
    reader.wait_for("1 of ")
    reader.press("enter", "s")
    reader.wait_for("2 Coverage")
    reader.settle(1.5, quiet=0.4)
    return reader


def _rows(reader: Driver) -> list[str]:
    """The lines of the screen that have cells of the matrix."""
    return [line for line in reader.emulator.lines if re.search(r" \d+/\d+ ", line) and "●" in line]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_from_an_article_to_who_told_what_to_a_sentence_and_back(
    start_reader: StartReader, size: tuple[int, int]
) -> None:
    reader = _open_story(start_reader, columns=size[0], rows=size[1])
    assert "reports" in reader.text and "sources" in reader.text
    reader.press("2")
    reader.wait_for("1 first")
    reader.wait_until(lambda: len(_rows(reader)) > 5, what="the statements")
    reader.press("j", "]", "enter")
    reader.wait_gone("2 Coverage")
    reader.wait_for("next match")
    reader.press("backspace")
    reader.wait_until(lambda: len(_rows(reader)) > 5, what="the statements again")
    reader.press("q")
    reader.wait_gone("2 Coverage")
    reader.press("ctrl+q")
    assert reader.wait_exit() == 0
    reader.assert_restored()


def test_a_move_touches_few_cells_and_leaves_none_blank(start_reader: StartReader) -> None:
    reader = _open_story(start_reader, columns=120, rows=40)
    reader.press("space")
    reader.settle(1.0, quiet=0.3)
    reader.press("j")
    reader.settle(1.0, quiet=0.3)
    for key in "j", "k":
        answer = reader.answer(key)
        assert 0 < answer.bytes < FEW, f"{key} among the reports: {answer.bytes} bytes"
    reader.press("2")
    reader.wait_until(lambda: len(_rows(reader)) > 5, what="the statements")
    reader.settle(1.0, quiet=0.3)
    reader.press("j", "l")
    reader.settle(1.0, quiet=0.3)
    for key, most in ("j", NOT_MANY), ("l", FEW), ("h", FEW), ("k", NOT_MANY), ("right", FEW):
        answer = reader.answer(key)
        assert 0 < answer.bytes < most, f"{key} in the coverage: {answer.bytes} bytes"
    reader.press("pagedown", "x", "x", "S", "pageup")
    reader.settle(1.0, quiet=0.3)
    rows = _rows(reader)
    assert rows and all(CELL.search(row.rstrip("▁▂▃▄▅▆▇█ ") + " ") for row in rows)
    cells = {len(re.findall(r"[●◕◐·–]", CELL.search(row.rstrip("▁▂▃▄▅▆▇█ ") + " ").group())) for row in rows}  # type: ignore[union-attr]
    assert len(cells) == 1


def test_who_was_first_is_told_without_colour(start_reader: StartReader) -> None:
    reader = _open_story(start_reader, columns=120, rows=40, env={"NO_COLOR": "1"})
    reader.press("2")
    reader.wait_until(lambda: len(_rows(reader)) > 5, what="the statements")
    reader.wait_for("1 first")
    assert "◐" in reader.text and "same day" in reader.text and "left out" in reader.text
    assert "First: " in reader.text


def test_a_terminal_without_circles_shows_other_signs(start_reader: StartReader) -> None:
    reader = _open_story(start_reader, columns=80, rows=24, env={"LC_ALL": "C", "PYTHONIOENCODING": "utf-8"})
    reader.press("2")
    reader.wait_for("= the same words")
    reader.wait_for("~ reworded")
    assert "●" not in reader.text and "◐" not in reader.text
