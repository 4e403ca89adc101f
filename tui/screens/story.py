"""A story's page over the reader: its reports in time, and the coverage matrix: who told what, and who had it first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.article import ArticleId, Span
from tui.corpus.values import Timeline
from tui.errors import NoSuchArticle
from tui.index.conditions import written_days
from tui.index.dates import DayRange
from tui.keys import BY_NAME, Context, keys_of, shown
from tui.screens.bound import bindings
from tui.screens.page import Done, page_bindings
from tui.screens.story_times import StoryTimesScreen
from tui.stories.values import Matrix, Story, StoryId
from tui.terminal.characters import shows_blocks
from tui.widgets.coverage_grid import PLAIN_SIGNS, CoverageGrid
from tui.widgets.coverage_layout import COVERAGE_ORDERS, Narrowed
from tui.widgets.coverage_view import CoveragePlace, CoverageView
from tui.widgets.report_list import ReportList
from tui.widgets.report_rows import Report, report_of, report_rows
from tui.widgets.row_list import RowList
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.section_bar import SectionBar, Tab, TabColumn
from tui.widgets.story_head import StoryHead

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings

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


class StoryScreen(StoryTimesScreen[Leave]):
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
        self._working = 0
        """Which making of the matrix is waited for; 0 for none."""
        self._left = False
        self.head = StoryHead(id="story-head")
        self.tabs = SectionBar(id="story-tabs")
        self.reports = ReportList(id="story-reports")
        self.coverage = CoverageView(id="story-coverage")

    @property
    def story(self) -> Story:
        """The story."""
        return self.kept.story

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
        self.head.keys = (self._key("story_before"), self._key("story_after"))
        self.reports.reports = self.kept.reports
        self.reports.marked = self.kept.marked
        self._show_story()
        super().on_mount()
        self._show_part(self.kept.part)

    def on_unmount(self) -> None:
        """Nobody waits for what is under way."""
        self._left = True
        super().on_unmount()

    def _key(self, command: str) -> str:
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
        found = self._reports_of(articles)
        self.post_message(Done(lambda: self.reports.fill(found)))

    def _reports_of(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Report | None]:
        found: dict[ArticleId, Report | None] = {}
        for id in articles:
            if self._left:
                break
            known = self.kept.reports.get(id)
            try:
                found[id] = known or report_of(id, self.corpus.article(id))
            except NoSuchArticle:
                found[id] = None
        return found

    def _make_matrix(self, working: int, story: Story) -> None:
        def unwanted() -> bool:
            return self._left or working != self._working

        def say(done: int, total: int) -> None:
            self.post_message(Done(lambda: None if unwanted() else self._say_progress(done, total)))

        matrix = self.corpus.matrix(story.id, say, unwanted)
        if unwanted():
            return
        reports = self._reports_of([id for column in matrix.columns for id in column.articles])
        self.post_message(Done(lambda: None if unwanted() else self._show_matrix(story, matrix, reports)))

    def _say_progress(self, done: int, total: int) -> None:
        self.coverage.grid.say_waiting(f"comparing … {done:,} of {total:,} reports")

    def _show_matrix(self, story: Story, matrix: Matrix, reports: dict[ArticleId, Report | None]) -> None:
        if story.id != self.story.id:
            return
        self.kept.matrix = matrix
        self.kept.reports.update(reports)
        self._working = 0
        self.coverage.show_matrix(matrix, self.kept.reports, self.kept.coverage)
        self._show_tabs()
        if matrix.note:
            self.footer.say(matrix.note)

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
            elif not self._working:
                self._working += 1
                self._say_progress(0, len(self.story.articles))
                self.explore(self._make_matrix, self._working, self.story)
        self._show_tabs()
        self._show_position()

    def _show_tabs(self) -> None:
        matrix = self.kept.matrix
        coverage = (
            "Coverage" if matrix is None else f"Coverage {len(matrix.statements):,} × {len(matrix.columns):,}"
        )
        on_reports = self.kept.part == "reports"
        tabs = (
            Tab("1", f"Reports {len(self.story.articles):,}", on_reports, on_reports),
            Tab("2", coverage, not on_reports, not on_reports),
        )
        remark = "in time · times in UTC" if on_reports else self.coverage.remark if matrix else ""
        self.tabs.show([TabColumn(self.size.width, tabs, remark)])

    def on_resize(self) -> None:
        """The headings are as wide as the screen."""
        self._show_tabs()

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
        self._show_tabs()
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
        compare, split = self._key("compare_reports"), self._key("split_story")
        self.footer.say(
            f"{marked:,} marked · {compare} compares, {split} splits off" if marked else "none marked"
        )

    def action_compare_reports(self) -> None:
        """The selected report beside the marked ones, or the open one."""
        selected = self._selected_article
        marked = [id for id in self.reports.marked_rows if id != selected]
        others = marked[:2] or [id for id in self._opened if id != selected][:1]
        if selected is None or not others:
            self.footer.say(f"mark another report first: {self._key('mark_report')}")
            return
        place = {id: at for at, id in enumerate(self.story.articles)}
        compared = sorted({selected, *others}, key=lambda id: place.get(id, -1))
        self.dismiss(Leave(compared=tuple(compared)))

    @property
    def _selected_article(self) -> ArticleId | None:
        if self.kept.part == "reports":
            return self.reports.selected_article
        telling = self.coverage.grid.telling
        return telling.article if telling is not None else None

    # The coverage

    def on_coverage_grid_chosen(self, chosen: CoverageGrid.Chosen) -> None:
        """Read on at that sentence."""
        telling = chosen.telling
        if telling is None:
            self.footer.say(
                f"it leaves this out: {self._key('next_teller')} goes to the next source that tells it"
            )
            return
        sentence = telling.sentence
        self.dismiss(
            Leave(article=telling.article, span=Span(sentence.paragraph, sentence.start, sentence.end))
        )

    def action_source_before(self) -> None:
        """To the source before; among the reports: fold."""
        self._step_source(-1)

    def action_source_after(self) -> None:
        """To the next source; among the reports: unfold."""
        self._step_source(1)

    def _step_source(self, step: int) -> None:
        self.footer.say("")
        if self.kept.part == "coverage":
            self.coverage.grid.go_to_column(step)
            return
        row = self.reports.selected_row
        if row is not None and (row.under if step < 0 else row.folded):
            self._fold(row.under or row.article)
        elif row is not None and step < 0 and row.group and not row.folded:
            self._fold(row.article)

    def action_previous_teller(self) -> None:
        """To the source before that tells it."""
        self._step_teller(-1)

    def action_next_teller(self) -> None:
        """To the next source that tells it."""
        self._step_teller(1)

    def _step_teller(self, step: int) -> None:
        self.footer.say("")
        if self.kept.part == "coverage" and not self.coverage.grid.step_teller(step):
            self.footer.say(f"no source {'after' if step > 0 else 'before'} this tells it")

    def action_order_statements(self) -> None:
        """The next order of the statements."""
        grid = self.coverage.grid
        if self._needs_coverage():
            order = COVERAGE_ORDERS[(COVERAGE_ORDERS.index(grid.order) + 1) % len(COVERAGE_ORDERS)]
            grid.show_rows(order, grid.narrowed)

    def action_told_alone(self) -> None:
        """What the selected source alone tells, or all."""
        self._narrow("only")

    def action_left_out(self) -> None:
        """What the selected source leaves out, or all."""
        self._narrow("left out")

    def _narrow(self, which: Narrowed) -> None:
        grid = self.coverage.grid
        if self._needs_coverage():
            wanted = (which, grid.column)
            grid.show_rows(grid.order, None if grid.narrowed == wanted else wanted)

    def _needs_coverage(self) -> bool:
        """Whether there is a matrix in view; where there is none, that is said."""
        there = self.kept.part == "coverage" and self.coverage.grid.matrix is not None
        if not there:
            self.footer.say("that is for the coverage: 2")
        return there

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

    # Taking it along

    def action_copy_statement(self) -> None:
        """The statement with its sources; among the reports the report's title, source and time."""
        from tui.widgets.report_rows import long_when

        grid = self.coverage.grid
        if self.kept.part == "coverage":
            if grid.matrix is None or grid.statement is None:
                return
            lines = [grid.statement.sentence.text, ""]
            for column, telling in zip(grid.matrix.columns, grid.statement.tellings, strict=True):
                if telling is not None:
                    report = self.kept.reports.get(telling.article)
                    when = f", {long_when(report)}" if report else ""
                    lines.append(f"{column.source or 'unknown source'}{when}: {telling.sentence.text}")
            said = f"copied: the statement and its {grid.statement.carried} sources"
        else:
            report = self.kept.reports.get(self.reports.selected_article or ArticleId(""))
            if report is None:
                return
            lines = [report.title, f"{report.source or 'unknown source'} · {long_when(report)}"]
            said = "copied: title, source, time"
        self.broadsheet.copy_to_clipboard("\n".join(lines))
        self.footer.say(said)

    def action_save_story(self) -> None:
        """Ask for a file's name."""
        self.action_save_page()

    def content(self, suffix: str) -> str:
        """The coverage as a file; for a worker."""
        from tui.stories import matrix_files

        story = self.story
        matrix = self.kept.matrix or self.corpus.matrix(story.id, None, lambda: self._left)
        match suffix:
            case ".html":
                return matrix_files.as_html(story.title, matrix)
            case ".csv":
                return matrix_files.as_csv(matrix)
            case ".md":
                lines = matrix_files.as_markdown(story.title, matrix)
            case _:
                lines = matrix_files.as_text(story.title, matrix)
        return "\n".join((*lines, ""))

    # What was edited

    def show_edited(self, story: Story) -> None:
        """The story is another now."""
        kept = self.kept
        kept.story, kept.matrix, kept.timeline, kept.earlier, kept.later = story, None, None, (), ()
        kept.marked.clear()
        self.show_times(None)
        kept.coverage = CoveragePlace()
        self._working = 0
        self.coverage.grid.clear()
        self.coverage.note.show_note(None)
        self._show_story()
        self._show_part(kept.part)
