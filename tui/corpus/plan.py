"""What is new, changed or gone, found out without reading a single file.

What stands below the roots goes into temporary tables beside the store and is compared there in bulk: a million
files take the memory of a page cache, and of the many that are unchanged none comes into Python.
"""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from tui.corpus.locate import CARD, shown
from tui.corpus.reading import Task
from tui.corpus.values import Failure
from tui.corpus.writer import FileKey, Stamp, StoreWriter

_TABLES = """
CREATE TEMP TABLE found (
    root INTEGER, path BLOB, size INTEGER, mtime_ns INTEGER, PRIMARY KEY (root, path)
) WITHOUT ROWID;
CREATE TEMP TABLE refused (
    root INTEGER, path BLOB, reason TEXT, folder INTEGER, passing INTEGER, PRIMARY KEY (root, path)
) WITHOUT ROWID;
CREATE TEMP TABLE todo (
    position INTEGER PRIMARY KEY, root INTEGER, path BLOB, size INTEGER, mtime_ns INTEGER, known BLOB
);
CREATE TEMP TABLE gone (position INTEGER PRIMARY KEY, root INTEGER, path BLOB, member BLOB);
"""
Entry = TypeVar("Entry")

_BATCH = 2_000
"""Rows that are written or fetched at once."""


class Plan:
    """What an indexing run has to do."""

    def __init__(self, writer: StoreWriter) -> None:
        self._connection = writer.connection
        self._corpora = writer.place.directory.parent
        self._connection.executescript(_TABLES)
        self._roots: dict[int, Path] = {}
        self.warnings: list[Failure] = []
        """What there is to say about a root."""

    def walk(self, root: Path, number: int, seen: Callable[[int], None]) -> None:
        """Note everything that stands below a root; `seen` is told how many files at a time."""
        from tui.sources.walk import Found, walk

        self._roots[number] = root
        prefix = len(os.fsencode(root).rstrip(b"/")) + 1
        ours = self._ours_below(root)
        for batch in _batches(walk(root)):
            found, refused = [], []
            for entry in batch:
                path = os.fsencode(entry.path)[prefix:]
                if ours and path.startswith(ours):
                    continue
                if isinstance(entry, Found):
                    found.append((number, path, entry.size, entry.mtime_ns))
                else:
                    passing = not entry.folder and not _is_no_file(entry.path)
                    refused.append((number, path, entry.reason, entry.folder, passing))
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?)", found)
            self._connection.executemany("INSERT OR IGNORE INTO refused VALUES (?, ?, ?, ?, ?)", refused)
            self._connection.execute("COMMIT")
            seen(len(found))

    def _ours_below(self, root: Path) -> tuple[bytes, ...]:
        """The beginnings of paths below the root that lead into stores: who keeps them there doesn't mean them."""
        if not self._corpora.is_relative_to(root):
            return ()
        cards = self._corpora.glob(f"*/{CARD}")
        return tuple(os.fsencode(card.parent.relative_to(root)) + b"/" for card in cards)

    def compare(self, *, everything: bool, trusting: bool) -> None:
        """Work out what is to be read and what is gone.

        Args:
            everything: Read every file, changed or not.
            trusting: Believe a root that is there and says that all its files are gone.
        """
        numbers = ",".join(map(str, self._roots)) or "NULL"
        self._connection.execute("BEGIN")
        self._connection.execute(
            "INSERT INTO todo (root, path, size, mtime_ns, known)"
            f" SELECT f.root, f.path, f.size, f.mtime_ns, {'NULL' if everything else 'files.hash'}"
            " FROM found AS f LEFT JOIN files ON files.root = f.root AND files.path = f.path AND files.member = x''"
            " WHERE ? OR files.size IS NULL OR files.size <> f.size OR files.mtime_ns <> f.mtime_ns"
            " ORDER BY f.root, f.path",
            (everything,),
        )
        self._connection.execute(
            "INSERT INTO gone (root, path, member) SELECT files.root, files.path, files.member FROM files"
            f" WHERE root IN ({numbers}) AND NOT EXISTS"
            " (SELECT 1 FROM found WHERE found.root = files.root AND found.path = files.path) AND NOT EXISTS"
            " (SELECT 1 FROM refused WHERE refused.root = files.root AND refused.path = files.path)"
        )
        for number in self._roots:
            self._doubt(number, trusting)
        self._connection.execute("COMMIT")

    @property
    def to_read(self) -> int:
        """How many files have to be read."""
        return self._count("SELECT count(*) FROM todo")

    @property
    def unchanged(self) -> int:
        """How many files are as the store knows them."""
        return self._count("SELECT count(*) FROM found") - self.to_read

    @property
    def bytes_to_read(self) -> int:
        """The size of all files that have to be read."""
        return self._count("SELECT coalesce(sum(size), 0) FROM todo")

    def tasks(self, sample: int = 0) -> Iterator[tuple[FileKey, Stamp, Task]]:
        """The files to read, in order, but that `sample` of them, from all over, come first.

        Others may write to the store while this goes on.
        """
        step = self.to_read // sample if sample else 0
        if step > 1:
            yield from self._tasks("position % ? = 1", step)
            yield from self._tasks("position % ? <> 1", step)
        else:
            yield from self._tasks("position > ?", 0)

    def _tasks(self, condition: str, value: int) -> Iterator[tuple[FileKey, Stamp, Task]]:
        last = 0
        while True:
            rows = self._connection.execute(
                f"SELECT position, root, path, size, mtime_ns, known FROM todo WHERE position > ? AND {condition}"
                " ORDER BY position LIMIT ?",
                (last, value, _BATCH),
            ).fetchall()
            if not rows:
                return
            for last, root, path, size, mtime_ns, known in rows:  # noqa: B007
                full = os.path.join(self._roots[root], os.fsdecode(path))  # noqa: PTH118
                yield FileKey(root, path), Stamp(size, mtime_ns), Task(full, size, known)

    def gone(self) -> Iterator[FileKey]:
        """The files that are no longer there."""
        last = 0
        while True:
            rows = self._connection.execute(
                "SELECT position, root, path, member FROM gone WHERE position > ? ORDER BY position LIMIT ?",
                (last, _BATCH),
            ).fetchall()
            if not rows:
                return
            for last, root, path, member in rows:  # noqa: B007
                yield FileKey(root, path, member)

    def refused(self) -> list[tuple[FileKey, str, bool]]:
        """What can't be a file to read: (file, why, whether the system may hand it over another time)."""
        rows = self._connection.execute(
            "SELECT root, path, reason, folder OR passing FROM refused"
        ).fetchall()
        return [(FileKey(root, path), reason, bool(passing)) for root, path, reason, passing in rows]

    def failures(self) -> tuple[Failure, ...]:
        """All files below the roots that the store notes a reason for."""
        failed = []
        for number, root in self._roots.items():
            rows = self._connection.execute(
                "SELECT path, reason FROM files WHERE root = ? AND reason IS NOT NULL ORDER BY path",
                (number,),
            )
            failed += [
                Failure(shown(os.path.join(root, os.fsdecode(path))), reason)  # noqa: PTH118
                for path, reason in rows.fetchall()
            ]
        return tuple(failed)

    def _doubt(self, number: int, trusting: bool) -> None:
        """Keep what is not surely gone: below folders that can't be read, and in a root that is all at once empty."""
        folders = self._connection.execute(
            "SELECT path, reason FROM refused WHERE root = ? AND folder", (number,)
        ).fetchall()
        for path, reason in folders:
            below = path + b"/" if path else b""
            kept = self._connection.execute(
                "DELETE FROM gone WHERE root = ? AND substr(path, 1, ?) = ?", (number, len(below), below)
            ).rowcount
            if kept:
                where = _shown_below(self._roots[number], path)
                self.warnings.append(
                    Failure(where, f"{reason}; what was read from it before is kept ({kept} files)")
                )
        here = self._count("SELECT count(*) FROM found WHERE root = ?", number)
        lost = self._count("SELECT count(*) FROM gone WHERE root = ?", number)
        if lost and not here and not trusting:
            self._connection.execute("DELETE FROM gone WHERE root = ?", (number,))
            advice = "is a disk not mounted? `broadsheet index --rebuild` takes them out"
            self.warnings.append(
                Failure(
                    shown(self._roots[number]),
                    f"not one of its {lost} files is there; all are kept: {advice}",
                )
            )

    def _count(self, query: str, *values: int) -> int:
        (count,) = self._connection.execute(query, values).fetchone()
        return int(count)


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    walking = iter(entries)
    while batch := list(itertools.islice(walking, _BATCH)):
        yield batch


def _shown_below(root: Path, path: bytes) -> str:
    return shown(root / os.fsdecode(path) if path else root)


def _is_no_file(path: Path) -> bool:
    """Whether this is surely not a file: a link to nothing, a pipe; not merely something that can't be read now."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
