"""An article laid out in lines: where each line of a pane stands in the article's text.

Pure: no styles, no terminal. Offsets are those of `tui.article`.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from tui.article import TITLE, Article
from tui.terminal.cells import wrap

LineKind = Literal["title", "meta", "blank", "text"]

META = -2
"""The paragraph index of the line under the title, which is no part of the article's text."""


class Line(NamedTuple):
    """One line of a pane: a stretch `[start, end)` of a paragraph."""

    kind: LineKind
    paragraph: int
    start: int = 0
    end: int = 0


class ArticleLayout:
    """The lines of one article at one width.

    Args:
        article: what to lay out.
        meta: the line under the title.
        width: the most cells in a line.
        letters: for each paragraph the offsets, in order, after which a one-cell letter mark is drawn: room is left
            for it.
        order: the paragraphs in the order in which they are to be read; None for the order as published.
        hidden: paragraphs that are left out.

    Attributes:
        lines: all lines, top to bottom.
        meta: the text that the `meta` lines are cut from.
    """

    def __init__(
        self,
        article: Article,
        meta: str,
        width: int,
        letters: Mapping[int, Sequence[int]] | None = None,
        *,
        order: Sequence[int] | None = None,
        hidden: Collection[int] = (),
    ) -> None:
        letters = letters or {}
        self.width = width
        self.meta = meta
        lines = [Line("blank", META)]
        lines += [
            Line("title", TITLE, *span)
            for span in _wrap_with_letters(article.title, width, letters.get(TITLE))
        ]
        lines += [Line("meta", META, start, end) for start, end in wrap(meta, width)]
        self._first = [0] * len(article.paragraphs)
        self._rank = [0] * len(article.paragraphs)
        self._hidden = frozenset(hidden)
        last = max(0, len(article.paragraphs) - 1)
        for rank, index in enumerate(range(len(article.paragraphs)) if order is None else order):
            self._rank[index] = rank
            self._first[index] = len(lines) + 1  # of a hidden one where the next one begins
            if index in self._hidden:
                continue
            last = index
            lines.append(Line("blank", index))
            lines += [
                Line("text", index, *span)
                for span in _wrap_with_letters(article.paragraphs[index], width, letters.get(index))
            ]
        lines.append(Line("blank", last))
        self.lines = lines

    def is_shown(self, paragraph: int) -> bool:
        """Whether a paragraph has lines."""
        return paragraph not in self._hidden

    def rank_of(self, paragraph: int, offset: int) -> tuple[int, int]:
        """What places in the text are to be sorted by, in the order in which they are read."""
        if 0 <= paragraph < len(self._rank):
            return self._rank[paragraph], offset
        return (-1 if paragraph < 0 else len(self._rank)), offset

    def line_of(self, paragraph: int, offset: int) -> int:
        """The line on which this place in the text stands."""
        if paragraph < 0:
            first = 1
        elif paragraph < len(self._first):
            first = self._first[paragraph]
            if paragraph in self._hidden:
                return min(first, len(self.lines) - 1)
        else:
            return len(self.lines) - 1
        last = first
        while last < len(self.lines) and self.lines[last].paragraph == self.lines[first].paragraph:
            if self.lines[last].kind == "blank":
                break
            last += 1
        starts = [line.start for line in self.lines[first:last]]
        return first + max(0, bisect.bisect_right(starts, offset) - 1)

    def place_of(self, line: int) -> tuple[int, int]:
        """(paragraph, offset) of the first text at or after a line; what a reader's place is kept as."""
        for candidate in self.lines[max(0, line) :]:
            if candidate.kind in {"title", "text"}:
                return candidate.paragraph, candidate.start
        return TITLE, 0


def _wrap_with_letters(text: str, width: int, letters: Sequence[int] | None) -> list[tuple[int, int]]:
    """`wrap`, with room for a letter after each of these offsets."""
    if not letters:
        return wrap(text, width)
    pieces, at = [], 0
    for offset in letters:
        pieces.append(text[at:offset])
        at = offset
    pieces.append(text[at:])
    drawn_at = [offset + index for index, offset in enumerate(letters)]
    drawn = "x".join(pieces)
    spans, letters_at, line = wrap(drawn, width), frozenset(drawn_at), 0
    while line + 1 < len(spans):
        start, end = spans[line]
        # A word that is longer than a line was broken before a letter: what the letter belongs to goes along with it.
        if end in letters_at and spans[line + 1][0] == end > start + 1:
            rest = wrap(drawn[end - 1 :], width)
            spans[line:] = [(start, end - 1), *((first + end - 1, after + end - 1) for first, after in rest)]
        line += 1
    return [
        (start - bisect.bisect_left(drawn_at, start), end - bisect.bisect_left(drawn_at, end))
        for start, end in spans
    ]
