"""Whoosh as it comes: its own codec, writer and searcher, with an analyzer that stems nothing and stops no word."""

from __future__ import annotations

import datetime
from typing import Any

from whoosh import columns, fields, index, query, versionstring
from whoosh.analysis import LowercaseFilter, RegexTokenizer

from tests.bench.engines.base import TITLE_BOOST, TOP, Engine
from tests.bench.questions import Question
from tui.article import Article


class Whoosh(Engine):
    """See the module."""

    most_articles = 100_000

    @classmethod
    def version(cls) -> str:
        """Its release."""
        return f"Whoosh {versionstring()}"

    def _schema(self) -> Any:
        analyzer = RegexTokenizer() | LowercaseFilter()
        return fields.Schema(
            number=fields.ID(unique=True, stored=True),
            title=fields.TEXT(analyzer),
            body=fields.TEXT(analyzer),
            source=fields.ID(sortable=columns.RefBytesColumn()),
            date=fields.DATETIME(sortable=True),
        )

    def _fields(self, number: int, article: Article) -> dict[str, object]:
        day = article.date or datetime.date(2020, 1, 1)
        return {
            "number": str(number),
            "title": article.title,
            "body": "\n".join(article.paragraphs),
            "source": article.source or "",
            "date": datetime.datetime.combine(day, datetime.time()),
        }

    def build(self) -> None:
        """One process, 256 MB of postings at a time."""
        writer = index.create_in(str(self.folder), self._schema()).writer(limitmb=256)
        for number, article in enumerate(self.archive.read(), 1):
            writer.add_document(**self._fields(number, article))
        writer.commit()

    def open(self) -> None:
        """Its searcher on the last commit."""
        self._index = index.open_dir(str(self.folder))
        self._searcher = self._index.searcher()

    def _either(self, make: Any) -> Any:
        return query.Or([make("title", TITLE_BOOST), make("body", 1.0)])

    def _word(self, word: str) -> Any:
        return self._either(lambda field, boost: query.Term(field, word, boost=boost))

    def _prefix(self, word: str) -> Any:
        return self._either(lambda field, boost: query.Prefix(field, word, boost=boost))

    def _query(self, question: Question) -> Any:
        words = question.words
        match question.kind:
            case "any":
                return query.Or([self._word(word) for word in words])
            case "phrase":
                return self._either(lambda field, boost: query.Phrase(field, list(words), boost=boost))
            case "prefix":
                return self._prefix(words[0])
            case "wildcard":
                return self._either(lambda field, boost: query.Wildcard(field, words[0], boost=boost))
            case "fuzzy":
                return self._either(
                    lambda field, boost: query.FuzzyTerm(field, words[0], boost=boost, prefixlength=0)
                )
            case "not":
                return query.AndNot(self._word(words[0]), self._word(words[1]))
            case "title":
                return query.And([query.Term("title", words[0]), *map(self._word, words[1:])])
            case "dates":
                first, last = (datetime.datetime.combine(day, datetime.time()) for day in question.days)
                return query.And([self._word(words[0]), query.DateRange("date", first, last)])
            case "typing":
                return query.And([*map(self._word, words[:-1]), self._prefix(words[-1])])
        return query.And([self._word(word) for word in words])

    def asked(self, question: Question) -> str | None:
        """The query tree as Whoosh writes it."""
        extra = {"facets": ", groupedby source", "newest": ", sortedby date"}.get(question.kind, "")
        return f"{self._query(question)}{extra}"

    def ask(self, question: Question) -> int:
        """One search; its length is exact."""
        tree = self._query(question).normalize()
        if question.kind == "newest":
            found = self._searcher.search(tree, limit=TOP, sortedby="date", reverse=True)
        else:
            found = self._searcher.search(
                tree, limit=TOP, groupedby="source" if question.kind == "facets" else None
            )
            if question.kind == "facets":
                found.groups("source")
        return len(found)

    def change(self, number: int, word: str) -> None:
        """Update by the unique number, without a merge."""
        writer = self._index.writer()
        writer.update_document(**self._fields(number, Article(word, (word,))))
        writer.commit(merge=False)

    def refresh(self) -> None:
        """A searcher on the last commit."""
        self._searcher = self._searcher.refresh()


ENGINE = Whoosh
