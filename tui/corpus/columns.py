"""The store as the index sees it: the `ArticleSource` of `tui.index.articles`. Imports NumPy where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.article import Article, ArticleNumber, MentionType
from tui.corpus.store import Store, chunked
from tui.index.articles import Change, Columns, Flag, NameField
from tui.index.results import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.corpus.desk import Desk

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

    def changes_since(self, sequence: int) -> tuple[int, list[Change]]:
        """The change log from there on."""
        last, rows = self._store.changes_since(sequence)
        return last, [Change(at, ArticleNumber(number), kind) for at, number, kind in rows]  # type: ignore[arg-type]

    def columns(self) -> Columns:
        """All that facets and histograms count."""
        import numpy as np

        with self._store.snapshot() as connection:
            rows = connection.execute("SELECT number, day, source FROM articles ORDER BY number").fetchall()
            held = connection.execute(
                "SELECT mentions.entities FROM articles LEFT JOIN mentions USING (number) ORDER BY articles.number"
            ).fetchall()
            decided = connection.execute(
                "SELECT number, name, type FROM entities WHERE articles > 0"
            ).fetchall()
        source_names = tuple(sorted({source for _, _, source in rows if source is not None}))
        position = {name: at for at, name in enumerate(source_names)}
        position_or_none = {None: -1, **position}
        blobs = [blob or b"" for (blob,) in held]
        start = np.zeros(len(rows) + 1, np.int64)
        start[1:] = np.cumsum([len(blob) // 4 for blob in blobs])
        stored = np.frombuffer(b"".join(blobs), "<u4")
        places = np.full(
            max((int(stored.max(initial=0)), *(number for number, _, _ in decided))) + 1, -1, np.int32
        )
        for at, (number, _, _) in enumerate(decided):
            places[number] = at
        return Columns(
            numbers=np.array([number for number, _, _ in rows], np.uint32),
            day=np.array([day for _, day, _ in rows], np.int32),
            source=np.array([position_or_none[source] for _, _, source in rows], np.int32),
            source_names=source_names,
            entity_start=start,
            entities=places[stored],
            entity_names=tuple(name for _, name, _ in decided),
            entity_types=tuple(kind for _, _, kind in decided),
        )

    def named(self, field: NameField, name: str) -> NDArray[np.uint32]:
        """Numbers of the articles that mention an entity by this name."""
        from tui.corpus.names import named

        found: set[int] = set()
        with self._store.snapshot() as connection:
            for marks, chunk in chunked(named(connection, _TYPES[field], name)):
                rows = connection.execute(
                    f"SELECT number FROM article_entities WHERE entity IN ({marks})", chunk
                )
                found.update(number for (number,) in rows.fetchall())
        return _ascending(found)

    def surfaces(self, field: NameField, name: str) -> Sequence[str]:
        """Names and aliases of the entities that `named` goes by."""
        from tui.corpus.names import named

        found: set[str] = set()
        with self._store.snapshot() as connection:
            for marks, chunk in chunked(named(connection, _TYPES[field], name)):
                rows = connection.execute(
                    f"SELECT DISTINCT text FROM surfaces WHERE entity IN ({marks})", chunk
                )
                found.update(text for (text,) in rows.fetchall())
        return sorted(found)

    def flagged(self, flag: Flag) -> NDArray[np.uint32]:
        """Numbers of the articles that the reader has marked so."""
        import numpy as np

        ids: frozenset[str] = frozenset()
        if self._desk is not None:
            ids = self._desk.starred_ids() if flag == "starred" else self._desk.read_ids()
        marked: set[int] = set()
        with self._store.snapshot() as connection:
            for marks, chunk in chunked(sorted(ids)):
                rows = connection.execute(f"SELECT number FROM articles WHERE id IN ({marks})", chunk)
                marked.update(number for (number,) in rows.fetchall())
            if flag != "unread":
                return _ascending(marked)
            every = [
                number for (number,) in connection.execute("SELECT number FROM articles ORDER BY number")
            ]
        return np.setdiff1d(np.array(every, np.uint32), _ascending(marked), assume_unique=True)


def _ascending(numbers: set[int]) -> NDArray[np.uint32]:
    import numpy as np

    return np.array(sorted(numbers), np.uint32)
