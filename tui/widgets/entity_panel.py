"""Who and where: the entities of one article by type, with how often each is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.article import MENTION_TYPES, Mention, MentionType
from tui.terminal.cells import fitted
from tui.widgets.article_pane import LETTERS
from tui.widgets.row_list import RowList

HEADINGS: dict[MentionType, str] = {
    "person": "People",
    "organisation": "Organisations",
    "place": "Places",
    "misc": "Other names",
}


class EntityRow(NamedTuple):
    """An entity of the article, or a type's heading (no mentions)."""

    name: str
    type: MentionType
    first: int = -1
    """Index of its first mention in the article's mentions."""
    mentions: int = 0


def entity_rows(mentions: Sequence[Mention], names: dict[str, str]) -> list[EntityRow]:
    """The entities among the mentions by type, the most mentioned first.

    Args:
        mentions: an article's mentions in the order of its text.
        names: entity id to the name that the corpus knows it by; without one the longest mention is the name.
    """
    found: dict[tuple[MentionType, str], list[int]] = {}
    for index, mention in enumerate(mentions):
        found.setdefault((mention.type, mention.entity or mention.text), []).append(index)
    rows: list[EntityRow] = []
    for type in MENTION_TYPES:
        of_type = [(key, indexes) for (which, key), indexes in found.items() if which == type]
        if of_type:
            rows.append(EntityRow(HEADINGS[type], type))
        for key, indexes in sorted(of_type, key=lambda pair: (-len(pair[1]), pair[1][0])):
            name = names.get(key) or max((mentions[index].text for index in indexes), key=len)
            rows.append(EntityRow(name, type, indexes[0], len(indexes)))
    return rows


class EntityPanel(RowList):
    """The entities of the article in the pane beside; moving selects in the text, Enter searches."""

    ruled = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entity--heading",
        "entity--count",
        "entity--person",
        "entity--organisation",
        "entity--place",
        "entity--misc",
    }

    class Selected(Message):
        """Another entity is selected: its first mention is to be shown in the text."""

        def __init__(self, mention: int) -> None:
            super().__init__()
            self.mention = mention

    class Opened(Message):
        """Enter on an entity: search for it."""

        def __init__(self, mention: int) -> None:
            super().__init__()
            self.mention = mention

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[EntityRow] = []

    def show_entities(self, rows: list[EntityRow]) -> None:
        """Show an article's entities."""
        self.rows = rows
        self.show_rows(len(rows), selected=1)

    def selectable(self, index: int) -> bool:
        """Headings can't be selected."""
        return bool(self.rows[index].mentions)

    def select(self, index: int) -> None:
        """Select an entity, in the text too."""
        before = self.selected
        super().select(index)
        if self.rows and self.selected != before:
            self.post_message(self.Selected(self.rows[self.selected].first))

    def action_choose(self) -> None:
        """Search for the selected entity."""
        if self.rows and self.rows[self.selected].mentions:
            self.post_message(self.Opened(self.rows[self.selected].first))

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """A heading, or a name with its count."""
        row = self.rows[index]
        part = self.get_component_rich_style
        base = self.rich_style
        if index == self.selected and row.mentions:
            base = part("row--selected" if self.has_focus else "row--selected-blurred")
        if not row.mentions:
            text = fitted(f"{row.name} {LETTERS[row.type]}", width)
            return Strip([Segment(text, base + part("entity--heading", partial=True))])
        count = f" {row.mentions}"
        return Strip(
            [
                Segment(
                    "  " + fitted(row.name, width - 2 - len(count)),
                    base + part(f"entity--{row.type}", partial=True),
                ),
                Segment(count, base + part("entity--count", partial=True)),
            ]
        ).adjust_cell_length(width, base)

    def draw_line(self, y: int) -> Strip:
        """A row, or a word where the article names nobody."""
        if not self.rows and y == 0:
            text = fitted("No names found here.", self.text_width)
            return Strip([Segment(text, self.get_component_rich_style("entity--count"))])
        return super().draw_line(y)
