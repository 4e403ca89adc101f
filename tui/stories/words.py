"""The words of a sentence as they are compared: folded, without apostrophes and thousands commas."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tui.folding import fold_word

# Unspaced scripts have no words to be seen: there a character is one.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
)
_WORD = re.compile(
    r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # U.S.
    r"|\d+(?:[.,]\d+)*"
    rf"|[{UNSPACED}]"
    rf"|(?:(?![{UNSPACED}])[^\W\d_])(?:(?![{UNSPACED}])[\w\u0300-\u036f])*(?:['’ʼ`´](?![{UNSPACED}])[^\W_]+)*"
    r"|[$€£¥₹%‰]"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Word(NamedTuple):
    """A word of a sentence."""

    text: str
    """As it is compared."""
    start: int
    """Code points from the sentence's beginning."""
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in order; numbers and signs of money and per cent are words, other marks are not."""
    return [
        Word(folded, match.start(), match.end())
        for match in _WORD.finditer(text)
        if (folded := _form(match.group()))
    ]


@lru_cache(maxsize=16_384)
def _form(word: str) -> str:
    if word[0].isdigit():
        return _THOUSANDS.sub("", word)
    folded = fold_word(word)
    return folded.replace(".", "") if "." in folded else folded
