"""The texts that we annotated ourselves, for training.

Of open texts there are offsets here, in `annotated.json`, and the texts are elsewhere; articles that we wrote for this
stand in `written/` with their names marked.

    python -m tests.making.annotated_by_hand SNAPSHOTS MARKED...

writes `annotated.json` from MARKED files, in which documents follow headings (`=== 00-01 wikinews`) and names stand as
`[[Vladimir Putin|person]]`. Each document is found by its lines among the texts that it was taken from. One annotator a
file marked the names, by the guideline of `tests/entities/annotated/README.md`; a national team that goes by its
country's name is a place. The articles in `written/` are such files too (`=== W1-01 written`).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from tests.making.documents import Annotated, Document, read_documents
from tests.making.held_out import held_out
from tests.making.voice_of_america import voice_of_america
from tests.making.wikinews import wikinews
from tests.making.wikipedia import pages
from tui.article import MentionType
from tui.entities.sentences import Name

_OFFSETS = Path(__file__).parent / "annotated.json"
_WRITTEN = Path(__file__).parent / "written"
_WRITTEN_FILES = ("sport.txt", "news.txt")
_WRITTEN_SOURCE = "written by us"
_OPENING = 40
"""Characters of a line that it is looked for by: what was annotated of it may end early."""
_HEADING = re.compile(r"^=== (\S+).*\n", re.MULTILINE)
# A bracket of the text's own may stand right before a mark: "[[[SDF|organisation]]]" names SDF.
_MARK = re.compile(r"\[\[([^\[|\]\n][^|\]\n]*)\|(person|organisation|place|misc)\]\]")


class NotFound(ValueError):
    """A text that was annotated is not among the texts, or not the same any more."""


class Lines:
    """The lines of documents, by kind and key; those of the Voice of America's sentences behind one another."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._lines: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._places: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for document in documents:
            # Sentences follow each other whatever their numbers are.
            key = "" if document.kind == "voa" else document.key
            headline = (document.title,) if document.kind == "wikinews" else ()
            lines = self._lines[document.kind, key]
            for line in (*headline, *document.paragraphs):
                self._places[line[:_OPENING]].append((document.kind, key, len(lines)))
                lines.append(line.replace("\n", " "))

    def text(self, kind: str, key: str, first: int, lengths: Sequence[int]) -> str:
        """Lines of a document from the first one on, which is counted from 0; of each so many characters."""
        lines = self._lines[kind, key][first : first + len(lengths)]
        return "\n".join(line[:length] for line, length in zip(lines, lengths, strict=False))

    def place(self, text: str) -> tuple[str, str, int]:
        """Kind, key and first line of a text, whose lines may be without their ends.

        Raises:
            NotFound: It is not there.
        """
        wanted = text.split("\n")
        for kind, key, first in self._places[opening(text)]:
            lines = self._lines[kind, key][first : first + len(wanted)]
            if len(lines) == len(wanted) and all(map(str.startswith, lines, wanted)):
                return kind, key, first
        raise NotFound(f"not among the texts: {text[:80]!r}")


def opening(text: str) -> str:
    """What a text or a line is looked for by."""
    return text.split("\n", 1)[0][:_OPENING]


def annotated_keys(kind: str) -> set[str]:
    """The keys of the annotated documents of that kind."""
    return {found["key"] for found in entries() if found["kind"] == kind}


def annotated_by_hand(lines: Lines) -> Iterator[Annotated]:
    """The annotated documents with their texts, in the order in which they were annotated.

    Raises:
        NotFound: A text is not the one that was annotated.
    """
    for found in entries():
        text = lines.text(found["kind"], found["key"], found["line"], found["lengths"])
        if hashlib.sha256(text.encode()).hexdigest() != found["sha256"]:
            raise NotFound(f"{found['kind']} {found['key']}: not the text that was annotated")
        names = tuple((start, end, kind) for start, end, kind in found["names"])
        yield Annotated(found["kind"], found["key"], text, names)


def written_by_us() -> Iterator[Annotated]:
    """The articles that we wrote, people and events mostly invented."""
    for file in _WRITTEN_FILES:
        for number, text, names in marked_documents((_WRITTEN / file).read_text(encoding="utf-8")):
            yield Annotated(_WRITTEN_SOURCE, number, text, tuple(names))


def marked_documents(content: str) -> Iterator[tuple[str, str, list[Name]]]:
    """Number, text and names of each document in a file of marked ones."""
    parts = _HEADING.split(content)[1:]
    for number, part in zip(parts[::2], parts[1::2], strict=True):
        text = ""
        names: list[Name] = []
        position = 0
        source = part.rstrip("\n")
        for mark in _MARK.finditer(source):
            text += source[position : mark.start()]
            kind = cast("MentionType", mark[2])
            names.append((len(text), len(text) + len(mark[1]), kind))
            text += mark[1]
            position = mark.end()
        yield number, text + source[position:], names


def entry(text: str, names: Sequence[Name], lines: Lines) -> dict[str, Any]:
    """A document without its text."""
    kind, key, first = lines.place(text)
    return {
        "kind": kind,
        "key": key,
        "line": first,
        "lengths": [len(line) for line in text.split("\n")],
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "names": names,
    }


def read_lines(work: Path) -> Lines:
    """The lines of the texts that `tests.making.texts` wrote."""
    news = (document for document in read_documents(work / "texts.jsonl") if document.kind != "wikipedia")
    return Lines([*news, *read_documents(work / "annotated_pages.jsonl")])


def entries() -> list[Mapping[str, Any]]:
    """What `annotated.json` says."""
    found: list[Mapping[str, Any]] = json.loads(_OFFSETS.read_text(encoding="utf-8"))
    return found


def main(arguments: Sequence[str]) -> None:
    """Write the offsets."""
    snapshots, *marked = map(Path, arguments)
    documents = [
        document for path in sorted(marked) for document in marked_documents(path.read_text(encoding="utf-8"))
    ]
    openings = {opening(text) for _, text, _ in documents}
    out = held_out()
    lines = Lines(
        [
            *wikinews(snapshots, out),
            *voice_of_america(snapshots, out),
            *(
                page
                for page in pages(snapshots).values()
                if not openings.isdisjoint(map(opening, page.paragraphs))
            ),
        ]
    )
    written = [
        json.dumps(entry(text, names, lines), ensure_ascii=False, separators=(",", ":"))
        for _, text, names in documents
    ]
    _OFFSETS.write_text("[\n" + ",\n".join(written) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
