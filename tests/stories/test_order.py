"""The order in which an article's paragraphs were likely written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.article import Article, ArticleId, EntityId, Mention
from tui.stories import clues
from tui.stories.order import CONFIDENT, MOST_REPRINTS, likely_order
from tui.stories.sequence import kendall_tau
from tui.stories.values import Side

TITLE = "Harbour ferry sinks off Sandmouth, twelve missing"
WRITTEN = (
    "SANDMOUTH (Coastal News) - A harbour ferry sank off Sandmouth on Friday and twelve people are missing, the "
    "coastguard said.",
    "The ferry Merry Anne, a wooden boat built in 1961, went down within ten minutes of leaving the harbour, said "
    "coastguard spokeswoman Laura Penhale.",
    "“We have three lifeboats and a helicopter out there,” Ms Penhale said. “The water is cold, but we have not given "
    "up.",
    "“There is still hope for the twelve who are missing.”",
    "Harbourmaster Tom Grewal said a pump had failed on the ferry on Thursday and had been repaired overnight.",
    "But Mr Grewal declined to say who had inspected the pump before the ferry was allowed to sail.",
    "The ferry's owner, Sandmouth Island Lines, did not immediately respond to a request for comment.",
    "In 1987 another ferry of the company sank near the same place, killing four people.",
)
NEWS = Article(TITLE, WRITTEN)
SHUFFLED = (5, 2, 7, 0, 3, 6, 1, 4)
MIXED = Article(TITLE, tuple(WRITTEN[index] for index in SHUFFLED))
PIECES = st.sampled_from(
    [
        *WRITTEN,
        "",
        " ",
        "He said.",
        "“Yes",
        "中文。",
        "1961",
        "Mr Grewal",
        "the the the",
        "?",
        "\u0301",
        "A b C d E",
    ]
)


def tau(paragraphs: tuple[int, ...]) -> float:
    return kendall_tau([SHUFFLED[index] for index in paragraphs])


@given(
    st.text(max_size=40),
    st.lists(PIECES, max_size=12),
    st.sets(st.integers(0, 14)),
    st.lists(st.lists(PIECES, max_size=8), max_size=3),
)
@settings(deadline=None)
def test_an_order_names_every_paragraph_once_and_boilerplate_last(
    title: str, paragraphs: list[str], boilerplate: set[int], reprints: list[list[str]]
) -> None:
    sides = [
        Side(Article(title, tuple(texts)), ArticleId(f"{number:016x}"))
        for number, texts in enumerate(reprints)
    ]
    order = likely_order(Article(title, tuple(paragraphs)), (), boilerplate, sides)
    assert sorted(order.paragraphs) == list(range(len(paragraphs)))
    last = [index for index in range(len(paragraphs)) if index in boilerplate]
    assert list(order.paragraphs[len(paragraphs) - len(last) :]) == last
    assert 0 <= order.confidence <= 1
    assert order.reprint is None or order.reprint in {side.id for side in sides}


@given(st.permutations(range(len(WRITTEN))))
@settings(deadline=None, max_examples=30)
def test_it_does_not_depend_on_the_order_as_published_but_where_that_is_kept(places: list[int]) -> None:
    article = Article(TITLE, tuple(WRITTEN[index] for index in places))
    order = likely_order(article)
    as_written = tuple(places[index] for index in order.paragraphs)
    by_text = tuple(SHUFFLED[index] for index in likely_order(MIXED).paragraphs)
    assert as_written in (by_text, tuple(places))


def test_nothing_and_one_paragraph() -> None:
    assert likely_order(Article("Title", ())).paragraphs == ()
    assert likely_order(Article("Title", ("One.",))).paragraphs == (0,)
    assert likely_order(Article("Title", ("One.", "Two.")), boilerplate={0, 1}).paragraphs == (0, 1)


def test_alone_the_lead_is_found_and_the_rest_better_than_by_chance_but_it_is_a_guess() -> None:
    order = likely_order(MIXED)
    assert order.paragraphs[0] == SHUFFLED.index(0)
    assert tau(order.paragraphs) > 0.2
    assert order.confidence < CONFIDENT
    assert order.reprint is None


def test_a_reprint_in_order_decides() -> None:
    cut = tuple(text.replace("people", "passengers") for index, text in enumerate(WRITTEN) if index != 6)
    reprint = Side(Article("Ferry lost", cut), ArticleId("00000000000000aa"))
    order = likely_order(MIXED, reprints=[reprint])
    assert order.reprint == "00000000000000aa"
    assert order.confidence >= CONFIDENT
    assert [SHUFFLED[index] for index in order.paragraphs if SHUFFLED[index] != 6] == [0, 1, 2, 3, 4, 5, 7]


def test_of_several_reprints_the_one_in_order_is_taken() -> None:
    shuffled = [
        Side(Article(TITLE, tuple(WRITTEN[index] for index in places)), ArticleId(f"{number:016x}"))
        for number, places in enumerate([(7, 3, 5, 0, 6, 2, 4, 1), (4, 6, 1, 5, 3, 7, 0, 2)])
    ]
    written = Side(NEWS, ArticleId("00000000000000aa"))
    for reprints in ([*shuffled, written], [written, *shuffled]):
        order = likely_order(MIXED, reprints=reprints)
        assert order.reprint == "00000000000000aa"
        assert tau(order.paragraphs) == 1


def test_an_article_in_order_is_left_as_it_is_published() -> None:
    order = likely_order(NEWS)
    assert order.paragraphs == tuple(range(len(WRITTEN)))
    assert order.confidence >= CONFIDENT


def test_what_is_not_in_english_is_not_guessed_at() -> None:
    article = Article("Título", ("Uno dijo que no.", "Dos dijo que sí.", "Tres no dijo nada."), language="es")
    assert likely_order(article) == ((0, 1, 2), 0.0, None)


def test_an_unrelated_article_says_nothing() -> None:
    other = Side(Article("Budget", ("Taxes rise.", "The minister said so.")), ArticleId("00000000000000aa"))
    assert likely_order(MIXED, reprints=[other]) == likely_order(MIXED)


def test_paragraphs_that_a_reprint_has_as_one_are_found_in_it() -> None:
    merged = Side(
        Article(TITLE, (" ".join(WRITTEN[:4]), " ".join(WRITTEN[4:]))), ArticleId("00000000000000aa")
    )
    order = likely_order(MIXED, reprints=[merged])
    assert tau(order.paragraphs) == 1


def test_a_name_that_a_recogniser_knows_comes_in_full_first() -> None:
    article = Article("T", ("deg said it would wait.", "democratic energy group is a firm."))
    mentions = (
        Mention(0, 0, 3, "deg", "organisation", EntityId("e")),
        Mention(1, 0, 23, "democratic energy group", "organisation", EntityId("e")),
    )
    assert likely_order(article, mentions).paragraphs == (1, 0)


def test_too_many_paragraphs_to_look_at_pairs_are_put_in_order_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clues, "MOST_BETWEEN", 4)
    order = likely_order(MIXED)
    assert SHUFFLED[order.paragraphs[0]] == 0
    assert order.confidence < CONFIDENT
    half = Side(Article(TITLE, WRITTEN[:6]), ArticleId("00000000000000aa"))
    known = [
        SHUFFLED[index] for index in likely_order(MIXED, reprints=[half]).paragraphs if SHUFFLED[index] < 6
    ]
    assert known == list(range(6))


def test_many_reprints_are_bounded() -> None:
    useless = [Side(Article("T", ()))] * MOST_REPRINTS
    order = likely_order(MIXED, reprints=[*useless, Side(NEWS, ArticleId("00000000000000aa"))])
    assert order.reprint is None


@pytest.mark.parametrize("with_reprint", [False, True])
def test_three_thousand_paragraphs_do_not_take_long(with_reprint: bool) -> None:
    article = Article(
        TITLE, tuple(f"{WRITTEN[index % 8]} Part {index} of {index * 7}." for index in range(3_000))
    )
    start = time.perf_counter()
    order = likely_order(article, reprints=[Side(article)] if with_reprint else [])
    assert time.perf_counter() - start < 10
    assert sorted(order.paragraphs) == list(range(3_000))
