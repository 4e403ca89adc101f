"""Text into words: what a word is, where it stands, and the forms under which it is found.

A *chunk* is a stretch of text without white space in which words may be joined (`Covid-19`, `U.S.`, `l'Ukraine`,
`1,000`, `中国`). Each distinct chunk is analysed once and remembered, since news repeats itself: a dictionary look-up
a chunk is all that most text costs. A *surface* is a word folded but not stemmed; the index holds surfaces, so that
`rus*` and spelling suggestions see what was written, and `tui.index.stems` says which surfaces go together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from whoosh.analysis import Analyzer, Token

from tui.folding import APOSTROPHES, fold, fold_word

LONGEST_SURFACE = 64
"""Characters of a word that count; the rest of a longer one is ignored, in articles and queries alike."""
_LONGEST_REMEMBERED = 48
_REMEMBERED = 400_000
_MOST_JOINED = 4

# Combining marks that belong to the word they stand on; Python's \w leaves them out.
_MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3\u0900-\u0963\u0981-\u09e3\u0a01-\u0a75\u0a81-\u0ae3"
    "\u0b01-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0d4d\u0d57-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u0eb1-\u0ecd\u0f18-\u0f84\u102b-\u103e\u1056-\u109d\u1712-\u17d3\u1ab0-\u1b44\u1cd0-\u1dff\u20d0-\u20f0"
    "\u302a-\u302f\u3099\u309a"
)
_WORD = rf"[\w{_MARK}]"
_APOSTROPHE = "[" + "".join(c for c in APOSTROPHES if c not in "`\u00b4\u2032") + "]"
_HYPHEN = "[-\u2010\u2011\u2013]"
_JOINER = rf"(?:{_APOSTROPHE}|{_HYPHEN}|[.,&])"
_CHUNK = re.compile(rf"{_WORD}+(?:\.?{_JOINER}{_WORD}+)*(?:(?<=\.[^\W\d_])\.)?")
# The same for text in ASCII, which most is: a class of bits instead of ranges makes it a third quicker.
_CHUNK_ASCII = re.compile(r"[0-9A-Za-z_]+(?:\.?['\-.,&][0-9A-Za-z_]+)*(?:(?<=\.[A-Za-z])\.)?")

# Scripts written without spaces: Thai to Khmer, kana, Han, Hangul; found by pairs of characters.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_PIECE = re.compile(
    rf"(?P<unspaced>(?:[{_UNSPACED}])+)"
    rf"|(?P<abbreviation>(?<![^\W_])[^\W\d_{_UNSPACED}](?:\.[^\W\d_{_UNSPACED}])+(?![^\W_])\.?)"
    rf"|(?P<number>(?<![\w.,])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?![\w]|[.,]\d)|(?<![\w.,])\d+\.\d+(?![.,]?\d))"
    rf"|(?P<word>(?:(?![{_UNSPACED}_]){_WORD})+(?:{_APOSTROPHE}(?:(?![{_UNSPACED}_]){_WORD})+)*)"
)
_PLAIN = re.compile(r"[0-9A-Za-z]+(?:[.\-][0-9A-Za-z]+)*")
_SPECIAL = re.compile(r"\d\.\d|(?<![^.\-])[A-Za-z]\.[A-Za-z](?![^.\-])")
_HYPHENED = re.compile(rf"{_HYPHEN}|&")
_APOSTROPHES = re.compile(_APOSTROPHE)
# Short words that French, Italian and Catalan join to the next one: l'Ukraine, dell'Ucraina, qu'il.
_ELIDED = frozenset(
    "l d j m t s n c qu jusqu lorsqu puisqu quelqu un dell all nell sull dall quell dovr".split()
)


class Part(NamedTuple):
    """One word of a chunk."""

    surface: str
    position: int
    """Counted from the chunk's first."""
    start: int
    end: int
    """Offsets into the chunk."""
    joined: bool
    """Whether this is another way to read words that stand in the chunk as well (`covid19` of `Covid-19`)."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk's words."""

    parts: tuple[Part, ...]
    advance: int
    """How many positions it takes."""


class Occurrence(NamedTuple):
    """A word where it stands in a text."""

    surface: str
    position: int
    start: int
    end: int


def chunk_pattern(text: str) -> re.Pattern[str]:
    """What finds the chunks of this text."""
    return _CHUNK_ASCII if text.isascii() else _CHUNK


class Tokenizer:
    """Splits text into words, with a memory of the chunks it has seen. Safe to share between threads."""

    def __init__(self) -> None:
        self._seen: dict[str, Chunk] = {}

    def chunks(self, text: str) -> Iterator[tuple[int, Chunk]]:
        """The chunks of the text, each with the offset where it begins."""
        seen = self._seen
        for match in chunk_pattern(text).finditer(text):
            written = match.group()
            yield match.start(), seen.get(written) or self.chunk(written)

    def chunk(self, written: str) -> Chunk:
        """One chunk analysed, or remembered."""
        chunk = self._seen.get(written)
        if chunk is None:
            chunk = analyse(written)
            if len(written) <= _LONGEST_REMEMBERED:
                if len(self._seen) >= _REMEMBERED:
                    self._seen.clear()
                self._seen[written] = chunk
        return chunk

    def occurrences(self, text: str, position: int = 0) -> list[Occurrence]:
        """Every word of the text, joined readings included, positions counted from `position`."""
        found = []
        for offset, chunk in self.chunks(text):
            for surface, at, start, end, _ in chunk.parts:
                found.append(Occurrence(surface, position + at, offset + start, offset + end))
            position += chunk.advance
        return found

    def surfaces(self, text: str) -> tuple[list[str], list[int], int]:
        """Every word of the text, their positions, and how many positions the text takes."""
        surfaces: list[str] = []
        positions: list[int] = []
        position = 0
        for _, chunk in self.chunks(text):
            for part in chunk.parts:
                surfaces.append(part[0])
                positions.append(position + part[1])
            position += chunk.advance
        return surfaces, positions, position


def analyse(written: str) -> Chunk:
    """The words of one chunk."""
    if written.isascii() and written.isalnum():
        return Chunk((Part(written[:LONGEST_SURFACE].lower(), 0, 0, len(written), False),), 1)
    if _PLAIN.fullmatch(written) and not _SPECIAL.search(written):
        return _plain(written)
    return _any(written)


def _plain(written: str) -> Chunk:
    """What `_any` says of words in ASCII between full stops and hyphens (most of a URL), a fifth of the time."""
    parts: list[Part] = []
    position = start = 0
    for group in written.lower().split("."):
        words = group.split("-")
        first, group_start = len(parts), start
        for word in words:
            end = start + len(word)
            parts.append(Part(word[:LONGEST_SURFACE], position, start, end, False))
            position += 1
            start = end + 1
        if 2 <= len(words) <= _MOST_JOINED:
            surface = "".join(words)[:LONGEST_SURFACE]
            parts.insert(first + 1, Part(surface, parts[first].position, group_start, start - 1, True))
    return Chunk(tuple(parts), position)


def _any(written: str) -> Chunk:
    parts: list[Part] = []
    position = 0
    run: list[Part] = []  # words joined by hyphens so far: `covid19` is read off `Covid-19` when it ends
    end = 0
    for match in _PIECE.finditer(written):
        if match.group() in ("s", "S") and _APOSTROPHES.fullmatch(written, match.start() - 1, match.start()):
            end = match.end()
            continue  # U.S.'s
        if run and not _HYPHENED.fullmatch(written, end, match.start()):
            parts.extend(_joined(run))
            run = []
        new, advance = _piece(match, position)
        parts.extend(new)
        if match.lastgroup == "unspaced":
            run = []
        elif len(run) <= _MOST_JOINED:
            run.extend(new[:1])
        position += advance
        end = match.end()
    parts.extend(_joined(run))
    parts.sort(key=lambda part: (part.position, part.joined))
    return Chunk(tuple(parts), position)


def _piece(match: re.Match[str], position: int) -> tuple[list[Part], int]:
    """The words of one piece of a chunk; the first of them is what a hyphen joins."""
    text, start, end = match.group(), match.start(), match.end()
    if match.lastgroup == "unspaced":
        return _pairs(text, position, start), len(text)
    if match.lastgroup == "abbreviation":
        surface = fold(text.replace(".", ""))
    elif match.lastgroup == "number":
        surface = fold(text.replace(",", ""))
    else:
        return _word(text, position, start, end)
    return _one(surface, position, start, end), 1


def _one(surface: str, position: int, start: int, end: int, joined: bool = False) -> list[Part]:
    surface = surface[:LONGEST_SURFACE].replace(" ", "").replace("\n", "")
    return [Part(surface, position, start, end, joined)] if surface else []


def _word(text: str, position: int, start: int, end: int) -> tuple[list[Part], int]:
    """A word that may hold apostrophes: `Ukraine's`, `don't`, `O'Neill`, `l'Ukraine`."""
    if len(text) > 4 * LONGEST_SURFACE:
        text = text[: 4 * LONGEST_SURFACE]
    pieces = _APOSTROPHES.split(text)
    if len(pieces) > 1 and pieces[-1] in ("s", "S"):
        text = text[: -len(pieces[-1]) - 1]
        pieces = pieces[:-1]
    if len(pieces) > 1 and pieces[0].lower() in _ELIDED and len(pieces[-1]) > 2:
        rest = start + len(pieces[0]) + 1
        word = _one(fold_word("".join(pieces[1:])), position, rest, end)
        return word + _one(fold_word("".join(pieces)), position, start, end, joined=True), 1
    word = _one(fold_word("".join(pieces)), position, start, end)
    return word, len(word)


def _pairs(text: str, position: int, start: int) -> list[Part]:
    """Each character with its neighbour, the last one alone, so that a prefix of one finds every character."""
    if fold(text) == text:  # as most is, and then so is each pair of it
        last = len(text)
        return [
            Part(
                text[index : index + 2], position + index, start + index, start + min(index + 2, last), False
            )
            for index in range(last)
        ]
    pairs: list[Part] = []
    for index in range(len(text)):
        surface = fold(text[index : index + 2])
        end = start + min(index + 2, len(text))
        pairs += _one(surface, position + index, start + index, end)
    return pairs


def _joined(run: list[Part]) -> list[Part]:
    if not 2 <= len(run) <= _MOST_JOINED:
        return []
    return _one(
        "".join(part.surface for part in run), run[0].position, run[0].start, run[-1].end, joined=True
    )


def is_unspaced(text: str) -> bool:
    """Whether the text is all of a script that is written without spaces."""
    return bool(re.fullmatch(f"[{_UNSPACED}]+", text))


class NewsAnalyzer(Analyzer):  # type: ignore[misc]
    """The tokenizer in the shape that Whoosh's fields, highlighter and parser know."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer()

    def __getstate__(self) -> dict[str, Any]:
        return {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._tokenizer = Tokenizer()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    __hash__ = None  # type: ignore[assignment]

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, keeporiginal: bool = False,
        removestops: bool = True, start_pos: int = 0, start_char: int = 0, mode: str = "", **kwargs: Any,
    ) -> Iterator[Token]:  # fmt: skip
        token = Token(positions, chars, removestops=removestops, mode=mode)
        for surface, position, start, end in self._tokenizer.occurrences(value):
            token.text = surface
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = value[start:end]
            if positions:
                token.pos = start_pos + position
            if chars:
                token.startchar = start_char + start
                token.endchar = start_char + end
            yield token
