"""tantivy by its Python binding: default tokenizer (no stems), BM25, counts by its Count collector."""

from __future__ import annotations

import datetime
from typing import Any

import tantivy
from tantivy import Occur, Query

from tests.bench.engines.base import TITLE_BOOST, TOP, Engine
from tests.bench.questions import Question

_HEAP = 400_000_000
"""Bytes that its writer may gather, over its threads."""
_FIELDS = ["title", "body"]
_BOOSTS = {"title": TITLE_BOOST}
_FACETS = {"sources": {"terms": {"field": "source", "size": 2_000}}}


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


class Tantivy(Engine):
    """See the module."""

    @classmethod
    def version(cls) -> str:
        """As it says, with its index format."""
        return str(tantivy.__version__)

    def build(self) -> None:
        """One writer, as many threads as it likes; merges waited for."""
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("number", stored=True, indexed=True, fast=True)
        for name in _FIELDS:
            schema.add_text_field(name)
        schema.add_text_field("source", fast=True, tokenizer_name="raw", index_option="basic")
        schema.add_date_field("date", indexed=True, fast=True)
        writer = tantivy.Index(schema.build(), path=str(self.folder)).writer(_HEAP)
        for number, article in enumerate(self.archive.read(), 1):
            assert article.date
            writer.add_document(
                self._document(
                    number, article.title, "\n".join(article.paragraphs), article.source or "", article.date
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def _document(self, number: int, title: str, body: str, source: str, date: datetime.date) -> Any:
        return tantivy.Document(number=number, title=title, body=body, source=source, date=_moment(date))

    def open(self) -> None:
        """The index, and a searcher on its last commit."""
        self._index = tantivy.Index.open(str(self.folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def _parsed(self, text: str) -> Any:
        return self._index.parse_query(text, _FIELDS, field_boosts=_BOOSTS, conjunction_by_default=True)

    def _either(self, make: Any) -> Any:
        return Query.boolean_query([(Occur.Should, make(name)) for name in _FIELDS])

    def _matching(self, pattern: str) -> Any:
        return self._either(lambda name: Query.regex_query(self._schema, name, pattern))

    def _text(self, question: Question) -> str | None:
        """What its query parser takes, where it can."""
        words = question.words
        match question.kind:
            case "words" | "facets" | "newest":
                return " ".join(words)
            case "any":
                return " OR ".join(words)
            case "phrase":
                return f'"{" ".join(words)}"'
            case "not":
                return f"{words[0]} -{words[1]}"
            case "title":
                return f"title:{words[0]} {' '.join(words[1:])}"
            case "dates":
                first, last = (f"{_moment(day):%Y-%m-%dT%H:%M:%SZ}" for day in question.days)
                return f"{words[0]} AND date:[{first} TO {last}]"
        return None

    def _query(self, question: Question) -> Any:
        words = question.words
        match question.kind:
            case "prefix":
                return self._matching(f"{words[0]}.*")
            case "wildcard":
                return self._matching(words[0].replace("*", ".*"))
            case "fuzzy":
                return self._either(lambda name: Query.fuzzy_term_query(self._schema, name, words[0]))
            case "typing":
                growing = self._matching(f"{words[-1]}.*")
                if len(words) == 1:
                    return growing
                return Query.boolean_query(
                    [(Occur.Must, self._parsed(" ".join(words[:-1]))), (Occur.Must, growing)]
                )
        return self._parsed(self._text(question) or "")

    def asked(self, question: Question) -> str | None:
        """As its parser or its constructors have it."""
        words = question.words
        match question.kind:
            case "prefix":
                return f"regex_query {words[0]}.*"
            case "wildcard":
                return f"regex_query {words[0].replace('*', '.*')}"
            case "fuzzy":
                return f"fuzzy_term_query {words[0]}, distance 1"
            case "typing":
                return " AND ".join([*words[:-1], f"regex_query {words[-1]}.*"])
            case "facets":
                return f"{words[0]}, aggregate {_FACETS['sources']['terms']}"
            case "newest":
                return f"{words[0]}, order_by_field date"
        return self._text(question)

    def ask(self, question: Question) -> int:
        """One search; for facets only the aggregation, which is the cheaper half."""
        query = self._query(question)
        if question.kind == "facets":
            answer = self._searcher.aggregate(query, _FACETS)["sources"]
            return int(sum(bucket["doc_count"] for bucket in answer["buckets"])) + int(
                answer["sum_other_doc_count"]
            )
        if question.kind == "newest":
            return int(self._searcher.search(query, TOP, order_by_field="date").count)
        return int(self._searcher.search(query, TOP).count)

    def change(self, number: int, word: str) -> None:
        """Delete by term, add, commit."""
        writer = self._index.writer(_HEAP)
        writer.delete_documents("number", number)
        writer.add_document(self._document(number, word, word, "changed.example", datetime.date(2020, 1, 1)))
        writer.commit()

    def refresh(self) -> None:
        """A new searcher."""
        self._index.reload()
        self._searcher = self._index.searcher()


ENGINE = Tantivy
