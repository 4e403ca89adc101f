"""The passage of an article that answers a query best, as a line or two of a list shows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tui.article import Article
from tui.index.marks import Marker
from tui.index.results import Hit

LONGEST_SNIPPET = 190
"""Characters, ellipses not counted."""
MOST_READ = 100_000
"""Characters of an article that are read for its snippet: 17,000 words."""
_MOST_WEIGHED = 300
"""Marks of an article that passages are weighed by."""
_SHORT_LEAD = 80
_BOUNDARY = 24
"""How far from where it would be cut a passage is cut between words; a longer word is cut itself."""
ELLIPSIS = "…"


def illustrate(
    hit: Hit, article: Article, marker: Marker, score: float | None, boilerplate: Collection[int] = ()
) -> Hit:
    """The hit with its score, its snippet, and what in snippet and title is marked.

    Of a long article a stretch of `MOST_READ` characters is read, the first that has anything to mark. What its source
    repeats is shown only where nothing else matches.
    """
    title = marker.text_spans(hit.title, "title", article.language)
    marked: list[list[tuple[int, int]]] = [[] for _ in article.paragraphs]
    for pieces in _stretches(article.paragraphs):
        spans_of = marker.spans_of_all([piece.text for piece in pieces], "body", article.language)
        for piece, spans in zip(pieces, spans_of, strict=True):
            marked[piece.paragraph] = [(start + piece.start, end + piece.start) for start, end in spans]
        if any(spans_of):
            break
    own = [[] if number in boilerplate else spans for number, spans in enumerate(marked)]
    passage = best_passage(article, own) or best_passage(article, marked)
    snippet, matches = _lead(article, boilerplate) or _lead(article, ()), list[tuple[int, int]]()
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


class _Piece(NamedTuple):
    paragraph: int
    start: int
    """Where in the paragraph it begins."""
    text: str


def _stretches(paragraphs: Sequence[str]) -> Iterator[list[_Piece]]:
    """The article in stretches of `MOST_READ` characters or a few more, long paragraphs cut between words."""
    pieces: list[_Piece] = []
    size = 0
    for number, paragraph in enumerate(paragraphs):
        start = 0
        while start < len(paragraph):
            end = start + MOST_READ - size
            if end < len(paragraph):
                space = paragraph.find(" ", end, end + MOST_READ)
                end = space if space >= 0 else min(end + MOST_READ, len(paragraph))
            piece = _Piece(number, start, paragraph[start:end])
            pieces.append(piece)
            size += len(piece.text)
            start = end
            if size >= MOST_READ:
                yield pieces
                pieces, size = [], 0
    if pieces:
        yield pieces


def best_passage(
    article: Article, marked: Sequence[list[tuple[int, int]]]
) -> tuple[int, list[tuple[int, int]]] | None:
    """The paragraph, and the spans in it that fit a snippet and are the most different words; None without any.

    Of passages that are as good, the first; all are weighed among the first `_MOST_WEIGHED` marks.

    Args:
        article: the article.
        marked: for each of its paragraphs, what the query matches.
    """
    best: tuple[int, list[tuple[int, int]]] | None = None
    best_worth = 0
    weighed = 0
    for number, (paragraph, spans) in enumerate(zip(article.paragraphs, marked, strict=True)):
        if not spans:
            continue
        spans = spans[: _MOST_WEIGHED - weighed]
        weighed += len(spans)
        starts = [start for start, _ in spans]
        folded = [paragraph[start:end].lower()[:5] for start, end in spans]
        last = 0
        for first, (start, _) in enumerate(spans):
            last = max(bisect_right(starts, start + LONGEST_SNIPPET - 40, last), first + 1)
            worth = 3 * len(set(folded[first:last])) + min(last - first, 5)
            if worth > best_worth:
                best, best_worth = (number, spans[first:last]), worth
        if weighed == _MOST_WEIGHED:
            break
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


def _lead(article: Article, boilerplate: Collection[int]) -> str:
    """How the article begins."""
    lead = ""
    for number, paragraph in enumerate(article.paragraphs):
        if number in boilerplate:
            continue
        lead = f"{lead} {paragraph}".strip()
        if len(lead) >= _SHORT_LEAD:
            break
    if len(lead) <= LONGEST_SNIPPET:
        return lead
    return lead[: _word_end(lead, LONGEST_SNIPPET, 0)].rstrip(" ,;:–-") + ELLIPSIS
