"""Which prefixes of a vocabulary so many documents share that a segment keeps a bitmap of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LETTERS = 3
_BYTES = 4
"""The longest prefix: what fits the number that names it (`PostingsWriter.add_prefix`)."""
_SHARE = 1
"""A prefix is kept whose terms have more postings than one in so many documents: fewer are soon marked."""
_BYTES_OF_LETTER = np.array([1] * 0xC0 + [2] * 0x20 + [3] * 0x10 + [4] * 0x10, np.int64)
"""By a letter's first byte in UTF-8."""


class Prefixes:
    """The prefixes of one to three letters of a vocabulary that comes in blocks, in order."""

    def __init__(self) -> None:
        self._terms = 0
        self._keys: list[list[NDArray[np.uint64]]] = [[] for _ in range(_LETTERS)]
        self._lows: list[list[NDArray[np.int64]]] = [[] for _ in range(_LETTERS)]

    def add(self, text: NDArray[np.uint8], start: NDArray[np.uint32]) -> None:
        """Take the next terms, packed as `tui.index.terms.pack` does it."""
        count = len(start) - 1
        if not count:
            return
        begins = start[:-1].astype(np.int64)
        sizes = np.diff(start).astype(np.int64)
        padded = np.concatenate([text, np.zeros(_LETTERS * 4 + _BYTES, np.uint8)])
        size = np.zeros(count, np.int64)
        for place in range(_LETTERS):
            # What has fewer letters, or letters of more bytes, is no prefix: its key is 0.
            size += _BYTES_OF_LETTER[padded[begins + np.minimum(size, _BYTES)]]
            key = np.zeros(count, np.uint64)
            for at in range(_BYTES):
                key <<= np.uint64(8)
                key[size > at] |= padded[begins[size > at] + at]
            key[(size > _BYTES) | (size > sizes)] = 0
            edges = np.concatenate([[0], np.flatnonzero(key[1:] != key[:-1]) + 1])
            self._keys[place].append(key[edges])
            self._lows[place].append(edges + self._terms)
        self._terms += count

    def shared(self, ends: NDArray[np.int64], documents: int) -> list[tuple[bytes, int, int]]:
        """Those whose terms have many postings in a field, each with its terms `[low, high)`.

        Args:
            ends: how many postings the terms before each have, shape (terms + 1,).
            documents: how many the segment has.
        """
        found: list[tuple[bytes, int, int]] = []
        if not self._terms:
            return found
        for all_keys, all_lows in zip(self._keys, self._lows, strict=True):
            keys, lows = np.concatenate(all_keys), np.concatenate(all_lows)
            new = np.concatenate([[True], keys[1:] != keys[:-1]])
            keys, lows = keys[new], lows[new]
            highs = np.append(lows[1:], self._terms)
            many = (keys > 0) & ((ends[highs] - ends[lows]) * _SHARE > documents)
            for key, low, high in zip(*(a[many].tolist() for a in (keys, lows, highs)), strict=True):
                found.append((key.to_bytes(_BYTES, "big").rstrip(b"\0"), low, high))
        return found
