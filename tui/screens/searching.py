"""Searching: as one types, the newest query wins; facets, order, completion, history of queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from tui.article import ArticleId
from tui.errors import BroadsheetError, SearchCancelled
from tui.index.conditions import Condition, conditions_in, toggled, without_conditions, written
from tui.index.results import SORTS, Facets, Hit, Results, Sort
from tui.screens.history import Visit
from tui.screens.layout import LaidOutScreen
from tui.widgets.facet_panel import FacetPanel
from tui.widgets.greeting import Greeting
from tui.widgets.hit_list import CHUNK, HitList, Listing
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.corpus.values import Overview


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


class Failed(Message):
    """Something that was asked of the corpus could not be done."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Fetched(Message):
    """Hits that came into view are there."""

    def __init__(self, listing: Listing, offset: int, hits: Mapping[int, Hit]) -> None:
        super().__init__()
        self.listing = listing
        self.offset = offset
        self.hits = hits


class Related(Message):
    """The articles like one article are there."""

    def __init__(self, serial: int, article: ArticleId, title: str, hits: list[Hit]) -> None:
        super().__init__()
        self.serial = serial
        self.article = article
        self.title = title
        self.hits = hits


class Completed(Message):
    """Ways to complete the word at the cursor: (start, end, text, detail)."""

    def __init__(self, query: str, candidates: list[tuple[int, int, str, str]]) -> None:
        super().__init__()
        self.query = query
        self.candidates = candidates


class Surveyed(Message):
    """What the corpus holds is counted."""

    def __init__(self, overview: Overview) -> None:
        super().__init__()
        self.overview = overview


def listing_of(results: Results) -> Listing:
    """A search's hits for the list: fetched by page, each where the order has it."""
    order = results.order

    def load(offset: int, limit: int) -> dict[int, Hit]:
        by_number = {
            int(number): offset + at for at, number in enumerate(order[offset : offset + limit].tolist())
        }
        return {by_number[hit.number]: hit for hit in results.page(offset, limit)}

    return Listing(results.total, load, searched=bool(results.query.strip()))


def articles_text(articles: int) -> str:
    """`1 article`, `1,204 articles`."""
    return f"{articles:,} article{'s' if articles != 1 else ''}"


def position_in(results: Results, number: int | None) -> int:
    """Where an article stands among the hits; 0 where it doesn't."""
    if number is None:
        return 0
    found = (results.order == number).nonzero()[0]
    return int(found[0]) if len(found) else 0


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
    _count_shown = ""
    _candidates: tuple[tuple[int, int, str, str], ...] = ()
    _candidate_at = 0
    _completed_query = ""
    _earlier: tuple[str, ...] | None = None
    _earlier_at = 0

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
        self._serial += 1
        self.showing_related = False
        self.query_typed, self.typing = query, typing
        work = partial(self._search, self._serial, query, self.sort, typing, keep)
        self.run_worker(work, group="search", exclusive=True, thread=True, exit_on_error=False)

    def _search(self, serial: int, query: str, sort: Sort, typing: bool, keep: int | None) -> None:
        worker = get_current_worker()
        try:
            results = self.corpus.search(
                query, sort=sort, typing=typing, cancelled=lambda: worker.is_cancelled
            )
            if worker.is_cancelled:
                return
            listing = listing_of(results)
            selected = position_in(results, keep)
            first = listing.load(selected - selected % CHUNK, CHUNK)
        except SearchCancelled:
            return
        except BroadsheetError as error:
            self.post_message(Failed(str(error)))
            return
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
        self.show_facets(results.facets)
        self.corrected = results.corrected
        self._explain(results)
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

    def show_facets(self, facets: Facets) -> None:
        """Show how the hits divide, and which values the query asks for."""
        self.facets.show_facets(facets, conditions_in(self.query_typed))

    @on(Failed)
    def _show_failure(self, failed: Failed) -> None:
        self.notice.say(failed.reason)

    @on(HitList.Wanted)
    def _fetch(self, wanted: HitList.Wanted) -> None:
        work = partial(self._load, wanted.listing, wanted.offset)
        self.run_worker(work, group="fetch", thread=True, exit_on_error=False)

    def _load(self, listing: Listing, offset: int) -> None:
        try:
            self.post_message(Fetched(listing, offset, listing.load(offset, CHUNK)))
        except BroadsheetError as error:
            self.post_message(Failed(str(error)))

    @on(Fetched)
    def _fill(self, fetched: Fetched) -> None:
        self.results.fill(fetched.listing, fetched.offset, fetched.hits)

    # The search line

    def action_search(self) -> None:
        """Into the search line."""
        self.focus_on(self.search_field)

    def hear_search(self, message: Message) -> None:
        """What the search line has to say."""
        if isinstance(message, TextField.Changed):
            self._typed(message)
        elif isinstance(message, TextField.Submitted):
            self._submitted()
        elif isinstance(message, TextField.Left):
            self._search_left(message)

    def _typed(self, changed: TextField.Changed) -> None:
        query = changed.value
        if self._earlier is not None and query != self._earlier[self._earlier_at]:
            self._earlier = None
        self._candidates = ()
        present = self.visits.present
        # All that is typed in one go is one visit: back leads to before it.
        if self._amending and present.article is None and present.related_to is None:
            self.visits.amend(Visit(query, typing=True))
        else:
            self.visits.go(Visit(query, typing=True))
            self._amending = True
        self.search_for(query, typing=True)
        word = query[: self.search_field.cursor].rpartition(" ")[2]
        if ":" in word:
            self._complete(query, self.search_field.cursor)

    _amending = False

    def _submitted(self) -> None:
        self._leave_search()
        self.when_answered(self.take_correction)

    def take_correction(self) -> None:
        """Search for what was probably meant, where nothing was found."""
        if self.corrected and not self.results.count and self._answered_query == self.query_typed:
            query = self.corrected.strip()
            self.search_field.set_value(query, quiet=True)
            self.visits.amend(Visit(query))
            self.search_for(query)

    def _search_left(self, left: TextField.Left) -> None:
        if left.key == "up":
            self._show_earlier(1)
        elif left.key == "down" and self._earlier is not None:
            self._show_earlier(-1)
        elif left.key == "tab":
            self._complete_or_go()
        else:
            self._leave_search()

    def _leave_search(self) -> None:
        """To the results, the query kept."""
        self._amending = False
        query = self.search_field.value.strip()
        if query:
            self.keep(self.corpus.desk.remember_query, query)
        self.focus_on(self.results)

    def set_query(self, query: str) -> None:
        """Search for something that was chosen, not typed."""
        self._amending = False
        self.search_field.set_value(query, quiet=True)
        self.visits.go(Visit(query))
        self.search_for(query)
        if query.strip():
            self.keep(self.corpus.desk.remember_query, query)

    def clear_query(self) -> None:
        """Show everything again."""
        if self.search_field.value:
            self.set_query("")

    # Earlier queries

    def _show_earlier(self, step: int) -> None:
        if self._earlier is None:
            history = self.corpus.desk.query_history(50)
            self._earlier = (self.search_field.value, *(q for q in history if q != self.search_field.value))
            self._earlier_at = 0
        at = self._earlier_at + step
        if 0 <= at < len(self._earlier):
            self._earlier_at = at
            self.search_field.set_value(self._earlier[at])
        elif at < 0:
            self._earlier = None
            self._leave_search()

    # Completion

    def _complete_or_go(self) -> None:
        field = self.search_field
        if self._candidates and field.value == self._completed_query:
            if len(self._candidates) == 1 and self._candidate_at:
                self._leave_search()
                return
            start, end, text, _ = self._candidates[self._candidate_at % len(self._candidates)]
            previous = (
                self._candidate_at and self._candidates[(self._candidate_at - 1) % len(self._candidates)]
            )
            if previous:
                start, end = previous[0], previous[0] + len(previous[2])
            candidates, at = self._candidates, self._candidate_at
            field.replace(start, end, text)
            self._show_candidates(candidates, at + 1, field.value)
            self.call_later(self._show_candidates, candidates, at + 1, field.value)
        elif not self.results.count and self.corrected:
            field.set_value(self.corrected)
        elif field.value.strip():
            self._complete(field.value, field.cursor, insert=True)
        else:
            self._leave_search()

    def _show_candidates(
        self, candidates: tuple[tuple[int, int, str, str], ...], at: int, query: str
    ) -> None:
        self._candidates, self._candidate_at, self._completed_query = candidates, at, query
        if candidates:
            shown = "  ".join(
                f"{text.strip()} {detail}".strip()
                if index != (at - 1) % len(candidates) or not at
                else f"▸{text.strip()} {detail}".strip()
                for index, (_, _, text, detail) in enumerate(candidates)
            )
            self.notice.say(f"tab  {shown}")

    _insert_completion = False

    def _complete(self, query: str, cursor: int, *, insert: bool = False) -> None:
        self._insert_completion = insert
        work = partial(self._find_completions, query, cursor)
        self.run_worker(work, group="complete", exclusive=True, thread=True, exit_on_error=False)

    def _find_completions(self, query: str, cursor: int) -> None:
        try:
            found = self.corpus.complete(query, cursor)
        except BroadsheetError:
            return  # the search itself says why
        candidates = [(c.start, c.end, c.text, c.detail) for c in found]
        if not get_current_worker().is_cancelled:
            self.post_message(Completed(query, candidates))

    @on(Completed)
    def _take_completions(self, completed: Completed) -> None:
        if completed.query != self.search_field.value or self.focused is not self.search_field:
            return
        self._show_candidates(tuple(completed.candidates), 0, completed.query)
        if self._insert_completion:
            self._insert_completion = False
            if completed.candidates:
                self._complete_or_go()
            else:
                self._leave_search()

    # Facets, order, related

    def toggle_condition(self, condition: Condition) -> None:
        """Narrow the query to a facet's value, or take it out again."""
        self.set_query(toggled(self.search_field.value, condition))

    @on(FacetPanel.Toggled)
    def _toggle_facet(self, facet: FacetPanel.Toggled) -> None:
        self.toggle_condition((facet.section, facet.value))

    @on(Greeting.SearchWanted)
    def _search_from_greeting(self, wanted: Greeting.SearchWanted) -> None:
        self.set_query(wanted.query or (written(wanted.condition) if wanted.condition else ""))
        self.focus_on(self.results)

    def action_clear_facets(self) -> None:
        """Every facet out of the query."""
        query = without_conditions(self.search_field.value)
        if query != self.search_field.value:
            self.set_query(query)

    def action_sort(self) -> None:
        """The next order."""
        if self.showing_related:
            self.footer.say("these stand by likeness")
            return
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self._show_count(self._count_shown)
        self.search_for(self.search_field.value, typing=self.typing)

    def action_facets(self) -> None:
        """Open the facets and go there; there, close them."""
        self._go_to_facets("source")

    def action_timeline(self) -> None:
        """Open the facets at the months."""
        self._go_to_facets("month")

    def _go_to_facets(self, section: str) -> None:
        if self.focused is self.facets and (self.facets.section == "month") == (section == "month"):
            self.close_facets()
            return
        self.facets.set_open(True)
        self.show_parts()
        self.facets.go_to_section("month" if section == "month" else "source")
        self.focus_on(self.facets)
        self.call_after_refresh(self.facets.go_to_section, "month" if section == "month" else "source")

    def close_facets(self) -> None:
        """Back to the summary."""
        self.focus_on(self.results)
        self.facets.set_open(False)
        self.show_parts()

    def action_related(self) -> None:
        """Articles like the open one, or like the selected one."""
        if self.article_id is not None:
            self.remember_selected()
            self.visits.go(Visit(self.query_typed, self.typing, related_to=self.article_id))
            self.show_related(self.article_id)
        else:
            self.footer.say("nothing is selected")

    def remember_selected(self) -> None:
        """Note which article is selected, for coming back."""
        hit = self.results.selected_hit
        self.visits.amend(self.visits.present._replace(selected=hit.number if hit else None))

    def show_related(self, article: ArticleId) -> None:
        """Look for articles like this one, in a worker."""
        self._serial += 1
        work = partial(self._find_related, self._serial, article)
        self.run_worker(work, group="search", exclusive=True, thread=True, exit_on_error=False)

    def _find_related(self, serial: int, article: ArticleId) -> None:
        try:
            title = self.corpus.article(article).title
            hits = self.corpus.related(article, 30)
        except BroadsheetError as error:
            self.post_message(Failed(str(error)))
            return
        self.post_message(Related(serial, article, title, hits))

    @on(Related)
    def _show_related(self, related: Related) -> None:
        if related.serial != self._serial:
            return
        self._answered = related.serial
        hits = dict(enumerate(related.hits))
        listing = Listing(len(hits), lambda offset, limit: {})
        self.showing_related = True
        self.results.show_listing(listing, hits)
        self._show_count(f"{len(hits)} like this")
        like = "Articles like" if hits else "No article is like"
        self.notice.say(f"{like} “{related.title}” · ⌫ goes back")
        if not isinstance(self.focused, TextField) and self.visits.present.article is None:
            self.focus_on(self.results)
