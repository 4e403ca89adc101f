"""Which articles name an entity, or quote it: rows of one article and those that stand close behind it.

What a batch adds goes to the entity's last row until that is long, so that an article takes two bytes and names of
every frequency have few rows to read. A number is in at most one row of its entity; rows may overlap where articles
were put anew. An article that quotes an entity three times is there three times.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from sys import byteorder
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH = 0xFFFF
"""How far behind the first article of a row the others may stand."""


Table = Literal["entity_articles", "entity_quotes"]

_LONG = 512
"""Bytes from which on a row is left alone: it would be written again with each batch."""


def add_articles(
    connection: sqlite3.Connection,
    found: Iterable[tuple[int, Iterable[int]]],
    table: Table = "entity_articles",
) -> None:
    """Write down new (entity, articles) pairs; none of them may be there yet."""
    rows: list[tuple[int, int, bytes]] = []
    for entity, added in sorted(found, key=itemgetter(0)):  # in the order of the key: neighbours share pages
        numbers = sorted(added)
        last = connection.execute(
            f"SELECT first, others FROM {table} WHERE entity = ? ORDER BY first DESC LIMIT 1",
            (entity,),
        ).fetchone()
        if last is not None and len(last[1]) < _LONG:
            before = [last[0], *(last[0] + distance for distance in _unpacked(last[1]))]
            if before[-1] < numbers[0] <= last[0] + REACH:
                numbers = [*before, *numbers]
        rows += _rows(entity, numbers)
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)


def _rows(entity: int, numbers: Sequence[int]) -> Iterator[tuple[int, int, bytes]]:
    """The rows that ascending numbers make."""
    first, others = numbers[0], array("H")
    for number in numbers[1:]:
        if number - first > REACH:
            yield entity, first, _packed(others)
            first, others = number, array("H")
        else:
            others.append(number - first)
    yield entity, first, _packed(others)


def remove_article(
    connection: sqlite3.Connection, entity: int, number: int, table: Table = "entity_articles"
) -> None:
    """Take an article out of those of the entity; nothing happens where it isn't among them."""
    rows = connection.execute(
        f"SELECT first, others FROM {table} WHERE entity = ? AND first BETWEEN ? AND ? ORDER BY first DESC",
        (entity, number - REACH, number),
    ).fetchall()
    for first, packed in rows:
        numbers = [first, *(first + distance for distance in _unpacked(packed))]
        if number in numbers:
            connection.execute(f"DELETE FROM {table} WHERE entity = ? AND first = ?", (entity, first))
            numbers = [other for other in numbers if other != number]
            if numbers:
                connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", _rows(entity, numbers))
            return


def unpack_articles(rows: Sequence[tuple[int, bytes]]) -> NDArray[np.int64]:
    """The article numbers of rows (first, others), row by row."""
    import numpy as np

    sizes = np.fromiter((1 + len(others) // 2 for _, others in rows), np.int64, len(rows))
    first = np.fromiter((number for number, _ in rows), np.int64, len(rows))
    behind = np.frombuffer(b"".join(b"\0\0" + others for _, others in rows), "<u2")
    numbers: NDArray[np.int64] = np.repeat(first, sizes) + behind
    return numbers


def _packed(distances: array[int]) -> bytes:
    if byteorder == "big":
        distances.byteswap()
    return distances.tobytes()


def _unpacked(packed: bytes) -> array[int]:
    distances = array("H", packed)
    if byteorder == "big":
        distances.byteswap()
    return distances
