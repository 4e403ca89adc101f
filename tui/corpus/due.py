"""What is to be done for stories: which articles are new to them, and what of each is done.

Follows the change log by a position of its own, and notes each article that changed as due. A step is done when the
note says so, in the same commit as its outcome: whoever is killed goes on from there. Imports no NumPy, so that a run
that found nothing new ends without.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from tui.corpus.store import chunked, last_sequence

GROUPING = "2.2.1.1"
"""Versions of what makes boilerplate, reprints, what articles are known by, and stories; with others all is made anew.

These are `BOILERPLATE_VERSION`, `REPRINTS_VERSION`, that of `tui.stories.features` and that of
`tui.stories.reclustering`, written out because those import NumPy; a test holds them together.
"""

KEYS, DERIVING, TELLING = 1, 2, 3
"""Steps of an article: keys of its paragraphs; signature and features; its reprints and its story."""

DERIVED = ("paragraph_keys", "signatures", "features")
"""Tables with a row an article, that are of no use without it."""

MOST_CLUSTERED = 5_000
"""Articles that are clustered at once, the latest: `tui.stories.reclustering.MOST`."""

_NEWS = 20
"""They are clustered anew when a part of this size of them is new."""

_AT_ONCE = 20_000
"""Changes that are taken in one commit."""


def is_due(connection: sqlite3.Connection) -> bool:
    """Whether there is anything to do."""
    return (
        meta(connection, "grouping") != GROUPING
        or meta(connection, "grouped") != last_sequence(connection)
        or any(
            connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None
            for table in ("grouping_due", "links_due", "former_stories")
        )
        or is_clustering_due(connection)
    )


def is_clustering_due(connection: sqlite3.Connection) -> bool:
    """Whether so many articles are new since the latest were clustered that it is worth doing anew."""
    new = meta(connection, "unclustered") or 0
    return bool(new) and new * _NEWS >= min(meta(connection, "articles") or 0, MOST_CLUSTERED)


def begin_anew(connection: sqlite3.Connection) -> None:
    """Forget all that was derived; what stories there were is remembered for their ids."""
    connection.execute("INSERT OR IGNORE INTO former_stories SELECT id, number, members FROM stories")
    for table in (
        *DERIVED,
        "reprints",
        "boilerplate",
        "stories",
        "article_stories",
        "story_links",
        "links_due",
        "story_state",
    ):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DELETE FROM grouping_due")
    connection.execute("INSERT INTO grouping_due SELECT number, ? FROM articles", (KEYS,))
    connection.execute("DELETE FROM meta WHERE key = 'unclustered'")
    # Numbers of stories grow on: ids that lead to a former one must not lead to a new one. Unless it is damaged:
    connection.execute(
        "UPDATE meta SET value = 1 + coalesce((SELECT max(number) FROM former_stories), 0)"
        " WHERE key = 'next_story' AND typeof(value) <> 'integer'"
    )
    set_meta(connection, "grouping", GROUPING)
    set_meta(connection, "grouped", last_sequence(connection))


def take_changes(connection: sqlite3.Connection) -> tuple[list[int], bool]:
    """Note the next changes of the log as due. To be called within a transaction, until there are no more.

    Returns:
        Numbers of articles that have gone, and whether there may be more.
    """
    position = meta(connection, "grouped") or 0
    rows = connection.execute(
        "SELECT sequence, number, kind FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?",
        (position, _AT_ONCE),
    ).fetchall()
    gone = [number for _, number, kind in rows if kind == "delete"]
    connection.executemany(
        "INSERT OR REPLACE INTO grouping_due VALUES (?, ?)",
        ((number, KEYS) for _, number, kind in rows if kind != "delete"),
    )
    more = len(rows) == _AT_ONCE
    set_meta(connection, "grouped", rows[-1][0] if more else last_sequence(connection))
    return gone, more


def forget(connection: sqlite3.Connection, gone: Sequence[int]) -> None:
    """Delete what was derived from articles that have gone."""
    for marks, chunk in chunked(gone):
        for table in (*DERIVED, "grouping_due"):
            connection.execute(f"DELETE FROM {table} WHERE number IN ({marks})", chunk)


def count_due(connection: sqlite3.Connection, step: int) -> int:
    """How many articles this step is next for."""
    (count,) = connection.execute("SELECT count(*) FROM grouping_due WHERE step = ?", (step,)).fetchone()
    return int(count)


def due(connection: sqlite3.Connection, step: int, limit: int) -> list[int]:
    """Numbers of the first articles that this step is next for, ascending."""
    rows = connection.execute(
        "SELECT number FROM grouping_due WHERE step = ? ORDER BY number LIMIT ?", (step, limit)
    )
    return [number for (number,) in rows]


def done(connection: sqlite3.Connection, numbers: Sequence[int], following: int | None) -> None:
    """These articles are done with a step; the one that follows is next, or none."""
    if following is None:
        statement = "DELETE FROM grouping_due WHERE number IN ({})"
    else:
        statement = f"UPDATE grouping_due SET step = {following:d} WHERE number IN ({{}})"
    for marks, chunk in chunked(numbers):
        connection.execute(statement.format(marks), chunk)


def meta(connection: sqlite3.Connection, key: str) -> Any:
    """A value of the `meta` table; None where there is none."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def set_meta(connection: sqlite3.Connection, key: str, value: str | int) -> None:
    """Write a value of the `meta` table."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
