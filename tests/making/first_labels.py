"""Names in the texts as spaCy's small pipeline marks them, corrected by what Wikipedia's titles say.

    PYTHON -m tests.making.first_labels PIPELINE WORK

writes `first_labels.jsonl`, a paragraph a line. PYTHON is the interpreter of an environment with spaCy, PIPELINE the
folder of `en_core_web_sm`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.making.documents import Annotated, Document, read_documents, write_annotated
from tests.making.overrides import Overrides
from tests.making.subjects import read_subjects
from tui.entities.labels import type_of_label

_PAGES = 2600
"""Of Wikipedia; news are taken whole."""
_UNUSED = ["parser", "lemmatizer", "attribute_ruler", "tagger", "senter"]


def paragraphs(documents: Iterable[Document]) -> Iterator[tuple[Document, str]]:
    """What is to be labelled: the paragraphs of all news and some pages; of Wikinews the titles too."""
    pages = 0
    for document in documents:
        pages += document.kind == "wikipedia"
        if pages > _PAGES:
            return
        headline = (document.title,) if document.kind == "wikinews" else ()
        for paragraph in (*headline, *document.paragraphs):
            yield document, paragraph


def first_labels(pipeline: Path, documents: Iterable[Document], overrides: Overrides) -> Iterator[Annotated]:
    """Those paragraphs with their names."""
    import spacy

    recogniser = spacy.load(pipeline, exclude=_UNUSED)
    items = list(paragraphs(documents))
    parsed = recogniser.pipe((text for _, text in items), batch_size=64)
    for (document, text), found in zip(items, parsed, strict=True):
        names = [
            (entity.start_char, entity.end_char, kind)
            for entity in found.ents
            if (kind := type_of_label(entity.label_)) is not None
        ]
        page = document.key if document.kind == "wikipedia" else None
        settled = overrides.apply(page, text, names)
        yield Annotated(document.kind, document.key, text, tuple(settled))


def main(arguments: Sequence[str]) -> None:
    """Write the labelled paragraphs."""
    pipeline, work = map(Path, arguments)
    overrides = Overrides(read_subjects(work / "subjects.jsonl"))
    labelled = first_labels(pipeline, read_documents(work / "texts.jsonl"), overrides)
    write_annotated(work / "first_labels.jsonl", labelled)


if __name__ == "__main__":
    main(sys.argv[1:])
