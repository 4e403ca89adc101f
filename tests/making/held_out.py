"""What must not be learnt from, since recognisers are measured on it: `tests/entities/annotated/unseen.json`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from tests.bench.annotated import ANNOTATED

_SAME_NEWS = (
    "Suspect arrested in death of elephant in Kerala, India that ate explosive fruit",
    "'Fockers' set to meet another weekend title",
)
"""Other reports of what articles that are held out are about, in partly the same words."""
_MARGIN = 12
"""Sentences before and behind a held-out range that are left out with it: they may be of the same report."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Articles whole, by their titles, and ranges of sentences."""

    titles: frozenset[str]
    """As `bare_title` gives them."""
    sentences: tuple[tuple[int, int], ...]
    """First and last, counted from 1."""

    def has_title(self, title: str) -> bool:
        """Whether an article with this title is held out."""
        return bare_title(title) in self.titles

    def has_sentence(self, number: int) -> bool:
        """Whether this sentence of the Voice of America's is held out, or stands near one that is."""
        return any(first - _MARGIN <= number <= last + _MARGIN for first, last in self.sentences)


def held_out() -> HeldOut:
    """What the annotated articles that nobody may train on were taken from."""
    sources = [entry["source"] for entry in json.loads((ANNOTATED / "unseen.json").read_text("utf-8"))]
    titles = [source["title"] for source in sources if "title" in source]
    ranges = [source["sentences"] for source in sources if "sentences" in source]
    return HeldOut(
        frozenset(map(bare_title, (*titles, *_SAME_NEWS))), tuple((first, last) for first, last in ranges)
    )


def bare_title(title: str) -> str:
    """A title's letters and digits, in small letters."""
    return re.sub(r"\W+", "", title.lower())
