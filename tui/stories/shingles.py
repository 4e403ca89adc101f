"""Texts as sets of shingles: three words that follow each other, each as one number.

What reprints have in common whatever was done to their order: no shingle reaches from one paragraph into the next,
so an article whose paragraphs were shuffled has the very same ones.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.folding import fold_word
from tui.stories.words import UNSPACED

# Two marks stand for themselves: the end of a paragraph, which no shingle crosses.
_ASCII = re.compile(r"\n|[0-9A-Za-z]+(?:'[0-9A-Za-z]+)*")
_SPACED = re.compile(r"\n|[^\W_]+(?:['\u2018\u2019\u02bc`\u00b4][^\W_]+)*")
_MIXED = re.compile(
    rf"\n|[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W_])+(?:['\u2018\u2019\u02bc`\u00b4](?:(?![{UNSPACED}])[^\W_])+)*"
)
_HAS_UNSPACED = re.compile(f"[{UNSPACED}]")

_REMEMBERED = 1 << 16
_FIRST, _SECOND, _THIRD = (
    np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


class Shingles(NamedTuple):
    """The shingles of several texts, one after the other."""

    numbers: NDArray[np.uint64]
    """In the order of the text; one that is repeated stands there as often."""
    offsets: NDArray[np.uint64]
    """Where each text's begin, and at last where all end; shape (texts + 1,)."""

    def of(self, text: int) -> NDArray[np.uint64]:
        """The different shingles of one text, ascending."""
        return np.unique(self.numbers[int(self.offsets[text]) : int(self.offsets[text + 1])])


def shingles(texts: Sequence[str]) -> Shingles:
    """The shingles of each text.

    Words are folded as in comparisons: without case, accents and apostrophes. Of a script without spaces each
    character is a word. A paragraph of one word or two is one shingle.

    Args:
        texts: each with a line break after every paragraph.
    """
    words: list[int] = []
    counts = np.zeros(len(texts) + 1, np.int64)
    for at, text in enumerate(texts, 1):
        words.extend(map(_number_of, _words(text)))
        words.append(0)
        counts[at] = len(words)
    numbers, standing = _joined(np.array(words, np.uint64))
    before = np.concatenate(([0], np.cumsum(standing)))
    return Shingles(numbers[standing], before[counts].astype(np.uint64))


def _words(text: str) -> list[str]:
    if text.isascii():
        return _ASCII.findall(text)
    text = unicodedata.normalize("NFC", text)
    return (_MIXED if _HAS_UNSPACED.search(text) else _SPACED).findall(text)


@lru_cache(maxsize=_REMEMBERED)
def _number_of(word: str) -> int:
    """A word as a number that is the same in every process; 0 where a paragraph ends."""
    folded = fold_word(word)
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little") if folded else 0


def _joined(words: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """The shingle that would begin at each word, and whether one does."""
    if not words.size:
        return words, np.zeros(0, np.bool_)
    second = np.concatenate((words[1:], np.zeros(1, np.uint64)))
    third = np.concatenate((second[1:], np.zeros(1, np.uint64)))
    third = np.where(second == 0, np.uint64(0), third)
    first_of_paragraph = np.concatenate(([True], words[:-1] == 0))
    standing = (words != 0) & ((third != 0) | first_of_paragraph)
    numbers = words * _FIRST + second * _SECOND + third * _THIRD
    numbers ^= numbers >> np.uint64(32)
    numbers *= _MIX
    numbers ^= numbers >> np.uint64(29)
    return numbers, standing
