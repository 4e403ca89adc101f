"""Articles and their versions in a store that is being written.

Each article has a version in front, which is what everyone sees, and perhaps others behind it: the greatest by
`Record.rank` stands in front. A version is there as long as a file holds it; the article goes with its last one.
"""

from __future__ import annotations

import sqlite3

from tui.article import Article, ArticleId
from tui.corpus.decisions import Decisions
from tui.corpus.identity import canonical_url, url_number
from tui.corpus.packing import Packing
from tui.corpus.quotations import Quotations, quotes_of
from tui.corpus.record import Record, article_of, decode, encode, short_url, text_key, whole_url

_RECORD = "title, day, published, name, author, url, language, words, length, text, content"
"""Columns of `Record`, but for the mentions, the quotes and `text_key`."""

_MOST_SOURCES = 50_000
"""Sources whose numbers are remembered."""


class Versions:
    """What writes `articles`, `bodies`, `versions` and the log of changes."""

    def __init__(self, connection: sqlite3.Connection, decisions: Decisions, packing: Packing) -> None:
        self._connection = connection
        self._decisions = decisions
        self._packing = packing
        self._quotations = Quotations(connection)
        self._sources: dict[str, int] = {}
        self.articles = 0
        """How many articles there are more than at the last reset."""
        self.words = 0

    def forget(self) -> None:
        """Drop what wasn't written: the transaction was rolled back."""
        self.articles = self.words = 0
        self._sources.clear()
        self._quotations.forget()

    def write(self) -> None:
        """Write what a batch keeps until its end."""
        self._quotations.write()

    def create(self, id: ArticleId, identity: bytes, record: Record) -> int:
        """A new article with this version in front; its number, which was never used before."""
        cursor = self._connection.execute(
            "INSERT INTO articles (id, identity, title, day, words, length, content)"
            " VALUES (?, ?, '', 0, 0, 0, x'')",
            (id, identity),
        )
        number = int(cursor.lastrowid or 0)
        self.articles += 1
        self._put_in_front(number, record)
        return number

    def front(self, number: int) -> bytes:
        """The digest of the version in front."""
        (content,) = self._connection.execute(
            "SELECT content FROM articles WHERE number = ?", (number,)
        ).fetchone()
        assert isinstance(content, bytes)
        return content

    def add(self, number: int, record: Record) -> None:
        """Give an article one more version; nothing happens where it has it."""
        front = self._connection.execute(
            "SELECT day, length, content FROM articles WHERE number = ?", (number,)
        ).fetchone()
        if record.content == front[2] or self._has(number, record.content):
            return
        if record.rank() > front:
            self._keep_behind(number, self.front_record(number))
            self._take_from_front(number)
            self._put_in_front(number, record)
        else:
            self._keep_behind(number, record)

    def drop(self, number: int, content: bytes) -> bool:
        """Take a version away; with the last one the article goes. Whether it went."""
        if content != self.front(number):
            self._connection.execute(
                "DELETE FROM versions WHERE number = ? AND content = ?", (number, content)
            )
            return False
        row = self._connection.execute(
            "SELECT record, content FROM versions WHERE number = ?"
            " ORDER BY day DESC, length DESC, content DESC LIMIT 1",
            (number,),
        ).fetchone()
        self._take_from_front(number)
        if row is not None:
            self._put_in_front(number, decode(row[0], self._packing))
            self._connection.execute(
                "DELETE FROM versions WHERE number = ? AND content = ?", (number, row[1])
            )
            return False
        for table in ("articles", "bodies", "redirects"):
            self._connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))
        self.articles -= 1
        self._log(number, "delete")
        return True

    def merge(self, number: int, other: int) -> None:
        """Make `other`, its versions and its files part of `number`; its id leads there from now on."""
        (id,) = self._connection.execute("SELECT id FROM articles WHERE number = ?", (other,)).fetchone()
        records = [self.front_record(other)]
        rows = self._connection.execute("SELECT record FROM versions WHERE number = ?", (other,)).fetchall()
        records += [decode(record, self._packing) for (record,) in rows]
        for record in records:
            self.add(number, record)
        self._connection.execute("DELETE FROM versions WHERE number = ?", (other,))
        self._connection.execute("UPDATE redirects SET number = ? WHERE number = ?", (number, other))
        self._connection.execute("UPDATE files SET number = ? WHERE number = ?", (number, other))
        self.drop(other, self.front(other))
        self._connection.execute("INSERT INTO redirects VALUES (?, ?)", (id, number))

    def text(self, number: int) -> list[str]:
        """The bodies of all versions, the one in front first."""
        (body,) = self._connection.execute("SELECT text FROM bodies WHERE number = ?", (number,)).fetchone()
        rows = self._connection.execute("SELECT record FROM versions WHERE number = ?", (number,)).fetchall()
        records = (decode(record, self._packing) for (record,) in rows)
        return [self._packing.unpack(body), *(self._packing.unpack(record.body) for record in records)]

    def front_record(self, number: int) -> Record:
        """The version in front."""
        row = self._connection.execute(
            f"SELECT {_RECORD} FROM articles JOIN bodies USING (number) LEFT JOIN sources USING (source)"
            " WHERE number = ?",
            (number,),
        ).fetchone()
        *fields, body, content = row
        fields[5] = whole_url(fields[5], fields[3])
        key = text_key(fields[0], self._packing.unpack(body))
        values = (
            *fields,
            body,
            self._decisions.keyed(number),
            content,
            key,
            quotes_of(self._connection, number),
        )
        return Record(*values)

    def _has(self, number: int, content: bytes) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM versions WHERE number = ? AND content = ?", (number, content)
        ).fetchone()
        return row is not None

    def _keep_behind(self, number: int, record: Record) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?, ?, ?)",
            (
                number,
                record.content,
                record.day,
                record.length,
                record.folded_title,
                encode(record, self._packing),
            ),
        )

    def _put_in_front(self, number: int, record: Record) -> None:
        url_key = canonical_url(record.url)
        self._connection.execute(
            "UPDATE articles SET title = ?, day = ?, published = ?, source = ?, author = ?, url = ?, url_key = ?,"
            " language = ?, words = ?, length = ?, content = ?, text_key = ? WHERE number = ?",
            (
                record.title,
                record.day,
                record.published,
                None if record.source is None else self._source(record.source),
                record.author,
                short_url(record.url, record.source),
                None if url_key is None else url_number(url_key),
                record.language,
                record.words,
                record.length,
                record.content,
                record.text_key if url_key is None else None,
                number,
            ),
        )
        self._connection.execute(
            "INSERT OR REPLACE INTO bodies VALUES (?, ?)", (number, self._packing.renew(record.body))
        )
        self._decisions.add(number, self._article(record), record.mentions)
        self._quotations.add(number, record.quotes)
        self.words += record.words
        self._log(number, "put")

    def _take_from_front(self, number: int) -> None:
        record = self.front_record(number)
        self._quotations.remove(number)  # while its mentions still say who speaks
        self._decisions.remove(number, self._article(record))
        self.words -= record.words

    def _log(self, number: int, kind: str) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO changes (number, kind) VALUES (?, ?)", (number, kind)
        )

    def _source(self, name: str) -> int:
        """The number of a source, given now if it is new."""
        number = self._sources.get(name)
        if number is None:
            self._connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (name,))
            (number,) = self._connection.execute(
                "SELECT source FROM sources WHERE name = ?", (name,)
            ).fetchone()
            if len(self._sources) >= _MOST_SOURCES:
                self._sources.clear()
            self._sources[name] = number
        return number

    def _article(self, record: Record) -> Article:
        return article_of(
            record.title,
            record.day,
            record.published,
            record.source,
            record.author,
            record.url,
            record.language,
            self._packing.unpack(record.body),
        )
