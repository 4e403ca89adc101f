"""Where articles come from: files are found, decoded and parsed here; what leaves is an `Article`.

Imports nothing of the store, the index or the screens. Begin reading at `reading`, which tells the way of one
file; `walk` finds the files; `decode` makes text of bytes; `header` finds title, date and address; `markdown`
and `paragraphs` make paragraphs of lines; `refusal` holds the limits and the reasons.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.sources.language import detect_language
    from tui.sources.names import name_as_text, name_from_text, path_of
    from tui.sources.reading import (
        Reading,
        article_from_bytes,
        article_from_text,
        read_article,
        read_bytes,
        source_of,
    )
    from tui.sources.refusal import NotAnArticle, Unreadable
    from tui.sources.walk import Found, Refused, Walk

_PLACES = {
    "language": ("detect_language",),
    "names": ("name_as_text", "name_from_text", "path_of"),
    "reading": (
        "Reading",
        "article_from_bytes",
        "article_from_text",
        "read_article",
        "read_bytes",
        "source_of",
    ),
    "refusal": ("NotAnArticle", "Unreadable"),
    "walk": ("Found", "Refused", "Walk"),
}
_MODULE_OF = {name: module for module, names in _PLACES.items() for name in names}

__all__ = [
    "Found",
    "NotAnArticle",
    "Reading",
    "Refused",
    "Unreadable",
    "Walk",
    "article_from_bytes",
    "article_from_text",
    "detect_language",
    "name_as_text",
    "name_from_text",
    "path_of",
    "read_article",
    "read_bytes",
    "source_of",
]


def __getattr__(name: str) -> Any:
    """Each thing is imported when it is asked for: whoever wants to know a language needs no parsers of dates."""
    if name in _MODULE_OF:
        return getattr(import_module(f"tui.sources.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
