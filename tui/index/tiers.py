"""Which segments should become one: those of about one size, of which there are many, and those full of deletions.

An article is rewritten once for every tier that it rises, and a tier is twelve times the one below: at a million
articles, made in segments of some thousands, each has been written twice. (O'Neil et al. 1996, the log-structured
merge tree; tiers by size as Lucene has them.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_TIER = 12
"""Segments of one tier that become one."""
_SMALLEST = 1_000
"""Segments of fewer articles are all of one tier: rewriting them costs nothing to speak of."""
_MOST = 10
"""Segments that a search should meet at most, when there is time to see to it."""
_FAR_TOO_MANY = 24
"""Segments at which some are merged even if that takes a while."""
_UNEQUAL = 8
"""How much larger a segment may be than all smaller ones together, for it to be merged with them only to have fewer."""
_MOST_DEAD = 0.35
"""Share of deleted documents at which a segment is written anew without them."""


class Size(NamedTuple):
    """How large a segment is."""

    place: int
    live: int
    documents: int


def to_drop(sizes: Sequence[Size]) -> list[int]:
    """Segments in which nothing lives; one is left if that holds of all."""
    empty = [size.place for size in sizes if not size.live]
    return empty[1:] if len(empty) == len(sizes) else empty


def to_merge(sizes: Sequence[Size], most: int) -> list[int]:
    """Segments that should become one now, in order; none where all is well.

    Args:
        sizes: of all segments that are not being merged.
        most: articles that may be rewritten.
    """
    for size in sizes:
        if size.live < size.documents * (1 - _MOST_DEAD) and 0 < size.live <= most:
            return [size.place]
    tiers: dict[int, list[Size]] = {}
    for size in sizes:
        tiers.setdefault(_tier(size.live), []).append(size)
    for tier in sorted(tiers):
        group = tiers[tier]
        if len(group) >= _TIER and sum(size.live for size in group) <= most:
            return [size.place for size in group]
    return []


def too_many(sizes: Sequence[Size], most: int) -> list[int]:
    """The smallest segments, where there are more than a search should meet; see `to_merge`."""
    if len(sizes) <= _MOST:
        return []
    if len(sizes) <= _FAR_TOO_MANY:
        return _smallest(sizes, most, _UNEQUAL)
    most = max(size.live for size in sizes) * len(sizes)
    return _smallest(sizes, most, _UNEQUAL) or _smallest(sizes, most, most)


def _smallest(sizes: Sequence[Size], most: int, unequal: int) -> list[int]:
    """The smallest segments that may become one, so many that few enough are left; none where that is no two.

    Args:
        sizes: Of all segments.
        most: Articles that may be rewritten.
        unequal: How much larger one may be than all smaller ones together.
    """
    group: list[Size] = []
    total = 0
    for size in sorted(sizes, key=lambda size: size.live)[: len(sizes) - _MOST + 1]:
        total += size.live
        # Not a large one with a few small ones each time that some come: it waits until they come to something.
        if total > most or size.live > unequal * (total - size.live) > 0:
            break
        group.append(size)
    return sorted(size.place for size in group) if len(group) > 1 else []


def _tier(live: int) -> int:
    tier = 0
    while live >= _SMALLEST:
        live //= _TIER
        tier += 1
    return tier
