"""What comparing articles and grouping them to stories answers, as values: read by the corpus, screens and commands.

Offsets are as in `tui.article`: Unicode code points into one paragraph.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, NamedTuple, NewType

from tui.article import Article, ArticleId, Figure, Mention, Span

StoryId = NewType("StoryId", str)
"""16 hex digits, kept when a story grows or is made anew."""

PairKind = Literal["identical", "near", "reworded"]
PAIR_KINDS: tuple[PairKind, ...] = ("identical", "near", "reworded")

DifferenceKind = Literal["figure", "name", "word"]


class Sentence(NamedTuple):
    """A sentence of an article's body, or of its title where `paragraph` is -1."""

    paragraph: int
    start: int
    end: int
    text: str
    """`paragraphs[paragraph][start:end]`."""


@dataclass(frozen=True, slots=True)
class Side:
    """An article as it is compared: with what is known of it."""

    article: Article
    id: ArticleId | None = None
    """None where it is in no corpus."""
    mentions: tuple[Mention, ...] = ()
    """In reading order; those of one entity have the same `entity` where the corpus has decided."""
    figures: tuple[Figure, ...] | None = None
    """In reading order; None where nobody has looked for any."""
    boilerplate: frozenset[int] = frozenset()
    """Paragraphs that take no part."""


class Difference(NamedTuple):
    """Where the sentences of a pair differ."""

    kind: DifferenceKind
    """`figure` where both sides say a value and they disagree, `name` where they name others, else `word`."""
    left: str
    """What stands there; empty where only the other side has words."""
    right: str
    left_span: Span
    """Where; where that side has no words it is empty, and says where they would stand."""
    right_span: Span


class Pair(NamedTuple):
    """Two sentences that say the same, more or less."""

    left: int
    """Index in `Comparison.left`."""
    right: int
    kind: PairKind
    score: float
    """How sure it is that they belong together, 0 to 1."""
    differences: tuple[Difference, ...]
    """In the order of the left sentence; none where they are identical."""


class Comparison(NamedTuple):
    """Two articles, sentence by sentence."""

    left: tuple[Sentence, ...]
    """The sentences that take part, in reading order as published."""
    right: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    """By `left`, then by `right`; an index comes more than once where sentences were merged or split."""
    only_left: tuple[int, ...]
    """Ascending."""
    only_right: tuple[int, ...]
    shared: float
    """The share of the shorter article's sentences that have a pair, 0 to 1; 0 where it has none."""
    title: tuple[Difference, ...] = ()
    """Where the titles differ."""
    note: str | None = None
    """What to know of it, in one line: that the articles are long, or in different scripts."""

    def disagreements(self) -> tuple[tuple[Pair, Difference], ...]:
        """Figures that differ within a pair, in the order of the pairs."""
        return tuple((pair, one) for pair in self.pairs for one in pair.differences if one.kind == "figure")


class Story(NamedTuple):
    """Articles about one event."""

    id: StoryId
    title: str
    """That of the article that stands for it, or what the reader called it."""
    first: datetime.date | None
    last: datetime.date | None
    articles: tuple[ArticleId, ...]
    """In time; of one moment as the corpus has them; without a date last."""
    sources: int
    """How many outlets."""
    reprints: tuple[tuple[ArticleId, ...], ...]
    """Groups of two and more articles with mostly one text; in each the fullest first."""
    earlier: tuple[StoryId, ...] = ()
    """Stories that this one goes on from, the latest first."""
    later: tuple[StoryId, ...] = ()
    """Stories that go on from this one, the first first."""


class Telling(NamedTuple):
    """A sentence of an article that tells a statement: a cell of the coverage matrix."""

    article: ArticleId
    sentence: Sentence
    kind: PairKind
    """Against the statement's own sentence."""


class Statement(NamedTuple):
    """Something that one or more reports say: a row of the coverage matrix."""

    article: ArticleId
    """Whose sentence says it most clearly."""
    sentence: Sentence
    tellings: tuple[Telling | None, ...]
    """One a column; None where that source leaves it out."""
    first: int | None
    """The column that had it first; None where times of day don't decide."""
    day: datetime.date | None
    """The first day on which it was told."""

    @property
    def carried(self) -> int:
        """By how many sources."""
        return sum(telling is not None for telling in self.tellings)


class Column(NamedTuple):
    """A source of the coverage matrix, with what it published on the story."""

    source: str | None
    articles: tuple[ArticleId, ...]
    """In time; of several reprints in one source only the fullest."""
    first: datetime.date | None
    published: datetime.datetime | None
    """The first moment, where the source gives one."""


class Matrix(NamedTuple):
    """Who told what of a story."""

    columns: tuple[Column, ...]
    """In time."""
    statements: tuple[Statement, ...]
    """Those first that most sources carried; of equally many in the order of the reports."""
    articles: int
    """How many reports were compared."""
    note: str | None = None
    """What to know of it, in one line: that reports were left out because there are too many."""


class Order(NamedTuple):
    """An order in which an article's paragraphs were likely written."""

    paragraphs: tuple[int, ...]
    """Every paragraph's index once, boilerplate at the end."""
    confidence: float
    """0 to 1; below `tui.stories.order.CONFIDENT` it is not to be shown as more than a guess."""
    reprint: ArticleId | None
    """The article that it was taken from; None where it was worked out from the text alone."""
