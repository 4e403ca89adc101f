"""Pages that lie over the reader: how one gets there, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.article import ArticleId
from tui.screens.editing import EditingScreen
from tui.screens.reading import Sentence

if TYPE_CHECKING:
    from tui.screens.compare import ReadThere


class OverScreen(EditingScreen):
    """The part of the reader that opens pages over itself."""

    # Side by side

    def action_compare(self) -> None:
        """The open articles side by side; of one, it and the selected one."""
        opened = list(dict.fromkeys(pane.article_id for pane in self.panes if pane.article_id is not None))
        selected = self.results.selected_hit
        about = self.article_id
        if len(opened) < 2:
            for id in (about, selected.id if selected else None):
                if id is not None and id not in opened:
                    opened.append(id)
        if len(opened) < 2:
            self.footer_say("read one article, select another, then c: or open two, with v")
            return
        self.set_side_by_side(tuple(opened[:3]))

    def set_side_by_side(self, ids: tuple[ArticleId, ...], *, remember: bool = True) -> None:
        """Open the comparison of two or three articles."""
        from tui.screens.compare import CompareScreen

        if remember:
            self.remember_selected()
            self.visits.go(self.visits.present._replace(compared=ids))
        selected = self.results.selected_hit
        screen = CompareScreen(
            self.corpus,
            self.settings,
            ids,
            other=selected.id if selected else None,
            keep=lambda key, value: self.keep(self.corpus.desk.set, key, value),
        )
        self.app.push_screen(screen, self._leave_comparison)

    async def _leave_comparison(self, there: ReadThere | None) -> None:
        """Read on where Enter was pressed, or go on with what was there before."""
        if there is not None:
            pane = next((pane for pane in self.panes if pane.article_id == there.article), None)
            await self.read(there.article, pane, at=Sentence(there.span))
        elif self.visits.present.compared:
            self.visits.back()
