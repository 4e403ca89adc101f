"""Which articles are worth comparing."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stories.texts import report, reprint, text
from tui.stories import bands
from tui.stories.bands import LEAST_ESTIMATE, MULTITUDE, WINDOW, candidates, estimated
from tui.stories.reprints import signatures

DAY = 738_000


def pairs(made: np.ndarray, days: list[int], fresh: list[bool] | None = None) -> set[tuple[int, int]]:
    """The candidates as a set; each comes once, the lower number first."""
    ones, others = candidates(
        made, np.array(days, np.int32), np.ones(len(made), np.bool_) if fresh is None else np.array(fresh)
    )
    found = list(zip(ones.tolist(), others.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert all(one < other for one, other in found)
    return set(found)


@pytest.fixture(scope="module")
def made() -> np.ndarray:
    """Signatures of forty reports and a reprint of each."""
    texts = [text(report(number)) for number in range(40)]
    texts += [text(reprint(number, 1, cut=0.4, changed=0.04)) for number in range(40)]
    return signatures(texts)


def test_a_report_meets_its_reprint_and_nobody_else(made: np.ndarray) -> None:
    """Whatever the forty others say."""
    assert pairs(made, [DAY] * 80) == {(number, number + 40) for number in range(40)}


@pytest.mark.parametrize(("apart", "meets"), [(0, True), (WINDOW, True), (WINDOW + 1, False), (400, False)])
def test_within_the_window(made: np.ndarray, apart: int, meets: bool) -> None:
    """Two weeks apart, not more."""
    found = pairs(made, [DAY] * 40 + [DAY + apart] * 40)
    assert len(found) == (40 if meets else 0)


def test_one_is_new(made: np.ndarray) -> None:
    """Pairs of which neither is new were compared before."""
    fresh = [number in (3, 45) for number in range(80)]
    assert pairs(made, [DAY] * 80, fresh) == {(3, 43), (5, 45)}
    assert pairs(made, [DAY] * 80, [False] * 80) == set()


def test_undated_articles_meet_each_other(made: np.ndarray) -> None:
    """As articles of one day would."""
    assert pairs(made, [0] * 80) == {(number, number + 40) for number in range(40)}


def test_undated_and_dated_articles_meet_where_they_are_much_alike() -> None:
    """Whatever the day."""
    texts = [text(report(1)), text(reprint(1, 1, cut=0.1)), text(report(2)), text(reprint(2, 1, cut=0.55))]
    found = pairs(signatures(texts), [0, DAY, 0, DAY + 4_000])
    assert (0, 1) in found
    assert found <= {(0, 1), (2, 3)}


def test_no_signature_meets_nobody() -> None:
    """Empty articles are not alike."""
    made = signatures(["", "One word.", "", "", text(report(1))])
    assert pairs(made, [DAY] * 5) == set()
    assert pairs(made, [0] * 5) == set()


def test_no_articles() -> None:
    """Nothing comes of nothing."""
    assert pairs(signatures([]), []) == set()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 9_999), st.integers(1, 40))
def test_blocks_and_order_do_not_matter(made: np.ndarray, seed: int, block: int) -> None:
    """However many articles are looked at at once, and whatever their numbers."""
    random = Random(seed)
    days = [random.choice((0, DAY + random.randrange(60))) for _ in range(80)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bands, "_BLOCK", 1_000_000)
        expected = pairs(made, days)
        patch.setattr(bands, "_BLOCK", block)
        assert pairs(made, days) == expected
    order = random.sample(range(80), 80)
    shuffled = pairs(made[order], [days[number] for number in order])
    assert {tuple(sorted((order[one], order[other]))) for one, other in shuffled} == expected


def test_candidates_are_those_that_all_pairs_would_give(made: np.ndarray) -> None:
    """Against comparing all with all."""
    expected = {
        (one, other)
        for one, other in combinations(range(80), 2)
        if estimated(made, np.array([one]), np.array([other]))[0] >= 2 * LEAST_ESTIMATE
    }
    assert expected <= pairs(made, [DAY] * 80)


@pytest.mark.parametrize("days", [1, 40])
def test_a_multitude_is_linked_and_not_squared(days: int) -> None:
    """Ten thousand copies of one text hang together by a few pairs each."""
    made = np.repeat(signatures([text(report(1))]), 10_000, axis=0)
    ones, others = candidates(made, DAY + np.arange(10_000, dtype=np.int32) % days, np.ones(10_000, np.bool_))
    assert len(ones) < 10_000 * MULTITUDE / 2
    groups = np.arange(10_000)
    for _ in range(8):  # the lowest number goes round
        np.minimum.at(groups, others, groups[ones])
        np.minimum.at(groups, ones, groups[others])
    assert groups.max() == 0


def test_estimates_are_near_the_truth() -> None:
    """Within three standard errors of 128 rows, and nothing for what has nothing in common."""
    texts = [text(report(number)) for number in range(20)]
    copies = [text(reprint(number, 3, cut=0.5)) for number in range(20)]
    made = signatures(texts + copies)
    found = estimated(made, np.arange(20), np.arange(20, 40))
    sizes = [len(one) / len(other) for one, other in zip(copies, texts, strict=True)]
    assert np.all(np.abs(found - np.array(sizes)) < 0.2)
    assert estimated(made, np.array([0, 1]), np.array([1, 2])).max() < 0.06
    assert estimated(made, np.arange(3), np.arange(3)).tolist() == [1.0, 1.0, 1.0]
