"""What a search answers: values only, made by `tui.index.search`, read by screens and commands."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from tui.article import ArticleId, ArticleNumber
from tui.errors import SearchCancelled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")

FacetName = Literal["source", "person", "organisation", "place"]
FACETS: tuple[FacetName, ...] = ("source", "person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that a query found, as far as a line or two of a list shows it."""

    number: ArticleNumber
    id: ArticleId
    title: str
    date: datetime.date | None
    source: str | None
    url: str | None
    score: float | None = None
    """None where the order is not by relevance."""
    snippet: str = ""
    """The passage that answers the query best; the lead where the query marks nothing."""
    matches: tuple[tuple[int, int], ...] = ()
    """`[start, end)` in the snippet, in order, not overlapping."""
    title_matches: tuple[tuple[int, int], ...] = ()
    """`[start, end)` in the title."""
    found: int = 0
    """How many places in title and text the query matches."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How a query's hits divide."""

    source: tuple[tuple[str, int], ...] = ()
    """(value, articles), most first."""
    person: tuple[tuple[str, int], ...] = ()
    organisation: tuple[tuple[str, int], ...] = ()
    place: tuple[tuple[str, int], ...] = ()
    month: tuple[tuple[str, int], ...] = ()
    """("YYYY-MM", articles), in time, months without articles between the first and the last included."""


class Order(Protocol):
    """The articles that were found, in order: `tui.index.ranking`."""

    total: int

    def numbers(self, offset: int, limit: int) -> NDArray[np.uint32]:
        """The articles from `offset` on."""

    def scores(self, offset: int, limit: int) -> NDArray[np.float64] | None:
        """Their scores; None where the order is not by relevance."""

    def members(self, check: Callable[[], None]) -> NDArray[np.uint32]:
        """All articles, in no order."""

    def place(self, number: int) -> int | None:
        """Where an article stands."""


@dataclass(eq=False)
class Results:
    """The answer to one query, of one index generation. Safe to share between threads."""

    query: str
    took_ms: float
    _order: Order = field(repr=False)
    _load: Callable[[NDArray[np.uint32], NDArray[np.float64] | None], list[Hit]] = field(repr=False)
    """Hits of these articles, of these scores, snippets made."""
    _count: Callable[[Callable[[], bool] | None], Facets] = field(repr=False)
    sort: Sort = "relevance"
    corrected: str | None = None
    """Did you mean: the query with the words that nothing matches replaced; None where all is well."""
    notes: tuple[str, ...] = ()
    """What in the query was not understood, in words for its writer."""
    generation: int = 0
    _facets: Facets | None = field(default=None, init=False, repr=False)

    @property
    def total(self) -> int:
        """How many articles were found, exactly."""
        return self._order.total

    def page(self, offset: int = 0, limit: int = 50) -> list[Hit]:
        """The hits from `offset` on, at most `limit`; an article that has gone since is left out."""
        return self._load(self._order.numbers(offset, limit), self._order.scores(offset, limit))

    def numbers(self, offset: int = 0, limit: int = 50) -> NDArray[np.uint32]:
        """The numbers of the articles from `offset` on in the order asked for, at most `limit`, gone or not.

        The first 500 are there; what is further down is put in order when it is first asked for.
        """
        return self._order.numbers(offset, limit)

    def place(self, number: int) -> int | None:
        """Where an article stands in the order; None where it doesn't. Slow enough for a worker."""
        return self._order.place(number)

    def facets(self, cancelled: Callable[[], bool] | None = None) -> Facets:
        """How the hits divide: counted when first asked for, then remembered. Slow enough for a worker.

        Raises:
            SearchCancelled: `cancelled` said so.
        """
        if self._facets is None:
            self._facets = self._count(cancelled)
        return self._facets

    def members(self, cancelled: Callable[[], bool] | None = None) -> NDArray[np.uint32]:
        """The numbers of all hits, in no order, gone or not, shape (total,). Slow enough for a worker.

        Raises:
            SearchCancelled: `cancelled` said so.
        """

        def check() -> None:
            if cancelled is not None and cancelled():
                raise SearchCancelled("nobody waits for these articles any more")

        return self._order.members(check)

    @property
    def order(self) -> NDArray[np.uint32]:
        """The numbers of all hits in the order asked for, shape (total,). Slow where there are many."""
        return self._order.numbers(0, self.total)
