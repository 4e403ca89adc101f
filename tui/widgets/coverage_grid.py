"""The coverage matrix, drawn by line: statements down, sources across, and in each cell whether it is told there.

A move draws the rows and the names that changed. The selected statement has as many lines wherever it stands, so that
nothing below it moves.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.stories.values import Matrix, PairKind, Statement, Telling
from tui.terminal.cells import cut, fitted, wrap
from tui.widgets.coverage_layout import (
    CoverageOrder,
    Narrowed,
    Shape,
    first_in_view,
    head_names,
    rows_of,
    said_first,
    shape_of,
)
from tui.widgets.coverage_times import Reports, is_before
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.source_names import names_of

SIGNS: dict[PairKind, str] = {"identical": "●", "near": "◕", "reworded": "◐"}
PLAIN_SIGNS: dict[PairKind, str] = {"identical": "=", "near": "=", "reworded": "~"}
"""Where the terminal has no circles: what a comparison shows between two sentences."""
LEFT_OUT = "·"
BEFORE = "–"
"""Where a source published all it did before anybody told the statement."""
FIRST = "1"
"""Before the sign of the source that had it first."""

SELECTED = 3
"""Lines of the selected statement, where there is room for them and two more; the others have one."""


class CoverageGrid(ScrollLines):
    """The cells of the matrix, one selected.

    Attributes:
        matrix: what is shown; None before it is made.
        rows: the statements shown, in order, as indices in `matrix.statements`.
        row: which of them is selected.
        column: which source is selected.
        left: the leftmost source in view.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "coverage--text", "coverage--only", "coverage--quiet", "coverage--told", "coverage--first",
        "coverage--pointer", "coverage--cell", "coverage--selected",
    }  # fmt: skip

    class Moved(Message):
        """Another cell is selected, or other cells are shown."""

    class Chosen(Message):
        """Enter on a cell, or a click on the selected one."""

        def __init__(self, telling: Telling | None) -> None:
            super().__init__()
            self.telling = telling
            """None where that source leaves it out."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.matrix: Matrix | None = None
        self.rows: list[int] = []
        self.row = self.column = self.left = 0
        self.order: CoverageOrder = "coverage"
        self.narrowed: tuple[Narrowed, int] | None = None
        self.signs = SIGNS
        self.waiting = ""
        self.names: list[str] = []
        """Of the sources, for short."""
        self.shape = Shape(0, 0, 0, 3, 1, 1)
        self.heads: list[list[str]] = []
        self._reports: Reports = {}
        self._left_out_signs: dict[tuple[int, int], str] = {}

    # What is shown

    def show_matrix(self, matrix: Matrix, reports: Reports) -> None:
        """Show a matrix of these reports."""
        self.matrix, self._reports, self._left_out_signs = matrix, reports, {}
        self.names = names_of([column.source for column in matrix.columns])
        self.column = min(self.column, max(0, len(matrix.columns) - 1))
        if self.narrowed is not None and self.narrowed[1] >= len(matrix.columns):
            self.narrowed = None
        self._lay_out()
        self._arrange(self.statement_index)

    def clear(self) -> None:
        """Show nothing: another matrix is on its way."""
        self.matrix = None
        self.rows, self.row, self.column, self.left = [], 0, 0, 0
        self.set_length(0)
        self.refresh()

    def say_waiting(self, said: str) -> None:
        """Say, while there is no matrix, how far it has come."""
        if said != self.waiting:
            self.waiting = said
            if self.matrix is None:
                self.refresh_line(0)

    @property
    def statement_index(self) -> int | None:
        """Which statement is selected, as an index in the matrix."""
        return self.rows[self.row] if self.row < len(self.rows) else None

    @property
    def statement(self) -> Statement | None:
        """The selected statement."""
        at = self.statement_index
        return self.matrix.statements[at] if self.matrix is not None and at is not None else None

    @property
    def telling(self) -> Telling | None:
        """How the selected source tells the selected statement; None where it leaves it out."""
        statement = self.statement
        return statement.tellings[self.column] if statement is not None else None

    def show_rows(self, order: CoverageOrder, narrowed: tuple[Narrowed, int] | None) -> None:
        """Show the statements in another order, or others; the selected one stays so where it is shown."""
        selected = self.statement_index
        self.order, self.narrowed = order, narrowed
        self._arrange(selected)

    def _arrange(self, selected: int | None) -> None:
        if self.matrix is None:
            return
        self.rows = rows_of(self.matrix, self.order, self.narrowed)
        self.row = self.rows.index(selected) if selected in self.rows else 0
        self.set_length(self.lines)
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    def select(self, row: int, column: int) -> None:
        """Select a cell and bring it into view."""
        if self.matrix is None or not self.rows:
            return
        row = max(0, min(row, len(self.rows) - 1))
        column = max(0, min(column, len(self.matrix.columns) - 1))
        if (row, column) == (self.row, self.column):
            self._reveal()
            return
        before, column_before, top, left = self.row, self.column, self.top_line, self.left
        self.row, self.column = row, column
        self.left = first_in_view(self.shape, len(self.matrix.columns), self.left, column)
        self._reveal()
        if self.left != left or self.top_line != top:
            self.refresh()
        elif before == row:
            self.draw_now(*map(self._cell_region, (column_before, column)))
        else:
            first = self.line_of(min(before, row)) - self.top_line
            last = self.line_of(max(before, row)) - self.top_line + self.selected_lines
            self.draw_now(Region(0, first, self.size.width, last - first))
        self.post_message(self.Moved())

    # Where the rows stand

    @property
    def selected_lines(self) -> int:
        """How many lines the selected statement takes: its first has the cells, and must be in view."""
        room = self.lines_in_view if self.size.height else SELECTED + 2  # not laid out yet
        return max(1, min(SELECTED, room - 2))

    @property
    def lines(self) -> int:
        """How many lines all statements take."""
        if not self.rows:
            return 0
        return len(self.rows) - 1 + self.selected_lines

    def line_of(self, row: int) -> int:
        """The first line of a row."""
        return row + (self.selected_lines - 1 if row > self.row else 0)

    def row_at(self, line: int) -> tuple[int, int]:
        """The row of a line, and which of its lines that is."""
        below, its_own = line - self.row, self.selected_lines
        if 0 <= below < its_own:
            return self.row, below
        return (line - its_own + 1 if below > 0 else line), 0

    def _cell_region(self, column: int) -> Region:
        """Where the cell of a source in the selected row stands in the view."""
        left = self.shape.left + (column - self.left) * self.shape.cell
        return Region(left, self.line_of(self.row) - self.top_line, self.shape.cell, 1)

    def _reveal(self) -> None:
        self.reveal(self.line_of(self.row), self.selected_lines)

    def _lay_out(self) -> None:
        if self.matrix is None or self.text_width <= 0:
            return
        # The names take lines of their own from the same height: what counts is what both have together.
        self.shape = shape_of(self.text_width, self.app.size.height, self.names)
        self.heads = head_names(self.names, self.shape)
        self.left = first_in_view(self.shape, len(self.names), self.left, self.column)

    def on_resize(self, event: events.Resize) -> None:
        """Divide the width anew."""
        self._lay_out()
        self.set_length(self.lines)
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    # Moving

    def move(self, lines: int) -> None:
        """To another statement."""
        self.select(self.row + lines, self.column)

    def go_to_column(self, step: int) -> None:
        """To another source."""
        self.select(self.row, self.column + step)

    def step_teller(self, step: int) -> bool:
        """To the next source that tells the selected statement; False where there is none."""
        statement = self.statement
        if statement is None:
            return False
        behind = (
            range(self.column + 1, len(statement.tellings)) if step > 0 else range(self.column - 1, -1, -1)
        )
        found = next((column for column in behind if statement.tellings[column] is not None), None)
        if found is not None:
            self.select(self.row, found)
        return found is not None

    @property
    def page(self) -> int:
        """How many statements a page moves."""
        return max(1, self.lines_in_view - self.selected_lines)

    def action_top(self) -> None:
        """To the first statement."""
        self.select(0, self.column)

    def action_bottom(self) -> None:
        """To the last one."""
        self.select(len(self.rows) - 1, self.column)

    def action_choose(self) -> None:
        """Read on where the selected source tells it."""
        if self.statement is not None:
            self.post_message(self.Chosen(self.telling))

    def column_at(self, x: int) -> int | None:
        """The source whose cells stand there; None for none."""
        if self.matrix is None or x < self.shape.left:
            return None
        column = self.left + (x - self.shape.left) // self.shape.cell
        return column if column < min(len(self.names), self.left + self.shape.in_view) else None

    def on_click(self, event: events.Click) -> None:
        """A click selects a cell; on the selected one it chooses."""
        row, _ = self.row_at(event.y + self.top_line)
        if row >= len(self.rows):
            return
        column = self.column_at(event.x)
        if row == self.row and column in {None, self.column}:
            self.action_choose()
        else:
            self.select(row, self.column if column is None else column)

    def focus_changed(self) -> None:
        """The selected row looks different with the focus."""
        super().focus_changed()
        self.refresh_lines(self.line_of(self.row), self.selected_lines)

    # Drawing

    def draw_line(self, y: int) -> Strip:
        """A line of a statement, and in its first line its cells."""
        width = self.text_width
        row, line = self.row_at(y + self.top_line)
        if width <= 0:
            return self.blank()
        if self.matrix is None:
            said = f" {self.waiting}" if not y else ""
            return Strip([Segment(cut(said, width), self._part("coverage--quiet"))]).adjust_cell_length(
                width, self.rich_style
            )
        if not self.rows and y == 0:
            said = " nothing here: every statement of this source is told by others, too"
            if not self.matrix.statements:
                said = " no statements: there is no text to compare"
            elif self.narrowed is not None and self.narrowed[0] == "left out":
                said = " nothing here: this source leaves out nothing that two others tell"
            return Strip([Segment(cut(said, width), self._part("coverage--quiet"))]).adjust_cell_length(
                width, self.rich_style
            )
        if row >= len(self.rows):
            return self.blank()
        statement = self.matrix.statements[self.rows[row]]
        base = self.rich_style
        if row == self.row:
            name = "coverage--selected"
            base = self.rich_style + self._part(name)
        segments = self._statement(statement, row, line, base)
        if not line:
            segments += self._numbers(statement, base)
            segments += self._cells(statement, row, base)
        return Strip(segments).simplify().adjust_cell_length(width, base)

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _statement(self, statement: Statement, row: int, line: int, base: Style) -> list[Segment]:
        """Pointer and text of one line of a statement."""
        pointer = "▸ " if row == self.row and not line else "  "
        text = statement.sentence.text
        width = self.shape.text
        height = self.selected_lines if row == self.row else 1
        lines = wrap(text, width)
        said = ""
        if line < len(lines):
            start, end = lines[line]
            said = text[start:end] if line + 1 < height else cut(text[start:], width)
        style = base + self._part("coverage--only" if statement.carried == 1 else "coverage--text")
        return [
            Segment(pointer, base + self._part("coverage--pointer")),
            Segment(fitted(said, width), style),
        ]

    def _numbers(self, statement: Statement, base: Style) -> list[Segment]:
        quiet = base + self._part("coverage--quiet")
        count = f"{statement.carried}/{len(statement.tellings)}"
        segments = [Segment(f" {count:>{self.shape.tally}} ", quiet)]
        if self.shape.first:
            known = statement.first is not None or statement.carried == 1
            style = base + self._part("coverage--first") if known else quiet
            segments.append(Segment(said_first(statement, self.names, self.shape.first - 1) + " ", style))
        return segments

    def _left_out(self, row: int, column: int) -> str:
        """What stands where a source does not tell a statement."""
        cell = self.rows[row], column
        sign = self._left_out_signs.get(cell)
        if sign is None and self.matrix is not None:
            before = is_before(self.matrix, self.matrix.statements[cell[0]], column, self._reports)
            sign = self._left_out_signs[cell] = BEFORE if before else LEFT_OUT
        return sign or LEFT_OUT

    def _cells(self, statement: Statement, row: int, base: Style) -> list[Segment]:
        segments = []
        for column in range(self.left, min(len(self.names), self.left + self.shape.in_view)):
            telling = statement.tellings[column]
            first = column == statement.first
            # One style for all but the first: a colour told for each cell was 3 kB a move.
            style = base + self._part("coverage--first" if first else "coverage--told")
            if row == self.row and column == self.column:
                style = style + self._part("coverage--cell")
            sign = self._left_out(row, column) if telling is None else self.signs[telling.kind]
            before = (self.shape.cell - 1) // 2
            mark = FIRST if first else " "
            text = " " * (before - 1) + mark + sign
            segments.append(Segment(text + " " * (self.shape.cell - before - 1), style))
        return segments
