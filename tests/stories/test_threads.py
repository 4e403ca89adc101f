"""Stories that lead on from each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stories.reports import reports
from tui.stories import threads as module
from tui.stories.features import NAME
from tui.stories.threads import ADJACENT, MOST_LINKS, Centroid, centroid, threads

_DAY = 738_000
_REPORTS, _EVENTS = reports(8, 4)


def _story(event: int, first: int, last: int) -> Centroid:
    members = [one for one, number in zip(_REPORTS, _EVENTS, strict=True) if number == event]
    return centroid(members[:2], [first, last])


def test_a_story_goes_on_from_the_one_before_about_the_same() -> None:
    """Not from others, not from later ones, not from those long ago."""
    stories = {event: _story(event, _DAY, _DAY + 2) for event in range(8)}
    stories[100] = _story(0, _DAY + 9, _DAY + 10)
    stories[101] = _story(1, _DAY + 3 + ADJACENT, _DAY + 4 + ADJACENT)
    assert threads(stories) == {100: (0,)}


def test_the_latest_comes_first_and_few_are_kept() -> None:
    """Of many that it could go on from."""
    stories = {number: _story(0, _DAY + number, _DAY + number) for number in range(8)}
    stories |= {100 + event: _story(event, _DAY, _DAY) for event in range(1, 8)}
    linked = threads(stories)
    assert all(list(earlier) == sorted(earlier, reverse=True) for earlier in linked.values())
    assert linked[1] == (0,)
    assert max(map(len, linked.values())) == MOST_LINKS
    assert max(sum(one in earlier for earlier in linked.values()) for one in stories) <= MOST_LINKS


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.none() | st.integers(_DAY, _DAY + 40), st.integers(0, 5)), max_size=20
    )
)
def test_time_runs_one_way(stories: list[tuple[int, int | None, int]]) -> None:
    """No story is its own predecessor, however many steps back; those without dates take no part."""
    centroids = {}
    for number, (event, first, length) in enumerate(stories):
        made = _story(event, _DAY, _DAY)
        centroids[number] = made._replace(first=first, last=None if first is None else first + length)
    for later, earlier in threads(centroids).items():
        for one in earlier:
            before, after = centroids[one], centroids[later]
            assert before.first is not None and before.last is not None
            assert after.first is not None and after.last is not None
            assert (before.first, before.last) < (after.first, after.last)


def test_names_have_to_be_shared_where_they_are_known() -> None:
    """Two elections in two countries are no thread."""
    words = np.arange(1, 21, dtype=np.uint32)
    weights = np.ones(22, np.float32)

    def about(*names: int, day: int) -> Centroid:
        terms = np.concatenate([words, np.array(sorted(NAME | name for name in names), np.uint32)])
        return Centroid(terms, weights, 2, day, day)

    others = {10 + event: _story(event, _DAY, _DAY) for event in range(8)}
    assert threads({0: about(1, 2, day=_DAY), 1: about(1, 2, day=_DAY + 3), **others}) == {1: (0,)}
    assert threads({0: about(1, 2, day=_DAY), 1: about(3, 4, day=_DAY + 3), **others}) == {}


def test_nothing_and_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """No stories, stories without articles, more stories than can be compared."""
    assert threads({}) == {}
    empty = centroid([], [])
    assert empty.articles == 0 and empty.first is None
    assert threads({0: empty, 1: empty}) == {}
    monkeypatch.setattr(module, "MOST", 1)
    with pytest.raises(ValueError, match="2 stories"):
        threads({0: empty, 1: empty})
