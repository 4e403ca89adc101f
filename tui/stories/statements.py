"""Sentences that tell one thing, put together over many reports.

Average linkage over the links that alignment found (Sokal and Michener, "A Statistical Method for Evaluating
Systematic Relationships", University of Kansas Science Bulletin 38, 1958): two groups become one while the links
between them, over all pairs that could be linked, are strong enough. So a chain of rewordings, each a little further
from the first, doesn't end as one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TOGETHER = 0.3
"""The mean strength of links between two groups from which on they are one; chosen on stories of outside text."""

_OFTEN = 512
"""Steps between two questions whether to stop."""


def grouped(
    weights: Sequence[int],
    ones: NDArray[np.integer],
    others: NDArray[np.integer],
    strengths: NDArray[np.floating],
    cancelled: Callable[[], bool] | None = None,
) -> list[list[int]]:
    """Groups of sentences that tell one thing; every sentence is in exactly one.

    Args:
        weights: How many sentences each stands for (those of the same words are one), shape (sentences,).
        ones: One end of each link, shape (links,).
        others: Its other end, same shape.
        strengths: 0 to 1, same shape.
        cancelled: Asked now and then whether to stop; then the groups so far are answered.

    Returns:
        Indices, ascending in each group, groups by their first.
    """
    members: dict[int, list[int]] = {index: [index] for index in range(len(weights))}
    size = dict(enumerate(weights))
    links: dict[int, dict[int, float]] = {index: {} for index in members}
    for one, other, strength in zip(ones.tolist(), others.tolist(), strengths.tolist(), strict=True):
        if one != other:
            between = links[one].get(other, 0.0)
            links[one][other] = links[other][one] = max(between, strength * (size[one] * size[other]))
    waiting = [
        (-total / (size[one] * size[other]), one, other)
        for one, linked in links.items()
        for other, total in linked.items()
        if one < other
    ]
    heapify(waiting)
    fresh = len(weights)
    steps = 0
    while waiting:
        strength, one, other = heappop(waiting)
        steps += 1
        if -strength < TOGETHER or (steps % _OFTEN == 0 and cancelled is not None and cancelled()):
            break
        if one not in members or other not in members:
            continue  # one of them has become part of a greater group meanwhile
        both, fresh = fresh, fresh + 1
        members[both] = members.pop(one) + members.pop(other)
        size[both] = size[one] + size[other]
        links[both] = _merged(links.pop(one), links.pop(other), one, other)
        for third, total in links[both].items():
            linked = links[third]
            linked.pop(one, None)
            linked.pop(other, None)
            linked[both] = total
            heappush(waiting, (-total / (size[both] * size[third]), third, both))
    return sorted((sorted(group) for group in members.values()), key=lambda group: group[0])


def _merged(ones: dict[int, float], others: dict[int, float], one: int, other: int) -> dict[int, float]:
    """The links of two groups as those of one: summed, those between the two left out."""
    merged = {third: total for third, total in ones.items() if third != other}
    for third, total in others.items():
        if third != one:
            merged[third] = merged.get(third, 0.0) + total
    return merged
