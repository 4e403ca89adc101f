"""The page of a name in a real terminal: there and back, without colour, and in how many bytes."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import StartReader
from tests.terminal.driver import Driver

FEW = 1_600
"""Bytes of a move in a list of the page: two rows of three lines, and what tells the terminal where they stand."""


def _open_page(start_reader: StartReader, **options: object) -> Driver:
    reader = start_reader(**options)
    reader.wait_for(" articles")
    reader.settle(1.5, quiet=0.4)
    reader.press("E")
    reader.wait_for("who and where")
    reader.type("ryabkov")
    reader.wait_until(lambda: "▸ ᴾ Sergei Ryabkov" in reader.text, what="the name among the choices")
    reader.press("enter")
    reader.wait_until(lambda: "Said …" not in reader.text and "Lines 3" in reader.text, what="all parts")
    reader.settle(1.5, quiet=0.4)
    return reader


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_from_a_name_to_its_page_to_a_sentence_and_back(
    start_reader: StartReader, size: tuple[int, int]
) -> None:
    reader = _open_page(start_reader, columns=size[0], rows=size[1])
    assert "person · " in reader.text and "also Ryabkov" in reader.text
    reader.press("4", "j", "enter")
    reader.wait_for(" min")
    reader.press("H")
    reader.wait_for("newest first")
    reader.press("q")
    reader.wait_gone("newest first")
    reader.press("ctrl+q")
    assert reader.wait_exit() == 0
    reader.assert_restored()


def test_a_move_on_the_page_touches_few_cells(start_reader: StartReader) -> None:
    reader = _open_page(start_reader, columns=120, rows=40)
    for part in "2", "3", "4", "5", "1":
        reader.press(part)
        reader.settle(1.5, quiet=0.4)
        step = "left" if part == "1" else "j"
        reader.press(step)  # a part that was never moved in may still have a word in the footer to clear
        reader.settle(1.0, quiet=0.3)
        answer = reader.answer(step)
        assert 0 < answer.bytes < FEW, f"part {part}: {answer.bytes} bytes"


def test_types_bursts_and_what_is_selected_are_told_without_colour(start_reader: StartReader) -> None:
    reader = _open_page(start_reader, columns=80, rows=24, env={"NO_COLOR": "1"})
    text = reader.text
    assert "ᴾ Sergei Ryabkov" in text
    assert "ᴸ" in text and "▄ burst" in text
    reader.press("1")
    reader.wait_for("▲")
