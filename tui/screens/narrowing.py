"""Narrowing and ordering what was found: facets, months, order; and the articles like one article."""

from __future__ import annotations

from textual import on
from textual.message import Message

from tui.article import ArticleId
from tui.index.conditions import Condition, toggled, without_conditions, written
from tui.index.results import SORTS, Hit
from tui.screens.history import Visit
from tui.screens.search_line import SearchLineScreen
from tui.widgets.facet_panel import FacetPanel
from tui.widgets.greeting import Greeting
from tui.widgets.hit_list import Listing
from tui.widgets.text_field import TextField


class Related(Message):
    """The articles like one article are there."""

    def __init__(self, serial: int, article: ArticleId, title: str, hits: list[Hit]) -> None:
        super().__init__()
        self.serial = serial
        self.article = article
        self.title = title
        self.hits = hits


class NarrowingScreen(SearchLineScreen):
    """The part of the reader that makes less, or other, of what was found."""

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
        if self.focused is self.facets:
            self.close_facets()
        else:
            self._go_to_facets()

    def _go_to_facets(self) -> None:
        self.facets.set_open(True)
        self.show_parts()
        self.facets.go_to_section("source")
        self.focus_on(self.facets)
        self.call_after_refresh(self.facets.go_to_section, "source")

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
        self.background.search(self._find_related, self._serial, article)

    def _find_related(self, serial: int, article: ArticleId) -> None:
        title = self.corpus.article(article).title
        hits = self.corpus.related(article, 30)
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
