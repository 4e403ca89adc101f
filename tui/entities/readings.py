"""What was read at one place of a text, and what ranges and shares make of two such readings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tui.article import FigureKind
from tui.entities.dates import same_month
from tui.entities.numerals import ONE, Amount, Numeral, read_digits, read_words
from tui.entities.units import Unit, read_unit

_S = "[ \u00a0\u2009\u202f]"
_DAY_OF = re.compile(r"(?:[0-9]{4}|-)-[0-9]{2}-[0-9]{2}$")
IN_EVERY = re.compile(rf"(?:{_S}(?:in|out{_S}of){_S}(?:every{_S})?|-in-|-out-of-)(?=[0-9]|[a-z])")
"""What stands between the two numbers of a share: `one in five`, `a two-in-three chance`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read at one place, before it has a value."""

    start: int
    end: int
    numeral: Numeral | None = None
    unit: Unit | None = None
    known: tuple[FigureKind, str] | None = None
    """Kind and value, where they are known already."""

    @property
    def amount(self) -> Amount:
        """The number with what it counts."""
        assert self.numeral is not None
        return self.numeral.number.times(self.numeral.scale)

    def said(self) -> tuple[FigureKind, str]:
        """Kind and value."""
        if self.known is not None:
            return self.known
        if self.unit is None:
            return "number", str(self.amount)
        return self.unit.kind, self.unit.value(self.amount)


def is_plain(read: Reading) -> bool:
    """Whether it is a number without `million` or the like."""
    return read.numeral is not None and read.numeral.scale == ONE


def shared_unit(first: Reading, second: Reading, *, dashed: bool) -> tuple[Reading, Reading]:
    """Both ends of a range, with what one has and the other leaves out: `3-4 million`, `$3-4`, `£1 to £2m`."""
    assert first.numeral is not None and second.numeral is not None
    rising = first.numeral.number.below(second.numeral.number)
    shares = first.unit is None or dashed or (first.unit.kind == "money" and first.unit == second.unit)
    if rising and is_plain(first) and not is_plain(second) and shares:
        first = replace(first, numeral=first.numeral._replace(scale=second.numeral.scale))
    if rising and first.unit is None and second.unit is not None:
        first = replace(first, unit=second.unit)
    elif first.unit is not None and first.unit.kind == "money" and second.unit is None and dashed:
        second = replace(second, unit=first.unit)
    return first, second


def dated_range(first: Reading, second: Reading, *, dashed: bool) -> list[Reading]:
    """Both ends of `7-9 December`, `December 7-9`, `2014-2019`; of what is no range of days the end that is known."""
    known = second.known or first.known
    bare = first if second.known else second
    if first.known and second.known:
        return [first, second]
    assert known is not None
    if bare.unit is None and is_plain(bare) and _DAY_OF.match(known[1]) and Amount(0).below(bare.amount):
        day = str(bare.amount)
        if day.isdecimal() and int(day) <= 31 and same_month(known[1], int(day)):
            dated = replace(bare, known=("date", same_month(known[1], int(day))))
            return [dated, second] if second.known else [first, dated]
    digits = (bare.numeral and bare.numeral.digits) or ""
    if dashed and first.known and len(digits) == 2 and is_plain(bare) and bare.unit is None:
        year = first.known[1]  # "1990-95"
        if first.end - first.start == len(year) == 4 and year.isdecimal() and year[2:] < digits:
            return [first, replace(bare, known=("date", year[:2] + digits))]
    if dashed:
        return [second] if second.known else [first]
    return [first, second]


def is_range(first: Reading, second: Reading) -> bool:
    """Whether two bare numbers with a dash between them are a range rather than a score: `10-15`, not `3-1`."""
    assert first.numeral is not None and second.numeral is not None
    return first.numeral.number.below(second.numeral.number) and Amount(9).below(first.numeral.number)


def share_of(text: str, read: Reading) -> Reading:
    """`one in five`, `nine out of ten` as one figure."""
    divider = IN_EVERY.match(text, read.end)
    if divider is None or read.numeral is None:
        return read
    start = divider.end()
    if text[start].isdigit():
        whole = read_digits(text, start, decimal_comma=False, money=False)
    else:
        whole = read_words(text, start)
    if whole is None or whole.number.denominator != 1 or read.numeral.number.denominator != 1:
        return read
    share, of = read.numeral.number.numerator, whole.number.numerator
    # "two in 2014", "three in six months"
    if not share < of <= 1000 or share > 99 or read_unit(text, whole.end, digits=True, before=""):
        return read
    if text[whole.end : whole.end + 1].isalnum() or (
        text[whole.end : whole.end + 1] in "-.,:/" and text[whole.end + 1 : whole.end + 2].isdigit()
    ):
        return read
    return Reading(read.start, whole.end, known=("number", f"{share}/{of}"))
