"""Stories put right: the latest articles clustered all at once, which a single pass cannot do.

Likeness is the cosine of TF-IDF vectors, fading with the days between. Clusters are made by average linkage, or, where
scikit-learn is installed (`broadsheet[stories]`), by HDBSCAN's leaves (Campello, Moulavi & Sander 2013).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from tui.stories.features import Features
from tui.stories.linkage import average_linkage
from tui.stories.vectors import VERY_ALIKE, idf, nearness, term_weights

MOST: Final = 5_000
"""Articles that are clustered at once: their likenesses take 100 MB."""

VERSION: Final = 1
"""Of what makes clusters: another makes others."""

Method = Literal["average linkage", "hdbscan"]

ALIKE: Final = 0.16
"""Mean likeness from which clusters are one. Chosen on data: see `tests.bench.stories`."""

_DENSE = 2_048
"""Terms that are multiplied as a matrix, the most frequent ones; the others pair by pair."""

_Article = TypeVar("_Article", bound=Hashable)
_Story = TypeVar("_Story", bound=Hashable)


def best_method() -> Method:
    """HDBSCAN where scikit-learn is installed. Loads nothing."""
    return "hdbscan" if importlib.util.find_spec("sklearn") is not None else "average linkage"


def clusters(
    articles: Sequence[Features],
    days: Sequence[int | None],
    method: Method | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[int]:
    """The cluster of each article: the index of its first member, so that an article alone has its own.

    Args:
        articles: At most `MOST`, in any order: another order makes the same clusters.
        days: Of each, its date's `toordinal()`; None where it has no date.
        method: None for `best_method()`.
        cancelled: Asked now and then whether to stop; what is answered then is of no use.

    Raises:
        ValueError: There are too many articles, or not as many days.
    """
    if len(articles) > MOST:
        raise ValueError(f"{len(articles)} articles are too many to cluster at once; {MOST} can be")
    if len(days) != len(articles):
        raise ValueError("there must be a day, or None, for each article")
    if len(articles) < 2:
        return list(range(len(articles)))
    alike = likeness(articles, days)
    if cancelled is not None and cancelled():
        return list(range(len(articles)))
    if (method or best_method()) == "hdbscan":
        return _leaves(alike)
    return [int(label) for label in average_linkage(alike, ALIKE)]


def likeness(articles: Sequence[Features], days: Sequence[int | None]) -> npt.NDArray[np.float32]:
    """How alike articles are, 0 to 1, days counted in; shape (n, n), symmetric."""
    alike = _cosines(articles)
    _fade(alike, days)
    return alike


def _cosines(articles: Sequence[Features]) -> npt.NDArray[np.float32]:
    count = len(articles)
    rows = np.repeat(np.arange(count), [len(one.terms) for one in articles])
    terms, columns, frequencies = np.unique(
        np.concatenate([one.terms for one in articles]), return_inverse=True, return_counts=True
    )
    raw = np.concatenate([term_weights(one) for one in articles]) * idf(frequencies, count)[columns]
    lengths = np.sqrt(np.bincount(rows, raw.astype(float) ** 2, count))
    weights = raw / np.maximum(lengths, 1e-12)[rows]
    order = np.argsort(-frequencies, kind="stable")
    rank = np.empty(len(terms), np.int64)
    rank[order] = np.arange(len(terms))
    place = rank[columns]
    frequent = place < _DENSE
    dense = np.zeros((count, min(_DENSE, len(terms))), np.float32)
    dense[rows[frequent], place[frequent]] = weights[frequent]
    alike = dense @ dense.T
    _add_rare(alike, rows[~frequent], place[~frequent], weights[~frequent])
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


def _leaves(alike: npt.NDArray[np.float32]) -> list[int]:
    from sklearn.cluster import HDBSCAN

    np.fill_diagonal(alike, 1)
    found = HDBSCAN(
        min_cluster_size=2, min_samples=1, metric="precomputed", cluster_selection_method="leaf", copy=False
    ).fit_predict((1 - alike).astype(np.float64))
    first: dict[int, int] = {}
    return [index if label < 0 else first.setdefault(int(label), index) for index, label in enumerate(found)]


def kept_ids(before: Mapping[_Article, _Story], after: Mapping[_Article, int]) -> dict[int, _Story]:
    """Which clusters go on with the id of a story that there was; the others need new ids.

    A story's id goes to the cluster that has most of its articles, an id to one cluster at most and a cluster to one
    id at most; where two could have it, the larger share decides, then the order of `before`.

    Args:
        before: The story of each article until now; articles that `after` has not are passed over.
        after: The cluster of each article from now on.
    """
    shares: dict[tuple[_Story, int], int] = {}
    for article, story in before.items():
        if article in after:
            pair = story, after[article]
            shares[pair] = shares.get(pair, 0) + 1
    kept: dict[int, _Story] = {}
    given: set[_Story] = set()
    for story, cluster in sorted(shares, key=lambda pair: -shares[pair]):
        if cluster not in kept and story not in given:
            kept[cluster] = story
            given.add(story)
    return kept
