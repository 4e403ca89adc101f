"""Did you mean: the query with the words that nothing matches replaced by words that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.distance import near

if TYPE_CHECKING:
    from tui.index.gather import Gatherer
    from tui.index.leaves import QueryWord
    from tui.index.parser import ParsedQuery

_SHORTEST = 4
"""Letters below which nearly any word is a slip away from any other."""
_MOST_SOURCES = 20_000
"""Sources of a segment that are looked at for one that a name was meant to be."""
_TWO_SLIPS = 5
"""Letters from which on a word may be two slips away."""


def corrected(asked: ParsedQuery, gather: Gatherer) -> str | None:
    """The query as it was written, but for the words that no article has; None where nothing better is known."""
    text = asked.text
    changed = False
    for word in sorted(asked.words, key=lambda word: -word.start):
        written = text[word.start : word.end]
        if len(word.surface) < _SHORTEST or any(letter.isdigit() for letter in word.surface):
            continue
        if any(len(gather.word(field, word.surface).docs) for field in word.fields):
            continue
        if word.prefix and any(len(gather.prefix(field, word.surface).docs) for field in word.fields):
            continue
        better = _better(word, gather)
        if better is not None:
            text = text[: word.start] + _like(written, better) + text[word.end :]
            changed = True
    return text if changed else None


def source_like(name: str, gather: Gatherer) -> str | None:
    """A source whose name holds what was asked for, or is two slips away from it; None where there is none."""
    if len(name) < _SHORTEST:
        return None
    found: dict[str, tuple[bool, bool, int]] = {}
    for segment in gather.snapshot.segments:
        terms = segment.terms("source")
        slips = {text for _, text, _ in near(terms, name, 2, gather.check)}
        for number, text in enumerate(terms.slice(0, min(len(terms), _MOST_SOURCES))):
            if text in slips or name in text:
                count = segment.frequency("source", number) + found.get(text, (False, False, 0))[2]
                found[text] = (text.startswith(name), text in slips, count)
    return max(found, key=lambda text: (found[text], text), default=None)


def _better(word: QueryWord, gather: Gatherer) -> str | None:
    """The most frequent of the nearest words."""
    most = 2 if len(word.surface) >= _TWO_SLIPS else 1
    frequencies: dict[int, dict[str, int]] = {1: {}, 2: {}}
    for segment in gather.snapshot.segments:
        for term, text, how_far in near(segment.terms(word.fields[0]), word.surface, most, gather.check):
            if how_far:
                count = sum(segment.frequency(field, term) for field in word.fields)
                frequencies[how_far][text] = frequencies[how_far].get(text, 0) + count
    for found in frequencies.values():
        # People get the first letter right: a word that keeps it goes before one that ten times as many have.
        there = [
            (-count * (10 if text[0] == word.surface[0] else 1), text)
            for text, count in found.items()
            if count
        ]
        if there:
            return min(there)[1]
    return None


def _like(written: str, better: str) -> str:
    """The better word in the case of the one that was written, its punctuation kept."""
    core = written.strip("\"'.,;:!?()[]“”„«»")
    start = written.find(core) if core else 0
    if core.isupper() and len(core) > 1:
        better = better.upper()
    elif core[:1].isupper():
        better = better[:1].upper() + better[1:]
    return written[:start] + better + written[start + len(core) :]
