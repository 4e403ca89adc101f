"""A concordance: every mention in its context, the name aligned in a column (keyword in context)."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from tui.corpus.values import Line
from tui.terminal.cells import cut, cut_before, fitted, width_of
from tui.widgets.dates import short_date
from tui.widgets.paged_list import PagedList

_DATE = 10
_SOURCE = 18
_WITH_SOURCE = 104
"""Columns from which there is room for the source."""


class ConcordanceList(PagedList[Line]):
    """One line a mention: when, what stands before it, the name, what stands after it, and where that is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--keyword"}

    nothing = "No sentence names it."

    def draw_part(self, row: Line, line: int, width: int, base: Style) -> list[Segment]:
        """The mention in its context."""
        quiet = self.quiet(base)
        source = _SOURCE if width >= _WITH_SOURCE else 0
        room = width - _DATE - source - 2
        before = room * 2 // 5
        left = cut_before(" ".join(row.left.split()) + " " * row.left[-1:].isspace(), before)
        keyword = cut(row.text, room - before)
        right = " " * row.right[:1].isspace() + " ".join(row.right.split())
        return [
            Segment(" " + fitted(short_date(row.date) or "undated", _DATE), quiet),
            Segment(" " * (before - width_of(left)) + left, base),
            Segment(keyword, base + self.get_component_rich_style("list--keyword", partial=True)),
            Segment(fitted(right, room - before - width_of(keyword)), base),
            Segment(fitted(" " + (row.source or ""), source) if source else "", quiet),
        ]
