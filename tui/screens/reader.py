"""The reader: the screen on which everything happens. Layout, searching and reading are in modules of their own;
here is what belongs to none of them: the reader's own marks, back and forward, closing, help, the background.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from tui.article import ArticleId
from tui.errors import BroadsheetError
from tui.index.results import Hit
from tui.keys import COMMANDS
from tui.screens.bound import bindings
from tui.screens.paragraphs import ParagraphsScreen
from tui.screens.reading import Kept
from tui.screens.refresh import Refresh, Refreshed
from tui.widgets.article_pane import ArticlePane
from tui.widgets.dates import long_date
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app import BroadsheetApp
    from tui.corpus import Overview
    from tui.stories.values import Story

DESK_S = 2.0
"""How often it is looked whether another process has written to the desk: as cheap as a file's date."""


LATEST = 10
"""Stories that are named at the start."""


LATER = (
    "tui.widgets.entity_page", "tui.widgets.asking", "tui.corpus.exploring",
    "tui.screens.compare", "tui.stories.comparison", "tui.stories.alignment", "tui.stories.differences", "lap",
    "rapidfuzz.process", "rapidfuzz.distance",
    "tui.screens.story", "tui.stories.matrix",
)  # fmt: skip
"""Modules that are imported when the reader stands: the first name, or comparison, would wait for them."""


class Surveyed(Message):
    """What the corpus holds is counted."""

    def __init__(self, overview: Overview, stories: Sequence[Story]) -> None:
        super().__init__()
        self.overview = overview
        self.stories = stories


class ReaderScreen(ParagraphsScreen):
    """Results, articles, facets and entities of one corpus."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("move", "move('{}')"), *bindings("screen")]

    @property
    def broadsheet(self) -> BroadsheetApp:
        """The application, by its own type."""
        from tui.app import BroadsheetApp

        assert isinstance(self.app, BroadsheetApp)
        return self.app

    def on_mount(self) -> None:
        """Paint real titles first; the index, the overview and what is new on disk come after."""
        self.show_newest()
        self.show_parts()
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """Keep where everything was."""
        self.finish()

    async def _begin(self) -> None:
        # What stands now stays: later collections, between keystrokes, need not go through it.
        gc.freeze()
        gc.enable()
        self.find_field.display = False
        self.entity_panel.display = False
        self.facets.set_open(False)
        await self.complete()
        complaints = self.broadsheet.complaints
        if complaints:
            more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
            self.notice.keep_saying(complaints[0] + more)
        if not self.search_field.value:  # nothing was typed before the first frame stood
            self.search_field.set_value(self.visits.present.query, quiet=True)
            self.search_for(self.search_field.value, keep=self.selected_number)
        self._survey()
        self.set_interval(DESK_S, lambda: self.background.explore(self._look_at_desk))
        self.run_worker(self._load_kept, group="kept", thread=True, exit_on_error=False)
        if self.broadsheet.takes_up_changes:
            self.run_worker(
                Refresh(self.corpus, self.post_message).run(), group="refresh", exit_on_error=False
            )

    @property
    def selected_number(self) -> int | None:
        """Number of the selected article."""
        hit = self.results.selected_hit
        return hit.number if hit else None

    def _survey(self) -> None:
        self.run_worker(self._overview, group="overview", exclusive=True, thread=True, exit_on_error=False)

    def _overview(self) -> None:
        self.post_message(Surveyed(self.corpus.overview(), self.corpus.stories(limit=LATEST)))
        for module in LATER:
            import_module(module)

    @on(Surveyed)
    def _greet(self, surveyed: Surveyed) -> None:
        self.greeting.show_overview(self.corpus.name, surveyed.overview, surveyed.stories)

    @on(Refreshed)
    def _take_up(self, refreshed: Refreshed) -> None:
        self.set_busy(refreshed.busy)
        if refreshed.said:
            self.notice.keep_saying(refreshed.said)
        if refreshed.changed:
            self.articles = self.corpus.count()
            self.name_panes_again()
            self.corpus_changed()
            self.renew_page()

    def _look_at_desk(self) -> None:
        """Names may be put right by another process at any time: that is seen here a little later."""
        if self.corpus.desk.refresh():
            self.post_message(Refreshed(self.busy, changed=True))

    def corpus_changed(self) -> None:
        """Search anew, count anew; what stories told may be told otherwise now."""
        self.forget_coverage()
        if not self.showing_related:
            self.search_for(self.search_field.value, typing=self.typing, keep=self.selected_number)
        self._survey()

    def on_worker_state_changed(self, changed: Worker.StateChanged) -> None:
        """A worker that failed in a way nobody foresaw says so; the program goes on."""
        if changed.state is WorkerState.ERROR:
            error = changed.worker.error
            self.notice.say(f"that went wrong, and should not: {type(error).__name__}: {error}")
            self.log.error(error)

    async def on_event(self, event: events.Event) -> None:
        """A word in the footer stands until the next key."""
        if isinstance(event, events.Key):
            self.footer.say("")
            self.notice.let_go()
        await super().on_event(event)

    # The reader's own marks

    def _load_kept(self) -> None:
        self.post_message(Kept())

    @on(Kept)
    def _show_kept(self) -> None:
        self.run_worker(self._read_kept, group="kept", exclusive=True, thread=True, exit_on_error=False)

    def _read_kept(self) -> None:
        desk = self.corpus.desk
        self.app.call_from_thread(self._show_marks, desk.read_ids(), desk.starred_ids())

    def _show_marks(self, read: frozenset[ArticleId], starred: frozenset[ArticleId]) -> None:
        self.results.set_kept(read, starred)
        if self.page is not None:
            self.page.naming.set_kept(read, starred)

    def action_star(self) -> None:
        """Star, or take the star away; a companion is picked."""
        id = self.article_id
        if self.context == "company":
            self.pick_companion()
        if id is None:
            return
        star = id not in self.results.starred
        starred = self.results.starred | {id} if star else self.results.starred - {id}
        self._show_marks(self.results.read, starred)
        for pane in self.panes:
            if pane.article_id == id:
                pane.set_starred(star)
        self.keep(self.corpus.desk.set_starred, id, star)
        self.footer_say("starred: is:starred finds it" if star else "star taken away")

    def action_unread(self) -> None:
        """Mark as unread, or as read."""
        id = self.article_id
        if id is None:
            return
        read = id not in self.results.read
        ids = self.results.read | {id} if read else self.results.read - {id}
        self._show_marks(ids, self.results.starred)
        self.keep(self.corpus.desk.set_read, id, read)
        self.footer_say("marked as read" if read else "marked as unread")

    # Copying and the URL

    def _hit_of(self, id: ArticleId) -> Hit | None:
        try:
            hit: Hit = self.corpus.hit(id)
            return hit
        except BroadsheetError as error:
            self.footer_say(str(error))
            return None

    def action_copy(self) -> None:
        """Title, source, date and URL, to the clipboard of the terminal that one sits at."""
        hit = self._hit_of(self.article_id) if self.article_id else None
        if hit is None:
            return
        passage = self.selected_passage
        lines = [
            passage,
            hit.title,
            " · ".join((hit.source or "unknown source", long_date(hit.date))),
            hit.url,
        ]
        self.broadsheet.copy_to_clipboard("\n".join(filter(None, lines)))
        self.footer_say(f"copied: {'passage, ' if passage else ''}title, source, date, URL")

    def action_copy_article(self) -> None:
        """The whole article, to the clipboard."""
        id = self.article_id
        if id is None:
            return
        try:
            article = self.corpus.article(id)
        except BroadsheetError as error:
            self.footer_say(str(error))
            return
        self.broadsheet.copy_to_clipboard("\n\n".join((article.title, *article.paragraphs)))
        self.footer_say(f"copied: {article.words:,} words")

    def action_open_url(self) -> None:
        """The URL in a browser; at the far end of a connection, on the clipboard."""
        hit = self._hit_of(self.article_id) if self.article_id else None
        if hit is None:
            return
        if not hit.url:
            self.footer_say("this article has no URL")
            return
        self.footer_say(self.broadsheet.open_or_copy(hit.url))

    # Going about

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An urgent key is a letter like any other where a text field has the focus."""
        return not (action == "search" and isinstance(self.focused, TextField))

    def action_move(self, command: str) -> None:
        """A command that moves goes to what has the focus."""
        if isinstance(self.focused, ScrollLines):
            self.focused.move_by(command)

    def action_next_pane(self) -> None:
        """To the next pane."""
        self.step_focus(1)

    def action_previous_pane(self) -> None:
        """To the previous pane."""
        self.step_focus(-1)

    def action_leave(self) -> None:
        """Leave what has the focus; with nothing to leave, clear the search."""
        pane = self.focused if isinstance(self.focused, ArticlePane) else None
        if self.page_focused:
            self.call_later(self.leave_page)
        elif self.context == "timeline":
            self.close_timeline()
        elif self.focused is self.facets:
            self.close_facets()
        elif self.focused is self.entity_panel:
            self.close_entities()
        elif pane is not None and pane.selected is not None:
            pane.select_mention(None)
        elif pane is not None and self.end_find():
            return
        elif pane is not None:
            self.zoomed = False
            self.focus_on(self.results)
        elif self.focused is self.greeting:
            self.focus_on(self.results)
        else:
            self.clear_query()

    def action_close(self) -> None:
        """Close what is on top: page or panel, then pane, then the program."""
        if self.read_from_comparison:
            self.call_later(self.action_back)
        elif self.page_focused:
            self.call_later(self.leave_page)
        elif self.context == "timeline":
            self.close_timeline()
        elif self.focused is self.facets:
            self.close_facets()
        elif self.focused is self.entity_panel:
            self.close_entities()
        elif self.focused is self.greeting:
            self.focus_on(self.results)
        elif isinstance(self.focused, ArticlePane):
            self.zoomed = False
            self.drop_pane(self.focused)
        elif self.facets.open:
            self.close_facets()
        elif self.focused_pane is not None:
            self.drop_pane(self.focused_pane)
        else:
            self.action_quit()

    def action_quit(self) -> None:
        """Leave the program."""
        self.broadsheet.exit(0)

    def action_help(self) -> None:
        """Every key."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.settings.keys))

    def action_palette(self) -> None:
        """Every command, by name."""
        self.app.action_command_palette()

    def action_redraw(self) -> None:
        """Draw everything afresh: for a terminal that something else wrote to."""
        self.app.refresh(repaint=True, layout=True)
        self.refresh(layout=True)

    async def action_suspend(self) -> None:
        """Back to the shell, until `fg`."""
        self.app.action_suspend_process()


__all__ = ["COMMANDS", "ReaderScreen", "Screen"]
