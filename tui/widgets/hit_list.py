"""The results: two lines a hit while browsing, three with a passage that matches while searching."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from tui.article import ArticleId
from tui.index.results import Hit
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.dates import short_date
from tui.widgets.row_list import RowList

CHUNK = 20
"""Hits fetched at a time."""

DATE_BESIDE_TITLE = 48
"""Columns from which a title leaves room for its date; below that it stands beside the source."""


class Listing(NamedTuple):
    """What the list shows: a search's hits, the newest articles, or the articles related to one."""

    total: int
    load: Callable[[int, int], Mapping[int, Hit]]
    """(offset, limit) → hits by their position; slow enough for a worker. A hit that has gone is left out."""
    searched: bool = False
    """Whether a query's matches are worth a line of their own."""


class HitList(RowList):
    """The articles found, drawn as far as they are fetched; asks for the rest when it comes into view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "hit--title",
        "hit--title-read",
        "hit--quiet",
        "hit--match",
        "hit--star",
        "hit--pointer",
    }

    class Wanted(Message):
        """Hits that come into view are not there yet."""

        def __init__(self, listing: Listing, offset: int) -> None:
            super().__init__()
            self.listing = listing
            self.offset = offset

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.listing = Listing(0, lambda offset, limit: {})
        self.hits: dict[int, Hit] = {}
        self.read: frozenset[ArticleId] = frozenset()
        self.starred: frozenset[ArticleId] = frozenset()
        self._asked: set[int] = set()
        self._gone: set[int] = set()

    @property
    def selected_hit(self) -> Hit | None:
        """The hit under the selection; None where there is none, or it is not fetched yet."""
        return self.hits.get(self.selected)

    def show_listing(self, listing: Listing, hits: Mapping[int, Hit], *, selected: int = 0) -> None:
        """Show another listing, with the hits that are fetched already."""
        same_place = selected == 0
        self.listing = listing
        self.hits = dict(hits)
        self._asked = {offset - offset % CHUNK for offset in hits}
        self._gone = set()
        if same_place:
            self.go_to_line(0)
        self.show_rows(listing.total, selected=selected, row_height=3 if listing.searched else 2)

    def fill(self, listing: Listing, offset: int, hits: Mapping[int, Hit]) -> None:
        """Take fetched hits; those of another listing come too late and are dropped."""
        if listing is not self.listing:
            return
        self.hits.update(hits)
        last = min(offset + CHUNK, self.count)
        self._gone.update(position for position in range(offset, last) if position not in hits)
        self.refresh_lines(offset * self.row_height, CHUNK * self.row_height)

    def action_choose(self) -> None:
        """Enter counts on an empty list too: it takes the suggestion."""
        self.post_message(self.Chosen(self))

    def position_of(self, article: ArticleId) -> int | None:
        """Where in the list an article stands, as far as the list is fetched."""
        return next((position for position, hit in self.hits.items() if hit.id == article), None)

    def set_kept(self, read: frozenset[ArticleId], starred: frozenset[ArticleId]) -> None:
        """Say which articles are read and which have a star; redraws the rows whose mark changed."""
        changed = (self.read ^ read) | (self.starred ^ starred)
        self.read, self.starred = read, starred
        for position, hit in self.hits.items():
            if hit.id in changed:
                self.refresh_lines(position * self.row_height, self.row_height)

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """One line of one hit."""
        background = self._background(index)
        hit = self.hits.get(index)
        if hit is None:
            self._ask(index)
            text = "gone: no longer in the corpus" if index in self._gone else "…"
            return self._strip([Segment("  " + text if line == 0 else "", self._quiet)], width, background)
        if index + CHUNK < self.count:
            self._ask(index + CHUNK)  # the next page is there before it is looked at
        if line == 0:
            return self._strip(self._headline(hit, index, width), width, background)
        if line == 1 and self.row_height == 3:
            return self._strip(self._passage(hit, width - 2), width, background)
        return self._strip(self._source_line(hit, width), width, background)

    def _ask(self, index: int) -> None:
        offset = index - index % CHUNK
        if offset not in self._asked:
            self._asked.add(offset)
            self.post_message(self.Wanted(self.listing, offset))

    @property
    def _quiet(self) -> Style:
        return self.get_component_rich_style("hit--quiet", partial=True)

    def _background(self, index: int) -> Style:
        if index != self.selected:
            return self.rich_style
        return self.get_component_rich_style("row--selected" if self.has_focus else "row--selected-blurred")

    def _strip(self, segments: list[Segment], width: int, background: Style) -> Strip:
        styled = [
            Segment(segment.text, background + segment.style if segment.style else background)
            for segment in segments
        ]
        return Strip(styled).adjust_cell_length(width, background)

    def _headline(self, hit: Hit, index: int, width: int) -> list[Segment]:
        read = hit.id in self.read
        title_style = self.get_component_rich_style("hit--title-read" if read else "hit--title", partial=True)
        pointer = self.get_component_rich_style("hit--pointer", partial=True)
        star = "★ " if hit.id in self.starred else ""
        date = "" if width < DATE_BESIDE_TITLE else " " + short_date(hit.date)
        room = width - 2 - width_of(star) - width_of(date)
        title = cut(hit.title or "(without a title)", room)
        cut_at = len(title) - (title != hit.title)
        matches = (
            tuple((start, min(end, cut_at)) for start, end in hit.title_matches if start < cut_at)
            if self.listing.searched
            else ()
        )
        match = self.get_component_rich_style("hit--match", partial=True)
        return [
            Segment("▸ " if index == self.selected else "  ", pointer),
            *([Segment(star, self.get_component_rich_style("hit--star", partial=True))] if star else []),
            *marked(title, matches, title_style, match),
            Segment(" " * (room - width_of(title)), title_style),
            Segment(date, self._quiet),
        ]

    def _source_line(self, hit: Hit, width: int) -> list[Segment]:
        """Source and what kind of hit it is; while browsing the lead as well."""
        date = short_date(hit.date) if width < DATE_BESIDE_TITLE else ""
        source = hit.source or "unknown source"
        count = ""
        if self.listing.searched and hit.found:
            count = f" · {hit.found} match{'es' if hit.found > 1 else ''}"
            if width < DATE_BESIDE_TITLE:
                count = f" ×{hit.found}"
        source = cut(source, width - 3 - width_of(date) - width_of(count)) + count
        room = width - 2 - width_of(source) - width_of(date)
        lead = ""
        if self.row_height == 2 and room > 14 and hit.snippet and not date:
            lead = "  " + cut(hit.snippet, room - 2)
        segments = [Segment("  "), Segment(source, self._quiet), Segment(fitted(lead, room), self._quiet)]
        return [*segments, Segment(date, self._quiet)]

    def _passage(self, hit: Hit, width: int) -> list[Segment]:
        """The snippet, cut so that its first match is in view."""
        text, matches = hit.snippet, hit.matches
        if matches and width_of(text[: matches[0][1]]) > width - 1:
            first = max(0, matches[0][0] - width // 3)
            space = text.find(" ", first, matches[0][0])
            first = space + 1 if space >= 0 else first
            text = "…" + text[first:]
            matches = tuple((start - first + 1, end - first + 1) for start, end in matches if start >= first)
        quiet = self._quiet
        match = self.get_component_rich_style("hit--match", partial=True)
        return [Segment("  "), *marked(cut(text, width), matches, quiet, match)]


def marked(text: str, spans: tuple[tuple[int, int], ...], style: Style, mark: Style) -> list[Segment]:
    """The text in segments, the spans among them marked; spans past the text's end are cut."""
    segments: list[Segment] = []
    at = 0
    for start, end in spans:
        start, end = min(start, len(text)), min(end, len(text))
        if start < at or start >= end:
            continue
        if start > at:
            segments.append(Segment(text[at:start], style))
        segments.append(Segment(text[start:end], style + mark))
        at = end
    if at < len(text):
        segments.append(Segment(text[at:], style))
    return segments
