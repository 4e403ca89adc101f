"""All that the corpus knows of an entity, in parts: who it is, its timeline, those named with it, what it said, every
sentence that names it, its articles. The width decides how many lists stand beside one another.
"""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.article import EntityId, MentionType
from tui.corpus.values import ConcordanceOrder
from tui.keys import BY_NAME, commands_at
from tui.widgets.company_list import COLUMNS, CompanyList
from tui.widgets.concordance_list import ConcordanceList
from tui.widgets.entity_head import EntityHead
from tui.widgets.entity_panel import HEADINGS
from tui.widgets.hit_list import HitList, Listing
from tui.widgets.paged_list import PagedList
from tui.widgets.said_list import SaidList
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.section_bar import SectionBar, Tab, TabColumn
from tui.widgets.timeline_bars import AROUND_BARS, TimelineBars

Section = Literal["bars", "company", "said", "lines", "naming"]
SECTIONS: tuple[Section, ...] = ("bars", "company", "said", "lines", "naming")

TITLES: dict[Section, str] = {
    "bars": "Timeline",
    "company": "With",
    "said": "Said",
    "lines": "Lines",
    "naming": "Articles",
}

ORDERS: dict[ConcordanceOrder, str] = {
    "date": "newest first",
    "left": "by the word before",
    "right": "by the word after",
}

TWO_COLUMNS = 120
THREE_COLUMNS = 170
HEAD_LINES = 2
LOWEST = 14
"""Lines below which the timeline and a list take turns."""


OF_AN_ARTICLE = (
    "next_article", "previous_article", "close_pane", "zoom", "next_match", "previous_match", "find", "entities",
    "next_entity", "previous_entity", "link", "words", "wider", "narrower", "repeated", "order",
)  # fmt: skip
"""Commands that have no meaning here, and must not act on a pane that is out of view."""


class PagePlace(NamedTuple):
    """Where the reader was on a page."""

    section: Section = "company"
    selected: tuple[int, ...] = (0, 0, 0, 0)
    """The selected row of each list."""
    order: ConcordanceOrder = "date"


class EntityPage(Widget):
    """The page of one entity; the screen hands in what the workers bring."""

    DEFAULT_CSS = """
    EntityPage { height: 1fr; width: 1fr; layout: vertical; overflow: hidden; }
    EntityPage > * { position: absolute; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(",".join(command.keys), f"screen.{command.name}", show=False, id=command.name)
            for command in commands_at("entity")
        ),
        *(
            Binding(",".join(BY_NAME[name].keys), "screen.not_here", show=False, id=name)
            for name in OF_AN_ARTICLE
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.head = EntityHead(id="entity-head")
        self.bars = TimelineBars(id="entity-bars")
        self.tabs = SectionBar(id="entity-tabs")
        self.company = CompanyList(id="entity-company")
        self.said = SaidList(id="entity-said")
        self.lines = ConcordanceList(id="entity-lines")
        self.naming = HitList(id="entity-naming")
        self.entity_id: EntityId | None = None
        self.order: ConcordanceOrder = "date"
        self.only_type: MentionType | None = None
        """Which companions are in view; None for all."""
        self.section: Section = "company"
        self._put_at: dict[Widget, tuple[int, int, int, int]] = {}
        self._shown: dict[int, Section] = {}
        """The list in view of each column."""

    def compose(self) -> ComposeResult:
        """All parts; where they stand is decided by `lay_out`."""
        yield self.head
        yield self.bars
        yield self.tabs
        yield from self.lists

    @property
    def lists(self) -> tuple[CompanyList, SaidList, ConcordanceList, HitList]:
        """The parts but for the timeline."""
        return self.company, self.said, self.lines, self.naming

    def part(self, section: Section) -> ScrollLines:
        """The widget of a part."""
        parts: dict[Section, ScrollLines] = {
            "bars": self.bars,
            "company": self.company,
            "said": self.said,
            "lines": self.lines,
            "naming": self.naming,
        }
        return parts[section]

    @property
    def place(self) -> PagePlace:
        """Where the reader is."""
        return PagePlace(self.section, tuple(part.selected for part in self.lists), self.order)

    # Laying out

    @property
    def _columns(self) -> list[tuple[int, tuple[Section, ...]]]:
        """Width and lists of each column."""
        width = self.size.width
        if width >= THREE_COLUMNS:
            first, second = width * 22 // 100, width * 30 // 100
            return [
                (first, ("company",)),
                (second, ("said", "naming")),
                (width - first - second, ("lines",)),
            ]
        if width >= TWO_COLUMNS:
            first = max(38, width * 34 // 100)
            return [(first, ("company",)), (width - first, ("said", "lines", "naming"))]
        return [(width, ("company", "said", "lines", "naming"))]

    def on_resize(self) -> None:
        """Another size shows other parts beside one another."""
        self.lay_out()

    def lay_out(self) -> None:
        """Put every part where it belongs."""
        width, height = self.size
        if not width or not height:
            return
        high = height >= LOWEST
        bars = AROUND_BARS + (3 if height < 28 else 5 if height < 40 else 7)
        if not high:
            bars = max(0, height - HEAD_LINES - 1) if self.section == "bars" else 0
        place = self._put
        place(self.head, 0, 0, width, min(HEAD_LINES, height))
        place(self.bars, 0, HEAD_LINES, width, bars)
        top = HEAD_LINES + bars
        place(self.tabs, 0, top, width, 1)
        left = 0
        for at, (column_width, sections) in enumerate(self._columns):
            if self._shown.get(at) not in sections or self.section in sections:
                self._shown[at] = self.section if self.section in sections else sections[0]
            for section in sections:
                part = self.part(section)
                part.set_ruled(at > 0)
                lines = height - top - 1 if section == self._shown[at] else 0
                place(part, left, top + 1, column_width, max(0, lines))
            left += column_width
        self.show_tabs()

    def _put(self, part: Widget, left: int, top: int, width: int, height: int) -> None:
        """Put a part there; nothing is touched where nothing changes, for a layout is dear."""
        part.display = bool(height and width)
        if part.display and self._put_at.get(part) != (left, top, width, height):
            self._put_at[part] = left, top, width, height
            part.styles.offset = (left, top)
            part.styles.width, part.styles.height = width, height

    def show_tabs(self) -> None:
        """Write the headings anew."""
        columns = []
        for at, (width, sections) in enumerate(self._columns):
            tabs = tuple(
                Tab(
                    str(SECTIONS.index(section) + 1),
                    self._title(section),
                    section == self._shown.get(at),
                    section == self.section,
                )
                for section in sections
            )
            shown = self._shown.get(at)
            remark = COLUMNS if shown == "company" else ORDERS[self.order] if shown == "lines" else ""
            columns.append(TabColumn(width, tabs, remark))
        self.tabs.show(columns)

    def _title(self, section: Section) -> str:
        title = TITLES[section]
        if section == "company" and self.only_type:
            title = f"{title} {HEADINGS[self.only_type].lower()}"
        part = self.part(section)
        if isinstance(part, PagedList):
            return f"{title} {'…' if part.waiting else f'{part.count:,}'}"
        assert isinstance(part, HitList)
        return f"{title} {part.count:,}"

    # Going about

    def go(self, section: Section) -> ScrollLines:
        """Bring a part into view; returns what is to have the focus."""
        if section != self.section:
            self.section = section
            self.lay_out()
        return self.part(section)

    def neighbour(self, step: int) -> Section:
        """The part after this one, or before it."""
        return SECTIONS[(SECTIONS.index(self.section) + step) % len(SECTIONS)]

    def begin(self, id: EntityId, place: PagePlace) -> None:
        """Another entity: nothing of it is there yet."""
        self.entity_id, self.order, self.only_type = id, place.order, None
        self.section = place.section
        self.bars.show_timeline(None)
        for part in (self.company, self.said, self.lines):
            part.wait()
        self.naming.show_listing(Listing(0, lambda offset, limit: {}), {})
        self.lay_out()


__all__ = ["SECTIONS", "EntityPage", "PagePlace", "Section"]
