"""Which stories lead on to which, kept in step: those that changed, among their neighbours in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from tui.corpus.derived import Derived
from tui.corpus.members import unpack_members
from tui.corpus.store import chunked
from tui.stories.threads import ADJACENT, Centroid, centroid, threads

MOST = 2_000
"""Stories that are looked at together."""
_MOST_ARTICLES = 12
"""Articles of a story that say what it is about, from its first to its last."""


class _Row(NamedTuple):
    """What of a story's row says what it is about."""

    number: int
    members: bytes
    standing: int
    first: int
    last: int


class LeadingOn:
    """The links between the stories of a store. Its caller holds the transactions."""

    def __init__(self, connection: sqlite3.Connection, derived: Derived) -> None:
        self._connection = connection
        self._derived = derived
        self._centroids: dict[int, tuple[_Row, Centroid]] = {}

    def count_due(self) -> int:
        """How many stories changed since their links were looked for."""
        (count,) = self._connection.execute("SELECT count(*) FROM links_due").fetchone()
        return int(count)

    def link(self) -> None:
        """Find anew what the stories that changed go on from, and what goes on from them."""
        changed = [story for (story,) in self._connection.execute("SELECT story FROM links_due")]
        known = self._days(changed)
        while known:
            some = dict(list(known.items())[:MOST])
            for story in some:
                del known[story]
            self._link(some)
        self._connection.execute("DELETE FROM links_due")

    def _days(self, stories: Collection[int]) -> dict[int, tuple[int, int]]:
        """First and last day of those of these stories that have any, in time."""
        found: list[tuple[int, int, int]] = []
        for marks, chunk in chunked(sorted(stories)):
            found += self._connection.execute(
                f"SELECT first, last, number FROM stories WHERE articles > 1 AND first > 0 AND number IN ({marks})",
                chunk,
            ).fetchall()
        return {story: (first, last) for first, last, story in sorted(found)}

    def _link(self, changed: dict[int, tuple[int, int]]) -> None:
        begin = min(first for first, _ in changed.values()) - ADJACENT
        end = max(last for _, last in changed.values()) + ADJACENT
        near = self._connection.execute(
            "SELECT number FROM stories WHERE articles > 1 AND last >= ? AND first > 0 AND first <= ?"
            " ORDER BY last DESC, articles DESC LIMIT ?",
            (begin, end, MOST),
        ).fetchall()
        stories = sorted({*changed, *(number for (number,) in near)})
        found = threads(self._centroids_of(stories))
        for marks, chunk in chunked(sorted(changed)):
            self._connection.execute(
                f"DELETE FROM story_links WHERE later IN ({marks}) OR earlier IN ({marks})", (*chunk, *chunk)
            )
        self._connection.executemany(
            "INSERT OR IGNORE INTO story_links VALUES (?, ?)",
            sorted(
                (later, earlier)
                for later, some in found.items()
                for earlier in some
                if later in changed or earlier in changed
            ),
        )

    def _centroids_of(self, stories: Collection[int]) -> dict[int, Centroid]:
        rows: list[_Row] = []
        for marks, chunk in chunked(list(stories)):
            found = self._connection.execute(
                f"SELECT number, members, standing, first, last FROM stories WHERE number IN ({marks})", chunk
            )
            rows += (_Row(*row) for row in found)
        known: dict[int, tuple[_Row, Centroid]] = {}
        for row in rows:
            before = self._centroids.get(row.number)
            known[row.number] = before if before and before[0] == row else (row, self._centroid(row))
        self._centroids = known
        return {story: centroid for story, (_, centroid) in known.items()}

    def _centroid(self, row: _Row) -> Centroid:
        members = unpack_members(row.members)
        step = max(1, (len(members) - 1) // (_MOST_ARTICLES - 1))
        chosen = sorted({*members[::step][:_MOST_ARTICLES], row.standing})
        # To make the features of all would take a millisecond each: of an old story one article has to do.
        features = self._derived.kept_features(chosen) or self._derived.features([row.standing])
        of_some = centroid(list(features.values()), [row.first] * len(features))
        return of_some._replace(articles=len(members), first=row.first, last=row.last)
