"""Words and names of the corpus that are a slip or two away from what was written, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tui.index.distance import near_in_each
from tui.index.frequent import frequencies
from tui.index.schema import TEXT_FIELDS
from tui.index.terms import encode

if TYPE_CHECKING:
    from tui.index.articles import ArticleSource, NameField
    from tui.index.snapshot import Segment, Snapshot

SHORTEST = 4
"""Letters below which nearly any word is a slip away from any other."""
_TWO_SLIPS = 5
"""Letters from which on a word may be two slips away."""
_SMALL = 32
"""A segment with fewer than one in so many articles is not looked through for words two slips away."""
_WEIGHED = 50
"""Near words of a segment that are weighed, and as many that keep the first letter."""
_MOST_TRIED = 20
"""Near words that are tried as part of a name."""


def near_words(
    fields: tuple[str, ...], surface: str, snapshot: Snapshot, check: Callable[[], None]
) -> Iterator[str]:
    """Words one slip away, then those two slips away; of either the most frequent first.

    Args:
        fields: of one vocabulary; words count by how many documents have them in these.
        surface: what was written.
        snapshot: where.
        check: called now and then; may raise to stop.
    """
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
        yield from sorted(found, key=lambda text: (-found[text] * _likeness(text, surface), text))


def respelt(
    field: NameField,
    asked: str,
    snapshot: Snapshot,
    articles: ArticleSource,
    check: Callable[[], None],
    limit: int = 1,
) -> tuple[str | None, list[tuple[str, int]]]:
    """What was asked with one of its words as articles spell it, and the names that begin so, as `names_like` has them.

    Args:
        field: whose names.
        asked: the name, folded.
        snapshot: whose words.
        articles: who knows names.
        check: called now and then; may raise to stop.
        limit: how many names at most.
    """
    words = asked.split()
    for place, word in enumerate(words):
        if len(word) < SHORTEST:
            continue
        for better in islice(near_words(TEXT_FIELDS, word, snapshot, check), _MOST_TRIED):
            name = " ".join((*words[:place], better, *words[place + 1 :]))
            if found := articles.names_like(field, name, limit):
                return name, found
    return None, []


def commonest(counts: NDArray[np.int64]) -> NDArray[Any]:
    """Places of the greatest counts, as many as are worth weighing."""
    return np.argsort(-counts, kind="stable")[:_WEIGHED]


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
    best = commonest(counts)
    alike = np.flatnonzero((numbers >= low) & (numbers < high))
    for place in np.union1d(best, alike[commonest(counts[alike])]).tolist():
        if counts[place]:
            yield terms[int(numbers[place])], int(counts[place])
