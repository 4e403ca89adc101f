"""What a corpus answers about articles set side by side, and about stories.

A part of `Corpus`, apart for its size. What only a later question needs is imported by the method that asks it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from tui.article import Article, ArticleId, Mention
from tui.corpus.columns import StoreArticles
from tui.corpus.desk import Desk
from tui.corpus.store import Store
from tui.errors import NoSuchArticle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.corpus.coverage import Coverage
    from tui.corpus.stories import Stories
    from tui.corpus.story_editing import StoryEditing
    from tui.corpus.values import InStory, NameEdit, StoryOrder, Timeline
    from tui.index.results import Results, Sort
    from tui.stories.values import Comparison, Matrix, Order, Side, Story, StoryId


class StoryAnswers:
    """What a corpus answers about stories. Its methods may be called from any thread.

    A story has two and more articles: of one whose event nobody else reports there is none. The id of a story that was
    merged leads to the one that it is part of now.
    """

    desk: Desk
    _store: Store
    _articles: StoreArticles

    if TYPE_CHECKING:

        def article(self, id: ArticleId) -> Article:
            """As `Corpus` answers it."""

        def mentions(self, id: ArticleId) -> tuple[Mention, ...]:
            """As `NameAnswers` answers it."""

        def timeline_of_articles(self, ids: Sequence[ArticleId]) -> Timeline:
            """As `NameAnswers` answers it."""

        def search(self, query: str, *, sort: Sort, cancelled: Callable[[], bool] | None) -> Results:
            """As `Corpus` answers it."""

    # Articles

    def side(self, id: ArticleId) -> Side:
        """The article as it is compared: with its names, as the corpus decided them, and without boilerplate.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        from tui.stories.values import Side

        return Side(self.article(id), id, self.mentions(id), boilerplate=self.boilerplate(id))

    def boilerplate(self, id: ArticleId) -> frozenset[int]:
        """The paragraphs of the article that its source repeats on others.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        number = self._store.number_of(id)
        return self._articles.repeated.of([number]).get(number, frozenset())

    def reprints_of(self, id: ArticleId) -> tuple[ArticleId, ...]:
        """The articles that print this one's text, itself among them, the fullest first; none where it is alone.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        return self._stories.reprints(self._store.number_of(id))

    def order(self, id: ArticleId) -> Order:
        """In which order the article's paragraphs were likely written, and how sure that is. For a worker.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        from tui.stories.order import MOST_REPRINTS, likely_order
        from tui.stories.values import Side

        reprints = []
        for other in self.reprints_of(id)[: MOST_REPRINTS + 1]:
            if other != id:
                with suppress(NoSuchArticle):  # it went just now
                    reprints.append(Side(self.article(other), other, boilerplate=self.boilerplate(other)))
        return likely_order(self.article(id), self.mentions(id), self.boilerplate(id), reprints)

    def compare(
        self, left: ArticleId, right: ArticleId, cancelled: Callable[[], bool] | None = None
    ) -> Comparison:
        """Two articles, sentence by sentence. For a worker.

        Args:
            left: One article.
            right: The other.
            cancelled: Asked now and then whether to stop; what is answered then is of no use.

        Raises:
            NoSuchArticle: There is none with one of these ids.
        """
        from tui.stories.comparison import compare

        return compare(self.side(left), self.side(right), cancelled)

    # Stories

    def story(self, id: StoryId) -> Story:
        """The story with this id, or that the one with this id became part of.

        Raises:
            NoSuchStory: There is none.
        """
        with self._store.snapshot() as connection:
            return self._stories.story(connection, self._stories.find(connection, id))

    def story_of(self, id: ArticleId) -> StoryId | None:
        """The story that the article is in; None where nobody else reports it.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        (hit,) = self._store.rows([self._store.number_of(id)]) or (None,)
        found = self._stories.of_articles([hit.id]).get(hit.id) if hit is not None else None
        return found.story if found is not None else None

    def stories_of(self, ids: Collection[ArticleId]) -> dict[ArticleId, InStory]:
        """How these articles stand among others, in a millisecond for a page; those in no story are left out."""
        return self._stories.of_articles(ids)

    def stories(
        self,
        query: str | None = None,
        *,
        limit: int = 50,
        offset: int = 0,
        order: StoryOrder = "newest",
        cancelled: Callable[[], bool] | None = None,
    ) -> list[Story]:
        """Stories, all or those that have a hit of a query.

        Args:
            query: In the query language; the empty one finds all, too.
            limit: How many at most.
            offset: How many to pass over.
            order: Those with the latest article first; or those with most articles, of a query with most hits.
            cancelled: Asked now and then whether to stop.

        Raises:
            SearchCancelled: `cancelled` said so.
        """
        return self._articles.story_lists.listed(order, limit, offset, self._hits(query, cancelled))

    def story_count(self, query: str | None = None, *, cancelled: Callable[[], bool] | None = None) -> int:
        """How many stories there are, all or those that have a hit of a query.

        Raises:
            SearchCancelled: `cancelled` said so.
        """
        return self._articles.story_lists.count(self._hits(query, cancelled))

    def _hits(self, query: str | None, cancelled: Callable[[], bool] | None) -> NDArray[np.uint32] | None:
        if query is None or not query.strip():
            return None
        return self.search(query, sort="newest", cancelled=cancelled).members(cancelled)

    def stories_named(self, text: str, limit: int = 8) -> list[tuple[StoryId, str, int]]:
        """(id, title, articles) of stories whose title has words that begin so, the largest first."""
        return self._articles.story_lists.named(text, limit)

    def story_ids_beginning(self, beginning: str, limit: int = 10) -> list[StoryId]:
        """Ids of stories that begin so, ascending."""
        with self._store.snapshot() as connection:
            return self._stories.beginning(connection, beginning, limit)

    def timeline_of_story(self, id: StoryId) -> Timeline:
        """When the story's articles are from, and its bursts. For a worker.

        Raises:
            NoSuchStory: There is none with this id.
        """
        return self.timeline_of_articles(self.story(id).articles)

    def matrix(
        self,
        id: StoryId,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Matrix:
        """Who told what of a story, made once and then remembered. For a worker.

        Of articles by which one source prints one text, the fullest alone takes part.

        Args:
            id: The story.
            progress: Told how many reports of how many are done.
            cancelled: Asked now and then whether to stop; what is answered then is of no use.

        Raises:
            NoSuchStory: There is none with this id.
        """
        with self._store.snapshot() as connection:
            found = self._stories.find(connection, id)
            reports = self._stories.reports(connection, found)
            reprints = self._stories.story(connection, found).reprints
        depends_on = self._store.generation, self.desk.edits()
        return self._coverage.matrix(reports, reprints, depends_on, progress, cancelled)

    @property
    def _stories(self) -> Stories:
        return self._articles.stories

    @cached_property
    def _coverage(self) -> Coverage:
        from tui.corpus.coverage import Coverage

        return Coverage(self.side)

    # What the reader puts right about stories: kept on the desk, and there from now on in every answer.

    def split_story(self, id: StoryId, articles: Collection[ArticleId]) -> StoryId:
        """These articles of a story are a story of their own, whose id is answered.

        Raises:
            NoSuchStory: There is none with this id.
            UsageError: None of these articles is in the story, or all are.
        """
        return self._story_editing.split(id, articles)

    def merge_stories(self, ids: Sequence[StoryId], into: StoryId) -> StoryId:
        """These stories are one with `into`, whose id now is answered.

        Raises:
            NoSuchStory: There is none with one of these ids.
        """
        return self._story_editing.merge(ids, into)

    def name_story(self, id: StoryId, name: str) -> None:
        """The story has this title; with an empty one it has its own again.

        Raises:
            NoSuchStory: There is none with this id.
        """
        self._story_editing.name(id, name)

    def undo_story_edit(self) -> str | None:
        """Take the last edit of stories back, and say in words what it was; None where there is none."""
        return self._story_editing.undo()

    def story_edits(self) -> list[NameEdit]:
        """What the reader put right about stories, the newest edit first."""
        return self._story_editing.edits()

    @cached_property
    def _story_editing(self) -> StoryEditing:
        from tui.corpus.story_editing import StoryEditing

        return StoryEditing(self._stories, self._store, self.desk)
