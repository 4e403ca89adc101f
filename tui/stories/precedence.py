"""Which of two paragraphs was likely written first, for all pairs of an article's paragraphs at once.

Logistic regressions over the clues (`tui.stories.clues`), one that finds the paragraph that comes first and, once that
is known, one for the rest. `tests/making/paragraph_order.py` learnt them; what ships is weights, most of them of words
and pairs of words ("his", "did not immediately"), from articles in English.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tui.stories.clues import AGAINST, ALONE, BETWEEN, Clues, Floats

_FILE = Path(__file__).parent / "data" / "paragraph_order.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What clues weigh: of the log-odds that the one of two paragraphs that has more of it comes earlier."""

    lead: Floats
    """By `ALONE`, then by `BETWEEN`."""
    lead_cues: dict[str, float]
    rest: Floats
    """By `ALONE`, `AGAINST`, then by `BETWEEN`."""
    rest_cues: dict[str, float]


class Precedence(NamedTuple):
    """Which paragraph comes before which."""

    first: Floats
    """Log-odds, but for a constant, that each is the one that comes first, shape (paragraphs,)."""
    scores: Floats
    """Of each, shape (paragraphs,): of the others, a higher one comes earlier, as far as each tells for itself."""
    pairs: Floats | None
    """Of the others: log-odds that the first of two comes earlier, shape (paragraphs, paragraphs), `pairs == -pairs.T`;
    None where there are too many paragraphs."""

    @property
    def lead(self) -> int:
        """The one that seems to come first."""
        return int(self.first.argmax())

    def of_all(self) -> Floats | None:
        """As `pairs`, but where the lead is one of the two, by what tells that it comes first."""
        if self.pairs is None:
            return None
        together = self.pairs.copy()
        above = self.first[self.lead] - self.first
        together[self.lead], together[:, self.lead] = above, -above
        return together


@cache
def shipped_weights() -> Weights:
    """Those that come with the program."""
    learnt = json.loads(_FILE.read_text(encoding="utf-8"))
    return Weights(
        np.array([learnt["lead"][name] for name in (*ALONE, *BETWEEN)], np.float32),
        learnt["lead_cues"],
        np.array([learnt["rest"][name] for name in (*ALONE, *AGAINST, *BETWEEN)], np.float32),
        learnt["rest_cues"],
    )


def precedence(clues: Clues, weights: Weights | None = None) -> Precedence:
    """Which of an article's paragraphs comes before which.

    Args:
        clues: Of one paragraph or more.
        weights: Those that ship where none are given.
    """
    weights = weights or shipped_weights()
    first = clues.alone @ weights.lead[: len(ALONE)] + _of_cues(clues, weights.lead_cues)
    first_pairs = _of_pairs(clues, weights.lead[len(ALONE) :])
    if first_pairs is not None:
        first = first + first_pairs.mean(1)
    columns = np.hstack([clues.alone, clues.against(int(first.argmax()))])
    scores = columns @ weights.rest[: columns.shape[1]] + _of_cues(clues, weights.rest_cues)
    pairs = _of_pairs(clues, weights.rest[columns.shape[1] :])
    if pairs is not None:
        pairs += scores[:, None] - scores[None]
    return Precedence(first, scores, pairs)


def _of_cues(clues: Clues, weights: dict[str, float]) -> Floats:
    return np.array([sum(weights.get(cue, 0.0) for cue in cues) for cues in clues.cues], np.float32)


def _of_pairs(clues: Clues, weights: Floats) -> Floats | None:
    if clues.between is None:
        return None
    earlier: Floats = np.tensordot(weights, clues.between, 1)
    return earlier - earlier.T
