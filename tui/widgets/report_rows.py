"""The reports of a story as rows of a list: in time, reprints folded under their fullest version.

Pure: no styles, no terminal.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import NamedTuple

from tui.article import Article, ArticleId
from tui.stories.values import Story
from tui.widgets.dates import DAYS, MONTHS, long_date


class Report(NamedTuple):
    """What a row tells of an article."""

    id: ArticleId
    title: str
    source: str | None
    date: datetime.date | None
    published: datetime.datetime | None
    words: int
    lead: str = ""


class ReportRow(NamedTuple):
    """A report; or, with others folded under it, the fullest of several with mostly one text."""

    article: ArticleId
    group: tuple[ArticleId, ...] = ()
    """All that have its text, itself included, in time; none where no other has."""
    folded: bool = False
    under: ArticleId | None = None
    """Under whose row it stands, unfolded; None where it stands for itself."""

    @property
    def earliest(self) -> ArticleId:
        """Which of them was there first."""
        return self.group[0] if self.group else self.article


def report_of(id: ArticleId, article: Article) -> Report:
    """An article as a row tells it."""
    lead = article.paragraphs[0] if article.paragraphs else ""
    return Report(
        id, article.title, article.source, article.date, article.published, article.words, lead[:400]
    )


def report_rows(story: Story, unfolded: Collection[ArticleId] = ()) -> list[ReportRow]:
    """The rows of a story; a group stands where the first of it was published.

    Args:
        story: whose.
        unfolded: the fullest versions whose reprints are shown below them.
    """
    place = {id: at for at, id in enumerate(story.articles)}
    group_of: dict[ArticleId, tuple[ArticleId, ...]] = {}
    for group in story.reprints:
        present = [id for id in group if id in place]
        if len(present) > 1:
            in_time = tuple(sorted(present, key=place.__getitem__))
            for id in present:
                group_of[id] = (present[0], *in_time)
    rows: list[ReportRow] = []
    done: set[ArticleId] = set()
    for id in story.articles:
        if id in done:
            continue
        found = group_of.get(id)
        if found is None:
            rows.append(ReportRow(id))
            continue
        fullest, *members = found
        done.update(members)
        folded = fullest not in unfolded
        rows.append(ReportRow(fullest, tuple(members), folded))
        if not folded:
            rows += [ReportRow(member, under=fullest) for member in members if member != fullest]
    return rows


# When something was published, in words


def moment_of(report: Report) -> datetime.datetime | None:
    """The moment of publication in UTC, where the source gives one with its zone."""
    published = report.published
    if published is None or published.tzinfo is None:
        return None
    try:
        return published.astimezone(datetime.UTC)
    except OverflowError:  # in the year 1, or 9999
        return None


def clock(report: Report) -> str:
    """`08:10`; `08:10?` where nobody knows of which zone; empty where only the day is known."""
    moment = moment_of(report)
    if moment is not None:
        return f"{moment:%H:%M}"
    if report.published is None or report.published.time() == datetime.time():
        return ""
    return f"{report.published:%H:%M}?"


def day_of(report: Report) -> datetime.date | None:
    """The day, in UTC where the moment is known."""
    moment = moment_of(report)
    return moment.date() if moment is not None else report.date


def short_when(report: Report) -> str:
    """`15 Dec 08:10`, `15 Dec`, `undated`: at most 13 cells."""
    day = day_of(report)
    if day is None:
        return "undated"
    return f"{day.day:>2} {MONTHS[day.month - 1]} {clock(report)}".rstrip()


def long_when(report: Report) -> str:
    """`Wed 15 Dec 2021 08:10 UTC`, `Wed 15 Dec 2021`, `undated`."""
    day = day_of(report)
    said = long_date(day)
    time = clock(report)
    if day is None or not time:
        return said
    return f"{said} {time.rstrip('?')}" + (" UTC" if not time.endswith("?") else ", zone unknown")


def span_of_days(first: datetime.date | None, last: datetime.date | None) -> str:
    """`15 – 19 Dec 2021`, `30 Dec 2021 – 2 Jan 2022`, `Wed 15 Dec 2021`, `undated`."""
    if first is None or last is None:
        return long_date(first or last)
    if first == last:
        return f"{DAYS[first.weekday()]} {_day(first)}"
    if first.year != last.year:
        return f"{_day(first)} – {_day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {_day(last)}"
    return f"{first.day} – {_day(last)}"


def _day(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def later_by(first: datetime.datetime, then: datetime.datetime) -> str:
    """How long after something was: `20 min`, `3 h 20 min`, `2 days`."""
    minutes = max(0, round((then - first).total_seconds() / 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{hours // 24} days"
