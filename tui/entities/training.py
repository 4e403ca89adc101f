"""Training of the model: annotated documents in, weights out. NumPy alone, the same numbers each time on one machine.

Gradients are written out by hand for the network of `tui.entities.network`; the steps are Adam's (Kingma and Ba, 2015),
and what is kept is the average of the weights over the last third of them (Polyak and Juditsky, 1992). Documents
are also shown in capitals and in title case now and then: headlines come so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tui.article import MENTION_TYPES
from tui.entities import network
from tui.entities.features import RULES, Featured, Lexicon
from tui.entities.network import Floats, Weights
from tui.entities.sentences import Sentence, as_text

_ROWS = 2048
"""Pieces of a step."""
_APART = 4
"""Blank rows between documents of one step."""
_RATE = 2e-3
_WARM = 0.05
_FIRST_READING = 0.3
"""What a mistake of the first reading counts, one of the second being 1."""
_INPUT_DROPPED, _HIDDEN_DROPPED, _WORDS_DROPPED = 0.1, 0.1, 0.06
_SHOUTED, _TITLED = 0.05, 0.04
_WITHOUT_RULES = 0.1
"""Documents that are shown without what the rules say of them, so that not all is left to these."""
_UNMARKED = -1

Progress = Callable[[int, int, float], None]
"""Takes steps done, steps in all and the loss of late."""
Codes = Callable[[NDArray[np.uint32]], NDArray[np.uint8]]
"""Takes hashes of words (n,), gives their vectors' codes (n, PARTS), 0 for unknown words."""


@dataclass(frozen=True, slots=True)
class Example:
    """A document as the network sees it, with what it should say."""

    found: Featured
    labels: NDArray[np.int8]
    """(n,) -1 in blank rows."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its names: (start, end, type's number)."""

    text: str
    names: tuple[tuple[int, int, int], ...]


def marked(document: Sequence[Sentence]) -> Marked:
    """A document's sentences as lines of one text."""
    text, names = as_text(document)
    return Marked(text, tuple((start, end, MENTION_TYPES.index(kind)) for start, end, kind in names))


def example(document: Marked, lexicon: Lexicon) -> Example:
    """What the network is shown of a document."""
    found = lexicon.features(document.text)
    labels = np.zeros(len(found.starts), np.int8)
    labels[found.shapes == 0] = _UNMARKED
    starts, ends = found.starts.copy(), found.ends
    blank = np.flatnonzero(starts < 0)
    starts[blank] = np.append(ends, 0)[np.maximum(blank - 1, 0)]
    for start, end, kind in document.names:
        inside = np.arange(np.searchsorted(starts, start, "left"), np.searchsorted(starts, end, "left"))
        # A name may begin inside a piece: `#London`.
        if start not in starts[inside] and len(starts):
            before = int(np.searchsorted(starts, start, "left")) - 1
            if before >= 0 and ends[before] > start:
                inside = np.append(before, inside)
        inside = inside[labels[inside] != _UNMARKED]
        labels[inside] = 2 + 2 * kind
        labels[inside[:1]] = 1 + 2 * kind
    return Example(found, labels)


def recased(document: Marked, random: np.random.Generator) -> Marked:
    """The document, now and then in capitals or in title case; offsets stay."""
    chance = random.random()
    if chance < _SHOUTED:
        text = document.text.upper()
    elif chance < _SHOUTED + _TITLED:
        text = re.sub(r"(?<![\w'’])\w", lambda first: first[0].upper(), document.text)
    else:
        return document
    return replace(document, text=text) if len(text) == len(document.text) else document


def train_weights(
    documents: Iterable[Sequence[Sentence]],
    codes: Codes,
    lexicon: Lexicon,
    begin: Weights,
    *,
    rounds: int = 4,
    rate: float = _RATE,
    seed: int = 0,
    progress: Progress | None = None,
) -> Weights:
    """Weights that label these documents, learnt from `begin` on.

    Args:
        documents: What to learn from.
        codes: The word vectors.
        lexicon: What makes features of words.
        begin: Weights to begin with; they are not changed.
        rounds: How often each document is shown.
        rate: The greatest step.
        seed: Of the order and all that is left to chance.
        progress: Told after each step.
    """
    random = np.random.default_rng(seed)
    texts = [marked(document) for document in documents]
    weights = {name: array.astype(np.float32, copy=True) for name, array in begin.items()}
    steps = _Adam(weights)
    averaged: Weights = {}
    kept = done = 0
    plan = [random.permutation(len(texts)) for _ in range(rounds)]
    total = max(1, sum(len(document.text) for document in texts) * rounds // (5 * _ROWS))
    loss = 0.0
    for order in plan:
        batch: list[Example] = []
        rows = 0
        for place, number in enumerate(order.tolist()):
            shown = example(recased(texts[number], random), lexicon)
            if random.random() < _WITHOUT_RULES:
                shown.found.bits[:] &= np.uint64((1 << RULES) - 1)
            batch.append(shown)
            rows += len(shown.labels) + _APART
            if rows < _ROWS and place + 1 < len(order):
                continue
            share = min(done / total, 1.0)
            warm = min(1.0, share / _WARM) if share < _WARM else max(0.02, 1 - share)
            found, labels = _together(batch)
            now, gradients = _gradients(weights, found, labels, codes, random)
            steps.take(gradients, rate * warm)
            done += 1
            loss = now if done == 1 else 0.98 * loss + 0.02 * now
            if share > 2 / 3 or done == 1:
                kept = kept + 1 if done > 1 else 0
                if kept:
                    for name, array in weights.items():
                        mean = averaged.setdefault(name, np.zeros_like(array))
                        mean += (array - mean) / kept
            if progress is not None:
                progress(done, max(total, done), loss)
            batch, rows = [], 0
    return averaged or weights


def _together(batch: Sequence[Example]) -> tuple[Featured, NDArray[np.int8]]:
    """Documents behind one another, blank rows between."""
    columns: dict[str, list[NDArray[np.generic]]] = {name: [] for name in Featured.__slots__}
    labels: list[NDArray[np.int8]] = []
    shift = 0
    for shown in batch:
        for name, column in columns.items():
            values = getattr(shown.found, name)
            if name == "groups":
                values = np.where(values >= 0, values + shift, -1)
            fill = -1 if name in ("groups", "starts", "ends") else 0
            column.append(np.append(values, np.full(_APART, fill, values.dtype)))
        labels.append(np.append(shown.labels, np.full(_APART, _UNMARKED, np.int8)))
        shift += 1 + int(shown.found.groups.max(initial=0))
    return Featured(*(np.concatenate(columns[name]) for name in Featured.__slots__)), np.concatenate(labels)


def _gradients(
    weights: Weights,
    found: Featured,
    labels: NDArray[np.int8],
    codes: Codes,
    random: np.random.Generator,
) -> tuple[float, Weights]:
    """The loss a piece, and how it changes with each weight."""
    rows = len(labels)
    blank = found.shapes == 0
    coded = codes(found.hashes)
    coded[random.random(rows) < _WORDS_DROPPED] = 0
    put = network.inputs(weights, found, coded)
    dropped = _dropped(random, put.shape, _INPUT_DROPPED)
    put *= dropped

    wide = network.neighbours(put, 1)
    hidden = network.positive(network.layer(weights, "in", wide), blank)
    layers: list[tuple[Floats, Floats]] = []
    entry = hidden.copy()
    for depth, dilation in enumerate(network.DILATIONS):
        seen = network.neighbours(hidden, dilation)
        more = network.positive(network.layer(weights, f"deep{depth}", seen), blank)
        layers.append((seen, more))
        hidden = hidden + more
    kept = _dropped(random, hidden.shape, _HIDDEN_DROPPED)
    hidden *= kept
    scores = network.layer(weights, "out", hidden)
    aside = network.beside(scores, found.groups)
    together = np.concatenate((hidden, aside), axis=1)
    together[blank] = 0
    looked = network.neighbours(together, 1)
    thought = network.layer(weights, "second", looked)
    np.maximum(thought, 0, out=thought)
    last = scores + network.layer(weights, "last", thought)

    named = np.flatnonzero(labels >= 0)
    wanted = labels[named].astype(np.intp)
    count = max(len(named), 1)
    loss = 0.0
    slopes = []
    for scored, share in ((last, 1.0), (scores, _FIRST_READING)):
        likely = network.softmax(scored[named])
        loss -= share * float(np.log(likely[np.arange(len(named)), wanted] + 1e-9).sum()) / count
        likely[np.arange(len(named)), wanted] -= 1
        slope = np.zeros_like(scored)
        slope[named] = likely * (share / count)
        slopes.append(slope)
    d_last, d_scores = slopes
    d_scores += d_last

    gradients: Weights = {}

    def back(name: str, rows: Floats, slope: Floats) -> Floats:
        """Note how the loss changes with a layer's weights; (n, d) how it does with what the layer was given."""
        gradients[name] = np.matmul(rows.T, slope, dtype=np.float32)
        gradients[f"{name}+"] = slope.sum(axis=0)
        given: Floats = np.matmul(slope, weights[name].T, dtype=np.float32)
        return given

    d_thought = back("last", thought, d_last)
    d_thought[thought <= 0] = 0
    d_together = _gathered(back("second", looked, d_thought), 1)
    d_together[blank] = 0
    d_hidden = d_together[:, : network.WIDTH] + back("out", hidden, d_scores)
    d_hidden *= kept
    for depth in reversed(range(len(network.DILATIONS))):
        seen, more = layers[depth]
        d_more = d_hidden * (more > 0)
        d_hidden = d_hidden + _gathered(back(f"deep{depth}", seen, d_more), network.DILATIONS[depth])
    d_hidden[entry <= 0] = 0
    d_put = _gathered(back("in", wide, d_hidden), 1)
    d_put *= dropped
    d_put[blank] = 0
    at = 0
    words = np.zeros_like(weights["words"])
    for part in range(network.PARTS):
        for inner in range(network.PART):
            words[part, :, inner] = np.bincount(coded[:, part], d_put[:, at], network.CENTRES)
            at += 1
    gradients["words"] = words
    for name, buckets in (
        ("prefixes", found.prefixes),
        ("suffixes", found.suffixes),
        ("shapes", found.shapes),
    ):
        table = np.zeros_like(weights[name])
        for inner in range(table.shape[1]):
            table[:, inner] = np.bincount(buckets, d_put[:, at], len(table))
            at += 1
        gradients[name] = table
    return loss, gradients


def _dropped(random: np.random.Generator, shape: tuple[int, ...], share: float) -> Floats:
    """Ones and a share of zeros, scaled so that sums stay."""
    keep: Floats = (random.random(shape, np.float32) >= share).astype(np.float32) / np.float32(1 - share)
    return keep


def _gathered(wide: Floats, distance: int) -> Floats:
    """(n, d): what `network.neighbours` spread over (n, 3d), added up again."""
    size = wide.shape[1] // 3
    rows = wide[:, size : 2 * size].copy()
    if distance < len(rows):
        rows[:-distance] += wide[distance:, :size]
        rows[distance:] += wide[:-distance, 2 * size :]
    return rows


class _Adam:
    """Steps along gradients, each weight at its own pace."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._mean = {name: np.zeros_like(array) for name, array in weights.items()}
        self._square = {name: np.zeros_like(array) for name, array in weights.items()}
        self._taken = 0

    def take(self, gradients: Weights, rate: float, *, decay: float = 1e-4, longest: float = 1.0) -> None:
        """One step; gradients longer than `longest` altogether are shortened."""
        self._taken += 1
        length = float(np.sqrt(sum(float((array * array).sum()) for array in gradients.values())))
        scale = np.float32(min(1.0, longest / (length + 1e-9)))
        first, second = 1 - 0.9**self._taken, 1 - 0.999**self._taken
        for name, weight in self._weights.items():
            gradient = gradients[name] * scale
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            weight -= (rate / first) * mean / (np.sqrt(square / second) + 1e-8)
            if weight.ndim > 1 and name != "words":
                weight *= 1 - rate * decay
