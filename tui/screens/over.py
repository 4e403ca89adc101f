"""Pages that lie over the reader: how one gets there, and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.article import ArticleId
from tui.screens.editing import EditingScreen
from tui.screens.reading import Sentence
from tui.widgets.article_pane import ArticlePane

if TYPE_CHECKING:
    from tui.screens.comparing import LeftAt, ReadThere


class OverScreen(EditingScreen):
    """The part of the reader that opens pages over itself."""

    _left_at: tuple[int, LeftAt] | None = None
    """The comparison that was left last, and the corpus's generation then: one comes back to the same place."""

    # Side by side

    def action_compare(self) -> None:
        """The open articles side by side; of one, it and the selected one."""
        opened = list(dict.fromkeys(pane.article_id for pane in self.panes if pane.article_id is not None))
        selected = self.results.selected_hit
        if len(opened) < 2:
            for id in (self.article_id, selected.id if selected else None):
                if id is not None and id not in opened:
                    opened.append(id)
        if len(opened) < 2:
            self.footer_say("read one article, select another, then c: or open two, with v")
            return
        self.set_side_by_side(tuple(opened[:3]))

    def set_side_by_side(self, ids: tuple[ArticleId, ...], *, remember: bool = True) -> None:
        """Open the comparison of two or three articles."""
        from tui.screens.compare import CompareScreen
        from tui.screens.comparing import LeftAt, first_shown

        if remember:
            self.remember_selected()
            self.visits.go(self.visits.present._replace(compared=ids))
        selected = self.results.selected_hit
        left = LeftAt(ids, first_shown(self.corpus.desk.get("comparison view")))
        if self._left_at is not None and self._left_at[1].articles == ids:
            generation, before = self._left_at
            left = before if generation == self.corpus.generation else before._replace(board=None)
        screen = CompareScreen(
            self.corpus,
            self.settings,
            left,
            other=selected.id if selected else None,
            leaving=partial(self._keep_comparison, ids),
        )
        self.app.push_screen(screen, self._leave_comparison)

    def _keep_comparison(self, ids: tuple[ArticleId, ...], left: LeftAt) -> None:
        """Remember where it was left, and with which articles: one may have joined, another gone."""
        self._left_at = self.corpus.generation, left
        if left.shown.view != "only":
            self.keep(self.corpus.desk.set, "comparison view", left.shown.view)
        if self.visits.present.compared == ids:
            self.visits.amend(self.visits.present._replace(compared=left.articles))

    async def _leave_comparison(self, there: ReadThere | None) -> None:
        """Read on where Enter was pressed, or go on with what was there before."""
        if there is not None:
            pane = next((pane for pane in self.panes if pane.article_id == there.article), None)
            await self.read(there.article, pane, at=Sentence(there.span))
        elif self.visits.present.compared:
            self.visits.back()

    @property
    def read_from_comparison(self) -> bool:
        """Whether the article that has the keys was opened from a comparison: that is what lies under it."""
        at = self.visits.at
        pane = self.focused
        return (
            at > 0
            and bool(self.visits.visits[at - 1].compared)
            and isinstance(pane, ArticlePane)
            and pane.article_id == self.visits.present.article
        )
