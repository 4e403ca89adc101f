"""Which surfaces go together: stems, by the language of the article.

Whoosh's own stemmers, one for each language that it has one for. A word in an article whose language has none, or
is not known to have one, stands for itself; an article of unknown language is taken for English.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from whoosh.lang import NoStemmer, stemmer_for_language

DEFAULT_LANGUAGE = "en"
_ALIASES = {"nb": "no", "nn": "no"}
_VOWELS = frozenset("aeiouy")


class Stemmer:
    """Stems, remembered. Safe to share between threads: some of Whoosh's stemmers keep state in themselves."""

    def __init__(self) -> None:
        self._stems: dict[tuple[str, str], str] = {}
        self._functions: dict[str, Callable[[str], str]] = {}
        self._lock = threading.Lock()

    def stem(self, surface: str, language: str | None) -> str:
        """The stem of a folded word in an article of that language."""
        language = language or DEFAULT_LANGUAGE
        key = (language, surface)
        stem = self._stems.get(key)
        if stem is None:
            with self._lock:
                stem = self._function(language)(surface)
                if len(self._stems) > 500_000:
                    self._stems.clear()
                self._stems[key] = stem
        return stem

    def _function(self, language: str) -> Callable[[str], str]:
        function = self._functions.get(language)
        if function is None:
            function = self._functions[language] = _make(language)
        return function


def _make(language: str) -> Callable[[str], str]:
    try:
        stem: Callable[[str], str] = stemmer_for_language(_ALIASES.get(language, language))
    except NoStemmer:
        return _itself

    def careful(surface: str) -> str:
        if len(surface) < 3 or surface[0].isdigit():
            return surface
        try:
            stemmed = stem(surface) or surface
        except (IndexError, KeyError, ValueError, AttributeError):
            return surface  # a foreign script can lead a Snowball stemmer past the word's end
        if language == "en" and len(stemmed) > 3 and stemmed[-1] == "s" and not _VOWELS.intersection(stemmed):
            return stemmed[:-1]  # BBCs: Snowball leaves an s alone where no vowel goes before it
        return stemmed

    return careful


def _itself(surface: str) -> str:
    return surface
