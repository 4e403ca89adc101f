"""Which paragraphs of an open article are shown, and in which order: what the site repeats, and the order suggested."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.article import ArticleId
from tui.errors import NoSuchArticle
from tui.screens.to_stories import ToStoriesScreen
from tui.widgets.article_pane import REPEATED_TEXTS, ArticlePane, RepeatedText
from tui.widgets.coverage_layout import short_name

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings
    from tui.stories.values import Order

_SAID: dict[RepeatedText, str] = {
    "dimmed": "what the site repeats is dimmed",
    "hidden": "what the site repeats is hidden",
    "shown": "what the site repeats is shown as all else",
}


class Ordered(Message):
    """In which order an article's paragraphs were likely written is found."""

    def __init__(self, pane: ArticlePane, id: ArticleId, order: Order | None, said: str) -> None:
        super().__init__()
        self.pane = pane
        self.id = id
        self.order = order
        """None where it is shown as published."""
        self.said = said


def _kept_repeated_text(corpus: Corpus) -> RepeatedText:
    kept = corpus.desk.get("repeated text")
    return next((shown for shown in REPEATED_TEXTS if shown == kept), "dimmed")


class ParagraphsScreen(ToStoriesScreen):
    """The part of the reader that chooses and orders the paragraphs of articles."""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self.repeated_text = _kept_repeated_text(corpus)
        self.in_suggested_order = False

    async def add_pane(self) -> ArticlePane:
        """A new pane, as all others."""
        pane = await super().add_pane()
        pane.repeated_text = self.repeated_text
        return pane

    def action_repeated(self) -> None:
        """What the site repeats: dimmed, hidden, or as all else."""
        following = (REPEATED_TEXTS.index(self.repeated_text) + 1) % len(REPEATED_TEXTS)
        self.repeated_text = REPEATED_TEXTS[following]
        for pane in self.panes:
            pane.set_repeated_text(self.repeated_text)
        self.keep(self.corpus.desk.set, "repeated text", self.repeated_text)
        shown = self.focused_pane
        none = shown is not None and shown.article is not None and not shown.boilerplate
        self.footer_say(_SAID[self.repeated_text] + (" · here is none" if none else ""))

    def action_order(self) -> None:
        """In the suggested order, or as published."""
        if self.needed_pane() is None:
            return
        self.in_suggested_order = not self.in_suggested_order
        for pane in self.panes:
            if self.in_suggested_order:
                self._look_for_order(pane)
            else:
                pane.set_order(None, "")
        self.footer_say("in the suggested order" if self.in_suggested_order else "as published")

    def article_shown(self) -> None:
        """Another article: its order, too, where that is wanted."""
        super().article_shown()
        if self.in_suggested_order:
            for pane in self.panes:
                if not pane.order_said:
                    self._look_for_order(pane)

    def _look_for_order(self, pane: ArticlePane) -> None:
        if pane.article_id is not None:
            work = partial(self._find_order, pane, pane.article_id)
            self.run_worker(work, group=f"order-{pane.article_id}", thread=True, exit_on_error=False)

    def _find_order(self, pane: ArticlePane, id: ArticleId) -> None:
        try:
            article = self.corpus.article(id)
            order = self.corpus.order(id)
        except NoSuchArticle:
            return
        shown, said = order, said_of(order, len(article.paragraphs))
        if order is not None and order.reprint is not None:
            try:
                source = self.corpus.article(order.reprint).source
                said = f"suggested order: that of the copy in {short_name(source)}"
            except NoSuchArticle:
                pass
        if order is None or list(order.paragraphs) == list(range(len(article.paragraphs))):
            shown = None
        self.post_message(Ordered(pane, id, shown, said))

    @on(Ordered)
    def _show_order(self, ordered: Ordered) -> None:
        pane = ordered.pane
        if self.in_suggested_order and pane in self.panes and pane.article_id == ordered.id:
            pane.set_order(ordered.order.paragraphs if ordered.order else None, ordered.said)
            self.show_footer()


def said_of(order: Order | None, paragraphs: int) -> str:
    """What is said of an order, plainly."""
    from tui.stories.order import CONFIDENT

    if order is None:
        return "no other order is known: as published"
    if list(order.paragraphs) == list(range(paragraphs)):
        return "the order as published seems right"
    if order.confidence < CONFIDENT:
        return "suggested order: no more than a guess"
    return "suggested order, worked out from the text"
