"""Stories put right: the latest articles clustered all at once, which a single pass cannot do.

Clusters are made by average linkage; where scikit-learn is installed (`broadsheet[stories]`) the leaves of HDBSCAN
(Campello, Moulavi & Sander 2013) that hold together are what it begins with. By themselves the leaves are good for
round-ups of three reports an event and for nothing else: they part large stories and pair what stands alone.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from tui.stories.closeness import closeness
from tui.stories.features import Features
from tui.stories.linkage import Likeness, average_linkage
from tui.stories.vectors import Frequencies

MOST: Final = 5_000
"""Articles that are clustered at once: how alike they are takes 100 MB."""

VERSION: Final = 1
"""Of what makes clusters: another makes others."""

Method = Literal["average linkage", "hdbscan"]

ALIKE: Final = 0.52
"""Mean likeness from which clusters are one. Chosen on data: see `tests.bench.stories`."""

_LEAF = 0.8
"""Mean likeness from which a leaf of HDBSCAN holds together."""

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
    frequencies: Frequencies | None = None,
) -> list[int]:
    """The cluster of each article: the index of its first member, so that an article alone has its own.

    Args:
        articles: At most `MOST`, in any order: another order makes the same clusters.
        days: Of each, its date's `toordinal()`; None where it has no date.
        method: None for `best_method()`.
        cancelled: Asked now and then whether to stop; what is answered then is of no use.
        frequencies: `OnlineStories.frequencies` of the corpus, these articles among them; None where there is none.

    Raises:
        ValueError: There are too many articles, or not as many days.
    """
    if len(articles) > MOST:
        raise ValueError(f"{len(articles)} articles are too many to cluster at once; {MOST} can be")
    if len(days) != len(articles):
        raise ValueError("there must be a day, or None, for each article")
    stop = cancelled or (lambda: False)
    order = _canonical(articles, days)
    if len(order) < 2 or stop():
        return list(range(len(articles)))
    alike = closeness([articles[index] for index in order], [days[index] for index in order], frequencies)
    if (method or best_method()) == "hdbscan" and not stop():
        labels = _from_leaves(alike, stop)
    else:
        labels = average_linkage(alike, ALIKE, cancelled=stop)
    return _first_members(labels, order, len(articles))


def _canonical(articles: Sequence[Features], days: Sequence[int | None]) -> list[int]:
    """The articles that have terms, in an order that doesn't depend on the one they came in."""
    having = [index for index, one in enumerate(articles) if len(one.terms)]

    def key(index: int) -> tuple[int, bytes]:
        day = days[index]
        return -1 if day is None else day, articles[index].packed()

    return sorted(having, key=key)


def _first_members(labels: npt.NDArray[np.int64], order: Sequence[int], count: int) -> list[int]:
    """Labels that name the first article of each cluster, for all articles; those without terms stand alone."""
    first: dict[int, int] = {}
    for label, index in zip(labels.tolist(), order, strict=True):
        first[label] = min(index, first.get(label, index))
    found = dict(zip(order, (first[label] for label in labels.tolist()), strict=True))
    return [found.get(index, index) for index in range(count)]


def _from_leaves(alike: Likeness, cancelled: Callable[[], bool]) -> npt.NDArray[np.int64]:
    """Average linkage that begins with the leaves that hold together."""
    groups = _leaves(alike)
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sizes = np.diff(starts, append=len(groups))
    sums = np.add.reduceat(np.add.reduceat(alike[order], starts, axis=0)[:, order], starts, axis=1)
    labels = average_linkage((sums / np.outer(sizes, sizes)).astype(np.float32), ALIKE, sizes, cancelled)
    return labels[groups]


def _leaves(alike: Likeness) -> npt.NDArray[np.int64]:
    """The group of each article, numbered from 0 without a gap; an article that is in no leaf has its own."""
    from sklearn.cluster import HDBSCAN

    apart = 1 - np.clip(np.maximum(alike, alike.T), 0, 1).astype(np.float64)
    np.fill_diagonal(apart, 0)
    leaves = HDBSCAN(
        min_cluster_size=2, min_samples=1, metric="precomputed", cluster_selection_method="leaf", copy=False
    ).fit_predict(apart)
    groups = np.arange(len(alike)) + len(alike)
    for leaf in range(int(leaves.max()) + 1):
        members = np.flatnonzero(leaves == leaf)
        within = alike[np.ix_(members, members)]
        if within.sum() >= _LEAF * len(members) * (len(members) - 1):
            groups[members] = leaf
    return np.unique(groups, return_inverse=True)[1].astype(np.int64)


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
