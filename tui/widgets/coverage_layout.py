"""Where the cells of a coverage matrix stand, what its columns are called, and in which order its rows come.

Pure: no styles, no terminal.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from tui.stories.values import Matrix, Statement
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.source_names import told_apart

CoverageOrder = Literal["coverage", "time", "only"]
COVERAGE_ORDERS: tuple[CoverageOrder, ...] = ("coverage", "time", "only")

Narrowed = Literal["only", "left out"]
"""Which statements are shown of one source: those that it alone has, or those that it leaves out."""

NARROWEST_CELL = 3
WIDEST_CELL = 12
WRITTEN_FROM = 7
"""Cells of a column from which its name is written from left to right; below, a letter a line."""
NARROWEST_TEXT = 34
"""Cells of a statement below which nobody sees what it is about."""
WIDEST_TEXT = 96
FIRST_WIDTH = 16
"""Cells that tell in words who had it first, where there is room for them."""
FIRST_FROM = 110
POINTER = 2
SHORT = 18
"""Lines of a screen below which the cells need what the names could have."""


class Shape(NamedTuple):
    """How the width is divided: pointer, statement, how many carry it, who had it first, the sources in view."""

    text: int
    tally: int
    """Cells of how many carry a statement."""
    first: int
    """0 where there is no room for it."""
    cell: int
    in_view: int
    """How many sources are in view at a time."""
    head: int
    """Lines of the sources' names."""

    @property
    def upright(self) -> bool:
        """Whether names are written a letter a line."""
        return self.cell < WRITTEN_FROM

    @property
    def left(self) -> int:
        """Cells before the first source's."""
        return POINTER + self.text + 1 + self.tally + 1 + self.first


def shape_of(width: int, height: int, names: Sequence[str]) -> Shape:
    """Divide a view of `width` by `height` cells among statements and these sources."""
    columns = max(1, len(names))
    tally = 2 * len(str(columns)) + 1
    first = FIRST_WIDTH if width >= FIRST_FROM else 0
    fixed = POINTER + 1 + tally + 1 + first
    least = max(min(NARROWEST_TEXT, width // 2), (width - fixed) * 45 // 100)
    room = max(NARROWEST_CELL, width - fixed - least)
    if columns * NARROWEST_CELL > room:  # all of them at a glance are worth some words
        room = max(room, min(columns * NARROWEST_CELL, width - fixed - NARROWEST_TEXT))
    cell = max(NARROWEST_CELL, min(WIDEST_CELL, room // columns))
    if cell < WRITTEN_FROM:
        cell = min(cell, NARROWEST_CELL + (width >= FIRST_FROM))
    in_view = max(1, min(columns, room // cell))
    text = max(0, min(WIDEST_TEXT, width - fixed - in_view * cell))
    longest = max(map(width_of, names), default=1)
    if cell < WRITTEN_FROM:
        head = min(longest, max(5 if height >= SHORT else 3, min(14, height // 5)))
    else:
        head = min(-(-longest // (cell - 1)), 3 if height >= 30 else 2)
    return Shape(text, tally, first, cell, in_view, max(1, head))


def first_in_view(shape: Shape, columns: int, first: int, selected: int) -> int:
    """The leftmost source in view, moved as little as brings the selected one into view."""
    first = max(selected - shape.in_view + 1, min(first, selected))
    return max(0, min(first, columns - shape.in_view))


def head_names(names: Sequence[str], shape: Shape) -> list[list[str]]:
    """What stands in each line over each source: no two alike, however little room there is.

    Returns:
        For each source `shape.head` texts of at most `shape.cell - 1` cells.
    """
    if not shape.upright:
        width = shape.cell - 1
        cut_names = told_apart(names, width * shape.head)
        return [_divided(name, width, shape.head) for name in cut_names]
    return [
        [*letters[: shape.head], *[""] * (shape.head - len(letters))]
        for letters in map(_characters, told_apart(names, shape.head))
    ]


def _characters(name: str) -> list[str]:
    """The name's characters, each with the marks that stand on it."""
    letters: list[str] = []
    for character in name:
        if letters and not width_of(character):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _divided(name: str, width: int, lines: int) -> list[str]:
    found: list[str] = []
    rest = name
    for _ in range(lines):
        end = len(rest)
        while end and width_of(rest[:end]) > width:
            end -= 1
        hyphen = rest.rfind("-", 0, end) + 1
        if end < len(rest) and hyphen > 2:
            end = hyphen
        found.append(rest[:end])
        rest = rest[end:]
    if rest and found:
        found[-1] = cut(found[-1] + rest, width)
    return found


# Rows


def rows_of(matrix: Matrix, order: CoverageOrder, narrowed: tuple[Narrowed, int] | None = None) -> list[int]:
    """The statements to show, in order, as indices in `matrix.statements`.

    Args:
        matrix: What was told.
        order: By how many sources carry them; by when they were first told; those of one source alone first.
        narrowed: Of which source (its column) only which statements are shown; None for all.
    """
    chosen = [
        at
        for at, statement in enumerate(matrix.statements)
        if narrowed is None or _belongs(statement, *narrowed)
    ]
    if order == "time":
        chosen.sort(key=lambda at: _told(matrix.statements[at]))
    elif order == "only":
        chosen.sort(key=lambda at: _alone(matrix.statements[at]))
    return chosen


def _belongs(statement: Statement, narrowed: Narrowed, column: int) -> bool:
    if narrowed == "only":
        return statement.tellings[column] is not None and statement.carried == 1
    return statement.tellings[column] is None and statement.carried > 1


def _told(statement: Statement) -> tuple[bool, datetime.date, int, int]:
    """When it was first told; of one day by the source that had it first, else by the first of those that have it."""
    column = statement.first if statement.first is not None else _first_teller(statement)
    telling = statement.tellings[column]
    paragraph = telling.sentence.paragraph if telling is not None else 0
    return statement.day is None, statement.day or datetime.date.min, column, paragraph


def _first_teller(statement: Statement) -> int:
    return next((column for column, telling in enumerate(statement.tellings) if telling is not None), 0)


def _alone(statement: Statement) -> tuple[bool, int]:
    return statement.carried > 1, _first_teller(statement) if statement.carried == 1 else -statement.carried


def said_first(statement: Statement, names: Sequence[str], width: int) -> str:
    """Who had a statement first, in at most `width` cells: `kestrel`, `same day`, `only kestrel`."""
    if statement.carried == 1:
        return fitted("only " + names[_first_teller(statement)], width)
    if statement.first is not None:
        return fitted(names[statement.first], width)
    return fitted("same day" if statement.day is not None else "undated", width)


def summary_of(matrix: Matrix, names: Sequence[str], width: int, lines: int) -> list[str]:
    """Who had how many statements first, and who has how many that nobody else has.

    Returns:
        At most `lines` lines of at most `width` cells, the one matter after the other.
    """
    shared = [statement for statement in matrix.statements if statement.carried > 1]
    firsts = Counter(statement.first for statement in shared)
    undecided = firsts.pop(None, 0)
    alone = Counter(_first_teller(statement) for statement in matrix.statements if statement.carried == 1)
    first = [f"{names[column]} {count:,}" for column, count in firsts.most_common() if column is not None]
    if undecided:
        first.append(f"not known {undecided:,}")
    only = [f"{names[column]} {count:,}" for column, count in alone.most_common()]
    told = [one for one in (("First: ", first), ("Alone: ", only)) if one[1]]
    room = lines
    found: list[str] = []
    for at, (heading, entries) in enumerate(told):
        own = -(-room // (len(told) - at))
        said = _in_lines(heading, entries, width, own)
        found += said
        room -= len(said)
    return found


def _in_lines(heading: str, entries: Sequence[str], width: int, lines: int) -> list[str]:
    """Entries divided by dots, none of them broken; what there is no room for is said to be missing."""
    if lines <= 0:
        return []
    found = [heading]
    for at, entry in enumerate(entries):
        before = "" if found[-1].isspace() or found[-1] == heading else " · "
        missing = " …" if at + 1 < len(entries) else ""
        if width_of(found[-1] + before + entry + (missing if len(found) == lines else "")) <= width:
            found[-1] += before + entry
        elif len(found) < lines:
            found.append(" " * len(heading) + entry)
        else:
            found[-1] = found[-1] + " …" if before else cut(heading + entry, width)
            break
    return found
