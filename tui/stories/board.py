"""Two or three articles as one table: the form in which comparisons are drawn, printed and written to files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from tui.article import Span
from tui.stories.joined import Join, Joined, joined, turned_differences, turned_pair, turned_rows
from tui.stories.marked import Mark, differences_of, marks_of, pieces
from tui.stories.values import (
    PAIR_KINDS,
    Comparison,
    DifferenceKind,
    Pair,
    PairKind,
    Sentence,
    Side,
)

BoardKind = PairKind | Literal["only"]

MOST_SIDES = 3
MOST_OF_A_TITLE = 0.5
"""How much of a title may differ for its words to be marked: of two that have nothing in common all would be."""

SIGNS: dict[BoardKind, str] = {"identical": "=", "near": "≈", "reworded": "~", "only": "•"}
"""What each kind is called where there is room for one character: told apart without colour."""


Marks = tuple[tuple[int, int, DifferenceKind], ...]
"""`[start, end)` of what differs in a text, in order."""


class Cell(NamedTuple):
    """What one article has in a row."""

    sentences: tuple[int, ...] = ()
    """Indices in that column's sentences; none where it leaves this out."""
    text: str = ""
    """The sentences, a blank between two."""
    marks: Marks = ()
    """Where it differs from the first of the other articles that it has a pair with."""


class BoardRow(NamedTuple):
    """Sentences of the articles that say the same, side by side."""

    kind: BoardKind
    """The least alike of its pairs; `only` where one article alone has it."""
    cells: tuple[Cell, ...]
    """One an article."""
    between: tuple[tuple[int, PairKind] | None, ...]
    """For each article but the first which of those before it it is most like, the nearest of equals, and how; None
    where it has a pair with none."""
    joins: tuple[Join, ...]
    """The pairs within it."""

    @property
    def score(self) -> float | None:
        """How sure the least sure of its pairs is; None without any."""
        return min((join.pair.score for join in self.joins), default=None)

    @property
    def same(self) -> bool:
        """Whether all articles have it, in the same words."""
        return self.kind == "identical" and all(cell.sentences for cell in self.cells)

    @property
    def alone(self) -> int | None:
        """The one article that has it; None where several have."""
        having = [column for column, cell in enumerate(self.cells) if cell.sentences]
        return having[0] if len(having) == 1 else None


class Disagreement(NamedTuple):
    """Something that the articles say differently: a figure, or whom they name."""

    kind: DifferenceKind
    row: int
    """-1 for the titles."""
    said: tuple[str, ...]
    """What each article says; empty where it says nothing of it."""


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
    titles: tuple[Marks, ...]
    """Where each title differs from the first, or the first from the second."""
    disagreements: tuple[Disagreement, ...]
    """Figures that differ: of the titles, then in the order of the rows."""
    names: tuple[Disagreement, ...]
    """Names that differ."""


def pairs_of(count: int) -> tuple[tuple[int, int], ...]:
    """Which of so many articles are compared, in the order of `Board.comparisons`."""
    return tuple(combinations(range(count), 2))


def board_of(sides: Sequence[Side], comparisons: Sequence[Comparison]) -> Board:
    """The table of two or three articles.

    Args:
        sides: Two or three articles.
        comparisons: Of two, their one; of three, first with second, first with third, second with third.
    """
    told = [(*pair, one) for pair, one in zip(pairs_of(len(sides)), comparisons, strict=True)]
    return _table(sides, comparisons, joined(told, list(map(len, _sentences(comparisons, len(sides))))))


def _sentences(comparisons: Sequence[Comparison], count: int) -> tuple[tuple[Sentence, ...], ...]:
    """Those of each of so many articles."""
    return (comparisons[0].left, *(one.right for one in comparisons[: count - 1]))


def _table(sides: Sequence[Side], comparisons: Sequence[Comparison], found: Sequence[Joined]) -> Board:
    """The table with these rows."""
    sentences = _sentences(comparisons, len(sides))
    told = [(*pair, one) for pair, one in zip(pairs_of(len(sides)), comparisons, strict=True)]
    row_of = [[0] * len(of) for of in sentences]
    for number, row in enumerate(found):
        for column, indices in enumerate(row.sentences):
            for index in indices:
                row_of[column][index] = number
    titles = [
        Join(left, right, Pair(0, 0, "reworded", 1.0, comparison.title)) for left, right, comparison in told
    ]
    rows = tuple(_row(row, sentences) for row in found)
    wordings = [[side.article.title for side in sides], *([cell.text for cell in row.cells] for row in rows)]
    said = [
        disagreement
        for number, (joins, texts) in enumerate(
            zip((tuple(titles), *(row.joins for row in found)), wordings, strict=True), -1
        )
        for disagreement in _disagreements(number, joins, texts)
    ]
    return Board(
        tuple(sides), sentences, rows, tuple(map(tuple, row_of)),
        tuple(comparisons), tuple(_title(titles, column, len(side.article.title)) for column, side in enumerate(sides)),
        tuple(one for one in said if one.kind == "figure"), tuple(one for one in said if one.kind == "name"),
    )  # fmt: skip


def turned_round(board: Board) -> Board:
    """The same articles the other way round; nothing is compared anew."""
    # Of three: second with third becomes first with second.
    comparisons = [_turned(comparison) for comparison in board.comparisons][::-1]
    rows = [Joined(tuple(cell.sentences for cell in row.cells), row.joins) for row in board.rows]
    turned = turned_rows(rows, list(map(len, board.sentences[::-1])))
    return _table(board.sides[::-1], comparisons, turned)


def _turned(comparison: Comparison) -> Comparison:
    pairs = sorted(map(turned_pair, comparison.pairs), key=lambda pair: (pair.left, pair.right))
    return comparison._replace(
        left=comparison.right, right=comparison.left, pairs=tuple(pairs), only_left=comparison.only_right,
        only_right=comparison.only_left, title=turned_differences(comparison.title),
    )  # fmt: skip


def _row(row: Joined, sentences: Sequence[Sequence[Sentence]]) -> BoardRow:
    kinds = [join.pair.kind for join in row.joins]
    return BoardRow(
        max(kinds, key=PAIR_KINDS.index) if kinds else "only",
        tuple(
            _cell(sentences[column], indices, row.joins, column)
            for column, indices in enumerate(row.sentences)
        ),
        tuple(_between(row.joins, column) for column in range(1, len(row.sentences))),
        row.joins,
    )


def _between(joins: Sequence[Join], column: int) -> tuple[int, PairKind] | None:
    kinds: dict[int, PairKind] = {}
    for join in joins:
        if join.right == column:
            known = kinds.get(join.left, join.pair.kind)
            kinds[join.left] = max(known, join.pair.kind, key=PAIR_KINDS.index)
    return min(kinds.items(), key=lambda found: (PAIR_KINDS.index(found[1]), -found[0]), default=None)


def _cell(
    sentences: Sequence[Sentence], indices: tuple[int, ...], joins: Sequence[Join], column: int
) -> Cell:
    text = ""
    marks = []
    differing = _marks(joins, column)
    for index in indices:
        text += " " if text else ""
        for piece in pieces(sentences[index], differing):
            if piece.kind is not None and piece.text.strip():
                marks.append((len(text), len(text) + len(piece.text), piece.kind))
            text += piece.text
    return Cell(indices, text, tuple(marks))


def _marks(joins: Sequence[Join], column: int) -> list[Mark]:
    """Where an article differs from the first of the others that it has a pair with."""
    other = min(
        (join.left + join.right - column for join in joins if column in (join.left, join.right)), default=None
    )
    pairs = [join.pair for join in joins if {join.left, join.right} == {column, other}]
    return marks_of(pairs, left=other is not None and column < other)


def _title(titles: Sequence[Join], column: int, length: int) -> Marks:
    """Where a title differs; titles that have little in common are told apart by names and figures alone."""
    marks = sorted(_marks(titles, column), key=lambda mark: mark[0])
    apart = sum(span.end - span.start for span, _ in marks) > MOST_OF_A_TITLE * length
    return tuple((span.start, span.end, kind) for span, kind in marks if kind != "word" or not apart)


def _disagreements(row: int, joins: Sequence[Join], texts: Sequence[str]) -> Iterator[Disagreement]:
    """What the sentences of a row say differently, what several of the articles have to do with as one.

    No figure disagrees that the other article says in the same row, if not in the sentence that was set against it.
    """
    of_columns: dict[tuple[int, int], list[Pair]] = {}
    for join in joins:
        of_columns.setdefault((join.left, join.right), []).append(join.pair)
    found: list[tuple[DifferenceKind, dict[tuple[int, Span], str]]] = []
    for (left, right), pairs in of_columns.items():
        for one in differences_of(pairs):
            if one.kind == "word":
                continue
            if one.kind == "figure" and (_says(texts[right], one.left) or _says(texts[left], one.right)):
                continue
            said = {(left, one.left_span): one.left, (right, one.right_span): one.right}
            known = next(
                (other for kind, other in found if kind == one.kind and said.keys() & other.keys()), None
            )
            if known is None:
                found.append((one.kind, said))
            else:
                known |= said
    for kind, places in found:
        yield Disagreement(
            kind, row, tuple(_first_of(places.items(), column) for column in range(len(texts)))
        )


def _says(text: str, figure: str) -> bool:
    """Whether a text has a figure in these words, and not as a part of another one."""
    return re.search(rf"(?<![\w$£€.,-]){re.escape(figure)}(?![\w-]|[.,]\d)", text, re.IGNORECASE) is not None


def _first_of(places: Iterable[tuple[tuple[int, Span], str]], column: int) -> str:
    return next((text for (of, _), text in places if of == column), "")
