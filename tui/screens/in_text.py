"""Who and where in the text: stepping through names, which types are marked, the panel of an article's names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on

from tui.article import MENTION_TYPES, EntityId, Mention, MentionType
from tui.screens.side_by_side import SideBySideScreen
from tui.widgets.article_pane import ArticlePane
from tui.widgets.entity_panel import HEADINGS, EntityPanel, PanelOrder, entity_rows

if TYPE_CHECKING:
    from tui.corpus import Corpus, Entity
    from tui.settings import Settings


class InTextScreen(SideBySideScreen):
    """The part of the reader that shows who and what an article names."""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self._entities: dict[EntityId, Entity] = {}
        """Whom the articles name that are or were open."""
        self._panel_order: PanelOrder = "count"

    def know_entities(self, pane: ArticlePane, entities: Mapping[EntityId, Entity]) -> None:
        """A pane's article names these."""
        self._entities.update(entities)
        if pane is self.focused_pane:
            self.show_entities(pane)

    def show_entities(self, pane: ArticlePane | None, *, keep: bool = False) -> None:
        """List a pane's entities."""
        rows = entity_rows(pane.mentions, self._entities, self._panel_order) if pane else []
        self.entity_panel.show_entities(rows, keep=keep)

    def action_entities(self) -> None:
        """Who and where: open the panel and go there; there, close it."""
        if self.focused is self.entity_panel:
            self.close_entities()
        elif self.focused_pane is not None:
            self.entities_open = True
            self.show_entities(self.focused_pane)
            self.show_parts()
            self.focus_on(self.entity_panel)
        else:
            self.footer_say("open an article first: ⏎")

    def close_entities(self) -> None:
        """Close the panel; the focus goes back to the text."""
        self.entities_open = False
        self.focus_on(self.focused_pane or self.results)
        self.show_parts()

    def action_sort(self) -> None:
        """In the panel: by count, or as they appear; elsewhere the results' order."""
        if self.focused is not self.entity_panel:
            super().action_sort()
            return
        self._panel_order = "appearance" if self._panel_order == "count" else "count"
        self.show_entities(self.focused_pane, keep=True)
        self.footer_say("by type and count" if self._panel_order == "count" else "as they appear in the text")

    # In the text

    def action_next_entity(self) -> None:
        """Select the next entity in the text."""
        self._step_entity(1)

    def action_previous_entity(self) -> None:
        """Select the entity before."""
        self._step_entity(-1)

    def _step_entity(self, step: int) -> None:
        pane = self.needed_pane()
        if pane is None:
            return
        mention = pane.step_entity(step)
        if mention is None:
            hidden = any(mention.type not in self.marked_types for mention in pane.mentions)
            self.footer_say(
                "no names of the types that are marked: 1 to 4"
                if hidden
                else "no names found in this article"
            )
            return
        self.footer_say(f"{self.about(mention)} · ⏎ opens")

    def about(self, mention: Mention) -> str:
        """Whom a mention names, in a line."""
        entity = self._entities.get(mention.entity or EntityId(""))
        if entity is None:
            return f"{mention.text} · {mention.type}"
        return f"{entity.name} · {entity.type} · {entity.articles:,} article{'' if entity.articles == 1 else 's'}"

    @on(EntityPanel.Selected)
    def _select_mention(self, selected: EntityPanel.Selected) -> None:
        pane = self.focused_pane
        if pane is not None and 0 <= selected.mention < len(pane.mentions):
            pane.select_mention(selected.mention)

    # Which types are marked

    def action_show_person(self) -> None:
        """People marked, or not."""
        self._toggle_type("person")

    def action_show_organisation(self) -> None:
        """Organisations marked, or not."""
        self._toggle_type("organisation")

    def action_show_place(self) -> None:
        """Places marked, or not."""
        self._toggle_type("place")

    def action_show_misc(self) -> None:
        """Other names marked, or not."""
        self._toggle_type("misc")

    def _toggle_type(self, type: MentionType) -> None:
        self.marked_types = self.marked_types ^ {type}
        for pane in self.panes:
            pane.set_types(self.marked_types)
        kept = " ".join(each for each in MENTION_TYPES if each in self.marked_types)
        self.keep(self.corpus.desk.set, "marked types", kept)
        marked = "marked" if type in self.marked_types else "not marked"
        self.footer_say(f"{HEADINGS[type].lower()} are {marked} in the text")

    def action_marks(self) -> None:
        """Letter marks on or off."""
        self.letters = not self.letters
        for pane in self.panes:
            pane.set_letters(self.letters)
