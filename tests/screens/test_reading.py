"""Reading: matches, entities, panes, places, marks."""

from __future__ import annotations

import pytest

from tests.screens.driving import press, reading, settle, shown, type_text
from tui.app import BroadsheetApp
from tui.corpus import Corpus
from tui.screens.reader import ReaderScreen
from tui.settings import Settings
from tui.widgets.article_pane import ArticlePane


def pane_of(screen: ReaderScreen) -> ArticlePane:
    assert screen.focused_pane is not None
    return screen.focused_pane


async def test_enter_opens_at_the_first_match_and_n_goes_on(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        await press(pilot, "enter")
        pane = pane_of(screen)
        assert screen.focused is pane
        assert pane.matches and pane.current is not None
        assert pane.article is not None
        for span in pane.matches:
            assert pane.article.text_of(span.paragraph)[span.start : span.end].lower().startswith("ryabkov")
        first = pane.current
        await press(pilot, "n")
        assert pane.current == first + 1
        await press(pilot, "N")
        assert pane.current == first
        assert f"{first + 1}/{len(pane.matches)} matches" in shown(screen)


async def test_an_article_keeps_its_place(sample_corpus: Corpus) -> None:
    longest = max(sample_corpus.newest(200), key=lambda hit: sample_corpus.article(hit.id).words)
    async with reading(sample_corpus, size=(80, 24)) as (screen, pilot):
        await screen.read(longest.id)
        await settle(pilot)
        await press(pilot, "space", "j")
        place = pane_of(screen).place
        assert place[0] > 0
    async with reading(sample_corpus, size=(80, 24)) as (screen, pilot):
        await screen.read(longest.id)
        await settle(pilot)
        assert pane_of(screen).place == place


async def test_a_resize_keeps_the_place(sample_corpus: Corpus) -> None:
    longest = max(sample_corpus.newest(200), key=lambda hit: sample_corpus.article(hit.id).words)
    async with reading(sample_corpus, size=(100, 24)) as (screen, pilot):
        await screen.read(longest.id)
        await settle(pilot)
        await press(pilot, "space", "space")
        paragraph = pane_of(screen).place[0]
        await pilot.resize_terminal(60, 24)
        await settle(pilot)
        assert abs(pane_of(screen).place[0] - paragraph) <= 1


async def test_reading_marks_as_read_and_u_takes_it_back(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        hit = screen.results.selected_hit
        assert hit is not None and hit.id not in screen.results.read
        await press(pilot, "enter")
        assert hit.id in screen.results.read
        assert sample_corpus.desk.is_read(hit.id)
        await press(pilot, "u")
        assert hit.id not in screen.results.read


async def test_a_star_is_kept_and_found(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        hit = screen.results.selected_hit
        assert hit is not None
        await press(pilot, "asterisk")
        assert "★" in shown(screen)
        await press(pilot, "slash")
        await type_text(pilot, "is:starred ")
        assert [found.id for found in screen.results.hits.values()] == [hit.id]


async def test_back_and_forward_as_in_a_browser(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "telescope")
        await press(pilot, "enter", "enter")
        first = pane_of(screen).article_id
        await press(pilot, "J")
        second = pane_of(screen).article_id
        assert first != second
        await press(pilot, "H")
        assert pane_of(screen).article_id == first
        await press(pilot, "H")
        assert screen.focused is screen.results
        await press(pilot, "H")
        assert screen.search_field.value == ""
        await press(pilot, "L", "L", "L")
        assert (screen.search_field.value, pane_of(screen).article_id) == ("telescope", second)


async def test_find_in_the_article_and_leave_it(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="draft pacts") as (screen, pilot):
        await press(pilot, "enter", "ctrl+f")
        await type_text(pilot, "the")
        pane = pane_of(screen)
        assert pane.finding and len(pane.matches) > 3
        await press(pilot, "enter", "n")
        assert pane.current == 1 or pane.current is not None
        await press(pilot, "escape")
        assert not pane.finding
        assert pane.matches


async def test_entities_are_selected_listed_and_opened(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        await press(pilot, "enter", "right_square_bracket")
        pane = pane_of(screen)
        assert pane.selected is not None
        await press(pilot, "left_square_bracket", "e")
        assert screen.focused is screen.entity_panel
        assert "People" in shown(screen)
        counts = [row.mentions for row in screen.entity_panel.rows]
        assert sum(counts) == len(pane.mentions)
        await press(pilot, "j")
        name = screen.entity_panel.rows[screen.entity_panel.selected].name
        await press(pilot, "enter")
        assert screen.page_open and screen.page is not None
        assert screen.page.head.entity_name == name


async def test_every_mention_is_where_its_text_is(sample_corpus: Corpus) -> None:
    for hit in sample_corpus.newest(200):
        article = sample_corpus.article(hit.id)
        for mention in sample_corpus.mentions(hit.id):
            assert article.text_of(mention.paragraph)[mention.start : mention.end] == mention.text


async def test_two_articles_side_by_side(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="draft pacts") as (screen, pilot):
        await press(pilot, "enter", "escape", "j", "v")
        assert len(screen.panes) == 2
        assert screen.panes[0].article_id != screen.panes[1].article_id
        assert screen.focused is screen.panes[1]
        await press(pilot, "shift+tab")
        assert screen.focused is screen.panes[0]
        await press(pilot, "w")
        assert screen.panes[0].overlay == screen.panes[1].overlay == "shared"
        assert all(pane._overlay_spans for pane in screen.panes)
        await press(pilot, "w")
        assert screen.panes[0].overlay == "only"
        await press(pilot, "w")
        assert screen.panes[0].overlay is None
        await press(pilot, "x")
        assert len(screen.panes) == 1


async def test_linked_panes_scroll_together(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(120, 20), query="draft pacts") as (screen, pilot):
        await press(pilot, "enter", "escape", "j", "v", "g", "tab", "g", "shift+tab")
        await press(pilot, "equals_sign", "j", "j", "j")
        tops = [pane.top_line for pane in screen.panes]
        assert tops[0] == tops[1] == 3
        await press(pilot, "equals_sign", "j")
        assert screen.panes[0].top_line != screen.panes[1].top_line


@pytest.mark.parametrize(("width", "panes"), [(200, 3), (120, 2), (80, 2)])
async def test_as_many_panes_as_the_width_has_room_for(sample_corpus: Corpus, width: int, panes: int) -> None:
    async with reading(sample_corpus, size=(width, 40)) as (screen, pilot):
        await press(pilot, "enter", "escape", "j", "v", "escape", "j", "v", "escape", "j", "v")
        assert len(screen.panes) == panes


async def test_a_narrow_terminal_shows_one_thing_at_a_time(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(60, 20)) as (screen, pilot):
        title = screen.results.hits[3].title
        assert title[:20] in shown(screen)
        await press(pilot, "enter")
        assert title[:20] not in shown(screen)
        await press(pilot, "escape")
        assert title[:20] in shown(screen)


async def test_q_closes_what_is_on_top_and_at_last_the_program(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "enter", "e", "q")
        assert screen.focused is screen.panes[0]
        await press(pilot, "q")
        assert not screen.panes
        assert screen.app.is_running
        await pilot.press("q")
        await pilot.pause()
        assert screen.app.return_value == 0


async def test_letter_marks_take_room_and_lose_no_text(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(60, 40), settings=Settings(entity_marks=True)) as (screen, pilot):
        await press(pilot, "enter")
        pane = pane_of(screen)
        text = "".join(shown(screen).split())
        assert pane.article is not None
        for mention in pane.mentions:
            if mention.paragraph == 0:
                assert any(letter in text for letter in "ᴾᴼᴸᴹ")
                break
        last_word = pane.article.paragraphs[0].split()[-1]
        assert last_word in shown(screen)


async def test_copying_tells_the_terminal(sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(BroadsheetApp, "copy_to_clipboard", lambda self, text: copied.append(text))
    async with reading(sample_corpus) as (screen, pilot):
        hit = screen.results.selected_hit
        await press(pilot, "y")
        assert hit is not None and hit.url is not None
        assert hit.title in copied[0] and hit.url in copied[0]
        await press(pilot, "Y")
        assert sample_corpus.article(hit.id).paragraphs[-1] in copied[1]


async def test_over_ssh_a_url_is_copied_not_opened(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    copied: list[str] = []
    monkeypatch.setattr("tui.app._browse", opened.append)
    monkeypatch.setattr(BroadsheetApp, "copy_to_clipboard", lambda self, text: copied.append(text))
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "o")
        assert len(opened) == 1
        monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
        await press(pilot, "o")
        assert copied == opened
        assert len(opened) == 1
        assert screen.app.is_running


async def test_the_measure_can_be_changed(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(200, 40)) as (screen, pilot):
        await press(pilot, "enter", "plus", "plus")
        assert pane_of(screen).measure == 80
        await press(pilot, "minus")
        assert pane_of(screen).measure == 76


async def test_help_names_every_command(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(100, 300)) as (screen, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        text = "\n".join(strip.text for strip in screen.app.screen._compositor.render_strips())
        from tui.keys import COMMANDS

        for command in COMMANDS:
            assert " ".join(command.help.split()[:3]) in text, command.name
        await pilot.press("q")
        await pilot.pause()
        assert screen.app.screen is screen


async def test_a_changed_key_counts_and_is_shown(sample_corpus: Corpus) -> None:
    settings = Settings(keys={"star": ("9",)})
    async with reading(sample_corpus, size=(200, 50), settings=settings) as (screen, pilot):
        hit = screen.results.selected_hit
        assert hit is not None
        await press(pilot, "asterisk")
        assert hit.id not in screen.results.starred
        await press(pilot, "9")
        assert hit.id in screen.results.starred
