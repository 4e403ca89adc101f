"""Where a query's words stand in an article: the same reading of text and query that found it, with offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from whoosh import query

from tui.article import TITLE, Article, Span
from tui.index.distance import distance
from tui.index.field_marks import FieldMarks
from tui.index.nodes import Element, Naming, Word
from tui.index.nodes import Sequence as WordSequence
from tui.index.schema import TEXT_FIELDS
from tui.index.stems import DEFAULT_LANGUAGE, Stemmer
from tui.index.tokens import Tokenizer
from tui.index.wildcard import Wildcard

if TYPE_CHECKING:
    from tui.index.articles import ArticleSource

MOST_NAMES = 40
"""Spellings of a name that are marked."""


class Marker:
    """Marks one query's words in any number of articles.

    Args:
        tree: of the query, as `tui.index.parser` made it; None marks nothing.
        tokenizer: the index's.
        stemmer: the index's.
        articles: who knows how names are written.
    """

    def __init__(self, tree: Any, tokenizer: Tokenizer, stemmer: Stemmer, articles: ArticleSource) -> None:
        self._tokenizer = tokenizer
        self._stemmer = stemmer
        self._articles = articles
        self._tree = tree
        self._fields: dict[str, FieldMarks] | None = None

    def _field_marks(self) -> dict[str, FieldMarks]:
        """Made at first use: most results are never looked at."""
        if self._fields is None:
            fields = {field: FieldMarks(self._stemmer, self._tokenizer) for field in TEXT_FIELDS}
            for leaf in _marking(self._tree):
                self._add(leaf, fields)
            self._fields = fields
        return self._fields

    def _add(self, leaf: Any, fields: dict[str, FieldMarks]) -> None:
        if isinstance(leaf, Naming):
            for elements in self._names(leaf):
                for marker in fields.values():
                    marker.add(elements, 1)
        elif leaf.fieldname not in fields:
            return
        elif isinstance(leaf, WordSequence):
            fields[leaf.fieldname].add(leaf.elements, leaf.slop)
        elif isinstance(leaf, Word):
            fields[leaf.fieldname].add((Element(leaf.surface),), 1)
        elif isinstance(leaf, query.Prefix):
            fields[leaf.fieldname].add((Element(leaf.text, prefix=True),), 1)
        elif isinstance(leaf, query.Wildcard):
            wildcard = Wildcard(leaf.text)
            fields[leaf.fieldname].add_test(wildcard.fits, wildcard.prefix)
        elif isinstance(leaf, query.FuzzyTerm):
            fields[leaf.fieldname].add_test(partial(_near, leaf.text, frozenset(leaf.text), leaf.maxdist))

    def _names(self, leaf: Naming) -> Iterable[tuple[Element, ...]]:
        for name in list(self._articles.surfaces(leaf.entities))[:MOST_NAMES]:
            surfaces, positions, _ = self._tokenizer.surfaces(name)
            elements: list[Element] = []
            last = -1
            for surface, position in zip(surfaces, positions, strict=True):
                if position > last:  # another reading of the same word stands behind it
                    elements.append(Element(surface, False, position - last if elements else 1))
                    last = position
            if elements:
                yield tuple(elements)

    def text_spans(self, text: str, field: str, language: str | None) -> list[tuple[int, int]]:
        """`[start, end)` of everything in a text that is marked, in order, not overlapping."""
        return self.spans_of_all((text,), field, language)[0]

    def spans_of_all(
        self, paragraphs: Sequence[str], field: str, language: str | None
    ) -> list[list[tuple[int, int]]]:
        """The same of several texts, which takes less than one by one."""
        marks = self._field_marks()[field]
        spans: list[list[tuple[int, int]]] = [[] for _ in paragraphs]
        if not marks.empty:
            for number, found in marks.find(paragraphs, language or DEFAULT_LANGUAGE).items():
                spans[number] = _disjoint(found)
        return spans

    def spans(self, article: Article) -> list[Span]:
        """Everything that is marked in an article, in order, the title (paragraph -1) first."""
        language = article.language
        spans = [Span(TITLE, *span) for span in self.text_spans(article.title, "title", language)]
        for number, found in enumerate(self.spans_of_all(article.paragraphs, "body", language)):
            spans += [Span(number, *span) for span in found]
        return spans


def _marking(tree: Any) -> Iterable[Any]:
    """The leaves that an article is found for, in spite of which none is."""
    stack = [] if tree is None else [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, query.Not):
            continue
        if isinstance(node, query.AndNot):
            stack.append(node.a)
        elif isinstance(node, query.And | query.Or | query.DisjunctionMax):
            stack.extend(node.subqueries)
        elif hasattr(node, "fieldname") or isinstance(node, Naming):
            yield node


def _near(asked: str, letters: frozenset[str], most: int, surface: str) -> bool:
    # Nearly every word lacks too many of the letters: told five times as quickly.
    return (
        abs(len(surface) - len(asked)) <= most
        and len(letters.difference(surface)) <= most
        and distance(asked, surface, most) <= most
    )


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
