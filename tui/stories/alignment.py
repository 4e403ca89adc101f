"""Which sentences of two reports, or of many, say the same: whatever order they stand in.

Every pair that may belong together is measured (`tui.stories.measures`), the measures are weighed to one score, and
sentences are assigned one to one so that the scores' sum is greatest (Jonker and Volgenant, "A Shortest Augmenting
Path Algorithm for Dense and Sparse Linear Assignment Problems", Computing 38, 1987). What is left over may join a pair
whose other sentence says it, too: one that was divided or merged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.stories.measures import MEASURES, Floats, Indices, Lines, likeness, measured, promising
from tui.stories.prepared import Prepared
from tui.stories.values import PairKind
from tui.stories.weights import BIAS, WEIGHTS

PAIRED = 0.5
"""Score from which on two sentences are a pair."""
JOINED = 0.6
"""Score from which on a sentence that is left over joins a pair."""
NEAR = 0.8
"""Likeness of their words, in order, from which on two sentences are near (Indel similarity, normalised)."""

_WEIGHTS = np.array([WEIGHTS[name] for name in MEASURES], np.float32)
_ANEW = 0.4
"""Share of a left-over sentence's rarity that its pair's other sentence must have beyond what the pair shares."""


class Links(NamedTuple):
    """Sentences of different articles that belong together; arrays are aligned."""

    ones: Indices
    """Sentences, numbered through all articles in order."""
    others: Indices
    """Each of a later article than its `ones`."""
    scores: Floats
    """0 to 1; 1 where both are of the same words."""


def scored(measures: Floats) -> Floats:
    """How sure it is of each pair that its sentences say the same, 0 to 1.

    Args:
        measures: Shape (pairs, len(MEASURES)).
    """
    sure: Floats = 1 / (1 + np.exp(-(measures @ _WEIGHTS + BIAS)))
    return sure


def kind_of(left: Sequence[str], right: Sequence[str]) -> PairKind:
    """What a pair with these words is called."""
    from rapidfuzz.distance import Indel

    if left == right:
        return "identical"
    return "near" if Indel.normalized_similarity(left, right) >= NEAR else "reworded"


def aligned(
    left: Prepared, right: Prepared, cancelled: Callable[[], bool] | None = None
) -> list[tuple[int, int, float]]:
    """The pairs of two articles' sentences: (left, right, score), by left, then right."""
    size = len(left.sentences)
    if not size or not right.sentences:
        return []
    links = _weighed([left, right])
    scores = np.zeros((size, len(right.sentences)), np.float32)
    scores[links.ones, links.others - size] = links.scores
    if cancelled is not None and cancelled():
        return []
    pairs = _assigned(scores)
    pairs |= _left_over(scores, pairs, left.stems, right.stems)
    return [(i, j, float(scores[i, j])) for i, j in sorted(pairs)]


def links_among(articles: Sequence[Prepared], cancelled: Callable[[], bool] | None = None) -> Links:
    """Which sentences of many articles belong together, all that score as a pair does.

    Those of the same words are measured once, and linked with score 1 (each with the first of them).
    """
    links = _weighed(articles)
    kept = links.scores >= PAIRED
    return Links(links.ones[kept], links.others[kept], links.scores[kept])


def _weighed(articles: Sequence[Prepared]) -> Links:
    lines = Lines.of(articles)
    like = likeness(lines)
    ones, others = promising(lines, like)
    scores = scored(measured(lines, like, ones, others))
    same = _same(lines.normal)
    scores = np.where(same[ones] == same[others], np.float32(1), np.minimum(scores, np.float32(0.999)))
    return Links(ones, others, scores)


def _same(normal: Sequence[str]) -> Indices:
    """For each sentence the first of the same words."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(words, index) for index, words in enumerate(normal)], np.int64)


def _assigned(scores: Floats) -> set[tuple[int, int]]:
    """The pairs, no sentence in two of them, whose scores beyond the threshold sum up to most."""
    import lap

    gains = np.maximum(scores - PAIRED, 0).astype(np.float64)
    if not gains.any():
        return set()
    # Where a sentence comes twice in one article, the one that stands at the like place is as good as any: the first.
    _, chosen, _ = lap.lapjv(gains.max() - gains, extend_cost=True)
    rows = np.flatnonzero(chosen >= 0)
    rows = rows[gains[rows, chosen[rows]] > 0]
    return set(zip(rows.tolist(), chosen[rows].tolist(), strict=True))


def _left_over(
    scores: Floats, pairs: set[tuple[int, int]], left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]
) -> set[tuple[int, int]]:
    """Sentences without a pair that one with a pair says as well: one was divided, or two were merged."""
    more = set()
    for transposed in (False, True):
        table = scores.T if transposed else scores
        taken = {(j, i) for i, j in pairs} if transposed else pairs
        mine, theirs = (right, left) if transposed else (left, right)
        partner = {j: i for i, j in taken}
        paired = {i for i, _ in taken}
        best = table.argmax(1)
        for row in np.flatnonzero(table.max(1) >= JOINED).tolist():
            column = int(best[row])
            if row in paired or column not in partner:
                continue
            said, by_pair = set(theirs[column]), set(mine[partner[column]])
            own = set(mine[row])
            fresh = (own & said) - by_pair
            if len(fresh) >= _ANEW * max(len(own & said), 1) or own <= said:
                more.add((column, row) if transposed else (row, column))
    return more


def scores_of(left: Prepared, right: Prepared) -> tuple[NDArray[np.float32], Indices, Indices]:
    """The measures of all promising pairs of two articles, and which they are: what weights are trained on."""
    lines = Lines.of([left, right])
    like = likeness(lines)
    ones, others = promising(lines, like)
    return measured(lines, like, ones, others), ones, others - len(left.sentences)
