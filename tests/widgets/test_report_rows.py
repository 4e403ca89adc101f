"""The reports of a story as rows."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from tui.article import Article, ArticleId
from tui.corpus.values import InStory
from tui.stories.values import Story, StoryId
from tui.widgets.hit_list import story_tag
from tui.widgets.report_rows import (
    Report,
    clock,
    later_by,
    long_when,
    report_of,
    report_rows,
    short_when,
    span_of_days,
)

DAY = datetime.date(2021, 12, 16)


def ids(*numbers: int) -> tuple[ArticleId, ...]:
    return tuple(ArticleId(f"{number:016x}") for number in numbers)


def story(articles: tuple[ArticleId, ...], *reprints: tuple[ArticleId, ...]) -> Story:
    return Story(StoryId("0" * 16), "Talks", DAY, DAY, articles, 1, reprints)


def report(published: datetime.datetime | None, date: datetime.date | None = DAY) -> Report:
    return report_of(ids(1)[0], Article("Talks", ("Text.",), date, published))


def test_reprints_are_folded_where_the_first_of_them_stands() -> None:
    told = story(ids(1, 2, 3, 4, 5), ids(4, 2, 5))
    rows = report_rows(told)
    assert [row.article for row in rows] == list(ids(1, 4, 3))
    assert rows[1].group == ids(2, 4, 5) and rows[1].folded and rows[1].earliest == ids(2)[0]
    rows = report_rows(told, set(ids(4)))
    assert [row.article for row in rows] == list(ids(1, 4, 2, 5, 3))
    assert [row.under for row in rows] == [None, None, *ids(4, 4), None]
    assert not rows[1].folded


@given(st.integers(0, 30), st.data())
def test_unfolded_every_article_has_a_row_and_folded_every_group_has_one(
    count: int, data: st.DataObject
) -> None:
    articles = ids(*range(count))
    shuffled = data.draw(st.permutations(articles))
    groups = []
    while len(shuffled) > 1 and data.draw(st.booleans()):
        size = data.draw(st.integers(2, len(shuffled)))
        groups.append(tuple(shuffled[:size]))
        shuffled = shuffled[size:]
    told = story(articles, *groups)
    unfolded = report_rows(told, {group[0] for group in groups})
    assert sorted(row.article for row in unfolded) == sorted(articles)
    folded = report_rows(told)
    assert len(folded) == count - sum(len(group) - 1 for group in groups)
    firsts = [row.earliest for row in folded]
    assert firsts == sorted(firsts, key=articles.index)


def test_members_that_have_gone_leave_no_group_of_one() -> None:
    assert report_rows(story(ids(1, 2), ids(2, 9))) == report_rows(story(ids(1, 2)))


def test_moments_are_told_in_one_zone_and_what_is_not_known_is_said() -> None:
    moscow = datetime.timezone(datetime.timedelta(hours=3))
    assert clock(report(datetime.datetime(2021, 12, 16, 8, 10, tzinfo=datetime.UTC))) == "08:10"
    late = report(datetime.datetime(2021, 12, 17, 1, 10, tzinfo=moscow), datetime.date(2021, 12, 17))
    assert short_when(late) == "16 Dec 22:10"
    assert long_when(late) == "Thu 16 Dec 2021 22:10 UTC"
    assert short_when(report(datetime.datetime(2021, 12, 16, 8, 10))) == "16 Dec 08:10?"
    assert long_when(report(datetime.datetime(2021, 12, 16, 8, 10))) == "Thu 16 Dec 2021 08:10, zone unknown"
    assert short_when(report(None)) == "16 Dec"
    assert short_when(report(None, None)) == "undated" == long_when(report(None, None))
    first = datetime.datetime(1, 1, 1, tzinfo=moscow)
    assert short_when(report(first, datetime.date(1, 1, 1))).startswith(" 1 Jan")


def test_spans_are_as_short_as_they_can_be() -> None:
    assert span_of_days(DAY, DAY) == "Thu 16 Dec 2021"
    assert span_of_days(DAY, datetime.date(2021, 12, 19)) == "16 – 19 Dec 2021"
    assert span_of_days(DAY, datetime.date(2022, 1, 2)) == "16 Dec 2021 – 2 Jan 2022"
    assert span_of_days(datetime.date(2021, 11, 30), DAY) == "30 Nov – 16 Dec 2021"
    assert span_of_days(None, None) == "undated"


def test_how_long_after() -> None:
    first = datetime.datetime(2021, 12, 16, 8, 0, tzinfo=datetime.UTC)
    assert later_by(first, first + datetime.timedelta(minutes=20)) == "20 min"
    assert later_by(first, first + datetime.timedelta(minutes=200)) == "3 h 20 min"
    assert later_by(first, first + datetime.timedelta(hours=3)) == "3 h"
    assert later_by(first, first + datetime.timedelta(days=3)) == "3 days"


def test_a_hit_says_how_many_print_it_and_how_large_its_story_is() -> None:
    def tag(articles: int, reprints: int, *, narrow: bool) -> str:
        return story_tag(InStory(StoryId("0" * 16), articles, reprints), narrow=narrow)

    assert tag(31, 13, narrow=False) == " ×14 · story of 31"
    assert tag(31, 13, narrow=True) == " ×14"
    assert tag(14, 13, narrow=False) == " ×14"
    assert tag(31, 0, narrow=False) == " · story of 31"
    assert tag(31, 0, narrow=True) == " +30"
