"""The terms of a field that most articles have, among some of each segment's: without looking at all of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tui.index.snapshot import Segment

_HEADS = 64
"""Terms of a segment that are ranked."""
_MOST_WEIGHED = 100
"""Terms that are looked up in every segment: 40 µs each where there are eight."""

Picked = tuple[int, int] | NDArray[Any]
"""Terms of one segment: those of a range of numbers, or these."""


def frequencies(segment: Segment, field: str, picked: Picked) -> NDArray[np.int64]:
    """How many documents of the segment have each of these terms in the field, shape (terms,)."""
    name = f"{field}.start"
    counts: NDArray[np.int64]
    if isinstance(picked, tuple):
        ends = segment.file.part(name, picked[0], picked[1] + 1).astype(np.int64)
        counts = ends[1:] - ends[:-1]
    elif not len(picked):
        counts = np.zeros(0, np.int64)
    else:
        segment.file.check(name, int(picked.min()), int(picked.max()) + 2)
        start = segment.file[name]
        counts = start[picked + 1].astype(np.int64) - start[picked]
    return counts


def most_frequent(
    segments: Sequence[Segment], field: str, picked: Sequence[Picked], limit: int
) -> list[tuple[str, int]]:
    """The terms that most documents have, most first, and how many: at most `limit`, none without documents.

    Goes down the segments' own rankings side by side and stops when nothing further down can be more frequent (Fagin,
    Lotem & Naor 2001, the threshold algorithm), or when what is left is so rare that it hardly matters.
    """
    ranked = [_heads(*of_one, field) for of_one in zip(segments, picked, strict=True)]
    known = [dict(heads) for heads in ranked]
    totals: dict[bytes, int] = {}
    enough = 0  # what the last of the best so far has
    for rank in range(_HEADS):
        most = sum(heads[rank][1] for heads in ranked if rank < len(heads))
        if not most or most <= enough or len(totals) > _MOST_WEIGHED:
            break
        for heads in ranked:
            if rank < len(heads) and heads[rank][0] not in totals:
                term = heads[rank][0]
                totals[term] = sum(
                    counts[term] if term in counts else _frequency(segment, field, term, len(counts))
                    for segment, counts in zip(segments, known, strict=True)
                )
        if len(totals) >= limit:
            enough = sorted(totals.values(), reverse=True)[limit - 1]
    best = sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [(term.decode("utf-8", "surrogatepass"), count) for term, count in best]


def _heads(segment: Segment, picked: Picked, field: str) -> list[tuple[bytes, int]]:
    """The most frequent terms of one segment, most first."""
    counts = frequencies(segment, field, picked)
    places = np.flatnonzero(counts)
    if len(places) > _HEADS:
        # Frequencies fall steeply: to halve a bound until enough are above it leaves few to sort.
        bound = int(counts.max())
        while bound > 1 and np.count_nonzero(counts >= bound) < _HEADS:
            bound >>= 1
        places = np.flatnonzero(counts >= bound)
    places = places[np.argsort(-counts[places], kind="stable")[:_HEADS]]
    numbers = places + picked[0] if isinstance(picked, tuple) else picked[places]
    terms = segment.terms(field)
    return [
        (terms.bytes_at(number), count)
        for number, count in zip(numbers.tolist(), counts[places].tolist(), strict=True)
    ]


def _frequency(segment: Segment, field: str, term: bytes, ranked: int) -> int:
    """How many documents of a segment have a term that is not among its `ranked` most frequent."""
    if ranked < _HEADS:
        return 0  # all that were picked are
    number = segment.terms(field).find(term)
    return segment.frequency(field, number) if number >= 0 else 0
