"""A timeline divided into few bars, and times in words."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.test_bins import ANY_DAYS
from tui.corpus.values import Timeline
from tui.index.periods import Unit
from tui.widgets.timeline_bins import divided, name_of, name_of_days


@given(ANY_DAYS, st.integers(10, 250))
def test_all_of_it_fits(days: dict[datetime.date, int], most: int) -> None:
    unit, bins = divided(Timeline(tuple(sorted(days.items())), 0, ()), most)
    assert 1 <= len(bins) <= most
    assert sum(bin.articles for bin in bins) == sum(days.values())
    assert all(name_of(unit, bin.first, bin.last) for bin in bins)


def test_nothing_has_no_bars() -> None:
    assert divided(Timeline((), 3, ()), 80).bins == ()


def test_units_grow_with_the_time_that_is_to_be_shown() -> None:
    first = datetime.date(2021, 3, 3)
    units = [
        divided(Timeline(((first, 1), (first + datetime.timedelta(days), 1)), 0, ()), 100).unit
        for days in (1, 99, 300, 1_500, 6_000, 30_000, 300_000, 2_900_000)
    ]
    assert units == ["day", "day", "week", "month", "quarter", "year", "decade", "century"]


@pytest.mark.parametrize(
    ("unit", "first", "last", "name"),
    [
        ("day", "2021-12-16", "2021-12-16", "Thu 16 Dec 2021"),
        ("week", "2021-12-13", "2021-12-19", "13–19 Dec 2021"),
        ("week", "2021-11-29", "2021-12-05", "29 Nov – 5 Dec 2021"),
        ("week", "2021-12-27", "2022-01-02", "27 Dec 2021 – 2 Jan 2022"),
        ("month", "2021-12-01", "2021-12-31", "Dec 2021"),
        ("quarter", "2021-10-01", "2021-12-31", "Oct–Dec 2021"),
        ("year", "2021-01-01", "2021-12-31", "2021"),
        ("decade", "2020-01-01", "2029-12-31", "2020–2029"),
        ("week", "9999-12-27", "9999-12-31", "27–31 Dec 9999"),
    ],
)
def test_a_time_in_words(unit: Unit, first: str, last: str, name: str) -> None:
    assert name_of(unit, datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) == name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2021-12-16", "2021-12-16", "Thu 16 Dec 2021"),
        ("2021-12-06", "2021-12-14", "6–14 Dec 2021"),
        ("2021-11-06", "2022-01-14", "6 Nov 2021 – 14 Jan 2022"),
        ("2021-11-01", "2021-12-31", "Nov–Dec 2021"),
        ("2021-11-01", "2022-01-31", "Nov 2021 – Jan 2022"),
        ("2019-01-01", "2021-12-31", "2019–2021"),
        ("9999-12-01", "9999-12-31", "Dec 9999"),
    ],
)
def test_a_span_in_words(first: str, last: str, name: str) -> None:
    assert name_of_days(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) == name
