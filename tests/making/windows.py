"""Labelled pieces of text as windows of word pieces, which is what the teacher sees.

The teacher's vocabulary is of small letters: how a piece was written comes beside it, as one of nine cases.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tui.article import MENTION_TYPES
from tui.entities.pieces import PIECE
from tui.entities.sentences import Name

CASES = 9
_LONGEST = 120
"""Word pieces of a window."""
_BEGIN, _END = 101, 102
"""BERT's marks of where a text begins and ends."""
_SHOUTED, _TITLED = 0.06, 0.04
_JITTER = 6

WordPieces = Callable[[str], Sequence[int]]
"""The numbers of a word's pieces in the teacher's vocabulary."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text."""

    text: int
    """The number of the text."""
    first: int
    """The number of the text's piece that the window begins with."""
    words: tuple[int, ...]
    """Word pieces."""
    cases: tuple[int, ...]
    """Of each word piece."""
    positions: tuple[int, ...]
    """Of each piece: which word piece is its first."""


def pieces(text: str) -> list[tuple[int, int]]:
    """Start and end of each piece that gets a label, the same ones that the shipped model labels."""
    return [piece.span() for piece in PIECE.finditer(text)]


def labels(places: Sequence[tuple[int, int]], names: Iterable[Name]) -> list[int]:
    """Of each piece: 0 outside, 1 + 2t where a name of type t begins, 2 + 2t where it goes on."""
    found = [0] * len(places)
    for start, end, kind in names:
        label = 1 + 2 * MENTION_TYPES.index(kind)
        for number, (begin, behind) in enumerate(places):
            if begin >= end:
                break
            if behind > start:
                found[number] = label
                label = 2 + 2 * MENTION_TYPES.index(kind)
    return found


def recased(text: str, chance: random.Random) -> str:
    """The text, now and then in capitals or in title case: headlines come so. Offsets stay."""
    draw = chance.random()
    if draw < _SHOUTED:
        shouted = text.upper()
        return shouted if len(shouted) == len(text) else text
    if draw < _SHOUTED + _TITLED:
        return re.sub(r"(?<![\w'’])\w", _capital, text)
    return text


def _capital(letter: re.Match[str]) -> str:
    return letter[0].upper() if len(letter[0].upper()) == 1 else letter[0]


def case_of(piece: str) -> int:
    """How a piece is written, from 1."""
    if piece.isupper():
        return 1 if len(piece) > 1 else 2
    if piece.islower():
        return 3
    if piece[:1].isupper():
        return 4 if piece[1:].islower() else 5
    if piece[:1].isdigit():
        return 6
    return 8 if any(map(str.isalnum, piece)) else 7


def windows(
    number: int, text: str, places: Sequence[tuple[int, int]], word_pieces: WordPieces
) -> Iterator[Window]:
    """A text in windows, none of which divides a piece.

    Args:
        number: Of the text.
        text: The text.
        places: Its pieces.
        word_pieces: The teacher's vocabulary.
    """
    words, cases, positions, first = [_BEGIN], [0], list[int](), 0
    for piece, (start, end) in enumerate(places):
        parts = word_pieces(text[start:end])
        if len(words) + len(parts) + 1 > _LONGEST:
            yield Window(number, first, (*words, _END), (*cases, 0), tuple(positions))
            words, cases, positions, first = [_BEGIN], [0], [], piece
        positions.append(len(words))
        words += parts
        cases += [case_of(text[start:end])] * len(parts)
    if positions:
        yield Window(number, first, (*words, _END), (*cases, 0), tuple(positions))


def batches(found: Iterable[Window], size: int, chance: random.Random) -> list[list[Window]]:
    """Windows of about one length together, at most `size` word pieces with what fills them up; in a random order."""
    made: list[list[Window]] = []
    batch: list[Window] = []
    for window in sorted(found, key=lambda window: len(window.words) + chance.random() * _JITTER):
        if batch and (len(batch) + 1) * len(window.words) > size:
            made.append(batch)
            batch = []
        batch.append(window)
    made += [batch] if batch else []
    chance.shuffle(made)
    return made
