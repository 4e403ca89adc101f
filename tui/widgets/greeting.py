"""What the corpus holds, shown while no article is open: the first thing that a reader sees of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.index.conditions import Condition
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.dates import long_date
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tui.corpus import Entity, Overview
    from tui.stories.values import Story, StoryId

FEWEST, MOST = 5, 10
"""Names, sources or days shown of each kind: as many as there is room for without scrolling."""

COLUMN = 36
"""Cells that a column needs at least."""

WIDEST_COLUMN = 44


class GreetingRow(NamedTuple):
    """Something that leads somewhere: a name or a story to its page, a source or a day to a search."""

    text: str
    articles: int
    style: str = "value"
    entity: Entity | None = None
    condition: Condition | None = None
    query: str | None = None
    story: StoryId | None = None


class Block(NamedTuple):
    """Rows of a kind under a heading."""

    heading: str
    rows: tuple[GreetingRow, ...]


class Heading(NamedTuple):
    """Words above the blocks."""

    text: str = ""
    style: str = "text"


class Cell(NamedTuple):
    """Where a row or a block's heading stands."""

    line: int
    column: int


def heading_lines(name: str, overview: Overview) -> list[Heading]:
    """What is said of the corpus as a whole."""
    lines = [Heading(), Heading(name, "title")]
    if not overview.articles:
        return [
            *lines,
            Heading("No articles here yet."),
            Heading(),
            Heading("Put .txt or .md files into the folder; they are taken up when you open it again."),
        ]
    sources = f"{overview.sources:,} source{'s' if overview.sources != 1 else ''}"
    articles = f"{overview.articles:,} article{'s' if overview.articles != 1 else ''}"
    lines.append(Heading(f"{articles} · {sources} · {overview.words:,} words"))
    if overview.first and overview.last:
        lines.append(Heading(" – ".join(dict.fromkeys(map(long_date, (overview.first, overview.last))))))
    if len(overview.languages) > 1:
        languages = " · ".join(f"{code} {n:,}" for code, n in overview.languages[:8])
        lines.append(Heading(f"Languages {languages}"))
    if overview.failed:
        lines.append(Heading(f"{overview.failed:,} files could not be taken: `broadsheet index` says why"))
    return [
        *lines,
        Heading(),
        Heading("/ searches · E finds a name · ? shows every key"),
        Heading("tab comes here · ⏎ on a name opens it"),
    ]


def blocks_of(overview: Overview, stories: Sequence[Story] = ()) -> list[Block]:
    """Who, what, where, what happened last, from whom and when."""
    blocks = [
        _names("People", overview.people),
        _names("Organisations", overview.organisations),
        _names("Places", overview.places),
        Block(
            "Latest stories",
            tuple(GreetingRow(story.title, len(story.articles), story=story.id) for story in stories[:MOST]),
        ),
        Block(
            "Sources",
            tuple(
                GreetingRow(source, articles, condition=("source", source))
                for source, articles in overview.top_sources[:MOST]
            ),
        ),
        Block(
            "Busiest days",
            tuple(
                GreetingRow(long_date(day), articles, query=f"date:{day.isoformat()}")
                for day, articles in overview.busiest[:MOST]
            ),
        ),
    ]
    return [block for block in blocks if block.rows]


def _names(heading: str, entities: Sequence[Entity]) -> Block:
    rows = (GreetingRow(entity.name, entity.articles, entity.type, entity) for entity in entities[:MOST])
    return Block(heading, tuple(rows))


class Greeting(RowList):
    """The overview in as many columns as there is room for; Enter on a row leads on.

    Attributes:
        rows: what can be selected, block after block.
    """

    ruled = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "greeting--title",
        "greeting--text",
        "greeting--heading",
        "greeting--value",
        "greeting--count",
        "greeting--person",
        "greeting--organisation",
        "greeting--place",
    }

    class SearchWanted(Message):
        """A source or a day was chosen."""

        def __init__(self, condition: Condition | None, query: str | None) -> None:
            super().__init__()
            self.condition = condition
            self.query = query

    class StoryWanted(Message):
        """A story was chosen."""

        def __init__(self, story: StoryId) -> None:
            super().__init__()
            self.story = story

    class EntityWanted(Message):
        """A name was chosen."""

        def __init__(self, entity: Entity) -> None:
            super().__init__()
            self.entity = entity

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._headings: list[Heading] = []
        self._blocks: list[Block] = []
        self.rows: list[GreetingRow] = []
        self._cells: list[Cell] = []
        """Where each row stands."""
        self._drawn: dict[Cell, GreetingRow | str] = {}
        """What stands there: a row, or a block's heading."""
        self._at: dict[Cell, int] = {}
        self._column_width = COLUMN
        self._length = 0

    def show_overview(self, name: str, overview: Overview, stories: Sequence[Story] = ()) -> None:
        """Show what a corpus holds."""
        self._headings = heading_lines(name, overview)
        self._blocks = blocks_of(overview, stories) if overview.articles else []
        self._lay_out()
        self.go_to_line(0)

    def on_resize(self) -> None:
        """Other columns."""
        self._lay_out()

    def on_show(self) -> None:
        """What was counted anew while it was hidden had no width to be laid out in."""
        self._lay_out()

    def _lay_out(self) -> None:
        """Deal the blocks into columns, each under the shortest, with as many rows as fit without scrolling."""
        room = max(self.text_width - 2, COLUMN)  # hidden, or not laid out yet, it has no width
        columns = max(1, min(3, room // COLUMN))
        self._column_width = min(WIDEST_COLUMN, room // columns)
        top = len(self._headings) + 1
        most = MOST
        while most > FEWEST and max(self._deal(columns, top, most), default=0) > self.lines_in_view:
            most -= 1
        self._length = max(self._deal(columns, top, most), default=top)
        selected = self.selected if self.count else 0
        self.show_rows(len(self.rows), selected=selected)

    def _deal(self, columns: int, top: int, most: int) -> list[int]:
        """Place every block; returns where each column ends."""
        ends = [top] * columns
        self.rows, self._cells, self._drawn, self._at = [], [], {}, {}
        for block in self._blocks:
            column = ends.index(min(ends))
            self._drawn[Cell(ends[column], column)] = block.heading
            for line, row in enumerate(block.rows[:most], ends[column] + 1):
                cell = Cell(line, column)
                self._at[cell] = len(self.rows)
                self._drawn[cell] = row
                self._cells.append(cell)
                self.rows.append(row)
            ends[column] += 2 + min(most, len(block.rows))
        return ends

    # Where the rows are

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return self._length

    def reveal_row(self, index: int) -> None:
        """Bring a row into view, and what stands above the first ones."""
        if index < len(self._cells):
            line = self._cells[index].line
            self.reveal(0 if line <= len(self._headings) + 2 else line - 1, 2)

    def refresh_row(self, index: int) -> None:
        """Draw a row anew, and nothing beside it."""
        if index < len(self._cells):
            line, column = self._cells[index]
            left = 1 + column * self._column_width
            self.refresh(Region(left, line - self.top_line, self._column_width, 1))

    @property
    def selected_entity(self) -> Entity | None:
        """The entity under the selection; None on a source or a day."""
        return self.rows[self.selected].entity if self.selected < len(self.rows) else None

    def action_choose(self) -> None:
        """Where the selected row leads."""
        if self.selected >= len(self.rows):
            return
        row = self.rows[self.selected]
        if row.entity is not None:
            self.post_message(self.EntityWanted(row.entity))
        elif row.story is not None:
            self.post_message(self.StoryWanted(row.story))
        else:
            self.post_message(self.SearchWanted(row.condition, row.query))

    def on_click(self, event: events.Click) -> None:
        """A click selects a row; on the selected one it chooses."""
        event.prevent_default()
        cell = Cell(event.y + self.top_line, (event.x - 1) // self._column_width)
        index = self._at.get(cell)
        if index == self.selected:
            self.action_choose()
        elif index is not None:
            self.select(index)

    # Drawing

    def draw_line(self, y: int) -> Strip:
        """Words, or what the columns have in this line."""
        width = self.text_width
        line = y + self.top_line
        if width <= 0:
            return self.blank()
        if line < len(self._headings):
            heading = self._headings[line]
            style = self.rich_style + self.get_component_rich_style(
                f"greeting--{heading.style}", partial=True
            )
            return Strip([Segment("  " + cut(heading.text, width - 3), style)]).adjust_cell_length(
                width, self.rich_style
            )
        segments: list[Segment] = []
        for column in range(max(1, width // self._column_width)):
            segments += self._cell(Cell(line, column))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _cell(self, cell: Cell) -> list[Segment]:
        drawn, width = self._drawn.get(cell), self._column_width
        if drawn is None:
            return [Segment(" " * width, self.rich_style)]
        base = self.rich_style
        if isinstance(drawn, str):
            style = base + self.get_component_rich_style("greeting--heading", partial=True)
            return [Segment(fitted("  " + drawn, width), style)]
        if self.has_focus and self._at[cell] == self.selected:
            base = self.get_component_rich_style("row--selected")
        style = base + self.get_component_rich_style(f"greeting--{drawn.style}", partial=True)
        count = f" {drawn.articles:,} "
        return [
            Segment("  " + fitted(drawn.text, width - 2 - width_of(count)), style),
            Segment(count, base + self.get_component_rich_style("greeting--count", partial=True)),
        ]
