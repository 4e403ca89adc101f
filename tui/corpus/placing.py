"""Which article a reading belongs to: one that is there, several that turn out to be one, or a new one."""

from __future__ import annotations

import itertools
import sqlite3

from tui.article import ArticleId
from tui.corpus.identity import (
    article_id,
    canonical_url,
    identity_digest,
    page_identity,
    similar,
    text_identity,
    url_identity,
    url_number,
)
from tui.corpus.packing import Packing
from tui.corpus.record import Record, whole_url
from tui.corpus.versions import Versions
from tui.errors import BroadsheetError
from tui.folding import fold

MOST_PAGES = 50
"""Articles under one URL that a reading's text is compared with; beyond, only titles count."""

_MERGED = b""
"""Stands for the identity of an id that only leads to another article now."""


class IdCollision(BroadsheetError):
    """Two identities have the same 16 digits: the second is refused, never written over the first."""


class Placing:
    """Decides where records go, and gives ids to those that are new."""

    def __init__(self, connection: sqlite3.Connection, versions: Versions, packing: Packing) -> None:
        self._connection = connection
        self._versions = versions
        self._packing = packing

    def find(self, record: Record, held: int | None) -> int | None:
        """The article that the record is a version of; None where it is a new one.

        Where it joins several, they become one.

        Args:
            record: What was read.
            held: The article that this file alone held until now.
        """
        url_key = canonical_url(record.url)
        if url_key is None:
            return self._find_by_text(record, held)
        matching = self._matching(url_key, record, held)
        if not matching:
            return None
        first, *others = sorted(matching)
        for other in others:
            self._versions.merge(first, other)
        return first

    def new_id(self, record: Record) -> tuple[ArticleId, bytes]:
        """An id for a record that belongs to no article, and the digest of the identity it stands for.

        Raises:
            IdCollision: The id is another identity's.
        """
        url_key = canonical_url(record.url)
        if url_key is None:
            return self._free_id(text_identity(record.text_key))
        first = url_identity(url_key)
        if self._taken_by(article_id(first)) in (identity_digest(first), _MERGED):
            return self._free_id(page_identity(url_key, record.text_key))
        return self._free_id(first)

    def _free_id(self, identity: str) -> tuple[ArticleId, bytes]:
        # The same identity is met again where a file was edited in place and its old text comes back elsewhere.
        for again in itertools.count():
            tried = f"{identity}\n{again}" if again else identity
            id, digest = article_id(tried), identity_digest(tried)
            taken = self._taken_by(id)
            if taken is None:
                return id, digest
            if taken not in (digest, _MERGED):
                raise IdCollision(
                    f"its id {id} is that of another article already, {self._describe(id)}: not taken, so as not to"
                    " write over that"
                )
        raise AssertionError

    def _taken_by(self, id: ArticleId) -> bytes | None:
        row = self._connection.execute("SELECT identity FROM articles WHERE id = ?", (id,)).fetchone()
        if row is None:
            row = self._connection.execute("SELECT 1 FROM redirects WHERE id = ?", (id,)).fetchone()
            return _MERGED if row else None
        return bytes(row[0])

    def _describe(self, id: ArticleId) -> str:
        row = self._connection.execute(
            "SELECT title, url, name FROM articles LEFT JOIN sources USING (source) WHERE id = ?", (id,)
        ).fetchone()
        return str(whole_url(*row[1:]) or row[0]) if row else "one that was merged"

    def _find_by_text(self, record: Record, held: int | None) -> int | None:
        row = self._connection.execute(
            "SELECT number FROM articles WHERE url_key IS NULL AND text_key = ?", (record.text_key,)
        ).fetchone()
        if row is not None:
            return int(row[0])
        if held is not None:
            row = self._connection.execute(
                "SELECT title FROM articles WHERE url_key IS NULL AND number = ?", (held,)
            ).fetchone()
            if row is not None and (
                fold(row[0]) == record.folded_title
                or self._reads_like(held, self._packing.unpack(record.body))
            ):
                return held
        return None

    def _matching(self, url_key: str, record: Record, held: int | None) -> set[int]:
        rows = self._connection.execute(
            "SELECT number, title, content, url, name FROM articles LEFT JOIN sources USING (source)"
            " WHERE url_key = ? ORDER BY number",
            (url_number(url_key),),
        ).fetchall()
        rows = [row for row in rows if canonical_url(whole_url(*row[-2:])) == url_key]
        if not rows:
            return set()
        title, text = record.folded_title, self._packing.unpack(record.body)
        matching = set()
        for position, (number, its_title, content, *_) in enumerate(rows):
            if (
                number == held
                or content == record.content
                or fold(its_title) == title
                or self._had_title(number, title)
                or (position < MOST_PAGES and self._reads_like(number, text))
            ):
                matching.add(number)
        return matching

    def _had_title(self, number: int, title: str) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM versions WHERE number = ? AND folded_title = ?", (number, title)
        ).fetchone()
        return row is not None

    def _reads_like(self, number: int, text: str) -> bool:
        return any(similar(text, other) for other in self._versions.text(number))
