"""How a posting's positions look where Whoosh's matchers and spans read them."""

from __future__ import annotations

from typing import cast

import numpy as np
from whoosh import formats


class PackedPositions(formats.Positions):  # type: ignore[misc]
    """Whoosh's `Positions` without its pickles: four bytes a position."""

    def encode(self, positions: list[int]) -> bytes:
        return np.array(positions, "<u4").tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        return cast("list[int]", np.frombuffer(value, "<u4").tolist())

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        return float(len(value) // 4 * self.field_boost)
