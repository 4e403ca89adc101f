"""The corpus's index, opened with the first question that needs it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.article import Article, Span
from tui.corpus.columns import StoreArticles
from tui.corpus.locate import Place, shown
from tui.errors import BroadsheetError, CorpusBusy, CorpusDamaged
from tui.index.results import Results, Sort

if TYPE_CHECKING:
    from tui.index.complete import Completion
    from tui.index.search import Index


class Searching:
    """What needs the index."""

    def __init__(self, place: Place, articles: StoreArticles) -> None:
        self._place = place
        self._articles = articles
        self._lock = threading.Lock()
        self._index: Index | None = None

    def close(self) -> None:
        """Let go of the index's files."""
        with self._lock:
            index, self._index = self._index, None
        if index is not None:
            index.close()

    def search(
        self, query: str, *, sort: Sort, typing: bool, cancelled: Callable[[], bool] | None
    ) -> Results:
        """As `Corpus.search`."""
        return self._opened().search(query, sort=sort, typing=typing, cancelled=cancelled)

    def matches(self, query: str, article: Article, typing: bool) -> list[Span]:
        """As `Corpus.matches`."""
        return self._opened().matches(query, article, typing)

    def related(self, number: int, limit: int) -> list[int]:
        """Numbers of the articles nearest to this one."""
        return [int(near) for near, _score in self._opened().related(number, limit)]

    def complete(self, query: str, cursor: int, limit: int) -> list[Completion]:
        """As `Corpus.complete`."""
        return self._opened().complete(query, cursor, limit)

    def _opened(self) -> Index:
        """The index, as of its last commit.

        Raises:
            BroadsheetError: There is none that can be used.
        """
        with self._lock:
            try:
                if self._index is None:
                    self._index = self._open()
                else:
                    self._index.refresh()
            except OSError as error:
                raise BroadsheetError(
                    f"Can't read the index in {shown(self._place.index)} ({error.strerror or error}):"
                    " `broadsheet doctor` looks what is wrong"
                ) from error
            return self._index

    def _open(self) -> Index:
        from tui.index.distribution import check_whoosh

        check_whoosh()
        from tui.corpus.lock import is_locked
        from tui.index.search import Index
        from tui.index.toc import latest_generation

        if latest_generation(self._place.index) < 0:
            if is_locked(self._place):
                raise CorpusBusy(f"{self._place.name} is being indexed for the first time: try again soon")
            raise CorpusDamaged(f"There is no index of {self._place.name}: `broadsheet index` makes it")
        return Index.open(self._place.index, self._articles)
