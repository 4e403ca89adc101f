"""Following an entity through the corpus: when, with whom, in which words, what it said.

Everything is read from one state of the store, by number and in arrays. What the next question about the same entity
needs again is remembered for as long as neither store nor decisions change: the days of all articles, and the order
of the last few concordances.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tui.article import MENTION_TYPES, EntityId, MentionType
from tui.corpus.columns import StoreArticles
from tui.corpus.company import company
from tui.corpus.concordance import by_word, first_places, lines, places_of
from tui.corpus.locate import shown
from tui.corpus.names import entity_of
from tui.corpus.postings import unpack_articles
from tui.corpus.said import count_said, said
from tui.corpus.store import Store, chunked
from tui.corpus.timeline import Days, read_days, timeline_of
from tui.corpus.values import Companion, Concordance, ConcordanceOrder, Entity, Said, Timeline
from tui.errors import NoSuchEntity
from tui.index.results import Hit

_FEW_LINES = 400
"""So many lines by date are read for themselves; for those further down, all places are."""
_REMEMBERED = 4
"""Concordances whose order is remembered: 16 bytes a mention."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """An entity in one state of the store."""

    connection: sqlite3.Connection
    generation: int
    canonical: NDArray[np.uint32]
    """The canonical number of each raw one."""
    leader: int
    """The entity's canonical number."""
    members: list[int]
    """The raw numbers that are this entity."""
    days: Days

    def articles(self) -> NDArray[np.int64]:
        """The numbers of the articles that name it, ascending."""
        found = []
        for marks, chunk in chunked(self.members):
            rows = self.connection.execute(
                f"SELECT first, others FROM entity_articles WHERE entity IN ({marks})", chunk
            ).fetchall()
            found.append(unpack_articles(rows))
        return np.unique(np.concatenate(found))

    def newest_articles(self) -> NDArray[np.int64]:
        """The same as lists show them."""
        numbers = self.articles()
        return numbers[self.days.newest_first(numbers)]


class Exploring:
    """What `Corpus` answers about entities at length. For any thread."""

    def __init__(self, store: Store, articles: StoreArticles) -> None:
        self._store = store
        self._articles = articles
        self._lock = Lock()
        self._days: Days | None = None
        self._places: OrderedDict[tuple[int, int, ConcordanceOrder], _Remembered] = OrderedDict()

    def timeline(self, id: EntityId) -> Timeline:
        """As `Corpus.timeline`."""
        with self._subject(id) as subject:
            return timeline_of(subject.days, subject.articles())

    def timeline_of(self, numbers: NDArray[np.uint32]) -> Timeline:
        """When these articles are from."""
        with self._store.snapshot() as connection:
            days = self._days_of(connection)
        return timeline_of(days, numbers.astype(np.int64))

    def company(self, id: EntityId, limit: int, type: MentionType | None) -> list[Companion]:
        """As `Corpus.company`."""
        kinds = self._articles.entity_kinds()
        with self._subject(id) as subject:
            wanted = np.zeros(len(subject.canonical), bool)
            known = kinds[: len(wanted)]
            wanted[: len(known)] = known > 0 if type is None else known == 1 + MENTION_TYPES.index(type)

            def describe(numbers: Sequence[int]) -> Mapping[int, Entity]:
                return self._described(subject.connection, numbers, kinds)

            return company(
                subject.connection,
                subject.leader,
                subject.articles(),
                subject.canonical,
                wanted,
                describe,
                limit,
            )

    def concordance(
        self,
        id: EntityId,
        order: ConcordanceOrder,
        limit: int,
        offset: int,
        cancelled: Callable[[], bool] | None,
    ) -> Concordance:
        """As `Corpus.concordance`."""
        with self._subject(id) as subject:
            end = offset + limit
            if order == "date" and end <= _FEW_LINES:
                places = first_places(
                    subject.connection, subject.leader, subject.newest_articles(), subject.canonical, end
                )
                total = self._mentions(subject)
            else:
                places = self._ordered(subject, order, cancelled or _never)
                total = len(places)
            return Concordance(total, lines(subject.connection, self._store, places[offset:end]))

    def said(self, id: EntityId, limit: int, offset: int) -> list[Said]:
        """As `Corpus.said`."""
        with self._subject(id) as subject:
            return said(subject.connection, self._store, subject.members, subject.days, limit, offset)

    def said_count(self, id: EntityId) -> int:
        """As `Corpus.said_count`."""
        with self._subject(id) as subject:
            return count_said(subject.connection, subject.members)

    def articles_naming(self, id: EntityId, limit: int, offset: int) -> list[Hit]:
        """As `Corpus.articles_naming`."""
        with self._subject(id) as subject:
            numbers = subject.newest_articles()[offset : offset + limit]
        return self._store.hits(numbers.tolist())

    @contextmanager
    def _subject(self, id: EntityId) -> Iterator[_Subject]:
        """The entity with this id, or with one that was joined to it.

        Raises:
            NoSuchEntity: There is none.
        """
        canonical = self._articles.canonical()
        with self._store.snapshot() as connection:
            (highest,) = connection.execute("SELECT coalesce(max(number), 0) FROM entities").fetchone()
            if highest >= len(canonical):  # named since, and joined to nothing yet
                canonical = np.concatenate(
                    (canonical, np.arange(len(canonical), highest + 1, dtype=np.uint32))
                )
            row = connection.execute(
                "SELECT number FROM entities WHERE id = ?", (id if id.isascii() else "",)
            ).fetchone()
            leader = int(canonical[row[0]]) if row else 0
            members = np.flatnonzero(canonical == leader).tolist()
            subject = _Subject(
                connection,
                _generation(connection),
                canonical,
                leader,
                members,
                self._days_of(connection),
            )
            if row is None or not self._mentions(subject):
                raise NoSuchEntity(f"There is no entity {shown(id)} in this corpus; it may have gone")
            yield subject

    def _mentions(self, subject: _Subject) -> int:
        """How often the entity is mentioned."""
        total = 0
        for marks, chunk in chunked(subject.members):
            (count,) = subject.connection.execute(
                f"SELECT coalesce(sum(mentions), 0) FROM entities WHERE number IN ({marks})", chunk
            ).fetchone()
            total += int(count)
        return total

    def _days_of(self, connection: sqlite3.Connection) -> Days:
        generation = _generation(connection)
        with self._lock:
            if self._days is not None and self._days.generation == generation:
                return self._days
        days = read_days(connection, generation)
        with self._lock:
            self._days = days
        return days

    def _ordered(
        self, subject: _Subject, order: ConcordanceOrder, cancelled: Callable[[], bool]
    ) -> NDArray[np.int32]:
        """All places of the entity in this order."""
        key = subject.generation, subject.leader, order
        with self._lock:
            known = self._places.get(key)
            if known is not None and known.members == subject.members:
                self._places.move_to_end(key)
                return known.places
        if order == "date":
            places = places_of(
                subject.connection, subject.leader, subject.newest_articles(), subject.canonical
            )
        else:
            places = by_word(
                subject.connection, self._store, self._ordered(subject, "date", cancelled), order, cancelled
            )
        with self._lock:
            self._places[key] = _Remembered(subject.members, places)
            self._places.move_to_end(key)
            while len(self._places) > _REMEMBERED:
                self._places.popitem(last=False)
        return places

    def _described(
        self, connection: sqlite3.Connection, numbers: Sequence[int], kinds: NDArray[np.uint8]
    ) -> dict[int, Entity]:
        found: dict[int, Entity] = {}
        for marks, chunk in chunked(numbers):
            rows = connection.execute(
                "SELECT e.number, e.id, e.name, coalesce(j.type, e.type), coalesce(j.aliases, e.aliases),"
                " coalesce(j.articles, e.articles), coalesce(j.mentions, e.mentions)"
                f" FROM entities AS e LEFT JOIN joined AS j ON j.entity = e.number WHERE e.number IN ({marks})",
                chunk,
            ).fetchall()
            found.update((number, entity_of(*row)) for number, *row in rows)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Remembered:
    members: list[int]
    places: NDArray[np.int32]


def _generation(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return int(row[0]) if row else 0
