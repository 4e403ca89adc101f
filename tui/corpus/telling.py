"""Which story each article is in: the online pass over the store, and the latest articles put right at once.

The online pass goes on from where it was: what it knows is kept in the store, in the same commit as what came of it.
Of articles that print one text only one is shown to it, the fullest there is; the others are in its story.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from tui.corpus.derived import Derived
from tui.corpus.due import set_meta
from tui.corpus.store import chunked
from tui.corpus.story_rows import StoryRows
from tui.stories.features import Features
from tui.stories.online import OnlineStories, open_story
from tui.stories.reclustering import MOST, kept_ids

_LEARNT_AT_ONCE = 500
"""Articles whose terms are counted before the first of them is put into a story."""
KEPT = 2 * MOST
"""Articles whose features are kept, the latest."""


class Latest(NamedTuple):
    """The latest texts, each by the article that stands for it."""

    numbers: list[int]
    days: list[int | None]
    followers: dict[int, list[int]]
    """The other articles with the same text, by that article."""


class Telling:
    """Puts articles into stories. Its caller holds the transactions."""

    def __init__(self, connection: sqlite3.Connection, derived: Derived, rows: StoryRows) -> None:
        self._connection = connection
        self._derived = derived
        self._rows = rows
        self._online: OnlineStories | None = None
        self._next = 1
        """The number of the next story."""

    def forget(self) -> None:
        """Know again what the store knows: the transaction was rolled back."""
        self._rows.forget()
        self._online = None

    def tell(self, batch: Sequence[int], known: Mapping[int, Features]) -> None:
        """Put these articles, in this order, into stories; those that are in one stay there.

        Args:
            batch: numbers of articles.
            known: features of some of them; those of the others are made.
        """
        groups = self._groups(batch)
        days = self._days(batch)
        new: dict[int, list[int]] = {}
        fuller: list[int] = []
        for number in batch:
            if self._rows.story_of(number):
                continue
            leader = groups.get(number)
            if leader is not None and (story := self._story_of_text(leader)):
                self._rows.move(number, story)
                if number == leader:
                    fuller.append(number)  # it stands for the text from now on
            else:
                new.setdefault(number if leader is None else leader, []).append(number)
        following: dict[int, list[int]] = {}
        for leader, same in new.items():
            shown_of_it = leader if leader in same else same[0]
            following[shown_of_it] = [number for number in same if number != shown_of_it]
        shown = [number for number in batch if number in following]
        online = self._opened()
        wanted = [*shown, *fuller]
        features = {number: known[number] for number in wanted if number in known}
        features |= self._derived.features([number for number in wanted if number not in features])
        self._derived.keep_features(features)
        for start in range(0, len(shown), _LEARNT_AT_ONCE):
            some = [number for number in shown[start : start + _LEARNT_AT_ONCE] if number in features]
            stories = online.add_all([(features[number], days.get(number) or None) for number in some])
            for number, story in zip(some, stories, strict=True):
                for one in (number, *following[number]):
                    self._rows.move(one, story)
                self._used(story)

    def save(self) -> None:
        """Write down what the online pass knows, and what came of it."""
        self._rows.write()
        if self._online is not None:
            self._connection.execute(
                "INSERT OR REPLACE INTO story_state VALUES ('online', ?)", (self._online.state(),)
            )
            set_meta(self._connection, "next_story", self._next)

    def online(self) -> OnlineStories:
        """What the online pass knows."""
        return self._opened()

    def _opened(self) -> OnlineStories:
        if self._online is None:
            row = self._connection.execute("SELECT value FROM meta WHERE key = 'next_story'").fetchone()
            self._next = max(int(row[0]) if row else 1, int(self._rows.stories.max(initial=0)) + 1)
            row = self._connection.execute("SELECT content FROM story_state WHERE key = 'online'").fetchone()
            try:
                self._online = OnlineStories.from_state(row[0]) if row else None
            except ValueError:
                self._online = None
            if self._online is None:
                self._online = self._made_anew()
        return self._online

    def _made_anew(self) -> OnlineStories:
        """What was known is lost, or another release's: the stories of the latest articles are opened again."""
        online = OnlineStories(self._next)
        kept = [
            number for (number,) in self._connection.execute("SELECT number FROM features ORDER BY number")
        ]
        for story in sorted({self._rows.story_of(number) for number in kept} - {0}):
            self._reopen(online, story)
        return online

    def _reopen(self, online: OnlineStories, story: int) -> None:
        """Tell the online pass what a story is made of: each text once."""
        texts = list(self._derived.one_a_text(sorted(self._rows.members(story))))
        days, features = self._days(texts), self._derived.features(texts)
        known = [number for number in texts if number in features]
        online.reopen(open_story(story, [features[n] for n in known], [days.get(n) or None for n in known]))

    def _used(self, story: int) -> None:
        self._next = max(self._next, story + 1)

    def _groups(self, numbers: Sequence[int]) -> dict[int, int]:
        """The leader of each that prints the text of another."""
        found: dict[int, int] = {}
        for marks, chunk in chunked(numbers):
            rows = self._connection.execute(
                f"SELECT number, leader FROM reprints WHERE number IN ({marks})", chunk
            )
            found.update(rows.fetchall())
        return found

    def _days(self, numbers: Sequence[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for marks, chunk in chunked(numbers):
            rows = self._connection.execute(
                f"SELECT number, day FROM articles WHERE number IN ({marks})", chunk
            )
            found.update(rows.fetchall())
        return found

    def _story_of_text(self, leader: int) -> int:
        """The story that those are in that print this text already; 0 for none."""
        rows = self._connection.execute(
            "SELECT number FROM reprints WHERE leader = ? ORDER BY number", (leader,)
        )
        stories = [story for (number,) in rows if (story := self._rows.story_of(number))]
        return max(stories, key=lambda story: (stories.count(story), -story), default=0)

    # Put right

    def latest(self) -> Latest:
        """The articles to cluster."""
        rows = self._connection.execute(
            "SELECT number FROM articles"
            " WHERE NOT EXISTS (SELECT 1 FROM grouping_due AS due WHERE due.number = articles.number)"
            " ORDER BY day DESC, number DESC LIMIT ?",
            (KEPT,),
        ).fetchall()
        texts = self._derived.one_a_text([number for (number,) in rows])
        days = self._days(list(texts))
        numbers = sorted(texts, key=lambda number: (-days[number], -number))[:MOST]
        return Latest(numbers, [days[n] or None for n in numbers], {n: texts[n] for n in numbers})

    def put_right(self, latest: Latest, labels: Sequence[int]) -> None:
        """Give each cluster of the latest articles the story that most of it was in, or a new one.

        A story that began before them keeps those of its articles that no cluster claims.

        Args:
            latest: what was clustered.
            labels: of each the index of the first in its cluster.
        """
        numbers = latest.numbers
        before = {number: story for number in numbers if (story := self._rows.story_of(number))}
        after = dict(zip(numbers, labels, strict=True))
        kept = kept_ids(before, after)
        sizes = np.bincount(labels, minlength=len(numbers)).tolist()
        online = self._opened()
        touched: set[int] = set()
        inside = {*numbers, *(one for some in latest.followers.values() for one in some)}
        for number, label in sorted(after.items()):
            if sizes[label] == 1 and number in before and self._rows.members(before[number]) - inside:
                continue  # it is alone here, but its story began earlier
            if label not in kept:
                kept[label] = self._next
                self._used(self._next)
            story = kept[label]
            for one in (number, *latest.followers.get(number, ())):
                old = self._rows.story_of(one)
                if old != story:
                    touched |= {old, story}
                    self._rows.move(one, story)
        online.forget(touched - {0})
        for story in sorted(touched - {0}):
            if self._rows.members(story):
                self._reopen(online, story)

    def keep_features_of_latest(self) -> None:
        """Delete the features of all articles but the latest: of the others they can be made again."""
        (count,) = self._connection.execute("SELECT count(*) FROM features").fetchone()
        if count > KEPT + KEPT // 4:
            self._connection.execute(
                "DELETE FROM features WHERE number NOT IN (SELECT number FROM articles JOIN features USING (number)"
                " ORDER BY day DESC, number DESC LIMIT ?)",
                (KEPT,),
            )
