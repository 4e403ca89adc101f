"""What the reader puts right about stories, as edits on the desk."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from tui.article import ArticleId
from tui.corpus.name_file import clean
from tui.corpus.stories import Found, Stories
from tui.corpus.story_edits import MOST_ARTICLES, AnEdit, Merge, Name, Split, encoded
from tui.corpus.values import NameEdit
from tui.errors import NoSuchStory, UsageError
from tui.stories.values import StoryId

if TYPE_CHECKING:
    from tui.corpus.desk import Desk
    from tui.corpus.store import Store

_LONGEST = 60
"""Characters of a title that are repeated in words."""


class StoryEditing:
    """The edits of the stories of one corpus by one reader."""

    def __init__(self, stories: Stories, store: Store, desk: Desk) -> None:
        self._stories = stories
        self._store = store
        self._desk = desk

    def split(self, id: StoryId, articles: Collection[ArticleId]) -> StoryId:
        """As `Corpus.split_story`."""
        wanted = set(articles)
        with self._store.snapshot() as connection:
            found = self._stories.find(connection, id)
            story = self._stories.story(connection, found)
        apart = [article for article in story.articles if article in wanted]
        others = [article for article in story.articles if article not in wanted]
        if not apart:
            raise UsageError(f"None of these articles is in the story {_cut(story.title)}")
        if not others:
            raise UsageError(f"These are all articles of the story {_cut(story.title)}: none would be left")
        many = "1 article" if len(apart) == 1 else f"{len(apart):,} articles"
        new = StoryId(blake2b(f"split {' '.join(sorted(apart))}".encode(), digest_size=8).hexdigest())
        edit = Split(new, tuple(apart), tuple(others[:MOST_ARTICLES]))
        self._add(f"Took {many} out of {_cut(story.title)}", edit)
        return new

    def merge(self, ids: Sequence[StoryId], into: StoryId) -> StoryId:
        """As `Corpus.merge_stories`."""
        with self._store.snapshot() as connection:
            last = self._stories.find(connection, into)
            title = self._stories.story(connection, last).title
            found = {one.id: one for one in (self._stories.find(connection, id) for id in ids)}
            found.pop(last.id, None)
            if not found:
                return last.id
            titles = [self._stories.story(connection, one).title for one in found.values()]
            parts = [self._articles(connection, one) for one in (*found.values(), last)]
        some = _cut(titles[0]) if len(titles) == 1 else f"{len(titles):,} stories"
        self._add(f"Merged {some} into {_cut(title)}", Merge(last.id, tuple(parts)))
        return last.id

    def name(self, id: StoryId, name: str) -> None:
        """As `Corpus.name_story`."""
        name = clean(name)
        with self._store.snapshot() as connection:
            found = self._stories.find(connection, id)
            title = self._stories.story(connection, found).title
            articles = self._articles(connection, found)
        if name == (found.name or "") or name == title:
            return
        words = f"Called {_cut(title)} {_cut(name)}" if name else f"Took the name {_cut(title)} from a story"
        self._add(words, Name(articles, name))

    def undo(self) -> str | None:
        """As `Corpus.undo_story_edit`."""
        edit = self._desk.drop_story_edit()
        return edit.words if edit else None

    def edits(self) -> list[NameEdit]:
        """As `Corpus.story_edits`."""
        return [
            NameEdit(edit.words, datetime.datetime.fromtimestamp(edit.at).astimezone())
            for edit in reversed(self._desk.story_edits())
        ]

    def _articles(self, connection: sqlite3.Connection, found: Found) -> tuple[ArticleId, ...]:
        reports = self._stories.reports(connection, found)
        if not reports:
            raise NoSuchStory("The articles of that story have gone from the corpus")
        return tuple(report.id for report in reports[:MOST_ARTICLES])

    def _add(self, words: str, edit: AnEdit) -> None:
        self._desk.add_story_edit(words, encoded(edit))


def _cut(title: str) -> str:
    title = clean(title)
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
