"""The leaves that are words: of one term, of all surfaces of a stem, of very many terms that count alike."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.gather import Members, Numbers
from tui.index.parts import Here, Part, Scores
from tui.index.postings import MOST_TF, FieldPostings
from tui.index.sets import Docs, Flags, chosen, distinct, first_of_each, flagged, united
from tui.index.snapshot import K1
from tui.index.topk import Sort, best

_SEARCHED = 24
"""What a binary search costs, in reads of an array in order."""
_DENSE = 8
"""Surfaces that together stand in one of so many documents are added up in an array of all documents."""
_AT_ONCE = 500_000
"""Postings that are marked before it is asked whether to go on: 3 ms."""
MOST_POSTINGS = 20_000_000
"""Postings of words that fit a pattern that are looked at, a segment; the most common words are always."""


def score_table(norms: NDArray[np.float64], weight: float, kind: type) -> Scores:
    """The score of each key: BM25 (Robertson & Zaragoza 2009, eq. 3.15), shape (256,); 0 for a frequency of 0.

    Args:
        norms: what each class of lengths adds to the frequency, shape (16,).
        weight: idf times boost.
        kind: of the scores.
    """
    tf = np.arange(256) >> 4
    table: Scores = (weight * (K1 + 1) * tf / (tf + np.tile(norms, 16))).astype(kind)
    return table


class _Keyed(Part):
    """Documents with a key each, from which a table tells the score."""

    def __init__(self, here: Here, size: int, table: Scores) -> None:
        super().__init__(here, size)
        self.scored = bool(table.any())
        self.positive = bool(table[255] > 0)
        self.table = table
        self._dense: NDArray[np.uint8] | None = None

    def keys(self) -> NDArray[np.uint8]:
        """The keys, aligned with `docs()`."""
        raise NotImplementedError

    def dense(self) -> NDArray[np.uint8]:
        """The key of every document, 0 for those that are not found, shape (documents,)."""
        if self._dense is None:
            self._dense = np.zeros(self.here.documents, np.uint8)
            self._dense[self.docs()] = self.keys()
        return self._dense

    def scores(self, docs: Docs) -> Scores:
        """By look-up."""
        return self.share(docs)

    def share(self, docs: Docs) -> Scores:
        """By look-up, the documents' keys being found by a search where they are few."""
        if docs is self._docs:
            return self.table.take(self.keys())
        if self._dense is None and len(docs) * _SEARCHED < self.size:
            own = self.docs()
            if not len(own):
                return np.zeros(len(docs), self.here.kind)
            place = np.minimum(np.searchsorted(own, docs), len(own) - 1)
            shares: Scores = self.table.take(self.keys().take(place))
            shares *= own.take(place) == docs
            return shares
        return self.table.take(self.dense().take(docs))

    def add(self, totals: Scores) -> None:
        """By look-up."""
        if self._dense is not None:  # a million in 1.2 ms, where 290,000 by their places take 1.4
            totals += self.table.take(self._dense)
        else:
            totals[self.docs()] += self.table.take(self.keys())

    def best(self, count: int, sort: Sort) -> tuple[Docs, Scores | None]:
        """By the keys."""
        docs = self.docs()
        segment = self.here.segment
        scores = self.table.take(self.keys()) if sort == "relevance" else None
        return best(docs, scores, segment.days, segment.numbers, count, sort)


class Posted(_Keyed):
    """The documents of one term."""

    def __init__(self, here: Here, field: str, term: int, table: Scores) -> None:
        self._postings = here.segment.postings[field]
        self._term = term
        super().__init__(here, self._postings.count(term), table)

    def _find(self) -> NDArray[Any]:
        flags = self._postings.flags(self._term)
        return self._postings.docs(self._term) if flags is None else flags

    def count(self) -> int:
        """As it is kept."""
        return self.size

    def keys(self) -> NDArray[np.uint8]:
        """As they are kept."""
        return self._postings.keys(self._term, self._term + 1)


class Surfaces(_Keyed):
    """The documents of several terms that count as one word: how often they stand there is added up.

    Args:
        members: the terms, each with the languages of articles in which it counts.
    """

    def __init__(self, here: Here, field: str, members: Members, table: Scores) -> None:
        self._postings = here.segment.postings[field]
        counts = {term: self._postings.count(term) for term in members}
        self._limits: dict[int, Flags | None] = {}
        for term in sorted(members, key=lambda term: -counts[term]):
            among = members[term]
            if counts[term]:
                self._limits[term] = None if among is None else here.segment.in_languages(among)
        super().__init__(here, sum(counts.values()), table)
        self._keys: NDArray[np.uint8] | None = None

    def _listed(self, term: int) -> Docs:
        limit = self._limits[term]
        docs = self._postings.docs(term)
        return docs if limit is None else chosen(docs, limit.take(docs))

    def _find(self) -> NDArray[Any]:
        if self._dense is not None:
            return self._dense > 0
        if self.size * _DENSE < self.here.documents:
            return united([self._listed(term) for term in self._limits]) if self._limits else _NONE
        there: Flags | None = None
        for term, limit in self._limits.items():
            flags = self._postings.flags(term)
            if flags is not None and limit is not None:
                flags = flags & limit
            if there is None:
                there = flagged(self._listed(term), self.here.documents) if flags is None else flags.copy()
            elif flags is None:
                there[self._listed(term)] = True
            else:
                there |= flags
        return _NONE if there is None else there

    def _kept(self, term: int) -> tuple[Docs, NDArray[np.uint8]]:
        """The term's documents and keys, in the languages in which it counts."""
        docs, keys = self._postings.docs(term), self._postings.keys(term, term + 1)
        limit = self._limits[term]
        if limit is None:
            return docs, keys
        which = np.flatnonzero(limit.take(docs))
        return docs.take(which), keys.take(which)

    def dense(self) -> NDArray[np.uint8]:
        """Each surface's frequency added to that of the surfaces before."""
        if self._dense is None:
            dense = np.zeros(self.here.documents, np.uint8)
            for place, term in enumerate(self._limits):
                self.here.check()
                docs, keys = self._kept(term)
                if place:
                    tf = (dense.take(docs) >> np.uint8(4)) + (keys >> np.uint8(4))
                    keys = (np.minimum(tf, np.uint8(MOST_TF)) << np.uint8(4)) | (keys & np.uint8(15))
                dense[docs] = keys
            self._dense = dense
        return self._dense

    def add(self, totals: Scores) -> None:
        """By look-up in the dense array, if there are many."""
        if self.size * _DENSE >= self.here.documents:
            self.dense()
        super().add(totals)

    def keys(self) -> NDArray[np.uint8]:
        """Of the dense array, or of the surfaces' lists put in order."""
        if self._keys is None:
            if self._dense is not None or self.size * _DENSE >= self.here.documents:
                self._keys = self.dense().take(self.docs())
            else:
                self._keys = self._merged()
        return self._keys

    def _merged(self) -> NDArray[np.uint8]:
        kept = [self._kept(term) for term in self._limits]
        if not kept:
            return np.zeros(0, np.uint8)
        if len(kept) == 1:
            return kept[0][1]
        together = np.sort(np.concatenate([(docs << 8) | keys for docs, keys in kept]), kind="stable")
        if not len(together):
            return np.zeros(0, np.uint8)
        firsts = np.flatnonzero(first_of_each(together >> 8))
        tf = np.minimum(np.add.reduceat((together >> 4) & 15, firsts), MOST_TF)
        keys: NDArray[np.uint8] = ((tf << 4) | (together.take(firsts) & 15)).astype(np.uint8)
        return keys


class Marked(Part):
    """The documents that have any of the terms `[low, high)`, which begin with `prefix` if that is given."""

    def __init__(self, here: Here, field: str, low: int, high: int, prefix: bytes | None = None) -> None:
        self._postings = here.segment.postings[field]
        self._range = low, high
        self._prefix = prefix
        begin, end = self._postings.extent(low, high)
        self._total = end - begin
        super().__init__(here, self._total)

    def _find(self) -> NDArray[Any]:
        low, high = self._range
        if high - low == 1:
            flags = self._postings.flags(low)
            return self._postings.docs(low) if flags is None else flags
        if self._prefix is not None:
            kept = self._postings.prefix_flags(self._prefix)
            if kept is not None:
                return kept
        if self._total * _DENSE * 4 < self.here.documents:
            return distinct(self._postings.docs_between(low, high))
        there = np.zeros(self.here.documents, bool)
        for start, stop in _steps(self._postings, low, high):
            self.here.check()
            self._postings.mark(start, stop, there)
        return there


class Fitting(Part):
    """The documents that have any of these terms.

    Args:
        terms: their numbers, ascending.
        cut: called where only the most common of them were looked at.
    """

    def __init__(self, here: Here, field: str, terms: Numbers, cut: Callable[[], None]) -> None:
        self._postings = here.segment.postings[field]
        counts = self._postings.counts(terms)
        kept = np.flatnonzero(counts)
        self._terms, self._counts = terms.take(kept), counts.take(kept)
        self._cut = cut
        super().__init__(here, int(self._counts.sum()))

    def _find(self) -> NDArray[Any]:
        documents = self.here.documents
        there = np.zeros(documents, bool)
        common = self._counts * _DENSE >= documents
        for term in self._terms[common].tolist():
            self.here.check()
            self._postings.mark(term, term + 1, there)
        if common.any() and there.all():
            return there
        terms, ends = self._terms[~common], np.cumsum(self._counts[~common])
        if len(ends) and ends[-1] > MOST_POSTINGS:
            self._cut()
            order = np.argsort(-self._counts[~common], kind="stable")
            kept = np.sort(order[: np.searchsorted(np.cumsum(self._counts[~common][order]), MOST_POSTINGS)])
            terms, ends = terms[kept], np.cumsum(self._counts[~common][kept])
        start = 0
        while start < len(terms):
            self.here.check()
            before = int(ends[start - 1]) if start else 0
            stop = max(int(np.searchsorted(ends, before + _AT_ONCE)), start + 1)
            self._postings.mark_each(terms[start:stop], there)
            start = stop
        return there


_NONE = np.zeros(0, np.int64)


def _steps(postings: FieldPostings, low: int, high: int) -> list[tuple[int, int]]:
    """The range of terms in stretches of about `_AT_ONCE` postings."""
    begin, end = postings.extent(low, high)
    if end - begin <= _AT_ONCE:
        return [(low, high)]
    edges = sorted({low, *postings.every(low, high, _AT_ONCE), high})
    return list(pairwise(edges))
