"""Conditions in a query's text: how a facet's value is written, put in and taken out.

A facet is nothing but a condition in the query, so that what is shown is always what is in the search line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

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
    """The query with the condition put in, or taken out where it was in; one month takes another's place."""
    asked = conditions_in(written(condition))
    if asked and asked <= conditions_in(query):
        return _without(query, lambda found: found in asked)
    if condition[0] == "month":
        query = _without(query, lambda found: found[0] == "month")
    return f"{query.strip()} {written(condition)}".strip()


def without_conditions(query: str) -> str:
    """The query without any of its facets."""
    return _without(query, lambda found: True)


def _without(query: str, unwanted: Callable[[Condition], bool]) -> str:
    def drop(match: re.Match[str]) -> str:
        condition = conditions_in(match.group())
        return "" if condition and all(map(unwanted, condition)) else match.group()

    return " ".join(_WRITTEN.sub(drop, query).split())
