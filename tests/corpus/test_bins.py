"""Days put together to longer times, whatever the zoom."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.corpus.bins import DayCounts, finest
from tui.corpus.values import Burst, Timeline
from tui.index.dates import FIRST, LAST
from tui.index.periods import UNITS, Unit, first_day, number_of

DAYS = st.dictionaries(st.dates(), st.integers(1, 10**6), min_size=1, max_size=40)
NEAR_DAYS = st.dictionaries(
    st.dates(datetime.date(2021, 1, 1), datetime.date(2023, 12, 31)),
    st.integers(1, 9),
    min_size=1,
    max_size=40,
)
ANY_DAYS = DAYS | NEAR_DAYS
UNIT = st.sampled_from(UNITS)


def counts_of(days: dict[datetime.date, int], bursts: tuple[Burst, ...] = ()) -> DayCounts:
    return DayCounts(Timeline(tuple(sorted(days.items())), 0, bursts))


@given(st.integers(FIRST, LAST), UNIT)
def test_every_day_is_in_the_time_that_begins_before_it(day: int, unit: Unit) -> None:
    number = number_of(unit, day)
    assert first_day(unit, number) <= day < first_day(unit, number + 1)


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("day", "2021-12-16", "2021-12-16"),
        ("week", "2021-12-13", "2021-12-19"),
        ("month", "2021-12-01", "2021-12-31"),
        ("quarter", "2021-10-01", "2021-12-31"),
        ("year", "2021-01-01", "2021-12-31"),
        ("decade", "2020-01-01", "2029-12-31"),
        ("century", "2000-01-01", "2099-12-31"),
        ("millennium", "2000-01-01", "2999-12-31"),
    ],
)
def test_times_are_those_of_the_calendar(unit: Unit, first: str, last: str) -> None:
    counts = counts_of({datetime.date(2021, 12, 16): 3})
    (bin,) = counts.bins(unit, number_of(unit, counts.first), 1)
    assert (bin.first.isoformat(), bin.last.isoformat(), bin.articles) == (first, last, 3)


@given(ANY_DAYS, st.integers(1, 250))
def test_bins_divide_the_days_and_lose_no_article(days: dict[datetime.date, int], most: int) -> None:
    counts = counts_of(days)
    unit = finest(counts, most)
    bins = counts.bins(unit, number_of(unit, counts.first), counts.times(unit))
    assert len(bins) == counts.times(unit) <= max(most, counts.times("millennium"))
    assert sum(bin.articles for bin in bins) == sum(days.values()) == counts.articles
    for bin in bins:
        assert bin.first <= bin.last
        assert bin.articles == sum(count for day, count in days.items() if bin.first <= day <= bin.last)
    for before, after in pairwise(bins):
        assert after.first - before.last == datetime.timedelta(1)


@given(ANY_DAYS, UNIT, st.integers(-5, 60), st.integers(1, 60))
def test_any_window_counts_what_is_in_it(
    days: dict[datetime.date, int], unit: Unit, offset: int, count: int
) -> None:
    counts = counts_of(days)
    first = max(number_of(unit, FIRST), number_of(unit, counts.first) + offset)
    bins = counts.bins(unit, first, count)
    low, high = first_day(unit, first), first_day(unit, first + count) - 1
    assert sum(bin.articles for bin in bins) == counts.between(low, high)
    assert counts.between(FIRST, LAST) == counts.articles


@given(
    ANY_DAYS,
    st.lists(st.dates(datetime.date(2020, 1, 1), datetime.date(2024, 1, 1)), max_size=8, unique=True),
    UNIT,
)
def test_bins_in_a_burst_are_marked_at_every_zoom_and_no_others(
    days: dict[datetime.date, int], ends: list[datetime.date], unit: Unit
) -> None:
    ends.sort()
    bursts = tuple(Burst(first, last) for first, last in zip(ends[::2], ends[1::2], strict=False))
    counts = counts_of(days, bursts)
    for bin in counts.bins(unit, number_of(unit, datetime.date(2019, 12, 1).toordinal()), 60):
        overlapping = [burst for burst in bursts if burst.first <= bin.last and burst.last >= bin.first]
        assert bin.burst == bool(overlapping)
        found = counts.burst_in(bin.first.toordinal(), bin.last.toordinal())
        assert found == (overlapping[0] if overlapping else None)


@given(ANY_DAYS, st.dates(), st.dates())
def test_days_are_found_by_bisection_as_by_looking(
    days: dict[datetime.date, int], one: datetime.date, other: datetime.date
) -> None:
    counts = counts_of(days)
    low, high = min(one, other), max(one, other)
    later = [day for day in sorted(days) if day > one]
    earlier = [day for day in sorted(days) if day < one]
    assert counts.day_after(one.toordinal()) == (later[0].toordinal() if later else None)
    assert counts.day_before(one.toordinal()) == (earlier[-1].toordinal() if earlier else None)
    between = [day for day in sorted(days) if low <= day <= high]
    busiest = counts.busiest(low.toordinal(), high.toordinal())
    assert busiest == (max(between, key=lambda day: days[day]).toordinal() if between else None)


@given(ANY_DAYS, st.floats(0, 0.9))
def test_the_middle_leaves_out_no_more_than_it_may(days: dict[datetime.date, int], share: float) -> None:
    counts = counts_of(days)
    low, high = counts.middle(share)
    assert low <= high
    assert counts.articles - counts.between(low, high) <= share * counts.articles
    assert counts.middle(0.0) == (counts.first, counts.last)
