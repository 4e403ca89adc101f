"""What is marked in sentences that belong together: where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from tui.article import Span
from tui.stories.values import Difference, DifferenceKind, Pair, Sentence


class Piece(NamedTuple):
    """A stretch of a sentence's text."""

    text: str
    kind: DifferenceKind | None
    """What differs there; None where nothing does."""


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


Mark = tuple[Span, DifferenceKind]

_STRENGTH: tuple[DifferenceKind, ...] = ("word", "name", "figure")


def marks_of(pairs: Sequence[Pair], *, left: bool) -> list[Mark]:
    """Where one side of some pairs differs from the other; a sentence that has several counterparts, from all of
    them: what one of two merged sentences says is no difference to what they became."""
    by_sentence: dict[int, list[list[Mark]]] = {}
    for pair in pairs:
        marks = [
            (one.left_span if left else one.right_span, one.kind)
            for one in pair.differences
            if (one.left if left else one.right) and not _reads_the_same(one)
        ]
        by_sentence.setdefault(pair.left if left else pair.right, []).append(marks)
    return [mark for found in by_sentence.values() for mark in _apart(reduce(_in_both, found))]


def _apart(marks: list[Mark]) -> list[Mark]:
    """None of them over another: where a figure or a name stands, that is what is marked."""
    taken: list[Mark] = []
    for span, kind in sorted(marks, key=lambda mark: -_STRENGTH.index(mark[1])):
        start = span.start
        for other, _ in sorted(taken, key=lambda mark: mark[0]):
            if other.start < span.end and start < other.end:
                if start < other.start:
                    taken.append((Span(span.paragraph, start, other.start), kind))
                start = other.end
        if start < span.end:
            taken.append((Span(span.paragraph, start, span.end), kind))
    return sorted(taken, key=lambda mark: mark[0])


def _in_both(ours: list[Mark], theirs: list[Mark]) -> list[Mark]:
    return [
        (
            Span(span.paragraph, max(span.start, other.start), min(span.end, other.end)),
            max(kind, its, key=_STRENGTH.index),
        )
        for span, kind in ours
        for other, its in theirs
        if span.start < other.end and other.start < span.end
    ]


def edits_of(pair: Pair) -> list[tuple[Span, Span]]:
    """What is to be exchanged in the left sentence for what to get the right one, in order; none over another."""
    edits: list[tuple[Span, Span]] = []
    for one in sorted(pair.differences, key=lambda difference: difference.left_span):
        left, right = one.left_span, one.right_span
        if edits and left.start < edits[-1][0].end:
            before, its = edits.pop()
            left = Span(left.paragraph, before.start, max(before.end, left.end))
            right = Span(right.paragraph, min(its.start, right.start), max(its.end, right.end))
        edits.append((left, right))
    return edits


def in_order(pair: Pair) -> bool:
    """Whether what stands for what comes in one order on both sides: if not, no exchange in place tells it."""
    found = sorted(pair.differences, key=lambda difference: difference.left_span)
    return all(one.right_span.end <= other.right_span.start for one, other in pairwise(found))


def differences_of(pairs: Sequence[Pair]) -> tuple[Difference, ...]:
    """Where sentences that belong together differ; what another of the counterparts does say is left out."""
    if len(pairs) == 1:
        return tuple(one for one in pairs[0].differences if not _reads_the_same(one))
    left, right = marks_of(pairs, left=True), marks_of(pairs, left=False)
    return tuple(
        one
        for pair in pairs
        for one in pair.differences
        if not _reads_the_same(one) and _stands(one.left_span, left) and _stands(one.right_span, right)
    )


def _reads_the_same(one: Difference) -> bool:
    """Wednesday here and Wednesday there, of two weeks: nobody would see what is marked."""
    return one.left.casefold() == one.right.casefold()


def _stands(span: Span, marks: Sequence[Mark]) -> bool:
    """Whether a stretch is among what differs; nothing at all always is."""
    return span.start == span.end or any(
        mark.paragraph == span.paragraph and mark.start < span.end and span.start < mark.end
        for mark, _ in marks
    )
