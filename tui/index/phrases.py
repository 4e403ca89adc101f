"""Words that stand one after the other: where each stands in the documents that have them all, compared at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.index.parts import Here, Intersection, Part, Scores
from tui.index.sets import Docs, Flags, chosen, flagged
from tui.index.snapshot import Among

MOST_POSTINGS = 1_500_000
"""Postings of the words that begin with the phrase's last letters up to which these words' positions are looked at, a
segment: 15 ms. Of more, any document with one of them and the rest of the phrase is taken."""

_AT_ONCE = 200_000
"""Positions that are compared at once: so many stay in the processor's cache, which halves the time."""
_SEARCHED = 24
_DOCUMENT = 32
"""A place is a document's rank among the candidates, shifted by so many bits, and a position."""


class Stretch(NamedTuple):
    """Terms `[low, high)` of one segment that an element of a phrase may be."""

    low: int
    high: int
    among: Among = None


class Step(NamedTuple):
    """One element of a phrase in one segment."""

    part: Part
    """The documents that have it."""
    stretches: Sequence[Stretch]
    gap: int
    """How many positions behind the element before it."""


class _Located(NamedTuple):
    """The positions of a term, or of `several` that begin alike, in the candidates that have them."""

    ranks: NDArray[np.int64]
    """Which candidates; ascending, if it is one term."""
    tf: NDArray[np.int64]
    begins: NDArray[np.int64]
    several: bool


class Phrase(Part):
    """The documents in which the elements stand in order.

    Args:
        steps: at least one.
        slop: 1 where each stands exactly as far behind the one before as its gap says, more where up to `slop - 1`
            further.
        boost: what the score is multiplied by: that of all elements, wherever they stand.
    """

    def __init__(
        self, here: Here, field: str, steps: Sequence[Step], slop: int = 1, boost: float = 1.0
    ) -> None:
        self._all = Intersection(here, [step.part for step in steps], boost=boost)
        super().__init__(here, self._all.size)
        self.scored = self._all.scored
        self._postings = here.segment.postings[field]
        self._steps, self._slop = steps, slop
        self._wanted: Flags | None = None
        self._ranks: NDArray[np.int32] | None = None

    def _find(self) -> NDArray[Any]:
        candidates = self._all.docs()
        steps = self._steps
        while len(steps) > 1 and self._postings_of(steps[-1]) > MOST_POSTINGS:
            steps = steps[:-1]
        if len(steps) < 2 or not len(candidates):
            return candidates
        found = [self._located(step.stretches, candidates) for step in steps]
        if not all(found):
            return candidates[:0]
        gaps = [step.gap for step in steps]
        pieces = 1
        if not any(one.several for element in found for one in element):
            pieces += sum(int(one.tf.sum()) for element in found for one in element) // _AT_ONCE
        there = np.zeros(len(candidates), bool)
        edges = [len(candidates) * piece // pieces for piece in range(pieces + 1)]
        for low, high in pairwise(edges):
            self.here.check()
            there[low:high] = self._standing(found, low, high, gaps)
        return chosen(candidates, there)

    def _standing(
        self, elements: Sequence[Sequence[_Located]], low: int, high: int, gaps: Sequence[int]
    ) -> Flags:
        """In which of the candidates `[low, high)` the elements stand in order."""
        there = np.zeros(high - low, bool)
        found = [self._occurrences(element, low, high) for element in elements]
        once = np.logical_and.reduce([counts == 1 for counts, _ in found])
        singles = np.flatnonzero(once)
        if len(singles):
            there[singles] = self._once(found, singles, gaps)
        others = np.flatnonzero(~once & np.logical_and.reduce([counts > 0 for counts, _ in found]))
        if len(others):
            there[self._in_order(found, others, gaps)] = True
        return there

    def _postings_of(self, step: Step) -> int:
        total = 0
        for stretch in step.stretches:
            if stretch.high - stretch.low > 1:
                begin, end = self._postings.extent(stretch.low, stretch.high)
                total += end - begin
        return total

    def _located(self, stretches: Sequence[Stretch], candidates: Docs) -> list[_Located]:
        """Where the positions of an element's terms lie, of those terms that candidates have."""
        found: list[_Located] = []
        for stretch in stretches:
            self.here.check()
            which, ranks = self._candidates(stretch, candidates)
            if len(which):
                tf, begins = self._postings.located(stretch.low, which, stretch.high)
                found.append(_Located(ranks, tf, begins, stretch.high - stretch.low > 1))
        return found

    def _occurrences(
        self, located: Sequence[_Located], low: int, high: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How often an element stands in each of the candidates `[low, high)`, and its places, ascending."""
        counts: list[NDArray[np.int64]] = []
        places: list[NDArray[np.int64]] = []
        for ranks, tf, begins, several in located:
            if not several:
                first, last = np.searchsorted(ranks, (low, high)).tolist()
                ranks, tf, begins = ranks[first:last] - low, tf[first:last], begins[first:last]
            if several or len(ranks) < high - low:
                counts.append(np.bincount(ranks, tf, high - low).astype(np.int64))
            else:
                counts.append(tf)
            places.append((np.repeat(ranks, tf) << _DOCUMENT) | self._postings.positions_at(begins, tf))
            if several:
                places[-1].sort()
        if len(counts) == 1:
            return counts[0], places[0]
        return np.add.reduce(counts), np.sort(np.concatenate(places), kind="stable")

    def _candidates(self, stretch: Stretch, candidates: Docs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of the postings of a stretch of terms are of candidates, and of which."""
        single = stretch.high - stretch.low == 1
        limit = None if stretch.among is None else self.here.segment.in_languages(stretch.among)
        ranked = self._postings.ranks(stretch.low, candidates) if single else None
        if ranked is not None:
            there = ranked[0] if limit is None else ranked[0] & limit.take(candidates)
            ranks = np.flatnonzero(there)
            return (ranked[1] if len(ranks) == len(candidates) else ranked[1].take(ranks)), ranks
        docs = self._postings.docs_between(stretch.low, stretch.high)
        if single and len(candidates) * _SEARCHED < len(docs):
            place = np.minimum(np.searchsorted(docs, candidates), len(docs) - 1)
            ranks = np.flatnonzero(docs.take(place) == candidates)
            which = place.take(ranks)
        else:
            if self._wanted is None:
                self._wanted = flagged(candidates, self.here.documents)
            which = np.flatnonzero(self._wanted.take(docs))
            if single and len(which) == len(candidates):
                ranks = np.arange(len(candidates))
            else:
                if self._ranks is None:
                    self._ranks = np.empty(self.here.documents, np.int32)  # read at the candidates only
                    self._ranks[candidates] = np.arange(len(candidates))
                ranks = self._ranks.take(docs.take(which)).astype(np.int64)
        if limit is not None:
            kept = np.flatnonzero(limit.take(docs.take(which)))
            which, ranks = which.take(kept), ranks.take(kept)
        return which, ranks

    def _once(
        self, found: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]], singles: NDArray[np.int64],
        gaps: Sequence[int],
    ) -> Flags:  # fmt: skip
        """In which of these candidates, that have every element once, they stand in order."""
        there = np.ones(len(singles), bool)
        before: NDArray[np.int64] | None = None
        for (counts, places), gap in zip(found, gaps, strict=True):
            at = places.take((np.cumsum(counts) - counts).take(singles))
            if before is not None:
                behind = at - before
                there &= behind == gap if self._slop == 1 else (behind >= gap) & (behind < gap + self._slop)
            before = at
        return there

    def _in_order(
        self, found: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]], others: NDArray[np.int64],
        gaps: Sequence[int],
    ) -> NDArray[np.int64]:  # fmt: skip
        """The ranks of those of these candidates in which they stand in order."""
        wanted = np.zeros(len(found[0][0]), bool)
        wanted[others] = True
        ends: NDArray[np.int64] | None = None
        for (_, places), gap in zip(found, gaps, strict=True):
            self.here.check()
            places = chosen(places, wanted.take(places >> _DOCUMENT))
            if ends is None:
                ends = places
            elif not len(ends):
                return ends
            elif self._slop == 1:
                ends = _common(ends + gap, places)
            else:
                # The nearest end before each place: no further than that can any other be.
                before = np.searchsorted(ends, places - gap, side="right") - 1
                near = places - ends.take(np.maximum(before, 0)) < gap + self._slop
                ends = chosen(places, (before >= 0) & near)
        assert ends is not None
        return ends >> _DOCUMENT

    def scores(self, docs: Docs) -> Scores:
        """Those of the elements."""
        return self._all.scores(docs)


def _common(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is in both, each ascending and without doubles: to merge them costs 2 ns a number."""
    if min(len(left), len(right)) * _SEARCHED < max(len(left), len(right)):
        small, large = sorted((left, right), key=len)
        place = np.minimum(np.searchsorted(large, small), len(large) - 1)
        return chosen(small, large.take(place) == small)
    together = np.sort(np.concatenate([left, right]), kind="stable")
    return together[:-1].take(np.flatnonzero(together[1:] == together[:-1]))
