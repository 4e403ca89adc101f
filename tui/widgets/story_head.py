"""What a story is, in three lines: its title; when and how much; what it goes on from and what goes on from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from tui.corpus.values import Timeline
from tui.stories.values import Story
from tui.terminal.cells import cut, width_of
from tui.widgets.facet_panel import BLOCKS
from tui.widgets.known_styles import KnownStyles
from tui.widgets.report_rows import span_of_days
from tui.widgets.timeline_bins import divided

WIDEST_LINE = 40
"""Cells of the small timeline."""


class StoryHead(KnownStyles):
    """Three lines, drawn when they change."""

    DEFAULT_CSS = """
    StoryHead { height: 3; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"head--name", "head--quiet", "head--bar", "head--key"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.story: Story | None = None
        self.timeline: Timeline | None = None
        self.earlier: Sequence[Story] = ()
        self.later: Sequence[Story] = ()
        self.keys = ("<", ">")
        """What leads to the stories before and after."""

    def show_story(self, story: Story, timeline: Timeline | None = None) -> None:
        """Show a story; its neighbours come later."""
        self.story, self.timeline = story, timeline
        self.refresh()

    def show_timeline(self, timeline: Timeline) -> None:
        """Show on which days its reports came."""
        self.timeline = timeline
        self.refresh()

    def show_threads(self, earlier: Sequence[Story], later: Sequence[Story]) -> None:
        """Show what it goes on from, and what goes on from it."""
        self.earlier, self.later = earlier, later
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line."""
        width = self.size.width
        if not width or self.story is None or y > 2:
            return Strip.blank(width, self.rich_style)
        style = self.get_component_rich_style
        if y == 0:
            segments = [Segment(" " + cut(self.story.title, width - 2), style("head--name"))]
        elif y == 1:
            segments = self._facts(self.story, width)
        else:
            segments = self._threads(width)
        return Strip(segments).simplify().adjust_cell_length(width, self.rich_style)

    def _facts(self, story: Story, width: int) -> list[Segment]:
        quiet = self.get_component_rich_style("head--quiet")
        said = " " + cut(facts_of(story), width - 2)
        segments = [Segment(said, quiet)]
        if self.timeline is not None and len(self.timeline.days) > 1:
            room = min(WIDEST_LINE, width - width_of(said) - 4)
            if room >= 8:
                bins = divided(self.timeline, room)
                most = max(bin.articles for bin in bins.bins)
                bars = "".join(BLOCKS[-(-bin.articles * 8 // most)] for bin in bins.bins)
                segments += [
                    Segment("  ", quiet),
                    Segment(bars, self.get_component_rich_style("head--bar")),
                    Segment(cut(f" by {bins.unit}", room - len(bars)), quiet),
                ]
        return segments

    def _threads(self, width: int) -> list[Segment]:
        quiet = self.get_component_rich_style("head--quiet")
        key = self.get_component_rich_style("head--key")
        told = [
            (self.keys[0], "goes on from", self.earlier),
            (self.keys[1], "goes on in", self.later),
        ]
        told = [one for one in told if one[2]]
        segments: list[Segment] = []
        for sign, words, stories in told:
            more = f" +{len(stories) - 1}" if len(stories) > 1 else ""
            room = (width - 1) // len(told)
            begin = f" {words} "
            when = f" ({span_of_days(stories[0].first, stories[0].last)})" if room >= 70 else ""
            title = cut(stories[0].title, room - 3 - len(begin) - len(more) - width_of(when))
            segments += [Segment(f" {sign}", key), Segment(f"{begin}{title}{when}{more} ", quiet)]
        return segments


def facts_of(story: Story) -> str:
    """`15 – 19 Dec 2021 · 14 reports · 9 sources · 6 reprints`."""
    reprints = sum(len(group) - 1 for group in story.reprints)
    parts = [
        span_of_days(story.first, story.last),
        counted(len(story.articles), "report"),
        counted(story.sources, "source"),
    ]
    if reprints:
        parts.append(counted(reprints, "reprint"))
    return " · ".join(parts)


def counted(number: int, what: str) -> str:
    """`1 report`, `1,204 reports`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
