"""Which article stands for a story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories.reports import report
from tui.article import Article
from tui.stories.features import FeatureMaker
from tui.stories.standing import commonest_title, is_of_many_things, title_of_story

_MAKER = FeatureMaker()
_FULL = [_MAKER.features(report(0, number, 400)) for number in range(4)]
_SHORT = _MAKER.features(report(0, 9, 30))
_OTHER = _MAKER.features(report(5, 0, 400))
_EMPTY = _MAKER.features(Article("", ()))


def test_the_most_central_full_report_stands() -> None:
    """Not one about something else, not a short one."""
    assert title_of_story([_OTHER, _SHORT, *_FULL], ["a", "b", "c", "d", "e", "f"]) >= 2


def test_what_many_papers_printed_stands_before_what_is_like_it() -> None:
    """Fifty papers took one text; the two that wrote their own are no more than two."""
    assert title_of_story([_OTHER, *_FULL[:2]], ["a", "b", "c"]) != 0
    assert title_of_story([_OTHER, *_FULL[:2]], ["a", "b", "c"], [50, 1, 1]) == 0


def test_a_local_turn_does_not_name_the_story() -> None:
    """Of the titles that papers gave one text, the one most like the others is taken; an empty one never."""
    titles = ["Valley farmer: I saw it all", "Britain's hottest day", "Hottest day in Britain", ""]
    assert titles[commonest_title(titles)] in ("Britain's hottest day", "Hottest day in Britain")
    assert commonest_title(["Storm kills three", "Live: storm"], ["Storm: live"]) == 0
    assert commonest_title(["", " "]) in (0, 1)


def test_a_live_blog_stands_only_where_there_is_nothing_else() -> None:
    """Nor does an article without a title."""
    assert title_of_story(_FULL[:2], ["Live: storm hits the coast", "Storm hits the coast"]) == 1
    assert title_of_story(_FULL[:2], ["Live: storm hits the coast", " "]) == 0
    assert title_of_story(_FULL[:2], ["", "Morning briefing"]) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Storm – live updates",
        "Live: the vote",
        "Your Monday Briefing",
        "Guerre : en direct",
        "Weekly digest",
        "台风登陆实时更新",
        "Opinion: who won",
        "Storm hits coast | Video",
    ],
)
def test_titles_of_many_things(title: str) -> None:
    """In several languages."""
    assert is_of_many_things(title)


@pytest.mark.parametrize(
    "title",
    [
        "Residents live in fear",
        "Police watchdog delivers verdict",
        "Storm hits coast",
        "Video shows blast",
        "",
    ],
)
def test_titles_of_one_thing(title: str) -> None:
    """That share words with those."""
    assert not is_of_many_things(title)


@given(st.lists(st.sampled_from([*_FULL, _SHORT, _OTHER, _EMPTY]), min_size=1, max_size=8))
def test_one_always_stands(articles: list[object]) -> None:
    """Whatever there is."""
    assert 0 <= title_of_story(articles, [""] * len(articles)) < len(articles)  # type: ignore[arg-type]
