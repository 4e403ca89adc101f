"""Whether one text is mostly another: by the shingles that they share, and by the names and figures that went along.

Shingles alone take the money market's report of Tuesday for a reprint of Monday's: the form stays, what fills it
changes. A reprint keeps names and figures as it keeps other words. So these are counted, in the paragraphs that both
have, and fewer than chance would have left means another report in the same form.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.stories.plain import folded
from tui.stories.shingles import shingles

LEAST_JACCARD = 0.3
"""Likeness from which two texts are one."""

LEAST_CONTAINMENT = 0.6
"""Share of the shorter text's shingles that the longer one has, from which they are one though half was cut."""

LEAST_SIZE = 0.2
"""Of the shorter against the longer, below which containment does not count: a digest is no version of each report."""

LONG = 60
"""Shared shingles, some paragraphs of them, with which less is enough: both may be cut, each in another way."""

LEAST_JACCARD_OF_LONG = 0.25
LEAST_CONTAINMENT_OF_LONG = 0.5

_DEVIATIONS = 2.0  # that fewer names and figures may be left than expected: one in forty reprints
_ENOUGH = 0.85  # of names and figures, whatever is expected
_FAITHFUL = 0.6  # of the shingles of these paragraphs, which one word in seven changed leaves
_MATCHED = 0.1  # of a paragraph's shingles, from which both have that paragraph, more or less
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
# Names: words in capitals after another word, so that the first of a sentence is none.
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞΆ-ΩЀ-Я](?<=[\w,;] .)[^\W\d_]*")
_WORD = re.compile(r"[^\W\d_]+")

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
    matched: int = 0
    """Shingles of those paragraphs of one text that the other has too, more or less."""
    found: int = 0
    """How many of these the other has."""
    particulars: int = 0
    """Names and figures in these paragraphs, counted as often as they come."""
    kept: int = 0
    """How many of these the other has."""

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
        is_long = self.shared >= LONG
        return self.jaccard >= (LEAST_JACCARD_OF_LONG if is_long else LEAST_JACCARD) or (
            self.containment >= (LEAST_CONTAINMENT_OF_LONG if is_long else LEAST_CONTAINMENT)
            and self.fewer >= LEAST_SIZE * self.more
        )

    @property
    def is_faithful(self) -> bool:
        """Whether names and figures went along with the words around them.

        A shingle of three words stays where each of them does; so of single words, names and figures among them, the
        third root of that share is expected to stay, give or take what chance does.
        """
        share = self.found / max(1, self.matched)
        stays = share ** (1 / 3)
        spread = math.sqrt(self.particulars * stays * (1 - stays))
        expected = self.particulars * stays - _DEVIATIONS * spread - 0.5
        return share >= _FAITHFUL and self.kept >= min(expected, _ENOUGH * self.particulars)

    @property
    def is_reprint(self) -> bool:
        """Whether one of the texts is mostly the other."""
        return self.is_of_one_form and (self.shared == self.more or self.is_faithful)


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
    for one, other in ((shorter, longer), (longer, shorter)):  # words put in are names and figures, too
        found = found._replace(**_followed(texts[one], texts[other], sets[other]))
        if found.is_faithful:
            break
    return found


def _followed(one: str, other: str, of_other: NDArray[np.uint64]) -> dict[str, int]:
    """What the paragraphs of one text that the other has too kept in it."""
    paragraphs = one.split("\n")
    parts = shingles(paragraphs)
    is_found = np.concatenate(([0], np.cumsum(np.isin(parts.numbers, of_other))))
    bounds = parts.offsets.astype(np.int64)
    lengths, counts = np.diff(bounds), np.diff(is_found[bounds])
    matched = np.flatnonzero((counts >= _MATCHED * lengths) & (lengths > 0))
    words = set(map(folded, {*_WORD.findall(other), *_FIGURE.findall(other)}))
    both = "\n".join(paragraphs[at] for at in matched.tolist())
    kept = [folded(word) in words for word in (*_NAME.findall(both), *_FIGURE.findall(both))]
    return {
        "matched": int(lengths[matched].sum()),
        "found": int(counts[matched].sum()),
        "particulars": len(kept),
        "kept": sum(kept),
    }
