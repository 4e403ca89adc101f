"""A timeline divided into equal times, as many as there is room for. Pure: no styles, no terminal."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Literal, NamedTuple

from tui.corpus.values import Timeline
from tui.widgets.dates import MONTHS, long_date

Unit = Literal["day", "week", "month", "quarter", "year", "years"]

_LAST = datetime.date.max.toordinal()

_WITH_MONTHS = frozenset({"day", "week", "month"})
"""Units short enough for months to be written between the years."""


_AROUND_MONTHS = 4
"""Cells between a month's name and a year: nearer to it, it would look as if they were of one date."""


class Bin(NamedTuple):
    """A time, and how many articles are of it."""

    first: datetime.date
    last: datetime.date
    articles: int
    burst: bool
    """Whether a burst is in it, or a part of one."""


class Bins(NamedTuple):
    """All of a timeline, from its first day with an article to its last, the empty times between included."""

    unit: Unit
    bins: tuple[Bin, ...]


class _Division(NamedTuple):
    """How days fall into bins: a bin is a whole number, the bins of later days are greater."""

    unit: Unit
    bin_of: Callable[[datetime.date], int]
    start_of: Callable[[int], int]
    """The ordinal of a bin's first day."""


def _month_start(month: int) -> int:
    year, month = divmod(month, 12)
    if year < 1:
        return 1
    return datetime.date(year, month + 1, 1).toordinal() if year <= datetime.MAXYEAR else _LAST + 1


def _months(unit: Unit, together: int) -> _Division:
    return _Division(
        unit,
        lambda day: (day.year * 12 + day.month - 1) // together,
        lambda number: _month_start(number * together),
    )


_DIVISIONS = (
    _Division("day", datetime.date.toordinal, lambda number: number),
    # The first day of the calendar, 1 January of the year 1, is a Monday.
    _Division("week", lambda day: (day.toordinal() - 1) // 7, lambda number: number * 7 + 1),
    _months("month", 1),
    _months("quarter", 3),
    _months("year", 12),
)


def divided(timeline: Timeline, most: int) -> Bins:
    """The timeline in at most `most` bins (at least one): by day where that fits, else by week, month and so on."""
    if not timeline.days:
        return Bins("day", ())
    first, last = timeline.days[0][0], timeline.days[-1][0]
    most = max(1, most)

    def count(division: _Division) -> int:
        return division.bin_of(last) - division.bin_of(first) + 1

    division = next((division for division in _DIVISIONS if count(division) <= most), None)
    years = 1
    while division is None:
        years *= 2
        several = _months("years", 12 * years)
        division = several if count(several) <= most else None
    begin = division.bin_of(first)
    counts = [0] * count(division)
    for day, articles in timeline.days:
        counts[division.bin_of(day) - begin] += articles
    bursting: set[int] = set()
    for burst in timeline.bursts:
        low = max(0, division.bin_of(burst.first) - begin)
        bursting.update(range(low, min(len(counts), division.bin_of(burst.last) - begin + 1)))
    return Bins(
        division.unit,
        tuple(
            Bin(
                datetime.date.fromordinal(max(1, division.start_of(begin + at))),
                datetime.date.fromordinal(min(_LAST, division.start_of(begin + at + 1) - 1)),
                articles,
                at in bursting,
            )
            for at, articles in enumerate(counts)
        ),
    )


def name_of(unit: Unit, bin: Bin) -> str:
    """The bin's time in words: `Thu 16 Dec 2021`, `13–19 Dec 2021`, `Dec 2021`, `Oct–Dec 2021`, `2021`."""
    first, last = bin.first, bin.last
    if unit == "day":
        return long_date(first)
    if unit == "year":
        return str(first.year)
    if unit == "years":
        return f"{first.year}–{last.year}"
    if unit == "month":
        return f"{MONTHS[first.month - 1]} {first.year}"
    if unit == "quarter":
        return f"{MONTHS[first.month - 1]}–{MONTHS[last.month - 1]} {first.year}"
    if first.month == last.month:
        return f"{first.day}–{last.day} {MONTHS[last.month - 1]} {last.year}"
    begin = f"{first.day} {MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
    return f"{begin} – {last.day} {MONTHS[last.month - 1]} {last.year}"


def query_of(unit: Unit, bin: Bin) -> str:
    """The bin's time in the query language: `date:2021-12`."""
    if unit == "day":
        return f"date:{bin.first.isoformat()}"
    if unit == "month":
        return f"date:{bin.first.isoformat()[:7]}"
    if unit == "year":
        return f"date:{bin.first.isoformat()[:4]}"
    return f"date:[{bin.first.isoformat()} TO {bin.last.isoformat()}]"


def labels(bins: Bins, cells: int, width: int) -> str:
    """What stands under the bars, `cells` cells each: the years, and months where there is room between them."""
    line = [" "] * width
    free = [True] * (width + 1)

    def put(at: int, text: str, air: int = 1) -> bool:
        # Air on either side, so that two labels never look like one.
        low, high = max(0, at - air), min(width, at + len(text) + air)
        if at + len(text) > width or not all(free[low:high]):
            return False
        line[at : at + len(text)] = text
        free[at : at + len(text)] = [False] * len(text)
        return True

    years = [
        at for at, bin in enumerate(bins.bins) if not at or _year(bins, at) != bins.bins[at - 1].last.year
    ]
    for at in years:
        text = str(_year(bins, at))
        alone = bins.unit in _WITH_MONTHS and (len(years) < 2 or years[1] * cells > len("Dec 2021 "))
        if at or not alone or not put(0, f"{MONTHS[bins.bins[0].last.month - 1]} {text}"):
            put(at * cells, text)
    if bins.unit in _WITH_MONTHS:
        for at in range(1, len(bins.bins)):
            month = bins.bins[at].last.month
            if month != bins.bins[at - 1].last.month:
                put(at * cells, MONTHS[month - 1], _AROUND_MONTHS)
    return "".join(line)


def _year(bins: Bins, at: int) -> int:
    """The year that a bin is labelled with: of a week across New Year the newer."""
    return bins.bins[at].first.year if bins.unit == "years" else bins.bins[at].last.year
