"""The coverage matrix of a story, made once for each state of the corpus and of what the reader put right."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

from tui.article import ArticleId
from tui.corpus.stories import Report
from tui.errors import NoSuchArticle
from tui.stories.matrix import coverage_of
from tui.stories.values import Matrix, Side

MOST_REPORTS = 1_000
"""Reports that are read for a matrix, the first ones; where they are long, fewer are compared."""
_REMEMBERED = 8

Progress = Callable[[int, int], None]
"""Told how many reports of how many are done."""


class _Made(NamedTuple):
    depends_on: tuple[object, ...]
    matrix: Matrix


class Coverage:
    """Matrices, the last few remembered. For any thread.

    Args:
        side: gives an article as it is compared.
    """

    def __init__(self, side: Callable[[ArticleId], Side]) -> None:
        self._side = side
        self._lock = Lock()
        self._made: OrderedDict[tuple[ArticleId, ...], _Made] = OrderedDict()

    def matrix(
        self,
        reports: Sequence[Report],
        reprints: Sequence[Sequence[ArticleId]],
        depends_on: tuple[object, ...],
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> Matrix:
        """The matrix of a story.

        Args:
            reports: Its articles, in time.
            reprints: Those of them that print one text, the fullest first.
            depends_on: What else the matrix depends on: it is made anew where that is not equal.
            progress: Told how far it has come.
            cancelled: Asked now and then whether to stop; what is answered then is of no use, and not remembered.
        """
        chosen = one_a_source(reports, reprints)
        ids = tuple(report.id for report in chosen)
        with self._lock:
            made = self._made.get(ids)
            if made is not None and made.depends_on == depends_on:
                self._made.move_to_end(ids)
                return made.matrix
        matrix = self._make(chosen, progress, cancelled)
        if cancelled is None or not cancelled():
            with self._lock:
                self._made[ids] = _Made(depends_on, matrix)
                self._made.move_to_end(ids)
                while len(self._made) > _REMEMBERED:
                    self._made.popitem(last=False)
        return matrix

    def _make(
        self, reports: Sequence[Report], progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> Matrix:
        sides: list[Side] = []
        for report in reports[:MOST_REPORTS]:
            if cancelled is not None and cancelled():
                break
            try:
                sides.append(self._side(report.id))
            except NoSuchArticle:
                continue  # it went just now
        matrix = coverage_of(sides, progress, cancelled)
        if len(reports) > MOST_REPORTS:
            note = f"The first {matrix.articles:,} of {len(reports):,} reports: there are too many to compare"
            matrix = matrix._replace(note=note)
        return matrix


def one_a_source(reports: Sequence[Report], reprints: Sequence[Sequence[ArticleId]]) -> list[Report]:
    """The reports without those of which the same source has a fuller version."""
    source_of = {report.id: report.source for report in reports if report.source is not None}
    left_out: set[ArticleId] = set()
    for group in reprints:
        seen: set[int] = set()
        for id in group:
            source = source_of.get(id)
            if source is not None and source in seen:
                left_out.add(id)
            elif source is not None:
                seen.add(source)
    return [report for report in reports if report.id not in left_out]
