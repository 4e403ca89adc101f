"""What articles quote, as the store keeps it: a packed row an article, and for each entity the articles quoting it.

Like mentions, quotes are raw: they name the mention that is their speaker, and who that is the corpus decides.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from tui.corpus.names import unpack_mentions
from tui.corpus.numbers import pack_numbers, unpack_numbers
from tui.corpus.postings import add_articles, remove_article
from tui.corpus.record import StoredQuote

QUOTE = 4
"""Numbers that a quote is stored as."""

_RECOUNTED = 2_000
"""Articles whose quotes are counted anew at once."""


def pack_quotes(quotes: Iterable[StoredQuote]) -> bytes:
    """Quotes as four numbers each: paragraph + 1, start, length · 2 + direct, place of the speaker + 1 or 0."""
    numbers = list[int]()
    for paragraph, start, end, direct, speaker in quotes:
        numbers += (
            paragraph + 1,
            start,
            end - start << 1 | direct,
            0 if speaker is None else speaker + 1,
        )
    return pack_numbers(numbers)


def unpack_quotes(packed: bytes) -> tuple[StoredQuote, ...]:
    """The quotes that `pack_quotes` packed."""
    values = iter(unpack_numbers(packed))
    return tuple(
        StoredQuote(paragraph - 1, start, start + (length >> 1), bool(length & 1), speaker - 1 if speaker else None)
        for paragraph, start, length, speaker in zip(values, values, values, values, strict=True)
    )  # fmt: skip


def quotes_of(connection: sqlite3.Connection, number: int) -> tuple[StoredQuote, ...] | None:
    """An article's quotes; None where nobody has looked for any."""
    row = connection.execute("SELECT spans FROM quotes WHERE number = ?", (number,)).fetchone()
    return unpack_quotes(row[0]) if row else None


class Quotations:
    """The quotes of a store that is being written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.forget()

    def forget(self) -> None:
        """Drop what wasn't written: the transaction was rolled back."""
        self._links: defaultdict[int, list[int]] = defaultdict(list)
        """Entity → articles that quote it, once for each quote, not written yet."""
        self._linked: set[int] = set()
        """Articles in `_links`."""

    def add(self, number: int, quotes: tuple[StoredQuote, ...] | None) -> None:
        """Take the quotes of an article that has mentions, but no quotes, in the store."""
        if quotes is None:
            return
        self._connection.execute("INSERT INTO quotes VALUES (?, ?)", (number, pack_quotes(quotes)))
        for entity in self._speakers(number, quotes):
            self._links[entity].append(number)
            self._linked.add(number)

    def remove(self, number: int) -> None:
        """Take an article's quotes out again; its mentions must still be there."""
        quotes = quotes_of(self._connection, number)
        if quotes is None:
            return
        if number in self._linked:
            self.write()
        for entity in sorted(set(self._speakers(number, quotes))):
            remove_article(self._connection, entity, number, "entity_quotes")
        self._connection.execute("DELETE FROM quotes WHERE number = ?", (number,))

    def write(self) -> None:
        """Write what this batch added."""
        add_articles(self._connection, self._links.items(), "entity_quotes")
        self.forget()

    def recount(self) -> None:
        """Work out anew which articles quote whom."""
        self.forget()
        self._connection.execute("DELETE FROM entity_quotes")
        last = 0
        while rows := self._connection.execute(
            "SELECT number, spans FROM quotes WHERE number > ? ORDER BY number LIMIT ?", (last, _RECOUNTED)
        ).fetchall():
            for last, packed in rows:
                for entity in self._speakers(last, unpack_quotes(packed)):
                    self._links[entity].append(last)
            self.write()

    def _speakers(self, number: int, quotes: tuple[StoredQuote, ...]) -> list[int]:
        """The entity of each quote that has a speaker."""
        places = [quote.speaker for quote in quotes if quote.speaker is not None]
        row = (
            self._connection.execute(
                "SELECT spans, entities FROM mentions WHERE number = ?", (number,)
            ).fetchone()
            if places
            else None
        )
        mentions = unpack_mentions(*row) if row else []
        return [mentions[place][-1] for place in places if place < len(mentions)]
