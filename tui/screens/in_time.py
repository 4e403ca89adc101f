"""The timeline of what is searched for, over the results: counted in a worker, and followed by what is typed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.corpus.values import Timeline
from tui.index.conditions import days_in, within, without_days
from tui.index.results import Results
from tui.keys import Context
from tui.screens.narrowing import NarrowingScreen
from tui.widgets.scroll_lines import ScrollLines

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings
    from tui.widgets.timeline_bars import TimelineBars


class Dated(Message):
    """When the hits are from is counted."""

    def __init__(self, serial: int, query: str, timeline: Timeline) -> None:
        super().__init__()
        self.serial = serial
        self.query = query
        """What was counted: the query without its own time."""
        self.timeline = timeline


def lines_of(height: int) -> int:
    """How many lines of a screen the timeline takes."""
    return 5 if height < 16 else 7 if height < 28 else 8 if height < 40 else 10


class InTimeScreen(NarrowingScreen):
    """The part of the reader that shows when the hits are from.

    The timeline is of the query without its own time, which is marked in it: so another time is a key away.
    """

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self.times: TimelineBars | None = None
        """Made when it is first needed."""
        self._times_open = False
        self._times_of: str | None = None
        """The query whose timeline is in view, without its own time."""
        self._times_serial = -1
        """The search for which it was last counted."""

    @property
    def context(self) -> Context:
        """What has the focus."""
        return "timeline" if self.times is not None and self.focused is self.times else super().context

    def focusable_parts(self) -> list[ScrollLines]:
        """What Tab goes through: the timeline first."""
        parts = super().focusable_parts()
        return [self.times, *parts] if self.times is not None and self.times.display else parts

    # Opening and closing

    async def action_timeline(self) -> None:
        """Open the timeline and go there; there, close it."""
        if self.times is not None and self.focused is self.times:
            self.close_timeline()
            return
        if self.times is None:
            from tui.widgets.timeline_bars import TimelineBars

            self.times = TimelineBars("t", id="times")
            self.times.styles.height = lines_of(self.size.height)
            await self.mount(self.times, before=self._body)
        with self.app.batch_update():
            if not self._times_open:
                self._times_open = True
                self.times.show_timeline(None)
                self._times_of, self._times_serial = None, -1
            self.focus_on(self.times)
        self.count_days()

    def close_timeline(self) -> None:
        """Take it away."""
        if self.times is not None:
            self._times_open = False
            with self.app.batch_update():
                self.times.display = False
                self.focus_on(self.results)

    def show_times(self, shown: bool) -> None:
        """Show the timeline, if it is open; or put it aside for a page that lies over everything."""
        if self.times is not None:
            self.times.display = shown and self._times_open

    def on_resize(self) -> None:
        """As high as there is room for."""
        if self.times is not None:
            self.times.styles.height = lines_of(self.size.height)

    # Counting

    def count_facets(self) -> None:
        """How the hits in view divide, and when they are from."""
        super().count_facets()
        self.count_days()

    def count_days(self) -> None:
        """Count when the hits are from, where that is shown: in a worker, after the hits are on the screen."""
        results = self._results
        if results is None or self.is_searching or not self._times_open or self._times_serial == self._serial:
            return
        self._times_serial = self._serial
        if self.times is not None:
            self.times.show_asked(days_in(results.query, datetime.date.today()))
        self.background.explore(self._count_days, self._serial, results)

    def _count_days(self, serial: int, results: Results) -> None:
        def unwanted() -> bool:
            return serial != self._serial

        query = without_days(results.query)
        if query != results.query:
            results = self.corpus.search(query, sort="newest", cancelled=unwanted)
        self.post_message(Dated(serial, query, self.corpus.timeline_of(results, unwanted)))

    @on(Dated)
    def _show_days(self, dated: Dated) -> None:
        if dated.serial != self._serial or self.times is None:
            return
        if dated.query == self._times_of:
            self.times.renew_timeline(dated.timeline)
        else:
            self._times_of = dated.query
            self.times.show_timeline(dated.timeline)

    # Choosing

    def on_timeline_bars_time_chosen(self, chosen: TimelineBars.TimeChosen) -> None:
        """Search in that time only; in the one that is searched already no longer."""
        if chosen.bars is self.times:
            self.set_query(within(self.search_field.value, chosen.days, datetime.date.today()))

    def on_timeline_bars_told(self, told: TimelineBars.Told) -> None:
        """Say why a key could do nothing."""
        self.footer.say(told.words)
