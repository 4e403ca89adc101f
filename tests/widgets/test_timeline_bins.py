"""A timeline divided into bars."""

from __future__ import annotations

import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.corpus.values import Burst, Timeline
from tui.index.dates import parse_days
from tui.terminal.cells import width_of
from tui.widgets.timeline_bins import divided, labels, name_of, query_of

TODAY = datetime.date(2026, 11, 24)
DAYS = st.dictionaries(st.dates(), st.integers(1, 10**6), min_size=1, max_size=40)
NEAR_DAYS = st.dictionaries(
    st.dates(datetime.date(2021, 1, 1), datetime.date(2023, 12, 31)),
    st.integers(1, 9),
    min_size=1,
    max_size=40,
)


def timeline_of(days: dict[datetime.date, int], bursts: tuple[Burst, ...] = ()) -> Timeline:
    return Timeline(tuple(sorted(days.items())), 0, bursts)


@given(DAYS | NEAR_DAYS, st.integers(1, 250))
def test_every_article_is_in_the_one_bar_of_its_day(days: dict[datetime.date, int], most: int) -> None:
    bins = divided(timeline_of(days), most).bins
    assert len(bins) <= most
    assert sum(bin.articles for bin in bins) == sum(days.values())
    for bin in bins:
        assert bin.first <= bin.last
        assert bin.articles == sum(count for day, count in days.items() if bin.first <= day <= bin.last)
    for before, after in pairwise(bins):
        assert after.first - before.last == datetime.timedelta(1)


@given(DAYS | NEAR_DAYS, st.integers(1, 250))
def test_a_bar_s_query_means_its_days(days: dict[datetime.date, int], most: int) -> None:
    unit, bins = divided(timeline_of(days), most)
    for bin in bins[:3] + bins[-3:]:
        meant = parse_days(query_of(unit, bin).removeprefix("date:"), TODAY)
        assert meant == (bin.first.toordinal(), bin.last.toordinal())
        assert name_of(unit, bin)


@given(
    NEAR_DAYS,
    st.dates(datetime.date(2020, 1, 1), datetime.date(2024, 1, 1)),
    st.integers(0, 90),
    st.integers(8, 250),
)
def test_bars_in_a_burst_are_marked_and_no_others(
    days: dict[datetime.date, int], first: datetime.date, length: int, most: int
) -> None:
    burst = Burst(first, first + datetime.timedelta(length))
    for bin in divided(timeline_of(days, (burst,)), most).bins:
        assert bin.burst == (bin.first <= burst.last and bin.last >= burst.first)


@given(DAYS | NEAR_DAYS, st.integers(4, 250), st.integers(1, 6))
def test_labels_are_as_wide_as_there_is_room(days: dict[datetime.date, int], width: int, cells: int) -> None:
    bins = divided(timeline_of(days), max(1, width // cells))
    text = labels(bins, cells, width)
    assert width_of(text) == width
    assert any(character.isdigit() for character in text)


def test_units_grow_with_the_time_that_is_to_be_shown() -> None:
    first = datetime.date(2021, 3, 3)
    units = [
        divided(timeline_of({first: 1, first + datetime.timedelta(days): 1}), 100).unit
        for days in (0, 99, 300, 1_500, 6_000, 30_000, 400_000)
    ]
    assert units == ["day", "day", "week", "month", "quarter", "year", "years"]


def test_years_and_months_stand_under_their_first_bar() -> None:
    bins = divided(timeline_of({datetime.date(2021, 11, 1): 1, datetime.date(2022, 2, 25): 2}), 117)
    text = labels(bins, 1, 117)
    assert text.startswith("Nov 2021")
    assert text.index("Dec") == 30
    assert text.index("2022") == 61
    assert text.index("Feb") == 92
