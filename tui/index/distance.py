"""Words that are a slip of the finger away: Damerau–Levenshtein distance over a vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.terms import LONGEST, Terms, signatures

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


def distances(asked: str, letters: NDArray[Any], most: int) -> NDArray[np.uint8]:
    """`distance` to each of many words of one length, all at once; more than `most` is only said to be more.

    Args:
        asked: the word.
        letters: code points of the others, shape (length, words).
        most: how far.

    Returns:
        Shape (words,).
    """
    length, count = letters.shape
    far = np.full(count, most + 1, np.uint8)
    if abs(len(asked) - length) > most:
        return far
    one = np.uint8(1)
    before_last: dict[int, NDArray[np.uint8]] = {}
    last = {j: np.full(count, j, np.uint8) for j in range(min(length, most) + 1)}
    points = list(map(ord, asked))
    for i, point in enumerate(points, 1):
        row: dict[int, NDArray[np.uint8]] = {}
        if i <= most:
            row[0] = np.full(count, i, np.uint8)
        for j in range(max(1, i - most), min(length, i + most) + 1):
            best = last[j - 1] + (letters[j - 1] != point)
            step = np.minimum(last.get(j, far), row.get(j - 1, far))
            step += one
            np.minimum(best, step, out=best)
            if i > 1 and j > 1:
                swapped = (letters[j - 2] == point) & (letters[j - 1] == points[i - 2])
                np.minimum(best, before_last[j - 2] + one, out=best, where=swapped)
            row[j] = best
        before_last, last = last, row
    found = last[length]
    return np.minimum(found, far)


def near_numbers(
    terms: Terms, surface: str, most: int, check: Callable[[], None]
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Terms at most that far from the word: their numbers, ascending, and how far each is; the word itself has 0.

    Signatures rule out nearly all of nearly the word's length, and what is left is compared letter by letter, all at
    once: for a million terms 1 ms at one slip, 4 ms at two.

    Args:
        terms: where.
        surface: the word.
        most: 1 or 2.
        check: called now and then; may raise to stop.
    """
    numbers: list[NDArray[np.int64]] = []
    far: list[NDArray[np.uint8]] = []
    signature = signatures([surface])[0]
    for length, low, high in terms.lengths(len(surface) - most, len(surface) + most):
        longer = length - len(surface)
        # To change a letter is to take one out and put one in.
        missing, added = most - max(longer, 0), most + min(longer, 0)
        for begin in range(low, high, _BLOCK):
            check()
            marks = terms.signature[begin : min(begin + _BLOCK, high)]
            places = np.flatnonzero(np.bitwise_count(marks ^ signature) <= missing + added)
            marks = marks[places]
            places = places[
                (np.bitwise_count(signature & ~marks) <= missing)
                & (np.bitwise_count(marks & ~signature) <= added)
            ]
            candidates = terms.numbers[begin + places]
            for part, letters in terms.letters(candidates, length):
                how_far = distances(surface, letters, most)
                found = np.flatnonzero(how_far <= most)
                numbers.append(candidates[part[found]].astype(np.int64))
                far.append(how_far[found])
    if len(surface) + most >= LONGEST:
        long = [(number, distance(surface, terms[number], most)) for number in terms.longest]
        numbers.append(np.array([number for number, how_far in long if how_far <= most], np.int64))
        far.append(np.array([how_far for _, how_far in long if how_far <= most], np.uint8))
    if not numbers:
        return np.zeros(0, np.int64), np.zeros(0, np.uint8)
    every = np.concatenate(numbers)
    order = np.argsort(every)
    return every[order], np.concatenate(far)[order]


def near(terms: Terms, surface: str, most: int, check: Callable[[], None]) -> Iterator[tuple[int, str, int]]:
    """What `near_numbers` finds, one by one: number, term, how far."""
    numbers, far = near_numbers(terms, surface, most, check)
    for number, how_far in zip(numbers.tolist(), far.tolist(), strict=True):
        yield number, terms[number], how_far
