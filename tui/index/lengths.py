"""How long a field is, as far as it counts for scores: one of sixteen classes, each about a third longer than the last.

Sixteen classes and fifteen frequencies fit one byte. Whoosh is told the same lengths, so that scores can be compared.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_LENGTHS = {
    "title": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 21, 26, 34),
    "": (8, 16, 32, 53, 80, 115, 163, 224, 300, 400, 530, 710, 960, 1350, 2100, 4000),
}


def length_values(field: str) -> NDArray[np.float64]:
    """The length that each class stands for, shape (16,)."""
    return np.array(_LENGTHS.get(field, _LENGTHS[""]), np.float64)


def length_classes(field: str, lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """The class of each length: the nearest value's by ratio."""
    values = length_values(field)
    edges = np.sqrt(values[1:] * values[:-1])
    classes: NDArray[np.uint8] = np.searchsorted(edges, np.maximum(lengths, 1)).astype(np.uint8)
    return classes
