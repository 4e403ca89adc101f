"""Strict and lenient scores of a recogniser against annotated articles, and how such articles are read.

An annotated article is a text file in which names stand as `[[Vladimir Putin|person]]`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tui.article import MENTION_TYPES, MentionType
from tui.entities import Recogniser

_MARKED = re.compile(r"\[\[([^|\]]+)\|(person|organisation|place|misc)\]\]")
_THE = re.compile(r"(?i)the\s+")

Name = tuple[int, int, str]
"""Start, end, type."""


@dataclass(frozen=True)
class Annotated:
    """A text and the names that a person found in it."""

    name: str
    text: str
    names: tuple[Name, ...]


def read_annotated(path: Path) -> Annotated:
    """An annotated article, its marks taken out of the text."""
    source = path.read_text(encoding="utf-8")
    pieces: list[str] = []
    names: list[Name] = []
    length = position = 0
    for mark in _MARKED.finditer(source):
        before = source[position : mark.start()]
        pieces += [before, mark.group(1)]
        start = length + len(before)
        length = start + len(mark.group(1))
        names.append((start, length, mark.group(2)))
        position = mark.end()
    pieces.append(source[position:])
    return Annotated(path.stem, "".join(pieces), tuple(names))


def read_folder(folder: Path) -> list[Annotated]:
    """The annotated articles of a folder: its `.txt` files."""
    return [read_annotated(path) for path in sorted(folder.glob("*.txt"))]


@dataclass
class Score:
    """Counts by type."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def f1(self, kind: MentionType | None = None) -> float:
        """F1 in percent, of one type or of all."""
        right, found, wanted = (
            counts.total() if kind is None else counts[kind]
            for counts in (self.right, self.found, self.wanted)
        )
        return 200 * right / (found + wanted) if found + wanted else 100.0


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a leading "the" and a trailing "'s"."""
    the = _THE.match(text, start, end)
    if the and the.end() < end:
        start = the.end()
    if text[start:end].endswith(("'s", "’s")) and end - start > 2:
        end -= 2
    return start, end


def score(articles: Iterable[Annotated], recogniser: Recogniser) -> tuple[Score, Score]:
    """Strict (span and type exact) and lenient (type right, spans overlap) scores."""
    strict, lenient = Score(), Score()
    for article in articles:
        wanted = {(*bare(article.text, start, end), kind) for start, end, kind in article.names}
        found = {
            (*bare(article.text, mention.start, mention.end), mention.type)
            for mention in recogniser.recognise(article.text)
        }
        for kind in MENTION_TYPES:
            wanted_here = {name for name in wanted if name[2] == kind}
            found_here = {name for name in found if name[2] == kind}
            for counts, right in (
                (strict, len(wanted_here & found_here)),
                (lenient, _overlapping(wanted_here, found_here)),
            ):
                counts.right[kind] += right
                counts.found[kind] += len(found_here)
                counts.wanted[kind] += len(wanted_here)
    return strict, lenient


def _overlapping(wanted: set[Name], found: set[Name]) -> int:
    """How many of the names found overlap a wanted one of their type, each wanted one counting once."""
    left = sorted(wanted)
    count = 0
    for start, end, _ in sorted(found):
        for name in left:
            if name[0] < end and start < name[1]:
                left.remove(name)
                count += 1
                break
    return count
