"""What the reader puts right about stories: kept by the articles' ids, so that it outlasts whatever is decided anew.

A story's id may go to another story tomorrow; which articles tell one event does not change. So an edit says of
articles that they are one story, or that they are another one than others; what that comes to is worked out against
whatever the corpus decides (`tui.corpus.story_overlay`).
"""

from __future__ import annotations

import json
from typing import NamedTuple, cast

from tui.article import ArticleId
from tui.stories.values import StoryId

MOST_ARTICLES = 2_000
"""Articles of a story that an edit names at most where they are only to know it again by."""


class Split(NamedTuple):
    """These articles are a story of their own, apart from others."""

    id: StoryId
    """Of the new story."""
    articles: tuple[ArticleId, ...]
    others: tuple[ArticleId, ...]


class Merge(NamedTuple):
    """These stories, each by its articles, are one: the last one."""

    id: StoryId
    """Of the last one, when they were merged."""
    stories: tuple[tuple[ArticleId, ...], ...]


class Name(NamedTuple):
    """The story of these articles has this title; by an empty one it has its own again."""

    articles: tuple[ArticleId, ...]
    name: str


AnEdit = Split | Merge | Name


def encoded(edit: AnEdit) -> str:
    """The edit as JSON: an object with one member, whose name says what was done."""
    return json.dumps({type(edit).__name__.lower(): edit}, ensure_ascii=False)


def decoded(content: str) -> AnEdit | None:
    """The edit that `encoded` wrote; None for one of a later Broadsheet, or a damaged one."""
    try:
        ((kind, values),) = json.loads(content).items()
        match kind, values:
            case "split", [id, articles, others]:
                return Split(StoryId(str(id)), _ids(articles), _ids(others))
            case "merge", [id, stories] if isinstance(stories, list):
                return Merge(StoryId(str(id)), tuple(map(_ids, stories)))
            case "name", [articles, name]:
                return Name(_ids(articles), str(name))
    except (ValueError, TypeError, AttributeError):
        pass  # the desk may be a later Broadsheet's, or damaged: its other edits still count
    return None


def _ids(values: object) -> tuple[ArticleId, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("not a list of ids")
    return tuple(map(ArticleId, cast("list[str]", values)))
