"""The reader's own things: what was read and starred, how far, what was searched for, what was put right.

One file for all corpora, keyed by the corpus's UUID and the article's id, so that it survives whatever is done to
store and index. It is the only thing that a reader writes. Whoever asks is answered from memory, and what changes
is written by a thread: no key waits for a disk. Where the file can't be written, everything works until the end
of the session, and `problem` says so.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from queue import SimpleQueue

from tui.article import ArticleId
from tui.corpus.desk_edits import EDIT_TABLES, Edit, EditTable, edits_in, edits_of
from tui.corpus.locate import data_directory, shown

DESK_VERSION = 3
HISTORY = 1_000
"""Queries of a corpus that are remembered."""

_PATIENCE_S = 10.0
_TABLES = """
CREATE TABLE IF NOT EXISTS marks (
    corpus TEXT, article TEXT, read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0,
    paragraph INTEGER, offset INTEGER, PRIMARY KEY (corpus, article)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS queries (
    corpus TEXT, query TEXT, at REAL NOT NULL, PRIMARY KEY (corpus, query)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS choices (corpus TEXT, key TEXT, value TEXT, PRIMARY KEY (corpus, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edits (
    corpus TEXT, edit TEXT, at REAL NOT NULL, words TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (corpus, edit)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS story_edits (
    corpus TEXT, edit TEXT, at REAL NOT NULL, words TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (corpus, edit)
) WITHOUT ROWID;
"""
_Ids = set[ArticleId]
_Statement = tuple[str, tuple[object, ...]]


class Desk:
    """The desk of one corpus. Made in no time; the file is opened at the first question."""

    def __init__(self, corpus: str, path: Path | None = None) -> None:
        """The desk of the corpus with this UUID, kept at `path` or in the data directory."""
        self._corpus = corpus
        self.path = path or data_directory() / "desk.sqlite"
        self.problem: str | None = None
        """Why what is marked will be forgotten at the end of the session, in one line; None where it is kept."""
        self.hindrance: str | None = None
        """Of that only which file can't be written, and why; None where that is not the problem."""
        self._lock = threading.RLock()
        self._loaded = False
        self._read: set[ArticleId] = set()
        self._starred: set[ArticleId] = set()
        self._places: dict[ArticleId, tuple[int, int]] = {}
        self._queries: dict[str, float] = {}
        self._choices: dict[str, str] = {}
        self._edits: dict[EditTable, tuple[Edit, ...]] = dict.fromkeys(EDIT_TABLES, ())
        self._frozen: dict[str, frozenset[ArticleId]] = {}
        self._to_write: SimpleQueue[_Statement | None] = SimpleQueue()
        self._writer: threading.Thread | None = None
        self._written = threading.Lock()  # of its own: `flush` holds the other while it waits for the writer
        self._unwritten = 0
        """Statements that the file doesn't have yet."""
        self._seen: tuple[int, ...] | None = None
        """What the file was like when its edits were last read."""

    def is_read(self, id: ArticleId) -> bool:
        """Whether the article is marked as read."""
        self._load()
        return id in self._read

    def set_read(self, id: ArticleId, read: bool) -> None:
        """Mark the article as read, or as unread."""
        self._mark(self._read, "read", id, read)

    def starred(self, id: ArticleId) -> bool:
        """Whether the article has a star."""
        self._load()
        return id in self._starred

    def set_starred(self, id: ArticleId, starred: bool) -> None:
        """Give the article a star, or take it away."""
        self._mark(self._starred, "starred", id, starred)

    def read_ids(self) -> frozenset[ArticleId]:
        """All articles that are marked as read."""
        return self._all("read", self._read)

    def starred_ids(self) -> frozenset[ArticleId]:
        """All articles that have a star."""
        return self._all("starred", self._starred)

    def place(self, id: ArticleId) -> tuple[int, int] | None:
        """Where the reader was in the article: (paragraph, offset in it); None where they have not been."""
        self._load()
        return self._places.get(id)

    def set_place(self, id: ArticleId, paragraph: int, offset: int = 0) -> None:
        """Remember where the reader is in the article."""
        self._load()
        with self._lock:
            if self._places.get(id) == (paragraph, offset):
                return
            self._places[id] = paragraph, offset
        self._write(
            "INSERT INTO marks (corpus, article, paragraph, offset) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET paragraph = excluded.paragraph, offset = excluded.offset",
            (self._corpus, id, paragraph, offset),
        )

    def query_history(self, limit: int = 100) -> list[str]:
        """What was searched for, the latest first, each once."""
        self._load()
        with self._lock:
            return sorted(self._queries, key=self._queries.__getitem__, reverse=True)[:limit]

    def remember_query(self, query: str) -> None:
        """Put a query at the top of the history; an empty one is not remembered."""
        query = query.strip()
        if not query:
            return
        self._load()
        now = time.time()
        with self._lock:
            # The clock may stand still between two queries, or go back.
            now = self._queries[query] = max(now, max(self._queries.values(), default=0.0) + 1e-3)
        self._write("INSERT OR REPLACE INTO queries VALUES (?, ?, ?)", (self._corpus, query, now))

    def get(self, key: str, default: str | None = None) -> str | None:
        """A small value that was kept under this key."""
        self._load()
        return self._choices.get(key, default)

    def set(self, key: str, value: str) -> None:
        """Keep a small value: what the interface was like when it was left."""
        self._load()
        with self._lock:
            if self._choices.get(key) == value:
                return
            self._choices[key] = value
        self._write("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", (self._corpus, key, value))

    def edits(self) -> tuple[Edit, ...]:
        """What was put right about names, the first edit first. The very same tuple until there is another."""
        self._load()
        return self._edits["edits"]

    def add_edit(self, words: str, content: str) -> None:
        """Remember an edit of names."""
        self._add_edit("edits", words, content)

    def drop_edit(self) -> Edit | None:
        """Forget the last edit of names, and say which it was; None where there is none."""
        return self._drop_edit("edits")

    def story_edits(self) -> tuple[Edit, ...]:
        """What was put right about stories, as `edits`."""
        self._load()
        return self._edits["story_edits"]

    def add_story_edit(self, words: str, content: str) -> None:
        """Remember an edit of stories."""
        self._add_edit("story_edits", words, content)

    def drop_story_edit(self) -> Edit | None:
        """Forget the last edit of stories, and say which it was; None where there is none."""
        return self._drop_edit("story_edits")

    def _add_edit(self, table: EditTable, words: str, content: str) -> None:
        import secrets

        self._load()
        with self._lock:
            before = self._edits[table]
            # The clock may stand still between two edits, or go back.
            at = max(time.time(), (before[-1].at if before else 0.0) + 1e-3)
            edit = Edit(secrets.token_hex(8), at, words, content)
            self._edits[table] = (*before, edit)
        self._write(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", (self._corpus, *edit))

    def _drop_edit(self, table: EditTable) -> Edit | None:
        self._load()
        with self._lock:
            if not self._edits[table]:
                return None
            *kept, edit = self._edits[table]
            self._edits[table] = tuple(kept)
        self._write(f"DELETE FROM {table} WHERE corpus = ? AND edit = ?", (self._corpus, edit.id))
        return edit

    def refresh(self) -> bool:
        """Whether another process put something right about names or stories since that was last read.

        As cheap as looking at the file's date, where nothing wrote to it.
        """
        before, seen = dict(self._edits), self._look()
        # What of our own is still to be written would be missing: then the next look finds out.
        if not self._loaded or self.problem is not None or self._unwritten or seen in (None, self._seen):
            return False
        try:
            edits = edits_in(self.path, self._corpus)
        except sqlite3.Error:
            return False  # busy, or damaged just now: what is known holds, and the next look tries again
        with self._lock:
            if self._unwritten or any(self._edits[table] is not before[table] for table in EDIT_TABLES):
                return False
            self._seen = seen
            if edits == before:
                return False
            # What did not change stays the very same.
            self._edits.update((table, found) for table, found in edits.items() if found != before[table])
            return True

    def found_problem(self, patience_s: float = 1.0) -> str | None:
        """The `problem`, once what is under way is written; without waiting longer than this, or keeping others."""
        end = time.monotonic() + patience_s
        while self._unwritten and self.problem is None and time.monotonic() < end:
            time.sleep(0.002)
        return self.problem

    def flush(self) -> None:
        """Wait until everything is written, as far as it can be."""
        with self._lock:
            writer, self._writer = self._writer, None
            # Inside the lock: a second thread on the same queue would write out of order.
            if writer is not None:
                self._to_write.put(None)
                writer.join(_PATIENCE_S * 2)

    def close(self) -> None:
        """Write what is left."""
        self.flush()

    def _mark(self, marked: _Ids, column: str, id: ArticleId, value: bool) -> None:
        self._load()
        with self._lock:
            if (id in marked) == value:
                return
            (marked.add if value else marked.discard)(id)
            self._frozen.pop(column, None)
        self._write(
            f"INSERT INTO marks (corpus, article, {column}) VALUES (?, ?, ?)"
            f" ON CONFLICT DO UPDATE SET {column} = excluded.{column}",
            (self._corpus, id, int(value)),
        )

    def _all(self, column: str, marked: Iterable[ArticleId]) -> frozenset[ArticleId]:
        self._load()
        with self._lock:
            if column not in self._frozen:
                self._frozen[column] = frozenset(marked)
            return self._frozen[column]

    def _load(self) -> None:
        if self._loaded:
            return
        with self._lock:
            if self._loaded:
                return
            self._loaded = True
            self._seen = self._look()
            try:
                self._load_from(self.path)
            except sqlite3.DatabaseError as error:
                self._meet(error)
            except OSError as error:
                self.problem = self._forgetful(error.strerror or str(error))

    def _load_from(self, path: Path) -> None:
        if not path.exists():
            return
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE_S)
        try:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if "choices" not in tables:
                return
            self._edits.update(edits_of(connection, self._corpus))
            marks = connection.execute(
                "SELECT article, read, starred, paragraph, offset FROM marks WHERE corpus = ?",
                (self._corpus,),
            )
            for id, read, starred, paragraph, offset in marks:
                if read:
                    self._read.add(id)
                if starred:
                    self._starred.add(id)
                if paragraph is not None:
                    self._places[id] = paragraph, offset
            self._queries.update(
                connection.execute(
                    "SELECT query, at FROM queries WHERE corpus = ?", (self._corpus,)
                ).fetchall()
            )
            self._choices.update(
                connection.execute(
                    "SELECT key, value FROM choices WHERE corpus = ?", (self._corpus,)
                ).fetchall()
            )
        finally:
            connection.close()

    def _look(self) -> tuple[int, ...] | None:
        """What changes whenever the file does; None where there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None  # no file, or none that can be seen: nothing to read from it either
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._lock:
            if self.problem is not None:
                return
            with self._written:
                self._unwritten += 1
            self._to_write.put((statement, values))
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_all, daemon=True, name="desk")
                self._writer.start()

    def _write_all(self) -> None:
        """The thread: whatever has come in meanwhile goes into one transaction."""
        connection: sqlite3.Connection | None = None
        try:
            while (statement := self._to_write.get()) is not None:
                connection = connection or self._connect()
                ending = False
                written = 1
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(*statement)
                while not self._to_write.empty():
                    following = self._to_write.get()
                    if following is None:
                        ending = True
                        break
                    connection.execute(*following)
                    written += 1
                connection.execute("COMMIT")
                with self._written:
                    self._unwritten -= written
                if ending:
                    return
        except sqlite3.Error as error:
            self._meet(error)
        except OSError as error:
            self.problem = self._forgetful(error.strerror or str(error))
        finally:
            if connection is not None:
                connection.close()

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version = {DESK_VERSION};COMMIT;")
        connection.execute(
            "DELETE FROM queries WHERE corpus = ?1 AND at < (SELECT at FROM queries WHERE corpus = ?1"
            " ORDER BY at DESC LIMIT 1 OFFSET ?2)",
            (self._corpus, HISTORY),
        )
        return connection

    def _meet(self, error: sqlite3.Error) -> None:
        """Go on without the file; a damaged one is put aside, so that the next session has a new one."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            self.problem = self._forgetful(str(error))
            return
        aside = self.path.with_name(f"{self.path.name}.damaged-{time.time():.0f}")
        try:
            self.path.replace(aside)
            self.problem = f"What was read and starred could not be read; the file is kept as {shown(aside)}"
        except OSError:
            self.problem = self._forgetful("the file is damaged")

    def _forgetful(self, reason: str) -> str:
        self.hindrance = f"{shown(self.path)} can't be written ({reason})"
        return f"What you read and star will be forgotten at the end: {self.hindrance}"
