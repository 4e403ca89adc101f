"""What the person at a prompt asks the store for: ids only begun, and articles by their files."""

from __future__ import annotations

import os
from pathlib import Path

from tui.article import ArticleId
from tui.corpus.store import Store


def ids_beginning(store: Store, beginning: str, limit: int) -> list[ArticleId]:
    """Ids of articles that begin so, ascending."""
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT id FROM articles WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
            (beginning, f"{beginning}g", limit),
        ).fetchall()
    return [ArticleId(id) for (id,) in rows]


def id_of_file(store: Store, path: Path) -> ArticleId | None:
    """The id of the article that was read from this file; None where the corpus has none from it."""
    # Roots are real paths; below them the walk keeps the names of links.
    spellings = dict.fromkeys((path.parent.resolve() / path.name, path.resolve()))
    with store.reading() as connection:
        for root, name in connection.execute("SELECT root, path FROM roots").fetchall():
            for spelling in spellings:
                if not spelling.is_relative_to(os.fsdecode(name)):
                    continue
                below = os.fsencode(spelling.relative_to(os.fsdecode(name)))
                row = connection.execute(
                    "SELECT id FROM files JOIN articles USING (number) WHERE root = ? AND path = ?",
                    (root, below),
                ).fetchone()
                if row is not None:
                    return ArticleId(row[0])
    return None
