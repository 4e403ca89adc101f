"""The model that ships: everything together, learnt by the program's own training.

    python -m tests.making.student OUTSIDE WORK OUTPUT

writes `lessons.jsonl` to WORK, and the model to OUTPUT. OUTSIDE is the folder with the texts of the annotated articles
that the project does not carry (`tests/entities/annotated/README.md`).
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import tui
from tests.making.annotated_by_hand import annotated_by_hand, read_lines
from tests.making.conventions import conventional, readable
from tests.making.documents import Annotated, read_annotated, write_annotated
from tests.making.own_articles import own_articles
from tests.making.result_tables import result_tables
from tests.making.subjects import read_subjects
from tui.article import MENTION_TYPES
from tui.entities import network
from tui.entities.annotations import read_annotations
from tui.entities.features import Lexicon
from tui.entities.gazetteer import load_gazetteer
from tui.entities.model import Model, write_model
from tui.entities.training import train_weights

_SEED = 17
_WEIGHTS_SEED = 1
_ROUNDS = 4
_RATE = 2e-3
_TABLES = 500
_OWN_TIMES, _BY_HAND_TIMES = 6, 4
"""How often each of our own annotated documents is among the lessons."""
_LICENCES = {
    "wikinews": "CC BY 2.5",
    "voa": "public domain",
    "wikipedia": "CC BY-SA",
    "wnut": "CC BY 4.0",
    "btc": "CC BY 4.0",
    "ewt": "CC BY-SA 4.0",
    "gum": "CC BY 4.0; texts CC BY-SA 3.0 or CC BY 2.5",
    "results": "made up",
    "own": "MIT; texts from Wikinews CC BY 2.5",
}


def lessons(outside: Path, work: Path) -> Iterator[Annotated]:
    """All that the model learns from, in order."""
    labelled = list(read_annotated(work / "second_labels.jsonl"))
    random.Random(_SEED).shuffle(labelled)
    gazetteer = load_gazetteer()
    for document in labelled:
        yield replace(document, names=tuple(conventional(document.text, document.names, gazetteer)))
    yield from result_tables(read_subjects(work / "subjects.jsonl"), _TABLES)
    for article in own_articles(outside):
        yield from [article] * _OWN_TIMES
    for document in annotated_by_hand(read_lines(work)):
        yield from [document] * _BY_HAND_TIMES


def train(data: Path, vectors: Path, output: Path) -> None:
    """Train a model that knows nothing yet but word vectors."""
    documents = list(read_annotations([data], lambda line: print(line, file=sys.stderr)))
    with np.load(vectors) as arrays:
        begin = network.fresh_weights(_WEIGHTS_SEED) | {"words": arrays["centres"].astype(np.float32)}
        model = Model(arrays["hashes"], arrays["codes"], begin, card(data))
    weights = train_weights(
        documents,
        model.codes_of,
        Lexicon(load_gazetteer()),
        begin,
        rounds=_ROUNDS,
        rate=_RATE,
        progress=_say,
    )
    write_model(output, replace(model, weights=weights))


def card(data: Path) -> dict[str, Any]:
    """What is said of the model in its file: what it was made of, under which licence."""
    texts: dict[str, set[str]] = defaultdict(set)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    for document in read_annotated(data):
        shown[document.source] += 1
        if document.text not in texts[document.source]:
            texts[document.source].add(document.text)
            names[document.source].update(kind for _, _, kind in document.names)
    return {
        "name": "english",
        "licence": "CC BY-SA 4.0",
        "broadsheet": tui.__version__,
        "data": [
            {
                "path": source,
                "licence": _LICENCES[source],
                "documents": len(documents),
                "shown": shown[source],
                "words": sum(len(text.split()) for text in documents),
                "names": {kind: names[source][kind] for kind in MENTION_TYPES},
            }
            for source, documents in texts.items()
        ],
    }


def _say(done: int, total: int, loss: float) -> None:
    if done % 200 == 0:
        print(f"{done} of {total} steps, loss {loss:.4f}", flush=True)


def main(arguments: Sequence[str]) -> None:
    """Make the model."""
    outside, work, output = map(Path, arguments)
    data = work / "lessons.jsonl"
    write_annotated(data, map(readable, lessons(outside, work)))
    train(data, work / "vectors.npz", output)


if __name__ == "__main__":
    main(sys.argv[1:])
