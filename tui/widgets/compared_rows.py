"""Sentence beside sentence: the rows of a comparison as lines, in columns, or stacked where it is narrow."""

from __future__ import annotations

from typing import NamedTuple

from rich.segment import Segment

from tui.stories.board import SIGNS, Board, BoardRow
from tui.terminal.cells import wrap
from tui.widgets.compared_layout import MARGIN, Selection, numbers_of, widths_of
from tui.widgets.compared_look import STYLES, Look, filled, marks_drawn

NOTHING = "—"
"""Stands where an article leaves something out."""


class Placed(NamedTuple):
    """A line."""

    row: int
    line: int
    """Which line of its cells; -1 for the blank one behind a row."""
    column: int = -1
    """Stacked: whose line it is; else -1, all columns'."""


class RowsFace:
    """Some rows of a board, drawn by line.

    Attributes:
        lines: All lines, top to bottom.
        shown: The rows that are in it, in order.
        widths: How a line is divided.
    """

    def __init__(self, board: Board, width: int, shown: list[int]) -> None:
        self.board = board
        self.width = width
        self.shown = shown
        self.widths = widths_of(width, len(board.sides))
        self.lines: list[Placed] = []
        self._numbers = numbers_of(board)
        self._places: dict[int, tuple[int, int]] = {}
        self._wrapped: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for number in shown:
            first = len(self.lines)
            self.lines += self._lines_of(number, board.rows[number])
            self._places[number] = first, len(self.lines) - first
            self.lines.append(Placed(number, -1))

    def _lines_of(self, number: int, row: BoardRow) -> list[Placed]:
        columns = self._stack(row) if self.widths.stacked else [-1]
        if columns == [-1]:
            having = (column for column, cell in enumerate(row.cells) if cell.sentences)
            height = max(len(self.wrapped(number, column)) for column in having)
            return [Placed(number, line) for line in range(height)]
        return [
            Placed(number, line, column)
            for column in columns
            for line in range(len(self.wrapped(number, column)))
        ]

    def _stack(self, row: BoardRow) -> list[int]:
        """The articles that a row shows one under the other: what is the same everywhere is shown once."""
        having = [column for column, cell in enumerate(row.cells) if cell.sentences]
        return having[:1] if row.kind == "identical" else having

    def wrapped(self, row: int, column: int) -> list[tuple[int, int]]:
        """`[start, end)` of each line of a cell's text."""
        key = row, column
        if key not in self._wrapped:
            self._wrapped[key] = wrap(self.board.rows[row].cells[column].text, self.widths.column)
        return self._wrapped[key]

    def order(self, column: int) -> list[int]:
        """The rows in the order that up and down go through them."""
        return self.shown

    def place_of(self, row: int) -> tuple[int, int]:
        """Where a row's lines begin, and how many they are; (0, 0) where it is left out."""
        return self._places.get(row, (0, 0))

    def at(self, x: int, y: int) -> Selection | None:
        """What is at a cell of a line; None where there is nothing."""
        if not 0 <= y < len(self.lines) or self.lines[y].line < 0:
            return None
        placed = self.lines[y]
        if self.widths.stacked:
            return Selection(placed.row, placed.column)
        return Selection(placed.row, min(self.widths.column_at(x), len(self.board.sides) - 1))

    # Drawing

    def draw(self, y: int, selection: Selection, look: Look) -> list[Segment]:
        """A line."""
        if not 0 <= y < len(self.lines) or self.lines[y].line < 0:
            return []
        placed = self.lines[y]
        row = self.board.rows[placed.row]
        selected = placed.row == selection.row
        if self.widths.stacked:
            here = selected and selection.column in (placed.column, *self._unshown(row, placed.column))
            margin = self._stacked_margin(y, placed, row, here, look)
            return [margin, *self._cell(placed, placed.column, here, look)]
        segments: list[Segment] = []
        for column in range(len(row.cells)):
            here = selected and selection.column == column
            segments.append(self._margin(placed, row, column, here, look))
            segments += self._cell(placed, column, here, look)
        return segments

    def _unshown(self, row: BoardRow, column: int) -> list[int]:
        """The articles that stand for themselves in another one's line, or nowhere."""
        stack = self._stack(row)
        return [other for other in range(len(row.cells)) if other not in stack] if stack[0] == column else []

    def _margin(self, placed: Placed, row: BoardRow, column: int, here: bool, look: Look) -> Segment:
        """Before the first column the row's number; before the others how they go with what stands left of them."""
        if placed.line:
            return look.sign(("┃" if here else " ") + " " * (MARGIN - 1))
        pointer = "▸" if here else " "
        if not column:
            label = SIGNS["only"] if row.alone == column else self._numbers.get(placed.row, "")
            return look.sign(f"{pointer}{label:>{MARGIN - 2}} ")
        between = row.between[column - 1]
        if between is not None:
            other, kind = between
            # Not like its neighbour but like one further left: which.
            thread = f"─{SIGNS[kind]}─" if other == column - 1 else f"{SIGNS[kind]}{other + 1} "
        elif row.alone == column:
            thread = f"  {SIGNS['only']}"
        else:
            thread = "   "
        return look.sign(f" {thread}{pointer} " if here else f" {thread}  ")

    def _stacked_margin(self, y: int, placed: Placed, row: BoardRow, here: bool, look: Look) -> Segment:
        """A bracket around the sentences that go together, and whose each of them is."""
        stack = self._stack(row)
        first, last = placed.column == stack[0], placed.column == stack[-1]
        pointer = ("▸" if placed.line == 0 else "┃") if here else " "
        if first and last:
            bracket = " "
        elif placed.line == 0:
            bracket = "┌" if first else "└" if last else "├"
        else:
            bracket = " " if last else "│"
        if placed.line:
            return look.sign(f"{pointer} {bracket}   ")
        whose = " " if row.same else str(placed.column + 1)
        if row.kind == "identical" and not row.same:
            whose = "".join(str(column + 1) for column, cell in enumerate(row.cells) if cell.sentences)
        return look.sign(
            f"{pointer} {bracket}{whose}{SIGNS[row.kind] if first else ' '} "[: MARGIN - 1] + " "
        )

    def _cell(self, placed: Placed, column: int, here: bool, look: Look) -> list[Segment]:
        """One line of a cell, filled to the column's width."""
        width = self.widths.column
        row = self.board.rows[placed.row]
        cell = row.cells[column]
        if not cell.sentences:
            nothing = Segment(NOTHING if placed.line == 0 else "", look.style("compared--quiet"))
            return filled([nothing], width, look.blank(1))
        lines = self.wrapped(placed.row, column)
        between = row.between[column - 1] if column else None
        said_before = between is not None and between[1] == "identical"
        base = look.style(STYLES["identical" if said_before else row.kind], here)
        if placed.line >= len(lines):
            return [look.blank(width)]
        start, end = lines[placed.line]
        return filled(look.marked(cell.text, start, end, marks_drawn(cell), base), width, Segment(" ", base))
