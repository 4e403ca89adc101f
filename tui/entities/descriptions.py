"""What an article says that a person is, right beside the name: "Russian President Vladimir Putin" is the Russian
president.

Only an apposition says so: the words stand directly before the name, or after it between commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeVar

from tui.article import Article, MentionType
from tui.entities.gazetteer import load_gazetteer

_REACH = 80
"""Characters before or after a name in which a description stands whole."""
_OFFICES = frozenset("president minister chancellor premier king queen emperor secretary ambassador".split())
_LONGEST = 14
"""Characters in which the longest of them stands whole, with a comma and two spaces."""
_ROLE = (
    "(?:(?:deputy|acting|interim|vice|first|prime|foreign|defen[cs]e|finance|interior|justice|trade|energy)[ -])*"
    f"(?:{'|'.join(sorted(_OFFICES))})"
)
_Who = TypeVar("_Who")


def descriptions(
    article: Article, mentions: Iterable[tuple[int, int, int, MentionType, _Who]]
) -> Iterator[tuple[_Who, str]]:
    """What the article calls people beside their names: `("vladimir putin", "Russian president")`.

    Args:
        article: the text.
        mentions: (paragraph, start, end, type, who) of names in it; only people are described.
    """
    before, after = _patterns()
    for paragraph, start, end, kind, who in mentions:
        if kind != "person":
            continue
        text = article.text_of(paragraph)
        found = None
        last = text[max(0, start - _LONGEST) : start].rstrip(" ,").rpartition(" ")[2]
        if last.rpartition("-")[2].lower() in _OFFICES:
            if last == "Premier" and " " not in text[start:end]:
                continue  # "Canadian Premier League"
            found = before.search(text, max(0, start - _REACH), start)
        elif text.startswith(", ", end):
            found = after.match(text, end, end + _REACH)
        if found is not None:
            people, role = found["people"], found["role"]
            yield who, f"{people} {role.lower()}"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a name, up to it, and what stands after it."""
    names = load_gazetteer().demonyms | {"US", "U.S.", "UK", "EU", "UN"}
    people = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    role = f"(?P<role>(?i:{_ROLE}))"
    return (
        re.compile(
            rf"(?<!\w)(?<![Dd]eputy )(?<![Ff]ormer )(?<![Ll]ate )(?<!then )(?P<people>{people})(?:'s|’s)? {role},? $"
        ),
        re.compile(rf", (?i:the )?(?P<people>{people})(?:'s|’s)? {role}(?=[,.;:]|$)"),
    )
