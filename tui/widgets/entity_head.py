"""Who or what an entity's page is about: name, type, how often, and its other names."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from tui.article import MentionType
from tui.corpus.values import Entity, Timeline
from tui.terminal.cells import cut, width_of
from tui.widgets.article_text import LETTERS
from tui.widgets.dates import short_date
from tui.widgets.known_styles import KnownStyles


class EntityHead(KnownStyles):
    """Two lines, drawn when they change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "head--name",
        "head--quiet",
        "entity--person",
        "entity--organisation",
        "entity--place",
        "entity--misc",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entity_name = ""
        self.type: MentionType | None = None
        self.entity: Entity | None = None
        self.timeline: Timeline | None = None

    def show_name(self, name: str, type: MentionType | None) -> None:
        """Show what is known at once; the rest is still being fetched."""
        self.entity_name, self.type = name, type
        self.entity = self.timeline = None
        self.refresh()

    def show_entity(self, entity: Entity) -> None:
        """Show all that the corpus knows."""
        self.entity = entity
        self.entity_name, self.type = entity.name, entity.type
        self.refresh()

    def show_timeline(self, timeline: Timeline) -> None:
        """Say from when to when it is in the news."""
        self.timeline = timeline
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The name, or the other names."""
        width = self.size.width
        if not width or y > 1 or not self.entity_name:
            return Strip.blank(width, self.rich_style)
        quiet = self.get_component_rich_style("head--quiet")
        if y == 1:
            also = "also " + " · ".join(self.entity.aliases) if self.entity and self.entity.aliases else ""
            segments = [Segment("   " + cut(also, width - 4), quiet)]
        else:
            said = self._said()
            room = max(8, width - width_of(said) - 5)
            name = self.get_component_rich_style("head--name")
            if self.type is not None:
                name = name + self.get_component_rich_style(f"entity--{self.type}", partial=True)
            letter = LETTERS[self.type] if self.type is not None else " "
            segments = [
                Segment(f" {letter} ", name),
                Segment(cut(self.entity_name, room), name),
                Segment("  " + said, quiet),
            ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _said(self) -> str:
        parts: list[str] = [self.type] if self.type else []
        if self.entity is None:
            return " · ".join([*parts, "…"])
        parts.append(f"{self.entity.articles:,} article{'' if self.entity.articles == 1 else 's'}")
        if self.size.width >= 60:
            parts.append(f"{self.entity.mentions:,} mention{'' if self.entity.mentions == 1 else 's'}")
        if self.timeline is not None and self.timeline.days and self.size.width >= 80:
            days = dict.fromkeys((self.timeline.days[0][0], self.timeline.days[-1][0]))
            parts.append(" – ".join(map(short_date, days)))
        return " · ".join(parts)
