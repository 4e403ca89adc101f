"""A timeline's lines as pieces of text, each with the name of its style. Pure: no colours, no terminal."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal, NamedTuple

from tui.corpus.bins import Bin
from tui.corpus.values import Timeline
from tui.index.dates import DayRange
from tui.terminal.cells import cut, width_of
from tui.widgets.facet_panel import BLOCKS
from tui.widgets.timeline_axis import Axis
from tui.widgets.timeline_bins import name_of, name_of_days
from tui.widgets.timeline_view import TimelineView

StyleName = Literal["", "bar", "within", "burst", "ground", "label", "heading", "key", "selected", "said"]
Piece = tuple[str, StyleName]


class Marks(NamedTuple):
    """What is drawn: told apart without colour."""

    blocks: str
    """Eighths of a cell, from none to all."""
    ground: str
    tick: str
    """The ground above a date."""
    burst: str
    """The ground under a burst."""
    within: str
    """The ground of the days that are searched, or of the span that is being marked."""
    burst_within: str
    selected: str
    before: str
    """There is more to the left."""
    after: str


DRAWN = Marks(BLOCKS, "─", "┬", "▄", "━", "█", "▲", "◂", "▸")
IN_ASCII = Marks(" ..:::###", "-", "+", "*", "=", "#", "^", "<", ">")
"""For a terminal without Unicode: thirds of a cell."""

_WIDE = 100
"""Columns from which there is room to say on which days it burst."""

_LONG_SPAN = "29 Nov 2021 – 14 Dec 2021"
_LONGEST = {
    "day": "Thu 16 Dec 2021", "week": "29 Nov 2021 – 5 Dec 2021", "month": "Dec 2021", "quarter": "Oct–Dec 2021",
    "year": "2021",
}  # fmt: skip
"""The longest that is said of a time of each unit; of those that are not here, two years."""


class Drawing(NamedTuple):
    """All that the lines depend on."""

    key: str
    """What leads to the timeline."""
    timeline: Timeline | None
    view: TimelineView | None
    bins: Sequence[Bin]
    """Those in view."""
    axis: Axis
    asked: DayRange | None
    """The days that are searched already."""
    focused: bool
    marks: Marks
    width: int

    # The heading: what is shown on the left, what is selected on the right

    def heading(self) -> list[Piece]:
        """The first line."""
        heading = self._heading()
        begin = 2 + width_of(self.key)
        pieces: list[Piece] = [(heading[:begin], "key"), (heading[begin:], "heading")]
        if self.view is not None:
            room = max(0, self.width - width_of(heading) - 2)
            said = cut(self.said(), room)
            pieces += [(" " * (room - width_of(said) + 1), ""), (said, "said" if self.focused else "label")]
        return pieces

    def _heading(self) -> str:
        """What is shown, as far as there is room beside the longest that may be said of what is selected."""
        begin = f" {self.key} Timeline"
        if self.timeline is None:
            return f"{begin} …"
        undated = f"{self.timeline.undated:,} without a date"
        if self.view is None:
            return f"{begin} · {undated}" if self.timeline.undated else f"{begin} · nothing found"
        room = self.width - 4 - self._longest_said(self.view)
        text = f"{begin} by {self.view.unit}"
        if width_of(text) > room:
            text = f" {self.key} By {self.view.unit}"
        parts = [
            *([undated] if self.timeline.undated else []),
            *([f"{self.marks.burst} burst"] if any(bin.burst for bin in self.bins) else []),
            f"highest {self._most:,}",
        ]
        for part in parts:
            if width_of(text) + 3 + width_of(part) <= room:
                text = f"{text} · {part}"
        return text

    def _longest_said(self, view: TimelineView) -> int:
        """Cells of the longest that may be said of a bar in view: the heading stays while one moves along it."""
        count = len(f" · {self._most:,} articles")
        if view.mark is not None:
            return len(_LONG_SPAN) + count + len(" · ⏎ searches it")
        length = len(_LONGEST.get(view.unit, "2010–2019")) + count
        if self.timeline is not None and self.timeline.bursts:
            length += len(" · burst")
            length += len(f" {_LONG_SPAN}") if self._says_burst_days else 0
        return length

    @property
    def _says_burst_days(self) -> bool:
        return self.view is not None and self.view.unit != "day" and self.width >= _WIDE

    def said(self) -> str:
        """What is selected in words: `Thu 16 Dec 2021 · 14 articles · burst`; empty where nothing is."""
        view = self.view
        if view is None:
            return ""
        first, last = map(datetime.date.fromordinal, view.span)
        name = name_of_days(first, last) if view.mark is not None else name_of(view.unit, first, last)
        articles = view.counts.between(*view.span)
        parts = [name, f"{articles:,} article{'' if articles == 1 else 's'}"]
        burst = view.counts.burst_in(*view.span)
        if view.mark is not None:
            parts.append("⏎ searches it")
        elif burst is not None:
            parts.append(f"burst {name_of_days(*burst)}" if self._says_burst_days else "burst")
        return " · ".join(parts)

    # Bars, ground and dates

    @property
    def _most(self) -> int:
        """How many articles the highest bar in view has."""
        return max((bin.articles for bin in self.bins), default=0)

    def bars(self, row: int, rows: int) -> list[Piece]:
        """The bars' cells in one row of `rows`, counted from the ground."""
        if self.view is None:
            return []
        most, cells, blocks, within = self._most, self.view.cells, self.marks.blocks, self._within
        drawn = cells - 1 if cells > 2 else cells  # room between wide bars, none between narrow ones
        pieces: list[Piece] = [(" ", "")]
        around: StyleName = "bar"
        for at, bin in enumerate(self.bins):
            # The smallest count is still seen: an empty cell means none at all.
            eighths = -(-bin.articles * 8 * rows // most) - 8 * row if most else 0
            block = blocks[max(0, min(eighths, 8))]
            if self._is_selected(at):
                pieces += [(block * drawn, "selected"), (" " * (cells - drawn), around)]
                continue
            if block != blocks[0]:  # nothing has no colour: it is told with what is before it
                around = "burst" if bin.burst else "within" if _overlaps(bin, within) else "bar"
            pieces.append((block * drawn + " " * (cells - drawn), around))
        return pieces

    def ground(self) -> list[Piece]:
        """The line under the bars: bursts, days that are searched, the selected bar, where dates stand, and more."""
        view, marks = self.view, self.marks
        if view is None:
            return []
        cells, within, days = view.cells, self._within, view.days
        pieces: list[Piece] = [
            (marks.before if view.counts.day_before(days.first) is not None else " ", "key")
        ]
        for at, bin in enumerate(self.bins):
            covered = _overlaps(bin, within)
            if self._is_selected(at):
                drawn = cells - 1 if cells > 2 else cells
                mark = marks.selected.center(drawn, marks.ground)
                pieces += [(mark, "selected"), (marks.ground * (cells - drawn), "ground")]
            elif bin.burst:
                pieces.append(((marks.burst_within if covered else marks.burst) * cells, "burst"))
            elif covered:
                pieces.append((marks.within * cells, "within"))
            else:
                begin = marks.tick if at in self.axis.ticks else marks.ground
                pieces.append((begin + marks.ground * (cells - 1), "ground"))
        return [*pieces, (marks.after if view.counts.day_after(days.last) is not None else " ", "key")]

    def dates(self) -> list[Piece]:
        """The last line."""
        return [(f" {self.axis.text}", "label")] if self.view is not None else []

    def _is_selected(self, at: int) -> bool:
        return self.focused and self.view is not None and at == self.view.selected - self.view.first

    @property
    def _within(self) -> DayRange | None:
        """The days that are marked: of the span, or of what is searched."""
        return self.view.span if self.view is not None and self.view.mark is not None else self.asked


def _overlaps(bin: Bin, days: DayRange | None) -> bool:
    return days is not None and bin.first.toordinal() <= days.last and bin.last.toordinal() >= days.first
