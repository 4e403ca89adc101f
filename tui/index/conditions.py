"""Conditions in a query's text: how a facet's value is written, put in and taken out.

A facet is nothing but a condition in the query, so that what is shown is always what is in the search line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Literal

from tui.index.dates import FIRST, LAST, DayRange, parse_days

Facet = Literal["source", "person", "organisation", "place", "month", "misc"]
Condition = tuple[Facet, str]
"""A facet and its value."""

QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb\uff02'
"""Characters that a value or a phrase may stand between; a value also between single quotes."""

_FIELDS: dict[Facet, str] = {
    "source": "source",
    "person": "person",
    "organisation": "org",
    "place": "place",
    "month": "date",
    "misc": "entity",
}
_FACETS = {field: facet for facet, field in _FIELDS.items()}
_WRITTEN = re.compile(
    r"""(?<!\S)(source|person|org|place|date|entity):(?:"([^"]*)"|'([^']*)'|([^\s"'()\[\]][^\s"()\[\]]*))(?!\S)"""
)
_DATE = re.compile(
    rf"""[{QUOTES}][^{QUOTES}]*[{QUOTES}]?"""  # what stands between quotes asks for no date
    r"""|(?<!\S)(?<!NOT )(?<!OR )date:(\[[^\]]*\]|\{[^}]*\}|"[^"]*"|'[^']*'|[^\s"'()\[\]{}]+)(?!\S|\s+OR\s)"""
)
"""A condition on the date that stands by itself: not one that is excluded, nor one of several to choose from."""
_MONTH = re.compile(r"\d{4}-\d\d$")
_BARE = re.compile(r"[\w.-]+")
_QUOTES = re.compile(f"[{QUOTES}]+")


def written(condition: Condition) -> str:
    """The condition in the query language: `person:"Dmitry Peskov"`."""
    facet, value = condition
    return f"{_FIELDS[facet]}:{quoted(value, whole=facet not in ('source', 'month'))}"


def quoted(value: str, *, whole: bool = False) -> str:
    """The value as the query language takes it behind a field's colon, in quotes where it needs some.

    Where it is the `whole` name that is meant, it does: without, other names with such words are meant too. One that
    holds single quotes and double ones, which no name does that anybody asks for, loses the latter.
    """
    value = " ".join(value.split())
    if _BARE.fullmatch(value) and not whole:
        return value
    if not _QUOTES.search(value):
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return f'"{" ".join(_QUOTES.sub(" ", value).split())}"'


def conditions_in(query: str) -> frozenset[Condition]:
    """The conditions that a query asks for, as far as a facet could have put them there."""
    found: set[Condition] = set()
    for match in _WRITTEN.finditer(query):
        field, value = match[1], next(value for value in match.groups()[1:] if value is not None)
        if field != "date" or _MONTH.match(value):
            found.add((_FACETS[field], value))
    return frozenset(found)


def toggled(query: str, condition: Condition) -> str:
    """The query with the condition put in, or taken out where it was in; a month takes the place of any other time."""
    asked = conditions_in(written(condition))
    if asked and asked <= conditions_in(query):
        return _without(query, lambda found: found in asked)
    if condition[0] == "month":
        query = without_days(query)
    return f"{query.strip()} {written(condition)}".strip()


def without_conditions(query: str) -> str:
    """The query without any of its facets, and without a time."""
    return without_days(_without(query, lambda found: True))


def _without(query: str, unwanted: Callable[[Condition], bool]) -> str:
    def drop(match: re.Match[str]) -> str:
        condition = conditions_in(match.group())
        return "" if condition and all(map(unwanted, condition)) else match.group()

    return " ".join(_WRITTEN.sub(drop, query).split())


# A time


def written_days(days: DayRange) -> str:
    """The days in the query language: `date:2021-12-16`, `date:2021-12`, `date:[2021-12-06 TO 2021-12-14]`."""
    first, last = (
        datetime.date.fromordinal(days.first).isoformat(),
        datetime.date.fromordinal(days.last).isoformat(),
    )
    for short in (first, first[:7], first[:4]):
        if parse_days(short, datetime.date.min) == days:
            return f"date:{short}"
    return f"date:[{first} TO {last}]"


def days_in(query: str, today: datetime.date) -> DayRange | None:
    """The days that a query asks for, by conditions that stand by themselves; None where it has none.

    Args:
        query: in the query language.
        today: what `yesterday` is the day before of.
    """
    low, high = FIRST, LAST
    found = [parse_days(match[1], today) for match in _DATE.finditer(query) if match[1]]
    asked = [days for days in found if days is not None]
    for days in asked:
        low, high = max(low, days.first), min(high, days.last)
    return DayRange(low, high) if asked and low <= high else None


def without_days(query: str) -> str:
    """The query without its conditions on the date, but for those that do not stand by themselves."""
    if not any(match[1] for match in _DATE.finditer(query)):
        return query
    return " ".join(_DATE.sub(lambda match: "" if match[1] else match.group(), query).split())


def within(query: str, days: DayRange, today: datetime.date) -> str:
    """The query with these days in the place of its own; where they are its own already, without any."""
    without = without_days(query)
    if without != query and days_in(query, today) == days:
        return without
    return f"{without.strip()} {written_days(days)}".strip()
