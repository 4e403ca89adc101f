"""Comparing articles for a page: off the event loop, painted once it is done, left and come back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult

from tui.article import ArticleId, Span
from tui.errors import BroadsheetError
from tui.screens.asks import Asks
from tui.screens.page import Done, PageScreen
from tui.stories.board import Board, board_of, pairs_of
from tui.widgets.compared_head import ComparedHead
from tui.widgets.compared_layout import VIEWS
from tui.widgets.compared_text import ComparedText, Shown
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings
    from tui.stories.values import Side

UNPAINTED_S = 0.1
"""How long a first frame may wait for the comparison; after that it says what is under way."""
LONG = 12_000
"""Words of an article from which on comparing takes so long that it is said why."""


class ReadThere(NamedTuple):
    """Where reading goes on when a comparison is left by Enter."""

    article: ArticleId
    span: Span


class LeftAt(NamedTuple):
    """A comparison as it was left, for coming back to it."""

    articles: tuple[ArticleId, ...]
    shown: Shown
    board: Board | None = None
    """Its table, if nothing has changed since; None where it was never there."""


class ComparingScreen(PageScreen[ReadThere], Asks[ReadThere]):
    """The part of the page that compares."""

    context = "comparison"

    def __init__(
        self,
        corpus: Corpus,
        settings: Settings,
        left: LeftAt,
        *,
        other: ArticleId | None = None,
        leaving: Callable[[LeftAt], None] | None = None,
    ) -> None:
        """Compare two or three articles.

        Args:
            corpus: Whose.
            settings: The reader's.
            left: Which articles, and where to begin.
            other: The article that is offered first as a third one.
            leaving: Told how the comparison was left.
        """
        super().__init__(settings)
        self.corpus = corpus
        self.ids = list(left.articles)
        self.other = other
        self._leaving = leaving or (lambda left: None)
        self._comparing = 0
        """Which comparison is waited for."""
        self._first = left
        self._unpainted = ExitStack()
        """Holds back painting."""
        self.head = ComparedHead(id="compared-head")
        self.text = ComparedText(id="compared")
        self.text.moved = self._moved
        self.find_field = TextField("find ", "words in any of the articles", id="find-compared")
        self.find_field.display = False

    @property
    def body(self) -> ComparedText:
        """The text."""
        return self.text

    def compose(self) -> ComposeResult:
        """Head, text, fields, footer."""
        yield self.head
        yield self.text
        yield self.find_field
        yield self.path_field
        yield self.footer

    def on_mount(self) -> None:
        """Compare at once."""
        self.head.set_room(self.size.height)
        # Painted once, with the comparison in it: 36 kB and 40 ms for a first frame without one, before this.
        self._unpainted.enter_context(self.app.batch_update())
        self.set_timer(UNPAINTED_S, self._paint)
        if self._first.board is not None:
            self._announce()
            self.call_later(self.show_board, self._first.board, self._first.shown)
        else:
            self.compare_anew(self._first.shown)

    def on_unmount(self) -> None:
        """Nobody waits for the comparison any more."""
        self._unpainted.close()
        self._comparing += 1

    def on_resize(self, event: events.Resize) -> None:
        """More or less can be told at the top."""
        self.head.set_room(event.size.height)

    # Comparing

    def _announce(self) -> None:
        """Say what is compared; that is known at once, and how high the head will be with it."""
        try:
            articles = [self.corpus.article(id) for id in self.ids]
        except BroadsheetError:
            return  # whoever compares them says so
        long = max(article.words for article in articles) > LONG
        said = "comparing … they are long: this may take some seconds (q leaves)" if long else "comparing …"
        self.head.show_working(articles, said)

    def compare_anew(self, shown: Shown) -> None:
        """Compare the articles as they stand in `ids`; what is not there yet is said."""
        self._comparing += 1
        self.text.show_board(None, shown)
        self._announce()
        self.explore(self._work, self._comparing, tuple(self.ids), shown)

    def _work(self, comparing: int, ids: tuple[ArticleId, ...], shown: Shown) -> None:
        def stop() -> bool:
            return comparing != self._comparing

        def tell(show: Callable[[], None]) -> None:
            self.post_message(Done(lambda: None if stop() else show()))

        try:
            sides = [self.corpus.side(id) for id in ids]
        except BroadsheetError as error:
            said = f"not compared: {error}"
            tell(lambda: self._show_failure(said))
            return
        board = compared(sides, stop)
        if board is not None:
            tell(lambda: self.show_board(board, shown))

    def _show_failure(self, said: str) -> None:
        self.head.show_working((), said)
        self.footer.say("q leads back")
        self._paint()

    def _paint(self) -> None:
        """Paint what was held back."""
        self._unpainted.close()
        self.check_idle()

    def show_board(self, board: Board, shown: Shown) -> None:
        """Show a comparison that is there."""
        self.head.show_board(board)
        self.text.show_board(board, shown)
        self._moved()
        self._paint()

    def _moved(self) -> None:
        """Say where one is."""
        self.head.show_column(self.text.column)
        self.show_footer()

    def show_footer(self) -> None:
        """Say what the keys do, what is shown, and where one is in it."""
        at, count = self.text.position
        view = self._view_in_words() if self.text.board is not None else ""
        position = f"{view}{at}/{count}" if count else view
        self.footer.show(self.asking_context or self.context, position)

    def _view_in_words(self) -> str:
        shown = self.text.shown
        if shown.view == "differing":
            return "what differs "
        if shown.view != "only":
            return ""
        return f"only in {self._called(shown.only)} " if shown.only is not None else "only in one "

    def _called(self, column: int) -> str:
        return ("the left", "the right")[column] if len(self.ids) == 2 else str(column + 1)

    # Leaving

    def _left_at(self) -> LeftAt:
        return LeftAt(tuple(self.ids), self.text.shown, self.text.board)

    def action_close(self) -> None:
        """Back to the reader."""
        self._leaving(self._left_at())
        self.dismiss(None)

    def on_compared_text_chosen(self, chosen: ComparedText.Chosen) -> None:
        """Read on there."""
        self._leaving(self._left_at())
        sentence = chosen.sentence
        self.dismiss(
            ReadThere(self.ids[chosen.column], Span(sentence.paragraph, sentence.start, sentence.end))
        )


def compared(sides: Sequence[Side], cancelled: Callable[[], bool]) -> Board | None:
    """Two or three articles as a table; None where nobody waits for it any more."""
    from tui.stories.comparison import compare

    comparisons = []
    for one, other in pairs_of(len(sides)):
        if cancelled():
            return None
        comparisons.append(compare(sides[one], sides[other], cancelled))
    return None if cancelled() else board_of(sides, comparisons)


def first_shown(view: str | None) -> Shown:
    """Where a comparison begins, in the view that was kept."""
    return Shown(view=next((known for known in VIEWS if known == view), "rows"))
