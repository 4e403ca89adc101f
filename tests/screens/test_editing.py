"""Names put right on their page: what is done is said, shown everywhere at once, and undone with one key."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from tests.screens.driving import named, open_page, press, reading, settle, shown, type_text
from tui.corpus import Corpus
from tui.corpus.canonical import Canonical, Overlay
from tui.corpus.values import Entity
from tui.entities.names import fold_name
from tui.entities.resolve import entity_id
from tui.errors import NoSuchEntity, UsageError


async def test_one_is_merged_into_another_by_its_name(sample_corpus: Corpus) -> None:
    one, other = named(sample_corpus, "Kremlin"), named(sample_corpus, "Moscow")
    async with reading(sample_corpus, query="kremlin") as (screen, pilot):
        page = await open_page(screen, pilot, one)
        await press(pilot, "M")
        await type_text(pilot, "mosc")
        assert screen.asking is not None
        assert screen.asking.list.choices[0].text == "Moscow"
        await press(pilot, "enter")
        assert "Kremlin and Moscow are one now" in shown(screen) and "U undoes it" in shown(screen)
        assert page.head.entity_name == "Moscow"
        assert "Kremlin" in page.head.entity.aliases if page.head.entity else False
        assert sample_corpus.entity(one.id).id == sample_corpus.entity(other.id).id
        await press(pilot, "U")
        assert "undone" in shown(screen)
        assert sample_corpus.entity(one.id).name == "Kremlin"
        assert sample_corpus.entity(one.id).articles == one.articles


async def test_picked_companions_become_one_with_it(sample_corpus: Corpus) -> None:
    entity = named(sample_corpus, "Nato")
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, entity)
        picked = [page.company.rows[at].entity for at in (1, 2)]
        await press(pilot, "j", "asterisk", "j", "asterisk")
        assert "2 picked" in screen.footer.message
        assert shown(screen).count("✓") == 2
        await press(pilot, "M")
        assert {sample_corpus.entity(each.id).id for each in picked} == {sample_corpus.entity(entity.id).id}
        assert page.head.entity is not None and page.head.entity.name == "Nato"
        assert not {each.id for each in picked} & {row.entity.id for row in page.company.rows.values()}


async def test_an_alias_is_split_off(sample_corpus: Corpus) -> None:
    entity = next(each for each in sample_corpus.entities(limit=50) if each.aliases)
    alias = entity.aliases[0]
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, entity)
        await press(pilot, "A")
        assert screen.asking is not None
        assert [choice.text for choice in screen.asking.list.choices] == list(entity.aliases)
        await press(pilot, "enter")
        assert f"{alias} is no longer {entity.name}" in shown(screen)
        assert page.head.entity is not None and alias not in page.head.entity.aliases
        await press(pilot, "U")
        assert page.head.entity is not None and alias in page.head.entity.aliases


async def test_another_type_and_another_name_are_seen_in_text_panel_and_facets(sample_corpus: Corpus) -> None:
    entity = named(sample_corpus, "Sergei Ryabkov")
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        await press(pilot, "enter", "e")
        page = await open_page(screen, pilot, entity)
        await press(pilot, "T")
        await type_text(pilot, "pla")
        await press(pilot, "enter")
        assert "Sergei Ryabkov is of type place now" in shown(screen)
        assert page.head.type == "place"
        await press(pilot, "R")
        assert screen.asking is not None and screen.asking.field.value == "Sergei Ryabkov"
        await press(pilot, "ctrl+u")
        await type_text(pilot, "Ryabkovgrad")
        await press(pilot, "enter")
        assert page.head.entity_name == "Ryabkovgrad"
        await press(pilot, "q")
        pane = screen.panes[0]
        assert {mention.type for mention in pane.mentions if mention.entity == entity.id} == {"place"}
        assert any((row.name, row.type) == ("Ryabkovgrad", "place") for row in screen.entity_panel.rows)
        assert "Ryabkovgrad" in dict(screen.facets.facets.place)
        assert screen.results.count > 0


async def test_hidden_is_hidden_everywhere_until_that_is_undone(sample_corpus: Corpus) -> None:
    entity = sample_corpus.overview().people[0]
    async with reading(sample_corpus, query=entity.name) as (screen, pilot):
        await press(pilot, "enter")
        await open_page(screen, pilot, entity)
        await press(pilot, "D")
        assert f"{entity.name} is hidden" in shown(screen)
        assert not screen.page_open
        assert entity.id not in {mention.entity for mention in screen.panes[0].mentions}
        assert entity.name not in dict(screen.facets.facets.person)
        assert entity.name not in {row.text for row in screen.greeting.rows}
        await press(pilot, "U")
        assert entity.id in {mention.entity for mention in screen.panes[0].mentions}
        assert entity.name in {row.text for row in screen.greeting.rows}


async def test_nothing_to_undo_is_said(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "U")
        assert "nothing to undo" in shown(screen)


@pytest.mark.parametrize("key", ["M", "A", "T", "R"])
async def test_a_question_left_changes_nothing(sample_corpus: Corpus, key: str) -> None:
    entity = next(each for each in sample_corpus.entities(limit=50) if each.aliases)
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, entity)
        await press(pilot, key, "escape")
        assert screen.focused is page.company
        assert sample_corpus.entity(entity.id) == entity
        assert not sample_corpus.edits()


async def test_what_can_t_be_done_is_said_in_a_line(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: Corpus, *arguments: object) -> None:
        raise NoSuchEntity("There is no entity of that id")

    monkeypatch.setattr(Corpus, "retype", gone)
    async with reading(sample_corpus) as (screen, pilot):
        await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "T", "enter")
        assert "no entity" in shown(screen)
        assert screen.page_open


def split_off(corpus: Corpus) -> Entity:
    """An alias that is taken out of an entity, where no article knows anybody by it alone."""
    for entity in corpus.entities(limit=100):
        for alias in entity.aliases:
            corpus.split(entity.id, alias)
            apart = corpus.entity(entity_id(fold_name(alias)))
            try:
                corpus.hide(apart.id, False)
            except UsageError:
                return apart
            corpus.undo_edit()
    raise LookupError("no such alias")


@pytest.mark.parametrize("keys", [("M", "enter"), ("T", "enter"), ("R", "x", "enter"), ("D",)])
async def test_a_name_that_was_split_off_says_what_to_do_before_it_is_edited(
    sample_corpus: Corpus, keys: tuple[str, ...]
) -> None:
    apart = split_off(sample_corpus)
    async with reading(sample_corpus, size=(80, 24)) as (screen, pilot):
        page = await open_page(screen, pilot, apart)
        await press(pilot, *keys)
        assert f"{apart.name} was taken out of another name: to edit it, undo that first" in shown(screen)
        assert screen.page_open and page.head.entity_name == apart.name
        assert len(sample_corpus.edits()) == 1


async def test_nothing_of_the_reader_s_edits_is_read_on_the_event_loop(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a long gazetteer the first read takes a second."""
    overlay, read = Canonical.overlay, set[threading.Thread]()

    def watched(self: Canonical, connection: sqlite3.Connection) -> Overlay:
        read.add(threading.current_thread())
        return overlay(self, connection)

    entity = named(sample_corpus, "Sergei Ryabkov")
    sample_corpus.rename(entity.id, "Ryabkovgrad")
    monkeypatch.setattr(Canonical, "overlay", watched)
    async with reading(sample_corpus) as (screen, pilot):
        await type_text(pilot, "person:rya")
        await press(pilot, "enter", "enter", "e")
        await open_page(screen, pilot, entity)
        await press(pilot, "M", "escape", "T", "enter", "U", "tab", "q", "q")
    assert read and threading.main_thread() not in read


async def test_edits_are_commands_of_the_palette_on_a_page_only(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        titles = [command.title for command in screen.app.get_system_commands(screen)]
        assert any(title.startswith("Who and where: find a name") for title in titles)
        assert not any("merge" in title for title in titles)
        await open_page(screen, pilot, named(sample_corpus, "Nato"))
        titles = [command.title for command in screen.app.get_system_commands(screen)]
        assert any(title.startswith("Who and where: merge") for title in titles)


async def test_what_another_process_puts_right_is_shown_a_little_later(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.reader.DESK_S", 0.05)
    entity = named(sample_corpus, "Sergei Ryabkov")
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        page = await open_page(screen, pilot, entity)
        with Corpus.open(sample_corpus.roots[0]) as other:
            other.rename(entity.id, "Ryabkovgrad")
        for _ in range(100):
            await pilot.pause(0.05)
            if page.head.entity_name == "Ryabkovgrad":
                break
        await settle(pilot)
        assert page.head.entity_name == "Ryabkovgrad"
        await press(pilot, "q")
        assert "Ryabkovgrad" in dict(screen.facets.facets.person)


async def test_what_won_t_be_kept_is_said_so_in_the_same_line(sample_corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    sample_corpus.desk.path = tmp_path / "file" / "desk.sqlite"
    async with reading(sample_corpus, size=(80, 24)) as (screen, pilot):
        await open_page(screen, pilot, named(sample_corpus, "Nato"))
        await press(pilot, "D")
        assert "Nato is hidden everywhere, but only until you quit · U undoes it" in shown(screen)
        assert "can't be written" in screen.notice.text
