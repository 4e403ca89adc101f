"""The model that ships: everything together, learnt by the program's own training in two stages.

    python -m tests.making.student OUTSIDE WORK OUTPUT

writes `first_lessons.jsonl` and `last_lessons.jsonl` to WORK, and the model to OUTPUT. The last stage is short and
shows our own annotation more often than what teachers have labelled. OUTSIDE is the folder with the texts of the
annotated articles that the project does not carry (`tests/entities/annotated/README.md`).
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

import tui
from tests.making.annotated_by_hand import annotated_by_hand, read_lines, written_by_us
from tests.making.conventions import conventional, readable
from tests.making.documents import Annotated, read_annotated, write_annotated
from tests.making.own_articles import measuring_articles, own_articles
from tests.making.result_tables import result_tables
from tests.making.subjects import read_subjects
from tui.article import MENTION_TYPES
from tui.entities import network
from tui.entities.annotations import read_annotations
from tui.entities.evaluation import score
from tui.entities.features import Lexicon
from tui.entities.gazetteer import load_gazetteer
from tui.entities.model import Model, recogniser_of, write_model
from tui.entities.sentences import sentences_of
from tui.entities.training import train_weights

_SEED = 17
_WEIGHTS_SEED = 1
_LICENCES = {
    "wikinews": "CC BY 2.5",
    "voa": "public domain",
    "wikipedia": "CC BY-SA 3.0",
    "wnut": "CC BY 4.0",
    "btc": "CC BY 4.0",
    "ewt": "CC BY-SA 4.0",
    "gum": "CC BY 4.0; texts CC BY-SA 3.0 or CC BY 2.5",
    "results": "made up",
    "written by us": "MIT",
    "own": "MIT; texts from Wikinews CC BY 2.5",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the training."""

    name: str
    labelled: float
    """The share of the second labels that is shown."""
    tables: int
    """How many made-up documents are."""
    own_times: int
    """How often each of the project's own articles is among the lessons."""
    by_hand_times: int
    """How often each document that we annotated or wrote is."""
    rounds: int
    rate: float


_STAGES = (
    Stage("first", 1.0, 500, 4, 3, rounds=4, rate=2e-3),
    Stage("last", 0.12, 60, 2, 2, rounds=3, rate=7e-4),
)


def lessons(stage: Stage, outside: Path, work: Path) -> Iterator[Annotated]:
    """All that the model learns from in a stage, in order."""
    labelled = list(read_annotated(work / "second_labels.jsonl"))
    random.Random(_SEED).shuffle(labelled)
    gazetteer = load_gazetteer()
    for document in labelled[: int(len(labelled) * stage.labelled)]:
        yield replace(document, names=tuple(conventional(document.text, document.names, gazetteer)))
    yield from result_tables(read_subjects(work / "subjects.jsonl"), stage.tables)
    for article in own_articles(outside):
        yield from [article] * stage.own_times
    for document in (*annotated_by_hand(read_lines(work)), *written_by_us()):
        yield from [document] * stage.by_hand_times


def untaught(vectors: Path) -> Model:
    """A model that knows nothing but word vectors."""
    weights = network.fresh_weights(_WEIGHTS_SEED)
    with np.load(vectors) as arrays:
        weights["words"] = arrays["centres"].astype(np.float32)
        return Model(arrays["hashes"], arrays["codes"], weights, {})


def taught(model: Model, data: Path, stage: Stage) -> Model:
    """The model after a stage; `data` are the stage's lessons."""
    documents = list(read_annotations([data], lambda line: print(line, file=sys.stderr)))
    weights = train_weights(
        documents,
        model.codes_of,
        Lexicon(load_gazetteer()),
        model.weights,
        rounds=stage.rounds,
        rate=stage.rate,
        progress=_say,
    )
    return replace(model, weights=weights)


def scored(model: Model, outside: Path) -> Model:
    """The model, with its scores on the articles for measuring in its card."""
    recogniser = recogniser_of(model)
    scores = {
        name: {
            kind: {what: round(share, 4) for what, share in found._asdict().items() if share is not None}
            for kind, found in score(
                recogniser, [list(sentences_of(article.text, article.names)) for article in articles]
            ).items()
        }
        for name, articles in measuring_articles(outside).items()
    }
    return replace(model, card={**model.card, "scores": scores})


def card(data: Iterable[Path]) -> dict[str, Any]:
    """What is said of the model in its file: what it was made of, under which licences."""
    texts: dict[str, set[str]] = defaultdict(set)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    for document in chain.from_iterable(map(read_annotated, data)):
        shown[document.source] += 1
        if document.text not in texts[document.source]:
            texts[document.source].add(document.text)
            names[document.source].update(kind for _, _, kind in document.names)
    return {
        "name": "english",
        "licence": "CC BY-SA 4.0",
        "vectors": "GloVe (PDDL 1.0)",
        "teachers": "spaCy en_core_web_sm 3.8.0 (MIT), all-MiniLM-L6-v2 (Apache-2.0)",
        "date": datetime.now(UTC).date().isoformat(),
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
    model = untaught(work / "vectors.npz")
    shown = []
    for stage in _STAGES:
        data = work / f"{stage.name}_lessons.jsonl"
        write_annotated(data, map(readable, lessons(stage, outside, work)))
        model = taught(model, data, stage)
        shown.append(data)
    write_model(output, scored(replace(model, card=card(shown)), outside))


if __name__ == "__main__":
    main(sys.argv[1:])
