"""The leaves that are words: of one term, of all surfaces of a stem, of very many terms that count alike."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.gather import Members, Numbers
from tui.index.parts import Here, Lead, Part, Scores
from tui.index.postings import MOST_TF, FieldPostings
from tui.index.sets import Docs, Flags, chosen, distinct, first_of_each, flagged, united
from tui.index.snapshot import K1

_SEARCHED = 24
"""What a binary search costs, in reads of an array in order."""
_RANKED = 10
"""One in so many documents is looked up by its rank in a bitmap rather than in an array of all."""
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


def field_table(norms: NDArray[np.float64], boost: float, kind: type) -> Scores:
    """What each key of a field adds to a word's frequency in BM25F: for its length and boost, not yet levelled off.

    Args:
        norms: as for `score_table`.
        boost: of the field.
        kind: of the scores.
    """
    tf = np.arange(256) >> 4
    table: Scores = (boost * tf * K1 / np.tile(norms, 16)).astype(kind)
    return table


class Posted(Part):
    """The documents of a term, or of several that count as one word: how often they stand there is added up.

    A document has a key, from which a table tells the score.

    Args:
        members: the terms, each with the languages of articles in which it counts.
        table: see `score_table`.
    """

    def __init__(self, here: Here, field: str, members: Members, table: Scores) -> None:
        self._postings = here.segment.postings[field]
        self.table = table
        self.scored = bool(table.any())
        self.positive = bool(table[255] > 0)
        counts = {term: self._postings.count(term) for term in members}
        self._terms: dict[int, Flags | None] = {}
        """Each term, the most common first, and the documents in which it counts, None for all."""
        for term in sorted(members, key=lambda term: -counts[term]):
            among = members[term]
            if counts[term]:
                self._terms[term] = None if among is None else here.segment.in_languages(among)
        self._counts = counts
        super().__init__(here, sum(counts.values()))
        single = len(self._terms) == 1 and not any(limit is not None for limit in self._terms.values())
        self._single = next(iter(self._terms)) if single else None
        self._keys: NDArray[np.uint8] | None = None
        self._dense: NDArray[np.uint8] | None = None

    def _listed(self, term: int) -> Docs:
        limit = self._terms[term]
        docs = self._postings.docs(term)
        return docs if limit is None else chosen(docs, limit.take(docs))

    def _find(self) -> NDArray[Any]:
        if self._dense is not None:
            return self._dense > 0
        if not self._terms:
            return _NONE
        if self._single is not None:
            flags = self._postings.flags(self._single)
            return self._postings.docs(self._single) if flags is None else flags
        if self.size * _DENSE < self.here.documents:
            return united([self._listed(term) for term in self._terms])
        there: Flags | None = None
        for term, limit in self._terms.items():
            flags = self._postings.flags(term)
            if flags is not None and limit is not None:
                flags = flags & limit
            if there is None:
                there = flagged(self._listed(term), self.here.documents) if flags is None else flags
            elif flags is None:
                there[self._listed(term)] = True
            else:
                there |= flags
        return _NONE if there is None else there

    def count(self) -> int:
        """As it is kept, for a single term."""
        return super().count() if self._single is None else self.size

    def _kept(self, term: int) -> tuple[Docs, NDArray[np.uint8]]:
        """A term's documents and keys, in the languages in which it counts."""
        docs, keys = self._postings.docs(term), self._postings.keys(term, term + 1)
        limit = self._terms[term]
        if limit is None:
            return docs, keys
        which = np.flatnonzero(limit.take(docs))
        return docs.take(which), keys.take(which)

    def dense(self) -> NDArray[np.uint8]:
        """The key of every document, 0 for those that are not found, shape (documents,)."""
        if self._dense is None:
            dense = np.zeros(self.here.documents, np.uint8)
            for place, term in enumerate(self._terms):
                self.here.check()
                docs, keys = self._kept(term)
                dense[docs] = _together(dense.take(docs), keys) if place else keys
            self._dense = dense
        return self._dense

    def keys(self) -> NDArray[np.uint8]:
        """The keys, aligned with `docs()`."""
        if self._single is not None:
            return self._postings.keys(self._single, self._single + 1)
        if self._keys is None:
            if self._dense is not None or self.size * _DENSE >= self.here.documents:
                self._keys = self.dense().take(self.docs())
            else:
                self._keys = self._merged()
        return self._keys

    def _merged(self) -> NDArray[np.uint8]:
        kept = [self._kept(term) for term in self._terms]
        together = np.concatenate([_NONE, *((docs << 8) | keys for docs, keys in kept)])
        together.sort(kind="stable")
        if not len(together):
            return np.zeros(0, np.uint8)
        firsts = np.flatnonzero(first_of_each(together >> 8))
        tf = np.minimum(np.add.reduceat((together >> 4) & 15, firsts), MOST_TF)
        keys: NDArray[np.uint8] = ((tf << 4) | (together.take(firsts) & 15)).astype(np.uint8)
        return keys

    def _keys_at(self, docs: Docs) -> NDArray[np.uint8]:
        """The keys of some documents, 0 for those that are not found."""
        found = np.zeros(len(docs), np.uint8)
        for place, (term, limit) in enumerate(self._terms.items()):
            keys = self._keys_of(term, docs)
            if limit is not None:
                keys *= limit.take(docs)
            found = _together(found, keys) if place else keys
        return found

    def _keys_of(self, term: int, docs: Docs) -> NDArray[np.uint8]:
        """The same of one term: by rank in its bitmap, or by searching the longer list for the shorter one."""
        keys = self._postings.keys(term, term + 1)
        ranks = self._postings.ranks(term, docs)
        if ranks is not None:
            there, place = ranks
            found = keys.take(place, mode="clip")
            found *= there
            return found
        own = self._postings.docs(term)
        if len(docs) * _SEARCHED < len(own):
            place = np.minimum(np.searchsorted(own, docs), len(own) - 1)
            found = keys.take(place)
            found *= own.take(place) == docs
            return found
        if len(own) * _SEARCHED < len(docs):
            found = np.zeros(len(docs), np.uint8)
            place = np.minimum(np.searchsorted(docs, own), len(docs) - 1)
            which = np.flatnonzero(docs.take(place) == own)
            found[place.take(which)] = keys.take(which)
            return found
        dense = np.zeros(self.here.documents, np.uint8)
        dense[own] = keys
        return dense.take(docs)

    def scores(self, docs: Docs) -> Scores:
        """By look-up."""
        return self.share(docs)

    def share(self, docs: Docs) -> Scores:
        """By look-up, the documents' keys being found one by one where they are few."""
        if docs is self._docs:
            return self.table.take(self.keys())
        if self._dense is None and len(docs) * _RANKED < self.here.documents:
            return self.table.take(self._keys_at(docs))
        return self.table.take(self.dense().take(docs))

    def add(self, totals: Scores) -> None:
        """By look-up: a million in 1.2 ms, where 290,000 by their places take 1.4."""
        if self._single is None and self.size * _DENSE >= self.here.documents:
            totals += self.table.take(self.dense())
        else:
            totals[self.docs()] += self.table.take(self.keys())

    def lead(self, levelled: Callable[[Scores], Scores] | None = None) -> Lead | None:
        """The documents of the most common term."""
        if not self._terms or not self.positive:
            return None
        first, *others = self._terms
        if sum(self._counts[term] for term in others) * 2 > self._counts[first]:
            return None
        table = self.table if levelled is None else levelled(self.table)
        rest = [self._listed(term) for term in others]
        if self._terms[first] is not None:
            docs, keys = self._kept(first)
            return Lead(lambda at: docs if at is None else docs.take(at), table.take(keys), rest)
        postings = self._postings

        def pick(at: NDArray[np.int64] | None) -> Docs:
            return postings.docs(first) if at is None else postings.select(first, at)

        return Lead(pick, table.take(postings.keys(first, first + 1)), rest)


def _together(keys: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Keys of the same documents as one: frequencies added up, as far as a key says them; 0 where a term is not."""
    tf = np.minimum((keys >> np.uint8(4)) + (others >> np.uint8(4)), np.uint8(MOST_TF))
    both: NDArray[np.uint8] = (tf << np.uint8(4)) | ((keys | others) & np.uint8(15))
    return both


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
