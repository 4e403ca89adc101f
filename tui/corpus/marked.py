"""The reader's marks as article numbers, quick where there are a million articles and a few marks, or many."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from tui.article import ArticleId
from tui.corpus.store import Store, chunked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST_NEW = 10_000
"""So many new marks are looked up one by one; of more, all are."""


class Marked:
    """The articles that have one mark, remembered: what was marked since is looked up alone. For any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._known: tuple[int, frozenset[ArticleId], NDArray[np.uint32]] | None = None

    def numbers(self, ids: frozenset[ArticleId]) -> NDArray[np.uint32]:
        """Numbers of the articles with these ids, ascending; those that have gone are left out."""
        import numpy as np

        generation = self._store.generation
        with self._lock:
            known = self._known
        if known is not None and known[:2] == (generation, ids):
            return known[2]
        new = ids - known[1] if known is not None else ids
        if known is None or known[0] != generation or len(new) > _MOST_NEW:
            numbers = self._look_up(ids)
        else:
            numbers = np.union1d(known[2], self._look_up(new)) if new else known[2]
            if len(known[1]) + len(new) > len(ids):
                numbers = np.setdiff1d(numbers, self._look_up(known[1] - ids), assume_unique=True)
        with self._lock:
            self._known = generation, ids, numbers
        return numbers

    def _look_up(self, ids: frozenset[ArticleId]) -> NDArray[np.uint32]:
        import numpy as np

        found: list[int] = []
        with self._store.snapshot() as connection:
            for marks, chunk in chunked(sorted(ids)):
                rows = connection.execute(f"SELECT number FROM articles WHERE id IN ({marks})", chunk)
                found += (number for (number,) in rows.fetchall())
        return np.sort(np.array(found, np.uint32))


class Live:
    """The articles that there are: all numbers that were given out but those that have gone. For any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def without(self, numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Numbers of all articles but these, ascending."""
        import numpy as np

        with self._store.snapshot() as connection:
            (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM articles").fetchone()
            (count,) = connection.execute("SELECT value FROM meta WHERE key = 'articles'").fetchone()
            gone = connection.execute(
                "SELECT number FROM changes WHERE kind = 'delete' AND number <= ?", (last,)
            ).fetchall()
            live = np.ones(last + 1, bool)
            live[0] = False
            live[[number for (number,) in gone]] = False
            if np.count_nonzero(live) != count:
                # The log was mended, or the store comes from elsewhere: what is there decides.
                live[:] = False
                there = connection.execute("SELECT number FROM articles")
                while rows := there.fetchmany(10_000):
                    live[[number for (number,) in rows]] = True
        live[numbers[numbers <= last]] = False
        return np.flatnonzero(live).astype(np.uint32)
