"""What the measures of a pair of sentences weigh: a logistic regression."""

from __future__ import annotations

WEIGHTS = {
    "cosine": 4.0,
    "containment": 2.5,
    "ratio": 1.0,
    "token_sort": 1.0,
    "token_set": 1.5,
    "margin": 5.0,
    "pairs_of_words": 2.0,
    "figures_shared": 0.6,
    "figures_differ": -0.4,
    "names_shared": 0.4,
    "names_differ": -0.4,
    "length_ratio": 0.3,
    "shortest": 1.0,
    "run": 1.5,
}
"""By the names of `tui.stories.measures.MEASURES`."""

BIAS = -5.2
