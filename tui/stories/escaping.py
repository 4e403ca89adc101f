"""Text from outside in files for others: nothing in it is taken for a mark, a formula or a tag."""

from __future__ import annotations

import re
from html import escape

from tui.harmless import harmless

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+|~!&-])")
_ORDERED = re.compile(r"^(\s*\d+)([.)])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def for_markdown(text: str) -> str:
    """Text as CommonMark and its tables show it, on one line."""
    line = " ".join(harmless(text).split())
    return _ORDERED.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", line))


def for_html(text: str) -> str:
    """Text as HTML shows it, in attributes, too."""
    return escape(harmless(text), quote=True)


def for_cell(text: str) -> str:
    """Text that a spreadsheet takes for text, whatever it begins with (OWASP, "CSV Injection")."""
    plain = harmless(text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
