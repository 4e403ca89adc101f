"""The results: two lines a hit while browsing, three with a passage that matches while searching."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.article import ArticleId
from tui.index.results import Hit
from tui.terminal.cells import cut, fitted, width_of
from tui.widgets.dates import short_date
from tui.widgets.row_list import RowList
from tui.widgets.source_names import short_name

if TYPE_CHECKING:
    from tui.corpus.values import InStory

CHUNK = 20
"""Hits fetched at a time."""

LINES_KEPT = 1_000
"""Finished lines that are kept: letters typed on find much the same articles."""

DATE_BESIDE_TITLE = 48
"""Columns from which a title leaves room for its date; below that it stands beside the source."""


class Listing(NamedTuple):
    """What the list shows: a search's hits, the newest articles, or the articles related to one."""

    total: int
    load: Callable[[int, int], Mapping[int, Hit]]
    """(offset, limit) → hits by their position; slow enough for a worker. A hit that has gone is left out."""
    searched: bool = False
    """Whether a query's matches are worth a line of their own."""
    stories: Mapping[ArticleId, InStory] = MappingProxyType({})
    """What else there is of the same event, of the hits that were loaded; one that stands alone is left out."""


def row_height(listing: Listing) -> int:
    """Lines that a hit takes."""
    return 3 if listing.searched else 2


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

        def __init__(self, listing: Listing, offset: int, limit: int) -> None:
            super().__init__()
            self.listing = listing
            self.offset = offset
            self.limit = limit

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.listing = Listing(0, lambda offset, limit: {})
        self.hits: dict[int, Hit] = {}
        self.read: frozenset[ArticleId] = frozenset()
        self.starred: frozenset[ArticleId] = frozenset()
        self._asked: set[int] = set()
        """Positions that were asked for."""
        self._looks_ahead = False
        self._finished: dict[tuple[Any, ...], Strip] = {}
        """Lines by all that they depend on."""
        self._drawn: list[Strip] = []
        """The lines that stand there, from the top."""
        self._gone: set[int] = set()

    @property
    def selected_hit(self) -> Hit | None:
        """The hit under the selection; None where there is none, or it is not fetched yet."""
        return self.hits.get(self.selected)

    def show_listing(self, listing: Listing, hits: Mapping[int, Hit], *, selected: int = 0) -> None:
        """Show another listing, with the hits that are fetched already."""
        self.listing = listing
        self.hits = dict(hits)
        self._asked = set(hits)
        self._gone = set()
        self._looks_ahead = False
        if selected == 0:
            self.go_to_line(0)
        self.show_rows(listing.total, selected=selected, row_height=row_height(listing))

    def look_ahead(self) -> None:
        """From now on ask for the hits below those in view before they are looked at."""
        self._looks_ahead = True
        last = (self.top_line + self.lines_in_view) // self.row_height
        for index in (last, last + CHUNK):
            if index < self.count:
                self._ask(index)

    def fill(self, listing: Listing, offset: int, limit: int, hits: Mapping[int, Hit]) -> None:
        """Take fetched hits; those of another listing come too late and are dropped."""
        if listing is not self.listing:
            return
        self.hits.update(hits)
        last = min(offset + limit, self.count)
        self._gone.update(position for position in range(offset, last) if position not in hits)
        self.refresh_lines(offset * self.row_height, limit * self.row_height)

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

    def notify_style_update(self) -> None:
        """Other colours: the finished lines are of no use any more."""
        super().notify_style_update()
        self._finished.clear()

    def redraw(self) -> None:
        """Draw what looks different from what stands there: a letter leaves many lines as they are."""
        before = self._drawn.copy()
        width, first = self.size.width, 0
        for y in range(self.lines_in_view):
            line = self.draw_line(y)
            if y < len(before) and (line is before[y] or line == before[y]):
                if first < y:
                    self.refresh(Region(0, first, width, y - first))
                first = y + 1
        if first < self.lines_in_view:
            self.refresh(Region(0, first, width, self.lines_in_view - first))

    def fresh_lines(self, crop: Region) -> list[Strip]:
        """The lines that the region touches, whole, as they go to the terminal."""
        lines = [self.draw_line(y) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            lines = [line.apply_filter(line_filter, background) for line in lines]
        return lines

    def draw_line(self, y: int) -> Strip:
        """The line at `y` of the view, remembered as what stands there."""
        line = super().draw_line(y)
        if y < len(self._drawn):
            self._drawn[y] = line
        elif y == len(self._drawn):
            self._drawn.append(line)
        return line

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """One line of one hit."""
        hit = self.hits.get(index)
        if hit is None:
            self._ask(index)
            text = "gone: no longer in the corpus" if index in self._gone else "…"
            segments = [Segment("  " + text if line == 0 else "", self._quiet)]
            return self._strip(segments, width, self._background(index))
        if self._looks_ahead and index + CHUNK < self.count:
            self._ask(index + CHUNK)  # the next page is there before it is looked at
        selected = index == self.selected
        looks = (
            hit, line, width, self.row_height, self.listing.searched, selected, selected and self.has_focus,
            hit.id in self.read, hit.id in self.starred, self.listing.stories.get(hit.id),
        )  # fmt: skip
        strip = self._finished.get(looks)
        if strip is None:
            if len(self._finished) >= LINES_KEPT:
                self._finished.clear()
            strip = self._finished[looks] = self._finish(hit, index, line, width)
        return strip

    def _finish(self, hit: Hit, index: int, line: int, width: int) -> Strip:
        background = self._background(index)
        if line == 0:
            return self._strip(self._headline(hit, index, width), width, background)
        if line == 1 and self.row_height == 3:
            return self._strip(self._passage(hit, width - 2), width, background)
        return self._strip(self._source_line(hit, width), width, background)

    def _ask(self, index: int) -> None:
        """Ask for the hit there and its neighbours, as far as nobody has yet."""
        block = range(index - index % CHUNK, min(index - index % CHUNK + CHUNK, self.count))
        missing = [position for position in block if position not in self._asked]
        if index in self._asked or not missing:
            return
        self._asked.update(missing)
        first = missing[0]
        self.post_message(self.Wanted(self.listing, first, missing[-1] + 1 - first))

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
        narrow = width < DATE_BESIDE_TITLE
        in_story = self.listing.stories.get(hit.id)
        count = "" if in_story is None else story_tag(in_story, narrow=narrow)
        if self.listing.searched and hit.found:
            count += f" · {hit.found}" + ("" if narrow else f" match{'es' if hit.found > 1 else ''}")
        room = width - 3 - width_of(date) - width_of(count)
        source = cut(source if width_of(source) <= room else short_name(hit.source), room) + count
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


def story_tag(story: InStory, *, narrow: bool) -> str:
    """` ×14 · story of 31`: how many print this very text, and how many reports there are in all.

    Narrow it is ` ×14` alone; where no other prints it, ` +30`: how many other reports there are.
    """
    copies = f" ×{story.reprints + 1:,}" if story.reprints else ""
    others = story.articles - story.reprints - 1
    if others <= 0 or (narrow and copies):
        return copies
    return copies + (f" +{others:,}" if narrow else f" · story of {story.articles:,}")


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
