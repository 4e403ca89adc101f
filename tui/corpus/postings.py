"""Which articles name an entity: rows of one article and those that stand close behind it.

What one batch adds to an entity is one row, so that a name that is everywhere takes two bytes an article, and one
that is rare a row. A number is in at most one row of its entity; rows may overlap where articles were put anew.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from sys import byteorder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH = 0xFFFF
"""How far behind the first article of a row the others may stand."""


def add_articles(connection: sqlite3.Connection, found: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Write down new (entity, articles) pairs; none of them may be there yet."""
    rows = []
    for entity, numbers in found:
        first, others = -1, array("H")
        for number in sorted(numbers):
            if first < 0 or number - first > REACH:
                if first >= 0:
                    rows.append((entity, first, _packed(others)))
                first, others = number, array("H")
            else:
                others.append(number - first)
        rows.append((entity, first, _packed(others)))
    # In the order of the key: neighbours share pages.
    connection.executemany("INSERT INTO entity_articles VALUES (?, ?, ?)", sorted(rows))


def remove_article(connection: sqlite3.Connection, entity: int, number: int) -> None:
    """Take an article out of those that name the entity; nothing happens where it isn't among them."""
    rows = connection.execute(
        "SELECT first, others FROM entity_articles WHERE entity = ? AND first BETWEEN ? AND ? ORDER BY first DESC",
        (entity, number - REACH, number),
    ).fetchall()
    for first, packed in rows:
        numbers = [first, *(first + distance for distance in _unpacked(packed))]
        if number in numbers:
            connection.execute("DELETE FROM entity_articles WHERE entity = ? AND first = ?", (entity, first))
            numbers.remove(number)
            if numbers:
                add_articles(connection, [(entity, numbers)])
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
