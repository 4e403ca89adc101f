"""What the person at a prompt asks the store for: ids only begun, files by their path, who is in some articles."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tui.article import ArticleId, MentionType
from tui.corpus.names import SPAN
from tui.corpus.numbers import running, unpack_rows
from tui.corpus.store import Store, chunked
from tui.corpus.values import Entity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.corpus.canonical import Canonical

_BLOCK = 500
"""Entities whose names are fetched at once."""


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


def entities_in(
    canonical: Canonical,
    store: Store,
    numbers: Sequence[int] | NDArray[np.uint32],
    type: MentionType | None,
    limit: int,
) -> list[Entity]:
    """Who and what these articles name, those in most of them first; counts are of these articles alone.

    By keys: a name that the reader took out of one, and that is none itself, still counts as who it was taken out of.
    """
    import numpy as np

    from tui.index.sets import added

    leaders = canonical.numbers().astype(np.int64)
    articles, mentions = np.zeros(0, np.int64), np.zeros(0, np.int64)
    with store.snapshot() as connection:
        for marks, chunk in chunked(numbers):  # type: ignore[arg-type]
            rows = connection.execute(
                f"SELECT entities, spans FROM mentions WHERE number IN ({marks})", chunk
            ).fetchall()
            gaps, start = unpack_rows([entities for entities, _ in rows])
            distinct = running(gaps, start)
            spans, begins = unpack_rows([packed for _, packed in rows])
            places = spans[SPAN - 1 :: SPAN] + np.repeat(start[:-1], np.diff(begins) // SPAN)
            highest = int(distinct.max(initial=0))
            if highest >= len(leaders):  # named since
                leaders = np.concatenate((leaders, np.arange(len(leaders), highest + 1)))
            named = leaders[distinct]
            # An article that names one entity in two ways counts once.
            pairs = np.unique(np.repeat(np.arange(len(rows)), np.diff(start)) << 32 | named)
            articles = added(articles, np.bincount(pairs & 0xFFFFFFFF))
            mentions = added(mentions, np.bincount(named[places]))
        found = _ranked(canonical, connection, articles, mentions)
        return list(islice((entity for entity in found if type in (None, entity.type)), limit))


def _ranked(
    canonical: Canonical,
    connection: sqlite3.Connection,
    articles: NDArray[np.int64],
    mentions: NDArray[np.int64],
) -> Iterator[Entity]:
    """The entities that have articles, most first; equals by name and id, whatever order they came in."""
    import numpy as np

    hidden = canonical.overlay(connection).hidden
    numbers = np.flatnonzero(articles)
    numbers = numbers[np.lexsort((-mentions[numbers], -articles[numbers]))]
    start = 0
    while start < len(numbers):
        end = min(start + _BLOCK, len(numbers))
        last = numbers[end - 1]
        # A block ends where counts do: who has the same is put in order together.
        same = (articles[numbers[end:]] == articles[last]) & (mentions[numbers[end:]] == mentions[last])
        end += int(np.count_nonzero(same))
        described = canonical.described(connection, numbers[start:end].tolist())
        block = [
            entity._replace(articles=int(articles[number]), mentions=int(mentions[number]))
            for number, entity in described.items()
            if number not in hidden
        ]
        block.sort(key=lambda entity: (-entity.articles, -entity.mentions, entity.name, entity.id))
        yield from block
        start = end
