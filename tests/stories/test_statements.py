"""Sentences that tell one thing, from the links between pairs of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui.stories.statements import TOGETHER, grouped

Link = tuple[int, int, float]


def groups(count: int, links: list[Link], weights: list[int] | None = None) -> list[list[int]]:
    ones, others, strengths = (
        (np.array(column) for column in zip(*links, strict=True)) if links else ([], [], [])
    )
    return grouped(
        weights or [1] * count,
        np.array(ones, np.int64), np.array(others, np.int64), np.array(strengths, np.float64),
    )  # fmt: skip


@st.composite
def linked(draw: st.DrawFn) -> tuple[int, list[Link], list[int]]:
    count = draw(st.integers(1, 12))
    sentence = st.integers(0, count - 1)
    links = draw(st.lists(st.tuples(sentence, sentence, st.floats(0, 1)), max_size=40))
    return count, links, draw(st.lists(st.integers(1, 5), min_size=count, max_size=count))


@given(linked())
def test_every_sentence_is_in_one_group(case: tuple[int, list[Link], list[int]]) -> None:
    count, links, weights = case
    found = groups(count, links, weights)
    assert sorted(index for group in found for index in group) == list(range(count))
    assert found == sorted(sorted(group) for group in found)


@given(linked())
def test_what_no_link_joins_stays_apart(case: tuple[int, list[Link], list[int]]) -> None:
    count, links, weights = case
    reached = {index: {index} for index in range(count)}
    for one, other, _ in links:
        together = reached[one] | reached[other]
        for index in together:
            reached[index] = together
    for group in groups(count, links, weights):
        assert set(group) <= reached[group[0]]


@given(linked())
def test_the_order_of_links_decides_nothing(case: tuple[int, list[Link], list[int]]) -> None:
    count, links, weights = case
    assert groups(count, links, weights) == groups(count, [(j, i, s) for i, j, s in reversed(links)], weights)


def test_strong_links_join_and_weak_ones_do_not() -> None:
    assert groups(4, [(0, 1, 0.9), (1, 2, TOGETHER / 2)]) == [[0, 1], [2], [3]]


def test_a_chain_is_not_one_statement() -> None:
    chain = [(index, index + 1, 0.8) for index in range(7)]
    assert max(map(len, groups(8, chain))) <= 3
    everyone = [(i, j, 0.8) for i in range(8) for j in range(i)]
    assert groups(8, everyone) == [list(range(8))]


def test_what_many_reports_say_weighs_more() -> None:
    links = [(0, 1, 0.9), (0, 2, 0.5), (1, 2, 0.1)]
    assert groups(3, links, [1, 9, 1]) == [[0, 1], [2]]
    assert groups(3, links, [9, 1, 1]) == [[0, 1, 2]]


def test_it_stops_when_asked() -> None:
    count = 2_000
    links = [(index, index + 1, 0.9) for index in range(0, count - 1, 2)]
    ones, others, strengths = (np.array(column) for column in zip(*links, strict=True))
    assert len(grouped([1] * count, ones, others, strengths, lambda: True)) > count // 2
