"""Searching: the newest query wins, and its hits are fetched as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.timer import Timer

from tui.index.conditions import conditions_in
from tui.index.results import Facets, Hit, Results, Sort
from tui.screens.background import Background, Failed
from tui.screens.layout import LaidOutScreen, Parts
from tui.widgets.hit_list import CHUNK, HitList, Listing, row_height

if TYPE_CHECKING:
    from tui.article import ArticleId
    from tui.corpus import Corpus
    from tui.corpus.values import InStory
    from tui.settings import Settings

HITS_BETWEEN = 4
"""Hits that are illustrated before it is asked again whether anybody still wants them."""

LOOK_AHEAD_S = 0.15
"""How long after an answer the hits below those in view are fetched: longer than between two letters."""


class Answered(Message):
    """A search has its answer, with the first hits ready to draw."""

    def __init__(
        self, serial: int, results: Results, listing: Listing, hits: Mapping[int, Hit], selected: int
    ) -> None:
        super().__init__()
        self.serial = serial
        self.selected = selected
        self.results = results
        self.listing = listing
        self.hits = hits


class Divided(Message):
    """The hits of the search in view are counted by source, name and month."""

    def __init__(self, serial: int, facets: Facets) -> None:
        super().__init__()
        self.serial = serial
        self.facets = facets


class Fetched(Message):
    """Hits that came into view are there."""

    def __init__(self, listing: Listing, offset: int, limit: int, hits: Mapping[int, Hit]) -> None:
        super().__init__()
        self.listing = listing
        self.offset = offset
        self.limit = limit
        self.hits = hits


def listing_of(corpus: Corpus, results: Results) -> Listing:
    """A search's hits for the list: fetched by page, each where the order has it, with what stories they are of."""
    stories: dict[ArticleId, InStory] = {}

    def load(offset: int, limit: int) -> dict[int, Hit]:
        by_number = {number: at for at, number in enumerate(results.numbers(offset, limit).tolist(), offset)}
        hits = results.page(offset, limit)
        stories.update(corpus.stories_of([hit.id for hit in hits]))
        return {by_number[hit.number]: hit for hit in hits}

    return Listing(results.total, load, searched=bool(results.query.strip()), stories=stories)


def articles_text(articles: int) -> str:
    """`1 article`, `1,204 articles`."""
    return f"{articles:,} article{'s' if articles != 1 else ''}"


def milliseconds(results: Results) -> str:
    """How long the search took."""
    return f"{results.took_ms:.0f} ms"


def newest_listing(corpus: Corpus) -> Listing:
    """All articles, newest first, from the store alone: what the first frame shows, before the index is there."""

    def load(offset: int, limit: int) -> dict[int, Hit]:
        return dict(enumerate(corpus.newest(limit, offset), offset))

    return Listing(corpus.count(), load)


class SearchingScreen(LaidOutScreen):
    """The part of the reader that searches."""

    sort: Sort = "relevance"
    query_typed = ""
    """The query that the results in view are of."""
    typing = False
    """Whether its last word was taken as a prefix."""
    corrected: str | None = None
    articles = 0
    """How many articles the corpus has."""
    busy = ""
    """What goes on in the background, for the search line."""
    showing_related = False
    """Whether the list shows the articles like one article."""
    _serial = 0
    _answered = 0
    """The serial of the search whose answer is in view."""
    _answered_query = ""
    _results: Results | None = None
    """The search that the results in view are of."""
    _count_shown = ""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self.background = Background(self.post_message)

    def finish(self) -> None:
        """Give up what is under way; nobody waits for it."""
        self._serial += 1
        self.background.finish()
        super().finish()

    def show_newest(self) -> None:
        """The first frame: real titles, straight from the store."""
        listing = newest_listing(self.corpus)
        self.articles = listing.total
        self.results.show_listing(listing, {**listing.load(0, CHUNK), **listing.load(CHUNK, CHUNK)})
        self._show_count(articles_text(listing.total))

    def _show_count(self, found: str) -> None:
        self._count_shown = found
        order = "" if self.sort == "relevance" else f"  {self.sort} first"
        self.search_field.set_status(f"{found}{order}" + (f"  {self.busy}" if self.busy else ""))

    def set_busy(self, busy: str) -> None:
        """Say what goes on in the background."""
        if busy != self.busy:
            self.busy = busy
            self._show_count(self._count_shown)

    # A search, newest wins

    @property
    def is_searching(self) -> bool:
        """Whether the answer to what was asked last is still to come."""
        return self._answered != self._serial

    def search_for(self, query: str, *, typing: bool = False, keep: int | None = None) -> None:
        """Search in a worker; an older search gives up.

        Args:
            query: what to look for.
            typing: whether its last word is taken as a beginning.
            keep: number of the article that stays selected, wherever it then stands.
        """
        self._announce(query, typing)
        self._begin_search(self._serial, keep)

    def search_soon(self, query: str) -> None:
        """Search while typing, once all letters that came together are taken: only for the last of them."""
        self._announce(query, typing=True)
        self.call_later(self._begin_search, self._serial, None)

    def _announce(self, query: str, typing: bool) -> None:
        self._serial += 1
        self.showing_related = False
        self.query_typed, self.typing = query, typing

    def _begin_search(self, serial: int, keep: int | None) -> None:
        if serial == self._serial:
            lines = self.results.lines_in_view
            self.background.search(
                self._search, serial, self.query_typed, self.sort, self.typing, keep, lines
            )

    def _search(
        self, serial: int, query: str, sort: Sort, typing: bool, keep: int | None, lines: int
    ) -> None:
        def cancelled() -> bool:
            return serial != self._serial

        if cancelled():
            return
        results = self.corpus.search(query, sort=sort, typing=typing, cancelled=cancelled)
        listing = listing_of(self.corpus, results)
        selected = 0 if keep is None else results.place(keep) or 0
        if cancelled():
            return
        # No more than is seen at once, and given up between: a snippet takes as long as many a search.
        rows = -(-lines // row_height(listing)) if not selected else CHUNK
        offset = selected - selected % CHUNK
        first: dict[int, Hit] = {}
        for start in range(offset, offset + max(1, rows), HITS_BETWEEN):
            if cancelled():
                return
            first.update(listing.load(start, HITS_BETWEEN))
        self.post_message(Answered(serial, results, listing, first, selected))

    @on(Answered)
    def _show_answer(self, answer: Answered) -> None:
        if answer.serial != self._serial:
            return
        self._answered = answer.serial
        results = answer.results
        self._answered_query = results.query
        self.results.show_listing(answer.listing, answer.hits, selected=answer.selected)
        if not results.query.strip():
            self.articles = results.total
            self._show_count(articles_text(results.total))
        else:
            self._show_count(f"{results.total:,} of {self.articles:,} articles  {milliseconds(results)}")
        self._results = results
        self.corrected = results.corrected
        self._explain(results)
        self.paint()
        self.count_facets()
        self._look_ahead()
        if self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            self.call_later(awaited)

    _awaited: Callable[[], Any] | None = None

    def when_answered(self, then: Callable[[], Any]) -> None:
        """Do this now, or once the answer that is still to come is there: Enter may be quicker than a search."""
        if self.is_searching:
            self._awaited = then
        else:
            self.call_later(then)

    def _explain(self, results: Results) -> None:
        said = list(results.notes)
        if results.corrected and results.corrected != results.query:
            said.insert(
                0,
                f"did you mean {results.corrected.strip()} ? (⏎ takes it)"
                if not results.total
                else f"did you mean {results.corrected.strip()} ?",
            )
        elif not results.total and results.query.strip():
            said.insert(0, "nothing found")
        self.notice.say(" · ".join(said))

    def _apply(self, parts: Parts) -> None:
        changed = parts != self._parts
        super()._apply(parts)
        if changed:
            self.call_after_refresh(self.count_facets)

    def count_facets(self) -> None:
        """Count how the hits in view divide, where that is shown: in a worker, after the hits are on the screen."""
        results = self._results
        if results is None or self.is_searching or not self.facets.is_on_screen:
            return
        self.background.follow(self._divide, self._serial, results)

    def _divide(self, serial: int, results: Results) -> None:
        self.post_message(Divided(serial, results.facets(lambda: serial != self._serial)))

    @on(Divided)
    def _show_facets(self, divided: Divided) -> None:
        if divided.serial == self._serial:
            self.facets.show_facets(divided.facets, conditions_in(self.query_typed))
            self.paint()

    @on(Failed)
    def _show_failure(self, failed: Failed) -> None:
        if failed.serial is not None:
            if failed.serial != self._serial:
                return
            self._answered = failed.serial
        self.notice.say(failed.reason)

    def _look_ahead(self) -> None:
        """Fetch the hits below those in view once no key came for a while: not while somebody types."""
        if self._looking_ahead is not None:
            self._looking_ahead.stop()
        self._looking_ahead = self.set_timer(LOOK_AHEAD_S, self.results.look_ahead)

    _looking_ahead: Timer | None = None

    @on(HitList.Wanted)
    def _fetch(self, wanted: HitList.Wanted) -> None:
        self.background.follow(self._load, wanted.listing, wanted.offset, wanted.limit)

    def _load(self, listing: Listing, offset: int, limit: int) -> None:
        if listing is self.results.listing:
            self.post_message(Fetched(listing, offset, limit, listing.load(offset, limit)))

    @on(Fetched)
    def _fill(self, fetched: Fetched) -> None:
        self.results.fill(fetched.listing, fetched.offset, fetched.limit, fetched.hits)
