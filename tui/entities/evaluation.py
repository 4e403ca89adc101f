"""How well a recogniser does on annotated documents: precision, recall and F1 by type, strict.

Strict means that span and type are exact; a leading "the" and a trailing "'s" count on neither side, since those who
annotate differ in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.article import MENTION_TYPES
from tui.entities.mention import Recogniser
from tui.entities.sentences import Name, Sentence, as_text

_THE = re.compile(r"(?i)the\s+(?=\S)")
_POSSESSIVE = re.compile(r"(?<=\S)\s?['’]s$")


class Score(NamedTuple):
    """Shares from 0 to 1; None where there was nothing to divide by."""

    wanted: int
    """How many names the annotators marked."""
    precision: float | None
    recall: float | None
    f1: float | None


def score(recogniser: Recogniser, documents: Iterable[Sequence[Sentence]]) -> dict[str, Score]:
    """Scores by type, and of `all`.

    Args:
        recogniser: Is given each document as a whole, a sentence a line.
        documents: As `tui.entities.annotations` reads them.
    """
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for document in documents:
        text, names = as_text(document)
        theirs = {_bare(text, name) for name in names}
        ours = {_bare(text, (said.start, said.end, said.type)) for said in recogniser.recognise(text)}
        for names_of, counts in ((theirs & ours, right), (ours, found), (theirs, wanted)):
            for _, _, kind in names_of:
                counts[kind] += 1
                counts["all"] += 1
    return {kind: _score(right[kind], found[kind], wanted[kind]) for kind in (*MENTION_TYPES, "all")}


def _score(right: int, found: int, wanted: int) -> Score:
    return Score(
        wanted,
        right / found if found else None,
        right / wanted if wanted else None,
        2 * right / (found + wanted) if found + wanted else None,
    )


def _bare(text: str, name: Name) -> Name:
    start, end, kind = name
    the = _THE.match(text, start, end)
    if the:
        start = the.end()
    possessive = _POSSESSIVE.search(text[start:end])
    if possessive:
        end = start + possessive.start()
    return start, end, kind
