"""What a reader's hands do in odd orders: themes, settings, back, bursts, closing."""

from __future__ import annotations

import pytest

from tests.screens.driving import press, reading, settle, shown, type_text
from tui.app import BroadsheetApp
from tui.corpus import Corpus
from tui.settings import Settings


async def test_every_theme_starts_and_can_be_changed_to(sample_corpus: Corpus) -> None:
    for name in BroadsheetApp(sample_corpus).available_themes:
        async with reading(sample_corpus, settings=Settings(theme=name)) as (screen, pilot):
            assert screen.app.theme == name
            screen.app.theme = "broadsheet-dark"
            await settle(pilot)
            screen.app.theme = name
            await settle(pilot)
            assert f"{sample_corpus.count()} articles" in shown(screen)


async def test_a_wrong_setting_stands_on_the_screen_until_a_key(sample_corpus: Corpus) -> None:
    settings = Settings(theme="broadsheet-drak", complaints=("config.toml: measure: must be a whole number",))
    async with reading(sample_corpus, settings=settings) as (screen, pilot):
        assert "config.toml: measure" in shown(screen)
        assert "and 1 more" in shown(screen)
        await press(pilot, "j")
        assert "config.toml: measure" not in shown(screen)
        assert any("did you mean broadsheet-dark?" in complaint for complaint in screen.broadsheet.complaints)


async def test_the_place_is_kept_under_a_query_too(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(80, 24), query="geneva") as (screen, pilot):
        await press(pilot, "enter", "G")
        place = screen.panes[0].place
        await press(pilot, "escape", "enter")
        assert screen.panes[0].place == place


async def test_changing_widths_don_t_move_the_place(sample_corpus: Corpus) -> None:
    longest = max(sample_corpus.newest(200), key=lambda hit: sample_corpus.article(hit.id).words)
    async with reading(sample_corpus, size=(120, 24)) as (screen, pilot):
        await screen.read(longest.id)
        await settle(pilot)
        await press(pilot, *"jjjjjjjj")
        place, line = screen.panes[0].place, screen.panes[0].top_line
        for width in (100, 60, 90, 120):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
        assert (screen.panes[0].place, screen.panes[0].top_line) == (place, line)


async def test_back_puts_back_what_was_selected(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "nato")
        await press(pilot, "enter", *"jjjjjj")
        selected = screen.results.selected_hit
        await press(pilot, "enter", "slash")
        await press(pilot, "ctrl+u")
        await type_text(pilot, "telescope")
        await press(pilot, "enter", "H", "H")
        assert screen.search_field.value == "nato"
        assert screen.results.selected_hit == selected


async def test_back_leads_out_of_related_articles_too(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "enter", "r", "j", "enter", "r")
        for _ in range(6):
            await press(pilot, "H")
        assert not screen.showing_related
        assert screen.search_field.value == "nato"


async def test_keys_of_one_burst_go_where_they_are_meant_for(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await pilot.press("slash", *"nato", "enter", "j", "enter")
        await settle(pilot)
        assert screen.search_field.value == "nato"
        assert screen.panes and screen.panes[0].article_id == screen.results.hits[1].id


async def test_enter_on_nothing_takes_the_suggestion(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "telescpoe ")
        await press(pilot, "escape", "enter")
        assert screen.search_field.value == "telescope"
        assert screen.results.count > 0


async def test_what_is_taken_up_meanwhile_leaves_the_selection(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, *"jjjjj", "space", "space", "space")
        selected = screen.results.selected_hit
        assert screen.results.selected > 20
        from tui.screens.refresh import Refreshed

        screen.post_message(Refreshed(said="taken up from the folder: 3 added", changed=True))
        await settle(pilot)
        assert screen.results.selected_hit == selected
        assert "3 added" in shown(screen)


@pytest.mark.parametrize(
    "key", ["x", "z", "n", "N", "right_square_bracket", "ctrl+f", "e", "w", "equals_sign"]
)
async def test_a_key_that_can_do_nothing_says_why(sample_corpus: Corpus, key: str) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, key)
        assert "first" in screen.footer.message
        assert not screen.zoomed and not screen.linked


async def test_f_and_t_open_and_close_each_its_own(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "f")
        assert screen.facets.section == "source"
        await press(pilot, "t")
        assert screen.times is not None and screen.focused is screen.times
        await press(pilot, "f")
        assert screen.focused is screen.facets and screen.times.display
        await press(pilot, "f", "t", "t")
        assert not screen.facets.open and not screen.times.display


async def test_the_measure_is_remembered(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(200, 40)) as (screen, pilot):
        await press(pilot, "enter", "plus")
        assert screen.measure == 76
    async with reading(sample_corpus, size=(200, 40)) as (screen, _):
        assert screen.measure == 76


async def test_nothing_pressed_in_any_order_breaks_it(sample_corpus: Corpus) -> None:
    """Every key of the table, forwards and backwards, with an eye on workers that fail."""
    from tui.keys import COMMANDS

    keys = [
        command.keys[0]
        for command in COMMANDS
        if command.name not in {"quit", "close", "suspend", "open_url"}
    ]
    async with reading(sample_corpus) as (screen, pilot):
        for key in [*keys, *reversed(keys)]:
            await pilot.press(key)
            if screen.app.screen is not screen or key in {"slash", "E"}:
                await settle(pilot)
                await pilot.press("escape")
        await settle(pilot)
        assert screen.app.is_running
        assert "should not" not in screen.notice.text


async def test_changed_keys_close_the_help_as_well(sample_corpus: Corpus) -> None:
    settings = Settings(keys={"help": ("i",), "close": ("Q",)})
    async with reading(sample_corpus, settings=settings) as (screen, pilot):
        for key in ("i", "Q", "escape"):
            await pilot.press("i")
            await pilot.pause()
            assert screen.app.screen is not screen
            await pilot.press(key)
            await pilot.pause()
            assert screen.app.screen is screen


@pytest.mark.parametrize(
    ("key", "same"),
    [("down", "j"), ("pagedown", "space"), ("end", "G")],
)
async def test_keys_with_names_move_as_the_letters_do(sample_corpus: Corpus, key: str, same: str) -> None:
    """A scroll view has arrows of its own, which would scroll a list and leave its selection."""
    selected = []
    for pressed in (key, same):
        async with reading(sample_corpus, size=(100, 24)) as (screen, pilot):
            await press(pilot, "j", pressed)
            selected.append((screen.results.selected, screen.results.top_line))
    assert selected[0] == selected[1]
    assert selected[0][0] > 1


async def test_arrows_go_between_panes_as_l_and_h_do(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "enter", "left")
        assert screen.focused is screen.results
        await press(pilot, "right")
        assert screen.focused is screen.panes[0]
