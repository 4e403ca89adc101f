"""The timeline on a story's page: the same one as of what is searched for, with the same keys."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.driving import press, reading
from tests.screens.told import DRAFTS, Told, tell
from tui.corpus import Corpus
from tui.index.conditions import written_days
from tui.screens.story import StoryScreen
from tui.widgets.timeline_bars import TimelineBars

QUERY = "date:2021-12-16 draft"


@pytest.fixture
def told(sample_corpus: Corpus) -> Told:
    """The sample data with stories told by hand."""
    return tell(sample_corpus)


def page_of(pilot: Pilot[Any]) -> StoryScreen:
    screen = pilot.app.screen
    assert isinstance(screen, StoryScreen)
    return screen


def times_of(page: StoryScreen) -> TimelineBars:
    assert page.times is not None and page.times.display
    return page.times


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_t_opens_it_over_the_reports(told: Told, size: tuple[int, int]) -> None:
    async with reading(told.corpus, size=size, query=QUERY) as (_, pilot):
        await press(pilot, "s", "t")
        page = page_of(pilot)
        times = times_of(page)
        assert page.focused is times and times.region.width == size[0]
        assert times.region.bottom <= page.tabs.region.y and page.reports.size.height > 0
        assert times.timeline == page.timeline is not None
        dated = sum(count for _, count in times.timeline.days)  # type: ignore[union-attr]
        assert dated + times.timeline.undated == len(page.story.articles)  # type: ignore[union-attr]
        assert page.footer.context == "story_times"


@pytest.mark.parametrize("key", ["t", "q", "escape", "backspace"])
async def test_it_is_closed_before_the_page_is(told: Told, key: str) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "t", key)
        page = page_of(pilot)
        assert page.times is not None and not page.times.display
        assert page.focused is page.reports and page.footer.context == "reports"
        await press(pilot, "t")
        assert page.focused is times_of(page)


async def test_other_keys_lead_on_while_it_stays(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (_, pilot):
        await press(pilot, "s", "t", "j")
        page = page_of(pilot)
        assert page.reports.selected == 1 and page.footer.context == "story_times"
        await press(pilot, "2")
        assert page.focused is page.coverage.grid and times_of(page)


async def test_a_span_leads_to_its_reports_of_that_time(told: Told) -> None:
    async with reading(told.corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "s", "t", "g", "shift+right")
        view = times_of(page_of(pilot)).view
        assert view is not None
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        assert screen.search_field.value == f"story:{DRAFTS} {written_days(view.span)}"
