"""Forms of text that are compared instead of the text: without case, accents, width or kinds of apostrophe.

One definition for all: the index folds words with it, the entities their names, the commands what a person types.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'\u2018\u2019\u201b\u02b9\u02bc\u02bb\u02bd\uff07\u2032\u00b4`"
"""Characters that people use as an apostrophe."""

# Accents go, but the breve of й and ў and the dots of ї make other letters, so they stay; ё is written е.
_MARKS = re.compile("(?<![\u0438\u0443])\u0306|(?<!\u0456)\u0308|[\u0300-\u0305\u0307\u0309-\u036f]")
# Letters that no decomposition takes apart, Arabic letters that are written one for another, vowel points.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
        "\u0640": None, "\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0671": "\u0627",
        "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647",
        **{chr(code): None for block in ((0x64B, 0x660), (0x591, 0x5BE), (0x610, 0x61B)) for code in range(*block)},
        "\u0670": None, "\u05bf": None, "\u05c1": None, "\u05c2": None, "\u05c4": None, "\u05c5": None,
    }
)  # fmt: skip
_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


def fold(text: str) -> str:
    """The text in the form that is compared: `fold("Čapek’s  ÉTUDE") == "capek's etude"`.

    Case, accents, compatibility forms (full width, ligatures) and the kind of apostrophe go; white space becomes
    single spaces. `fold(fold(text)) == fold(text)`.
    """
    if text.isascii():
        folded = text.lower().replace("`", "'")
    else:
        folded = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
        folded = unicodedata.normalize("NFKD", folded.casefold())
        folded = _MARKS.sub("", folded).translate(_LETTERS)
        folded = unicodedata.normalize("NFC", folded)
    return " ".join(folded.split())


def fold_word(text: str) -> str:
    """`fold` without any apostrophe: `Ukraine’s` and `Ukraines` give one form."""
    return fold(text).replace("'", "")
