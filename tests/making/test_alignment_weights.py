"""Learning what measures weigh."""

from __future__ import annotations

import numpy as np

from tests.making.alignment_weights import fitted


def test_what_tells_is_weighed_and_what_does_not_is_not() -> None:
    random = np.random.default_rng(1)
    measures = random.normal(size=(2_000, 3)) * [1.0, 5.0, 1.0] + [0.0, 3.0, 0.0]
    belong = measures[:, 0] + 0.2 * measures[:, 1] + random.logistic(size=2_000) * 0.3 > 1
    weights = fitted(measures, belong)
    assert 3 < weights.weights[0] / weights.weights[1] < 7
    assert abs(weights.weights[2]) < 0.2 * weights.weights[0]
    assert np.mean((weights.scores(measures) > 0.5) == belong) > 0.85


def test_a_penalty_makes_weights_smaller() -> None:
    random = np.random.default_rng(2)
    measures = random.normal(size=(200, 2))
    belong = measures[:, 0] > 0
    sizes = [
        float(np.abs(fitted(measures, belong, penalty).weights).sum()) for penalty in (0.1, 1.0, 10.0, 100.0)
    ]
    assert sizes == sorted(sizes, reverse=True)


def test_the_shipped_weights_are_of_the_measures_that_there_are() -> None:
    from tui.stories.measures import MEASURES
    from tui.stories.weights import JOINED, LINKED, PAIRED, WEIGHTS

    assert set(WEIGHTS) == set(MEASURES)
    assert 0 < PAIRED <= JOINED < 1
    assert 0 < LINKED < 1
