"""An entity in one state of the store: which keys are it, and where it is named.

Mostly an entity is all mentions of some keys. Only where the reader has said that it is not called by one of its
names, or that another is called so, the text of each mention of these keys has to be looked at: that takes as long
as sorting a concordance by word, and is remembered.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tui.article import EntityId
from tui.corpus.concordance import paragraphs, places_of
from tui.corpus.postings import Table, unpack_articles
from tui.corpus.store import Store, chunked
from tui.entities.names import fold_name

if TYPE_CHECKING:
    from tui.corpus.canonical import Overlay
    from tui.corpus.timeline import Days


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is asked about."""

    connection: sqlite3.Connection
    """A snapshot of the store."""
    generation: int
    id: EntityId
    leader: int
    """The number of the key that leads it; 0 where none does."""
    own: NDArray[np.bool_]
    """By key, which of them are this entity, shape (highest number + 1,)."""
    days: Days
    """Of all articles."""
    overlay: Overlay
    """What the reader put right."""
    apart: NDArray[np.int32] | None = None
    """Its places (as `places_of`), where keys alone don't tell; newest article first."""

    @property
    def keys(self) -> list[int]:
        """The numbers of its own keys, ascending."""
        keys: list[int] = np.flatnonzero(self.own).tolist()
        return keys

    def given(self) -> list[int]:
        """Keys of others, some of whose mentions are this entity as the reader says."""
        return sorted({key for (key, _), id in self.overlay.taken.items() if id == self.id})

    def depends_on_text(self) -> bool:
        """Whether keys alone don't tell what is a mention of it."""
        taken = self.overlay.taken
        return bool(taken) and any(id == self.id or self.own[key] for (key, _), id in taken.items())

    def articles(self) -> NDArray[np.int64]:
        """The numbers of the articles that name it, ascending."""
        if self.apart is not None:
            return np.unique(self.apart[:, 0]).astype(np.int64)
        return np.unique(articles_of(self.connection, self.keys, "entity_articles"))

    def newest_articles(self) -> NDArray[np.int64]:
        """The same in the order of lists."""
        numbers = self.articles()
        return numbers[self.days.newest_first(numbers)]

    def mentions(self) -> int:
        """How often it is named."""
        if self.apart is not None:
            return len(self.apart)
        total = 0
        for marks, chunk in chunked(self.keys):
            (count,) = self.connection.execute(
                f"SELECT coalesce(sum(mentions), 0) FROM entities WHERE number IN ({marks})", chunk
            ).fetchone()
            total += int(count)
        return total


def articles_of(connection: sqlite3.Connection, keys: list[int], table: Table) -> NDArray[np.int64]:
    """The articles that a table has of these keys, key by key."""
    found = [np.zeros(0, np.int64)]
    for marks, chunk in chunked(keys):
        rows = connection.execute(
            f"SELECT first, others FROM {table} WHERE entity IN ({marks})", chunk
        ).fetchall()
        found.append(unpack_articles(rows))
    return np.concatenate(found)


def places_by_text(subject: Subject, store: Store, cancelled: Callable[[], bool]) -> NDArray[np.int32]:
    """Where a subject is named whose mentions depend on how they are written.

    Raises:
        SearchCancelled: `cancelled` said so.
    """
    taken, own = subject.overlay.taken, subject.own
    given = subject.given()
    wanted, asked = own.copy(), np.zeros(len(own), bool)
    wanted[given] = True
    asked[[key for key, _ in taken]] = True
    numbers = np.unique(articles_of(subject.connection, [*subject.keys, *given], "entity_articles"))
    places = places_of(subject.connection, numbers[subject.days.newest_first(numbers)], wanted)
    unsure = np.flatnonzero(asked[places[:, -1]])
    ours = own[places[:, -1]]
    for text, spans in paragraphs(subject.connection, store, places[unsure], cancelled):
        for row, start, end in spans:
            place = unsure[row]
            whose = taken.get((int(places[place, -1]), fold_name(text[start:end])))
            ours[place] = whose == subject.id if whose is not None else own[places[place, -1]]
    return places[ours]
