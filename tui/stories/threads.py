"""Threads: stories that lead on from each other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from tui.stories.closeness import cosines, idfs_among
from tui.stories.features import NAME, Features
from tui.stories.reclustering import MOST
from tui.stories.vectors import Weights, term_weights

MOST_LINKS: Final = 3
"""Stories that one can go on from, and that can go on from it."""

ADJACENT: Final = 21
"""Days between the end of a story and the beginning of one that goes on from it, at most."""

ALIKE: Final = 0.25
"""Likeness of centroids from which one story goes on from another."""

_FEW_NAMES = 2
_ADDED = 50
_MOST_TERMS = 64

_Key = TypeVar("_Key", bound=Hashable)


class Centroid(NamedTuple):
    """What a story is about and when. Arrays are aligned."""

    terms: npt.NDArray[np.uint32]
    """Distinct, ascending."""
    weights: Weights
    """Mean weight in an article, before anything is known of the corpus."""
    articles: int
    first: int | None
    """The day of its first article, as `toordinal()`."""
    last: int | None


def centroid(articles: Sequence[Features], days: Sequence[int | None]) -> Centroid:
    """What a story of these articles is about."""
    if not articles:
        return Centroid(np.zeros(0, np.uint32), np.zeros(0, np.float32), 0, None, None)
    terms, places = np.unique(np.concatenate([one.terms for one in articles]), return_inverse=True)
    sums = np.bincount(places, np.concatenate([term_weights(one) for one in articles]), len(terms))
    weights = (sums / len(articles)).astype(np.float32)
    if len(terms) > _MOST_TERMS:
        chosen = np.sort(np.argsort(-weights, kind="stable")[:_MOST_TERMS])
        terms, weights = terms[chosen], weights[chosen]
    known = [day for day in days if day is not None]
    return Centroid(terms, weights, len(articles), min(known, default=None), max(known, default=None))


def threads(stories: Mapping[_Key, Centroid]) -> dict[_Key, tuple[_Key, ...]]:
    """For each story those that it goes on from, the latest first, at most `MOST_LINKS`; none where there are none.

    One story goes on from another that began before it and ended at most `ADJACENT` days before it began, where
    their centroids are alike and they share names. How frequent a term is is taken from the stories themselves, so
    a good many of them, those of a season, should be given at once.

    Args:
        stories: By their ids, at most `MOST`; those without dates are passed over.

    Raises:
        ValueError: There are too many.
    """
    if len(stories) > MOST:
        raise ValueError(f"{len(stories)} stories are too many to link at once; {MOST} can be")
    known = [
        (one.first, one.last, key) for key, one in stories.items() if one.first is not None and len(one.terms)
    ]
    known.sort(key=lambda story: story[:2])  # stable: of the same days, as they were given
    keys = [key for _, _, key in known]
    if len(keys) < 2:
        return {}
    centroids = [stories[key] for key in keys]
    terms = [one.terms for one in centroids]
    idfs = idfs_among(terms, _ADDED)
    alike = cosines(terms, [one.weights * own for one, own in zip(centroids, idfs, strict=True)])
    first = np.array([one.first for one in centroids])
    last = np.array([one.last for one in centroids])
    links: list[tuple[float, int, int]] = []
    for later in range(len(keys)):
        before = (first[:later] < first[later]) | (last[:later] < last[later])
        adjacent = before & (first[later] - last[:later] <= ADJACENT)
        links += [
            (float(alike[later, earlier]), earlier, later)
            for earlier in np.flatnonzero(adjacent & (alike[later, :later] >= ALIKE)).tolist()
            if _share_names(centroids[earlier].terms, centroids[later].terms)
        ]
    return _fewest(links, keys)


def _share_names(left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> bool:
    """Whether two stories have names in common; where names are known of neither, their words have to do."""
    ours, theirs = left[left >= NAME], right[right >= NAME]
    if not len(ours) and not len(theirs):
        return True
    return len(np.intersect1d(ours, theirs, assume_unique=True)) >= min(_FEW_NAMES, len(ours), len(theirs))


def _fewest(links: list[tuple[float, int, int]], keys: Sequence[_Key]) -> dict[_Key, tuple[_Key, ...]]:
    """The strongest links, at most `MOST_LINKS` to and from each story."""
    earlier_of: dict[int, list[int]] = {}
    later_of: dict[int, int] = {}
    for _, earlier, later in sorted(links, key=lambda link: (-link[0], link[1], link[2])):
        if len(earlier_of.get(later, ())) < MOST_LINKS and later_of.get(earlier, 0) < MOST_LINKS:
            earlier_of.setdefault(later, []).append(earlier)
            later_of[earlier] = later_of.get(earlier, 0) + 1
    return {
        keys[later]: tuple(keys[one] for one in sorted(some, reverse=True))
        for later, some in earlier_of.items()
    }
