"""What is said on stderr: one line each, harmless, whoever wrote the words in it."""

from __future__ import annotations

import sys

from tui.harmless import harmless


def say(message: str) -> None:
    """Print `broadsheet: message` on stderr; where nobody listens there any more, that is no error."""
    if sys.stderr is None:
        return
    line = f"broadsheet: {harmless(message)}\n"
    try:
        encoding = sys.stderr.encoding or "ascii"
        sys.stderr.write(line.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 article`, `1,204 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
