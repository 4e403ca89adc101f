"""How alike sentences are: what is measured of each pair that may belong together, all pairs at once.

The rarity of words (Spärck Jones, "A Statistical Interpretation of Term Specificity", Journal of Documentation 28,
1972) is counted over the sentences that are compared and nothing else: in a corpus `Kremlin` may be common and in these
two articles tell two sentences from all others. The margin, by how much a pair is more alike than its best rivals, is
what Artetxe and Schwenk ("Margin-based Parallel Corpus Mining", ACL 2019) mine translations by.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tui.stories.prepared import Prepared

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

DIMENSIONS = 4_096
"""Different words that have a column of their own, the rarest sharing the last ones: so that very long articles fit."""
MANY = 1_500
"""Sentences from which on only a quarter of those have."""
PROMISING = 0.08
"""Cosine from which on a pair is measured further; a shared figure or name with half of that does, too."""
MOST_PAIRS = 40_000
"""Where more are promising only the best of each sentence are measured."""
FEWEST = 4_000
"""Of one article and those behind it all promising pairs are measured where they are no more than this."""
BEST = 6
"""So many."""

MEASURES = (
    "cosine", "containment", "ratio", "token_sort", "token_set", "margin", "pairs_of_words", "figures_shared",
    "figures_differ", "names_shared", "names_differ", "length_ratio", "shortest", "run",
)  # fmt: skip
"""The columns of `measured`."""


class Lines(NamedTuple):
    """Sentences to be compared, of one or more articles."""

    normal: Sequence[str]
    stems: Sequence[Sequence[str]]
    figures: Sequence[frozenset[tuple[str, str]]]
    """(kind, value)."""
    names: Sequence[frozenset[str]]
    article: Indices
    """Which article each is of, ascending."""

    @classmethod
    def of(cls, articles: Sequence[Prepared]) -> Lines:
        """The sentences of some articles, one after the other."""
        return cls(
            [normal for one in articles for normal in one.normal],
            [stems for one in articles for stems in one.stems],
            [frozenset((f.kind, f.value) for f in found) for one in articles for found in one.figures],
            [frozenset(name for name, _ in found) for one in articles for found in one.names],
            np.repeat(np.arange(len(articles)), [len(one.sentences) for one in articles]),
        )


class Likeness(NamedTuple):
    """Every sentence against every other one, shape (sentences, sentences)."""

    cosine: Floats
    shared: Floats
    """The rarity of the words that both have, summed."""
    rarity: Floats
    """The rarity of each sentence's words, summed, shape (sentences,)."""


def likeness(lines: Lines) -> Likeness:
    """Words in common, weighed by their rarity among these sentences."""
    count = len(lines.normal)
    column: dict[str, int] = {}
    rows, columns = [], []
    for row, stems in enumerate(lines.stems):
        for stem in stems:
            rows.append(row)
            columns.append(column.setdefault(stem, len(column)))
    where = np.array(columns, np.int64)
    spread = np.bincount(np.unique(np.array(rows, np.int64) * max(len(column), 1) + where) % max(len(column), 1),
                         minlength=len(column))  # fmt: skip
    dimensions = DIMENSIONS if count < MANY else DIMENSIONS // 4
    if len(column) > dimensions:
        place = np.empty(len(column), np.int64)
        place[np.argsort(-spread, kind="stable")] = np.arange(len(column))
        where = np.where(place < dimensions // 2, place, dimensions // 2 + place % (dimensions // 2))[where]
        spread = np.bincount(
            np.unique(np.array(rows, np.int64) * dimensions + where) % dimensions, minlength=dimensions
        )
    counts = np.zeros((count, max(len(spread), 1)), np.float32)
    np.add.at(counts, (np.array(rows, np.int64), where), 1)
    idf = (
        np.log1p(count / np.maximum(spread, 1)).astype(np.float32) if len(spread) else np.zeros(1, np.float32)
    )
    has = (counts > 0).astype(np.float32) * np.sqrt(idf)
    shared: Floats = has @ has.T
    weighed = np.sqrt(counts) * idf
    norms = np.linalg.norm(weighed, axis=1, keepdims=True)
    weighed /= np.where(norms > 0, norms, 1)
    return Likeness(weighed @ weighed.T, shared, np.diag(shared).copy())


def promising(lines: Lines, like: Likeness) -> tuple[Indices, Indices]:
    """The pairs of different articles that are worth measuring: (ones, others), one of the earlier article."""
    found = []
    bounds = _bounds(lines.article)
    room = max(MOST_PAIRS // max(len(bounds), 1), FEWEST)
    for start, end in bounds[:-1]:
        block = like.cosine[start:end, end:]
        possible = block >= PROMISING
        if np.count_nonzero(possible) > room:
            possible &= _among_the_best(block) | _among_the_best(block.T).T
        rows, columns = np.nonzero(possible)
        found.append((rows + start, columns + end))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([ones for ones, _ in found]), np.concatenate([others for _, others in found])


def _bounds(article: Indices) -> list[tuple[int, int]]:
    """Where the sentences of each article begin and end."""
    numbers = np.arange(int(article[-1]) + 2) if len(article) else np.zeros(1, np.int64)
    return list(pairwise(np.searchsorted(article, numbers).tolist()))


def _among_the_best(cosine: Floats) -> NDArray[np.bool_]:
    """Which are among the most alike of their row."""
    if cosine.shape[1] <= BEST:
        return np.ones(cosine.shape, bool)
    edge = np.partition(cosine, -BEST, axis=1)[:, -BEST, None]
    return cosine >= np.maximum(edge, PROMISING)


def measured(lines: Lines, like: Likeness, ones: Indices, others: Indices) -> Floats:
    """What is known of pairs, shape (pairs, len(MEASURES)).

    Args:
        lines: The sentences.
        like: Of these.
        ones: One sentence of each pair.
        others: The other, of another article.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.process import cpdist

    first = [lines.normal[index] for index in ones.tolist()]
    second = [lines.normal[index] for index in others.tolist()]
    lengths = np.array([max(len(stems), 1) for stems in lines.stems], np.float32)
    shorter, longer = np.minimum(lengths[ones], lengths[others]), np.maximum(lengths[ones], lengths[others])
    cosine = like.cosine[ones, others]

    def likened(scorer: Callable[..., float]) -> Floats:
        if not first:
            return np.zeros(0, np.float32)
        return np.asarray(cpdist(first, second, scorer=scorer, dtype=np.float32) / 100, np.float32)

    rivals = _rivals(like.cosine, lines.article, ones, others) + _rivals(
        like.cosine, lines.article, others, ones
    )
    figures, figures_differ = _agreeing(lines.figures, ones, others)
    names, names_differ = _agreeing(lines.names, ones, others)
    pairs_of_words, run = _in_order(lines.stems, ones, others)
    return np.column_stack(
        [
            cosine,
            like.shared[ones, others] / np.maximum(np.minimum(like.rarity[ones], like.rarity[others]), 1e-6),
            likened(fuzz.ratio),
            likened(fuzz.token_sort_ratio),
            likened(fuzz.token_set_ratio),
            cosine - rivals / 2,
            pairs_of_words,
            figures,
            figures_differ,
            names,
            names_differ,
            shorter / longer,
            np.minimum(shorter, 20) / 20,
            run,
        ]
    ).astype(np.float32)  # fmt: skip


def _rivals(cosine: Floats, article: Indices, ones: Indices, others: Indices) -> Floats:
    """How alike to each of `ones` the best other sentence of the other's article is."""
    rivals = np.zeros(len(ones), np.float32)
    for number, (start, end) in enumerate(_bounds(article)):
        here = np.flatnonzero(article[others] == number)
        if not len(here) or end - start < 2:
            continue
        block = cosine[:, start:end]
        best = block.argmax(1)
        two = np.partition(block, -2, axis=1)[:, -2:]
        rows = ones[here]
        rivals[here] = np.where(best[rows] == others[here] - start, two[rows, 0], two[rows, 1])
    return rivals


def _agreeing(said: Sequence[frozenset[object]], ones: Indices, others: Indices) -> tuple[Floats, Floats]:
    """Which share of the fewer things both sentences say, and whether both say some and none in common."""
    shared, differ = np.zeros(len(ones), np.float32), np.zeros(len(ones), np.float32)
    for index, (one, other) in enumerate(zip(ones.tolist(), others.tolist(), strict=True)):
        here, there = said[one], said[other]
        if here and there:
            both = len(here & there)
            shared[index] = both / min(len(here), len(there))
            differ[index] = not both
    return shared, differ


def _in_order(stems: Sequence[Sequence[str]], ones: Indices, others: Indices) -> tuple[Floats, Floats]:
    """Which share of the shorter sentence's pairs of neighbouring words the other has, and of those its longest run."""
    pairs = [set(pairwise(words)) for words in stems]
    shared, run = np.zeros(len(ones), np.float32), np.zeros(len(ones), np.float32)
    for index, (one, other) in enumerate(zip(ones.tolist(), others.tolist(), strict=True)):
        both = pairs[one] & pairs[other]
        if both:
            fewest = min(len(pairs[one]), len(pairs[other]))
            shared[index] = len(both) / fewest
            words = stems[one] if len(stems[one]) <= len(stems[other]) else stems[other]
            longest = length = 0
            for pair in pairwise(words):
                length = length + 1 if pair in both else 0
                longest = max(longest, length)
            run[index] = min(longest, 12) / 12
    return shared, run
