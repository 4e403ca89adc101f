"""Whether one text is mostly another: by the shingles that they share, and by the names and figures that went along.

Shingles alone take the money market's report of Tuesday for a reprint of Monday's: the form stays, what fills it
changes. A reprint keeps names and figures as it keeps other words. So these are counted, and fewer than chance would
have left means another report in the same form.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.folding import fold_word
from tui.stories.shingles import shingles

LEAST_JACCARD = 0.3
"""Likeness from which two texts are one."""

LEAST_CONTAINMENT = 0.6
"""Share of the shorter text's shingles that the longer one has, from which they are one though half was cut."""

LEAST_SIZE = 0.3
"""Of the shorter against the longer, below which containment does not count: a digest is no version of each report."""

_DEVIATIONS = 1.65  # that fewer names and figures may be left than expected: one in twenty reprints
_FIGURE = r"\d+(?:[.,:/]\d+)*"
# Names: words in capitals after another word, so that the first of a sentence is none.
_PARTICULAR = re.compile(rf"{_FIGURE}|(?:(?<=[^\W_] )|(?<=[,;] ))[A-ZÀ-ÖØ-ÞΆ-ΩЀ-Я][^\W\d_]*")
_WORD = re.compile(rf"{_FIGURE}|[^\W\d_]+")

Verify = Callable[[int, NDArray[np.int64]], NDArray[np.bool_]]
"""Which of some articles are reprints of one article, read from their texts."""


class Likeness(NamedTuple):
    """How much two texts have in common."""

    shared: int
    """Different shingles that both have."""
    fewer: int
    """Different shingles of the shorter text."""
    more: int
    """Different shingles of the longer text."""
    kept: int = 0
    """Names and figures of the shorter text that the longer one has too."""
    particulars: int = 0
    """Names and figures of the shorter text."""

    @property
    def jaccard(self) -> float:
        """Shared shingles of all, 0 to 1."""
        return self.shared / max(1, self.fewer + self.more - self.shared)

    @property
    def containment(self) -> float:
        """Shared shingles of the shorter text's, 0 to 1."""
        return self.shared / max(1, self.fewer)

    @property
    def is_of_one_form(self) -> bool:
        """Whether most of one text's shingles are in the other."""
        return self.jaccard >= LEAST_JACCARD or (
            self.containment >= LEAST_CONTAINMENT and self.fewer >= LEAST_SIZE * self.more
        )

    @property
    def is_reprint(self) -> bool:
        """Whether one of the texts is mostly the other.

        A shingle of three words stays where each of them does; so of single words, names and figures among them, the
        third root of that share is expected to stay, give or take what chance does.
        """
        stays = self.containment ** (1 / 3)
        spread = math.sqrt(self.particulars * stays * (1 - stays))
        return self.is_of_one_form and self.kept >= self.particulars * stays - _DEVIATIONS * spread - 0.5


def likeness(one: str, other: str) -> Likeness:
    """How much two texts have in common, exactly.

    Args:
        one, other: with a line break after every paragraph, without boilerplate.
    """
    found = shingles((one, other))
    return _likeness((one, other), (found.of(0), found.of(1)))


def verified(texts: Callable[[NDArray[np.int64]], Sequence[str]]) -> Verify:
    """A check by the texts themselves.

    Args:
        texts: gives the texts of articles, without boilerplate, in the order asked for.
    """

    def verify(one: int, others: NDArray[np.int64]) -> NDArray[np.bool_]:
        read = texts(np.concatenate(([one], others)))
        found = shingles(read)
        first = found.of(0)
        return np.array(
            [_likeness((read[0], read[at]), (first, found.of(at))).is_reprint for at in range(1, len(read))],
            np.bool_,
        )

    return verify


def _likeness(texts: tuple[str, str], sets: tuple[NDArray[np.uint64], NDArray[np.uint64]]) -> Likeness:
    shorter, longer = (0, 1) if len(sets[0]) <= len(sets[1]) else (1, 0)
    shared = len(np.intersect1d(*sets, assume_unique=True))
    found = Likeness(shared, len(sets[shorter]), len(sets[longer]))
    if not found.is_of_one_form or shared == found.more:
        return found
    particulars = set(map(fold_word, _PARTICULAR.findall(texts[shorter])))
    words = set(map(fold_word, _WORD.findall(texts[longer])))
    return found._replace(kept=len(particulars & words), particulars=len(particulars))
