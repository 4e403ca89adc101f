"""Words that are a slip of the finger away: Damerau–Levenshtein distance over a vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tui.index.terms import NOT_ASCII, Terms, encode, pack, signatures

_BLOCK = 65_536
_WIDE = 4
_AT_ONCE = 1_000


def distance(left: str, right: str, most: int) -> int:
    """How many letters to put in, take out, change, or swap with the next (once); `most + 1` where it is more.

    The distance of optimal string alignment, in a band of `2 × most + 1`.
    """
    if abs(len(left) - len(right)) > most:
        return most + 1
    if left == right:
        return 0
    too_far = most + 1
    width = len(right) + 1
    before_last: list[int] = []
    last = list(range(width))
    for i, letter in enumerate(left, 1):
        row = [too_far] * width
        row[0] = i
        for j in range(max(1, i - most), min(width, i + most + 1)):
            other = right[j - 1]
            best = last[j - 1] + (letter != other)
            if last[j] < best:
                best = last[j] + 1
            if row[j - 1] < best:
                best = row[j - 1] + 1
            if (
                i > 1
                and j > 1
                and letter == right[j - 2]
                and left[i - 2] == other
                and before_last[j - 2] < best
            ):
                best = before_last[j - 2] + 1
            row[j] = best
        if min(row) > most:
            return too_far
        before_last, last = last, row
    return min(last[-1], too_far)


def distances(asked: str, texts: Sequence[str], most: int) -> NDArray[np.int64]:
    """`distance` to each of many words, all at once; more than `most` is only said to be more, shape (texts,)."""
    width = max(map(len, texts), default=0)
    letters = np.frombuffer(
        "".join(text.ljust(width, "\0") for text in texts).encode("utf-32-le", "surrogatepass"), "<u4"
    )
    letters = letters.reshape(len(texts), width)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    far = np.full(len(texts), most + 1, np.int64)
    before_last: list[NDArray[np.int64]] = []
    last = [far * 0 + j for j in range(width + 1)]
    for i, letter in enumerate(map(ord, asked), 1):
        row = [far] * (width + 1)
        row[0] = far * 0 + i
        same = letters == letter
        different = ~same
        swapped = letters == ord(asked[i - 2]) if i > 1 else same
        for j in range(max(1, i - most), min(width, i + most) + 1):
            best = np.minimum(last[j - 1] + different[:, j - 1], np.minimum(last[j], row[j - 1]) + 1)
            if i > 1 and j > 1:
                cross = same[:, j - 2] & swapped[:, j - 1]
                best = np.where(cross, np.minimum(best, before_last[j - 2] + 1), best)
            row[j] = best
        before_last, last = last, row
    found: NDArray[np.int64] = np.array(last)[lengths, np.arange(len(texts))]
    return np.minimum(found, most + 1)


def near(terms: Terms, surface: str, most: int, check: Callable[[], None]) -> Iterator[tuple[int, str, int]]:
    """Terms at most that far from the word, with their distance; the word itself has 0.

    Args:
        terms: where.
        surface: the word.
        most: 1 or 2.
        check: called now and then; may raise to stop.
    """
    length = len(encode(surface))
    signature = signatures(*pack([surface]))[0] if surface else np.uint64(0)
    for low in range(0, len(terms), _BLOCK):
        check()
        high = min(low + _BLOCK, len(terms))
        # A letter is one byte and one bit, outside ASCII up to four: `_WIDE`.
        lengths = np.diff(terms.starts[low : high + 1].astype(np.int64))
        candidates = np.flatnonzero(np.abs(lengths - length) <= _WIDE * most)
        found = terms.signature[low:high][candidates]
        wide = np.where((found | signature) & NOT_ASCII, _WIDE, 1) * most
        fits = (_ones(found ^ signature) <= 2 * wide) & (np.abs(lengths[candidates] - length) <= wide)
        candidates = candidates[fits]
        for start in range(0, len(candidates), _AT_ONCE):
            check()
            numbers = (low + candidates[start : start + _AT_ONCE]).tolist()
            texts = [terms[number] for number in numbers]
            how_far = distances(surface, texts, most)
            for place in np.flatnonzero(how_far <= most).tolist():
                yield numbers[place], texts[place], int(how_far[place])


def _ones(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How many bits are set; `np.bitwise_count` came with NumPy 2."""
    spread = values.copy().view(np.uint8).reshape(-1, 8)
    ones: NDArray[np.int64] = _POPULATION[spread].sum(axis=1, dtype=np.int64)
    return ones


_POPULATION = np.array([bin(value).count("1") for value in range(256)], np.uint8)
