"""Texts as sets of shingles: three words that follow each other, each as one number.

What reprints have in common whatever was done to their order: no shingle reaches from one paragraph into the next,
so an article whose paragraphs were shuffled has the very same ones. A word is a polynomial over its bytes (Karp &
Rabin 1987), so that those of many texts come from a few passes over all their bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.stories.plain import plain

_AT_ONCE = 1 << 17  # bytes
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse
_INVERSE = pow(_BASE, -1, 1 << 64)
_FIRST, _SECOND, _THIRD = (
    np.uint64(odd) for odd in (0xD6E8FEB86659FD93, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_NOTHING = np.zeros(0, np.uint64)


class Shingles(NamedTuple):
    """The shingles of several texts, one after the other."""

    numbers: NDArray[np.uint64]
    """In the order of the text; one that is repeated stands there as often."""
    offsets: NDArray[np.uint64]
    """Where each text's begin, and at last where all end; shape (texts + 1,)."""

    def of(self, text: int) -> NDArray[np.uint64]:
        """The different shingles of one text, ascending."""
        return np.unique(self.numbers[int(self.offsets[text]) : int(self.offsets[text + 1])])

    def sizes(self) -> NDArray[np.int32]:
        """How many different shingles each text has."""
        bounds = self.offsets.tolist()
        found = np.zeros(len(bounds) - 1, np.int32)
        for text, (start, end) in enumerate(pairwise(bounds)):
            if start < end:
                numbers = np.sort(self.numbers[start:end])
                found[text] = 1 + np.count_nonzero(numbers[1:] != numbers[:-1])
        return found


def shingles(texts: Sequence[str]) -> Shingles:
    """The shingles of each text.

    Words are compared as in `tui.stories.plain`. A paragraph of one word or two is one shingle.

    Args:
        texts: each with a line break after every paragraph.
    """
    parts: list[NDArray[np.uint64]] = [_NOTHING]
    counts: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    owners: list[int] = []
    waiting: list[bytes] = []
    held = 0
    for owner, text in enumerate(texts):
        for piece in _pieces(plain(text)):
            owners.append(owner)
            waiting.append(piece)
            held += len(piece) + 1
            if held > _AT_ONCE:
                _add(waiting, parts, counts)
                waiting, held = [], 0
    _add(waiting, parts, counts)
    of_text = np.bincount(np.array(owners, np.int64), np.concatenate(counts), len(texts))
    return Shingles(np.concatenate(parts), np.concatenate(([0], np.cumsum(of_text))).astype(np.uint64))


def _pieces(text: bytes) -> Iterator[bytes]:
    """A text, divided at paragraphs where it is too long for one look."""
    start = 0
    while len(text) - start > _AT_ONCE:
        end = text.rfind(b"\n", start, start + _AT_ONCE)
        end = start + _AT_ONCE if end <= start else end
        yield text[start:end]
        start = end
    yield text[start:]


def _add(texts: list[bytes], parts: list[NDArray[np.uint64]], counts: list[NDArray[np.int64]]) -> None:
    """Find the shingles of some texts, and how many each has."""
    if not texts:
        return
    letters = np.frombuffer(b"\n".join(texts), np.uint8)
    ends = np.cumsum([len(text) + 1 for text in texts])
    is_word = np.concatenate(([False], letters > 0x20, [False]))
    changes = np.flatnonzero(is_word[1:] != is_word[:-1])
    starts, stops = changes[::2], changes[1::2]
    words = _numbers(letters, starts, stops)
    paragraph = np.cumsum(letters == 0x0A)[starts]
    numbers, standing = _joined(words, paragraph)
    parts.append(numbers[standing])
    text = np.searchsorted(ends, starts[standing], "right")
    counts.append(np.bincount(text, minlength=len(texts)).astype(np.int64))


def _numbers(
    letters: NDArray[np.uint8], starts: NDArray[np.int64], stops: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Each word as a number."""
    powers, inverses = _powers()
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(letters * powers[: len(letters)])))
    numbers: NDArray[np.uint64] = (sums[stops] - sums[starts]) * inverses[starts]
    numbers ^= numbers >> np.uint64(32)
    numbers *= _MIX
    numbers ^= numbers >> np.uint64(29)
    return numbers


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Powers of the base and of its inverse, one for each byte that may be looked at at once."""
    bases, inverses = (np.full(2 * _AT_ONCE + 2, number, np.uint64) for number in (_BASE, _INVERSE))
    bases[0] = inverses[0] = 1
    return np.cumprod(bases), np.cumprod(inverses)


def _joined(
    words: NDArray[np.uint64], paragraph: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """The shingle that would begin at each word, and whether one does."""
    none = np.full(2, -1)
    after = np.concatenate((paragraph, none))
    has_second, has_third = after[1:-1] == paragraph, after[2:] == paragraph
    second = np.concatenate((words[1:], _NOTHING, np.zeros(min(1, len(words)), np.uint64))) * has_second
    third = np.concatenate((words[2:], np.zeros(min(2, len(words)), np.uint64))) * has_third
    is_first = np.concatenate((none[:1], paragraph[:-1])) != paragraph
    numbers = words * _FIRST + second * _SECOND + third * _THIRD
    numbers ^= numbers >> np.uint64(32)
    numbers *= _MIX
    numbers ^= numbers >> np.uint64(29)
    return numbers, has_third | is_first
