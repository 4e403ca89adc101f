"""What two or three articles are called, and what there is to say of them before reading: drawn by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.article import Article
from tui.stories.board import Board
from tui.stories.rows import counts
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.compared_layout import GUTTER, NARROW, NARROW_THREE
from tui.widgets.dates import short_date
from tui.widgets.known_styles import KnownStyles

FIGURES = 6
"""Figures that disagree and are told at once."""


class ComparedHead(KnownStyles):
    """Titles, sources and days; how much is shared; the figures that disagree."""

    DEFAULT_CSS = """
    ComparedHead { height: 5; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "compared--title", "compared--quiet", "compared--summary", "compared--figure", "compared--differs",
    }  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.articles: Sequence[Article] = ()
        self.board: Board | None = None
        self.column = 0

    def show_articles(self, articles: Sequence[Article]) -> None:
        """What is known at once."""
        self.articles, self.board = articles, None
        self.refresh()

    def show_board(self, board: Board) -> None:
        """How they compare."""
        self.articles, self.board = [side.article for side in board.sides], board
        self.refresh()

    def show_column(self, column: int) -> None:
        """Which article has the keys."""
        if column != self.column:
            self.column = column
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A title and its facts for each article; then the summary and the figures."""
        width = self.size.width
        if not width or not self.articles:
            return Strip.blank(width, self.rich_style)
        count = len(self.articles)
        stacked = width < (NARROW if count == 2 else NARROW_THREE)
        if stacked and y < count:
            segments = self._title(y, width - 1, facts=True)
        elif not stacked and y < 2:
            segments = []
            room = (width - 1 - GUTTER * (count - 1)) // count
            for column in range(count):
                segments += self._title(column, room, facts=False) if y == 0 else self._facts(column, room)
                segments.append(Segment(" " * (GUTTER if column + 1 < count else 0), self.rich_style))
        elif y == (count if stacked else 2):
            segments = [Segment(" " + cut(self._summary(), width - 2), self._part("compared--summary"))]
        elif y == (count if stacked else 2) + 1:
            segments = self._disagreements(width)
        else:
            segments = []
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name)

    def _title(self, column: int, width: int, *, facts: bool) -> list[Segment]:
        article = self.articles[column]
        pointer = "▸" if column == self.column else " "
        also = f"  {self._about(article)}" if facts else ""
        also = cut(also, width // 2)
        title = fitted(article.title, width - 1 - width_of(also))
        return [
            Segment(pointer, self._part("compared--summary")),
            Segment(title, self._part("compared--title")),
            Segment(also, self._part("compared--quiet")),
        ]

    def _facts(self, column: int, width: int) -> list[Segment]:
        return [
            Segment(
                " " + fitted(self._about(self.articles[column]), width - 1), self._part("compared--quiet")
            )
        ]

    def _about(self, article: Article) -> str:
        return " · ".join(filter(None, (article.source or "unknown source", short_date(article.date))))

    def _summary(self) -> str:
        if self.board is None:
            return "comparing …"
        parts = []
        first = self.board.comparisons[0]
        number = counts(first)
        if len(self.board.sides) == 2:
            parts = [
                f"{first.shared:.0%} shared",
                *(f"{number[k]} {k}" for k in ("identical", "near", "reworded") if number[k]),
            ]
            parts += [f"{number['left']} only left", f"{number['right']} only right"]
        else:
            names = ("1 and 2", "1 and 3", "2 and 3")
            parts = [
                f"{name} share {c.shared:.0%}" for name, c in zip(names, self.board.comparisons, strict=True)
            ]
        if first.note:
            parts.insert(0, first.note)
        return " · ".join(parts)

    def _disagreements(self, width: int) -> list[Segment]:
        if self.board is None:
            return []
        found = self.board.disagreements
        if not found:
            return [Segment(" no figures disagree", self._part("compared--quiet"))] if self.board.rows else []
        segments = [Segment(f" {len(found)} figures disagree: ", self._part("compared--quiet"))]
        used = width_of(segments[0].text)
        for _, one in found[:FIGURES]:
            text = cut(f"{one.left} ≠ {one.right}", 40)
            if used + width_of(text) + 3 > width:
                break
            segments += [Segment(text, self._part("compared--figure")), Segment("   ", self.rich_style)]
            used += width_of(text) + 3
        return segments
