"""Boilerplate: paragraphs that a site repeats on unrelated articles, told from text that many papers print.

What counts is how often a paragraph comes back *within one source*, or one publisher, on articles that otherwise have
nothing in common. How often it comes in the whole corpus must not decide: the paragraphs of an agency's report stand
in fifty papers, and a count over all of them takes exactly those for boilerplate.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui.folding import fold_word

BOILERPLATE_VERSION = 1
"""Of how keys are made and what repeats; decisions of another version are to be made anew."""

LEAST_ARTICLES = 3
"""Articles, each of its own text, that a paragraph is on before it is boilerplate."""

LEAST_DAYS = 3
"""Days on which they came out; two articles without a date weigh as a day."""

FEW_ARTICLES = 30
"""A source with fewer articles is judged with its publishing group."""

_OWN_SHARE = 0.4
_EXAMINED = 12
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_WORDS = re.compile(r"[^\W_]+")


def paragraph_keys(paragraphs: Sequence[str]) -> NDArray[np.uint32]:
    """A key for each paragraph, the same for those that differ only in numbers, case, accents, marks or white space.

    0 stands for a paragraph without words.
    """
    return np.array([_key(paragraph) for paragraph in paragraphs], np.uint32)


def _key(paragraph: str) -> int:
    words = " ".join(_WORDS.findall(_DIGITS.sub("0", fold_word(paragraph))))
    if not words:
        return 0
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=4).digest(), "little") or 1


def boilerplate_of(
    keys: NDArray[np.uint32],
    articles: NDArray[np.int64],
    days: NDArray[np.int32],
    reprint_group: NDArray[np.int64] | None = None,
) -> NDArray[np.uint32]:
    """The keys that one source repeats.

    A key is boilerplate when it stands on three articles of three days that otherwise have their own text: versions
    of one report, which share most of their paragraphs, count once, and so do articles of one reprint group.

    Args:
        keys: one entry a paragraph of all the source's articles, shape (paragraphs,).
        articles: the article of each, aligned.
        days: the day ordinal of each, aligned; 0 where the article has no date.
        reprint_group: a number for the article of each paragraph, aligned, the same for reprints of each other (or
            for reports of one story, where stories are known).

    Returns:
        Ascending.
    """
    return _repeated(keys, articles, days, reprint_group)


def boilerplate_of_group(
    keys: NDArray[np.uint32],
    articles: NDArray[np.int64],
    days: NDArray[np.int32],
    sources: NDArray[np.int64],
    reprint_group: NDArray[np.int64] | None = None,
) -> NDArray[np.uint32]:
    """The keys that a publishing group repeats over its sources, on unrelated stories.

    As `boilerplate_of`, for all articles of the group's sources, and more: the articles of the key must be of two
    sources at least, and those of one source and the reprints of one text in all of them count once a day.

    Args:
        sources: the source of each paragraph, aligned.
    """
    found = _repeated(keys, articles, days, reprint_group)
    chosen = np.isin(keys, found)
    pairs = np.unique(np.stack((keys[chosen].astype(np.int64), sources[chosen])), axis=1)
    over, counts = np.unique(pairs[0], return_counts=True)
    return over[counts >= 2].astype(np.uint32)


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


def _repeated(
    keys: NDArray[np.uint32],
    articles: NDArray[np.int64],
    days: NDArray[np.int32],
    reprint_group: NDArray[np.int64] | None,
) -> NDArray[np.uint32]:
    texts = articles if reprint_group is None else reprint_group
    worded = keys != 0
    rows = np.unique(
        np.stack(
            (keys[worded].astype(np.int64), articles[worded], texts[worded], days[worded].astype(np.int64))
        ),
        axis=1,
    )
    if not rows.shape[1]:
        return np.zeros(0, np.uint32)
    of_article = {
        int(block[1, 0]): set(block[0].tolist())
        for block in _blocks(rows[:, np.argsort(rows[1], kind="stable")], 1)
    }
    found = [int(block[0, 0]) for block in _blocks(rows, 0) if _is_repeated(block, of_article)]
    return np.array(found, np.uint32)


def _blocks(rows: NDArray[np.int64], by: int) -> list[NDArray[np.int64]]:
    """The columns divided where row `by` changes."""
    return np.split(rows, np.flatnonzero(np.diff(rows[by])) + 1, axis=1)


def _enough(texts: NDArray[np.int64], days: NDArray[np.int64]) -> bool:
    if len(np.unique(texts)) < LEAST_ARTICLES:
        return False
    dated = len(np.unique(days[days > 0]))
    return bool(dated + len(np.unique(texts[days <= 0])) // 2 >= LEAST_DAYS)


def _is_repeated(block: NDArray[np.int64], of_article: dict[int, set[int]]) -> bool:
    """Whether a key's articles (rows: key, article, text, day) are enough, and each has enough of its own."""
    _, articles, texts, days = block
    if block.shape[1] < LEAST_ARTICLES or not _enough(texts, days):
        return False
    examined = np.unique(np.linspace(0, len(articles) - 1, _EXAMINED).astype(np.int64))
    shared: dict[int, int] = {}
    for article in articles[examined].tolist():
        for key in of_article[article]:
            shared[key] = shared.get(key, 0) + 1
    own = np.array(
        [
            sum(shared[key] == 1 for key in of_article[article]) >= _OWN_SHARE * len(of_article[article])
            for article in articles[examined].tolist()
        ]
    )
    return _enough(texts[examined][own], days[examined][own])
