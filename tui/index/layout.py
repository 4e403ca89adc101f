"""What stands in a segment's file: which vocabularies, which fields, and what its description says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.index.arrays import ArrayFile
from tui.index.terms import Terms

PARAGRAPH_GAP = 64
"""Positions between paragraphs: more than any slop, so no phrase runs from one into the next."""

VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "words": ("title", "body"),
    "urls": ("url",),
    "sources": ("source",),
}
"""Which fields share a list of terms."""

WITHOUT_POSITIONS = frozenset({"source"})
"""Fields of which there is only whether a document has the term."""


def terms_of(file: ArrayFile, name: str) -> Terms:
    """The vocabulary of that name."""
    return Terms.of(file, name, file.check)


def describe(articles: int, languages: list[str], words: Mapping[str, float]) -> dict[str, Any]:
    """What a segment's file says of it.

    Args:
        articles: how many documents.
        languages: the names that the column `language` counts.
        words: for each field the sum of its lengths (the values of their classes) over all documents.
    """
    return {"articles": articles, "languages": languages, "words": dict(words)}
