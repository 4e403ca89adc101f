"""Strict and lenient scores of recognisers against annotated articles, and how such articles are read.

An annotated article is a text file in which names stand as `[[Vladimir Putin|person]]`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tui.article import MENTION_TYPES, MentionType
from tui.entities import Recogniser

_MARKED = re.compile(r"\[\[([^|\]]+)\|(person|organisation|place|misc)\]\]")
_THE = re.compile(r"(?i)the\s+")

Name = tuple[int, int, str]
"""Start, end, type."""

Find = Callable[[Sequence[str]], list[list[Name]]]
"""The names that a recogniser finds in each of some texts."""


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
        right, found, wanted = self._counts(kind)
        return 200 * right / (found + wanted) if found + wanted else 100.0

    def precision(self, kind: MentionType | None = None) -> float:
        """How many of the names found are right, in percent."""
        right, found, _ = self._counts(kind)
        return 100 * right / found if found else 100.0

    def recall(self, kind: MentionType | None = None) -> float:
        """How many of the names that are there were found, in percent."""
        right, _, wanted = self._counts(kind)
        return 100 * right / wanted if wanted else 100.0

    def _counts(self, kind: MentionType | None) -> list[int]:
        counters = (self.right, self.found, self.wanted)
        return [counter.total() if kind is None else counter[kind] for counter in counters]


class Scores(NamedTuple):
    """Both ways of counting."""

    strict: Score
    """Span and type exact, a leading "the" and a trailing "'s" stripped from what is there and from what is found."""
    lenient: Score
    """The type right, the spans overlapping."""


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a leading "the" and a trailing "'s"."""
    the = _THE.match(text, start, end)
    if the and the.end() < end:
        start = the.end()
    if text[start:end].endswith(("'s", "’s")) and end - start > 2:
        end -= 2
        if text[end - 1] == " " and end - start > 1:  # columns, written with a space between all tokens
            end -= 1
    return start, end


def finder(recogniser: Recogniser) -> Find:
    """A recogniser of ours, asked for the names in texts."""
    return lambda texts: [
        [(mention.start, mention.end, mention.type) for mention in recogniser.recognise(text)]
        for text in texts
    ]


def score(articles: Iterable[Annotated], recogniser: Recogniser) -> Scores:
    """Strict and lenient scores."""
    articles = list(articles)
    return score_names(articles, finder(recogniser)([article.text for article in articles]))


def score_names(articles: Sequence[Annotated], found: Sequence[Sequence[Name]]) -> Scores:
    """Scores of the names that were found in each of the articles.

    A type that nobody marked anywhere in the articles is left out: some data has no `misc`.
    """
    scores = Scores(Score(), Score())
    marked = {kind for article in articles for _, _, kind in article.names}
    for article, names in zip(articles, found, strict=True):
        wanted, here = (
            {(*bare(article.text, start, end), kind) for start, end, kind in spans}
            for spans in (article.names, names)
        )
        for kind in MENTION_TYPES:
            if kind not in marked:
                continue
            wanted_here = {name for name in wanted if name[2] == kind}
            found_here = {name for name in here if name[2] == kind}
            for counts, right in (
                (scores.strict, len(wanted_here & found_here)),
                (scores.lenient, _overlapping(wanted_here, found_here)),
            ):
                counts.right[kind] += right
                counts.found[kind] += len(found_here)
                counts.wanted[kind] += len(wanted_here)
    return scores


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
