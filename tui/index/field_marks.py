"""What of a query is marked in one field of articles: which words, and where in a text they stand.

Nearly no word of a text is marked, so nearly none is read: what a word that could be begins with is looked for in the
lower-cased text, and only the chunks around such places are analysed, exactly as the index analyses them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from tui.index.nodes import Element
from tui.index.stems import CHANGES_BEGINNINGS, Stemmer
from tui.index.tokens import LONGEST_SURFACE, Occurrence, Part, Tokenizer, chunk_pattern

_REMEMBERED = 200_000
_LONGEST_BEGINNING = 8
_MOST_BEGINNINGS = 24
"""Beginnings that are looked for at once; of more, nearly every word has one."""

# Dashes, quotes and signs that stand beside words and are part of none; any other letter beyond ASCII may be folded.
_FOLDED = re.compile(
    r"[^\x00-\x7f\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u2026\u00ab\u00bb\u20ac\u00a3\u00b0\u00a7]"
)
_OTHER_SECOND_LETTER = frozenset(("die", "hie", "lie", "tie", "vie"))
"""English stems with forms (dying) that differ in the second letter; Snowball's only ones of two letters and more."""
_JOINERS = r"[^0-9a-z\s]{0,2}"

Marks = tuple[tuple[int, Part], ...]
"""Words of a chunk with the bits of the tests that they pass."""

Test = Callable[[str], bool]
"""Whether a surface is meant."""


class _Hit(NamedTuple):
    """A chunk that has something to mark."""

    start: int
    marks: Marks


@dataclass(slots=True)
class _Language:
    """What words are meant in articles of one language."""

    letters: int
    """How many letters of a word its stemmer leaves alone for certain."""
    beginnings: set[str] = field(default_factory=set)
    """So many letters of each word that is meant with its other forms."""
    stems: dict[str, int] = field(default_factory=dict)
    """Stems that are meant, with the bits of those who mean them."""
    pattern: re.Pattern[str] | None = None
    """Finds in lower-cased text where a word that is meant may begin; None where any word may."""
    chunks: dict[str, Marks] = field(default_factory=dict)
    """What is known of chunks."""


class FieldMarks:
    """What is marked in one field.

    Args:
        stemmer: the index's.
        tokenizer: the index's.
    """

    def __init__(self, stemmer: Stemmer, tokenizer: Tokenizer) -> None:
        self._stemmer = stemmer
        self._tokenizer = tokenizer
        self._count = 0
        self._numbers: dict[Element, int] = {}
        self._words: dict[str, int] = {}
        self._tests: list[tuple[int, Test]] = []
        self._beginnings: set[str] | None = set()  # of what tests are for; None where one is for any word
        self._sequences: list[tuple[tuple[tuple[int, int], ...], int]] = []
        self._single = 0  # bits of what marks a word by itself
        self._languages: dict[str, _Language] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing can be marked."""
        return not self._count

    def add(self, elements: Sequence[Element], slop: int) -> None:
        """Mark words that stand one after the other."""
        numbers = tuple((self._number(element), element.gap) for element in elements)
        if len(numbers) == 1:
            self._single |= 1 << numbers[0][0]
        elif (numbers, slop) not in self._sequences:
            self._sequences.append((numbers, slop))

    def add_test(self, test: Test, beginning: str = "") -> None:
        """Mark words that pass; all of them begin so."""
        self._single |= 1 << self._test(test, beginning)

    def _test(self, test: Test, beginning: str) -> int:
        number = self._count
        self._count += 1
        self._tests.append((1 << number, test))
        if not beginning:
            self._beginnings = None
        elif self._beginnings is not None:
            self._beginnings.add(beginning[:_LONGEST_BEGINNING])
        return number

    def _number(self, element: Element) -> int:
        element = element._replace(gap=1)
        number = self._numbers.get(element)
        if number is None:
            if element.prefix:
                asked = element.surface
                number = self._test(lambda surface: surface.startswith(asked), asked)
            else:
                number = self._count
                self._count += 1
                self._words[element.surface] = self._words.get(element.surface, 0) | 1 << number
            self._numbers[element] = number
        return number

    # Words

    def _language(self, name: str) -> _Language:
        language = self._languages.get(name)
        if language is None:
            language = _Language(0 if name in CHANGES_BEGINNINGS else 2 if name == "en" else 1)
            for surface, bits in self._words.items():
                stem = self._stemmer.stem(surface, name)
                language.stems[stem] = language.stems.get(stem, 0) | bits
                if len(stem) < 2 or stem in _OTHER_SECOND_LETTER:
                    language.letters = min(language.letters, 1)
            language.beginnings = {surface[: language.letters] for surface in self._words}
            language.pattern = self._pattern(language.beginnings)
            self._languages[name] = language
        return language

    def _pattern(self, beginnings: set[str]) -> re.Pattern[str] | None:
        if self._beginnings is None or "" in beginnings:
            return None
        every = sorted(beginnings | self._beginnings)
        if len(every) > _MOST_BEGINNINGS:
            return None
        # The first letter goes first: a search for it is what the expression compiles to.
        return re.compile(
            "|".join(
                f"{re.escape(each[0])}(?<![0-9a-z]{re.escape(each[0])})"
                + "".join(_JOINERS + re.escape(letter) for letter in each[1:])
                for each in every
            )
        )

    def _passed(self, surface: str, name: str, language: _Language) -> int:
        """One bit for each thing that marks the word."""
        bits = self._words.get(surface, 0)
        if surface[: language.letters] in language.beginnings:
            bits |= language.stems.get(self._stemmer.stem(surface, name), 0)
        for bit, test in self._tests:
            if test(surface):
                bits |= bit
        return bits

    def _marks(self, written: str, name: str, language: _Language) -> Marks:
        """The words of a chunk that pass something."""
        marks: Marks
        if written.isascii() and written.isalnum():
            surface = written[:LONGEST_SURFACE].lower()
            bits = self._passed(surface, name, language)
            marks = ((bits, Part(surface, 0, 0, len(written), False)),) if bits else ()
        else:
            marks = tuple(
                (bits, part)
                for part in self._tokenizer.chunk(written).parts
                if (bits := self._passed(part.surface, name, language))
            )
        language.chunks[written] = marks
        return marks

    # Texts

    def find(self, texts: Sequence[str], name: str) -> dict[int, list[tuple[int, int]]]:
        """Spans of what is marked in texts of that language, by their places; in no order, and they may overlap."""
        language = self._language(name)
        if len(language.chunks) > _REMEMBERED:
            language.chunks.clear()
        whole = "\n".join(texts)
        lowered = whole.lower() if language.pattern is not None else ""
        hits: dict[int, list[_Hit]] = {}
        if language.pattern is not None and len(lowered) == len(whole):
            ends = list(accumulate(len(text) + 1 for text in texts))
            places: dict[int, list[int]] = {}
            for place in _places(whole, lowered, language.pattern):
                which = bisect_right(ends, place)
                places.setdefault(which, []).append(place - ends[which] + len(texts[which]) + 1)
            for which, here in places.items():
                hits[which] = self._hits_at(texts[which], _stretches(texts[which], here), name, language)
        else:
            hits = {which: self._all_hits(text, name, language) for which, text in enumerate(texts)}
        return {which: self._spans(texts[which], found) for which, found in hits.items() if found}

    def _spans(self, text: str, hits: list[_Hit]) -> list[tuple[int, int]]:
        spans = [
            (hit.start + part.start, hit.start + part.end)
            for hit in hits
            for bits, part in hit.marks
            if bits & self._single
        ]
        if self._sequences:
            there = 0
            for hit in hits:
                for bits, _ in hit.marks:
                    there |= bits
            wanted = [
                (numbers, slop)
                for numbers, slop in self._sequences
                if all(there >> number & 1 for number, _ in numbers)
            ]
            if wanted:
                passed = self._placed(text, hits)
                for numbers, slop in wanted:
                    spans += _chains(passed, numbers, slop)
        return spans

    def _all_hits(self, text: str, name: str, language: _Language) -> list[_Hit]:
        pattern = chunk_pattern(text)
        known = language.chunks
        written = pattern.findall(text)
        marks = list(map(known.get, written))
        if None in marks:
            for chunk in set(written).difference(known):
                self._marks(chunk, name, language)
            marks = list(map(known.get, written))
        if not any(marks):
            return []  # what most paragraphs are: told in four calls, without a loop
        return [
            _Hit(match.start(), found)
            for match, found in zip(pattern.finditer(text), marks, strict=True)
            if found
        ]

    def _hits_at(
        self, text: str, stretches: Iterable[tuple[int, int]], name: str, language: _Language
    ) -> list[_Hit]:
        pattern = chunk_pattern(text)
        hits: list[_Hit] = []
        for begin, end in stretches:
            for match in pattern.finditer(text, begin, end):
                written = match.group()
                marks = language.chunks.get(written)
                if marks is None:
                    marks = self._marks(written, name, language)
                if marks:
                    hits.append(_Hit(match.start(), marks))
        return hits

    def _placed(self, text: str, hits: list[_Hit]) -> list[tuple[int, Occurrence]]:
        """The words with their positions, counted from the first of them: what stands between is counted as well."""
        marks_at = {hit.start: hit.marks for hit in hits}
        passed: list[tuple[int, Occurrence]] = []
        position = 0
        for match in chunk_pattern(text).finditer(text, hits[0].start):
            offset = match.start()
            for bits, (surface, place, start, end, _) in marks_at.get(offset, ()):
                passed.append((bits, Occurrence(surface, position + place, offset + start, offset + end)))
            if offset >= hits[-1].start:
                break
            position += self._tokenizer.chunk(match.group()).advance
        return passed


def _places(text: str, lowered: str, pattern: re.Pattern[str]) -> list[int]:
    """Where in a text words that are meant may begin, or letters stand that may be folded to them, in order."""
    places = [match.start() for match in pattern.finditer(lowered)]
    if not text.isascii():
        places += [match.start() for match in _FOLDED.finditer(text)]
        places.sort()
    return places


def _stretches(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of a text around these places, in order: no chunk runs over their ends, for spaces are there."""
    done = 0
    for place in places:
        if place >= done:
            end = text.find(" ", place)
            done = len(text) if end < 0 else end
            yield text.rfind(" ", 0, place) + 1, done


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
