"""Articles set side by side: how one gets there, what stands there, and the way back."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.driving import lines, press, reading, settle, shown, type_text
from tui.article import ArticleId
from tui.corpus import Corpus, index_corpus
from tui.screens.compare import CompareScreen
from tui.screens.reader import ReaderScreen
from tui.stories.values import Side
from tui.widgets.compared_text import ComparedText

Comparing = tuple[CompareScreen, Pilot[Any]]

LEAD = "Russia handed the United States two draft documents on Thursday, the Kremlin said."
SOLDIERS = "Western officials put the number of soldiers near the border at some 70,000."
DEAD = "Some 14,000 people have died in the east of the country since 2014."
CALL = "A further call between the two presidents before the new year is possible."
DIPLOMAT = "“Our negotiator can leave at any minute,” a diplomat told Kestrel Wire."
GEORGIA = "The alliance declared in 2008 that Georgia would one day be a member."
SHEEP = "A flock of sheep was found alive under the snow by a farmer on Monday."


def write(folder: Path, name: str, title: str, *paragraphs: str) -> None:
    """An article's file; its source is named as the file is."""
    address = f"https://{name}.example/news/{name}"
    (folder / f"{name}.txt").write_text(
        "\n".join((title, "20211216", address, *paragraphs)), encoding="utf-8"
    )


def ids_of(corpus: Corpus, *sources: str) -> tuple[ArticleId, ...]:
    """The articles of these sources."""
    found = {hit.source: hit.id for hit in corpus.newest(300)}
    return tuple(found[f"{source}.example"] for source in sources)


@pytest.fixture
def folder(clean_home: Path) -> Path:
    folder = clean_home / "articles"
    folder.mkdir()
    write(folder, "left", "Russia hands over drafts", LEAD, SOLDIERS, DEAD, SHEEP, DIPLOMAT)
    changed = (SOLDIERS.replace("70,000", "90,000"), DEAD.replace("country", "land"))
    write(folder, "right", "Russia hands over treaties", DIPLOMAT, CALL, *changed, LEAD)
    write(folder, "third", "Kremlin hands over drafts", GEORGIA, CALL, LEAD, DEAD)
    return folder


@asynccontextmanager
async def comparing(
    folder: Path, *sources: str, size: tuple[int, int] = (120, 40), view: str = "rows"
) -> AsyncIterator[Comparing]:
    """The comparison of these sources' articles, over the reader on that folder."""
    index_corpus([folder], jobs=1, recogniser="rules")
    with Corpus.open(folder) as corpus:
        corpus.desk.set("comparison view", view)
        async with reading(corpus, size=size) as (reader, pilot):
            reader.set_side_by_side(ids_of(corpus, *sources))
            await settle(pilot)
            screen = pilot.app.screen
            assert isinstance(screen, CompareScreen)
            yield screen, pilot


def texts(screen: CompareScreen) -> list[str]:
    """What the articles say in the selected row."""
    assert screen.text.board is not None
    return [cell.text for cell in screen.text.board.rows[screen.text.row].cells]


def said(screen: CompareScreen) -> str:
    """What the footer says."""
    return screen.footer.message


# How one gets there


async def test_the_selected_and_the_open_article(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="draft pacts") as (screen, pilot):
        await press(pilot, "enter", "escape", "j", "c")
        comparison = pilot.app.screen
        assert isinstance(comparison, CompareScreen)
        selected = screen.results.selected_hit
        assert selected is not None
        assert comparison.ids == [screen.panes[0].article_id, selected.id]
        assert "shared" in shown(comparison)


async def test_the_open_panes(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="draft pacts", size=(200, 50)) as (screen, pilot):
        await press(pilot, "enter", "escape", "j", "v", "escape", "j", "v", "c")
        comparison = pilot.app.screen
        assert isinstance(comparison, CompareScreen)
        assert comparison.ids == [pane.article_id for pane in screen.panes]
        assert len(comparison.ids) == 3
        assert "in all three" in shown(comparison)


async def test_one_article_alone_is_not_compared(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="draft pacts") as (screen, pilot):
        await press(pilot, "enter", "c")
        assert pilot.app.screen is screen
        assert "select another" in screen.footer.message


# What stands there


async def test_it_says_how_much_is_shared_and_which_figures_disagree(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, _):
        text = shown(screen)
        assert "80% shared" in text
        assert "= 2 identical" in text and "≈ 2 near" in text
        assert "1 only left" in text and "1 only right" in text
        assert "1 figure disagrees:  70,000 ≠ 90,000" in text


@pytest.mark.parametrize("size", [(80, 24), (60, 24), (44, 18)])
async def test_narrow_it_still_says_what_each_article_alone_has(folder: Path, size: tuple[int, int]) -> None:
    async with comparing(folder, "left", "right", size=size) as (screen, _):
        head = " ".join(" ".join(lines(screen)[:6]).split())
        for told in ("80% shared", "identical", "near", "1 only left", "1 only right"):
            assert told in head


async def test_narrow_it_says_how_many_figures_more_disagree(folder: Path) -> None:
    for source, amounts in (("less", (11, 12, 13)), ("more", (21, 22, 23))):
        told = (f"The mayor of the town of {name} counted {amount} sheep." for name, amount in zip(
            ("Tver", "Omsk", "Perm"), amounts, strict=True))  # fmt: skip
        write(folder, source, "Sheep", *told)
    async with comparing(folder, "less", "more", size=(44, 20)) as (screen, _):
        (told,) = (line for line in lines(screen) if "figures disagree" in line)
        assert told.split() == "3 figures disagree: 11 ≠ 21 and 2 more".split()


async def test_rows_stand_side_by_side_with_what_joins_them(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, _):
        row = next(line for line in lines(screen) if "soldiers near" in line)
        assert row.count("Western officials") == 2 and "─≈─" in row
        same = next(line for line in lines(screen) if "two draft" in line)
        assert "─=─" in same
        alone = next(line for line in lines(screen) if "flock of sheep" in line)
        assert "•" in alone and "—" in alone


async def test_as_published_the_counterpart_is_brought_along(folder: Path) -> None:
    for number in range(30):
        (folder / "right.txt").open("a").write(
            f"\nFiller number {number} tells of nothing that matters here."
        )
    async with comparing(folder, "left", "right", size=(120, 24), view="published") as (screen, pilot):
        await press(pilot, "tab", "G")
        assert not any("soldiers near" in line[60:] for line in lines(screen))
        await press(pilot, "tab", "g", "j")
        row = next(line for line in lines(screen) if "soldiers" in line)
        assert row.count("Western officials put") == 2
        assert row.count("─") > 2, "a thread leads from one to the other"


async def test_only_what_differs_and_only_what_one_has(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        await press(pilot, "3")
        assert "two draft documents" not in shown(screen) and "90,000" in shown(screen)
        assert "what differs 1/4" in shown(screen)
        await press(pilot, "4")
        assert "only in one 1/2" in shown(screen)
        assert "sheep" in shown(screen) and "A further call" in shown(screen)
        await press(pilot, "4")
        assert "sheep" in shown(screen) and "A further call" not in shown(screen)
        await press(pilot, "4")
        assert "sheep" not in shown(screen) and "A further call" in shown(screen)
        await press(pilot, "2")
        assert "two draft documents" in shown(screen)


async def test_what_there_is_none_of_is_said(folder: Path) -> None:
    write(folder, "copy", "Russia hands over drafts", LEAD, SOLDIERS, DEAD, SHEEP, DIPLOMAT, CALL)
    async with comparing(folder, "left", "copy") as (screen, pilot):
        await press(pilot, "right_square_bracket")
        assert said(screen) == "no figures disagree"
        await press(pilot, "4", "4")
        assert "nothing of that kind" in said(screen)
        await press(pilot, "j", "enter", "n")  # nothing to move in, and nothing breaks
        assert pilot.app.screen is screen


async def test_going_from_difference_to_difference(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        seen = []
        while True:
            await press(pilot, "n")
            if said(screen):
                break
            seen.append(screen.text.row)
        assert screen.text.board is not None
        assert seen == [n for n, row in enumerate(screen.text.board.rows) if not row.same and n]
        assert said(screen) == "no difference after this"
        await press(pilot, "g", "right_square_bracket")
        assert texts(screen)[0] == SOLDIERS
        await press(pilot, "right_square_bracket")
        assert said(screen) == "no figures disagree after this"
        await press(pilot, "G", "left_square_bracket")
        assert texts(screen)[0] == SOLDIERS


async def test_find_goes_from_row_to_row(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "the")
        await press(pilot, "backspace", "backspace", "backspace")
        await type_text(pilot, "LEAVE")
        assert texts(screen)[0] == DIPLOMAT
        assert "1 found" in shown(screen)
        await press(pilot, "enter", "down", "escape")
        assert texts(screen)[0] == DIPLOMAT
        await press(pilot, "k")
        assert texts(screen)[0] != DIPLOMAT, "letters are commands again"


# Which articles


async def test_exchanging_them_keeps_the_selected_sentence(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        await press(pilot, "j")
        before, column = texts(screen), screen.text.column
        await press(pilot, "e")
        assert texts(screen) == before[::-1]
        assert screen.text.column == 1 - column
        assert "90,000 ≠ 70,000" in shown(screen)
        assert "1 only left" in shown(screen)


async def test_a_third_joins_and_leaves(folder: Path) -> None:
    async with comparing(folder, "left", "right", size=(200, 50)) as (screen, pilot):
        await press(pilot, "v")
        await type_text(pilot, "kremlin")
        await press(pilot, "enter")
        assert len(screen.ids) == 3
        text = shown(screen)
        assert "2 in all three" in text and "1 only in 1" in text and "1 only in 3" in text
        assert "70,000 (1) ≠ 90,000 (2)" in text
        dead = next(line for line in lines(screen) if "have died" in line)
        assert dead.count("14,000") == 3 and "=1" in dead, (
            "the third says what the first does, not the second"
        )
        await press(pilot, "v")
        assert "three are the most" in said(screen)
        await press(pilot, "tab", "x")
        assert len(screen.ids) == 2 and "left" in shown(screen)
        await press(pilot, "x")
        assert "two are the fewest" in said(screen)


async def test_the_same_article_on_both_sides(folder: Path) -> None:
    async with comparing(folder, "left", "left") as (screen, _):
        assert "100% shared" in shown(screen) and "5 identical" in shown(screen)


async def test_an_article_that_has_gone_is_said_to_be_gone(folder: Path) -> None:
    index_corpus([folder], jobs=1, recogniser="rules")
    with Corpus.open(folder) as corpus:
        async with reading(corpus) as (reader, pilot):
            (known,) = ids_of(corpus, "left")
            reader.set_side_by_side((known, ArticleId("0123456789abcdef")))
            await settle(pilot)
            screen = pilot.app.screen
            assert isinstance(screen, CompareScreen)
            assert "not compared: There is no article 0123456789abcdef" in shown(screen)
            await press(pilot, "j", "n", "1", "2", "3", "4", "tab", "y", "e", "enter", "q")
            assert pilot.app.screen is reader


async def test_an_empty_article(folder: Path) -> None:
    write(folder, "empty", "Nothing to say", "…")
    async with comparing(folder, "empty", "right") as (screen, pilot):
        assert "The left article has no sentence to compare" in shown(screen)
        await press(pilot, "1", "tab", "j", "e")
        assert "The right article has no sentence to compare" in shown(screen)


async def test_other_scripts(folder: Path) -> None:
    write(
        folder,
        "vestnik",
        "Проекты договоров",
        "Россия передала США два проекта документов. Так сказал Песков.",
    )
    write(folder, "ribao", "会谈", "俄罗斯周四向美国递交了两份草案。他们说谈判可以开始。")
    for other in ("vestnik", "ribao"):
        async with comparing(folder, "left", other) as (screen, pilot):
            assert "0% shared" in shown(screen)
            await press(pilot, "1", "tab", "j")


@pytest.mark.parametrize("view", ["published", "rows"])
async def test_hostile_text_stays_text_and_in_its_column(folder: Path, view: str) -> None:
    bad = "[bold]Red[/bold] \x1b[31malert\x07 e\u0301\u0301\u0301 \u202e مرحبا 俄罗斯 \U0001f6a8 [link=x]y[/link] told."
    write(folder, "hostile", "[red]Title[/red] \x1b]0;owned\x07 俄", *([bad] * 4), LEAD)
    async with comparing(folder, "left", "hostile", size=(120, 30), view=view) as (screen, pilot):
        text = shown(screen)
        assert "[bold]Red[/bold]" in text and "[red]Title[/red]" in text
        assert "\x1b" not in text and "\x07" not in text
        for strip in screen._compositor.render_strips():
            assert strip.cell_length == 120
        await press(pilot, "tab", "j", "G", "slash", "left_square_bracket", "escape")


# Coming back


async def test_enter_reads_there_and_back_leads_to_the_same_place(folder: Path) -> None:
    for key in ("backspace", "q", "H"):
        async with comparing(folder, "left", "right", view="published") as (screen, pilot):
            await press(pilot, "j", "j", "tab")
            before, said_there = screen.text.shown, texts(screen)[1]
            await press(pilot, "enter")
            reader = pilot.app.screen
            assert isinstance(reader, ReaderScreen)
            pane = reader.focused_pane
            assert pane is not None and pane.article_id == screen.ids[1]
            assert pane.article is not None and pane.passage is not None
            passage = pane.passage
            assert pane.article.paragraphs[passage.paragraph][passage.start : passage.end] == said_there
            await press(pilot, key)
            back = pilot.app.screen
            assert isinstance(back, CompareScreen) and back is not screen
            assert back.text.shown == before
            await press(pilot, "q")
            assert pilot.app.screen is reader


async def test_one_comes_back_to_the_three_that_were_compared(folder: Path) -> None:
    async with comparing(folder, "left", "right", size=(200, 50)) as (screen, pilot):
        await press(pilot, "v")
        await type_text(pilot, "kremlin")
        await press(pilot, "enter", "enter", "backspace")
        back = pilot.app.screen
        assert isinstance(back, CompareScreen)
        assert back.ids == screen.ids and len(back.ids) == 3


async def test_forward_leads_there_again(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (_, pilot):
        await press(pilot, "q", "L")
        assert isinstance(pilot.app.screen, CompareScreen)


async def test_the_view_is_kept_for_the_next_comparison(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (_, pilot):
        await press(pilot, "1", "q")
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        reader.set_side_by_side(ids_of(reader.corpus, "right", "third"))
        await settle(pilot)
        assert isinstance(pilot.app.screen, CompareScreen)
        assert pilot.app.screen.text.shown.view == "published"


# Sizes


@pytest.mark.parametrize("view", ["published", "rows", "differing"])
@pytest.mark.parametrize("size", [(80, 24), (40, 15), (20, 6), (10, 3), (200, 50)])
async def test_every_size_shows_something_and_breaks_nothing(
    folder: Path, size: tuple[int, int], view: str
) -> None:
    async with comparing(folder, "left", "right", size=size, view=view) as (screen, pilot):
        await press(pilot, "j", "n", "tab", "space", "G", "right_square_bracket", "4", "2", "b", "g")
        assert shown(screen).strip()


async def test_narrow_they_are_stacked_with_a_bracket(folder: Path) -> None:
    async with comparing(folder, "left", "right", size=(80, 24)) as (screen, pilot):
        text = lines(screen)
        first = next(n for n, line in enumerate(text) if "┌1≈" in line)
        assert "└2" in text[first + 2] or "└2" in text[first + 1]
        await press(pilot, "1")
        assert "── 2 right.example ─" in shown(screen)


async def test_another_size_keeps_the_place(folder: Path) -> None:
    for view in ("rows", "published"):
        async with comparing(folder, "left", "right", view=view) as (screen, pilot):
            await press(pilot, "j", "j", "j")
            before = screen.text.shown
            await pilot.resize_terminal(70, 12)
            await settle(pilot)
            assert screen.text.shown == before
            assert any("▸" in line for line in lines(screen)[3:])
            await pilot.resize_terminal(200, 50)
            await settle(pilot)
            assert screen.text.shown == before


# Drawing, clicking


async def test_a_move_draws_two_rows_and_no_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with comparing(folder, "left", "right") as (_, pilot):
        drawn: list[int] = []
        draw = ComparedText.draw_line
        monkeypatch.setattr(ComparedText, "draw_line", lambda text, y: (drawn.append(y), draw(text, y))[1])
        await press(pilot, "j")
        assert 0 < len(drawn) <= 6


async def test_a_click_selects_and_another_one_reads(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        y = next(n for n, line in enumerate(lines(screen)) if "soldiers near" in line)
        await pilot.click(offset=(80, y))
        await settle(pilot)
        assert texts(screen)[0] == SOLDIERS and screen.text.column == 1
        await pilot.click(offset=(80, y))
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReaderScreen)
    async with comparing(folder, "left", "right", view="published") as (screen, pilot):
        y = next(n for n, line in enumerate(lines(screen)) if "soldiers near" in line)
        await pilot.click(offset=(20, y))
        await settle(pilot)
        assert texts(screen)[0] == SOLDIERS and screen.text.column == 0


async def test_the_help_begins_with_what_counts_here(folder: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        await press(pilot, "question_mark")
        assert "Side by side" in "\n".join(lines(pilot.app.screen)[:8])
        await press(pilot, "q")
        assert pilot.app.screen is screen


# Taking it along


async def test_copying_tells_whose_each_sentence_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        await press(pilot, "right_square_bracket", "y")
        copied = pilot.app.clipboard
        assert copied.splitlines() == [
            f"left.example: {SOLDIERS}", f"right.example: {SOLDIERS.replace('70,000', '90,000')}"
        ]  # fmt: skip
        assert said(screen) == "copied: 2 sentences"


@pytest.mark.parametrize("suffix", [".html", ".md", ".csv", ".txt"])
@pytest.mark.parametrize("sources", [("left", "right"), ("left", "right", "third")])
async def test_it_is_written_to_a_file_with_all_its_articles(
    folder: Path, tmp_path: Path, suffix: str, sources: tuple[str, ...]
) -> None:
    path = tmp_path / f"out{suffix}"
    async with comparing(folder, *sources) as (screen, pilot):
        await press(pilot, "w")
        screen.path_field.set_value(str(path))
        await press(pilot, "enter")
        assert said(screen).startswith("written")
        text = path.read_text(encoding="utf-8")
        plain = text.replace("\\", "").replace('<mark class="word">', "").replace("</mark>", "")
        for source in sources:
            assert f"{source}.example" in plain or suffix == ".csv"
        assert "A flock of sheep" in plain
        if "third" in sources:
            assert "Georgia would one day" in plain
        path.write_text("kept")
        await press(pilot, "w")
        screen.path_field.set_value(str(path))
        await press(pilot, "enter")
        assert "is there already" in shown(screen) and path.read_text() == "kept"
        await press(pilot, "enter")
        assert path.read_text(encoding="utf-8") == text


async def test_what_cannot_be_written_is_said(folder: Path, tmp_path: Path) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        await press(pilot, "w")
        screen.path_field.set_value("no-end")
        await press(pilot, "enter")
        assert "the name's end says" in said(screen)
        screen.path_field.set_value(str(tmp_path / "no/such.md"))
        await press(pilot, "enter")
        assert said(screen).startswith("not written") and "No such file" in said(screen)
        assert screen.focused is screen.text


# Long ones


async def test_long_articles_are_said_to_be_long_and_leaving_ends_the_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def never_done(sides: Sequence[Side], cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            time.sleep(0.005)
        ended.set()

    monkeypatch.setattr("tui.screens.comparing.compared", never_done)
    sentences = [
        f"Report number {n} of the year 1950 tells of {n * 7} boats in a harbour." for n in range(3_000)
    ]
    write(folder, "long", "The long report", *sentences)
    index_corpus([folder], jobs=1, recogniser="rules")
    with Corpus.open(folder) as corpus:
        async with reading(corpus) as (reader, pilot):
            reader.set_side_by_side(ids_of(corpus, "long", "left"))
            await pilot.pause(0.2)
            screen = pilot.app.screen
            assert isinstance(screen, CompareScreen)
            assert "The long report" in shown(screen)
            assert "comparing … they are long" in shown(screen)
            await pilot.press("j", "n", "1", "4", "tab", "y", "e", "q")
            await pilot.pause()
            assert pilot.app.screen is reader
            assert ended.wait(5), "nobody waits for it any more"


async def test_three_thousand_sentences_are_gone_about_in_like_thirty(folder: Path) -> None:
    sentences = [
        f"Report number {n} of the year 1950 tells of {n * 7} boats in a harbour." for n in range(3_000)
    ]
    write(folder, "long", "The long report", *sentences)
    async with comparing(folder, "long", "right") as (screen, pilot):
        assert "Long: 3,000 sentences" in shown(screen)
        await press(pilot, "G", "1", "tab", "space", "g", "2")
        assert screen.text.position[1] >= 3_000


async def test_a_kept_table_is_shown_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with comparing(folder, "left", "right") as (screen, pilot):
        await press(pilot, "j", "q")
        monkeypatch.setattr(
            "tui.screens.comparing.compared", lambda sides, cancelled: pytest.fail("compared again")
        )
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        reader.set_side_by_side(tuple(screen.ids))
        await settle(pilot)
        again = pilot.app.screen
        assert isinstance(again, CompareScreen)
        assert again.text.board is screen.text.board and again.text.shown == screen.text.shown
