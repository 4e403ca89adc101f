"""The timeline of a story's reports, on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from tui.corpus.values import Timeline
from tui.index.dates import DayRange
from tui.screens.in_time import lines_of
from tui.screens.story_editing import StoryEditingScreen
from tui.widgets.section_bar import SectionBar

if TYPE_CHECKING:
    from tui.widgets.timeline_bars import TimelineBars

_Result = TypeVar("_Result")


class StoryTimesScreen(StoryEditingScreen[_Result], Generic[_Result]):
    """The part of a story's page that shows when its reports came."""

    tabs: SectionBar
    times: TimelineBars | None = None
    """Made when it is first needed."""

    @property
    def timeline(self) -> Timeline | None:
        """The story's, as soon as it is counted."""
        raise NotImplementedError

    def search_within(self, days: DayRange) -> None:
        """Leave for the story's reports of these days."""
        raise NotImplementedError

    def go_to_body(self) -> None:
        """Give the part in view the keys."""
        raise NotImplementedError

    @property
    def on_times(self) -> bool:
        """Whether the timeline has the keys."""
        return self.times is not None and self.focused is self.times

    async def action_story_times(self) -> None:
        """Open the timeline and go there; there, close it."""
        if self.on_times:
            self.close_times()
            return
        if self.times is None:
            from tui.widgets.timeline_bars import TimelineBars

            self.times = TimelineBars("t", id="story-times")
            self.times.styles.height = lines_of(self.size.height)
            await self.mount(self.times, before=self.tabs)
        with self.app.batch_update():
            self.times.display = True
            if self.times.timeline is None or self.times.timeline != self.timeline:
                self.times.show_timeline(self.timeline)
            self.set_focus(self.times, scroll_visible=False)
        self.footer.show("story_times")

    def close_times(self) -> None:
        """Take it away."""
        if self.times is not None:
            with self.app.batch_update():
                self.times.display = False
                self.go_to_body()

    def show_times(self, timeline: Timeline | None) -> None:
        """Show when the reports came, where that is open."""
        if self.times is not None and self.times.display:
            self.times.show_timeline(timeline)

    def on_resize(self) -> None:
        """As high as there is room for."""
        if self.times is not None:
            self.times.styles.height = lines_of(self.size.height)

    def on_timeline_bars_time_chosen(self, chosen: TimelineBars.TimeChosen) -> None:
        """Its reports of that time as results."""
        self.search_within(chosen.days)

    def on_timeline_bars_told(self, told: TimelineBars.Told) -> None:
        """Say why a key could do nothing."""
        self.footer.say(told.words)

    def action_close(self) -> None:
        """Close the timeline where it has the keys; else the page."""
        if self.on_times:
            self.close_times()
        else:
            super().action_close()
