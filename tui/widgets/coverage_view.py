"""The coverage matrix with its names above and what the selected cell says below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.article import ArticleId
from tui.stories.values import Matrix
from tui.widgets.coverage_grid import CoverageGrid
from tui.widgets.coverage_head import CoverageHead
from tui.widgets.coverage_layout import SHORT, CoverageOrder, Narrowed
from tui.widgets.coverage_note import CoverageNote, note_of
from tui.widgets.report_rows import Report
from tui.widgets.source_names import short_name

ORDERS: dict[CoverageOrder, str] = {
    "coverage": "most carried first",
    "time": "in time",
    "only": "of one source first",
}


TALL = 30
"""Lines of the screen from which the note has four."""


class CoveragePlace(NamedTuple):
    """Where the reader is in a matrix."""

    statement: int | None = None
    column: int = 0
    order: CoverageOrder = "coverage"
    narrowed: tuple[Narrowed, int] | None = None


class CoverageView(Vertical):
    """Names, cells, and words about the selected one."""

    DEFAULT_CSS = """
    CoverageView { height: 1fr; }
    CoverageView CoverageHead { height: 1; }
    CoverageView CoverageGrid { height: 1fr; }
    CoverageView CoverageNote { height: 3; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.grid = CoverageGrid(id="coverage-grid")
        self.head = CoverageHead(self.grid, id="coverage-head")
        self.note = CoverageNote(id="coverage-note")
        self.reports: Mapping[ArticleId, Report | None] = {}

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.head
        yield self.grid
        yield self.note

    def show_matrix(
        self, matrix: Matrix, reports: Mapping[ArticleId, Report | None], place: CoveragePlace
    ) -> None:
        """Show a matrix, and the reader's place in it."""
        self.reports = reports
        grid = self.grid
        grid.order, grid.narrowed, grid.column = place.order, place.narrowed, place.column
        grid.show_matrix(matrix, reports)
        if place.statement in grid.rows:
            grid.select(grid.rows.index(place.statement), grid.column)
        self.head.refresh()

    @property
    def place(self) -> CoveragePlace:
        """Where the reader is."""
        grid = self.grid
        return CoveragePlace(grid.statement_index, grid.column, grid.order, grid.narrowed)

    def on_resize(self) -> None:
        """More words where there is room, fewer where the cells need it."""
        height = self.app.size.height
        self.note.styles.height = 4 if height >= TALL else 3 if height >= SHORT else 2

    def on_coverage_grid_moved(self) -> None:
        """Say what the cell says."""
        grid = self.grid
        self.head.show_column()
        statement = grid.statement
        if grid.matrix is not None and statement is not None:
            self.note.show_note(note_of(grid.matrix, statement, grid.column, self.reports))
        else:
            self.note.show_note(None)

    @property
    def remark(self) -> str:
        """Which statements are shown, in which order."""
        grid = self.grid
        if grid.narrowed is None:
            return ORDERS[grid.order]
        kind, column = grid.narrowed
        name = grid.names[column] if column < len(grid.names) else short_name(None)
        which = f"only in {name}" if kind == "only" else f"left out by {name}"
        return f"{which}: {len(grid.rows):,}"
