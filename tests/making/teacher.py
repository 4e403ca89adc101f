"""The teacher's training, in two rounds.

    PYTHON -m tests.making.teacher MINILM OUTSIDE WORK

writes `teacher.pt`. PYTHON is the interpreter of an environment with torch and transformers, MINILM the folder of the
model, OUTSIDE that of the annotated articles' texts which the project does not carry.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.making.annotated_by_hand import annotated_by_hand, read_lines
from tests.making.documents import read_annotated
from tests.making.lessons import Lesson, first_round, second_round
from tests.making.own_articles import HALF, own_articles
from tests.making.result_tables import result_tables
from tests.making.subjects import read_subjects
from tests.making.windows import Window, WordPieces, batches, labels, pieces, windows

_SEED, _SECOND_SEED = 3, 17
_TABLES = 150
_BATCH = 1280
_WARM = 0.08
_DECAY = 0.01
_OUTSIDE_OR_MISC = (0, 7, 8)


class Rates(NamedTuple):
    """The greatest steps."""

    own: float
    """Of MiniLM's own weights."""
    new: float
    """Of those that are new."""


_FIRST_RATES, _SECOND_RATES = Rates(3e-4, 2e-3), Rates(1.5e-4, 1e-3)


class Target(NamedTuple):
    """What the teacher should say of a lesson."""

    labels: list[int]
    complete: bool
    weight: float


def prepared(lessons: Iterable[Lesson], word_pieces: WordPieces) -> tuple[list[Window], list[Target]]:
    """Windows of all lessons; and of each lesson, by its number, what is to be learnt."""
    found: list[Window] = []
    targets = []
    for number, (text, weight) in enumerate(lessons):
        places = pieces(text.text)
        found += windows(number, text.text, places, word_pieces)
        targets.append(Target(labels(places, text.names), text.complete, weight))
    return found, targets


def train(
    parts: Any, word_pieces: WordPieces, lessons: Iterable[Lesson], rates: Rates, chance: random.Random
) -> None:
    """Train the parts of a tagger (`tests.making.tagger`), once over all lessons."""
    import torch

    found, targets = prepared(lessons, word_pieces)
    parts.train()
    own, new = parts["encoder"].parameters(), [*parts["cases"].parameters(), *parts["out"].parameters()]
    groups = [{"params": own, "lr": rates.own}, {"params": new, "lr": rates.new}]
    steps = torch.optim.AdamW(groups, weight_decay=_DECAY)
    plan = batches(found, _BATCH, chance)
    began = time.monotonic()
    for step, batch in enumerate(plan):
        share = min(1.0, (step + 1) / (_WARM * len(plan))) * max(0.02, 1 - step / len(plan))
        for group, rate in zip(steps.param_groups, rates, strict=True):
            group["lr"] = rate * share
        loss = _loss(parts, batch, targets)
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parts.parameters(), 1.0)
        steps.step()
        if step % 50 == 0:
            took = time.monotonic() - began
            print(f"{step} of {len(plan)} steps, loss {loss.item():.4f}, {took:.0f} s", flush=True)


def _loss(parts: Any, batch: Sequence[Window], targets: Sequence[Target]) -> Any:
    """The mean over all pieces. Where a set leaves misc unmarked, an unmarked piece may be outside or misc."""
    import torch

    from tests.making.tagger import scores

    likely = torch.log_softmax(scores(parts, batch), -1)
    wanted: list[int] = []
    complete: list[bool] = []
    weights: list[float] = []
    for window in batch:
        target = targets[window.text]
        count = len(window.positions)
        wanted += target.labels[window.first : window.first + count]
        complete += [target.complete] * count
        weights += [target.weight] * count
    label, weight = torch.tensor(wanted), torch.tensor(weights)
    strict = -likely.gather(1, label[:, None])[:, 0]
    lenient = -torch.logsumexp(likely[:, _OUTSIDE_OR_MISC], 1)
    loss = torch.where(~torch.tensor(complete) & (label == 0), lenient, strict)
    return (loss * weight).sum() / weight.sum()


def main(arguments: Sequence[str]) -> None:
    """Train the teacher."""
    import torch

    from tests.making.tagger import tagger, word_pieces

    minilm, outside, work = map(Path, arguments)
    gold = list(read_annotated(work / "gold.jsonl"))
    torch.manual_seed(_SEED)
    parts, vocabulary = tagger(minilm), word_pieces(minilm)
    chance = random.Random(_SEED)
    labelled = read_annotated(work / "first_labels.jsonl")
    train(parts, vocabulary, first_round(gold, labelled, chance), _FIRST_RATES, chance)
    chance = random.Random(_SECOND_SEED)
    ours = [*annotated_by_hand(read_lines(work)), *own_articles(outside)[HALF]]
    tables = result_tables(read_subjects(work / "subjects.jsonl"), _TABLES)
    train(parts, vocabulary, second_round(ours, gold, tables, chance), _SECOND_RATES, chance)
    torch.save(parts.state_dict(), work / "teacher.pt")


if __name__ == "__main__":
    main(sys.argv[1:])
