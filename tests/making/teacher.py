"""The teacher's training: gold sets, and the texts with their first labels.

    PYTHON -m tests.making.teacher MINILM WORK

writes `teacher.pt`. PYTHON is the interpreter of an environment with torch and transformers, MINILM the folder of the
model.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from tests.making.documents import Annotated, read_annotated
from tests.making.windows import Window, WordPieces, batches, labels, pieces, recased, windows
from tui.article import MentionType

_SEED = 3
_GOLD = (("wnut", 2500, 0.7), ("btc", 4000, 0.7), ("ewt", None, 1.0), ("gum", None, 1.0))
"""Sets, how many of their sentences at most, and what a piece of them counts."""
_SHORTEST = 20
"""Characters; shorter sentences of gold sets teach little."""
_NEWS, _PAGES = 7500, 2600
"""Paragraphs with first labels."""
_FIRST_LABELS_WEIGHT = 0.8
_OFTEN, _MOSTLY = 4, 0.7
"""A name that has one type in this share of at least so many places has it everywhere."""
_BATCH = 1280
_RATE, _NEW_RATE = 3e-4, 2e-3
"""Of MiniLM's own weights, and of those that are new."""
_WARM = 0.08
_OUTSIDE_OR_MISC = (0, 7, 8)


class Lesson(NamedTuple):
    """A text as it is shown."""

    text: Annotated
    weight: float


class Target(NamedTuple):
    """What the teacher should say of a lesson."""

    labels: list[int]
    complete: bool
    weight: float


def gold_lessons(gold: Iterable[Annotated], chance: random.Random) -> Iterator[Lesson]:
    """Sentences of the gold sets, in a random order within each."""
    sets: defaultdict[str, list[Annotated]] = defaultdict(list)
    for sentence in gold:
        if len(sentence.text) > _SHORTEST:
            sets[sentence.source].append(sentence)
    for source, most, weight in _GOLD:
        chance.shuffle(sets[source])
        yield from (Lesson(_recased(sentence, chance), weight) for sentence in sets[source][:most])


def labelled_lessons(paragraphs: Iterable[Annotated], chance: random.Random) -> Iterator[Lesson]:
    """Paragraphs with first labels, drawn at random."""
    drawn = list(paragraphs)
    types = settled_types(drawn)
    chance.shuffle(drawn)
    news = [paragraph for paragraph in drawn if paragraph.source != "wikipedia"]
    encyclopaedia = [paragraph for paragraph in drawn if paragraph.source == "wikipedia"]
    for paragraph in news[:_NEWS] + encyclopaedia[:_PAGES]:
        names = tuple(
            (start, end, types.get(paragraph.text[start:end], kind)) for start, end, kind in paragraph.names
        )
        yield Lesson(_recased(replace(paragraph, names=names), chance), _FIRST_LABELS_WEIGHT)


def settled_types(paragraphs: Iterable[Annotated]) -> dict[str, MentionType]:
    """The type of each name that has mostly one."""
    counts: defaultdict[str, Counter[MentionType]] = defaultdict(Counter)
    for paragraph in paragraphs:
        for start, end, kind in paragraph.names:
            counts[paragraph.text[start:end]][kind] += 1
    types = {}
    for name, count in counts.items():
        kind, times = count.most_common(1)[0]
        if count.total() >= _OFTEN and times >= _MOSTLY * count.total():
            types[name] = kind
    return types


def _recased(text: Annotated, chance: random.Random) -> Annotated:
    return replace(text, text=recased(text.text, chance))


def prepared(lessons: Iterable[Lesson], word_pieces: WordPieces) -> tuple[list[Window], list[Target]]:
    """Windows of all lessons; and of each lesson, by its number, what is to be learnt."""
    found: list[Window] = []
    targets = []
    for number, lesson in enumerate(lessons):
        text = lesson.text
        places = pieces(text.text)
        found += windows(number, text.text, places, word_pieces)
        targets.append(Target(labels(places, text.names), text.complete, lesson.weight))
    return found, targets


def train(minilm: Path, lessons: Iterable[Lesson], output: Path, chance: random.Random) -> None:
    """Train once over all lessons, and write the weights."""
    import torch

    from tests.making.tagger import tagger, word_pieces

    torch.manual_seed(_SEED)
    found, targets = prepared(lessons, word_pieces(minilm))
    parts = tagger(minilm)
    parts.train()
    own, new = parts["encoder"].parameters(), [*parts["cases"].parameters(), *parts["out"].parameters()]
    steps = torch.optim.AdamW(
        [{"params": own, "lr": _RATE}, {"params": new, "lr": _NEW_RATE}], weight_decay=0.01
    )
    plan = batches(found, _BATCH, chance)
    began = time.monotonic()
    for step, batch in enumerate(plan):
        share = min(1.0, (step + 1) / (_WARM * len(plan))) * max(0.02, 1 - step / len(plan))
        for group, rate in zip(steps.param_groups, (_RATE, _NEW_RATE), strict=True):
            group["lr"] = rate * share
        loss = _loss(parts, batch, targets)
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parts.parameters(), 1.0)
        steps.step()
        if step % 50 == 0:
            print(
                f"{step} of {len(plan)} steps, loss {loss.item():.4f}, {time.monotonic() - began:.0f} s",
                flush=True,
            )
    torch.save(parts.state_dict(), output)


def _loss(parts: Any, batch: Sequence[Window], targets: Sequence[Target]) -> Any:
    """The mean over all pieces. Where a set leaves misc unmarked, an unmarked piece may be outside or misc."""
    import torch

    from tests.making.tagger import scores

    likely = torch.log_softmax(scores(parts, batch), -1)
    wanted, complete, weights = [], [], []
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
    minilm, work = map(Path, arguments)
    chance = random.Random(_SEED)
    lessons = [
        *gold_lessons(read_annotated(work / "gold.jsonl"), chance),
        *labelled_lessons(read_annotated(work / "first_labels.jsonl"), chance),
    ]
    train(minilm, lessons, work / "teacher.pt", chance)


if __name__ == "__main__":
    main(sys.argv[1:])
