"""The articles that a query finds, in order, as far as anybody looks: the first at once, all of them when asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tui.index.evaluate import Evaluator
from tui.index.parts import Here, Part, Plan, Scores
from tui.index.results import Sort
from tui.index.sets import Docs, chosen, flagged
from tui.index.snapshot import Segment
from tui.index.topk import Ranked, joined

FIRST = 500
"""Articles that are put in order with every search."""
TIMES = 16
"""How many more are put in order when those that are do not suffice."""


class Ranking:
    """One query's articles on one snapshot, of which nothing but the first is kept. Safe to share between threads.

    Args:
        evaluator: of the query; asked again for what is further down, which takes as long as the search did.
        plan: what it made of the query's tree.
        sort: the order.
    """

    def __init__(self, evaluator: Evaluator, plan: Plan, sort: Sort) -> None:
        self._evaluator = evaluator
        self._plan = plan
        self._sort = sort
        self._lock = threading.Lock()
        self.total = 0
        """How many articles there are."""
        parts = []
        for here, dead in evaluator.heres():
            part = plan(here)
            count, best = _counted(part, dead, FIRST, sort)
            self.total += count
            parts.append(best)
            evaluator.gather.check()
        self._ranked = joined(parts).ordered(sort).first(FIRST)

    def first(self, count: int) -> Ranked:
        """The first articles, at least so many of them where there are."""
        count = min(count, self.total)
        with self._lock:
            if count > len(self._ranked.numbers):
                wanted = max(count, TIMES * len(self._ranked.numbers))
                parts = [
                    _counted(self._plan(here), dead, wanted, self._sort)[1]
                    for here, dead in self._evaluator.heres()
                ]
                self._ranked = joined(parts).ordered(self._sort).first(wanted)
            return self._ranked

    def numbers(self, offset: int, limit: int) -> NDArray[np.uint32]:
        """The numbers of the articles from `offset` on, at most `limit`."""
        offset, end = max(offset, 0), max(offset + limit, 0)
        return self.first(end).numbers[offset:end]

    def scores(self, offset: int, limit: int) -> Scores | None:
        """Their scores; None where they say nothing about the order."""
        offset, end = max(offset, 0), max(offset + limit, 0)
        scores = self.first(end).scores
        return None if scores is None else scores[offset:end]

    def documents(self) -> Iterator[tuple[Segment, Docs]]:
        """The documents of each segment that has any."""
        for here, dead in self._evaluator.heres():
            docs = _live(self._plan(here).docs(), dead, here)
            if len(docs):
                yield here.segment, docs

    def members(self, check: Callable[[], None]) -> NDArray[np.uint32]:
        """The numbers of all articles, in no order: without one none is scored.

        Args:
            check: raises SearchCancelled when nobody wants them any more.
        """
        found = [np.zeros(0, np.uint32)]
        for segment, docs in self.documents():
            check()
            found.append(segment.numbers.take(docs))
        return np.concatenate(found)

    def place(self, number: int) -> int | None:
        """Where an article stands in the order; None where it doesn't."""
        known = np.flatnonzero(self._ranked.numbers == number)
        if len(known):
            return int(known[0])
        ranked = joined(list(self._all()))
        at = np.flatnonzero(ranked.numbers == number)
        return ranked.before(int(at[0]), self._sort) if len(at) else None

    def _all(self) -> Iterator[Ranked]:
        for here, dead in self._evaluator.heres():
            part = self._plan(here)
            docs = _live(part.docs(), dead, here)
            scores = part.scores(docs) if part.scored and self._sort == "relevance" else None
            yield _ranked(here, docs, scores)


def _counted(part: Part, dead: Docs, count: int, sort: Sort) -> tuple[int, Ranked]:
    """How many documents a part finds that were not deleted, and the first of them."""
    here = part.here
    if not len(dead):
        docs, scores = part.best(count, sort)
        return part.count(), _ranked(here, docs, scores)
    gone = dead.take(np.flatnonzero(part.has(dead)))
    docs, scores = part.best(count + len(gone), sort)
    if len(gone):
        kept = np.flatnonzero(~flagged(gone, here.documents).take(docs))
        docs, scores = docs.take(kept), None if scores is None else scores.take(kept)
    return part.count() - len(gone), _ranked(here, docs, scores)


def _live(docs: Docs, dead: Docs, here: Here) -> Docs:
    return chosen(docs, ~flagged(dead, here.documents).take(docs)) if len(dead) else docs


def _ranked(here: Here, docs: Docs, scores: Scores | None) -> Ranked:
    return Ranked(here.segment.numbers.take(docs), here.segment.days.take(docs), scores)
