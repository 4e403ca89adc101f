"""Numerals: `14,000`, `14 000`, `fourteen thousand`, `1.4 million`, `two and a half` as exact numbers.

Amounts are fractions of two whole numbers, so that nothing is lost on the way to a value; `fractions` and `decimal`
would cost a worker process six milliseconds before its first article.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.entities.patterns import capitalised, one_of


class Amount(NamedTuple):
    """An exact number, `numerator / denominator`; not reduced."""

    numerator: int
    denominator: int = 1

    def times(self, other: Amount) -> Amount:
        """The product."""
        return Amount(self.numerator * other.numerator, self.denominator * other.denominator)

    def plus(self, other: Amount) -> Amount:
        """The sum."""
        return Amount(
            self.numerator * other.denominator + other.numerator * self.denominator,
            self.denominator * other.denominator,
        )

    def negative(self) -> Amount:
        """The same below zero."""
        return Amount(-self.numerator, self.denominator)

    def below(self, other: Amount) -> bool:
        """Whether it is less than the other."""
        return self.numerator * other.denominator < other.numerator * self.denominator

    def __str__(self) -> str:
        """In decimals without separators or needless zeros, at most six after the point: `14000`, `0.5`."""
        whole, rest = divmod(
            (abs(self.numerator) * 2_000_000 + self.denominator) // (2 * self.denominator), 10**6
        )
        sign = "-" if self.numerator < 0 and (whole or rest) else ""
        return f"{sign}{whole}" + (f".{rest:06}".rstrip("0") if rest else "")


ONE = Amount(1)


class Numeral(NamedTuple):
    """A number in a text."""

    end: int
    number: Amount
    """As its digits or words say, without `million` and the like."""
    scale: Amount
    """What it counts: 1, or a million."""
    digits: str | None
    """As it is written, where it is written in digits."""


DECIMAL_COMMA = frozenset(
    "bg cs da de el es et fi fr hr hu id it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk".split()
)
"""Languages (ISO 639-1) that write 1.234,5 where English writes 1,234.5."""

_SPACE = "[ \u00a0\u2009\u202f]"
_GROUPED_BY_SPACE = rf"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?![0-9])"
_INDIAN = r"[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}(?![0-9]|,[0-9])"
"""Lakhs and crores: 5,00,00,000."""
_POINT = re.compile(
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|{_INDIAN}|{_GROUPED_BY_SPACE}|[0-9]{{1,15}})(?:\.[0-9]{{1,9}})?"
)
_COMMA = re.compile(rf"(?:[0-9]{{1,3}}(?:\.[0-9]{{3}})+|{_GROUPED_BY_SPACE}|[0-9]{{1,15}})(?:,[0-9]{{1,9}})?")
_LONGEST = 24
"""Characters of a number in digits: more are no number that a reader takes in."""

_UNITS = {
    word: value for value, word in enumerate("one two three four five six seven eight nine".split(), start=1)
} | {"zero": 0}
_TEENS = {
    word: value
    for value, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "crore": 10**7,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
NUMBER_WORDS = frozenset({*_UNITS, *_TEENS, *_TENS})
"""Words that a number may begin with."""
ROUND_WORDS = frozenset({"hundred", "dozen", *_SCALES})
"""Words that a number begins with after `a` or `half a`."""

_SCALE_FORMS = {
    **_SCALES,
    "hundred": 100,
    "dozen": 12,
    "lakhs": 10**5,
    "crores": 10**7,
    **dict.fromkeys(("m", "mn", "mln", "mio", "Mio", "Millionen", "milhões", "millones", "milioni"), 10**6),
    **dict.fromkeys(("bn", "Mrd", "mrd", "milliards", "Milliarden", "miliardi", "miljard"), 10**9),
    **dict.fromkeys(("tn", "trn"), 10**12),
    **dict.fromkeys(("k", "K"), 10**3),
}
_ATTACHED = frozenset({"m", "k", "K"})
"""Scales that stand right behind the digits only: `3 m` are metres."""
_SCALE = re.compile(rf"({_SPACE}|-)?({one_of(_SCALE_FORMS)})(?![\w])")
_CAPITAL_SCALE = re.compile(rf"({_SPACE}|-)?(M|MM|B|T)(?!\w)")
_CAPITAL_SCALES = {"M": 10**6, "MM": 10**6, "B": 10**9, "T": 10**12}
_AND_A_HALF = re.compile(rf"(?:{_SPACE}and{_SPACE}a{_SPACE}|-and-a-)(half|quarter)(?!\w)")
_VULGAR = {"½": Amount(1, 2), "¼": Amount(1, 4), "¾": Amount(3, 4), "⅓": Amount(1, 3), "⅔": Amount(2, 3)}
VULGAR_SIGNS = "".join(_VULGAR)
"""Signs that are a fraction, alone or behind digits."""
_VULGAR_BEHIND = re.compile(rf"{_SPACE}?([{VULGAR_SIGNS}])")
_NEXT_WORD = re.compile(rf"({_SPACE}and{_SPACE}|{_SPACE}|-)?([A-Za-z]{{3,9}})(?!\w)")
_ROUND = re.compile(
    rf"(?:([Aa]){_SPACE}|([Hh]alf){_SPACE}(?:an?{_SPACE})?)({one_of(sorted(ROUND_WORDS))})(?!\w)"
)
_PART_OF_ROUND = re.compile(
    rf"(?:([Aa]|[A-Za-z]{{3,5}})(?:{_SPACE}|-)(third|quarter|fifth|tenth)s?|[Hh]alf)"
    rf"{_SPACE}of{_SPACE}an?{_SPACE}({one_of(sorted(ROUND_WORDS))})(?!\w)"
)
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
"""How many of each part make a whole."""
NUMBER_STARTS = one_of([*capitalised(sorted(NUMBER_WORDS)), *"A a Half half".split()])
"""An expression for every word that `read_words` and `read_round` begin at."""


def read_digits(text: str, start: int, *, decimal_comma: bool, money: bool) -> Numeral | None:
    """The number whose digits begin at `start`, with `million` or what else it counts.

    Args:
        text: any text.
        start: where a digit or a sign of `VULGAR_SIGNS` stands.
        decimal_comma: whether a comma divides whole from parts, and points divide thousands.
        money: whether it stands behind a currency, where `B`, `M` and a `m` apart are scales.
    """
    if text[start] in _VULGAR:
        end, scale = _scale(text, start + 1, money=money)
        return Numeral(end, _VULGAR[text[start]], scale, text[start])
    match = (_COMMA if decimal_comma else _POINT).match(text, start)
    if match is None or match.end() - start > _LONGEST:
        return None
    digits = match.group()
    end = match.end()
    number = _amount(digits, decimal_comma)
    vulgar = _VULGAR_BEHIND.match(text, end)
    if vulgar is not None:
        number = number.plus(_VULGAR[vulgar[1]])
        end = vulgar.end()
    half = _AND_A_HALF.match(text, end)
    if half is not None:
        number = number.plus(Amount(1, 2 if half[1] == "half" else 4))
        end = half.end()
    end, scale = _scale(text, end, money=money)
    return Numeral(end, number, scale, digits)


def _amount(digits: str, decimal_comma: bool) -> Amount:
    point, separator = (",", ".") if decimal_comma else (".", ",")
    whole, _, parts = digits.partition(point)
    whole = "".join(whole.replace(separator, "").split())
    return Amount(int(whole + parts), 10 ** len(parts))


def _scale(text: str, end: int, *, money: bool) -> tuple[int, Amount]:
    match = _SCALE.match(text, end)
    if match is not None and (match[2] not in _ATTACHED or money or not match[1]):
        return match.end(), Amount(_SCALE_FORMS[match[2]])
    capital = _CAPITAL_SCALE.match(text, end) if money else None
    if capital is not None:
        return capital.end(), Amount(_CAPITAL_SCALES[capital[2]])
    return end, ONE


def read_round(text: str, start: int) -> Numeral | None:
    """`a dozen`, `a hundred and twenty`, `half a million`, `three quarters of a million` at `start`."""
    part = _PART_OF_ROUND.match(text, start)
    if part is not None:
        count = _UNITS.get(part[1].lower(), 1 if part[1] in "Aa" else 0) if part[1] else 1
        whole = count * _SCALE_FORMS[part[3]]
        return Numeral(part.end(), Amount(whole, PARTS[part[2] or "half"]), ONE, None) if count else None
    match = _ROUND.match(text, start)
    if match is None:
        return None
    word = match[3]
    if match[1] and word != "dozen":
        return _words(text, match.start(3), 1)
    size = Amount(_SCALE_FORMS[word], 2 if match[2] else 1)
    return Numeral(match.end(), size, ONE, None)


def read_words(text: str, start: int) -> Numeral | None:
    """The number whose words begin at `start`: `fourteen thousand`, `twenty-one`, `two and a half million`."""
    return _words(text, start, None)


def _words(text: str, start: int, group: int | None) -> Numeral | None:
    """A number in words; `group` is what stands before the first of them: 1 behind `a`, else None."""
    total, end, position = 0, start, start
    last = "unit" if group else "start"
    largest = 10**15
    while True:
        match = _NEXT_WORD.match(text, position)
        if match is None:
            break
        divider, word = match[1] or "", match[2].lower()
        if (divider == "") != (position == start):
            break
        after_round = last in ("hundred", "scale")
        if "and" in divider and not after_round:
            break
        if word in _UNITS and (last == "start" or after_round or last == "tens"):
            group = (group or 0) + _UNITS[word]
            last = "unit"
        elif word in _TEENS and (last == "start" or after_round):
            group = (group or 0) + _TEENS[word]
            last = "teen"
        elif word in _TENS and (last == "start" or after_round):
            group = (group or 0) + _TENS[word]
            last = "tens"
        elif word == "hundred" and group is not None and 0 < group < 100 and last in ("unit", "teen", "tens"):
            group *= 100
            last = "hundred"
        elif word == "dozen" and group is not None and total == 0 and last in ("unit", "teen", "tens"):
            return Numeral(match.end(), Amount(group * 12), ONE, None)
        elif (
            word in _SCALES
            and group is not None
            and _SCALES[word] < largest
            and last not in ("start", "scale")
        ):
            largest = _SCALES[word]
            total += group * largest
            group = None
            last = "scale"
        else:
            break
        end = position = match.end()
    if end == start:
        return None
    number = Amount(total + (group or 0))
    half = _AND_A_HALF.match(text, end)
    if half is not None and total == 0:
        number = number.plus(Amount(1, 2 if half[1] == "half" else 4))
        end, scale = _scale(text, half.end(), money=False)
        return Numeral(end, number, scale, None)
    return Numeral(end, number, ONE, None)
