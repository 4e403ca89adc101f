"""A timeline drawn as bars, one of them selected: a move redraws two cells and a line of words."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.corpus.values import Timeline
from tui.keys import commands_at
from tui.terminal.cells import cut, width_of
from tui.widgets.facet_panel import BLOCKS
from tui.widgets.paged_list import SOON_S
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.timeline_bins import Bin, Bins, divided, labels, name_of, query_of

WIDEST_BAR = 6
"""Cells of a bar where there are few."""

AROUND_BARS = 3
"""Lines that are no bars: what is selected above, the ground line and the years below."""

BURST, GROUND, SELECTED = "▄", "─", "▲"
"""The ground line under bars in a burst, under others, and under the selected one: told apart without colour."""


class TimelineBars(ScrollLines):
    """How often something was in the news; Enter searches for it in the selected time.

    Attributes:
        bins: what the bars are of; empty before there is a timeline.
        selected: index of the selected bar.
    """

    DEFAULT_CSS = """
    TimelineBars { overflow-y: hidden; scrollbar-size-vertical: 0; scrollbar-gutter: auto; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bars--bar",
        "bars--burst",
        "bars--ground",
        "bars--label",
        "bars--heading",
        "bars--key",
        "bars--selected",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(command.keys), command.name, command.help, show=False, id=command.name)
        for command in commands_at("bars")
    ]

    class TimeChosen(Message):
        """Enter on a bar, or a click on the selected one."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query
            """The time in the query language."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.timeline: Timeline | None = None
        self.bins = Bins("day", ())
        self.selected = 0
        self._cells = 1

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show another timeline; None while it is being counted."""
        self.timeline = timeline
        self.selected = 0
        self._divide()
        self.selected = max(0, len(self.bins.bins) - 1)
        if timeline is None:
            self.set_timer(SOON_S, self._say_waiting)  # painted over once only where the other one comes soon
        else:
            self.refresh()

    def _say_waiting(self) -> None:
        if self.timeline is None:
            self.refresh()

    @property
    def time(self) -> Bin | None:
        """The selected time; None where there is none."""
        return self.bins.bins[self.selected] if self.selected < len(self.bins.bins) else None

    def on_resize(self) -> None:
        """Divide anew, the selected time kept; the last one is, where there was no room for any before."""
        selected = self.time
        self._divide()
        self.selected = max(0, len(self.bins.bins) - 1)
        if selected is not None:
            self.selected = next(
                (at for at, bin in enumerate(self.bins.bins) if bin.last >= selected.first), self.selected
            )
        self.refresh()

    def _divide(self) -> None:
        width = self.text_width - 2
        if self.timeline is None or width <= 0:
            self.bins = Bins("day", ())
            return
        self.bins = divided(self.timeline, width)
        self._cells = max(1, min(WIDEST_BAR, width // max(1, len(self.bins.bins))))

    # Moving

    def move(self, lines: int) -> None:
        """Select another bar: one that stands for something."""
        there = [at for at, bin in enumerate(self.bins.bins) if bin.articles]
        if not there:
            return
        now = bisect_left(there, self.selected)
        target = there[max(0, min(now + lines, len(there) - 1))]
        if target == self.selected:
            return
        self._select(target)

    def _select(self, target: int) -> None:
        before, self.selected = self.selected, target
        ground = self.size.height - 2
        for at in (before, target):
            self.refresh(Region(1 + at * self._cells, ground, self._cells, 1))
        self.refresh(Region(self._said_from(), 0, self.size.width - self._said_from(), 1))

    @property
    def page(self) -> int:
        """How many bars a page moves."""
        return 10

    def action_earlier(self) -> None:
        """The bar before."""
        self.move(-1)

    def action_later(self) -> None:
        """The next bar."""
        self.move(1)

    def action_top(self) -> None:
        """The first bar."""
        self.move(-len(self.bins.bins))

    def action_bottom(self) -> None:
        """The last bar."""
        self.move(len(self.bins.bins))

    def action_choose(self) -> None:
        """Search in the selected time."""
        if self.time is not None:
            self.post_message(self.TimeChosen(query_of(self.bins.unit, self.time)))

    def on_click(self, event: events.Click) -> None:
        """A click selects a bar; on the selected one it searches."""
        at = (event.x - 1) // self._cells
        if not 0 <= at < len(self.bins.bins):
            return
        if at == self.selected:
            self.action_choose()
        else:
            self._select(at)

    def focus_changed(self) -> None:
        """The selected bar is shown with the focus only."""
        self.refresh(Region(0, self.size.height - 2, self.size.width, 1))
        self.refresh(Region(0, 0, self.size.width, 1))

    # Drawing

    def draw_line(self, y: int) -> Strip:
        """What is selected, a line of bars, the ground line, or the years."""
        width, height = self.text_width, self.size.height
        if width <= 2:
            return self.blank()
        if y == 0:
            segments = self._heading(width)
        elif not self.bins.bins:
            return self.blank()
        elif y == height - 2:
            segments = self._ground(width)
        elif y == height - 1:
            text = labels(self.bins, self._cells, width - 2)
            segments = [Segment(" " + text, self.get_component_rich_style("bars--label"))]
        else:
            segments = self._bars(height - 3 - y, max(1, height - AROUND_BARS))
        # Neighbours of one colour are one piece: a colour told for each bar was 19 kB a page.
        return Strip(segments).simplify().adjust_cell_length(width, self.rich_style)

    def _heading_text(self) -> str:
        if self.timeline is None:
            return " 1 Timeline …"
        parts = [" 1 Timeline"]
        if self.bins.bins:
            parts[0] += f" by {self.bins.unit}"
        if self.timeline.undated:
            parts.append(f"{self.timeline.undated:,} undated")
        if any(bin.burst for bin in self.bins.bins):
            parts.append(f"{BURST} burst")
        return " · ".join(parts)

    def _said_from(self) -> int:
        """The column from which the heading says what is selected."""
        return width_of(self._heading_text())

    def _heading(self, width: int) -> list[Segment]:
        heading = self._heading_text()
        segments = [
            Segment(heading[:3], self.get_component_rich_style("bars--key")),
            Segment(heading[3:], self.get_component_rich_style("bars--heading")),
        ]
        if self.time is not None:
            articles = f"{self.time.articles:,} article{'' if self.time.articles == 1 else 's'}"
            said = f"{name_of(self.bins.unit, self.time)} · {articles}" + (
                " · burst" if self.time.burst else ""
            )
            room = width - width_of(heading) - 2
            said = cut(said, room)
            name = "bars--selected" if self.has_focus else "bars--label"
            segments.append(Segment(" " * (room - width_of(said) + 1), self.rich_style))
            segments.append(Segment(said, self.get_component_rich_style(name)))
        return segments

    def _bars(self, row: int, rows: int) -> list[Segment]:
        """The bars' cells in one row, counted from the ground."""
        most = max(bin.articles for bin in self.bins.bins)
        cells = self._cells
        drawn = cells - 1 if cells > 2 else cells  # room between wide bars, none between narrow ones
        segments = [Segment(" ", self.rich_style)]
        for bin in self.bins.bins:
            # The smallest count is still seen: an empty cell means none at all.
            eighths = -(-bin.articles * 8 * rows // most) - 8 * row if most else 0
            block = BLOCKS[max(0, min(eighths, 8))]
            style = self.get_component_rich_style("bars--burst" if bin.burst else "bars--bar")
            segments.append(Segment(block * drawn + " " * (cells - drawn), style))
        return segments

    def _ground(self, width: int) -> list[Segment]:
        style = self.get_component_rich_style
        segments = [Segment(" ", self.rich_style)]
        for at, bin in enumerate(self.bins.bins):
            if at == self.selected and self.has_focus:
                segments.append(Segment(SELECTED * self._cells, style("bars--selected")))
            elif bin.burst:
                segments.append(Segment(BURST * self._cells, style("bars--burst")))
            else:
                segments.append(Segment(GROUND * self._cells, style("bars--ground")))
        return segments
