"""Run the real program: in a pipe, and in a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "tui")
PATIENCE_S = 60.0


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """This test's environment, in which `python -m tui` finds the program from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **(changes or {})}


def in_pipe(
    *arguments: str | bytes,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run to the end with pipes on all sides."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        input=stdin,
        capture_output=True,
        env=environment(env),
        cwd=cwd,
        timeout=PATIENCE_S,
        check=False,
    )


def in_terminal(
    *arguments: str | bytes,
    env: Mapping[str, str] | None = None,
    columns: int = 100,
    keys: Sequence[bytes] = (),
    cwd: Path | None = None,
) -> tuple[int, bytes]:
    """Run to the end in a pseudo-terminal; returns the exit code and everything that arrived there."""
    mine, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    settings = {"TERM": "xterm-256color", **(env or {})}
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdin=its, stdout=its, stderr=its, env=environment(settings), cwd=cwd
    )
    os.close(its)
    for key in keys:
        os.write(mine, key)
    arrived = bytearray()
    end = time.monotonic() + PATIENCE_S
    try:
        while time.monotonic() < end:
            if select.select([mine], [], [], 0.2)[0]:
                try:
                    arrived += os.read(mine, 65536)
                except OSError:  # Linux: the last process at the other end has gone.
                    break
            elif process.poll() is not None:
                break
        return process.wait(timeout=max(1.0, end - time.monotonic())), bytes(arrived)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(mine)
