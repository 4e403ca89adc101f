"""The value that flows through everything: one article, and what is marked in it.

Offsets are Unicode code points into one paragraph: `paragraphs[p][start:end] == text` always; paragraph -1 is
the title. Text in an `Article` has been through `tui.harmless.harmless`, so it holds no control character.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, NewType

ArticleId = NewType("ArticleId", str)
"""16 hex digits, given once by the store and never computed again."""

EntityId = NewType("EntityId", str)
"""16 hex digits."""

ArticleNumber = NewType("ArticleNumber", int)
"""The store's own small integer for an article: what sets and arrays of articles are made of."""

MentionType = Literal["person", "organisation", "place", "misc"]
MENTION_TYPES: tuple[MentionType, ...] = ("person", "organisation", "place", "misc")

TITLE = -1
"""The paragraph index that stands for the title."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was published."""

    title: str
    paragraphs: tuple[str, ...]
    date: datetime.date | None = None
    """The day of publication; None where the source gives none, or an impossible one."""
    published: datetime.datetime | None = None
    """The moment of publication, with its zone, where the source gives one."""
    source: str | None = None
    """The outlet: the URL's host without `www.`; None without a URL."""
    url: str | None = None
    author: str | None = None
    language: str | None = None
    """ISO 639-1 code, as detected; None where there is too little text to tell."""

    def text_of(self, paragraph: int) -> str:
        """The text that offsets with this paragraph index count in."""
        return self.title if paragraph == TITLE else self.paragraphs[paragraph]

    @property
    def words(self) -> int:
        """How many words the body has, as white space divides them."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article's text that names something."""

    paragraph: int
    start: int
    end: int
    text: str
    type: MentionType
    entity: EntityId | None = None
    """None until the corpus has decided which entity this is."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one paragraph's text."""

    paragraph: int
    start: int
    end: int


FigureKind = Literal["number", "money", "percentage", "quantity", "date", "time"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A span of an article's text that says a number, an amount, a share, a measure, a day or a time of day."""

    paragraph: int
    start: int
    end: int
    text: str
    kind: FigureKind
    value: str
    """What it says, spelt one way whatever the text spells: figures that agree have the same kind and value."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of an article's text that somebody said."""

    paragraph: int
    start: int
    end: int
    direct: bool
    """Whether these are the words themselves, or what they amounted to."""
    speaker: Mention | None = None
    """The mention that says whose words they are, in this or another paragraph; None where the text leaves it open."""
