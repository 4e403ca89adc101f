"""Which of the recognisers that ship reads a text: by its language where that is known, and by its letters.

What ships was made for English. Another language in Latin letters is read by `foreign`, which marks only what
something speaks for; in a text in other letters only what is surely a name is marked, the rest stays plain.
"""

from __future__ import annotations

from functools import cached_property

from tui.entities.foreign import ForeignRecogniser
from tui.entities.gazetteer import load_gazetteer
from tui.entities.mention import RawMention, Recogniser
from tui.entities.tokens import is_latin

_SAMPLE = 2_000
"""Characters whose letters decide the script."""
_WORTH = 3
"""Letters that a Chinese, Japanese or Korean character stands for."""
_ENGLISH = frozenset({None, "en"})
_SMALL_WORDS = frozenset("the and of to that with".split())
_FEW = 0.05
"""English has three times as many of them among its words."""


class ByLanguage:
    """A recogniser for English, and `foreign` for the rest. One serves all threads."""

    def __init__(self, english: Recogniser) -> None:
        self._english = english

    @cached_property
    def _foreign(self) -> ForeignRecogniser:
        return ForeignRecogniser(load_gazetteer())

    def recognise(self, text: str, language: str | None = None) -> list[RawMention]:
        """See `Recogniser.recognise`."""
        if not is_in_latin_letters(text):
            return self._foreign.recognise(text, language, latin=False)
        spoken = likely_language(text)
        if spoken is None and is_foreign_prose(text, language):
            spoken = language
        if spoken in _ENGLISH:
            return self._english.recognise(text, language)
        return self._foreign.recognise(text, spoken)


def is_in_latin_letters(text: str) -> bool:
    """Whether most of the letters are Latin; also where there are none."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return True
    latin = other = 0
    for character in sample:
        if character.isalpha():
            if is_latin(character):
                latin += 1
            else:
                other += _WORTH if character >= "\u2e80" else 1
    return latin >= other


def likely_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that the small words of a text are of; None where they are too few."""
    from tui.sources.language import language_of_small_words

    return language_of_small_words(text)


def is_foreign_prose(text: str, language: str | None) -> bool:
    """Whether a text may well be in the language that was detected, though its small words don't tell.

    Tables, lists and scores in English are taken for any language: so most words must begin small, and few be English.
    """
    if language in _ENGLISH:
        return False
    words = [word for word in text[:_SAMPLE].split() if word[0].isalpha()]
    small = sum(word.islower() for word in words)
    english = sum(word in _SMALL_WORDS for word in words)
    return small * 2 > len(words) and english < _FEW * len(words)
