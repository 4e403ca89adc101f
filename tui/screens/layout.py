"""The reader's screen as it is laid out: what is where, what has the focus, what fits into the width.

Wide (120 columns and more): results on the left, one to three panes. Medium (80 to 119): results and one pane, or
two panes. Narrow: one thing at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Region, Spacing
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.article import MENTION_TYPES, ArticleId
from tui.keys import Context
from tui.screens.history import History, Visit
from tui.settings import NARROWEST_MEASURE, USUAL_MEASURE, WIDEST_MEASURE
from tui.terminal.lines import Lines
from tui.widgets.article_pane import ArticlePane
from tui.widgets.entity_panel import EntityPanel
from tui.widgets.facet_panel import SUMMARY_LINES, FacetPanel
from tui.widgets.greeting import Greeting
from tui.widgets.hit_list import HitList
from tui.widgets.key_footer import KeyFooter
from tui.widgets.notice import Notice
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings

WIDE = 120
MEDIUM = 80
THREE_PANES = 170
"""Columns from which three panes are worth having."""
PANEL_WIDTH = 30
NARROWEST_PANE = 42


class Parts(NamedTuple):
    """What is in view, and how large."""

    left: int
    """Columns of the results; 0 where they are hidden, as for the others."""
    panes: tuple[ArticlePane, ...]
    greeting: bool
    panel: int
    """Columns of the entities."""
    facets: int
    """Lines of the facets."""


def _kept_measure(corpus: Corpus) -> int | None:
    """The measure that was chosen last; None where none was."""
    kept = corpus.desk.get("measure") or ""
    return max(NARROWEST_MEASURE, min(int(kept), WIDEST_MEASURE)) if kept.isdecimal() else None


def _kept_types(corpus: Corpus) -> frozenset[str]:
    """Which types of names are marked in the text; all where none was chosen."""
    kept = corpus.desk.get("marked types")
    return frozenset(MENTION_TYPES if kept is None else kept.split())


class LaidOutScreen(Screen[None]):
    """The widgets of the reader, and which of them are in view."""

    AUTO_FOCUS = "#results"
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__()
        self.corpus = corpus
        self.settings = settings
        self.visits = History([Visit(query)])
        self.measure = settings.measure or _kept_measure(corpus) or USUAL_MEASURE
        self.letters = letters
        self.marked_types = _kept_types(corpus)
        self.zoomed = False
        self.entities_open = False
        self.linked = False
        self.last_pane: ArticlePane | None = None
        self._keeper = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self.search_field = TextField("/ ", hint="search", id="search")
        self.notice = Notice(id="notice")
        self.results = HitList(id="results")
        self.facets = FacetPanel(id="facets")
        self.greeting = Greeting(id="greeting")
        self.entity_panel = EntityPanel(id="entities")
        self.find_field = TextField("find ", id="find")
        self.footer = KeyFooter(settings.keys, id="footer")
        self.panes: list[ArticlePane] = []
        self._body = Horizontal(id="body")
        self._left = Vertical(id="left")
        self._pane_row = Horizontal(id="panes")
        self._parts: Parts | None = None

    def compose(self) -> ComposeResult:
        """Search on top, results below, keys at the bottom: what the first frame needs, and no more."""
        yield self.search_field
        yield self.notice
        with self._body, self._left:
            yield self.results
        yield self.footer

    async def complete(self) -> None:
        """Put in what is not seen in the first frame: it need not wait for that."""
        await self._left.mount(self.facets)
        await self._body.mount(self._pane_row, self.entity_panel)
        await self._pane_row.mount(self.greeting)
        await self.mount(self.find_field, before=self.footer)
        self.show_parts()

    # What has the focus

    @property
    def focused_pane(self) -> ArticlePane | None:
        """The pane with the focus, or else the one that had it last."""
        if isinstance(self.focused, ArticlePane):
            return self.focused
        return self.last_pane if self.last_pane in self.panes else (self.panes[-1] if self.panes else None)

    @property
    def context(self) -> Context:
        """What has the focus, as the footer names it."""
        focused = self.focused
        if focused is self.search_field:
            return "search"
        if focused is self.find_field:
            return "find"
        if focused is self.facets:
            return "facets"
        if focused is self.entity_panel:
            return "entities"
        if focused is self.greeting:
            return "greeting"
        return "article" if isinstance(focused, ArticlePane) else "results"

    @property
    def article_id(self) -> ArticleId | None:
        """The article that a command is about: the open one, or in the results the selected one."""
        pane = self.focused_pane
        if self.context in {"article", "entities", "find"} and pane is not None:
            return pane.article_id
        hit = self.results.selected_hit
        return hit.id if hit else None

    def on_descendant_focus(self) -> None:
        """The focus decides what a narrow terminal shows, and what the footer says."""
        if isinstance(self.focused, ArticlePane):
            self.last_pane = self.focused
        self.show_parts()
        self.show_footer()

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Move the focus without painting the whole screen: what changes its looks paints itself."""
        self._moving_focus = True
        try:
            super().set_focus(widget, scroll_visible, from_app_focus)
        finally:
            self._moving_focus = False

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint; but not everything just because the focus moved (26 kB at 120x40)."""
        if self._moving_focus and not (regions or layout or recompose):
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    _moving_focus = False

    def paint(self) -> None:
        """Draw what has changed now: Textual waits for its clock, 0 to 17 ms, and for four turns of its loop."""
        if not self.is_current or self.app._batch_count:
            return
        if self.covered or self._layout_required or self._scroll_required or self._repaint_required:
            self._on_timer_update()
            return
        placed: list[tuple[int, int, Strip]] = []
        for widget in (self.search_field, self.notice, self.results, self.facets, self.footer):
            placed += self._changed_lines(widget)
        if placed:
            self.app._display(self, Lines(placed))

    @property
    def covered(self) -> bool:
        """Whether something lies on top of the widgets, so that they can't be drawn as if they were alone."""
        return False

    def _changed_lines(self, widget: Widget) -> Iterable[tuple[int, int, Strip]]:
        """What of a widget has changed; nothing of ours ever lies on top of it."""
        in_view = self._compositor.visible_widgets.get(widget)
        if not widget._repaint_required or in_view is None:
            return
        widget._repaint_required = False
        region, clip = in_view
        # A scroll bar is a widget of its own, drawn over the right end of the lines.
        beside_bar = widget.styles.gutter.right + widget.scrollbar_size_vertical
        clip = clip.intersection(region.shrink(Spacing(0, beside_bar, 0, 0)))
        for changed in widget._exchange_repaint_regions():
            part = clip.intersection(changed.translate(region.offset))
            crop = part.translate(-region.offset)
            strips = widget.fresh_lines(crop) if isinstance(widget, HitList) else widget.render_lines(crop)
            for row, strip in zip(part.line_range, strips, strict=True):
                yield part.x, row, strip if strip.cell_length <= part.width else strip.crop(0, part.width)

    def show_footer(self) -> None:
        """Say which keys count, and where one is."""
        pane = self.focused if isinstance(self.focused, ArticlePane) else None
        position = pane.position if pane else ""
        if pane and self.linked and len(self.panes) > 1:
            position = f"linked · {position}" if position else "linked"
        self.footer.show(self.context, position)

    # What is in view

    @property
    def most_panes(self) -> int:
        """How many panes the width has room for."""
        return 3 if self.size.width >= THREE_PANES else 2

    def show_parts(self) -> None:
        """Show what fits into the width, the focused thing first."""
        width = self.size.width
        if not width:
            return
        left, left_width = True, width
        focused_pane = self.focused if isinstance(self.focused, ArticlePane) else None
        in_text = focused_pane is not None or self.context in {"entities", "find"}
        panes, panel = len(self.panes), self.entities_open
        room = width - (PANEL_WIDTH if panel and width >= MEDIUM else 0)
        if self.zoomed and self.panes and in_text:
            left, shown = False, [self.focused_pane]
        elif width >= WIDE:
            left_width = max(38, min(60, width * 36 // 100))
            left = not (in_text and panes and (room - left_width) // panes < NARROWEST_PANE)
            shown = list(self.panes)
        elif width >= MEDIUM:
            left = not in_text if panes > 1 or panel else True
            left_width = max(34, width * 40 // 100)
            shown = list(self.panes) if in_text and not panel else [self.focused_pane] if panes else []
        else:
            left = not in_text and self.context != "greeting"
            shown = [self.focused_pane] if in_text and self.context != "entities" else []
        self._apply(
            Parts(
                left=left_width if left else 0,
                panes=tuple(pane for pane in shown if pane is not None),
                greeting=not self.panes and (width >= MEDIUM or self.context == "greeting"),
                panel=(PANEL_WIDTH if width >= MEDIUM else width)
                if panel and (width >= WIDE or self.context == "entities" or (in_text and width >= MEDIUM))
                else 0,
                facets=max(5, self.size.height // 2)
                if self.facets.open
                else (SUMMARY_LINES + 1 if self.size.height >= 16 else 0),
            )
        )

    def _apply(self, parts: Parts) -> None:
        """Show these parts; a layout is dear, so nothing is touched where nothing changes."""
        if parts == self._parts:
            return
        self._parts = parts
        self._left.display = bool(parts.left)
        if parts.left:
            self._left.styles.width = parts.left
        for pane in self.panes:
            pane.display = pane in parts.panes
        self.greeting.display = parts.greeting
        self._pane_row.display = bool(parts.panes) or parts.greeting
        self.entity_panel.display = bool(parts.panel)
        if parts.panel:
            self.entity_panel.styles.width = parts.panel
        self.facets.display = bool(parts.facets)
        if parts.facets:
            self.facets.styles.height = parts.facets

    def on_resize(self) -> None:
        """Another width shows other things."""
        while len(self.panes) > self.most_panes:
            self.drop_pane(self.panes[-1])
        self.show_parts()

    # Panes

    async def add_pane(self) -> ArticlePane:
        """A new pane at the right, the newest replaced where there is no room."""
        if len(self.panes) >= self.most_panes:
            return self.panes[-1]
        pane = ArticlePane(measure=self.measure, letters=self.letters, types=self.marked_types)
        pane.scrolled = self.pane_scrolled
        self.panes.append(pane)
        self.last_pane = pane
        await self._pane_row.mount(pane)
        self.show_parts()
        return pane

    def pane_scrolled(self, pane: ScrollLines) -> None:
        """A pane moved."""
        self.show_footer()

    def drop_pane(self, pane: ArticlePane) -> None:
        """Close a pane; the focus goes to the one beside it, at last to the results."""
        self.keep_place(pane)
        had_focus = self.focused is pane
        at = self.panes.index(pane)
        self.panes.remove(pane)
        self.last_pane = self.panes[max(0, at - 1)] if self.panes else None
        if not self.panes:
            self.zoomed = self.entities_open = False
        pane.remove()
        if had_focus or not self.panes:
            self.focus_on(self.last_pane or self.results)
        self.show_parts()

    def focus_on(self, widget: ScrollLines | TextField) -> None:
        """Give something the focus, shown first where it was hidden."""
        if not widget.display or not all(ancestor.display for ancestor in widget.ancestors_with_self):
            widget.display = True
            for ancestor in widget.ancestors:
                if ancestor is self:
                    break
                ancestor.display = True
            self._parts = None
        self.set_focus(widget, scroll_visible=False)

    def focusable_parts(self) -> list[ScrollLines]:
        """What Tab goes through, from left to right."""
        parts: list[ScrollLines] = [self.results]
        if self.facets.open:
            parts.append(self.facets)
        parts += self.panes or ([self.greeting] if self.greeting.count else [])
        if self.entities_open:
            parts.append(self.entity_panel)
        return parts

    def step_focus(self, step: int) -> None:
        """Tab and Shift+Tab."""
        parts = self.focusable_parts()
        at = parts.index(self.focused) if self.focused in parts else 0
        self.focus_on(parts[(at + step) % len(parts)])

    # The desk, which waits for a disk: never on the event loop

    def keep(self, write: Callable[..., Any], *arguments: Any) -> None:
        """Write to the desk, in order, while the program goes on."""
        self._keeper.submit(write, *arguments)

    def keep_place(self, pane: ArticlePane) -> None:
        """Remember how far an article was read."""
        if pane.article_id is not None:
            self.keep(self.corpus.desk.set_place, pane.article_id, *pane.place)

    def finish(self) -> None:
        """Remember where everything was; what is waiting to be written is written."""
        for pane in self.panes:
            self.keep_place(pane)
        self._keeper.shutdown(wait=True)
