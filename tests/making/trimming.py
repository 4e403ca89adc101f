"""Names without what annotators differ in, and names apart from one another."""

from __future__ import annotations

from collections.abc import Iterable

from tui.entities.sentences import Name

POSSESSIVES = ("'s", "’s")


def trimmed(text: str, names: Iterable[Name]) -> list[Name]:
    """The names without a leading "the", a trailing "'s" and space around them; none without a letter."""
    kept = []
    for start, end, kind in names:
        if text[start:end].lower().startswith("the ") and end - start > 4:
            start += 4
        if text[start:end].endswith(POSSESSIVES):
            end -= 2
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if any(map(str.isalpha, text[start:end])):
            kept.append((start, end, kind))
    return kept


def apart(names: Iterable[Name]) -> list[Name]:
    """The names, in order of their starts, that begin where the ones before have ended."""
    kept: list[Name] = []
    for name in names:
        if not kept or name[0] >= kept[-1][1]:
            kept.append(name)
    return kept
