"""A window on a timeline: whatever is pressed, the selected day is in view and no article is lost."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.test_bins import ANY_DAYS, counts_of
from tui.corpus.values import Burst
from tui.index.dates import LAST
from tui.index.periods import UNITS, number_of
from tui.widgets.timeline_view import TimelineView

WIDTH = st.integers(1, 250)
DAY = datetime.date(2021, 12, 16)

KEYS = {
    "left": lambda view: view.moved(-1),
    "right": lambda view: view.moved(1),
    "closer": lambda view: view.zoomed(1),
    "wider": lambda view: view.zoomed(-1),
    "page back": lambda view: view.panned(-1),
    "page on": lambda view: view.panned(1),
    "first": lambda view: view.at_first(),
    "last": lambda view: view.at_last(),
    "all": lambda view: view.fitted(),
    "mark": lambda view: view.marked(),
    "unmark": lambda view: view.unmarked(),
    "next burst": lambda view: view.at_burst(1) or view,
    "burst before": lambda view: view.at_burst(-1) or view,
    "narrow": lambda view: view.resized(30),
    "wide": lambda view: view.resized(118),
}


def check(view: TimelineView) -> None:
    """What holds of every view."""
    counts = view.counts
    bins = view.bins()
    assert 1 <= len(bins) == view.shown <= max(1, view.width)
    assert view.shown * view.cells <= max(1, view.width)
    assert view.lowest <= view.first and view.first + view.shown - 1 <= view.highest
    assert view.first <= view.selected < view.first + view.shown
    assert bins[view.selected - view.first] == view.time
    assert view.time.first.toordinal() <= view.day <= view.time.last.toordinal()
    assert counts.first <= view.day <= counts.last
    for before, after in pairwise(bins):
        assert after.first.toordinal() == before.last.toordinal() + 1
    within = sum(bin.articles for bin in bins)
    outside = counts.between(1, view.days.first - 1) + counts.between(view.days.last + 1, LAST)
    assert within + outside == counts.articles
    assert view.span.first <= view.day <= view.span.last


@given(ANY_DAYS, WIDTH, st.lists(st.sampled_from(sorted(KEYS)), max_size=30))
def test_whatever_is_pressed_the_selected_day_is_in_view(
    days: dict[datetime.date, int], width: int, keys: list[str]
) -> None:
    ordered = sorted(days)
    bursts = (Burst(ordered[0], ordered[0]), Burst(ordered[-1], ordered[-1])) if len(ordered) > 1 else ()
    view = TimelineView.opened(counts_of(days, bursts), width)
    check(view)
    for key in keys:
        view = KEYS[key](view)
        check(view)


@given(ANY_DAYS, WIDTH, st.lists(st.sampled_from([1, -1]), max_size=12))
def test_zooming_keeps_the_selected_day(days: dict[datetime.date, int], width: int, steps: list[int]) -> None:
    view = TimelineView.opened(counts_of(days), width)
    for step in steps:
        zoomed = view.zoomed(step)
        assert zoomed.day == view.day
        assert zoomed.time.first.toordinal() <= view.day <= zoomed.time.last.toordinal()
        assert abs(UNITS.index(zoomed.unit) - UNITS.index(view.unit)) <= 1
        view = zoomed


@given(ANY_DAYS, WIDTH)
def test_left_and_right_stop_at_every_bar_that_has_articles(
    days: dict[datetime.date, int], width: int
) -> None:
    view = TimelineView.whole(counts_of(days), width).at_first()
    seen = [view.time]
    while (following := view.moved(1)) != view:
        view = following
        seen.append(view.time)
    assert sum(bin.articles for bin in seen) == sum(days.values())
    assert all(bin.articles for bin in seen)
    assert view.selected == view.highest


@given(ANY_DAYS, st.integers(3, 250))
def test_panning_goes_through_all_of_it(days: dict[datetime.date, int], width: int) -> None:
    view = TimelineView.whole(counts_of(days), width)
    for _ in range(2):
        view = view.zoomed(1)
    view = view.at_first()
    pages = 0
    while view.first + view.shown <= view.highest and pages < 50:
        following = view.panned(1)
        assert view.first < following.first <= view.first + view.shown
        view = following
        pages += 1


def test_what_is_zoomed_into_is_in_the_middle() -> None:
    days = {DAY + datetime.timedelta(at): 1 for at in range(2_000)}
    days[DAY + datetime.timedelta(1_000)] = 50
    view = TimelineView.whole(counts_of(days), 80)
    assert view.unit == "month"
    view = view.at(number_of("month", DAY.toordinal() + 1_000)).zoomed(1).zoomed(1)
    assert view.unit == "day"
    assert view.day == DAY.toordinal() + 1_000  # the busiest day of the month
    assert view.selected - view.first == view.shown // 2


def test_a_span_goes_from_mark_to_selection_either_way() -> None:
    view = TimelineView.whole(counts_of({DAY + datetime.timedelta(at): 1 for at in range(30)}), 80)
    view = view.at(DAY.toordinal() + 10).marked()
    assert view.span == (DAY.toordinal() + 10, DAY.toordinal() + 10)
    assert view.moved(3).span == (DAY.toordinal() + 10, DAY.toordinal() + 13)
    assert view.moved(-3).span == (DAY.toordinal() + 7, DAY.toordinal() + 10)
    wider = view.moved(-3).zoomed(-1).span
    assert wider.first <= DAY.toordinal() + 7 and wider.last >= DAY.toordinal() + 10


def test_one_wrong_date_does_not_hide_the_rest() -> None:
    days = {DAY + datetime.timedelta(at): 5 for at in range(50)}
    days[datetime.date.max] = 1
    view = TimelineView.opened(counts_of(days), 118)
    assert view.unit == "day"
    assert view.counts.between(*view.days) == 250
    assert TimelineView.whole(counts_of(days), 118).unit == "century"
    assert view.fitted().counts.between(*view.fitted().days) == 251


@pytest.mark.parametrize("width", [78, 118, 198])
def test_a_hundred_and_fifty_years(width: int) -> None:
    first = datetime.date(1876, 1, 1).toordinal()
    days = {datetime.date.fromordinal(first + at): 1 for at in range(0, 150 * 365, 9)}
    view = TimelineView.opened(counts_of(days), width)
    assert view.unit == ("year" if width > 150 else "decade")
    assert view.shown == view.highest - view.lowest + 1


def test_one_article_is_one_bar_at_every_zoom() -> None:
    view = TimelineView.opened(counts_of({DAY: 1}), 78)
    assert (view.unit, view.shown, view.time.articles) == ("day", 1, 1)
    assert view.zoomed(1) == view == view.zoomed(-1) == view.moved(1) == view.panned(-1)


def test_bursts_are_gone_to_one_after_the_other() -> None:
    days = {DAY + datetime.timedelta(at): 1 for at in range(400)}
    at = [DAY + datetime.timedelta(offset) for offset in (20, 200, 390)]
    view = TimelineView.whole(counts_of(days, tuple(Burst(day, day) for day in at)), 78).at_first()
    seen = []
    while (following := view.at_burst(1)) is not None:
        view = following
        seen.append(datetime.date.fromordinal(view.day))
    assert seen == at
    back = view.at_burst(-1)
    assert back is not None and datetime.date.fromordinal(back.day) == at[1]
