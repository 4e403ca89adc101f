"""What the words of a query are in each segment: terms that are a word's surfaces, begin so, fit, or come near."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.errors import SearchCancelled
from tui.index.distance import near_numbers
from tui.index.schema import TEXT_FIELDS
from tui.index.snapshot import Among, Segment, Snapshot
from tui.index.terms import encode
from tui.index.wildcard import Wildcard, matching

Members = dict[int, Among]
"""Terms of one segment that count as one, each with the languages of articles in which it does."""
Numbers = NDArray[np.int64]
"""Terms of one segment, ascending."""


class Gatherer:
    """Looks words up in one snapshot for one search.

    Args:
        snapshot: where.
        cancelled: asked every few milliseconds of work; SearchCancelled is raised when it says so.
        note: told what had to be cut short.
    """

    def __init__(
        self, snapshot: Snapshot, cancelled: Callable[[], bool], note: Callable[[str], None]
    ) -> None:
        self.snapshot = snapshot
        self._cancelled = cancelled
        self.note = note
        self._known: dict[tuple[Any, ...], list[Any]] = {}

    def check(self) -> None:
        """Raise SearchCancelled when a newer search took this one's place."""
        if self._cancelled():
            raise SearchCancelled("a newer search took this one's place")

    def listen(self, cancelled: Callable[[], bool]) -> None:
        """Ask this from now on whether to go on."""
        self._cancelled = cancelled

    def _once(self, key: tuple[Any, ...], look_up: Callable[[], list[Any]]) -> list[Any]:
        """Title and body share their vocabulary: what was looked up for one is not for the other."""
        found = self._known.get(key)
        if found is None:
            self.check()
            found = self._known[key] = look_up()
        return found

    def exact(self, field: str, text: str) -> list[Members]:
        """For each segment the term, where it has it."""

        def look_up() -> list[Members]:
            found = [segment.terms(field).find(encode(text)) for segment in self.snapshot.segments]
            return [{} if term < 0 else {term: None} for term in found]

        return self._once(("exact", field in TEXT_FIELDS or field, text), look_up)

    def word(self, field: str, surface: str) -> list[Members]:
        """For each segment the surfaces of the word's stem; an address has no stems."""
        if field not in TEXT_FIELDS:
            return self.exact(field, surface)
        return self._once(("word", surface), lambda: self.snapshot.forms(surface))

    def frequency(self, field: str, members: list[Members]) -> int:
        """How many documents have any of the terms, as far as the sum of how many have each says it."""
        total = sum(
            segment.frequency(field, term)
            for segment, terms in zip(self.snapshot.segments, members, strict=True)
            for term in terms
        )
        return min(total, self.snapshot.count)

    def has(self, field: str, surface: str) -> bool:
        """Whether any document has the word or another surface of its stem in the field."""
        return self.frequency(field, self.word(field, surface)) > 0

    def prefix(self, field: str, prefix: str) -> list[tuple[int, int]]:
        """For each segment the terms `[low, high)` that begin so."""
        begins = encode(prefix)
        return self._once(
            ("prefix", field in TEXT_FIELDS or field, prefix),
            lambda: [segment.terms(field).prefix(begins) for segment in self.snapshot.segments],
        )

    def has_prefix(self, field: str, prefix: str) -> bool:
        """Whether any document has a word in the field that begins so."""
        for segment, (low, high) in zip(self.snapshot.segments, self.prefix(field, prefix), strict=True):
            begin, end = segment.postings[field].extent(low, high)
            if begin < end:
                return True
        return False

    def wildcard(self, field: str, pattern: str) -> list[Numbers]:
        """For each segment the terms that the pattern fits."""
        wildcard = Wildcard(pattern)
        return self._once(
            ("wildcard", field in TEXT_FIELDS or field, pattern),
            lambda: [
                matching(segment.terms(field), wildcard, self.check) for segment in self.snapshot.segments
            ],
        )

    def fuzzy(self, field: str, surface: str, most: int, prefix: int = 0) -> list[Numbers]:
        """For each segment the terms at most so many letters away, the first `prefix` letters as they are."""

        def near(segment: Segment) -> Numbers:
            terms = segment.terms(field)
            numbers, _ = near_numbers(terms, surface, most, self.check)
            if not prefix:
                return numbers
            low, high = terms.prefix(encode(surface[:prefix]))
            return numbers[(numbers >= low) & (numbers < high)]

        return self._once(
            ("fuzzy", field in TEXT_FIELDS or field, surface, most, prefix),
            lambda: [near(segment) for segment in self.snapshot.segments],
        )
