"""Boilerplate: paragraphs that a site repeats on unrelated articles, told from text that many papers print.

What counts is how often a paragraph comes back *within one source*, or one publisher, on articles that otherwise have
nothing in common. How often it comes in the whole corpus must not decide: the paragraphs of an agency's report stand
in fifty papers, and a count over all of them takes exactly those for boilerplate.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui.stories.plain import plain

BOILERPLATE_VERSION = 2
"""Of how keys are made and what repeats; decisions of another version are to be made anew."""

LEAST_ARTICLES = 3
"""Articles, each of its own text, that a paragraph is on before it is boilerplate."""

LEAST_DAYS = 3
"""Days on which they came out; two articles without a date weigh as a day."""

FEW_ARTICLES = 30
"""A source with fewer articles is judged with its publishing group, too."""

GROUP_SPAN = 7
"""Days between the first and the last article with a paragraph that a group repeats: a report that goes round is
printed within fewer."""

_LONG = 21  # days after which even a rare paragraph is nobody's running story
_SHARE = 0.05  # of the source's articles around, for one that comes and goes within fewer
_AROUND = 14  # days before and after
_OFTEN = 10
# Beyond these it is boilerplate though all its articles pass for one story, for which it may be the reason.
_VERY_OFTEN = 20
_MANY_DAYS = 10
# An article counts when so many of its paragraphs stand nowhere else: the more articles, the less each must prove.
_OWN_SHARES = ((0, 0.4), (6, 0.2), (20, 0.0))
_NUMBERS = re.compile(rb"\d+(?: +\d+)*")


def paragraph_keys(paragraphs: Sequence[str]) -> NDArray[np.uint32]:
    """A key for each paragraph, the same for those that differ only in numbers, case, accents, marks or white space.

    0 stands for a paragraph without words.
    """
    return np.array([_key(paragraph) for paragraph in paragraphs], np.uint32)


def _key(paragraph: str) -> int:
    words = b" ".join(_NUMBERS.sub(b"0", plain(paragraph)).split())
    if not words:
        return 0
    return int.from_bytes(hashlib.blake2b(words, digest_size=4).digest(), "little") or 1


def boilerplate_of(
    keys: NDArray[np.uint32],
    articles: NDArray[np.int64],
    days: NDArray[np.int32],
    reprint_group: NDArray[np.int64] | None = None,
) -> NDArray[np.uint32]:
    """The keys that one source repeats.

    A key is boilerplate when it stands on three articles of three days that otherwise have their own text. Versions of
    one report share most of their paragraphs, so they don't count; articles of one reprint group count once. What
    comes back on a few articles within a few days among many that don't have it is a running story's background.

    Args:
        keys: one entry a paragraph of all the source's articles, shape (paragraphs,).
        articles: the article of each, aligned.
        days: the day ordinal of each, aligned; 0 where the article has no date.
        reprint_group: a number for the article of each paragraph, aligned, the same for reprints of each other (or
            for reports of one story, where stories are known).

    Returns:
        Ascending.
    """
    found = _Repeats.of(keys, articles, days, reprint_group)
    return found.keys[found.is_enough() & found.is_lasting()]


def boilerplate_of_group(
    keys: NDArray[np.uint32],
    articles: NDArray[np.int64],
    days: NDArray[np.int32],
    sources: NDArray[np.int64],
    reprint_group: NDArray[np.int64] | None = None,
) -> NDArray[np.uint32]:
    """The keys that the sources of a publishing group have in common, on unrelated stories.

    As `boilerplate_of`, over the articles of all the group's sources, and harder: the key must be in two sources, and
    its first and last article a week apart, because an agency's report is in all of them, too, and gone after days.

    Args:
        sources: the source of each paragraph, aligned.
    """
    found = _Repeats.of(keys, articles, days, reprint_group)
    pairs = np.unique(np.stack((keys.astype(np.int64), sources)), axis=1)
    over, counts = np.unique(pairs[0], return_counts=True)
    shared = np.isin(found.keys, over[counts >= 2])
    return found.keys[found.is_enough() & shared & ((found.span >= GROUP_SPAN) | ~found.is_dated)]


def boilerplate_in(keys: NDArray[np.uint32], boilerplate: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Which paragraphs of an article are boilerplate.

    Args:
        keys: of the article's paragraphs.
        boilerplate: of its source, ascending.

    Returns:
        Paragraph indices, ascending.
    """
    if not len(boilerplate):
        return np.zeros(0, np.intp)
    at = np.minimum(np.searchsorted(boilerplate, keys), len(boilerplate) - 1)
    return np.flatnonzero((boilerplate[at] == keys) & (keys != 0))


@dataclass(frozen=True, slots=True)
class _Repeats:
    """What is known of each key, aligned with `keys`."""

    keys: NDArray[np.uint32]
    """Ascending."""
    articles: NDArray[np.int64]
    """On how many different articles it stands."""
    counted: NDArray[np.int64]
    """How many of those have enough text of their own."""
    texts: NDArray[np.int64]
    """How many there are of these, reprints counted once."""
    days: NDArray[np.int64]
    """On how many days those came out."""
    span: NDArray[np.int64]
    """Days from the first to the last of them."""
    share: NDArray[np.float64]
    """Its articles against all articles of these days and two weeks around."""
    is_dated: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        keys: NDArray[np.uint32],
        articles: NDArray[np.int64],
        days: NDArray[np.int32],
        reprint_group: NDArray[np.int64] | None,
    ) -> _Repeats:
        worded = np.flatnonzero(keys != 0)
        _, first = np.unique(
            keys[worded].astype(np.uint64) << np.uint64(32) | articles[worded].astype(np.uint64),
            return_index=True,
        )
        chosen = worded[first]  # by key, each article once
        over, key, counts = np.unique(keys[chosen], return_inverse=True, return_counts=True)
        one = articles[chosen]
        day = days[chosen].astype(np.int64)
        own = _own_share(one, counts[key] == 1)
        needed = np.zeros(len(over))
        for often, share in _OWN_SHARES:
            needed[counts >= often] = share
        counted = own >= needed[key]
        text = one if reprint_group is None else reprint_group[chosen]
        dated = counted & (day > 0)
        first_day = np.full(len(over), np.iinfo(np.int64).max)
        last_day = np.zeros(len(over), np.int64)
        np.minimum.at(first_day, key[dated], day[dated])
        np.maximum.at(last_day, key[dated], day[dated])
        is_dated = last_day > 0
        first_day[~is_dated] = 0
        undated = _different(key[counted & (day <= 0)], text[counted & (day <= 0)], len(over))
        every_day = np.sort(days[np.unique(articles, return_index=True)[1]].astype(np.int64))
        published = np.searchsorted(every_day, last_day + _AROUND, "right")
        published -= np.searchsorted(every_day, first_day - _AROUND, "left")
        published[~is_dated] = len(every_day)
        return cls(
            over,
            counts,
            np.bincount(key[counted], minlength=len(over)),
            _different(key[counted], text[counted], len(over)),
            _different(key[dated], day[dated], len(over)) + undated // 2,
            last_day - first_day,
            counts / np.maximum(published, 1),
            is_dated,
        )

    def is_enough(self) -> NDArray[np.bool_]:
        """Whether a key is on enough articles of enough days."""
        very_often = (self.counted >= _VERY_OFTEN) & (self.days >= _MANY_DAYS)
        return ((self.texts >= LEAST_ARTICLES) | very_often) & (self.days >= LEAST_DAYS)

    def is_lasting(self) -> NDArray[np.bool_]:
        """Whether it is more than what a running story brings back for some days."""
        return (self.articles >= _OFTEN) | (self.span >= _LONG) | (self.share >= _SHARE)


def _own_share(articles: NDArray[np.int64], alone: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each entry the share of its article's paragraphs that stand in no other article."""
    _, article = np.unique(articles, return_inverse=True)
    share: NDArray[np.float64] = (np.bincount(article, alone) / np.maximum(np.bincount(article), 1))[article]
    return share


def _different(keys: NDArray[np.int64], values: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """How many different values each of so many keys has."""
    if not len(keys):
        return np.zeros(count, np.int64)
    return np.bincount(np.unique(np.stack((keys, values)), axis=1)[0], minlength=count)
