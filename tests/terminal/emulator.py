"""A terminal's screen in memory: bytes in, cells out, answers to the questions that programs ask.

pyte does the most of it. What it would show as stray text, or lacks though terminals have it, is added here.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import pyte
from pyte.screens import Char

_SEQUENCE = re.compile(
    rb"""\x1b (?: \[ [0-?]* [ -/]* [@-~]             # CSI
             | \] [^\x07\x1b]* (?: \x07 | \x1b\\ )    # OSC
             | [PX^_] .*? \x1b\\                      # DCS, SOS, PM, APC
             | [ -/]+ [0-~]                           # character sets and the like
             | [0-OQ-WYZ\\`-~] )""",
    re.VERBOSE | re.DOTALL,
)
_PRIVATE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>=])[0-9;]*u")
_LONGEST_SEQUENCE = 1 << 20
"""An OSC 52 may carry an article; longer than this is no sequence, but a stray escape character."""


class _Screen(pyte.Screen):
    """pyte's screen with what xterm also has: repeat (REP) and scrolling (SU, SD)."""

    last_drawn = " "

    def draw(self, data: str) -> None:
        super().draw(data)
        self.last_drawn = data[-1:] or self.last_drawn

    def repeat(self, count: int = 1, **_: Any) -> None:
        self.draw(self.last_drawn * (count or 1))

    def scroll_up(self, count: int = 1, **_: Any) -> None:
        self._scroll(count or 1, self.index, bottom=True)

    def scroll_down(self, count: int = 1, **_: Any) -> None:
        self._scroll(count or 1, self.reverse_index, bottom=False)

    def _scroll(self, count: int, step: Any, *, bottom: bool) -> None:
        x, y = self.cursor.x, self.cursor.y
        top, last = self.margins or (0, self.lines - 1)
        self.cursor.y = last if bottom else top
        for _ in range(count):
            step()
        self.cursor.x, self.cursor.y = x, y


class _Stream(pyte.ByteStream):
    csi: ClassVar = {**pyte.ByteStream.csi, "b": "repeat", "S": "scroll_up", "T": "scroll_down"}
    events = pyte.ByteStream.events | {"repeat", "scroll_up", "scroll_down"}


class Emulator:
    """What a terminal of `columns` × `rows` shows after the bytes that it was fed."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = _Screen(columns, rows)
        self._stream = _Stream(self._screen)
        self._pending = b""
        self.modes = {25}
        """The private modes that are on: 1049 the alternate screen, 25 a visible cursor, 1000… the mouse."""
        self.keyboard_depth = 0
        """How many keyboard protocols the program has pushed and not popped."""
        self.clipboard: list[bytes] = []
        """What was sent with OSC 52, base64 as it came."""
        self.titles: list[bytes] = []
        """Window titles set with OSC 0 and 2."""

    def feed(self, data: bytes) -> bytes:
        """Take bytes that a program wrote; the bytes that a terminal would answer."""
        data = self._pending + data
        self._pending = b""
        answer, position = b"", 0
        while True:
            escape = data.find(b"\x1b", position)
            if escape < 0:
                self._show(data[position:])
                return answer
            self._show(data[position:escape])
            sequence = _SEQUENCE.match(data, escape)
            if sequence:
                answer += self._act(sequence.group())
                position = sequence.end()
            elif len(data) - escape < _LONGEST_SEQUENCE:
                self._pending = data[escape:]  # cut in two by a read: the rest comes with the next
                return answer
            else:
                position = escape + 1

    def _show(self, data: bytes) -> None:
        if data:
            self._stream.feed(data)

    def _act(self, sequence: bytes) -> bytes:
        if sequence.startswith(b"\x1b["):
            return self._control(sequence)
        if sequence.startswith(b"\x1b]"):
            self._command(sequence[2:].rstrip(b"\x07\x1b\\"))
        elif not sequence.startswith((b"\x1bP", b"\x1bX", b"\x1b^", b"\x1b_")):
            self._show(sequence)
        return b""

    def _control(self, sequence: bytes) -> bytes:
        private = _PRIVATE.fullmatch(sequence)
        if private:
            modes = {int(mode) for mode in private.group(1).split(b";") if mode}
            self.modes = self.modes | modes if private.group(2) == b"h" else self.modes - modes
        if sequence == b"\x1b[6n":
            return b"\x1b[%d;%dR" % (self._screen.cursor.y + 1, self._screen.cursor.x + 1)
        if sequence in (b"\x1b[c", b"\x1b[0c"):
            return b"\x1b[?62;22c"
        if sequence.endswith(b"$p"):
            mode = re.sub(rb"[^0-9]", b"", sequence)
            known = mode == b"2026"  # synchronized output, as most terminals have it
            return b"\x1b[?%b;%b$y" % (mode, b"2" if known else b"0")
        keyboard = _KEYBOARD.fullmatch(sequence)
        if keyboard:
            self.keyboard_depth += {b">": 1, b"<": -1, b"=": 0}[keyboard.group(1)]
        elif sequence[2:3] not in (b"<", b"=", b">") and b"$" not in sequence:
            # pyte takes no colons: 38:2::r:g:b and 4:3 become what it knows.
            self._show(re.sub(rb":[0-9:]*", b"", sequence) if sequence.endswith(b"m") else sequence)
        return b""

    def _command(self, body: bytes) -> None:
        kind, _, rest = body.partition(b";")
        if kind == b"52":
            self.clipboard.append(rest.partition(b";")[2])
        elif kind in (b"0", b"2"):
            self.titles.append(rest)

    def resize(self, columns: int, rows: int) -> None:
        """Become another size, as a window does."""
        self._screen.resize(rows, columns)

    @property
    def lines(self) -> list[str]:
        """The text of every row, without the spaces at its end."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """All rows, a line each."""
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        return self._screen.cursor.x, self._screen.cursor.y

    def cell(self, column: int, row: int) -> Char:
        """The character at that place with its style: `data`, `fg`, `bg`, `bold`, `reverse` …"""
        return self._screen.buffer[row][column]

    def find(self, text: str) -> tuple[int, int] | None:
        """Column and row where that text begins; None where it isn't on the screen."""
        for row, line in enumerate(self.lines):
            if text in line:
                wide = 0  # display has one character for a wide one, that covers two cells
                for character in line[: line.index(text)]:
                    wide += pyte.screens.wcwidth(character) == 2
                return line.index(text) + wide, row
        return None

    def style_of(self, text: str) -> Char:
        """The style of the first cell of that text.

        Raises:
            LookupError: It isn't on the screen.
        """
        place = self.find(text)
        if place is None:
            raise LookupError(f"{text!r} is not on the screen:\n{self.text}")
        return self.cell(*place)
