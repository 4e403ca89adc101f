"""Sets of documents, and the first of very many, against what sorting and Python's sets say."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.index.results import SORTS, Sort
from tui.index.sets import distinct, flagged, places, runs, united, within
from tui.index.topk import Ranked, best, leading

SHARES = st.sampled_from([0.0, 0.0005, 0.01, 0.05, 0.09, 0.11, 0.5, 1.0])


def some(size: int, share: float, seed: int) -> Any:
    return np.random.default_rng(seed).random(size) < share


@settings(deadline=None)
@given(st.sampled_from([0, 1, 9, 4_095, 4_096, 4_103, 60_000]), SHARES, st.integers(0, 9))
def test_places(size: int, share: float, seed: int) -> None:
    flags = some(size, share, seed)
    assert places(flags).tolist() == np.flatnonzero(flags).tolist()


@settings(deadline=None)
@given(SHARES, SHARES, st.sampled_from([1, 50, 5_000]))
def test_within_and_united(one: float, other: float, size: int) -> None:
    left, right = np.flatnonzero(some(size, one, 1)), np.flatnonzero(some(size, other, 2))
    assert within(left, right, size).tolist() == np.isin(left, right).tolist()
    assert united([left, right]).tolist() == sorted(set(left.tolist()) | set(right.tolist()))
    assert distinct(np.concatenate([right, left, right])).tolist() == united([left, right]).tolist()
    assert np.flatnonzero(flagged(left, size)).tolist() == left.tolist()


def test_runs() -> None:
    assert runs(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]


@settings(deadline=None)
@given(
    st.sampled_from([1, 400, 5_000, 40_000]), st.integers(1, 8), st.integers(1, 3_000), st.integers(0, 9),
    st.sampled_from([np.float32, np.float64, np.int32, np.uint8]),
)  # fmt: skip
def test_leading(size: int, different: int, count: int, seed: int, kind: Any) -> None:
    """Many of the values are the same, as scores are."""
    chance = np.random.default_rng(seed)
    values = chance.integers(0, 10**different if kind != np.uint8 else 200, size).astype(kind)
    sure, tied = leading(values, count)
    assert len(sure) + len(tied) >= min(count, size)
    if size > count:
        edge = np.sort(values)[::-1][count - 1]
        assert sure.tolist() == np.flatnonzero(values > edge).tolist()
        assert tied.tolist() == np.flatnonzero(values == edge).tolist()


@settings(deadline=None)
@given(
    st.sampled_from([1, 300, 9_000]), SHARES, st.integers(1, 1_000), st.sampled_from(SORTS), st.booleans(),
    st.integers(1, 2_000), st.integers(0, 9),
)  # fmt: skip
def test_best(size: int, share: float, count: int, sort: Sort, scored: bool, spread: int, seed: int) -> None:
    """The same as putting them all in order; what ties, ties by the hundred."""
    chance = np.random.default_rng(seed)
    days = chance.integers(0, 1 + spread, size).astype(np.int32)
    numbers = chance.permutation(size).astype(np.uint32)
    docs = np.flatnonzero(some(size, share, seed + 1))
    scores = chance.integers(1, 5, len(docs)).astype(np.float32) if scored else None
    found, of_them = best(docs, scores, days, numbers, count, sort)
    ours = Ranked(numbers[found], days[found], of_them).ordered(sort)
    expected = Ranked(numbers[docs], days[docs], scores).ordered(sort).first(count)
    assert ours.numbers.tolist() == expected.numbers.tolist()
    if len(docs):
        last = len(ours.numbers) - 1
        at = int(np.flatnonzero(numbers[docs] == ours.numbers[last])[0])
        assert Ranked(numbers[docs], days[docs], scores).before(at, sort) == last
