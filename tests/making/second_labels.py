"""Names as the teacher marks them: in whole documents, and of type misc in gold sets that leave it unmarked.

    PYTHON -m tests.making.second_labels MINILM WORK [MODEL]

writes `second_labels.jsonl`, a document a line. PYTHON and MINILM are those of `tests.making.teacher`. With a MODEL
that was made before, the names are those that the teacher and this model find together: it sees whole documents where
the teacher sees lines, and has lists that the teacher doesn't know.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.making.documents import Annotated, Document, read_annotated, read_documents, write_annotated
from tests.making.windows import batches, pieces, windows
from tui.article import MENTION_TYPES
from tui.entities import network
from tui.entities.features import Lexicon
from tui.entities.gazetteer import load_gazetteer
from tui.entities.model import name_bounds, read_model
from tui.entities.sentences import Name

_SEED = 3
_BATCH = 8192
_WIKIPEDIA_WORDS = 700_000
_PARAGRAPHS = 5
"""Of each page of Wikipedia."""
_SENTENCES = 6
"""Of the Voice of America's that make a document: they follow each other."""
_TWEETS = frozenset(("wnut", "btc"))
"""Sets whose texts stand alone."""
_TWEETS_LEFT_OUT = 0.45
_LONG = 1200
"""Characters of a document that is made of a gold set's sentences."""

Documents = Sequence[Sequence[str]]
"""Documents as lines."""
Reader = Callable[[Documents], list[list[network.Floats]]]
"""Gives for each line of each document, which has n pieces, (n, LABELS): how likely each label is for each piece."""


def teacher(minilm: Path, weights: Path) -> Reader:
    """The trained teacher; it reads line by line."""
    import torch

    from tests.making.tagger import scores, tagger, word_pieces

    parts = tagger(minilm)
    parts.load_state_dict(torch.load(weights))
    parts.eval()
    vocabulary = word_pieces(minilm)

    def read(documents: Documents) -> list[list[network.Floats]]:
        lines = [(line, pieces(line)) for document in documents for line in document]
        found = [
            window
            for number, (line, places) in enumerate(lines)
            for window in windows(number, line, places, vocabulary)
        ]
        likely = [np.zeros((len(places), network.LABELS), np.float32) for _, places in lines]
        for batch in batches(found, _BATCH, random.Random(_SEED)):
            with torch.no_grad():
                rows = torch.softmax(scores(parts, batch), -1).numpy()
            for window in batch:
                count = len(window.positions)
                likely[window.text][window.first : window.first + count] = rows[:count]
                rows = rows[count:]
        each = iter(likely)
        return [[next(each) for _ in document] for document in documents]

    return read


def student(path: Path) -> Reader:
    """A model that was made before; it reads document by document."""
    model = read_model(path)
    lexicon = Lexicon(load_gazetteer())

    def read(documents: Documents) -> list[list[network.Floats]]:
        return [lines_of(document) for document in documents]

    def lines_of(document: Sequence[str]) -> list[network.Floats]:
        found = lexicon.features("\n".join(line.replace("\n", " ") for line in document))
        likely = network.read(model.weights, found, model.codes_of(found.hashes))
        ends = np.flatnonzero(found.shapes == 0)  # the blank row after each line
        begins = np.append(0, ends + 1)
        return [likely[begin:end] for begin, end in zip(begins, ends, strict=False)]

    return read


def together(one: Reader, other: Reader) -> Reader:
    """The mean of both; the first alone where they don't divide a line into the same pieces."""

    def read(documents: Documents) -> list[list[network.Floats]]:
        return [
            [(a + b) * np.float32(0.5) if len(a) == len(b) else a for a, b in zip(first, second, strict=True)]
            for first, second in zip(one(documents), other(documents), strict=True)
        ]

    return read


def names_in(text: str, likely: network.Floats) -> list[Name]:
    """The names of a line.

    Args:
        text: The line, of n pieces.
        likely: (n, LABELS) how likely each label is for each piece.
    """
    places = pieces(text)
    names: list[Name] = []
    for first, behind, kind, _ in network.spans(likely, np.zeros(len(places), bool)):
        bounds = name_bounds(text, places[first][0], places[behind - 1][1], kind)
        if bounds is not None:
            names.append((*bounds, MENTION_TYPES[kind]))
    return names


def whole_documents(texts: Iterable[Document]) -> Iterator[tuple[str, str, list[str]]]:
    """Kind, key and lines of the documents that are read as a whole."""
    sentences: list[Document] = []
    pages: list[Document] = []
    for document in texts:
        if document.kind == "wikinews":
            yield document.kind, document.key, [document.title, *document.paragraphs]
        elif document.kind == "voa":
            sentences.append(document)
        else:
            pages.append(document)
    for begin in range(0, len(sentences), _SENTENCES):
        report = sentences[begin : begin + _SENTENCES]
        yield "voa", report[0].key, [sentence.paragraphs[0] for sentence in report]
    words = 0
    for page in pages:
        if words > _WIKIPEDIA_WORDS:
            return
        shown = replace(page, paragraphs=page.paragraphs[:_PARAGRAPHS])
        yield page.kind, page.key, list(shown.paragraphs)
        words += shown.words()


def labelled_documents(texts: Iterable[Document], read: Reader) -> Iterator[Annotated]:
    """Those documents with their names."""
    documents = list(whole_documents(texts))
    read_lines = read([lines for _, _, lines in documents])
    for (kind, key, lines), rows in zip(documents, read_lines, strict=True):
        marked = (tuple(names_in(line, likely)) for line, likely in zip(lines, rows, strict=True))
        document = joined(
            [Annotated(kind, key, line, names) for line, names in zip(lines, marked, strict=True)]
        )
        if document.text.strip():
            yield document


def labelled_gold(gold: Sequence[Annotated], read: Reader) -> Iterator[Annotated]:
    """The gold sets; where one leaves misc unmarked, with what the teacher takes for it. Not all of the tweets."""
    chance = random.Random(_SEED)
    sentences: list[Annotated] = []
    length = 0
    for sentence, (likely,) in zip(gold, read([[sentence.text] for sentence in gold]), strict=True):
        if sentence.source in _TWEETS and chance.random() < _TWEETS_LEFT_OUT:
            continue
        settled = sentence if sentence.complete else with_misc(sentence, names_in(sentence.text, likely))
        if sentence.source in _TWEETS:
            yield settled
            continue
        if sentences and (sentences[0].source != sentence.source or length > _LONG):
            yield joined(sentences)
            sentences, length = [], 0
        sentences.append(settled)
        length += len(sentence.text) + 1
    if sentences:
        yield joined(sentences)


def with_misc(sentence: Annotated, marked: Iterable[Name]) -> Annotated:
    """The sentence with those of the marked names of type misc that are apart from its own."""
    more = [
        name
        for name in marked
        if name[2] == "misc"
        and not any(name[0] < end and start < name[1] for start, end, _ in sentence.names)
    ]
    return replace(sentence, names=tuple(sorted([*sentence.names, *more])), complete=True)


def joined(lines: Sequence[Annotated]) -> Annotated:
    """A document of these lines; its source and key are the first one's."""
    names: list[Name] = []
    offset = 0
    for line in lines:
        names += [(start + offset, end + offset, kind) for start, end, kind in line.names]
        offset += len(line.text) + 1
    return replace(
        lines[0], text="\n".join(line.text.replace("\n", " ") for line in lines), names=tuple(names)
    )


def main(arguments: Sequence[str]) -> None:
    """Write the labelled documents."""
    minilm, work, *model = map(Path, arguments)
    read = teacher(minilm, work / "teacher.pt")
    for path in model:
        read = together(read, student(path))
    labelled = [
        *labelled_documents(read_documents(work / "texts.jsonl"), read),
        *labelled_gold(list(read_annotated(work / "gold.jsonl")), read),
    ]
    write_annotated(work / "second_labels.jsonl", labelled)


if __name__ == "__main__":
    main(sys.argv[1:])
