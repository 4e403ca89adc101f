"""What a branch of the query tree finds in one segment, told no further than it is asked.

A part knows its documents, as a list or as flags, whichever was cheaper; whether given documents are among them; their
scores. So a conjunction asks for the documents of its smallest part alone and for the scores of what is left, and a
disjunction adds up where nothing needs to be compared.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.index.results import Sort
from tui.index.sets import Docs, Flags, chosen, flagged, places, united, within
from tui.index.snapshot import Segment
from tui.index.topk import best, leading

Scores = NDArray[Any]
"""float32 where people search, float64 where Whoosh is compared with."""

DENSE = 32
"""A part that one in so many documents is in is combined by flags."""


class Here:
    """The segment that a query is being evaluated on.

    Args:
        segment: its arrays.
        place: which of the snapshot's it is.
        kind: float32 or float64: what scores are.
        check: raises SearchCancelled when there is nobody to answer any more.
    """

    def __init__(self, segment: Segment, place: int, kind: Any, check: Callable[[], None]) -> None:
        self.segment = segment
        self.place = place
        self.documents = segment.count
        self.kind = kind
        self.check = check


Plan = Callable[[Here], "Part"]
"""A branch of the tree with all that has to be known of the whole index: what it finds in each segment."""


class Lead(NamedTuple):
    """Most of what a part finds, with scores that are quickly told."""

    pick: Callable[[NDArray[np.int64] | None], Docs]
    """The documents, or those at these places, ascending."""
    scores: Scores
    """Aligned: no document's score is lower."""
    rest: list[Docs]
    """All documents whose scores are higher, or that are not among them."""


class Part(ABC):
    """What one branch finds. Arrays that it gives must not be changed.

    Subclasses say what is found by `_find`, and, where `scored`, how well by `scores`.
    """

    scored = False
    """Whether it has scores other than 0."""
    positive = False
    """Whether every document that it finds has a score above 0."""

    def __init__(self, here: Here, size: int) -> None:
        self.here = here
        self.size = min(size, here.documents)
        """At most so many documents are found."""
        self._found: NDArray[Any] | None = None
        self._docs: Docs | None = None
        self._flags: Flags | None = None

    @abstractmethod
    def _find(self) -> NDArray[Any]:
        """The documents, as a list or as flags."""

    @property
    def found(self) -> NDArray[Any]:
        """The documents, as a list or as flags."""
        if self._found is None:
            self.here.check()
            self._found = self._find()
            if self._found.dtype == np.bool_:
                self._flags = self._found
            else:
                self._docs = self._found
        return self._found

    def docs(self) -> Docs:
        """The documents."""
        found = self.found
        if self._docs is None:
            self._docs = places(found)
        return self._docs

    def flags(self) -> Flags:
        """The documents as flags."""
        found = self.found
        if self._flags is None:
            self._flags = flagged(found, self.here.documents)
        return self._flags

    def count(self) -> int:
        """How many documents."""
        found = self.found
        return int(np.count_nonzero(found)) if found.dtype == np.bool_ else len(found)

    def has(self, docs: Docs) -> Flags:
        """Which of these documents are found, shape (docs,)."""
        if self.found.dtype == np.bool_ or self._flags is not None:
            there: Flags = self.flags().take(docs)
            return there
        return within(docs, self.docs(), self.here.documents)

    def scores(self, docs: Docs) -> Scores:
        """How well these documents fit, all of which are found, shape (docs,)."""
        return np.zeros(len(docs), self.here.kind)

    def share(self, docs: Docs) -> Scores:
        """The same of any documents: 0 for those that are not found."""
        shares = np.zeros(len(docs), self.here.kind)
        if self.scored:
            there = np.flatnonzero(self.has(docs))
            shares[there] = self.scores(docs.take(there))
        return shares

    def add(self, totals: Scores) -> None:
        """Add the scores of all documents, shape (documents,)."""
        if self.scored:
            docs = self.docs()
            totals[docs] += self.scores(docs)

    def best(self, count: int, sort: Sort) -> tuple[Docs, Scores | None]:
        """The first `count` documents in that order, in no order among themselves, and their scores."""
        by_score = self.scored and sort == "relevance"
        lead = self.lead() if by_score else None
        if lead is not None:
            return self._best_led(lead, count)
        docs = self.docs()
        segment = self.here.segment
        return best(docs, self.scores(docs) if by_score else None, segment.days, segment.numbers, count, sort)

    def lead(self, levelled: Callable[[Scores], Scores] | None = None) -> Lead | None:
        """Where most documents have scores that are quickly told, then `levelled`; None where they have not."""
        return None

    def _best_led(self, lead: Lead, count: int) -> tuple[Docs, Scores]:
        """The first of the lead and the rest: what is first in all is first in either."""
        segment = self.here.segment
        first = np.sort(np.concatenate(leading(lead.scores, count)))
        docs, scores = best(
            lead.pick(first), lead.scores.take(first), segment.days, segment.numbers, count, "relevance"
        )
        assert scores is not None
        if lead.rest:
            rest = united(lead.rest)
            kept = np.flatnonzero(~flagged(rest, self.here.documents).take(docs))
            others, of_them = best(rest, self.share(rest), segment.days, segment.numbers, count, "relevance")
            assert of_them is not None
            docs = np.concatenate([others, docs.take(kept)])
            order = np.argsort(docs)
            scores = np.concatenate([of_them, scores.take(kept)]).take(order)
            docs, scores = best(docs.take(order), scores, segment.days, segment.numbers, count, "relevance")
            assert scores is not None
        return docs, scores


class Everything(Part):
    """All documents."""

    def __init__(self, here: Here) -> None:
        super().__init__(here, here.documents)

    def _find(self) -> NDArray[Any]:
        return np.ones(self.here.documents, bool)

    def docs(self) -> Docs:
        """All of them."""
        if self._docs is None:
            self._docs = np.arange(self.here.documents)
        return self._docs

    def count(self) -> int:
        """All of them."""
        return self.here.documents

    def best(self, count: int, sort: Sort) -> tuple[Docs, Scores | None]:
        """The newest, or the oldest."""
        segment = self.here.segment
        return best(None, None, segment.days, segment.numbers, count, sort)


class Nothing(Part):
    """No document."""

    def __init__(self, here: Here) -> None:
        super().__init__(here, 0)

    def _find(self) -> NDArray[Any]:
        return np.zeros(0, np.int64)


class Listed(Part):
    """Documents that `find` knows, without scores, or with those that it was given.

    Args:
        size: at most so many.
        find: gives them.
        scores: aligned with what `find` gives, which is then a list.
    """

    def __init__(
        self, here: Here, size: int, find: Callable[[], NDArray[Any]], scores: Scores | None = None
    ) -> None:
        super().__init__(here, size)
        self._finds = find
        self._scores = scores
        self.scored = scores is not None

    def _find(self) -> NDArray[Any]:
        return self._finds()

    def scores(self, docs: Docs) -> Scores:
        """Those that were given."""
        if self._scores is None:
            return super().scores(docs)
        return self._scores.take(np.searchsorted(self.docs(), docs)).astype(self.here.kind)


class Constant(Part):
    """What another part finds, at one score for all."""

    def __init__(self, part: Part, score: float) -> None:
        super().__init__(part.here, part.size)
        self.part = part
        self.score = score
        self.scored = score != 0
        self.positive = score > 0

    def _find(self) -> NDArray[Any]:
        return self.part.found

    def docs(self) -> Docs:
        """The other part's."""
        return self.part.docs()

    def flags(self) -> Flags:
        """The other part's."""
        return self.part.flags()

    def count(self) -> int:
        """The other part's."""
        return self.part.count()

    def has(self, docs: Docs) -> Flags:
        """As the other part says."""
        return self.part.has(docs)

    def scores(self, docs: Docs) -> Scores:
        """The one score."""
        return np.full(len(docs), self.score, self.here.kind)

    def share(self, docs: Docs) -> Scores:
        """The one score, or 0."""
        shares: Scores = np.multiply(self.has(docs), self.here.kind(self.score), dtype=self.here.kind)
        return shares

    def add(self, totals: Scores) -> None:
        """Add the score wherever it is found."""
        if self.part.found.dtype == np.bool_:
            totals += np.multiply(self.part.found, self.here.kind(self.score), dtype=self.here.kind)
        else:
            totals[self.part.docs()] += self.here.kind(self.score)

    def best(self, count: int, sort: Sort) -> tuple[Docs, Scores | None]:
        """The newest, since all fit alike."""
        segment = self.here.segment
        docs, _ = best(self.docs(), None, segment.days, segment.numbers, count, sort)
        return docs, self.scores(docs) if self.scored and sort == "relevance" else None


class Complement(Part):
    """What another part does not find, without scores."""

    def __init__(self, part: Part) -> None:
        super().__init__(part.here, part.here.documents)
        self._part = part

    def _find(self) -> NDArray[Any]:
        return ~self._part.flags()

    def count(self) -> int:
        """All but the other's."""
        return self.here.documents - self._part.count()


class Intersection(Part):
    """What all parts find and none of `without`; the scores added up, of the first `scoring` alone if that is given."""

    def __init__(
        self, here: Here, parts: Sequence[Part], without: Sequence[Part] = (), boost: float = 1.0,
        scoring: Sequence[Part] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(here, min((part.size for part in parts), default=here.documents))
        self._parts = sorted(parts, key=lambda part: part.size) or [Everything(here)]
        self._without = without
        self._boost = boost
        self._scoring = [part for part in (parts if scoring is None else scoring) if part.scored]
        self.scored = bool(self._scoring)

    def _find(self) -> NDArray[Any]:
        documents = self.here.documents
        dense = [part for part in self._parts if part.size * DENSE >= documents]
        if len(dense) == len(self._parts):
            if len(dense) == 1 and not self._without:
                return dense[0].found
            flags = dense[0].flags().copy()
            for part in dense[1:]:
                self.here.check()
                flags &= part.flags()
            for part in self._without:
                self.here.check()
                flags &= ~part.flags()
            return flags
        docs = self._parts[0].docs()
        for part in self._parts[1:]:
            if not len(docs):
                return docs
            self.here.check()
            docs = chosen(docs, part.has(docs))
        for part in self._without:
            if len(docs):
                self.here.check()
                docs = chosen(docs, ~part.has(docs))
        return docs

    def scores(self, docs: Docs) -> Scores:
        """What the parts say, added up."""
        totals = np.zeros(len(docs), self.here.kind)
        for part in self._scoring:
            self.here.check()
            totals += part.scores(docs)
        if self._boost != 1.0:
            totals *= self.here.kind(self._boost)
        return totals


class Maybe(Part):
    """What the first part finds; what the second says of it is added to its score."""

    def __init__(self, part: Part, other: Part) -> None:
        super().__init__(part.here, part.size)
        self._part, self._other = part, other
        self.scored = part.scored or other.scored

    def _find(self) -> NDArray[Any]:
        return self._part.found

    def scores(self, docs: Docs) -> Scores:
        """Both added up."""
        return self._part.scores(docs) + self._other.share(docs)
