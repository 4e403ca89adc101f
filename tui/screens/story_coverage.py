"""The coverage matrix on a story's page: made in a worker, gone about in, copied and written to files."""

from __future__ import annotations

from collections.abc import Sequence

from tui.article import ArticleId, Span
from tui.screens.page import Done
from tui.screens.story_place import KeptStory, Leave
from tui.screens.story_times import StoryTimesScreen
from tui.stories.values import Matrix, Story
from tui.widgets.coverage_grid import CoverageGrid
from tui.widgets.coverage_layout import COVERAGE_ORDERS, Narrowed
from tui.widgets.coverage_view import CoverageView
from tui.widgets.report_rows import Report, long_when


class StoryCoverageScreen(StoryTimesScreen[Leave]):
    """The part of a story's page that shows who told what."""

    kept: KeptStory
    coverage: CoverageView
    left = False
    """Whether the page is left: nobody waits any more."""
    _working = 0
    """Which making of the matrix is waited for; 0 for none."""

    @property
    def story(self) -> Story:
        """The story."""
        return self.kept.story

    def key_of(self, command: str) -> str:
        """The key that does something, as it is written for people."""
        raise NotImplementedError

    def reports_of(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Report | None]:
        """What these articles are; for a worker."""
        raise NotImplementedError

    def show_tabs(self) -> None:
        """Write the headings anew."""
        raise NotImplementedError

    def step_fold(self, step: int) -> None:
        """Among the reports: unfold what is folded (1), or fold it again (-1)."""
        raise NotImplementedError

    # Making it

    def make_matrix(self) -> None:
        """Have the matrix made, where nobody does already."""
        if not self._working:
            self._working += 1
            self._say_progress(0, len(self.story.articles))
            self.explore(self._make_matrix, self._working, self.story)

    def forget_matrix(self) -> None:
        """The story is another now."""
        self.kept.matrix = None
        self._working = 0
        self.coverage.grid.clear()
        self.coverage.note.show_note(None)

    def _make_matrix(self, working: int, story: Story) -> None:
        def unwanted() -> bool:
            return self.left or working != self._working

        def say(done: int, total: int) -> None:
            self.post_message(Done(lambda: None if unwanted() else self._say_progress(done, total)))

        matrix = self.corpus.matrix(story.id, say, unwanted)
        if unwanted():
            return
        reports = self.reports_of([id for column in matrix.columns for id in column.articles])
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
        self.show_tabs()
        if matrix.note:
            self.footer.say(matrix.note)

    # Going about in it

    def on_coverage_grid_chosen(self, chosen: CoverageGrid.Chosen) -> None:
        """Read on at that sentence."""
        telling = chosen.telling
        if telling is None:
            self.footer.say(
                f"it leaves this out: {self.key_of('next_teller')} goes to the next source that tells it"
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
        else:
            self.step_fold(step)

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

    # Taking it along

    def action_copy_statement(self) -> None:
        """The statement with its sources; among the reports the report's title, source and time."""

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
        matrix = self.kept.matrix or self.corpus.matrix(story.id, None, lambda: self.left)
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
