"""What stands around a number and makes it a year, a part of a name, or no figure at all."""

from __future__ import annotations

import re

from tui.entities.numerals import NUMBER_WORDS, ONE, Numeral

_S = "[ \u00a0\u2009\u202f]"
_WITHIN = "/@#_=&?\\.,:+*~^"
"""Marks right before a number that make it a part of something longer."""
_REST = re.compile(r"[^\s;()\[\]\"“”—]*")
_TELEPHONE = re.compile(
    r"(?:(?<=\+)[0-9]+|0[0-9]{2,}|[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}|[0-9]{3}-[0-9]{4}(?![0-9]))[-0-9() ]{0,20}"
)
_SCORE = re.compile(rf"[0-9]{{1,3}}{_S}?[-–]{_S}?[0-9]{{1,3}}(?!\w)")
_LOWER_PLURAL = re.compile(
    rf"{_S}(?:[a-z]+{_S})?(?:people|troops|men|women|children|[a-z]{{3,}}[^\Ws]s)(?!\w)"
)
_PEOPLE = re.compile(rf"{_S}(?:people|troops|men|women|children|soldiers|jobs|homes|deaths|cases|euros)\b")
_AMOUNT_WORDS = frozenset(
    "about around some nearly almost over than least most only just approximately roughly under exceeding below above "
    "another all these those fewer up".split()
)
"""Words before numbers that are counts, not years."""
_YEAR_WORDS = frozenset("in since until till year circa".split())
"""Words before years of long ago."""
_NUMBERED = frozenset(
    "no. no number nos. page pages chapter verse version flight section article paragraph clause bus line grade "
    "level phase category type size channel gate platform route highway room unit step stage group lot model "
    "formula part post posts past".split()
)
"""Words whose numbers are names."""
_OPENERS = frozenset(
    "the a an about around some nearly almost over more less fewer than only at least just approximately roughly up "
    "to between from in on by since until after before and but or of with for when while if as that these those all "
    "both another his her its their our my your there he she it they we who which what is are was were had has have "
    "now then also not yes killing killed left next every each under below above within per said says".split()
)
"""Words with which a sentence begins that are no name for the number after them."""
_MONTH_OR_DAY = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?$"
)


def is_telephone(text: str, start: int) -> bool:
    """Whether a telephone number begins here."""
    return _TELEPHONE.match(text, start) is not None


def is_named(before: str, capital: bool) -> bool:
    """Whether the word before a number makes it a part of a name: `Boeing 737`, `page 12`.

    Args:
        before: the word, in lower case.
        capital: whether it has a capital that says so.
    """
    if before.endswith(("'s", "’s", "s'", "s’")):
        return False  # "the European Union's 27 states"
    return (capital and before not in _OPENERS) or before in _NUMBERED


def sign_before(text: str, start: int) -> int | None:
    """Where the minus before a number begins, as a sign or a word; None where it has none, or subtracts."""
    if text[start - 1 : start] in ("-", "−") and start:
        return None if text[max(0, start - 2) : start - 1].strip() else start - 1
    if not text.endswith(("minus ", "Minus ", "minus\u00a0"), max(0, start - 6), start):
        return None
    earlier = text[max(0, start - 24) : start - 6]
    if not earlier:
        return start - 6
    if not (earlier[-1].isspace() or earlier[-1] in "([“\"‘'"):
        return None
    word = earlier.split()[-1].lower() if earlier.strip() else ""
    # "ten minus 5", "plus or minus 5 per cent"
    return None if word[-1:].isdigit() or word in NUMBER_WORDS or word in ("or", "plus") else start - 6


def year_of(text: str, start: int, numeral: Numeral, before: str) -> str | None:
    """The year that a bare number is, where it is one."""
    digits = numeral.digits
    if (
        digits is None
        or len(digits) != 4
        or not digits.isdecimal()
        or numeral.scale != ONE
        or digits < "1000"
    ):
        return None
    if digits >= "2100" or text[start] == "-":
        return None
    counting = before in _AMOUNT_WORDS
    plural = _LOWER_PLURAL.match(text, numeral.end) is not None
    if digits < "1900":
        return None if counting or plural or before not in _YEAR_WORDS else digits
    if counting or (
        plural and (digits.endswith("00") or (before not in _YEAR_WORDS and _PEOPLE.match(text, numeral.end)))
    ):
        return None
    return digits


def word_before(text: str, start: int) -> tuple[str, bool]:
    """The word before a place, in lower case, and whether it has a capital; nothing where a mark stands between."""
    before = text[max(0, start - 24) : start]
    if not before or not before[-1].isspace():
        return ("mid", False) if before.endswith(("mid-", "Mid-")) else ("", False)
    words = before.split()
    if not words:
        return "", False
    word = words[-1].lstrip("(\"'“‘[")
    if not word or (word[-1] in ",;:.!?)”\"'" and word.lower() != "no."):
        return "", False
    return word.lower(), word[0].isupper() and not _MONTH_OR_DAY.match(word)


def is_within(text: str, start: int) -> bool:
    """Whether what begins here is the rest of something longer: `v2`, `F-16`, `/2021/`, `1.2.3`."""
    if not start:
        return False
    before = text[start - 1]
    if before.isalnum() or before in _WITHIN:
        return True
    if before in "-–" and start > 1:
        earlier = text[start - 2]
        return earlier.isalnum() and not text[max(0, start - 5) : start].lower().endswith(
            ("mid-", "pre-", "ost-")
        )
    return False


def has_capitals(title: str) -> bool:
    """Whether a headline begins most of its words with capitals, which then say nothing of names."""
    words = title.split()[1:]
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _past(text: str, start: int) -> int:
    """Behind what a number is a part of."""
    match = _REST.match(text, start)
    return max(start + 1, match.end() if match else start + 1)


def past_number(text: str, start: int) -> int:
    """Behind what begins with digits and is no figure: the telephone number, version or score."""
    telephone = _TELEPHONE.match(text, start)
    if telephone is not None:
        return telephone.end()
    score = _SCORE.match(text, start)
    return score.end() if score is not None else _past(text, start)
