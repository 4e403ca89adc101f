"""Reading the store: from any thread, without ever writing.

Connections are borrowed from a pool: SQLite's own may serve one thread at a time, and a thread that a framework
lets die takes none along. Statements are short and fetched at once: a statement that is open keeps the writer
from committing.
"""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from tui.article import Article, ArticleId, ArticleNumber
from tui.corpus.locate import shown
from tui.corpus.packing import Packing
from tui.corpus.record import ARTICLE, article_of, decode, whole_url
from tui.corpus.schema import connect_reader, translated
from tui.corpus.values import Failure
from tui.errors import BroadsheetError, NoSuchArticle
from tui.index.results import Hit

LEAD = 240
"""Characters of the body that stand in for a snippet."""

CHUNK = 500
"""Numbers in one statement; SQLite takes 999 at least."""

_HIT = "number, id, title, day, name, url"
_ARTICLES = "articles LEFT JOIN sources USING (source)"


class Store:
    """A store that is open for reading."""

    def __init__(self, path: Path) -> None:
        """Open the store at `path`.

        Raises:
            BroadsheetError: It can't be opened.
        """
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._lock = Lock()
        self._closed = False
        self._packing = Packing(self._dictionary)
        with self.reading():
            pass

    def close(self) -> None:
        """Let go of the file; statements that run in other threads end first."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read by; SQLite's errors come out as ours.

        Raises:
            BroadsheetError: The store can't be read.
        """
        with self._lock:
            if self._closed:
                raise BroadsheetError("This corpus has been closed")
            connection = self._idle.pop() if self._idle else None
        connection = connection or connect_reader(self.path)
        try:
            yield connection
        except sqlite3.Error as error:
            connection.close()
            raise translated(error, self.path) from error
        except BaseException:
            connection.close()
            raise
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection whose statements all see one state of the store.

        Within it no other connection may be used by the same thread: a writer that waits for this one to end keeps
        all others out meanwhile.
        """
        with self.reading() as connection:
            # So what texts are packed by is fetched before.
            rows = connection.execute("SELECT dictionary FROM dictionaries").fetchall()
            self._packing.prepare(number for (number,) in rows)
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    def meta(self, key: str) -> Any:
        """A value of the `meta` table; None where there is none."""
        with self.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    @property
    def generation(self) -> int:
        """A number that goes up with every commit."""
        return int(self.meta("generation") or 0)

    def count(self) -> int:
        """How many articles there are; kept, not counted."""
        return int(self.meta("articles") or 0)

    def roots(self) -> tuple[Path, ...]:
        """The folders that the corpus is read from."""
        with self.reading() as connection:
            rows = connection.execute("SELECT path FROM roots ORDER BY root").fetchall()
        return tuple(Path(os.fsdecode(path)) for (path,) in rows)

    def number_of(self, id: ArticleId) -> ArticleNumber:
        """The number of the article with this id, or with one that was merged into it.

        Raises:
            NoSuchArticle: There is none.
        """
        with self.reading() as connection:
            number = find_number(connection, id)
        if number is None:
            raise NoSuchArticle(f"There is no article {shown(id)} in this corpus; it may have gone")
        return number

    def article(self, number: int) -> Article:
        """The article with this number.

        Raises:
            NoSuchArticle: It has gone.
        """
        found = self.texts([number])
        if number not in found:
            raise NoSuchArticle("That article has gone from the corpus")
        return found[number]

    def texts(self, numbers: Sequence[int]) -> dict[int, Article]:
        """The articles of these numbers; those that have gone are left out."""
        with self.reading() as connection:
            return {number: article for number, (_, article) in self.pages(connection, numbers).items()}

    def pages(
        self, connection: sqlite3.Connection, numbers: Sequence[int]
    ) -> dict[int, tuple[ArticleId, Article]]:
        """Id and text of the articles of these numbers, as this connection sees them; without those that have gone."""
        found = {}
        for marks, chunk in chunked(numbers):
            rows = connection.execute(
                f"SELECT number, id, {ARTICLE} FROM {_ARTICLES} JOIN bodies USING (number)"
                f" WHERE number IN ({marks})",
                chunk,
            ).fetchall()
            for number, id, *fields, body in rows:
                found[number] = ArticleId(id), article_of(*(*fields, self.unpack(body)))
        return found

    def unpack(self, text: bytes) -> str:
        """A text as the store keeps it, unpacked.

        Raises:
            CorpusDamaged: It is not such a text.
        """
        return self._packing.unpack(text)

    def rows(self, numbers: Sequence[int]) -> list[Hit]:
        """A hit without a snippet for each number, in the order given; those that have gone are left out."""
        found: dict[int, Hit] = {}
        with self.reading() as connection:
            for marks, chunk in chunked(numbers):
                rows = connection.execute(
                    f"SELECT {_HIT} FROM {_ARTICLES} WHERE number IN ({marks})", chunk
                ).fetchall()
                found.update((row[0], hit_of(*row)) for row in rows)
        return [found[number] for number in map(int, numbers) if number in found]

    def newest(self, limit: int, offset: int) -> list[Hit]:
        """Articles from the newest day on, of one day the last read first, those without a date last; with leads."""
        with self.reading() as connection:
            rows = connection.execute(
                # The inner query walks an index: rows that `offset` passes over aren't read.
                f"SELECT {_HIT}, text FROM {_ARTICLES} JOIN bodies USING (number) WHERE number IN"
                " (SELECT number FROM articles ORDER BY day DESC, number DESC LIMIT ? OFFSET ?)"
                " ORDER BY day DESC, number DESC",
                (limit, offset),
            ).fetchall()
        return [hit_of(*row, snippet=lead(self._packing.unpack(body))) for *row, body in rows]

    def hits(self, numbers: Sequence[int]) -> list[Hit]:
        """As `rows`, each with its lead for a snippet."""
        from dataclasses import replace

        leads: dict[int, bytes] = {}
        with self.reading() as connection:
            for marks, chunk in chunked(numbers):
                leads.update(
                    connection.execute(f"SELECT number, text FROM bodies WHERE number IN ({marks})", chunk)
                )
        return [
            replace(hit, snippet=lead(self._packing.unpack(leads[hit.number])))
            for hit in self.rows(numbers)
            if hit.number in leads
        ]

    def versions(self, number: int) -> list[Article]:
        """The article in front, then the other versions of it, from the one that stands next on."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT record FROM versions WHERE number = ? ORDER BY day DESC, length DESC, content DESC",
                (number,),
            ).fetchall()
        others = []
        for (record,) in rows:
            r = decode(record, self._packing)
            text = self._packing.unpack(r.body)
            others.append(
                article_of(r.title, r.day, r.published, r.source, r.author, r.url, r.language, text)
            )
        return [self.article(number), *others]

    def changes_since(self, sequence: int, limit: int = -1) -> tuple[int, list[tuple[int, int, str]]]:
        """The last sequence of the log, and (sequence, number, kind) of what changed after `sequence`, in order.

        Args:
            sequence: Where the log was read up to.
            limit: How many changes at most; -1 for all.
        """
        with self.snapshot() as connection:
            rows = connection.execute(
                "SELECT sequence, number, kind FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?",
                (sequence, limit),
            ).fetchall()
            last = last_sequence(connection)
        return last, rows

    def count_changes(self, sequence: int) -> int:
        """How many articles changed after `sequence`."""
        with self.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM changes WHERE sequence > ?", (sequence,)
            ).fetchone()
        return int(row[0])

    def _dictionary(self, number: int) -> bytes | None:
        with self.reading() as connection:
            return find_dictionary(connection, number)

    def failures(self, limit: int, offset: int) -> list[Failure]:
        """Files that were not taken, by path."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT roots.path, files.path, reason FROM files JOIN roots USING (root)"
                " WHERE reason IS NOT NULL ORDER BY root, files.path LIMIT ? OFFSET ?",
                (limit, offset),
            ).fetchall()
        return [Failure(shown(os.path.join(root, path)), reason) for root, path, reason in rows]  # noqa: PTH118


def find_number(connection: sqlite3.Connection, id: str) -> ArticleNumber | None:
    """The number of the article with this id; None where there is none."""
    row = connection.execute("SELECT number FROM articles WHERE id = ?", (id,)).fetchone()
    if row is None:
        row = connection.execute("SELECT number FROM redirects WHERE id = ?", (id,)).fetchone()
    return ArticleNumber(row[0]) if row else None


def find_dictionary(connection: sqlite3.Connection, number: int) -> bytes | None:
    """The content of the dictionary with this number; None where there is none."""
    row = connection.execute("SELECT content FROM dictionaries WHERE dictionary = ?", (number,)).fetchone()
    return bytes(row[0]) if row else None


def last_sequence(connection: sqlite3.Connection) -> int:
    """The last sequence that the change log has given out."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone()
    return int(row[0]) if row else 0


def chunked(numbers: Sequence[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Question marks and values for `IN (…)`, as many as one statement takes at a time."""
    for start in range(0, len(numbers), CHUNK):
        # NumPy's integers aren't SQLite's.
        chunk = [n if isinstance(n, str | int) else int(n) for n in numbers[start : start + CHUNK]]
        yield ",".join("?" * len(chunk)), chunk


def hit_of(
    number: int, id: str, title: str, day: int, source: str | None, url: str | None, *, snippet: str = ""
) -> Hit:
    """The hit that a row of `articles` is."""
    date = datetime.date.fromordinal(day) if day else None
    return Hit(
        ArticleNumber(number), ArticleId(id), title, date, source, whole_url(url, source), snippet=snippet
    )


def lead(body: str) -> str:
    """The first words of a body, whole words, at most `LEAD` characters."""
    text = body[: LEAD * 4].replace("\n", " ")
    if len(text) <= LEAD:
        return text
    cut = text[: LEAD - 1]
    word_end = cut.rfind(" ")
    return f"{cut[:word_end] if word_end > LEAD // 2 else cut}…"
