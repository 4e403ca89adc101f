"""Which words two articles have in common, and which only one of them has."""

from __future__ import annotations

from collections.abc import Sequence

from tui.article import TITLE, Article, Span
from tui.index.stems import Stemmer
from tui.index.tokens import Tokenizer

# Words so common that sharing them says nothing; the lists of a search engine would be longer than what is needed.
_EMPTY = frozenset(
    "a about after all also an and are as at be been before but by can could did do for from had has have he her his"
    " if in into is it its more not of on one or out over said say says she so some such than that the their them"
    " then there they this to two under up was we were what when which who will with would you"
    .split()
)  # fmt: skip


def common_words(articles: Sequence[Article], *, shared: bool) -> list[list[Span]]:
    """The words to mark in each article.

    Words are compared by their stems, so that `submitted` and `submits` are one; articles, pronouns and the like
    take no part.

    Args:
        articles: two or more.
        shared: True for the words that every other article has too, False for those that no other has.

    Returns:
        For each article its spans, in the order of its text.
    """
    tokenizer, stemmer = Tokenizer(), Stemmer()
    words = [_words(article, tokenizer, stemmer) for article in articles]
    stems = [{stem for _, stem in found if stem} for found in words]
    marked: list[list[Span]] = []
    for at, found in enumerate(words):
        others = [stems[other] for other in range(len(articles)) if other != at]
        wanted = stems[at].intersection(*others) if shared else stems[at].difference(*others)
        marked.append([span for span, stem in found if stem in wanted])
    return marked


def _words(article: Article, tokenizer: Tokenizer, stemmer: Stemmer) -> list[tuple[Span, str]]:
    """Each word's span and stem; the stem of an empty word is empty."""
    found = []
    for paragraph in range(TITLE, len(article.paragraphs)):
        for occurrence in tokenizer.occurrences(article.text_of(paragraph)):
            surface = occurrence.surface
            stem = "" if surface in _EMPTY else stemmer.stem(surface, article.language)
            found.append((Span(paragraph, occurrence.start, occurrence.end), stem))
    return found
