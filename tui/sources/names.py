"""File names as text that can be stored, compared and printed.

A POSIX file name is bytes: it may hold a line end, an escape sequence, bytes of no encoding. What the system
hands over as a lone surrogate fits neither SQLite nor a terminal, so such characters are written as escapes,
reversibly.
"""

from __future__ import annotations

import re
from pathlib import Path

from tui.harmless import harmless, is_harmless

_ESCAPE = re.compile(r"\\(?:\\|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")


def name_as_text(name: str) -> str:
    r"""The name with every character that `harmless` would change as `\xNN`, `\uNNNN`, and `\` as `\\`.

    An undecodable byte (a surrogate, as `os.fsdecode` gives it) is `\udcNN`. Two names never give one text.
    """
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    if "\\" not in name and is_harmless(name):
        return name
    text = "".join(_escaped(character) for character in name)
    # Only a run of marks is harmful as a whole and harmless in each character.
    return text if is_harmless(text) else "".join(c if c.isascii() else _code(c) for c in text)


def name_from_text(text: str) -> str:
    """The file name that `name_as_text` gave this text for."""
    return _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2] or escape[3] or "5c", 16)), text)


def path_of(root: Path, relative: str) -> Path:
    """Where the file stands that `walk(root)` calls `relative`; a root that is a file is that file itself."""
    return root / name_from_text(relative) if relative and not root.is_file() else root


def _escaped(character: str) -> str:
    if character == "\\":
        return "\\\\"
    return character if harmless(character) == character else _code(character)


def _code(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
