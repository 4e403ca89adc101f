"""Putting rows whose place isn't known among rows whose order is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui.stories.placing import placed


@given(st.integers(1, 6), st.integers(0, 6), st.integers(0, 2**32 - 1), st.booleans())
def test_every_row_once_and_the_known_ones_in_their_order(
    known: int, others: int, seed: int, alike: bool
) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.permutation(known + others).tolist()
    before = chance.normal(size=(others, known)).astype(np.float32)
    likeness = chance.random((others, known)).astype(np.float32) if alike else None
    order = placed(rows[:known], rows[known:], before, likeness)
    assert sorted(order) == list(range(known + others))
    assert [row for row in order if row in rows[:known]] == rows[:known]


def test_a_row_stands_where_what_should_come_before_it_ends() -> None:
    before = np.array([[3, 2, -2, -3], [-1, -1, -1, -1]], np.float32)
    assert placed([10, 11, 12, 13], [7, 8], before, None) == [8, 10, 11, 7, 12, 13]


def test_a_row_that_nothing_else_is_told_of_stands_by_those_it_is_like() -> None:
    nothing = np.zeros((1, 5), np.float32)
    order = placed([0, 1, 2, 3, 4], [9], nothing, np.array([[0, 0, 0, 0.9, 0.8]], np.float32))
    assert order in ([0, 1, 2, 3, 9, 4], [0, 1, 2, 9, 3, 4], [0, 1, 2, 3, 4, 9])
