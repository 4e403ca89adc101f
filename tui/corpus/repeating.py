"""The paragraphs that sources repeat, kept in step with the articles.

A source is looked at again when a twentieth of it is new or was read anew, so that what each article costs does not
grow with the corpus; of a source with very many articles the latest are looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.corpus.derived import Derived
from tui.corpus.due import DERIVING, done
from tui.corpus.store import chunked
from tui.stories.boilerplate import FEW_ARTICLES, paragraph_keys
from tui.stories.publishers import boilerplate_of_sources, registered_domain

_GROWTH = 20
"""A source is looked at again when a part of this size of its articles is new."""
_LATEST = 4_000
"""Articles of a source that are looked at, the latest; of many sources fewer."""
_AT_LEAST = 200
_AT_ONCE = 150_000
"""Articles that are looked at in all: some 100 MB."""
_ALL = -1
_APART = 1 << 40
"""Articles that are in no story yet count for themselves: they have numbers from here on."""


class Source(NamedTuple):
    """A source to be looked at."""

    number: int
    name: str
    articles: int


def keep_keys(connection: sqlite3.Connection, derived: Derived, numbers: Sequence[int]) -> None:
    """Write down the keys of the paragraphs of these articles. To be called within a transaction."""
    bodies = derived.bodies(numbers)
    connection.executemany(
        "INSERT OR REPLACE INTO paragraph_keys VALUES (?, ?)",
        ((number, paragraph_keys(body).tobytes()) for number, body in sorted(bodies.items())),
    )
    done(connection, numbers, DERIVING)


def sources_to_look_at(connection: sqlite3.Connection) -> list[Source]:
    """Sources that have grown since they were looked at, or changed, and those that are judged together with them."""
    rows = connection.execute(
        "SELECT source, name, n, coalesce(boilerplate.articles, 0), coalesce(new, 0) FROM"
        " (SELECT source, count(*) AS n FROM articles WHERE source IS NOT NULL GROUP BY source)"
        " JOIN sources USING (source) LEFT JOIN boilerplate USING (source) LEFT JOIN"
        " (SELECT source, count(*) AS new FROM grouping_due JOIN articles USING (number) WHERE step = ?"
        " GROUP BY source) USING (source) ORDER BY source",
        (DERIVING,),
    ).fetchall()
    # What was read anew counts as what is new: a site may have got other paragraphs under its old articles.
    grown = {source for source, _, now, before, new in rows if max(abs(now - before), new) * _GROWTH > before}
    if not grown:
        return []
    domains = {registered_domain(name) for source, name, *_ in rows if source in grown}
    return [
        Source(source, name, now)
        for source, name, now, *_ in rows
        if source in grown or now < FEW_ARTICLES or registered_domain(name) in domains
    ]


def look_at(
    connection: sqlite3.Connection, sources: Sequence[Source], stories: NDArray[np.uint32]
) -> list[int]:
    """Find the boilerplate of these sources anew. To be called within a transaction.

    Args:
        connection: to the store.
        sources: as `sources_to_look_at` gives them.
        stories: the story of each article, by number; 0 for none.

    Returns:
        Numbers of articles that have other boilerplate than before, ascending.
    """
    latest = min(_LATEST, max(_AT_LEAST, _AT_ONCE // max(len(sources), 1)))
    paragraphs = [_paragraphs(connection, source.number, stories, latest) for source in sources]
    counts = [len(keys) for keys, _, _, _ in paragraphs]
    found = boilerplate_of_sources(
        [source.name for source in sources],
        np.concatenate([keys for keys, _, _, _ in paragraphs]),
        np.concatenate([articles for _, articles, _, _ in paragraphs]),
        np.concatenate([days for _, _, days, _ in paragraphs]),
        np.repeat(np.arange(len(sources)), counts),
        np.concatenate([groups for _, _, _, groups in paragraphs]),
    )
    none = np.zeros(0, np.uint32)
    changed: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for place, source in enumerate(sources):
        now = found.get(place, none).astype(np.uint32)
        row = connection.execute("SELECT keys FROM boilerplate WHERE source = ?", (source.number,)).fetchone()
        before = np.frombuffer(row[0] if row else b"", np.uint32)
        connection.execute(
            "INSERT OR REPLACE INTO boilerplate VALUES (?, ?, ?)",
            (source.number, now.tobytes(), source.articles),
        )
        other = np.setxor1d(now, before)
        if len(other):
            keys, articles, _, _ = _paragraphs(connection, source.number, stories, _ALL)
            changed.append(np.unique(articles[np.isin(keys, other)]))
    return [int(number) for number in np.unique(np.concatenate(changed))]


def derive_again(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Note that these articles have other text of their own than before."""
    for _, chunk in chunked(numbers):
        connection.executemany(
            "INSERT INTO grouping_due VALUES (?, ?) ON CONFLICT DO UPDATE SET step = min(step, excluded.step)",
            ((number, DERIVING) for number in chunk),
        )


_Paragraphs = tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]


def _paragraphs(
    connection: sqlite3.Connection, source: int, stories: NDArray[np.uint32], latest: int
) -> _Paragraphs:
    """Key, article, day and story of each paragraph of so many of a source's latest articles."""
    rows = connection.execute(
        "SELECT number, day, keys FROM articles JOIN paragraph_keys USING (number) WHERE source = ?"
        " ORDER BY day DESC, number DESC LIMIT ?",
        (source, latest),
    ).fetchall()
    keys = np.frombuffer(b"".join(packed for _, _, packed in rows), np.uint32)
    counts = np.fromiter((len(packed) // 4 for _, _, packed in rows), np.int64, len(rows))
    numbers = np.fromiter((number for number, _, _ in rows), np.int64, len(rows))
    days = np.fromiter((day for _, day, _ in rows), np.int32, len(rows))
    known = np.zeros(len(numbers), np.int64)
    there = numbers < len(stories)
    known[there] = stories[numbers[there]]
    groups = np.where(known > 0, known, numbers + _APART)
    return keys, np.repeat(numbers, counts), np.repeat(days, counts), np.repeat(groups, counts)
