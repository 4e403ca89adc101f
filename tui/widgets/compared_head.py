"""What two or three articles are called, and what there is to say of them before reading: drawn by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from tui.article import Article
from tui.stories.board import SIGNS, Board, BoardKind, Marks
from tui.stories.summary import against, notes, parts, shares
from tui.terminal.cells import cut, fitted, width_of, wrap
from tui.widgets.compared_layout import MARGIN, widths_of
from tui.widgets.dates import short_date
from tui.widgets.known_styles import KnownStyles

ROOMY = 28
"""Lines of a screen from which on the head has room for all that it can tell."""
CRAMPED = 16
"""Lines below which it tells the titles and one line more."""
TITLE_LINES = 2
MOST_OF_A_FIGURE = 44
_GAPS = (3, 2, 1)
"""Blanks between what is told of all kinds, the most that there is room for."""

LEGEND = "  ▁ shared ▄ reworded █ only here"

_HEIGHTS: dict[BoardKind, str] = {"identical": "▁", "near": "▂", "reworded": "▄", "only": "█"}
"""How high a sentence stands in the map of its article: the higher, the more it is this article's own."""


class ComparedHead(KnownStyles):
    """Titles, sources and days; how much is shared; the figures that disagree."""

    DEFAULT_CSS = """
    ComparedHead { height: auto; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "compared--title", "compared--quiet", "compared--summary", "compared--figure", "compared--word",
        "compared--name", "compared--sign", "compared--alarm",
    }  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.articles: Sequence[Article] = ()
        self.board: Board | None = None
        self.column = 0
        self.said = "comparing …"
        """What there is to say before there is a board."""
        self._room = 0
        self._lines: list[list[Segment]] = []

    def show_working(self, articles: Sequence[Article], said: str) -> None:
        """What is known at once."""
        self.articles, self.board, self.said = articles, None, said
        self.draw_anew()

    def show_board(self, board: Board) -> None:
        """How they compare."""
        self.articles, self.board = [side.article for side in board.sides], board
        self.draw_anew()

    def show_column(self, column: int) -> None:
        """Which article has the keys."""
        if column != self.column:
            self.column = column
            self.draw_anew()

    def set_room(self, lines: int) -> None:
        """How many lines the screen has."""
        if lines != self._room:
            self._room = lines
            self.draw_anew()

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        if self.size.width:
            self._lines = self._drawn(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there is something to say in."""
        return len(self._drawn(width))

    def on_resize(self, event: events.Resize) -> None:
        """Divide the lines anew."""
        lines = self._drawn(event.size.width)
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def draw_anew(self) -> None:
        """Tell everything again; the height follows."""
        if self.size.width:
            self._lines = self._drawn(self.size.width)
        self.refresh(layout=len(self._lines) != self.size.height)

    def render_line(self, y: int) -> Strip:
        """A line."""
        width = self.size.width
        segments = self._lines[y] if y < len(self._lines) else []
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    # Lines

    def _drawn(self, width: int) -> list[list[Segment]]:
        count = len(self.articles)
        lines: list[list[Segment]] = []
        if count:
            widths = widths_of(width - 1, count)  # the text beside it has a scroll bar
            if widths.stacked:
                lines = [self._one_line(column, width) for column in range(count)]
            else:
                lines = self._beside(widths.column)
        lines += self._summary(width)
        if self._room >= CRAMPED:
            lines += self._disagreements(width, 2 if self._room >= ROOMY else 1)
            alarm = self._part("compared--alarm")
            noted = notes(self.board) if self.board is not None else []
            lines += [[Segment(f" {cut(note, width - 2)}", alarm)] for note in noted]
        if self._room >= ROOMY:
            lines.append([])
        return lines

    def _part(self, name: str) -> Style:
        return self.rich_style + self.get_component_rich_style(name, partial=True)

    def _pointer(self, column: int) -> Segment:
        """Which article has the keys; of three its number."""
        number = str(column + 1) if len(self.articles) != 2 else ""
        text = f"{'▸' if column == self.column else ' '}{number:>{MARGIN - 2}} "
        return Segment(text, self._part("compared--summary"))

    def _beside(self, width: int) -> list[list[Segment]]:
        """The articles beside one another: titles, facts, and where there is room, maps."""
        count = len(self.articles)
        most = TITLE_LINES if self._room >= ROOMY else 1
        titles = [self._titled(column, width, most) for column in range(count)]
        blank = Segment(" " * (MARGIN + width), self.rich_style)
        lines: list[list[Segment]] = []
        for line in range(max(map(len, titles))):
            lines.append([])
            for column, title in enumerate(titles):
                margin = self._pointer(column) if not line else Segment(" " * MARGIN, self.rich_style)
                lines[-1] += [margin, *title[line]] if line < len(title) else [blank]
        quiet = self._part("compared--quiet")
        facts = [f"{' ' * MARGIN}{fitted(self._about(column, width), width)}" for column in range(count)]
        lines.append([Segment(text, quiet) for text in facts])
        if self._room >= ROOMY:
            maps = [self._map(column, width) for column in range(count)]
            if self.board is not None and width_of(maps[0]) + width_of(LEGEND) <= width:
                maps[0] += LEGEND
            lines.append([Segment(f"{' ' * MARGIN}{fitted(text, width)}", quiet) for text in maps])
        return lines

    def _titled(self, column: int, width: int, most: int) -> list[list[Segment]]:
        """A title in at most so many lines, each filled; where it differs from the other is marked."""
        title = self.articles[column].title
        marks: Marks = self.board.titles[column] if self.board is not None else ()
        broken = wrap(title, width) if title else [(0, 0)]
        lines = [self._marked(title, start, end, marks) for start, end in broken[:most]]
        if len(broken) > most:
            start = broken[most - 1][0]
            kept = cut(title[start:], width)
            lines[-1] = [
                *self._marked(title, start, start + len(kept) - 1, marks),
                Segment("…", self._part("compared--title")),
            ]
        return [self._filled(line, width) for line in lines]

    def _filled(self, segments: list[Segment], width: int) -> list[Segment]:
        left = width - sum(width_of(segment.text) for segment in segments)
        return [*segments, Segment(" " * max(0, left), self.rich_style)]

    def _marked(self, title: str, start: int, end: int, marks: Marks) -> list[Segment]:
        base = self._part("compared--title")
        segments = []
        at = start
        for first, after, kind in marks:
            first, after = max(first, at), min(after, end)
            if first < after:
                style = base + self.get_component_rich_style(f"compared--{kind}", partial=True)
                segments += [Segment(title[at:first], base), Segment(title[first:after], style)]
                at = after
        return [*segments, Segment(title[at:end], base)]

    def _about(self, column: int, width: int) -> str:
        """Where from and when; and how long, where there is room for it."""
        article = self.articles[column]
        facts = " · ".join(filter(None, (article.source or "unknown source", short_date(article.date))))
        number = len(self.board.sentences[column]) if self.board is not None else 0
        long = f"{facts} · {'1 sentence' if number == 1 else f'{number:,} sentences'}"
        return long if number and width_of(long) <= width else facts

    def _map(self, column: int, width: int) -> str:
        """An article from its beginning to its end, a sentence a cell: the higher, the more it is its own."""
        if self.board is None:
            return ""
        rows = [self.board.rows[row].kind for row in self.board.row_of[column]]
        if len(rows) > width:
            rows = [
                max(rows[n * len(rows) // width : max((n + 1) * len(rows) // width, n * len(rows) // width + 1)],
                    key=list(_HEIGHTS).index)
                for n in range(width)
            ]  # fmt: skip
        return "".join(_HEIGHTS[kind] for kind in rows)

    def _one_line(self, column: int, width: int) -> list[Segment]:
        """A title and its facts in one line."""
        facts = cut(f"  {self._about(column, width // 2 - 2)}", width // 2)
        pointer = Segment(
            f"{'▸' if column == self.column else ' '}{column + 1} ", self._part("compared--summary")
        )
        room = max(1, width - 4 - width_of(facts))
        (title,) = self._titled(column, room, 1)
        return [pointer, *title, Segment(facts, self._part("compared--quiet"))]

    def _summary(self, width: int) -> list[list[Segment]]:
        """How much there is of each kind; the signs are those of the margins. Closer together, and in a second line,
        rather than that what only the last one has is left out."""
        summary = self._part("compared--summary")
        if self.board is None:
            return [[Segment(f" {cut(self.said, width - 2)}", summary)]]
        told: list[tuple[BoardKind | None, str]] = [
            *((None, text) for text in shares(self.board)),
            *((kind, f"{SIGNS[kind]} {text}" if kind else text) for kind, text in parts(self.board)),
        ]
        long = sum(width_of(text) for _, text in told)
        gap = next((gap for gap in _GAPS if 1 + long + gap * (len(told) - 1) <= width), _GAPS[-1])
        lines: list[list[Segment]] = [[]]
        used = 0
        for kind, text in told:
            if lines[-1] and used + gap + width_of(text) > width:
                if len(lines) == 2 or self._room < CRAMPED:
                    break
                lines.append([])
                used = 0
            blanks = " " * (gap if lines[-1] else 1)
            style = summary if kind is None else self._part("compared--title")
            lines[-1].append(Segment(blanks + text, style))
            used += len(blanks) + width_of(text)
        return lines

    def _disagreements(self, width: int, most: int) -> list[list[Segment]]:
        """The figures that disagree, in at most so many lines."""
        if self.board is None:  # the line is kept free: the text below it should not jump
            return [[]]
        found = self.board.disagreements
        quiet = self._part("compared--quiet")
        if not found:
            return [[Segment(" no figures disagree", quiet)]]
        figures = "1 figure disagrees:" if len(found) == 1 else f"{len(found)} figures disagree:"
        lines = [[Segment(f" {figures} ", self._part("compared--alarm"))]]
        used = width_of(figures) + 2
        indent = used
        after = len(f" and {len(found)} more")
        for position, one in enumerate(found):
            text = f" {cut(against(one), min(MOST_OF_A_FIGURE, max(8, width - indent - 4)))} "
            more = f" and {len(found) - position} more" if position else ""
            last = len(lines) == most
            if used + width_of(text) + 1 > width - (after if last and position + 1 < len(found) else 0):
                if last:
                    lines[-1].append(Segment(more, quiet))
                    break
                lines.append([Segment(" " * indent, self.rich_style)])
                used = indent
            lines[-1] += [Segment(text, self._part("compared--figure")), Segment(" ", self.rich_style)]
            used += width_of(text) + 1
        return lines
