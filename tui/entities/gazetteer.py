"""Names and words known beforehand: the lists in `data/`, read once a process in a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tui.article import MentionType

_DATA = Path(__file__).parent / "data"
_NO_PLURAL = ("s", "ese", "ish", "ch", "z")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What the lists say."""

    names: dict[str, MentionType]
    """Names as newspapers write them; of one or several words, single spaces between."""
    minor_places: frozenset[str]
    """Cities that are less sure than the rest: their names may be surnames."""
    demonyms: frozenset[str]
    """Adjectives and nouns of nations, peoples, faiths and parties; plurals too."""
    heads: dict[str, int]
    """The first word of each name of several words, with the number of words of the longest."""
    first_names: frozenset[str]
    common: frozenset[str]
    """Lower-case words that begin sentences with a capital without naming anything."""
    folded: frozenset[str]
    """The names in lower case."""
    aliases: dict[str, str]
    """Folded name → the folded name that all articles share for it."""


@cache
def load_gazetteer() -> Gazetteer:
    """The lists, as they ship."""
    places, cities = _lines("places.txt"), _lines("cities.txt")
    organisations, misc = _lines("organisations.txt"), _lines("misc.txt")
    singular = _lines("demonyms.txt")
    demonyms = frozenset(singular) | {name + "s" for name in singular if not name.endswith(_NO_PLURAL)}
    names: dict[str, MentionType] = dict.fromkeys(cities, "place")
    names.update(dict.fromkeys(demonyms, "misc"))
    names.update(dict.fromkeys(misc, "misc"))
    names.update(dict.fromkeys(places, "place"))
    names.update(dict.fromkeys(organisations, "organisation"))
    heads: dict[str, int] = {}
    for name in names:
        if " " in name:
            head = name[: name.index(" ")]
            heads[head] = max(heads.get(head, 0), name.count(" ") + 1)
    aliases = {}
    for line in _lines("aliases.txt"):
        canonical, _, others = line.partition("=")
        aliases.update(dict.fromkeys(others.split(";"), canonical))
    return Gazetteer(
        names=names,
        minor_places=frozenset(cities).difference(places),
        demonyms=demonyms,
        heads=heads,
        first_names=frozenset(_lines("first_names.txt")),
        common=frozenset(_lines("common_words.txt")),
        folded=frozenset(name.lower() for name in names),
        aliases=aliases,
    )


def _lines(file: str) -> list[str]:
    return (_DATA / file).read_text(encoding="utf-8").split("\n")
