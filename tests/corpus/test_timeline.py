"""When something was in the news, and when more than the corpus's own days explain."""

from __future__ import annotations

import datetime
import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.conftest import Folder
from tests.corpus.invented import Invented, id_of
from tui.article import ArticleId
from tui.corpus import Corpus, index_corpus
from tui.corpus.timeline import EFFORT, SCALE, bursts
from tui.errors import NoSuchEntity, SearchCancelled

DAY = datetime.date(2021, 12, 1)


def found(relevant: list[int], totals: list[int]) -> list[tuple[int, int]]:
    return bursts(np.array(relevant, np.int64), np.array(totals, np.int64))


def test_a_week_that_is_full_of_it_is_a_burst() -> None:
    relevant = [2] * 60
    relevant[30:35] = [12, 15, 9, 14, 11]
    assert found(relevant, [50] * 60) == [(30, 34)]


def test_two_weeks_apart_are_two_bursts() -> None:
    relevant = [1] * 90
    relevant[10:14] = relevant[70:80] = [20] * 4
    relevant += [1] * (90 - len(relevant))
    assert found(relevant, [50] * len(relevant)) == [(10, 13), (70, 73)]


def test_a_quiet_day_within_does_not_end_a_burst() -> None:
    relevant = [1] * 60
    relevant[20:27] = [20, 20, 20, 2, 20, 20, 20]
    assert found(relevant, [50] * 60) == [(20, 26)]


@pytest.mark.parametrize("per_day", [1, 5, 25, 50])
def test_a_flat_series_has_no_burst(per_day: int) -> None:
    assert found([per_day] * 100, [50] * 100) == []


def test_a_day_on_which_the_whole_corpus_is_busy_is_no_burst() -> None:
    totals = [20 + 400 * (number % 10 == 3) for number in range(100)]
    assert found([total // 10 for total in totals], totals) == []


def test_a_few_articles_on_one_day_are_no_burst() -> None:
    assert found([0] * 50 + [3] + [0] * 50, [100] * 101) == []


@pytest.mark.parametrize(
    ("relevant", "totals"), [([], []), ([0], [5]), ([5], [5]), ([0, 0], [1, 2]), ([1, 2], [1, 2]), ([2], [3])]
)
def test_what_nothing_can_be_compared_with_has_no_burst(relevant: list[int], totals: list[int]) -> None:
    assert found(relevant, totals) == []


days = st.lists(
    st.integers(0, 60).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))), max_size=8
)


@given(days)
def test_no_other_sequence_of_states_costs_less(days: list[tuple[int, int]]) -> None:
    relevant, totals = sum(r for r, _ in days), sum(d for _, d in days)
    states = [False] * len(days)
    for first, last in found([r for r, _ in days], [d for _, d in days]):
        assert first <= last
        states[first : last + 1] = [True] * (last + 1 - first)
    if not 0 < relevant < totals:
        assert not any(states)
        return
    low = relevant / totals
    high = min(SCALE * low, (1 + low) / 2)

    def cost(states: tuple[bool, ...] | list[bool]) -> float:
        """As in the paper, but for the binomial coefficients, which are the same for every sequence."""
        total, before = 0.0, False
        for state, (r, d) in zip(states, days, strict=True):
            p = high if state else low
            total -= r * math.log(p) + (d - r) * math.log(1 - p)
            total += EFFORT * math.log(len(days)) * (state and not before)
            before = state
        return total

    assert cost(states) == pytest.approx(min(map(cost, product((False, True), repeat=len(days)))))


def test_a_timeline_counts_articles_by_day(invented: Invented) -> None:
    invented.put("a", "{Anna Berg} resigns", "{Anna Berg} said so.", date="2021-12-16")
    invented.put("b", "No word of {Anna Berg}", date="2021-12-16")
    invented.put("c", "Who was {Anna Berg}?", date=None)
    invented.put("d", "A future for {Anna Berg}", date="9999-12-31")
    invented.put("e", "A past for {Anna Berg}", date="0001-01-01")
    invented.put("f", "Nobody", date="2021-12-17")
    with invented.corpus() as corpus:
        timeline = corpus.timeline(id_of("Anna Berg"))
        assert [(str(day), count) for day, count in timeline.days] == [
            ("0001-01-01", 1), ("2021-12-16", 2), ("9999-12-31", 1),
        ]  # fmt: skip
        assert (timeline.undated, timeline.bursts) == (1, ())


def test_a_timeline_tells_the_days_of_a_burst(invented: Invented) -> None:
    articles = []
    for day in range(40):
        for number in range(20):
            name = "{Anna Berg}" if number == 0 or (day in (20, 21, 22) and number < 12) else "Nobody"
            articles.append((f"{day}-{number}", f"{name} was there.", DAY + datetime.timedelta(day)))
    invented.put_all(articles)
    with invented.corpus() as corpus:
        (burst,) = corpus.timeline(id_of("Anna Berg")).bursts
        assert burst == (DAY + datetime.timedelta(20), DAY + datetime.timedelta(22))


def test_an_entity_without_any_date_has_a_timeline(invented: Invented) -> None:
    invented.put("a", "{Anna Berg}", date=None)
    with invented.corpus() as corpus:
        assert corpus.timeline(id_of("Anna Berg")) == ((), 1, ())


def test_an_article_that_has_gone_is_in_no_timeline(invented: Invented) -> None:
    invented.put("a", "{Anna Berg} and {Carl Dahl}", date="2021-12-16")
    invented.put("b", "{Anna Berg}", date="2021-12-17")
    with invented.corpus() as corpus:
        assert len(corpus.timeline(id_of("Anna Berg")).days) == 2
        invented.remove("a")
        assert corpus.timeline(id_of("Anna Berg")).days == ((datetime.date(2021, 12, 17), 1),)
        with pytest.raises(NoSuchEntity):
            corpus.timeline(id_of("Carl Dahl"))


def test_results_have_a_timeline(folder: Folder) -> None:
    folder.write("a.txt", "Talks begin", date="20211216")
    folder.write("b.txt", "Talks end", date="20211216")
    folder.write("c.txt", "Talks about talks", date="20211220")
    gone = folder.write("d.txt", "Talks that were not", date="20211221")
    folder.write("e.txt", "Weather", date="20211222")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        results = corpus.search("talks")
        days = [(day.day, count) for day, count in corpus.timeline_of(results).days]
        assert days == [(16, 2), (20, 1), (21, 1)]
        gone.unlink()
        index_corpus([folder.path])
        days = [(day.day, count) for day, count in corpus.timeline_of(results).days]
        assert days == [(16, 2), (20, 1)]
        assert corpus.timeline_of(corpus.search("nothingofthatkind")) == ((), 0, ())


def test_a_burst_is_cut_where_the_whole_corpus_is_silent(folder: Folder) -> None:
    for year in (2010, 2021):
        for day in range(1, 31):
            for number in range(9):
                hot = 12 <= day <= 30 if year == 2010 else day <= 12
                word = "Talks" if hot or not number else "Weather"
                folder.write(
                    f"{year}-{day}-{number}.txt", f"{word} {year} {day} {number}", date=f"{year}06{day:02}"
                )
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        bursts = corpus.timeline_of(corpus.search("talks")).bursts
        assert [(str(burst.first), str(burst.last)) for burst in bursts] == [
            ("2010-06-12", "2010-06-30"), ("2021-06-01", "2021-06-12"),
        ]  # fmt: skip


def test_articles_have_a_timeline(folder: Folder) -> None:
    folder.write("a.txt", "Talks begin", date="20211216")
    folder.write("b.txt", "Talks end", date="20211216")
    folder.write("c.txt", "Weather", date="20211222")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        ids = [hit.id for hit in corpus.search("talks").page()]
        timeline = corpus.timeline_of_articles([*ids, ids[0], ArticleId("0" * 16)])
        assert timeline.days == ((datetime.date(2021, 12, 16), 2),)
        assert corpus.timeline_of_articles([]) == ((), 0, ())


def test_a_timeline_that_nobody_waits_for_is_given_up(folder: Folder) -> None:
    folder.write("a.txt", "Talks begin", date="20211216")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus, pytest.raises(SearchCancelled):
        corpus.timeline_of(corpus.search("talks"), lambda: True)
