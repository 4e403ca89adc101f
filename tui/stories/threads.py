"""Threads: stories that lead on from each other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from tui.stories.features import NAME, Features
from tui.stories.vectors import Weights, term_weights

MOST_LINKS: Final = 3
"""Stories that one can go on from, and that can go on from it."""

ADJACENT: Final = 21
"""Days between the end of a story and the beginning of one that goes on from it, at most."""

ALIKE: Final = 0.25
"""Likeness of centroids from which one story goes on from another."""

_FEW_NAMES = 2
_PRIOR = 50
"""Stories added in thought, so that of three stories not every shared term is a common one."""
_MOST_SHARING = 400
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
        stories: By their ids; those without dates are passed over.
    """
    keys = [key for key, one in stories.items() if one.first is not None and len(one.terms)]
    if len(keys) < 2:
        return {}
    keys.sort(key=lambda key: (stories[key].first, stories[key].last))
    vectors = _vectors([stories[key] for key in keys])
    links: list[tuple[float, int, int]] = []
    by_term = _postings(vectors)
    for later, vector in enumerate(vectors):
        scores: dict[int, float] = {}
        for term, weight in zip(vector.terms.tolist(), vector.weights.tolist(), strict=True):
            for earlier, theirs in by_term.get(term, ()):
                if earlier < later and _adjacent(stories[keys[earlier]], stories[keys[later]]):
                    scores[earlier] = scores.get(earlier, 0.0) + weight * theirs
        for earlier, alike in scores.items():
            if alike >= ALIKE and _share_names(vectors[earlier].terms, vector.terms):
                links.append((alike, earlier, later))
    return _fewest(links, keys, stories)


class _Vector(NamedTuple):
    terms: npt.NDArray[np.uint32]
    weights: Weights


def _vectors(centroids: Sequence[Centroid]) -> list[_Vector]:
    every, frequencies = np.unique(np.concatenate([one.terms for one in centroids]), return_counts=True)
    idfs = np.log1p((len(centroids) + _PRIOR) / frequencies)
    vectors = []
    for one in centroids:
        weights = one.weights * idfs[np.searchsorted(every, one.terms)]
        length = float(np.linalg.norm(weights)) or 1.0
        vectors.append(_Vector(one.terms, (weights / length).astype(np.float32)))
    return vectors


def _postings(vectors: Sequence[_Vector]) -> dict[int, list[tuple[int, float]]]:
    """Stories by term, those terms left out that so many have that they tell nothing apart."""
    postings: dict[int, list[tuple[int, float]]] = {}
    for index, vector in enumerate(vectors):
        for term, weight in zip(vector.terms.tolist(), vector.weights.tolist(), strict=True):
            postings.setdefault(term, []).append((index, weight))
    return {term: listed for term, listed in postings.items() if len(listed) <= _MOST_SHARING}


def _adjacent(earlier: Centroid, later: Centroid) -> bool:
    if earlier.first is None or earlier.last is None or later.first is None or later.last is None:
        return False
    return (earlier.first, earlier.last) < (
        later.first,
        later.last,
    ) and later.first - earlier.last <= ADJACENT


def _share_names(left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> bool:
    """Whether two stories have names in common; where names are known of neither, their words have to do."""
    ours, theirs = left[left >= NAME], right[right >= NAME]
    if not len(ours) and not len(theirs):
        return True
    return len(np.intersect1d(ours, theirs, assume_unique=True)) >= min(_FEW_NAMES, len(ours), len(theirs))


def _fewest(
    links: list[tuple[float, int, int]], keys: Sequence[_Key], stories: Mapping[_Key, Centroid]
) -> dict[_Key, tuple[_Key, ...]]:
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
