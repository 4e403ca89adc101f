"""Which paragraphs of an open article are shown, and in which order: what the site repeats, and the order suggested."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.article import ArticleId
from tui.errors import NoSuchArticle
from tui.screens.to_stories import ToStoriesScreen
from tui.widgets.article_pane import ArticlePane
from tui.widgets.article_text import REPEATED_TEXTS, RepeatedText
from tui.widgets.source_names import short_name

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
        self.footer_say("looking for the order …" if self.in_suggested_order else "as published")

    def article_shown(self) -> None:
        """Another article: its order, too, where that is wanted."""
        super().article_shown()
        if self.in_suggested_order:
            for pane in self.panes:
                if not pane.order_said:
                    self._look_for_order(pane)

    def _look_for_order(self, pane: ArticlePane) -> None:
        if pane.article_id is not None:
            work = partial(self._find_order, pane, pane.article_id, pane.boilerplate)
            self.run_worker(work, group=f"order-{pane.article_id}", thread=True, exit_on_error=False)

    def _find_order(self, pane: ArticlePane, id: ArticleId, boilerplate: frozenset[int]) -> None:
        try:
            order = self.corpus.order(id)
            copied = self.corpus.article(order.reprint).source if order.reprint is not None else None
        except NoSuchArticle:
            return  # it went just now, or what it is a copy of
        shown = None if is_as_published(order, boilerplate) else order
        self.post_message(Ordered(pane, id, shown, said_of(order, boilerplate, copied)))

    @on(Ordered)
    def _show_order(self, ordered: Ordered) -> None:
        pane = ordered.pane
        if self.in_suggested_order and pane in self.panes and pane.article_id == ordered.id:
            pane.set_order(ordered.order.paragraphs if ordered.order else None, ordered.said)
            if pane is self.focused_pane:
                self.footer_say(ordered.said)


def is_as_published(order: Order, boilerplate: frozenset[int]) -> bool:
    """Whether it leaves all that the site does not repeat where it was published."""
    body = [paragraph for paragraph in order.paragraphs if paragraph not in boilerplate]
    return body == sorted(body)


def said_of(order: Order, boilerplate: frozenset[int], copied: str | None) -> str:
    """What is said of an order, plainly.

    Args:
        order: which one.
        boilerplate: the paragraphs that the site repeats.
        copied: the source of the copy that the order was taken from.
    """
    from tui.stories.order import CONFIDENT

    sure = order.confidence >= CONFIDENT
    if is_as_published(order, boilerplate):
        return "as published, which seems right" if sure else "as published: no other order is any surer"
    if not sure:
        return "suggested order: no more than a guess"
    if order.reprint is not None:
        return f"suggested order: that of the copy in {short_name(copied)}"
    return "suggested order, worked out from the text"
