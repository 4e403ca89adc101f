"""A frame of single lines does to a terminal what it says."""

from __future__ import annotations

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from tests.terminal.emulator import Emulator
from tui.terminal.lines import Lines


def test_each_line_stands_at_its_place_and_nothing_else_is_touched() -> None:
    emulator = Emulator(12, 3)
    emulator.feed(b"first line\r\nsecond line\r\nthird line")
    frame = Lines([(0, 0, Strip([Segment("FIRST")])), (7, 2, Strip([Segment("ROW "), Segment("!")]))])
    emulator.feed(frame.render_segments(Console(color_system="truecolor")).encode())
    assert [line.rstrip() for line in emulator.lines] == ["FIRST line", "second line", "third lROW !"]


def test_a_frame_without_lines_is_nothing() -> None:
    assert Lines([]).render_segments(Console()) == ""
