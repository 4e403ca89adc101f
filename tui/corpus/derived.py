"""What is derived from articles for stories, read and written by number: keys, boilerplate, signatures, features.

Whoever writes holds the transaction. An article that has gone, or was not come to yet, is left out of every answer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.article import Article, Mention
from tui.corpus.names import unpack_mentions
from tui.corpus.packing import Packing
from tui.corpus.record import ARTICLE, article_of
from tui.corpus.store import chunked
from tui.stories.boilerplate import boilerplate_in
from tui.stories.features import FeatureMaker, Features, unpacked

ROWS = 128
"""Numbers in a signature."""


class Text(NamedTuple):
    """An article as stories are made of it."""

    article: Article
    mentions: tuple[Mention, ...]
    """As they were recognised: what the corpus decides of them later must not make other stories."""
    boilerplate: frozenset[int]
    """Paragraphs that take no part."""

    @property
    def own(self) -> str:
        """The paragraphs that are not boilerplate, a line each."""
        return own_text(self.article, self.boilerplate)


def own_text(article: Article, boilerplate: Collection[int]) -> str:
    """The paragraphs that are not boilerplate, a line each."""
    return "\n".join(text for index, text in enumerate(article.paragraphs) if index not in boilerplate)


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """Signatures of some articles, aligned."""

    numbers: NDArray[np.int64]
    """Ascending."""
    days: NDArray[np.int32]
    """Proleptic ordinals; 0 without a date."""
    sizes: NDArray[np.int32]
    signatures: NDArray[np.uint16]
    """Shape (articles, 128); zeros where there is too little text."""

    def places(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where these numbers stand, all of which must be there."""
        return np.searchsorted(self.numbers, numbers)


class Derived:
    """The derived rows of a store."""

    def __init__(self, connection: sqlite3.Connection, packing: Packing) -> None:
        self._connection = connection
        self._packing = packing
        self._maker: FeatureMaker | None = None
        self._repeated: dict[int, NDArray[np.uint32]] = {}

    # Paragraphs

    def bodies(self, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The paragraphs of each article."""
        found: dict[int, tuple[str, ...]] = {}
        for marks, chunk in chunked(numbers):
            rows = self._connection.execute(
                f"SELECT number, text FROM bodies WHERE number IN ({marks})", chunk
            )
            for number, body in rows:
                text = self._packing.unpack(body)
                found[number] = tuple(text.split("\n")) if text else ()
        return found

    def texts(self, numbers: Sequence[int]) -> dict[int, Text]:
        """Each article with its names and without its boilerplate."""
        found: dict[int, Text] = {}
        for marks, chunk in chunked(numbers):
            rows = self._connection.execute(
                f"SELECT number, source, keys, spans, entities, {ARTICLE} FROM articles"
                " LEFT JOIN sources USING (source) JOIN bodies USING (number)"
                " LEFT JOIN mentions USING (number) LEFT JOIN paragraph_keys USING (number)"
                f" WHERE number IN ({marks})",
                chunk,
            ).fetchall()
            for number, source, keys, spans, entities, *fields, body in rows:
                article = article_of(*(*fields, self._packing.unpack(body)))
                stored = unpack_mentions(spans, entities) if spans is not None else []
                mentions = tuple(
                    Mention(paragraph, start, end, article.text_of(paragraph)[start:end], kind)
                    for paragraph, start, end, kind, _ in stored
                    if paragraph < len(article.paragraphs)
                )
                found[number] = Text(article, mentions, self._boilerplate(source, keys))
        return found

    def _boilerplate(self, source: int | None, keys: bytes | None) -> frozenset[int]:
        if source is None or not keys:
            return frozenset()
        repeated = self._repeated.get(source)
        if repeated is None:
            row = self._connection.execute(
                "SELECT keys FROM boilerplate WHERE source = ?", (source,)
            ).fetchone()
            repeated = self._repeated[source] = np.frombuffer(row[0] if row else b"", np.uint32)
        return frozenset(boilerplate_in(np.frombuffer(keys, np.uint32), repeated).tolist())

    def forget_boilerplate(self) -> None:
        """It has changed, or was not written in the end."""
        self._repeated.clear()

    # Features

    def features_of(self, text: Text) -> Features:
        """What an article is known by."""
        if self._maker is None:
            self._maker = FeatureMaker()
        return self._maker.features(text.article, text.mentions, text.boilerplate)

    def kept_features(self, numbers: Sequence[int]) -> dict[int, Features]:
        """Those that are kept; damaged ones are left out, for they can be made again."""
        found: dict[int, Features] = {}
        for marks, chunk in chunked(numbers):
            rows = self._connection.execute(
                f"SELECT number, terms FROM features WHERE number IN ({marks})", chunk
            )
            for number, terms in rows.fetchall():
                with suppress(ValueError):
                    found[number] = unpacked(terms)
        return found

    def features(self, numbers: Sequence[int]) -> dict[int, Features]:
        """Those that are kept, and of the other articles those that are made now."""
        found = self.kept_features(numbers)
        missing = [number for number in numbers if number not in found]
        found.update((number, self.features_of(text)) for number, text in self.texts(missing).items())
        return found

    def keep_features(self, features: Mapping[int, Features]) -> None:
        """Write these down."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO features VALUES (?, ?)",
            ((number, one.packed()) for number, one in sorted(features.items())),
        )

    def one_a_text(self, numbers: Sequence[int]) -> dict[int, list[int]]:
        """Of articles that print one text, the one that stands for it, and the others.

        That is the fullest version: the same whatever came first. Where it is not among these, one whose features are
        kept, or the one that was read first.
        """
        texts: dict[int, list[tuple[bool, bool, int]]] = {}
        for marks, chunk in chunked(numbers):
            rows = self._connection.execute(
                "SELECT a.number, coalesce(leader, a.number), f.number IS NULL FROM articles AS a"
                " LEFT JOIN reprints AS r ON r.number = a.number LEFT JOIN features AS f ON f.number = a.number"
                f" WHERE a.number IN ({marks})",
                chunk,
            )
            for number, leader, unknown in rows:
                texts.setdefault(leader, []).append((number != leader, bool(unknown), number))
        found = {}
        for some in texts.values():
            (_, _, chosen), *others = sorted(some)
            found[chosen] = [number for _, _, number in others]
        return dict(sorted(found.items()))

    # Signatures

    def signed(self, condition: str, values: Sequence[object]) -> Signed:
        """The signatures of articles for which a condition on `articles` and `signatures` holds."""
        return signed_of(
            self._connection.execute(
                f"SELECT number, day, size, signature FROM articles JOIN signatures USING (number) WHERE {condition}",
                values,
            ).fetchall()
        )

    def signed_numbers(self, numbers: Sequence[int]) -> Signed:
        """The signatures of these articles."""
        rows: list[tuple[int, int, int, bytes]] = []
        for marks, chunk in chunked(numbers):
            rows += self._connection.execute(
                "SELECT number, day, size, signature FROM articles JOIN signatures USING (number)"
                f" WHERE number IN ({marks})",
                chunk,
            ).fetchall()
        return signed_of(rows)

    def own_texts(self, numbers: Sequence[int]) -> list[str]:
        """The text of each of these articles without boilerplate, in order; nothing of those that have gone."""
        texts = self.texts(list(dict.fromkeys(numbers)))
        return [texts[number].own if number in texts else "" for number in numbers]


def signed_of(rows: Sequence[tuple[int, int, int, bytes]]) -> Signed:
    """What (number, day, size, signature) rows say."""
    rows = sorted(rows)
    signatures = np.zeros((len(rows), ROWS), np.uint16)
    for place, row in enumerate(rows):
        if row[3]:
            signatures[place] = np.frombuffer(row[3], "<u2")
    return Signed(
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int32),
        np.array([row[2] for row in rows], np.int32),
        signatures,
    )
