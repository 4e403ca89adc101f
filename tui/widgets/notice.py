"""The line under the search: what was not understood, what may have been meant, how to complete a word."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from tui.harmless import harmless
from tui.terminal.cells import cut
from tui.widgets.known_styles import KnownStyles


class Notice(KnownStyles):
    """One line of text, empty most of the time."""

    DEFAULT_CSS = """
    Notice { height: 1; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"notice--text"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = ""
        self._standing = ""

    def keep_saying(self, text: str) -> None:
        """Show a text whenever there is nothing else to say, until `let_go`."""
        self._standing = harmless(text)
        self.say(self.text)

    def let_go(self) -> None:
        """The reader has seen what stood here."""
        if self._standing:
            if self.text == self._standing:
                self._standing = ""
                self.say("")
            self._standing = ""

    def say(self, text: str) -> None:
        """Show a text; empty clears the line, or shows what is kept."""
        text = harmless(text) or self._standing
        if text != self.text:
            self.text = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y or not self.text or width < 3:
            return Strip.blank(width, self.rich_style)
        segments = [Segment("  " + cut(self.text, width - 2), self.get_component_rich_style("notice--text"))]
        return Strip(segments).adjust_cell_length(width, self.rich_style)
