"""What the corpus answers, as values: read by screens and commands."""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

from tui.article import ArticleId, EntityId, MentionType
from tui.stories.values import StoryId

Phase = Literal["walking", "reading", "indexing", "grouping", "comparing"]


class Entity(NamedTuple):
    """What the mentions of a corpus name, as the corpus decided."""

    id: EntityId
    name: str
    type: MentionType
    aliases: tuple[str, ...]
    """Its other names, most used first."""
    articles: int
    """How many articles mention it."""
    mentions: int
    """How often it is mentioned."""


StoryOrder = Literal["newest", "largest"]


class InStory(NamedTuple):
    """How an article stands among others."""

    story: StoryId
    articles: int
    """How many the story has."""
    reprints: int
    """How many other articles print this one's text."""


class NameEdit(NamedTuple):
    """Something that the reader put right about a name, or a story."""

    words: str
    """What was done: one line."""
    at: datetime.datetime
    """When, in local time."""


class Burst(NamedTuple):
    """Days in which something was in the news more than at other times."""

    first: datetime.date
    last: datetime.date


class Timeline(NamedTuple):
    """How many articles there were, day by day."""

    days: tuple[tuple[datetime.date, int], ...]
    """(day, articles), ascending; days without an article are left out."""
    undated: int
    bursts: tuple[Burst, ...]


class Companion(NamedTuple):
    """An entity that is named together with another one."""

    entity: Entity
    together: int
    """How many articles name both."""
    likelihood: float
    """Dunning's log-likelihood ratio (G²) of the two occurring together; greater is surer."""
    information: float
    """Pointwise mutual information, in bits."""


class Said(NamedTuple):
    """What an entity said, in one article."""

    article: ArticleId
    title: str
    date: datetime.date | None
    source: str | None
    paragraph: int
    start: int
    end: int
    text: str
    direct: bool


ConcordanceOrder = Literal["date", "left", "right"]


class Line(NamedTuple):
    """A keyword in its context: one mention and what stands before and after it."""

    article: ArticleId
    title: str
    date: datetime.date | None
    source: str | None
    paragraph: int
    start: int
    end: int
    left: str
    """What stands before it in the paragraph: enough for a line of the screen."""
    text: str
    right: str


class Concordance(NamedTuple):
    """Lines of an entity's concordance."""

    total: int
    """How many lines there are in all."""
    lines: tuple[Line, ...]


class Failure(NamedTuple):
    """A file that was not taken, and why: both fit to be shown."""

    path: str
    reason: str


class Progress(NamedTuple):
    """How far an indexing run has come, or the comparison of a story's reports."""

    phase: Phase
    done: int
    """Files found, files read, articles indexed or put into stories, reports compared, by phase."""
    total: int | None
    """None while walking: nobody knows yet."""
    rate: float
    """How many a second in this phase; 0.0 at its beginning."""


class IndexReport(NamedTuple):
    """What an indexing run did. Counts are of files, but for `added`, `updated`, `removed`: articles."""

    read: int
    """Files whose content was looked at."""
    added: int
    updated: int
    unchanged: int
    """Files that were not looked at, or whose content was as before."""
    removed: int
    failed: tuple[Failure, ...]
    """Every file under the given roots that was not taken, in this run or in one before it."""
    warnings: tuple[Failure, ...]
    """Files that were taken with a reservation, and what to know about a root."""
    seconds: float


class Overview(NamedTuple):
    """What the corpus holds, at a glance."""

    articles: int
    words: int
    sources: int
    """How many outlets."""
    top_sources: tuple[tuple[str, int], ...]
    """(name, articles), most first."""
    first: datetime.date | None
    last: datetime.date | None
    """The days of the oldest and the newest dated article; None where none has a date."""
    undated: int
    languages: tuple[tuple[str, int], ...]
    """(ISO 639-1 code, articles), most first."""
    people: tuple[Entity, ...]
    organisations: tuple[Entity, ...]
    places: tuple[Entity, ...]
    busiest: tuple[tuple[datetime.date, int], ...]
    """(day, articles), most first."""
    failed: int
    """How many files were not taken; `Corpus.failures` names them."""


class Finding(NamedTuple):
    """One thing that the doctor looked at."""

    subject: str
    """`store`, `index`, `desk`, `roots`, …"""
    state: Literal["well", "note", "ill", "fixed"]
    message: str
