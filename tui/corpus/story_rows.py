"""Stories in a store that is being written: which articles each has, and its id, which it keeps.

A story has a number, which grows, and is the key by which the online pass knows it. It gets a row, and an id, with its
second article. Ids are made from the first article's, so that they are the same wherever the same is read.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import numpy as np

from tui.corpus.derived import Derived
from tui.corpus.members import BLOCK, pack_members, stories_by_article, unpack_members
from tui.corpus.store import chunked
from tui.stories.standing import commonest_title, title_of_story
from tui.stories.values import StoryId

_MOST_COMPARED = 300
"""Articles of a story among which the one is looked for that it goes by: the longest."""


class StoryRows:
    """The stories of a store, and what becomes of them in a transaction; `write` ends it, `forget` gives it up."""

    def __init__(self, connection: sqlite3.Connection, derived: Derived) -> None:
        self._connection = connection
        self._derived = derived
        self.forget()

    def forget(self) -> None:
        """Know again what the store knows."""
        self.stories = stories_by_article(self._connection)
        """The number of the story of each article, by number; 0 for none."""
        order = np.argsort(self.stories, kind="stable")
        self._alone = self.stories[order], order
        self._members: dict[int, set[int]] = {}
        """Of the stories that may have changed since the last `write`."""
        self._before: dict[int, list[int]] = {}
        """What they had then."""
        self._retitled: set[int] = set()

    def story_of(self, number: int) -> int:
        """The story that an article is in; 0 for none."""
        return int(self.stories[number]) if number < len(self.stories) else 0

    def members(self, story: int) -> frozenset[int]:
        """Numbers of the articles of a story."""
        return frozenset(self._loaded(story))

    def move(self, number: int, story: int) -> None:
        """Put an article into a story, out of the one that it is in; 0 is none."""
        before = self.story_of(number)
        if before == story:
            return
        if before:
            self._loaded(before).discard(number)
        if story:
            self._loaded(story).add(number)
        if number >= len(self.stories):
            grown = (number // BLOCK + 1) * BLOCK - len(self.stories)
            self.stories = np.concatenate((self.stories, np.zeros(grown, np.uint32)))
        self.stories[number] = story

    def touch(self, number: int) -> None:
        """Note that an article says something else now, perhaps under another title."""
        if story := self.story_of(number):
            self._loaded(story)
            self._retitled.add(story)

    def changed(self) -> list[int]:
        """Stories that are not as they were at the last `write`, ascending."""
        return sorted(
            story
            for story, members in self._members.items()
            if story in self._retitled or members != set(self._before[story])
        )

    def _loaded(self, story: int) -> set[int]:
        members = self._members.get(story)
        if members is None:
            row = self._connection.execute(
                "SELECT members FROM stories WHERE number = ?", (story,)
            ).fetchone()
            if row is not None:
                found = unpack_members(row[0])
            else:
                keys, articles = self._alone
                low, high = np.searchsorted(keys, [story, story + 1])
                found = [int(one) for one in articles[low:high] if self.stories[one] == story]
            self._before[story] = found
            members = self._members[story] = set(found)
        return members

    # Writing

    def write(self) -> None:
        """Write down what has changed."""
        changed = self.changed()
        self._write_blocks(changed)
        empty = [story for story in changed if not self._members[story]]
        for story in changed:
            if self._members[story]:
                self._write_row(story, sorted(self._members[story]))
        for story in empty:
            self._redirect(story)
        self._connection.executemany(
            "INSERT OR IGNORE INTO links_due VALUES (?)", ((one,) for one in changed)
        )
        if changed:
            order = np.argsort(self.stories, kind="stable")
            self._alone = self.stories[order], order
        self._members.clear()
        self._before.clear()
        self._retitled.clear()

    def _write_blocks(self, changed: Iterable[int]) -> None:
        moved = {
            number
            for story in changed
            for number in self._members[story].symmetric_difference(self._before[story])
        }
        for block in sorted({number // BLOCK for number in moved}):
            packed = self.stories[block * BLOCK : (block + 1) * BLOCK].astype("<u4").tobytes()
            self._connection.execute("INSERT OR REPLACE INTO article_stories VALUES (?, ?)", (block, packed))

    def _write_row(self, story: int, members: Sequence[int]) -> None:
        row = self._connection.execute("SELECT id FROM stories WHERE number = ?", (story,)).fetchone()
        if row is None and len(members) < 2:
            return
        facts: list[tuple[int, str, str, int, int | None, int]] = []
        for marks, chunk in chunked(members):
            facts += self._connection.execute(
                f"SELECT number, id, title, day, source, words FROM articles WHERE number IN ({marks})", chunk
            ).fetchall()
        if not facts:
            return
        days = [day for _, _, _, day, _, _ in facts if day]
        # Without a source an article is one of its own.
        sources = {(source, number if source is None else 0) for number, _, _, _, source, _ in facts}
        id = row[0] if row else self._new_id(min(facts)[1])
        self._connection.execute(
            "INSERT OR REPLACE INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (story, id, self._standing(facts), len(members), len(sources), min(days, default=0), max(days, default=0),
             pack_members(members)),
        )  # fmt: skip

    def _standing(self, facts: Sequence[tuple[int, str, str, int, int | None, int]]) -> int:
        longest = sorted(facts, key=lambda fact: (-fact[5], fact[0]))[:_MOST_COMPARED]
        titles = {number: title for number, _, title, _, _, _ in longest}
        texts = self._derived.one_a_text(list(titles))
        features = self._derived.features(list(texts))
        known = sorted(features)
        if not known:
            return longest[0][0]
        stands = title_of_story(
            [features[one] for one in known],
            [titles[one] for one in known],
            [1 + len(texts[one]) for one in known],
        )
        prints = [known[stands], *texts[known[stands]]]
        return prints[commonest_title([titles[one] for one in prints], list(titles.values()))]

    def _new_id(self, article: str) -> StoryId:
        salt = 0
        while True:
            id = StoryId(blake2b(f"story {article} {salt}".encode(), digest_size=8).hexdigest())
            taken = self._connection.execute(
                "SELECT 1 FROM stories WHERE id = ?1 UNION ALL SELECT 1 FROM story_redirects WHERE id = ?1",
                (id,),
            ).fetchone()
            if taken is None:
                return id
            salt += 1

    def _redirect(self, story: int) -> None:
        """A story has no articles any more: its id leads to the one that has most of them."""
        row = self._connection.execute("SELECT id FROM stories WHERE number = ?", (story,)).fetchone()
        if row is None:
            return
        heirs = Counter(heir for number in self._before[story] if (heir := self.story_of(number)))
        with_rows = {
            one
            for one in heirs
            if self._connection.execute("SELECT 1 FROM stories WHERE number = ?", (one,)).fetchone()
        }
        main = min(with_rows, key=lambda one: (-heirs[one], one), default=None)
        self._connection.execute("DELETE FROM stories WHERE number = ?", (story,))
        self._connection.execute("DELETE FROM links_due WHERE story = ?", (story,))
        self._connection.execute("DELETE FROM story_links WHERE later = ?1 OR earlier = ?1", (story,))
        if main is None:
            self._connection.execute("DELETE FROM story_redirects WHERE story = ?", (story,))
            return
        self._connection.execute("UPDATE story_redirects SET story = ? WHERE story = ?", (main, story))
        self._connection.execute("INSERT OR REPLACE INTO story_redirects VALUES (?, ?)", (row[0], main))

    # After all was made anew

    def keep_former_ids(self) -> None:
        """Give the ids of the stories that there were to those that have most of their articles."""
        rows = self._connection.execute("SELECT id, number, members FROM former_stories").fetchall()
        if not rows:
            return
        now = dict(self._connection.execute("SELECT number, id FROM stories"))
        shares: list[tuple[int, str, int]] = []
        heirs: dict[str, int] = {}
        for id, _, packed in rows:
            heading = Counter(heir for n in unpack_members(packed) if (heir := self.story_of(n)) in now)
            shares += ((count, id, heir) for heir, count in heading.items())
            if heading:
                heirs[id] = min(heading, key=lambda heir: (-heading[heir], heir))
        kept = _matched(shares)
        by_story = {story: id for id, story in kept.items()}
        self._connection.executemany(
            "UPDATE stories SET id = ? WHERE number = ?", ((f"{story:016x}+", story) for story in now)
        )
        given = set(by_story.values())
        self._connection.executemany(
            "UPDATE stories SET id = ? WHERE number = ?", ((id, story) for story, id in by_story.items())
        )
        for story, provisional in now.items():
            if story not in by_story:
                id = provisional if provisional not in given else self._unused(story)
                self._connection.execute("UPDATE stories SET id = ? WHERE number = ?", (id, story))
        leads = {number: heirs[id] for id, number, _ in rows if id in heirs}
        redirects = self._connection.execute("SELECT id, story FROM story_redirects").fetchall()
        self._connection.execute("DELETE FROM story_redirects")
        wanted = [(id, leads[story]) for id, story in redirects if story in leads]
        wanted += ((id, heir) for id, heir in heirs.items() if id not in kept)
        self._connection.executemany("INSERT OR REPLACE INTO story_redirects VALUES (?, ?)", wanted)
        self._connection.execute("DELETE FROM former_stories")

    def _unused(self, story: int) -> StoryId:
        row = self._connection.execute(
            "SELECT articles.id FROM articles WHERE number = ?", (min(self.members(story)),)
        ).fetchone()
        return self._new_id(row[0])


def _matched(shares: Sequence[tuple[int, str, int]]) -> Mapping[str, int]:
    """Which id goes to which story, the largest shares first; each once."""
    kept: dict[str, int] = {}
    given: set[int] = set()
    for _, id, story in sorted(shares, key=lambda share: (-share[0], share[1], share[2])):
        if id not in kept and story not in given:
            kept[id] = story
            given.add(story)
    return kept
