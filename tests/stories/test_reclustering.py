"""Stories put right, all at once."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.stories import b_cubed
from tests.stories.reports import reports
from tui.article import Article
from tui.stories import reclustering
from tui.stories.closeness import closeness
from tui.stories.features import FeatureMaker, Features
from tui.stories.linkage import average_linkage
from tui.stories.reclustering import MOST, Method, best_method, clusters, kept_ids
from tui.stories.vectors import Frequencies

_DAY = 738_000
_REPORTS, _EVENTS = reports(12, 4)
_EMPTY = FeatureMaker().features(Article("", ()))
_WORD = FeatureMaker().features(Article("Storm", ()))


def methods() -> list[Method]:
    """Those that can be tested here."""
    return ["average linkage", "hdbscan"] if best_method() == "hdbscan" else ["average linkage"]


def _partition(labels: list[int], order: list[int] | None = None) -> set[frozenset[int]]:
    """The clusters, of the articles as they were before they came in that order."""
    groups: dict[int, set[int]] = {}
    for place, label in enumerate(labels):
        groups.setdefault(label, set()).add(order[place] if order is not None else place)
    return {frozenset(group) for group in groups.values()}


@pytest.mark.parametrize("method", methods())
def test_reports_of_one_event_make_one_cluster(method: Method) -> None:
    """By either way."""
    assert b_cubed(_EVENTS, clusters(_REPORTS, [_DAY] * len(_REPORTS), method)).f1 > 0.95


_NEWS = st.lists(
    st.tuples(
        st.sampled_from([*_REPORTS[:30], _EMPTY, _WORD]),
        st.none() | st.integers(_DAY, _DAY + 12) | st.integers(1, 3_652_059),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(_NEWS, st.randoms(use_true_random=False), st.sampled_from(methods()))
def test_every_article_is_in_one_cluster_whatever_the_order(
    news: list[tuple[Features, int | None]], random: object, method: Method
) -> None:
    """A label is the first member's index; another order makes the same clusters."""
    articles, days = [one for one, _ in news], [day for _, day in news]
    labels = clusters(articles, days, method)
    assert len(labels) == len(articles)
    assert all(labels[label] == label and label <= index for index, label in enumerate(labels))
    order = list(range(len(articles)))
    random.shuffle(order)  # type: ignore[attr-defined]
    again = clusters([articles[index] for index in order], [days[index] for index in order], method)
    # Copies of one article are interchangeable: compare what clusters hold, not which copy.
    kinds = {index: (days[index], articles[index].packed()) for index in order}
    assert _kinds(_partition(again, order), kinds) == _kinds(_partition(labels), kinds)


def _kinds(partition: set[frozenset[int]], kinds: dict[int, tuple[int | None, bytes]]) -> list[list[str]]:
    return sorted(sorted(repr(kinds[index]) for index in group) for group in partition)


def test_days_part_clusters() -> None:
    """Reports further apart than the window are not of one story, unless others join them."""
    one = _REPORTS[:12]
    labels = clusters([*one, *one], [_DAY] * 12 + [_DAY + 8] * 12, "average linkage")
    assert not {label for label in labels[12:] if label < 12}
    assert clusters([_REPORTS[0]] * 2, [_DAY, 3_652_059], "average linkage") == [0, 1]
    assert clusters([_REPORTS[0]] * 2, [_DAY, _DAY + 1], "average linkage") == [0, 0]


def test_without_dates_only_what_is_very_alike_is_joined() -> None:
    """As a reprint is."""
    labels = clusters([*_REPORTS, _REPORTS[3]], [None] * (len(_REPORTS) + 1), "average linkage")
    assert labels[-1] == labels[3]
    assert len(set(labels)) > len(set(_EVENTS))


def test_few_articles_and_none() -> None:
    """Nothing, one, two empty ones, too many."""
    assert clusters([], []) == []
    assert clusters([_EMPTY], [None]) == [0]
    assert clusters([_EMPTY, _EMPTY, _WORD], [_DAY] * 3) == [0, 1, 2]
    with pytest.raises(ValueError, match="5001 articles"):
        clusters([_EMPTY] * (MOST + 1), [None] * (MOST + 1))
    with pytest.raises(ValueError, match="day"):
        clusters([_EMPTY], [])


def test_a_whole_window_of_one_story() -> None:
    """As many reports of one event as fit: one cluster of nearly all, in a few seconds."""
    chosen = [one for one, event in zip(_REPORTS, _EVENTS, strict=True) if event == 0]
    corpus = Frequencies()
    for one in (*_REPORTS, *[chosen[index % len(chosen)] for index in range(2_000)], *reports(2_500, 1)[0]):
        corpus.learn(one.terms)
    started = time.process_time()
    labels = clusters(
        [chosen[index % len(chosen)] for index in range(2_000)],
        [_DAY] * 2_000,
        "average linkage",
        None,
        corpus,
    )
    assert max(labels.count(label) for label in set(labels)) > 1_900
    assert time.process_time() - started < 20


def test_a_cancelled_clustering_ends_soon() -> None:
    """And still answers a label for each."""
    assert len(clusters(_REPORTS, [_DAY] * len(_REPORTS), None, lambda: True)) == len(_REPORTS)


def test_the_extra_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scikit-learn average linkage is the best way."""
    monkeypatch.setattr(reclustering.importlib.util, "find_spec", lambda name: None)
    assert best_method() == "average linkage"


def test_closeness_is_symmetric_and_scaled() -> None:
    """The two nearest to each other have most, whatever they share with the rest."""
    alike = closeness(_REPORTS, [_DAY] * len(_REPORTS))
    assert np.array_equal(alike, alike.T)
    assert alike.min() >= 0 and alike.max() <= 5.001
    assert np.all(np.diag(alike) == 0)


def _plain_average_linkage(alike: np.ndarray, least: float) -> set[frozenset[int]]:
    """Average linkage by its definition: the two nearest clusters are merged again and again."""
    groups = [[index] for index in range(len(alike))]
    while len(groups) > 1:
        means = {
            (one, other): float(np.mean(alike[np.ix_(groups[one], groups[other])]))
            for one in range(len(groups))
            for other in range(one)
        }
        one, other = max(means, key=lambda pair: means[pair])
        if means[one, other] < least:
            break
        groups[other] += groups.pop(one)
    return {frozenset(group) for group in groups}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 14), st.floats(0.2, 0.8))
def test_linkage_is_average_linkage(seed: int, count: int, least: float) -> None:
    """The chain of nearest neighbours finds what merging the nearest pair each time would."""
    random = np.random.default_rng(seed).random((count, count)).astype(np.float32)
    alike = (random + random.T) / 2
    np.fill_diagonal(alike, 0)
    found = average_linkage(alike.copy(), least).tolist()
    assert _partition(found) == _plain_average_linkage(alike, least)


def test_linkage_counts_what_a_row_stands_for() -> None:
    """A row of three things weighs three times as much in a mean."""
    alike = np.array([[0, 0.9, 0.2], [0.9, 0, 0.6], [0.2, 0.6, 0]], np.float32)
    assert average_linkage(alike.copy(), 0.41).tolist() == [0, 0, 2]
    assert average_linkage(alike.copy(), 0.41, np.array([1, 3, 1])).tolist() == [0, 0, 0]


_LABELS = st.dictionaries(st.integers(0, 30), st.integers(0, 6), max_size=30)


@given(_LABELS, _LABELS)
def test_an_id_is_kept_once(before: dict[int, int], after: dict[int, int]) -> None:
    """No two clusters have one id, and a cluster only one that some of its articles had."""
    kept = kept_ids(before, after)
    assert len(set(kept.values())) == len(kept)
    for cluster, story in kept.items():
        assert any(before.get(article) == story for article, one in after.items() if one == cluster)


@given(_LABELS)
def test_what_stays_as_it_was_keeps_its_ids(before: dict[int, int]) -> None:
    """Clusters that hold the same articles as the stories did."""
    assert kept_ids(before, {article: 100 + story for article, story in before.items()}) == {
        100 + story: story for story in before.values()
    }


def test_the_larger_part_of_a_story_keeps_its_id() -> None:
    """Where it is split; and where stories are merged, that of the larger."""
    assert kept_ids(dict.fromkeys("abcde", "old"), {"a": 0, "b": 0, "c": 1, "d": 1, "e": 1}) == {1: "old"}
    merged = kept_ids({"a": "one", "b": "two", "c": "two"}, {"a": 0, "b": 0, "c": 0})
    assert merged == {0: "two"}
    assert kept_ids({"gone": "one"}, {"new": 0}) == {}
