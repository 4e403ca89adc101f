"""Puts things in order by which of two should come first: the linear ordering problem.

It is NP-hard; what is done here is Becker's start and the insertion neighbourhood, each item moved to its best place
until none moves any more (Martí and Reinelt, "The Linear Ordering Problem", Springer 2011, chapter 2).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_MOST_ROUNDS = 30


def best_sequence(pairs: NDArray[np.float32]) -> list[int]:
    """An order in which as much as can be found is gained by what comes before what.

    Args:
        pairs: What is gained where the first of two comes before the second, shape (items, items), antisymmetric.

    Returns:
        Every row once.
    """
    order: list[int] = np.argsort(-pairs.sum(1), kind="stable").tolist()
    for _ in range(_MOST_ROUNDS):
        moved = False
        for item in order:
            place = order.index(item)
            rest = order[:place] + order[place + 1 :]
            gained = np.concatenate([[0.0], np.cumsum(pairs[rest, item], dtype=np.float64)])
            best = int(gained.argmax())
            if gained[best] > gained[place] + 1e-5:
                order = [*rest[:best], item, *rest[best:]]
                moved = True
        if not moved:
            break
    return order


def gained(pairs: NDArray[np.float32], order: Sequence[int]) -> float:
    """What an order gains: the sum over all pairs, as they stand in it."""
    return float(np.triu(pairs[np.ix_(order, order)], 1).sum(dtype=np.float64))


def kendall_tau(order: Sequence[int]) -> float:
    """How well an order of numbers agrees with their own: 1 ascending, -1 descending; 1 of fewer than two."""
    places = np.asarray(order)
    count = len(places)
    if count < 2:
        return 1.0
    rises = sum(int(np.count_nonzero(places[index + 1 :] > places[index])) for index in range(count - 1))
    return 4 * rises / (count * (count - 1)) - 1
