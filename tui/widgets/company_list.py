"""Those that are named together with an entity, the surest first."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from tui.article import EntityId
from tui.corpus.values import Companion
from tui.terminal.cells import fitted
from tui.widgets.article_text import LETTERS
from tui.widgets.paged_list import PagedList

COLUMNS = " both   PMI"
"""What the numbers at the right are: as wide as they are."""


class CompanyList(PagedList[Companion]):
    """One line a companion: type, name, in how many articles both are named, and the pointwise mutual information.

    Attributes:
        picked: companions that the reader picked, for merging.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entity--person",
        "entity--organisation",
        "entity--place",
        "entity--misc",
        "list--picked",
    }

    nothing = "Nobody and nothing is named with it."

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.picked: dict[EntityId, str] = {}

    def wait(self) -> int:
        """Another entity's companions: nothing is picked."""
        self.picked = {}
        return super().wait()

    def pick(self) -> Companion | None:
        """Pick the selected companion, or leave it again; None where there is none."""
        companion = self.selected_row
        if companion is not None:
            id = companion.entity.id
            if self.picked.pop(id, None) is None:
                self.picked[id] = companion.entity.name
            self.refresh_lines(self.selected, 1)
        return companion

    def draw_part(self, row: Companion, line: int, width: int, base: Style) -> list[Segment]:
        """The companion."""
        part = self.get_component_rich_style
        entity = row.entity
        type_style = base + part(f"entity--{entity.type}", partial=True)
        mark = "✓" if entity.id in self.picked else " "
        numbers = f" {row.together:>5,} {row.information:>5.1f}"
        room = width - 4 - len(numbers)
        return [
            Segment(mark, base + part("list--picked", partial=True)),
            Segment(f"{LETTERS[entity.type]} ", type_style),
            Segment(fitted(entity.name, room), type_style),
            Segment(numbers + " ", self.quiet(base)),
        ]
