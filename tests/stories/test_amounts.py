"""Figures by what they say."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.article import Article, Figure
from tui.entities.figures import find_figures
from tui.stories.amounts import agree, comparable, may_be_one_day, of_like_size

FRIDAY = datetime.date(2021, 12, 17)
WEEK_LATER = datetime.date(2021, 12, 24)


def figure(text: str, day: datetime.date | None = FRIDAY) -> Figure:
    (found,) = find_figures(Article("", (f"It was {text} there.",), day, language="en"))
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14,000", "fourteen thousand"),
        ("14,000", "14 000"),
        ("3.2m", "3,200,000"),
        ("$3.2m", "$3,200,000"),
        ("$44 million", "$43,885,310"),
        ("36 percent", "35.72 percent"),
        ("60 miles", "100 km"),
        ("on Thursday", "on December 16"),
        ("in December 2021", "on December 16"),
        ("two days", "48 hours"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert agree(figure(one), figure(other))
    assert agree(figure(other), figure(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14,000", "13,000"),
        ("$3.2m", "£2.4m"),
        ("250 people", "249 people"),
        ("60 miles", "62 miles"),
        ("on Thursday", "on Friday"),
        ("in 2014", "in 2012"),
        ("12 percent", "14 percent"),
        ("at 2 p.m.", "at 3 p.m."),
        ("the 93rd", "the 94th"),
    ],
)
def test_what_disagrees_may_be_told_of_one_thing(one: str, other: str) -> None:
    assert not agree(figure(one), figure(other))
    assert comparable(figure(one), figure(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("on Thursday", "in 2016"), ("$14", "14"), ("14", "14,000"), ("3 km", "3 kg"), ("the 3rd", "three")],
)
def test_what_is_never_told_of_one_thing(one: str, other: str) -> None:
    assert not agree(figure(one), figure(other))
    assert not comparable(figure(one), figure(other))


def test_a_day_of_the_week_is_the_day_that_its_article_means() -> None:
    assert not agree(figure("on Thursday"), figure("on Thursday", WEEK_LATER))
    assert agree(figure("on Thursday"), figure("on Thursday", None))
    assert agree(figure("on December 16", None), figure("on Thursday"))
    assert not agree(figure("on December 23", None), figure("on Thursday"))


def test_a_day_of_the_week_may_be_gone_or_to_come() -> None:
    assert may_be_one_day(figure("on Thursday"), figure("on Thursday", WEEK_LATER))
    assert not may_be_one_day(figure("on Thursday"), figure("on Friday", WEEK_LATER))
    assert not may_be_one_day(figure("on December 16"), figure("on December 23"))
    assert may_be_one_day(figure("on December 26"), figure("on December 26", datetime.date(2021, 12, 27)))
    assert not may_be_one_day(figure("14,000"), figure("14,000"))


def test_days_that_may_be_told_of_one_thing() -> None:
    assert comparable(figure("on Thursday", None), figure("on Friday"))
    assert comparable(figure("on Thursday"), figure("on Friday", None))
    assert not comparable(figure("on Thursday", None), figure("on December 17"))
    assert comparable(figure("on Friday"), figure("on December 16"))
    assert not comparable(figure("on Friday"), figure("on November 11"))
    assert comparable(figure("on December 16"), figure("on November 11"))


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_either_way_round(one: int, other: int) -> None:
    here, there = (Figure(0, 0, 1, str(value), "number", str(value)) for value in (one, other))
    assert agree(here, there) == agree(there, here)
    assert comparable(here, there) == comparable(there, here)
    assert of_like_size(here, there) == of_like_size(there, here)
    assert agree(here, here)
