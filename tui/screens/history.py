"""Back and forward, as in a browser: what was searched and what was open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tui.article import ArticleId, EntityId
from tui.stories.values import StoryId

LONGEST = 200


class Visit(NamedTuple):
    """One thing that was shown."""

    query: str = ""
    typing: bool = False
    """Whether its last word was taken as a beginning."""
    selected: int | None = None
    """Number of the article that was selected in the list."""
    related_to: ArticleId | None = None
    """The list shows the articles like this one instead of the query's."""
    article: ArticleId | None = None
    """What was open in the pane with the focus; None while only the list was looked at."""
    entity: EntityId | None = None
    """Whose page was open, over all of that; None where none was."""
    compared: tuple[ArticleId, ...] = ()
    """Which articles were set side by side, over all of that; none where none were."""
    story: StoryId | None = None
    """Whose page was open, over all but a comparison."""
    listed: bool = False
    """Whether the stories of the query were listed, over all but a comparison and a story's page."""


@dataclass(slots=True)
class History:
    """Visits, with one of them the present one."""

    visits: list[Visit] = field(default_factory=lambda: [Visit()])
    at: int = 0

    @property
    def present(self) -> Visit:
        """What is shown now."""
        return self.visits[self.at]

    def go(self, visit: Visit) -> None:
        """Show something else; what was forward of here is gone."""
        if visit._replace(selected=None) == self.present._replace(selected=None):
            return
        del self.visits[self.at + 1 :]
        self.visits.append(visit)
        del self.visits[:-LONGEST]
        self.at = len(self.visits) - 1

    def amend(self, visit: Visit) -> None:
        """Show something else in the place of what is shown: a query while it is being typed is one visit."""
        self.visits[self.at] = visit

    def back(self) -> Visit | None:
        """The visit before; None at the beginning."""
        if self.at == 0:
            return None
        self.at -= 1
        return self.present

    def forward(self) -> Visit | None:
        """The visit after; None at the end."""
        if self.at + 1 >= len(self.visits):
            return None
        self.at += 1
        return self.present
