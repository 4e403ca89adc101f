"""Which sentences of two reports, or of many, say the same: whatever order they stand in.

Every pair that may belong together is measured (`tui.stories.measures`), the measures are weighed to one score, and
sentences are assigned one to one so that the scores' sum is greatest (Jonker and Volgenant, "A Shortest Augmenting
Path Algorithm for Dense and Sparse Linear Assignment Problems", Computing 38, 1987), each knot of sentences that may
belong together for itself. What is surely told once more joins: a sentence was divided, or two were merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.stories.measures import (
    QUICK,
    SLOW,
    Floats,
    Indices,
    Lines,
    likeness,
    measured,
    promising,
    quickly_measured,
    slowly_measured,
)
from tui.stories.prepared import Prepared, side_by_side
from tui.stories.stopping import Cancelled, ask
from tui.stories.values import PairKind
from tui.stories.weights import BIAS, JOINED, LINKED, PAIRED, WEIGHTS

NEAR = 0.8
"""Likeness of their words, in order, from which on two sentences are near (Indel similarity, normalised)."""

_QUICK_WEIGHTS, _SLOW_WEIGHTS = (
    np.array([WEIGHTS[name] for name in names], np.float32) for names in (QUICK, SLOW)
)
_SURE = np.float32(0.999)
"""Score of the surest pair whose words are not the same."""
_DIGITS = 4
"""Of a score: what is beyond them depends on the order in which numbers were added up."""
_LIKENED, _MEASURED_QUICKLY = 0.35, 0.65
"""Shares of the work that are done when all likenesses are known, and all measures but the slow ones."""
_TOLD = 0.9
"""Score of a pair from which on what it says is told: nothing joins two sentences that both have such a pair."""
_PLACE = 1e-6
"""What standing at the same place of the article counts beside a score: it only decides where all else is equal."""
_FIRST = 0.01
"""What standing earlier counts beside that."""
_LARGEST_KNOT = 1_200
"""Sentences of a side that are assigned at once at most; beyond that the best pairs are taken one by one."""


_Apart = Callable[[tuple[int, int]], float]
"""How far from the same place of their articles two sentences stand."""


class Links(NamedTuple):
    """Sentences of different articles that belong together; arrays are aligned."""

    ones: Indices
    """Sentences, numbered through all articles in order."""
    others: Indices
    """Each of a later article than its `ones`."""
    scores: Floats
    """0 to 1; 1 where both are of the same words."""


def kind_of(left: Sequence[str], right: Sequence[str]) -> PairKind:
    """What a pair with these words is called."""
    from rapidfuzz.distance import Indel

    if left == right:
        return "identical"
    return "near" if Indel.normalized_similarity(left, right) >= NEAR else "reworded"


def aligned(
    left: Prepared, right: Prepared, cancelled: Cancelled | None = None
) -> list[tuple[int, int, float]]:
    """The pairs of two articles' sentences: (left, right, score), by left, then right.

    Raises:
        Stopped: It was cancelled.
    """
    size, other_size = len(left.sentences), len(right.sentences)
    if not size or not other_size:
        return []
    links = _weighed(side_by_side([left, right]), PAIRED, cancelled)
    scores = dict(
        zip(
            zip(links.ones.tolist(), (links.others - size).tolist(), strict=True),
            links.scores.tolist(),
            strict=True,
        )
    )
    return chosen(scores, size, other_size, cancelled=cancelled)


def chosen(
    scores: Mapping[tuple[int, int], float],
    size: int,
    other_size: int,
    paired: float = PAIRED,
    joined: float = JOINED,
    cancelled: Cancelled | None = None,
) -> list[tuple[int, int, float]]:
    """The pairs of two articles' sentences, of all that were measured: (left, right, score), by left, then right.

    Args:
        scores: (left, right) → score.
        size: Sentences of the left article.
        other_size: Of the right one.
        paired: Score from which on two sentences may be a pair.
        joined: Score from which on a sentence that has a pair has another.
        cancelled: Asked now and then whether to stop.

    Raises:
        Stopped: It was.
    """

    def apart(pair: tuple[int, int]) -> float:
        # Of sentences that come twice the first goes with the first; seen from either side.
        here, there = pair[0] / size, pair[1] / other_size
        return (here - there) ** 2 + _FIRST * (here + there)

    def gain(pair: tuple[int, int]) -> float:
        return scores[pair] - paired + _PLACE * (2 - apart(pair))

    possible = [pair for pair, score in scores.items() if score >= paired]
    pairs: set[tuple[int, int]] = set()
    for knot in _knots(possible):
        ask(cancelled)
        pairs |= _assigned({pair: gain(pair) for pair in knot})
    pairs |= _joining(scores, pairs, joined, apart)
    return [(*pair, scores[pair]) for pair in sorted(pairs)]


def links_among(
    articles: Sequence[Prepared],
    cancelled: Cancelled | None = None,
    progress: Callable[[float], None] | None = None,
) -> Links:
    """Which sentences of many articles belong together, all that score as a pair does.

    Args:
        articles: Taken apart.
        cancelled: Asked now and then whether to stop.
        progress: Told which share is done, 0 to 1.

    Raises:
        Stopped: It was cancelled.
    """
    return _weighed(side_by_side(articles), LINKED, cancelled, progress)


def pairs_measured(left: Prepared, right: Prepared) -> tuple[NDArray[np.float32], Indices, Indices]:
    """The measures of all promising pairs of two articles, and which they are: what weights are trained on."""
    lines = Lines.of(side_by_side([left, right]))
    like = likeness(lines)
    ones, others = promising(lines, like)
    return measured(lines, like, ones, others), ones, others - len(left.sentences)


def _weighed(
    articles: Sequence[Prepared],
    least: float,
    cancelled: Cancelled | None,
    progress: Callable[[float], None] | None = None,
) -> Links:
    """The pairs of sentences that score at least so much."""
    say = progress or (lambda share: None)
    lines = Lines.of(articles)
    ask(cancelled)
    like = likeness(lines, cancelled)
    ones, others = promising(lines, like, cancelled)
    say(_LIKENED)
    so_far = quickly_measured(lines, like, ones, others, cancelled) @ _QUICK_WEIGHTS + np.float32(BIAS)
    say(_MEASURED_QUICKLY)
    # What is slow to measure can't lift all of them so far.
    same = _same(lines.normal)
    likely = so_far + np.maximum(_SLOW_WEIGHTS, 0).sum() >= np.log(least / (1 - least))
    likely |= same[ones] == same[others]
    ones, others = ones[likely], others[likely]
    # Of the same words in many articles each two wordings are measured once.
    wordings, which = np.unique(same[ones] * len(same) + same[others], return_inverse=True)
    slow = slowly_measured(lines, wordings // max(len(same), 1), wordings % max(len(same), 1), cancelled)
    sums = so_far[likely] + (slow @ _SLOW_WEIGHTS)[which]
    scores = np.round(1 / (1 + np.exp(-sums)), _DIGITS)
    scores = np.where(same[ones] == same[others], np.float32(1), np.minimum(scores, _SURE))
    enough = scores >= least
    return Links(ones[enough], others[enough], scores[enough])


def _same(normal: Sequence[str]) -> Indices:
    """For each sentence the first of the same words."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(words, index) for index, words in enumerate(normal)], np.int64)


def _knots(pairs: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The pairs, those that have a sentence in common directly or by others together."""
    by_left: defaultdict[int, list[int]] = defaultdict(list)
    by_right: defaultdict[int, list[int]] = defaultdict(list)
    for i, j in pairs:
        by_left[i].append(j)
        by_right[j].append(i)
    seen: set[int] = set()
    for first in by_left:
        if first in seen:
            continue
        seen.add(first)
        waiting, columns, knot = [first], set(), []
        while waiting:
            i = waiting.pop()
            for j in by_left[i]:
                knot.append((i, j))
                if j not in columns:
                    columns.add(j)
                    fresh = [k for k in by_right[j] if k not in seen]
                    seen.update(fresh)
                    waiting += fresh
        yield knot


def _assigned(gains: Mapping[tuple[int, int], float]) -> set[tuple[int, int]]:
    """The pairs of a knot, no sentence in two of them, whose gains sum up to most."""
    if len(gains) == 1:
        return set(gains)
    rows, columns = sorted({i for i, _ in gains}), sorted({j for _, j in gains})
    if max(len(rows), len(columns)) > _LARGEST_KNOT:
        return _one_by_one(sorted(gains, key=lambda pair: (-gains[pair], pair)))
    import lap

    row_of = {i: number for number, i in enumerate(rows)}
    column_of = {j: number for number, j in enumerate(columns)}
    table = np.zeros((len(rows), len(columns)))
    for (i, j), gain in gains.items():
        table[row_of[i], column_of[j]] = gain
    _, found, _ = lap.lapjv(table.max() - table, extend_cost=True)
    return {
        (rows[row], columns[column])
        for row, column in enumerate(found.tolist())
        if column >= 0 and table[row, column] > 0
    }


def _one_by_one(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    taken: set[tuple[int, int]] = set()
    lefts: set[int] = set()
    rights: set[int] = set()
    for i, j in pairs:
        if i not in lefts and j not in rights:
            taken.add((i, j))
            lefts.add(i)
            rights.add(j)
    return taken


def _joining(
    scores: Mapping[tuple[int, int], float], pairs: set[tuple[int, int]], joined: float, apart: _Apart
) -> set[tuple[int, int]]:
    """What is surely told once more: by a part of a sentence that was divided, or by a sentence that merged two.

    What stands there once more word by word joins one of those that it repeats: the nearest.
    """
    sure_left = {pair[0] for pair in pairs if scores[pair] >= _TOLD}
    sure_right = {pair[1] for pair in pairs if scores[pair] >= _TOLD}
    whole_left = {pair[0] for pair in pairs if scores[pair] == 1}
    whole_right = {pair[1] for pair in pairs if scores[pair] == 1}
    more = set()
    repeated: dict[tuple[str, int], tuple[int, int]] = {}
    for pair, score in scores.items():
        i, j = pair
        if score < joined or pair in pairs or (i in whole_left and j in whole_right):
            continue
        if score < 1:
            if i not in sure_left or j not in sure_right:
                more.add(pair)
            continue
        again = ("left", i) if i not in whole_left else ("right", j)
        nearest = repeated.setdefault(again, pair)
        if (apart(pair), pair) < (apart(nearest), nearest):
            repeated[again] = pair
    return more | set(repeated.values())
