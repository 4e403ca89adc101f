"""Which surfaces go together: stems, by the language of the article.

Snowball's stemmers (PyStemmer) for the languages that they know, and for Arabic Larkey's light stemmer, which is made
for words folded as ours are. A word in an article whose language has none stands for itself; an article of unknown
language is taken for English.

Stems are taken of folded words, which have lost the accents that some stemmers look for in endings. Where an ending
tells that there was one (`-ção` of `eleicao`, `-ého` of `ceskeho`) it is put back first: of the pairs of words that
one Snowball stem joins with their accents, 60 % stay together in Czech without this and 96 % with it, 74 % and 89 %
in French, 74 % and 93 % in Polish, 67 % and 94 % in Hungarian (Snowball's own lists of words).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

DEFAULT_LANGUAGE = "en"

CHANGES_BEGINNINGS = frozenset("ar fa ga id nl sr st yi".split())
"""Languages in which words with different first letters can have one stem."""

_ALGORITHMS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Endings whose accents inflection needs, longest first where one ends in another. What is commoner without stays out.
_ENDINGS = {
    language: dict(pair.split(">") for pair in pairs.split())
    for language, pairs in {
        "cs": "ych>ých ymi>ými eho>ého emu>ému iho>ího ich>ích imi>ími ach>ách ym>ým im>ím um>ům",
        "es": "iamos>íamos irian>irían ian>ían ria>ría iran>irán aran>arán eran>erán ira>irá",
        "fr": "erent>èrent ees>ées ee>ée",
        "hu": "arol>áról erol>éről kent>ként tol>tól bol>ból rol>ról nal>nál nel>nél ert>ért jat>ját jet>jét",
        "lt": "emis>ėmis cius>čius cio>čio ciu>čių eje>ėje ese>ėse uju>ųjų",
        "pl": "acych>ących acego>ącego jacy>jący jace>jące jaca>jąca jac>jąc smy>śmy lem>łem lam>łam "
              "la>ła ly>ły lo>ło ja>ją ow>ów c>ć l>ł",
        "pt": "iamos>íamos aveis>áveis iveis>íveis coes>ções soes>sões avel>ável ivel>ível cao>ção sao>são rao>rão",
        "ro": "andu>ându and>ând sca>scă ra>ră za>ză",
    }.items()
}  # fmt: skip
_LONGEST_ENDING = 5

_REMEMBERED = 50_000
_VOWELS = frozenset("aeiouy")

_Stems = Callable[[Sequence[str]], list[str]]


class Stemmer:
    """Stems, remembered. Safe to share between threads: Snowball's stemmers keep state in themselves."""

    def __init__(self) -> None:
        self._stems: dict[tuple[str, str], str] = {}
        self._functions: dict[str, _Stems] = {}
        self._lock = threading.Lock()

    def stem(self, surface: str, language: str | None) -> str:
        """The stem of a folded word in an article of that language."""
        language = language or DEFAULT_LANGUAGE
        key = (language, surface)
        stem = self._stems.get(key)
        if stem is None:
            (stem,) = self.stems((surface,), language)
            if len(self._stems) >= _REMEMBERED:
                self._stems.clear()
            self._stems[key] = stem
        return stem

    def stems(self, surfaces: Sequence[str], language: str | None) -> list[str]:
        """The stems of many folded words, which it is quicker to ask for at once; they are not remembered."""
        language = language or DEFAULT_LANGUAGE
        with self._lock:
            function = self._functions.get(language)
            if function is None:
                function = self._functions[language] = _make(language)
            return function(surfaces)


def _make(language: str) -> _Stems:
    if language == "ar":
        return lambda surfaces: [_light_arabic(surface) for surface in surfaces]
    name = _ALGORITHMS.get(language)
    if name is None:
        return list
    from Stemmer import Stemmer as Snowball  # only what stems pays for loading it

    snowball = Snowball(name, 0)  # without its cache: ours remembers, and a batch asks for each word once
    endings = _ENDINGS.get(language)

    def stems(surfaces: Sequence[str]) -> list[str]:
        words = surfaces if endings is None else [_with_accents(surface, endings) for surface in surfaces]
        try:
            found: list[str] = snowball.stemWords(words)
        except UnicodeEncodeError:  # half of a surrogate pair in one of them
            if len(words) == 1:
                return list(surfaces)
            return [stems((surface,))[0] for surface in surfaces]
        return [
            stem if stem and len(surface) > 2 and not surface[0].isdigit() else surface
            for surface, stem in zip(surfaces, found, strict=True)
        ]

    return _english(stems) if language == "en" else stems


def _english(stems: _Stems) -> _Stems:
    def with_abbreviations(surfaces: Sequence[str]) -> list[str]:
        found = stems(surfaces)
        for place, stem in enumerate(found):
            # BBCs: Snowball leaves an s alone where no vowel goes before it.
            if stem[-1:] == "s" and len(stem) > 3 and _VOWELS.isdisjoint(stem) and not stem[0].isdigit():
                found[place] = stem[:-1]
        return found

    return with_abbreviations


def _with_accents(surface: str, endings: dict[str, str]) -> str:
    for size in range(min(_LONGEST_ENDING, len(surface) - 1), 0, -1):
        accented = endings.get(surface[-size:])
        if accented is not None:
            return surface[:-size] + accented
    return surface


# Larkey, Ballesteros & Connell 2002, "Improving stemming for Arabic information retrieval", light10; as there, in
# this order. Teh marbuta is folded to heh and alef maksura to yeh.
_ARABIC_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def _light_arabic(surface: str) -> str:
    """The word without `and`, the article and the commonest suffixes."""
    stem = surface
    for prefix in _ARABIC_ARTICLES:
        if stem.startswith(prefix) and len(stem) >= len(prefix) + 2:
            stem = stem[len(prefix) :]
            break
    else:
        if stem.startswith("و") and len(stem) >= 4:
            stem = stem[1:]
    for suffix in _ARABIC_SUFFIXES:
        if stem.endswith(suffix) and len(stem) >= len(suffix) + 2:
            stem = stem[: -len(suffix)]
    return stem
