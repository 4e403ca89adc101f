"""How alike articles are, each to every other: the cosine of TF-IDF vectors, scaled locally, fading with the days.

Scaled locally (after Zelnik-Manor & Perona 2004, "Self-tuning spectral clustering"): an opinion shares few words even
with what it is about. What counts is how near two articles are to each other against how near the nearest are to
them, copies left aside: those say nothing of how much two reports of one event have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from tui.stories.features import Features
from tui.stories.linkage import Likeness
from tui.stories.vectors import VERY_ALIKE, Frequencies, Weights, idf, nearness, term_weights

_DENSE: Final = 2_048
"""Terms that are multiplied as a matrix, the most frequent ones; the others pair by pair."""

_NEAREST: Final = 0.2, 0.5
"""Within what bounds the likeness to the nearest article scales: what stands alone has no near one."""

_COPY: Final = 0.65
"""Likeness from which articles are taken for copies of each other."""


def closeness(
    articles: Sequence[Features], days: Sequence[int | None], frequencies: Frequencies | None = None
) -> Likeness:
    """How alike articles are: shape (n, n), symmetric, 0 to 5, 1 for those as near as the nearest; 0 on the diagonal.

    Args:
        articles: One or more, each with terms.
        days: Of each, its date's `toordinal()`; None where it has no date: then only what is very alike counts.
        frequencies: How common terms are in the corpus; None to take it from these articles, which a story that most
            of them are of makes to look as if it was about nothing.
    """
    terms, weights = [one.terms for one in articles], [term_weights(one) for one in articles]
    idfs = idfs_among(terms) if frequencies is None else [frequencies.idf(one) for one in terms]
    alike = cosines(terms, [one * own for one, own in zip(weights, idfs, strict=True)])
    _fade(alike, days)
    np.fill_diagonal(alike, 0)
    nearest = np.sqrt(np.clip(np.max(alike, axis=1, where=alike < _COPY, initial=0), *_NEAREST))
    for row, own in enumerate(nearest):
        alike[row] /= own * nearest
    return alike


def idfs_among(terms: Sequence[npt.NDArray[np.uint32]], added: int = 0) -> list[Weights]:
    """The inverse document frequency of terms among the things that have them, aligned.

    Args:
        terms: Of each, distinct.
        added: How many others without any of the terms to think of, so that among few not all that is shared is common.
    """
    _, places, frequencies = np.unique(np.concatenate(terms), return_inverse=True, return_counts=True)
    every = idf(frequencies, len(terms) + added)[places]
    return np.split(every, np.cumsum([len(one) for one in terms])[:-1])


def cosines(terms: Sequence[npt.NDArray[np.uint32]], weights: Sequence[Weights]) -> npt.NDArray[np.float32]:
    """The cosine of each to each.

    Args:
        terms: Of each, distinct; one or more, not all of them without terms.
        weights: Of each, aligned.

    Returns:
        Shape (n, n), symmetric, about 0 to 1.
    """
    count = len(terms)
    rows = np.repeat(np.arange(count), [len(one) for one in terms])
    every, columns, frequencies = np.unique(np.concatenate(terms), return_inverse=True, return_counts=True)
    raw = np.concatenate(weights)
    lengths = np.sqrt(np.bincount(rows, raw.astype(float) ** 2, count))
    unit = raw / np.maximum(lengths, 1e-12)[rows]
    order = np.argsort(-frequencies, kind="stable")
    rank = np.empty(len(every), np.int64)
    rank[order] = np.arange(len(every))
    place = rank[columns]
    frequent = place < _DENSE
    dense = np.zeros((count, min(_DENSE, len(every))), np.float32)
    dense[rows[frequent], place[frequent]] = unit[frequent]
    alike = dense @ dense.T
    _add_rare(alike, rows[~frequent], place[~frequent], unit[~frequent])
    return alike


def _add_rare(
    alike: npt.NDArray[np.float32],
    rows: npt.NDArray[np.int64],
    place: npt.NDArray[np.int64],
    weights: npt.NDArray[np.floating],
) -> None:
    """Add what terms in few articles have to say, for every two of the articles that share one."""
    order = np.lexsort((rows, place))
    rows, place, weights = rows[order], place[order], weights[order]
    gap = 1
    while True:
        same = np.flatnonzero(place[gap:] == place[:-gap]) if gap < len(place) else np.zeros(0, np.int64)
        if not len(same):
            break
        product = (weights[same] * weights[same + gap]).astype(np.float32)
        np.add.at(alike, (rows[same], rows[same + gap]), product)
        np.add.at(alike, (rows[same + gap], rows[same]), product)
        gap += 1


def _fade(alike: npt.NDArray[np.float32], days: Sequence[int | None]) -> None:
    known = np.array([day is not None for day in days])
    when = np.array([0 if day is None else day for day in days], float)
    for row in range(len(when)):
        both = known & known[row]
        alike[row, both] *= nearness(when[both] - when[row])
        alike[row, ~both & (alike[row] < VERY_ALIKE)] = 0
    np.clip(alike, 0, 1, out=alike)
