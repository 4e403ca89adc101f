"""The store as the index sees it: the `ArticleSource` of `tui.index.articles`. Imports NumPy where it is used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.article import Article, ArticleNumber, MentionType
from tui.corpus.marked import Live, Marked
from tui.corpus.numbers import running, unpack_rows
from tui.corpus.store import Store, chunked
from tui.index.articles import Change, Flag, NameField
from tui.index.results import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.corpus.desk import Desk
    from tui.corpus.naming import Naming

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
        self._canonical: tuple[int, NDArray[np.uint32]] | None = None

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
        import numpy as np

        generation = self._store.generation
        if self._canonical is None or self._canonical[0] != generation:
            with self._store.snapshot() as connection:
                (highest,) = connection.execute("SELECT coalesce(max(number), 0) FROM entities").fetchone()
                rows = connection.execute("SELECT entity, leader FROM leaders").fetchall()
            leaders = np.arange(highest + 1, dtype=np.uint32)
            if rows:
                pairs = np.array(rows, np.uint32)
                leaders[pairs[:, 0]] = pairs[:, 1]
            self._canonical = generation, leaders
        return self._canonical[1]

    def entity_kinds(self) -> NDArray[np.uint8]:
        """What each entity is, by its number."""
        import numpy as np

        with self._store.reading() as connection:
            rows = connection.execute("SELECT block, kinds FROM entity_kinds ORDER BY block").fetchall()
        if not rows:
            return np.zeros(0, np.uint8)
        size = len(rows[0][1])
        kinds = np.zeros((rows[-1][0] + 1, size), np.uint8)
        for block, packed in rows:
            kinds[block] = np.frombuffer(packed, np.uint8)
        return kinds.reshape(-1)

    def entity_names(self, numbers: Sequence[int]) -> dict[int, str]:
        """What the corpus calls these entities."""
        found: dict[int, str] = {}
        with self._store.reading() as connection:
            for marks, chunk in chunked(numbers):
                rows = connection.execute(
                    f"SELECT number, name FROM entities WHERE number IN ({marks}) AND articles > 0", chunk
                )
                found.update(rows.fetchall())
        return found

    @contextmanager
    def _naming(self, field: NameField) -> Iterator[tuple[sqlite3.Connection, Naming]]:
        from tui.corpus.naming import Naming

        canonical, kinds = self.canonical(), self.entity_kinds()
        with self._store.snapshot() as connection:
            yield connection, Naming(connection, canonical, kinds, _TYPES[field])

    def names_like(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        """Names with a word that begins so, and how many articles name each, most first."""
        with self._naming(field) as (_, naming):
            return naming.like(typed, limit)

    def names_near(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        """As `names_like`, of names with a word that begins nearly so."""
        with self._naming(field) as (_, naming):
            return naming.near(typed, limit)

    def named(self, field: NameField, name: str) -> NDArray[np.uint32]:
        """Numbers of the articles that mention an entity by this name, or by any other of its names."""
        import numpy as np

        from tui.corpus.postings import unpack_articles

        found = [np.zeros(0, np.int64)]
        with self._naming(field) as (connection, naming):
            for marks, chunk in chunked(naming.named(name).tolist()):
                rows = connection.execute(
                    f"SELECT first, others FROM entity_articles WHERE entity IN ({marks})", chunk
                )
                found.append(unpack_articles(rows.fetchall()))
        numbers = np.concatenate(found)
        # Marking is quicker than sorting, and a number may come from several names.
        marked = np.zeros(int(numbers.max(initial=0)) + 1, bool)
        marked[numbers] = True
        return np.flatnonzero(marked).astype(np.uint32)

    def surfaces(self, field: NameField, name: str) -> Sequence[str]:
        """How articles write the names of the entities that `named` goes by, the most frequent spelling first."""
        with self._naming(field) as (_, naming):
            return naming.written(naming.named(name))

    def flagged(self, flag: Flag) -> NDArray[np.uint32]:
        """Numbers of the articles that the reader has marked so."""
        if flag == "starred":
            return self._starred.numbers(self._desk.starred_ids() if self._desk else frozenset())
        read = self._read.numbers(self._desk.read_ids() if self._desk else frozenset())
        return read if flag == "read" else self._live.without(read)
