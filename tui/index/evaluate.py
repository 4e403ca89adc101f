"""A query tree over arrays: which documents it finds, and how well each fits.

Scores are BM25F's as Whoosh computes them, so that Whoosh's own searcher can check them; it differs from Whoosh
where that is by accident: a `NOT` adds nothing to a score, a prefix has one score for all, a word scores as one with
all surfaces of its stem.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.searching import Searcher

from tui.folding import fold
from tui.index.gather import Gatherer
from tui.index.nodes import ArticleSet, Days, Element, FromSource, InLanguage, Sequence, Word
from tui.index.snapshot import K1, Postings, Snapshot
from tui.index.suggest import source_like

Documents = NDArray[np.int64]
Scores = NDArray[np.float64]


class Found(NamedTuple):
    """What a branch of the tree finds."""

    docs: Documents
    """Ascending, each once; may hold deleted ones, except at the top."""
    scores: Scores | None
    """Aligned; None where all are 0."""


class Evaluator:
    """Answers one query on one snapshot."""

    def __init__(
        self, snapshot: Snapshot, cancelled: Callable[[], bool], note: Callable[[str], None]
    ) -> None:
        self.snapshot = snapshot
        self.gather = Gatherer(snapshot, cancelled, note)
        self._answers: dict[type, Callable[[Any], Found]] = {
            query.And: self._and,
            query.Or: self._or,
            query.DisjunctionMax: self._best,
            query.Not: self._not,
            query.AndNot: lambda node: self._without(self.find(node.a), node.b),
            query.AndMaybe: self._and_maybe,
            query.Require: lambda node: self._only(self.find(node.a), self.find(node.b).docs),
            query.ConstantScoreQuery: lambda node: _constant(self.find(node.child).docs, node.score),
            query.Every: lambda node: Found(np.arange(snapshot.count), None),
            query.Term: self._term,
            query.Prefix: lambda node: _constant(
                self.gather.prefix(node.fieldname, node.text).docs, node.boost
            ),
            query.Wildcard: lambda node: _constant(
                self.gather.wildcard(node.fieldname, node.text).docs, node.boost
            ),
            query.FuzzyTerm: self._fuzzy,
            query.Phrase: self._phrase,
            Word: self._word,
            Sequence: self._sequence,
            Days: self._days,
            InLanguage: self._language,
            FromSource: self._source,
            ArticleSet: lambda node: Found(snapshot.documents(node.numbers), None),
        }

    def answer(self, tree: Any) -> Found:
        """The live documents that the tree finds; None is everything."""
        found = self.find(query.Every() if tree is None else tree)
        live = self.snapshot.live
        if live is None:
            return found
        kept = live[found.docs]
        return Found(found.docs[kept], None if found.scores is None else found.scores[kept])

    def find(self, node: Any) -> Found:
        """The documents that one branch finds."""
        self.gather.check()
        answer = self._answers.get(type(node))
        if answer is not None:
            return answer(node)
        return self._ask_whoosh(node)

    # Branches

    def _and(self, node: Any) -> Found:
        """All of the parts, the cheapest to tell first; what must not be there last."""
        wanted = [part for part in node.subqueries if not isinstance(part, query.Not)]
        parts = [self.find(part) for part in wanted if not isinstance(part, query.Every)]
        parts.sort(key=lambda part: len(part.docs))
        found = parts[0] if parts else Found(np.arange(self.snapshot.count), None)
        for part in parts[1:]:
            found = _both(found, part)
        for part in node.subqueries:
            if isinstance(part, query.Not):
                found = self._without(found, part.query)
        return _boosted(found, node.boost)

    def _or(self, node: Any) -> Found:
        return _boosted(self._union([self.find(part) for part in node.subqueries], np.add), node.boost)

    def _best(self, node: Any) -> Found:
        return _boosted(self._union([self.find(part) for part in node.subqueries], np.maximum), node.boost)

    def _union(self, parts: list[Found], combine: Any) -> Found:
        parts = [part for part in parts if len(part.docs)]
        if len(parts) <= 1:
            return parts[0] if parts else Found(np.zeros(0, np.int64), None)
        there = np.zeros(self.snapshot.count, bool)
        scores = np.zeros(self.snapshot.count) if any(part.scores is not None for part in parts) else None
        for part in parts:
            there[part.docs] = True
            if scores is not None and part.scores is not None:
                scores[part.docs] = combine(scores[part.docs], part.scores)
        docs = np.flatnonzero(there)
        return Found(docs, None if scores is None else scores[docs])

    def _not(self, node: Any) -> Found:
        there = np.ones(self.snapshot.count, bool)
        there[self.find(node.query).docs] = False
        return Found(np.flatnonzero(there), None)

    def _without(self, found: Found, node: Any) -> Found:
        if not len(found.docs):
            return found
        there = np.ones(self.snapshot.count, bool)
        there[self.find(node).docs] = False
        kept = there[found.docs]
        return Found(found.docs[kept], None if found.scores is None else found.scores[kept])

    def _and_maybe(self, node: Any) -> Found:
        found, maybe = self.find(node.a), self.find(node.b)
        return self._union([found, _both(Found(found.docs, None), maybe)], np.add)

    def _only(self, found: Found, docs: Documents) -> Found:
        return _both(found, Found(docs, None))

    # Leaves

    def _scored(self, field: str, postings: Postings, boost: float) -> Found:
        """BM25 (Robertson & Zaragoza 2009, eq. 3.15) with Whoosh's idf."""
        docs, tf = postings
        if tf is None or not len(docs):
            return Found(docs, None)
        idf = log(self.snapshot.count / (len(docs) + 1)) + 1
        norm = self.snapshot.length_norm(field)
        scores = (boost * idf * (K1 + 1)) * tf / (tf + norm[docs])
        return Found(docs, scores)

    def _term(self, node: Any) -> Found:
        text = node.text.decode("utf-8", "replace") if isinstance(node.text, bytes) else node.text
        return self._scored(node.fieldname, self.gather.term(node.fieldname, text), node.boost)

    def _word(self, node: Word) -> Found:
        return self._scored(node.fieldname, self.gather.word(node.fieldname, node.surface), node.boost)

    def _fuzzy(self, node: Any) -> Found:
        postings = self.gather.fuzzy(node.fieldname, node.text, node.maxdist, node.prefixlength)
        return _constant(postings.docs, node.boost)

    def _phrase(self, node: Any) -> Found:
        """Whoosh's own phrase: the words as they are."""
        words = [query.Term(node.fieldname, word) for word in node.words]
        found = self._and(query.And(words))
        if not len(found.docs) or len(words) < 2:
            return _boosted(found, node.boost)
        wanted = self._flags(found.docs)
        places = [self.gather.term_positions(node.fieldname, word, wanted) for word in node.words]
        in_order = self._in_order(places, [1] * len(places), node.slop)
        return _boosted(self._only(found, in_order), node.boost)

    def _sequence(self, node: Sequence) -> Found:
        found: Found | None = None
        for element in node.elements:
            part = self._element(node.fieldname, element)
            found = part if found is None else _both(found, part)
            if not len(found.docs):
                return found
        assert found is not None
        if len(node.elements) > 1:
            found = self._only(found, self._standing_in_order(node, found.docs))
        return _boosted(found, node.boost)

    def _standing_in_order(self, node: Sequence, candidates: Documents) -> Documents:
        """Documents with the words one after the other; kept, since the next key asks again."""
        key = ("sequence", node.fieldname, node.elements, node.slop)
        known = self.snapshot.remembered(key)
        if known is None:
            wanted = self._flags(candidates)
            places = [self.gather.positions(node.fieldname, element, wanted) for element in node.elements]
            gaps = [element.gap for element in node.elements]
            known = Postings(self._in_order(places, gaps, node.slop), None)
            self.snapshot.remember(key, known)
        return known.docs

    def _in_order(self, places: list[NDArray[np.int64]], gaps: list[int], slop: int) -> Documents:
        """Documents in which the words stand one after the other.

        Args:
            places: for each word `document << 32 | position`, ascending.
            gaps: how far each word stands behind the one before, at least.
            slop: 1 where exactly so far, more where up to `slop - 1` further.
        """
        ends = places[0]
        for word, gap in zip(places[1:], gaps[1:], strict=True):
            if not len(ends) or not len(word):
                return np.zeros(0, np.int64)
            self.gather.check()
            # The nearest end before each place of this word: no further than that can any other be.
            before = np.searchsorted(ends, word - gap, side="right") - 1
            ends = word[(before >= 0) & (word - ends[np.maximum(before, 0)] < gap + slop)]
        return np.unique(ends >> 32)

    def _element(self, field: str, element: Element) -> Found:
        return self._scored(field, self.gather.element(field, element), 1.0)

    def _flags(self, docs: Documents) -> NDArray[np.bool_]:
        flags = np.zeros(self.snapshot.count, bool)
        flags[docs] = True
        return flags

    def _days(self, node: Days) -> Found:
        days = self.snapshot.days
        return Found(np.flatnonzero((days >= max(node.first, 1)) & (days <= node.last)), None)

    def _language(self, node: InLanguage) -> Found:
        if node.language not in self.snapshot.languages:
            known = ", ".join(sorted(filter(None, self.snapshot.languages)))
            self.gather.note(f"no article in the language {node.language} (lang: {known})")
            return Found(np.zeros(0, np.int64), None)
        return Found(
            np.flatnonzero(self.snapshot.language == self.snapshot.languages.index(node.language)), None
        )

    def _source(self, node: FromSource) -> Found:
        name = fold(node.source)
        if node.prefix:
            return Found(self.gather.prefix("source", name).docs, None)
        whole = Found(self.gather.term("source", name).docs, None)
        found = self._union([whole, Found(self.gather.prefix("source", f"{name}.").docs, None)], np.add)
        if not len(found.docs):
            like = source_like(name, self.gather)
            self.gather.note(f"no source of the name {name}" + (f": did you mean {like}?" if like else ""))
        return found

    def _ask_whoosh(self, node: Any) -> Found:
        """A node that only Whoosh knows: its own matcher, with our leaves answered beforehand."""
        tree = node.accept(self._as_set)
        searcher = Searcher(self.snapshot.reader())
        context = searcher.boolean_context().set(weighting=searcher.weighting)
        docs: list[int] = []
        scores: list[float] = []
        try:
            for leaf, offset in searcher.leaf_searchers():
                matcher = tree.matcher(leaf, context)
                while matcher.is_active():
                    if not len(docs) % 64:
                        self.gather.check()
                    docs.append(matcher.id() + offset)
                    scores.append(matcher.score())
                    matcher.next()
        finally:
            searcher.close()
        return Found(np.array(docs, np.int64), np.array(scores))

    def _as_set(self, node: Any) -> Any:
        if isinstance(node, Word | Sequence | Days | InLanguage | FromSource):
            docs = self.find(node).docs
            return ArticleSet(np.sort(self.snapshot.numbers[docs]))
        return node


def _constant(docs: Documents, score: float) -> Found:
    return Found(docs, np.full(len(docs), score) if score else None)


def _boosted(found: Found, boost: float) -> Found:
    return found if boost == 1.0 or found.scores is None else Found(found.docs, found.scores * boost)


def _both(left: Found, right: Found) -> Found:
    """Documents of both, scores added."""
    if len(left.docs) > len(right.docs):
        left, right = right, left
    if not len(left.docs):
        return left
    place = np.searchsorted(right.docs, left.docs)
    place[place == len(right.docs)] = 0
    kept = right.docs[place] == left.docs
    docs = left.docs[kept]
    if left.scores is None and right.scores is None:
        return Found(docs, None)
    scores = np.zeros(len(docs))
    if left.scores is not None:
        scores += left.scores[kept]
    if right.scores is not None:
        scores += right.scores[place[kept]]
    return Found(docs, scores)
