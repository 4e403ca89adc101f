"""A timeline drawn as bars, one of them selected: moved along, zoomed and panned by keys; a span becomes a search.

The host hands in a `Timeline`, and is told in `TimeChosen` which days are to be searched. A move redraws two columns
and a line of words.
"""

from __future__ import annotations

import os
from itertools import starmap
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.corpus.bins import Bin, DayCounts
from tui.corpus.values import Timeline
from tui.index.dates import DayRange
from tui.keys import commands_at
from tui.terminal.cells import width_of
from tui.terminal.characters import shows_blocks
from tui.widgets.paged_list import SOON_S
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.timeline_axis import Axis, axis
from tui.widgets.timeline_drawing import DRAWN, IN_ASCII, Drawing
from tui.widgets.timeline_view import TimelineView

AROUND_BARS = 3
"""Lines that are no bars: what is selected above, the ground line and the dates below."""


_NEAR = 8
"""Cells: columns that are no further apart are drawn in one piece."""


class TimelineBars(ScrollLines):
    """How often something was in the news.

    Attributes:
        timeline: what is shown; None while it is being counted.
        view: what of it is in view; None where nothing has a date, or there is no room.
        asked: the days that are searched already; None for all.
    """

    DEFAULT_CSS = """
    TimelineBars { overflow-y: hidden; scrollbar-size-vertical: 0; scrollbar-gutter: auto; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bars--bar",
        "bars--within",
        "bars--burst",
        "bars--ground",
        "bars--label",
        "bars--heading",
        "bars--key",
        "bars--selected",
        "bars--said",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(command.keys), command.name, command.help, show=False, id=command.name)
        for command in commands_at("bars")
    ]

    class TimeChosen(Message):
        """Enter on a bar or a span, or a click on the selected bar."""

        def __init__(self, bars: TimelineBars, days: DayRange) -> None:
            super().__init__()
            self.bars = bars
            self.days = days

        @property
        def control(self) -> TimelineBars:
            """The timeline."""
            return self.bars

    class Told(Message):
        """A key could do nothing, and why."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, key: str = "1", *, id: str | None = None) -> None:
        """Nothing is shown yet.

        Args:
            key: what leads here, for the heading.
            id: as of any widget.
        """
        super().__init__(id=id)
        self._key = key
        self.marks = DRAWN if shows_blocks(os.environ) else IN_ASCII
        self.timeline: Timeline | None = None
        self.view: TimelineView | None = None
        self.asked: DayRange | None = None
        self._counts: DayCounts | None = None
        self._bins: tuple[Bin, ...] = ()
        self._axis = Axis("", frozenset())

    # What is shown

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show another timeline, all of it; None while it is being counted."""
        self.timeline = timeline
        self._counts = DayCounts(timeline) if timeline is not None and timeline.days else None
        self.view = None
        self._open()
        if timeline is None:
            self.set_timer(SOON_S, self._say_waiting)  # painted over once only where the other one comes soon
        else:
            self.refresh()

    def renew_timeline(self, timeline: Timeline) -> None:
        """Show the same timeline counted anew: what was in view stays so."""
        view = self.view
        if timeline == self.timeline:
            return
        if view is None or not timeline.days:
            self.show_timeline(timeline)
            return
        self.timeline, self._counts = timeline, DayCounts(timeline)
        self._take(view.recounted(self._counts))
        self.refresh()

    def show_asked(self, asked: DayRange | None) -> None:
        """Mark the days that are searched already."""
        if asked != self.asked:
            self.asked = asked
            self.refresh()

    def _say_waiting(self) -> None:
        if self.timeline is None:
            self.refresh()

    def _open(self) -> None:
        if self._counts is not None and self._room > 0:
            self._take(TimelineView.opened(self._counts, self._room))

    def on_resize(self) -> None:
        """As much as there is room for now."""
        if self.view is None:
            self._open()
        elif self._room > 0:
            self._take(self.view.resized(self._room))
        self.refresh()

    @property
    def _room(self) -> int:
        """Cells for bars: one is left free on either side."""
        return self.text_width - 2

    @property
    def time(self) -> Bin | None:
        """The selected bar; None where there is none."""
        return None if self.view is None else self.view.time

    @property
    def selected(self) -> int:
        """The selected bar's position in view."""
        return 0 if self.view is None else self.view.selected - self.view.first

    def _take(self, view: TimelineView) -> None:
        """Look at it so; what is in view is divided anew."""
        self.view = view
        self._bins = view.bins()
        self._axis = axis(view.unit, self._bins, view.cells, self._room)

    # Moving

    def _go(self, view: TimelineView) -> None:
        """Show another view of it; of the same bars only what changes."""
        before, said = self.view, width_of(self.said)
        if before is None or view == before:
            return
        whole = Region(0, 0, self.size.width, self.size.height)
        if (view.unit, view.first) != (before.unit, before.first):
            self._take(view)
            self.draw_now(whole)
            return
        self.view = view
        if view.mark != before.mark:
            self.draw_now(whole)
            return
        low, high = sorted((view.selected - view.first, before.selected - before.first))
        # Of a span all that is between changes; else two bars, in one piece where they are neighbours.
        near = view.mark is not None or (high - low) * view.cells <= _NEAR
        columns = [(low, high)] if near else [(low, low), (high, high)]
        begin = self.text_width - 1 - max(said, width_of(self.said))
        self.draw_now(*starmap(self._columns, columns), Region(begin, 0, self.text_width - begin, 1))

    def _columns(self, first: int, last: int) -> Region:
        """Bars and ground from one position to another."""
        cells = self.view.cells if self.view is not None else 1
        return Region(1 + first * cells, 1, (last - first + 1) * cells, self.size.height - 2)

    def move(self, lines: int) -> None:
        """Select another bar: one that stands for something; in a span that is being marked, any."""
        if self.view is not None:
            self._go(self.view.moved(lines))

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

    def action_first_bar(self) -> None:
        """The first bar."""
        if self.view is not None:
            self._go(self.view.at_first())

    def action_last_bar(self) -> None:
        """The last bar."""
        if self.view is not None:
            self._go(self.view.at_last())

    def action_top(self) -> None:
        """The first bar."""
        self.action_first_bar()

    def action_bottom(self) -> None:
        """The last bar."""
        self.action_last_bar()

    def action_page_earlier(self) -> None:
        """A page earlier."""
        if self.view is not None:
            self._go(self.view.panned(-1))

    def action_page_later(self) -> None:
        """A page later."""
        if self.view is not None:
            self._go(self.view.panned(1))

    def action_next_burst(self) -> None:
        """The next burst."""
        self._step_burst(1, "after")

    def action_previous_burst(self) -> None:
        """The burst before."""
        self._step_burst(-1, "before")

    def _step_burst(self, step: int, where: str) -> None:
        if self.view is None or self.timeline is None:
            return
        view = self.view.at_burst(step)
        if view is not None:
            self._go(view)
        else:
            some = bool(self.timeline.bursts)
            self.post_message(self.Told(f"no burst {where} this" if some else "nothing bursts here"))

    # Zooming

    def action_zoom_in(self) -> None:
        """Shorter times."""
        self._zoom(1, "days are the shortest")

    def action_zoom_out(self) -> None:
        """Longer times."""
        self._zoom(-1, "all of it is one bar")

    def _zoom(self, step: int, end: str) -> None:
        if self.view is not None:
            view = self.view.zoomed(step)
            if view == self.view:
                self.post_message(self.Told(end))
            self._go(view)

    def action_fit_all(self) -> None:
        """All of it in view."""
        if self.view is not None:
            self._go(self.view.fitted())

    # Choosing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a span to leave only where one was begun."""
        return action != "leave_span" or (self.view is not None and self.view.mark is not None)

    def action_mark_span(self) -> None:
        """Begin a span here, or give it up."""
        if self.view is not None:
            self._go(self.view.marked() if self.view.mark is None else self.view.unmarked())

    def action_leave_span(self) -> None:
        """Give the span up."""
        if self.view is not None:
            self._go(self.view.unmarked())

    def action_span_earlier(self) -> None:
        """A span, a bar further to the left."""
        self._extend(-1)

    def action_span_later(self) -> None:
        """A span, a bar further to the right."""
        self._extend(1)

    def _extend(self, bars: int) -> None:
        if self.view is not None:
            view = self.view if self.view.mark is not None else self.view.marked()
            self._go(view.moved(bars))

    def action_take_time(self) -> None:
        """Search in the selected time, or in the span."""
        if self.view is not None:
            span = self.view.span
            self._go(self.view.unmarked())
            self.post_message(self.TimeChosen(self, span))

    def action_choose(self) -> None:
        """As `take_time`."""
        self.action_take_time()

    def on_click(self, event: events.Click) -> None:
        """A click selects a bar; on the selected one it searches."""
        if self.view is None:
            return
        at = (event.x - 1) // self.view.cells
        if not 0 <= at < len(self._bins):
            return
        if at == self.selected:
            self.action_take_time()
        else:
            self._go(self.view.at(self.view.first + at))

    def focus_changed(self) -> None:
        """The selected bar is shown with the focus only."""
        super().focus_changed()
        self.refresh(self._columns(self.selected, self.selected))
        self.refresh(Region(0, 0, self.size.width, 1))

    # Drawing

    @property
    def _drawing(self) -> Drawing:
        return Drawing(
            self._key, self.timeline, self.view, self._bins, self._axis, self.asked, self.has_focus, self.marks,
            self.text_width,
        )  # fmt: skip

    def draw_line(self, y: int) -> Strip:
        """What is selected, a line of bars, the ground line, or the dates."""
        width, height = self.text_width, self.size.height
        if width <= 2:
            return self.blank()
        drawing = self._drawing
        if y == 0:
            pieces = drawing.heading()
        elif y == height - 1:
            pieces = drawing.dates()
        elif y == height - 2:
            pieces = drawing.ground()
        else:
            pieces = drawing.bars(height - 3 - y, max(1, height - AROUND_BARS))
        segments = [
            Segment(text, self.get_component_rich_style(f"bars--{name}") if name else self.rich_style)
            for text, name in pieces
        ]
        # Neighbours of one colour are one piece: a colour told for each bar was 19 kB a page.
        return Strip(segments).simplify().adjust_cell_length(width, self.rich_style)

    @property
    def said(self) -> str:
        """What is selected in words: `Thu 16 Dec 2021 · 14 articles · burst`; empty where nothing is."""
        return self._drawing.said()
