"""In which order an article's paragraphs were likely written, where a site has shuffled them.

Three orders are weighed: as published, as a reprint has them, and one worked out from the text alone. What the text
says of any order (`tui.stories.precedence`) tells whether it is one that somebody wrote: of a shuffled article nearly
every order gains as much as any other, the written one gains far more. That several reprints agree is no sign: a
program that shuffles does it the same way twice.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.article import Article, ArticleId, Mention
from tui.stories.clues import MOST_BETWEEN, Clues, clues_of
from tui.stories.placing import placed
from tui.stories.precedence import Precedence, precedence
from tui.stories.sequence import best_sequence, gained, kendall_tau
from tui.stories.shared_paragraphs import order_in, runs_of
from tui.stories.values import Order, Side

ORDER_VERSION = 1
"""Of the weights and of how orders are weighed; an order of another version is to be made anew."""

CONFIDENT = 0.6
"""An `Order.confidence` from which on an order may be shown as one to read in; below it is a guess."""

MOST_REPRINTS = 4
"""Reprints that are looked at, as they are given."""

_PUBLISHED_EVIDENCE = (1.1, 0.8, -0.8)
_REPRINTED_EVIDENCE = (0.8, 0.7, -0.3)
"""What tells that somebody wrote an order: what weighs by how much likelier than by chance its first paragraph comes
first, what the gain of the others in standard deviations of the gains that chance makes, and what is added. Reprints
are often cut, and without the lead."""
_AMONG_KNOWN = 0.5
"""The tau to be expected of pairs of which a reprint has one or none, where it is followed rightly."""
_AGREES = 0.9
"""The tau from which on an order as published and a reprint's are the same one."""
_BY_TEXT = 0.8
"""What of the agreement that the text's own order promises comes true."""


class _Source(NamedTuple):
    """Rows in the order that an article has them, and how likely it is that somebody wrote them so."""

    rows: list[int]
    written: float
    id: ArticleId | None


def likely_order(
    article: Article,
    mentions: Sequence[Mention] = (),
    boilerplate: Collection[int] = (),
    reprints: Sequence[Side] = (),
) -> Order:
    """In which order an article's paragraphs were likely written.

    Args:
        article: Whose.
        mentions: What is named there; names are found by their capitals where there are none.
        boilerplate: Paragraphs that come last, as they stand.
        reprints: Articles with mostly the same text, those first that are most worth looking at.

    Returns:
        The order, and as its confidence the Kendall's tau that is to be expected of it. Where the published order
        seems to be the written one, that; where the text is known not to be in English, that rather than a guess.
    """
    rows = [index for index in range(len(article.paragraphs)) if index not in boilerplate]
    last = [index for index in range(len(article.paragraphs)) if index in boilerplate]
    if len(rows) < 2:
        return Order((*rows, *last), 1.0, None)
    clues = clues_of(article, rows, mentions)
    order, confidence, reprint = _weighed(article, rows, clues, reprints)
    return Order((*(rows[row] for row in order), *last), confidence, reprint)


def _weighed(
    article: Article, rows: Sequence[int], clues: Clues, reprints: Sequence[Side]
) -> tuple[list[int], float, ArticleId | None]:
    """The order of rows that promises most, what it promises, and the reprint that it is from."""
    said = precedence(clues)
    published = list(range(len(rows)))
    as_published = _written(said, published, _PUBLISHED_EVIDENCE)
    understood = article.language in (None, "en")
    by_text, promised = _by_text(said) if understood else (published, 0.0)
    sources = _sources(article, rows, said, reprints)
    best = max(sources, key=lambda source: _promise([source], len(rows)), default=None)
    rivalled = best is not None and best.written > as_published and kendall_tau(best.rows) < _AGREES
    if as_published >= max(CONFIDENT, promised) and not rivalled:
        return published, as_published, None
    if best is not None and best.written > (promised if understood else CONFIDENT):
        followed = [best, *(one for one in sources if one is not best and one.written > best.written / 2)]
        return _as_reprinted(said, clues, followed), _promise(followed, len(rows)), best.id
    return by_text, promised, None


def _sources(
    article: Article, rows: Sequence[int], said: Precedence, reprints: Sequence[Side]
) -> list[_Source]:
    """The orders in which reprints have our rows."""
    if not reprints:
        return []
    ours = [runs_of(article.paragraphs[index]) for index in rows]
    sources = []
    for side in reprints[:MOST_REPRINTS]:
        theirs = [text for index, text in enumerate(side.article.paragraphs) if index not in side.boilerplate]
        found = order_in(ours, theirs)
        if len(found) < 2:
            continue
        if len(found) < len(theirs):
            whole = precedence(clues_of(Article(side.article.title, tuple(theirs)), range(len(theirs))))
            written = _written(whole, range(len(theirs)), _REPRINTED_EVIDENCE)
        else:
            written = _written(said, found, _REPRINTED_EVIDENCE)
        sources.append(_Source(found, written, side.id))
    return sources


def _promise(followed: Sequence[_Source], count: int) -> float:
    """The tau to be expected where sources are followed, the first of them above all."""
    if count > MOST_BETWEEN:
        known = len(followed[0].rows) * (len(followed[0].rows) - 1) / (count * (count - 1))
    else:
        told = np.zeros((count, count), bool)
        for source in followed:
            told[np.ix_(source.rows, source.rows)] = True
        np.fill_diagonal(told, False)
        known = np.count_nonzero(told) / (count * (count - 1))
    return followed[0].written * (known + _AMONG_KNOWN * (1 - known))


def _written(said: Precedence, order: Sequence[int], weights: tuple[float, float, float]) -> float:
    """How likely it is that somebody wrote rows in this order, where half of all articles are shuffled."""
    first = said.first[list(order)].astype(np.float64)
    first -= first.max()
    likelier = first[0] - math.log(float(np.exp(first).sum())) + math.log(len(order))
    by_first, by_rest, always = weights
    evidence = always + by_first * likelier + by_rest * _deviation(said, order[1:])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, evidence))))


def _deviation(said: Precedence, order: Sequence[int]) -> float:
    """What an order of rows gains, in standard deviations of what all orders of them gain; those gain 0 on average."""
    if said.pairs is None:
        scores = said.scores[list(order)].astype(np.float64)
        count, total = len(scores), float(scores.sum())
        gain = float(scores @ (count - 1 - 2 * np.arange(count)))
        squares = count * float(scores @ scores) - total**2 + float(((count * scores - total) ** 2).sum())
    else:
        pairs = said.pairs[np.ix_(order, order)].astype(np.float64)
        gain = gained(said.pairs, order)
        squares = float((pairs**2).sum()) / 2 + float((pairs.sum(1) ** 2).sum())
    # Two pairs that share an item agree in a third more of all orders than they disagree, others as often.
    return gain / math.sqrt(squares / 3) if squares > 1e-9 else 0.0


def _by_text(said: Precedence) -> tuple[list[int], float]:
    """The order that the text itself suggests, and the tau to be expected of it."""
    pairs = said.of_all()
    if pairs is None:
        rest = np.argsort(-said.scores, kind="stable").tolist()
        rest.remove(said.lead)
        return [said.lead, *rest], 0.0
    order = best_sequence(pairs)
    sure = gained(np.tanh(pairs / 2), order) * 2 / (len(order) * (len(order) - 1))
    return order, max(0.0, _BY_TEXT * sure)


def _as_reprinted(said: Precedence, clues: Clues, followed: Sequence[_Source]) -> list[int]:
    """The rows as the first reprint has them; the others as more reprints do, else by what the text says."""
    known = list(followed[0].rows)
    others = sorted(set(range(len(said.first))) - set(known), key=lambda row: -said.scores[row])
    pairs = said.of_all()
    if pairs is None:
        return placed(known, others, said.scores[known][None] - said.scores[others][:, None], None)
    for source in followed[1:]:
        pairs += _votes(source.rows, len(pairs), math.log((1 + source.written) / (1 - source.written)))
    others = [others[index] for index in best_sequence(pairs[np.ix_(others, others)])]
    unit = clues.weighed / np.maximum(np.linalg.norm(clues.weighed, axis=1, keepdims=True), 1e-6)
    return placed(known, others, pairs[np.ix_(known, others)].T, unit[others] @ unit[known].T)


def _votes(order: Sequence[int], count: int, weight: float) -> NDArray[np.float32]:
    """Log-odds that are the same for all pairs of an order of some rows."""
    votes = np.zeros((count, count), np.float32)
    places = np.arange(len(order))
    votes[np.ix_(order, order)] = weight * np.sign(places[None] - places[:, None])
    return votes
