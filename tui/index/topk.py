"""The first of very many: by block maxima, never by sorting them all.

Scores tie by the thousand, since a posting's key has 256 values: what decides among equals (the newer article, then the
higher number) is looked at for those alone that stand at the edge. `argpartition` over such ties took 226 ms for a
million; this takes one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.index.results import Sort
from tui.index.sets import Docs, places

_BLOCK = 128
_FEW = 4_096
_NO_DAY = np.iinfo(np.int32).min


class Ranked(NamedTuple):
    """Some articles and what they are ordered by."""

    numbers: NDArray[np.uint32]
    """The articles'."""
    days: NDArray[np.int32]
    """Their dates as ordinals, 0 without one."""
    scores: NDArray[Any] | None
    """None where scores say nothing about the order."""

    def ordered(self, sort: Sort) -> Ranked:
        """The same, best first."""
        days, numbers = _keys(self.days, self.numbers, sort)
        keys: tuple[NDArray[Any], ...] = (-numbers, -days)
        if self.scores is not None:
            keys += (-self.scores,)
        order = np.lexsort(keys)
        return Ranked(
            self.numbers[order], self.days[order], None if self.scores is None else self.scores[order]
        )

    def before(self, place: int, sort: Sort) -> int:
        """How many stand before the one at this place, when they are put in order."""
        days, numbers = _keys(self.days, self.numbers, sort)
        before = (days > days[place]) | ((days == days[place]) & (numbers > numbers[place]))
        if self.scores is not None:
            same = self.scores == self.scores[place]
            before = (self.scores > self.scores[place]) | (same & before)
        return int(np.count_nonzero(before))

    def first(self, count: int) -> Ranked:
        """The first so many."""
        return Ranked(
            self.numbers[:count], self.days[:count], None if self.scores is None else self.scores[:count]
        )


def joined(parts: list[Ranked]) -> Ranked:
    """Several together, in no order."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Ranked(np.zeros(0, np.uint32), np.zeros(0, np.int32), None)
    scores = None
    if any(
        part.scores is not None for part in parts
    ):  # what has none in one segment may have some in another
        scores = np.concatenate(
            [np.zeros(len(part.numbers)) if part.scores is None else part.scores for part in parts]
        )
    return Ranked(
        np.concatenate([part.numbers for part in parts]),
        np.concatenate([part.days for part in parts]),
        scores,
    )


def _keys(days: NDArray[Any], numbers: NDArray[Any], sort: Sort) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """What is greatest of what comes first: by day, then by number; the undated last."""
    if sort == "oldest":
        return np.where(days > 0, -days.astype(np.int64), _NO_DAY), -numbers.astype(np.int64)
    return days.astype(np.int64), numbers.astype(np.int64)


def leading(values: NDArray[Any], count: int) -> tuple[Docs, Docs]:
    """Where the greatest values are: those that are among the first `count` for sure, and those that tie for the rest.

    Together they are at least `count`, or all. Both ascending.
    """
    size = len(values)
    none = np.zeros(0, np.int64)
    if size <= count:
        return np.arange(size), none
    if count <= 0:
        return none, none
    candidates: Docs | None = None
    pool = values
    if size > _FEW:
        maxima = np.maximum.reduceat(values, np.arange(0, size, _BLOCK))
        if len(maxima) > count:
            # So many blocks reach this value, so at least as many values do.
            floor = np.partition(maxima, len(maxima) - count)[len(maxima) - count]
            above = places(values > floor)
            if len(above) < count:
                return above, places(values == floor)
            candidates, pool = above, values.take(above)
    edge = np.partition(pool, len(pool) - count)[len(pool) - count]
    sure, tied = places(pool > edge), places(pool == edge)
    return (sure, tied) if candidates is None else (candidates.take(sure), candidates.take(tied))


def best(
    docs: Docs | None, scores: NDArray[Any] | None, days: NDArray[np.int32], numbers: NDArray[np.uint32], count: int,
    sort: Sort,
) -> tuple[Docs, NDArray[Any] | None]:  # fmt: skip
    """The first `count` of the documents, in no order among themselves, and their scores.

    Args:
        docs: of one segment, ascending; None where it is all of them.
        scores: aligned with them; None where they are not asked about.
        days: the segment's column.
        numbers: the segment's column.
        count: how many.
        sort: among equal scores `relevance` is as `newest`.
    """
    if scores is None:
        return _latest(np.arange(len(days)) if docs is None else docs, days, numbers, count, sort), None
    sure, tied = leading(scores, count)
    wanted = count - len(sure)
    if len(tied) > wanted:
        at_edge = tied if docs is None else docs.take(tied)
        tied = tied.take(np.searchsorted(at_edge, _latest(at_edge, days, numbers, wanted, sort)))
    order = np.concatenate([sure, tied])
    return order if docs is None else docs.take(order), scores.take(order)


def _latest(docs: Docs, days: NDArray[np.int32], numbers: NDArray[np.uint32], count: int, sort: Sort) -> Docs:
    """Of documents that are otherwise equal the first `count`: the latest, or the earliest."""
    if len(docs) <= count:
        return docs
    when = days.take(docs)
    if sort == "oldest":
        when = np.where(when > 0, -when, _NO_DAY)
    sure, tied = leading(when, count)
    wanted = count - len(sure)
    if len(tied) > wanted:
        which = numbers.take(docs.take(tied)).astype(np.int64)
        tied = tied.take(np.concatenate(leading(-which if sort == "oldest" else which, wanted))[:wanted])
    return docs.take(np.concatenate([sure, tied]))
