"""What the measures of a pair of sentences weigh, learnt from the pairs that were labelled to tune on.

    python -m tests.making.alignment_weights TEXTS

prints the numbers of `tui/stories/weights.py`, and how well they do on stories that they were not learnt from. TEXTS is
the folder that `python -m tests.bench.alignment_texts` makes. The labels' half `test` is not read.

Logistic regression with a penalty on the squares of the weights (Hoerl and Kennard's ridge; le Cessie and van
Houwelingen, "Ridge Estimators in Logistic Regression", Applied Statistics 41, 1992), by Newton's method. The thresholds
are those with the best F1 over all stories, each story scored by weights from the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.stories.labelled_pairs import LabelledReports, pair_texts
from tests.stories.pair_scores import Found, Places, scores, with_names
from tui.entities import default_recogniser
from tui.stories.alignment import chosen, kind_of, pairs_measured
from tui.stories.measures import MEASURES
from tui.stories.prepared import Prepared, prepared

PENALTY = 1.0
"""On the weights of measures with spread 1."""
_STEPS = 50
_LEAST = np.arange(0.1, 0.5, 0.05)
"""Thresholds for a pair that are tried."""
_SURE = np.arange(0.4, 1.0, 0.05)
"""Thresholds for one more."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measured:
    """Two labelled reports, all their promising pairs measured."""

    labels: LabelledReports
    left: Prepared
    right: Prepared
    measures: Floats
    """(pairs, measures)."""
    pairs: Sequence[tuple[int, int]]
    places: Places
    belong: NDArray[np.bool_]
    """(pairs,): whether people put them together."""

    @property
    def story(self) -> str:
        """What event they report."""
        return self.labels.name.rpartition("-")[0]


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression."""

    weights: Floats
    bias: float

    def scores(self, measures: Floats) -> Floats:
        """0 to 1 for each row."""
        likely: Floats = 1 / (1 + np.exp(-(measures @ self.weights + self.bias)))
        return likely


def fitted(measures: Floats, belong: NDArray[np.bool_], penalty: float = PENALTY) -> Weights:
    """The weights of measures (pairs, measures) that tell best who belongs together (pairs,)."""
    middle, spread = measures.mean(0), measures.std(0) + 1e-9
    rows = np.column_stack([(measures - middle) / spread, np.ones(len(measures))])
    ridge = np.append(np.full(measures.shape[1], penalty), 1e-9)
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (likely - belong) + ridge * weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    own = weights[:-1] / spread
    return Weights(own, float(weights[-1] - own @ middle))


def left_out(stories: Sequence[Measured], columns: Sequence[int], penalty: float = PENALTY) -> list[Floats]:
    """The scores of each two reports' pairs by weights learnt from all other stories."""
    found = []
    for one in stories:
        others = [other for other in stories if other.story != one.story]
        weights = fitted(
            np.concatenate([other.measures[:, columns] for other in others]),
            np.concatenate([other.belong for other in others]),
            penalty,
        )
        found.append(weights.scores(one.measures[:, columns]))
    return found


def scored(
    stories: Sequence[Measured], by: Sequence[Floats], paired: float, joined: float
) -> dict[str, Found]:
    """What comes of scores and thresholds, by what is scored."""
    totals: dict[str, Found] = {}
    for one, sure in zip(stories, by, strict=True):
        same = {(i, j) for i, j in one.pairs if one.left.normal[i] == one.right.normal[j]}
        table = {
            pair: 1.0 if pair in same else min(float(score), 0.999)
            for pair, score in zip(one.pairs, sure, strict=True)
        }
        pairs = chosen(table, len(one.left.sentences), len(one.right.sentences), paired, joined)
        kinds = one.places.pairs(
            (i, j, kind_of(one.left.normal[i].split(), one.right.normal[j].split())) for i, j, _ in pairs
        )
        for name, count in scores(one.labels, one.places, kinds).items():
            totals[name] = totals.get(name, Found()) + count
    return totals


def thresholds(stories: Sequence[Measured], by: Sequence[Floats]) -> tuple[float, float]:
    """The best two."""
    tried = [(float(paired), float(joined)) for paired, joined in product(_LEAST, _SURE) if paired <= joined]
    return max(tried, key=lambda both: scored(stories, by, *both)["pairs"].f1)


def measured_stories(texts: Path) -> list[Measured]:
    """All labelled reports to tune on."""
    recogniser = default_recogniser()
    stories = []
    for pair in pair_texts("dev", texts):
        left, right = (prepared(side) for side in with_names(pair, recogniser))
        measures, ones, others = pairs_measured(left, right)
        pairs = list(zip(ones.tolist(), others.tolist(), strict=True))
        places = Places.of(pair.labels, left.sentences, right.sentences)
        gold = {(label.left, label.right) for label in pair.labels.pairs}
        belong = np.array([(places.left.get(i), places.right.get(j)) in gold for i, j in pairs])
        stories.append(Measured(pair.labels, left, right, measures.astype(float), pairs, places, belong))
    return stories


def main() -> None:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", type=Path)
    stories = measured_stories(parser.parse_args().texts)
    columns = list(range(len(MEASURES)))
    by = left_out(stories, columns)
    paired, joined = thresholds(stories, by)
    for name, count in scored(stories, by, paired, joined).items():
        print(f"{name:12} precision {count.precision:.3f}  recall {count.recall:.3f}  F1 {count.f1:.3f}")
    weights = fitted(
        np.concatenate([one.measures for one in stories]), np.concatenate([one.belong for one in stories])
    )
    for name, weight in zip(MEASURES, weights.weights, strict=True):
        print(f'    "{name}": {weight:.3f},')
    print(f"BIAS = {weights.bias:.3f}\nPAIRED = {paired:.2f}\nJOINED = {joined:.2f}")


if __name__ == "__main__":
    main()
