"""Articles like one article: by the words of its title and lead that say most about it."""

from __future__ import annotations

from collections.abc import Collection
from math import log

from tui.article import Article
from tui.index.evaluate import Evaluator
from tui.index.parts import Constant, Here, Part
from tui.index.ranking import Ranking
from tui.index.snapshot import K1, Snapshot
from tui.index.tokens import Tokenizer
from tui.index.unions import Union

STRONGEST = 16
"""Words that are compared."""
_LEAD_PARAGRAPHS = 3
_TITLE_WEIGHT = 3
_LEAST = 0.08
"""Likeness below which nothing is like it."""
_MOST_COMMON = 0.25
"""Share of all articles above which a word says nothing."""


def related(
    snapshot: Snapshot,
    tokenizer: Tokenizer,
    article: Article,
    boilerplate: Collection[int],
    number: int,
    limit: int,
) -> list[tuple[int, float]]:
    """Numbers of the most similar articles, best first, with how similar: 1 would have every word as often.

    Args:
        snapshot: where to look.
        tokenizer: the index's.
        article: like what.
        boilerplate: its paragraphs that say nothing about it.
        number: its own, which is left out.
        limit: how many.
    """
    lead = [text for index, text in enumerate(article.paragraphs) if index not in boilerplate]
    words: dict[str, int] = {}
    for times, text in [
        (_TITLE_WEIGHT, article.title),
        *((1, text) for text in lead[:_LEAD_PARAGRAPHS]),
    ]:
        for surface in tokenizer.surfaces(text[:4_000])[0]:
            if len(surface) > 1:
                words[surface] = words.get(surface, 0) + times
    evaluator = Evaluator(snapshot, lambda: False, lambda note: None)
    weighed: list[tuple[float, str]] = []
    for surface, count in words.items():
        frequency = _frequency(snapshot, surface)
        if 1 < frequency <= max(snapshot.count * _MOST_COMMON, 3):
            weighed.append((count / (count + 1.0) * log(snapshot.count / frequency), surface))
    strongest = sorted(weighed, key=lambda pair: (-pair[0], pair[1]))[:STRONGEST]
    if not strongest:
        return []
    plans = [evaluator.weighed("body", surface, weight) for weight, surface in strongest]
    titles = [(evaluator.weighed("title", surface, weight), weight) for weight, surface in strongest]

    def likeness(here: Here) -> Part:
        """A word in the title counts for itself, however often it stands in the text."""
        return Union(
            here, [plan(here) for plan in plans] + [Constant(plan(here), weight) for plan, weight in titles]
        )

    best = sum(weight for weight, _ in strongest) * (K1 + 2)
    found = Ranking(evaluator, likeness, "relevance").first(limit + 1)
    scores = [] if found.scores is None else found.scores.tolist()
    like = [
        (other, score / best)
        for other, score in zip(found.numbers.tolist(), scores, strict=True)
        if other != number and score > best * _LEAST
    ]
    return like[:limit]


def _frequency(snapshot: Snapshot, surface: str) -> int:
    """How many articles have the word in the body, its other surfaces not counted: quick, and near enough."""
    encoded = surface.encode("utf-8", "surrogatepass")
    total = 0
    for segment in snapshot.segments:
        term = segment.terms("body").find(encoded)
        if term >= 0:
            total += segment.frequency("body", term)
    return total
