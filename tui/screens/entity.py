"""An entity's page over the reader: opened at once by its name, filled part by part as workers bring them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.article import EntityId, MentionType
from tui.errors import NoSuchEntity
from tui.index.results import Hit
from tui.keys import Context
from tui.screens.in_text import InTextScreen
from tui.widgets.hit_list import CHUNK, HitList, Listing
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.corpus.values import ConcordanceOrder, Entity, Line, Said, Timeline
    from tui.settings import Settings
    from tui.widgets.entity_page import EntityPage, PagePlace, Section
    from tui.widgets.paged_list import PagedList

MOST_COMPANIONS = 200
"""Companions that are shown: those after them are named with the entity by chance."""

_FOLLOWING_ORDER: dict[ConcordanceOrder, ConcordanceOrder] = {
    "date": "left",
    "left": "right",
    "right": "date",
}


class Brought(Message):
    """A worker has a part of the page that was opened last."""

    def __init__(self, opening: int, show: Callable[[], None]) -> None:
        super().__init__()
        self.opening = opening
        self.show = show


class Vanished(Message):
    """The entity of the page is not, or no longer, in the corpus."""

    def __init__(self, opening: int, reason: str) -> None:
        super().__init__()
        self.opening = opening
        self.reason = reason


class EntityScreen(InTextScreen):
    """The part of the reader that tells all about one entity."""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self.page: EntityPage | None = None
        """Made when it is first needed."""
        self._opening = 0
        """Which opening of a page the parts that come belong to."""
        self._places: dict[EntityId, PagePlace] = {}
        """Where the reader was on each page."""

    def finish(self) -> None:
        """Nobody waits for what is under way."""
        self._opening += 1
        super().finish()

    # The page and what is under it

    @property
    def page_open(self) -> bool:
        """Whether a page is in view."""
        return self.page is not None and self.page.display

    @property
    def page_focused(self) -> bool:
        """Whether keys go to the page."""
        return self.page is not None and self.focused is not None and self.page in self.focused.ancestors

    async def open_entity(
        self, id: EntityId, name: str = "", type: MentionType | None = None, *, remember: bool = True
    ) -> None:
        """Open an entity's page.

        Args:
            id: whose.
            name: what is known of its name already: it is shown at once.
            type: the same of its type.
            remember: whether back leads here.
        """
        page = await self._ready_page()
        self.remember_page()
        known = self._entities.get(id)
        if known is not None and not name:
            name, type = known.name, known.type
        if remember:
            self.remember_selected()
            self.visits.go(self.visits.present._replace(entity=id, compared=(), story=None, listed=False))
            self._amending = False
        from tui.widgets.entity_page import PagePlace

        place = self._places.get(id, PagePlace())
        with self.app.batch_update():
            self.show_page(True)
            page.begin(id, place)
            page.head.show_name(name or "…", type)
            self.focus_on(page.go(place.section))
        self._opening += 1
        self.background.explore(self._find_out, self._opening, id, place)

    def renew_page(self) -> None:
        """Find out anew about the entity in view: the corpus has moved on."""
        page = self.page
        if page is None or not self.page_open or page.entity_id is None:
            return
        self.remember_page()
        place = page.place
        page.begin(page.entity_id, place)
        self._opening += 1
        self.background.explore(self._find_out, self._opening, page.entity_id, place)

    async def _ready_page(self) -> EntityPage:
        if self.page is None:
            from tui.widgets.entity_page import EntityPage

            self.page = EntityPage(id="entity-page")
            self.page.display = False
            await self.mount(self.page, before=self.footer)
        return self.page

    def remember_page(self) -> None:
        """Note where the reader is on the page, for coming back."""
        if self.page is not None and self.page_open and self.page.entity_id is not None:
            self._places[self.page.entity_id] = self.page.place

    def show_page(self, shown: bool) -> None:
        """Show the page in the place of results and articles, or those again."""
        if self.page is not None and shown != self.page.display:
            if not shown:
                self.remember_page()
                self._opening += 1
            self.page.display = shown
            self._body.display = not shown
            self.show_times(not shown)
            self._parts = None

    def focus_on(self, widget: ScrollLines | TextField) -> None:
        """What gets the focus is in view: the page, or what it lies over."""
        if self.page is not None and not isinstance(widget, TextField):
            self.show_page(self.page in widget.ancestors)
        super().focus_on(widget)

    def on_descendant_focus(self) -> None:
        """A click leads to another part of the page, too."""
        page = self.page
        if page is not None and self.page_focused:
            section = self._section
            if section != page.section:
                page.go(section)
            page.show_tabs()

    @property
    def _section(self) -> Section:
        from tui.widgets.entity_page import SECTIONS

        assert self.page is not None
        return next(section for section in SECTIONS if self.page.part(section) is self.focused)

    @property
    def context(self) -> Context:
        """What has the focus; on a page the part of it."""
        return self._section if self.page_focused else super().context

    # What the workers bring

    def _find_out(self, opening: int, id: EntityId, place: PagePlace) -> None:
        """Who it is, and then everything else, in two threads: what is cheap does not wait for what is dear."""
        try:
            entity = self.corpus.entity(id)
        except NoSuchEntity as error:
            self.post_message(Vanished(opening, str(error)))
            return
        self.post_message(Brought(opening, lambda: self._show_entity(entity)))
        if opening != self._opening:
            return
        self.background.explore(self._find_lists, opening, entity, place)
        timeline = self.corpus.timeline(entity.id)
        self.post_message(Brought(opening, lambda: self._show_timeline(timeline)))
        self._find_company(opening, entity.id, None, place.selected[0])

    def _find_lists(self, opening: int, entity: Entity, place: PagePlace) -> None:
        page = self.page
        if page is None or opening != self._opening:
            return
        _, said_at, line_at, article_at = place.selected
        self._find_lines(opening, entity.id, place.order, line_at)
        if opening != self._opening:
            return
        total = self.corpus.said_count(entity.id)
        first = said_at - said_at % page.said.chunk
        said = self.corpus.said(entity.id, limit=page.said.chunk, offset=first)
        edition = page.said.edition
        self.post_message(
            Brought(opening, lambda: page.said.show(edition, total, said, selected=said_at, offset=first))
        )

        def load(offset: int, limit: int) -> dict[int, Hit]:
            return dict(enumerate(self.corpus.articles_naming(entity.id, limit, offset), offset))

        listing = Listing(entity.articles, load)
        hits = load(article_at - article_at % CHUNK, CHUNK)
        self.post_message(Brought(opening, lambda: self._show_articles(listing, hits, article_at)))

    def _find_company(
        self,
        opening: int,
        id: EntityId,
        type: MentionType | None,
        selected: int = 0,
        edition: int | None = None,
    ) -> None:
        page = self.page
        if page is None or opening != self._opening:
            return
        edition = page.company.edition if edition is None else edition
        company = self.corpus.company(id, MOST_COMPANIONS, type)
        self.post_message(
            Brought(opening, lambda: page.company.show(edition, len(company), company, selected=selected))
        )

    def _find_lines(
        self,
        opening: int,
        id: EntityId,
        order: ConcordanceOrder,
        selected: int = 0,
        edition: int | None = None,
    ) -> None:
        page = self.page
        if page is None or opening != self._opening:
            return
        edition = page.lines.edition if edition is None else edition
        first = selected - selected % page.lines.chunk
        found = self.corpus.concordance(
            id, order=order, limit=page.lines.chunk, offset=first, cancelled=lambda: opening != self._opening
        )
        self.post_message(
            Brought(
                opening,
                lambda: page.lines.show(edition, found.total, found.lines, selected=selected, offset=first),
            )
        )

    @on(Brought)
    def _show_part(self, brought: Brought) -> None:
        if brought.opening == self._opening and self.page is not None:
            brought.show()
            self.page.show_tabs()

    def _show_entity(self, entity: Entity) -> None:
        assert self.page is not None
        self._entities[entity.id] = entity
        self.page.entity_id = entity.id  # another's where the one asked for was joined to it
        self.page.head.show_entity(entity)

    def _show_articles(self, listing: Listing, hits: dict[int, Hit], selected: int) -> None:
        assert self.page is not None
        self.page.naming.set_kept(self.results.read, self.results.starred)
        self.page.naming.show_listing(listing, hits, selected=selected)

    def _show_timeline(self, timeline: Timeline) -> None:
        assert self.page is not None
        self.page.head.show_timeline(timeline)
        self.page.bars.show_timeline(timeline)

    def on_paged_list_wanted(self, wanted: PagedList.Wanted) -> None:
        """Rows of a list of the page come into view."""
        if self.page is not None and self.page.entity_id is not None:
            self.background.explore(
                self._load_rows, self._opening, self.page.entity_id, wanted, self.page.order
            )

    def _load_rows(
        self, opening: int, id: EntityId, wanted: PagedList.Wanted, order: ConcordanceOrder
    ) -> None:
        def unwanted() -> bool:
            return opening != self._opening or wanted.edition != wanted.rows.edition

        page, offset = self.page, wanted.offset
        if page is None or unwanted():
            return
        rows: list[Said] | tuple[Line, ...]
        if wanted.rows is page.said:
            rows = self.corpus.said(id, limit=page.said.chunk, offset=offset)
        else:
            rows = self.corpus.concordance(
                id, order=order, limit=page.lines.chunk, offset=offset, cancelled=unwanted
            ).lines
        found = dict(enumerate(rows, offset))
        self.post_message(Brought(opening, lambda: wanted.rows.fill(wanted.edition, offset, found)))

    @on(HitList.Wanted)
    def _fetch_articles(self, wanted: HitList.Wanted) -> None:
        if self.page is not None and wanted.listing is self.page.naming.listing:
            wanted.prevent_default()
            self.background.explore(self._load_hits, self._opening, wanted)

    def _load_hits(self, opening: int, wanted: HitList.Wanted) -> None:
        page = self.page
        if page is None or opening != self._opening:
            return
        hits = wanted.listing.load(wanted.offset, wanted.limit)
        self.post_message(
            Brought(opening, lambda: page.naming.fill(wanted.listing, wanted.offset, wanted.limit, hits))
        )
