"""Articles like one article: by the words of its title and lead that say most about it."""

from __future__ import annotations

from math import log

import numpy as np

from tui.article import Article
from tui.index.gather import Gatherer
from tui.index.snapshot import K1, Snapshot
from tui.index.tokens import Tokenizer

STRONGEST = 16
"""Words that are compared."""
_LEAD_PARAGRAPHS = 3
_TITLE_WEIGHT = 3
_MOST_COMMON = 0.25
"""Share of all articles above which a word says nothing."""


def related(
    snapshot: Snapshot, tokenizer: Tokenizer, article: Article, number: int, limit: int
) -> list[tuple[int, float]]:
    """Numbers of the most similar articles, best first, with how similar: 1 would have every word as often.

    Args:
        snapshot: where to look.
        tokenizer: the index's.
        article: like what.
        number: its own, which is left out.
        limit: how many.
    """
    words: dict[str, int] = {}
    for times, text in [
        (_TITLE_WEIGHT, article.title),
        *((1, lead) for lead in article.paragraphs[:_LEAD_PARAGRAPHS]),
    ]:
        for surface in tokenizer.surfaces(text[:4_000])[0]:
            if len(surface) > 1:
                words[surface] = words.get(surface, 0) + times
    gather = Gatherer(snapshot, lambda: False, lambda note: None)
    weighed: list[tuple[float, str]] = []
    for surface, count in words.items():
        frequency = _frequency(snapshot, surface)
        if 1 < frequency <= max(snapshot.count * _MOST_COMMON, 3):
            weighed.append((count / (count + 1.0) * log(snapshot.count / frequency), surface))
    strongest = sorted(weighed, key=lambda pair: (-pair[0], pair[1]))[:STRONGEST]
    scores = np.zeros(snapshot.count)
    best = 0.0
    norm = snapshot.length_norm("body")
    for weight, surface in strongest:
        docs, tf = gather.word("body", surface)
        if tf is not None:
            scores[docs] += weight * (K1 + 1) * tf / (tf + norm[docs])
        titled = gather.word("title", surface).docs
        scores[titled] += weight
        best += weight * (K1 + 2)
    scores[snapshot.numbers == number] = 0.0
    if snapshot.live is not None:
        scores[~snapshot.live] = 0.0
    found = np.flatnonzero(scores > best * 0.08) if best else np.zeros(0, np.int64)
    order = found[np.lexsort((-snapshot.numbers[found].astype(np.int64), -scores[found]))][:limit]
    return [(int(snapshot.numbers[document]), float(scores[document] / best)) for document in order.tolist()]


def _frequency(snapshot: Snapshot, surface: str) -> int:
    """How many articles have the word in the body, its other surfaces not counted: quick, and near enough."""
    encoded = surface.encode("utf-8", "surrogatepass")
    total = 0
    for segment in snapshot.segments:
        term = segment.terms("body").find(encoded)
        if term >= 0:
            total += segment.frequency("body", term)
    return total
