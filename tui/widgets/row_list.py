"""A list of rows with one selected, of any length: a move redraws two rows."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.widgets.scroll_lines import ScrollLines


class RowList(ScrollLines):
    """Rows of equal height, one selected; a subclass draws a row's lines.

    Attributes:
        selected: index of the selected row; 0 where there is none.
    """

    class Moved(Message):
        """Another row is selected."""

        def __init__(self, rows: RowList) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    class Chosen(Message):
        """Enter on a row, or a click on the selected one."""

        def __init__(self, rows: RowList) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--selected", "row--selected-blurred"}

    row_height = 1

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.selected = 0
        self.count = 0

    def show_rows(self, count: int, *, selected: int = 0, row_height: int | None = None) -> None:
        """Show other rows."""
        self.count = count
        self.selected = max(0, min(selected, count - 1))
        if row_height is not None:
            self.row_height = row_height
        self.set_length(self.lines)
        self.go_to_line(min(self.top_line, max(0, self.lines - 1)))
        self.reveal_row(self.selected)
        self.redraw()

    @property
    def lines(self) -> int:
        """How many lines all rows take."""
        return self.count * self.row_height

    def reveal_row(self, index: int) -> None:
        """Bring a row into view."""
        self.reveal(index * self.row_height, self.row_height)

    def refresh_row(self, index: int) -> None:
        """Draw a row anew."""
        self.refresh_lines(index * self.row_height, self.row_height)

    def redraw(self) -> None:
        """Draw other rows."""
        self.refresh()

    def selectable(self, index: int) -> bool:
        """Whether a row can be selected; headings can't."""
        return True

    def select(self, index: int) -> None:
        """Select a row and bring it into view; from a heading the selection goes on in the same direction."""
        if not self.count:
            return
        index = max(0, min(index, self.count - 1))
        step = 1 if index >= self.selected else -1
        for direction in (step, -step):
            candidate = index
            while 0 <= candidate < self.count and not self.selectable(candidate):
                candidate += direction
            if 0 <= candidate < self.count:
                break
        else:
            return
        if candidate == self.selected:
            self.reveal_row(candidate)
            if index == 0:
                self.go_to_line(0)
            return
        before, self.selected = self.selected, candidate
        self.refresh_row(before)
        self.refresh_row(candidate)
        self.reveal_row(candidate)
        if not any(self.selectable(above) for above in range(candidate)):
            self.go_to_line(0)
        self.post_message(self.Moved(self))

    @property
    def page(self) -> int:
        """How many rows a page moves."""
        return max(1, self.scrollable_content_region.height // self.row_height - 1)

    def move(self, lines: int) -> None:
        """Move the selection."""
        self.select(self.selected + lines)

    def action_top(self) -> None:
        """Select the first row."""
        self.select(0)

    def action_bottom(self) -> None:
        """Select the last row."""
        self.select(self.count - 1)

    def action_choose(self) -> None:
        """Choose the selected row."""
        if self.count:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """A click selects a row; on the selected one it chooses."""
        index = (event.y + self.top_line) // self.row_height
        if index >= self.count or not self.selectable(index):
            return
        if index == self.selected:
            self.action_choose()
        else:
            self.select(index)

    def focus_changed(self) -> None:
        """The selected row looks different with the focus."""
        super().focus_changed()
        self.refresh_row(self.selected)

    def on_resize(self) -> None:
        """Keep the selected row in view."""
        self.set_length(self.lines)
        self.reveal_row(self.selected)

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """One line of one row, `width` cells; a subclass draws its own."""
        return Strip.blank(width, self.rich_style)

    def draw_line(self, y: int) -> Strip:
        """The line at `y` of the view."""
        width = self.text_width
        index, line = divmod(y + self.top_line, self.row_height)
        if index >= self.count or width <= 0:
            return self.blank()
        return self.draw_row(index, line, width)
