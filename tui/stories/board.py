"""Two or three articles as one table: what a screen shows of comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from tui.stories.rows import Row, marks_of, pieces, rows
from tui.stories.values import (
    PAIR_KINDS,
    Comparison,
    Difference,
    DifferenceKind,
    Pair,
    PairKind,
    Sentence,
    Side,
)

BoardKind = PairKind | Literal["only"]

MOST_SIDES = 3


class Cell(NamedTuple):
    """What one article has in a row."""

    sentences: tuple[int, ...] = ()
    """Indices in that column's sentences; none where it leaves this out."""
    text: str = ""
    """The sentences, a blank between two."""
    marks: tuple[tuple[int, int, DifferenceKind], ...] = ()
    """`[start, end)` in `text` where it differs from the row's first article, in order."""


class BoardRow(NamedTuple):
    """Sentences of the articles that say the same, side by side."""

    kind: BoardKind
    """The least alike of its pairs; `only` where one article alone has it."""
    cells: tuple[Cell, ...]
    """One an article."""
    differences: tuple[Difference, ...]
    """Of its first two articles."""


class Board(NamedTuple):
    """Articles side by side."""

    sides: tuple[Side, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    """Of each article, as published."""
    rows: tuple[BoardRow, ...]
    row_of: tuple[tuple[int, ...], ...]
    """For each article the row of each sentence."""
    comparisons: tuple[Comparison, ...]
    """Of the first with the second; of three, then the first with the third and the second with the third."""

    @property
    def disagreements(self) -> tuple[tuple[int, Difference], ...]:
        """Figures that differ, with the rows that they stand in."""
        return tuple(
            (number, one)
            for number, row in enumerate(self.rows)
            for one in row.differences
            if one.kind == "figure"
        )


def board_of(sides: Sequence[Side], comparisons: Sequence[Comparison]) -> Board:
    """The table of two or three articles.

    Args:
        sides: Two or three articles.
        comparisons: Of two, their one; of three, first with second, first with third, second with third.
    """
    first = comparisons[0]
    sentences = [first.left, first.right]
    table = [_two(first, row) for row in rows(first)]
    if len(sides) == MOST_SIDES:
        sentences.append(comparisons[1].right)
        table = _three(table, comparisons, tuple(sentences))
    row_of = [[0] * len(of) for of in sentences]
    for number, row in enumerate(table):
        for column, cell in enumerate(row.cells):
            for index in cell.sentences:
                row_of[column][index] = number
    return Board(tuple(sides), tuple(sentences), tuple(table), tuple(map(tuple, row_of)), tuple(comparisons))


def _two(comparison: Comparison, row: Row) -> BoardRow:
    cells = (
        _cell(comparison.left, row.left, row.pairs, left=True),
        _cell(comparison.right, row.right, row.pairs, left=False),
    )
    kind: BoardKind = "only" if row.kind == "left" or row.kind == "right" else row.kind
    return BoardRow(kind, cells, tuple(one for pair in row.pairs for one in pair.differences))


def _cell(
    sentences: Sequence[Sentence], indices: tuple[int, ...], pairs: Sequence[Pair], *, left: bool
) -> Cell:
    """Words are marked where the row is one pair: of merged sentences all would be."""
    text, marks = "", []
    differing = marks_of(pairs, left=left) if len(pairs) == 1 else []
    for index in indices:
        text += " " if text else ""
        for piece in pieces(sentences[index], differing):
            if piece.kind is not None:
                marks.append((len(text), len(text) + len(piece.text), piece.kind))
            text += piece.text
    return Cell(indices, text, tuple(marks))


def _three(
    table: list[BoardRow], comparisons: Sequence[Comparison], sentences: Sequence[tuple[Sentence, ...]]
) -> list[BoardRow]:
    """The rows of two articles with what the third has of each; what it alone has follows what it follows there."""
    _, with_first, with_second = comparisons
    ours: list[list[Pair]] = [[] for _ in table]
    row_of = [
        {index: number for number, row in enumerate(table) for index in row.cells[column].sentences}
        for column in (0, 1)
    ]
    placed: dict[int, int] = {}
    for comparison, rows_of in ((with_first, row_of[0]), (with_second, row_of[1])):
        for pair in comparison.pairs:
            number = rows_of[pair.left]
            if placed.setdefault(pair.right, number) == number and not (
                comparison is with_second and table[number].cells[0].sentences
            ):
                ours[number].append(pair)
    by_row: dict[int, list[int]] = {}
    for index, number in placed.items():
        by_row.setdefault(number, []).append(index)
    behind: dict[int, list[int]] = {}
    last = -1
    for index in range(len(sentences[2])):
        if index in placed:
            last = placed[index]
        else:
            behind.setdefault(last, []).append(index)
    found = [_third_alone(sentences[2], index) for index in behind.get(-1, ())]
    for number, row in enumerate(table):
        third = tuple(sorted(by_row.get(number, ())))
        cell = _cell(sentences[2], third, ours[number], left=False)
        found.append(BoardRow(_kind(row, ours[number], bool(third)), (*row.cells, cell), row.differences))
        found += [_third_alone(sentences[2], index) for index in behind.get(number, ())]
    return found


def _third_alone(sentences: Sequence[Sentence], index: int) -> BoardRow:
    return BoardRow("only", (Cell(), Cell(), Cell((index,), sentences[index].text)), ())


def _kind(row: BoardRow, pairs: Sequence[Pair], has_third: bool) -> BoardKind:
    kinds = [pair.kind for pair in pairs]
    if row.kind != "only":
        kinds.append(row.kind)
    if not kinds:
        return "reworded" if has_third else "only"
    return max(kinds, key=PAIR_KINDS.index)
