"""How much each term says of an article, and how alike articles are: TF-IDF with fields, cosine, days between."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from tui.stories.features import NAME, Features

Weights = npt.NDArray[np.float32]

WINDOW: Final = 7
"""Days: reports further apart are not of one story, unless reports in between join them."""
SIGMA: Final = 2.5
"""Days: the spread of the Gaussian by which likeness fades. Of 10,940 reports whose events were told apart by hand
(OG2021) 97 % stand within a day of their story's middle; 4 days made its clusters worse in each of six languages."""
VERY_ALIKE: Final = 0.6
"""Likeness above which an article without a date is taken for a report of a story, as a reprint is."""

_BUCKETS = 1 << 20
_BUCKET = np.uint32(_BUCKETS - 1)
_TITLE, _LEAD = 3.0, 0.5
_NAME = 0.3
"""Names are among the words as well."""


def term_weights(features: Features) -> Weights:
    """What each term of an article weighs before anything is known of the corpus; aligned with `features.terms`."""
    counts = _TITLE * features.title + _LEAD * features.lead + features.body
    weights = np.log1p(counts.astype(np.float32))
    weights[features.terms >= NAME] *= _NAME
    return weights


def idf(frequencies: npt.NDArray[np.integer], articles: int) -> Weights:
    """The inverse document frequency of terms, above 0 always, of how many of `articles` articles have them."""
    rare: Weights = np.log((articles + 1.0) / (frequencies + 0.5)).astype(np.float32)
    return np.maximum(rare, np.float32(0.01))


class Frequencies:
    """In how many articles of a corpus each term stands, in a table of fixed size: terms may share a place."""

    def __init__(self) -> None:
        self.articles = 0
        """How many were learnt."""
        self.counts = np.zeros(_BUCKETS, np.uint32)
        """By the last bits of the terms."""

    def learn(self, terms: npt.NDArray[np.uint32]) -> None:
        """Count one article with these terms, which are distinct."""
        self.articles += 1
        self.counts[terms & _BUCKET] += 1

    def idf(self, terms: npt.NDArray[np.uint32]) -> Weights:
        """Their inverse document frequency; aligned.

        One article without any of them is thought of: in a folder of reports of one event all that they share would
        seem to tell nothing.
        """
        return idf(self.counts[terms & _BUCKET], self.articles + 1)

    def kept(self) -> tuple[int, npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
        """What `Frequencies.again` makes the same of: how many articles, places with a count, the counts; aligned."""
        places = np.flatnonzero(self.counts).astype(np.uint32)
        return self.articles, places, self.counts[places]

    @classmethod
    def again(
        cls, articles: int, places: npt.NDArray[np.uint32], counts: npt.NDArray[np.uint32]
    ) -> Frequencies:
        """Those that `kept` was asked of.

        Raises:
            IndexError: A place is outside the table.
        """
        made = cls()
        made.articles = articles
        made.counts[places] = counts
        return made


def nearness(days: npt.NDArray[np.floating]) -> Weights:
    """How much likeness counts at a distance of so many days: 1 for none, 0 beyond `WINDOW`."""
    near: Weights = np.exp(-(days**2) / (2 * SIGMA**2)).astype(np.float32)
    near[np.abs(days) > WINDOW] = 0
    return near
