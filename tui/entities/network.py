"""The network: features of a text → for each piece, how likely each label is.

Small convolutions over hashed and quantised embeddings, in NumPy alone. Two readings: the first looks at a piece and
its neighbours; the second also sees what the first thought of the same word everywhere else in the text. As in
Collobert et al., "Natural Language Processing (Almost) from Scratch" (2011), with residual layers and product-quantised
word vectors (Jégou et al., 2011).

The labels are 0 outside, then 1 + 2t for a piece that begins a name of type t and 2 + 2t for one that goes on with it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.entities.features import BITS, PREFIXES, SHAPES, SUFFIXES, Featured

Floats = NDArray[np.float32]

LABELS = 9
TYPES = 4
PARTS, CENTRES, PART = 12, 256, 8
"""Word vectors are `PARTS` codes of a byte, each the number of one of `CENTRES` vectors of `PART` numbers."""
WIDTH = 128
SECOND = 64
DILATIONS = (1, 2, 4)
_PREFIX, _SUFFIX, _SHAPE = 8, 16, 12
INPUT = PARTS * PART + _PREFIX + _SUFFIX + _SHAPE + BITS
BESIDE = TYPES + 1
"""What the first reading makes of a piece: outside, or one of the types."""
_BLOCK = 4096
_HALO = 2 * (1 + sum(DILATIONS)) + 2
"""How far a piece's neighbours reach, both readings together."""

Weights = dict[str, Floats]


def shapes() -> dict[str, tuple[int, ...]]:
    """The shape of each array of weights."""
    made: dict[str, tuple[int, ...]] = {
        "words": (PARTS, CENTRES, PART),
        "prefixes": (PREFIXES, _PREFIX),
        "suffixes": (SUFFIXES, _SUFFIX),
        "shapes": (SHAPES, _SHAPE),
        "in": (3 * INPUT, WIDTH),
        "out": (WIDTH, LABELS),
        "second": (3 * second_input(), SECOND),
        "last": (SECOND, LABELS),
        **{f"deep{depth}": (3 * WIDTH, WIDTH) for depth in range(len(DILATIONS))},
    }
    made |= {f"{name}+": shape[-1:] for name, shape in made.items() if name not in _TABLES}
    return made


_TABLES = frozenset({"words", "prefixes", "suffixes", "shapes"})
_SMALL = {"prefixes": 0.1, "suffixes": 0.1, "shapes": 0.3, "out": WIDTH**-0.5, "last": 0.3 * SECOND**-0.5}


def fresh_weights(seed: int = 0) -> Weights:
    """Weights to begin training with: small random numbers (He et al., 2015), the word vectors zero."""
    random = np.random.default_rng(seed)
    weights: Weights = {}
    for name, shape in shapes().items():
        if name == "words" or name.endswith("+"):
            weights[name] = np.zeros(shape, np.float32)
            continue
        scale = _SMALL.get(name, (2 / shape[0]) ** 0.5 * (0.5 if name.startswith("deep") else 1.0))
        weights[name] = (random.standard_normal(shape) * scale).astype(np.float32)
    return weights


def second_input() -> int:
    """How many numbers the second reading sees of each piece."""
    return WIDTH + 2 * BESIDE + 1


def inputs(weights: Weights, found: Featured, codes: NDArray[np.uint8]) -> Floats:
    """(n, INPUT): the features as numbers; `codes` (n, PARTS) are the word vectors' parts."""
    rows = len(found.hashes)
    put = np.empty((rows, INPUT), np.float32)
    at = 0
    for part in range(PARTS):
        put[:, at : at + PART] = weights["words"][part].take(codes[:, part], axis=0)
        at += PART
    for name, buckets, size in (
        ("prefixes", found.prefixes, _PREFIX),
        ("suffixes", found.suffixes, _SUFFIX),
        ("shapes", found.shapes, _SHAPE),
    ):
        put[:, at : at + size] = weights[name].take(buckets, axis=0)
        at += size
    put[:, at:] = (found.bits[:, None] >> np.arange(BITS, dtype=np.uint64)) & np.uint64(1)
    put[found.shapes == 0] = 0
    return put


def neighbours(rows: Floats, distance: int, into: Floats | None = None) -> Floats:
    """(n, 3d): each row behind the one `distance` before it and before the one `distance` behind it."""
    count, size = rows.shape
    wide = np.zeros((count, 3 * size), np.float32) if into is None else into
    wide[distance:, :size] = rows[:-distance] if distance < count else 0
    wide[:, size : 2 * size] = rows
    wide[: max(count - distance, 0), 2 * size :] = rows[distance:]
    return wide


def layer(weights: Weights, name: str, rows: Floats) -> Floats:
    """(n, k): the rows times these weights, plus what goes with them."""
    made: Floats = np.matmul(rows, weights[name], dtype=np.float32)
    made += weights[f"{name}+"]
    return made


def positive(rows: Floats, blank: NDArray[np.bool_]) -> Floats:
    """The rows themselves, nothing below zero left in them, and nothing in the blank ones."""
    np.maximum(rows, 0, out=rows)
    rows[blank] = 0
    return rows


def first_reading(weights: Weights, put: Floats, blank: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """((n, WIDTH), (n, LABELS)): what the first reading keeps of each piece, and its scores."""
    hidden = positive(layer(weights, "in", neighbours(put, 1)), blank)
    for depth, dilation in enumerate(DILATIONS):
        hidden += positive(layer(weights, f"deep{depth}", neighbours(hidden, dilation)), blank)
    return hidden, layer(weights, "out", hidden)


def beside(scores: Floats, groups: NDArray[np.int32]) -> Floats:
    """(n, 2 * BESIDE + 1): what the first reading makes of each piece, of its word elsewhere, and if that is there."""
    likely = softmax(scores)
    kinds = np.empty((len(scores), BESIDE), np.float32)
    kinds[:, 0] = likely[:, 0]
    kinds[:, 1:] = likely[:, 1::2] + likely[:, 2::2]
    put = np.zeros((len(scores), 2 * BESIDE + 1), np.float32)
    put[:, :BESIDE] = kinds
    named = np.flatnonzero(groups >= 0)
    if len(named):
        _, which = np.unique(groups[named], return_inverse=True)
        count = np.bincount(which)
        for kind in range(BESIDE):
            total = np.bincount(which, kinds[named, kind])
            put[named, BESIDE + kind] = (total[which] - kinds[named, kind]) / np.maximum(count[which] - 1, 1)
        again = count[which] > 1
        put[named[~again], BESIDE : 2 * BESIDE] = 0
        put[named, 2 * BESIDE] = again
    return put


def second_reading(
    weights: Weights, hidden: Floats, scores: Floats, put: Floats, blank: NDArray[np.bool_]
) -> Floats:
    """(n, LABELS): the scores after the second reading."""
    rows = np.concatenate((hidden, put), axis=1)
    rows[blank] = 0
    thought = layer(weights, "second", neighbours(rows, 1))
    np.maximum(thought, 0, out=thought)
    return scores + layer(weights, "last", thought)


def softmax(scores: Floats) -> Floats:
    """(n, k) rows that add up to one."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    raised /= raised.sum(axis=1, keepdims=True)
    likely: Floats = raised
    return likely


def read(weights: Weights, found: Featured, codes: NDArray[np.uint8]) -> Floats:
    """(n, LABELS): how likely each label is for each piece of a whole text; in blocks, so that memory stays bounded."""
    rows = len(found.hashes)
    blank = found.shapes == 0
    hidden = np.empty((rows, WIDTH), np.float32)
    scores = np.empty((rows, LABELS), np.float32)
    for begin in range(0, rows, _BLOCK):
        left, right = max(begin - _HALO, 0), min(begin + _BLOCK + _HALO, rows)
        end = min(begin + _BLOCK, rows)
        cut = Featured(*(getattr(found, name)[left:right] for name in Featured.__slots__))
        kept, scored = first_reading(weights, inputs(weights, cut, codes[left:right]), blank[left:right])
        hidden[begin:end] = kept[begin - left : end - left]
        scores[begin:end] = scored[begin - left : end - left]
    put = beside(scores, found.groups)
    last = np.empty_like(scores)
    for begin in range(0, rows, _BLOCK):
        left, right = max(begin - 1, 0), min(begin + _BLOCK + 1, rows)
        end = min(begin + _BLOCK, rows)
        scored = second_reading(
            weights, hidden[left:right], scores[left:right], put[left:right], blank[left:right]
        )
        last[begin:end] = softmax(scored[begin - left : end - left])
    return last


def spans(likely: Floats, blank: NDArray[Any]) -> list[tuple[int, int, int, float]]:
    """(first piece, the one behind the last, type, how sure from 0 to 1) of each name.

    A name is a run of pieces that are likelier in a name than out of it; it ends where another is likelier to begin
    than it is to go on; its type is the one that all its pieces together are likeliest to have.
    """
    within = (likely[:, 0] < 0.5) & ~blank
    at = np.flatnonzero(within)
    if not len(at):
        return []
    begins = likely[at, 1::2].sum(axis=1) > likely[at, 2::2].sum(axis=1)
    new = np.ones(len(at), bool)
    new[1:] = (at[1:] != at[:-1] + 1) | begins[1:]
    first = np.flatnonzero(new)
    kinds = np.log(likely[at, 1::2] + likely[at, 2::2] + 1e-6)
    summed = np.add.reduceat(kinds, first, axis=0)
    sizes = np.diff(np.append(first, len(at)))
    best = summed.argmax(axis=1)
    sure = np.exp(summed[np.arange(len(best)), best] / sizes)
    start = at[first]
    return list(zip(start.tolist(), (start + sizes).tolist(), best.tolist(), sure.tolist(), strict=True))
