"""What entities are that the reader put together or took apart: counted from the store, name by name.

A name that was taken out of a key is the one thing that counts of keys can't tell: of the articles that have the key,
those that write it so are looked through.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tui.article import MentionType
from tui.corpus.joining import count_articles, descriptions_of, surfaces_of
from tui.corpus.names import unpack_mentions
from tui.corpus.store import Store, chunked
from tui.corpus.values import Entity
from tui.entities.names import fold_name
from tui.entities.resolve import EntityDecision, decide

if TYPE_CHECKING:
    from tui.corpus.canonical import Group, Overlay


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
    for group in list(groups):
        if group.others:
            _take_out(connection, store, overlay, group, number_of)


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


def _take_out(
    connection: sqlite3.Connection,
    store: Store,
    overlay: Overlay,
    group: Group,
    number_of: Callable[[str], int | None],
) -> None:
    """Give mentions of a group that are written as it is not called to whom they are of."""
    texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    types: defaultdict[str, Counter[MentionType]] = defaultdict(Counter)
    members: set[int] = set()
    for marks, chunk in chunked(group.members):
        rows = connection.execute(
            f"SELECT entity, type, text, count FROM surfaces WHERE entity IN ({marks})", chunk
        ).fetchall()
        for member, kind, text, count in rows:
            name = fold_name(text)
            if name in group.others:
                texts[name][text] += count
                types[name][kind] += count
                members.add(member)
    if not texts:
        return
    staying, leaving = _look_through(connection, store, overlay, group, members)
    entity = overlay.entities[group.leader]
    overlay.entities[group.leader] = entity._replace(articles=len(staying))
    for name in sorted(texts):
        decision = decide(name, texts[name], types[name])
        mentions = sum(types[name].values())
        number = number_of(name)
        if number is None or number in group.members:
            found = _counted(decision, len(leaving[name]), types[name])
            overlay.apart[found.id] = found
        else:
            leader = overlay.leading[number]
            there = _articles(connection, overlay.groups[leader].members)
            known = overlay.entities[leader]
            found = known._replace(articles=len(there | leaving[name]), mentions=known.mentions + mentions)
            overlay.entities[leader] = found
        overlay.taken.update({(member, name): found.id for member in members})


def _look_through(
    connection: sqlite3.Connection, store: Store, overlay: Overlay, group: Group, members: set[int]
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
