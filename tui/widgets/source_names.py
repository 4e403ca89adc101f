"""What outlets are called where there is little room, and how those are told apart that would be called the same."""

from __future__ import annotations

from collections.abc import Sequence

from tui.terminal.cells import width_of

_NOT_A_NAME = frozenset({"www", "m", "mobile", "amp", "edition"})
"""Labels of an outlet's own that are no name."""

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu"})
"""Labels before a country's own that are no name: `bbc.co.uk`."""


def short_name(source: str | None) -> str:
    """What an outlet is called for short: its host without what it has in common with others."""
    if not source:
        return "unknown"
    labels = source.split(".")
    if len(labels) > 2 and labels[0] in _NOT_A_NAME:
        labels = labels[1:]
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2:
        return ".".join(labels[:-2])
    return ".".join(labels[:-1]) if len(labels) > 1 else source


def names_of(sources: Sequence[str | None]) -> list[str]:
    """Short names of sources, no two alike."""
    return told_apart(
        [short_name(source) for source in sources], max((len(s or "") for s in sources), default=0) + 9
    )


def told_apart(names: Sequence[str], width: int) -> list[str]:
    """The names in at most `width` cells; of those that are alike then, all but the first have a number at the end."""
    taken: set[str] = set()
    found = []
    for name in names:
        short = candidate = _begun(name, width)
        number = 1
        while candidate in taken:
            number += 1
            candidate = _begun(short, max(0, width - len(str(number)))) + str(number)
        taken.add(candidate)
        found.append(candidate)
    return found


def _begun(name: str, width: int) -> str:
    """The beginning of a name, in at most `width` cells."""
    end = min(len(name), width)
    while end and width_of(name[:end]) > width:
        end -= 1
    return name[:end]
