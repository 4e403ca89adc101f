"""What the measures of a pair of sentences weigh, and from which score on two are a pair: learnt, not chosen.

A logistic regression on pairs of reports whose sentences people put together; `python -m
tests.making.alignment_weights` makes these numbers.
"""

from __future__ import annotations

WEIGHTS = {
    "cosine": 9.130,
    "cosine_squared": -10.507,
    "margin": 3.641,
    "containment": -0.206,
    "shared": 5.866,
    "token_set": 3.199,
    "pairs_of_words": 1.855,
    "figures_shared": 1.168,
    "names_shared": -0.122,
    "length_ratio": 1.359,
    "shortest": -2.549,
}
"""By the names of `tui.stories.measures.MEASURES`."""

BIAS = -8.307

PAIRED = 0.2
"""Score from which on two sentences may be a pair, if neither has a better one."""
JOINED = 0.4
"""Score from which on a sentence that has a pair has another."""
LINKED = 0.3
"""Score from which on sentences of many articles are linked."""
