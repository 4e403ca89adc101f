"""An entity's page: how one gets there, and what stands on it."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest

from tests.screens.driving import lines, named, open_page, page_of, press, reading, settle, shown, type_text
from tui.article import EntityId
from tui.corpus import Corpus
from tui.corpus.values import Companion, Concordance, Entity, Line
from tui.widgets.paged_list import PAGE

# How one gets there


async def test_enter_on_a_name_in_the_text_opens_its_page(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        await press(pilot, "enter", "right_square_bracket")
        pane = screen.panes[0]
        assert pane.selected is not None
        mention = pane.mentions[pane.selected]
        await press(pilot, "enter")
        assert page_of(screen).entity_id == mention.entity
        assert screen.search_field.value == "ryabkov"


async def test_enter_in_the_panel_and_on_the_start_screen_opens_it_too(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        await press(pilot, "enter", "e")
        name = screen.entity_panel.rows[screen.entity_panel.selected].name
        await press(pilot, "enter")
        assert page_of(screen).head.entity_name == name
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "tab", "j", "enter")
        assert page_of(screen).head.entity_name == sample_corpus.overview().people[1].name


async def test_a_facet_narrows_with_enter_and_opens_with_another_key(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="geneva") as (screen, pilot):
        await press(pilot, "f")
        screen.facets.go_to_section("person")
        name = screen.facets.facets.person[0][0]
        await press(pilot, "E")
        assert page_of(screen).head.entity_name == name
        assert screen.search_field.value == "geneva"


async def test_a_name_is_asked_for_where_none_is_selected(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "E")
        assert screen.asking is not None and screen.asking.list.choices
        await type_text(pilot, "ryab")
        assert "Sergei Ryabkov" in screen.asking.list.choices[0].text
        await press(pilot, "enter")
        assert page_of(screen).head.entity_name == "Sergei Ryabkov"
        assert not screen.asking.display


async def test_enter_may_be_quicker_than_what_is_offered(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "E")
        await pilot.press(*"ryabkov", "enter")
        await settle(pilot)
        assert page_of(screen).head.entity_name == "Sergei Ryabkov"


async def test_a_question_is_left_with_escape(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "E", "q", "escape")
        assert screen.asking is not None and not screen.asking.display
        assert screen.focused is screen.results
        assert screen.page is None


# What stands on it


@pytest.mark.parametrize("size", [(60, 12), (60, 20), (80, 24), (120, 40), (200, 50)])
async def test_everything_of_it_is_there(sample_corpus: Corpus, size: tuple[int, int]) -> None:
    entity = named(sample_corpus, "Sergei Ryabkov")
    async with reading(sample_corpus, size=size) as (screen, pilot):
        page = await open_page(screen, pilot, entity)
        assert entity.name in shown(screen) and entity.aliases[0] in shown(screen)
        assert page.naming.count == entity.articles
        assert page.lines.count == entity.mentions
        assert page.said.count == sample_corpus.said_count(entity.id)
        assert page.company.count > 10
        await press(pilot, "1")
        assert "Timeline" in shown(screen) and "2021" in shown(screen)
        for key in "2345":
            await press(pilot, key)
            part = page.part(page.section)
            assert screen.focused is part
            assert part.size.height > 0 and part.region.right <= size[0]
        companion = page.company.rows[0].entity.name
        await press(pilot, "2")
        assert companion[:12] in shown(screen)


async def test_tab_goes_through_its_parts(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        seen = []
        for _ in range(5):
            seen.append(page.section)
            await press(pilot, "tab")
        assert seen == ["company", "said", "lines", "naming", "bars"]
        await press(pilot, "shift+tab")
        assert page.section == "bars"


async def test_its_head_is_there_before_its_parts(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = named(sample_corpus, "Nato")
    may_go_on = threading.Event()
    company = Corpus.company

    def slow(self: Corpus, id: EntityId, *arguments: Any, **named: Any) -> list[Companion]:
        assert may_go_on.wait(20)
        return company(self, id, *arguments, **named)

    monkeypatch.setattr(Corpus, "company", slow)
    async with reading(sample_corpus) as (screen, pilot):
        await screen.open_entity(entity.id, entity.name, entity.type)
        await pilot.pause()
        assert entity.name in shown(screen)
        assert page_of(screen).company.waiting
        may_go_on.set()
        await settle(pilot)
        assert not page_of(screen).company.waiting


async def test_what_an_earlier_page_still_brings_is_dropped(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = named(sample_corpus, "Nato"), named(sample_corpus, "Sergei Ryabkov")
    asked: list[EntityId] = []
    may_go_on = threading.Event()
    company = Corpus.company

    def slow(self: Corpus, id: EntityId, *arguments: Any, **named: Any) -> list[Companion]:
        asked.append(id)
        if id == first.id:
            assert may_go_on.wait(20)
        return company(self, id, *arguments, **named)

    monkeypatch.setattr(Corpus, "company", slow)
    async with reading(sample_corpus) as (screen, pilot):
        await screen.open_entity(first.id, first.name, first.type)
        while not asked:
            await pilot.pause(0.01)
        await screen.open_entity(second.id, second.name, second.type)
        may_go_on.set()
        await settle(pilot)
        page = page_of(screen)
        assert page.head.entity == second
        assert [row.entity.id for row in page.company.rows.values()] == [
            companion.entity.id for companion in company(sample_corpus, second.id, 200)
        ]


async def test_the_concordance_is_put_in_order_by_keys(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "4")
        dates = [line.date for line in page.lines.rows.values() if line.date]
        assert dates == sorted(dates, reverse=True)
        for key, order in (("less_than_sign", "left"), ("greater_than_sign", "right"), ("d", "date")):
            await press(pilot, key)
            expected = sample_corpus.concordance(page.entity_id or EntityId(""), order=order).lines  # type: ignore[arg-type]
            assert tuple(page.lines.rows.values()) == expected
            assert page.order == order
        await press(pilot, "S")
        assert page.order == "left"


async def test_a_concordance_of_any_length_is_fetched_as_it_comes_into_view(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    article = sample_corpus.newest(1)[0]

    def endless(self: Corpus, id: EntityId, *, limit: int, offset: int, **options: Any) -> Concordance:
        asked.append(offset)
        day = datetime.date(2021, 12, 16)
        lines = tuple(
            Line(article.id, "title", day, "source.example", 0, 0, 4, f"line {at} ", "Nato", " said")
            for at in range(offset, min(offset + limit, 10_000))
        )
        return Concordance(10_000, lines)

    monkeypatch.setattr(Corpus, "concordance", endless)
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "4")
        assert asked == [0]
        await press(pilot, "G")
        assert asked == [0, 9_900]
        assert "line 9999" in shown(screen)
        await press(pilot, *["space"] * 3, "g", *["space"] * 5)
        assert "line 100 " in shown(screen)
        assert len(page.lines.rows) == 3 * PAGE or len(page.lines.rows) == 2 * PAGE


async def test_companions_of_one_type(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        every = page.company.count
        await press(pilot, "f")
        assert {row.entity.type for row in page.company.rows.values()} == {"person"}
        assert "With people" in shown(screen)
        await press(pilot, "f", "f", "f", "f")
        assert page.company.count == every


async def test_a_burst_is_told_from_other_times_without_colour(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.corpus.values import Burst, Timeline
    from tui.widgets.timeline_drawing import DRAWN

    day = datetime.date(2021, 12, 1)
    days = tuple((day + datetime.timedelta(at), 9 if 10 <= at < 13 else 1) for at in range(40))
    burst = Burst(day + datetime.timedelta(10), day + datetime.timedelta(12))
    monkeypatch.setattr(Corpus, "timeline", lambda self, id: Timeline(days, 3, (burst,)))
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Nato"))
        ground = page.bars.region.bottom - 2
        line = shown(screen).splitlines()[ground]
        assert line.count(DRAWN.burst) * 40 == len(line.strip()) * 3
        assert "3 without a date" in shown(screen)


async def test_a_name_of_thousands_of_characters_breaks_nothing(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = named(sample_corpus, "Nato")
    names = ("W" * 3_000, "[bold red]no markup[/] " * 90, "名" * 1_500, "e\u0301" * 1_500)
    entity, company = Corpus.entity, Corpus.company

    def hostile(self: Corpus, id: EntityId) -> Entity:
        return entity(self, id)._replace(name=names[0], aliases=names)

    def with_hostile(self: Corpus, id: EntityId, *arguments: Any) -> list[Companion]:
        found = company(self, id, *arguments)
        return [
            each._replace(entity=each.entity._replace(name=names[at % 4])) for at, each in enumerate(found)
        ]

    monkeypatch.setattr(Corpus, "entity", hostile)
    monkeypatch.setattr(Corpus, "company", with_hostile)
    for size in ((80, 24), (200, 50)):
        async with reading(sample_corpus, size=size) as (screen, pilot):
            await open_page(screen, pilot, real)
            assert "Www" not in shown(screen) and "WWW" in shown(screen)
            for key in ("M", "A", "T", "R"):
                await press(pilot, key)
                assert screen.asking is not None and screen.asking.field._room() > 20
                await press(pilot, "x", "escape")
            await press(pilot, "asterisk", "j", "1", "4", "enter", "right_square_bracket", "e", "S")
            assert "should not" not in screen.notice.text
            assert "[bold red]" not in shown(screen) or "no markup" in shown(screen)


async def test_a_narrow_footer_shows_the_help_and_every_edit(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, size=(80, 24)) as (screen, pilot):
        await open_page(screen, pilot, named(sample_corpus, "Nato"))
        footer = lines(screen)[-1]
        for hint in ("? help", "M merge", "A split", "R rename", "T type", "D hide", "U undo"):
            assert hint in footer.replace("  ", " ")
