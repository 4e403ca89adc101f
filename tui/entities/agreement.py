"""A pass over the whole text after the network: a name has one type in it, and a name seen once is seen everywhere."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from tui.article import MENTION_TYPES
from tui.entities.features import Featured
from tui.entities.network import Floats
from tui.entities.pieces import PIECE

PERSON = MENTION_TYPES.index("person")
_DOUBTED = 0.85
"""How sure the network may be of a type that the rest of the text outvotes."""
_OUTVOTED = 0.65
"""Share of the votes for a name that one type must have."""
_SURNAME_DOUBTED = 0.9
_SURE_PERSON = 0.6
_KNOWN = 0.7
"""How sure the network must be of a name that is looked for elsewhere."""
_OVERLOOKED = 0.15
"""How likely a name the network must think what it passed over."""
_SHORTEST = 3


class Seen(NamedTuple):
    """A name that the network sees."""

    start: int
    end: int
    text: str
    kind: int
    """Number of its type."""
    sure: float
    first: int
    """Its first row."""
    last: int
    """The row behind its last."""


def agreed(text: str, found: Featured, likely: Floats, names: list[Seen]) -> list[Seen]:
    """The names with one type for each text where the text is clear about it, and those that were overlooked.

    Args:
        text: What was read.
        found: Its rows.
        likely: (n, LABELS) what the network thinks of each row.
        names: In order, apart from each other.
    """
    if not names:
        return names
    votes: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(MENTION_TYPES))
    surnames = set()
    for name in names:
        votes[name.text][name.kind] += name.sure
        if name.kind == PERSON and name.sure > _SURE_PERSON and " " in name.text:
            surnames.add(name.text.rpartition(" ")[2])
    settled = []
    for name in names:
        kind = name.kind
        counts = votes[name.text]
        best = max(range(len(counts)), key=counts.__getitem__)
        if best != kind and name.sure < _DOUBTED and counts[best] > _OUTVOTED * sum(counts):
            kind = best
        if name.text in surnames and name.sure < _SURNAME_DOUBTED:
            kind = PERSON
        settled.append(name if kind == name.kind else name._replace(kind=kind))
    overlooked = _overlooked(text, found, likely, settled)
    return sorted([*settled, *overlooked]) if overlooked else settled


def _overlooked(text: str, found: Featured, likely: Floats, names: list[Seen]) -> list[Seen]:
    """Further occurrences of the names that the network is sure of."""
    known: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for name in names:
        if name.sure > _KNOWN and len(name.text) >= _SHORTEST and name.text not in known:
            known[name.text] = name.kind
            head = PIECE.match(name.text)
            if head:
                sizes[head[0]] = max(sizes.get(head[0], 0), name.last - name.first)
    free = found.groups >= 0
    for name in names:
        free[name.first : name.last] = False
    starts, ends = found.starts, found.ends
    more: list[Seen] = []
    behind = 0
    for row in np.flatnonzero(free).tolist():
        size = sizes.get(text[starts[row] : ends[row]], 0) if row >= behind else 0
        for last in range(min(row + size, len(starts)), row, -1):
            written = text[starts[row] : ends[last - 1]] if ends[last - 1] > 0 else ""
            if written in known and free[row] and free[last - 1]:
                if 1 - float(likely[row:last, 0].mean()) > _OVERLOOKED:
                    more.append(
                        Seen(int(starts[row]), int(ends[last - 1]), written, known[written], 0.5, row, last)
                    )
                    behind = last
                break
    return more
