"""Hostile sizes and shapes take time in proportion to their length.

The bounds are some ten times what they take on a busy machine: an algorithm that is not linear passes them by far.
"""

from __future__ import annotations

import time

import pytest

from tui.entities import default_recogniser
from tui.entities.tokens import TOKEN

_SENTENCE = "Mr Putin told Nato's envoy in Kyiv that the Ministry of Health and Dmitry Peskov were ready. "
_SECONDS_A_MEGABYTE = 60.0


_HOSTILE = {
    "one long paragraph": _SENTENCE * 2_200,
    "many short lines": (_SENTENCE + "\n") * 2_200,
    "a sentence of 200,000 words": "Anna met the " + "very " * 100_000 + "big Bob Smith " * 50_000,
    "capitals only": "PRESIDENT PUTIN MET NATO IN KYIV " * 6_000,
    "every word a capital": "President Putin Met Nato In Kyiv " * 6_000,
    "no capitals": "the president met them in the city " * 6_000,
    "a token without end": "A" * 200_000,
    "hyphens without end": "Ab-" * 60_000,
    "initials without end": "J." * 100_000,
    "apostrophes without end": "O'" * 100_000,
    "small words without end": "Bank " + "of the " * 30_000,
    "particles without end": "Anna " + "de la " * 30_000,
    "combining marks": "E\u0301" * 100_000,
    "commas": "Anna, " * 34_000,
    "quotes": '"Anna" ' * 28_000,
    "surnames, all different": " ".join(f"Anna Aa{'abcdefghij'[i % 10]}{i}" for i in range(14_000)),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_time_is_in_proportion_to_length(name: str) -> None:
    """About 200 kB of each, the long sentence a megabyte."""
    text = _HOSTILE[name]
    default_recogniser().recognise("Warm up in Paris.")
    begin = time.process_time()
    found = default_recogniser().recognise(text)
    seconds = time.process_time() - begin
    assert seconds < _SECONDS_A_MEGABYTE * max(len(text), 100_000) / 1_000_000, name
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


def test_a_name_of_3000_characters_is_no_name() -> None:
    """Neither as one word nor as many."""
    for name in ("A" + "b" * 3000, " ".join(["Abba"] * 600)):
        found = default_recogniser().recognise(f"We met Mr {name} in Paris.")
        assert all(mention.end - mention.start <= 200 for mention in found)


def test_tokens_cover_the_text_in_order() -> None:
    """No token is empty: scanning always moves on."""
    text = "J. R. R. Tolkien's “U.S.-led” A&B, Inc. e.g. 1,000 … _x_ \u0301"
    assert all(match.end() > match.start() for match in TOKEN.finditer(text))
