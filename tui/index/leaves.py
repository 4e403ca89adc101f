"""The leaves of the query tree: what a word, a phrase and a field's value ask for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from whoosh import query

from tui.folding import fold
from tui.index.articles import FLAGS, NameField
from tui.index.build import PARAGRAPH_GAP
from tui.index.dates import parse_days
from tui.index.nodes import ArticleSet, Days, Element, FromSource, InLanguage, Naming, Word
from tui.index.nodes import Sequence as WordSequence
from tui.index.schema import TEXT_FIELDS, TITLE_BOOST
from tui.index.tokens import Part, is_unspaced

if TYPE_CHECKING:
    from tui.index.articles import ArticleSource
    from tui.index.tokens import Tokenizer

TEXT_FIELD_NAMES = ("title", "url", "text", "body")
"""Fields that hold words; `text` is title and body, as where no field is named."""

NAME_FIELDS = {
    "person": "person", "people": "person", "org": "org", "organisation": "org", "organization": "org",
    "place": "place", "entity": "entity",
}  # fmt: skip
VALUE_FIELDS = (*NAME_FIELDS, "date", "is", "lang", "language", "source", "story", "tag")
"""Fields whose values are not words."""

SHOWN_FIELDS = (
    "title", "source", "url", "date", "person", "org", "place", "entity", "story", "lang", "is",
)  # fmt: skip
"""Fields worth offering."""

_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "www"})
_UNKNOWN_FIELD = re.compile(r"([^\W\d_][\w-]{0,30}):(?=\S)(?!//)")
_FUZZY = re.compile(r"(.*[^~])~(\d*)")
_STARS = re.compile(r"\*+")
_QUESTION_AT_END = re.compile(r"(?<=[^?*])\?+$")
MOST_SLOP = PARAGRAPH_GAP - 14
LONGEST_TOO_COMMON = 2
"""Letters of a word being typed that are too few to rank by: newest first, for as long as it has no more."""

_MOST_LOOKED_UP = 1_000
"""Entities whose articles the store is asked for, 4 µs each; the articles of more are found in the segments."""

_PREFIX_SCORE = 0.5


class QueryWord(NamedTuple):
    """A word of the query that stands for itself, and so can be misspelt."""

    surface: str
    start: int
    end: int
    """Offsets into the query's text."""
    fields: tuple[str, ...]
    prefix: bool
    """Whether the word may still be growing."""


class LeafMaker:
    """Makes leaves, and remembers the words among them."""

    def __init__(
        self, tokenizer: Tokenizer, articles: ArticleSource, note: Callable[[str], None], *,
        typing: bool, today: datetime.date, length: int,
    ) -> None:  # fmt: skip
        self._tokenizer = tokenizer
        self._articles = articles
        self._note = note
        self._typing = typing
        self._today = today
        self._length = length
        self.words: list[QueryWord] = []
        self.unknown = False
        """Whether a name was asked for that nobody has."""

    # Words

    def word(self, field: str | None, text: str, start: int, end: int) -> Any:
        """A bare word with its endings: `rus*`, `wom?n`, `putn~2`; more than one word where it holds punctuation."""
        growing = self._typing and end >= self._length
        if unknown := _UNKNOWN_FIELD.match(text):
            rest = text[unknown.end() :]
            chunks = [self.no_field(field, unknown.group(1), start, end)]
            chunks.append(self._with_endings(field, rest, end - len(rest), end, growing))
            return query.And([leaf for leaf in chunks if leaf is not None])
        return self._with_endings(field, text, start, end, growing)

    def no_field(self, field: str | None, name: str, start: int, end: int) -> Any:
        """What stands before a colon as a field's name would: a word, but not one that was misspelt."""
        if name.lower() not in _SCHEMES:
            self._note(f"{name}: is not a field{_meant(name)}; searched as words")
        told = len(self.words)
        leaf = self._plain(field, name, start, end, False)
        del self.words[told:]
        return leaf

    def _with_endings(self, field: str | None, text: str, start: int, end: int, growing: bool) -> Any:
        if fuzzy := _FUZZY.fullmatch(text):
            return self._fuzzy(field, fuzzy.group(1), fuzzy.group(2))
        text = _QUESTION_AT_END.sub("", text)
        if not text.strip("*?"):
            return query.Every() if "*" in text else None
        if "*" in text.rstrip("*") or "?" in text:
            return self._wildcard(field, _STARS.sub("*", text))
        if text.endswith("*"):
            return self._prefix(field, text.rstrip("*"))
        return self._plain(field, text, start, end, growing)

    def _plain(self, field: str | None, text: str, start: int, end: int, growing: bool) -> Any:
        elements, joined = self._elements(text)
        if not elements:
            return None
        fields = _fields(field)
        if len(elements) > 1:
            if growing:
                elements = (*elements[:-1], elements[-1]._replace(prefix=True))
            leaves = [_sequence(name, elements, 1) for name in fields]
            leaves += [_word(name, surface) for surface in joined for name in fields]
            if growing:
                leaves += [_begins(name, surface, _PREFIX_SCORE) for surface in joined for name in fields]
            return _any(leaves)
        surface, prefix, _ = elements[0]
        if not prefix:
            self.words.append(QueryWord(surface, start, end, fields, growing))
        if prefix or (growing and len(surface) <= LONGEST_TOO_COMMON):
            return _any([_begins(name, surface, 0.0) for name in fields])
        leaves = [_word(name, surface) for name in fields]
        if growing:
            leaves += [_begins(name, surface, _PREFIX_SCORE) for name in fields]
        return _any(leaves)

    def _prefix(self, field: str | None, text: str) -> Any:
        elements, joined = self._elements(text)
        if not elements:
            return None
        fields = _fields(field)
        if len(elements) == 1:
            return _any([_begins(name, elements[0].surface, _PREFIX_SCORE) for name in fields])
        elements = (*elements[:-1], elements[-1]._replace(prefix=True))
        leaves = [_sequence(name, elements, 1) for name in fields]
        return _any(leaves + [_begins(name, surface, _PREFIX_SCORE) for surface in joined for name in fields])

    def _wildcard(self, field: str | None, text: str) -> Any:
        pattern = re.sub(r"[^\w*?]", "", fold(text)).replace("_", "")
        if not pattern.strip("*?"):
            return query.Every() if "*" in pattern else None
        return _any(
            [query.Wildcard(name, pattern, boost=_boost(name) * _PREFIX_SCORE) for name in _fields(field)]
        )

    def _fuzzy(self, field: str | None, text: str, distance: str) -> Any:
        elements, _ = self._elements(text.replace("*", " ").replace("?", " "))
        most = int(distance[:3] or 1)
        if most > 2:
            self._note("words are compared with at most two letters different: ~2")
            most = 2
        leaves = []
        for element in elements:
            names = _fields(field)
            exact = [_word(name, element.surface) for name in names]
            if most:
                exact += [
                    query.FuzzyTerm(
                        name,
                        element.surface,
                        maxdist=most,
                        prefixlength=0,
                        boost=_boost(name) * _PREFIX_SCORE,
                    )
                    for name in names
                ]
            leaves.append(_any(exact))
        return query.And(leaves) if leaves else None

    def quoted(self, field: str | None, text: str, slop: int, closed: bool, start: int, end: int) -> Any:
        """Words one after the other."""
        growing = self._typing and not closed and text[-1:].strip() != ""
        if not closed and not self._typing:
            self._note('a " was not closed: closed at the end')
        if slop > MOST_SLOP:
            self._note(f"words of a phrase can be at most {MOST_SLOP} apart: ~{MOST_SLOP}")
        elements, _ = self._elements(text.replace("*", " "))
        if not elements:
            return None
        if growing:
            elements = (*elements[:-1], elements[-1]._replace(prefix=True))
        fields = _fields(field)
        if len(elements) == 1 and not elements[0].prefix:
            self.words.append(QueryWord(elements[0].surface, start + 1, start + 1 + len(text), fields, False))
            return _any([_word(name, elements[0].surface) for name in fields])
        return _any([_sequence(name, elements, max(1, min(slop, MOST_SLOP))) for name in fields])

    def _elements(self, text: str) -> tuple[tuple[Element, ...], list[str]]:
        """The words of a text in order, and the other readings of words joined by hyphens.

        Pairs of characters cover one another, so the single last character of such a run says nothing new.
        """
        elements: list[Element] = []
        joined: list[str] = []
        position, last = 0, -1
        for _, chunk in self._tokenizer.chunks(text):
            before: Part | None = None
            for part in chunk.parts:
                if part.joined:
                    if part.end - part.start > len(part.surface):
                        joined.append(part.surface)
                    continue
                single = len(part.surface) == 1 and is_unspaced(part.surface)
                if single and before is not None and before.end == part.end:
                    continue
                gap = position + part.position - last if elements else 1
                elements.append(Element(part.surface, single, max(gap, 1)))
                last, before = position + part.position, part
            position += chunk.advance
        return tuple(elements), joined if len(elements) > 1 else []

    # Values

    def value(self, field: str, value: str, start: int, end: int, quoted: bool = False) -> Any:
        """What `field:value` asks; None, with a note, where that is nothing. A name in quotes is a whole name."""
        growing = self._typing and end >= self._length
        plain = _unquoted(value.strip())
        if not plain:
            if not growing:
                self._note(f"{field}: has no value")
            return None
        if field in NAME_FIELDS:
            return self._named(NAME_FIELDS[field], plain, growing and not value.endswith(("'", '"')), quoted)
        if field == "date":
            days = parse_days(value, self._today)
            if days is None and not growing:
                self._note(f"date:{value} is not a date; left out (2021-12-16, 2021-12, 2021, 'last week')")
            return Days(*days) if days else None
        if field in ("lang", "language"):
            return InLanguage(fold(plain)[:8])
        if field == "source":
            name = (
                fold(plain).removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
            )
            return FromSource(name.rstrip("*"), prefix=growing or name.endswith("*"))
        if field == "is":
            return self._flagged(fold(plain), growing)
        if field == "story":
            return self._story(plain, quoted, growing)
        self._note(f"{field}: is not known yet; left out")
        return None

    def _named(self, field: str, name: str, growing: bool, quoted: bool) -> Any:
        asked = cast("NameField", field)
        if not name.strip("* "):
            return None
        begun = growing and not quoted and not name.endswith("*")
        entities = self._articles.entities_named(asked, f"{name}*" if begun else name, whole=quoted)
        if not len(entities):
            self.unknown = True
            if not begun:
                self._note(f"no {_SPOKEN[field]} of the name {name}")
        told = self._articles.told_by_text().entities
        if len(entities) > _MOST_LOOKED_UP and not np.isin(told, entities).any():
            return Naming(entities)
        return Naming(entities, self._articles.articles_naming(entities))

    def _story(self, text: str, quoted: bool, growing: bool) -> Any:
        numbers = self._articles.articles_of_story(text, quoted=quoted, begun=growing)
        if numbers is None:
            if not growing:
                self._note(f"there is no story {text}")
            numbers = np.zeros(0, np.uint32)
        return ArticleSet(numbers)

    def _flagged(self, flag: str, growing: bool) -> Any:
        known = [name for name in FLAGS if name == flag or (growing and name.startswith(flag))]
        if len(known) == 1:
            return ArticleSet(self._articles.flagged(known[0]))
        if not growing:
            self._note(f"is:{flag} is not known; left out ({', '.join(f'is:{name}' for name in FLAGS)})")
        return None


_SPOKEN = {
    "person": "person",
    "org": "organisation",
    "place": "place",
    "entity": "person, organisation or place",
}


def _unquoted(value: str) -> str:
    """The value without quotes around it; in single quotes others are its own."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].strip("' ")
    return value.strip("'\"").strip()


def _meant(name: str) -> str:
    """The field that was meant, in parentheses; nothing where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), SHOWN_FIELDS, 1, 0.7)
    return f" (did you mean {near[0]}:?)" if near else ""


def _fields(field: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if field in (None, "text") else (field or "",)


def _boost(field: str) -> float:
    return TITLE_BOOST if field == "title" else 1.0


def _word(field: str, surface: str) -> Word:
    return Word(field, surface, _boost(field))


def _sequence(field: str, elements: tuple[Element, ...], slop: int) -> Any:
    return WordSequence(field, elements, slop, _boost(field))


def _begins(field: str, surface: str, score: float) -> Any:
    """Any word that begins so, at a constant score: rarity says nothing about half a word."""
    return query.Prefix(field, surface, boost=_boost(field) * score)


def _any(leaves: Sequence[Any]) -> Any:
    return leaves[0] if len(leaves) == 1 else query.Or(list(leaves))
