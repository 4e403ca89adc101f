"""Two or three articles side by side, drawn by line: where one is in them, and how one goes about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.stories.board import Board
from tui.stories.values import Sentence
from tui.widgets.compared_layout import Selection, View, rows_shown
from tui.widgets.compared_look import COMPONENTS, Look
from tui.widgets.compared_published import PublishedFace
from tui.widgets.compared_rows import RowsFace
from tui.widgets.scroll_lines import ScrollLines

WHEEL = 2
"""Sentences that a notch of the mouse wheel moves, where the articles stand as published."""


class Shown(NamedTuple):
    """Where one is in a comparison, and in which way it is shown: all that coming back to it needs."""

    selection: Selection = Selection()
    view: View = "rows"
    only: int | None = None
    """Of the view `only` the one article whose own sentences are shown; None for each article's."""


class ComparedText(ScrollLines):
    """The text of a comparison, one row of it selected.

    Attributes:
        board: What is shown; None before it is there.
        shown: Where one is, and in which view.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)

    class Chosen(Message):
        """Enter on a sentence: (article's column, sentence)."""

        def __init__(self, column: int, sentence: Sentence) -> None:
            super().__init__()
            self.column = column
            self.sentence = sentence

    moved: Callable[[], None] = staticmethod(lambda: None)
    """Told at once that another row is selected, another article has the keys, or another view is shown: what a
    message changes is drawn a frame later."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.board: Board | None = None
        self.shown = Shown()
        self._face: RowsFace | PublishedFace | None = None
        self._found: re.Pattern[str] | None = None
        self._look: tuple[object, Look] | None = None

    @property
    def row(self) -> int:
        """The selected row."""
        return self.shown.selection.row

    @property
    def column(self) -> int:
        """The article that keys go to."""
        return self.shown.selection.column

    # What is shown

    def show_board(self, board: Board | None, shown: Shown) -> None:
        """Show a comparison."""
        self.board = board
        if board is not None:
            row = max(0, min(shown.selection.row, len(board.rows) - 1))
            column = min(shown.selection.column, len(board.sides) - 1)
            only = None if shown.only is None else min(shown.only, len(board.sides) - 1)
            self.shown = Shown(Selection(row, column), shown.view, only)
        self._lay_out()

    def show_view(self, view: View, only: int | None = None) -> None:
        """Show it in another way; the selected row stays, or the nearest one that is shown is selected."""
        self.shown = self.shown._replace(view=view, only=only)
        order = rows_shown(self.board, view, only) if self.board is not None else []
        if order and self.row not in order:
            row = order[min(bisect_right(order, self.row), len(order) - 1)]
            self._set(Selection(row, only if only is not None else self.column))
        self._lay_out()
        self.moved()

    def _lay_out(self) -> None:
        width = self.text_width
        self._face = None
        if self.board is not None and width > 0:
            if self.shown.view == "published":
                self._face = PublishedFace(self.board, width, self.lines_in_view)
                self.set_length(self.lines_in_view)
                self._face.follow(self.shown.selection)
            else:
                shown = rows_shown(self.board, self.shown.view, self.shown.only)
                self._face = RowsFace(self.board, width, shown)
                self.set_length(len(self._face.lines))
                self._reveal()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew; what is selected stays in view."""
        if isinstance(self._face, RowsFace) and self._face.width == self.text_width:
            self.set_length(len(self._face.lines))
            self._reveal()
        else:
            self._lay_out()

    def find(self, text: str) -> int:
        """Mark where some words stand, and go to the first row from here on that has them; how many rows do."""
        self._found = re.compile(re.escape(text), re.IGNORECASE) if text.strip() else None
        self._look = None
        self.refresh()
        having = self._having_found()
        if having and self.row not in having:
            self.select(next((row for row in having if row > self.row), having[0]))
        return len(having)

    def step_found(self, step: int) -> None:
        """To the next row that has what is looked for; round the end."""
        having = self._having_found()
        if having:
            at = bisect_right(having, self.row) if step > 0 else bisect_right(having, self.row - 1) - 1
            self.select(having[at % len(having)])

    def _having_found(self) -> list[int]:
        if self._found is None or self.board is None:
            return []
        rows = self.board.rows
        return [
            row
            for row in sorted(self._order())
            if any(self._found.search(cell.text) for cell in rows[row].cells)
        ]

    # The selection

    def _set(self, selection: Selection) -> None:
        self.shown = self.shown._replace(selection=selection)

    def _selected(self) -> tuple[int, Sentence] | None:
        """The selected sentence of the article that has the keys; of another one where that leaves it out."""
        if self.board is None or self.row not in self._order():
            return None
        cells = self.board.rows[self.row].cells
        for column in (self.column, *range(len(cells))):
            if cells[column].sentences:
                return column, self.board.sentences[column][cells[column].sentences[0]]
        return None

    def select(self, row: int, column: int | None = None) -> None:
        """Select a row, in an article, and bring it into view; only what looks different is drawn."""
        if self.board is None or not self.board.rows or self._face is None:
            return
        before = self.shown.selection
        row = max(0, min(row, len(self.board.rows) - 1))
        now = Selection(row, before.column if column is None else column)
        if now == before:
            return
        lines = self._lines_of(before.row)
        self._set(now)
        if self._brought():
            self.refresh()
        else:
            for line in sorted(lines | self._lines_of(now.row)):
                self.refresh_lines(line)
        self.moved()

    def _lines_of(self, row: int) -> set[int]:
        if isinstance(self._face, PublishedFace):
            return self._face.lines_in_view(row)
        first, count = self._face.place_of(row) if self._face is not None else (0, 0)
        return set(range(first, first + count))

    def _brought(self) -> bool:
        """Bring the selection into view; whether anything moved."""
        if isinstance(self._face, PublishedFace):
            return self._face.follow(self.shown.selection)
        top = self.top_line
        self._reveal()
        return self.top_line != top

    def _order(self) -> list[int]:
        return self._face.order(self.column) if self._face is not None else []

    @property
    def position(self) -> tuple[int, int]:
        """Which of the rows that are gone through is selected, from 1, and how many they are."""
        order = self._order()
        return (order.index(self.row) + 1 if self.row in order else 0), len(order)

    def move(self, lines: int) -> None:
        """To another row."""
        order = self._order()
        if not order:
            return
        known = self.row in order
        at = order.index(self.row) + lines if known else bisect_right(sorted(order), self.row) - (lines < 0)
        self.select(order[max(0, min(at, len(order) - 1))])

    @property
    def page(self) -> int:
        """How many rows a page moves: about as many as are in view."""
        face = self._face
        if isinstance(face, PublishedFace):
            return max(1, face.in_view(self.column) - 1)
        if face is None or not face.lines:
            return 1
        last = min(self.top_line + self.lines_in_view, len(face.lines)) - 1
        first = face.lines[min(self.top_line, last)].row
        return max(1, face.shown.index(face.lines[last].row) - face.shown.index(first))

    def action_top(self) -> None:
        """To the first row."""
        self.move(-len(self.board.rows) if self.board else 0)

    def action_bottom(self) -> None:
        """To the last one."""
        self.move(len(self.board.rows) if self.board else 0)

    def action_choose(self) -> None:
        """Read on from the selected sentence in its article."""
        found = self._selected()
        if found is not None:
            self.post_message(self.Chosen(*found))

    def go_to_column(self, step: int) -> None:
        """Give another article the keys."""
        if self.board is None or not self.board.rows:
            return
        column = (self.column + step) % len(self.board.sides)
        row = self.row
        if self.shown.view == "published" and not self.board.rows[row].cells[column].sentences:
            order = self.board.row_of[column]
            row = min(order, key=lambda other: abs(other - row)) if order else row
        self.select(row, column)

    def step_difference(self, step: int) -> bool:
        """To the next row that is not the same everywhere; False where there is none."""
        board = self.board
        return board is not None and self._step(step, lambda row: not board.rows[row].same)

    def step_figure(self, step: int) -> bool:
        """To the next row in which figures disagree; False where there is none."""
        rows = {one.row for one in self.board.disagreements} if self.board is not None else set()
        return self._step(step, lambda row: row in rows)

    def _step(self, step: int, wanted: Callable[[int], bool]) -> bool:
        order = self._order()
        at = order.index(self.row) if self.row in order else -1
        further = order[at + 1 :] if step > 0 else order[: max(0, at)][::-1]
        found = next((row for row in further if wanted(row)), None)
        if found is not None:
            self.select(found)
        return found is not None

    def _reveal(self) -> None:
        if isinstance(self._face, RowsFace):
            first, count = self._face.place_of(self.row)
            self.reveal(first, min(count, max(1, self.lines_in_view)))

    def on_click(self, event: events.Click) -> None:
        """A click selects; on what is selected it chooses."""
        face = self._face
        if face is None:
            return
        at = face.at(event.x - self.ruled, event.y + (self.top_line if isinstance(face, RowsFace) else 0))
        if at is None:
            return
        if at == self.shown.selection:
            self.action_choose()
        else:
            self.select(at.row, at.column)

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """As published there is no one thing to scroll: the wheel goes on through the article."""
        if isinstance(self._face, PublishedFace):
            event.stop()
            self.move(WHEEL)
        else:
            super()._on_mouse_scroll_down(event)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The same, back."""
        if isinstance(self._face, PublishedFace):
            event.stop()
            self.move(-WHEEL)
        else:
            super()._on_mouse_scroll_up(event)

    # Drawing

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        self._look = None

    def draw_line(self, y: int) -> Strip:
        """A line of the view."""
        face = self._face
        if face is None:
            return self.blank()
        line = y if isinstance(face, PublishedFace) else y + self.top_line
        segments = face.draw(line, self.shown.selection, self.look)
        return Strip(segments).adjust_cell_length(self.text_width, self.rich_style)

    @property
    def look(self) -> Look:
        """The styles, known as long as they are the same."""
        if self._look is None or self._look[0] is not self.rich_style:
            ground = self.rich_style
            self._look = (
                ground,
                Look(ground, lambda name: self.get_component_rich_style(name, partial=True), self._found),
            )
        return self._look[1]
