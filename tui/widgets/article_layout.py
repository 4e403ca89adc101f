"""An article laid out in lines: where each line of a pane stands in the article's text.

Pure: no styles, no terminal. Offsets are those of `tui.article`.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
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

    Attributes:
        lines: all lines, top to bottom.
        meta: the text that the `meta` lines are cut from.
    """

    def __init__(
        self, article: Article, meta: str, width: int, letters: Mapping[int, Sequence[int]] | None = None
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
        self._first: list[int] = []
        for index, paragraph in enumerate(article.paragraphs):
            lines.append(Line("blank", index))
            self._first.append(len(lines))
            lines += [
                Line("text", index, *span)
                for span in _wrap_with_letters(paragraph, width, letters.get(index))
            ]
        lines.append(Line("blank", max(0, len(article.paragraphs) - 1)))
        self.lines = lines

    def line_of(self, paragraph: int, offset: int) -> int:
        """The line on which this place in the text stands."""
        if paragraph < 0:
            first = 1
        elif paragraph < len(self._first):
            first = self._first[paragraph]
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
    return [
        (start - bisect.bisect_left(drawn_at, start), end - bisect.bisect_left(drawn_at, end))
        for start, end in wrap("x".join(pieces), width)
    ]
