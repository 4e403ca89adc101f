"""What is marked in a text: the same as if every word of it were looked at."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.index.distance import distance
from tui.index.field_marks import FieldMarks
from tui.index.nodes import Element
from tui.index.stems import Stemmer
from tui.index.tokens import Tokenizer

TOKENIZER, STEMMER = Tokenizer(), Stemmer()

WRITTEN = st.sampled_from(
    ["us", "U.S.", "US", "u.s.", "O'Neill", "O\u2019Neills", "oneill", "e-mail", "E\u2010Mail", "email",
     "\ufb01scal", "Fiscal", "\u00c9mail", "dying", "die", "dies", "dyed", "1,000", "1000", "x_fi", "fi_x", "l'us",
     "caf\u00e9", "cafes", "(us)", "\u201cus\u201d", "bus", "\u0130us", "\u4e2d\u56fdus", "fi", "Covid-19",
     "covid19", "r&d", "3.5", "Us's", "\u00adus", "us\u2019", "\u00fcs", "\U0001d4beus", "\u0443\u0441", "usus",
     "uses", "using", "a", "aed", "\u00f8us"]
)  # fmt: skip
TEXTS = st.lists(
    st.tuples(WRITTEN, st.sampled_from([" ", " ", "\n", "\u00a0", "\u2014", "-", "/", ", ", "."])),
    max_size=12,
).map(lambda words: "".join(word + gap for word, gap in words))
SURFACES = st.sampled_from(
    ["us", "oneill", "email", "fiscal", "die", "dying", "1000", "x", "cafe", "covid19", "19", "rd", "3.5", "fi", "a",
     "\u4e2d\u56fd", "\u0443\u0441", "oneills", "use"]
)  # fmt: skip
LANGUAGES = st.sampled_from(["en", "de", "nl", "ar", "xx", "ru"])


def found(marks: FieldMarks, text: str, language: str = "en") -> list[tuple[int, int]]:
    """Spans in a text, which are the same wherever it stands among others."""
    alone = marks.find([text], language)
    among = marks.find(["us", "", text, "x"], language)
    assert alone.get(0) == among.get(2)
    return alone.get(0, [])


def read_whole(text: str, asked: str, prefix: bool, language: str) -> set[tuple[int, int]]:
    return {
        (word.start, word.end)
        for word in TOKENIZER.occurrences(text)
        if (word.surface.startswith(asked) if prefix else word.surface == asked)
        or (not prefix and STEMMER.stem(word.surface, language) == STEMMER.stem(asked, language))
    }


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.lists(st.tuples(SURFACES, st.booleans()), min_size=1, max_size=3), LANGUAGES)
@example("He was dying of it.", [("die", False)], "en")
@example("aed", [("a", False)], "en")
def test_words_and_beginnings_are_marked_wherever_they_stand(
    text: str, asked: list[tuple[str, bool]], language: str
) -> None:
    marks = FieldMarks(STEMMER, TOKENIZER)
    expected: set[tuple[int, int]] = set()
    for surface, prefix in asked:
        marks.add((Element(surface, prefix),), 1)
        expected |= read_whole(text, surface, prefix, language)
    assert set(found(marks, text, language)) == expected


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["us", "emial", "fi"]), st.integers(1, 2))
def test_tests_are_tried_on_every_word(text: str, asked: str, most: int) -> None:
    marks = FieldMarks(STEMMER, TOKENIZER)
    marks.add_test(lambda surface: distance(asked, surface, most) <= most)
    expected = {
        (w.start, w.end) for w in TOKENIZER.occurrences(text) if distance(asked, w.surface, most) <= most
    }
    assert set(found(marks, text)) == expected


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Say us. The email came", []),
        ("the us e-mail", ["us e-mail"]),
        ("x us email, U.S. E\u2011mail us x email us emails", ["us email", "U.S. E\u2011mail", "us emails"]),
        ("\u4e2d\u56fd U.S. email", ["U.S. email"]),
    ],
)
def test_phrases_are_marked_whole(text: str, marked: list[str]) -> None:
    marks = FieldMarks(STEMMER, TOKENIZER)
    marks.add((Element("us"), Element("email")), 1)
    assert [text[start:end] for start, end in sorted(found(marks, text))] == marked


def test_a_text_without_spaces_is_read_once() -> None:
    marks = FieldMarks(STEMMER, TOKENIZER)
    marks.add((Element("us"),), 1)
    assert len(found(marks, "us/" * 20_000)) == 20_000
