"""Two or three articles as one table."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.article import Article, Span
from tui.stories.board import Board, board_of, pairs_of, turned_round
from tui.stories.comparison import compare
from tui.stories.joined import joined
from tui.stories.marked import edits_of, marks_of
from tui.stories.summary import against, called, in_words, notes, parts
from tui.stories.values import Comparison, Difference, Pair, PairKind, Sentence, Side

LEAD = "Russia handed the United States two draft documents on Thursday, the Kremlin said."
SOLDIERS = "Western officials put the number of soldiers near the border at some 70,000."
DEAD = "Some 14,000 people have died in the east of the country since 2014."
CALL = "A further call between the two presidents before the new year is possible."
SHEEP = "A flock of sheep was found alive under the snow by a farmer on Monday."

WORDS = st.sampled_from(
    "the talks Moscow said 14,000 fourteen thousand soldiers on Thursday Friday $3.2m Putin He left".split()
)
ARTICLES = st.lists(st.lists(WORDS, min_size=1, max_size=10).map(" ".join), max_size=5)


def side(*paragraphs: str, title: str = "Talks") -> Side:
    return Side(Article(title, paragraphs, date=datetime.date(2021, 12, 17), language="en"))


def board(*sides: Side) -> Board:
    return board_of(sides, [compare(sides[one], sides[other]) for one, other in pairs_of(len(sides))])


def told(of: Board) -> list[list[tuple[int, ...]]]:
    return [[cell.sentences for cell in row.cells] for row in of.rows]


def invented(lengths: Sequence[int], pairs: Sequence[tuple[int, int, int, int, float, PairKind]]) -> Board:
    """A board of articles with so many sentences, of which those pairs are found."""
    sides = [
        side(*(f"Sentence {n} of {column}." for n in range(length))) for column, length in enumerate(lengths)
    ]
    sentences = [
        tuple(Sentence(n, 0, len(text), text) for n, text in enumerate(one.article.paragraphs))
        for one in sides
    ]
    comparisons = []
    for left, right in pairs_of(len(lengths)):
        found = tuple(
            sorted(
                Pair(i, j, kind, score, ()) for a, i, b, j, score, kind in pairs if (a, b) == (left, right)
            )
        )
        comparisons.append(Comparison(sentences[left], sentences[right], found, (), (), 0.0))
    return board_of(sides, comparisons)


@settings(max_examples=60, deadline=None)
@given(st.lists(ARTICLES, min_size=2, max_size=3))
def test_every_sentence_of_every_article_is_in_exactly_one_row(articles: list[list[str]]) -> None:
    of = board(*(side(*article) for article in articles))
    for column, sentences in enumerate(of.sentences):
        found = [index for row in of.rows for index in row.cells[column].sentences]
        assert sorted(found) == list(range(len(sentences)))
        assert all(
            index in of.rows[row].cells[column].sentences for index, row in enumerate(of.row_of[column])
        )
    for row in of.rows:
        assert any(cell.sentences for cell in row.cells)
        assert (row.kind == "only") == (row.alone is not None)
        for cell, sentences in zip(row.cells, of.sentences, strict=True):
            assert cell.text == " ".join(sentences[index].text for index in cell.sentences)
            edges = [edge for start, end, _ in cell.marks for edge in (start, end)]
            assert edges == sorted(edges)
            assert all(0 <= edge <= len(cell.text) for edge in edges)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 4), min_size=3, max_size=3),
    st.lists(
        st.tuples(
            st.sampled_from([(0, 1), (0, 2), (1, 2)]), st.integers(0, 3), st.integers(0, 3), st.floats(0, 1),
            st.sampled_from(["identical", "near", "reworded"]),
        ),
        max_size=12, unique_by=lambda pair: pair[:3],
    ),
)  # fmt: skip
def test_so_it_is_whatever_the_comparisons_say(
    lengths: list[int], pairs: list[tuple[tuple[int, int], int, int, float, PairKind]]
) -> None:
    found = [
        (a, i, b, j, score, kind) for (a, b), i, j, score, kind in pairs if i < lengths[a] and j < lengths[b]
    ]
    of = invented(lengths, found)
    for column, length in enumerate(lengths):
        assert sorted(i for row in of.rows for i in row.cells[column].sentences) == list(range(length))


@settings(max_examples=30, deadline=None)
@given(st.lists(ARTICLES, min_size=2, max_size=3))
def test_turned_round_twice_is_as_before(articles: list[list[str]]) -> None:
    of = board(*(side(*article) for article in articles))
    turned = turned_round(of)
    assert turned.sides == of.sides[::-1] and turned.sentences == of.sentences[::-1]
    assert {frozenset(enumerate(row[::-1])) for row in told(turned)} == {
        frozenset(enumerate(row)) for row in told(of)
    }
    again = turned_round(turned)
    assert again.sentences == of.sentences
    assert told(again) == told(of)


def test_what_only_the_second_has_stands_behind_what_it_follows_there() -> None:
    of = board(side(LEAD, SOLDIERS, DEAD), side(SOLDIERS, SHEEP, CALL, LEAD))
    assert told(of) == [[(0,), (3,)], [(1,), (0,)], [(), (1,)], [(), (2,)], [(2,), ()]]


def test_three_articles_stand_in_one_row_where_all_say_it() -> None:
    of = board(
        side(LEAD, SOLDIERS, SHEEP),
        side(SOLDIERS.replace("70,000", "90,000"), LEAD),
        side(CALL, LEAD, SOLDIERS),
    )
    assert told(of) == [[(), (), (0,)], [(0,), (1,), (1,)], [(1,), (0,), (2,)], [(2,), (), ()]]
    lead, soldiers = of.rows[1], of.rows[2]
    assert lead.same and lead.between == ((0, "identical"), (1, "identical"))
    assert not soldiers.same
    assert soldiers.between[1] == (0, "identical"), "the third says what the first does"
    assert [one.said for one in of.disagreements] == [("70,000", "90,000", "70,000")]
    assert against(of.disagreements[0]) == "70,000 (1, 3) ≠ 90,000 (2)"


def test_what_the_first_leaves_out_joins_through_the_third() -> None:
    """The first and the second alone have no pair, and the third has one with each."""
    of = invented((1, 1, 1), [(0, 0, 2, 0, 0.9, "near"), (1, 0, 2, 0, 0.8, "reworded")])
    assert told(of) == [[(0,), (0,), (0,)]]
    assert of.rows[0].kind == "reworded"


def test_a_chain_of_likenesses_is_no_likeness() -> None:
    """Of two sentences of the first that nobody says belong together each keeps its surer partner."""
    of = invented(
        (2, 1, 1),
        [(0, 0, 1, 0, 0.9, "near"), (1, 0, 2, 0, 0.8, "near"), (0, 1, 2, 0, 0.7, "near")],
    )
    assert told(of) == [[(0,), (0,), (0,)], [(1,), (), ()]]


def test_merged_sentences_share_a_row_and_only_what_neither_half_says_is_marked() -> None:
    whole = (
        "The minister resigned on Monday after the report came out and left the capital for his home in Tver."
    )
    of = board(
        side(whole),
        side(
            "The minister resigned on Monday after the report came out.",
            "He left the capital for his home in Tver.",
        ),
    )
    assert told(of) == [[(0,), (0, 1)]]
    left, right = of.rows[0].cells
    assert [left.text[start:end] for start, end, _ in left.marks] == ["and"]
    assert [right.text[start:end] for start, end, _ in right.marks] == ["He"]


def test_a_figure_that_the_other_half_says_disagrees_with_nothing() -> None:
    sentence = Sentence(0, 0, 40, "x" * 40)
    apart = Difference("figure", "12", "30", Span(0, 5, 7), Span(0, 5, 7))
    only = Difference("word", "y", "", Span(0, 20, 21), Span(0, 9, 9))
    halves = (Sentence(0, 0, 20, "x" * 20), Sentence(0, 20, 40, "x" * 20))
    pairs = (Pair(0, 0, "near", 0.9, (apart,)), Pair(0, 1, "near", 0.9, (only,)))
    comparison = Comparison((sentence,), halves, pairs, (), (), 1.0)
    of = board_of((side("x" * 40), side("x" * 40)), [comparison])
    assert of.disagreements == ()


def test_a_figure_that_the_other_article_says_in_the_same_row_disagrees_with_nothing() -> None:
    halves = ("Some 12 men were freed.", "Another 30 men were held.")
    whole = "Only 30 men were freed."
    apart = Difference("figure", "12", "30", Span(0, 5, 7), Span(0, 5, 7))
    beginning = Difference("word", "Another 30", "Only 30", Span(1, 0, 10), Span(0, 0, 7))
    pairs = (Pair(0, 0, "near", 0.9, (apart,)), Pair(1, 0, "reworded", 0.5, (beginning,)))
    sentences = tuple(Sentence(n, 0, len(text), text) for n, text in enumerate(halves))

    def disagreeing(right: str) -> list[tuple[str, ...]]:
        comparison = Comparison(sentences, (Sentence(0, 0, len(right), right),), pairs, (), (), 1.0)
        return [one.said for one in board_of((side(*halves), side(right)), [comparison]).disagreements]

    assert disagreeing(whole) == []
    parts = halves[1].replace("30", "30,000")
    sentences = (sentences[0], Sentence(1, 0, len(parts), parts))
    assert disagreeing(whole) == [("12", "30")]


def test_where_a_figure_stands_nothing_else_is_marked() -> None:
    word = Difference("word", "nearly eight", "seven", Span(0, 0, 12), Span(0, 0, 5))
    figure = Difference("figure", "eight hours", "seven hours", Span(0, 7, 18), Span(0, 0, 11))
    pair = Pair(0, 0, "near", 0.9, (word, figure))
    assert marks_of([pair], left=True) == [(Span(0, 0, 7), "word"), (Span(0, 7, 18), "figure")]
    assert edits_of(pair) == [(Span(0, 0, 18), Span(0, 0, 11))]


def test_titles_that_have_little_in_common_are_not_marked_all_over() -> None:
    near = board(side(LEAD, title="Russia hands over drafts"), side(LEAD, title="Russia hands over treaties"))
    assert [[near.sides[c].article.title[s:e] for s, e, _ in marks] for c, marks in enumerate(near.titles)] == [
        ["drafts"], ["treaties"]
    ]  # fmt: skip
    far = board(side(LEAD, title="Nobody slammed the door"), side(LEAD, title="Eight hours of talks end"))
    assert far.titles == ((), ())


@pytest.mark.parametrize("count", [2, 3])
def test_what_there_is_to_say_of_it(count: int) -> None:
    sides = [side(LEAD, SOLDIERS), side(LEAD, CALL), side(LEAD, SHEEP)][:count]
    of = board(*sides)
    assert in_words(of) == (
        "50% shared · 1 identical · 1 only left · 1 only right"
        if count == 2
        else "1 and 2 share 50% · 1 and 3 share 50% · 2 and 3 share 50% · 1 in all three · 0 in two"
        " · 1 only in 1 · 1 only in 2 · 1 only in 3"
    )
    assert len(parts(of)) == (3 if count == 2 else 5)
    assert notes(of) == []


def test_an_empty_article_is_named_by_its_side() -> None:
    of = board(side(), side(LEAD))
    assert notes(of) == ["The left article has no sentence to compare"]
    assert notes(turned_round(of)) == ["The right article has no sentence to compare"]
    assert called(board(side(), side(LEAD), side()), 2) == "article 3"


def test_rows_of_nothing() -> None:
    assert joined([], [0, 0]) == []
    assert board(side(), side()).rows == ()


def test_what_reads_the_same_is_not_marked() -> None:
    """A Wednesday of another week is another day, but nothing that one could see."""
    sentence = Sentence(0, 0, 12, "on Wednesday")
    apart = Difference("figure", "Wednesday", "wednesday", Span(0, 3, 12), Span(0, 3, 12))
    comparison = Comparison((sentence,), (sentence,), (Pair(0, 0, "near", 0.9, (apart,)),), (), (), 1.0)
    of = board_of((side("on Wednesday"), side("on Wednesday")), [comparison])
    assert of.disagreements == () and of.rows[0].cells[0].marks == ()
