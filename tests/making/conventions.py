"""What all data is made to agree on, before a model learns from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from tests.making.documents import Annotated
from tests.making.trimming import apart
from tui.entities import cues
from tui.entities.gazetteer import Gazetteer
from tui.entities.pieces import PIECE
from tui.entities.sentences import Name


def conventional(text: str, names: Iterable[Name], gazetteer: Gazetteer) -> list[Name]:
    """The names; demonyms are misc, whoever left them out or marked them otherwise; weekdays and months are none."""
    kept: list[Name] = []
    for start, end, kind in names:
        name = text[start:end]
        if name not in cues.CALENDAR:
            kept.append((start, end, "misc" if name in gazetteer.demonyms else kind))
    starts = [start for start, _, _ in kept]
    found: list[Name] = []
    for piece in PIECE.finditer(text):
        if piece[0] in gazetteer.demonyms:
            before = bisect_right(starts, piece.start()) - 1
            if before < 0 or kept[before][1] <= piece.start():
                found.append((piece.start(), piece.end(), "misc"))
    return sorted([*kept, *found])


def readable(document: Annotated) -> Annotated:
    """The document without what annotated data may not have: names that overlap or go over a line's end."""
    text = document.text.replace("\r", " ")
    names = (
        name for name in sorted(document.names) if name[0] < name[1] and "\n" not in text[name[0] : name[1]]
    )
    return replace(document, text=text, names=tuple(apart(names)))
