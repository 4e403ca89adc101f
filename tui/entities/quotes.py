"""Quotes: who said what in an article, from the patterns of reporting verbs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.article import Article, Mention, Quote

_AFTER = re.compile(r"\s+(?:said|says|told reporters|added)\s+(?:that\s+)?([^.\n]{3,600})")


def find_quotes(article: Article, mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """What the article reports somebody to have said, in reading order, not overlapping.

    Args:
        article: the article.
        mentions: what it names, in reading order; speakers are among them.
    """
    quotes: list[Quote] = []
    for mention in mentions:
        if mention.type == "misc":
            continue
        match = _AFTER.match(article.text_of(mention.paragraph), mention.end)
        if match is None:
            continue
        if quotes and quotes[-1].paragraph == mention.paragraph and quotes[-1].end > match.start(1):
            continue
        quotes.append(Quote(mention.paragraph, match.start(1), match.end(1), False, mention))
    return tuple(quotes)
