"""Postings of words, prefixes, wildcards and near misses, gathered from all segments into arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tui.errors import SearchCancelled
from tui.index.distance import near_numbers
from tui.index.schema import TEXT_FIELDS
from tui.index.snapshot import Postings, Segment, Snapshot
from tui.index.terms import Terms, encode
from tui.index.wildcard import Wildcard, matching

if TYPE_CHECKING:
    from tui.index.nodes import Element

_STEP = 2_000

Among = frozenset[str] | None
"""The languages of articles in which a term counts; None is all."""


class Gatherer:
    """Gathers postings of one snapshot for one search.

    Args:
        snapshot: where from.
        cancelled: asked every few milliseconds of work; SearchCancelled is raised when it says so.
        note: told what had to be cut short.
    """

    def __init__(
        self, snapshot: Snapshot, cancelled: Callable[[], bool], note: Callable[[str], None]
    ) -> None:
        self.snapshot = snapshot
        self._cancelled = cancelled
        self.note = note
        self._expanded: dict[tuple[Any, ...], NDArray[np.int64]] = {}

    def check(self) -> None:
        """Raise SearchCancelled when a newer search took this one's place."""
        if self._cancelled():
            raise SearchCancelled("a newer search took this one's place")

    def _keep(self, key: tuple[Any, ...], gather: Callable[[], Postings]) -> Postings:
        self.check()
        postings = self.snapshot.remembered(key)
        if postings is None:
            postings = gather()
            self.snapshot.remember(key, postings)
        return postings

    def term(self, field: str, text: str) -> Postings:
        """One term as it is in the index."""
        return self._keep(("term", field, text), lambda: self._counted(field, self._exact(field, text)))

    def word(self, field: str, surface: str) -> Postings:
        """A word with all surfaces of its stem, as if they were one."""
        return self._keep(("word", field, surface), lambda: self._counted(field, self._forms(field, surface)))

    def _exact(self, field: str, text: str) -> list[dict[int, Among]]:
        """For each segment the term, where it has it."""
        found = [segment.terms(field).find(encode(text)) for segment in self.snapshot.segments]
        return [{} if term < 0 else {term: None} for term in found]

    def _forms(self, field: str, surface: str) -> list[dict[int, Among]]:
        """For each segment the surfaces of the word's stem; an address has no stems."""
        return self.snapshot.forms(surface) if field in TEXT_FIELDS else self._exact(field, surface)

    def _counted(self, field: str, terms: list[dict[int, Among]]) -> Postings:
        docs: list[NDArray[np.int64]] = []
        tf: list[NDArray[np.int64]] = []
        several = False
        for segment, members in zip(self.snapshot.segments, terms, strict=True):
            several |= len(members) > 1
            for term, among in members.items():
                postings = segment.postings[field]
                if not postings.count(term):
                    continue
                here = postings.docs(term) + segment.base
                times = (postings.keys(term, term + 1) >> np.uint8(4)).astype(np.int64)
                if among is not None:
                    kept = self.snapshot.in_languages(here, among)
                    here, times = here[kept], times[kept]
                docs.append(here)
                tf.append(times)
        if not docs:
            return Postings(np.zeros(0, np.int64), np.zeros(0, np.int64))
        all_docs, all_tf = np.concatenate(docs), np.concatenate(tf)
        return _summed(all_docs, all_tf) if several else Postings(all_docs, all_tf)

    def prefix(self, field: str, prefix: str) -> Postings:
        """Every word that begins so: one slice of the postings."""
        begins = encode(prefix)

        def mark(segment: Segment, there: NDArray[np.bool_]) -> None:
            self.check()
            segment.postings[field].mark(*segment.terms(field).prefix(begins), there)

        return self._keep(("prefix", field, prefix), lambda: self._marked(mark))

    def wildcard(self, field: str, pattern: str) -> Postings:
        """Every word that the pattern fits."""
        wildcard = Wildcard(pattern)

        def terms(segment: Segment) -> NDArray[np.int64]:
            return self._once(
                ("wildcard", pattern, segment.base),
                lambda: matching(segment.terms(field), wildcard, self.check),
            )

        return self._keep(("wildcard", field, pattern), lambda: self._any(field, terms))

    def fuzzy(self, field: str, surface: str, most: int, prefix: int = 0) -> Postings:
        """Every word at most so many letters away."""

        def near_ones(terms: Terms) -> NDArray[np.int64]:
            numbers, _ = near_numbers(terms, surface, most, self.check)
            if not prefix:
                return numbers
            low, high = terms.prefix(encode(surface[:prefix]))
            return numbers[(numbers >= low) & (numbers < high)]

        def terms(segment: Segment) -> NDArray[np.int64]:
            key = ("fuzzy", surface, most, prefix, segment.base)
            return self._once(key, lambda: near_ones(segment.terms(field)))

        return self._keep(("fuzzy", field, surface, most, prefix), lambda: self._any(field, terms))

    def _once(self, key: tuple[Any, ...], expand: Callable[[], NDArray[np.int64]]) -> NDArray[np.int64]:
        """Title and body share their vocabulary: what was expanded for one is not expanded for the other."""
        if key not in self._expanded:
            self._expanded[key] = expand()
        return self._expanded[key]

    def _any(self, field: str, terms: Callable[[Segment], NDArray[np.int64]]) -> Postings:
        """Documents with any of these terms."""

        def mark(segment: Segment, there: NDArray[np.bool_]) -> None:
            for place, term in enumerate(terms(segment).tolist()):
                if place % 64 == 0:
                    self.check()
                segment.postings[field].mark(term, term + 1, there)

        return self._marked(mark)

    def _marked(self, mark: Callable[[Segment, NDArray[np.bool_]], None]) -> Postings:
        found = np.zeros(self.snapshot.count, bool)
        for segment in self.snapshot.segments:
            mark(segment, found[segment.base : segment.base + segment.count])
        return Postings(np.flatnonzero(found), None)

    # Positions

    def element(self, field: str, element: Element) -> Postings:
        """Documents with one word of a phrase."""
        if element.prefix:
            return self.prefix(field, element.surface)
        return self.word(field, element.surface)

    def positions(self, field: str, element: Element, wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Where one word of a phrase stands: `document << 32 | position`, ascending.

        Args:
            field: where.
            element: the word.
            wanted: which documents are looked at, shape (count,).
        """
        segments = self.snapshot.segments
        if element.prefix:
            begins = encode(element.surface)
            ranges = [segment.terms(field).prefix(begins) for segment in segments]
            return self._all_positions(field, [[(low, high, None)] for low, high in ranges], wanted)
        return self._all_positions(field, _extents(self._forms(field, element.surface)), wanted)

    def term_positions(self, field: str, text: str, wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Where one term stands, as `positions` gives it."""
        return self._all_positions(field, _extents(self._exact(field, text)), wanted)

    def _all_positions(
        self, field: str, extents: list[list[tuple[int, int, Among]]], wanted: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        found = []
        in_order = True
        for segment, parts in zip(self.snapshot.segments, extents, strict=True):
            in_order &= not parts or (len(parts) == 1 and parts[0][1] - parts[0][0] == 1)
            for low, high, among in parts:
                self.check()
                found.append(self._positions(field, segment, low, high, among, wanted))
        places = np.concatenate(found) if found else np.zeros(0, np.int64)
        return places if in_order else np.sort(places)

    def _positions(
        self, field: str, segment: Segment, low: int, high: int, among: Among,
        wanted: NDArray[np.bool_],
    ) -> NDArray[np.int64]:  # fmt: skip
        _, docs, tf, positions = segment.postings[field].stretch(low, high)
        docs = docs + segment.base
        keep = wanted[docs]
        if among is not None:
            keep &= self.snapshot.in_languages(docs, among)
        if not keep.any() or not segment.postings[field].has_positions:
            return np.zeros(0, np.int64)
        places: NDArray[np.int64] = (np.repeat(docs[keep], tf[keep]) << 32) | positions[np.repeat(keep, tf)]
        return places


def _extents(terms: list[dict[int, Among]]) -> list[list[tuple[int, int, Among]]]:
    return [[(term, term + 1, among) for term, among in members.items()] for members in terms]


def _summed(docs: NDArray[np.int64], tf: NDArray[np.int64]) -> Postings:
    """Postings of several terms as those of one."""
    order = np.argsort(docs, kind="stable")
    docs, tf = docs[order], tf[order]
    first = np.ones(len(docs), bool)
    first[1:] = docs[1:] != docs[:-1]
    starts = np.flatnonzero(first)
    return Postings(docs[starts], np.add.reduceat(tf, starts) if len(docs) else tf)
