"""The store as the index sees it: the `ArticleSource` of `tui.index.articles`. Imports NumPy where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from tui.article import Article, ArticleNumber, MentionType
from tui.corpus.canonical import Canonical
from tui.corpus.marked import Live, Marked
from tui.corpus.numbers import running, unpack_rows
from tui.corpus.store import Store, chunked
from tui.index.articles import Change, Flag, NameField, ToldByText
from tui.index.results import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.corpus.desk import Desk
    from tui.corpus.naming import Given, Naming
    from tui.corpus.repeated import Repeated
    from tui.corpus.stories import Stories
    from tui.corpus.story_lists import StoryLists

_TYPES: dict[NameField, MentionType | None] = {
    "person": "person",
    "org": "organisation",
    "place": "place",
    "entity": None,
}


class StoreArticles:
    """Implements `tui.index.articles.ArticleSource` over a store and, for `is:`, a desk."""

    def __init__(self, store: Store, desk: Desk | None = None) -> None:
        """Without a desk, as for the indexer, nothing is read and nothing starred."""
        self._store = store
        self._desk = desk
        self._read, self._starred, self._live = Marked(store), Marked(store), Live(store)
        self.decided = Canonical(store, desk)
        """Which entity each key is."""
        self._given: Given | None = None

    @cached_property
    def repeated(self) -> Repeated:
        """Which paragraphs are boilerplate."""
        from tui.corpus.repeated import Repeated

        return Repeated(self._store)

    @cached_property
    def stories(self) -> Stories:
        """Which articles tell one story."""
        from tui.corpus.stories import Stories

        return Stories(self._store, self._desk)

    @cached_property
    def story_lists(self) -> StoryLists:
        """The stories in order, and by their titles."""
        from tui.corpus.story_lists import StoryLists

        return StoryLists(self.stories, self._store)

    @property
    def generation(self) -> int:
        """As of the store."""
        return self._store.generation

    def rows(self, numbers: Sequence[int]) -> list[Hit]:
        """A hit without snippet for each number."""
        return self._store.rows(numbers)

    def texts(self, numbers: Sequence[int]) -> dict[int, Article]:
        """The articles of these numbers."""
        return self._store.texts(numbers)

    def boilerplate(self, numbers: Sequence[int]) -> dict[int, frozenset[int]]:
        """The paragraphs of each article that its source repeats; articles without any are left out."""
        return self.repeated.of(numbers)

    def changes_since(self, sequence: int, limit: int = -1) -> tuple[int, list[Change]]:
        """The change log from there on, the first `limit` changes of it; -1 for all."""
        last, rows = self._store.changes_since(sequence, limit)
        return last, [Change(at, ArticleNumber(number), kind) for at, number, kind in rows]  # type: ignore[arg-type]

    def entities_of(self, numbers: Sequence[int]) -> dict[int, NDArray[np.uint32]]:
        """The entities that each article names, as they were recognised."""
        import numpy as np

        found: dict[int, NDArray[np.uint32]] = {}
        with self._store.reading() as connection:
            for marks, chunk in chunked(numbers):
                rows = connection.execute(
                    f"SELECT number, entities FROM mentions WHERE number IN ({marks})", chunk
                ).fetchall()
                gaps, start = unpack_rows([entities for _, entities in rows])
                entities, ends = running(gaps, start).astype(np.uint32), start.tolist()
                for row, (number, _) in enumerate(rows):
                    found[number] = entities[ends[row] : ends[row + 1]]
        return found

    def canonical(self) -> NDArray[np.uint32]:
        """The entity that each recognised one is, by its number: another's where it was joined to that one.

        Shape (highest number + 1,). The very same array as long as neither corpus nor reader decides otherwise.
        """
        return self.decided.numbers()

    def entity_kinds(self) -> NDArray[np.uint8]:
        """What each entity is, by its number, shape as `canonical`; 0 for nothing, or what the reader has hidden."""
        return self.decided.kinds()

    def told_by_text(self) -> ToldByText:
        """Entities of which keys alone don't tell which articles name them."""
        return self.decided.told_by_text()

    def entity_names(self, numbers: Sequence[int]) -> dict[int, str]:
        """What the corpus or its reader calls these entities."""
        with self._store.snapshot() as connection:
            described = self.decided.described(connection, numbers)
        return {number: entity.name for number, entity in described.items()}

    @contextmanager
    def _naming(self, field: NameField) -> Iterator[Naming]:
        from tui.corpus.naming import Given, Naming

        with self._store.snapshot() as connection:
            overlay, given = self.decided.overlay(connection), self._given
            if given is None or given.overlay is not overlay:
                given = self._given = Given(overlay)
            yield Naming(connection, self.decided, given, _TYPES[field])

    def names_like(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        """Names with a word that begins so, and how many articles name each, most first."""
        with self._naming(field) as naming:
            return naming.like(typed, limit)

    def names_near(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        """As `names_like`, of names with a word that begins nearly so."""
        with self._naming(field) as naming:
            return naming.near(typed, limit)

    def entities_named(self, field: NameField, name: str, *, whole: bool = False) -> NDArray[np.int64]:
        """All keys of the entities that have this name or alias, by number; below 0 those that no key leads."""
        with self._naming(field) as naming:
            return naming.named(name, whole)

    def articles_naming(self, entities: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Numbers of the articles that name any of these entities, of which all keys are given."""
        import numpy as np

        from tui.corpus.postings import unpack_articles

        told = self.told_by_text()
        asked = np.isin(told.entities, entities)
        found = [told.articles[asked[told.whose]].astype(np.int64)]
        if asked.any():
            canonical = self.canonical()
            entities = entities[(entities >= 0) & (entities < len(canonical))]
            entities = entities[~np.isin(canonical.take(entities), told.entities)]
        with self._store.snapshot() as connection:
            for marks, chunk in chunked(entities.tolist()):
                rows = connection.execute(
                    f"SELECT first, others FROM entity_articles WHERE entity IN ({marks})", chunk
                )
                found.append(unpack_articles(rows.fetchall()))
        numbers = np.concatenate(found)
        # Marking is quicker than sorting, and a number may come from several names.
        marked = np.zeros(int(numbers.max(initial=0)) + 1, bool)
        marked[numbers] = True
        return np.flatnonzero(marked).astype(np.uint32)

    def surfaces(self, entities: NDArray[np.int64]) -> Sequence[str]:
        """How articles write the names of these entities, whose keys are all given, the most frequent first."""
        with self._naming("entity") as naming:
            return naming.written(entities)

    def articles_of_story(self, text: str, *, quoted: bool, begun: bool) -> NDArray[np.uint32] | None:
        """Numbers of the articles of the stories that a text may mean, ascending; None where it means none."""
        import numpy as np

        numbers = self.story_lists.articles_meant(text, quoted=quoted, begun=begun)
        return None if numbers is None else np.array(numbers, np.uint32)

    def stories_named(self, typed: str, limit: int) -> list[tuple[str, int]]:
        """Titles of stories that have words that begin as typed, and how many articles each has, most first."""
        counts: dict[str, int] = {}
        for _, title, articles in self.story_lists.named(typed, limit):
            counts[title] = counts.get(title, 0) + articles
        return list(counts.items())

    def flagged(self, flag: Flag) -> NDArray[np.uint32]:
        """Numbers of the articles that the reader has marked so."""
        if flag == "starred":
            return self._starred.numbers(self._desk.starred_ids() if self._desk else frozenset())
        read = self._read.numbers(self._desk.read_ids() if self._desk else frozenset())
        return read if flag == "read" else self._live.without(read)
