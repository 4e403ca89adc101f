"""What a corpus answers about names: who and where, in articles and in all of them, and what the reader puts right.

A part of `Corpus`, apart for its size. What only a later question needs is imported by the method that asks it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.article import Article, ArticleId, EntityId, Figure, Mention, MentionType, Quote
from tui.corpus.columns import StoreArticles
from tui.corpus.desk import Desk
from tui.corpus.store import Store
from tui.index.results import Hit, Results

if TYPE_CHECKING:
    from tui.corpus.editing import Editing
    from tui.corpus.exploring import Exploring
    from tui.corpus.values import Companion, Concordance, ConcordanceOrder, Entity, NameEdit, Said, Timeline


class NameAnswers:
    """What a corpus answers about names. Its methods may be called from any thread."""

    desk: Desk
    _store: Store
    _articles: StoreArticles
    _explorer: Exploring | None = None

    if TYPE_CHECKING:

        def article(self, id: ArticleId) -> Article:
            """As `Corpus` answers it."""

    def mentions(self, id: ArticleId) -> tuple[Mention, ...]:
        """Who and where the article names, in reading order, with the corpus's decisions.

        Raises:
            NoSuchArticle: There is none.
        """
        number = self._store.number_of(id)
        from tui.corpus.names import mentions_of

        return mentions_of(self._articles.decided, self._store, number, self._store.article(number))

    def quotes(self, id: ArticleId) -> tuple[Quote, ...]:
        """What the article reports to have been said, in reading order, each speaker with the corpus's decisions.

        Where the reader has hidden the speaker, the quote stays without one.

        Raises:
            NoSuchArticle: There is none.
        """
        number = self._store.number_of(id)
        from tui.corpus.names import mentions_of
        from tui.corpus.said import quotes_in

        article = self._store.article(number)
        every, seen = (
            mentions_of(self._articles.decided, self._store, number, article, hidden=hidden)
            for hidden in (True, False)
        )
        return quotes_in(self._store, number, article, every, frozenset(seen))

    def figures(self, id: ArticleId) -> tuple[Figure, ...]:
        """The numbers, amounts and dates that the article says, in reading order; looked for when asked.

        Raises:
            NoSuchArticle: There is none.
        """
        from tui.entities.figures import find_figures

        return find_figures(self.article(id))

    def entities(
        self, query: str | None = None, type: MentionType | None = None, limit: int = 50, offset: int = 0
    ) -> list[Entity]:
        """Who and what the corpus names, those in most articles first.

        Args:
            query: Words that a name or alias must have, each perhaps only begun.
            type: Only entities of this type.
            limit: How many at most.
            offset: How many to pass over.
        """
        from tui.corpus.names import entities

        return entities(self._articles.decided, self._store, type, limit, offset, named=query or "")

    def entity(self, id: EntityId) -> Entity:
        """The entity with this id, or that the one with this id was joined to; also where it is hidden.

        Raises:
            NoSuchEntity: There is none.
        """
        from tui.corpus.names import entity

        return entity(self._articles.decided, self._store, id)

    def place_of(self, id: EntityId) -> Entity | None:
        """The place that an entity is the demonym of (Russia, for Russian); None for all others.

        Raises:
            NoSuchEntity: There is none with this id.
        """
        from tui.corpus.names import place_of

        return place_of(self._articles.decided, self._store, id)

    def entities_in(self, results: Results, type: MentionType | None = None, limit: int = 50) -> list[Entity]:
        """Who and what the hits of a search name, those in most of them first; counts are of the hits alone."""
        from tui.corpus.lookup import entities_in

        return entities_in(self._articles.decided, self._store, results.order, type, limit)

    # What there is to know of an entity. These raise NoSuchEntity where there is none with that id.

    def timeline(self, id: EntityId) -> Timeline:
        """When articles name the entity, and its bursts."""
        return self._exploring().timeline(id)

    def timeline_of(self, results: Results, cancelled: Callable[[], bool] | None = None) -> Timeline:
        """When the hits of a search are from, and their bursts. Slow enough for a worker where there are many.

        Raises:
            SearchCancelled: `cancelled` said so.
        """
        return self._exploring().timeline_of(results.members(cancelled))

    def timeline_of_articles(self, ids: Sequence[ArticleId]) -> Timeline:
        """When these articles are from, and their bursts; ids that no article has are passed over. For a worker."""
        return self._exploring().timeline_of_articles(ids)

    def company(self, id: EntityId, limit: int = 50, type: MentionType | None = None) -> list[Companion]:
        """Who and what is named together with the entity, the surest first.

        Args:
            id: The entity.
            limit: How many at most.
            type: Only entities of this type.
        """
        return self._exploring().company(id, limit, type)

    def said(self, id: EntityId, limit: int = 50, offset: int = 0) -> list[Said]:
        """What the entity said, the newest article first, in each in reading order."""
        return self._exploring().said(id, limit, offset)

    def said_count(self, id: EntityId) -> int:
        """How many quotes of the entity there are."""
        return self._exploring().said_count(id)

    def concordance(
        self,
        id: EntityId,
        order: ConcordanceOrder = "date",
        limit: int = 100,
        offset: int = 0,
        cancelled: Callable[[], bool] | None = None,
    ) -> Concordance:
        """Mentions of the entity with what stands before and after them.

        By date only these lines are read. By word all have to be, once: then cancellable, and slow enough for a
        worker where there are many.

        Args:
            id: The entity.
            order: Newest article first; or by the words before (`left`) or after the mention (`right`).
            limit: How many lines at most.
            offset: How many to pass over.
            cancelled: Asked now and then whether to stop.

        Raises:
            SearchCancelled: `cancelled` said so.
        """
        return self._exploring().concordance(id, order, limit, offset, cancelled)

    def articles_naming(self, id: EntityId, limit: int = 50, offset: int = 0) -> list[Hit]:
        """Articles that name the entity, in the order of `newest`; the snippet is the lead."""
        return self._exploring().articles_naming(id, limit, offset)

    def _exploring(self) -> Exploring:
        if self._explorer is None:
            from tui.corpus.exploring import Exploring

            self._explorer = Exploring(self._store, self._articles)
        return self._explorer

    # What the reader puts right about names: kept on the desk, and there from now on in every answer.

    def merge(self, ids: Sequence[EntityId], into: EntityId) -> None:
        """These entities are one with `into`, and are called as that is and of its type.

        Raises:
            NoSuchEntity: There is none with one of these ids.
        """
        self._editing.merge(ids, into)

    def split(self, id: EntityId, alias: str) -> None:
        """Who is called by this alias is another than the rest of this entity, and an entity of its own.

        Raises:
            NoSuchEntity: There is none with this id.
            UsageError: It has no such alias, or no other.
        """
        self._editing.split(id, alias)

    def retype(self, id: EntityId, type: MentionType) -> None:
        """The entity is of this type.

        Raises:
            NoSuchEntity: There is none with this id.
        """
        self._editing.retype(id, type)

    def rename(self, id: EntityId, name: str) -> None:
        """The entity is called by this name; its other names find it as before.

        Raises:
            NoSuchEntity: There is none with this id.
            UsageError: The name is empty.
        """
        self._editing.rename(id, name)

    def hide(self, id: EntityId, hidden: bool = True) -> None:
        """The entity is not shown anywhere, or is again; `entity` alone still knows it.

        Raises:
            NoSuchEntity: There is none with this id.
        """
        self._editing.hide(id, hidden)

    def undo_edit(self) -> str | None:
        """Take the last edit of names back, and say in words what it was; None where there is none."""
        return self._editing.undo()

    def edits(self) -> list[NameEdit]:
        """What the reader put right about names, the newest edit first."""
        return self._editing.edits()

    def export_names(self, path: Path | None) -> int:
        """Write the entities that the reader had a hand in as a gazetteer (`tui.corpus.name_file`), and say how many.

        Args:
            path: A file, which is written over; None for standard output.

        Raises:
            BroadsheetError: It can't be written.
        """
        return self._editing.export(path)

    def import_names(self, path: Path | None, refused: Callable[[str], None] | None = None) -> int:
        """Put names right as a gazetteer says, and say how many entities it has. One edit, and undone as one.

        Args:
            path: A file; None for standard input.
            refused: Told, in one line each, which lines were not taken and why.

        Raises:
            BroadsheetError: It can't be read.
        """
        return self._editing.import_(path, refused or (lambda problem: None))

    @cached_property
    def _editing(self) -> Editing:
        from tui.corpus.editing import Editing

        return Editing(self._articles.decided, self._store, self.desk)
