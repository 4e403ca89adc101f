"""Who and where: what the corpus decided about the names in it, read from the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, Any

from tui.article import MENTION_TYPES, Article, EntityId, Mention, MentionType
from tui.corpus.canonical import entity_of, order
from tui.corpus.locate import shown
from tui.corpus.numbers import pack_numbers, unpack_numbers
from tui.corpus.record import StoredMention
from tui.corpus.store import Store, chunked
from tui.corpus.values import Entity
from tui.errors import NoSuchEntity
from tui.folding import fold

if TYPE_CHECKING:
    from tui.corpus.canonical import Canonical, Overlay

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


def mentions_of(
    canonical: Canonical, store: Store, number: int, article: Article, *, hidden: bool = False
) -> tuple[Mention, ...]:
    """The mentions of an article, each with its entity and the type that this has.

    Args:
        canonical: which entity each key is.
        store: where the article is.
        number: the article's.
        article: what it says.
        hidden: whether mentions of entities that the reader has hidden are among them.
    """
    with store.snapshot() as connection:
        row = connection.execute(
            "SELECT spans, entities FROM mentions WHERE number = ?", (number,)
        ).fetchone()
        found = unpack_mentions(*row) if row else []
        overlay = canonical.overlay(connection)
        leaders = canonical.leaders(connection, sorted({mention[-1] for mention in found}))
        known: dict[int, tuple[str | None, Any]] = {}
        for marks, chunk in chunked(sorted({*leaders.values()} - overlay.entities.keys())):
            rows = connection.execute(
                "SELECT number, id, coalesce(joined.type, entities.type) FROM entities"
                f" LEFT JOIN joined ON entity = number WHERE number IN ({marks})",
                chunk,
            )
            known.update((leader, (id, kind)) for leader, id, kind in rows.fetchall())
    known.update((leader, (entity.id, entity.type)) for leader, entity in overlay.entities.items())
    by_id = {entity.id: entity for entity in (*overlay.entities.values(), *overlay.apart.values())}
    mentions = []
    for paragraph, start, end, kind, key in found:
        # The article may have been put anew between the two reads: what doesn't fit is left out.
        if paragraph >= len(article.paragraphs) or end > len(article.text_of(paragraph)):
            continue
        text = article.text_of(paragraph)[start:end]
        leader = leaders.get(key, key)
        id, decision = known.get(leader, (None, None))
        if overlay.taken and (taken := _taken(overlay, key, text)) is not None:
            id, decision = taken, by_id[taken].type
        elif leader in overlay.hidden and not hidden:
            continue
        mentions.append(Mention(paragraph, start, end, text, decision or kind, EntityId(id) if id else None))
    return tuple(mentions)


def _taken(overlay: Overlay, key: int, text: str) -> EntityId | None:
    from tui.entities.names import fold_name

    return overlay.taken.get((key, fold_name(text)))


def entities(
    canonical: Canonical,
    store: Store,
    type: MentionType | None,
    limit: int,
    offset: int,
    *,
    named: str = "",
) -> list[Entity]:
    """Entities, those in most articles first; with words, those whose names have words that begin so."""
    words = fold(named).split()
    end = limit + offset
    with store.snapshot() as connection:
        overlay = canonical.overlay(connection)
        # What the reader had a hand in may stand anywhere among those that the corpus alone decided.
        listed = list(islice((entity for entity in overlay.listed if _fits(entity, type, words)), end))
        most = end
        while True:
            rows = _decided(connection, type, words, most)
            found = [row for row in rows if row[0] not in overlay.leading]
            if len(found) >= end or len(rows) < most:
                break
            most = 2 * most + end - len(found)
    listed += (entity_of(*row[1:]) for row in found[:end])
    listed.sort(key=order)
    return listed[offset:end]


def _fits(entity: Entity, type: MentionType | None, words: list[str]) -> bool:
    if type is not None and entity.type != type:
        return False
    begins = [begin for name in (entity.name, *entity.aliases) for begin in word_begins(name)]
    return all(any(begin.startswith(word) for begin in begins) for word in words)


def _decided(
    connection: sqlite3.Connection, type: MentionType | None, words: list[str], most: int
) -> list[tuple[Any, ...]]:
    """The first rows, in order, of what the corpus decided: joined entities, and those of one key."""
    where, values = "", list[Any]()
    if type is not None:
        where += " AND shown.type = ?"
        values.append(type)
    for word in words:
        where += (
            " AND shown.number IN (SELECT coalesce(leader, entity_names.entity) FROM entity_names"
            " LEFT JOIN leaders ON leaders.entity = entity_names.entity WHERE folded >= ? AND folded < ?)"
        )
        values += between(word)
    joined = where.replace("shown.number", "shown.entity")
    first = "ORDER BY shown.articles DESC, shown.mentions DESC, shown.name, id LIMIT ?"
    counts = "shown.name, shown.type, shown.aliases, shown.articles, shown.mentions"
    rows = connection.execute(
        f"SELECT * FROM (SELECT number, id, {counts} FROM joined AS shown JOIN entities ON number = shown.entity"
        f" WHERE shown.articles > 0{joined} {first})"
        f" UNION ALL SELECT * FROM (SELECT number, id, {counts} FROM entities AS shown WHERE shown.articles > 0{where}"
        " AND NOT EXISTS (SELECT 1 FROM leaders WHERE entity = number)"
        f" AND NOT EXISTS (SELECT 1 FROM joined WHERE entity = number) {first})",
        (*values, most, *values, most),
    ).fetchall()
    rows.sort(key=lambda row: (-row[5], -row[6], row[2], row[1]))
    return rows[:most]


def entity(canonical: Canonical, store: Store, id: EntityId) -> Entity:
    """The entity with this id, or that its name was joined to.

    Raises:
        NoSuchEntity: There is none.
    """
    with store.snapshot() as connection:
        found = canonical.find(connection, id)
    if found is None:
        raise NoSuchEntity(f"There is no entity {shown(id)} in this corpus; it may have gone")
    return found[1]


def place_of(canonical: Canonical, store: Store, id: EntityId) -> Entity | None:
    """The place that an entity is the demonym of; None where it is none, or the place is named by no article or hidden.

    Raises:
        NoSuchEntity: There is no entity with this id.
    """
    from tui.entities.resolve import entity_id
    from tui.entities.variants import place_of_demonym

    entity(canonical, store, id)
    with store.snapshot() as connection:
        row = connection.execute("SELECT key FROM entities WHERE id = ?", (id,)).fetchone()
        place = place_of_demonym(row[0]) if row else None
        found = canonical.find(connection, entity_id(place)) if place else None
        hidden = canonical.overlay(connection).hidden
    return found[1] if found and found[0] not in hidden else None


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
