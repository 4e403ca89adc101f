"""What the doctor can't ask in SQL: whether texts can be unpacked, and whether names agree with what they count."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from tui.article import MENTION_TYPES
from tui.corpus.names import SPAN, word_begins
from tui.corpus.numbers import running, unpack_rows
from tui.corpus.packing import Packing
from tui.corpus.postings import Table, unpack_articles
from tui.corpus.quotations import QUOTE
from tui.errors import CorpusDamaged

_BLOCK = 2_000
"""Rows that are looked at at once."""


def unreadable(connection: sqlite3.Connection, packing: Packing) -> list[tuple[str, str, tuple[Any, ...]]]:
    """Texts that can't be unpacked: (table, condition, values) by which to find the row."""
    found: list[tuple[str, str, tuple[Any, ...]]] = []
    for rows in _blocks(connection, "SELECT number, text FROM bodies"):
        found += (("bodies", "number = ?", (n,)) for n, text in rows if not _readable(text, packing))
    for rows in _blocks(connection, "SELECT number, content, record FROM versions"):
        found += (
            ("versions", "number = ? AND content = ?", (number, content))
            for number, content, record in rows
            if not _readable(record, packing)
        )
    return found


def names_disagree(connection: sqlite3.Connection) -> bool:
    """Whether the tables made of the articles' mentions and the entities' names are not what they should be."""
    return (
        _pairs_of_mentions(connection) != _pairs_kept(connection, "entity_articles")
        or _pairs_of_quotes(connection) != _pairs_kept(connection, "entity_quotes")
        or _kinds_kept(connection) != _kinds_decided(connection)
        or _names_kept(connection) != _names_decided(connection)
    )


def _readable(packed: bytes, packing: Packing) -> bool:
    try:
        packing.unpack(packed)
    except CorpusDamaged:
        return False
    return True


def _pairs_of_mentions(connection: sqlite3.Connection) -> int:
    import numpy as np

    total = 0
    for rows in _blocks(connection, "SELECT number, entities FROM mentions"):
        gaps, start = unpack_rows([entities for _, entities in rows])
        numbers = np.repeat(np.fromiter((number for number, _ in rows), np.int64), np.diff(start))
        total += _mixed(running(gaps, start), numbers)
    return total % 2**64


def _pairs_of_quotes(connection: sqlite3.Connection) -> int:
    import numpy as np

    total = 0
    query = "SELECT number, quotes.spans, mentions.spans, entities FROM quotes JOIN mentions USING (number)"
    for rows in _blocks(connection, query):
        quotes, quotes_start = unpack_rows([packed for _, packed, _, _ in rows])
        mentions, mentions_start = unpack_rows([spans for _, _, spans, _ in rows])
        gaps, start = unpack_rows([entities for _, _, _, entities in rows])
        row = np.repeat(np.arange(len(rows)), np.diff(quotes_start) // QUOTE)
        speaker = quotes[QUOTE - 1 :: QUOTE] - 1
        known = (speaker >= 0) & (speaker < (np.diff(mentions_start) // SPAN)[row])
        row, speaker = row[known], speaker[known]
        place = mentions[mentions_start[row] + speaker * SPAN + SPAN - 1]
        numbers = np.fromiter((number for number, _, _, _ in rows), np.int64)
        total += _mixed(running(gaps, start)[start[row] + place], numbers[row])
    return total % 2**64


def _pairs_kept(connection: sqlite3.Connection, table: Table) -> int:
    import numpy as np

    total = 0
    for rows in _blocks(connection, f"SELECT entity, first, others FROM {table}"):
        sizes = np.fromiter((1 + len(others) // 2 for _, _, others in rows), np.int64)
        entities = np.repeat(np.fromiter((entity for entity, _, _ in rows), np.int64), sizes)
        total += _mixed(entities, unpack_articles([(first, others) for _, first, others in rows]))
    return total % 2**64


def _mixed(entities: Any, numbers: Any) -> int:
    """A sum over pairs in which each pair counts for something else, in whatever order they come."""
    import numpy as np

    mixed = entities.astype(np.uint64) << np.uint64(32) | numbers.astype(np.uint64)
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):  # as SplitMix64 does
        mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(factor)
    return int(mixed.sum(dtype=np.uint64))


def _kinds_kept(connection: sqlite3.Connection) -> dict[int, int]:
    kept: dict[int, int] = {}
    for block, kinds in connection.execute("SELECT block, kinds FROM entity_kinds"):
        kept.update((block * len(kinds) + place, kind) for place, kind in enumerate(kinds) if kind)
    return kept


def _kinds_decided(connection: sqlite3.Connection) -> dict[int, int]:
    rows = connection.execute("SELECT number, type FROM entities WHERE articles > 0 AND type IS NOT NULL")
    return {number: 1 + MENTION_TYPES.index(kind) for number, kind in rows}


def _names_kept(connection: sqlite3.Connection) -> int:
    rows = connection.execute(
        "SELECT folded, entity FROM entity_names JOIN entities ON number = entity WHERE articles > 0"
    )
    return sum(map(hash, rows)) % 2**64


def _names_decided(connection: sqlite3.Connection) -> int:
    total = 0
    rows = connection.execute(
        "SELECT number, key, name, aliases FROM entities WHERE articles > 0 AND name IS NOT NULL"
    )
    for entity, key, name, aliases in rows:
        begins = {begin for known in (key, name, *json.loads(aliases)) for begin in word_begins(known)}
        total += sum(hash((begin, entity)) for begin in begins)
    return total % 2**64


def _blocks(connection: sqlite3.Connection, query: str) -> Iterator[list[Any]]:
    rows = connection.execute(query)
    while block := rows.fetchmany(_BLOCK):
        yield block
