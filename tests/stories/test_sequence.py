"""Putting things in order by which of two should come first."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.stories.sequence import best_sequence, gained, kendall_tau


@given(st.integers(0, 6), st.integers(0, 2**32 - 1))
def test_no_item_can_be_moved_to_gain_more(count: int, seed: int) -> None:
    upper = np.triu(np.random.default_rng(seed).normal(size=(count, count)), 1)
    pairs = (upper - upper.T).astype(np.float32)
    order = best_sequence(pairs)
    assert sorted(order) == list(range(count))
    for place in range(count):
        rest = order[:place] + order[place + 1 :]
        for slot in range(count):
            moved = [*rest[:slot], order[place], *rest[slot:]]
            assert gained(pairs, moved) <= gained(pairs, order) + 1e-3


@given(st.permutations(range(5)))
def test_what_agrees_is_found_exactly(written: list[int]) -> None:
    place = np.argsort(written)
    pairs = np.sign(place[None] - place[:, None]).astype(np.float32)
    assert best_sequence(pairs) == written


def test_the_best_of_all_orders_is_mostly_found() -> None:
    found = 0
    for seed in range(20):
        upper = np.triu(np.random.default_rng(seed).normal(size=(6, 6)), 1)
        pairs = (upper - upper.T).astype(np.float32)
        best = max(gained(pairs, order) for order in permutations(range(6)))
        found += gained(pairs, best_sequence(pairs)) > best - 1e-3
    assert found >= 15


@pytest.mark.parametrize(
    ("order", "tau"),
    [([], 1), ([3], 1), ([0, 1, 2], 1), ([2, 1, 0], -1), ([0, 2, 1], 1 / 3), ([5, 9, 7], 1 / 3)],
)
def test_kendalls_tau(order: list[int], tau: float) -> None:
    assert kendall_tau(order) == pytest.approx(tau)
