"""Who and where: what the corpus decided about the names in it, read from the store."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable
from typing import Any

from tui.article import MENTION_TYPES, Article, EntityId, Mention, MentionType
from tui.corpus.record import StoredMention
from tui.corpus.store import Store, chunked
from tui.corpus.values import Entity
from tui.errors import NoSuchEntity
from tui.folding import fold

_ENTITY = "id, name, type, aliases, articles, mentions"
_ORDER = "articles DESC, mentions DESC, name, id"
_SPAN = 5
"""Integers a mention is stored as: paragraph + 1, start, end, type, entity number."""


def pack_mentions(mentions: Iterable[StoredMention], numbers: dict[str, int]) -> tuple[bytes, bytes]:
    """(spans, entities): the mentions as little-endian uint32, and the distinct entity numbers, ascending."""
    spans = array("I")
    for paragraph, start, end, kind, key in mentions:
        spans.extend((paragraph + 1, start, end, MENTION_TYPES.index(kind), numbers[key]))
    entities = array("I", sorted(set(spans[_SPAN - 1 :: _SPAN])))
    return _little(spans), _little(entities)


def unpack_mentions(spans: bytes) -> list[tuple[int, int, int, MentionType, int]]:
    """(paragraph, start, end, raw type, entity number) of each stored mention."""
    values = array("I", spans)
    if _big_endian():
        values.byteswap()
    return [
        (values[at] - 1, values[at + 1], values[at + 2], MENTION_TYPES[values[at + 3]], values[at + 4])
        for at in range(0, len(values), _SPAN)
    ]


def _little(values: array[int]) -> bytes:
    if _big_endian():
        values.byteswap()
    return values.tobytes()


def _big_endian() -> bool:
    from sys import byteorder

    return byteorder == "big"


def mentions_of(store: Store, number: int, article: Article) -> tuple[Mention, ...]:
    """The mentions of an article, each with its entity and the type that the corpus gives this entity."""
    with store.snapshot() as connection:
        row = connection.execute("SELECT spans FROM mentions WHERE number = ?", (number,)).fetchone()
        found = unpack_mentions(row[0]) if row else []
        decided: dict[int, tuple[str | None, Any]] = {}
        for marks, chunk in chunked(sorted({mention[-1] for mention in found})):
            rows = connection.execute(
                f"SELECT number, id, type FROM entities WHERE number IN ({marks})", chunk
            )
            decided.update((number, (id, kind)) for number, id, kind in rows.fetchall())
    mentions = []
    for paragraph, start, end, kind, entity in found:
        id, decision = decided.get(entity, (None, None))
        # The article may have been put anew between the two reads: what doesn't fit is left out.
        if paragraph < len(article.paragraphs) and end <= len(article.text_of(paragraph)):
            text = article.text_of(paragraph)[start:end]
            mentions.append(
                Mention(paragraph, start, end, text, decision or kind, EntityId(id) if id else None)
            )
    return tuple(mentions)


def entities(
    store: Store, type: MentionType | None, limit: int, offset: int, *, named: str = ""
) -> list[Entity]:
    """Entities, those in most articles first; with words, those with a name that has words beginning so."""
    where, values = ["articles > 0"], list[Any]()
    if type is not None:
        where.append("type = ?")
        values.append(type)
    for word in fold(named).split():
        where.append(
            "number IN (SELECT entity FROM entity_names WHERE folded LIKE ? ESCAPE '\\' OR folded LIKE ? ESCAPE '\\')"
        )
        pattern = f"{escaped(word)}%"
        values += [pattern, f"% {pattern}"]
    with store.reading() as connection:
        rows = connection.execute(
            f"SELECT {_ENTITY} FROM entities WHERE {' AND '.join(where)} ORDER BY {_ORDER} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        ).fetchall()
    return [entity_of(*row) for row in rows]


def entity(store: Store, id: EntityId) -> Entity:
    """The entity with this id.

    Raises:
        NoSuchEntity: There is none.
    """
    with store.reading() as connection:
        row = connection.execute(
            f"SELECT {_ENTITY} FROM entities WHERE id = ? AND articles > 0", (id,)
        ).fetchone()
    if row is None:
        raise NoSuchEntity(f"There is no entity {id} in this corpus; it may have gone")
    return entity_of(*row)


def entity_of(id: str, name: str, type: MentionType, aliases: str, articles: int, mentions: int) -> Entity:
    """The entity that a row of `entities` is."""
    return Entity(EntityId(id), name, type, tuple(json.loads(aliases)), articles, mentions)


def named(connection: sqlite3.Connection, type: MentionType | None, name: str) -> list[int]:
    """Numbers of the entities that have this name or alias.

    Compared folded; whole words that follow one another in a name count as the name; a trailing `*` takes every
    name with a word that begins so.
    """
    folded = fold(name.rstrip("*"))
    if not folded:
        return []
    pattern = escaped(folded)
    if name.endswith("*"):
        patterns = [f"{pattern}%", f"% {pattern}%"]
    else:
        patterns = [pattern, f"{pattern} %", f"% {pattern}", f"% {pattern} %"]
    condition = " OR ".join(["folded LIKE ? ESCAPE '\\'"] * len(patterns))
    typed = " AND type = ?" if type else ""
    rows = connection.execute(
        f"SELECT number FROM entities WHERE articles > 0{typed}"
        f" AND number IN (SELECT entity FROM entity_names WHERE {condition})",
        (*([type] if type else []), *patterns),
    ).fetchall()
    return [number for (number,) in rows]


def escaped(text: str) -> str:
    """Text as it stands for itself in a LIKE pattern; half characters, which SQLite refuses, stand for nothing."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
