"""The index as everybody else holds it: one object that answers queries on the latest generation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.article import Article, Span
from tui.errors import CorpusDamaged
from tui.index.articles import ArticleSource
from tui.index.complete import Completer, Completion
from tui.index.evaluate import Evaluator, Found
from tui.index.facets import Counter
from tui.index.marks import Marker
from tui.index.parser import ParsedQuery, parse
from tui.index.related import related
from tui.index.results import Facets, Hit, Results, Sort
from tui.index.snapshot import Snapshot
from tui.index.snippets import illustrate
from tui.index.stems import Stemmer
from tui.index.suggest import corrected
from tui.index.toc import latest_generation
from tui.index.tokens import Tokenizer


def _never() -> bool:
    return False


class Index:
    """Answers queries. Safe to share between threads.

    Args:
        directory: where `IndexWriter` wrote.
        articles: the store.

    Raises:
        CorpusDamaged: there is no index, or what is there can't be read: build it anew.
    """

    def __init__(self, directory: Path, articles: ArticleSource) -> None:
        self._directory = directory
        self._articles = articles
        self._tokenizer = Tokenizer()
        self._stemmer = Stemmer()
        self._lock = threading.Lock()
        self._counter: tuple[int, Counter] | None = None
        self._completer: Completer | None = None
        self._snapshot = self._open()

    @classmethod
    def open(cls, directory: Path, articles: ArticleSource) -> Index:
        """The index in that directory, as of its last commit."""
        return cls(directory, articles)

    def _open(self) -> Snapshot:
        try:
            return Snapshot(self._directory, self._stemmer)
        except FileNotFoundError as error:
            raise CorpusDamaged(f"{error}: build it with `broadsheet index`") from error

    @property
    def sequence(self) -> int:
        """How far in the store's change log the open generation came."""
        return self._snapshot.sequence

    @property
    def generation(self) -> int:
        """Which commit is open."""
        return self._snapshot.generation

    @property
    def count(self) -> int:
        """How many articles the open generation holds."""
        live = self._snapshot.live
        return self._snapshot.count if live is None else int(live.sum())

    def refresh(self) -> bool:
        """Go on to the last commit; True where there was a newer one. Every search does so first: it costs .03 ms.

        While an index is made anew, or its directory can't be reached, the open generation goes on being the answer.
        """
        latest = latest_generation(self._directory)
        if latest < 0 or latest == self._snapshot.generation:
            return False
        self._snapshot = self._open()
        return True

    def close(self) -> None:
        """Let go of the index's files, as soon as no search and no `Results` needs them."""
        with self._lock:
            self._counter = None

    # Searching

    def parse(self, query: str, *, typing: bool = False) -> ParsedQuery:
        """What the query asks, with notes on what was not understood."""
        return parse(query, self._tokenizer, self._articles, typing=typing)

    def search(
        self,
        query: str,
        *,
        sort: Sort = "relevance",
        typing: bool = False,
        cancelled: Callable[[], bool] | None = None,
    ) -> Results:
        """All articles that the query finds.

        Args:
            query: anything; what can't be understood is left out, and the notes say so.
            sort: `relevance` has no meaning for a query without words: then newest first.
            typing: whether the last word may still be growing: it matches as a prefix too.
            cancelled: asked every few milliseconds; where it says so, SearchCancelled is raised.

        Raises:
            SearchCancelled: see above.
            CorpusDamaged: the index's files hold what they can't.
        """
        began = time.perf_counter()
        self.refresh()
        snapshot = self._snapshot
        asked = self.parse(query, typing=typing)
        notes = list(asked.notes)
        evaluator = Evaluator(snapshot, cancelled or _never, notes.append)
        try:
            found = evaluator.answer(asked.tree)
        except (IndexError, ValueError, KeyError, MemoryError) as error:
            raise CorpusDamaged(f"the index in {self._directory} is damaged ({error}): rebuild it") from error
        evaluator.gather.check()
        order, scores = _ordered(snapshot, found, sort)
        evaluator.gather.check()
        suggestion = corrected(asked, evaluator.gather, self._articles) if not len(order) or len(asked.words) > 1 else None
        marker = Marker(asked.tree, self._tokenizer, self._stemmer, self._articles)

        def load(positions: Sequence[int]) -> list[Hit]:
            return self._load(order, scores, marker, positions)

        return Results(
            query, len(order), (time.perf_counter() - began) * 1000, order, load, self._count, sort=sort,
            corrected=suggestion, notes=tuple(dict.fromkeys(notes)), generation=snapshot.generation,
        )  # fmt: skip

    def _count(self, numbers: NDArray[np.uint32]) -> Facets:
        with self._lock:
            generation = self._articles.generation
            if self._counter is None or self._counter[0] != generation:
                self._counter = (generation, Counter(self._articles.columns()))
            counter = self._counter[1]
        return counter.facets(numbers)

    def _load(
        self,
        order: NDArray[np.uint32],
        scores: NDArray[np.float64] | None,
        marker: Marker,
        positions: Sequence[int],
    ) -> list[Hit]:
        wanted = [position for position in positions if 0 <= position < len(order)]
        numbers = [int(order[position]) for position in wanted]
        score_of: dict[int, float] = {}
        if scores is not None:
            score_of = {
                number: float(scores[position]) for number, position in zip(numbers, wanted, strict=True)
            }
        texts = self._articles.texts(numbers)
        return [
            illustrate(hit, texts[hit.number], marker, score_of.get(hit.number))
            for hit in self._articles.rows(numbers)
            if hit.number in texts
        ]

    # One article

    def matches(self, query: str, article: Article, typing: bool = False) -> list[Span]:
        """Where the query's words stand in the article, in order, not overlapping; paragraph -1 is the title."""
        tree = self.parse(query, typing=typing).tree
        return Marker(tree, self._tokenizer, self._stemmer, self._articles).spans(article)

    def related(self, number: int, limit: int = 10) -> list[tuple[int, float]]:
        """Numbers of the articles most like this one, best first, with how alike."""
        article = self._articles.texts([number]).get(number)
        if article is None:
            return []
        return related(self._snapshot, self._tokenizer, article, number, limit)

    # Typing

    def complete(self, query: str, cursor: int, limit: int = 8) -> list[Completion]:
        """What could stand where the cursor is: fields, their values, words of the corpus."""
        completer = self._completer
        if completer is None or completer.snapshot is not self._snapshot:
            completer = self._completer = Completer(self._snapshot, self._articles)
        return completer.complete(query, cursor, limit)

    # The doctor

    def damaged(self) -> list[str]:
        """What of the index's files is not as it was written, a line each. Reads them whole."""
        return [
            f"{segment.file.path.name}: {name} is damaged"
            for segment in self._snapshot.segments
            for name in segment.file.damaged()
        ]

    def numbers(self) -> NDArray[np.uint32]:
        """The articles that the index holds, ascending."""
        snapshot = self._snapshot
        numbers = snapshot.numbers if snapshot.live is None else snapshot.numbers[snapshot.live]
        return np.sort(numbers)


def _ordered(
    snapshot: Snapshot, found: Found, sort: Sort
) -> tuple[NDArray[np.uint32], NDArray[np.float64] | None]:
    """Article numbers in the order asked for, and their scores where they decide it.

    Equal scores, and all where nothing is scored, stand newest first; articles of one day by number, the later read
    first; undated ones last.
    """
    numbers, days = snapshot.numbers[found.docs], snapshot.days[found.docs].astype(np.int64)
    later_first = -numbers.astype(np.int64)
    if sort == "oldest":
        return numbers[np.lexsort((numbers, np.where(days > 0, days, np.iinfo(np.int64).max)))], None
    keys: list[Any] = [later_first, -days]
    if sort == "relevance" and found.scores is not None:
        order = np.lexsort((*keys, -found.scores))
        return numbers[order], found.scores[order]
    return numbers[np.lexsort(tuple(keys))], None
