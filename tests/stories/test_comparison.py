"""Two articles side by side."""

from __future__ import annotations

import datetime
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.article import Article, Mention
from tui.entities import recognise_article
from tui.entities.model import load_rules
from tui.stories.board import board_of
from tui.stories.comparison import LONG, compare
from tui.stories.marked import marks_of, pieces
from tui.stories.sentences import sentences_of
from tui.stories.summary import counts
from tui.stories.values import Comparison, Side

WIRE = (
    "Russia handed the United States two draft documents on Thursday, the Kremlin said.",
    "Western officials put the number of soldiers near the border at some 70,000.",
    "Some 14,000 people have died in the east since 2014.",
    "“Our negotiator can leave at any minute,” a diplomat told Kestrel Wire.",
    "The alliance declared in 2008 that Georgia would one day be a member.",
    "A further call between the two presidents before the new year is possible.",
)
WORDS = st.sampled_from(
    "the talks Moscow said 14,000 fourteen thousand soldiers on Thursday Friday $3.2m £2.4m Putin no. He left Gov. Lee "
    "(SEIA) “no” ‘maybe’ $141 $139 million".split()
)
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=6)


def side(*paragraphs: str, title: str = "Talks", named: bool = False) -> Side:
    article = Article(title, paragraphs, date=datetime.date(2021, 12, 17), language="en")
    mentions = ()
    if named:
        found = recognise_article(article, load_rules())
        mentions = tuple(Mention(m.paragraph, m.start, m.end, m.text, m.type) for m in found)
    return Side(article, None, mentions)


def kinds(comparison: Comparison) -> list[tuple[int, int, str]]:
    return [(pair.left, pair.right, pair.kind) for pair in comparison.pairs]


def test_order_does_not_matter() -> None:
    shuffled = list(WIRE)
    random.Random(3).shuffle(shuffled)
    found = compare(side(*WIRE), side(*shuffled))
    assert kinds(found) == [(i, shuffled.index(text), "identical") for i, text in enumerate(WIRE)]
    assert (found.shared, found.only_left, found.only_right) == (1.0, (), ())
    assert not any(pair.differences for pair in found.pairs)


def test_lost_apostrophes_commas_and_datelines_make_no_difference() -> None:
    found = compare(
        side("MOSCOW (Reuters) - Ukraine’s army has 14,000 men, Nato's chief said."),
        side("Ukraines army has 14000 men, Natos chief said."),
    )
    assert kinds(found) == [(0, 0, "identical")]


def test_what_only_one_has() -> None:
    found = compare(
        side(*WIRE[:3], "Two sons of the glen are with the mission."), side("Nobody cared.", *WIRE[1:4])
    )
    assert found.only_left == (0, 3)
    assert found.only_right == (0, 3)
    assert found.shared == 0.5


def test_credits_and_boilerplate_take_no_part() -> None:
    left = side("Sign up for our newsletter.", WIRE[0], "(Reporting by Ann Lee in Moscow; Editing by Bo Day)")
    found = compare(Side(left.article, boilerplate=frozenset({0})), side(WIRE[0], "By Ann Lee"))
    assert [one.text for one in found.left] == [WIRE[0]]
    assert [one.text for one in found.right] == [WIRE[0]]


def test_a_sentence_that_was_divided_has_two() -> None:
    whole = side(
        "The minister resigned on Monday after the report came out and left the capital for his home in Tver."
    )
    divided = side(
        "The minister resigned on Monday after the report came out.",
        "He left the capital for his home in Tver.",
    )
    found = compare(whole, divided)
    assert [(i, j) for i, j, _ in kinds(found)] == [(0, 0), (0, 1)]
    (row,) = board_of((whole, divided), [found]).rows
    assert [cell.sentences for cell in row.cells] == [(0,), (0, 1)]


def test_sentences_of_one_pattern_stay_apart() -> None:
    def counted(*amounts: int) -> Side:
        towns = zip(("Tver", "Omsk", "Perm"), amounts, strict=True)
        return side(*(f"The mayor of the town of {town} counted {amount} sheep." for town, amount in towns))

    found = compare(counted(11, 12, 13), counted(21, 22, 23))
    assert [(i, j) for i, j, _ in kinds(found)] == [(0, 0), (1, 1), (2, 2)]
    assert [one[:3] for _, one in found.disagreements()] == [
        ("figure", "11", "21"), ("figure", "12", "22"), ("figure", "13", "23")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Some 14,000 people have died.", "Some 13,000 people have died.", [("figure", "14,000", "13,000")]),
        ("Some 14,000 people have died.", "Some fourteen thousand people have died.", []),
        ("It cost $3.2m to build the bridge.", "It cost £2.4m to build the bridge.", [("figure", "$3.2m", "£2.4m")]),
        ("It cost $3.2m to build the bridge.", "It cost $3,200,000 to build the bridge.", []),
        ("They meet on Thursday in Geneva again.", "They meet on Friday in Geneva again.",
         [("figure", "Thursday", "Friday")]),
        ("The storm passed 60 miles from the coast.", "The storm passed about 100 km from the coast.", []),
        ("The storm passed 60 miles from the coast.", "The storm passed 62 miles from the coast.",
         [("figure", "60 miles", "62 miles")]),
        ("About 14,000 men left the city.", "More than 14,000 men left the city.", []),
        ("Officials put the number of soldiers at some 70,000 this week.",
         "Officials believe that about 90,000 soldiers are there this week.", [("figure", "70,000", "90,000")]),
    ],
)  # fmt: skip
def test_figures_are_told_apart_by_what_they_say(
    left: str, right: str, expected: list[tuple[str, str, str]]
) -> None:
    (pair,) = compare(side(left), side(right)).pairs
    assert [one[:3] for one in pair.differences if one.kind == "figure"] == expected


def test_names_that_differ() -> None:
    found = compare(
        side("Vladimir Putin met Angela Merkel in Geneva on Monday.", named=True),
        side("Putin met Emmanuel Macron in Geneva on Monday.", named=True),
    )
    (pair,) = found.pairs
    assert [one[:3] for one in pair.differences if one.kind == "name"] == [
        ("name", "Angela Merkel", "Emmanuel Macron")
    ]


def test_edits_that_little_stands_between_are_one() -> None:
    found = compare(
        side("The men handed over the papers to Washington."), side("The men gave up to Washington.")
    )
    (pair,) = found.pairs
    assert [(one.left, one.right) for one in pair.differences] == [("handed over the papers", "gave up")]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("He paid $141 million for the whole harbour.", "He paid $139 million for the whole harbour.",
         [("figure", "$141 million", "$139 million")]),
        ("The trade group spoke of the fires again.", "The trade group (SEIA) spoke of the fires again.",
         [("word", "", "(SEIA)")]),
        ("The old harbour was closed, said Gov. Perry.", "The old harbour was closed, he said.",
         [("word", "said Gov. Perry", "he said")]),
        ("The 14,000 people left the old town on Monday.",
         "On Monday the 16,000 people left the old town.",
         [("word", "The", "On Monday the"), ("figure", "14,000", "16,000"), ("word", "on Monday", "")]),
        ("The judge set a date for 16 people in 2014.", "The judge set a date on Friday for 16 people.",
         [("word", "", "on Friday"), ("word", "in 2014", "")]),
        ("Western officials put the number of Russian soldiers within reach of Ukraine’s borders at some 70,000.",
         "Officials in the West believe that about 90,000 Russian soldiers are within reach of Ukraine now.",
         [("figure", "70,000", "90,000")]),
        ("She bought a $43,000 Rolex watch and other things with it.",
         "She bought a $47,350 men’s Rolex watch and $9,587.64 worth of furniture with it.",
         [("figure", "$43,000", "$47,350")]),
    ],
)  # fmt: skip
def test_what_differs_reads(left: str, right: str, expected: list[tuple[str, str, str]]) -> None:
    (pair,) = compare(side(left), side(right)).pairs
    told = [one[:3] for one in pair.differences]
    assert [one for one in told if one in expected or one[0] == "figure"] == expected


def test_a_day_of_the_week_is_reckoned_from_the_article_unless_both_are_of_one_week() -> None:
    monday, friday, next_friday = (datetime.date(2021, 12, day) for day in (13, 17, 24))

    def figures(one: str, day: datetime.date, other: str, other_day: datetime.date) -> list[str]:
        left, right = (
            Side(Article("Talks", (text,), when, language="en"))
            for text, when in ((one, day), (other, other_day))
        )
        (pair,) = compare(left, right).pairs
        return [difference.left for difference in pair.differences if difference.kind == "figure"]

    met, meet = (
        "The envoys met in Geneva on Thursday again.",
        "The envoys will meet in Geneva on Thursday again.",
    )
    assert figures(met, friday, meet, monday) == []
    assert figures(met, next_friday, meet, monday) == ["Thursday"]
    assert figures(met, friday, met.replace("again", "once more"), next_friday) == ["Thursday"]
    assert figures(met, friday, "The envoys met in Geneva on December 16 again.", next_friday) == []


def test_articles_of_two_days_that_tell_of_their_own_do_not_disagree_about_the_day() -> None:
    thursday, friday = datetime.date(2021, 12, 16), datetime.date(2021, 12, 17)

    def days(one: str, day: datetime.date | None, other: str, other_day: datetime.date | None) -> list[str]:
        left, right = (
            Side(Article("Talks", (text,), when, language="en"))
            for text, when in ((one, day), (other, other_day))
        )
        (pair,) = compare(left, right).pairs
        return [difference.left for difference in pair.differences if difference.kind == "figure"]

    met = (
        "The envoys of both countries met the president on Thursday in Geneva for talks on the draft treaty."
    )
    again = "Envoys met in Geneva on Friday for more talks on the draft treaty with the president of Russia."
    same = met.replace("Thursday", "Friday")
    assert days(met, thursday, again, friday) == []
    assert days(met, friday, again, friday) == ["Thursday"]
    assert days(met, thursday, same, friday) == ["Thursday"]
    assert days(met, None, same, friday) == ["Thursday"]


def test_an_office_stands_for_whom_an_article_says() -> None:
    found = compare(
        side("Russian President Vladimir Putin met Angela Merkel in Geneva on Monday.", named=True),
        side("The Russian president met Emmanuel Macron in Geneva on Monday.", named=True),
    )
    (pair,) = found.pairs
    assert [one[:3] for one in pair.differences if one.kind == "name"] == [
        ("name", "Angela Merkel", "Emmanuel Macron")
    ]


def test_titles_are_compared() -> None:
    found = compare(side(WIRE[0], title="Three dead in storm"), side(WIRE[0], title="Four dead in storm"))
    assert [one[:3] for one in found.title] == [("figure", "Three", "Four")]


@settings(max_examples=60, deadline=None)
@given(SENTENCES, SENTENCES)
def test_everything_has_its_place(left: list[str], right: list[str]) -> None:
    ours, theirs = side(*left, named=False), side(*right)
    found = compare(ours, theirs)
    assert found.left == tuple(s for s in sentences_of(ours.article) if any(map(str.isalnum, s.text)))
    assert sorted({pair.left for pair in found.pairs} | set(found.only_left)) == list(range(len(found.left)))
    assert sorted({pair.right for pair in found.pairs} | set(found.only_right)) == list(
        range(len(found.right))
    )
    assert list(found.pairs) == sorted(found.pairs, key=lambda pair: (pair.left, pair.right))
    for pair in found.pairs:
        assert 0 <= pair.score <= 1
        assert (pair.kind == "identical") == (not pair.differences)
        for one in pair.differences:
            for text, span, article in (
                (one.left, one.left_span, ours.article), (one.right, one.right_span, theirs.article)
            ):  # fmt: skip
                assert article.paragraphs[span.paragraph][span.start : span.end] == text
        for is_left, sentence in ((True, found.left[pair.left]), (False, found.right[pair.right])):
            marks = sorted(marks_of([pair], left=is_left), key=lambda mark: mark[0])
            assert all(one.end <= other.start for (one, _), (other, _) in pairwise(marks))
            assert "".join(piece.text for piece in pieces(sentence, marks)) == sentence.text


@settings(max_examples=60, deadline=None)
@given(SENTENCES, SENTENCES)
def test_swapping_the_sides_mirrors_the_answer(left: list[str], right: list[str]) -> None:
    found, mirrored = compare(side(*left), side(*right)), compare(side(*right), side(*left))
    assert sorted((j, i, kind) for i, j, kind in kinds(mirrored)) == kinds(found)
    assert (mirrored.only_right, mirrored.only_left) == (found.only_left, found.only_right)
    assert found.shared == mirrored.shared


@settings(max_examples=40, deadline=None)
@given(SENTENCES, SENTENCES)
def test_counts_count_everything(left: list[str], right: list[str]) -> None:
    found = compare(side(*left), side(*right))
    assert sum(counts(found).values()) == len(found.pairs) + len(found.only_left) + len(found.only_right)


def test_the_same_article_on_both_sides() -> None:
    found = compare(side(*WIRE, *WIRE), side(*WIRE, *WIRE))
    assert found.shared == 1.0
    assert {pair.kind for pair in found.pairs} == {"identical"}


@pytest.mark.parametrize("paragraphs", [(), ("",), ("…",)])
def test_an_article_without_a_sentence(paragraphs: tuple[str, ...]) -> None:
    found = compare(side(*paragraphs), side(*WIRE))
    assert (found.pairs, found.shared, found.only_right) == ((), 0.0, tuple(range(len(WIRE))))
    assert found.note is not None and "no sentence" in found.note
    assert compare(side(*paragraphs), side(*paragraphs)).pairs == ()


def test_other_languages_and_scripts() -> None:
    russian = Article(
        "Переговоры", ("Россия передала США два проекта документов.", "Это сказал Песков."), language="ru"
    )
    found = compare(side(*WIRE), Side(russian))
    assert found.pairs == ()
    assert found.note is not None and "different languages" in found.note
    assert compare(Side(russian), Side(russian)).shared == 1.0
    chinese = Article("会谈", ("俄罗斯周四向美国递交了两份草案。他们说谈判可以开始。",), language="zh")
    cut = Article("会谈", ("他们说谈判可以开始了。俄罗斯周四向美国递交了两份草案。",), language="zh")
    assert [kind for *_, kind in kinds(compare(Side(chinese), Side(cut)))] == ["identical", "near"]


def test_other_scripts_where_nobody_knows_the_language() -> None:
    russian = Side(Article("Переговоры", ("Россия передала США два проекта документов.",)))
    english = Side(Article("Talks", WIRE))
    assert (compare(english, russian).note or "").startswith("In different scripts")
    assert compare(english, english).note is None
    japanese = Side(Article("会談", ("ロシアは木曜日に二つの草案を米国に渡した。",)))
    assert (compare(japanese, english).note or "").startswith("In different scripts")
    assert compare(japanese, japanese).shared == 1.0


def test_one_sentence_said_over_and_over() -> None:
    often = side(*["The same old sentence again and again."] * 700)
    nearly = side(*(f"The same old sentence again and again {n % 7}." for n in range(700)))
    assert {pair.kind for pair in compare(often, often).pairs} == {"identical"}
    found = compare(often, nearly)
    assert found.shared == 1.0
    assert len(found.pairs) < 20 * 700


def test_it_stops_when_told_to() -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return stop_at is not None and asked >= stop_at

    stop_at: int | None = None
    compare(side(*WIRE), side(*WIRE), cancelled)
    often = asked
    assert often > 5
    for stop_at in range(1, often + 1):
        asked = 0
        assert compare(side(*WIRE), side(*WIRE), cancelled).pairs == ()
        assert asked == stop_at


def test_three_thousand_sentences_are_bounded_and_said_to_be_long() -> None:
    lines = [
        f"Report number {n} of the year {1900 + n % 100} tells of {n * 7} boats in harbour {n % 13}."
        for n in range(3_000)
    ]
    shuffled = random.Random(1).sample(lines, len(lines))
    found = compare(side("\n".join(lines).replace("\n", " ")), side(*shuffled))
    assert len(found.left) > LONG
    assert found.note is not None and "Long" in found.note
    assert found.shared > 0.95
