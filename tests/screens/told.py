"""Stories told of the sample data by hand, with times of day: as if its archive had them."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tui.article import Article, ArticleId
from tui.corpus import Corpus
from tui.corpus.values import Timeline
from tui.errors import NoSuchStory
from tui.stories.matrix import coverage_of
from tui.stories.values import Matrix, Story, StoryId

DRAFTS = StoryId("00000000000000d0")
GENEVA = StoryId("00000000000000d1")
CALL = StoryId("00000000000000d2")


class Told:
    """Three stories that go on from one another, in the place of what a corpus decided.

    Attributes:
        stories: by id; a test may put in others.
        made: how often a matrix was made.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._article = corpus.article
        self.articles: dict[ArticleId, Article] = {}
        self.made = 0
        self.edits: list[tuple[Any, ...]] = []
        days = {hit.id: (hit.date, hit.source or "") for hit in corpus.newest(1_000)}
        in_time = sorted((date, source, id) for id, (date, source) in days.items() if date is not None)

        def between(first: datetime.date, last: datetime.date, word: str) -> list[ArticleId]:
            found = [id for date, _, id in in_time if first <= date <= last]
            return [id for id in found if word in " ".join(self._article(id).paragraphs)]

        december = datetime.date(2021, 12, 16)
        drafts = between(december, datetime.date(2021, 12, 19), "draft")
        for at, id in enumerate(drafts):
            article = self._article(id)
            if article.date == december:
                moment = datetime.datetime(2021, 12, 16, 7 + at // 2, 10 + 17 * at % 45, tzinfo=datetime.UTC)
                self.articles[id] = dataclasses.replace(article, published=moment)
        drafts.sort(key=lambda id: (self.article(id).date, self._moment(id)))
        geneva = between(datetime.date(2022, 1, 10), datetime.date(2022, 1, 12), "Geneva")
        call = between(datetime.date(2021, 12, 7), datetime.date(2021, 12, 8), "Putin")
        self.stories = {
            DRAFTS: self._story(
                DRAFTS, "Moscow hands over draft treaties", drafts, (drafts[2], drafts[0], drafts[4])
            )._replace(earlier=(CALL,), later=(GENEVA,)),
            GENEVA: self._story(GENEVA, "Talks in Geneva", geneva)._replace(earlier=(DRAFTS,)),
            CALL: self._story(CALL, "Two hours by video link", call)._replace(later=(DRAFTS,)),
        }

    def _moment(self, id: ArticleId) -> datetime.datetime:
        return self.article(id).published or datetime.datetime.max.replace(tzinfo=datetime.UTC)

    def _story(
        self, id: StoryId, title: str, articles: Sequence[ArticleId], *reprints: tuple[ArticleId, ...]
    ) -> Story:
        days = [day for one in articles if (day := self.article(one).date) is not None]
        sources = len({self.article(one).source for one in articles})
        return Story(id, title, min(days), max(days), tuple(articles), sources, reprints)

    # What the corpus would answer

    def article(self, id: ArticleId) -> Article:
        return self.articles.get(id) or self._article(id)

    def story(self, id: StoryId) -> Story:
        if id not in self.stories:
            raise NoSuchStory("That story has gone")
        return self.stories[id]

    def story_of(self, id: ArticleId) -> StoryId | None:
        return next((story.id for story in self.stories.values() if id in story.articles), None)

    def all_stories(
        self,
        query: str | None = None,
        *,
        limit: int = 50,
        offset: int = 0,
        order: str = "newest",
        cancelled: object = None,
    ) -> list[Story]:
        by_day = sorted(
            self.stories.values(), key=lambda story: story.last or datetime.date.min, reverse=True
        )
        if order == "largest":
            by_day.sort(key=lambda story: -len(story.articles))
        return by_day[offset : offset + limit]

    def stories_named(self, text: str, limit: int = 8) -> list[tuple[StoryId, str, int]]:
        return [
            (story.id, story.title, len(story.articles))
            for story in self.stories.values()
            if text.casefold() in story.title.casefold()
        ]

    def matrix(
        self,
        id: StoryId,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Matrix:
        self.made += 1
        return coverage_of([self.corpus.side(one) for one in self.story(id).articles], progress, cancelled)

    def timeline(self, id: StoryId) -> Timeline:
        days = Counter(self.article(one).date for one in self.story(id).articles)
        undated = days.pop(None, 0)
        return Timeline(tuple(sorted((day, n) for day, n in days.items() if day is not None)), undated, ())

    # Edits, remembered and carried out

    def merge(self, ids: Iterable[StoryId], into: StoryId) -> StoryId:
        others = list(ids)
        self.edits.append(("merge", others, into))
        articles = [
            *self.stories[into].articles,
            *(a for id in others for a in self.stories.pop(id).articles),
        ]
        self.stories[into] = self._story(into, self.stories[into].title, articles)
        return into

    def split(self, id: StoryId, articles: Sequence[ArticleId]) -> StoryId:
        self.edits.append(("split", id, tuple(articles)))
        kept = [one for one in self.stories[id].articles if one not in articles]
        self.stories[id] = self._story(id, self.stories[id].title, kept)
        new = StoryId("00000000000000d9")
        self.stories[new] = self._story(new, "Split off", articles)
        return new

    def name(self, id: StoryId, name: str) -> None:
        self.edits.append(("name", id, name))
        self.stories[id] = self.stories[id]._replace(title=name)

    def undo(self) -> str | None:
        return "the title" if self.edits else None


def tell(corpus: Corpus) -> Told:
    """Let a corpus answer these stories."""
    told = Told(corpus)
    answers = {
        "article": told.article,
        "story": told.story,
        "story_of": told.story_of,
        "stories": told.all_stories,
        "story_count": lambda query=None, cancelled=None: len(told.stories),
        "stories_named": told.stories_named,
        "matrix": told.matrix,
        "timeline_of_story": told.timeline,
        "merge_stories": told.merge,
        "split_story": told.split,
        "name_story": told.name,
        "undo_story_edit": told.undo,
    }
    for name, answer in answers.items():
        setattr(corpus, name, answer)
    return told
