"""Bylines: "By Jane Doe and John Roe", alone or beside a date."""

from __future__ import annotations

import re

from tui.sources import dates

_BYLINE = re.compile(r"[\W_]*(?:written by|words by|by|von|par|por)[:\s]\s*(\S.{1,120})", re.IGNORECASE)
_PARTICLES = frozenset(
    "and & y et und e de da do dos del della di du des la le van von der den ter ten bin ibn al el in for of "
    "at the with to zu".split()
)
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*,?|[^\W\d_]\.,?|&")


def author_of(line: str) -> str | None:
    """Who wrote it, if the line is a byline: "By" and nothing but names."""
    byline = _BYLINE.fullmatch(line.strip())
    if not byline:
        return None
    names = byline[1].strip(" \t*_:.,")
    return names if _are_names(names) else None


def bare_name(part: str) -> str | None:
    """A name without "By", as it stands beside a date: two to four words."""
    part = part.strip(" \t*_")
    return part if 2 <= len(part.split()) <= 4 and _are_names(part) else None


def _are_names(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 14 or text.endswith(("!", "?")):
        return False
    capitals = 0
    for word in words:
        if not _NAME_WORD.fullmatch(word.strip("()")):
            return False
        if word[0].islower() and word.lower().strip(",") not in _PARTICLES and "." not in word:
            return False
        capitals += not word[0].islower()
    return capitals >= 1


def byline_and_date(line: str) -> list[str]:
    """ "By Jane Doe, 16 December 2021" in its two parts."""
    for comma in re.finditer(r",\s+|\s+on\s+", line):
        if dates.read_date(line[comma.end() :]) and author_of(line[: comma.start()]):
            return [line[: comma.start()], line[comma.end() :]]
    return []
