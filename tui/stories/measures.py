"""How alike sentences are: what is measured of each pair that may belong together, all pairs at once.

The rarity of words (Spärck Jones, "A Statistical Interpretation of Term Specificity", Journal of Documentation 28,
1972) is counted over the sentences that are compared and nothing else: in a corpus `Kremlin` may be common and in these
two articles tell two sentences from all others. The margin, by how much a pair is more alike than its best rivals, is
what Artetxe and Schwenk ("Margin-based Parallel Corpus Mining", ACL 2019) mine translations by.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.stories.stopping import Cancelled, ask, asking

if TYPE_CHECKING:
    from tui.stories.prepared import Prepared

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

DIMENSIONS = 4_096
"""Different words that have a column of their own, the rarest sharing the last ones: so that very long articles fit."""
MANY = 1_500
"""Sentences from which on only a quarter of those have."""
PROMISING = 0.08
"""Cosine from which on a pair is measured further."""
MOST_PAIRS = 40_000
"""Where more are promising only the best of each sentence are measured."""
FEWEST = 4_000
"""Of one article and those behind it all promising pairs are measured where they are no more than this."""
BEST = 6
"""So many."""
_PLACE = 1e-4
"""What standing at another place counts beside a cosine."""
_LONG_SENTENCE = 20
"""Words from which on a sentence is as long as any."""
_MUCH_SHARED = 2.0
"""About the logarithm of how many rare words two sentences of one statement share."""

QUICK = ("cosine", "cosine_squared", "margin", "containment", "shared", "length_ratio", "shortest")
"""What is measured of all pairs at once."""
SLOW = ("pairs_of_words", "figures_shared")
"""What is measured pair by pair, each from 0 to 1."""
MEASURES = QUICK + SLOW
"""The columns of `measured`."""


class Lines(NamedTuple):
    """Sentences to be compared, of one or more articles."""

    normal: Sequence[str]
    stems: Sequence[Sequence[str]]
    aliases: Sequence[Sequence[str]]
    """Words of what is named by other words."""
    figures: Sequence[frozenset[tuple[str, str]]]
    """(kind, value)."""
    bounds: Sequence[tuple[int, int]]
    """Where the sentences of each article begin and end."""

    @classmethod
    def of(cls, articles: Sequence[Prepared]) -> Lines:
        """The sentences of some articles, one after the other."""
        ends = np.cumsum([0, *(len(one.sentences) for one in articles)]).tolist()
        return cls(
            [normal for one in articles for normal in one.normal],
            [stems for one in articles for stems in one.stems],
            [words for one in articles for words in one.aliases or [()] * len(one.sentences)],
            [frozenset((f.kind, f.value) for f in found) for one in articles for found in one.figures],
            list(pairwise(ends)),
        )


class Likeness(NamedTuple):
    """Sentences of earlier articles against those of later ones.

    Rows are the sentences of all articles but the last, columns of all but the first; `first_column` is the number of
    the first column's sentence. Of an article's own sentences the numbers mean nothing.
    """

    cosine: Floats
    shared: Floats
    """The rarity of the words that both have, summed."""
    rarity: Floats
    """The rarity of each sentence's words, summed, shape (sentences,)."""
    first_column: int


def likeness(lines: Lines, cancelled: Cancelled | None = None) -> Likeness:
    """Words in common, weighed by their rarity among these sentences: 1 where only one of many has it."""
    count = len(lines.normal)
    terms = [[*stems, *words] for stems, words in zip(lines.stems, lines.aliases, strict=True)]
    counts, spread = _counted(terms, DIMENSIONS if count < MANY else DIMENSIONS // 4)
    idf = (np.log1p(count / np.maximum(spread, 1)) / np.log1p(max(count, 1))).astype(np.float32)
    has = np.where(counts > 0, np.sqrt(idf), np.float32(0))
    rarity = np.einsum("ij,ij->i", has, has)
    weighed = np.sqrt(counts) * idf
    norms = np.linalg.norm(weighed, axis=1, keepdims=True)
    weighed /= np.where(norms > 0, norms, 1)
    rows, column = (lines.bounds[-1][0], lines.bounds[0][1]) if lines.bounds else (0, 0)
    ask(cancelled)
    cosine: Floats = weighed[:rows] @ weighed[column:].T
    ask(cancelled)
    return Likeness(cosine, has[:rows] @ has[column:].T, rarity, column)


def _counted(stems: Sequence[Sequence[str]], dimensions: int) -> tuple[Floats, Floats]:
    """How often each sentence has each word, shape (sentences, words), and how many sentences have it."""
    column: dict[str, int] = {}
    where = np.array([column.setdefault(stem, len(column)) for words in stems for stem in words], np.int64)
    rows = np.repeat(np.arange(len(stems)), [len(words) for words in stems])
    width = max(len(column), 1)
    if width > dimensions:
        often = np.bincount(np.unique(rows * width + where) % width, minlength=width)
        place = np.empty(width, np.int64)
        place[np.argsort(-often, kind="stable")] = np.arange(width)
        half = dimensions // 2
        where = np.where(place < half, place, half + place % (dimensions - half))[where]
        width = dimensions
    counts = np.bincount(rows * width + where, minlength=len(stems) * width).astype(np.float32)
    table = counts.reshape(len(stems), width)
    return table, np.count_nonzero(table, axis=0).astype(np.float32)


def promising(lines: Lines, like: Likeness, cancelled: Cancelled | None = None) -> tuple[Indices, Indices]:
    """The pairs of different articles that are worth measuring: (ones, others), one of the earlier article."""
    found = []
    room = max(MOST_PAIRS // max(len(lines.bounds), 1), FEWEST)
    for start, end in lines.bounds[:-1]:
        ask(cancelled)
        block = like.cosine[start:end, end - like.first_column :]
        possible = block >= PROMISING
        if np.count_nonzero(possible) > room:
            placed = block + _places(*block.shape)
            possible &= _among_the_best(placed) | _among_the_best(placed.T).T
        rows, columns = np.nonzero(possible)
        found.append((rows + start, columns + end))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([ones for ones, _ in found]), np.concatenate([others for _, others in found])


def _places(size: int, other_size: int) -> Floats:
    """What tells pairs apart that are as alike as others: how near their sentences stand, seen from either side."""
    here, there = np.arange(size) / max(size, 1), np.arange(other_size) / max(other_size, 1)
    return (-_PLACE * (here[:, None] - there) ** 2).astype(np.float32)


def _among_the_best(cosine: Floats) -> NDArray[np.bool_]:
    """Which are among the most alike of their row: no more than `BEST`."""
    best = np.ones(cosine.shape, bool)
    if cosine.shape[1] > BEST:
        best[:] = False
        np.put_along_axis(best, np.argpartition(cosine, -BEST, axis=1)[:, -BEST:], True, axis=1)
    return best


def measured(
    lines: Lines, like: Likeness, ones: Indices, others: Indices, cancelled: Cancelled | None = None
) -> Floats:
    """What is known of pairs, shape (pairs, len(MEASURES)).

    Args:
        lines: The sentences.
        like: Of these.
        ones: One sentence of each pair.
        others: The other, of a later article.
        cancelled: Asked now and then whether to stop.

    Raises:
        Stopped: It was.
    """
    quick = quickly_measured(lines, like, ones, others, cancelled)
    return np.hstack([quick, slowly_measured(lines, ones, others, cancelled)])


def quickly_measured(
    lines: Lines, like: Likeness, ones: Indices, others: Indices, cancelled: Cancelled | None = None
) -> Floats:
    """The columns `QUICK` of `measured`."""
    lengths = np.array([max(len(stems), 1) for stems in lines.stems], np.float32)
    shorter, longer = np.minimum(lengths[ones], lengths[others]), np.maximum(lengths[ones], lengths[others])
    cosine = like.cosine[ones, others - like.first_column]
    shared = like.shared[ones, others - like.first_column]
    rarer = np.minimum(like.rarity[ones], like.rarity[others])
    return np.column_stack(
        [
            cosine,
            cosine * cosine,
            cosine - _rivals(lines, like, ones, others, cancelled) / 2,
            shared / np.maximum(rarer, 1e-6),
            np.log1p(shared) / _MUCH_SHARED,
            shorter / longer,
            np.minimum(shorter, _LONG_SENTENCE) / _LONG_SENTENCE,
        ]
    ).astype(np.float32)


def slowly_measured(
    lines: Lines, ones: Indices, others: Indices, cancelled: Cancelled | None = None
) -> Floats:
    """The columns `SLOW` of `measured`."""
    return np.column_stack(
        [
            _pairs_of_words(lines.stems, ones, others, cancelled),
            _agreeing(lines.figures, ones, others, cancelled),
        ]
    ).astype(np.float32)


def _rivals(
    lines: Lines, like: Likeness, ones: Indices, others: Indices, cancelled: Cancelled | None
) -> Floats:
    """How alike the best other pair of each one's sentence is, and that of the other's, summed."""
    rivals = np.zeros(len(ones), np.float32)
    for start, end in lines.bounds:
        ask(cancelled)
        if end - start < 2:
            continue
        here = np.flatnonzero((others >= start) & (others < end))
        if len(here):
            columns = slice(start - like.first_column, end - like.first_column)
            rivals[here] += _second(like.cosine[:start, columns], ones[here], others[here] - start)
        here = np.flatnonzero((ones >= start) & (ones < end))
        if len(here):
            block = like.cosine[start:end, end - like.first_column :]
            rivals[here] += _second(block.T, others[here] - end, ones[here] - start)
    return rivals


def _second(cosine: Floats, rows: Indices, columns: Indices) -> Floats:
    """The greatest number in each of these rows that is not in the column named."""
    best = cosine.argmax(1)
    two = np.partition(cosine, -2, axis=1)[:, -2:]
    found: Floats = np.where(best[rows] == columns, two[rows, 0], two[rows, 1]).astype(np.float32)
    return found


def _agreeing(
    said: Sequence[frozenset[object]], ones: Indices, others: Indices, cancelled: Cancelled | None
) -> Floats:
    """Which share of the fewer things both sentences say; 0 where one says none."""
    shared = np.zeros(len(ones), np.float32)
    say = np.array([bool(things) for things in said], bool)
    for index in asking(np.flatnonzero(say[ones] & say[others]).tolist(), cancelled):
        here, there = said[ones[index]], said[others[index]]
        shared[index] = len(here & there) / min(len(here), len(there))
    return shared


def _pairs_of_words(
    stems: Sequence[Sequence[str]], ones: Indices, others: Indices, cancelled: Cancelled | None
) -> Floats:
    """Which share of the shorter sentence's pairs of neighbouring words the other has."""
    return _agreeing([frozenset(pairwise(words)) for words in stems], ones, others, cancelled)
