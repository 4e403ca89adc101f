"""The corpus as everyone holds it: articles, names and searches, without a word of SQLite or Whoosh.

What only a later question needs is imported by the method that asks it: the first frame waits for this module.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.article import Article, ArticleId, Span
from tui.corpus.columns import StoreArticles
from tui.corpus.desk import Desk
from tui.corpus.locate import Place, require_corpus
from tui.corpus.name_answers import NameAnswers
from tui.corpus.searching import Searching
from tui.corpus.store import Store
from tui.corpus.story_answers import StoryAnswers
from tui.errors import BroadsheetError, CorpusBusy, NoSuchArticle
from tui.index.results import Hit, Results, Sort

if TYPE_CHECKING:
    from tui.corpus.values import Failure, Overview
    from tui.index.complete import Completion


class Corpus(NameAnswers, StoryAnswers):
    """A corpus that is open for reading. Its methods may be called from any thread.

    Nothing but the desk is ever written. While another process indexes, answers are those of its last commit.
    """

    def __init__(self, place: Place, store: Store) -> None:
        """Use `Corpus.open`."""
        self.place = place
        self.name = place.name
        """What to call it: the name of its first folder."""
        self.uuid = place.uuid
        self.roots = place.roots
        """The folders that it is read from."""
        self.generation = store.generation
        """Goes up with every commit of an indexing run; as of `open` or the last `refresh`."""
        self.desk = Desk(place.uuid)
        """The reader's own things."""
        self._store = store
        self._articles = StoreArticles(store, self.desk)
        self._searching = Searching(place, self._articles)

    @classmethod
    def open(cls, path: Path | None = None, *, index_dir: Path | None = None) -> Corpus:
        """The corpus of a folder; of none, the environment's, the current folder's, or the sample data.

        Raises:
            NoSuchCorpus: That folder was never indexed.
            CorpusBusy: Its very first indexing has only just begun.
            BroadsheetError: The store can't be opened.
        """
        place = require_corpus(path, index_dir=index_dir)
        try:
            return cls(place, Store(place.store))
        except BroadsheetError as error:
            from tui.corpus.lock import is_locked
            from tui.corpus.schema import has_tables

            if is_locked(place) and not has_tables(place.store):
                raise CorpusBusy(
                    f"{place.name} is being indexed for the first time just now: try again soon"
                ) from error
            raise

    def close(self) -> None:
        """Write what the desk still holds, and let go of all files."""
        self.desk.close()
        self._searching.close()
        self._store.close()

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def refresh(self) -> bool:
        """Whether the corpus has moved on since it was opened or last asked; from now on `generation` says so too.

        Names and stories that another process put right count as well; they alone leave `generation` as it is.
        """
        generation = self._store.generation
        moved = generation != self.generation
        self.generation = generation
        return self.desk.refresh() or moved

    # From the store alone, and quick.

    def count(self) -> int:
        """How many articles there are."""
        return self._store.count()

    def newest(self, limit: int = 50, offset: int = 0) -> list[Hit]:
        """Articles from the newest day on, of one day the last read first, those without a date last.

        The snippet is the lead.
        """
        return self._store.newest(limit, offset)

    def article(self, id: ArticleId) -> Article:
        """The article with this id.

        Raises:
            NoSuchArticle: There is none.
        """
        return self._store.article(self._store.number_of(id))

    def hit(self, id: ArticleId) -> Hit:
        """The article with this id as a line of a list; the snippet is the lead.

        Raises:
            NoSuchArticle: There is none.
        """
        found = self._store.hits([self._store.number_of(id)])
        if not found:
            raise NoSuchArticle("That article has gone from the corpus")
        return found[0]

    def versions(self, id: ArticleId) -> list[Article]:
        """All that files say under this article's identity: the version in front, then the others.

        Raises:
            NoSuchArticle: There is none.
        """
        return self._store.versions(self._store.number_of(id))

    def ids_beginning(self, beginning: str, limit: int = 10) -> list[ArticleId]:
        """Ids of articles that begin so, ascending."""
        from tui.corpus.lookup import ids_beginning

        return ids_beginning(self._store, beginning, limit)

    def id_of_file(self, path: Path) -> ArticleId | None:
        """The id of the article that was read from this file; None where the corpus has none from it."""
        from tui.corpus.lookup import id_of_file

        return id_of_file(self._store, path)

    def overview(self) -> Overview:
        """What the corpus holds, at a glance."""
        from tui.corpus.overview import overview_of

        return overview_of(self._store, lambda type, limit: self.entities(type=type, limit=limit))

    def failures(self, limit: int = 1_000, offset: int = 0) -> list[Failure]:
        """Files that were not taken, and why."""
        return self._store.failures(limit, offset)

    # Through the index.

    def search(
        self,
        query: str,
        *,
        sort: Sort = "relevance",
        typing: bool = False,
        cancelled: Callable[[], bool] | None = None,
    ) -> Results:
        """What a query finds. The empty query finds everything, newest first.

        Args:
            query: In the query language; whatever it is, it doesn't fail.
            sort: The order.
            typing: Whether the last word may be only begun.
            cancelled: Asked now and then whether to stop.

        Raises:
            SearchCancelled: `cancelled` said so.
            BroadsheetError: There is no index that can be used.
        """
        return self._searching.search(query, sort=sort, typing=typing, cancelled=cancelled)

    def matches(self, query: str, id: ArticleId, typing: bool = False) -> list[Span]:
        """Where a query's words stand in an article's title and text, in reading order.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        return self._searching.matches(query, self.article(id), typing)

    def find(self, article: Article, text: str) -> list[Span]:
        """Where in an article these very characters stand, without regard to case, accents and apostrophes."""
        from tui.index.find import find_in

        return find_in(article, text)

    def common_words(self, articles: Sequence[Article], *, shared: bool) -> list[list[Span]]:
        """For each article, the words that all others have too, or (`shared` False) that no other has."""
        from tui.index.common_words import common_words

        return common_words(articles, shared=shared)

    def related(self, id: ArticleId, limit: int = 10) -> list[Hit]:
        """Articles on the same matter, the nearest first; the snippet is the lead.

        Raises:
            NoSuchArticle: There is none with this id.
        """
        return self._store.hits(self._searching.related(self._store.number_of(id), limit))

    def complete(self, query: str, cursor: int, limit: int = 8) -> list[Completion]:
        """How the word that ends at `cursor` may go on."""
        return self._searching.complete(query, cursor, limit)
