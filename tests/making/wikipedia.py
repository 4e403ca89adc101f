"""Pages of Wikipedia, as WikiExtractor writes them: paragraphs of plain text in `<doc>` elements."""

from __future__ import annotations

import html
import re
from pathlib import Path

from tests.making.documents import Document
from tests.making.snapshots import WIKIPEDIA

_PAGE = re.compile(r'<doc id="(\d+)" url="[^"]*" title="([^"]*)">\n(.*?)\n</doc>', re.DOTALL)
_SHORTEST_PARAGRAPH = 60
_ENDS = '.!?"”)'


def pages(snapshots: Path) -> dict[str, Document]:
    """Every page that has a paragraph, by its number; of pages that stand in two snapshots, the later one's text."""
    found: dict[str, Document] = {}
    for snapshot, prefix in WIKIPEDIA:
        for path in snapshot.paths(snapshots, prefix):
            for page in pages_of(snapshot.text(snapshots, path)):
                found[page.key] = page
    return found


def pages_of(extracted: str) -> list[Document]:
    """The pages of one file; headings, lists and what is cut off are left out."""
    found = []
    for page in _PAGE.finditer(extracted):
        lines = html.unescape(page[3]).split("\n")[1:]  # the first repeats the title
        plain = (re.sub(r"<[^>]{1,80}>", "", line).strip() for line in lines)
        paragraphs = tuple(line for line in plain if len(line) > _SHORTEST_PARAGRAPH and line[-1] in _ENDS)
        if paragraphs:
            found.append(Document("wikipedia", page[1], html.unescape(page[2]), paragraphs))
    return found
