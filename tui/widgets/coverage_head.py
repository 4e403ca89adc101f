"""What stands over a coverage matrix: the names of its sources, what the signs mean, who had most first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.at_once import draw_at_once
from tui.widgets.coverage_grid import BEFORE, FIRST, LEFT_OUT, CoverageGrid
from tui.widgets.coverage_layout import summary_of
from tui.widgets.known_styles import KnownStyles


class CoverageHead(KnownStyles):
    """The names over the sources, and at the left what the signs mean."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "coverage--name", "coverage--chosen", "coverage--legend", "coverage--first",
    }  # fmt: skip

    def __init__(self, grid: CoverageGrid, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.grid = grid
        self._column = self._left = 0

    def show_column(self) -> None:
        """Another source is selected, or other ones are in view."""
        grid = self.grid
        self.styles.height = grid.shape.head
        if grid.left != self._left:
            self.refresh()
        elif grid.column != self._column:
            draw_at_once(self, *map(self._region, (self._column, grid.column)))
        self._column, self._left = grid.column, grid.left

    def _region(self, column: int) -> Region:
        """Where the name of a source stands."""
        shape = self.grid.shape
        return Region(shape.left + (column - self.grid.left) * shape.cell, 0, shape.cell, self.size.height)

    def render_line(self, y: int) -> Strip:
        """A line of the names."""
        width, grid = self.size.width, self.grid
        if not width or grid.matrix is None or y >= grid.shape.head or not grid.heads:
            return Strip.blank(width, self.rich_style)
        style = self.get_component_rich_style
        room = grid.shape.left - grid.shape.first
        legend = self._legend(room - 2)
        at = y - (grid.shape.head - len(legend))
        said = legend[at] if 0 <= at < len(legend) else ""
        segments = [Segment(fitted(" " + cut(said, room - 2), room), style("coverage--legend"))]
        if grid.shape.first:
            title = "first" if y == grid.shape.head - 1 else ""
            segments.append(Segment(fitted(title, grid.shape.first), style("coverage--first")))
        cell = grid.shape.cell
        for column in range(grid.left, min(len(grid.names), grid.left + grid.shape.in_view)):
            part = style("coverage--chosen" if column == grid.column else "coverage--name")
            letters = grid.heads[column]
            if grid.shape.upright:
                # Down to the cells: a short name stands right over them.
                skipped = grid.shape.head - sum(map(bool, letters))
                letter = letters[y - skipped] if y >= skipped else ""
                before = (cell - 1) // 2
                text = " " * before + (letter or " ")
                text += " " * (cell - width_of(text))
            else:
                skipped = grid.shape.head - sum(map(bool, letters))
                text = fitted(letters[y - skipped] if y >= skipped else "", cell - 1) + " "
            segments.append(Segment(text, part))
        return Strip(segments).simplify().adjust_cell_length(width, self.rich_style)

    def _legend(self, width: int) -> Sequence[str]:
        """From the bottom: what the signs mean, what is out of view, who had most first and most alone."""
        grid, signs = self.grid, self.grid.signs
        near = f"{signs['near']} nearly  " if signs["near"] != signs["identical"] else ""
        told = f"{near}{signs['reworded']} reworded  {LEFT_OUT} left out"
        same = f"{signs['identical']} the same words  "
        lines = [
            (same if width_of(same + told) < width else f"{signs['identical']} same  ") + told,
            f"{FIRST} first  {BEFORE} out before  sources in time →",
        ]
        hidden = len(grid.names) - grid.shape.in_view
        if hidden > 0:
            lines.append(f"{grid.left} sources before · {hidden - grid.left} after")
        if grid.matrix is not None:
            spare = max(0, grid.shape.head - len(lines))
            lines = [*summary_of(grid.matrix, grid.names, width, spare), *lines]
        return lines[-grid.shape.head :]

    def on_click(self, event: events.Click) -> None:
        """A click on a name selects its source."""
        column = self.grid.column_at(event.x)
        if column is not None:
            self.grid.select(self.grid.row, column)
