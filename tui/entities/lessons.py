"""What a model is taught and tested on: annotated files as documents, divided into lessons and a test, and counted.

A file that doesn't say where documents begin is cut into parts: who teaches a model what a whole document says of a
name must not show it ten thousand unrelated sentences as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui.article import MENTION_TYPES
from tui.entities.annotations import read_annotations
from tui.entities.sentences import Complain, Sentence

_LONGEST_DOCUMENT = 300
"""Sentences; articles and reports have fewer."""
_PART = 40
"""Sentences of a part of a longer one."""

Document = Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class Data:
    """The documents of one path."""

    path: Path
    licence: str | None
    documents: list[Document] = field(repr=False)

    def card(self) -> dict[str, Any]:
        """What a model's card says of it."""
        return {"path": str(self.path), "licence": self.licence, **counts(self.documents)}


def read_data(paths: Sequence[Path], licences: Sequence[str | None], complain: Complain) -> list[Data]:
    """Annotated data with its licences, one for each path."""
    return [
        Data(path, licence, list(_parted(read_annotations([path], complain))))
        for path, licence in zip(paths, licences, strict=True)
    ]


def counts(documents: Iterable[Document]) -> dict[str, Any]:
    """How many documents, sentences and tokens there are, and how many names by type."""
    names: Counter[str] = Counter()
    numbers = Counter[str]()
    for document in documents:
        numbers["documents"] += 1
        numbers["sentences"] += len(document)
        for sentence in document:
            numbers["tokens"] += len(sentence.tokens)
            names.update(kind for _, _, kind in sentence.names())
    return {
        **{what: numbers[what] for what in ("documents", "sentences", "tokens")},
        "names": {kind: names[kind] for kind in MENTION_TYPES},
    }


def held_out(documents: Sequence[Document], share: float) -> tuple[list[Document], list[Document]]:
    """The documents to learn from, and that share of them, evenly spread, to test on: the same ones each time."""
    lessons: list[Document] = []
    test: list[Document] = []
    for number, document in enumerate(documents, 1):
        # As many as the share of those so far, rounded down: every tenth of all for a share of .1.
        (test if int(number * share) > len(test) else lessons).append(document)
    return lessons, test


def _parted(documents: Iterable[Document]) -> Iterator[Document]:
    for document in documents:
        if len(document) <= _LONGEST_DOCUMENT:
            yield document
        else:
            yield from (document[first : first + _PART] for first in range(0, len(document), _PART))
