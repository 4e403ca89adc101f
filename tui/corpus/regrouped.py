"""What entities are that the reader put together or took apart: counted from the store, name by name.

A name that was taken out of a key is the one thing that counts of keys can't tell: of the articles that have the key,
those that write it so are looked through.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tui.article import MENTION_TYPES, MentionType
from tui.corpus.joining import count_articles, descriptions_of, surfaces_of
from tui.corpus.names import unpack_mentions
from tui.corpus.store import Store, chunked
from tui.corpus.values import Entity
from tui.entities.names import fold_name
from tui.entities.resolve import EntityDecision, decide, entity_id

if TYPE_CHECKING:
    from tui.corpus.canonical import Group, Overlay
    from tui.index.articles import ToldByText


def describe(
    connection: sqlite3.Connection, store: Store, overlay: Overlay, number_of: Callable[[str], int | None]
) -> None:
    """Fill in what the overlay's groups are, and where names go that were taken out of them.

    Args:
        connection: to the state of the store that the groups are of.
        store: the same store, to read articles from.
        overlay: whose groups and leaders are known.
        number_of: the number of a key that articles have.
    """
    groups = overlay.groups.values()
    keys = _keys(connection, overlay.leading)
    new = [group for group in groups if not group.as_decided or group.others]
    leading = {member: group.leader for group in new for member in group.members}

    def kept(member: int, text: str) -> bool:
        others = overlay.groups[leading[member]].others
        return not others or fold_name(text) not in others

    surfaces = surfaces_of(connection, leading, kept)
    merged = {member: group.leader for group in new if group.before for member in group.telling}
    telling = surfaces_of(connection, merged, kept) if merged else {}
    articles = count_articles(connection, leading)
    called = descriptions_of(connection, leading)
    for group in new:
        texts, types = surfaces[group.leader]
        others = {text: n for text, n in called[group.leader].items() if fold_name(text) not in group.others}
        entity = _counted(decide(keys[group.leader], texts, types, others), articles[group.leader], types)
        if group.leader in telling:
            told = decide(keys[group.leader], *telling[group.leader])
            entity = _called(entity._replace(type=told.type), told.name)
        overlay.entities[group.leader] = _with(group, entity)
    for group, known in _decided(connection, [group for group in groups if group.leader not in leading]):
        overlay.entities[group.leader] = _with(group, known)
    _take_out(connection, store, overlay, number_of)


def _keys(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    keys: dict[int, str] = {}
    for marks, chunk in chunked(sorted(numbers)):
        keys.update(connection.execute(f"SELECT number, key FROM entities WHERE number IN ({marks})", chunk))
    return keys


def _decided(connection: sqlite3.Connection, groups: list[Group]) -> Iterator[tuple[Group, Entity]]:
    from tui.corpus.canonical import SHOWN, entity_of

    by_leader = {group.leader: group for group in groups}
    for marks, chunk in chunked(sorted(by_leader)):
        for number, *row in connection.execute(f"{SHOWN} WHERE e.number IN ({marks})", chunk).fetchall():
            yield by_leader[number], entity_of(*row)


def _counted(decision: EntityDecision, articles: int, types: Counter[MentionType]) -> Entity:
    mentions = sum(types.values())
    return Entity(decision.id, decision.name, decision.type, decision.aliases, articles, mentions)


def _with(group: Group, entity: Entity) -> Entity:
    """The entity as the reader called it."""
    if group.type is not None:
        entity = entity._replace(type=group.type)
    return entity if group.name is None else _called(entity, group.name)


def _called(entity: Entity, name: str) -> Entity:
    """The entity by this name; its own becomes an alias."""
    if name == entity.name:
        return entity
    return entity._replace(
        name=name, aliases=(entity.name, *(alias for alias in entity.aliases if alias != name))
    )


class _Taken:
    """What was taken out of groups for one other entity."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()
        self.types: Counter[MentionType] = Counter()
        self.articles: set[int] = set()


def _take_out(
    connection: sqlite3.Connection, store: Store, overlay: Overlay, number_of: Callable[[str], int | None]
) -> None:
    """Give mentions of groups that are written as these are not called to whom they are of."""
    apart: defaultdict[str, _Taken] = defaultdict(_Taken)
    given: defaultdict[int, _Taken] = defaultdict(_Taken)
    for group in overlay.groups.values():
        members: set[int] = set()
        whose: dict[str, _Taken] = {}
        for member, kind, text, count in _surfaces(connection, group.members) if group.others else ():
            name = fold_name(text)
            if name not in group.others:
                continue
            number = number_of(name)
            to_nobody = number is None or number in group.members
            taken = whose[name] = apart[name] if to_nobody else given[overlay.leading[number or 0]]
            taken.texts[text] += count
            taken.types[kind] += count
            id = entity_id(name) if to_nobody else overlay.entities[overlay.leading[number or 0]].id
            overlay.taken[member, name] = id
            members.add(member)
        if members:
            overlay.told[group.leader], leaving = _look_through(connection, store, group, members)
            for name, taken in whose.items():
                taken.articles |= leaving[name]
    for leader, taken in given.items():
        if leader not in overlay.told:
            overlay.told[leader] = _articles(connection, overlay.groups[leader].members)
        overlay.told[leader] |= taken.articles
        known = overlay.entities[leader]
        overlay.entities[leader] = known._replace(mentions=known.mentions + taken.types.total())
    for leader, articles in overlay.told.items():
        overlay.entities[leader] = overlay.entities[leader]._replace(articles=len(articles))
    for number, (name, taken) in enumerate(sorted(apart.items()), 1):
        found = decide(name, taken.texts, taken.types)
        overlay.apart[-number] = _counted(found, len(taken.articles), taken.types)
        overlay.told[-number] = taken.articles


def told_by_text(overlay: Overlay) -> ToldByText:
    """The articles of entities of which keys alone don't tell them, as the index takes them."""
    import numpy as np

    from tui.index.articles import ToldByText

    known = overlay.entities | overlay.apart
    kinds = [
        0 if number in overlay.hidden else 1 + MENTION_TYPES.index(known[number].type)
        for number in overlay.told
    ]
    articles = [np.fromiter(numbers, np.uint32) for numbers in overlay.told.values()]
    return ToldByText(
        np.fromiter(overlay.told, np.int64),
        np.array(kinds, np.uint8),
        np.concatenate([np.zeros(0, np.uint32), *articles]),
        np.repeat(np.arange(len(articles)), [len(numbers) for numbers in articles]),
    )


def _surfaces(
    connection: sqlite3.Connection, keys: Iterable[int]
) -> Iterator[tuple[int, MentionType, str, int]]:
    for marks, chunk in chunked(sorted(keys)):
        yield from connection.execute(
            f"SELECT entity, type, text, count FROM surfaces WHERE entity IN ({marks})", chunk
        ).fetchall()


def _look_through(
    connection: sqlite3.Connection, store: Store, group: Group, members: set[int]
) -> tuple[set[int], defaultdict[str, set[int]]]:
    """The articles that still name the group, and those that have each of the names that were taken out."""
    staying = _articles(connection, [member for member in group.members if member not in members])
    leaving: defaultdict[str, set[int]] = defaultdict(set)
    for marks, chunk in chunked(sorted(_articles(connection, members))):
        rows = connection.execute(
            f"SELECT number, spans, entities FROM mentions WHERE number IN ({marks})", chunk
        ).fetchall()
        articles = store.pages(connection, [number for number, _, _ in rows])
        for number, spans, entities in rows:
            if number not in articles:
                continue
            _id, article = articles[number]
            for paragraph, start, end, _, entity in unpack_mentions(spans, entities):
                if entity in members and paragraph < len(article.paragraphs):
                    name = fold_name(article.text_of(paragraph)[start:end])
                    if name in group.others:
                        leaving[name].add(number)
                    else:
                        staying.add(number)
    return staying, leaving


def _articles(connection: sqlite3.Connection, keys: Iterable[int]) -> set[int]:
    """Numbers of the articles that have any of these keys."""
    from tui.corpus.postings import unpack_articles

    found: set[int] = set()
    for marks, chunk in chunked(sorted(keys)):
        rows = connection.execute(
            f"SELECT first, others FROM entity_articles WHERE entity IN ({marks})", chunk
        )
        found.update(unpack_articles(rows.fetchall()).tolist())
    return found
