"""What the reader put right about stories, as it comes out against one state of the store.

Edits are replayed over the stories that the corpus decided on. Of a story that an edit names by its articles, the one
is meant that has most of them now; it goes on whole, with what joined it since. Articles that are named and have gone
elsewhere are brought back.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tui.corpus.members import BLOCK, unpack_members
from tui.corpus.store import chunked
from tui.corpus.story_edits import AnEdit, Merge, Name, Split
from tui.stories.values import StoryId


@dataclass(slots=True, eq=False)
class Told:
    """A story as it stands after some edits."""

    id: StoryId
    members: set[int]
    """Numbers of its articles."""
    base: int
    """The number of the story that the corpus decided on and that this one goes on from; 0 for none."""
    name: str | None = None
    """What the reader calls it."""


@dataclass(slots=True, eq=False)
class Overlay:
    """The stories that the reader had a hand in."""

    stories: dict[StoryId, Told] = field(default_factory=dict)
    """Those that have articles."""
    of_article: dict[int, Told | None] = field(default_factory=dict)
    """By article number, for every article that is, or was decided to be, in one of them; None where it is in none."""
    replaced: dict[int, StoryId | None] = field(default_factory=dict)
    """Stories that the corpus decided on, and which story has most of their articles now; None where none has any."""
    redirects: dict[StoryId, StoryId] = field(default_factory=dict)


def replay(connection: sqlite3.Connection, edits: Sequence[AnEdit]) -> Overlay:
    """What these edits come to, one after the other."""
    return _Replay(connection).overlay(edits)


class _Replay:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._told: list[Told] = []
        self._of_article: dict[int, Told | None] = {}
        self._bases: dict[int, set[int]] = {}
        """What the stories had that the corpus decided on."""
        self._redirects: dict[StoryId, StoryId] = {}

    def overlay(self, edits: Sequence[AnEdit]) -> Overlay:
        for edit in edits:
            match edit:
                case Split():
                    self._split(edit)
                case Merge():
                    self._merge(edit)
                case Name():
                    story = self._meant(self._numbers(edit.articles))
                    if story is not None:
                        story.name = edit.name or None
        stories: dict[StoryId, Told] = {}
        for story in self._told:
            if not story.members:
                continue
            if (
                story.id in stories
            ):  # the corpus gave the id of a new story to one of its own since: that one keeps it
                continue
            stories[story.id] = story
        replaced: dict[int, StoryId | None] = {}
        for base, members in self._bases.items():
            counts = Counter(told.id for n in members if (told := self._of_article.get(n)) is not None)
            replaced[base] = min(counts, key=lambda id: (-counts[id], id), default=None)
        return Overlay(stories, self._of_article, replaced, self._redirects)

    # The stories as they are

    def _numbers(self, ids: Iterable[str]) -> list[int]:
        """The articles of these ids that there are."""
        found: dict[str, int] = {}
        wanted = list(ids)
        for table in ("redirects", "articles"):
            for marks, chunk in chunked(wanted):
                rows = self._connection.execute(
                    f"SELECT id, number FROM {table} WHERE id IN ({marks})", chunk
                )
                found.update(rows.fetchall())
        return list(dict.fromkeys(found[id] for id in wanted if id in found))

    def _story_of(self, number: int) -> Told | None:
        """The story of an article, taken up where no edit has touched it yet."""
        if number in self._of_article:
            return self._of_article[number]
        row = self._connection.execute(
            "SELECT substr(stories, 1 + 4 * (?1 % ?2), 4) FROM article_stories WHERE block = ?1 / ?2",
            (number, BLOCK),
        ).fetchone()
        base = int.from_bytes(row[0], "little") if row else 0
        found = self._connection.execute(
            "SELECT id, members FROM stories WHERE number = ?", (base,)
        ).fetchone()
        if found is None:
            self._of_article[number] = None
            return None
        told = Told(StoryId(found[0]), set(unpack_members(found[1])), base)
        self._told.append(told)
        self._bases[base] = set(told.members)
        for member in told.members:
            self._of_article.setdefault(member, told)
        told.members = {member for member in told.members if self._of_article[member] is told}
        return told

    def _meant(self, numbers: Iterable[int]) -> Told | None:
        """The story that has most of these articles."""
        found = [story for number in numbers if (story := self._story_of(number)) is not None]
        counts = Counter(story.id for story in found)
        return min(found, key=lambda story: (-counts[story.id], story.id), default=None)

    def _move(self, numbers: Iterable[int], into: Told) -> None:
        for number in numbers:
            before = self._story_of(number)
            if before is not None and before is not into:
                before.members.discard(number)
            into.members.add(number)
            self._of_article[number] = into

    # Edits

    def _split(self, edit: Split) -> None:
        numbers, others = self._numbers(edit.articles), set(self._numbers(edit.others))
        if not numbers:
            return
        for number in (*numbers, *others):
            self._story_of(number)
        new = Told(edit.id, set(), 0)
        self._told.append(new)
        for number in numbers:
            story = self._of_article[number]
            if story is None or story.members & others:
                self._move([number], new)
            elif story is not new:  # the corpus has parted them from the others by itself: that story goes on
                self._take_in(story, new)

    def _merge(self, edit: Merge) -> None:
        parts = [self._numbers(articles) for articles in edit.stories]
        # Where the articles of the last one have gone, the others are one all the same.
        meant = (self._meant(part) for part in reversed(parts))
        into = next((story for story in meant if story is not None), None)
        if into is None:
            return
        for part in parts:
            story = self._meant(part)
            if story is not None and story is not into:
                self._take_in(story, into)
            self._move(part, into)
        if into.id != edit.id:
            self._redirects[edit.id] = into.id

    def _take_in(self, story: Told, into: Told) -> None:
        """All of a story is part of another."""
        into.name = into.name or story.name
        into.base = into.base or story.base
        self._move(list(story.members), into)
        if story.id != into.id:
            self._redirects[story.id] = into.id
