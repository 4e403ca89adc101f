"""Sets of a segment's documents: ascending int64, or a flag for each document; what is quickest to ask of each.

The figures in comments are of a million documents on one core.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.int64]
"""Documents, ascending, each once."""
Flags = NDArray[np.bool_]
"""Whether each document is one, shape (documents,)."""

_SEARCHED = 24
"""What one binary search costs, in reads of an array in order."""


def places(flags: Flags) -> Docs:
    """Where the flags are set.

    NumPy's own `flatnonzero` takes .45 ms without a branch where more than a tenth is set, but 1.2 ms just below.
    """
    size = len(flags)
    if size < 4_096:
        return np.flatnonzero(flags)
    count = int(np.count_nonzero(flags))
    if count * 10 > size:
        return np.flatnonzero(flags)
    if count * 30 > size:  # some more set at the end keep it from branching
        return np.flatnonzero(np.concatenate([flags, np.ones(size // 8, bool)]))[:count]
    whole = size // 8 * 8
    eights = flags[:whole].view(np.uint64)
    some = np.flatnonzero(eights != 0)
    within = np.flatnonzero(eights.take(some).view(np.bool_))
    found = (some.take(within >> 3) << 3) | (within & 7)
    rest = np.flatnonzero(flags[whole:])
    return np.concatenate([found, rest + whole]) if len(rest) else found


def flagged(docs: Docs, documents: int) -> Flags:
    """The documents as flags."""
    flags = np.zeros(documents, bool)
    flags[docs] = True
    return flags


def chosen(values: NDArray[Any], kept: Flags) -> NDArray[Any]:
    """`values[kept]`: a third of the time where it is long."""
    return values.take(np.flatnonzero(kept))


def within(docs: Docs, others: Docs, documents: int) -> Flags:
    """Which of the documents are among the others, shape (docs,)."""
    if not len(docs) or not len(others):
        return np.zeros(len(docs), bool)
    if len(docs) * _SEARCHED < len(others):
        place = np.searchsorted(others, docs)
        place[place == len(others)] = 0
        there: Flags = others.take(place) == docs
        return there
    if len(others) * _SEARCHED < len(docs):
        place = np.searchsorted(docs, others)
        found = np.zeros(len(docs) + 1, bool)
        found[place] = docs.take(place, mode="clip") == others
        return found[:-1]
    return flagged(others, documents).take(docs)


def united(parts: Sequence[Docs]) -> Docs:
    """The documents of any of the parts."""
    return parts[0] if len(parts) == 1 else distinct(np.concatenate(parts))


def distinct(docs: NDArray[np.int64]) -> Docs:
    """Documents in ascending runs, put in order, each once: 5 ns a document where the runs are few."""
    docs = np.sort(docs, kind="stable")
    return chosen(docs, first_of_each(docs)) if len(docs) else docs


def first_of_each(ordered: NDArray[Any]) -> Flags:
    """Which values differ from the one before."""
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def runs(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """All places from each start on, so many as each is long."""
    ends = np.cumsum(lengths)
    found: NDArray[np.int64] = np.repeat(starts - ends + lengths, lengths)
    found += np.arange(len(found))
    return found


def added(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum element by element, the shorter one filled up with zeros."""
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    longer = longer.copy()
    longer[: len(shorter)] += shorter
    return longer
