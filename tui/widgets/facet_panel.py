"""Facets and the month histogram: how the hits divide, as a summary or as a list to choose from."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.index.conditions import Condition, Facet
from tui.index.results import Facets
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.dates import month_name
from tui.widgets.row_list import RowList

BLOCKS = " ▁▂▃▄▅▆▇█"
"""Eighths of a cell, for bars."""

SUMMARY_LINES = 3
"""Lines that the summary takes while the panel is closed."""

SECTIONS: tuple[tuple[Facet, str], ...] = (
    ("source", "Sources"),
    ("person", "People"),
    ("organisation", "Organisations"),
    ("place", "Places"),
    ("month", "Months"),
)


class FacetRow(NamedTuple):
    """A row of the list: a value with its count, or a section's heading."""

    section: Facet
    value: str
    articles: int = 0
    heading: bool = False


def bars(counts: list[int], width: int) -> str:
    """A histogram one line high: as many cells as counts, or neighbouring counts added up to fit `width`."""
    if not counts or width <= 0:
        return ""
    together = -(-len(counts) // width)
    sums = [sum(counts[start : start + together]) for start in range(0, len(counts), together)]
    most = max(sums)
    if not most:
        return ""
    # The smallest count is still seen: an empty cell means none at all.
    return "".join(BLOCKS[-(-count * 8 // most)] for count in sums)


class FacetPanel(RowList):
    """The facets of the hits in view; Enter on a value narrows the query to it, or takes it out again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"facet--heading", "facet--count", "facet--active", "facet--bar"}

    class Toggled(Message):
        """A value was chosen."""

        def __init__(self, section: Facet, value: str) -> None:
            super().__init__()
            self.section = section
            self.value = value

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.facets = Facets()
        self.rows: list[FacetRow] = []
        self.active: frozenset[Condition] = frozenset()
        self.open = False

    def show_facets(self, facets: Facets, active: frozenset[Condition]) -> None:
        """Show other facets; `active` are the values that the query already asks for."""
        if facets == self.facets and active == self.active and self.rows:
            return
        at = self.rows[self.selected] if self.rows and self.selected < len(self.rows) else None
        self.facets, self.active = facets, active
        self.rows = []
        for section, heading in SECTIONS:
            values: tuple[tuple[str, int], ...] = getattr(facets, section)
            missing = [
                (value, 0) for which, value in active if which == section and value not in dict(values)
            ]
            if not values and not missing:
                continue
            self.rows.append(FacetRow(section, heading, heading=True))
            self.rows += [FacetRow(section, value, articles) for value, articles in (*missing, *values)]
        same = next(
            (
                i
                for i, row in enumerate(self.rows)
                if at and (row.section, row.value) == (at.section, at.value)
            ),
            None,
        )
        self.show_rows(len(self.rows) if self.open else 0, selected=1 if same is None else same)

    @property
    def section(self) -> Facet | None:
        """The section of the selected row; None while the panel is closed."""
        return self.rows[self.selected].section if self.open and self.selected < len(self.rows) else None

    @property
    def selected_name(self) -> Condition | None:
        """The selected row where it is a name: not a source, nor a month."""
        row = self.rows[self.selected] if self.open and self.selected < len(self.rows) else None
        if row is None or row.heading or row.section in {"source", "month"}:
            return None
        return row.section, row.value

    def set_open(self, is_open: bool) -> None:
        """A list to choose from, or a summary of a few lines."""
        self.open = is_open
        self.can_focus = is_open
        self.show_rows(len(self.rows) if is_open else 0, selected=max(1, self.selected))
        self.refresh()

    def go_to_section(self, section: Facet) -> None:
        """Select the first value of a section; of the months the last, which is the newest."""
        indexes = [i for i, row in enumerate(self.rows) if row.section == section and not row.heading]
        if indexes:
            self.selected = indexes[-1] if section == "month" else indexes[0]
            self.reveal(max(0, self.selected - 1), 3)
            self.refresh()

    def selectable(self, index: int) -> bool:
        """Headings can't be selected."""
        return not self.rows[index].heading

    def action_choose(self) -> None:
        """Narrow to the selected value, or take it out."""
        if self.count and not self.rows[self.selected].heading:
            row = self.rows[self.selected]
            self.post_message(self.Toggled(row.section, row.value))

    def draw_line(self, y: int) -> Strip:
        """A row of the list, or a line of the summary."""
        if self.open:
            return super().draw_line(y)
        width = self.text_width
        return self._summary_line(y, width) if width > 0 else self.blank()

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """A heading, or a value with its count; months with a bar."""
        row = self.rows[index]
        base = self.rich_style
        if index == self.selected:
            base = self.get_component_rich_style(
                "row--selected" if self.has_focus else "row--selected-blurred"
            )
        part = self.get_component_rich_style
        if row.heading:
            return Strip([Segment(fitted(row.value, width), base + part("facet--heading", partial=True))])
        is_active = (row.section, row.value) in self.active
        name = month_name(row.value) if row.section == "month" else row.value
        count = f" {row.articles}"
        style = base + part("facet--active", partial=True) if is_active else base
        segments = [Segment(("✓ " if is_active else "  "), style)]
        if row.section == "month":
            most = max((articles for _, articles in self.facets.month), default=1) or 1
            room = max(0, width - 2 - 9 - len(count))
            length = -(-row.articles * room // most) if room else 0
            segments += [
                Segment(fitted(name, 9), style),
                Segment("▪" * length + " " * (room - length), base + part("facet--bar", partial=True)),
            ]
        else:
            segments.append(Segment(fitted(name, width - 2 - len(count)), style))
        segments.append(Segment(count, base + part("facet--count", partial=True)))
        return Strip(segments).adjust_cell_length(width, base)

    def _summary_line(self, y: int, width: int) -> Strip:
        """Sources, names, and the months as bars."""
        quiet = self.get_component_rich_style("facet--count")
        bar = self.get_component_rich_style("facet--bar")
        facets = self.facets
        if y == 0 and facets.source:
            return self._counts_line("Source", facets.source, width)
        if y == 1:
            names = sorted((*facets.person, *facets.organisation, *facets.place), key=lambda pair: -pair[1])
            return self._counts_line("Names", tuple(names), width) if names else self.blank()
        if y == 2 and facets.month:
            first, last = month_name(facets.month[0][0]), month_name(facets.month[-1][0])
            if first == last:
                return Strip([Segment(cut(first, width), quiet)]).adjust_cell_length(width, self.rich_style)
            room = width - width_of(first) - width_of(last) - 2
            drawn = bars([articles for _, articles in facets.month], room)
            segments = [Segment(first + " ", quiet), Segment(drawn, bar), Segment(" " + last, quiet)]
            return Strip(segments).adjust_cell_length(width, self.rich_style)
        return self.blank()

    def _counts_line(self, label: str, values: tuple[tuple[str, int], ...], width: int) -> Strip:
        quiet = self.get_component_rich_style("facet--count")
        segments = [Segment(f"{label} ", quiet)]
        room = width - len(label) - 1
        for index, (value, articles) in enumerate(values):
            text = f"{' · ' if index else ''}{value} {articles}"
            if width_of(text) > room and index:
                break
            text = cut(text, room)
            segments.append(Segment(text, self.rich_style))
            room -= width_of(text)
        return Strip(segments).adjust_cell_length(width, self.rich_style)
