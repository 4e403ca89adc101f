"""Where a reader is on a story's page, what is known of it by then, and where the reader goes from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tui.article import ArticleId, Span
from tui.corpus.values import Timeline
from tui.stories.values import Matrix, Story, StoryId
from tui.widgets.coverage_view import CoveragePlace
from tui.widgets.report_rows import Report

Part = Literal["reports", "coverage"]


class Leave(NamedTuple):
    """Where the reader goes from a story's page: one of these."""

    article: ArticleId | None = None
    span: Span | None = None
    """Where in the article; None for where one was."""
    compared: tuple[ArticleId, ...] = ()
    story: StoryId | None = None
    query: str = ""


@dataclass(slots=True)
class KeptStory:
    """A story as far as it is known, and where the reader was on its page: kept for coming back."""

    story: Story
    part: Part = "reports"
    selected: ArticleId | None = None
    at: int = 0
    unfolded: set[ArticleId] = field(default_factory=set)
    marked: set[ArticleId] = field(default_factory=set)
    reports: dict[ArticleId, Report | None] = field(default_factory=dict)
    coverage: CoveragePlace = field(default_factory=CoveragePlace)
    matrix: Matrix | None = None
    timeline: Timeline | None = None
    earlier: Sequence[Story] = ()
    later: Sequence[Story] = ()
