"""What stands under the bars of a timeline: round dates, as many as there is room for. Pure: no styles, no terminal."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.corpus.bins import Bin, Unit
from tui.widgets.dates import MONTHS

_Wanted = Callable[[datetime.date], str | None]
"""What a time that begins on this day is labelled with; None where it isn't."""


class Axis(NamedTuple):
    """Labels, and where they belong."""

    text: str
    ticks: frozenset[int]
    """The bars that have one, by position."""


def axis(unit: Unit, bins: Sequence[Bin], cells: int, width: int) -> Axis:
    """The labels of bars that are `cells` wide each, on a line of `width` cells.

    The first bar says its date in full, so that a year is always in view. Then from the roundest dates on: those of
    a kind are either all written, but for those that others are in the way of, or none of them is.
    """
    line = [" "] * width
    free = [True] * (width + 1)
    ticks: set[int] = set()

    def put(at: int, text: str) -> None:
        begin = at * cells
        # Air on either side, so that two labels never look like one.
        if begin + len(text) <= width and all(free[max(0, begin - 1) : begin + len(text) + 1]):
            line[begin : begin + len(text)] = text
            free[begin : begin + len(text)] = [False] * len(text)
            ticks.add(at)

    if bins:
        put(0, _whole(unit, bins[0].first))
    for wanted in _KINDS[unit]:
        labels = [(at, text) for at, bin in enumerate(bins) if (text := wanted(bin.first))]
        if all(at * cells + len(text) < following * cells for (at, text), (following, _) in pairwise(labels)):
            for at, text in labels:
                put(at, text)
    return Axis("".join(line), frozenset(ticks))


def _whole(unit: Unit, day: datetime.date) -> str:
    if unit in ("day", "week"):
        return _in_full(day)
    return _month_of_year(day) if unit == "month" else str(day.year)


def _in_full(day: datetime.date) -> str:
    return f"{day.day} {_month_of_year(day)}"


def _month_of_year(day: datetime.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _month(day: datetime.date) -> str:
    return MONTHS[day.month - 1]


def _day_and_month(day: datetime.date) -> str:
    return f"{day.day} {_month(day)}"


def _number(day: datetime.date) -> str:
    return str(day.day)


def _year(day: datetime.date) -> str:
    return str(day.year)


def _where(holds: Callable[[datetime.date], bool], text: Callable[[datetime.date], str]) -> _Wanted:
    return lambda day: text(day) if holds(day) else None


def _every(years: int) -> _Wanted:
    return _where(lambda day: day.month == 1 and day.year % years == 0, _year)


_FIRST_WEEK = 7
"""The day of a month that its first Monday is at the latest."""

_KINDS: dict[Unit, tuple[_Wanted, ...]] = {
    "day": (
        _where(lambda day: day.day == day.month == 1, _month_of_year),
        _where(lambda day: day.day == 1, _month),
        _where(lambda day: day.weekday() == 0, _number),
        _number,
    ),
    "week": (
        _where(lambda day: day.month == 1 and day.day <= _FIRST_WEEK, _in_full),
        _where(lambda day: day.month % 3 == 1 and day.day <= _FIRST_WEEK, _day_and_month),
        _where(lambda day: day.day <= _FIRST_WEEK, _day_and_month),
        _number,
    ),
    "month": (_every(10), _every(5), _every(1), _where(lambda day: day.month % 3 == 1, _month), _month),
    "quarter": (_every(10), _every(5), _every(2), _every(1), _month),
    "year": (_every(100), _every(50), _every(20), _every(10), _every(5), _every(2), _every(1)),
    "decade": (_every(1000), _every(500), _every(100), _every(50), _every(20), _year),
    "century": (_every(1000), _every(500), _year),
    "millennium": (_year,),
}  # fmt: skip
"""For each unit the kinds of labels, the roundest dates first."""
