"""The index as everybody else holds it: one object that answers queries on the latest generation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.article import Article, Span
from tui.errors import CorpusDamaged, SearchCancelled
from tui.index.articles import ArticleSource
from tui.index.complete import Completer, Completion
from tui.index.decided import Decided
from tui.index.evaluate import Evaluator
from tui.index.facets import counted
from tui.index.marks import Marker
from tui.index.memory import keep_freed_memory
from tui.index.parser import ParsedQuery, parse
from tui.index.ranking import Ranking
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
        self._decided: tuple[int, Decided] | None = None
        self._completer: Completer | None = None
        keep_freed_memory()
        self._snapshot = self._open(None)

    @classmethod
    def open(cls, directory: Path, articles: ArticleSource) -> Index:
        """The index in that directory, as of its last commit."""
        return cls(directory, articles)

    def _open(self, before: Snapshot | None) -> Snapshot:
        try:
            return Snapshot(self._directory, self._stemmer, before)
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
        return self._snapshot.live_count

    def refresh(self) -> bool:
        """Go on to the last commit; True where there was a newer one. Every search does so first: it costs .03 ms.

        While its directory can't be reached, the open generation goes on being the answer; an index that is made anew
        is seen to grow.
        """
        latest = latest_generation(self._directory)
        if latest < 0 or latest == self._snapshot.generation:
            return False
        self._snapshot = self._open(self._snapshot)
        return True

    def close(self) -> None:
        """Let go of the index's files, as soon as no search and no `Results` needs them."""
        with self._lock:
            self._decided = None

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
            ranking = Ranking(evaluator, evaluator.plan(asked.tree), sort)
        except (IndexError, ValueError, KeyError, MemoryError) as error:
            raise CorpusDamaged(f"the index in {self._directory} is damaged ({error}): rebuild it") from error
        suggestion = None
        if not ranking.total or len(asked.words) > 1 or asked.unknown:
            suggestion = corrected(asked, evaluator.gather, self._articles)
        evaluator.gather.listen(
            _never
        )  # the search is answered: what is asked of its results is another's to cancel
        marker = Marker(asked.tree, self._tokenizer, self._stemmer, self._articles)

        def load(numbers: NDArray[np.uint32], scores: NDArray[Any] | None) -> list[Hit]:
            return self._load(numbers, scores, marker)

        def count(cancelled: Callable[[], bool] | None) -> Facets:
            def check() -> None:
                if cancelled is not None and cancelled():
                    raise SearchCancelled("nobody waits for these counts any more")

            return counted(ranking.documents(), self._articles, self._decisions(), check)

        return Results(
            query, (time.perf_counter() - began) * 1000, ranking, load, count, sort=sort,
            corrected=suggestion, notes=tuple(dict.fromkeys(notes)), generation=snapshot.generation,
        )  # fmt: skip

    def _decisions(self) -> Decided:
        """What is decided on entities by now."""
        generation, canonical = self._articles.generation, self._articles.canonical()
        with self._lock:
            known = self._decided
            if known is None or known[0] != generation or known[1].canonical is not canonical:
                known = self._decided = (
                    generation,
                    Decided(canonical, self._articles.entity_kinds(), self._articles.told_by_text()),
                )
            return known[1]

    def _load(self, numbers: NDArray[np.uint32], scores: NDArray[Any] | None, marker: Marker) -> list[Hit]:
        wanted = numbers.tolist()
        score_of = {} if scores is None else dict(zip(wanted, scores.tolist(), strict=True))
        texts, boilerplate = self._articles.texts(wanted), self._articles.boilerplate(wanted)
        return [
            illustrate(
                hit, texts[hit.number], marker, score_of.get(hit.number), boilerplate.get(hit.number, ())
            )
            for hit in self._articles.rows(wanted)
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
        boilerplate = self._articles.boilerplate([number]).get(number, ())
        return related(self._snapshot, self._tokenizer, article, boilerplate, number, limit)

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
        return np.sort(self._snapshot.live_numbers())
