"""A timeline divided into bars, and how a time is said in words. Pure: no styles, no terminal."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from tui.corpus.bins import Bin, DayCounts, finest
from tui.corpus.values import Timeline
from tui.index.periods import Unit, number_of
from tui.widgets.dates import MONTHS, long_date


class Bins(NamedTuple):
    """All of a timeline, from its first day with an article to its last, the empty times between included."""

    unit: Unit
    bins: tuple[Bin, ...]


def divided(timeline: Timeline, most: int) -> Bins:
    """The timeline in at most `most` bins where there is a unit that is long enough, by the finest such."""
    if not timeline.days:
        return Bins("day", ())
    counts = DayCounts(timeline)
    unit = finest(counts, most)
    return Bins(unit, counts.bins(unit, number_of(unit, counts.first), counts.times(unit)))


def name_of(unit: Unit, first: datetime.date, last: datetime.date) -> str:
    """A time of a unit in words: `Thu 16 Dec 2021`, `13–19 Dec 2021`, `Dec 2021`, `Oct–Dec 2021`, `2021`."""
    if unit == "day":
        return long_date(first)
    if unit == "week":
        return name_of_days(first, last)
    if unit == "month":
        return _month(first)
    if unit == "quarter":
        return f"{MONTHS[first.month - 1]}–{MONTHS[last.month - 1]} {first.year}"
    return str(first.year) if unit == "year" else f"{first.year}–{last.year}"


def name_of_days(first: datetime.date, last: datetime.date) -> str:
    """Days in words, as short as is clear: `13–19 Dec 2021`, `29 Nov – 5 Dec 2021`, `Nov 2021 – Jan 2022`, `2021`."""
    if first == last:
        return long_date(first)
    if first.day == 1 and _is_month_end(last):
        if first.month == 1 and last.month == 12:
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        if first.year != last.year:
            return f"{_month(first)} – {_month(last)}"
        begin = "" if first.month == last.month else f"{MONTHS[first.month - 1]}–"
        return f"{begin}{_month(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_month(last)}"
    begin = f"{first.day} {MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
    return f"{begin} – {last.day} {_month(last)}"


def _month(day: datetime.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _is_month_end(day: datetime.date) -> bool:
    return day == datetime.date.max or (day + datetime.timedelta(1)).day == 1
