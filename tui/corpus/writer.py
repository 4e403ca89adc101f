"""Writing the store: one process at a time, in batches that are whole or not there.

A file is put, refused or forgotten; what follows for articles, versions and names is worked out here. Nothing is
visible to readers, or safe from a kill, before `commit`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tui.corpus.decisions import Decisions
from tui.corpus.identity import URL_RULES, canonical_url, url_number
from tui.corpus.locate import Place, write_card
from tui.corpus.packing import Dictionary, Packing, learn
from tui.corpus.placing import Placing
from tui.corpus.record import Record, whole_url
from tui.corpus.schema import connect_writer, translated
from tui.corpus.store import find_dictionary
from tui.corpus.versions import Versions
from tui.harmless import harmless

Outcome = Literal["added", "updated", "kept"]
"""What a file did to the corpus: a new article, another version in front, or nothing that is seen."""


class FileKey(NamedTuple):
    """A file, or a member of one, as the store knows it."""

    root: int
    path: bytes
    """Relative to the root, as the file system spells it."""
    member: bytes = b""


class Stamp(NamedTuple):
    """How a file is known to be unchanged without being read."""

    size: int
    mtime_ns: int


class StoreWriter:
    """A store that is open for writing; whoever holds the indexer's lock makes one."""

    def __init__(self, place: Place) -> None:
        """Open the store of a corpus, making it where it is new.

        Raises:
            BroadsheetError: It can't be opened, or the disk is full.
        """
        self.place = place
        self.connection = connect_writer(place.store)
        self.packing = Packing(lambda number: find_dictionary(self.connection, number))
        self.dictionary: Dictionary | None = None
        """What texts are packed by from now on."""
        self._decisions = Decisions(self.connection, self.packing)
        self._versions = Versions(self.connection, self._decisions, self.packing)
        self._placing = Placing(self.connection, self._versions, self.packing)
        self.removed = 0
        """How many articles went since this was opened."""
        with self._translating():
            self._begin_once()

    def close(self) -> None:
        """Let go of the file; what wasn't committed is lost."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside becomes visible at its end, or, where it raises, never was.

        Raises:
            BroadsheetError: The disk is full, or the store is damaged.
        """
        with self._translating():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._finish_batch()
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                self._decisions.forget()
                self._versions.forget()
                raise

    def meta(self, key: str) -> Any:
        """A value of the `meta` table; None where there is none."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str | int) -> None:
        """Write a value of the `meta` table."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def roots(self) -> dict[Path, int]:
        """The folders of the corpus and their numbers in `files`."""
        rows = self.connection.execute("SELECT path, root FROM roots ORDER BY root").fetchall()
        return {Path(os.fsdecode(path)): root for path, root in rows}

    def keep_roots(self, roots: tuple[Path, ...]) -> dict[Path, int]:
        """Make these the corpus's folders. A folder that moved keeps its number, and so its files and articles."""
        before = list(self.roots().items())
        with self.transaction():
            for (old, number), new in zip(before, roots, strict=False):
                if old != new:
                    self.connection.execute(
                        "UPDATE roots SET path = ? WHERE root = ?", (os.fsencode(new), number)
                    )
            for new in roots[len(before) :]:
                self.connection.execute("INSERT INTO roots (path) VALUES (?)", (os.fsencode(new),))
        write_card(Place(self.place.directory, self.place.uuid, self.place.name, tuple(self.roots())))
        return self.roots()

    def put(self, file: FileKey, stamp: Stamp, digest: bytes, record: Record) -> Outcome:
        """Take what a file holds.

        Raises:
            IdCollision: Its id is another article's; the store is as before.
        """
        before = self._held(file)
        number = self._placing.find(record, self._held_alone(before))
        added = number is None
        if number is None:
            id, identity = self._placing.new_id(record)
            number = self._versions.create(id, identity, record)
        front = self._versions.front(number)
        if not added:
            self._versions.add(number, record)
        before = self._held(file)  # a merge may have given its article another number
        self._write_file(file, stamp, digest, number, record.content, None)
        if before is not None and before != (number, record.content):
            self._release(*before)
        if added:
            return "added"
        return "updated" if self._versions.front(number) != front else "kept"

    def learn(self, samples: Sequence[str], size: int) -> None:
        """Learn a dictionary, by which all texts are packed from now on; nothing happens where there is too little.

        Args:
            samples: Bodies of articles from all over the corpus.
            size: Bytes of text that it is for.
        """
        (last,) = self.connection.execute("SELECT coalesce(max(dictionary), 0) FROM dictionaries").fetchone()
        dictionary = learn(samples, size, last + 1)
        if dictionary is not None:
            self.connection.execute("INSERT INTO dictionaries VALUES (?, ?, ?)", (*dictionary, len(samples)))
            self._use(dictionary)

    @property
    def learnt_from(self) -> int:
        """How many articles the dictionary in use was learnt from; 0 without one."""
        row = self.connection.execute("SELECT max(learnt_from) FROM dictionaries").fetchone()
        return int(row[0] or 0)

    def _use(self, dictionary: Dictionary) -> None:
        self.packing.use(dictionary)
        self.dictionary = dictionary

    def refuse(self, file: FileKey, stamp: Stamp, digest: bytes | None, reason: str) -> None:
        """Note that a file holds no article, and why; the article it held goes if no other file holds it."""
        before = self._held(file)
        self._write_file(file, stamp, digest, None, None, reason)
        if before is not None:
            self._release(*before)

    def keep_unread(self, file: FileKey, reason: str) -> None:
        """Note that a file couldn't be read just now; what it held before stays, and it is tried again."""
        before = self._held(file)
        number, content = before or (None, None)
        self._write_file(file, Stamp(-1, -1), None, number, content, reason)

    def settle_names(self) -> None:
        """Decide which entities are one, as far as what was written since may have changed that."""
        self._decisions.settle()

    def touch(self, file: FileKey, stamp: Stamp) -> None:
        """Note that a file has another time and the same content."""
        self.connection.execute(
            "UPDATE files SET size = ?, mtime_ns = ? WHERE root = ? AND path = ? AND member = ?",
            (*stamp, *file),
        )

    def forget(self, file: FileKey) -> None:
        """Note that a file is gone; its article goes if no other file holds it."""
        before = self._held(file)
        self.connection.execute("DELETE FROM files WHERE root = ? AND path = ? AND member = ?", file)
        if before is not None:
            self._release(*before)

    def _held(self, file: FileKey) -> tuple[int, bytes] | None:
        """The article and version that the file held until now."""
        row = self.connection.execute(
            "SELECT number, content FROM files WHERE root = ? AND path = ? AND member = ? AND number IS NOT NULL",
            file,
        ).fetchone()
        return (int(row[0]), bytes(row[1])) if row else None

    def _held_alone(self, held: tuple[int, bytes] | None) -> int | None:
        if held is None:
            return None
        (files,) = self.connection.execute("SELECT count(*) FROM files WHERE number = ?", held[:1]).fetchone()
        return held[0] if files == 1 else None

    def _release(self, number: int, content: bytes) -> None:
        """Let a version go unless a file holds it."""
        row = self.connection.execute(
            "SELECT 1 FROM files WHERE number = ? AND content = ? LIMIT 1", (number, content)
        ).fetchone()
        if row is None and self._versions.drop(number, content):
            self.removed += 1

    def _write_file(
        self,
        file: FileKey,
        stamp: Stamp,
        digest: bytes | None,
        number: int | None,
        content: bytes | None,
        reason: str | None,
    ) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO files (root, path, member, size, mtime_ns, hash, number, content, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*file, *stamp, digest, number, content, harmless(reason) if reason else None),
        )

    def _finish_batch(self) -> None:
        self._decisions.write()
        self._versions.write()
        for key, more in (
            ("articles", self._versions.articles),
            ("words", self._versions.words),
            ("generation", 1),
        ):
            self.connection.execute("UPDATE meta SET value = value + ? WHERE key = ?", (more, key))
        self._versions.articles = self._versions.words = 0

    def _begin_once(self) -> None:
        """Fill in what a new store lacks, and follow rules that have changed since it was written."""
        if self.meta("uuid") is None:
            self.connection.execute("BEGIN IMMEDIATE")
            for key in ("articles", "words", "generation"):
                self.set_meta(key, 0)
            self.set_meta("uuid", self.place.uuid)
            self.set_meta("name", self.place.name)
            self.set_meta("url_rules", URL_RULES)
            self.connection.execute("COMMIT")
        row = self.connection.execute(
            "SELECT dictionary, content FROM dictionaries ORDER BY dictionary DESC LIMIT 1"
        ).fetchone()
        if row is not None:
            self._use(row)
        if self.meta("url_rules") != URL_RULES:
            with self.transaction():
                rows = self.connection.execute(
                    "SELECT number, url, name FROM articles LEFT JOIN sources USING (source) WHERE url IS NOT NULL"
                ).fetchall()
                keys = ((canonical_url(whole_url(url, source)), number) for number, url, source in rows)
                self.connection.executemany(
                    "UPDATE articles SET url_key = ? WHERE number = ?",
                    ((url_number(key) if key else None, number) for key, number in keys),
                )
                self.set_meta("url_rules", URL_RULES)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise translated(error, self.place.store) from error
