"""Whether work grows with the length of a text or faster, without a limit in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

_SMALL = 12_000
_TIMES = 8


def growth(work: Callable[[int], object]) -> float:
    """By how much more a text of eight times the length costs than eight texts: 1 where it is linear, 8 where squared.

    Args:
        work: does what is measured on a text of so many characters.
    """
    small = min(_seconds(work, _SMALL) for _ in range(5))
    large = min(_seconds(work, _SMALL * _TIMES) for _ in range(3))
    # What takes no time at all can't be compared: a millisecond is the least.
    return large / max(small, 0.001) / _TIMES


def _seconds(work: Callable[[int], object], size: int) -> float:
    begin = time.process_time()
    work(size)
    return time.process_time() - begin
