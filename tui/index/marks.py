"""Where a query's words stand in an article: the same reading of text and query that found it, with offsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from whoosh import query

from tui.article import TITLE, Article, Span
from tui.index.distance import distance
from tui.index.nodes import ArticleSet, Element, Word
from tui.index.nodes import Sequence as WordSequence
from tui.index.schema import TEXT_FIELDS
from tui.index.stems import CHANGES_BEGINNINGS, DEFAULT_LANGUAGE, Stemmer
from tui.index.tokens import Occurrence, Part, Tokenizer, chunk_pattern
from tui.index.wildcard import Wildcard

if TYPE_CHECKING:
    from tui.index.articles import ArticleSource

MOST_NAMES = 40
"""Spellings of a name that are marked."""

_REMEMBERED = 200_000

Marks = tuple[tuple[int, Part], ...]
"""Words of a chunk with the bits of the tests that they pass."""

Test = Callable[[str, str], bool]
"""Whether a surface, in an article of a language, is meant."""


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
        self._fields: dict[str, _FieldMarker] | None = None

    def _field_markers(self) -> dict[str, _FieldMarker]:
        """Made at first use: most results are never looked at."""
        if self._fields is None:
            fields = {field: _FieldMarker(self._stemmer) for field in TEXT_FIELDS}
            for leaf in _marking(self._tree):
                self._add(leaf, fields)
            self._fields = fields
        return self._fields

    def _add(self, leaf: Any, fields: dict[str, _FieldMarker]) -> None:
        if isinstance(leaf, ArticleSet):
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
            fields[leaf.fieldname].add_test(partial(_fits, Wildcard(leaf.text)))
        elif isinstance(leaf, query.FuzzyTerm):
            fields[leaf.fieldname].add_test(partial(_near, leaf.text, leaf.maxdist))

    def _names(self, leaf: ArticleSet) -> Iterable[tuple[Element, ...]]:
        if leaf.name is None:
            return
        for name in list(self._articles.surfaces(*leaf.name))[:MOST_NAMES]:
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
        marker = self._field_markers()[field]
        if marker.empty:
            return []
        found = marker.find(text, language or DEFAULT_LANGUAGE, self._tokenizer)
        return _disjoint(found)

    def spans(self, article: Article) -> list[Span]:
        """Everything that is marked in an article, in order, the title (paragraph -1) first."""
        language = article.language
        spans = [Span(TITLE, *span) for span in self.text_spans(article.title, "title", language)]
        for number, paragraph in enumerate(article.paragraphs):
            spans += [Span(number, *span) for span in self.text_spans(paragraph, "body", language)]
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
        elif hasattr(node, "fieldname") or isinstance(node, ArticleSet):
            yield node


def _fits(wildcard: Wildcard, surface: str, language: str) -> bool:
    return wildcard.fits(surface)


def _near(asked: str, most: int, surface: str, language: str) -> bool:
    return distance(asked, surface, most) <= most


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


class _FieldMarker:
    """What is marked in one field."""

    def __init__(self, stemmer: Stemmer) -> None:
        self._stemmer = stemmer
        self._tests: list[Test] = []
        self._numbers: dict[Element, int] = {}
        self._sequences: list[tuple[tuple[tuple[int, int], ...], int]] = []
        self._single = 0  # bits of the tests that mark a word by itself
        self._known: dict[tuple[str, str], int] = {}
        self._chunks: dict[str, dict[str, Marks]] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing can be marked."""
        return not self._tests

    def add(self, elements: Sequence[Element], slop: int) -> None:
        """Mark words that stand one after the other."""
        numbers = tuple((self._number(element), element.gap) for element in elements)
        if len(numbers) == 1:
            self._single |= 1 << numbers[0][0]
        elif (numbers, slop) not in self._sequences:
            self._sequences.append((numbers, slop))

    def add_test(self, test: Test) -> None:
        """Mark words that pass."""
        self._single |= 1 << len(self._tests)
        self._tests.append(test)

    def _number(self, element: Element) -> int:
        element = element._replace(gap=1)
        number = self._numbers.get(element)
        if number is None:
            number = self._numbers[element] = len(self._tests)
            self._tests.append(partial(self._begins if element.prefix else self._is, element.surface))
        return number

    def _begins(self, asked: str, surface: str, language: str) -> bool:
        return surface.startswith(asked)

    def _is(self, asked: str, surface: str, language: str) -> bool:
        if surface == asked:
            return True
        # Few stemmers take something off the front, and looking up a stem is what marking costs.
        if surface[0] != asked[0] and language not in CHANGES_BEGINNINGS:
            return False
        return self._stemmer.stem(surface, language) == self._stemmer.stem(asked, language)

    def _passed(self, surface: str, language: str) -> int:
        """One bit for each test that the word passes."""
        key = (language, surface)
        bits = self._known.get(key)
        if bits is None:
            bits = 0
            for number, test in enumerate(self._tests):
                if test(surface, language):
                    bits |= 1 << number
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[key] = bits
        return bits

    def _marks(self, written: str, language: str, tokenizer: Tokenizer) -> Marks:
        """The words of a chunk that pass something."""
        parts = tokenizer.chunk(written).parts
        return tuple((bits, part) for part in parts if (bits := self._passed(part.surface, language)))

    def find(self, text: str, language: str, tokenizer: Tokenizer) -> list[tuple[int, int]]:
        """Spans of what is marked, in no order; they may overlap."""
        pattern = chunk_pattern(text)
        written = pattern.findall(text)
        known = self._chunks.setdefault(language, {})
        marks = list(map(known.get, written))
        if None in marks:
            if len(known) > _REMEMBERED:
                known.clear()
            for chunk in set(written).difference(known):
                known[chunk] = self._marks(chunk, language, tokenizer)
            marks = list(map(known.get, written))
        if not any(marks):
            return []  # what most paragraphs are: told in four calls, without a loop
        passed: list[tuple[int, Occurrence]] = []
        position = 0
        for match, found in zip(pattern.finditer(text), marks, strict=True):
            if found:
                offset = match.start()
                for bits, (surface, place, start, end, _) in found:
                    passed.append((bits, Occurrence(surface, position + place, offset + start, offset + end)))
            if self._sequences:
                position += tokenizer.chunk(match.group()).advance
        spans = [(word.start, word.end) for bits, word in passed if bits & self._single]
        for numbers, slop in self._sequences:
            spans += _chains(passed, numbers, slop)
        return spans


def _chains(
    passed: list[tuple[int, Occurrence]], numbers: tuple[tuple[int, int], ...], slop: int
) -> Iterable[tuple[int, int]]:
    """Spans of the words that stand one after the other.

    Goes forward as the evaluator does (each word with the nearest end before it), and back from each last word.
    """
    steps: list[dict[int, tuple[int, Occurrence]]] = []
    for step, (number, gap) in enumerate(numbers):
        here: dict[int, tuple[int, Occurrence]] = {}
        for bits, word in passed:
            if not bits >> number & 1 or word.position in here:
                continue
            if not step:
                here[word.position] = (-1, word)
                continue
            for back in range(gap, gap + slop):
                if word.position - back in steps[-1]:
                    here[word.position] = (word.position - back, word)
                    break
        if not here:
            return
        steps.append(here)
    for position in steps[-1]:
        chain: list[Occurrence] = []
        for here in reversed(steps):
            before, word = here[position]
            chain.append(word)
            position = before
        if slop == 1:
            yield chain[-1].start, chain[0].end
        else:
            for word in chain:
                yield word.start, word.end
