"""What the reader put right, as the desk's file has it: of names and of stories, each in a table of its own.

Apart, so that undoing the one doesn't undo the other.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal, NamedTuple

EditTable = Literal["edits", "story_edits"]
EDIT_TABLES: tuple[EditTable, ...] = ("edits", "story_edits")
"""Of names, and of stories."""


class Edit(NamedTuple):
    """Something that the reader put right about the corpus's names, or its stories."""

    id: str
    at: float
    """When, in seconds since 1970; later edits have greater ones."""
    words: str
    """What was done, for people."""
    content: str
    """The same for `tui.corpus.edits` or `tui.corpus.story_edits`, as JSON."""


def edits_in(path: Path, corpus: str) -> dict[EditTable, tuple[Edit, ...]]:
    """The edits of a corpus in a desk's file, of each kind, the first edit first.

    Raises:
        sqlite3.Error: It can't be read just now.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.1)
    try:
        return edits_of(connection, corpus)
    finally:
        connection.close()


def edits_of(connection: sqlite3.Connection, corpus: str) -> dict[EditTable, tuple[Edit, ...]]:
    """As `edits_in`, by a connection; the desk of an earlier Broadsheet may lack a table."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    found: dict[EditTable, tuple[Edit, ...]] = dict.fromkeys(EDIT_TABLES, ())
    for table in EDIT_TABLES:
        if table in tables:
            rows = connection.execute(
                f"SELECT edit, at, words, content FROM {table} WHERE corpus = ? ORDER BY at, edit", (corpus,)
            )
            found[table] = tuple(Edit(*row) for row in rows)
    return found
