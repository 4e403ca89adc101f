"""Where an entity's page leads: into articles, searches and other pages, and back."""

from __future__ import annotations

import pytest

from tests.screens.driving import named, open_page, page_of, press, reading, settle, shown, type_text
from tui.article import EntityId
from tui.corpus import Corpus


async def test_enter_on_a_line_opens_the_article_there_with_the_name_selected(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(80, 24)) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Sergei Ryabkov"))
        await press(pilot, "4", "j", "j", "j")
        line = page.lines.selected_row
        assert line is not None
        await press(pilot, "enter")
        pane = screen.panes[0]
        assert screen.focused is pane and not screen.page_open
        assert pane.article_id == line.article
        assert pane.selected is not None
        mention = pane.mentions[pane.selected]
        assert (mention.paragraph, mention.start, mention.end) == (line.paragraph, line.start, line.end)
        assert mention.text in shown(screen)


async def test_enter_on_a_quote_opens_the_article_there(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(80, 24)) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Sergei Ryabkov"))
        await press(pilot, "3")
        said = page.said.selected_row
        assert said is not None
        await press(pilot, "enter")
        pane = screen.panes[0]
        assert pane.article_id == said.article
        assert " ".join(said.text.split()[:2]) in " ".join(shown(screen).split())


async def test_enter_on_an_article_opens_it_where_it_names_the_entity(sample_corpus: Corpus) -> None:
    entity = named(sample_corpus, "Sergei Ryabkov")
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, entity)
        await press(pilot, "5", "j")
        hit = page.naming.selected_hit
        assert hit is not None
        await press(pilot, "enter")
        pane = screen.panes[0]
        assert pane.article_id == hit.id and pane.selected is not None
        assert pane.mentions[pane.selected].entity == entity.id


async def test_enter_on_a_companion_opens_that_and_back_leads_to_the_row(sample_corpus: Corpus) -> None:
    entity = named(sample_corpus, "Nato")
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, entity)
        await press(pilot, "j", "j", "j")
        companion = page.company.rows[3].entity
        await press(pilot, "enter")
        assert page.head.entity == companion
        await press(pilot, "backspace")
        assert page.head.entity == entity
        assert page.company.selected == 3
        await press(pilot, "L")
        assert page.head.entity == companion


async def test_back_leads_through_pages_and_articles(sample_corpus: Corpus) -> None:
    entity = named(sample_corpus, "Sergei Ryabkov")
    async with reading(sample_corpus, query="geneva") as (screen, pilot):
        await press(pilot, "enter")
        article = screen.panes[0].article_id
        page = await open_page(screen, pilot, entity)
        await press(pilot, "4", "j", "enter")
        assert screen.focused is screen.panes[0]
        await press(pilot, "H")
        assert page_of(screen) is page
        assert page.section == "lines" and page.lines.selected == 1
        await press(pilot, "H")
        assert not screen.page_open and screen.panes[0].article_id == article
        await press(pilot, "H")
        assert screen.focused is screen.results and screen.search_field.value == "geneva"
        await press(pilot, "L", "L")
        assert screen.page_open


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_it_is_closed_whatever_pages_were_gone_through(sample_corpus: Corpus, key: str) -> None:
    async with reading(sample_corpus, query="geneva") as (screen, pilot):
        await press(pilot, "enter")
        await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "j", "enter", "enter", key)
        assert not screen.page_open
        assert screen.focused is screen.panes[0]
        assert screen.app.is_running


async def test_a_time_of_the_timeline_searches_in_it(sample_corpus: Corpus) -> None:
    entity = named(sample_corpus, "Sergei Ryabkov")
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, entity)
        await press(pilot, "t", "g")
        time = page.bars.time
        assert time is not None
        await press(pilot, "enter")
        assert 'person:"Sergei Ryabkov" date:' in screen.search_field.value
        assert screen.results.count == time.articles
        assert not screen.page_open and screen.focused is screen.results


async def test_the_arrows_stop_at_times_that_have_articles(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Sergei Ryabkov"))
        await press(pilot, "1", "g")
        for _ in range(5):
            before = page.bars.selected
            await press(pilot, "right")
            assert page.bars.selected > before
            assert page.bars.time is not None and page.bars.time.articles
        await press(pilot, "h")
        assert page.bars.selected == before


async def test_searching_for_it_is_one_key_away(sample_corpus: Corpus) -> None:
    entity = named(sample_corpus, "Sergei Ryabkov")
    async with reading(sample_corpus) as (screen, pilot):
        await open_page(screen, pilot, entity)
        await press(pilot, "s")
        assert screen.search_field.value == 'person:"Sergei Ryabkov"'
        assert screen.results.count == entity.articles
        await press(pilot, "H")
        assert page_of(screen).head.entity == entity


async def test_what_is_typed_into_the_search_is_in_view_and_escape_returns(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "slash", "escape")
        assert screen.focused is page.company
        await press(pilot, "slash")
        await type_text(pilot, "telescope")
        assert not screen.page_open
        assert screen.results.hits[0].title[:20] in shown(screen)
        await press(pilot, "enter", "H")
        assert screen.page_open


async def test_an_article_of_the_page_is_opened_beside(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="telescope") as (screen, pilot):
        await press(pilot, "enter")
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "4")
        line = page.lines.selected_row
        await press(pilot, "v")
        assert line is not None
        assert len(screen.panes) == 2 and screen.panes[1].article_id == line.article


async def test_keys_of_an_open_article_say_that_they_are_for_one(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="geneva") as (screen, pilot):
        await press(pilot, "enter")
        current = screen.panes[0].current
        await open_page(screen, pilot, named(sample_corpus, "Nato"))
        for key in ("n", "x", "e", "right_square_bracket", "ctrl+f", "J"):
            await press(pilot, key)
            assert "open article" in screen.footer.message
        assert screen.panes[0].current == current


async def test_a_passage_is_copied_with_where_it_is_from(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.app import BroadsheetApp

    copied: list[str] = []
    monkeypatch.setattr(BroadsheetApp, "copy_to_clipboard", lambda self, text: copied.append(text))
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Sergei Ryabkov"))
        await press(pilot, "3", "y")
        said = page.said.selected_row
        assert said is not None
        assert said.text in copied[0] and said.title in copied[0] and str(said.source) in copied[0]


async def test_an_entity_that_is_none_is_said_to_be_none(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await screen.open_entity(EntityId("0" * 16), "Nobody")
        await settle(pilot)
        assert not screen.page_open
        assert screen.notice.text


async def test_what_is_taken_up_meanwhile_leaves_part_and_row(sample_corpus: Corpus) -> None:
    from tui.screens.refresh import Refreshed

    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "4", *"jjjjj")
        line = page.lines.selected_row
        screen.post_message(Refreshed(said="taken up from the folder: 3 added", changed=True))
        await settle(pilot)
        assert screen.focused is page.lines and page.lines.selected_row == line
        assert "3 added" in shown(screen)


async def test_a_resize_keeps_part_and_row(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "4", *"jjjjj")
        for size in ((200, 50), (60, 12), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert screen.focused is page.lines
            assert page.lines.selected == 5
            assert page.lines.size.height > 0
