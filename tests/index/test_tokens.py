"""What a word is, and under which forms it is found."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.folding import fold
from tui.index.tokens import LONGEST_SURFACE, NewsAnalyzer, Tokenizer

TOKENIZER = Tokenizer()


def surfaces(text: str) -> list[str]:
    return TOKENIZER.surfaces(text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine's Ukraine’s", ["ukraine", "ukraine"]),
        ("Texas's Texas’ don't", ["texas", "texas", "dont"]),
        ("U.S. US U.S.'s U.S.-led", ["us", "us", "us", "us", "usled", "led"]),
        ("e.g. p.m. end.Next bbc.co.uk", ["eg", "pm", "end", "next", "bbc", "co", "uk"]),
        ("G7 1,000,000 1.5 2,50", ["g7", "1000000", "1.5", "2", "50"]),
        ("Covid-19", ["covid", "covid19", "19"]),
        ("AT&T", ["at", "att", "t"]),
        ("l'Ukraine d’état O'Neill", ["ukraine", "lukraine", "etat", "detat", "oneill"]),
        ("Čapek ÉTUDE Straße Łódź", ["capek", "etude", "strasse", "lodz"]),
        ("Ёлка йод", ["елка", "йод"]),
        ("أحمد إحمد", ["احمد", "احمد"]),
        ("中国人", ["中国", "国人", "人"]),
        ("foo_bar", ["foo", "bar"]),
        ("…—!?", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_a_joined_reading_stands_where_its_first_word_does() -> None:
    words = TOKENIZER.occurrences("the Covid-19 wave")
    assert [(word.surface, word.position) for word in words] == [
        ("the", 0), ("covid", 1), ("covid19", 1), ("19", 2), ("wave", 3),
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_offsets_lie_in_the_text_and_positions_never_go_back(text: str) -> None:
    words = TOKENIZER.occurrences(text)
    assert [word.position for word in words] == sorted(word.position for word in words)
    for word in words:
        assert 0 <= word.start < word.end <= len(text)
        assert 0 < len(word.surface) <= LONGEST_SURFACE
        assert not set(word.surface) & set(" \t\n")


@given(st.text(alphabet="aA1é'’.-,&_ 中国", max_size=60))
def test_words_of_odd_shapes_keep_their_offsets(text: str) -> None:
    for word in TOKENIZER.occurrences(text):
        assert fold(text[word.start : word.end])


@given(st.text(max_size=60))
def test_ascii_text_is_read_as_any_other(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert surfaces(plain + " é") == [*surfaces(plain), "e"]


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "a-" * 100_000, "1," * 100_000, "a." * 100_000, "中" * 100_000]
)
def test_a_megabyte_without_a_space_takes_seconds_at_most(text: str) -> None:
    began = time.process_time()
    TOKENIZER.surfaces(text)
    assert time.process_time() - began < 10


def test_the_analyzer_gives_whoosh_the_same_words() -> None:
    text = "Ukraine's Covid-19 wave"
    found = [
        (t.text, t.pos, t.startchar, t.endchar) for t in NewsAnalyzer()(text, positions=True, chars=True)
    ]
    assert found == [tuple(word) for word in TOKENIZER.occurrences(text)]


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
