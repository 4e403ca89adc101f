"""On an entity's page: into articles, searches and other pages, from part to part, and back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from tui.article import MENTION_TYPES, ArticleId, Mention, Span
from tui.index.conditions import written, written_days
from tui.screens.entity import EntityScreen, Vanished
from tui.screens.history import Visit
from tui.screens.reading import Sentence
from tui.widgets.article_pane import ArticlePane
from tui.widgets.entity_panel import EntityPanel
from tui.widgets.greeting import Greeting
from tui.widgets.row_list import RowList
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus.values import ConcordanceOrder, Line, Said
    from tui.widgets.entity_page import Section
    from tui.widgets.timeline_bars import TimelineBars

_FOLLOWING_ORDER: dict[ConcordanceOrder, ConcordanceOrder] = {
    "date": "left",
    "left": "right",
    "right": "date",
}


class OnPageScreen(EntityScreen):
    """The part of the reader that goes about on a page, and from one thing that was shown to another."""

    # Opening one

    @on(EntityPanel.Opened)
    async def _open_from_panel(self, opened: EntityPanel.Opened) -> None:
        pane = self.focused_pane
        if pane is not None and 0 <= opened.mention < len(pane.mentions):
            await self._open_mention(pane.mentions[opened.mention])

    @on(ArticlePane.EntityChosen)
    async def _open_chosen(self, chosen: ArticlePane.EntityChosen) -> None:
        await self._open_mention(chosen.mention)

    async def _open_mention(self, mention: Mention) -> None:
        if mention.entity is None:
            self.set_query(written((mention.type, mention.text)))
            self.focus_on(self.results)
            return
        known = self._entities.get(mention.entity)
        name, type = (known.name, known.type) if known else (mention.text, mention.type)
        await self.open_entity(mention.entity, name, type)

    @on(Greeting.EntityWanted)
    async def _open_from_greeting(self, wanted: Greeting.EntityWanted) -> None:
        await self.open_entity(wanted.entity.id, wanted.entity.name, wanted.entity.type)

    @on(RowList.Chosen, "#entity-company")
    async def open_companion(self) -> None:
        """The page of the selected companion."""
        assert self.page is not None
        companion = self.page.company.selected_row
        if companion is not None:
            entity = companion.entity
            await self.open_entity(entity.id, entity.name, entity.type)

    # From the page into an article

    @on(RowList.Chosen, "#entity-said, #entity-lines, #entity-naming")
    async def _read_from_page(self) -> None:
        id, at = self._place_selected()
        if id is not None:
            await self.read(id, at=at)

    def _place_selected(self) -> tuple[ArticleId | None, Sentence | None]:
        """The article of the selected row of the page, and where in it."""
        page = self.page
        if page is None or not self.page_focused:
            return None, None
        if self.focused is page.naming:
            hit = page.naming.selected_hit
            return (hit.id if hit else None), Sentence(None, page.entity_id)
        row: Said | Line | None = None
        if self.focused is page.said:
            row = page.said.selected_row
        elif self.focused is page.lines:
            row = page.lines.selected_row
        if row is None:
            return None, None
        return row.article, Sentence(Span(row.paragraph, row.start, row.end), page.entity_id)

    @property
    def selected_passage(self) -> str | None:
        """The quote, or the line of the concordance, that is selected; None where neither is."""
        page = self.page
        if page is None or not self.page_focused:
            return None
        if self.focused is page.said and page.said.selected_row is not None:
            said = page.said.selected_row
            return f"{page.head.entity_name}: {said.text}"
        if self.focused is page.lines and page.lines.selected_row is not None:
            line = page.lines.selected_row
            return f"{line.left}{line.text}{line.right}"
        return None

    @property
    def article_id(self) -> ArticleId | None:
        """The article that a command is about; on the page that of the selected row."""
        return self._place_selected()[0] if self.page_focused else super().article_id

    async def action_beside(self) -> None:
        """The selected article beside the open one, from the page too."""
        if not self.page_focused:
            await super().action_beside()
            return
        id, at = self._place_selected()
        if id is None:
            self.footer_say("nothing to read is selected: 3, 4 or 5")
        elif any(pane.article_id == id for pane in self.panes):
            await self.read(id, next(pane for pane in self.panes if pane.article_id == id), at=at)
        else:
            await self.read(id, await self.add_pane(), at=at)

    # From the page into a search

    def search_entity(self, during: str = "") -> None:
        """Search for the entity of the page, in a time if one is given."""
        page = self.page
        if page is None or page.head.type is None:
            return
        query = written((page.head.type, page.head.entity_name))
        self.set_query(f"{query} {during}".strip())
        self.focus_on(self.results)

    def action_search_entity(self) -> None:
        """Search for it."""
        self.search_entity()

    def on_timeline_bars_time_chosen(self, chosen: TimelineBars.TimeChosen) -> None:
        """Search for it in that time."""
        if self.page is not None and chosen.bars is self.page.bars:
            self.search_entity(written_days(chosen.days))

    def _typed(self, changed: TextField.Changed) -> None:
        """What is searched for while typing is in view while typing."""
        if self.page_open:
            self.show_page(False)
            self.show_parts()
        super()._typed(changed)

    def _search_left(self, left: TextField.Left) -> None:
        """Escape leads back to the page that one came from."""
        if left.value == "escape" and self.page is not None and self.page_open:
            self.focus_on(self.page.part(self.page.section))
        else:
            super()._search_left(left)

    # Back and forward

    async def action_back(self) -> None:
        """What was shown before."""
        visit = self.visits.back()
        if visit is None:
            self.footer_say("nothing before this")
        else:
            await self.revisit(visit)

    async def action_forward(self) -> None:
        """Forward again."""
        visit = self.visits.forward()
        if visit is None:
            self.footer_say("nothing after this")
        else:
            await self.revisit(visit)

    async def revisit(self, visit: Visit) -> None:
        """Show again what was shown then."""
        at = self.visits.at
        if visit.query != self.search_field.value:
            self.search_field.set_value(visit.query, quiet=True)
        if visit.related_to is not None:
            self.query_typed, self.typing = visit.query, visit.typing
            self.show_related(visit.related_to)
        elif visit.query != self.query_typed or self.showing_related:
            self.search_for(visit.query, typing=visit.typing, keep=visit.selected)
        pane = self.focused_pane
        if visit.compared:
            self.set_side_by_side(visit.compared, remember=False)  # what lies under it stays as it is
        elif visit.entity is not None:
            await self.open_entity(visit.entity, remember=False)
        elif visit.article is not None and self.page_open and pane and pane.article_id == visit.article:
            self.focus_on(pane)  # it stands as it was left
        elif visit.article is not None:
            await self.read(visit.article, remember=False)
        else:
            self.focus_on(self.results)
        self.visits.at = at

    def set_side_by_side(self, ids: tuple[ArticleId, ...], *, remember: bool = True) -> None:
        """Open the comparison of some articles; `tui.screens.over` does it."""

    # Going about on the page

    def _go(self, section: Section) -> None:
        if self.page is not None and self.page_open:
            self.focus_on(self.page.go(section))
            self.page.show_tabs()

    def action_go_bars(self) -> None:
        """To the timeline."""
        self._go("bars")

    def action_go_company(self) -> None:
        """To those named with it."""
        self._go("company")

    def action_go_said(self) -> None:
        """To what it said."""
        self._go("said")

    def action_go_lines(self) -> None:
        """To the concordance."""
        self._go("lines")

    def action_go_articles(self) -> None:
        """To its articles."""
        self._go("naming")

    def step_focus(self, step: int) -> None:
        """Tab and Shift+Tab, on the page through its parts."""
        if self.page is not None and self.page_focused:
            self._go(self.page.neighbour(step))
        else:
            super().step_focus(step)

    def action_not_here(self) -> None:
        """A command that is about an open article."""
        self.footer_say("that is for an open article: ⏎ in 3, 4 or 5 opens one")

    def action_find(self) -> None:
        """Find in the open article; its key is urgent, and so comes here from the page, too."""
        if self.page_open:
            self.action_not_here()
        else:
            super().action_find()

    def action_sort(self) -> None:
        """On the page: the next order of the concordance."""
        if self.page is not None and self.page_focused:
            self._order_lines(_FOLLOWING_ORDER[self.page.order])
        else:
            super().action_sort()

    def action_by_left(self) -> None:
        """The concordance by the word before the name."""
        self._order_lines("left")

    def action_by_right(self) -> None:
        """The concordance by the word after the name."""
        self._order_lines("right")

    def action_by_date(self) -> None:
        """The concordance by date."""
        self._order_lines("date")

    def _order_lines(self, order: ConcordanceOrder) -> None:
        page = self.page
        if page is None or page.entity_id is None or not self.page_open:
            return
        page.order = order
        self._go("lines")
        edition = page.lines.wait()
        page.show_tabs()
        self.background.explore(self._find_lines, self._opening, page.entity_id, order, 0, edition)

    def action_only_type(self) -> None:
        """Companions of all types, or of one."""
        page = self.page
        if page is None or page.entity_id is None or not self.page_open:
            return
        following = [None, *MENTION_TYPES]
        page.only_type = following[(following.index(page.only_type) + 1) % len(following)]
        self._go("company")
        edition = page.company.wait()
        page.show_tabs()
        self.background.explore(self._find_company, self._opening, page.entity_id, page.only_type, 0, edition)

    @on(Vanished)
    def _say_vanished(self, vanished: Vanished) -> None:
        if vanished.opening == self._opening:
            self.notice.keep_saying(vanished.reason)
            self.call_later(self.leave_page)

    async def leave_page(self) -> None:
        """Back to what was shown before any page."""
        visit = self.visits.back()
        while visit is not None and visit.entity is not None:
            visit = self.visits.back()
        if visit is None:
            self.focus_on(self.results)
        else:
            await self.revisit(visit)
