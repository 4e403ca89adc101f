"""Hostile sizes and shapes: time in proportion to length, exact offsets, no crash.

Time is compared with that of a text of the same kind a quarter as long, in CPU time of this thread, the best of several
runs: an algorithm whose time grows with the square takes sixteen times as long, not four.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tui.article import Article
from tui.entities import default_recogniser, recognise_article
from tui.entities.mention import RawMention
from tui.entities.tokens import TOKEN

_SENTENCE = "Mr Putin told Nato's envoy in Kyiv that the Ministry of Health and Dmitry Peskov were ready. "
_LETTERS = "abcdefghij"

_HOSTILE: dict[str, Callable[[int], str]] = {
    "one long paragraph": lambda n: _SENTENCE * (n // 94),
    "many short lines": lambda n: (_SENTENCE + "\n") * (n // 95),
    "a sentence without end": lambda n: "Anna met the " + "very " * (n // 10) + "big Bob Smith " * (n // 28),
    "capitals only": lambda n: "PRESIDENT PUTIN MET NATO IN KYIV " * (n // 33),
    "every word a capital": lambda n: "President Putin Met Nato In Kyiv " * (n // 33),
    "no capitals": lambda n: "the president met them in the city " * (n // 35),
    "a token without end": lambda n: "A" * n,
    "hyphens without end": lambda n: "Ab-" * (n // 3),
    "initials without end": lambda n: "J." * (n // 2),
    "apostrophes without end": lambda n: "O'" * (n // 2),
    "small words without end": lambda n: "Bank " + "of the " * (n // 7),
    "particles without end": lambda n: "Anna " + "de la " * (n // 6),
    "combining marks": lambda n: "E\u0301" * (n // 2),
    "marks on one letter": lambda n: "Zoe" + "\u0308" * n,
    "commas": lambda n: "Anna, " * (n // 6),
    "quotes": lambda n: '"Anna" ' * (n // 7),
    "one name a line": lambda n: "Anna\n" * (n // 5),
    "empty lines": lambda n: "\n" * n,
    "spaces": lambda n: "Anna" + " " * n + "Smith",
    "surnames, all different": lambda n: " ".join(f"Anna Aa{_LETTERS[i % 10]}{i}" for i in range(n // 14)),
    "people, all different": lambda n: " ".join(f"Mr {_spelt(i)} said so." for i in range(n // 17)),
    "organisations, all different": lambda n: " ".join(f"the {_spelt(i)} Party met." for i in range(n // 20)),
    "initials, all different": lambda n: " ".join(f"the {_spelt(i).upper()}." for i in range(n // 10)),
    "one surname, many first names": lambda n: " ".join(f"{_spelt(i)} Smith said." for i in range(n // 18)),
    "directions": lambda n: "\u202eAnna Smith\u202c met \u2067Nato\u2069. " * (n // 26),
    "mojibake": lambda n: "PrÃ©sident MacronÂ â€œZoÃ«â€\x9d in ZÃ¼rich ï»¿\ufffd. " * (n // 44),
    "another script": lambda n: "Владимир Путин met Joe Biden в Москве. " * (n // 39),
    "scripts in turn": lambda n: "Apple公司和Nato在Kyiv。" * (n // 18),
    "another language": lambda n: (
        "Der Kanzler Olaf Scholz und die Bank AG sind auf dem Weg nach Rom. " * (n // 67)
    ),
    "another language, names alone": lambda n: "und der die das nicht mit " + "Olaf Scholz Rom " * (n // 16),
    "surrogates": lambda n: "Anna \ud800\udfff Smith " * (n // 15),
    "annotation": lambda n: "[[Anna|person]] \\u0041\x00\x1b[31m " * (n // 31),
}
_SHORT = 20_000
_SLACK = 2.5
"""A text four times as long may take ten times the time: a noisy machine, and what grows with the logarithm."""
_BEST_OF = 3
_TRIFLE_S = 0.02
"""What is done in so little time is nobody's worry, and not to be measured."""


def _spelt(number: int) -> str:
    """A different word for each number, of letters alone."""
    return "Q" + "".join(_LETTERS[int(digit)] for digit in f"{number:05}")


def _recognise(text: str) -> tuple[float, list[RawMention]]:
    """The CPU time in seconds, the best of several, and what was found."""
    best = float("inf")
    found: list[RawMention] = []
    for _ in range(_BEST_OF):
        begin = time.thread_time()
        found = default_recogniser().recognise(text)
        best = min(best, time.thread_time() - begin)
    return best, found


def check(text: str, found: list[RawMention]) -> None:
    """Mentions are what stands at their offsets, in order and apart, and none is longer than a name."""
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert len(mention.text) <= 200
        end = mention.end


@pytest.mark.parametrize("name", _HOSTILE)
def test_time_is_in_proportion_to_length(name: str) -> None:
    """What is four times as long takes about four times the time, whatever it is made of."""
    short, long = (_HOSTILE[name](size) for size in (_SHORT, 4 * _SHORT))
    default_recogniser().recognise("Warm up in Paris.")
    for last in (False, False, True):
        little, _ = _recognise(short)
        much, found = _recognise(long)
        if much < max(_TRIFLE_S, 4 * _SLACK * little):
            break
        assert not last, f"{name}: {little:.3f} s, four times as long {much:.3f} s"
    check(long, found)


def test_a_sentence_of_200000_words_and_an_article_of_5_megabytes() -> None:
    """Both on one line, as one paragraph."""
    sentence = "Anna Smith met the " + "very " * 100_000 + "big Bob Jones " * 33_333
    article = _SENTENCE * 2_000 + "and it rained on the city that day, and went on raining. " * 84_000
    assert len(sentence.split()) > 199_000 and len(article) > 4_900_000
    for text in (sentence, article):
        found = default_recogniser().recognise(text)
        check(text, found)
        assert found


def test_a_hostile_article_keeps_its_names_where_they_stand() -> None:
    """Through paragraphs and keys too, all kinds at once."""
    paragraphs = tuple(make(2_000).replace("\n", " ") for make in _HOSTILE.values())
    article = Article("THE TITLE OF Anna Smith", paragraphs)
    for mention in recognise_article(article, default_recogniser()):
        assert article.text_of(mention.paragraph)[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("language", ["en", "de", "ru", None])
def test_a_name_of_3000_characters_is_no_name(language: str | None) -> None:
    """Neither as one word nor as many, nor behind a first name or a title."""
    names = (
        "A" + "b" * 3000,
        " ".join(["Abba"] * 600),
        "Anna " + "Ab-" * 1000 + "Ab",
        "J." * 1500,
        "É\u0301" * 1500,
    )
    for name in names:
        for text in (f"We met Mr {name} in Paris.", f"Herr {name} und die nicht mit der das in Paris.", name):
            check(text, default_recogniser().recognise(text, language))


def test_tokens_cover_the_text_in_order() -> None:
    """No token is empty: scanning always moves on."""
    text = "J. R. R. Tolkien's “U.S.-led” A&B, Inc. e.g. 1,000 … _x_ \u0301"
    assert all(match.end() > match.start() for match in TOKEN.finditer(text))
