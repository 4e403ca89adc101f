"""Putting right what the corpus decided of an entity: merge, split, type, name, hide, and all of it undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.article import MENTION_TYPES, ArticleId, EntityId, Mention, MentionType
from tui.errors import BroadsheetError
from tui.folding import fold
from tui.keys import BY_NAME, keys_of, shown
from tui.screens.asking import AskingScreen
from tui.screens.reading import named_in
from tui.terminal.cells import cut
from tui.widgets.choices import Choice, Question

if TYPE_CHECKING:
    from tui.corpus import Entity
    from tui.widgets.article_pane import ArticlePane

LONGEST_NAME = 30
"""Cells of a name in a question: the answer must have room beside it."""

_MEANINGS: dict[MentionType, str] = {
    "person": "somebody",
    "organisation": "a company, party, ministry, team, outlet",
    "place": "a country, town, river, street",
    "misc": "any other name: an event, a law, a people, a work",
}


class Edited(Message):
    """The corpus knows better now."""

    def __init__(self, said: str, entity: EntityId | None) -> None:
        super().__init__()
        self.said = said
        """What was done, in a line."""
        self.entity = entity
        """Whose page to show afterwards; None to leave the page."""


class Renamed(Message):
    """An open article names others now."""

    def __init__(
        self, pane: ArticlePane, id: ArticleId, mentions: tuple[Mention, ...], known: dict[EntityId, Entity]
    ) -> None:
        super().__init__()
        self.pane = pane
        self.id = id
        self.mentions = mentions
        self.known = known


def chosen_from(choices: Sequence[Choice]) -> Callable[[str], Sequence[Choice]]:
    """Offers those of a few choices that have what is written in them."""
    return lambda text: [choice for choice in choices if fold(text.strip()) in fold(choice.text)]


class EditingScreen(AskingScreen):
    """The part of the reader that edits entities."""

    def _edited_entity(self) -> Entity | None:
        """The entity of the page; None, and that is said, where there is none or it is still being fetched."""
        page = self.page
        if page is None or not self.page_open:
            self.footer_say("open a name first: E")
            return None
        if page.head.entity is None:
            self.footer_say("it is still being looked up")
        return page.head.entity

    async def action_merge(self) -> None:
        """The picked companions into this one; where none is picked, this one into another."""
        entity = self._edited_entity()
        if entity is None or self.page is None:
            return
        picked = dict(self.page.company.picked)
        if picked:
            names = ", ".join(picked.values())
            self._edit(
                lambda: self.corpus.merge(list(picked), entity.id),
                f"{names} and {entity.name} are one now",
                entity.id,
            )
            return

        def merge_into(choice: Choice) -> None:
            from tui.corpus.values import Entity

            into = choice.value
            assert isinstance(into, Entity)
            self._edit(
                lambda: self.corpus.merge([entity.id], into.id),
                f"{entity.name} and {into.name} are one now, called {into.name}",
                into.id,
            )

        await self.ask(
            Question(
                f"{cut(entity.name, LONGEST_NAME)} is the same as",
                merge_into,
                lambda text: self.names_offered(text, but=entity.id),
            )
        )

    def pick_companion(self) -> None:
        """Pick the selected companion for merging, or leave it again."""
        page = self.page
        if page is None or page.company.pick() is None:
            return
        picked = len(page.company.picked)
        merge = "".join(shown(key) for key in keys_of(BY_NAME["merge"], self.settings.keys)[:1])
        self.footer_say(
            f"{picked} picked · {merge} makes {'it' if picked == 1 else 'them'} one with {page.head.entity_name}"
            if picked
            else "none picked"
        )

    async def action_split_alias(self) -> None:
        """An alias becomes an entity of its own."""
        entity = self._edited_entity()
        if entity is None:
            return
        if not entity.aliases:
            self.footer_say("it has no other name to split off")
            return

        def split(choice: Choice) -> None:
            self._edit(
                lambda: self.corpus.split(entity.id, choice.text),
                f"{choice.text} is no longer {entity.name}",
                entity.id,
            )

        aliases = [Choice(alias) for alias in entity.aliases]
        await self.ask(
            Question(
                f"not {cut(entity.name, LONGEST_NAME)}, but one of its own:", split, chosen_from(aliases)
            )
        )

    async def action_retype(self) -> None:
        """It is of another type."""
        entity = self._edited_entity()
        if entity is None:
            return

        def retype(choice: Choice) -> None:
            type = next(type for type in MENTION_TYPES if type == choice.value)
            self._edit(
                lambda: self.corpus.retype(entity.id, type), f"{entity.name} is of type {type} now", entity.id
            )

        types = [Choice(type, _MEANINGS[type], type, type) for type in MENTION_TYPES if type != entity.type]
        await self.ask(Question(f"{cut(entity.name, LONGEST_NAME)} is of type", retype, chosen_from(types)))

    async def action_rename(self) -> None:
        """It has another name."""
        entity = self._edited_entity()
        if entity is None:
            return

        def rename(choice: Choice) -> None:
            if choice.text != entity.name:
                self._edit(
                    lambda: self.corpus.rename(entity.id, choice.text),
                    f"{entity.name} is called {choice.text} now",
                    entity.id,
                )

        await self.ask(Question("name", rename, text=entity.name))

    def action_hide(self) -> None:
        """It is no name, and shown nowhere any more."""
        entity = self._edited_entity()
        if entity is not None:
            self._edit(lambda: self.corpus.hide(entity.id), f"{entity.name} is hidden everywhere", None)

    def action_undo_edit(self) -> None:
        """The last of these edits is undone."""
        page = self.page
        shown_now = page.entity_id if page is not None and self.page_open else None
        self.background.explore(self._undo, shown_now)

    def _undo(self, page: EntityId | None) -> None:
        undone = self.corpus.undo_edit()
        self.post_message(Edited(f"undone: {undone}" if undone else "nothing to undo", page))

    def _edit(self, edit: Callable[[], object], said: str, then: EntityId | None) -> None:
        key = "".join(shown(key) for key in keys_of(BY_NAME["undo_edit"], self.settings.keys)[:1])
        self.background.explore(self._do_edit, edit, said, f" · {key} undoes it" if key else "", then)

    def _do_edit(self, edit: Callable[[], object], said: str, undo: str, then: EntityId | None) -> None:
        edit()
        problem = self.corpus.desk.found_problem()
        if problem is not None:
            said += ", but only until you quit"  # before what a narrow line cuts
            undo += f" · {self.corpus.desk.hindrance or problem}"
        self.post_message(Edited(said + undo, then))

    # What was edited, shown everywhere

    @on(Edited)
    async def _show_edited(self, edited: Edited) -> None:
        self.notice.keep_saying(edited.said)
        if self.page_open:
            if edited.entity is not None:
                await self.open_entity(edited.entity, remember=edited.entity != self.visits.present.entity)
            else:
                await self.leave_page()
        self.name_panes_again()
        self.corpus_changed()

    def name_panes_again(self) -> None:
        """Find out anew whom the open articles name."""
        for pane in self.panes:
            if pane.article_id is not None:
                self.background.explore(self._name_again, pane, pane.article_id)

    def corpus_changed(self) -> None:
        """What is said of the corpus as a whole is to be said anew."""

    def _name_again(self, pane: ArticlePane, id: ArticleId) -> None:
        try:
            mentions = self.corpus.mentions(id)
            known = named_in(self.corpus, mentions)
        except BroadsheetError:
            return  # the article has gone: opening it says so
        self.post_message(Renamed(pane, id, mentions, known))

    @on(Renamed)
    def _show_renamed(self, renamed: Renamed) -> None:
        if renamed.pane in self.panes and renamed.pane.article_id == renamed.id:
            renamed.pane.set_mentions(renamed.mentions)
            self.know_entities(renamed.pane, renamed.known)
