"""Reads the pairs of reports whose sentences were put together by hand; `labelled/README.md` says what they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tui.article import Article, Span
from tui.stories.values import PairKind, Side

Half = Literal["dev", "test"]
HALVES: tuple[Half, ...] = ("dev", "test")

LABELLED = Path(__file__).parent / "labelled"


class LabelledPair(NamedTuple):
    """Two sentences that belong together."""

    left: int
    """Index of `LabelledReports.left_sentences`."""
    right: int
    kind: PairKind


class Origin(NamedTuple):
    """Where a text comes from, and how to tell that it is the one that was labelled."""

    origin: str
    """`BASIL YEAR/UUID_NUMBER` or `chains ROW`."""
    sha256: str
    """Hex, of the UTF-8 text."""

    @property
    def file(self) -> str:
        """The name of the file that holds the text."""
        return self.origin.removeprefix("BASIL ").replace("/", "_").replace(" ", "_") + ".txt"


@dataclass(frozen=True, slots=True)
class LabelledReports:
    """What was labelled in two reports of one event, without their text."""

    name: str
    left: Origin
    right: Origin
    left_sentences: tuple[Span, ...]
    """In reading order; those that are left out here are not to be counted."""
    right_sentences: tuple[Span, ...]
    pairs: tuple[LabelledPair, ...]
    """By `left`, then by `right`."""


@dataclass(frozen=True, slots=True)
class PairText:
    """Two labelled reports with their text, to be compared."""

    labels: LabelledReports
    left: Side
    right: Side


class OtherTextError(ValueError):
    """A text is not the one that was labelled."""


def labelled(half: Half) -> tuple[LabelledReports, ...]:
    """The labels of a half, in the order of the file."""
    entries = json.loads((LABELLED / f"{half}.json").read_text(encoding="utf-8"))
    return tuple(_reports(entry) for entry in entries)


def pair_texts(half: Half, folder: Path) -> tuple[PairText, ...]:
    """The pairs of a half, with their texts from `folder / half`.

    Raises:
        FileNotFoundError: a text isn't there; `python -m tests.bench.alignment_texts` makes them.
        OtherTextError: a text is not the one that was labelled.
    """
    return tuple(
        PairText(reports, _side(folder / half, reports.left), _side(folder / half, reports.right))
        for reports in labelled(half)
    )


def _reports(entry: dict[str, Any]) -> LabelledReports:
    return LabelledReports(
        entry["name"],
        Origin(**entry["left"]),
        Origin(**entry["right"]),
        tuple(Span(*one) for one in entry["left_sentences"]),
        tuple(Span(*one) for one in entry["right_sentences"]),
        tuple(LabelledPair(*one) for one in entry["pairs"]),
    )


def _side(folder: Path, origin: Origin) -> Side:
    data = (folder / origin.file).read_bytes()
    if hashlib.sha256(data).hexdigest() != origin.sha256:
        raise OtherTextError(f"{folder / origin.file} is not the text that was labelled")
    title, *paragraphs = data.decode("utf-8").split("\n")
    return Side(Article(title, tuple(paragraphs)))
