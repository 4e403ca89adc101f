"""The coverage matrix: what the reports of a story say, statement by statement, and which source carried it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.stories.prepared import Prepared, prepared
from tui.stories.values import PAIR_KINDS, Column, Matrix, Side, Statement, Telling

if TYPE_CHECKING:
    from tui.stories.alignment import Links

MOST_SENTENCES = 6_000
"""Of how many sentences a matrix is made at most; a note says so where there are more."""

_LEANING = re.compile(
    r"\W*(?:he|she|it|they|we|i|this|that|these|those|but|and|so|however|meanwhile|also|there|his|her|their|its)\b",
    re.IGNORECASE,
)
"""How a sentence begins that is not clear without the one before it."""
_LEANING_COUNTS = 0.7
_CLEAR = range(8, 36)
"""Words of a sentence that is neither a fragment nor hard to take in."""
_UNCLEAR_COUNTS = 0.8

Progress = Callable[[int, int], None]
"""Told how many reports of how many are done."""


class _Place(NamedTuple):
    """A sentence among those of all reports."""

    report: int
    sentence: int


def coverage_of(
    reports: Sequence[Side], progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> Matrix:
    """Who told what, over the reports of one story.

    Args:
        reports: With their ids, in any order; of reprints within one source one is enough.
        progress: Told how far it has come.
        cancelled: Asked now and then whether to stop; what is answered then is of no use.
    """
    from tui.stories.alignment import links_among
    from tui.stories.stopping import Stopped

    ordered = sorted((report for report in reports if report.id is not None), key=_when)
    say = progress or (lambda done, total: None)
    taken: list[Prepared] = []
    sentences = 0
    for done, report in enumerate(ordered):
        one = prepared(report)
        sentences += len(one.sentences)
        if (taken and sentences > MOST_SENTENCES) or (cancelled is not None and cancelled()):
            break
        taken.append(one)
        say((done + 1) // 2, len(ordered))  # the other half is to link their sentences
    kept = ordered[: len(taken)]
    columns, column_of = _columns(kept)
    statements = []
    try:
        if sentences:
            half = len(ordered) // 2
            links = links_among(taken, cancelled, lambda share: say(half + int(share * half), len(ordered)))
            statements = [
                _statement(kept, taken, column_of, len(columns), group)
                for group in _told(taken, links, cancelled)
            ]
    except Stopped:
        return Matrix((), (), 0)
    statements.sort(key=lambda statement: -statement.carried)
    note = None
    if len(kept) < len(ordered):
        note = f"The first {len(kept):,} of {len(ordered):,} reports: there are too many to compare"
    say(len(ordered), len(ordered))
    return Matrix(columns, tuple(statements), len(kept), note)


def _when(report: Side) -> tuple[bool, datetime.date, float]:
    """Ascending in time; those without a date last."""
    article = report.article
    day = _day(report)
    moment = (
        article.published.timestamp() if article.published is not None and article.published.tzinfo else 0.0
    )
    return day is None, day or datetime.date.min, moment


def _day(report: Side) -> datetime.date | None:
    article = report.article
    return article.date or (article.published.date() if article.published is not None else None)


def _columns(reports: Sequence[Side]) -> tuple[tuple[Column, ...], list[int]]:
    """The sources in time, and the column of each report. A report without a source is one of its own."""
    places: dict[str, int] = {}
    gathered: list[list[Side]] = []
    column_of = []
    for number, report in enumerate(reports):
        source = report.article.source
        column = len(gathered) if source is None else places.setdefault(source, len(gathered))
        if column == len(gathered):
            gathered.append([])
        gathered[column].append(reports[number])
        column_of.append(column)
    return tuple(
        Column(
            group[0].article.source,
            tuple(report.id for report in group if report.id is not None),
            _day(group[0]),
            min((r.article.published for r in group if _has_moment(r) and r.article.published), default=None),
        )
        for group in gathered
    ), column_of  # fmt: skip


def _has_moment(report: Side) -> bool:
    return report.article.published is not None and report.article.published.tzinfo is not None


class _Group(NamedTuple):
    """Sentences that tell one thing."""

    places: list[_Place]
    """In the reports' order."""
    central: dict[str, float]
    """How strongly each wording is linked to the others."""


def _told(
    articles: Sequence[Prepared],
    links: Links,
    cancelled: Callable[[], bool] | None,
) -> Iterator[_Group]:
    """All sentences by what they tell; sentences of the same words are one from the beginning."""
    import numpy as np

    from tui.stories.statements import grouped

    places = [
        _Place(report, index)
        for report, article in enumerate(articles)
        for index in range(len(article.sentences))
    ]
    wordings: dict[str, int] = {}
    wording = np.array(
        [wordings.setdefault(articles[report].normal[index], len(wordings)) for report, index in places],
        np.int64,
    )
    by_wording: list[list[_Place]] = [[] for _ in wordings]
    for place, number in zip(places, wording.tolist(), strict=True):
        by_wording[number].append(place)
    left, right, strengths = wording[links.ones], wording[links.others], links.scores
    words = list(wordings)
    weights = [len(found) for found in by_wording]
    strength_of: dict[tuple[int, int], float] = {}
    for one, other, strength in zip(left.tolist(), right.tolist(), strengths.tolist(), strict=True):
        strength_of[one, other] = strength_of[other, one] = max(strength, strength_of.get((one, other), 0.0))
    for group in grouped(weights, left, right, strengths, cancelled):
        central = {
            words[number]: 2 * weights[number]
            + sum(
                strength_of.get((number, other), 0.0) * weights[other] for other in group if other != number
            )
            for number in group
        }
        yield _Group(sorted(place for number in group for place in by_wording[number]), central)


def _statement(
    reports: Sequence[Side],
    articles: Sequence[Prepared],
    column_of: Sequence[int],
    columns: int,
    group: _Group,
) -> Statement:
    from tui.stories.alignment import kind_of

    def clarity(place: _Place) -> tuple[float, int]:
        article = articles[place.report]
        clear = group.central[article.normal[place.sentence]]
        if _LEANING.match(article.sentences[place.sentence].text):
            clear *= _LEANING_COUNTS
        if len(article.words[place.sentence]) not in _CLEAR:
            clear *= _UNCLEAR_COUNTS
        return clear, -place.report

    best = max(group.places, key=clarity)
    normal = articles[best.report].normal[best.sentence]
    tellings: list[Telling | None] = [None] * columns
    teller = [-1] * columns
    for report, index in group.places:
        article, id = articles[report], reports[report].id
        assert id is not None
        same = article.normal[index] == normal
        kind = "identical" if same else kind_of(normal.split(), article.normal[index].split())
        column = column_of[report]
        before = tellings[column]
        if before is None or PAIR_KINDS.index(kind) < PAIR_KINDS.index(before.kind):
            tellings[column] = Telling(id, article.sentences[index], kind)
        if teller[column] < 0:
            teller[column] = report
    id = reports[best.report].id
    assert id is not None
    first, day = _first([reports[report] if report >= 0 else None for report in teller])
    return Statement(id, articles[best.report].sentences[best.sentence], tuple(tellings), first, day)


def _first(tellers: Sequence[Side | None]) -> tuple[int | None, datetime.date | None]:
    """The column that told it first, and on which day; no column where several did on that day and no time decides."""
    days = [
        (day, column) for column, report in enumerate(tellers) if report is not None and (day := _day(report))
    ]
    if not days or sum(report is not None for report in tellers) < 2:
        return None, days[0][0] if days else None
    day = min(days)[0]
    on_it = [column for found, column in days if found == day]
    if len(on_it) == 1:
        return on_it[0], day
    moments = []
    for column in on_it:
        report = tellers[column]
        if report is None or not _has_moment(report) or report.article.published is None:
            return None, day
        moments.append((report.article.published, column))
    moments.sort()
    return (moments[0][1] if moments[0][0] < moments[1][0] else None), day
