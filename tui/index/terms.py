"""The sorted words of one segment, searched where they lie in the file."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_LETTERS = 48
_PLAIN = 36
NOT_ASCII = np.uint64((1 << _LETTERS) - (1 << _PLAIN))
"""Bits of a signature that only bytes other than ASCII letters and digits set."""


def encode(term: str) -> bytes:
    """A term's bytes; order of bytes is order of code points."""
    return term.encode("utf-8", "surrogatepass")


class Terms:
    """Terms in order; a term's number is its place among them."""

    def __init__(
        self, text: NDArray[np.uint8], start: NDArray[np.uint32], signature: NDArray[np.uint64]
    ) -> None:
        self._text = text.data if len(text) else memoryview(b"")
        self._start = start.data
        self.signature = signature
        """See `signatures`, shape (terms,)."""
        self.starts = start
        """Where each term's bytes begin, shape (terms + 1,)."""
        self._count = len(start) - 1

    def __len__(self) -> int:
        return self._count

    def bytes_at(self, number: int) -> bytes:
        """The term of that number, as bytes."""
        return bytes(self._text[self._start[number] : self._start[number + 1]])

    def __getitem__(self, number: int) -> str:
        return self.bytes_at(number).decode("utf-8", "surrogatepass")

    def slice(self, low: int, high: int) -> list[str]:
        """Terms `[low, high)`. One pass over their bytes, so ask for some thousands at most."""
        if high <= low:
            return []
        edges = self.starts[low : high + 1]
        whole = bytes(self._text[int(edges[0]) : int(edges[-1])])
        relative = (edges - edges[0]).tolist()
        return [
            whole[relative[i] : relative[i + 1]].decode("utf-8", "surrogatepass")
            for i in range(len(relative) - 1)
        ]

    def lower_bound(self, term: bytes) -> int:
        """How many terms sort before this one."""
        low, high = 0, self._count
        text, start = self._text, self._start
        while low < high:
            middle = (low + high) >> 1
            if bytes(text[start[middle] : start[middle + 1]]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int:
        """The term's number, -1 where it is not there."""
        number = self.lower_bound(term)
        return number if number < self._count and self.bytes_at(number) == term else -1

    def prefix(self, prefix: bytes) -> tuple[int, int]:
        """The numbers `[low, high)` of the terms that begin so."""
        return self.lower_bound(prefix), self.lower_bound(prefix + b"\xff")


def pack(terms: Iterable[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Sorted terms as one array of bytes and where each begins."""
    encoded = [encode(term) for term in terms]
    lengths = np.fromiter(map(len, encoded), np.uint32, len(encoded))
    start = np.zeros(len(encoded) + 1, np.uint32)
    np.cumsum(lengths, out=start[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), start


def signatures(text: NDArray[np.uint8], start: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One bit for each kind of byte that a term holds, `_LETTERS` kinds, shape (terms,).

    A term within edit distance d of another differs from it in at most 2 d bits (8 d where its letters are not ASCII):
    one exclusive or a term sorts out nearly all that are further away.
    """
    if len(start) <= 1:
        return np.zeros(0, np.uint64)
    bits = _BITS[text]
    found = np.zeros(len(start) - 1, np.uint64)
    filled = start[:-1] < start[1:]
    if filled.any():
        found[filled] = np.bitwise_or.reduceat(bits, start[:-1][filled])
    return found


def _bits() -> NDArray[np.uint64]:
    kinds = np.arange(256) % _LETTERS
    for letter in range(26):
        kinds[ord("a") + letter] = letter
    for digit in range(10):
        kinds[ord("0") + digit] = 26 + digit
    other = [
        code
        for code in range(256)
        if not chr(code).isascii() or not chr(code).isalnum() or chr(code).isupper()
    ]
    for index, code in enumerate(other):
        kinds[code] = _PLAIN + index % (_LETTERS - _PLAIN)
    return np.uint64(1) << kinds.astype(np.uint64)


_BITS = _bits()
