"""Text reduced to what is compared of it: folded words between spaces, a line a paragraph, as bytes.

Bytes because they are quick to look at all at once (`tui.stories.shingles`), and because most text is ASCII once its
quotation marks and dashes are: then folding it is one translation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.folding import APOSTROPHES, fold_word
from tui.stories.words import UNSPACED

_WORD_BYTES = b"0123456789abcdefghijklmnopqrstuvwxyz\n"
_TABLE = bytes(byte if byte in _WORD_BYTES or byte >= 0x80 else 0x20 for byte in bytes(range(256)).lower())
_DROPPED = b"'`"
# What news in English has beyond ASCII.
_USUAL = (
    ("\u2019", ""), ("\u2018", ""), ("\u201c", " "), ("\u201d", " "), ("\u2013", " "), ("\u2014", " "),
    ("\u00a0", " "), ("\u2026", " "), ("\u00a3", " "), ("\u2022", " "),
)  # fmt: skip
_APOSTROPHE = f"[{re.escape(APOSTROPHES)}]"
_SPACED = re.compile(rf"\n|[^\W_]+(?:{_APOSTROPHE}+[^\W_]+)*")
_MIXED = re.compile(
    rf"\n|[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W_])+(?:{_APOSTROPHE}+(?:(?![{UNSPACED}])[^\W_])+)*"
)
_HAS_UNSPACED = re.compile(f"[{UNSPACED}]")
_REMEMBERED = 1 << 15


def plain(text: str) -> bytes:
    """The text's words without case, accents and apostrophes, in UTF-8, between spaces; paragraphs between `\\n`.

    Of a script without spaces each character is a word.
    """
    if not text.isascii():
        for mark, instead in _USUAL:
            text = text.replace(mark, instead)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
            words = (_MIXED if _HAS_UNSPACED.search(text) else _SPACED).findall(text)
            return " ".join(map(folded, words)).encode()
    return text.encode("ascii").translate(_TABLE, _DROPPED)


@lru_cache(maxsize=_REMEMBERED)
def folded(word: str) -> str:
    """A word folded, without what folding it left of other marks."""
    return word if word == "\n" else "".join(letter for letter in fold_word(word) if letter.isalnum())
