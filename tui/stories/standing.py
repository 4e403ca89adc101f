"""Which article stands for a story: the most central and fullest, and no live blog or round-up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from tui.folding import fold
from tui.stories.features import Features
from tui.stories.vectors import term_weights
from tui.stories.words import words_of

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


def title_of_story(
    articles: Sequence[Features], titles: Sequence[str], printed: Sequence[int] | None = None
) -> int:
    """The index of the article whose title the story goes by.

    It is the one most like all others (by the mean cosine of title, lead and body) among those with a title, full
    reports before short ones, and live blogs, round-ups and opinion only where there is nothing else.

    Args:
        articles: One or more.
        titles: Of each, aligned.
        printed: By how many articles each text was printed, aligned: what fifty papers took from a wire is what the
            story tells. None where each stands for itself.
    """
    kept = sorted(range(len(articles)), key=lambda index: (-articles[index].words, index))[:_MOST_COMPARED]
    often = (
        np.ones(len(kept)) if printed is None else np.array([printed[index] for index in kept], np.float64)
    )
    central = _centrality([articles[index] for index in kept], often)

    def worth(place: int) -> tuple[bool, bool, float, int]:
        index = kept[place]
        full = 0.5 + 0.5 * min(articles[index].words, _FULL) / _FULL
        title = titles[index]
        return bool(title.strip()), not is_of_many_things(title), float(central[place]) * full, -index

    return kept[max(range(len(kept)), key=worth)]


def commonest_title(titles: Sequence[str], others: Sequence[str] = ()) -> int:
    """The index of the title that has most in common with the rest: papers give one text titles of their own, some with
    a local turn.

    Args:
        titles: One or more, to choose from.
        others: More titles of the same story.
    """
    words = [frozenset(word.text for word in words_of(title)) for title in (*titles, *others)]
    told = Counter(word for some in words for word in some)

    def common(index: int) -> tuple[bool, bool, float, int]:
        some = [told[word] - 1 for word in words[index]]
        shared = sum(some) / len(some) ** 0.5 if some else 0.0
        return bool(titles[index].strip()), not is_of_many_things(titles[index]), shared, -index

    return max(range(len(titles)), key=common)


def _centrality(articles: Sequence[Features], often: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The cosine of each article with the sum of all, each taken so often."""
    terms, columns = np.unique(np.concatenate([one.terms for one in articles]), return_inverse=True)
    if not len(terms):
        return np.zeros(len(articles))
    rows = np.repeat(np.arange(len(articles)), [len(one.terms) for one in articles])
    weights = np.concatenate([term_weights(one) for one in articles])
    lengths = np.maximum(np.sqrt(np.bincount(rows, weights**2, len(articles))), 1e-12)
    weights = weights / lengths[rows]
    sums = np.bincount(columns, weights * often[rows], len(terms))
    return np.bincount(rows, weights * sums[columns], len(articles)) / max(float(np.linalg.norm(sums)), 1e-12)
