"""What entities said: quotes by their speaker, read from the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace

from tui.article import Article, Mention, MentionType, Quote
from tui.corpus.names import unpack_mentions
from tui.corpus.quotations import quotes_of, unpack_quotes
from tui.corpus.record import StoredQuote
from tui.corpus.store import Store, chunked
from tui.corpus.subject import Subject, articles_of
from tui.corpus.values import Said

Spoken = list[tuple[int, StoredQuote]]
"""Quotes with their articles' numbers."""

Whose = Callable[[int, tuple[int, int, int, MentionType, int]], bool]
"""Whether a mention of an article (as `unpack_mentions` gives it) is of the entity."""


def count_said(subject: Subject, spoken: Spoken | None) -> int:
    """How many quotes there are of an entity; `spoken` as for `said`."""
    if spoken is not None:
        return len(spoken)
    return len(articles_of(subject.connection, subject.keys, "entity_quotes"))


def spoken_by_place(subject: Subject) -> Spoken:
    """All quotes of an entity whose places are known, in the order of `said`."""
    assert subject.apart is not None
    places = {(number, paragraph, start) for number, paragraph, start, *_ in subject.apart.tolist()}
    numbers: list[int] = subject.newest_articles().tolist()
    return _spoken(
        subject.connection, numbers, lambda number, mention: (number, mention[0], mention[1]) in places
    )


def said(subject: Subject, store: Store, limit: int, offset: int, spoken: Spoken | None) -> list[Said]:
    """What an entity said: newest article first, in each in reading order.

    Args:
        subject: The entity.
        store: Whose.
        limit: How many quotes at most.
        offset: How many to pass over.
        spoken: All its quotes, where keys alone don't tell which they are.
    """
    import numpy as np

    connection = subject.connection
    if spoken is not None:
        return _told(connection, store, spoken[offset : offset + limit])
    numbers, counts = np.unique(articles_of(connection, subject.keys, "entity_quotes"), return_counts=True)
    newest = subject.days.newest_first(numbers)
    ends = np.cumsum(counts[newest])
    first, last = np.searchsorted(ends, (offset, offset + limit), side="right").tolist()
    passed = offset - int(ends[first - 1]) if first else offset
    own = subject.own
    found = _spoken(
        connection, numbers[newest[first : last + 1]].tolist(), lambda _, mention: bool(own[mention[-1]])
    )
    return _told(connection, store, found[passed : passed + limit])


def quotes_in(
    store: Store,
    number: int,
    article: Article,
    mentions: tuple[Mention, ...],
    seen: frozenset[Mention],
) -> tuple[Quote, ...]:
    """The quotes of an article, in reading order; found now where nobody has looked for any.

    Args:
        store: Whose.
        number: The article's.
        article: What it says.
        mentions: Whom it names, as the corpus decided: the speakers are of these.
        seen: Those of them that may be shown; what others say is nobody's.
    """
    with store.snapshot() as connection:
        stored = quotes_of(connection, number)
        row = connection.execute(
            "SELECT spans, entities FROM mentions WHERE number = ?", (number,)
        ).fetchone()
    if stored is None:
        from tui.entities.quotes import find_quotes

        # Of all mentions: what a hidden speaker says is not the next one's.
        return tuple(
            quote if quote.speaker in seen else replace(quote, speaker=None)
            for quote in find_quotes(article, mentions)
        )
    raw = unpack_mentions(*row) if row else []
    decided = {(mention.paragraph, mention.start, mention.end): mention for mention in seen}
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


def _spoken(connection: sqlite3.Connection, numbers: Sequence[int], whose: Whose) -> Spoken:
    """The quotes of these articles whose speaker is the entity, in the order given and in reading order."""
    found = []
    for marks, chunk in chunked(numbers):
        rows = connection.execute(
            "SELECT number, quotes.spans, mentions.spans, entities FROM quotes JOIN mentions USING (number)"
            f" WHERE number IN ({marks})",
            chunk,
        ).fetchall()
        stored = {number: packed for number, *packed in rows}
        for number in chunk:
            if number not in stored:
                continue
            quotes, spans, entities = stored[number]
            mentions = unpack_mentions(spans, entities)
            found += [
                (number, quote)
                for quote in unpack_quotes(quotes)
                if quote.speaker is not None
                and quote.speaker < len(mentions)
                and whose(number, mentions[quote.speaker])
            ]
    return found


def _told(connection: sqlite3.Connection, store: Store, spoken: Spoken) -> list[Said]:
    pages = store.pages(connection, sorted({number for number, _ in spoken}))
    told = []
    for number, quote in spoken:
        if number in pages:
            id, article = pages[number]
            text = article.text_of(quote.paragraph)[quote.start : quote.end]
            told.append(
                Said(id, article.title, article.date, article.source,
                     quote.paragraph, quote.start, quote.end, text, quote.direct)
            )  # fmt: skip
    return told
