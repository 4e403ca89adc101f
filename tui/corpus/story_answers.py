"""What a corpus answers about articles set side by side, and about stories.

A part of `Corpus`, apart for its size. What only a later question needs is imported by the method that asks it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.article import Article, ArticleId, Mention

if TYPE_CHECKING:
    from tui.stories.values import Comparison, Side


class StoryAnswers:
    """What a corpus answers about stories. Its methods may be called from any thread."""

    if TYPE_CHECKING:

        def article(self, id: ArticleId) -> Article:
            """As `Corpus` answers it."""

        def mentions(self, id: ArticleId) -> tuple[Mention, ...]:
            """As `NameAnswers` answers it."""

    def side(self, id: ArticleId) -> Side:
        """The article as it is compared: with its names, as the corpus decided them, and without boilerplate.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        from tui.stories.values import Side

        return Side(self.article(id), id, self.mentions(id))

    def boilerplate(self, id: ArticleId) -> frozenset[int]:
        """The paragraphs of an article that its site repeats.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        return self.side(id).boilerplate

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
