"""The texts that names are marked in: Wikinews, the Voice of America, and Wikipedia in a random order.

    python -m tests.making.texts SNAPSHOTS WORK

writes `texts.jsonl`; what Wikipedia's pages are about to `subjects.jsonl`; and the pages that were annotated by hand,
many of which are not among the texts, to `annotated_pages.jsonl`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.making.annotated_by_hand import annotated_keys
from tests.making.documents import Document, write_documents
from tests.making.held_out import held_out
from tests.making.subjects import subject_of, write_subjects
from tests.making.voice_of_america import voice_of_america
from tests.making.wikinews import wikinews
from tests.making.wikipedia import pages

_SEED = 11
_PARAGRAPHS = 8
"""Of each page of Wikipedia: later ones are much like one another."""
_WIKIPEDIA_WORDS = 5_000_000


def drawn(found: Mapping[str, Document], words: int = _WIKIPEDIA_WORDS) -> Iterator[Document]:
    """The beginnings of pages in a random order, as many as make up so many words."""
    keys = list(found)
    random.Random(_SEED).shuffle(keys)
    for key in keys:
        page = replace(found[key], paragraphs=found[key].paragraphs[:_PARAGRAPHS])
        yield page
        words -= page.words()
        if words < 0:
            return


def main(arguments: Sequence[str]) -> None:
    """Write the texts."""
    snapshots, work = map(Path, arguments)
    out = held_out()
    news = [*wikinews(snapshots, out), *voice_of_america(snapshots, out)]
    found = pages(snapshots)
    write_subjects(work / "subjects.jsonl", filter(None, map(subject_of, found.values())))
    write_documents(work / "texts.jsonl", [*news, *drawn(found)])
    annotated = sorted(annotated_keys("wikipedia"))
    write_documents(work / "annotated_pages.jsonl", [found[key] for key in annotated])


if __name__ == "__main__":
    main(sys.argv[1:])
