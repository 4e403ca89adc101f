"""Two or three articles set side by side: what they share, what was reworded, what only one has, which figures
differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.article import ArticleId, Span
from tui.screens.bound import bindings
from tui.screens.page import Done, PageScreen, page_bindings
from tui.stories.board import MOST_SIDES, Board, board_of
from tui.widgets.compared_head import ComparedHead
from tui.widgets.compared_layout import View
from tui.widgets.compared_text import ComparedText

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings
    from tui.stories.values import Side

_VIEWS: tuple[View, ...] = ("published", "rows", "differing")


class ReadThere(NamedTuple):
    """Where reading goes on when a page is left by Enter."""

    article: ArticleId
    span: Span


class CompareScreen(PageScreen[ReadThere]):
    """The comparison of some articles of a corpus."""

    BINDINGS: ClassVar[list[BindingType]] = [*page_bindings(), *bindings("comparison")]
    context = "comparison"

    def __init__(
        self,
        corpus: Corpus,
        settings: Settings,
        ids: Sequence[ArticleId],
        *,
        other: ArticleId | None = None,
        keep: Callable[[str, str], None] | None = None,
    ) -> None:
        """Compare these articles.

        Args:
            corpus: Whose.
            settings: The reader's.
            ids: Two or three articles.
            other: What may be added as a third.
            keep: Told what to remember, and under which key.
        """
        super().__init__(settings)
        self.corpus = corpus
        self.ids = list(ids)
        self._other = other
        self._keep = keep or (lambda key, value: None)
        self._comparing = 0
        """Which comparison is waited for."""
        self.head = ComparedHead(id="compared-head")
        self.text = ComparedText(id="compared")
        kept = corpus.desk.get("comparison view")
        self.text.view = next((view for view in _VIEWS if view == kept), "rows")

    @property
    def body(self) -> ComparedText:
        """The text."""
        return self.text

    def compose(self) -> ComposeResult:
        """Head, text, footer."""
        yield self.head
        yield self.text
        yield self.path_field
        yield self.footer

    def on_mount(self) -> None:
        """Compare at once."""
        super().on_mount()
        self._compare()

    def _compare(self, row: int = 0, column: int = 0) -> None:
        self._comparing += 1
        self.explore(self._work, self._comparing, tuple(self.ids), row, column)

    def _work(self, comparing: int, ids: tuple[ArticleId, ...], row: int, column: int) -> None:
        def stop() -> bool:
            return comparing != self._comparing

        sides = [self.corpus.side(id) for id in ids]
        self.post_message(
            Done(lambda: None if stop() else self.head.show_articles([side.article for side in sides]))
        )
        board = compared(sides, stop)
        if board is not None:
            self.post_message(Done(lambda: None if stop() else self._show(board, row, column)))

    def _show(self, board: Board, row: int, column: int) -> None:
        self.head.show_board(board)
        self.text.show_board(board, row=row, column=column)
        self.on_compared_text_moved()

    def on_compared_text_moved(self) -> None:
        """Say where one is."""
        board = self.text.board
        self.head.show_column(self.text.column)
        position = f"{self.text.row + 1}/{len(board.rows)}" if board is not None and board.rows else ""
        self.footer.show(self.context, position)

    def on_compared_text_chosen(self, chosen: ComparedText.Chosen) -> None:
        """Read on there."""
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

    def _show_view(self, view: View) -> None:
        self.text.show_view(view)
        self._keep("comparison view", view)

    def action_next_difference(self) -> None:
        """To the next difference."""
        if not self.text.step_difference(1):
            self.footer.say("no difference after this")

    def action_previous_difference(self) -> None:
        """To the difference before."""
        if not self.text.step_difference(-1):
            self.footer.say("no difference before this")

    def action_next_figure(self) -> None:
        """To the next figures that disagree."""
        self._step_figure(1, "after")

    def action_previous_figure(self) -> None:
        """To the figures before that disagree."""
        self._step_figure(-1, "before")

    def _step_figure(self, step: int, where: str) -> None:
        if self.text.board is not None and not self.text.step_figure(step):
            some = bool(self.text.board.disagreements)
            self.footer.say(f"no figures disagree {where} this" if some else "no figures disagree")

    # Which articles

    def action_next_side(self) -> None:
        """To the next article."""
        self.text.go_to_column(1)

    def action_previous_side(self) -> None:
        """To the article before."""
        self.text.go_to_column(-1)

    def action_add_side(self) -> None:
        """A third article."""
        if len(self.ids) == MOST_SIDES:
            self.footer.say("three are the most: x takes one away")
        elif self._other is None or self._other in self.ids:
            self.footer.say("select another article in the results first, then c, v")
        else:
            self.ids.append(self._other)
            self._compare()

    def action_drop_side(self) -> None:
        """This article away."""
        if len(self.ids) < MOST_SIDES:
            self.footer.say("two are the fewest: q goes back")
            return
        self._other = self.ids.pop(self.text.column)
        self._compare()

    def action_swap_sides(self) -> None:
        """The articles the other way round."""
        self.ids.reverse()
        self._compare(column=len(self.ids) - 1 - self.text.column)

    def action_copy_row(self) -> None:
        """The selected sentences."""
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
        """The comparison of the first two articles as a file."""
        from tui.stories import comparison_files

        board = self.text.board
        if board is None:
            return ""
        left, right = board.sides[:2]
        comparison = board.comparisons[0]
        match suffix:
            case ".html":
                return comparison_files.as_html(left, right, comparison)
            case ".csv":
                return comparison_files.as_csv(left, right, comparison)
            case ".md":
                lines = comparison_files.as_markdown(left, right, comparison)
            case _:
                lines = comparison_files.as_text(left, right, comparison)
        return "\n".join((*lines, ""))


def compared(sides: Sequence[Side], cancelled: Callable[[], bool]) -> Board | None:
    """Two or three articles as a table; None where nobody waits for it any more."""
    from tui.stories.comparison import compare

    pairs = [(0, 1)] if len(sides) == 2 else [(0, 1), (0, 2), (1, 2)]
    comparisons = [compare(sides[one], sides[other], cancelled) for one, other in pairs]
    return None if cancelled() else board_of(sides, comparisons)
