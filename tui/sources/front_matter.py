"""Front matter: what stands between two fences at the very top, `---` for YAML or `+++` for TOML.

Only `key: value` and `key = value` are read, and lists and blocks below a key; that is all that articles use.
"""

from __future__ import annotations

import re

from tui.sources.fields import KEYED, Header, field_name, unquoted

_MOST_LINES = 200


def has_front_matter(lines: list[str]) -> bool:
    """Whether the text begins with front matter."""
    return _fences(lines) is not None


def _fences(lines: list[str]) -> tuple[int, int] | None:
    """The lines of the two fences."""
    start = next((number for number, line in enumerate(lines[:5]) if line.strip()), None)
    if start is None or lines[start].rstrip() not in ("---", "+++"):
        return None
    fence = lines[start].rstrip()
    for number in range(start + 1, min(len(lines), start + _MOST_LINES)):
        if lines[number].rstrip() in (fence, "..." if fence == "---" else fence):
            inner = lines[start + 1 : number]
            return (start, number) if any(KEYED.match(line) for line in inner) else None
    return None


def read_front_matter(lines: list[str], header: Header) -> list[str]:
    """Put what front matter says into the header; the lines below it."""
    fences = _fences(lines)
    if fences is None:
        return lines
    values: dict[str, str] = {}
    key: str | None = None
    for line in lines[fences[0] + 1 : fences[1]]:
        keyed = KEYED.match(line)
        if keyed and not line[0].isspace():
            key = field_name(keyed[1])
            if key and key not in values:
                values[key] = unquoted(keyed[2])
            else:
                key = None
        elif key and line.strip() and (line[0].isspace() or line.startswith("-")):
            more = unquoted(re.sub(r"^(?:-\s+)?(?:name\s*:\s*)?", "", line.strip()))
            values[key] = f"{values[key]}{', ' if key == 'author' else ' '}{more}" if values[key] else more
    for name, value in values.items():
        if value:
            header.take(name, value)
    return lines[fences[1] + 1 :]
