"""Two or three articles set side by side: what they share, what was reworded, what only one has, which figures
differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from tui.article import ArticleId, Span
from tui.errors import BroadsheetError
from tui.screens.asks import Asks
from tui.screens.bound import bindings
from tui.screens.page import Done, PageScreen, page_bindings
from tui.stories.board import MOST_SIDES, Board, board_of, pairs_of, turned_round
from tui.widgets.choices import Choice, Question
from tui.widgets.compared_head import ComparedHead
from tui.widgets.compared_layout import VIEWS, Selection, View
from tui.widgets.compared_text import ComparedText, Shown
from tui.widgets.dates import short_date
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings
    from tui.stories.values import Side

OFFERED = 30
"""Articles offered at a time as a third one."""
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


class CompareScreen(PageScreen[ReadThere], Asks[ReadThere]):
    """The comparison of some articles of a corpus."""

    BINDINGS: ClassVar[list[BindingType]] = [*page_bindings(), *bindings("comparison")]
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
        self._other = other
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
        self.find_field.tell_apart(self._find, self._find_next, self._left_find)

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
        super().on_mount()
        self.head.set_room(self.size.height)
        # Painted once, with the comparison in it: 36 kB and 40 ms for a first frame without one, before this.
        self._unpainted.enter_context(self.app.batch_update())
        self.set_timer(UNPAINTED_S, self._paint)
        if self._first.board is not None:
            self._announce()
            self.call_later(self._show, self._first.board, self._first.shown)
        else:
            self._compare(self._first.shown)

    def on_unmount(self) -> None:
        """Nobody waits for the comparison any more."""
        self._unpainted.close()
        self._comparing += 1
        super().on_unmount()

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

    def _compare(self, shown: Shown) -> None:
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
            tell(lambda: self._show(board, shown))

    def _show_failure(self, said: str) -> None:
        self.head.show_working((), said)
        self.footer.say("q leads back")
        self._paint()

    def _paint(self) -> None:
        """Paint what was held back."""
        self._unpainted.close()
        self.check_idle()

    def _show(self, board: Board, shown: Shown) -> None:
        self.head.show_board(board)
        self.text.show_board(board, shown)
        self._moved()
        self._paint()

    def _moved(self) -> None:
        """Say where one is."""
        self.head.show_column(self.text.column)
        self._show_footer()

    def _show_footer(self) -> None:
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

    # Views

    def action_as_published(self) -> None:
        """Each article as published."""
        self._show_view("published")

    def action_in_rows(self) -> None:
        """Sentence beside sentence."""
        self._show_view("rows")

    def action_differing(self) -> None:
        """Only what differs."""
        self._show_view("differing")

    def action_alone(self) -> None:
        """What one article alone has: any, then each in turn."""
        shown = self.text.shown
        if shown.view != "only":
            self._show_view("only")
        else:
            following = 0 if shown.only is None else shown.only + 1
            self._show_view("only", following if following < len(self.ids) else None)

    def _show_view(self, view: View, only: int | None = None) -> None:
        self.text.show_view(view, only)
        if self.text.board is not None and not self.text.position[1]:
            self.footer.say("nothing of that kind: 2 shows all")

    def action_next_difference(self) -> None:
        """To the next difference."""
        self._say_unless(self.text.step_difference(1), "no difference after this")

    def action_previous_difference(self) -> None:
        """To the difference before."""
        self._say_unless(self.text.step_difference(-1), "no difference before this")

    def action_next_figure(self) -> None:
        """To the next figures that disagree."""
        self._say_unless(self.text.step_figure(1), self._no_figure("after"))

    def action_previous_figure(self) -> None:
        """To the figures before that disagree."""
        self._say_unless(self.text.step_figure(-1), self._no_figure("before"))

    def _no_figure(self, where: str) -> str:
        board = self.text.board
        some = board is not None and bool(board.disagreements)
        return f"no figures disagree {where} this" if some else "no figures disagree"

    def _say_unless(self, done: bool, said: str) -> None:
        if not done and self.text.board is not None:
            self.footer.say(said)

    # Which articles

    def action_next_side(self) -> None:
        """To the next article."""
        self.text.go_to_column(1)

    def action_previous_side(self) -> None:
        """To the article before."""
        self.text.go_to_column(-1)

    async def action_add_side(self) -> None:
        """A third article: it is asked which."""
        if len(self.ids) == MOST_SIDES:
            self.footer.say("three are the most: x takes one away")
        else:
            await self.ask(Question("add", self._add, self._offer))

    def _offer(self, text: str) -> list[Choice]:
        """Articles that may join: those on the same matter, or those that some words find. For a worker."""
        if text.strip():
            found = self.corpus.search(text, typing=True).page(0, OFFERED)
        else:
            found = self.corpus.related(self.ids[0], OFFERED)
            if self._other is not None:
                found = [self.corpus.hit(self._other), *(hit for hit in found if hit.id != self._other)]
        return [
            Choice(hit.title, " · ".join(filter(None, (hit.source, short_date(hit.date)))), hit.id)
            for hit in found
            if hit.id not in self.ids
        ]

    def _add(self, choice: Choice) -> None:
        self.ids.append(ArticleId(str(choice.value)))
        self._compare(self.text.shown._replace(only=None))

    def asked(self, question: Question) -> None:
        """The keys are the question's."""
        assert self.asking is not None
        self.set_focus(self.asking.field)
        self._show_footer()

    def unasked(self, before: Widget | None) -> None:
        """Back to the text."""
        self.set_focus(self.text, scroll_visible=False)
        self._show_footer()

    def action_drop_side(self) -> None:
        """This article away."""
        if len(self.ids) < MOST_SIDES:
            self.footer.say("two are the fewest: q goes back")
            return
        self._other = self.ids.pop(self.text.column)
        self._compare(Shown(view=self.text.shown.view))

    def action_swap_sides(self) -> None:
        """The articles the other way round: what was selected stays so."""
        board, shown = self.text.board, self.text.shown
        self.ids.reverse()
        column = len(self.ids) - 1 - shown.selection.column
        if board is None:
            self._compare(shown)
            return
        turned = turned_round(board)
        at = board.rows[shown.selection.row].cells if board.rows else ()
        row = next(
            (
                turned.row_of[len(at) - 1 - n][cell.sentences[0]]
                for n, cell in enumerate(at)
                if cell.sentences
            ),
            0,
        )
        only = None if shown.only is None else len(self.ids) - 1 - shown.only
        self._show(turned, Shown(Selection(row, column), shown.view, only))

    # Find

    def action_find_here(self) -> None:
        """Find words in the comparison."""
        self.find_field.display = True
        self.find_field.set_value("", quiet=True)
        self.find_field.set_status("")
        self.set_focus(self.find_field)
        self.footer.show("finding")

    def _find(self, changed: TextField.Changed) -> None:
        count = self.text.find(changed.value)
        self.find_field.set_status(f"{count} found" if changed.value.strip() else "")

    def _find_next(self, submitted: TextField.Submitted) -> None:
        self.text.step_found(1)

    def _left_find(self, left: TextField.Left) -> None:
        if left.value in {"up", "down"}:
            self.text.step_found(1 if left.value == "down" else -1)
            return
        self.text.find("")
        self.find_field.display = False
        self.set_focus(self.text, scroll_visible=False)
        self._show_footer()

    # Taking it along

    def action_copy_row(self) -> None:
        """The selected sentences, each with whose it is."""
        board = self.text.board
        if board is None or not board.rows:
            return
        row = board.rows[self.text.row]
        lines = [
            f"{side.article.source or side.article.title}: {cell.text}"
            for side, cell in zip(board.sides, row.cells, strict=True)
            if cell.text
        ]
        self.broadsheet.copy_to_clipboard("\n".join(lines))
        self.footer.say("copied: one sentence" if len(lines) == 1 else f"copied: {len(lines)} sentences")

    def content(self, suffix: str) -> str:
        """The comparison as a file, of all articles in it."""
        from tui.stories import comparison_files

        board = self.text.board
        if board is None:
            return ""
        match suffix:
            case ".html":
                return comparison_files.as_html(board)
            case ".csv":
                return comparison_files.as_csv(board)
            case ".md":
                lines = comparison_files.as_markdown(board)
            case _:
                lines = comparison_files.as_text(board)
        return "\n".join((*lines, ""))


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
