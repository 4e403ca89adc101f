"""Many stories at once: in order, of a query's hits, by words of their titles.

What these need of all stories is read once for each state of store and desk.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from tui.corpus.members import stories_by_article, unpack_members
from tui.corpus.store import Store, chunked
from tui.corpus.stories import ID_LENGTH, Found, Stories, generation_of
from tui.corpus.story_overlay import Overlay
from tui.corpus.values import StoryOrder
from tui.errors import NoSuchStory
from tui.folding import fold_word
from tui.stories.values import Story, StoryId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST_MEANT = 1_000
"""Stories that a value of `story:` may mean."""
_LEAST = 4
"""Digits that are enough to be taken for the beginning of an id."""
_WORD = re.compile(r"\w+")


class _Known(NamedTuple):
    """All stories, in one state of store and desk. A story that the reader had a hand in has a number of its own."""

    generation: int
    overlay: Overlay
    by_article: NDArray[np.uint32]
    """The story of each article, by number; 0 for none."""
    ids: dict[int, StoryId]
    """Of those that the reader had a hand in."""
    articles: NDArray[np.int64]
    """How many each story has, by its number."""
    last: NDArray[np.int64]
    """The last day of each, by its number; 0 without a date."""


class _Titles(NamedTuple):
    overlay: Overlay
    titles: list[tuple[str, str, StoryId, int]]
    """(its words, title, id, articles), the largest first."""


class StoryLists:
    """Lists of the stories of a corpus. For any thread."""

    def __init__(self, stories: Stories, store: Store) -> None:
        self._stories = stories
        self._store = store
        self._lock = Lock()
        self._known: _Known | None = None
        self._titles: _Titles | None = None

    def listed(
        self, order: StoryOrder, limit: int, offset: int, hits: NDArray[np.uint32] | None = None
    ) -> list[Story]:
        """Stories in this order, all or those with hits: the latest day first, or most articles (of the hits)."""
        import numpy as np

        with self._store.snapshot() as connection:
            known = self._all(connection)
            stories, counts = _counted(known, hits)
            keys = (
                (-known.last[stories], -counts, stories)
                if order == "newest"
                else (-counts, -known.last[stories], stories)
            )
            chosen = stories[np.lexsort(keys[::-1])][offset : offset + limit].tolist()
            found = []
            for number in chosen:
                try:
                    found.append(self._stories.story(connection, self._numbered(connection, known, number)))
                except NoSuchStory:
                    continue
        return found

    def count(self, hits: NDArray[np.uint32] | None = None) -> int:
        """How many stories there are, all or those with hits."""
        with self._store.snapshot() as connection:
            known = self._all(connection)
        return len(_counted(known, hits)[0])

    def _numbered(self, connection: sqlite3.Connection, known: _Known, number: int) -> Found:
        if number in known.ids:
            return self._stories.find(connection, known.ids[number])
        row = connection.execute("SELECT id, members FROM stories WHERE number = ?", (number,)).fetchone()
        return Found(StoryId(row[0]), number, tuple(unpack_members(row[1])), None)

    def _all(self, connection: sqlite3.Connection) -> _Known:
        import numpy as np

        generation, overlay = generation_of(connection), self._stories.overlay(connection)
        with self._lock:
            known = self._known
        if known is not None and known.generation == generation and known.overlay is overlay:
            return known
        by_article = stories_by_article(connection)
        rows = connection.execute("SELECT number, articles, last FROM stories WHERE articles > 1").fetchall()
        numbers, counts, lasts = (np.array([row[at] for row in rows], np.int64) for at in range(3))
        highest = max(int(by_article.max(initial=0)), int(numbers.max(initial=0)))
        articles, last = np.zeros((2, highest + 1 + len(overlay.stories)), np.int64)
        articles[numbers], last[numbers] = counts, lasts
        for base in overlay.replaced:
            articles[base] = 0
        ids: dict[int, StoryId] = {}
        for number, told in enumerate(overlay.stories.values(), highest + 1):
            ids[number] = told.id
            articles[number] = len(told.members)
            for marks, chunk in chunked(sorted(told.members)):
                (day,) = connection.execute(
                    f"SELECT coalesce(max(day), 0) FROM articles WHERE number IN ({marks})", chunk
                ).fetchone()
                last[number] = max(int(last[number]), day)
        places = {id: number for number, id in ids.items()}
        for article, told_now in overlay.of_article.items():
            if article < len(by_article):
                by_article[article] = places.get(told_now.id, 0) if told_now is not None else 0
        known = _Known(generation, overlay, by_article, ids, articles, last)
        with self._lock:
            self._known = known
        return known

    # By the words of their titles

    def named(self, text: str, limit: int | None) -> list[tuple[StoryId, str, int]]:
        """(id, title, articles) of stories whose title has words that begin so, all of them, the largest first."""
        words = _words(text).split()
        if not words and text.strip():
            return []
        with self._store.snapshot() as connection:
            titles = self._all_titles(connection)
        found = []
        for its_words, title, id, articles in titles:
            padded = f" {its_words}"
            if all(f" {word}" in padded for word in words):
                found.append((id, title, articles))
                if len(found) == limit:
                    break
        return found

    def _all_titles(self, connection: sqlite3.Connection) -> list[tuple[str, str, StoryId, int]]:
        overlay = self._stories.overlay(connection)
        with self._lock:
            known = self._titles
        if known is not None and known.overlay is overlay:
            return known.titles
        rows = connection.execute(
            "SELECT s.number, s.id, s.articles, a.title FROM stories AS s JOIN articles AS a ON a.number = s.standing"
            " WHERE s.articles > 1"
        ).fetchall()
        titles = [
            (_words(title), title, StoryId(id), count)
            for number, id, count, title in rows
            if number not in overlay.replaced
        ]
        for told in overlay.stories.values():
            story = self._stories.story(connection, self._stories.find(connection, told.id))
            titles.append((_words(story.title), story.title, story.id, len(story.articles)))
        titles.sort(key=lambda one: (-one[3], one[0], one[2]))
        with self._lock:
            self._titles = _Titles(overlay, titles)
        return titles

    def articles_meant(self, text: str, *, quoted: bool, begun: bool) -> list[int] | None:
        """Numbers of the articles of the stories that a text may mean: an id, the beginning of one, words of a title.

        Args:
            text: What was asked for.
            quoted: Whether these are words in any case; those of a whole title mean the stories of that title alone.
            begun: Whether the last word may be only begun.

        Returns:
            Ascending; None where there is no such story.
        """
        ids = [] if quoted else self._ids_meant(text.strip().lower())
        if not ids or ids[0] != text.strip().lower():
            ids += self._titles_meant(text, begun)  # `cafe` may be either
        if not ids:
            return None
        numbers: set[int] = set()
        with self._store.snapshot() as connection:
            for id in ids:
                with suppress(NoSuchStory):
                    numbers.update(self._stories.find(connection, id).members)
        return sorted(numbers)

    def _ids_meant(self, text: str) -> list[StoryId]:
        if not _LEAST <= len(text) <= ID_LENGTH or any(char not in "0123456789abcdef" for char in text):
            return []
        with self._store.snapshot() as connection:
            try:
                return [self._stories.find(connection, text).id]
            except NoSuchStory:
                return self._stories.beginning(connection, text, _MOST_MEANT)

    def _titles_meant(self, text: str, begun: bool) -> list[StoryId]:
        plain = _words(text)
        if not plain:
            return []
        asked = [f" {word} " for word in plain.split()]
        if begun:
            asked[-1] = asked[-1].rstrip()
        with self._store.snapshot() as connection:
            titles = self._all_titles(connection)
        found = [one for one in titles if all(word in f" {one[0]} " for word in asked)]
        whole = [one for one in found if one[0] == plain]
        return [id for _, _, id, _ in (whole or found)[:_MOST_MEANT]]


def _words(text: str) -> str:
    """The words of a title as they are compared, single spaces between."""
    return " ".join(_WORD.findall(fold_word(text)))


def _counted(known: _Known, hits: NDArray[np.uint32] | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of the stories to be listed, and how many articles, or hits, each has."""
    import numpy as np

    if hits is None:
        stories = np.flatnonzero(known.articles > 1)
        return stories, known.articles[stories]
    there = known.by_article[hits[hits < len(known.by_article)]]
    counts = np.bincount(there, minlength=len(known.articles))[: len(known.articles)]
    stories = np.flatnonzero((counts > 0) & (known.articles > 1))
    return stories, counts[stories]
