"""Two or three articles beside one another: scrolled together, and the words that they share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from tui.article import Article, ArticleId, Span
from tui.screens.reading import ReadingScreen
from tui.widgets.article_pane import ArticlePane
from tui.widgets.article_text import Overlay
from tui.widgets.scroll_lines import ScrollLines

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings


class Compared(Message):
    """Which words the open articles share is found."""

    def __init__(self, overlay: Overlay, spans: list[tuple[ArticlePane, ArticleId, list[Span]]]) -> None:
        super().__init__()
        self.overlay = overlay
        self.spans = spans


class SideBySideScreen(ReadingScreen):
    """The part of the reader that sets articles side by side."""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self._tops: dict[ArticlePane, int] = {}
        self._overlay: Overlay | None = None

    def article_shown(self) -> None:
        """The words in common are others now."""
        if self._overlay and len(self.panes) > 1:
            self._compare_words(self._overlay)

    def action_link(self) -> None:
        """Scroll together, or each alone."""
        if len(self.panes) < 2:
            self.footer_say("open a second article beside this one first: v")
            return
        self.linked = not self.linked
        self._tops = {pane: pane.top_line for pane in self.panes}
        self.footer_say("panes scroll together" if self.linked else "each pane scrolls alone")
        self.show_footer()

    def pane_scrolled(self, pane: ScrollLines) -> None:
        """Bring linked panes along, and say in the footer where one is."""
        if not isinstance(pane, ArticlePane):
            return
        if self.linked and pane is self.focused:
            delta = pane.top_line - self._tops.get(pane, pane.top_line)
            for other in self.panes:
                if other is not pane:
                    other.go_to_line(int(min(max(0, other.top_line + delta), other.max_scroll_y)))
        if self.linked:
            self._tops = {each: each.top_line for each in self.panes}
        if pane is self.focused:
            self.show_footer()

    def action_words(self) -> None:
        """The words that both have, that only one has, or none."""
        if len(self.panes) < 2:
            self.footer_say("open a second article beside this one first: v")
            return
        following: dict[Overlay | None, Overlay | None] = {None: "shared", "shared": "only", "only": None}
        self._overlay = following[self._overlay]
        said = {
            "shared": "words that both have",
            "only": "words that only one has",
            None: "words no longer marked",
        }
        self.footer_say(said[self._overlay])
        if self._overlay is None:
            for pane in self.panes:
                pane.show_words(None, ())
        else:
            self._compare_words(self._overlay)

    def _compare_words(self, overlay: Overlay) -> None:
        work = partial(self._find_words, overlay, [(p, p.article_id, p.article) for p in self.panes])
        self.run_worker(work, group="words", exclusive=True, thread=True, exit_on_error=False)

    def _find_words(
        self, overlay: Overlay, opened: list[tuple[ArticlePane, ArticleId | None, Article | None]]
    ) -> None:
        present = [
            (pane, id, article) for pane, id, article in opened if id is not None and article is not None
        ]
        spans = self.corpus.common_words([article for _, _, article in present], shared=overlay == "shared")
        found = [(pane, id, of_pane) for (pane, id, _), of_pane in zip(present, spans, strict=True)]
        if not get_current_worker().is_cancelled:
            self.post_message(Compared(overlay, found))

    @on(Compared)
    def _show_words(self, compared: Compared) -> None:
        for pane, id, spans in compared.spans:
            if pane.article_id == id and compared.overlay == self._overlay:
                pane.show_words(compared.overlay, spans)
