"""The bottom line: the keys that count now, and where one is in the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from tui.keys import BY_NAME, FIELD_KEYS, FOOTERS, Context, keys_of, shown
from tui.terminal.cells import cut, width_of
from tui.widgets.at_once import draw_at_once
from tui.widgets.known_styles import KnownStyles


class KeyFooter(KnownStyles):
    """Drawn by line, and only when what it says changes."""

    DEFAULT_CSS = """
    KeyFooter { height: 1; dock: bottom; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--label", "footer--position"}

    def __init__(self, changed_keys: Mapping[str, tuple[str, ...]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._changed_keys = changed_keys
        self.context: Context = "results"
        self.position = ""
        self.message = ""

    def show(self, context: Context, position: str = "") -> None:
        """What has the focus, and where it stands in its text."""
        before = self.context, self.position
        self.context, self.position = context, position
        if before == (context, position):
            return
        width = width_of(position)
        if before[0] == context and width == width_of(before[1]) <= self.size.width // 2:
            # A move is not worth a line of keys: 1 kB each before this.
            draw_at_once(self, Region(self.size.width - 1 - width, 0, width, 1))
        else:
            self.refresh()

    def say(self, message: str) -> None:
        """A short word about what was done, in the place of the keys; empty takes it away."""
        if message != self.message:
            self.message = message
            self.refresh()

    def _hints(self) -> list[tuple[str, str]]:
        if self.context in FIELD_KEYS:
            return list(FIELD_KEYS[self.context])
        hints = []
        for entry in FOOTERS[self.context]:
            name, label = entry if isinstance(entry, tuple) else (entry, BY_NAME[entry].label)
            keys = keys_of(BY_NAME[name], self._changed_keys)
            if keys:
                hints.append((shown(keys[0]), label))
        return hints

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y or not width:
            return Strip.blank(width, self.rich_style)
        key_style = self.get_component_rich_style("footer--key")
        label_style = self.get_component_rich_style("footer--label")
        position = cut(self.position, width // 2)
        room = width - width_of(position) - 2
        segments: list[Segment] = []
        if self.message:
            text = cut(" " + self.message, room)
            segments.append(Segment(text, key_style))
            room -= width_of(text)
        else:
            for key, label in self._hints():
                needed = width_of(key) + width_of(label) + 3
                if needed > room:
                    break
                segments += [Segment(f" {key} ", key_style), Segment(f"{label} ", label_style)]
                room -= needed
        segments.append(Segment(" " * (room + 1), label_style))
        segments.append(Segment(position, self.get_component_rich_style("footer--position")))
        return Strip(segments).adjust_cell_length(width, label_style)
