"""What an entity said: each quote in one or two lines, and below them its date and source."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.corpus.values import Said
from tui.terminal.cells import cut, wrap
from tui.widgets.dates import short_date
from tui.widgets.paged_list import PagedList

_TEXT_LINES = 2
_QUOTATION = "\"'“”„‘’«»‹›"


class SaidList(PagedList[Said]):
    """Quotes, the newest first; the words themselves stand between quotation marks."""

    row_height = _TEXT_LINES + 1
    nothing = "Nothing that it said was found."

    def draw_part(self, row: Said, line: int, width: int, base: Style) -> list[Segment]:
        """A line of the quote, or where it stands."""
        # No more than can be in view: a quote may be as long as an article.
        text = " ".join(row.text[: width * (_TEXT_LINES + 2)].split())
        if row.direct:
            text = f"“{text.strip(_QUOTATION)}”"
        lines = wrap(text, width - 2)
        if line == min(_TEXT_LINES, len(lines)):
            said = " · ".join(filter(None, (short_date(row.date) or "undated", row.source, row.title)))
            return [Segment("   " + cut(said, width - 4), self.quiet(base))]
        if line >= len(lines):
            return []
        start, end = lines[line]
        more = line == _TEXT_LINES - 1 and len(lines) > _TEXT_LINES
        shown = cut(text[start:], width - 2) if more else text[start:end]
        return [Segment(" " + shown, base)]
