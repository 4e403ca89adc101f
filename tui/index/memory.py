"""Keeps what arrays gave back: a search makes and drops dozens of MB, and to fetch pages anew was half its time."""

from __future__ import annotations

import ctypes
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Names of glibc's `mallopt` (malloc.h)."""
_KEPT = 96 << 20
_ALLOCATED = 32 << 20
"""The most that glibc takes for the second."""


@cache
def keep_freed_memory() -> bool:
    """Have the C library keep up to 96 MB of freed memory for the next search; False where it can't be told to.

    By itself it returns whatever is freed at the end of its heap, and fetches it again for the next array: 220 faults a
    search at a million articles, many of them of 2 MB, since NumPy asks for such pages. A common word took 12 ms
    instead of 5.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return False  # not glibc
    return bool(mallopt(_MMAP_THRESHOLD, _ALLOCATED)) and bool(mallopt(_TRIM_THRESHOLD, _KEPT))
