"""Who and where: the entities of one article by type, with how often each is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.article import MENTION_TYPES, EntityId, Mention, MentionType
from tui.terminal.cells import fitted
from tui.widgets.article_text import LETTERS
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tui.corpus import Entity

HEADINGS: dict[MentionType, str] = {
    "person": "People",
    "organisation": "Organisations",
    "place": "Places",
    "misc": "Other names",
}


PanelOrder = Literal["count", "appearance"]

_COLUMNS = " here  all"
"""What the numbers are: mentions in this article, and articles of the corpus."""


class EntityRow(NamedTuple):
    """An entity of the article, or a heading (no mentions)."""

    name: str
    type: MentionType | None
    first: int = -1
    """Index of its first mention in the article's mentions."""
    mentions: int = 0
    articles: int = 0
    """How many articles of the corpus name it; 0 where that is not known."""


def entity_rows(
    mentions: Sequence[Mention], entities: Mapping[EntityId, Entity], order: PanelOrder = "count"
) -> list[EntityRow]:
    """The entities among the mentions, each once.

    Args:
        mentions: an article's mentions in the order of its text.
        entities: what the corpus knows of them; without it the longest mention is the name.
        order: by type, the most mentioned first; or as they appear.
    """
    found: dict[tuple[MentionType, str], list[int]] = {}
    for index, mention in enumerate(mentions):
        found.setdefault((mention.type, mention.entity or mention.text), []).append(index)

    def row(type: MentionType, indexes: list[int]) -> EntityRow:
        entity = entities.get(mentions[indexes[0]].entity or EntityId(""))
        name = entity.name if entity else max((mentions[index].text for index in indexes), key=len)
        return EntityRow(name, type, indexes[0], len(indexes), entity.articles if entity else 0)

    if order == "appearance":
        return [EntityRow("In order", None)] * bool(found) + [
            row(type, indexes) for (type, _), indexes in found.items()
        ]
    rows: list[EntityRow] = []
    for type in MENTION_TYPES:
        of_type = [indexes for (which, _), indexes in found.items() if which == type]
        if of_type:
            rows.append(EntityRow(HEADINGS[type], type))
        rows += [row(type, indexes) for indexes in sorted(of_type, key=lambda found: (-len(found), found[0]))]
    return rows


class EntityPanel(RowList):
    """The entities of the article in the pane beside; moving selects in the text, Enter opens."""

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
        """Enter on an entity."""

        def __init__(self, mention: int) -> None:
            super().__init__()
            self.mention = mention

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[EntityRow] = []

    def show_entities(self, rows: list[EntityRow], *, keep: bool = False) -> None:
        """Show an article's entities; the same ones in another order `keep` what is selected."""
        first = self.rows[self.selected].first if keep and self.rows else None
        self.rows = rows
        at = next((at for at, row in enumerate(rows) if row.mentions and row.first == first), 1)
        self.show_rows(len(rows), selected=at)
        self.refresh()

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
        """Open the selected entity."""
        if self.rows and self.rows[self.selected].mentions:
            self.post_message(self.Opened(self.rows[self.selected].first))

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """A heading, or a name with its count."""
        row = self.rows[index]
        part = self.get_component_rich_style
        base = self.rich_style
        if index == self.selected and row.mentions:
            base = part("row--selected" if self.has_focus else "row--selected-blurred")
        quiet = base + part("entity--count", partial=True)
        if not row.mentions:
            text = f"{row.name} {LETTERS[row.type]}" if row.type else row.name
            columns = "" if index else _COLUMNS
            heading = base + part("entity--heading", partial=True)
            segments = [Segment(fitted(text, width - len(columns)), heading), Segment(columns, quiet)]
            return Strip(segments).adjust_cell_length(width, base)
        counts = f" {row.mentions:>4} {f'{row.articles:,}' if row.articles else '':>4}"
        letter = f"{LETTERS[row.type]} " if self.mixed and row.type else "  "
        style = base + part(f"entity--{row.type}", partial=True)
        segments = [
            Segment(letter + fitted(row.name, width - 2 - len(counts)), style),
            Segment(counts, quiet),
        ]
        return Strip(segments).adjust_cell_length(width, base)

    @property
    def mixed(self) -> bool:
        """Whether the types stand among one another, so that each row says its own."""
        return bool(self.rows) and self.rows[0].type is None

    def draw_line(self, y: int) -> Strip:
        """A row, or a word where the article names nobody."""
        if not self.rows and y == 0:
            text = fitted("No names found here.", self.text_width)
            return Strip([Segment(text, self.get_component_rich_style("entity--count"))])
        return super().draw_line(y)
