"""What every scrolling view of ours shares: drawn by line, moved by the same keys, never animated."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from tui.widgets.at_once import draw_at_once
from tui.widgets.known_styles import KnownStyles


def _thumb(bar: ScrollBar) -> tuple[int, int] | None:
    """Where a scroll bar's thumb begins, and how long it is, in eighths of a cell; None where there is none.

    As `textual.scrollbar.ScrollBarRender.render_bar` draws it.
    """
    cells, lines = bar.window_size, bar.window_virtual_size
    if not cells or lines <= cells:
        return None
    length = max(1.0, cells * cells / lines)
    return int((cells - length) * bar.position / (lines - cells) * 8), ceil(length * 8)


class ScrollLines(ScrollView, KnownStyles, can_focus=True, inherit_bindings=False):
    """Lines of which only those in view are ever drawn.

    Textual's own bindings of a scroll view are not inherited: they would have the arrows before the key table does,
    and scroll a list whose selection they are to move.
    """

    DEFAULT_CSS = """
    ScrollLines { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--rule", "lines--rule-focused"}

    ruled = False
    """Whether a rule stands at the left, bright with the focus: a border would lay the screen out anew for it."""

    scrolled: Callable[[ScrollLines], None] | None = None
    """Told that the view moved, at once: what a message changes is drawn a frame later, 22 ms after the scroll."""

    @property
    def lines_in_view(self) -> int:
        """How many lines there is room for."""
        return self.scrollable_content_region.height

    @property
    def top_line(self) -> int:
        """The first line in view."""
        return self.scroll_offset.y

    def set_length(self, lines: int) -> None:
        """Say how many lines there are; nothing is drawn until they come into view."""
        # Set past the reactives, which would lay out and paint the whole screen for a longer scroll bar: 15 kB a
        # letter typed, and 40 ms. The bar is always there, so nothing else can change.
        self.set_reactive(ScrollLines.virtual_size, Size(max(1, self.scrollable_content_region.width), lines))
        if not self.size:
            return
        bar = self.vertical_scrollbar
        if bar.window_size != self.lines_in_view:
            self._scroll_update(self.virtual_size)
            return
        before = _thumb(bar)
        bar.set_reactive(ScrollBar.window_virtual_size, lines)
        if _thumb(bar) != before:
            bar.refresh()
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def go_to_line(self, line: int) -> None:
        """Bring a line to the top of the view, as far as there is text below."""
        self.scroll_to(y=max(0, line), animate=False, force=True, immediate=True)

    def reveal(self, line: int, lines: int = 1, *, margin: int = 0) -> None:
        """Scroll as little as brings these lines into view."""
        height = self.scrollable_content_region.height
        if height <= 0:  # not laid out yet: what is revealed then is revealed by the resize
            return
        if line - margin < self.top_line:
            self.go_to_line(line - margin)
        elif line + lines + margin > self.top_line + height:
            self.go_to_line(line + lines + margin - height)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that the view moved."""
        super().watch_scroll_y(old_value, new_value)
        if self.scrolled is not None and round(old_value) != round(new_value):
            self.scrolled(self)

    @property
    def page(self) -> int:
        """How many lines a page moves: one stays in view."""
        return max(1, self.scrollable_content_region.height - 1)

    def move(self, lines: int) -> None:
        """Scroll by lines; a list moves its selection instead."""
        self.go_to_line(min(self.top_line + lines, self.max_scroll_y))

    def move_by(self, command: str) -> None:
        """Carry out a command of the key table that moves: `up`, `page_down`, `choose`, …"""
        getattr(self, f"action_{command}")()

    def action_up(self) -> None:
        """A line up."""
        self.move(-1)

    def action_down(self) -> None:
        """A line down."""
        self.move(1)

    def action_page_up(self) -> None:
        """A page up."""
        self.move(-self.page)

    def action_page_down(self) -> None:
        """A page down."""
        self.move(self.page)

    def action_half_up(self) -> None:
        """Half a page up."""
        self.move(-max(1, self.page // 2))

    def action_half_down(self) -> None:
        """Half a page down."""
        self.move(max(1, self.page // 2))

    def action_top(self) -> None:
        """To the beginning."""
        self.go_to_line(0)

    def action_bottom(self) -> None:
        """To the end."""
        self.go_to_line(int(self.max_scroll_y))

    def action_choose(self) -> None:
        """Nothing to choose where nothing is selected."""

    def set_ruled(self, ruled: bool) -> None:
        """Put a rule at the left, or take it away."""
        if ruled != self.ruled:
            self.ruled = ruled
            self._width_of = None
            self.refresh()

    def blank(self) -> Strip:
        """An empty line."""
        return Strip.blank(self.text_width, self.rich_style)

    @property
    def text_width(self) -> int:
        """Cells beside the rule and the scroll bar."""
        if self._width_of is not self._size:
            self._width_of = self._size
            self._width = max(0, self.scrollable_content_region.width - self.ruled)
        return self._width

    _width_of: Size | None = None
    _width = 0

    def draw_line(self, y: int) -> Strip:
        """The line at `y` of the view, `text_width` cells; a subclass draws its own."""
        return self.blank()

    def render_line(self, y: int) -> Strip:
        """The line with its rule."""
        line = self.draw_line(y)
        if not self.ruled:
            return line
        name = "lines--rule-focused" if self.has_focus else "lines--rule"
        return Strip.join([Strip([Segment("│", self.get_component_rich_style(name))], 1), line])

    def draw_now(self, *regions: Region) -> None:
        """Draw these regions of the view at once, and nothing but them, where this has the focus."""
        if self.has_focus:
            draw_at_once(self, *regions)
        else:
            self.refresh(*regions)

    def _on_focus(self, event: events.Focus) -> None:
        """What Textual does, but for drawing the whole widget anew: 34 kB a Tab at 120x40 before this."""
        event.prevent_default()
        self.has_focus = True
        self.focus_changed()
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def _on_blur(self, event: events.Blur) -> None:
        """The same, for the focus going."""
        event.prevent_default()
        self.has_focus = False
        self.focus_changed()
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    def focus_changed(self) -> None:
        """Draw what looks different with the focus and without it."""
        self._refresh_rule()

    def _refresh_rule(self) -> None:
        if self.ruled:
            self.refresh(Region(0, 0, 1, self.size.height))
