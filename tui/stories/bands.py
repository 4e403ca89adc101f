"""Which articles may be reprints of each other, from their signatures alone and without comparing all with all.

Locality-sensitive hashing: two articles meet where a band of two rows of their signatures is the same (Broder 1997;
Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", 3.4). Of two texts with a likeness of .3 all but 2 in a
thousand meet in one of 64 bands. Unrelated news meets too, since it shares turns of phrase; a look at the whole
signatures parts it, before anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WINDOW = 14
"""Days that reprints may be apart."""

MULTITUDE = 32
"""Articles after one in its band within the window; where there are more, few of them stand for all."""

LEAST_ESTIMATE = 0.125
"""Share of equal rows below which two articles are no candidates: half of the least likeness that is asked for."""

MOST_UNDATED = 20_000
"""Articles without a date up to which each meets each by bands of two rows; of more, and with dated articles, they
meet by four rows, which takes a likeness of about .5."""

_REPRESENTATIVES = 4
_BLOCK = 16_384
_PAIRS_AT_ONCE = 1 << 22
_COMPARED_AT_ONCE = 1 << 15
_FOUR_ROWS = (1, 7, 19)  # band b with band b + 1, b + 7 …: 192 keys of four rows

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def estimated(
    signatures: NDArray[np.uint16], ones: NDArray[np.int64], others: NDArray[np.int64]
) -> NDArray[np.float32]:
    """The likeness (Jaccard) of pairs of articles, to about .04, as the share of equal rows of their signatures.

    Two rows are equal by chance once in 65,536, so no correction is made (Li & König 2010, eq. 7, for small b).

    Args:
        signatures: shape (articles, rows).
        ones, others: article numbers, shape (pairs,).
    """
    likeness = np.empty(len(ones), np.float32)
    for start in range(0, len(ones), _COMPARED_AT_ONCE):
        chosen = slice(start, start + _COMPARED_AT_ONCE)
        likeness[chosen] = (signatures[ones[chosen]] == signatures[others[chosen]]).mean(1, dtype=np.float32)
    return likeness


def candidates(signatures: NDArray[np.uint16], days: NDArray[np.int32], fresh: NDArray[np.bool_]) -> Pairs:
    """Pairs of articles that are worth comparing, each once, the lower number in `ones`.

    Args:
        signatures: shape (articles, rows), rows of zeros where an article has none.
        days: day ordinals, shape (articles,); 0 without a date.
        fresh: which articles are new, shape (articles,): of each pair at least one is.

    Returns:
        `ones` and `others`, ascending.
    """
    found: list[NDArray[np.int64]] = []
    signed = np.flatnonzero(signatures.any(1))
    dated = signed[days[signed] > 0]
    dated = dated[np.argsort(days[dated], kind="stable")]
    undated = signed[days[signed] <= 0]
    found.extend(_of_dated(signatures, days, fresh, dated))
    if len(undated) <= MOST_UNDATED:
        found.extend(_alike(signatures, _of_rows(_bands(signatures, undated), undated, days * 0, fresh)))
    everything = np.concatenate((undated, dated))
    met = _of_rows(_fours(signatures, everything), everything, days * 0, fresh, len(undated))
    found.extend(_alike(signatures, met))
    codes = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return codes >> 32, codes & 0xFFFFFFFF


def _of_dated(
    signatures: NDArray[np.uint16],
    days: NDArray[np.int32],
    fresh: NDArray[np.bool_],
    dated: NDArray[np.int64],
) -> Iterator[NDArray[np.int64]]:
    """By blocks of articles that follow each other in time, each with what comes in the window after it."""
    in_order = days[dated]
    start = 0
    while start < len(dated):
        end = min(start + _BLOCK, len(dated))
        last = int(np.searchsorted(in_order, in_order[end - 1] + WINDOW, "right"))
        rows = dated[start:last]
        if fresh[rows].any():
            yield from _alike(signatures, _of_rows(_bands(signatures, rows), rows, days, fresh, end - start))
        start = end


def _bands(signatures: NDArray[np.uint16], rows: NDArray[np.int64]) -> Iterator[NDArray[np.uint64]]:
    """The keys of each band in turn."""
    wide = np.ascontiguousarray(signatures).view(np.uint32)
    for band in range(wide.shape[1]):
        yield wide[rows, band].astype(np.uint64)


def _fours(signatures: NDArray[np.uint16], rows: NDArray[np.int64]) -> Iterator[NDArray[np.uint64]]:
    """The keys of four rows, band with band; mixed to 32 bits."""
    wide = np.ascontiguousarray(signatures).view(np.uint32)
    bands = wide.shape[1]
    for step in _FOUR_ROWS:
        for band in range(bands):
            both = wide[rows, band].astype(np.uint64) << np.uint64(32) | wide[rows, (band + step) % bands]
            yield (both * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)


class _Meeting(NamedTuple):
    """Articles of which each shares its key of one band with another, by key and day; aligned arrays."""

    keys: NDArray[np.uint64]
    days: NDArray[np.int64]
    rows: NDArray[np.int64]
    new: NDArray[np.bool_]
    leading: NDArray[np.bool_]

    def pairs(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
        """The pairs at these places as codes: one of each is new, and one leading."""
        wanted = (self.new[left] | self.new[right]) & (self.leading[left] | self.leading[right])
        one, other = self.rows[left[wanted]], self.rows[right[wanted]]
        return np.minimum(one, other) << 32 | np.maximum(one, other)


def _of_rows(
    keys: Iterator[NDArray[np.uint64]],
    rows: NDArray[np.int64],
    days: NDArray[np.int32],
    fresh: NDArray[np.bool_],
    leading: int | None = None,
) -> Iterator[NDArray[np.int64]]:
    """Pairs of `rows` with equal keys within the window, as codes; of each pair one is among the first `leading`."""
    new = fresh[rows]
    leads = np.arange(len(rows)) < (len(rows) if leading is None else leading)
    if not (new.any() and leads.any()):
        return
    day = days[rows].astype(np.int64)
    needed = leads if leads.sum() < new.sum() else new
    few = needed.sum() * 4 < len(rows)
    for band in keys:
        places = np.flatnonzero(np.isin(band, band[needed])) if few else np.arange(len(rows))
        order = np.argsort(band[places] << np.uint64(32) | day[places].astype(np.uint64), kind="stable")
        places = places[order]
        same = np.concatenate(([False], band[places[1:]] == band[places[:-1]], [False]))
        places = places[same[1:] | same[:-1]]
        if places.size:
            yield from _met(_Meeting(band[places], day[places], rows[places], new[places], leads[places]))


def _met(meeting: _Meeting) -> Iterator[NDArray[np.int64]]:
    """Pairs within the window, all of them where they are not a multitude."""
    count = len(meeting.keys)
    shifted = meeting.keys << np.uint64(32)
    code = shifted | meeting.days.astype(np.uint64)
    until = shifted | (meeting.days + WINDOW).astype(np.uint64)
    since = shifted | np.maximum(meeting.days - WINDOW, 0).astype(np.uint64)
    after = np.searchsorted(code, until, "right") - np.arange(count) - 1
    before = np.arange(count) - np.searchsorted(code, since, "left")
    crowded = before + after > MULTITUDE
    if crowded.any():
        yield from _represented(meeting, np.flatnonzero(crowded))
    active = np.arange(count)
    for step in range(1, MULTITUDE + 1):
        active = active[after[active] >= step]
        if not active.size:
            return
        # The first step in a multitude links its spans of days.
        chosen = active if step == 1 else active[~(crowded[active] & crowded[active + step])]
        yield meeting.pairs(chosen, chosen + step)


def _represented(meeting: _Meeting, crowded: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Links of a multitude to the few of its span of days that stand for it: in every band the lowest numbers."""
    keys, days, rows = meeting.keys, meeting.days, meeting.rows
    span = keys[crowded] << np.uint64(32) | (days[crowded] // (WINDOW + 1)).astype(np.uint64)
    order = np.lexsort((rows[crowded], span))
    members, span = crowded[order], span[order]
    begins = np.searchsorted(span, span, "left")
    following = np.searchsorted(span, span + np.uint64(1), "left")
    for step in range(_REPRESENTATIVES):
        for at in (begins + step, following + step):
            standing = members[np.minimum(at, len(members) - 1)]
            near = (keys[standing] == keys[members]) & (abs(days[standing] - days[members]) <= WINDOW)
            near &= standing != members
            yield meeting.pairs(members[near], standing[near])


def _alike(signatures: NDArray[np.uint16], codes: Iterator[NDArray[np.int64]]) -> Iterator[NDArray[np.int64]]:
    """Those of the pairs whose signatures are alike, so many at once as memory is meant to bear."""
    waiting: list[NDArray[np.int64]] = []
    held = 0
    for some in codes:
        waiting.append(some)
        held += len(some)
        if held > _PAIRS_AT_ONCE:
            yield _likely(signatures, waiting)
            waiting, held = [], 0
    if held:
        yield _likely(signatures, waiting)


def _likely(signatures: NDArray[np.uint16], waiting: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    codes = np.unique(np.concatenate(waiting))
    return codes[estimated(signatures, codes >> 32, codes & 0xFFFFFFFF) >= LEAST_ESTIMATE]
