"""Which article stands for a story: the most central and fullest, and no live blog or round-up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from tui.folding import fold
from tui.stories.features import Features
from tui.stories.vectors import term_weights

_FULL: Final = 400
"""Words from which a report counts as full."""
_MOST_COMPARED: Final = 300
"""Articles that are compared; of more, the fullest."""

_MANY_THINGS = re.compile(
    r"\b(?:live(?:blog|-?ticker| ?updates?| ?blog)|as it happened|latest updates?|minute by minute|en directo|en vivo"
    r"|en direct|liveticker|ao vivo|in diretta|онлайн|прямая трансляция"
    r"|round-?up|news ?letter|briefing|(?:morning|evening|daily|weekly|weekend) (?:mix|read|news|digest|report)"
    r"|week in (?:review|pictures)|presseschau|revue de presse)\b|^live\s*[:|–—-]|实时更新|文字直播"
)
_KINDS = (
    "opinion|opiniao|analysis|editorial|comment|kommentar|letters?|video|watch|photos|pictures|podcast|quiz"
)
_LABELLED = re.compile(rf"^(?:{_KINDS})\s*[:|–—]|[:|–—-]\s*(?:{_KINDS}|live)$")
"""`Opinion: …`, `… | Video`: told by a label, for the words themselves stand in news as well."""


def is_of_many_things(title: str) -> bool:
    """Whether a title is that of a live blog, a round-up, pictures or opinion, which tells no story by itself."""
    folded = fold(title)
    return _MANY_THINGS.search(folded) is not None or _LABELLED.search(folded) is not None


def title_of_story(articles: Sequence[Features], titles: Sequence[str]) -> int:
    """The index of the article whose title the story goes by.

    It is the one most like all others (by the mean cosine of title, lead and body) among those with a title, full
    reports before short ones, and live blogs, round-ups and opinion only where there is nothing else.

    Args:
        articles: One or more.
        titles: Of each, aligned.
    """
    kept = sorted(range(len(articles)), key=lambda index: (-articles[index].words, index))[:_MOST_COMPARED]
    central = _centrality([articles[index] for index in kept])

    def worth(place: int) -> tuple[bool, bool, float, int]:
        index = kept[place]
        full = 0.5 + 0.5 * min(articles[index].words, _FULL) / _FULL
        title = titles[index]
        return bool(title.strip()), not is_of_many_things(title), float(central[place]) * full, -index

    return kept[max(range(len(kept)), key=worth)]


def _centrality(articles: Sequence[Features]) -> npt.NDArray[np.float64]:
    """The cosine of each article with the sum of all."""
    terms, columns = np.unique(np.concatenate([one.terms for one in articles]), return_inverse=True)
    if not len(terms):
        return np.zeros(len(articles))
    rows = np.repeat(np.arange(len(articles)), [len(one.terms) for one in articles])
    weights = np.concatenate([term_weights(one) for one in articles])
    lengths = np.maximum(np.sqrt(np.bincount(rows, weights**2, len(articles))), 1e-12)
    weights = weights / lengths[rows]
    sums = np.bincount(columns, weights, len(terms))
    return np.bincount(rows, weights * sums[columns], len(articles)) / max(float(np.linalg.norm(sums)), 1e-12)
