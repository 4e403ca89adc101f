"""What a reader can set: `config.toml`, read once at the start.

A wrong entry never stops the program: it is said in one line, and the default stands.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.entities.choice import Choices

NARROWEST_MEASURE = 40
WIDEST_MEASURE = 120
USUAL_MEASURE = 72
_ENTRIES = "theme, measure, mouse, entity_marks, recogniser and [keys]"


@dataclass(frozen=True, slots=True)
class Settings:
    """The reader's settings, checked."""

    theme: str | None = None
    """A theme's name; None for the one chosen last, at first `broadsheet-dark`."""
    measure: int | None = None
    """The most characters in a line of an article's text; None for what was chosen last, at first 72."""
    mouse: bool = True
    entity_marks: bool | None = None
    """Letter marks on entities; None: only where there is no colour."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Command name to its keys, for the commands whose keys were changed."""
    recogniser: Choices | None = None
    """Who finds names, for each language; None for the recogniser that ships."""
    complaints: tuple[str, ...] = ()
    """What was wrong in the file: one line each, with file, entry and what to do."""


def settings_path() -> Path:
    """Where `config.toml` is looked for: `$BROADSHEET_CONFIG`, else the platform's folder for settings."""
    named = os.environ.get("BROADSHEET_CONFIG")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("broadsheet") / "config.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; without a file, the defaults."""
    path = settings_path() if path is None else path
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(complaints=(f"{path}: not read, the defaults stand: {error}",))
    import tomllib

    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(complaints=(f"{path}: not read, the defaults stand: {error}",))
    return checked(content, str(path), path.parent)


def checked(content: Mapping[str, Any], name: str, folder: Path | None = None) -> Settings:
    """The settings in a parsed file; entries that make no sense are left out and complained of.

    Args:
        content: What stands in the file.
        name: What complaints call it.
        folder: What relative paths in it are relative to; None for the current folder.
    """
    values: dict[str, Any] = {}
    complaints: list[str] = []

    def complain(entry: str, why: str) -> None:
        complaints.append(f"{name}: {entry}: {why}")

    for entry, value in content.items():
        if entry == "theme":
            if isinstance(value, str):
                values["theme"] = value
            else:
                complain(entry, "must be the name of a theme, in quotes")
        elif entry == "measure":
            whole = isinstance(value, int) and not isinstance(value, bool)
            if whole and NARROWEST_MEASURE <= value <= WIDEST_MEASURE:
                values["measure"] = value
            else:
                complain(entry, f"must be a whole number from {NARROWEST_MEASURE} to {WIDEST_MEASURE}")
        elif entry in {"mouse", "entity_marks"}:
            if isinstance(value, bool):
                values[entry] = value
            else:
                complain(entry, "must be true or false")
        elif entry == "keys":
            if isinstance(value, Mapping):
                values["keys"] = _checked_keys(value, complain)
            else:
                complain(entry, 'must be a table: [keys] and lines like beside = "v"')
        elif entry == "recogniser":
            try:
                values["recogniser"] = _recogniser(value, folder, complain)
            except UsageError as error:
                complain(entry, str(error))
        else:
            complain(entry, "is not a setting; there are " + _ENTRIES)
    return Settings(**values, complaints=tuple(complaints))


def _recogniser(value: Any, folder: Path | None, complain: Callable[[str, str], None]) -> Choices:
    from tui.entities.choice import read_setting

    if not isinstance(value, str | Mapping):
        raise UsageError(
            'must be a recogniser in quotes, or a table like { en = "built-in", de = "spacy:NAME" }'
        )
    return read_setting(value, folder, lambda entry, why: complain(f"recogniser.{entry}", why))


def _checked_keys(content: Mapping[str, Any], complain: Any) -> dict[str, tuple[str, ...]]:
    import difflib

    from tui.keys import BY_NAME, COMMANDS, ground_of

    changed: dict[str, tuple[str, ...]] = {}
    for name, value in content.items():
        entry = f"keys.{name}"
        if name not in BY_NAME:
            near = difflib.get_close_matches(name, BY_NAME, n=1)
            complain(entry, "is not a command" + (f"; did you mean {near[0]}?" if near else ""))
            continue
        keys = (value,) if isinstance(value, str) else value
        if not isinstance(keys, (list, tuple)) or not keys or not all(isinstance(key, str) for key in keys):
            complain(entry, 'must be a key in quotes, or a list of keys: "v" or ["v", "ctrl+v"]')
            continue
        named = [key_name(key) for key in keys]
        wrong = [key for key, known in zip(keys, named, strict=True) if known is None]
        if wrong:
            complain(entry, f'"{wrong[0]}" is not a key; write a character, f1 to f12, or like "ctrl+v"')
            continue
        changed[name] = tuple(known for known in named if known is not None)
    # A key that a change takes from another command is the changed command's; two changes may not want the same.
    # A page has keys of its own, which go before those of everywhere: they are in nobody's way.
    owner: dict[tuple[str, str], str] = {}
    for command in COMMANDS:
        for key in changed.get(command.name, ()):
            theirs = owner.setdefault((ground_of(command), key), command.name)
            if theirs != command.name:
                complain(f"keys.{command.name}", f'"{key}" is already given to {theirs}; it stays there')
                changed.pop(command.name, None)
                break
    for command in COMMANDS:
        ground = ground_of(command)
        if command.name not in changed and any((ground, key) in owner for key in command.keys):
            changed[command.name] = tuple(key for key in command.keys if (ground, key) not in owner)
    return changed


_NAMED_KEYS = frozenset(
    "up down left right enter escape tab shift+tab space backspace delete insert home end pageup pagedown".split()
    + [f"f{number}" for number in range(1, 13)]
)


def key_name(key: str) -> str | None:
    """Textual's name for a key as a person writes it (`/`, `G`, `ctrl+v`, `pgdn`); None where it is no key."""
    key = {"pgdn": "pagedown", "pgup": "pageup", "esc": "escape", "return": "enter", " ": "space"}.get(
        key, key
    )
    if key in _NAMED_KEYS:
        return key
    if len(key) == 1 and key.isprintable():
        from textual.keys import _character_to_key

        return _character_to_key(key)
    modifier, _, rest = key.partition("+")
    modifier = modifier.lower()
    if modifier in {"ctrl", "alt", "shift"} and (rest in _NAMED_KEYS or (len(rest) == 1 and rest.isalnum())):
        return f"{modifier}+{rest.lower() if modifier == 'ctrl' else rest}"
    return None
