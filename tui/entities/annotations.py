"""Texts in which somebody has marked the names: what recognisers are trained on and measured by.

Three forms are read, told apart by what stands in the file: columns (CoNLL, see `columns`), JSON lines, and text in
which names stand as `[[Vladimir Putin|person]]`. Whatever the form and the labels, what comes out is sentences of
tokens labelled in BIO with our four types. Something wrong costs the sentence or the line it stands in, and is said.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from tui.entities.columns import read_columns
from tui.entities.labels import knows_label, type_of_label
from tui.entities.sentences import Complain, Name, Sentence, sentences_of

__all__ = ["SUFFIXES", "Complain", "Sentence", "read_annotations"]

SUFFIXES = frozenset(".conll .conllu .iob .iob2 .bio .bioes .tsv .jsonl .ndjson .txt".split())
"""Endings of the files that are read where a folder is given."""
_SAMPLE = 200
"""Lines that are looked at to tell a file's form."""
_MARKED = re.compile(r"\[\[([^|\[\]\n]+)\|([^|\[\]\n]+)\]\]")


def read_annotations(paths: Iterable[Path], complain: Complain) -> Iterator[list[Sentence]]:
    """The documents of annotated files, each a list of sentences; a folder stands for the files in it.

    Args:
        paths: Files and folders.
        complain: Told what could not be used.
    """
    for path in _files(paths, complain):
        unknown: Counter[str] = Counter()
        try:
            with path.open("rb") as stream:
                yield from _read(stream, str(path), complain, unknown)
        except OSError as error:
            complain(f"{path}: not read: {error.strerror or error}")
        for label, count in unknown.most_common():
            names = "one name" if count == 1 else f"{count:,} names"
            complain(f"{path}: the label {label!r} is unknown: {names} with it left unmarked")


def _files(paths: Iterable[Path], complain: Complain) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
        if not files:
            complain(f"{path}: no annotated file in this folder ({' '.join(sorted(SUFFIXES))})")
        yield from files


def _read(
    stream: IO[bytes], name: str, complain: Complain, unknown: Counter[str]
) -> Iterator[list[Sentence]]:
    lines = _decoded(stream, name, complain)
    sample = list(islice(lines, _SAMPLE))
    lines = chain(sample, lines)
    texts = [line for _, line in sample if line and line.strip()]
    if texts and texts[0].startswith("{"):
        yield from _read_json(lines, name, complain, unknown)
    elif any(map(_MARKED.search, texts)):
        yield from _read_marked(lines, unknown)
    else:
        yield from read_columns(lines, name, complain, unknown)


def _decoded(stream: IO[bytes], name: str, complain: Complain) -> Iterator[tuple[int, str | None]]:
    """Lines with their numbers, without line ends; one that isn't UTF-8 is complained of and None."""
    for number, line in enumerate(stream, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            complain(f"{name}:{number}: not UTF-8: left out")
            yield number, None
        else:
            yield number, text.rstrip("\r\n")


def _read_marked(lines: Iterable[tuple[int, str | None]], unknown: Counter[str]) -> Iterator[list[Sentence]]:
    """A file is a document."""
    document: list[Sentence] = []
    for _, line in lines:
        if line is None:
            continue
        pieces: list[str] = []
        names: list[Name] = []
        length = position = 0
        for mark in _MARKED.finditer(line):
            before = line[position : mark.start()]
            pieces += [before, mark.group(1)]
            start = length + len(before)
            length = start + len(mark.group(1))
            position = mark.end()
            kind = type_of_label(mark.group(2))
            if kind is not None:
                names.append((start, length, kind))
            elif not knows_label(mark.group(2)):
                unknown[mark.group(2)] += 1
        pieces.append(line[position:])
        document.extend(sentences_of("".join(pieces), names))
    if document:
        yield document


class _BadRecord(Exception):
    """A line of JSON that is no annotated text."""


def _read_json(
    lines: Iterable[tuple[int, str | None]], name: str, complain: Complain, unknown: Counter[str]
) -> Iterator[list[Sentence]]:
    """Each line is a document."""
    for number, line in lines:
        if line is None or not line.strip():
            continue
        try:
            document = _document_of(line, unknown)
        except _BadRecord as bad:
            complain(f"{name}:{number}: {bad}: left out")
            continue
        if document:
            yield document


def _document_of(line: str, unknown: Counter[str]) -> list[Sentence]:
    """The sentences of {"text", "mentions" | "entities" | "spans"}.

    Raises:
        _BadRecord: It is none.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _BadRecord(f"not JSON ({getattr(error, 'msg', None) or error})") from None
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        raise _BadRecord('no "text"')
    marks = next((record[key] for key in ("mentions", "entities", "spans") if key in record), None)
    if not isinstance(marks, list):
        raise _BadRecord('no "mentions", "entities" or "spans" with a list')
    names = sorted(name for mark in marks if (name := _name_of(mark, text, unknown)) is not None)
    end = 0
    for name in names:
        if name[0] < end:
            raise _BadRecord(f"names overlap at {name[0]}")
        end = name[1]
    return list(sentences_of(text, names))


def _name_of(mark: Any, text: str, unknown: Counter[str]) -> Name | None:
    """A name; None where its label says that it is none, or is unknown.

    Raises:
        _BadRecord: It isn't a span of this text with a label.
    """
    if not isinstance(mark, dict):
        raise _BadRecord('a name is not an object with "start", "end" and "type"')
    start, end, label = mark.get("start"), mark.get("end"), mark.get("type", mark.get("label"))
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(label, str):
        raise _BadRecord('a name lacks "start", "end" or "type"')
    if not 0 <= start < end <= len(text):
        raise _BadRecord(f"{start} to {end} is no span of a text of {len(text)} characters")
    if "\n" in text[start:end]:
        raise _BadRecord(f"the name at {start} goes over a line end")
    kind = type_of_label(label)
    if kind is None and not knows_label(label):
        unknown[label] += 1
    return None if kind is None else (start, end, kind)
