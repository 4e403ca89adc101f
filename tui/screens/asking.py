"""Asking the reader for a name or a choice, while the screen stays as it is; and going to an entity by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widget import Widget

from tui.article import EntityId, MentionType
from tui.folding import fold
from tui.index.conditions import Condition
from tui.keys import Context
from tui.screens.on_page import OnPageScreen
from tui.widgets.choices import Choice, Question
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus import Corpus, Entity
    from tui.settings import Settings
    from tui.widgets.asking import Asking

OFFERED = 50
"""Names offered at a time."""

_TYPES: dict[str, MentionType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "misc": "misc",
}


class Offered(Message):
    """What may be chosen is found."""

    def __init__(self, question: Question, text: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.question = question
        self.text = text
        self.choices = choices


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


class AskingScreen(OnPageScreen):
    """The part of the reader that asks."""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self.asking: Asking | None = None
        """Made when something is asked for the first time."""
        self._focus_before: Widget | None = None

    @property
    def context(self) -> Context:
        """What has the focus; a question may ask for a choice or for a text."""
        if self.asking is not None and self.focused is self.asking.field:
            question = self.asking.question
            return "writing" if question is not None and question.offer is None else "choosing"
        return super().context

    @property
    def covered(self) -> bool:
        """A question lies on top of what it is about: that stays as it is, and is not laid out anew."""
        return self.asking is not None and self.asking.display

    async def ask(self, question: Question) -> None:
        """Put a question at the bottom of the screen; its `answer` is told."""
        if self.asking is None:
            from tui.widgets.asking import Asking

            self.asking = Asking(id="asking")
            # First among the parts: Textual would paint all that come after it when it comes and goes.
            await self.mount(self.asking, before=0)
        if self.focused is not self.asking.field:
            self._focus_before = self.focused
        self.asking.ask(question)
        self.focus_on(self.asking.field)
        self.show_footer()

    def on_asking_offers_wanted(self, wanted: Asking.OffersWanted) -> None:
        """Look in a worker; what was written since then makes it worthless."""
        self.background.explore(self._find_offers, wanted.question, wanted.text)

    def _find_offers(self, question: Question, text: str) -> None:
        asking = self.asking
        if asking is None or asking.question is not question or asking.field.value != text:
            return
        assert question.offer is not None
        self.post_message(Offered(question, text, question.offer(text)))

    @on(Offered)
    def _show_offers(self, offered: Offered) -> None:
        if self.asking is not None:
            self.asking.show_offers(offered.question, offered.text, offered.choices)

    async def on_asking_ended(self, ended: Asking.Ended) -> None:
        """Back to what had the focus, and on with the answer."""
        assert self.asking is not None
        self.asking.display = False
        before = self._focus_before
        if isinstance(before, ScrollLines | TextField) and before.is_attached:
            self.focus_on(before)
        else:
            self.focus_on(self.results)
        if ended.choice is not None:
            self.call_later(ended.question.answer, ended.choice)

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
