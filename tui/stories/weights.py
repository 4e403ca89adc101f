"""What the measures of a pair of sentences weigh, and from which score on two are a pair: learnt, not chosen.

A logistic regression on pairs of reports whose sentences people put together; `python -m
tests.making.alignment_weights` makes these numbers.
"""

from __future__ import annotations

WEIGHTS = {
    "cosine": 8.900,
    "cosine_squared": -10.767,
    "margin": 3.650,
    "containment": 1.496,
    "shared": 6.019,
    "length_ratio": 1.698,
    "shortest": -2.735,
    "pairs_of_words": 2.339,
    "figures_shared": 1.289,
}
"""By the names of `tui.stories.measures.MEASURES`."""

BIAS = -7.222

PAIRED = 0.2
"""Score from which on two sentences may be a pair, if neither has a better one."""
JOINED = 0.4
"""Score from which on a sentence that has a pair has another."""
LINKED = 0.3
"""Score from which on sentences of many articles are linked."""
