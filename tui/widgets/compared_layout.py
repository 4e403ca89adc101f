"""How a comparison is divided into columns, and which of its rows a view shows. Pure: no styles, no terminal."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tui.stories.board import Board

View = Literal["published", "rows", "differing", "only"]
"""Articles as published; or their sentences in rows: all, those that differ, those that one article alone has."""

VIEWS: tuple[View, ...] = ("published", "rows", "differing", "only")

MARGIN = 6
"""Cells before each column: where it is told which sentences go together, and how."""
NARROW = 100
"""Cells below which two columns would be too narrow: they are stacked."""
NARROW_THREE = 132
WIDEST = 84
"""Cells of a line of text that are still read with ease."""


class Selection(NamedTuple):
    """Where one is in a comparison."""

    row: int = 0
    column: int = 0
    """The article that keys go to."""


class Widths(NamedTuple):
    """How a line is divided; every column has its margin before it."""

    stacked: bool
    """Whether the articles stand one under the other, over the whole width."""
    column: int
    """Cells of a column's text."""

    def column_at(self, x: int) -> int:
        """Which column a cell belongs to; its margin does too."""
        return 0 if self.stacked else max(0, x) // (MARGIN + self.column)


def widths_of(width: int, columns: int) -> Widths:
    """How a line of so many cells is divided among articles."""
    stacked = width < (NARROW if columns == 2 else NARROW_THREE)
    room = width if stacked else width // columns
    # One cell stays free at the right: text should not touch the scroll bar.
    return Widths(stacked, max(min(room - MARGIN - (1 if stacked else 0), WIDEST), 4))


def rows_shown(board: Board, view: View, only: int | None) -> list[int]:
    """The rows that a view shows, in order.

    Args:
        board: The comparison.
        view: Which.
        only: Of the view `only` the one article whose own sentences are shown; None for each article's.
    """
    match view:
        case "differing":
            return [number for number, row in enumerate(board.rows) if not row.same]
        case "only":
            alone = {only} if only is not None else set(range(len(board.sides)))
            return [number for number, row in enumerate(board.rows) if row.alone in alone]
        case _:
            return list(range(len(board.rows)))


def numbers_of(board: Board) -> dict[int, int]:
    """What the rows that more than one article has are called in the margin."""
    together = [number for number, row in enumerate(board.rows) if row.alone is None]
    return {row: number for number, row in enumerate(together, 1)}
