"""Facets as conditions in the query's text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.index.newsroom import Newsroom
from tui.folding import fold
from tui.index.articles import NameField
from tui.index.conditions import QUOTES, conditions_in, toggled, without_conditions, written
from tui.index.parser import parse
from tui.index.tokens import Tokenizer


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
