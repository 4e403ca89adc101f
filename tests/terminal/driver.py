"""Run a program on a pseudo-terminal, press keys, look at the screen, and count milliseconds and bytes.

Bytes are stamped when they are read and understood later, so that the emulator's own time is in no figure.
"""

from __future__ import annotations

import contextlib
import fcntl
import math
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.terminal.emulator import Emulator

_QUESTION = re.compile(rb"\x1b\[\??[0-9;]*(?:\$p|[cn])")

FRAME_END = b"\x1b[?2026l"
"""What a program writes after a frame, where the terminal knows synchronized output."""

QUIET = 0.12
"""Seconds without a byte after which an answer counts as complete."""

PATIENCE = 30.0
"""Seconds that a test waits for something that must come: two slow cores may run other things too."""

KEYS: Mapping[str, bytes] = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "delete": b"\x1b[3~",
    "shift+tab": b"\x1b[Z",
    "f1": b"\x1bOP",
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "space": b" ",
    "backspace": b"\x7f",
    **{f"ctrl+{letter}": bytes([ord(letter) - 96]) for letter in "abcdefghijklmnopqrstuvwxyz"},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program wrote after a key."""

    bytes: int
    milliseconds: float
    """From the key to the last byte; NaN where none came."""
    shown: float
    """Milliseconds from the key to the byte that made true what was waited for; NaN where it never was."""


class Driver:
    """A program on a terminal of its own. A context manager: the program is ended with it."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        """Start the program.

        Args:
            command: The program and its arguments.
            columns: Width in cells.
            rows: Height in cells.
            env: Added to this process's environment.
            cwd: Where it starts; here, by default.
        """
        self.emulator = Emulator(columns, rows)
        self.bytes = 0
        self._log: list[tuple[float, bytes]] = []
        self._ended = False
        self._terminal, self._program_side = os.openpty()
        self._set_size(columns, rows)
        self._attributes = termios.tcgetattr(self._program_side)
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=self._program_side,
            stdout=self._program_side,
            stderr=self._program_side,
            env=environment,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> Driver:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program, if it still runs, and everything that it started."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if not self._ended:
            self._ended = True
            os.close(self._terminal)
            os.close(self._program_side)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Resize the window; the kernel tells the program."""
        self._understand()
        self._set_size(columns, rows)
        self.emulator.resize(columns, rows)

    # Reading. The log holds what was read and not yet understood.

    def _read(self, seconds: float) -> bool:
        """Read once, waiting at most that long; whether anything came."""
        ready, _, _ = select.select([self._terminal], [], [], max(0.0, seconds))
        if not ready:
            return False
        data = os.read(self._terminal, 1 << 16)
        self._log.append((time.perf_counter(), data))
        self.bytes += len(data)
        if _QUESTION.search(data):
            self._understand()  # the program waits for the answer
        return bool(data)

    def _understand(self, until: Callable[[], Any] | None = None) -> float:
        """Feed the log to the emulator; when `until` became true (NaN if it did not)."""
        became = math.nan
        log, self._log = self._log, []
        for moment, data in log:
            answer = self.emulator.feed(data)
            if answer:
                self.send(answer)
            if until is not None and math.isnan(became) and until():
                became = moment
        return became

    def settle(self, first: float = 1.0, quiet: float = QUIET) -> float:
        """Read until `quiet` seconds bring nothing; when the last byte came (NaN if none came in `first`)."""
        if not self._read(first):
            return math.nan
        last = time.perf_counter()
        while self._read(quiet):
            last = self._log[-1][0] if self._log else time.perf_counter()
        return last

    # Pressing.

    def send(self, data: bytes) -> None:
        """Send bytes as the terminal would."""
        os.write(self._terminal, data)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each after the program has settled from the one before."""
        for key in keys:
            self.send(KEYS.get(key) or key.encode())
            self.settle()
        self._understand()

    def type(self, text: str) -> None:
        """Type text as fast as a terminal passes it on."""
        self.send(text.encode())
        self.settle()
        self._understand()

    def answer(
        self,
        key: str,
        *,
        until: Callable[[], Any] | None = None,
        first: float = 1.0,
        quiet: float = QUIET,
        window: float | None = None,
    ) -> Answer:
        """Press one key and measure all that the program writes until it is quiet again.

        Args:
            key: A name of `KEYS`, or text.
            until: What should become true of the screen; `Answer.shown` says when it did.
            first: Seconds to wait for the first byte.
            quiet: Seconds of silence that end the answer.
            window: Read for so many seconds instead, whatever comes: for someone who types on.
        """
        self._understand()
        before, pressed = self.bytes, time.perf_counter()
        self.send(KEYS.get(key) or key.encode())
        last = self.settle(first, quiet) if window is None else self._read_until(pressed + window)
        became = self._understand(until)
        return Answer(self.bytes - before, (last - pressed) * 1000, (became - pressed) * 1000)

    def frame(self, keys: str, until: Callable[[], Any], window: float) -> Answer:
        """Send keys in one go; `Answer.shown` is the last byte of the first frame after which it was so.

        Args:
            keys: A name of `KEYS`, or text.
            until: What should become true of the screen.
            window: Seconds to read for.
        """
        self._understand()
        before, pressed = self.bytes, time.perf_counter()
        self.send(KEYS.get(keys) or keys.encode())
        last = self._read_until(pressed + window)
        log, self._log = self._log, []
        became = math.nan
        held = b""
        for moment, data in log:
            *frames, held = (held + data).split(FRAME_END)
            for frame in frames:
                self.emulator.feed(frame + FRAME_END)
                if math.isnan(became) and until():
                    became = moment
        self.emulator.feed(held)
        return Answer(self.bytes - before, (last - pressed) * 1000, (became - pressed) * 1000)

    def _read_until(self, end: float) -> float:
        """Read until that moment; when the last byte came (NaN if none did)."""
        last = math.nan
        while (left := end - time.perf_counter()) > 0:
            if self._read(left):
                last = self._log[-1][0] if self._log else time.perf_counter()
        return last

    # Looking.

    @property
    def text(self) -> str:
        """The screen's text as far as it has been read."""
        self._understand()
        return self.emulator.text

    def wait_until(self, true: Callable[[], Any], seconds: float = PATIENCE, what: str = "that") -> float:
        """Read until `true()`; the seconds from the start to the byte that made it so.

        Raises:
            AssertionError: It did not become true in time, or the program ended; the message has the screen.
        """
        end = time.perf_counter() + seconds
        moment = self._understand(true)
        while not true():
            late = time.perf_counter() > end
            if late or (not self._read(0.05) and self.process.poll() is not None):
                self._read(0)
                self._understand()
                if true():
                    break
                raise AssertionError(
                    f"{what} did not come (exit status {self.process.poll()}); the screen:\n{self.text}"
                )
            moment = self._understand(true)
        if math.isnan(moment):  # it was so before anything was read
            moment = time.perf_counter()
        return moment - self.started

    def wait_for(self, text: str, seconds: float = PATIENCE) -> float:
        """Read until that text is on the screen; the seconds from the start to its last byte."""
        return self.wait_until(lambda: text in self.emulator.text, seconds, repr(text))

    def wait_gone(self, text: str, seconds: float = PATIENCE) -> float:
        """Read until that text is no longer on the screen."""
        return self.wait_until(lambda: text not in self.emulator.text, seconds, f"{text!r} going away")

    def wait_exit(self, seconds: float = PATIENCE) -> int:
        """Read until the program has ended; its exit status, negative for the signal that killed it."""
        end = time.perf_counter() + seconds
        while self.process.poll() is None:
            self._read(0.02)
            if time.perf_counter() > end:
                raise AssertionError(f"the program did not end; the screen:\n{self.text}")
        while self._read(0.05):
            pass
        self._understand()
        return self.process.returncode

    def assert_restored(self) -> None:
        """Assert that the terminal is as it was: modes, keyboard, line discipline, cursor."""
        self._understand()
        assert self.emulator.modes - {7, 2048} == {25}, f"private modes left on: {self.emulator.modes}"
        assert self.emulator.keyboard_depth <= 0, "a keyboard protocol was left on"
        assert termios.tcgetattr(self._program_side) == self._attributes, (
            "the line discipline was left changed"
        )
