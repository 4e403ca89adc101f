"""Stories, two lines each: the title and how many reports it has; when it was, and from whom."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from tui.stories.values import Story
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.paged_list import PagedList
from tui.widgets.report_rows import span_of_days
from tui.widgets.story_head import counted


class StoryList(PagedList[Story]):
    """The stories; those asked for come by page."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"story--title", "story--count", "story--pointer"}

    row_height = 2
    nothing = "No stories: no two articles here are about one event."

    def draw_part(self, row: Story, line: int, width: int, base: Style) -> list[Segment]:
        """A line of a story."""
        style = self.get_component_rich_style
        quiet = self.quiet(base)
        selected = row is self.selected_row
        if not line:
            count = f" {counted(len(row.articles), 'report')} "
            title = fitted(row.title, width - 2 - width_of(count))
            return [
                Segment("▸ " if selected else "  ", base + style("story--pointer", partial=True)),
                Segment(title, base + style("story--title", partial=True)),
                Segment(count, base + style("story--count", partial=True)),
            ]
        reprints = sum(len(group) - 1 for group in row.reprints)
        parts = [
            span_of_days(row.first, row.last),
            counted(row.sources, "source"),
            *([counted(reprints, "reprint")] if reprints else []),
            *([f"goes on from {len(row.earlier)}"] if row.earlier else []),
            *([f"followed by {len(row.later)}"] if row.later else []),
        ]
        return [Segment("  " + cut(" · ".join(parts), width - 3), quiet)]
