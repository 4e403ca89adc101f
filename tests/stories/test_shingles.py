"""Three words that follow each other, as numbers."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.stories.shingles import shingles


def of(text: str) -> list[int]:
    """The shingles of one text."""
    return shingles([text]).of(0).tolist()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("\n\n", 0),
        ("— … ***", 0),
        ("one", 1),
        ("one two", 1),
        ("one two three", 1),
        ("one two three four", 2),
        ("one two three\nfour five", 2),
        ("one\ntwo\nthree", 3),
        ("one two three\n\n\none two three", 1),
    ],
)
def test_how_many(text: str, count: int) -> None:
    """None reaches over the end of a paragraph; a short paragraph is one."""
    assert len(of(text)) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ukraine's army said on Sunday", "UKRAINES ARMY SAID ON SUNDAY"),
        ("Ukraine’s army said, on Sunday", "Ukraine's army — said on Sunday!"),
        ("Čapek wrote a café novel", "Capek wrote a cafe novel"),
        ("cafe\u0301 in the old town", "café in the old town"),
        ("ｆｕｌｌ ｗｉｄｔｈ letters here", "full width letters here"),
    ],
)
def test_words_are_folded(one: str, other: str) -> None:
    """Case, accents, marks and apostrophes don't count."""
    assert of(one) == of(other)


def test_order_counts() -> None:
    """The same words in another order are other shingles."""
    assert not set(of("one two three four")) & set(of("four three two one"))


def test_scripts_without_spaces() -> None:
    """Each character is a word, beside words of other scripts."""
    assert len(of("東京は日本の首都です")) == 8
    assert len(of("NHKは東京にある")) == 5
    assert len(of("กรุงเทพ")) > 2


def test_texts_are_kept_apart() -> None:
    """No shingle reaches from one text into the next, whatever is between them."""
    texts = ["one two three four", "", "five six", "one two three four", "—"]
    together = shingles(texts)
    assert [together.of(at).tolist() for at in range(len(texts))] == [of(text) for text in texts]


def test_no_texts() -> None:
    """Nothing comes of nothing."""
    assert shingles([]).numbers.tolist() == []


def test_texts_longer_than_one_look() -> None:
    """They are looked at a paragraph after the other, whatever is before and after."""
    paragraphs = [f"Paragraph {number} of {number % 97} says {number * 7} things." for number in range(9_000)]
    texts = ["", "\n".join(paragraphs), "one two three", "word " * 100_000, "\n".join(paragraphs[::-1])]
    found = shingles(texts)
    expected = {one for text in paragraphs for one in of(text)}
    assert set(found.of(1).tolist()) == set(found.of(4).tolist()) == expected
    assert found.of(2).tolist() == of("one two three")
    assert found.sizes().tolist()[:3] == [0, len(expected), 1]


def test_the_same_in_every_process() -> None:
    """They are kept: a change of these numbers needs another version of signatures."""
    assert of("one two three") == [10842179430679016830]


@given(st.lists(st.text("ab c'’é\t,東京", max_size=30), max_size=8), st.integers(0, 99))
def test_shuffled_paragraphs_have_the_same(paragraphs: list[str], seed: int) -> None:
    """Whatever was done to their order."""
    shuffled = Random(seed).sample(paragraphs, len(paragraphs))
    assert of("\n".join(paragraphs)) == of("\n".join(shuffled))


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text(texts: list[str]) -> None:
    """Nothing that is in a text is too odd."""
    found = shingles(texts)
    assert found.offsets.shape == (len(texts) + 1,)
    assert np.all(np.diff(found.offsets.astype(np.int64)) >= 0)
    assert int(found.offsets[-1]) == len(found.numbers)
