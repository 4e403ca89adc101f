"""Vectors in parts: near to what they were, the same each time, and unknown words zero."""

from __future__ import annotations

import numpy as np

from tests.making.vectors import hashed, quantised, turned
from tui.entities.network import CENTRES, PART, PARTS


def _rows(count: int) -> np.ndarray:
    random = np.random.default_rng(1)
    scales = np.linspace(1, 0.1, 100)
    return (random.standard_normal((count, 100)) * scales).astype(np.float32)


def test_turned_vectors_keep_their_distances() -> None:
    vectors = _rows(500)
    rows = turned(vectors)
    assert rows.shape == (500, PARTS * PART)
    before = np.linalg.norm(vectors[:-1] - vectors[1:], axis=1)
    after = np.linalg.norm(rows[:-1] - rows[1:], axis=1)
    assert np.corrcoef(before, after)[0, 1] > 0.99


def test_each_part_has_strong_and_weak_components() -> None:
    rows = turned(_rows(500)).reshape(500, PARTS, PART)
    strongest = rows.std(axis=0).max(axis=1)
    assert strongest.min() > 0.7 * strongest.max()


def test_codes_stand_for_the_nearest_centres() -> None:
    rows = turned(_rows(600))
    made = quantised(rows, np.random.default_rng(5))
    assert made.codes.shape == (600, PARTS)
    assert made.codes.min() >= 1
    assert made.centres.shape == (PARTS, CENTRES, PART)
    assert not made.centres[:, 0].any()
    for part in range(PARTS):
        column = rows[:, part * PART : (part + 1) * PART]
        distances = ((column[:, None] - made.centres[part, 1:]) ** 2).sum(-1)
        chosen = np.take_along_axis(distances, made.codes[:, part, None].astype(int) - 1, axis=1)[:, 0]
        np.testing.assert_allclose(chosen, distances.min(axis=1), atol=1e-3)
    again = quantised(rows, np.random.default_rng(5))
    np.testing.assert_array_equal(again.codes, made.codes)


def test_words_with_one_hash_are_one_word() -> None:
    hashes, first = hashed(["don't", "kent", "don’t"])
    assert first.tolist() == [0, 1]
    assert len(set(hashes.tolist())) == 2
