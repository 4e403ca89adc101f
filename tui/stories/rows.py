"""A comparison as rows, and a sentence as pieces: the form in which it is drawn, printed and written to files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from tui.article import Span
from tui.stories.values import PAIR_KINDS, Comparison, DifferenceKind, Pair, PairKind, Sentence

RowKind = PairKind | Literal["left", "right"]


class Row(NamedTuple):
    """Sentences that stand side by side: those of one pair, of several where some were merged, or of one side only."""

    kind: RowKind
    """`left` and `right` where only that side has it; of several pairs the kind of the least alike."""
    left: tuple[int, ...]
    """Indices in `Comparison.left`, ascending."""
    right: tuple[int, ...]
    pairs: tuple[Pair, ...]


class Piece(NamedTuple):
    """A stretch of a sentence's text."""

    text: str
    kind: DifferenceKind | None
    """What differs there; None where nothing does."""


def rows(comparison: Comparison) -> tuple[Row, ...]:
    """Every sentence of both sides in exactly one row: in the left one's order, what only the right one has behind
    what it follows there."""
    found = _paired(comparison)
    row_of_left = {index: row for row in found for index in row.left}
    row_of_right = {index: row for row in found for index in row.right}
    ordered: list[Row] = []
    told: set[Row] = set()
    alone = set(comparison.only_right)

    def follow(row: Row) -> None:
        ordered.append(row)
        told.add(row)
        after = row.right[-1] + 1 if row.right else len(comparison.right)
        while after in alone:
            alone.discard(after)
            ordered.append(Row("right", (), (after,), ()))
            after += 1

    first = 0
    while first in alone:
        alone.discard(first)
        ordered.append(Row("right", (), (first,), ()))
        first += 1
    for index in range(len(comparison.left)):
        row = row_of_left.get(index)
        if row is None:
            ordered.append(Row("left", (index,), (), ()))
        elif row not in told:
            follow(row)
    ordered.extend(Row("right", (), (index,), ()) for index in sorted(alone))
    assert all(row in told for row in row_of_right.values())
    return tuple(ordered)


def _paired(comparison: Comparison) -> list[Row]:
    """The pairs that have a sentence in common, together."""
    by_left: dict[int, list[Pair]] = {}
    by_right: dict[int, list[Pair]] = {}
    for pair in comparison.pairs:
        by_left.setdefault(pair.left, []).append(pair)
        by_right.setdefault(pair.right, []).append(pair)
    found = []
    seen: set[tuple[int, int]] = set()
    for pair in comparison.pairs:
        if (pair.left, pair.right) in seen:
            continue
        together, waiting = [], [pair]
        while waiting:
            one = waiting.pop()
            if (one.left, one.right) in seen:
                continue
            seen.add((one.left, one.right))
            together.append(one)
            waiting += by_left[one.left] + by_right[one.right]
        together.sort(key=lambda one: (one.left, one.right))
        kind = max((one.kind for one in together), key=PAIR_KINDS.index)
        left, right = {one.left for one in together}, {one.right for one in together}
        found.append(Row(kind, tuple(sorted(left)), tuple(sorted(right)), tuple(together)))
    return found


def pieces(sentence: Sentence, marks: Iterable[tuple[Span, DifferenceKind]]) -> Iterator[Piece]:
    """A sentence's text in order, cut where what differs begins and ends.

    Args:
        sentence: Any.
        marks: Where something differs; what lies in other sentences is passed over. Of two that overlap the first
            counts.
    """
    position = sentence.start
    here = sorted(
        (mark for mark in marks if mark[0].paragraph == sentence.paragraph), key=lambda mark: mark[0].start
    )
    for span, kind in here:
        if span.start < position or span.end > sentence.end:
            continue
        yield from _plain(sentence, position, span.start)
        yield Piece(sentence.text[span.start - sentence.start : span.end - sentence.start], kind)
        position = span.end
    yield from _plain(sentence, position, sentence.end)


def _plain(sentence: Sentence, start: int, end: int) -> Iterator[Piece]:
    if end > start:
        yield Piece(sentence.text[start - sentence.start : end - sentence.start], None)


def marks_of(pairs: Sequence[Pair], *, left: bool) -> list[tuple[Span, DifferenceKind]]:
    """Where one side of some pairs differs from the other."""
    return [
        (one.left_span if left else one.right_span, one.kind)
        for pair in pairs
        for one in pair.differences
        if (one.left if left else one.right)
    ]


def counts(comparison: Comparison) -> dict[RowKind, int]:
    """How many pairs there are of each kind, and how many sentences only one side has."""
    kinds: dict[RowKind, int] = dict.fromkeys(PAIR_KINDS, 0)
    for pair in comparison.pairs:
        kinds[pair.kind] += 1
    kinds["left"], kinds["right"] = len(comparison.only_left), len(comparison.only_right)
    return kinds


def in_words(comparison: Comparison) -> str:
    """What there is to say of a comparison in one line."""
    number = counts(comparison)
    parts = [
        f"{comparison.shared:.0%} shared",
        *(f"{number[kind]} {kind}" for kind in PAIR_KINDS if number[kind]),
        f"{number['left']} only left",
        f"{number['right']} only right",
    ]
    return " · ".join(parts)
