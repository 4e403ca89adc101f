"""Words that are a slip of the finger away: Damerau–Levenshtein distance over a vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.index.terms import LONGEST, Terms, signature_of

_BLOCK = 32_768


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


def distances(
    asked: str, letters: NDArray[Any], lengths: NDArray[np.integer[Any]], most: int
) -> NDArray[np.uint8]:
    """`distance` to each of many words, all at once; more than `most` is only said to be more.

    Args:
        asked: the word.
        letters: code points of the others, shape (letters of the longest, words).
        lengths: how many letters each has, shape (words,).
        most: how far.

    Returns:
        Shape (words,).
    """
    width, count = letters.shape
    far = np.full(count, most + 1, np.uint8)
    one = np.uint8(1)
    before_last: dict[int, NDArray[np.uint8]] = {}
    last = {j: np.full(count, j, np.uint8) for j in range(min(width, most) + 1)}
    points = list(map(ord, asked))
    for i, point in enumerate(points, 1):
        row: dict[int, NDArray[np.uint8]] = {}
        if i <= most:
            row[0] = np.full(count, i, np.uint8)
        for j in range(max(1, i - most), min(width, i + most) + 1):
            best = last[j - 1] + (letters[j - 1] != point)
            step = np.minimum(last.get(j, far), row.get(j - 1, far))
            step += one
            np.minimum(best, step, out=best)
            if i > 1 and j > 1:
                swapped = (letters[j - 2] == point) & (letters[j - 1] == points[i - 2])
                np.minimum(best, before_last[j - 2] + one, out=best, where=swapped)
            row[j] = best
        before_last, last = last, row
    found = far.copy()
    for length, row_end in last.items():
        np.copyto(found, row_end, where=lengths == length)
    return np.minimum(found, far)


Near = tuple[NDArray[np.int64], NDArray[np.uint8]]
"""Numbers of terms, ascending, and how far each is."""


def near_numbers(terms: Terms, surface: str, most: int, check: Callable[[], None]) -> Near:
    """Terms at most that far from the word; the word itself has 0. See `near_in_each`."""
    return near_in_each([terms], surface, most, check)[0]


def near_in_each(
    vocabularies: Sequence[Terms], surface: str, most: int, check: Callable[[], None]
) -> list[Near]:
    """For each vocabulary the terms at most that far from the word.

    Signatures rule out nearly all of nearly the word's length, 1.3 ns each, and what is left is compared letter by
    letter, all at once: for a million terms 1 ms at one slip, 2 ms at two.

    Args:
        vocabularies: where.
        surface: the word.
        most: 1 or 2.
        check: called now and then; may raise to stop.
    """
    narrow: list[_SameLength] = []
    wide: list[_SameLength] = []
    for which, terms in enumerate(vocabularies):
        for part in _candidates(terms, which, surface, most, check):
            (narrow if part.letters.dtype == np.uint8 else wide).append(part)
    numbers: list[list[NDArray[np.int64]]] = [[] for _ in vocabularies]
    far: list[list[NDArray[np.uint8]]] = [[] for _ in vocabularies]
    for parts in filter(None, (narrow, wide)):
        check()
        how_far = distances(surface, *_side_by_side(parts), most)
        end = 0
        for part in parts:
            begin, end = end, end + len(part.numbers)
            found = np.flatnonzero(how_far[begin:end] <= most)
            numbers[part.vocabulary].append(part.numbers[found])
            far[part.vocabulary].append(how_far[begin:end][found])
    if len(surface) + most >= LONGEST:
        for which, terms in enumerate(vocabularies):
            long = [(number, distance(surface, terms[number], most)) for number in terms.longest]
            numbers[which].append(np.array([number for number, d in long if d <= most], np.int64))
            far[which].append(np.array([d for _, d in long if d <= most], np.uint8))
    return [_joined(*found) for found in zip(numbers, far, strict=True)]


def _joined(numbers: list[NDArray[np.int64]], far: list[NDArray[np.uint8]]) -> Near:
    if not numbers:
        return np.zeros(0, np.int64), np.zeros(0, np.uint8)
    every = np.concatenate(numbers)
    order = np.argsort(every)
    return every[order], np.concatenate(far)[order]


def _candidates(
    terms: Terms, which: int, surface: str, most: int, check: Callable[[], None]
) -> Iterator[_SameLength]:
    """Terms whose signatures let them be that near."""
    signature = signature_of(surface)
    for length, low, high in terms.lengths(len(surface) - most, len(surface) + most):
        longer = length - len(surface)
        # To change a letter is to take one out and put one in.
        missing, added = most - max(longer, 0), most + min(longer, 0)
        candidates: list[NDArray[np.uint32]] = []
        for begin in range(low, high, _BLOCK):
            check()
            marks = terms.signature[begin : min(begin + _BLOCK, high)]
            places = np.flatnonzero(np.bitwise_count(marks ^ signature) <= missing + added)
            marks = marks[places]
            places = places[
                (np.bitwise_count(signature & ~marks) <= missing)
                & (np.bitwise_count(marks & ~signature) <= added)
            ]
            candidates.append(terms.numbers[begin + places])
        some = np.concatenate(candidates)
        for places, letters in terms.letters(some, length):
            yield _SameLength(which, some[places].astype(np.int64), letters)


class _SameLength(NamedTuple):
    vocabulary: int
    numbers: NDArray[np.int64]
    letters: NDArray[Any]
    """Shape (length, numbers)."""


def _side_by_side(parts: list[_SameLength]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """The letters of terms of several lengths as one matrix, and the lengths: a comparison costs by its steps."""
    sizes = [len(part.numbers) for part in parts]
    lengths = [len(part.letters) for part in parts]
    letters = np.zeros((max(lengths), sum(sizes)), parts[0].letters.dtype)
    end = 0
    for part in parts:
        begin, end = end, end + len(part.numbers)
        letters[: len(part.letters), begin:end] = part.letters
    return letters, np.repeat(lengths, sizes)


def near(terms: Terms, surface: str, most: int, check: Callable[[], None]) -> Iterator[tuple[int, str, int]]:
    """What `near_numbers` finds, one by one: number, term, how far."""
    numbers, far = near_numbers(terms, surface, most, check)
    for number, how_far in zip(numbers.tolist(), far.tolist(), strict=True):
        yield number, terms[number], how_far
