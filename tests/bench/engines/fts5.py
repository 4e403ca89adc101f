"""SQLite's FTS5: unicode61 (accents folded, no stems), no content, no prefix index; days and sources in a table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tests.bench.engines.base import TITLE_BOOST, TOP, Engine
from tests.bench.questions import Question

_SCHEMA = f"""
PRAGMA journal_mode = WAL;
CREATE VIRTUAL TABLE texts USING fts5(title, body, content='', tokenize='unicode61');
INSERT INTO texts(texts, rank) VALUES ('rank', 'bm25({TITLE_BOOST}, 1.0)');
CREATE TABLE articles(number INTEGER PRIMARY KEY, day INTEGER, source TEXT);
"""
# A cross join is SQLite's word for this order: matches first, then their rows. Its own choice took 170 ms of 10,000.
_JOINED = "FROM texts CROSS JOIN articles ON articles.number = texts.rowid WHERE texts MATCH ?"
_PLAIN = "FROM texts WHERE texts MATCH ?"


class Fts5(Engine):
    """See the module."""

    @classmethod
    def version(cls) -> str:
        """SQLite's."""
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE there USING fts5(text)")
        return f"SQLite {sqlite3.sqlite_version}"

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / "fts5.sqlite", isolation_level=None)

    def build(self) -> None:
        """One transaction, then its segments made one, as its manual advises."""
        connection = self._connect()
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO texts(rowid, title, body) VALUES (?, ?, ?)", self._texts())
        connection.executemany("INSERT INTO articles VALUES (?, ?, ?)", self._rows())
        connection.execute("CREATE INDEX by_day ON articles(day)")
        connection.execute("COMMIT")
        connection.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def _texts(self) -> Iterator[tuple[int, str, str]]:
        for number, article in enumerate(self.archive.read(), 1):
            yield number, article.title, "\n".join(article.paragraphs)

    def _rows(self) -> Iterator[tuple[int, int, str]]:
        for number, article in enumerate(self.archive.read(), 1):
            yield number, article.date.toordinal() if article.date else 0, article.source or ""

    def open(self) -> None:
        """A connection that has read the schema."""
        self._connection = self._connect()
        self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def asked(self, question: Question) -> str | None:
        """The MATCH expression, and what of the SQL around it says more."""
        expression = self._expression(question)
        match question.kind:
            case "facets":
                return f"{expression} GROUP BY source"
            case "newest":
                return f"{expression} ORDER BY day DESC LIMIT {TOP}, and count(*)"
            case "dates":
                return f"{expression} JOIN articles, day BETWEEN {question.first} AND {question.last}"
        return expression

    def _expression(self, question: Question) -> str | None:
        words = [f'"{word}"' for word in question.words]
        match question.kind:
            case "wildcard" | "fuzzy":
                return None
            case "any":
                return " OR ".join(words)
            case "phrase":
                return f'"{" ".join(question.words)}"'
            case "prefix":
                return f"{words[0]}*"
            case "not":
                return f"{words[0]} NOT {words[1]}"
            case "title":
                return " AND ".join([f"title : {words[0]}", *words[1:]])
            case "typing":
                return f"{' AND '.join(words)}*"
        return " AND ".join(words)

    def ask(self, question: Question) -> int:
        """Two statements: the best, and how many; or the counts of the sources, which add up to that."""
        execute = self._connection.execute
        values: list[object] = [self._expression(question)]
        source, order = _PLAIN, "rank"
        match question.kind:
            case "facets":
                counts = execute(f"SELECT source, count(*) {_JOINED} GROUP BY source", values).fetchall()
                return sum(count for _, count in counts)
            case "dates":
                source = f"{_JOINED} AND day BETWEEN ? AND ?"
                values += [question.first, question.last]
            case "newest":
                source, order = _JOINED, "day DESC"
        execute(f"SELECT texts.rowid {source} ORDER BY {order} LIMIT {TOP}", values).fetchall()
        counted = _PLAIN if question.kind == "newest" else source
        (count,) = execute(f"SELECT count(*) {counted}", values).fetchone()
        return int(count)

    def change(self, number: int, word: str) -> None:
        """Delete the text that was indexed, insert the other."""
        old = self.archive.article(number)
        execute = self._connection.execute
        execute("BEGIN")
        execute(
            "INSERT INTO texts(texts, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            (number, old.title, "\n".join(old.paragraphs)),
        )
        execute("INSERT INTO texts(rowid, title, body) VALUES (?, ?, ?)", (number, word, word))
        execute("COMMIT")

    def refresh(self) -> None:
        """Every statement sees the last commit."""


ENGINE = Fts5
