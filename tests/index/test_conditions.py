"""Facets as conditions in the query's text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.index.conditions import conditions_in, toggled, without_conditions, written


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


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters='"'), min_size=1, max_size=20))
def test_what_is_put_in_is_found_and_can_be_taken_out(value: str) -> None:
    value = " ".join(value.split())
    if not value:
        return
    query = toggled("nato", ("organisation", value))
    assert ("organisation", value) in conditions_in(query)
    assert toggled(query, ("organisation", value)) == "nato"
