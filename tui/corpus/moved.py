"""Telling a folder that moved by what is in it."""

from __future__ import annotations

import os
import sqlite3
from hashlib import blake2b
from pathlib import Path

from tui.corpus.locate import Place
from tui.corpus.schema import connect_reader
from tui.errors import BroadsheetError

_SAMPLE = 48
"""How many of the corpus's files are looked for."""
_ENOUGH = 0.9
"""The part of them that must stand there in the same size: files come and go while a folder moves."""
_HASHED = 6
"""How many of these must also have the same content."""


def holds_files_of(folder: Path, place: Place, root: Path) -> bool:
    """Whether the files that the store knows under `root`, which is gone, are in `folder` now."""
    try:
        connection = connect_reader(place.store, oldest=1)  # roots and files have stayed the same
    except BroadsheetError:
        return False
    try:
        sample = _sample(connection, root)
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    present = [(path, digest) for path, size, digest in sample if _size(folder / os.fsdecode(path)) == size]
    if not sample or len(present) < _ENOUGH * len(sample):
        return False
    chosen = present[:: max(1, len(present) // _HASHED)][:_HASHED]
    return all(_digest(folder / os.fsdecode(path)) == digest for path, digest in chosen)


def _sample(connection: sqlite3.Connection, root: Path) -> list[tuple[bytes, int, bytes]]:
    """(relative path, size, hash) of files with articles, from all over the root."""
    row = connection.execute("SELECT root FROM roots WHERE path = ?", (os.fsencode(root),)).fetchone()
    if row is None:
        return []
    known = "FROM files WHERE root = ? AND hash IS NOT NULL AND number IS NOT NULL"
    (count,) = connection.execute(f"SELECT count(*) {known}", row).fetchone()
    step = max(1, count // _SAMPLE)
    found: list[tuple[bytes, int, bytes]] = []
    for position in range(0, count, step):
        found += connection.execute(
            f"SELECT path, size, hash {known} ORDER BY path LIMIT 1 OFFSET ?", (*row, position)
        )
    return found[: _SAMPLE * 2]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return None


def _digest(path: Path) -> bytes | None:
    try:
        return file_hash(path.read_bytes())
    except OSError:
        return None


def file_hash(data: bytes) -> bytes:
    """The digest by which a file's content is known again."""
    return blake2b(data, digest_size=16).digest()
