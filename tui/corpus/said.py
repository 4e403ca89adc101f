"""What entities said: quotes by their speaker, read from the store."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tui.article import Article, Mention, Quote
from tui.corpus.names import unpack_mentions
from tui.corpus.postings import unpack_articles
from tui.corpus.quotations import quotes_of, unpack_quotes
from tui.corpus.store import Store, chunked
from tui.corpus.values import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tui.corpus.timeline import Days


def count_said(connection: sqlite3.Connection, members: Sequence[int]) -> int:
    """How many quotes there are of the entity that these are."""
    total = 0
    for marks, chunk in chunked(members):
        (count,) = connection.execute(
            f"SELECT coalesce(sum(1 + length(others) / 2), 0) FROM entity_quotes WHERE entity IN ({marks})",
            chunk,
        ).fetchone()
        total += int(count)
    return total


def said(
    connection: sqlite3.Connection, store: Store, members: Sequence[int], days: Days, limit: int, offset: int
) -> list[Said]:
    """What an entity said: newest article first, in each in reading order.

    Args:
        connection: A snapshot of the store.
        store: Whose.
        members: The raw numbers that are the entity.
        days: The days of all articles.
        limit: How many quotes at most.
        offset: How many to pass over.
    """
    import numpy as np

    rows = []
    for marks, chunk in chunked(members):
        rows += connection.execute(
            f"SELECT first, others FROM entity_quotes WHERE entity IN ({marks})", chunk
        ).fetchall()
    numbers, counts = np.unique(unpack_articles(rows), return_counts=True)
    newest = days.newest_first(numbers)
    ends = np.cumsum(counts[newest])
    first, last = np.searchsorted(ends, (offset, offset + limit), side="right").tolist()
    wanted = newest[first : last + 1]
    passed = offset - int(ends[first - 1]) if first else offset
    told = _quotes(connection, store, numbers[wanted], frozenset(members))
    return told[passed : passed + limit]


def quotes_in(
    store: Store, number: int, article: Article, mentions: tuple[Mention, ...]
) -> tuple[Quote, ...]:
    """The quotes of an article, in reading order; found now where nobody has looked for any.

    Args:
        store: Whose.
        number: The article's.
        article: What it says.
        mentions: Whom it names, as the corpus decided: the speakers are of these.
    """
    with store.snapshot() as connection:
        stored = quotes_of(connection, number)
        row = connection.execute(
            "SELECT spans, entities FROM mentions WHERE number = ?", (number,)
        ).fetchone()
    if stored is None:
        from tui.entities.quotes import find_quotes

        return find_quotes(article, mentions)
    raw = unpack_mentions(*row) if row else []
    decided = {(mention.paragraph, mention.start, mention.end): mention for mention in mentions}
    return tuple(
        Quote(
            quote.paragraph,
            quote.start,
            quote.end,
            quote.direct,
            None
            if quote.speaker is None or quote.speaker >= len(raw)
            else decided.get(raw[quote.speaker][:3]),
        )
        for quote in stored
        if quote.paragraph < len(article.paragraphs) and quote.end <= len(article.text_of(quote.paragraph))
    )


def _quotes(
    connection: sqlite3.Connection, store: Store, numbers: NDArray[np.int64], members: frozenset[int]
) -> list[Said]:
    """What the entity says in these articles, in the order given."""
    wanted = numbers.tolist()
    pages = store.pages(connection, wanted)
    stored: dict[int, tuple[bytes, bytes, bytes]] = {}
    for marks, chunk in chunked(wanted):
        rows = connection.execute(
            "SELECT number, quotes.spans, mentions.spans, entities FROM quotes JOIN mentions USING (number)"
            f" WHERE number IN ({marks})",
            chunk,
        ).fetchall()
        stored.update((number, (quotes, spans, entities)) for number, quotes, spans, entities in rows)
    told = []
    for number in wanted:
        if number not in pages or number not in stored:
            continue
        id, article = pages[number]
        quotes, spans, entities = stored[number]
        mentions = unpack_mentions(spans, entities)
        for quote in unpack_quotes(quotes):
            if (
                quote.speaker is None
                or quote.speaker >= len(mentions)
                or mentions[quote.speaker][-1] not in members
            ):
                continue
            text = article.text_of(quote.paragraph)[quote.start : quote.end]
            told.append(
                Said(id, article.title, article.date, article.source,
                     quote.paragraph, quote.start, quote.end, text, quote.direct)
            )  # fmt: skip
    return told
