"""Xapian with its own term generator, no stemmer; the title under S too; days and sources as values."""

from __future__ import annotations

from typing import Any

import xapian

from tests.bench.engines.base import TITLE_BOOST, TOP, Engine
from tests.bench.questions import Question
from tui.article import Article

_DAY, _SOURCE = 0, 1


class Xapian(Engine):
    """See the module."""

    @classmethod
    def version(cls) -> str:
        """Its release; the format is of the release series."""
        return f"Xapian {xapian.version_string()}"

    def _document(self, number: int, article: Article) -> Any:
        document = xapian.Document()
        generator = xapian.TermGenerator()
        generator.set_document(document)
        generator.index_text(article.title, 1, "S")
        generator.index_text(article.title, int(TITLE_BOOST))
        for paragraph in article.paragraphs:
            generator.increase_termpos()
            generator.index_text(paragraph)
        document.add_value(_DAY, xapian.sortable_serialise(article.date.toordinal() if article.date else 0))
        document.add_value(_SOURCE, article.source or "")
        document.add_boolean_term(f"Q{number}")
        return document

    def build(self) -> None:
        """One process, its own flushes."""
        database = xapian.WritableDatabase(str(self.folder), xapian.DB_CREATE_OR_OVERWRITE)
        for number, article in enumerate(self.archive.read(), 1):
            database.add_document(self._document(number, article))
        database.commit()
        database.close()

    def open(self) -> None:
        """The database as of its last commit."""
        self._database = xapian.Database(str(self.folder))

    def _wildcard(self, word: str) -> Any:
        # Without a limit on how many words, which is the default; the binding doesn't take fewer arguments.
        return xapian.Query(xapian.Query.OP_WILDCARD, word, 0, xapian.Query.WILDCARD_LIMIT_ERROR)

    def _query(self, question: Question) -> Any:
        query, words = xapian.Query, list(question.words)
        match question.kind:
            case "any":
                return query(query.OP_OR, words)
            case "phrase":
                return query(query.OP_PHRASE, words)
            case "prefix":
                return self._wildcard(words[0])
            case "not":
                return query(query.OP_AND_NOT, query(words[0]), query(words[1]))
            case "title":
                return query(query.OP_AND, [f"S{words[0]}", *words[1:]])
            case "dates":
                first, last = (xapian.sortable_serialise(day) for day in (question.first, question.last))
                days = query(query.OP_VALUE_RANGE, _DAY, first, last)
                return query(query.OP_FILTER, query(words[0]), days)
            case "typing":
                return query(query.OP_AND, [*words[:-1], self._wildcard(words[-1])])
        return query(query.OP_AND, words)

    def asked(self, question: Question) -> str | None:
        """The query as Xapian describes it."""
        if question.kind in ("wildcard", "fuzzy"):
            return None
        description = str(self._query(question)).removeprefix("Query(").removesuffix(")")
        if question.kind == "facets":
            return f"{description}, ValueCountMatchSpy of sources"
        return f"{description}, by value" if question.kind == "newest" else description

    def ask(self, question: Question) -> int:
        """One match, that looks at every document so that its count is exact."""
        enquire = xapian.Enquire(self._database)
        enquire.set_query(self._query(question))
        spy = None
        if question.kind == "facets":
            spy = xapian.ValueCountMatchSpy(_SOURCE)
            enquire.add_matchspy(spy)
        if question.kind == "newest":
            enquire.set_sort_by_value(_DAY, True)
        found = enquire.get_mset(0, TOP, self._database.get_doccount())
        if spy is not None:
            assert sum(item.termfreq for item in spy.values()) == found.get_matches_estimated()
        return int(found.get_matches_estimated())

    def change(self, number: int, word: str) -> None:
        """Replace by the number's own term."""
        database = xapian.WritableDatabase(str(self.folder), xapian.DB_OPEN)
        database.replace_document(f"Q{number}", self._document(number, Article(word, (word,))))
        database.commit()
        database.close()

    def refresh(self) -> None:
        """The same handle, on the last commit."""
        self._database.reopen()


ENGINE = Xapian
