"""Two or three articles side by side, drawn by line: what they share is quiet, what differs is marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.stories.board import Board, BoardKind
from tui.stories.values import Sentence
from tui.terminal.cells import width_of
from tui.widgets.compared_layout import GUTTER, LABEL, Columns, Rows, View
from tui.widgets.scroll_lines import ScrollLines

SIGNS: dict[BoardKind, str] = {"identical": "=", "near": "≈", "reworded": "~", "only": " "}
ONLY = "•"
_STYLES: dict[BoardKind, str] = {
    "identical": "compared--same",
    "near": "compared--text",
    "reworded": "compared--text",
    "only": "compared--only",
}


class ComparedText(ScrollLines):
    """The text of a comparison, one sentence or row of it selected.

    Attributes:
        board: What is shown; None before it is there.
        view: In which way.
        column: The article that keys go to.
        row: The selected row.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "compared--text", "compared--same", "compared--only", "compared--word", "compared--name", "compared--figure",
        "compared--sign", "compared--selected", "compared--apart",
    }  # fmt: skip

    class Moved(Message):
        """Another row is selected, or another article has the keys."""

    class Chosen(Message):
        """Enter on a sentence: (article's column, sentence)."""

        def __init__(self, column: int, sentence: Sentence) -> None:
            super().__init__()
            self.column = column
            self.sentence = sentence

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.board: Board | None = None
        self.view: View = "rows"
        self.column = 0
        self.row = 0
        self._rows: Rows | None = None
        self._columns: Columns | None = None
        self._tops: list[int] = []
        self._numbers: dict[int, int] = {}
        """What the rows that more than one article has are called in the margin."""

    # What is shown

    def show_board(self, board: Board, *, row: int = 0, column: int = 0) -> None:
        """Show a comparison."""
        self.board, self.row, self.column = board, row, column
        together = [number for number, of in enumerate(board.rows) if of.kind != "only"]
        self._numbers = {row: number for number, row in enumerate(together, 1)}
        self._lay_out()

    def show_view(self, view: View) -> None:
        """Show it in another way; the selected sentence stays in view."""
        self.view = view
        if view == "differing" and self.board is not None and self.board.rows:
            shown = [n for n, row in enumerate(self.board.rows) if row.kind != "identical"]
            if shown and self.row not in shown:
                self.row = shown[min(bisect_right(shown, self.row), len(shown) - 1)]
        self._lay_out()
        self.post_message(self.Moved())

    def _lay_out(self) -> None:
        width = self.text_width
        if self.board is None or width <= 0:
            return
        self._rows = self._columns = None
        if self.view == "published":
            self._columns = Columns(self.board, width)
            self._tops = [0] * len(self.board.sides)
            self._follow()
        else:
            self._rows = Rows(self.board, width, differing=self.view == "differing")
            self.set_length(len(self._rows.lines))
            self._reveal()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self._lay_out()

    # The selection

    @property
    def sentence(self) -> Sentence | None:
        """The selected sentence of the article that has the keys; of another one where that leaves it out."""
        found = self._selected()
        return None if found is None else found[1]

    def _selected(self) -> tuple[int, Sentence] | None:
        if self.board is None or not self.board.rows:
            return None
        cells = self.board.rows[self.row].cells
        for column in (self.column, *range(len(cells))):
            if cells[column].sentences:
                return column, self.board.sentences[column][cells[column].sentences[0]]
        return None

    def select(self, row: int) -> None:
        """Select a row and bring it into view."""
        if self.board is None or not self.board.rows:
            return
        row = max(0, min(row, len(self.board.rows) - 1))
        before, self.row = self.row, row
        if self._columns is not None:
            self._follow()
            self.refresh()
        elif self._rows is not None:
            top = self.top_line
            self._reveal()
            if self.top_line == top:
                for changed in {before, row}:
                    self.refresh_lines(*self._rows.lines_of(changed))
            else:
                self.refresh()
        self.post_message(self.Moved())

    def _order(self) -> list[int]:
        """The rows in the order that up and down go through them."""
        assert self.board is not None
        if self._columns is not None:
            return list(dict.fromkeys(self.board.row_of[self.column]))
        return self._rows.shown if self._rows is not None else []

    def move(self, lines: int) -> None:
        """To another sentence."""
        order = self._order() if self.board is not None else []
        if not order:
            return
        before = self.row in order
        at = order.index(self.row) + lines if before else bisect_right(sorted(order), self.row) - (lines < 0)
        self.select(order[max(0, min(at, len(order) - 1))])

    @property
    def page(self) -> int:
        """How many sentences a page moves: about as many as are in view."""
        if self.board is None or self._rows is None or not self._rows.lines:
            return 4
        first = self._rows.lines[min(self.top_line, len(self._rows.lines) - 1)].row
        last = self._rows.lines[min(self.top_line + self.lines_in_view, len(self._rows.lines)) - 1].row
        shown = self._rows.shown
        return max(1, shown.index(last) - shown.index(first))

    def action_top(self) -> None:
        """To the first sentence."""
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
        if self.board is not None:
            self.column = (self.column + step) % len(self.board.sides)
            if self._columns is not None and not self.board.rows[self.row].cells[self.column].sentences:
                order = self._order()
                if order:
                    self.row = min(order, key=lambda row: abs(row - self.row))
                self._follow()
            self.refresh()
            self.post_message(self.Moved())

    def step_difference(self, step: int) -> bool:
        """To the next row that is not the same everywhere; False where there is none."""
        return self._step(step, lambda row: self._kind(row) != "identical")

    def step_figure(self, step: int) -> bool:
        """To the next row in which figures disagree; False where there is none."""
        assert self.board is not None
        rows = {row for row, _ in self.board.disagreements}
        return self._step(step, lambda row: row in rows)

    def _kind(self, row: int) -> BoardKind:
        assert self.board is not None
        return self.board.rows[row].kind

    def _step(self, step: int, wanted: Callable[[int], bool]) -> bool:
        order = self._order() if self.board is not None else []
        behind = [row for row in order if (row > self.row if step > 0 else row < self.row)]
        found = next((row for row in (behind if step > 0 else reversed(behind)) if wanted(row)), None)
        if found is not None:
            self.select(found)
        return found is not None

    def _reveal(self) -> None:
        if self._rows is not None:
            first, count = self._rows.lines_of(self.row)
            self.reveal(first, min(count, max(1, self.lines_in_view)))

    def _follow(self) -> None:
        """As published: bring the selected sentence into view, and its counterparts beside it."""
        columns, board = self._columns, self.board
        if columns is None or board is None:
            return
        self.set_length(self.lines_in_view)
        cells = board.rows[self.row].cells if board.rows else ()
        height = self._height
        at = height // 3
        for column in (self.column, *(c for c in range(len(cells)) if c != self.column)):
            if column >= len(cells) or not cells[column].sentences:
                continue
            sentence = board.sentences[column][cells[column].sentences[0]]
            first, count = columns.lines_of(column, sentence.paragraph, sentence.start, sentence.end)
            if column == self.column:
                top = self._tops[column]
                if first < top + 1 or first + count > top + height - 1:
                    top = first - height // 3
                self._tops[column] = max(0, min(top, len(columns.lines[column]) - height))
                at = first - self._tops[column]
            else:
                self._tops[column] = first - at
        self._tops = [max(top, -at) for top in self._tops]

    @property
    def _height(self) -> int:
        """Lines that each column has to itself."""
        assert self.board is not None
        if self._columns is not None and self._columns.stacked:
            return max(3, self.lines_in_view // len(self.board.sides) - 1)
        return max(1, self.lines_in_view)

    def on_click(self, event: events.Click) -> None:
        """A click selects; on the selected row it chooses."""
        if self._rows is None or not self._rows.lines:
            return
        index = event.y + self.top_line
        if index >= len(self._rows.lines):
            return
        placed = self._rows.lines[index]
        if placed.column >= 0:
            self.column = placed.column
        elif not self._rows.stacked and self.board is not None:
            self.column = min(event.x // (self._rows.column_width + GUTTER), len(self.board.sides) - 1)
        if placed.row == self.row:
            self.action_choose()
        else:
            self.select(placed.row)

    # Drawing

    def draw_line(self, y: int) -> Strip:
        """A line of the view."""
        if self.board is None:
            return self.blank()
        if self._columns is not None:
            return self._draw_published(y)
        return self._draw_row(y + self.top_line)

    def _style(self, name: str, selected: bool = False) -> Style:
        style = self.get_component_rich_style(name, partial=True)
        return (
            style + self.get_component_rich_style("compared--selected", partial=True) if selected else style
        )

    def _draw_row(self, index: int) -> Strip:
        rows, board, width = self._rows, self.board, self.text_width
        if rows is None or board is None or index >= len(rows.lines) or rows.lines[index].line < 0:
            return self.blank()
        placed = rows.lines[index]
        row = board.rows[placed.row]
        selected = placed.row == self.row
        first = placed.line == 0 and (
            placed.column < 0 or rows.lines[index - 1].row != placed.row or index == 0
        )
        sign = self._style("compared--sign")
        pointer = "▸" if selected and first else " "
        segments = [Segment(pointer, sign)]
        if rows.stacked:
            label = SIGNS[row.kind] if row.kind == "identical" else str(placed.column + 1)
            segments.append(Segment((label if placed.line == 0 else " ") + " ", sign))
            segments += self._cell_line(placed.row, placed.column, placed.line, selected)
        else:
            for column in range(len(row.cells)):
                if column:
                    shown = SIGNS[row.kind] if placed.line == 0 else " "
                    segments.append(Segment(f" {shown} ", sign))
                segments += self._cell_line(
                    placed.row, column, placed.line, selected and column == self.column
                )
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _cell_line(self, number: int, column: int, line: int, selected: bool) -> list[Segment]:
        """One line of a cell, filled to the column's width."""
        assert self._rows is not None and self.board is not None
        width = self._rows.column_width
        row = self.board.rows[number]
        cell = row.cells[column]
        base = self._style(_STYLES[row.kind], selected)
        lines = self._rows.wrapped(self.board, number, column) if cell.sentences else []
        if line >= len(lines):
            return [Segment(" " * width, base if selected and cell.sentences else self.rich_style)]
        start, end = lines[line]
        segments = self._marked(cell.text, start, end, cell.marks, base)
        used = sum(width_of(segment.text) for segment in segments)
        return [*segments, Segment(" " * (width - used), base)]

    def _marked(
        self, text: str, start: int, end: int, marks: Iterable[tuple[int, int, str]], base: Style
    ) -> list[Segment]:
        """A stretch of text, what differs in it marked."""
        segments = []
        at = start
        for first, after, kind in marks:
            first, after = max(first, at), min(after, end)
            if first >= after:
                continue
            if first > at:
                segments.append(Segment(text[at:first], base))
            segments.append(
                Segment(
                    text[first:after], base + self.get_component_rich_style(f"compared--{kind}", partial=True)
                )
            )
            at = after
        if at < end:
            segments.append(Segment(text[at:end], base))
        return segments

    def _draw_published(self, y: int) -> Strip:
        columns, board = self._columns, self.board
        assert columns is not None and board is not None
        segments: list[Segment] = []
        if columns.stacked:
            height = self._height
            column, line = divmod(y, height + 1)
            if column >= len(board.sides):
                return self.blank()
            if line == height:
                rule = self._style("compared--sign")
                return (
                    Strip([Segment("─" * self.text_width, rule)])
                    if column + 1 < len(board.sides)
                    else self.blank()
                )
            segments = self._published_line(column, self._tops[column] + line)
        else:
            for column in range(len(board.sides)):
                segments += self._published_line(column, self._tops[column] + y)
        return Strip(segments).adjust_cell_length(self.text_width, self.rich_style)

    def _published_line(self, column: int, line: int) -> list[Segment]:
        """A line of one article, before it the number of the sentence that begins in it."""
        columns, board = self._columns, self.board
        assert columns is not None and board is not None
        width = columns.column_width
        lines = columns.lines[column]
        if not 0 <= line < len(lines) or lines[line].paragraph < 0:
            return [Segment(" " * (LABEL + width), self.rich_style)]
        paragraph, start, end = lines[line]
        text = board.sides[column].article.paragraphs[paragraph]
        here = [
            (number, sentence)
            for number, sentence in enumerate(board.sentences[column])
            if sentence.paragraph == paragraph and sentence.start < end and sentence.end > start
        ]
        beginning = next((number for number, s in here if start <= s.start < end), None)
        segments = [self._label(column, beginning)]
        at = start
        quiet = self._style("compared--apart")
        for number, sentence in here:
            first, after = max(sentence.start, start), min(sentence.end, end)
            if first > at:
                segments.append(Segment(text[at:first], quiet))
            row = board.row_of[column][number]
            base = self._style(_STYLES[board.rows[row].kind], row == self.row)
            segments += self._marked(text, first, after, self._marks(column, number, sentence), base)
            at = after
        if at < end:
            segments.append(Segment(text[at:end], quiet))
        used = sum(width_of(segment.text) for segment in segments)
        return [*segments, Segment(" " * max(0, LABEL + width - used), self.rich_style)]

    def _marks(self, column: int, number: int, sentence: Sentence) -> list[tuple[int, int, str]]:
        """What differs in a sentence, in offsets of its paragraph."""
        assert self.board is not None
        cell = self.board.rows[self.board.row_of[column][number]].cells[column]
        before = 0
        for other in cell.sentences:
            if other == number:
                break
            before += len(self.board.sentences[column][other].text) + 1
        shift = sentence.start - before
        length = len(sentence.text)
        return [
            (s + shift, e + shift, kind) for s, e, kind in cell.marks if before <= s and e <= before + length
        ]

    def _label(self, column: int, number: int | None) -> Segment:
        """Which sentences go together: the same number on both sides; a dot where this one alone has it."""
        assert self.board is not None
        sign = self._style("compared--sign")
        if number is None:
            return Segment(" " * LABEL, sign)
        row = self.board.row_of[column][number]
        label = ONLY if self.board.rows[row].kind == "only" else str(self._numbers[row])
        pointer = "▸" if row == self.row else " "
        return Segment(f"{pointer}{label:>{LABEL - 2}} ", sign)
