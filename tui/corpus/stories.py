"""The stories of a corpus, as it decided on them and as its reader put them right.

What the corpus decided is in the store, which may be shared and never written; the reader's edits are laid over it on
reading (`tui.corpus.story_overlay`), so that they count everywhere at once.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from tui.article import ArticleId
from tui.corpus.locate import shown
from tui.corpus.members import BLOCK, unpack_members
from tui.corpus.store import Store, chunked
from tui.corpus.story_edits import decoded
from tui.corpus.story_overlay import Overlay, replay
from tui.corpus.values import InStory
from tui.errors import NoSuchStory
from tui.stories.values import Story, StoryId

if TYPE_CHECKING:
    from tui.corpus.desk import Desk
    from tui.corpus.desk_edits import Edit

ID_LENGTH = 16
"""Digits of an id."""


class Report(NamedTuple):
    """What a story needs to know of an article."""

    number: int
    id: ArticleId
    title: str
    day: int
    """Proleptic ordinal; 0 without a date."""
    moment: float
    """Seconds since 1970 where the moment of publication is known; 0.0 elsewhere."""
    source: int | None
    words: int

    @property
    def when(self) -> tuple[bool, int, float, int]:
        """Ascending in time; those without a date last."""
        return not self.day, self.day, self.moment, self.number


class Found(NamedTuple):
    """A story, by the articles that it has."""

    id: StoryId
    base: int
    """The number of the story that the corpus decided on and that this is, or goes on from; 0 for none."""
    members: tuple[int, ...]
    """Numbers of its articles, ascending."""
    name: str | None
    """What the reader calls it."""


class Stories:
    """The stories of one corpus and one reader. For any thread."""

    def __init__(self, store: Store, desk: Desk | None = None) -> None:
        """Without a desk, as for the indexer, what the corpus decided is all."""
        self._store = store
        self._desk = desk
        self._lock = Lock()
        self._overlay: tuple[int, tuple[Edit, ...], Overlay] | None = None

    def overlay(self, connection: sqlite3.Connection) -> Overlay:
        """What the reader put right, as it comes out in this state of the store; the same while nothing changes."""
        edits = self._desk.story_edits() if self._desk else ()
        generation = generation_of(connection)
        with self._lock:
            known = self._overlay
            if known is None or known[0] != generation or known[1] is not edits:
                found = [edit for edit in (decoded(edit.content) for edit in edits) if edit is not None]
                overlay = replay(connection, found) if found else Overlay()
                known = self._overlay = generation, edits, overlay
            return known[2]

    # One story

    def find(self, connection: sqlite3.Connection, id: str) -> Found:
        """The story with this id, or that the one with this id became part of.

        Raises:
            NoSuchStory: There is none.
        """
        overlay = self.overlay(connection)
        asked = StoryId(id)
        for _ in range(len(overlay.redirects) + 1):
            if asked in overlay.stories or asked not in overlay.redirects:
                break
            asked = overlay.redirects[asked]
        told = overlay.stories.get(asked)
        if told is None:
            row = connection.execute(
                "SELECT number, id, members FROM stories WHERE id = ?1 OR number ="
                " (SELECT story FROM story_redirects WHERE id = ?1) ORDER BY id <> ?1",
                (asked if asked.isascii() else "",),
            ).fetchone()
            if row is not None and row[0] in overlay.replaced:
                heir = overlay.replaced[row[0]]
                told = overlay.stories.get(heir) if heir is not None else None
            elif row is not None:
                return Found(StoryId(row[1]), row[0], tuple(unpack_members(row[2])), None)
        if told is None:
            raise NoSuchStory(f"There is no story {shown(id)} in this corpus; it may have gone")
        return Found(told.id, told.base, tuple(sorted(told.members)), told.name)

    def reports(self, connection: sqlite3.Connection, found: Found) -> list[Report]:
        """The articles of a story in time; those that have gone are left out."""
        reports: list[Report] = []
        for marks, chunk in chunked(found.members):
            rows = connection.execute(
                f"SELECT number, id, title, day, published, source, words FROM articles WHERE number IN ({marks})",
                chunk,
            )
            reports += (
                Report(number, ArticleId(id), title, day, _moment(published), source, words)
                for number, id, title, day, published, source, words in rows
            )
        return sorted(reports, key=lambda report: report.when)

    def story(self, connection: sqlite3.Connection, found: Found) -> Story:
        """All that there is to say of a story.

        Raises:
            NoSuchStory: All its articles have gone.
        """
        reports = self.reports(connection, found)
        if not reports:
            raise NoSuchStory(f"The articles of story {shown(found.id)} have gone from the corpus")
        days = [datetime.date.fromordinal(report.day) for report in reports if report.day]
        return Story(
            id=found.id,
            title=found.name or self._title(connection, found, reports),
            first=min(days, default=None),
            last=max(days, default=None),
            articles=tuple(report.id for report in reports),
            sources=len({(one.source, one.number if one.source is None else 0) for one in reports}),
            reprints=_reprints(connection, reports),
            earlier=self._linked(
                connection, found, "SELECT earlier FROM story_links WHERE later = ?", "last DESC"
            ),
            later=self._linked(connection, found, "SELECT later FROM story_links WHERE earlier = ?", "first"),
        )

    def _title(self, connection: sqlite3.Connection, found: Found, reports: Sequence[Report]) -> str:
        row = connection.execute("SELECT standing FROM stories WHERE number = ?", (found.base,)).fetchone()
        standing = next((report for report in reports if row and report.number == row[0]), None)
        if standing is None:
            from tui.stories.standing import is_of_many_things

            standing = max(
                reports,
                key=lambda one: (bool(one.title), not is_of_many_things(one.title), one.words, -one.number),
            )
        return standing.title

    def _linked(
        self, connection: sqlite3.Connection, found: Found, links: str, order: str
    ) -> tuple[StoryId, ...]:
        overlay = self.overlay(connection)
        rows = connection.execute(
            f"SELECT number, id FROM stories WHERE articles > 1 AND number IN ({links}) ORDER BY {order}, number",
            (found.base,),
        ).fetchall()
        ids = (overlay.replaced.get(number, StoryId(id)) for number, id in rows)
        return tuple(dict.fromkeys(id for id in ids if id is not None and id != found.id))

    def beginning(self, connection: sqlite3.Connection, beginning: str, limit: int) -> list[StoryId]:
        """Ids of stories that begin so; of one that was merged, whole, the id that it leads to."""
        overlay = self.overlay(connection)
        rows = connection.execute(
            "SELECT number, id FROM stories WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
            (beginning, f"{beginning}g", limit + len(overlay.replaced)),
        ).fetchall()
        found = [StoryId(id) for number, id in rows if number not in overlay.replaced]
        found += (id for id in overlay.stories if id.startswith(beginning))
        if not found and len(beginning) == ID_LENGTH:
            with suppress(NoSuchStory):  # the id of one that was merged
                found.append(self.find(connection, beginning).id)
        return sorted(found)[:limit]

    # Articles

    def of_articles(self, ids: Collection[ArticleId]) -> dict[ArticleId, InStory]:
        """As `Corpus.stories_of`."""
        with self._store.snapshot() as connection:
            overlay = self.overlay(connection)
            numbers: dict[ArticleId, int] = {}
            bases: dict[int, int] = {}
            for marks, chunk in chunked(list(ids)):
                rows = connection.execute(
                    f"SELECT a.id, a.number, substr(stories, 1 + 4 * (a.number % {BLOCK}), 4) FROM articles AS a"
                    f" LEFT JOIN article_stories ON block = a.number / {BLOCK} WHERE a.id IN ({marks})",
                    chunk,
                )
                for id, number, packed in rows:
                    numbers[ArticleId(id)] = number
                    bases[number] = int.from_bytes(packed or b"", "little")
            known: dict[int, tuple[StoryId, int]] = {}
            for marks, chunk in chunked(sorted(set(bases.values()))):
                rows = connection.execute(
                    f"SELECT number, id, articles FROM stories WHERE articles > 1 AND number IN ({marks})",
                    chunk,
                )
                known.update((number, (StoryId(id), count)) for number, id, count in rows)
            copies = _copies(connection, list(bases))
        found: dict[ArticleId, InStory] = {}
        for id, number in numbers.items():
            if number in overlay.of_article:
                told = overlay.of_article[number]
                is_one = told is not None and told.id in overlay.stories and len(told.members) > 1
                story = (told.id, len(told.members)) if told is not None and is_one else None
            else:
                story = known.get(bases[number])
            if story is not None:
                found[id] = InStory(*story, copies.get(number, 0))
        return found

    def reprints(self, number: int) -> tuple[ArticleId, ...]:
        """As `Corpus.reprints_of`."""
        with self._store.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM reprints JOIN articles USING (number) LEFT JOIN signatures USING (number)"
                " WHERE leader = (SELECT leader FROM reprints WHERE number = ?)"
                " ORDER BY number <> leader, size DESC, number",
                (number,),
            ).fetchall()
        return tuple(ArticleId(id) for (id,) in rows) if len(rows) > 1 else ()


def generation_of(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return int(row[0]) if row else 0


def _moment(published: str | None) -> float:
    if published is None:
        return 0.0
    moment = datetime.datetime.fromisoformat(published)
    return moment.timestamp() if moment.tzinfo is not None else 0.0


def _reprints(connection: sqlite3.Connection, reports: Sequence[Report]) -> tuple[tuple[ArticleId, ...], ...]:
    """Groups of those of these articles that print one text, the fullest first; the groups by their first report."""
    ids = {report.number: (place, report.id) for place, report in enumerate(reports)}
    groups: dict[int, list[tuple[bool, int, int]]] = {}
    for marks, chunk in chunked(sorted(ids)):
        rows = connection.execute(
            "SELECT number, leader, coalesce(size, 0) FROM reprints LEFT JOIN signatures USING (number)"
            f" WHERE number IN ({marks})",
            chunk,
        )
        for number, leader, size in rows:
            groups.setdefault(leader, []).append((number != leader, -size, number))
    found = [[number for _, _, number in sorted(members)] for members in groups.values() if len(members) > 1]
    found.sort(key=lambda members: min(ids[number][0] for number in members))
    return tuple(tuple(ids[number][1] for number in members) for members in found)


def _copies(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, int]:
    """How many other articles print the text of each."""
    leaders: dict[int, int] = {}
    counts: dict[int, int] = {}
    for marks, chunk in chunked(numbers):
        leaders.update(
            connection.execute(
                f"SELECT number, leader FROM reprints WHERE number IN ({marks})", chunk
            ).fetchall()
        )
    for marks, chunk in chunked(sorted(set(leaders.values()))):
        counts.update(
            connection.execute(
                f"SELECT leader, count(*) FROM reprints WHERE leader IN ({marks}) GROUP BY leader", chunk
            ).fetchall()
        )
    return {number: counts.get(leader, 1) - 1 for number, leader in leaders.items()}
