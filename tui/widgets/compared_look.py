"""What text looks like in a comparison: what is the same is quiet, what differs is marked, what is looked for stands
out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style

from tui.stories.board import BoardKind, Cell
from tui.terminal.cells import width_of

STYLES: dict[BoardKind, str] = {
    "identical": "compared--same",
    "near": "compared--text",
    "reworded": "compared--text",
    "only": "compared--only",
}
"""How the sentences of a row look."""

COMPONENTS = frozenset(
    {
        "compared--text", "compared--same", "compared--only", "compared--word", "compared--name", "compared--figure",
        "compared--sign", "compared--selected", "compared--apart", "compared--found", "compared--quiet",
        "compared--loose",
    }
)  # fmt: skip


MOST = 0.5
"""How much of a sentence may differ for each word to be marked in colour."""


def marks_drawn(cell: Cell) -> list[tuple[int, int, str]]:
    """What is marked in a cell, and how: words are only underlined where most of them differ, for figures and names to
    stand out."""
    words = sum(end - start for start, end, kind in cell.marks if kind == "word")
    loose = words > MOST * len(cell.text)
    return [(start, end, "loose" if loose and kind == "word" else kind) for start, end, kind in cell.marks]


class Look(NamedTuple):
    """The styles of a widget, and what is looked for."""

    ground: Style
    part: Callable[[str], Style]
    """A component's style, without a background where it has none of its own."""
    found: re.Pattern[str] | None = None

    def style(self, name: str, selected: bool = False) -> Style:
        """A component's style on its background."""
        style = self.ground + self.part(name)
        return style + self.part("compared--selected") if selected else style

    def blank(self, width: int) -> Segment:
        """Nothing."""
        return Segment(" " * max(0, width), self.ground)

    def sign(self, text: str) -> Segment:
        """What stands in a margin."""
        return Segment(text, self.style("compared--sign"))

    def marked(
        self, text: str, start: int, end: int, marks: Iterable[tuple[int, int, str]], base: Style
    ) -> list[Segment]:
        """A stretch of a text, what differs in it marked."""
        layers = [(max(s, start), min(e, end), f"compared--{kind}") for s, e, kind in marks]
        if self.found is not None:
            layers += [(m.start(), m.end(), "compared--found") for m in self.found.finditer(text, start, end)]
        return list(self._layered(text, start, end, [layer for layer in layers if layer[0] < layer[1]], base))

    def _layered(
        self, text: str, start: int, end: int, layers: Sequence[tuple[int, int, str]], base: Style
    ) -> Iterable[Segment]:
        edges = sorted({start, end, *(edge for first, after, _ in layers for edge in (first, after))})
        for first, after in pairwise(edges):
            style = base
            for layer_first, layer_after, name in layers:
                if layer_first <= first and after <= layer_after:
                    style += self.part(name)
            yield Segment(text[first:after], style)


def filled(segments: list[Segment], width: int, filler: Segment) -> list[Segment]:
    """Segments, and behind them as much of a filler of one cell as makes them so wide."""
    left = width - sum(width_of(segment.text) for segment in segments)
    return [*segments, Segment(filler.text * left, filler.style)] if left > 0 else segments
