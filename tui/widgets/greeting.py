"""What the corpus holds, shown while no article is open: the first thing that a reader sees of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.index.conditions import Condition
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.dates import long_date
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tui.corpus import Entity, Overview

MOST = 6
"""Names and sources shown of each kind."""


class GreetingRow(NamedTuple):
    """A line: words, or a value that Enter searches for."""

    text: str = ""
    articles: str = ""
    style: str = "text"
    condition: Condition | None = None
    query: str | None = None


def greeting_rows(name: str, overview: Overview) -> list[GreetingRow]:
    """The lines for a corpus."""
    rows = [GreetingRow(), GreetingRow(name, style="title")]
    if not overview.articles:
        return [
            *rows,
            GreetingRow("No articles here yet."),
            GreetingRow(),
            GreetingRow("Put .txt or .md files into the folder; they are taken up when you open it again."),
        ]
    sources = f"{overview.sources:,} source{'s' if overview.sources != 1 else ''}"
    articles = f"{overview.articles:,} article{'s' if overview.articles != 1 else ''}"
    rows.append(GreetingRow(f"{articles} · {sources} · {overview.words:,} words"))
    if overview.first and overview.last:
        rows.append(GreetingRow(" – ".join(dict.fromkeys(map(long_date, (overview.first, overview.last))))))
    if len(overview.languages) > 1:
        rows.append(
            GreetingRow("Languages " + " · ".join(f"{code} {n:,}" for code, n in overview.languages[:8]))
        )
    if overview.failed:
        rows.append(GreetingRow(f"{overview.failed:,} files could not be taken: `broadsheet index` says why"))
    rows += [
        GreetingRow(),
        GreetingRow("/ searches · ? shows every key"),
        GreetingRow("tab comes here · ⏎ on a name looks it up"),
    ]
    rows += _names("People", overview.people)
    rows += _names("Organisations", overview.organisations)
    rows += _names("Places", overview.places)
    if overview.top_sources:
        rows += [GreetingRow(), GreetingRow("Sources", style="heading")]
        rows += [
            GreetingRow(source, f"{articles:,}", "value", ("source", source))
            for source, articles in overview.top_sources[:MOST]
        ]
    if overview.busiest:
        rows += [GreetingRow(), GreetingRow("Busiest days", style="heading")]
        rows += [
            GreetingRow(long_date(day), f"{articles:,}", "value", query=f"date:{day.isoformat()}")
            for day, articles in overview.busiest[:3]
        ]
    return rows


def _names(heading: str, entities: Sequence[Entity]) -> list[GreetingRow]:
    if not entities:
        return []
    return [
        GreetingRow(),
        GreetingRow(heading, style="heading"),
        *(
            GreetingRow(entity.name, f"{entity.articles:,}", entity.type, (entity.type, entity.name))
            for entity in entities[:MOST]
        ),
    ]


class Greeting(RowList):
    """The overview; Enter on a name, a source or a day searches for it."""

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
        """A row was chosen."""

        def __init__(self, condition: Condition | None, query: str | None) -> None:
            super().__init__()
            self.condition = condition
            self.query = query

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[GreetingRow] = []

    def show_overview(self, name: str, overview: Overview) -> None:
        """Show what a corpus holds."""
        self.rows = greeting_rows(name, overview)
        self.show_rows(len(self.rows))
        self.selected = next((i for i in range(self.count) if self.selectable(i)), 0)
        self.go_to_line(0)

    def selectable(self, index: int) -> bool:
        """Rows that can be searched for."""
        row = self.rows[index]
        return row.condition is not None or row.query is not None

    def action_choose(self) -> None:
        """Search for the selected row."""
        if self.rows and self.selectable(self.selected):
            row = self.rows[self.selected]
            self.post_message(self.SearchWanted(row.condition, row.query))

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """One line."""
        row = self.rows[index]
        base = self.rich_style
        if index == self.selected and self.has_focus and self.selectable(index):
            base = self.get_component_rich_style("row--selected")
        style = base + self.get_component_rich_style(f"greeting--{row.style}", partial=True)
        count_style = base + self.get_component_rich_style("greeting--count", partial=True)
        if not row.articles:
            return Strip([Segment("  " + cut(row.text, width - 3), style)]).adjust_cell_length(width, base)
        room = min(40, width - 4)
        text = fitted(row.text, room - width_of(row.articles) - 1)
        segments = [Segment("  ", base), Segment(text, style), Segment(" " + row.articles, count_style)]
        return Strip(segments).adjust_cell_length(width, base)
