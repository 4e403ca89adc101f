"""Asking the reader for a name or a choice, while the screen stays as it is; and going to an entity by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.widget import Widget

from tui.article import EntityId, MentionType
from tui.folding import fold
from tui.index.conditions import Condition
from tui.keys import Context
from tui.screens.asks import Asks
from tui.screens.on_page import OnPageScreen
from tui.widgets.choices import Choice, Question
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus import Entity

OFFERED = 50
"""Names offered at a time."""

_TYPES: dict[str, MentionType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "misc": "misc",
}


class EntityFound(Message):
    """The entity that a name means is found; None where there is none."""

    def __init__(self, name: str, entity: Entity | None) -> None:
        super().__init__()
        self.name = name
        self.entity = entity


def choice_of(entity: Entity) -> Choice:
    """An entity as something to choose."""
    also = f"also {entity.aliases[0]}  " if entity.aliases else ""
    return Choice(entity.name, f"{also}{entity.articles:,}", entity, entity.type)


class AskingScreen(OnPageScreen, Asks[None]):
    """The part of the reader that asks."""

    @property
    def context(self) -> Context:
        """What has the focus; a question may ask for a choice or for a text."""
        return self.asking_context or super().context

    @property
    def covered(self) -> bool:
        """A question lies on top of what it is about: that stays as it is, and is not laid out anew."""
        return self.asking is not None and self.asking.display

    def explore(self, work: Callable[..., None], *arguments: Any) -> None:
        """Do work in a thread."""
        self.background.explore(work, *arguments)

    def asked(self, question: Question) -> None:
        """The keys are the question's."""
        assert self.asking is not None
        self.focus_on(self.asking.field)
        self.show_footer()

    def unasked(self, before: Widget | None) -> None:
        """Back to what had the focus."""
        if isinstance(before, ScrollLines | TextField) and before.is_attached:
            self.focus_on(before)
        else:
            self.focus_on(self.results)

    def names_offered(self, text: str, *, but: EntityId | None = None) -> list[Choice]:
        """Entities that a text may mean, those in most articles first. Asks the store: for a worker."""
        return [
            choice_of(entity)
            for entity in self.corpus.entities(text.strip() or None, limit=OFFERED)
            if entity.id != but
        ]

    # To an entity by its name

    async def action_open_entity(self) -> None:
        """Who the selected name is; where none is selected, ask for one."""
        pane = self.focused_pane
        facet = self.facets.selected_name if self.focused is self.facets else None
        if self.context == "company" and self.page is not None:
            await self.open_companion()
        elif self.focused is self.entity_panel:
            self.entity_panel.action_choose()
        elif facet is not None:
            self.background.explore(self._find_named, facet)
        elif self.focused is self.greeting and self.greeting.selected_entity is not None:
            self.greeting.action_choose()
        elif pane is not None and self.focused is pane and pane.selected is not None:
            pane.action_choose()
        else:
            await self.ask(Question("who and where", self._open_chosen_name, self.names_offered))

    async def _open_chosen_name(self, choice: Choice) -> None:
        from tui.corpus.values import Entity

        assert isinstance(choice.value, Entity)
        await self.open_entity(choice.value.id, choice.value.name, choice.value.type)

    def _find_named(self, named: Condition) -> None:
        facet, name = named
        found = self.corpus.entities(name, _TYPES.get(facet), limit=OFFERED)
        exact = next((entity for entity in found if fold(entity.name) == fold(name)), None)
        self.post_message(EntityFound(name, exact or (found[0] if found else None)))

    @on(EntityFound)
    async def _open_found(self, found: EntityFound) -> None:
        if found.entity is None:
            self.footer_say(f"nothing is known of {found.name}")
        else:
            await self.open_entity(found.entity.id, found.entity.name, found.entity.type)
