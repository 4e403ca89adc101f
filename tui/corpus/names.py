"""Who and where: what the corpus decided about the names in it, read from the store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Any

from tui.article import MENTION_TYPES, Article, EntityId, Mention, MentionType
from tui.corpus.numbers import pack_numbers, unpack_numbers
from tui.corpus.record import StoredMention
from tui.corpus.store import Store, chunked
from tui.corpus.values import Entity
from tui.errors import NoSuchEntity
from tui.folding import fold

_ENTITY = "id, name, type, aliases, articles, mentions"
_ORDER = "articles DESC, mentions DESC, name, id"
SPAN = 4
"""Numbers that a mention is stored as: paragraph + 1, start, length · 4 + type, place among the article's entities."""


def pack_mentions(mentions: Iterable[StoredMention], numbers: dict[str, int]) -> tuple[bytes, bytes]:
    """(spans, entities): the mentions, and the distinct entity numbers, ascending, each as the gap from the last."""
    kept = tuple(mentions)
    entities = sorted({numbers[mention.key] for mention in kept})
    place = {entity: at for at, entity in enumerate(entities)}
    spans = list[int]()
    for paragraph, start, end, kind, key in kept:
        spans += (paragraph + 1, start, end - start << 2 | MENTION_TYPES.index(kind), place[numbers[key]])
    gaps = (entity - before for before, entity in pairwise((0, *entities)))
    return pack_numbers(spans), pack_numbers(gaps)


def unpack_mentions(spans: bytes, entities: bytes) -> list[tuple[int, int, int, MentionType, int]]:
    """(paragraph, start, end, raw type, entity number) of each stored mention."""
    numbers = tuple(accumulate(unpack_numbers(entities)))
    values = iter(unpack_numbers(spans))
    return [
        (paragraph - 1, start, start + (length >> 2), MENTION_TYPES[length & 3], numbers[place])
        for paragraph, start, length, place in zip(values, values, values, values, strict=True)
    ]


def mentions_of(store: Store, number: int, article: Article) -> tuple[Mention, ...]:
    """The mentions of an article, each with its entity and the type that the corpus gives this entity."""
    with store.snapshot() as connection:
        row = connection.execute(
            "SELECT spans, entities FROM mentions WHERE number = ?", (number,)
        ).fetchone()
        found = unpack_mentions(*row) if row else []
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
        where.append("number IN (SELECT entity FROM entity_names WHERE folded >= ? AND folded < ?)")
        values += between(word)
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


def word_begins(name: str) -> list[str]:
    """What a name is found by: folded, from each of its words on."""
    words = fold(name).split()
    return [" ".join(words[at:]) for at in range(len(words))]


def between(beginning: str) -> tuple[str, str]:
    """The least text that begins so, and the least after all that do."""
    beginning = _whole(beginning)
    return beginning, f"{beginning}\U0010ffff"


def _whole(text: str) -> str:
    """Text that SQLite takes: half characters become U+FFFD, which no name has."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
