"""The headings of an entity page's lists: of those that share a column, which one is in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.terminal.cells import cut, width_of
from tui.widgets.known_styles import KnownStyles


class Tab(NamedTuple):
    """A list's heading."""

    key: str
    """What leads to it."""
    text: str
    shown: bool
    """Whether it is the one of its column that is in view."""
    focused: bool


class TabColumn(NamedTuple):
    """The headings of one column."""

    width: int
    tabs: tuple[Tab, ...]
    remark: str = ""
    """What to say at the right end, where there is room."""


class SectionBar(KnownStyles):
    """One line, drawn when it changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab--key", "tab--shown", "tab--hidden", "tab--focused"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns: tuple[TabColumn, ...] = ()

    def show(self, columns: Sequence[TabColumn]) -> None:
        """Show other headings."""
        if tuple(columns) != self.columns:
            self.columns = tuple(columns)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y or not width:
            return Strip.blank(width, self.rich_style)
        segments: list[Segment] = []
        for column in self.columns:
            segments += self._column(column)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _column(self, column: TabColumn) -> list[Segment]:
        style = self.get_component_rich_style
        segments: list[Segment] = []
        room = column.width
        for tab in column.tabs:
            name = "tab--focused" if tab.focused else "tab--shown" if tab.shown else "tab--hidden"
            key, text = cut(f" {tab.key} ", room), tab.text
            text = cut(f"{text} ", room - width_of(key))
            segments += [Segment(key, style("tab--key")), Segment(text, style(name))]
            room -= width_of(key) + width_of(text)
        remark = column.remark if width_of(column.remark) + 2 <= room else ""
        segments.append(Segment(" " * (room - width_of(remark) - bool(remark)), self.rich_style))
        if remark:
            segments.append(Segment(remark + " ", style("tab--hidden")))
        return segments
