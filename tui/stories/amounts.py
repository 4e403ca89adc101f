"""Whether two figures say the same, and whether they may be told of one thing: by value, not by their words."""

from __future__ import annotations

import datetime
import re

from tui.article import Figure

_OF_ONE_ORDER = 20
"""How many times as much as another a number may be and still be told of the same thing."""
_CONVERTED = 0.06
"""So far may a quantity be rounded when it is told in another unit: 60 miles, about 100 km."""
_ALIKE = 1.5
"""Times as much as another that is about its size, at most."""
_SURELY_ROUNDED = 2
"""Significant digits that what another amount was rounded to has at least: 60 and 62 differ."""
_LARGE = 1_000
"""Whole numbers from which on they are rounded: 249 and 250 people differ."""
_WEEK = 7
_YEAR = (365, 366)
_WEEKDAY = re.compile(r"(?i)\b(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day|\b)")
"""A day of the week: no other day is told by these words."""
_DIGITS = re.compile(r"\d+")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def agree(one: Figure, other: Figure) -> bool:
    """Whether both say the same, one perhaps rounded, in another unit, or less precisely."""
    if (one.kind, one.value) == (other.kind, other.value):
        return True
    if one.kind != other.kind:
        return False
    if one.kind == "date":
        return _day_agrees(one.value, other.value) or _day_agrees(other.value, one.value)
    (amount, unit), (another, another_unit) = _amount(one), _amount(other)
    if amount is None or another is None or unit != another_unit:
        return False
    if _rounds_to(amount, another) or _rounds_to(another, amount):
        return True
    # In the same unit 60 and 62 differ; in another one it was rounded.
    converted = one.kind == "quantity" and _unit_word(one.text) != _unit_word(other.text)
    return converted and abs(amount - another) <= _CONVERTED * max(abs(amount), abs(another))


def may_be_one_day(one: Figure, other: Figure) -> bool:
    """Whether both say the same, a week or a year apart: whether a Thursday or a December 11 is gone or to come is a
    guess in each article."""
    days = [_DAY.fullmatch(figure.value) for figure in (one, other)]
    if one.kind != "date" or one.text != other.text or days[0] is None or days[1] is None:
        return False
    first, second = (datetime.date(*map(int, day.groups())) for day in days if day is not None)
    return abs((first - second).days) in (_WEEK, *_YEAR)


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures may be told of one thing: a day and a day, not a day and a year."""
    if one.kind != other.kind:
        return False
    if one.kind == "date":
        return _comparable_days(one, other)
    (amount, unit), (another, another_unit) = _amount(one), _amount(other)
    if amount is None or another is None:
        return _precision(one.value) == _precision(other.value)
    if one.kind == "quantity" and unit != another_unit:
        return False
    return max(amount, another) <= _OF_ONE_ORDER * min(amount, another)


def of_like_size(one: Figure, other: Figure) -> bool:
    """Whether two amounts are about as much."""
    (amount, _), (another, _) = _amount(one), _amount(other)
    return (
        amount is not None and another is not None and max(amount, another) <= _ALIKE * min(amount, another)
    )


def _amount(figure: Figure) -> tuple[float | None, str]:
    """A figure's value as number and unit, as far as it has any."""
    number, _, unit = figure.value.partition(" ")
    if figure.kind == "money":
        number, unit = unit, number
    try:
        return float(number), unit
    except ValueError:
        return None, figure.value


def _rounds_to(amount: float, rounded: float) -> bool:
    """Whether the second is the first with fewer digits: 43.9 million is about 44 million."""
    digits = _significant(rounded)
    if digits < _SURELY_ROUNDED or digits >= _significant(amount):
        return False
    if amount == int(amount) and abs(amount) < _LARGE:
        return False
    return float(f"{amount:.{digits - 1}e}") == rounded


def _significant(amount: float) -> int:
    """How many digits say it: of 14,000 two, of 13,950 four."""
    return len(f"{amount:.12e}".partition("e")[0].lstrip("-").rstrip("0").replace(".", ""))


def _unit_word(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalpha()).removesuffix("s")


def _day_agrees(one: str, other: str) -> bool:
    """Whether the first is the second told less precisely: `2021-12`, `--12-16` and `weekday 4` of `2021-12-16`."""
    if other.startswith(f"{one}-"):
        return True
    day = _DAY.fullmatch(other)
    if day is None:
        return False
    if one.startswith("--"):
        return other.endswith(one[1:])
    return one == f"weekday {datetime.date(*map(int, day.groups())).isoweekday()}"


def _comparable_days(one: Figure, other: Figure) -> bool:
    """Whether two days may be told of one thing: two told alike, a Thursday that nobody can date and another day of a
    week, or a Thursday and a day of a month that is not weeks away."""
    by_weekday = _WEEKDAY.search(one.text) is not None, _WEEKDAY.search(other.text) is not None
    days = [_DAY.fullmatch(figure.value) for figure in (one, other)]
    if days[0] is None or days[1] is None:
        return _precision(one.value) == _precision(other.value) or (all(by_weekday) and any(days))
    first, second = (datetime.date(*map(int, day.groups())) for day in days if day is not None)
    return by_weekday[0] == by_weekday[1] or abs((first - second).days) < _WEEK


def _precision(value: str) -> str:
    """How a day is told, or an ordinal or a fraction: `9-9-9`, `weekday 9`, `#9`."""
    return _DIGITS.sub("9", value)
