"""Scoring against labels."""

from __future__ import annotations

from tests.stories.labelled_pairs import LabelledPair, LabelledReports, Origin
from tests.stories.pair_scores import Found, Places, divided, found, scores
from tests.stories.written_reports import reports
from tui.article import Article, Span
from tui.stories.sentences import sentences_of
from tui.stories.values import Sentence

TEXT = "It rained. It blew. Nobody came."
SENTENCES = (
    Sentence(0, 0, 10, "It rained."),
    Sentence(0, 11, 19, "It blew."),
    Sentence(0, 20, 32, "Nobody came."),
)
SPANS = tuple(Span(*one[:3]) for one in SENTENCES)


def labels(*pairs: LabelledPair, left: tuple[Span, ...] = SPANS) -> LabelledReports:
    return LabelledReports("one-12", Origin("a", ""), Origin("b", ""), left, SPANS, pairs)


def test_counts() -> None:
    assert found("abc", "bcde") == Found(2, 3, 4)
    assert Found(2, 3, 4) + Found(1, 1, 0) == Found(3, 4, 4)
    assert (Found(2, 4, 8).precision, Found(2, 4, 8).recall) == (0.5, 0.25)
    assert abs(Found(2, 4, 8).f1 - 1 / 3) < 1e-9
    assert (Found().precision, Found().recall, Found().f1) == (0.0, 0.0, 0.0)


def test_a_sentence_cut_in_two_is_still_the_labelled_one() -> None:
    whole = (Span(0, 0, 19), Span(0, 20, 32))
    places = Places.of(labels(left=whole), SENTENCES, SENTENCES)
    assert places.left == {0: 0, 1: 0, 2: 1}
    assert places.pairs([(0, 0, "reworded"), (1, 0, "near")]) == {(0, 0): "near"}


def test_by_kind_and_by_side() -> None:
    gold = labels(LabelledPair(0, 0, "identical"), LabelledPair(1, 1, "near"))
    places = Places.of(gold, SENTENCES, SENTENCES)
    counted = scores(gold, places, {(0, 0): "identical", (2, 1): "near"})
    assert counted["pairs"] == Found(1, 2, 2)
    assert counted["identical"] == Found(1, 1, 1)
    assert counted["near"] == Found(0, 1, 1)
    assert counted["only left"] == Found(0, 1, 1)
    assert counted["only right"] == Found(1, 1, 1)


def test_what_the_labels_leave_out_is_not_counted() -> None:
    gold = labels(LabelledPair(0, 1, "near"), left=SPANS[1:])
    places = Places.of(gold, SENTENCES, SENTENCES)
    assert places.pairs([(0, 0, "near"), (1, 1, "near")]) == {(0, 1): "near"}
    article = Article("", (TEXT,))
    assert divided(article, SENTENCES, SPANS) == Found(3, 3, 3)
    assert divided(article, SENTENCES, SPANS[1:]) == Found(2, 2, 2)
    assert divided(article, SENTENCES[:1], (Span(0, 0, 9),)) == Found(1, 1, 1)


def test_written_reports_are_the_same_each_time_and_of_one_event() -> None:
    one, other = reports(12, 2, seed=4), reports(12, 2, seed=4)
    assert [side.article for side in one] == [side.article for side in other]
    assert one[0].article.paragraphs != one[1].article.paragraphs
    assert all(len(sentences_of(side.article)) > 8 for side in one)
