"""Quotation marks: which of them are pairs, and where sentences end between them.

Straight, curly, low and pointed double marks; single ones where a paragraph has no double ones, because they are
apostrophes too. Marks get lost: what opens and never closes ends with its paragraph, and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple


class Quoted(NamedTuple):
    """What stands between two quotation marks."""

    opening: int
    """Where the opening mark stands."""
    start: int
    """The first character within, blanks left out."""
    end: int
    """Behind the last character within, blanks left out."""
    closing: int
    """Behind the closing mark; where it is lost, behind the paragraph."""
    closed: bool


_DOUBLE = re.compile(r"[\"“”„«»‟]")
_SINGLE_OPENING = re.compile(r"(?<![\w’'])[‘'](?=[^\W\d])")
_SINGLE_CLOSING = re.compile(r"(?<=[^\s‘'])[’'](?!\w)")
_BEFORE_OPENING = frozenset(" \u00a0\u202f\t([{-–—/'‘…:")
_LONGEST_SINGLE = 1500
"""Characters; a single mark that has not closed by then is an apostrophe."""
_MOST_APOSTROPHES = 20
"""Of plurals, that are passed over in search of a closing mark."""
_ENDING = re.compile(r"[.!?…][\"”’»')\]]*\s+(?=[\"“‘«„'(\[]*[^\Wa-z_])")
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof rev fr sr jr st mt ft sen sens rep reps gov gen lt col maj capt cmdr adm sgt "
    "cpl hon pres supt det insp messrs jan feb mar apr aug sept sep oct nov dec no nos vs v inc corp "
    "ltd co bros approx dept est".split()
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")


def quoted_in(text: str) -> list[Quoted]:
    """What stands between quotation marks, in order, not overlapping, nothing empty."""
    found = _double(text)
    if not found and ("'" in text or "’" in text):
        found = _single(text)
    return [quoted for quoted in found if quoted.start < quoted.end]


def _double(text: str) -> list[Quoted]:
    found: list[Quoted] = []
    opening: int | None = None
    for match in _DOUBLE.finditer(text):
        at = match.start()
        if opening is None:
            if _opens(text, at):
                opening = at
        elif _closes(text, opening, at):
            found.append(_between(text, opening, at, True))
            opening = None
        elif _opens(text, at):
            found.append(_between(text, opening, at, False))
            opening = at
    if opening is not None:
        found.append(_between(text, opening, len(text), False))
    return found


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark in "“„«‟":
        return True
    starts = (at == 0 or text[at - 1] in _BEFORE_OPENING) and at + 1 < len(text)
    return starts and (mark != '"' or not text[at + 1].isspace())


def _closes(text: str, opening: int, at: int) -> bool:
    mark = text[at]
    if mark == '"':
        # A straight mark after a blank and before a word opens anew: the one that should have closed is lost.
        return not (text[at - 1].isspace() and at + 1 < len(text) and text[at + 1].isalnum())
    if mark in "”»":
        return True
    return (mark == "“" and text[opening] == "„") or (mark == "«" and text[opening] == "»")


def _between(text: str, opening: int, closing: int, closed: bool) -> Quoted:
    inner = text[opening + 1 : closing]
    start = opening + 1 + len(inner) - len(inner.lstrip())
    end = opening + 1 + len(inner.rstrip())
    return Quoted(opening, start, max(start, end), closing + closed, closed)


def _single(text: str) -> list[Quoted]:
    found: list[Quoted] = []
    closings = [match.start() for match in _SINGLE_CLOSING.finditer(text)]
    position = 0
    while closings and (opening := _SINGLE_OPENING.search(text, position)) is not None:
        closing = _single_closing(text, opening.end(), closings)
        if closing is None:
            position = opening.end()
            continue
        found.append(_between(text, opening.start(), closing, True))
        position = closing + 1
    return found


def _single_closing(text: str, start: int, closings: list[int]) -> int | None:
    """Where what opened before `start` closes; the apostrophe of `the workers' bus` only where nothing else does."""
    spare = None
    for at in closings[(first := bisect_left(closings, start)) : first + _MOST_APOSTROPHES]:
        if at - start > _LONGEST_SINGLE:
            break
        if text[at - 1] != "s" or text[at + 1 : at + 2] in (",", ".", ";", ""):
            return at
        if spare is None:
            spare = at
    return spare


class Sentences:
    """Where the sentences of a paragraph begin."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def starts(self) -> list[int]:
        """Ascending; the first is 0. Found when first asked for: most paragraphs report nobody."""
        text = self._text
        ends = [match.end() for match in _ENDING.finditer(text) if not _abbreviates(text, match.start())]
        return [0, *ends]

    def start_of(self, position: int) -> int:
        """Where the sentence at a position begins."""
        return self.starts[bisect_right(self.starts, position) - 1]

    def end_of(self, position: int) -> int:
        """Where the next sentence after a position begins, or the paragraph ends."""
        after = bisect_right(self.starts, position)
        return self.starts[after] if after < len(self.starts) else len(self._text)

    def begins_at(self, position: int) -> bool:
        """Whether a sentence begins exactly here."""
        at = bisect_left(self.starts, position)
        return at < len(self.starts) and self.starts[at] == position


def _abbreviates(text: str, point: int) -> bool:
    """Whether the mark at `point` ends an abbreviation or an initial rather than a sentence."""
    if text[point] != ".":
        return False
    word = _LAST_WORD.search(text, max(0, point - 8), point)
    return word is not None and (
        word.group().lower() in _ABBREVIATIONS or (len(word.group()) == 1 and word.group().isupper())
    )
