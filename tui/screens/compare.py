"""Two or three articles set side by side: what they share, what was reworded, what only one has, which figures
differ."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from tui.article import ArticleId
from tui.keys import SIDE_BY_SIDE
from tui.screens.bound import bindings
from tui.screens.comparing import ComparingScreen
from tui.screens.page import page_bindings
from tui.stories.board import MOST_SIDES, turned_round
from tui.widgets.choices import Choice, Question
from tui.widgets.compared_layout import Selection, View
from tui.widgets.compared_text import Shown
from tui.widgets.dates import short_date
from tui.widgets.text_field import TextField

OFFERED = 30
"""Articles offered at a time as a third one."""


class CompareScreen(ComparingScreen):
    """The comparison of some articles of a corpus."""

    BINDINGS: ClassVar[list[BindingType]] = [*page_bindings(), *bindings("comparison")]

    def compose(self) -> ComposeResult:
        """All parts, and what the field for finding tells."""
        self.find_field.tell_apart(self._find, self._find_next, self._left_find)
        yield from super().compose()

    def action_help(self) -> None:
        """Every key, those for comparing first."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.settings.keys, SIDE_BY_SIDE))

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
            if self.other is not None:
                found = [self.corpus.hit(self.other), *(hit for hit in found if hit.id != self.other)]
        return [
            Choice(hit.title, " · ".join(filter(None, (hit.source, short_date(hit.date)))), hit.id)
            for hit in found
            if hit.id not in self.ids
        ]

    def _add(self, choice: Choice) -> None:
        self.ids.append(ArticleId(str(choice.value)))
        self.compare_anew(self.text.shown._replace(only=None))

    def asked(self, question: Question) -> None:
        """The keys are the question's."""
        assert self.asking is not None
        self.set_focus(self.asking.field)
        self.show_footer()

    def unasked(self, before: Widget | None) -> None:
        """Back to the text."""
        self.set_focus(self.text, scroll_visible=False)
        self.show_footer()

    def action_drop_side(self) -> None:
        """This article away."""
        if len(self.ids) < MOST_SIDES:
            self.footer.say("two are the fewest: q goes back")
            return
        self.other = self.ids.pop(self.text.column)
        self.compare_anew(Shown(view=self.text.shown.view))

    def action_swap_sides(self) -> None:
        """The articles the other way round: what was selected stays so."""
        board, shown = self.text.board, self.text.shown
        self.ids.reverse()
        column = len(self.ids) - 1 - shown.selection.column
        if board is None:
            self.compare_anew(shown)
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
        self.show_board(turned, Shown(Selection(row, column), shown.view, only))

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
        self.show_footer()

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
