"""A story's page: how one gets there and back, its reports, and who told what."""

from __future__ import annotations

import dataclasses
import datetime
import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.driving import press, reading, settle, type_text
from tests.screens.told import CALL, DRAFTS, GENEVA, Told, tell
from tui.article import Article, ArticleId
from tui.corpus import Corpus
from tui.screens.compare import CompareScreen
from tui.screens.reader import ReaderScreen
from tui.screens.stories import StoriesScreen
from tui.screens.story import StoryScreen
from tui.stories.values import Story, StoryId
from tui.widgets.article_pane import ArticlePane

QUERY = "date:2021-12-16 draft"


@pytest.fixture
def told(sample_corpus: Corpus) -> Told:
    """The sample data with stories told by hand."""
    return tell(sample_corpus)


def page_of(pilot: Pilot[Any]) -> StoryScreen:
    screen = pilot.app.screen
    assert isinstance(screen, StoryScreen)
    return screen


def text_of(pilot: Pilot[Any]) -> str:
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def article_in(screen: ReaderScreen) -> ArticlePane:
    pane = screen.focused
    assert isinstance(pane, ArticlePane)
    return pane


# There and back


async def test_s_opens_the_story_of_the_selected_article_and_of_the_open_one(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "s")
        assert page_of(pilot).story.id == DRAFTS
        await press(pilot, "q")
        assert pilot.app.screen is screen and screen.focused is screen.results
        await press(pilot, "enter", "s")
        assert page_of(pilot).story.id == DRAFTS
        await press(pilot, "backspace")
        assert pilot.app.screen is screen and isinstance(screen.focused, ArticlePane)


async def test_an_article_that_stands_alone_says_so(told: Told) -> None:
    async with reading(told.corpus, query="submarines") as (screen, pilot):
        await press(pilot, "s")
        assert pilot.app.screen is screen
        assert "no other report of this is known" in screen.footer.message


async def test_a_report_is_read_and_back_leads_to_the_page_as_it_was(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "s", "j", "j", "j")
        article = page_of(pilot).reports.selected_article
        await press(pilot, "enter")
        assert pilot.app.screen is screen and article_in(screen).article_id == article
        await press(pilot, "backspace")
        assert page_of(pilot).reports.selected_article == article
        await press(pilot, "backspace")
        assert pilot.app.screen is screen and screen.focused is screen.results
        await press(pilot, "L")
        assert page_of(pilot).story.id == DRAFTS
        await press(pilot, "q", "L", "q", "q")
        assert not pilot.app.is_running or screen.focused is screen.results


async def test_a_cell_is_read_at_its_sentence_and_back_leads_to_the_cell(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "s", "2", "j", "j", "l", "l", "right_square_bracket")
        grid = page_of(pilot).coverage.grid
        telling, place = grid.telling, (grid.statement_index, grid.column)
        assert telling is not None
        await press(pilot, "enter")
        pane = article_in(screen)
        assert pane.article_id == telling.article
        line = pane._laid_out.line_of(telling.sentence.paragraph, telling.sentence.start)  # type: ignore[union-attr]
        assert pane.top_line <= line < pane.top_line + pane.lines_in_view
        await press(pilot, "H")
        grid = page_of(pilot).coverage.grid
        assert (grid.statement_index, grid.column) == place
        assert page_of(pilot).focused is grid
        assert told.made == 1


async def test_a_corpus_that_moved_on_is_compared_anew(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "s", "2", "q", "s")
        assert told.made == 1 and page_of(pilot).coverage.grid.matrix is not None
        await press(pilot, "q")
        screen.corpus_changed()
        await settle(pilot)
        await press(pilot, "s")
        assert told.made == 2 and page_of(pilot).coverage.grid.matrix is not None


async def test_stories_that_go_on_from_one_another_are_a_key_away(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "s")
        text = text_of(pilot)
        assert "goes on from Two hours by video link" in text and "goes on in Talks in Geneva" in text
        await press(pilot, "greater_than_sign")
        assert page_of(pilot).story.id == GENEVA
        await press(pilot, "greater_than_sign")
        assert "no other story goes on from this" in text_of(pilot)
        await press(pilot, "backspace")
        assert page_of(pilot).story.id == DRAFTS
        await press(pilot, "less_than_sign")
        assert page_of(pilot).story.id == CALL
        await press(pilot, "backspace", "backspace")
        assert pilot.app.screen is screen


async def test_of_several_stories_one_is_asked_for(told: Told) -> None:
    told.stories[DRAFTS] = told.stories[DRAFTS]._replace(later=(GENEVA, CALL))
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "greater_than_sign")
        assert "which story" in text_of(pilot)
        await type_text(pilot, "video")
        await press(pilot, "enter")
        assert page_of(pilot).story.id == CALL


async def test_its_reports_become_results(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "s", "s")
        assert pilot.app.screen is screen
        assert screen.search_field.value == f"story:{DRAFTS}"


# The reports


async def test_reports_stand_in_time_with_reprints_folded_under_the_fullest(told: Told) -> None:
    story = told.stories[DRAFTS]
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s")
        page = page_of(pilot)
        shown = [row.article for row in page.reports.rows]
        assert len(shown) == len(story.articles) - 2
        assert shown[0] == story.reprints[0][0] and page.reports.rows[0].earliest == story.articles[0]
        text = text_of(pilot)
        first = told.article(story.articles[0])
        assert "×3" in text and first.published is not None and first.source is not None
        assert f"[from {first.published:%H:%M}, {first.source[:8]}" in text
        assert f"{len(story.articles)} reports" in text and "2 reprints" in text
        await press(pilot, "enter")
        assert [row.article for row in page.reports.rows[:3]] == [story.reprints[0][0], *sorted(
            story.reprints[0][1:], key=story.articles.index
        )]  # fmt: skip
        await press(pilot, "j", "space")
        assert [row.article for row in page.reports.rows] == shown
        assert page.reports.selected == 0
        await press(pilot, "space", "enter")
        assert pilot.app.screen is not page


async def test_the_marked_report_is_compared_with_the_selected_one(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "c")
        assert "mark another report first" in text_of(pilot)
        await press(pilot, "j", "asterisk", "j", "j")
        reports = page_of(pilot).reports
        ids = [reports.rows[1].article, reports.rows[3].article]
        await press(pilot, "c")
        compared = pilot.app.screen
        assert isinstance(compared, CompareScreen) and list(compared.ids) == ids
        await press(pilot, "q")
        assert page_of(pilot).reports.selected_article == ids[1]
        assert page_of(pilot).reports.marked == {ids[0]}


async def test_without_a_mark_the_open_article_is_compared(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "enter")
        opened = article_in(screen).article_id
        await press(pilot, "s", "G", "c")
        compared = pilot.app.screen
        assert isinstance(compared, CompareScreen) and opened in compared.ids


async def test_what_has_no_date_stands_last_and_says_so(told: Told) -> None:
    story = told.stories[DRAFTS]
    last = story.articles[-1]
    told.articles[last] = dataclasses.replace(told.article(last), date=None, published=None)
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "G")
        assert page_of(pilot).reports.selected_article == last
        assert "undated" in text_of(pilot)
        await press(pilot, "2", "j", "l")
        assert page_of(pilot).coverage.grid.matrix is not None


async def test_an_article_that_has_gone_is_said_to_be_gone(told: Told) -> None:
    story = told.stories[GENEVA]
    told.stories[GENEVA] = story._replace(articles=(*story.articles, ArticleId("0123456789abcdef")))
    async with reading(told.corpus) as (screen, pilot):
        screen.open_story(GENEVA)
        await settle(pilot)
        assert "gone: no longer in the corpus" in text_of(pilot)


async def test_ten_thousand_reports_are_fetched_as_they_come_into_view(told: Told) -> None:
    asked: list[ArticleId] = []
    small = told.matrix(GENEVA)
    many = tuple(ArticleId(f"{number:016x}") for number in range(10_000))
    article = Article("Talks", ("Text of it.",), datetime.date(2021, 12, 16), source="kestrel-wire.example")

    def answer(id: ArticleId) -> Article:
        asked.append(id)
        return dataclasses.replace(article, title=f"Talks {int(id, 16)}")

    big = StoryId("00000000000000ff")
    told.stories[big] = Story(big, "All of it", article.date, article.date, many, 1, ())
    told.corpus.article = answer  # type: ignore[method-assign]
    async with reading(told.corpus) as (screen, pilot):
        screen.open_story(big)
        await settle(pilot)
        assert "10,000 reports" in text_of(pilot)
        await press(pilot, "G", "pageup")
        assert "Talks 9999" not in text_of(pilot) or "Talks 9990" in text_of(pilot)
        assert page_of(pilot).reports.selected > 9_900
        assert 0 < len(asked) < 400
        note = "The first 120 of 10,000 reports: there are too many to compare"
        told.corpus.matrix = lambda *_: small._replace(articles=120, note=note)  # type: ignore[method-assign]
        await press(pilot, "2")
        assert note in text_of(pilot)
        await press(pilot, "j", "l")
        assert "120 of 10,000 reports compared" in text_of(pilot)


# The coverage


async def test_the_coverage_tells_who_carried_what_and_who_was_first(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "tab")
        page = page_of(pilot)
        grid = page.coverage.grid
        assert grid.matrix is not None and page.focused is grid
        text = text_of(pilot)
        assert f"Coverage {len(grid.matrix.statements)} × {len(grid.matrix.columns)}" in text
        statement = grid.statement
        assert statement is not None and statement.first is not None
        assert f"{statement.carried}/{len(grid.matrix.columns)}" in text
        assert "1●" in text and "◐" in text and "First: " in text
        source = grid.matrix.columns[grid.column].source
        assert source is not None and source in text
        first = told.article(grid.matrix.columns[statement.first].articles[0])
        if grid.column == statement.first:
            assert "the first to have it" in text and f"{first.published:%H:%M} UTC" in text
        await press(pilot, "tab")
        assert page.focused is page.reports


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_every_cell_can_be_reached(told: Told, size: tuple[int, int]) -> None:
    async with reading(told.corpus, query=QUERY, size=size) as (_, pilot):
        await press(pilot, "s", "2")
        grid = page_of(pilot).coverage.grid
        assert grid.matrix is not None
        columns = len(grid.matrix.columns)
        for column in range(columns):
            assert grid.column == column
            assert grid.left <= column < grid.left + grid.shape.in_view
            await pilot.press("l")
        await settle(pilot)
        assert grid.column == columns - 1
        await press(pilot, "G")
        assert grid.row == len(grid.rows) - 1
        assert grid.top_line + grid.lines_in_view >= grid.lines
        assert grid.statement is not None and grid.statement.sentence.text[:16] in text_of(pilot)
        await press(pilot, "g")
        assert grid.row == 0 and grid.top_line == 0


@pytest.mark.parametrize("size", [(40, 12), (60, 14), (100, 12)])
async def test_on_a_small_screen_the_selected_cell_is_in_view_with_its_statement(
    told: Told, size: tuple[int, int]
) -> None:
    async with reading(told.corpus, query=QUERY, size=size) as (_, pilot):
        await press(pilot, "s", "2")
        grid = page_of(pilot).coverage.grid
        for key in ("j", "j", "l", "G", "k", "g"):
            await press(pilot, key)
            assert grid.statement is not None
            assert grid.lines_in_view >= 2
            lines = [line for line in text_of(pilot).splitlines() if line.startswith("▸")]
            assert len(lines) == 1 and grid.statement.sentence.text[:12] in lines[0]
            assert any(sign in lines[0] for sign in "●◕◐·–")
            assert f"{grid.statement.carried}/" in lines[0]


async def test_orders_and_what_one_source_alone_tells_or_leaves_out(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "2")
        page = page_of(pilot)
        grid = page.coverage.grid
        assert grid.matrix is not None
        assert "most carried first" in text_of(pilot)
        selected = grid.statement_index
        await press(pilot, "S")
        assert "in time" in text_of(pilot) and grid.statement_index == selected
        await press(pilot, "S")
        assert "of one source first" in text_of(pilot)
        assert grid.matrix.statements[grid.rows[0]].carried == 1
        await press(pilot, "S", "l", "o")
        assert grid.narrowed == ("only", 1)
        assert all(grid.matrix.statements[at].carried == 1 for at in grid.rows)
        assert f"only in {grid.names[1]}" in text_of(pilot)
        await press(pilot, "o")
        assert len(grid.rows) == len(grid.matrix.statements)
        await press(pilot, "x")
        assert grid.rows and all(grid.matrix.statements[at].tellings[1] is None for at in grid.rows)
        assert "leaves this out" in text_of(pilot)
        await press(pilot, "enter")
        assert pilot.app.screen is page and "it leaves this out" in text_of(pilot)


async def test_without_times_of_day_nobody_is_said_to_be_first(sample_corpus: Corpus) -> None:
    told = tell(sample_corpus)
    told.articles.clear()
    async with reading(sample_corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "2")
        text = text_of(pilot)
        assert "same day" in text and "same day: who was first is not known" in text


async def test_a_story_of_one_source_has_a_matrix_of_one_column(told: Told) -> None:
    story = told.stories[GENEVA]
    for id in story.articles:
        told.articles[id] = dataclasses.replace(told.article(id), source="kestrel-wire.example")
    told.corpus.side = lambda id: _side(told, id)  # type: ignore[method-assign]
    async with reading(told.corpus) as (screen, pilot):
        screen.open_story(GENEVA)
        await settle(pilot)
        await press(pilot, "2", "l", "j", "o", "o", "S")
        grid = page_of(pilot).coverage.grid
        assert grid.matrix is not None and len(grid.matrix.columns) == 1 and grid.column == 0
        assert "nobody else has it" in text_of(pilot)


def _side(told: Told, id: ArticleId) -> Any:
    from tui.stories.values import Side

    return Side(told.article(id), id)


async def test_progress_is_shown_and_leaving_stops_the_work(told: Told) -> None:
    begun, ended = threading.Event(), threading.Event()

    def matrix(id: StoryId, progress: Any, cancelled: Any) -> Any:
        progress(3, 14)
        begun.set()
        for _ in range(2_000):
            if cancelled():
                ended.set()
                break
            threading.Event().wait(0.005)
        return None

    told.corpus.matrix = matrix  # type: ignore[method-assign]
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "s")
        await pilot.press("2")
        while not begun.is_set():
            await pilot.pause()
        await pilot.pause()
        await pilot.pause()
        assert "comparing … 3 of 14 reports" in text_of(pilot)
        await pilot.press("q")
        await settle(pilot)
        assert ended.wait(5) and pilot.app.screen is screen


async def test_the_statement_is_copied_with_its_sources(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        copied: list[str] = []
        monkeypatch.setattr(pilot.app, "copy_to_clipboard", copied.append)
        await press(pilot, "s", "2", "y")
        grid = page_of(pilot).coverage.grid
        statement = grid.statement
        assert statement is not None and grid.matrix is not None
        first, _, *others = copied[0].split("\n")
        assert first == statement.sentence.text and len(others) == statement.carried
        assert others[0].startswith(str(grid.matrix.columns[0].source))
        await press(pilot, "1", "y")
        assert told.article(told.stories[DRAFTS].reprints[0][0]).title in copied[1]


async def test_the_coverage_is_written_to_a_file_even_before_it_was_looked_at(
    told: Told, tmp_path: Path
) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        for name in "coverage.md", "coverage.csv", "coverage.html", "coverage.txt":
            await press(pilot, *(("s",) if name.endswith("md") else ()), "w")
            page_of(pilot).path_field.set_value(str(tmp_path / name), quiet=True)
            await press(pilot, "enter")
            assert "written: " in text_of(pilot)
        matrix = told.matrix(DRAFTS)
        for name in "coverage.md", "coverage.csv", "coverage.html", "coverage.txt":
            text = (tmp_path / name).read_text(encoding="utf-8")
            assert matrix.statements[0].sentence.text[:30] in text
            assert "kestrel" in text and str(matrix.statements[0].carried) in text


# Putting right


async def test_marked_reports_are_split_off_and_it_is_undone(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "A")
        assert "mark what does not belong here first" in text_of(pilot)
        before = page_of(pilot).story
        await press(pilot, "v", "A")  # folded: all that has the text goes
        assert told.edits[-1][:2] == ("split", DRAFTS) and set(told.edits[-1][2]) == set(before.reprints[0])
        page = page_of(pilot)
        assert page.story.articles == tuple(a for a in before.articles if a not in before.reprints[0])
        assert "reports are a story of their own now · U undoes it" in text_of(pilot)
        assert not page.reports.marked
        await press(pilot, "U")
        assert "undone: the title" in text_of(pilot)


async def test_a_story_is_merged_with_one_that_is_asked_for(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "2", "1", "M")
        assert "is one story with" in text_of(pilot)
        await type_text(pilot, "geneva")
        await press(pilot, "enter")
        assert told.edits == [("merge", [GENEVA], DRAFTS)]
        assert "“Talks in Geneva” is part of this story now" in text_of(pilot)
        page = page_of(pilot)
        assert page.focused is page.reports
        assert len(page.reports.rows) == len(page.story.articles) == page.reports.count
        await press(pilot, "2")
        assert told.made == 2 and page.coverage.grid.matrix is not None


async def test_a_story_is_given_a_title(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "R", "ctrl+u")
        await type_text(pilot, "the drafts")
        await press(pilot, "enter")
        assert told.edits == [("name", DRAFTS, "the drafts")]
        assert text_of(pilot).lstrip().startswith("the drafts")
        await press(pilot, "R", "escape")
        assert len(told.edits) == 1


# The list of stories


async def test_the_stories_of_a_query_are_listed_and_opened(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "B")
        page = pilot.app.screen
        assert isinstance(page, StoriesScreen)
        text = text_of(pilot)
        assert f"Stories of {QUERY} 3" in text and "newest first" in text
        assert text.index("Talks in Geneva") < text.index("Moscow hands over")
        await press(pilot, "S")
        assert "largest first" in text_of(pilot)
        await press(pilot, "j")
        chosen = page.list.selected_row
        assert chosen is not None
        await press(pilot, "enter")
        assert page_of(pilot).story == chosen
        await press(pilot, "backspace")
        back = pilot.app.screen
        assert isinstance(back, StoriesScreen) and back.list.selected_row == chosen
        assert back.order == "largest"
        await press(pilot, "backspace")
        assert pilot.app.screen is screen


# Hostile and odd


async def test_nothing_in_an_article_reaches_the_terminal_as_anything_but_text(told: Told) -> None:
    story = told.stories[GENEVA]
    long = "x" * 5_000
    for at, id in enumerate(story.articles):
        title = ("[bold]not markup[/bold] " + long, "", "（全角）" * 80)[at % 3]
        told.articles[id] = dataclasses.replace(
            told.article(id), title=title, source=("[red]", "a" * 300 + ".example", None)[at % 3],
            paragraphs=("[link=x]Said[/link] it. " + long, "漢字" * 300 + "。", "Short one."),
        )  # fmt: skip
    told.corpus.side = lambda id: _side(told, id)  # type: ignore[method-assign]
    for size in (20, 10), (80, 24), (200, 50):
        async with reading(told.corpus, size=size) as (screen, pilot):
            screen.open_story(GENEVA)
            await settle(pilot)
            await press(pilot, "j", "2", "j", "l", "l", "S", "S", "x", "G", "1", "G")
            assert isinstance(pilot.app.screen, StoryScreen)


async def test_empty_articles_make_no_matrix_and_that_is_said(told: Told) -> None:
    for id in told.stories[GENEVA].articles:
        told.articles[id] = dataclasses.replace(told.article(id), paragraphs=())
    told.corpus.side = lambda id: _side(told, id)  # type: ignore[method-assign]
    async with reading(told.corpus) as (screen, pilot):
        screen.open_story(GENEVA)
        await settle(pilot)
        await press(pilot, "2", "j", "l", "enter", "y", "o", "S")
        assert "no statements: there is no text to compare" in text_of(pilot)


async def test_nothing_pressed_in_any_order_breaks_a_page(told: Told) -> None:
    from tui.keys import COMMANDS

    leaving = {"quit", "close", "leave", "back", "suspend"}
    keys = [
        key
        for command in COMMANDS
        if command.place in {"story", "move", "bars"} and command.name not in leaving
        for key in command.keys
    ]
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        for key in [*keys, "2", *keys, *reversed(keys)]:
            if pilot.app.screen is screen:
                await press(pilot, "s" if not isinstance(screen.focused, ArticlePane) else "q")
            if not isinstance(pilot.app.screen, StoryScreen):
                await press(pilot, "escape")
                screen.open_story(DRAFTS)
                await settle(pilot)
            await pilot.press(key)
            if page := pilot.app.screen:
                asks = getattr(page, "asking_context", None)
                if asks or getattr(page, "path_field", None) is page.focused:
                    await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.is_running
        assert "should not" not in text_of(pilot) and "should not" not in screen.notice.text
