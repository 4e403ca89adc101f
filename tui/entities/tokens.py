"""A line of text as tokens, with what rules ask of them.

Only what a name can be made of matters, so tokens are coarse: words with their inner apostrophes and hyphens,
abbreviations with their dots, single marks of punctuation.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

_LETTER = r"[^\W\d_]"
_WORD = r"[\w\u0300-\u036f]"
_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Fr|Sr|Jr|St|Ste|Mt|Ft|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl|Pvt|"
    "Hon|Pres|Supt|Det|Insp|Inc|Corp|Ltd|Bros|Co|Messrs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|vs|"
    "Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|"
    "Va|Vt|Wash|Wis|Wyo"
)
# No alternative can match the same text in two ways, so that scanning is linear whatever comes.
TOKEN = re.compile(
    rf"(?<!\w)(?:{_LETTER}\.)+(?:{_LETTER}(?!{_WORD}))?"
    rf"|(?<!\w)(?:{_ABBREVIATIONS})\."
    rf"|{_WORD}+(?:['’&‑-]{_WORD}+)*"
    r"|[^\w\s]"
)


class Shape(IntEnum):
    """What a token looks like."""

    LOWER = 0
    """A word without a leading capital, or of another script than Latin."""
    CAPITAL = 1
    """A word that begins like a name: `Putin`, `McDonald`, `iPhone`, `al-Assad`."""
    SHOUT = 2
    """Capitals only, two or more: `NATO`, `U.S.`, `AT&T`."""
    INITIAL = 3
    """`J.`, `J.R.` (also the shape of short dotted acronyms), a lone capital."""
    NUMBER = 4
    MARK = 5
    """Punctuation."""


NAME_SHAPES = frozenset({Shape.CAPITAL, Shape.SHOUT, Shape.INITIAL})
_NAME_PREFIXES = frozenset({"al", "el", "ad", "an", "as", "at", "ar", "ash", "bin", "d", "l", "de", "e", "i"})


_LONGEST_CACHED = 40


def shape_of(word: str) -> Shape:
    """The shape of one token."""
    # Hostile text is made of words that are long and all different: those would fill the cache with megabytes.
    return _cached_shape(word) if len(word) <= _LONGEST_CACHED else _shape(word)


def _shape(word: str) -> Shape:
    first = word[0]
    if not first.isalnum():
        return Shape.MARK if not _has_letter(word) else Shape.LOWER
    if first.isdigit():
        return Shape.NUMBER
    if not is_latin(first) or word.islower():
        return Shape.LOWER
    if first.isupper():
        letters = word.replace(".", "")
        if len(letters) == 1:
            return Shape.INITIAL
        if letters.isupper():
            return Shape.SHOUT
        return Shape.CAPITAL
    prefix, divider, rest = word.partition("-")
    if not divider:
        prefix, divider, rest = word.replace("’", "'").partition("'")
    if divider:
        return Shape.CAPITAL if prefix in _NAME_PREFIXES and rest[:1].isupper() else Shape.LOWER
    # iPhone, eBay; but not `mRNA` (a term) nor `kWh`.
    return Shape.CAPITAL if len(word) > 3 and word[1:2].isupper() and word[2:].islower() else Shape.LOWER


_cached_shape = lru_cache(maxsize=32768)(_shape)


def _has_letter(word: str) -> bool:
    return any(character.isalnum() for character in word)


def is_latin(character: str) -> bool:
    """Whether a letter is of the Latin script."""
    return character < "\u0250" or "\u1e00" <= character <= "\u1eff" or "\uff21" <= character <= "\uff5a"
