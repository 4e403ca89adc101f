"""The timeline of what is searched for: opened, moved along, zoomed, and made the query's time."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest

from tests.screens.driving import lines, named, open_page, press, reading, settle, shown, type_text
from tui.corpus import Corpus
from tui.corpus.values import Burst, Timeline
from tui.index.conditions import written_days
from tui.index.dates import DayRange
from tui.index.results import Results
from tui.screens.reader import ReaderScreen
from tui.widgets.timeline_bars import TimelineBars
from tui.widgets.timeline_drawing import DRAWN, IN_ASCII

DAY = datetime.date(2021, 12, 16)


def times_of(screen: ReaderScreen) -> TimelineBars:
    """The timeline, which is in view."""
    assert screen.times is not None and screen.times.display
    return screen.times


def ground_of(screen: ReaderScreen) -> str:
    """The line under its bars."""
    return lines(screen)[times_of(screen).region.bottom - 2]


def invented(monkeypatch: pytest.MonkeyPatch, timeline: Timeline) -> None:
    """Let every search have this timeline."""
    monkeypatch.setattr(Corpus, "timeline_of", lambda self, results, cancelled=None: timeline)


def a_day_each(count: int, *bursts: tuple[int, int], undated: int = 0) -> Timeline:
    """An article a day, twenty on days that burst."""
    hot = {at for first, last in bursts for at in range(first, last + 1)}
    day = datetime.timedelta(1)
    return Timeline(
        tuple((DAY + at * day, 20 if at in hot else 1) for at in range(count)),
        undated,
        tuple(Burst(DAY + first * day, DAY + last * day) for first, last in bursts),
    )


# Opening and closing


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (120, 40), (200, 50)])
async def test_it_stands_over_the_results_and_says_its_keys(
    sample_corpus: Corpus, size: tuple[int, int]
) -> None:
    async with reading(sample_corpus, size=size, query="nato") as (screen, pilot):
        await press(pilot, "t")
        times = times_of(screen)
        assert screen.focused is times
        assert times.region.width == size[0] and times.region.y == 2
        assert screen.results.region.y >= times.region.bottom and screen.results.size.height > 0
        assert times.said.split(" ·")[0] in shown(screen)
        assert "2022" in shown(screen)
        assert "search it" in lines(screen)[-1]
        await press(pilot, "t")
        assert not times.display and screen.context == "results"


@pytest.mark.parametrize("key", ["t", "q", "escape"])
async def test_it_is_closed_by_these_keys(sample_corpus: Corpus, key: str) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t", key)
        assert screen.times is not None and not screen.times.display
        assert screen.focused is screen.results
        assert screen.search_field.value == "nato"


async def test_it_counts_every_hit_once(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t")
        timeline = times_of(screen).timeline
        assert timeline is not None
        assert sum(count for _, count in timeline.days) + timeline.undated == screen.results.count
        hits = sample_corpus.search("nato").page(0, 1_000)
        assert dict(timeline.days) == {
            day: sum(hit.date == day for hit in hits) for day in {hit.date for hit in hits if hit.date}
        }


async def test_typing_counts_anew(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "t", "slash")
        for letter in "putin":
            await type_text(pilot, letter)
            timeline = times_of(screen).timeline
            assert timeline is not None
            assert sum(count for _, count in timeline.days) + timeline.undated == screen.results.count
        await type_text(pilot, "qqqqzz")
        assert "nothing found" in shown(screen)
        assert times_of(screen).view is None


async def test_what_a_newer_query_took_the_place_of_is_dropped(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()
    asked: list[str] = []
    timeline_of = Corpus.timeline_of

    def slow(self: Corpus, results: Results, cancelled: Callable[[], bool] | None = None) -> Timeline:
        asked.append(results.query)
        if results.query == "nato":
            assert may_go_on.wait(20)
        return timeline_of(self, results, cancelled)

    monkeypatch.setattr(Corpus, "timeline_of", slow)
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await pilot.press("t")
        while not asked:
            await pilot.pause(0.01)
        assert "Timeline" in shown(screen)
        screen.set_query("putin")
        while "putin" not in asked:
            await pilot.pause(0.01)
        may_go_on.set()
        await settle(pilot)
        timeline = times_of(screen).timeline
        assert timeline is not None
        assert sum(count for _, count in timeline.days) == sample_corpus.search("putin").total


async def test_it_gives_way_to_a_page_and_comes_back(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t")
        times = times_of(screen)
        await open_page(screen, pilot, named(sample_corpus, "Nato"))
        assert not times.display
        await press(pilot, "q")
        assert times.display


# Moving and zooming


async def test_left_right_and_the_ends(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t")
        times = times_of(screen)
        last = times.time
        await press(pilot, "left")
        assert times.time is not None and last is not None and times.time.last < last.first
        await press(pilot, "l")
        assert times.time == last
        await press(pilot, "g")
        assert times.view is not None and times.view.selected == times.view.lowest
        assert ground_of(screen)[1:].lstrip(DRAWN.ground).startswith(DRAWN.selected)
        await press(pilot, "G")
        assert times.time == last


async def test_zooming_keeps_the_selected_day_and_stops_at_the_ends(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t", "g", "right")
        times = times_of(screen)
        assert times.view is not None
        day, unit = times.view.day, times.view.unit
        units = []
        for _ in range(9):
            await press(pilot, "minus")
            units.append(times.view.unit)
            assert times.view.day == day
        assert units[-1] == units[-2] != unit
        assert "one bar" in screen.footer.message
        for _ in range(9):
            await press(pilot, "plus")
            assert times.view.day == day
        assert times.view.unit == "day" and "shortest" in screen.footer.message
        await press(pilot, "0")
        assert times.view.unit == unit


async def test_pages_lead_through_what_is_longer_than_the_screen(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    invented(monkeypatch, a_day_each(400))
    async with reading(sample_corpus, size=(80, 24)) as (screen, pilot):
        await press(pilot, "t", "plus", "g")
        assert ground_of(screen)[0] == " " and ground_of(screen).rstrip()[-1] == DRAWN.after
        await press(pilot, "greater_than_sign")
        assert ground_of(screen)[0] == DRAWN.before and ground_of(screen).rstrip()[-1] == DRAWN.after
        for key in ("right_curly_bracket", "pagedown", "space", "greater_than_sign", "greater_than_sign"):
            await press(pilot, key)
        assert ground_of(screen)[0] == DRAWN.before and ground_of(screen).rstrip()[-1] != DRAWN.after
        await press(pilot, *["less_than_sign"] * 6)
        view = times_of(screen).view
        assert view is not None and view.first == view.lowest


async def test_bursts_are_marked_and_gone_to(sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    invented(monkeypatch, a_day_each(60, (10, 12), (40, 40), undated=12))
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "t")
        assert "12 without a date" in shown(screen) and f"{DRAWN.burst} burst" in shown(screen)
        assert ground_of(screen).count(DRAWN.burst) == 4
        await press(pilot, "g", "n")
        assert times_of(screen).said == "Sun 26 Dec 2021 · 20 articles · burst"
        await press(pilot, "n")
        assert times_of(screen).said.startswith("Tue 25 Jan 2022")
        await press(pilot, "n")
        assert "no burst after" in screen.footer.message
        await press(pilot, "N")
        assert times_of(screen).said.startswith("Sun 26 Dec 2021")
        await press(pilot, "minus")
        assert "burst 26–28 Dec 2021" in times_of(screen).said


async def test_a_click_selects_and_a_second_one_searches(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t")
        times = times_of(screen)
        await pilot.click(times, offset=(1, 3))
        await settle(pilot)
        assert times.selected == 0
        await pilot.click(times, offset=(1, 3))
        await settle(pilot)
        assert "date:" in screen.search_field.value


# A time becomes the query's


async def test_enter_makes_the_bar_the_query_s_time_and_takes_it_out_again(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        before = screen.results.count
        await press(pilot, "t", "g", "right")
        times = times_of(screen)
        timeline, time = times.timeline, times.time
        assert time is not None
        await press(pilot, "enter")
        days = DayRange(time.first.toordinal(), time.last.toordinal())
        assert screen.search_field.value == f"nato {written_days(days)}"
        assert screen.results.count == time.articles < before
        assert screen.focused is times and times.asked == days
        # The rest is still there to choose from.
        assert times.timeline == timeline and times.time == time
        await press(pilot, "right", "enter")
        assert screen.search_field.value.count("date:") == 1
        assert times.asked is not None and times.asked.first > days.last
        assert DRAWN.burst_within in ground_of(screen) or DRAWN.selected in ground_of(screen)
        await press(pilot, "enter")
        assert screen.search_field.value == "nato" and screen.results.count == before
        await press(pilot, "backspace")
        assert screen.search_field.value.startswith("nato date:")


@pytest.mark.parametrize("keys", [("v", "right", "right", "right"), ("shift+right",) * 3])
async def test_a_span_is_marked_and_searched(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    invented(monkeypatch, a_day_each(40))
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t", "g", "right", *keys)
        assert times_of(screen).said.startswith("17–20 Dec 2021 · 4 articles")
        assert ground_of(screen).count(DRAWN.within) >= 3
        await press(pilot, "enter")
        assert screen.search_field.value == "nato date:[2021-12-17 TO 2021-12-20]"
        view = times_of(screen).view
        assert view is not None and view.mark is None


@pytest.mark.parametrize("key", ["v", "escape"])
async def test_a_span_is_given_up(sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    invented(monkeypatch, a_day_each(40))
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t", "shift+left", "shift+left", key)
        view = times_of(screen).view
        assert view is not None and view.mark is None
        assert screen.focused is times_of(screen)


async def test_a_bar_in_a_burst_that_is_searched_looks_so_without_colour(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    invented(monkeypatch, a_day_each(20, (5, 9)))
    async with reading(sample_corpus, query="date:[2021-12-20 TO 2021-12-22]") as (screen, pilot):
        await press(pilot, "t")
        cells = times_of(screen).view.cells  # type: ignore[union-attr]
        ground = ground_of(screen)
        assert [ground[1 + at * cells] for at in range(4, 11)] == [
            DRAWN.within, DRAWN.burst_within, DRAWN.burst_within, DRAWN.burst, DRAWN.burst, DRAWN.burst,
            DRAWN.tick,
        ]  # fmt: skip


async def test_on_a_name_s_page_a_span_is_searched_with_the_name(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        page = await open_page(screen, pilot, named(sample_corpus, "Sergei Ryabkov"))
        await press(pilot, "1", "plus", "g", "shift+right")
        days = page.bars.view.span if page.bars.view is not None else None
        assert days is not None
        articles = page.bars.view.counts.between(*days)  # type: ignore[union-attr]
        await press(pilot, "enter")
        assert screen.search_field.value == f'person:"Sergei Ryabkov" {written_days(days)}'
        assert screen.results.count == articles


# What is odd


@pytest.mark.parametrize(
    ("timeline", "said"),
    [
        (Timeline((), 7, ()), "7 without a date"),
        (Timeline((), 0, ()), "nothing found"),
        (Timeline(((DAY, 1),), 0, ()), "Thu 16 Dec 2021 · 1 article"),
        (Timeline(((datetime.date.min, 1), (datetime.date.max, 1)), 0, ()), "by century"),
        (Timeline(((datetime.date(2099, 1, 1), 2),), 0, ()), "Thu 1 Jan 2099 · 2 articles"),
        (a_day_each(150 * 365), "by year"),
    ],
    ids=["no date", "nothing", "one article", "all of time", "the future", "150 years"],
)
async def test_odd_timelines_are_shown_and_bear_every_key(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch, timeline: Timeline, said: str
) -> None:
    invented(monkeypatch, timeline)
    async with reading(sample_corpus, size=(200, 50)) as (screen, pilot):
        await press(pilot, "t")
        assert said in shown(screen)
        for (
            key
        ) in "left right plus plus minus 0 less_than_sign greater_than_sign g G n N v l shift+left".split():
            await pilot.press(key)
        await settle(pilot)
        await pilot.resize_terminal(60, 16)
        await pilot.resize_terminal(30, 10)
        await settle(pilot)
        assert screen.app.is_running and "should not" not in screen.notice.text


async def test_a_terminal_without_unicode_gets_ascii(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "t", "g", "enter", "right")
        times = times_of(screen)
        assert times.marks is IN_ASCII
        for line in lines(screen)[times.region.y + 1 : times.region.bottom]:
            assert line.isascii(), line
        assert IN_ASCII.selected in ground_of(screen)
