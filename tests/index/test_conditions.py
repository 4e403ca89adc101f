"""Facets as conditions in the query's text."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.index.newsroom import Newsroom
from tui.folding import fold
from tui.index.articles import NameField
from tui.index.conditions import (
    QUOTES,
    conditions_in,
    days_in,
    toggled,
    within,
    without_conditions,
    without_days,
    written,
    written_days,
)
from tui.index.dates import FIRST, LAST, DayRange, parse_days
from tui.index.parser import parse
from tui.index.tokens import Tokenizer

TODAY = datetime.date(2026, 11, 24)


def days(first: str, last: str) -> DayRange:
    return DayRange(
        datetime.date.fromisoformat(first).toordinal(), datetime.date.fromisoformat(last).toordinal()
    )


DAY_RANGES = st.tuples(st.integers(FIRST, LAST), st.integers(FIRST, LAST)).map(
    lambda ends: DayRange(min(ends), max(ends))
)


def test_values_are_written_in_the_query_language() -> None:
    assert written(("source", "thornbury-post.example")) == "source:thornbury-post.example"
    assert written(("person", "Dmitry Peskov")) == 'person:"Dmitry Peskov"'
    assert written(("month", "2021-12")) == "date:2021-12"


def test_a_second_toggle_takes_it_out_again() -> None:
    query = toggled("draft treaty", ("person", "Dmitry Peskov"))
    assert query == 'draft treaty person:"Dmitry Peskov"'
    assert toggled(query, ("person", "Dmitry Peskov")) == "draft treaty"


def test_one_month_takes_the_place_of_another() -> None:
    assert toggled("nato date:2021-12", ("month", "2022-01")) == "nato date:2022-01"


def test_all_facets_go_and_the_words_stay() -> None:
    assert without_conditions('nato source:a.example org:"Nato" -war "red line"') == 'nato -war "red line"'


def test_a_condition_that_was_excluded_is_not_active() -> None:
    assert conditions_in("nato -source:a.example") == frozenset()


def test_values_with_quotes_stand_in_others() -> None:
    assert written(("person", "Bill “Bull” Smith")) == "person:'Bill “Bull” Smith'"
    assert written(("person", "Conan O'Brien")) == 'person:"Conan O\'Brien"'
    assert written(("organisation", 'O\'Hara "Sons"')) == 'org:"O\'Hara Sons"'
    assert conditions_in("nato person:'Bill “Bull” Smith'") == {("person", "Bill “Bull” Smith")}


@given(
    st.text(
        st.one_of(st.characters(codec="utf-8"), st.sampled_from("\"'“”«»*() ab")), min_size=1, max_size=20
    )
)
def test_what_is_put_in_is_found_and_can_be_taken_out(value: str) -> None:
    value = " ".join(value.split())
    if not value:
        return
    query = toggled("nato", ("organisation", value))
    (condition,) = conditions_in(query)
    assert condition == ("organisation", value) or ("'" in value and set(value) & set(QUOTES))
    assert toggled(query, ("organisation", value)) == "nato"


@given(st.text(st.sampled_from("\"'“”«»*()[]:~- aÁb"), min_size=1, max_size=12))
def test_a_value_that_is_written_asks_for_that_name(value: str) -> None:
    asked: set[str] = set()

    class Listening(Newsroom):
        def entities_named(self, field: NameField, name: str, *, whole: bool = False) -> NDArray[np.int64]:
            assert whole
            asked.add(fold(name))
            return super().entities_named(field, name)

    value = " ".join(value.split())
    if (
        value.strip("* ")
        and not ("'" in value and set(value) & set(QUOTES))
        and value == value.strip("'" + QUOTES)
    ):
        parse(written(("person", value)), Tokenizer(), Listening())
        assert asked == {fold(value)}


# A time


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2021-12-16", "2021-12-16", "date:2021-12-16"),
        ("2021-12-01", "2021-12-31", "date:2021-12"),
        ("2021-01-01", "2021-12-31", "date:2021"),
        ("2021-12-06", "2021-12-14", "date:[2021-12-06 TO 2021-12-14]"),
        ("2020-01-01", "2021-12-31", "date:[2020-01-01 TO 2021-12-31]"),
    ],
)
def test_a_time_is_written_as_short_as_it_can_be(first: str, last: str, written: str) -> None:
    assert written_days(days(first, last)) == written


@given(DAY_RANGES)
def test_a_time_that_is_written_means_its_days(given: DayRange) -> None:
    assert parse_days(written_days(given).removeprefix("date:"), TODAY) == given
    assert days_in(f"nato {written_days(given)}", TODAY) == given


@given(DAY_RANGES, DAY_RANGES)
def test_a_time_takes_the_place_of_another_and_goes_when_it_is_chosen_again(
    one: DayRange, other: DayRange
) -> None:
    query = within('draft treaty person:"Dmitry Peskov"', one, TODAY)
    assert query.count("date:") == 1 and days_in(query, TODAY) == one
    assert within(query, one, TODAY) == 'draft treaty person:"Dmitry Peskov"'
    if other != one:
        replaced = within(query, other, TODAY)
        assert replaced.count("date:") == 1 and days_in(replaced, TODAY) == other


@pytest.mark.parametrize(
    ("query", "without"),
    [
        ("nato date:2021-12 pact", "nato pact"),
        ("date:[2021-12-01 TO 2021-12-24]", ""),
        ("nato date:{2021 TO 2022}", "nato"),
        ("nato date:'last week'", "nato"),
        ("date:>=2020 nato date:<2022", "nato"),
        ("NOT date:2021 nato", None),
        ("-date:2021 nato", None),
        ("nato OR date:2021", None),
        ("date:2021 OR nato", None),
        ("(nato date:2021)", None),
        ('"the date:2021 of it"', None),
        ("nato  pact", None),
    ],
)
def test_only_a_time_that_stands_by_itself_is_the_query_s(query: str, without: str | None) -> None:
    assert without_days(query) == (query if without is None else without)
    assert (days_in(query, TODAY) is None) == (without is None)


def test_several_times_are_what_they_have_in_common() -> None:
    assert days_in("date:>=2020 date:<2022", TODAY) == days("2020-01-01", "2021-12-31")
    assert days_in("date:2020 date:2022", TODAY) is None
    assert days_in("date:nonsense", TODAY) is None


def test_a_month_takes_the_place_of_a_span_and_all_facets_go_with_it() -> None:
    assert toggled("nato date:[2021-12-01 TO 2021-12-24]", ("month", "2022-01")) == "nato date:2022-01"
    assert without_conditions("nato source:a.example date:[2021-12-01 TO 2021-12-24]") == "nato"
