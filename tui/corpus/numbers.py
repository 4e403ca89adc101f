"""Short rows of small numbers as few bytes: LEB128, seven bits a byte, the lowest first, the last below 128."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """The numbers, none of them negative, one after the other."""
    packed = bytearray()
    for number in numbers:
        while number > 127:
            packed.append(number & 127 | 128)
            number >>= 7
        packed.append(number)
    return bytes(packed)


def unpack_numbers(data: bytes) -> list[int]:
    """The numbers that `pack_numbers` packed."""
    numbers = []
    number = shift = 0
    for byte in data:
        if byte > 127:
            number |= (byte & 127) << shift
            shift += 7
        else:
            numbers.append(number | byte << shift)
            number = shift = 0
    return numbers


def unpack_rows(rows: Sequence[bytes]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of many packed rows at once.

    Returns:
        All numbers, each below 2⁶³, and where each row begins among them, shape (rows + 1,).
    """
    import numpy as np

    data = np.frombuffer(b"".join(rows), np.uint8)
    ends = np.flatnonzero(data < 128)
    begins = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))[: len(ends)]
    numbers = (data[begins] & 127).astype(np.int64)
    longer = np.flatnonzero(ends > begins)
    step = 1
    while len(longer):
        numbers[longer] |= (data[begins[longer] + step] & 127).astype(np.int64) << 7 * step
        step += 1
        longer = longer[ends[longer] - begins[longer] >= step]
    sizes = np.fromiter((len(row) for row in rows), np.int64, len(rows))
    begin_bytes = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    return numbers, np.searchsorted(ends, begin_bytes)


def running(gaps: NDArray[np.int64], start: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of which each row gives the first and then the gaps.

    Args:
        gaps: What `unpack_rows` gives.
        start: Where each row begins, as there.
    """
    import numpy as np

    sums = np.cumsum(gaps)
    before = np.concatenate((np.zeros(1, np.int64), sums))[start[:-1]]
    return sums - np.repeat(before, np.diff(start))
