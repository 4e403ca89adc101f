"""A list of any length whose rows are fetched by page as they come into view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from tui.terminal.cells import fitted
from tui.widgets.row_list import RowList

PAGE = 100
"""Rows fetched at a time."""

SOON_S = 0.1
"""How long what was there before is left standing: as long as nobody can act on it, it looks like an answer."""

Row = TypeVar("Row")


class PagedList(RowList, Generic[Row]):
    """Rows drawn as far as they are there; asks for the rest.

    Attributes:
        edition: which listing this is; what is fetched for another one comes too late.
        waiting: whether nothing of this listing is there yet.
        rows: what is there, by position.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--quiet", "list--type"}

    chunk = PAGE
    """Rows that are fetched at a time."""

    nothing = "None."
    """What to say of an empty list."""

    class Wanted(Message):
        """Rows that come into view are not there yet."""

        def __init__(self, rows: PagedList[Any], edition: int, offset: int) -> None:
            super().__init__()
            self.rows = rows
            self.edition = edition
            self.offset = offset

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.edition = 0
        self.waiting = True
        self.rows: dict[int, Row] = {}
        self._asked: set[int] = set()

    def wait(self) -> int:
        """Say, if it takes long, that another listing is on its way; returns its edition.

        What stands there is of no use from now on, but it is painted over once only where the new rows come soon.
        """
        self.edition += 1
        self.waiting = True
        self.rows = {}
        self._asked = set()
        self.count = self.selected = 0
        self.set_timer(SOON_S, self._say_waiting)
        return self.edition

    def _say_waiting(self) -> None:
        if self.waiting:
            self.show_rows(0)

    def show(
        self, edition: int, total: int, rows: Sequence[Row], *, selected: int = 0, offset: int = 0
    ) -> None:
        """The listing is there, as far as these rows, which stand from `offset` on."""
        if edition != self.edition:
            return
        self.waiting = False
        self.rows = dict(enumerate(rows, offset))
        self._asked = {offset // self.chunk}
        self.show_rows(total, selected=selected)

    def fill(self, edition: int, offset: int, rows: Mapping[int, Row]) -> None:
        """Take rows that were asked for."""
        if edition == self.edition:
            self.rows.update(rows)
            self.refresh_lines(offset * self.row_height, self.chunk * self.row_height)

    @property
    def selected_row(self) -> Row | None:
        """The row under the selection; None where there is none, or it is not there yet."""
        return self.rows.get(self.selected)

    def action_choose(self) -> None:
        """Nothing that is not there yet can be chosen."""
        if self.selected_row is not None:
            super().action_choose()

    def draw_line(self, y: int) -> Strip:
        """A row; or a word while nothing is there."""
        if not self.count and y == 0 and self.text_width > 0:
            text = fitted(" …" if self.waiting else f" {self.nothing}", self.text_width)
            return Strip([Segment(text, self.quiet(self.rich_style))])
        return super().draw_line(y)

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """One line of a row; of one that is not there yet only that."""
        row = self.rows.get(index)
        base = self.background(index)
        if row is None:
            self._ask(index)
            return Strip([Segment(" …" if not line else "", self.quiet(base))]).adjust_cell_length(
                width, base
            )
        return Strip(self.draw_part(row, line, width, base)).adjust_cell_length(width, base)

    def draw_part(self, row: Row, line: int, width: int, base: Style) -> list[Segment]:
        """One line of one row on its background; a subclass draws its own."""
        return []

    def background(self, index: int) -> Style:
        """What a row stands on."""
        if index != self.selected:
            return self.rich_style
        return self.get_component_rich_style("row--selected" if self.has_focus else "row--selected-blurred")

    def quiet(self, base: Style) -> Style:
        """For what is said beside."""
        return base + self.get_component_rich_style("list--quiet", partial=True)

    def _ask(self, index: int) -> None:
        page = index // self.chunk
        if page not in self._asked:
            self._asked.add(page)
            self.post_message(self.Wanted(self, self.edition, page * self.chunk))
