"""Ours: the index as the reader and the commands ask it, and the same with words as they are written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoosh import query

from tests.bench.archive import Archive, ArchiveSource
from tests.bench.engines.base import TOP, Engine
from tests.bench.questions import Question
from tui.article import Article
from tui.index import arrays
from tui.index.nodes import Sequence, Word
from tui.index.parser import ParsedQuery
from tui.index.results import Results, Sort
from tui.index.search import Index
from tui.index.writer import IndexWriter


class Broadsheet(Engine):
    """In the product's query language: words unite with the others of their stem, the title counts three times."""

    def __init__(self, folder: Path, archive: Archive) -> None:
        super().__init__(folder, archive)
        self._source = ArchiveSource(archive)

    @classmethod
    def version(cls) -> str:
        """The format of the segments."""
        return f"format {arrays.FORMAT}"

    @classmethod
    def code(cls) -> str:
        """What `tui.index` is written as: figures of an index built by other code are told apart."""
        sources = sorted(Path(arrays.__file__).parent.glob("*.py"))
        return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]

    def build(self) -> None:
        """One run of the writer over all articles, one commit."""
        with IndexWriter(self.folder, self._source) as writer:
            writer.catch_up()

    def open(self) -> None:
        """As the reader opens it."""
        self._index = self._open()

    def _open(self) -> Index:
        return Index.open(self.folder, self._source)

    def asked(self, question: Question) -> str | None:
        """What would be typed."""
        words = question.words
        match question.kind:
            case "any":
                return " OR ".join(words)
            case "phrase":
                return f'"{" ".join(words)}"'
            case "prefix":
                return f"{words[0]}*"
            case "fuzzy":
                return f"{words[0]}~"
            case "not":
                return f"{words[0]} -{words[1]}"
            case "title":
                return f"title:{words[0]} {' '.join(words[1:])}"
            case "dates":
                first, last = question.days
                return f"{words[0]} date:[{first} TO {last}]"
        return " ".join(words)

    def search(self, question: Question) -> Results:
        """The answer, nothing of it made ready yet."""
        sort: Sort = "newest" if question.kind == "newest" else "relevance"
        return self._index.search(self.asked(question) or "", sort=sort, typing=question.kind == "typing")

    def ask(self, question: Question) -> int:
        """The search, and the numbers of the first; all facets where they are asked for."""
        results = self.search(question)
        if hasattr(results, "numbers"):
            results.numbers(0, TOP)
        if question.kind == "facets":
            facets: Any = results.facets
            if callable(facets):
                facets()
        return results.total

    def page(self, question: Question, limit: int) -> int:
        """So many hits with their snippets; how many there were to show."""
        return len(self.search(question).page(0, limit))

    def related(self, number: int) -> None:
        """Articles like this one."""
        self._index.related(number)

    def complete(self, typed: str) -> None:
        """What the reader offers with Tab."""
        self._index.complete(typed, len(typed))

    def change(self, number: int, word: str) -> None:
        """What `broadsheet index` does when one file has changed."""
        self._source.changed[number] = Article(word, (word,), language="en")
        with IndexWriter(self.folder, self._source) as writer:
            writer.apply([(number, "put")])
            writer.commit(self.archive.articles + 1)

    def refresh(self) -> None:
        """On to the last commit."""
        self._index.refresh()


class AsWritten(Broadsheet):
    """Without stems, as the peers are asked: leaves that are words become Whoosh's own terms and phrases."""

    def _open(self) -> Index:
        return LiteralIndex.open(self.folder, self._source)


class LiteralIndex(Index):
    """Searches as if no word had a stem."""

    def parse(self, query: str, *, typing: bool = False) -> ParsedQuery:
        parsed = super().parse(query, typing=typing)
        return replace(parsed, tree=parsed.tree and _literal(parsed.tree))


def _literal(node: Any) -> Any:
    if isinstance(node, Word):
        return query.Term(node.fieldname, node.surface, boost=node.boost)
    if isinstance(node, Sequence) and not any(element.prefix for element in node.elements):
        return query.Phrase(
            node.fieldname, [element.surface for element in node.elements], node.slop, boost=node.boost
        )
    return node if isinstance(node, Word | Sequence) else node.apply(_literal)


ENGINE = Broadsheet
