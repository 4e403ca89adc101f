"""What goes to stdout, in one of three forms: drawn on a terminal, tab-separated lines in a pipe, or JSON.

Lines are for `cut`, `grep` and `xargs`: one thing a line, its fields divided by tabs, the id first, `-` for
what is unknown; no colour, no width, no heading. Text from outside goes through `harmless` here, at the last
moment, and Rich gets it as `Text`, so that nothing in it is taken for markup or a control sequence.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tui.commands.request import Request
from tui.harmless import escape_json, harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from tui.article import MentionType

UNKNOWN = "-"
"""How a line shows a field that isn't known."""

MATCH_STYLE = "bold yellow"
"""Bold too, so that a match shows under NO_COLOR."""

TYPE_STYLES: dict[MentionType, str] = {
    "person": "cyan",
    "organisation": "magenta",
    "place": "green",
    "misc": "blue",
}
"""The colour of each type of entity: of the sixteen that every terminal's theme decides."""


def encode_json(value: Any) -> bytes:
    """One line of JSON in UTF-8, readable in any script, without a raw control character."""
    return f"{escape_json(json.dumps(value, ensure_ascii=False))}\n".encode()


def print_json(*values: Any) -> None:
    """Print each value as a line of JSON; UTF-8 whatever the locale says."""
    stream = sys.stdout
    stream.flush()
    for value in values:
        stream.buffer.write(encode_json(value))
    stream.buffer.flush()


def print_line(*fields: object) -> None:
    """Print one line of fields divided by tabs; None is `-`, and no field can hold a tab or a line end."""
    _use_any_encoding()
    sys.stdout.write("\t".join(_field(field) for field in fields) + "\n")


def print_text(lines: Iterable[str]) -> None:
    """Print lines of running text, each made harmless."""
    _use_any_encoding()
    for line in lines:
        sys.stdout.write(f"{harmless(line)}\n")


def print_file(content: str) -> None:
    """Print a file's content as it is, in UTF-8 whatever the locale says; whoever made it made it harmless."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def is_drawn(request: Request) -> bool:
    """Whether stdout is a terminal to draw tables and colour on; `FORCE_COLOR` says yes for a pager."""
    if request.plain or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def make_console() -> Console:
    """Rich's console on stdout, deaf to markup, emoji codes and its own idea of what to highlight."""
    from rich.console import Console

    _use_any_encoding()
    return Console(highlight=False, markup=False, emoji=False)


def text_of(value: object, style: str = "", matches: Iterable[tuple[int, int]] = ()) -> Text:
    """A harmless `Text` of a value from outside, with these spans of it marked.

    The spans count in the value as it is; text of articles is harmless already, so they stay right.
    """
    from rich.text import Text

    raw = UNKNOWN if value is None else str(value)
    text = Text(harmless(raw), style=style)
    if text.plain == raw:
        for start, end in matches:
            text.stylize(MATCH_STYLE, start, end)
    return text


def _field(value: object) -> str:
    return UNKNOWN if value is None or value == "" else harmless(str(value))


def _use_any_encoding() -> None:
    """A terminal that can't show a character gets `?` in its place instead of an error for the reader."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors != "replace":
        sys.stdout.reconfigure(errors="replace")
