"""Where the lines of a comparison stand: as rows side by side, stacked where it is narrow, or as published.

Pure: no styles, no terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tui.stories.board import Board
from tui.terminal.cells import wrap

View = Literal["rows", "differing", "published"]

GUTTER = 3
"""Cells between two columns, where the sign of a row stands."""
LABEL = 5
"""Cells before a column as published, where the numbers stand that tell which sentence goes with which."""
NARROW = 100
"""Cells below which two columns would be too narrow: they are stacked."""
NARROW_THREE = 132
WIDEST = 84


class Placed(NamedTuple):
    """A line of a view in rows."""

    row: int
    line: int
    """Which line of its cells; -1 for the blank one behind a row."""
    column: int = -1
    """Stacked: whose line it is; else -1, all columns'."""


class Rows:
    """The rows of a board, side by side or stacked.

    Args:
        board: What is shown.
        width: Cells of a line.
        differing: Whether rows that are the same everywhere are left out.

    Attributes:
        lines: All lines, top to bottom.
        stacked: Whether the columns stand one under the other.
        column_width: Cells of a column's text.
    """

    def __init__(self, board: Board, width: int, *, differing: bool) -> None:
        count = len(board.sides)
        self.stacked = width < (NARROW if count == 2 else NARROW_THREE)
        room = width - 2 if self.stacked else (width - 1 - GUTTER * (count - 1)) // count
        self.column_width = max(min(room - (2 if self.stacked else 0), WIDEST), 4)
        self.lines: list[Placed] = []
        self._first: dict[int, int] = {}
        self._wrapped: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for number, row in enumerate(board.rows):
            if differing and row.kind == "identical":
                continue
            self._first[number] = len(self.lines)
            cells = [column for column, cell in enumerate(row.cells) if cell.sentences]
            if self.stacked:
                for column in cells[:1] if row.kind == "identical" else cells:
                    lines = self.wrapped(board, number, column)
                    self.lines += [Placed(number, line, column) for line in range(len(lines))]
            else:
                height = max(len(self.wrapped(board, number, column)) for column in cells)
                self.lines += [Placed(number, line) for line in range(height)]
            self.lines.append(Placed(number, -1))

    def wrapped(self, board: Board, row: int, column: int) -> list[tuple[int, int]]:
        """`[start, end)` of each line of a cell's text."""
        key = row, column
        if key not in self._wrapped:
            self._wrapped[key] = wrap(board.rows[row].cells[column].text, self.column_width)
        return self._wrapped[key]

    @property
    def shown(self) -> list[int]:
        """The rows that are in it, in order."""
        return list(self._first)

    def lines_of(self, row: int) -> tuple[int, int]:
        """Where a row's lines begin, and how many they are; (0, 0) where it is left out."""
        first = self._first.get(row)
        if first is None:
            return 0, 0
        last = first
        while last < len(self.lines) and self.lines[last].row == row:
            last += 1
        return first, last - first


class Published(NamedTuple):
    """A line of an article as published."""

    paragraph: int
    """-1 for the blank line between two."""
    start: int = 0
    end: int = 0


class Columns:
    """Articles as published, each in a column of its own.

    Attributes:
        lines: Of each article.
        stacked: Whether the columns stand one under the other.
        column_width: Cells of a column's text.
    """

    def __init__(self, board: Board, width: int) -> None:
        count = len(board.sides)
        self.stacked = width < (NARROW if count == 2 else NARROW_THREE)
        room = width - LABEL if self.stacked else (width - LABEL * count) // count
        self.column_width = max(min(room - 1, WIDEST), 4)
        self.lines = [list(self._lines(side.article.paragraphs)) for side in board.sides]
        self._first = [
            {line.paragraph: at for at, line in reversed(list(enumerate(lines))) if line.paragraph >= 0}
            for lines in self.lines
        ]

    def _lines(self, paragraphs: Sequence[str]) -> Iterator[Published]:
        for number, paragraph in enumerate(paragraphs):
            if number:
                yield Published(-1)
            for start, end in wrap(paragraph, self.column_width):
                yield Published(number, start, end)

    def lines_of(self, column: int, paragraph: int, start: int, end: int) -> tuple[int, int]:
        """Where a sentence's lines begin, and how many they are."""
        lines = self.lines[column]
        at = self._first[column].get(paragraph, 0)
        while at + 1 < len(lines) and lines[at + 1].paragraph == paragraph and lines[at + 1].start <= start:
            at += 1
        last = at
        while (
            last + 1 < len(lines) and lines[last + 1].paragraph == paragraph and lines[last + 1].start < end
        ):
            last += 1
        return at, last - at + 1
