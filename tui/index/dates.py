"""What `date:` understands: days, months, years, ranges, and words for times gone by."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from typing import NamedTuple

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMERIC = re.compile(r"(\d{4})(?:[-/.]?(\d{1,2})(?:[-/.]?(\d{1,2}))?)?", re.ASCII)
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.?,?(?: (\d{4}))?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
"""`16.12.2021`, `16/12/2021`: the day first, as the dates in articles are read."""
_NAMED_AMERICAN = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_AGO = re.compile(r"(?:last|past) (\d{1,4}) (day|week|month|year)s?", re.ASCII)
_UNIT = re.compile(r"(last|past|this) (week|month|year)", re.ASCII)

FIRST = datetime.date.min.toordinal()
LAST = datetime.date.max.toordinal()

SUGGESTIONS = (
    "today",
    "yesterday",
    "'this week'",
    "'last week'",
    "'this month'",
    "'last month'",
    "'this year'",
)
"""Values worth offering."""


class DayRange(NamedTuple):
    """Days as ordinals, both included."""

    first: int
    last: int


def parse_days(value: str, today: datetime.date) -> DayRange | None:
    """The days that a value of `date:` means; None where it means none.

    Args:
        value: without the field's name: `2021-12`, `[2021-12-01 TO 2021-12-24]`, `'last week'`, `>=2021-12-16`.
        today: what `yesterday` is the day before of.
    """
    value = " ".join(value.strip().strip("'\"").lower().split())
    if value.startswith(("[", "{")):
        low, separator, high = value.strip("[]{}").partition(" to ")
        if not separator:
            low, separator, high = _split_open(value.strip("[]{}"))
        return _between(low.strip(), high.strip(), today) if separator else None
    if ".." in value:
        low, _, high = value.partition("..")
        return _between(low.strip(), high.strip(), today)
    for sign in (">=", "<=", ">", "<"):
        if value.startswith(sign):
            return _compared(sign, _one(value[len(sign) :].strip(), today))
    return _one(value, today)


def _split_open(value: str) -> tuple[str, str, str]:
    """`to 2021` and `2021 to`, whose spaces were stripped with the bracket."""
    value = value.strip()
    if value.startswith("to "):
        return "", "to", value[3:]
    if value.endswith(" to"):
        return value[:-3], "to", ""
    return value, "", ""


def _between(low: str, high: str, today: datetime.date) -> DayRange | None:
    first = DayRange(FIRST, FIRST) if low in ("", "*") else _one(low.strip("'\""), today)
    last = DayRange(LAST, LAST) if high in ("", "*") else _one(high.strip("'\""), today)
    if first is None or last is None or (low in ("", "*") and high in ("", "*")):
        return None
    if last.last < first.first:
        first, last = last, first
    return DayRange(first.first, last.last)


def _compared(sign: str, days: DayRange | None) -> DayRange | None:
    if days is None:
        return None
    if sign[0] == ">":
        return DayRange(days.first if sign == ">=" else min(days.last + 1, LAST), LAST)
    return DayRange(FIRST, days.last if sign == "<=" else max(days.first - 1, FIRST))


def _one(value: str, today: datetime.date) -> DayRange | None:
    try:
        if match := _NUMERIC.fullmatch(value):
            year, month, day = (int(part) if part else 0 for part in match.groups())
            if (match[2] and not month) or (match[3] and not day):
                return None
            return _calendar(year, month, day)
        if match := _DAY_FIRST.fullmatch(value):
            return _calendar(int(match[3]), int(match[2]), int(match[1]))
        if match := _NAMED_AMERICAN.fullmatch(value):
            return _calendar(int(match[3]), _month(match[1]), int(match[2]))
        return _relative(value, today) or _named(value, today)
    except (ValueError, OverflowError):
        return None


def _calendar(year: int, month: int, day: int) -> DayRange:
    """A day, a month (`day` 0) or a year (`month` 0). Raises ValueError where there is no such."""
    first = datetime.date(year, month or 1, day or 1)
    if day:
        return DayRange(first.toordinal(), first.toordinal())
    if month:
        return DayRange(first.toordinal(), first.toordinal() + monthrange(year, month)[1] - 1)
    return DayRange(first.toordinal(), datetime.date(year, 12, 31).toordinal())


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(name) or (name == "sept" and number == 9):
            return number
    raise ValueError(name)


def _named(value: str, today: datetime.date) -> DayRange | None:
    """`december`, `dec 2021`, `16 december 2021`: without a year, the latest such that has begun."""
    match = _NAMED.fullmatch(value)
    if not match:
        return None
    month, day = _month(match[2]), int(match[1] or 0)
    if match[3]:
        return _calendar(int(match[3]), month, day)
    days = _calendar(today.year, month, day)
    return days if days.first <= today.toordinal() else _calendar(today.year - 1, month, day)


def _relative(value: str, today: datetime.date) -> DayRange | None:
    now = today.toordinal()
    if value in ("today", "yesterday"):
        day = now - (value == "yesterday")
        return DayRange(day, day)
    if match := _AGO.fullmatch(value):
        count, unit = int(match[1]), match[2]
        return DayRange(
            max(now - count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit] + 1, FIRST), now
        )
    match = _UNIT.fullmatch(value)
    if not match:
        return None
    which, unit = match[1], match[2]
    if which == "past":
        return DayRange(now - {"week": 7, "month": 30, "year": 365}[unit] + 1, now)
    if unit == "week":
        monday = now - today.weekday() - (7 if which == "last" else 0)
        return DayRange(monday, monday + 6)
    if unit == "year":
        return _calendar(today.year - (which == "last"), 0, 0)
    if which == "this":
        return _calendar(today.year, today.month, 0)
    return _calendar(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 0)
