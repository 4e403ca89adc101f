"""Find the article that the person at the prompt means: by id, by the beginning of one, or by its file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.article import ArticleId
from tui.errors import BroadsheetError, NoSuchArticle, NoSuchStory, UsageError

if TYPE_CHECKING:
    from tui.article import Article, Mention
    from tui.corpus import Corpus
    from tui.stories.values import Story

_ID = re.compile(r"[0-9a-f]{1,16}")
ID_LENGTH = 16
LISTED = 5
"""How many ids are listed where a beginning is of more than one."""
NEAR = 4
"""Digits that an id must share with an unknown one to be suggested in its place."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was meant, and what is known of it."""

    id: ArticleId | None
    """None for a file outside the corpus."""
    article: Article
    mentions: tuple[Mention, ...]


def find_article(corpus: Corpus, name: str) -> Found:
    """The article with this id, or this beginning of an id, or in this file.

    A file that the corpus doesn't hold is read all the same; its mentions are of no entity then.

    Raises:
        NoSuchArticle: There is none.
        UsageError: The beginning is of more than one.
        BroadsheetError: The file is no article, or can't be read.
    """
    if _ID.fullmatch(name.lower()):
        return _in_corpus(corpus, _id_beginning(corpus, name.lower()))
    path = Path(name)
    if not path.is_file():
        raise NoSuchArticle(f"There is no article {name!r}, and no file: `broadsheet search` prints ids")
    id = corpus.id_of_file(path)
    return _outside(path) if id is None else _in_corpus(corpus, id)


def _id_beginning(corpus: Corpus, beginning: str) -> ArticleId:
    ids = (
        [ArticleId(beginning)] if len(beginning) == ID_LENGTH else corpus.ids_beginning(beginning, LISTED + 1)
    )
    if len(ids) == 1:
        return ids[0]
    if ids:
        more = ", …" if len(ids) > LISTED else ""
        raise UsageError(
            f"More than one article's id begins with {beginning}: {', '.join(ids[:LISTED])}{more}"
        )
    raise NoSuchArticle(f"No article's id begins with {beginning}{_suggestion(corpus, beginning)}")


def _in_corpus(corpus: Corpus, id: ArticleId) -> Found:
    try:
        return Found(id, corpus.article(id), corpus.mentions(id))
    except NoSuchArticle as error:
        raise NoSuchArticle(f"{error}{_suggestion(corpus, id)}") from None


def find_story(corpus: Corpus, name: str) -> Story:
    """The story with this id, or this beginning of an id, or that the article with this id or in this file is part of.

    Raises:
        NoSuchStory: There is none, or the article is in none.
        NoSuchArticle: There is neither such a story nor such an article.
        UsageError: The beginning is of more than one.
    """
    beginning = name.lower()
    if _ID.fullmatch(beginning):
        ids = corpus.story_ids_beginning(beginning, LISTED + 1)
        if len(ids) > 1:
            more = ", …" if len(ids) > LISTED else ""
            raise UsageError(
                f"More than one story's id begins with {beginning}: {', '.join(ids[:LISTED])}{more}"
            )
        if ids:
            return corpus.story(ids[0])
    article = _id_beginning(corpus, beginning) if _ID.fullmatch(beginning) else corpus.id_of_file(Path(name))
    if article is None:
        raise NoSuchStory(f"There is no story {name!r}: `broadsheet stories` prints ids")
    id = corpus.story_of(article)
    if id is None:
        raise NoSuchStory(f"No other article of this corpus tells of what article {article} tells")
    return corpus.story(id)


def _suggestion(corpus: Corpus, id: str) -> str:
    """The id that has the longest beginning in common with this one, if that is long enough to be meant."""
    for length in range(len(id) - 1, NEAR - 1, -1):
        near = corpus.ids_beginning(id[:length], 1)
        if near:
            return f"; did you mean {near[0]}?"
    return ""


def _outside(path: Path) -> Found:
    from tui.article import Mention
    from tui.commands.recognising import chosen_recogniser, load_recogniser
    from tui.entities import recognise_article
    from tui.sources import NotAnArticle, read_article

    try:
        article = read_article(path).article
    except NotAnArticle as error:
        raise BroadsheetError(f"{path} is not an article: {error.reason}") from None
    named = recognise_article(article, load_recogniser(chosen_recogniser(), missing_too=True))
    return Found(None, article, tuple(Mention(*mention[:5]) for mention in named))
