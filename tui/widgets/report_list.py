"""The reports of a story in time, a line each; reprints folded under the fullest of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from tui.article import ArticleId
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.report_rows import Report, ReportRow, clock, day_of, moment_of, short_when
from tui.widgets.row_list import RowList
from tui.widgets.source_names import short_name

CHUNK = 60
"""Reports fetched at a time."""

WHEN = 13
LEAD_FROM = 150
"""Cells from which a report's first words stand beside its title."""


class ReportList(RowList):
    """The rows; what they tell of a report is fetched as they come into view.

    Attributes:
        rows: all of them, in time.
        reports: what is known of each article.
        marked: articles that the reader marked, for comparing and splitting off.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "report--when", "report--source", "report--title", "report--quiet", "report--first", "report--count",
        "report--mark",
    }  # fmt: skip

    class Wanted(Message):
        """Reports that come into view are not known yet."""

        def __init__(self, articles: Sequence[ArticleId]) -> None:
            super().__init__()
            self.articles = articles

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[ReportRow] = ()
        self.reports: dict[ArticleId, Report | None] = {}
        """None for one that has gone."""
        self.marked: set[ArticleId] = set()
        self._asked: set[ArticleId] = set()

    def show_reports(
        self, rows: Sequence[ReportRow], *, selected: ArticleId | None = None, at: int = 0
    ) -> None:
        """Show other rows, one article selected; where it has no row of its own the row at a place."""
        self.rows = rows
        place = next((place for place, row in enumerate(rows) if row.article == selected), at)
        self.show_rows(len(rows), selected=place)

    def fill(self, reports: Mapping[ArticleId, Report | None]) -> None:
        """Take what was asked for."""
        self.reports.update(reports)
        self.refresh()

    @property
    def selected_row(self) -> ReportRow | None:
        """The selected row."""
        return self.rows[self.selected] if self.selected < len(self.rows) else None

    @property
    def selected_article(self) -> ArticleId | None:
        """The selected report."""
        row = self.selected_row
        return row.article if row is not None else None

    def mark(self) -> None:
        """Mark the selected report, or take the mark away; folded, with all that is folded under it."""
        row = self.selected_row
        if row is None:
            return
        with_it = set(row.group) if row.folded else {row.article}
        if row.article in self.marked:
            self.marked -= with_it
        else:
            self.marked |= with_it
        self.refresh_lines(self.selected, 1)

    @property
    def marked_rows(self) -> list[ArticleId]:
        """The marked reports that have a row, in time."""
        return [row.article for row in self.rows if row.article in self.marked]

    # Drawing

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """The line of a report."""
        row = self.rows[index]
        report = self.reports.get(row.article)
        base = self._background(index)
        if report is None:
            self._ask(index)
            said = "  gone: no longer in the corpus" if row.article in self.reports else "  …"
            return Strip([Segment(said, base + self._part("report--quiet"))]).adjust_cell_length(width, base)
        return Strip(self._segments(index, row, report, width, base)).adjust_cell_length(width, base)

    def _segments(self, index: int, row: ReportRow, report: Report, width: int, base: Style) -> list[Segment]:
        quiet = base + self._part("report--quiet")
        words = f"{report.words:>6,} w " if width >= 60 else ""
        source_width = max(12, min(28, width * 22 // 100))
        count = f"×{len(row.group)}" if row.group else ""
        under = "└ " if row.under is not None else ""
        room = width - 2 - 1 - WHEN - 1 - source_width - 1 - len(words)
        first = self._first_told(row)
        mark = "✓" if row.article in self.marked else " "
        name = short_name(report.source) if width < LEAD_FROM else report.source or "unknown source"
        source = fitted(
            under + cut(name, source_width - width_of(under) - len(count) - bool(count)),
            source_width - len(count),
        )
        return [
            Segment("▸" if index == self.selected else " ", base + self._part("report--mark")),
            Segment(mark, base + self._part("report--mark")),
            Segment(" ", base),
            Segment(fitted(self._when(index, report), WHEN) + " ", base + self._part("report--when")),
            Segment(source, base + self._part("report--source")),
            Segment(count, base + self._part("report--count")),
            Segment(" ", base),
            *self._title(report, first, room, base),
            Segment(words, quiet),
        ]  # fmt: skip

    def _title(self, report: Report, first: str, room: int, base: Style) -> list[Segment]:
        segments = []
        if first:
            first = cut(first, room * 2 // 3)
            segments.append(Segment(first + " ", base + self._part("report--first")))
            room -= width_of(first) + 1
        title = cut(report.title or "(without a title)", room)
        segments.append(Segment(title, base + self._part("report--title")))
        room -= width_of(title)
        lead = f"  {cut(report.lead, room - 3)}" if room > 24 and report.lead else ""
        segments.append(Segment(fitted(lead, room), base + self._part("report--quiet")))
        return segments

    def _when(self, index: int, report: Report) -> str:
        """The day and the time; of the day of the row above the time alone."""
        said = short_when(report)
        above = self.reports.get(self.rows[index - 1].article) if index > self.top_line else None
        if above is not None and day_of(above) == day_of(report) and clock(report):
            return f"{'':7}{clock(report)}"
        return said

    def _first_told(self, row: ReportRow) -> str:
        """Since when, and by whom, what is folded here was there, where that is before the one that is shown."""
        if not row.group or row.earliest == row.article:
            return ""
        first, report = self.reports.get(row.earliest), self.reports.get(row.article)
        if first is None or report is None:
            return ""
        moment, later = moment_of(first), moment_of(report)
        if moment is not None and later is not None and moment < later:
            when = clock(first) if day_of(first) == day_of(report) else short_when(first).strip()
            return f"[from {when}, {short_name(first.source)}]"
        if first.date is not None and report.date is not None and first.date < report.date:
            return f"[from {short_when(first).strip()}]"  # of one day nobody knows who was first
        return ""

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _background(self, index: int) -> Style:
        if index != self.selected:
            return self.rich_style
        return self.get_component_rich_style("row--selected" if self.has_focus else "row--selected-blurred")

    def _ask(self, index: int) -> None:
        """Ask for the report there and its neighbours, and for the first of what is folded there."""
        block = self.rows[index - index % CHUNK : index - index % CHUNK + CHUNK]
        wanted = dict.fromkeys(id for row in block for id in (row.article, row.earliest))
        missing = [id for id in wanted if id not in self._asked and id not in self.reports]
        if missing:
            self._asked.update(missing)
            self.post_message(self.Wanted(missing))
