"""Every key of the program, in one table: bindings, footer, help and palette are made from it.

Two states only: a text field takes every printable key; everywhere else letters are commands. A reader can change
any key under `[keys]` in `config.toml` by the command's name.

The table stands in three parts, `reading`, `on_pages` and `everywhere`; `footers` says what the footer shows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.keys.command import (
    PAGES,
    SIDE_BY_SIDE,
    STORIES,
    TIMELINE,
    WHO_AND_WHERE,
    Command,
    Context,
    Place,
    ground_of,
)  # fmt: skip
from tui.keys.everywhere import EVERYWHERE
from tui.keys.footers import FIELD_KEYS, FOOTERS
from tui.keys.on_pages import ON_PAGES
from tui.keys.reading import READING

__all__ = [
    "BY_NAME",
    "COMMANDS",
    "FIELD_KEYS",
    "FOOTERS",
    "PAGES",
    "SIDE_BY_SIDE",
    "STORIES",
    "TIMELINE",
    "WHO_AND_WHERE",
    "Command",
    "Context",
    "Place",
    "commands_at",
    "ground_of",
    "keys_of",
    "shown",
]

COMMANDS: tuple[Command, ...] = (*READING, *ON_PAGES, *EVERYWHERE)

BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}

_SHOWN = {
    "slash": "/", "question_mark": "?", "colon": ":", "asterisk": "*", "left_square_bracket": "[",
    "right_square_bracket": "]", "equals_sign": "=", "less_than_sign": "<",
    "greater_than_sign": ">", "left_curly_bracket": "{", "right_curly_bracket": "}", "plus": "+", "minus": "-",
    "enter": "⏎", "space": "space",
    "escape": "esc", "pageup": "PgUp", "pagedown": "PgDn", "up": "↑", "left": "←", "right": "→", "down": "↓",
    "home": "Home", "end": "End", "shift+left": "⇧←", "shift+right": "⇧→",
    "backspace": "⌫", "tab": "tab", "shift+tab": "⇧tab", "f1": "F1",
}  # fmt: skip


def shown(key: str) -> str:
    """How a key is written for people: `slash` as `/`, `ctrl+f` as `^F`."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return "^" + shown(key.removeprefix("ctrl+")).upper()
    return key


def keys_of(command: Command, changed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The keys of a command after the reader's changes."""
    return changed.get(command.name, command.keys)


def commands_at(place: Place) -> Iterable[Command]:
    """The commands that are bound at a place."""
    return (command for command in COMMANDS if command.place == place)
