"""Puts rows whose place isn't known among rows whose order is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_PULL = 1.5
"""How much it costs a row to stand as far from those it is like as there are known rows, in log-odds of one pair."""


def placed(known: Sequence[int], others: Sequence[int], before: Floats, alike: Floats | None) -> list[int]:
    """All rows, the known ones in their order, each other one where it fits best among them.

    Args:
        known: Rows in their order.
        others: Rows, those first that come first where several fit in one place.
        before: Log-odds that a known row comes before another, shape (others, known).
        alike: How alike they are, 0 to 1 and of the same shape, since neighbours are about one thing; None where
            that isn't known.
    """
    # Column s: what is gained by standing behind s known rows rather than before all of them.
    gained = np.zeros((len(others), len(known) + 1), np.float64)
    np.cumsum(2 * before, axis=1, dtype=np.float64, out=gained[:, 1:])
    if alike is not None:
        near = np.maximum(alike, 0).astype(np.float64)
        distance = np.abs(np.arange(len(known) + 1)[:, None] - 0.5 - np.arange(len(known))[None])
        gained -= 2 * _PULL * (near @ distance.T) / np.maximum(near.sum(1, keepdims=True), 1e-6)
    slots = gained.argmax(1).tolist()
    place = {row: (float(index), 0) for index, row in enumerate(known)}
    place |= {row: (slot - 0.5, rank) for rank, (row, slot) in enumerate(zip(others, slots, strict=True))}
    return sorted(place, key=lambda row: place[row])
