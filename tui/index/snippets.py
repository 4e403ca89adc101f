"""The passage of an article that answers a query best, as a line or two of a list shows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tui.article import Article
from tui.index.marks import Marker
from tui.index.results import Hit

LONGEST_SNIPPET = 190
"""Characters, ellipses not counted."""
_SHORT_LEAD = 80
_BOUNDARY = 24
"""How far from where it would be cut a passage is cut between words; a longer word is cut itself."""
ELLIPSIS = "…"


def illustrate(hit: Hit, article: Article, marker: Marker, score: float | None) -> Hit:
    """The hit with its score, its snippet, and what in snippet and title is marked."""
    title = marker.text_spans(hit.title, "title", article.language)
    marked = [marker.text_spans(paragraph, "body", article.language) for paragraph in article.paragraphs]
    passage = best_passage(article, marked)
    snippet, matches = _lead(article), list[tuple[int, int]]()
    if passage is not None:
        paragraph, spans = passage
        snippet, matches = cut(article.paragraphs[paragraph], spans)
    return replace(
        hit,
        score=score,
        snippet=snippet,
        matches=tuple(matches),
        title_matches=tuple(title),
        found=len(title) + sum(map(len, marked)),
    )


def best_passage(
    article: Article, marked: Sequence[list[tuple[int, int]]]
) -> tuple[int, list[tuple[int, int]]] | None:
    """The paragraph, and the spans in it that fit a snippet and are the most different words; None without any.

    Of passages that are as good, the first.

    Args:
        article: the article.
        marked: for each of its paragraphs, what the query matches.
    """
    best: tuple[int, list[tuple[int, int]]] | None = None
    best_worth = 0
    for number, (paragraph, spans) in enumerate(zip(article.paragraphs, marked, strict=True)):
        if not spans:
            continue
        starts = [start for start, _ in spans]
        folded = [paragraph[start:end].lower()[:5] for start, end in spans]
        for first, (start, _) in enumerate(spans):
            last = max(bisect_right(starts, start + LONGEST_SNIPPET - 40), first + 1)
            worth = 3 * len(set(folded[first:last])) + min(last - first, 5)
            if worth > best_worth:
                best, best_worth = (number, spans[first:last]), worth
    return best


def cut(text: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """A passage of the text around the spans, and where in it they are."""
    if len(text) <= LONGEST_SNIPPET:
        return text, spans
    first, last = spans[0][0], min(spans[-1][1], spans[0][0] + LONGEST_SNIPPET)
    spare = LONGEST_SNIPPET - (last - first)
    start = max(0, min(first - spare // 3, len(text) - LONGEST_SNIPPET))
    if start:
        start = _word_start(text, start, first)
    end = _word_end(text, min(len(text), start + LONGEST_SNIPPET), last)
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    kept = [(low + shift, min(high, end) + shift) for low, high in spans if low < end]
    return f"{before}{text[start:end]}{after}", kept


def _word_start(text: str, start: int, latest: int) -> int:
    """The first beginning of a word from there on, where one is near."""
    space = text.find(" ", start - 1, min(start + _BOUNDARY, latest))
    return start if space < 0 else space + 1


def _word_end(text: str, end: int, earliest: int) -> int:
    """The last end of a word up to there, where one is near."""
    if end >= len(text) or text[end] == " ":
        return end
    space = text.rfind(" ", max(earliest, end - _BOUNDARY), end)
    return end if space < 0 else space


def _lead(article: Article) -> str:
    """How the article begins."""
    lead = ""
    for paragraph in article.paragraphs:
        lead = f"{lead} {paragraph}".strip()
        if len(lead) >= _SHORT_LEAD:
            break
    if len(lead) <= LONGEST_SNIPPET:
        return lead
    return lead[: _word_end(lead, LONGEST_SNIPPET, 0)].rstrip(" ,;:–-") + ELLIPSIS
