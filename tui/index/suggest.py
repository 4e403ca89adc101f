"""Did you mean: the query with the words and names that nothing matches replaced by ones that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from tui.folding import fold
from tui.index.distance import distance, near_numbers
from tui.index.frequent import frequencies
from tui.index.leaves import NAME_FIELDS
from tui.index.near_words import SHORTEST, commonest, near_words, respelt
from tui.index.schema import TEXT_FIELDS
from tui.index.terms import encode
from tui.index.wildcard import Wildcard, matching

if TYPE_CHECKING:
    from tui.index.articles import ArticleSource, NameField
    from tui.index.gather import Gatherer
    from tui.index.leaves import QueryWord
    from tui.index.parser import ParsedQuery
    from tui.index.snapshot import Snapshot

_MOST_WORDS = 4
"""Words of a query that are corrected: more are another language, not slips."""
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
        if len(word.surface) < SHORTEST or any(letter.isdigit() for letter in word.surface):
            continue
        if _is_there(word, gather.snapshot):
            continue
        missing += 1
        if missing > _MOST_WORDS:
            return
        better = next(near_words(word.fields, word.surface, gather.snapshot, gather.check), None)
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


# Values


def _values(text: str, gather: Gatherer, articles: ArticleSource) -> Iterator[_Correction]:
    for match in _VALUE.finditer(text):
        value = match["value"]
        name = value.strip("\"'")
        start = match.start("value") + (len(value) - len(value.lstrip("\"'")))
        folded = fold(name)
        if len(folded) < SHORTEST or "*" in name or any(letter.isdigit() for letter in folded):
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
    if len(name) < SHORTEST:
        return None
    found: dict[str, tuple[bool, bool, int]] = {}
    within = Wildcard(f"*{name.replace('*', '').replace('?', '')}*")
    for segment in gather.snapshot.segments:
        terms = segment.terms("source")
        slips, _ = near_numbers(terms, name, 2, gather.check)
        numbers = np.union1d(slips, matching(terms, within, gather.check))
        counts = frequencies(segment, "source", numbers)
        near = np.isin(numbers, slips)
        for place in np.union1d(commonest(counts), np.flatnonzero(near)).tolist():
            text = terms[int(numbers[place])]
            before = found[text][2] if text in found else 0
            found[text] = (text.startswith(name), bool(near[place]), before + int(counts[place]))
    return max(found, key=lambda text: (found[text], text), default=None)


def _name(field: NameField, asked: str, gather: Gatherer, articles: ArticleSource) -> str | None:
    """The name, or as many words of one as were asked, that most articles of the nearest have."""
    if articles.names_like(field, asked, 1):
        return None
    words = asked.split()
    for begin in ("", words[0][:3], words[0][:2], words[0][:1]):
        best: tuple[int, int, str] | None = None
        alike = (
            articles.names_like(field, begin, _MOST_NAMES)
            if begin
            else articles.names_near(field, asked, _MOST_NAMES)
        )
        for name, count in alike:
            parts = name.split()
            for at in range(len(parts) - len(words) + 1):
                text = " ".join(parts[at : at + len(words)])
                worth = (distance(asked, fold(text), 2), -count, text)
                if worth[0] <= 2 and (best is None or worth < best):
                    best = worth
        if best is not None:
            return best[2]
    # The first letter is wrong, or the name is too rare to be among those: its words are in the articles.
    return respelt(field, asked, gather.snapshot, articles, gather.check)[0]


def _like(written: str, better: str) -> str:
    """The better word in the case of the one that was written, its punctuation kept."""
    core = written.strip("\"'.,;:!?()[]“”„«»")
    start = written.find(core) if core else 0
    if core.isupper() and len(core) > 1:
        better = better.upper()
    elif core[:1].isupper():
        better = better[:1].upper() + better[1:]
    return written[:start] + better + written[start + len(core) :]
