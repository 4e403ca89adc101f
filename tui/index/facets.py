"""How the hits of a query divide: counts by source, name and month, from columns, for all hits at once."""

from __future__ import annotations

import datetime

import numpy as np
from numpy.typing import NDArray

from tui.index.articles import Columns
from tui.index.results import Facets

LONGEST_FACET = 50
"""Values of a facet that are told."""
MOST_MONTHS = 1_200
"""Months that a histogram has at most: a wrong date of the year 9999 should not make 100,000 bars."""


class Counter:
    """Counts over one generation of the store's columns."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        types = np.array([_TYPES.get(kind, -1) for kind in columns.entity_types], np.int8)
        self._of_type = {name: np.flatnonzero(types == code) for name, code in _TYPES.items()}
        self._counts = np.diff(columns.entity_start)

    def rows(self, numbers: NDArray[np.uint32]) -> NDArray[np.int64]:
        """The row of each article, those that have gone left out."""
        known = self.columns.numbers
        if not len(known):
            return np.zeros(0, np.int64)
        place = np.searchsorted(known, numbers)
        place[place == len(known)] = 0
        rows: NDArray[np.int64] = place[known[place] == numbers].astype(np.int64)
        return rows

    def facets(self, numbers: NDArray[np.uint32]) -> Facets:
        """The facets of these articles."""
        rows = self.rows(numbers)
        entities = self._entities(rows)
        return Facets(
            source=self._sources(rows),
            person=self._names(entities, "person"),
            organisation=self._names(entities, "organisation"),
            place=self._names(entities, "place"),
            month=months(self.columns.day[rows]),
        )

    def _sources(self, rows: NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
        sources = self.columns.source[rows]
        counts = np.bincount(sources[sources >= 0], minlength=len(self.columns.source_names))
        return _top(counts, np.arange(len(counts)), self.columns.source_names)

    def _entities(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many of the articles name each entity, shape (entities,)."""
        columns = self.columns
        if len(rows) == len(columns.numbers):
            named = columns.entities
        else:
            counts = self._counts[rows]
            starts = columns.entity_start[:-1][rows]
            within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
            named = columns.entities[np.repeat(starts, counts) + within]
        return np.bincount(named, minlength=len(columns.entity_names))

    def _names(self, counts: NDArray[np.int64], kind: str) -> tuple[tuple[str, int], ...]:
        which = self._of_type[kind]
        return _top(counts[which], which, self.columns.entity_names)


_TYPES = {"person": 0, "organisation": 1, "place": 2}


def _top(
    counts: NDArray[np.int64], which: NDArray[np.int64], names: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    """The names that count most, then by name."""
    there = np.flatnonzero(counts)
    if len(there) > LONGEST_FACET:
        least = np.partition(counts[there], -LONGEST_FACET)[-LONGEST_FACET]
        there = there[counts[there] >= least]
    top = sorted((-int(counts[i]), names[int(which[i])]) for i in there.tolist())
    return tuple((name, -count) for count, name in top[:LONGEST_FACET])


def months(days: NDArray[np.int32]) -> tuple[tuple[str, int], ...]:
    """Articles by month, the empty ones between included; the latest `MOST_MONTHS`.

    Args:
        days: ordinals, 0 without a date.
    """
    days = days[days > 0]
    if not len(days):
        return ()
    # NumPy counts days from 1970, whose first day is ordinal 719163.
    dates = (days.astype(np.int64) - datetime.date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    number = dates.astype("datetime64[M]").astype(np.int64)
    last = int(number.max())
    first = max(int(number.min()), last - MOST_MONTHS + 1)
    counts = np.bincount(number[number >= first] - first, minlength=last - first + 1).tolist()
    return tuple(
        (f"{1970 + month // 12:04d}-{month % 12 + 1:02d}", count) for month, count in enumerate(counts, first)
    )
