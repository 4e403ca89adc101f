"""Where the postings of one form begin, of a field's postings of several: what `FieldPostings` finds them by."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.index.arrays import ArrayFile


class Steps(NamedTuple):
    """Where the terms of one form begin in its arrays; a term between two of them begins where the next does."""

    terms: memoryview
    starts: memoryview
    total: int
    ends: NDArray[np.int64]
    """`starts`, and the end of the last, shape (terms of the form + 1,)."""

    def before(self, term: int) -> int:
        """How much of the form's array the terms before this one take."""
        place = bisect_left(self.terms, term)
        return int(self.starts[place]) if place < len(self.terms) else self.total


class FieldSteps:
    """The steps of one field of one segment.

    Each is looked at when it is needed first, since it is compared with its checksum then.
    """

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._file, self._field = file, field

    @cached_property
    def near(self) -> Steps:
        """Gaps of one byte."""
        return self._steps("near.term", "near.start", self._size("near.gaps"))

    @cached_property
    def near_far(self) -> Steps:
        """Gaps too large for one byte."""
        return self._steps("near.term", "near.far_start", self._size("near.far"))

    @cached_property
    def wide(self) -> Steps:
        """Gaps of two bytes."""
        return self._steps("wide.term", "wide.start", self._size("wide.gaps"))

    @cached_property
    def wide_far(self) -> Steps:
        """Gaps too large for two bytes."""
        return self._steps("wide.term", "wide.far_start", self._size("wide.far"))

    @cached_property
    def bitmap(self) -> Steps:
        """Postings of bitmaps."""
        rest = self._size("rare.docs") + self.near.total + self.wide.total
        return self._steps("bitmap.term", "bitmap.start", self._postings - rest)

    @cached_property
    def tf_far(self) -> Steps:
        """Frequencies too large for a key."""
        return self._steps("tf_far.term", "tf_far.start", self._size("tf_far"))

    @cached_property
    def more(self) -> Steps:
        """Positions beyond the first of each posting."""
        return self._steps("more.term", "more.start", self._size("position_low") - self._postings)

    @property
    def _postings(self) -> int:
        start = self._file[f"{self._field}.start"].data
        return int(start[len(start) - 1])

    def _size(self, name: str) -> int:
        return len(self._file[f"{self._field}.{name}"])

    def _steps(self, term: str, start: str, total: int) -> Steps:
        terms, starts = (self._file.whole(f"{self._field}.{name}") for name in (term, start))
        return Steps(terms.data, starts.data, total, np.append(starts.astype(np.int64), total))
