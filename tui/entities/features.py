"""What the model sees of a text: a row of numbers for each piece.

Everything about a piece that its word alone decides is worked out once a process and remembered (`Lexicon`); what
its place in the text decides (where lines and sentences begin, whether the word stands small elsewhere) is added
text by text. Imports NumPy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tui.article import MENTION_TYPES
from tui.entities import cues
from tui.entities.gazetteer import Gazetteer
from tui.entities.pieces import PIECE
from tui.entities.rules import RuleRecogniser
from tui.entities.tokens import is_latin

PREFIXES, SUFFIXES = 2048, 4096
"""Buckets that the first and the last three letters of a word are hashed into."""

SHAPES = 16
RULES = 27
"""The first of the features that say what the rules take a piece for: a type's name, beginning or going on."""

BITS = RULES + 8
"""Yes-or-no features of a piece."""

_SENTENCE_ENDS = frozenset('.!?:"“”…')
_MOST_REMEMBERED = 300_000
_LONGEST_REMEMBERED = 40
_LIST_BITS = {"person": None, "place": 9, "organisation": 12, "misc": 15}
_MOST_WORDS = 7
_FIRST = re.compile(r"[\w.'’&]+")
_SEPARATOR = "\0"


@dataclass(frozen=True, slots=True)
class Featured:
    """A text as the model sees it: n rows, a blank one (word 0) after each line."""

    starts: NDArray[np.int32]
    """(n,) where each piece begins; -1 in blank rows."""
    ends: NDArray[np.int32]
    hashes: NDArray[np.uint32]
    """(n,) of the small-letter word; 0 in blank rows."""
    prefixes: NDArray[np.uint16]
    suffixes: NDArray[np.uint16]
    shapes: NDArray[np.uint8]
    """(n,) 0 in blank rows."""
    bits: NDArray[np.uint64]
    """(n,) `BITS` features, the first in the lowest bit."""
    groups: NDArray[np.int32]
    """(n,) the same number for each occurrence of one capitalised word, whatever its capitals; -1 for other pieces."""


class Lexicon:
    """The words met so far with what they alone decide. Holds no text; one serves a process."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._rules = RuleRecogniser(gazetteer)
        self._heads: dict[str, int] = {}
        for name in gazetteer.names:
            if not name.isalpha():
                first = _FIRST.match(name)
                if first and first.end() < len(name):
                    # Each space and each mark begins a piece; a hyphen is one itself.
                    size = 1 + name.count(" ") + 2 * name.count("-") + name.count("'") + name.count("’")
                    key = first[0].lower()
                    self._heads[key] = max(self._heads.get(key, 0), min(size, _MOST_WORDS))
        self._shouted: dict[str, str] | None = None
        self.clear()

    def clear(self) -> None:
        """Forget all words."""
        self._numbers: dict[str, int] = {_SEPARATOR: 0}
        self._table = np.zeros((4096, 6), np.int64)
        self._table[0, 5] = -1
        self._new: list[tuple[int, int, int, int, int, int]] = []
        self._known = 1
        self._lowered: dict[str, int] = {}

    def features(self, text: str) -> Featured:
        """The rows of a text; lines are divided by line ends."""
        if self._known > _MOST_REMEMBERED:
            self.clear()
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        breaks: list[int] = []
        offset = 0
        for line in text.split("\n"):
            for piece in PIECE.finditer(line):
                words.append(piece[0])
                start, end = piece.span()
                starts.append(start + offset)
                ends.append(end + offset)
            words.append(_SEPARATOR)
            starts.append(-1)
            ends.append(-1)
            breaks.append(len(words))
            offset += len(line) + 1
        numbers = self._numbers
        try:
            ids = [numbers[word] for word in words]
        except KeyError:
            ids = [numbers[word] if word in numbers else self._learn(word) for word in words]
        self._take_up()
        table = self._table[ids]
        bits = table[:, 4].astype(np.uint64)
        groups = table[:, 5].astype(np.int32)
        self._in_lines(text, words, starts, ends, breaks, bits, table[:, 3])
        _in_text(words, bits, groups)
        begins = np.array(starts, np.int32)
        self._by_rule(text, begins, bits)
        return Featured(
            begins,
            np.array(ends, np.int32),
            table[:, 0].astype(np.uint32),
            table[:, 1].astype(np.uint16),
            table[:, 2].astype(np.uint16),
            table[:, 3].astype(np.uint8),
            bits,
            groups,
        )

    def _learn(self, word: str) -> int:
        lower = word.lower().replace("’", "'")
        data = lower.encode("utf-8", "surrogatepass")
        shape = _shape(word)
        group = -1
        if shape in _NAMING:
            group = self._lowered.setdefault(lower, len(self._lowered))
        row = (
            crc32(data) or 1,
            crc32(lower[:3].encode("utf-8", "surrogatepass")) % PREFIXES,
            crc32(lower[-3:].encode("utf-8", "surrogatepass")) % SUFFIXES,
            shape,
            self._word_bits(word, lower, shape),
            group,
        )
        number = self._known + len(self._new)
        self._new.append(row)
        if len(word) <= _LONGEST_REMEMBERED:
            self._numbers[word] = number
        return number

    def _take_up(self) -> None:
        """Put the new words into the table, which doubles when it is full."""
        if not self._new:
            return
        known = self._known + len(self._new)
        if known > len(self._table):
            grown = np.zeros((max(known, 2 * len(self._table)), 6), np.int64)
            grown[: self._known] = self._table[: self._known]
            self._table = grown
        self._table[self._known : known] = self._new
        self._known = known
        self._new.clear()

    def _word_bits(self, word: str, lower: str, shape: int) -> int:
        lists = self._gazetteer
        bits = 0
        if shape in _NAMING:
            proper = word if shape != _SHOUT else word.title()
            bits |= (proper in lists.first_names) << 6
            bits |= (lower in lists.common) << 7
            bits |= (proper in lists.demonyms) << 8
            kind = lists.names.get(word) or (
                lists.names.get(proper) if shape == _SHOUT and len(word) > 3 else None
            )
            place = _LIST_BITS.get(kind or "person")
            if place is not None:
                bits |= 1 << place
            bits |= (proper in lists.minor_places) << 18
            bits |= (word in cues.CORPORATE) << 20
            bits |= (proper in cues.ORGANISATION_HEADS or proper in cues.ORGANISATION_ENDINGS) << 21
            bits |= (proper in cues.PLACE_HEADS) << 22
            bits |= (proper in cues.CALENDAR) << 23
        bits |= (word in cues.HONORIFICS) << 19
        bits |= (lower in cues.ROLES) << 24
        return bits

    def _in_lines(
        self,
        text: str,
        words: list[str],
        starts: list[int],
        ends: list[int],
        breaks: list[int],
        bits: NDArray[np.uint64],
        shapes: NDArray[np.int64],
    ) -> None:
        """Add to `bits` what the line around a piece decides."""
        heads = self._heads
        begin = 0
        marked: list[tuple[int, int]] = []
        naming = np.isin(shapes, _NAMING_SHAPES)
        small = shapes == _SMALL
        shouting = shapes == _SHOUT
        for end in breaks:
            last = end - 1
            if last > begin:
                capital = int(naming[begin:last].sum())
                few = int(small[begin:last].sum())
                kind = 0
                if capital > 1 and few <= capital // 8 and int(shouting[begin:last].sum()) * 2 > capital:
                    kind = 1 << 2
                elif capital > 2 and few <= capital // 3:
                    kind = 1 << 3
                marked.append((begin, 3))
                if kind:
                    bits[begin:last] |= np.uint64(kind)
                for index in range(begin, last):
                    word = words[index]
                    if word in _SENTENCE_ENDS and index + 1 < last:
                        marked.append((index + 1, 2))
                    elif word == "-":
                        marked.append((index, 1 << 25))
                        if index + 1 < last:
                            marked.append((index + 1, 1 << 26))
                    if naming[index]:
                        size = heads.get(word.lower())
                        if size:
                            self._phrase(
                                text, words, starts, ends, index, min(last, index + size), kind == 4, marked
                            )
            begin = end
        for index, value in marked:
            bits[index] |= value

    def _by_rule(self, text: str, starts: NDArray[np.int32], bits: NDArray[np.uint64]) -> None:
        """Add to `bits` what the rules take for names."""
        mentions = self._rules.recognise(text)
        if not mentions:
            return
        pieces = np.flatnonzero(starts >= 0)
        placed = starts[pieces]
        first = placed.searchsorted([mention.start for mention in mentions])
        last = placed.searchsorted([mention.end for mention in mentions])
        for mention, begin, end in zip(mentions, first.tolist(), last.tolist(), strict=True):
            bit = RULES + 2 * MENTION_TYPES.index(mention.type)
            bits[pieces[begin:end]] |= np.uint64(2 << bit)
            if begin < end:
                bits[pieces[begin]] ^= np.uint64(3 << bit)

    def _phrase(
        self,
        text: str,
        words: list[str],
        starts: list[int],
        ends: list[int],
        index: int,
        limit: int,
        shouting: bool,
        marked: list[tuple[int, int]],
    ) -> None:
        """Mark the longest listed name of several pieces that begins here."""
        names = self._gazetteer.names
        if shouting and self._shouted is None:
            self._shouted = {name.upper(): name for name in names}
        for last in range(limit, index + 1, -1):
            phrase = text[starts[index] : ends[last - 1]]
            if shouting and self._shouted is not None:
                phrase = self._shouted.get(phrase, phrase)
            kind = names.get(phrase)
            if kind is not None:
                place = _LIST_BITS[kind]
                if place is not None:
                    marked.append((index, 1 << place + 1))
                    marked.extend((inner, 1 << place + 2) for inner in range(index + 1, last))
                return


def _in_text(words: list[str], bits: NDArray[np.uint64], groups: NDArray[np.int32]) -> None:
    """Add to `bits` whether a capitalised word stands small in the text, or with its capital inside a sentence."""
    small = {word for word in words if word.islower()}
    named = np.flatnonzero(groups >= 0)
    inside: set[int] = set(groups[named[(bits[named] & 0b1110) == 0]].tolist())
    for index in named.tolist():
        value = 0
        if words[index].lower() in small:
            value |= 1 << 4
        if int(groups[index]) in inside:
            value |= 1 << 5
        if value:
            bits[index] |= value


_SMALL, _SHOUT = 1, 2
_CAPITAL, _LETTER, _INITIAL, _MIXED, _ACRONYM = 3, 4, 5, 6, 7
_NAMING = frozenset({_SHOUT, _CAPITAL, _LETTER, _INITIAL, _MIXED, _ACRONYM})
_NAMING_SHAPES = np.array(sorted(_NAMING))


def _shape(word: str) -> int:
    """What a word looks like.

    1 small · 2 capitals · 3 Capital · 4 X · 5 X. · 6 mIxed, McX · 7 X.Y. · 8 to 11 numbers · 12 mark · 13 possessive ·
    14 another script than Latin; 0 is no piece at all.
    """
    first = word[0]
    if not first.isalnum():
        if first in "'’":
            return 13
        return 12
    if first.isdigit():
        if len(word) == 4 and word.isdigit():
            return 8
        if word.isdigit():
            return 9
        return 10 if word[-1].isdigit() else 11
    if not is_latin(first):
        return 14
    if word.islower():
        return _SMALL
    letters = word.replace(".", "")
    if len(letters) == 1:
        return _INITIAL if len(word) > 1 else _LETTER
    if "." in word:
        return _ACRONYM if letters.isupper() else _CAPITAL
    if letters.isupper():
        return _SHOUT
    if first.isupper() and word[1:].islower():
        return _CAPITAL
    return _MIXED
