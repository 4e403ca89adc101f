"""What stands under the bars of a timeline: round dates, as many as there is room for. Pure: no styles, no terminal."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.corpus.bins import Bin
from tui.index.periods import Unit
from tui.widgets.dates import MONTHS

_Wanted = Callable[[datetime.date], str | None]
"""What a time that begins on this day is labelled with; None where it isn't."""


_AIR = 2
"""Cells that are free between labels of one kind, at least."""


class Axis(NamedTuple):
    """Labels, and where they belong."""

    text: str
    ticks: frozenset[int]
    """The bars that have one, by position."""


def axis(unit: Unit, bins: Sequence[Bin], cells: int, width: int) -> Axis:
    """The labels of bars that are `cells` wide each, on a line of `width` cells.

    The layers come one after the other, the roundest dates first: of each the most frequent kind that has room is
    written, but for those that others are in the way of. After the first layer the first bar says its date, in full
    where there is room, so that a year is always in view.
    """
    line = [" "] * width
    free = [True] * (width + 1)
    ticks: set[int] = set()

    def put(at: int, text: str) -> bool:
        begin = at * cells
        # Air on either side, so that two labels never look like one.
        if begin + len(text) > width or not all(free[max(0, begin - 1) : begin + len(text) + 1]):
            return False
        line[begin : begin + len(text)] = text
        free[begin : begin + len(text)] = [False] * len(text)
        ticks.add(at)
        return True

    first, *others = _LAYERS[unit]
    for at, text in _labels(first, bins, cells):
        put(at, text)
    if bins:
        any(put(0, text(bins[0].first)) for text in _BEGINS[unit])
    for layer in others:
        for at, text in _labels(layer, bins, cells):
            put(at, text)
    return Axis("".join(line), frozenset(ticks))


def _labels(layer: Sequence[_Wanted], bins: Sequence[Bin], cells: int) -> list[tuple[int, str]]:
    """The labels of the most frequent kind that has room, by position; none where none has."""
    for wanted in layer:
        labels = [(at, text) for at, bin in enumerate(bins) if (text := wanted(bin.first))]
        if all(
            at * cells + len(text) + _AIR <= following * cells
            for (at, text), (following, _) in pairwise(labels)
        ):
            return labels
    return []


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


_BEGINS: dict[Unit, tuple[Callable[[datetime.date], str], ...]] = {
    "day": (_in_full, _day_and_month),
    "week": (_in_full, _day_and_month),
    "month": (_month_of_year, _month),
    **dict.fromkeys(("quarter", "year", "decade", "century", "millennium"), (_year,)),
}
"""How the first bar says its date: in full, or without the year."""


def _years(*steps: int) -> tuple[_Wanted, ...]:
    return tuple(
        _where(lambda day, step=step: day.month == 1 and day.year % step == 0, _year)  # type: ignore[misc]
        for step in steps
    )


_FIRST_WEEK = 7
"""The day of a month that its first Monday is at the latest."""

_LAYERS: dict[Unit, tuple[tuple[_Wanted, ...], ...]] = {
    "day": (
        (_where(lambda day: day.day == day.month == 1, _month_of_year),),
        (_where(lambda day: day.day == 1, _month),),
        (_number, _where(lambda day: day.weekday() == 0, _number)),
    ),
    "week": (
        (_where(lambda day: day.month == 1 and day.day <= _FIRST_WEEK, _in_full),),
        (
            _where(lambda day: day.day <= _FIRST_WEEK, _day_and_month),
            _where(lambda day: day.month % 3 == 1 and day.day <= _FIRST_WEEK, _day_and_month),
        ),
        (_number,),
    ),
    "month": (_years(1, 2, 5, 10), (_month, _where(lambda day: day.month % 3 == 1, _month))),
    "quarter": (_years(1, 2, 5, 10, 20), (_month,)),
    "year": (_years(1, 2, 5, 10, 20, 50, 100),),
    "decade": (_years(10, 20, 50, 100, 200, 500, 1000),),
    "century": (_years(100, 200, 500, 1000),),
    "millennium": ((_year,),),
}
"""For each unit its layers; in each the kinds of labels, the most frequent first."""
