"""Figures: the numbers, amounts, shares, measures, days and times of day that an article says, by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.article import TITLE, Article, Figure

_NUMBER = re.compile(
    r"(?<![\w.,/+-])\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?(?![\w])|(?<![\w.,/+-])\d{1,15}(?:\.\d{1,6})?(?!\w)"
)


def find_figures(article: Article) -> tuple[Figure, ...]:
    """The figures of title and paragraphs in reading order, not overlapping.

    `value` of a number is its decimal string without separators: `14,000` is `14000`.
    """
    return tuple(
        figure for number in range(TITLE, len(article.paragraphs)) for figure in _figures(article, number)
    )


def _figures(article: Article, paragraph: int) -> Iterator[Figure]:
    for match in _NUMBER.finditer(article.text_of(paragraph)):
        yield Figure(
            paragraph, match.start(), match.end(), match.group(), "number", match.group().replace(",", "")
        )
