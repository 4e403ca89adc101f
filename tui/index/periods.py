"""The calendar's units, and the times of each as whole numbers, those of later times greater.

A day is its proleptic ordinal (`datetime.date.toordinal`). The times of a unit are counted: days from the calendar's
first on, weeks from its first Monday, which is the same day, months and what is made of them from year 0.
"""

from __future__ import annotations

import datetime
from typing import Literal

from tui.index.dates import FIRST, LAST

Unit = Literal["day", "week", "month", "quarter", "year", "decade", "century", "millennium"]
UNITS: tuple[Unit, ...] = (
    "day", "week", "month", "quarter", "year", "decade", "century", "millennium",
)  # fmt: skip
"""From the finest on."""

_MONTHS: dict[Unit, int] = {
    "month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1_200, "millennium": 12_000,
}  # fmt: skip
"""How many months a unit has that is made of them."""


def number_of(unit: Unit, day: int) -> int:
    """Which time of the unit a day is in."""
    if unit == "day":
        return day
    if unit == "week":
        return (day - 1) // 7
    date = datetime.date.fromordinal(day)
    return (date.year * 12 + date.month - 1) // _MONTHS[unit]


def first_day(unit: Unit, number: int) -> int:
    """The first day of a time of the unit; the day after the calendar's last where it begins after that."""
    if unit == "day":
        day = number
    elif unit == "week":
        day = number * 7 + 1
    else:
        year, month = divmod(number * _MONTHS[unit], 12)
        if year < datetime.MINYEAR:
            return FIRST
        day = datetime.date(year, month + 1, 1).toordinal() if year <= datetime.MAXYEAR else LAST + 1
    return max(FIRST, min(day, LAST + 1))
