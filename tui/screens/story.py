"""A story's page over the reader: its reports in time, and the coverage matrix: who told what, and who had it first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.article import ArticleId
from tui.corpus.values import Timeline
from tui.errors import NoSuchArticle
from tui.index.conditions import written_days
from tui.index.dates import DayRange
from tui.keys import BY_NAME, Context, keys_of, shown
from tui.screens.bound import bindings
from tui.screens.page import Done, page_bindings
from tui.screens.story_coverage import StoryCoverageScreen
from tui.screens.story_place import KeptStory, Leave, Part
from tui.stories.values import Story
from tui.terminal.characters import shows_blocks
from tui.widgets.coverage_grid import PLAIN_SIGNS
from tui.widgets.coverage_view import CoveragePlace, CoverageView
from tui.widgets.report_list import ReportList
from tui.widgets.report_rows import Report, moment_of, report_of, report_rows
from tui.widgets.row_list import RowList
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.section_bar import SectionBar, Tab, TabColumn
from tui.widgets.story_head import StoryHead

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings


class StoryScreen(StoryCoverageScreen):
    """The page of one story."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("story"), *page_bindings()]
    context: Context = "reports"

    def __init__(
        self, corpus: Corpus, settings: Settings, kept: KeptStory, *, opened: Sequence[ArticleId] = ()
    ) -> None:
        """Show a story.

        Args:
            corpus: Whose.
            settings: The reader's.
            kept: The story, and the reader's place on its page: changed as the reader moves.
            opened: Articles that are open in the reader.
        """
        super().__init__(settings)
        self.corpus = corpus
        self.kept = kept
        self._opened = opened
        self.head = StoryHead(id="story-head")
        self.tabs = SectionBar(id="story-tabs")
        self.reports = ReportList(id="story-reports")
        self.coverage = CoverageView(id="story-coverage")

    @property
    def body(self) -> ScrollLines:
        """The part that has the keys."""
        return self.coverage.grid if self.kept.part == "coverage" else self.reports

    def compose(self) -> ComposeResult:
        """Head, headings, the two parts, footer."""
        yield self.head
        yield self.tabs
        yield self.reports
        yield self.coverage
        yield self.path_field
        yield self.footer

    def on_mount(self) -> None:
        """Show what is known; look for the rest."""
        if not shows_blocks(os.environ):
            self.coverage.grid.signs = PLAIN_SIGNS
        self.head.keys = (self.key_of("story_before"), self.key_of("story_after"))
        self.reports.reports = self.kept.reports
        self.reports.marked = self.kept.marked
        self._show_story()
        super().on_mount()
        self._show_part(self.kept.part)

    def on_unmount(self) -> None:
        """Nobody waits for what is under way."""
        self.left = True
        super().on_unmount()

    def key_of(self, command: str) -> str:
        return shown(keys_of(BY_NAME[command], self.settings.keys)[0])

    def _show_story(self) -> None:
        kept = self.kept
        self.head.show_story(kept.story, kept.timeline)
        self.head.show_threads(kept.earlier, kept.later)
        self.reports.show_reports(report_rows(kept.story, kept.unfolded), selected=kept.selected, at=kept.at)
        self.explore(self._find_surroundings, kept)

    # What workers bring

    def _find_surroundings(self, kept: KeptStory) -> None:
        """The stories before and after, and on which days the reports came."""
        if not kept.earlier and not kept.later:
            earlier, later = self.neighbours(kept.story)
            kept.earlier, kept.later = earlier, later
            self.post_message(Done(lambda: self.head.show_threads(kept.earlier, kept.later)))
        if kept.timeline is None:
            kept.timeline = self.corpus.timeline_of_story(kept.story.id)
            timeline = kept.timeline
            self.post_message(Done(lambda: self._show_timeline(timeline)))

    def _show_timeline(self, timeline: Timeline) -> None:
        self.head.show_timeline(timeline)
        self.show_times(timeline)

    def on_report_list_wanted(self, wanted: ReportList.Wanted) -> None:
        """Reports came into view."""
        self.explore(self._find_reports, tuple(wanted.articles))

    def _find_reports(self, articles: Sequence[ArticleId]) -> None:
        found = self.reports_of(articles)

        def show() -> None:
            self.reports.fill(found)
            self.show_tabs()

        self.post_message(Done(show))

    def reports_of(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Report | None]:
        found: dict[ArticleId, Report | None] = {}
        for id in articles:
            if self.left:
                break
            known = self.kept.reports.get(id)
            try:
                found[id] = known or report_of(id, self.corpus.article(id))
            except NoSuchArticle:
                found[id] = None
        return found

    # Parts

    def _show_part(self, part: Part) -> None:
        self.kept.part = part
        self.reports.display = part == "reports"
        self.coverage.display = part == "coverage"
        self.context = part
        self.set_focus(self.body, scroll_visible=False)
        if part == "coverage" and self.coverage.grid.matrix is None:
            if self.kept.matrix is not None:
                self.coverage.show_matrix(self.kept.matrix, self.kept.reports, self.kept.coverage)
            else:
                self.make_matrix()
        self.show_tabs()
        self._show_position()

    def show_tabs(self) -> None:
        matrix = self.kept.matrix
        coverage = "Coverage"
        if matrix is not None:
            coverage += f" {len(matrix.statements):,} × {len(matrix.columns):,}"
        if matrix is not None and matrix.note:
            coverage += f" · {matrix.articles:,} of {len(self.story.articles):,} reports compared"
        on_reports = self.kept.part == "reports"
        tabs = (
            Tab("1", f"Reports {len(self.story.articles):,}", on_reports, on_reports),
            Tab("2", coverage, not on_reports, not on_reports),
        )
        timed = any(moment_of(report) for report in self.kept.reports.values() if report is not None)
        in_time = "in time · times in UTC" if timed else "in time"
        remark = in_time if on_reports else self.coverage.remark if matrix else ""
        self.tabs.show([TabColumn(self.size.width, tabs, remark)])

    def on_resize(self) -> None:
        """The headings are as wide as the screen."""
        self.show_tabs()

    def action_go_reports(self) -> None:
        """To the reports."""
        self._show_part("reports")

    def action_go_coverage(self) -> None:
        """To the coverage."""
        self._show_part("coverage")

    def action_other_part(self) -> None:
        """To the other part."""
        self._show_part("coverage" if self.kept.part == "reports" else "reports")

    # Where the reader is

    def on_row_list_moved(self, moved: RowList.Moved) -> None:
        """Another report."""
        self._show_position()

    def on_coverage_grid_moved(self) -> None:
        """Another cell."""
        self.kept.coverage = self.coverage.place
        self.show_tabs()
        self._show_position()

    def _show_position(self) -> None:
        if self.kept.part == "reports":
            self.kept.selected, self.kept.at = self.reports.selected_article, self.reports.selected
            position = f"{self.reports.selected + 1:,}/{self.reports.count:,}" if self.reports.count else ""
        else:
            grid = self.coverage.grid
            position = f"{grid.row + 1:,}/{len(grid.rows):,}" if grid.rows else ""
        self.footer.show("story_times" if self.on_times else self.context, position)

    # The reports

    def on_row_list_chosen(self, chosen: RowList.Chosen) -> None:
        """Enter on a report: what is folded is unfolded first."""
        row = self.reports.selected_row if chosen.rows is self.reports else None
        if row is None:
            return
        if row.folded:
            self._fold(row.article)
        else:
            self.dismiss(Leave(article=row.article))

    def _fold(self, article: ArticleId) -> None:
        self.kept.unfolded ^= {article}
        self.reports.show_reports(report_rows(self.story, self.kept.unfolded), selected=article)
        self._show_position()

    def action_unfold(self) -> None:
        """Show what is folded, or fold it again."""
        row = self.reports.selected_row
        if self.kept.part == "coverage":
            self.action_move("page_down")
        elif row is not None and (row.group or row.under):
            self._fold(row.under or row.article)
        else:
            self.footer.say("no reprints of this: PgDn goes a page down")

    def action_mark_report(self) -> None:
        """Mark the selected report."""
        if self.kept.part == "coverage":
            self.footer.say("reports are marked among the reports: 1")
            return
        self.reports.mark()
        marked = len(self.kept.marked)
        compare, split = self.key_of("compare_reports"), self.key_of("split_story")
        self.footer.say(
            f"{marked:,} marked · {compare} compares, {split} splits off" if marked else "none marked"
        )

    def action_compare_reports(self) -> None:
        """The selected report beside the marked ones, or the open one."""
        selected = self._selected_article
        marked = [id for id in self.reports.marked_rows if id != selected]
        others = marked[:2] or [id for id in self._opened if id != selected][:1]
        if selected is None or not others:
            self.footer.say(f"mark another report first: {self.key_of('mark_report')}")
            return
        place = {id: at for at, id in enumerate(self.story.articles)}
        compared = sorted({selected, *others}, key=lambda id: place.get(id, -1))
        self.dismiss(Leave(compared=tuple(compared)))

    def step_fold(self, step: int) -> None:
        """Unfold what is folded (1), or fold it again (-1)."""
        row = self.reports.selected_row
        if row is not None and (row.under if step < 0 else row.folded):
            self._fold(row.under or row.article)
        elif row is not None and step < 0 and row.group and not row.folded:
            self._fold(row.article)

    @property
    def _selected_article(self) -> ArticleId | None:
        if self.kept.part == "reports":
            return self.reports.selected_article
        telling = self.coverage.grid.telling
        return telling.article if telling is not None else None

    # Leaving

    def action_story_before(self) -> None:
        """To the story that this one goes on from."""
        self.call_later(self._open_neighbour, self.kept.earlier, "this goes on from no other story")

    def action_story_after(self) -> None:
        """To the story that goes on from this one."""
        self.call_later(self._open_neighbour, self.kept.later, "no other story goes on from this")

    async def _open_neighbour(self, stories: Sequence[Story], none: str) -> None:
        if not stories:
            self.footer.say(none)
        elif len(stories) == 1:
            self.dismiss(Leave(story=stories[0].id))
        else:
            await self.choose_story("which story", stories, lambda id: self.dismiss(Leave(story=id)))

    @property
    def timeline(self) -> Timeline | None:
        """When its reports came."""
        return self.kept.timeline

    def go_to_body(self) -> None:
        """To the part in view."""
        self._show_part(self.kept.part)

    def search_within(self, days: DayRange) -> None:
        """Its reports of these days as results."""
        self.dismiss(Leave(query=f"story:{self.story.id} {written_days(days)}"))

    def action_search_story(self) -> None:
        """Its reports as results."""
        self.dismiss(Leave(query=f"story:{self.story.id}"))

    # What was edited

    def show_edited(self, story: Story) -> None:
        """The story is another now."""
        kept = self.kept
        kept.story, kept.timeline, kept.earlier, kept.later = story, None, (), ()
        kept.marked.clear()
        self.show_times(None)
        kept.coverage = CoveragePlace()
        self.forget_matrix()
        self._show_story()
        self._show_part(kept.part)
