"""A store of an earlier Broadsheet is made one of today's, with every id, number and change as it was.

One of schema 1 (0.1.0) is written anew beside the old one and takes its place in one step; to one of schema 2 only
tables are added, in one transaction. A kill, or a full disk, leaves the old one. Nothing is read from the sources,
which may be away.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from sys import byteorder
from typing import Any

from tui.article import MENTION_TYPES
from tui.corpus.decisions import Decisions
from tui.corpus.identity import canonical_url, url_number
from tui.corpus.names import pack_mentions
from tui.corpus.packing import Packing, learn
from tui.corpus.record import CONTENT, StoredMention, short_url
from tui.corpus.schema import PAGE_BYTES, SCHEMA_VERSION, TABLES

_LEARNT_FROM = 1_000
_BLOCK = 1_000
"""Articles that are in memory at once."""
_SPAN = 5
"""Numbers that a mention was stored as: paragraph + 1, start, end, type, entity."""


def upgrade(store: Path, version: int) -> None:
    """Make today's store of one of this earlier schema. Only the one indexer does this.

    Raises:
        sqlite3.Error: The old one is damaged, or the disk is full.
        ValueError: A text in the old one is damaged.
    """
    if version == 1:
        _write_anew(store)
    else:
        _add_tables(store)


def _add_tables(store: Path) -> None:
    """What today's store has and this one lacks; what belongs in there is worked out by the next run."""
    model = sqlite3.connect(":memory:")
    connection = sqlite3.connect(store, isolation_level=None)
    try:
        model.executescript(TABLES)
        connection.execute("BEGIN IMMEDIATE")
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        for name, statement in model.execute("SELECT name, sql FROM sqlite_master ORDER BY rowid"):
            if name not in there and statement is not None:
                connection.execute(statement)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (SCHEMA_VERSION,))
        connection.execute("COMMIT")
    finally:
        model.close()
        connection.close()


def _write_anew(store: Path) -> None:
    new = store.with_name(f"{store.name}.new")
    new.unlink(missing_ok=True)
    connection = sqlite3.connect(new.as_uri(), uri=True, isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = OFF")  # what was begun and not ended is thrown away whole
        connection.execute("ATTACH ? AS old", (f"{store.as_uri()}?mode=ro",))
        connection.executescript(f"BEGIN;{TABLES}")
        _fill(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()
    descriptor = os.open(new, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    new.replace(store)


def _fill(connection: sqlite3.Connection) -> None:
    for table in ("meta", "roots", "redirects", "changes", "entities"):
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM old.{table}")
    connection.execute("UPDATE main.meta SET value = ? WHERE key = 'schema'", (SCHEMA_VERSION,))
    connection.execute(
        "INSERT INTO main.files SELECT root, path, member, size, mtime_ns, hash, number, substr(content, 1, ?), reason"
        " FROM old.files",
        (CONTENT,),
    )
    connection.execute(
        "INSERT INTO main.sources (name) SELECT DISTINCT source FROM old.articles WHERE source IS NOT NULL"
    )
    packing = _learnt(connection)
    names = dict(connection.execute("SELECT name, source FROM main.sources"))
    articles = (
        "SELECT number, id, title, day, published, source, author, url, language, words, length, content, text_key,"
        " identity, text, spans FROM old.articles JOIN old.bodies USING (number) LEFT JOIN old.mentions USING (number)"
        " ORDER BY number"
    )
    for rows in _blocks(connection, articles):
        for number, id, title, day, published, source, author, url, *rest in rows:
            language, words, length, content, text_key, identity, body, spans = rest
            key = canonical_url(url)
            connection.execute(
                "INSERT INTO main.articles (number, id, title, day, published, source, author, url, url_key, language,"
                " words, length, content, text_key, identity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, id, title, day, published, names.get(source), author, short_url(url, source),
                 None if key is None else url_number(key), language, words, length, content[:CONTENT],
                 text_key if key is None else None, identity),
            )  # fmt: skip
            connection.execute(
                "INSERT INTO main.bodies VALUES (?, ?)", (number, packing.pack(_unpacked(body)))
            )
            connection.execute(
                "INSERT INTO main.mentions VALUES (?, ?, ?)", (number, *_repacked(spans or b""))
            )
    for rows in _blocks(
        connection, "SELECT number, content, day, length, folded_title, record FROM old.versions"
    ):
        for number, content, day, length, folded_title, record in rows:
            values = json.loads(_unpacked(record))
            values["content"] = content[:CONTENT].hex()
            again = packing.pack(json.dumps(values, ensure_ascii=False))
            connection.execute(
                "INSERT INTO main.versions VALUES (?, ?, ?, ?, ?, ?)",
                (number, content[:CONTENT], day, length, folded_title, again),
            )
    # Numbers that were given out once are not given out again.
    connection.execute("DELETE FROM main.sqlite_sequence")
    connection.execute("INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence")
    Decisions(connection, packing).recount()


def _learnt(connection: sqlite3.Connection) -> Packing:
    """A packing with a dictionary learnt from articles from all over, where there are many."""
    packing = Packing()
    count, size = connection.execute("SELECT count(*), sum(length) FROM old.articles").fetchone()
    if count < _LEARNT_FROM:
        return packing
    rows = connection.execute(
        "SELECT text FROM old.bodies WHERE number % ? = 0 LIMIT ?", (count // _LEARNT_FROM, _LEARNT_FROM)
    )
    texts = [_unpacked(body) for (body,) in rows]
    dictionary = learn(texts, size, 1)
    if dictionary is not None:
        connection.execute("INSERT INTO main.dictionaries VALUES (?, ?, ?)", (*dictionary, len(texts)))
        packing.use(dictionary)
    return packing


def _blocks(connection: sqlite3.Connection, query: str) -> Iterator[list[Any]]:
    rows = connection.execute(query)
    while block := rows.fetchmany(_BLOCK):
        yield block


def _unpacked(data: bytes) -> str:
    try:
        return zlib.decompress(data).decode("utf-8")
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _repacked(spans: bytes) -> tuple[bytes, bytes]:
    values = array("I", spans)
    if byteorder == "big":
        values.byteswap()
    rows = zip(*(iter(values),) * _SPAN, strict=True)
    mentions = [
        StoredMention(p - 1, s, e, MENTION_TYPES[kind], str(entity)) for p, s, e, kind, entity in rows
    ]
    return pack_mentions(mentions, {mention.key: int(mention.key) for mention in mentions})
