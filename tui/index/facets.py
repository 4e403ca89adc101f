"""How the hits of a query divide: counts by source, name and month of all hits at once, from the segments' columns."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tui.article import MENTION_TYPES, MentionType
from tui.index.results import Facets
from tui.index.sets import Docs

if TYPE_CHECKING:
    from tui.index.articles import ArticleSource
    from tui.index.decided import Decided
    from tui.index.snapshot import Segment

LONGEST_FACET = 50
"""Values of a facet that are told."""
MOST_MONTHS = 1_200
"""Months that a histogram has at most: a wrong date of the year 9999 should not make 100,000 bars."""
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_SCATTERED = 16
"""How many names are read one after the other in the time that it takes to look one up."""

Found = Iterable[tuple["Segment", Docs]]
"""The documents of each segment."""


def counted(found: Found, articles: ArticleSource, decided: Decided, check: Callable[[], None]) -> Facets:
    """The facets of these documents.

    Args:
        found: the documents, gone through once.
        articles: who knows names.
        decided: what `articles` says of entities.
        check: raises SearchCancelled when nobody wants them any more.
    """
    sources: dict[str, int] = {}
    days = _Days()
    entities = np.zeros(len(decided.canonical), np.int64)
    told = np.zeros(len(decided.told.entities), np.int64)
    for segment, docs in found:
        check()
        for name, count in _sources(segment, docs):
            sources[name] = sources.get(name, 0) + count
        check()
        days.count(segment, docs)
        entities += decided.count(segment, docs, check)
        told += decided.count_told(segment, docs)
    kinds: tuple[MentionType, ...] = ("person", "organisation", "place")
    counts, types, numbers = decided.with_told(entities, told)
    most = [_most(counts, types, numbers, kind) for kind in kinds]
    names = articles.entity_names([number for found in most for number, _ in found])
    person, organisation, place = (
        _sorted((names[number], count) for number, count in found if number in names) for found in most
    )
    return Facets(_sorted(sources.items()), person, organisation, place, days.months())


def _all(segment: Segment, docs: Docs) -> bool:
    return len(docs) == segment.count


def _sources(segment: Segment, docs: Docs) -> Iterable[tuple[str, int]]:
    column = segment.column("source_of")
    terms = segment.terms("source")
    counts = np.bincount(column if _all(segment, docs) else column.take(docs), minlength=len(terms) + 1)[1:]
    there = np.flatnonzero(counts)
    if len(there) * _SCATTERED < len(terms):
        names: Iterable[str] = (terms[number] for number in there.tolist())
    else:  # all names one after the other are read sooner than a few of them one by one
        every = [
            name
            for low in range(0, len(terms), 4096)
            for name in terms.slice(low, min(low + 4096, len(terms)))
        ]
        names = (every[number] for number in there.tolist())
    return zip(names, counts.take(there).tolist(), strict=True)


class _Days:
    """Articles by day, from whatever first day there is."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def count(self, segment: Segment, docs: Docs) -> None:
        """Count these documents; those without a date not."""
        column = segment.days
        days = column if _all(segment, docs) else column.take(docs)
        last = int(days.max(initial=0))
        counts = np.bincount(np.maximum(days, 0), minlength=last + 1)
        dated = 1 + np.flatnonzero(counts[1:])
        months = (dated - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        lowest = int(months[0]) if len(months) else 0
        by_month = np.bincount(months - lowest, counts[dated]) if len(months) else np.zeros(0)
        for month, here in enumerate(by_month.astype(np.int64).tolist(), lowest):
            if here:
                self._counts[month] = self._counts.get(month, 0) + here

    def months(self) -> tuple[tuple[str, int], ...]:
        """Articles by month, the empty ones between included; the latest `MOST_MONTHS`."""
        if not self._counts:
            return ()
        last = max(self._counts)
        first = max(min(self._counts), last - MOST_MONTHS + 1)
        return tuple(
            (f"{1970 + month // 12:04d}-{month % 12 + 1:02d}", self._counts.get(month, 0))
            for month in range(first, last + 1)
        )


def _most(
    counts: NDArray[np.int64], kinds: NDArray[np.uint8], numbers: NDArray[np.int64], kind: MentionType
) -> list[tuple[int, int]]:
    """The entities of a kind that most documents name, and those that tie with the last of them."""
    which = np.flatnonzero((kinds == 1 + MENTION_TYPES.index(kind)) & (counts > 0))
    there = counts.take(which)
    if len(there) > LONGEST_FACET:
        kept = there >= np.partition(there, -LONGEST_FACET)[-LONGEST_FACET]
        which, there = which[kept][: 20 * LONGEST_FACET], there[kept][: 20 * LONGEST_FACET]
    return list(zip(numbers.take(which).tolist(), there.tolist(), strict=True))


def _sorted(values: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Most first, then by name."""
    return tuple(sorted(values, key=lambda value: (-value[1], value[0]))[:LONGEST_FACET])
