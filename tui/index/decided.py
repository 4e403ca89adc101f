"""What the corpus makes of the entities in the segments, which hold them as they were recognised.

Several may have been joined to one since. So many articles name the one as name any of the others, and an article that
names it in two ways counts once: these *repeats* are few, and are found once a segment for as long as nothing is
decided otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from tui.index.sets import Docs, Flags, added, runs, within

if TYPE_CHECKING:
    from tui.index.articles import ToldByText
    from tui.index.snapshot import Segment

_AT_ONCE = 50_000
"""Documents whose entities are looked at before it is asked whether to go on: 5 ms."""
_FEW = 16
"""Of fewer than one in so many documents of a segment, the repeats are found for themselves."""


class Decided:
    """The decisions on all entities, at one time. May be shared between threads.

    Args:
        canonical: as `ArticleSource.canonical` gives it.
        kinds: as `ArticleSource.entity_kinds` gives it.
        told: as `ArticleSource.told_by_text` gives it.
    """

    def __init__(self, canonical: NDArray[np.uint32], kinds: NDArray[np.uint8], told: ToldByText) -> None:
        self.canonical = canonical
        self.kinds = kinds
        self.told = told
        self._lock = Lock()
        self._repeats: WeakKeyDictionary[Segment, tuple[Docs, NDArray[np.int64]]] = WeakKeyDictionary()

    @cached_property
    def _joined(self) -> NDArray[np.bool_]:
        """Which of those that were recognised are one with others."""
        joined: NDArray[np.bool_] = np.bincount(self.canonical).take(self.canonical) > 1
        return joined

    def count(self, segment: Segment, docs: Docs, check: Callable[[], None]) -> NDArray[np.int64]:
        """How many of these documents name each entity, shape (entities,).

        Args:
            segment: where.
            docs: its documents that count.
            check: called now and then; may raise to stop.
        """
        size = len(self.canonical)
        named = np.zeros(0, np.int64)
        for low in range(0, len(docs), _AT_ONCE):
            check()
            part = _entities(segment, docs[low : low + _AT_ONCE])[0]
            named = added(named, np.bincount(part))
        named = added(np.zeros(size, np.int64), named)[:size]
        if not self._joined.any():
            return named
        counts = np.bincount(self.canonical, named, minlength=size).astype(np.int64)
        counts -= np.bincount(self._repeated(segment, docs, check), minlength=size)
        return counts

    def count_told(self, segment: Segment, docs: Docs) -> NDArray[np.int64]:
        """How many of these documents name each entity of `told`, same shape."""
        told = self.told
        if not len(told.articles):
            return np.zeros(len(told.entities), np.int64)
        highest = np.uint32(told.articles.max())
        there = np.zeros(int(highest) + 2, bool)
        there[np.minimum(segment.numbers.take(docs), highest + 1)] = True
        there[-1] = False
        return np.bincount(told.whose[there.take(told.articles)], minlength=len(told.entities))

    def with_told(
        self, counts: NDArray[np.int64], told: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64]]:
        """What `count` and `count_told` came to, together.

        Returns:
            Count, kind and number of each entity, same shape.
        """
        known = min(len(counts), len(self.kinds))
        counts, kinds, numbers = counts[:known], self.kinds[:known], np.arange(known)
        entities = self.told.entities
        if not len(entities):
            return counts, kinds, numbers
        led, apart = (entities >= 0) & (entities < known), entities < 0
        counts[entities[led]] = told[led]
        return (
            np.concatenate((counts, told[apart])),
            np.concatenate((kinds, self.told.kinds[apart])),
            np.concatenate((numbers, entities[apart])),
        )

    def _repeated(self, segment: Segment, docs: Docs, check: Callable[[], None]) -> NDArray[np.int64]:
        """The entities that these documents name once more than once, each so often."""
        with self._lock:
            known = self._repeats.get(segment)
        if known is None:
            if len(docs) * _FEW < segment.count:
                return self._find_repeats(segment, docs, check)[1]
            known = self._find_repeats(segment, np.arange(segment.count), check)
            with self._lock:
                self._repeats[segment] = known
        where, repeated = known
        return repeated if len(docs) == segment.count else repeated[within(where, docs, segment.count)]

    def _find_repeats(
        self, segment: Segment, docs: Docs, check: Callable[[], None]
    ) -> tuple[Docs, NDArray[np.int64]]:
        """For each time that a document names an entity in another way, the document and the entity."""
        size = len(self.canonical)
        found = [np.zeros(0, np.int64)]
        for low in range(0, len(docs), _AT_ONCE):
            check()
            part = docs[low : low + _AT_ONCE]
            named, counts = _entities(segment, part)
            known = np.minimum(named, size - 1)
            joined = np.flatnonzero(self._joined.take(known) & (named < size))
            pairs = np.repeat(part, counts).take(joined) * size + self.canonical.take(known.take(joined))
            pairs.sort(kind="stable")  # 7 ns each, where they are nearly in order
            found.append(pairs[1:][pairs[1:] == pairs[:-1]])
        where, repeated = np.divmod(np.concatenate(found), max(size, 1))
        return where, repeated


def documents_naming(segment: Segment, entities: NDArray[np.int64]) -> Flags:
    """Which documents name any of these entities, as they were recognised, shape (documents,)."""
    start, named = segment.column("entity_start"), segment.column("entities")
    wanted = np.zeros(int(entities.max(initial=0)) + 2, bool)
    wanted[entities] = True
    before = np.zeros(len(named) + 1, np.int32)
    np.cumsum(wanted.take(np.minimum(named, np.uint32(len(wanted) - 1))), out=before[1:])
    ends = before.take(start)
    found: Flags = ends[1:] > ends[:-1]
    return found


def _entities(segment: Segment, docs: Docs) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The entities that these documents name, one document's after the other's, and how many each names."""
    start, entities = segment.column("entity_start"), segment.column("entities")
    begins = start.take(docs).astype(np.int64)
    counts = start.take(docs + 1) - begins
    if len(docs) and int(docs[-1]) - int(docs[0]) + 1 == len(docs):
        return entities[int(begins[0]) : int(begins[-1] + counts[-1])], counts
    return entities.take(runs(begins, counts)), counts
