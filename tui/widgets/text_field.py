"""A one-line text field drawn by line: a letter redraws one row and nothing else.

Textual's own `Input` costs 33 ms and 2 kB a letter at 120×40; this one draws its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.harmless import harmless
from tui.terminal.cells import cut, width_of
from tui.widgets.known_styles import KnownStyles

LONGEST_INPUT = 2000
"""Characters; a megabyte pasted by mistake is cut here."""

_WORD_BACK = re.compile(r"\S+\s*$")
_WORD_ON = re.compile(r"^\s*\S+")


class TextField(KnownStyles, can_focus=True):
    """Text with a cursor, a prompt before it and a status at its right end."""

    DEFAULT_CSS = """
    TextField { height: 1; width: 1fr; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "field--prompt",
        "field--text",
        "field--hint",
        "field--status",
        "field--cursor",
    }

    class Said(Message):
        """What a field tells: its text, or the key that leaves it."""

        def __init__(self, field: TextField, value: str) -> None:
            super().__init__()
            self.field = field
            self.value = value

        @property
        def control(self) -> TextField:
            """The field."""
            return self.field

    class Changed(Said):
        """The text is another now."""

    class Submitted(Said):
        """Enter was pressed."""

    class Left(Said):
        """A key that leaves the field was pressed: the value is `escape`, `up`, `down` or `tab`."""

    told: Callable[[Message], None] | None = None
    """Told of each message at once, not by the queue: in one burst the later keys count on the earlier ones."""

    def __init__(self, prompt: str = "", hint: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.prompt = prompt
        self.hint = hint
        self.value = ""
        self.cursor = 0
        self.status = ""

    def set_value(self, value: str, *, quiet: bool = False) -> None:
        """Put other text in, the cursor at its end; `quiet` tells nobody."""
        self._edit(harmless(value)[:LONGEST_INPUT], None, quiet=quiet)

    def set_status(self, status: str) -> None:
        """Put text at the right end of the row."""
        if status != self.status:
            self.status = status
            self.refresh()

    def _edit(self, value: str, cursor: int | None, *, quiet: bool = False) -> None:
        changed = value != self.value
        self.value = value
        self.cursor = len(value) if cursor is None else max(0, min(cursor, len(value)))
        self.refresh()
        if changed and not quiet:
            self._tell(self.Changed(self, value))

    def insert(self, text: str) -> None:
        """Put text in at the cursor."""
        text = harmless(text)[: LONGEST_INPUT - len(self.value)]
        value = self.value[: self.cursor] + text + self.value[self.cursor :]
        self._edit(value, self.cursor + len(text))

    def replace(self, start: int, end: int, text: str) -> None:
        """Put text in the place of `[start, end)`, the cursor after it."""
        self._edit(self.value[:start] + text + self.value[end:], start + len(text))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_paste(self, event: events.Paste) -> None:
        """A paste is one edit, on one line, and never longer than the field takes."""
        event.stop()
        event.prevent_default()
        self.insert(event.text[: LONGEST_INPUT * 2])

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the click was."""
        column = event.x - width_of(self.prompt)
        _, first = self._window()
        offset = first
        while offset < len(self.value) and width_of(self.value[first:offset]) < column:
            offset += 1
        self._edit(self.value, offset)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A field takes every printable key."""
        return character is not None and character.isprintable()

    def _tell(self, message: Message) -> None:
        if self.told is not None:
            self.told(message)
        else:
            self.post_message(message)

    def tell_apart(
        self,
        changed: Callable[[Changed], object],
        submitted: Callable[[Submitted], object],
        left: Callable[[Left], object],
    ) -> None:
        """Tell each of these of what is meant for it, at once."""

        def tell(message: Message) -> None:
            if isinstance(message, self.Changed):
                changed(message)
            elif isinstance(message, self.Submitted):
                submitted(message)
            elif isinstance(message, self.Left):
                left(message)

        self.told = tell

    async def _on_key(self, event: events.Key) -> None:
        if self.screen.focused is not self:
            # It came in one burst with the key that left this field, and was meant for what is there now.
            self.app.post_message(events.Key(event.key, event.character))
            event.stop()
            event.prevent_default()
        elif self._handled(event):
            event.stop()
            event.prevent_default()

    def _handled(self, event: events.Key) -> bool:
        value, cursor, key = self.value, self.cursor, event.key
        if event.is_printable and event.character is not None:
            self.insert(event.character)
        elif key in {"escape", "up", "down", "tab", "shift+tab", "pagedown"}:
            self._tell(self.Left(self, key))
        elif key == "enter":
            self._tell(self.Submitted(self, value))
        elif key in {"left", "ctrl+b"}:
            self._edit(value, cursor - 1)
        elif key == "right":
            self._edit(value, cursor + 1)
        elif key in {"home", "ctrl+a"}:
            self._edit(value, 0)
        elif key in {"end", "ctrl+e"}:
            self._edit(value, len(value))
        elif key in {"backspace", "ctrl+h"}:
            if cursor:
                self._edit(value[: cursor - 1] + value[cursor:], cursor - 1)
        elif key in {"delete", "ctrl+d"}:
            self._edit(value[:cursor] + value[cursor + 1 :], cursor)
        elif key in {"ctrl+w", "ctrl+backspace", "alt+backspace"}:
            start = self._word_start()
            self._edit(value[:start] + value[cursor:], start)
        elif key == "ctrl+u":
            self._edit(value[cursor:], 0)
        elif key == "ctrl+k":
            self._edit(value[:cursor], cursor)
        elif key in {"ctrl+left", "alt+b"}:
            self._edit(value, self._word_start())
        elif key in {"ctrl+right", "alt+f"}:
            match = _WORD_ON.match(value[cursor:])
            self._edit(value, cursor + match.end() if match else len(value))
        else:
            return False
        return True

    def _word_start(self) -> int:
        match = _WORD_BACK.search(self.value[: self.cursor])
        return match.start() if match else 0

    def _room(self) -> int:
        """Cells for the text and the cursor."""
        status = width_of(self.status) + 2 if self.status else 0
        return max(8, self.size.width - width_of(self.prompt) - status)

    def _window(self) -> tuple[str, int]:
        """The text that is in view, and the offset of its first character."""
        room = self._room() - 1
        first = 0
        while width_of(self.value[first : self.cursor]) > room:
            first += 1
        last = len(self.value)
        while last > self.cursor and width_of(self.value[first:last]) > room:
            last -= 1
        return self.value[first:last], first

    def render_line(self, y: int) -> Strip:
        """The row: prompt, text with its cursor, status."""
        width = self.size.width
        if y or not width:
            return Strip.blank(width, self.rich_style)
        style = self.get_component_rich_style
        segments = [Segment(self.prompt, style("field--prompt"))]
        text_style = style("field--text")
        room = self._room()
        if self.value or self.has_focus:
            shown, first = self._window()
            segments.append(Segment(shown, text_style))
            if self.has_focus:
                at = self.cursor - first
                under = shown[at : at + 1] or " "
                segments[-1:] = [
                    Segment(shown[:at], text_style),
                    Segment(under, text_style + style("field--cursor", partial=True)),
                    Segment(shown[at + 1 :], text_style),
                ]
                if not self.value and self.hint:
                    segments.append(Segment(cut(self.hint, room - 2), style("field--hint")))
        else:
            segments.append(Segment(cut(self.hint, room), style("field--hint")))
        used = sum(width_of(segment.text) for segment in segments)
        status = cut(self.status, max(0, width - used - 1))
        segments.append(Segment(" " * (width - used - width_of(status)), text_style))
        segments.append(Segment(status, style("field--status")))
        return Strip(segments).adjust_cell_length(width, text_style)
