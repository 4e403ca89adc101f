"""Did you mean: the query with the words and names that nothing matches replaced by ones that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from tui.folding import fold
from tui.index.distance import distance, near_in_each, near_numbers
from tui.index.frequent import frequencies
from tui.index.leaves import NAME_FIELDS
from tui.index.schema import TEXT_FIELDS
from tui.index.terms import encode
from tui.index.wildcard import Wildcard, matching

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tui.index.articles import ArticleSource, NameField
    from tui.index.gather import Gatherer
    from tui.index.leaves import QueryWord
    from tui.index.parser import ParsedQuery
    from tui.index.snapshot import Segment, Snapshot

_SHORTEST = 4
"""Letters below which nearly any word is a slip away from any other."""
_TWO_SLIPS = 5
"""Letters from which on a word may be two slips away."""
_MOST_WORDS = 4
"""Words of a query that are corrected: more are another language, not slips."""
_SMALL = 32
"""A segment with fewer than one in so many articles is not looked through for words two slips away."""
_WEIGHED = 50
"""Near words of a segment that are weighed, and as many that keep the first letter."""
_MOST_NAMES = 200
"""Names that begin alike among which one is looked for."""

_NAMED = "|".join(sorted((*NAME_FIELDS, "source"), key=len, reverse=True))
_VALUE = re.compile(rf"(?i:(?<!\w)(?P<field>{_NAMED})):(?P<value>\"[^\"]*\"?|'[^']*'?(?!\w)|[^\s()]+)")


class _Correction(NamedTuple):
    start: int
    end: int
    better: str


def corrected(asked: ParsedQuery, gather: Gatherer, articles: ArticleSource) -> str | None:
    """The query as it was written, but for what no article has; None where nothing better is known.

    Args:
        asked: the query.
        gather: of the snapshot that was searched; may raise to stop.
        articles: who knows names.
    """
    text = asked.text
    corrections = [*_words(asked, gather), *_values(text, gather, articles)]
    end = len(text)
    changed = False
    for found in sorted(corrections, key=lambda found: -found.start):
        if found.end <= end:
            written = text[found.start : found.end]
            text = text[: found.start] + _like(written, found.better) + text[found.end :]
            end = found.start
            changed = True
    return text if changed else None


def _words(asked: ParsedQuery, gather: Gatherer) -> Iterator[_Correction]:
    missing = 0
    for word in asked.words:
        if len(word.surface) < _SHORTEST or any(letter.isdigit() for letter in word.surface):
            continue
        if _is_there(word, gather.snapshot):
            continue
        missing += 1
        if missing > _MOST_WORDS:
            return
        better = _better(word.fields, word.surface, gather.snapshot, gather.check)
        if better is not None:
            yield _Correction(word.start, word.end, better)


def _is_there(word: QueryWord, snapshot: Snapshot) -> bool:
    """Whether any article has the word, another form of it, or, while it grows, one that begins so."""
    if any(field in TEXT_FIELDS for field in word.fields):
        for segment, forms in zip(snapshot.segments, snapshot.forms(word.surface), strict=True):
            if any(segment.frequency(field, term) for term in forms for field in word.fields):
                return True
    encoded = encode(word.surface)
    for segment in snapshot.segments:
        for field in word.fields:
            terms = segment.terms(field)
            low = terms.find(encoded)
            high = low + 1
            if word.prefix:
                low, high = terms.prefix(encoded)
            if 0 <= low < high and frequencies(segment, field, (low, high)).any():
                return True
    return False


def _better(
    fields: tuple[str, ...], surface: str, snapshot: Snapshot, check: Callable[[], None]
) -> str | None:
    """The most frequent of the nearest words, those of two slips only where there is none of one."""
    for most in (1, 2) if len(surface) >= _TWO_SLIPS else (1,):
        segments = _worth_a_look(snapshot.segments, most)
        near = near_in_each([segment.terms(fields[0]) for segment in segments], surface, most, check)
        found: dict[str, int] = {}
        for segment, (numbers, how_far) in zip(segments, near, strict=True):
            if not len(numbers):
                continue
            # The word itself may be there for another field.
            for text, count in _weighed(segment, fields, numbers[how_far == most], surface):
                found[text] = found.get(text, 0) + count
        if found:
            return min(found, key=lambda text: (-found[text] * _likeness(text, surface), text))
    return None


def _worth_a_look(segments: Sequence[Segment], most: int) -> Sequence[Segment]:
    """The segments that a word is looked for in: a frequent word two slips away is in the large ones."""
    if most < 2:
        return segments
    documents = sum(segment.count for segment in segments)
    return [segment for segment in segments if segment.count * _SMALL >= documents]


def _likeness(text: str, surface: str) -> int:
    """People get the first letter right: a word that keeps it goes before one that ten times as many have."""
    return 10 if text[0] == surface[0] else 1


def _weighed(
    segment: Segment, fields: tuple[str, ...], numbers: NDArray[np.int64], surface: str
) -> Iterator[tuple[str, int]]:
    """The words among these that most documents have, and how many."""
    counts = np.zeros(len(numbers), np.int64)
    for field in fields:
        counts += frequencies(segment, field, numbers)
    terms = segment.terms(fields[0])
    low, high = terms.prefix(encode(surface[0]))
    best = _top(counts)
    alike = np.flatnonzero((numbers >= low) & (numbers < high))
    for place in np.union1d(best, alike[_top(counts[alike])]).tolist():
        if counts[place]:
            yield terms[int(numbers[place])], int(counts[place])


def _top(counts: NDArray[np.int64]) -> NDArray[Any]:
    return np.argsort(-counts, kind="stable")[:_WEIGHED]


# Values


def _values(text: str, gather: Gatherer, articles: ArticleSource) -> Iterator[_Correction]:
    for match in _VALUE.finditer(text):
        value = match["value"]
        name = value.strip("\"'")
        start = match.start("value") + (len(value) - len(value.lstrip("\"'")))
        folded = fold(name)
        if len(folded) < _SHORTEST or "*" in name or any(letter.isdigit() for letter in folded):
            continue
        gather.check()
        field = match["field"].lower()
        better = (
            _source(folded, gather)
            if field == "source"
            else _name(cast("NameField", NAME_FIELDS[field]), folded, gather, articles)
        )
        if better is not None:
            yield _Correction(start, start + len(name), better)


def _source(name: str, gather: Gatherer) -> str | None:
    for segment in gather.snapshot.segments:
        low, high = segment.terms("source").prefix(encode(name))
        if low < high:
            return None
    return source_like(name, gather)


def source_like(name: str, gather: Gatherer) -> str | None:
    """A source whose name holds what was asked for, or is two slips away from it; None where there is none."""
    if len(name) < _SHORTEST:
        return None
    found: dict[str, tuple[bool, bool, int]] = {}
    within = Wildcard(f"*{name.replace('*', '').replace('?', '')}*")
    for segment in gather.snapshot.segments:
        terms = segment.terms("source")
        slips, _ = near_numbers(terms, name, 2, gather.check)
        numbers = np.union1d(slips, matching(terms, within, gather.check))
        counts = frequencies(segment, "source", numbers)
        near = np.isin(numbers, slips)
        for place in np.union1d(_top(counts), np.flatnonzero(near)).tolist():
            text = terms[int(numbers[place])]
            before = found[text][2] if text in found else 0
            found[text] = (text.startswith(name), bool(near[place]), before + int(counts[place]))
    return max(found, key=lambda text: (found[text], text), default=None)


def _name(field: NameField, asked: str, gather: Gatherer, articles: ArticleSource) -> str | None:
    """The name, or as many words of one as were asked, that most articles of the nearest have."""
    if articles.names_like(field, asked, 1):
        return None
    words = asked.split()
    for begin in (words[0][:3], words[0][:2], words[0][:1]):
        best: tuple[int, int, str] | None = None
        for name, count in articles.names_like(field, begin, _MOST_NAMES):
            parts = name.split()
            for at in range(len(parts) - len(words) + 1):
                text = " ".join(parts[at : at + len(words)])
                worth = (distance(asked, fold(text), 2), -count, text)
                if worth[0] <= 2 and (best is None or worth < best):
                    best = worth
        if best is not None:
            return best[2]
    # The first letter is wrong, or the name is too rare to be among those: its words are in the articles.
    for place, word in enumerate(words):
        if len(word) < _SHORTEST:
            continue
        better = _better(("title", "body"), word, gather.snapshot, gather.check)
        if better is not None:
            name = " ".join((*words[:place], better, *words[place + 1 :]))
            if articles.names_like(field, name, 1):
                return name
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
