"""Following an entity through the corpus: when, with whom, in which words, what it said.

Everything is read from one state of the store, by number and in arrays. What the next question about the same entity
needs again is remembered for as long as neither store nor decisions change: the days of all articles, and the order
of the last few concordances.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tui.article import MENTION_TYPES, ArticleId, EntityId, MentionType
from tui.corpus.canonical import Overlay
from tui.corpus.columns import StoreArticles
from tui.corpus.company import company
from tui.corpus.concordance import by_word, first_places, lines, places_of
from tui.corpus.locate import shown
from tui.corpus.said import Spoken, count_said, said, spoken_by_place
from tui.corpus.store import Store, chunked
from tui.corpus.subject import Subject, places_by_text
from tui.corpus.timeline import Days, read_days, timeline_of
from tui.corpus.values import Companion, Concordance, ConcordanceOrder, Said, Timeline
from tui.errors import NoSuchEntity
from tui.index.results import Hit

T = TypeVar("T")

_FEW_LINES = 400
"""So many lines by date are read for themselves; for those further down, all places are."""
_REMEMBERED = 6
"""Concordances whose order is remembered: 20 bytes a mention."""


def _never() -> bool:
    return False


class Exploring:
    """What `Corpus` answers about entities at length. For any thread."""

    def __init__(self, store: Store, articles: StoreArticles) -> None:
        self._store = store
        self._articles = articles
        self._lock = Lock()
        self._days: Days | None = None
        self._known: OrderedDict[tuple[int, EntityId, str], _Remembered] = OrderedDict()

    def timeline(self, id: EntityId) -> Timeline:
        """As `Corpus.timeline`."""
        with self._subject(id) as subject:
            return timeline_of(subject.days, subject.articles())

    def timeline_of(self, numbers: NDArray[np.uint32]) -> Timeline:
        """When these articles are from."""
        with self._store.snapshot() as connection:
            days = self._days_of(connection)
        return timeline_of(days, numbers.astype(np.int64))

    def timeline_of_articles(self, ids: Sequence[ArticleId]) -> Timeline:
        """As `Corpus.timeline_of_articles`."""
        with self._store.snapshot() as connection:
            days = self._days_of(connection)
            numbers = [
                number
                for table in ("articles", "redirects")
                for marks, chunk in chunked(ids)
                for (number,) in connection.execute(
                    f"SELECT number FROM {table} WHERE id IN ({marks})", chunk
                )
            ]
        return timeline_of(days, np.unique(np.array(numbers, np.int64)))

    def company(self, id: EntityId, limit: int, type: MentionType | None) -> list[Companion]:
        """As `Corpus.company`."""
        decided = self._articles.decided
        leaders, types = decided.numbers(), decided.kinds()
        with self._subject(id) as subject:
            # These are of a moment before: who was named since is joined to nobody, and nothing yet.
            canonical = np.arange(len(subject.own), dtype=np.uint32)
            canonical[: len(leaders)] = leaders[: len(canonical)]
            kinds = np.zeros(len(subject.own), np.uint8)
            kinds[: len(types)] = types[: len(kinds)]
            wanted = kinds > 0 if type is None else kinds == 1 + MENTION_TYPES.index(type)
            return company(
                subject.connection,
                subject.own,
                subject.articles(),
                canonical,
                wanted,
                partial(decided.described, subject.connection),
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
        with self._subject(id, cancelled or _never) as subject:
            end = offset + limit
            if order == "date" and end <= _FEW_LINES and subject.apart is None:
                places = first_places(subject.connection, subject.newest_articles(), subject.own, end)
                total = subject.mentions()
            else:
                places = self._ordered(subject, order, cancelled or _never)
                total = len(places)
            return Concordance(total, lines(subject.connection, self._store, places[offset:end]))

    def said(self, id: EntityId, limit: int, offset: int) -> list[Said]:
        """As `Corpus.said`."""
        with self._subject(id) as subject:
            return said(subject, self._store, limit, offset, self._spoken(subject))

    def said_count(self, id: EntityId) -> int:
        """As `Corpus.said_count`."""
        with self._subject(id) as subject:
            return count_said(subject, self._spoken(subject))

    def articles_naming(self, id: EntityId, limit: int, offset: int) -> list[Hit]:
        """As `Corpus.articles_naming`."""
        with self._subject(id) as subject:
            numbers = subject.newest_articles()[offset : offset + limit]
        return self._store.hits(numbers.tolist())

    @contextmanager
    def _subject(self, id: EntityId, cancelled: Callable[[], bool] = _never) -> Iterator[Subject]:
        """The entity with this id, or with one that was joined to it.

        Raises:
            NoSuchEntity: There is none.
            SearchCancelled: `cancelled` said so.
        """
        decided = self._articles.decided
        canonical = decided.numbers()  # not within the snapshot: it takes one itself
        with self._store.snapshot() as connection:
            found = decided.find(connection, id)
            if found is None:
                raise NoSuchEntity(f"There is no entity {shown(id)} in this corpus; it may have gone")
            leader, entity = found
            (highest,) = connection.execute("SELECT coalesce(max(number), 0) FROM entities").fetchone()
            own = np.zeros(max(highest + 1, len(canonical)), bool)
            if leader:
                own[: len(canonical)] = canonical == leader
                own[leader] = True
            subject = Subject(
                connection,
                _generation(connection),
                entity.id,
                leader,
                own,
                self._days_of(connection),
                decided.overlay(connection),
            )
            if subject.depends_on_text():
                subject = replace(subject, apart=self._ordered(subject, "date", cancelled))
            yield subject

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
        self, subject: Subject, order: ConcordanceOrder, cancelled: Callable[[], bool]
    ) -> NDArray[np.int32]:
        """All places of the entity in this order."""

        def read() -> NDArray[np.int32]:
            if order != "date":
                by_date = self._ordered(subject, "date", cancelled)
                return by_word(subject.connection, self._store, by_date, order, cancelled)
            if subject.depends_on_text():
                return places_by_text(subject, self._store, cancelled)
            return places_of(subject.connection, subject.newest_articles(), subject.own)

        return self._once(subject, order, read)

    def _spoken(self, subject: Subject) -> Spoken | None:
        """All quotes of the entity where keys alone don't tell which they are."""
        if subject.apart is None:
            return None
        return self._once(subject, "said", partial(spoken_by_place, subject))

    def _once(self, subject: Subject, what: str, read: Callable[[], T]) -> T:
        """What `read` gives, remembered for as long as nothing is decided otherwise."""
        key = subject.generation, subject.id, what
        with self._lock:
            known = self._known.get(key)
            if (
                known is not None
                and known.overlay is subject.overlay
                and np.array_equal(known.own, subject.own)
            ):
                self._known.move_to_end(key)
                value: T = known.value
                return value
        value = read()
        with self._lock:
            self._known[key] = _Remembered(subject.overlay, subject.own, value)
            self._known.move_to_end(key)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return value


@dataclass(frozen=True, slots=True, eq=False)
class _Remembered:
    overlay: Overlay
    own: NDArray[np.bool_]
    value: Any


def _generation(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return int(row[0]) if row else 0
