"""What the steps hand on: texts, and texts in which names are marked, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.entities.sentences import Name


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was published, without marks of form."""

    kind: str
    """`wikinews`, `voa` or `wikipedia`."""
    key: str
    """What tells it from others of its kind: a title, the number of a sentence, the number of a page."""
    title: str
    """Empty where it has none of its own."""
    paragraphs: tuple[str, ...]

    def words(self) -> int:
        """How many there are in its paragraphs."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text, a line, or a whole document of several lines, with its names."""

    source: str
    """The kind of a document, or the name of a gold set."""
    key: str
    """See `Document.key`; empty for what comes from gold sets."""
    text: str
    names: tuple[Name, ...]
    complete: bool = True
    """Whether what is unmarked is no name; otherwise it may still be one of type misc."""


def write_documents(path: Path, documents: Iterable[Document]) -> None:
    """A document a line."""
    _write(
        path,
        (
            {
                "kind": document.kind,
                "key": document.key,
                "title": document.title,
                "paragraphs": document.paragraphs,
            }
            for document in documents
        ),
    )


def read_documents(path: Path) -> Iterator[Document]:
    """What `write_documents` wrote."""
    for record in _read(path):
        yield Document(record["kind"], record["key"], record["title"], tuple(record["paragraphs"]))


def write_annotated(path: Path, texts: Iterable[Annotated]) -> None:
    """A text a line, in the form that `tui.entities.annotations` reads."""
    _write(
        path,
        (
            {
                "source": text.source,
                "key": text.key,
                "complete": text.complete,
                "text": text.text,
                "mentions": [{"start": start, "end": end, "type": kind} for start, end, kind in text.names],
            }
            for text in texts
        ),
    )


def read_annotated(path: Path) -> Iterator[Annotated]:
    """What `write_annotated` wrote."""
    for record in _read(path):
        names = tuple((name["start"], name["end"], name["type"]) for name in record["mentions"])
        yield Annotated(record["source"], record["key"], record["text"], names, record["complete"])


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
