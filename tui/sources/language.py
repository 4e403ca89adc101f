"""Which language a text is in.

The words that a language can't do without (the, and, with; der, und, nicht) tell the common ones apart in a
few microseconds: an article has dozens of them. What they leave open goes to py3langid, whose model takes
most of a second and a hundred megabytes to load, and so is not loaded for a corpus that doesn't need it.
"""

from __future__ import annotations

import re

SAMPLE = 1_500
"""Characters that are looked at: enough for certainty in an article."""

SHORTEST = 40
"""Letters; less says too little. Chinese, Japanese and Korean say as much in a quarter of that."""

# Words that are frequent in one language and rare in the others, its neighbours above all: no "el" (Catalan
# has it too), no "om" (Dutch, Swedish), no "и" (Bulgarian).
_COMMON_WORDS = {
    "en": "the and that with said has have were been from this which they would their who will",
    "de": "der und das nicht mit sich auf für eine auch ist dem werden wurde bei nach einer oder wird einen",
    "fr": "dans pour est sur avec sont été cette aux ont mais leur une qui pas ces selon",
    "es": "los las y fue más también está sus hay muy desde según hasta",
    "it": "che è della sono nel alla gli più anche dei delle dal degli questo nella",
    "pt": "não uma em são pela pelo também até já muito isso num",
    "nl": "een niet voor zijn wordt heeft deze naar bij meer ook werd",
    "sv": "och att är inte ett från också när",
    "pl": "się że jest przez oraz są także dla który które",
    "tr": "ve için ile olarak çok daha kadar ise değil göre",
    "ru": "что это из его было были также чтобы который уже ещё они она только после",
    "uk": "що це від його та або вже які який після щоб",
    "ar": "في من على إلى أن التي عن مع هذا الذي كان هذه بعد قد كما وقال",
}
_LANGUAGE_OF = {word: language for language, words in _COMMON_WORDS.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that most of the text is in; None where too little tells it."""
    sample = text[:SAMPLE]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    eastern = _eastern(sample, letters)
    if eastern:
        return eastern if letters * 4 >= SHORTEST else None
    if letters < SHORTEST or letters * 3 < len(sample):
        return None
    return _by_common_words(words) or _by_statistics(sample)


def language_of_small_words(text: str) -> str | None:
    """The language that words like "the" and "und" tell, without loading a model; None where they are too few."""
    return _by_common_words(_WORD.findall(text[:SAMPLE].lower()))


def _eastern(sample: str, letters: int) -> str | None:
    """Chinese, Japanese or Korean, which their scripts alone tell."""
    if sample.isascii():
        return None
    ideographs, kana, hangul = (len(script.findall(sample)) for script in (_IDEOGRAPH, _KANA, _HANGUL))
    if (ideographs + kana + hangul) * 2 < letters or not letters:
        return None
    if hangul > ideographs + kana:
        return "ko"
    return "ja" if kana * 10 > ideographs else "zh"


def _by_common_words(words: list[str]) -> str | None:
    counts = dict.fromkeys(_COMMON_WORDS, 0)
    for word in words:
        language = _LANGUAGE_OF.get(word)
        if language:
            counts[language] += 1
    (best, most), (_, second) = sorted(counts.items(), key=lambda count: count[1], reverse=True)[:2]
    if most < 4 or most < 0.04 * len(words) or most < 4 * second:
        return None
    # Czech has a "ve" too, and a name may be a common word elsewhere: several different ones are needed.
    return best if len(set(words).intersection(_COMMON_WORDS[best].split())) >= 3 else None


def _by_statistics(sample: str) -> str:
    from py3langid import rank

    # It also knows languages whose codes have three letters, and sees Nigerian Pidgin in odd English.
    ranking: list[tuple[str, float]] = rank(sample)
    return next(language for language, _ in ranking if len(language) == 2)
