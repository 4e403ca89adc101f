"""Driving the reader in tests: the whole screen on the sample data, waited for until nothing is under way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from tui.app import BroadsheetApp
from tui.corpus import Corpus
from tui.corpus.values import Entity
from tui.screens.page import PageScreen
from tui.screens.reader import ReaderScreen
from tui.settings import Settings
from tui.widgets.entity_page import EntityPage


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every worker is done and everything is painted."""
    for _ in range(3):
        reader = pilot.app.screen_stack[0]
        while isinstance(reader, ReaderScreen) and not reader.background.idle:
            await asyncio.sleep(0.001)
        for page in pilot.app.screen_stack[1:]:
            while isinstance(page, PageScreen) and not page.idle:
                await asyncio.sleep(0.001)
        with suppress(WorkerCancelled):  # a search that a newer one took the place of
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each answered before the next."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type text as a person does, and wait for the answer to the last letter."""
    names = {
        " ": "space",
        ":": "colon",
        '"': "quotation_mark",
        "-": "minus",
        "*": "asterisk",
        ".": "full_stop",
    }
    await pilot.press(*(names.get(character, character) for character in text))
    await settle(pilot)


@asynccontextmanager
async def reading(
    corpus: Corpus, *, size: tuple[int, int] = (120, 40), settings: Settings | None = None, query: str = ""
) -> AsyncIterator[tuple[ReaderScreen, Pilot[Any]]]:
    """The reader on a corpus, its first answer there."""
    app = BroadsheetApp(corpus, settings, query=query)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        yield screen, pilot


def lines(screen: Screen[Any]) -> list[str]:
    """What is on the screen, line by line."""
    width, height = screen.size
    strips = screen._compositor.render_strips()
    return [strip.text[:width] for strip in strips[:height]]


def shown(screen: Screen[Any]) -> str:
    """What is on the screen."""
    return "\n".join(lines(screen))


def named(corpus: Corpus, name: str) -> Entity:
    """The entity that the corpus knows by exactly this name."""
    return next(entity for entity in corpus.entities(name) if entity.name == name)


def page_of(screen: ReaderScreen) -> EntityPage:
    """The page that is in view."""
    assert screen.page is not None and screen.page_open
    return screen.page


async def open_page(screen: ReaderScreen, pilot: Pilot[Any], entity: Entity) -> EntityPage:
    """Open an entity's page, and wait for all of it."""
    await screen.open_entity(entity.id, entity.name, entity.type)
    await settle(pilot)
    return page_of(screen)
