"""Figures: the numbers, amounts, shares, measures, days and times of day that an article says, by rule.

A library would have to find them in half a millisecond an article without loading anything: quantulum3 (inflect,
num2words, its own tables) and dateparser's search take tens of milliseconds, recognizers-text has been at rest for
years. `numerals`, `units` and `dates` read what begins at one place; here it is decided where to read, and what is no
figure: the numbers in names (`Boeing 737`, `Covid-19`, `World War Two`), addresses, telephone numbers, versions,
scores (`3-1`), fractions of a calendar (`9/11`, `24/7`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tui.article import TITLE, Article, Figure, FigureKind
from tui.entities.dates import DATE_STARTS, read_numbered, read_worded
from tui.entities.numerals import (
    DECIMAL_COMMA,
    NUMBER_STARTS,
    ONE,
    Amount,
    Numeral,
    read_digits,
    read_round,
    read_words,
)
from tui.entities.units import CURRENCY_SYMBOLS, INCH, Unit, are_metres, read_inches, read_unit, symbol_unit

_DASHES = ("-", "–", "—")
_DAY_OF = re.compile(r"(?:[0-9]{4}|-)-[0-9]{2}-[0-9]{2}$")
_S = "[ \u00a0\u2009\u202f]"
_ADDRESS = r"(?:[Hh]ttps?://|www\.)\S*"
_MONEY = rf"(?<![\w$£€])({CURRENCY_SYMBOLS}){_S}?(?=[0-9])"
_DIGITS_START = re.compile(rf"{_ADDRESS}|{_MONEY}|([0-9])")
_ENGLISH_START = re.compile(
    rf"{_ADDRESS}|{_MONEY}|([0-9])|(?<!\w)(?:({DATE_STARTS})|({NUMBER_STARTS}))(?!\w)"
)
_WITHIN = "/@#_=&?\\.,:+*~^"
"""Marks right before a number that make it a part of something longer."""
_REST = re.compile(r"[^\s;()\[\]\"“”—]*")
_TELEPHONE = re.compile(
    r"(?:(?<=\+)[0-9]+|0[0-9]{2,}|[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}|[0-9]{3}-[0-9]{4}(?![0-9]))[-0-9() ]{0,20}"
)
_SCORE = re.compile(rf"[0-9]{{1,3}}{_S}?[-–]{_S}?[0-9]{{1,3}}(?!\w)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)")
_COMPOUND = re.compile(r"(?:[.:/][0-9]|[-–][0-9]+[-–/.:][0-9]|[x×][0-9])")
_RANGE = re.compile(rf"(?:{_S}?[-–—]{_S}?|{_S}(?:to|and|or){_S})(?=[$£€0-9]|[A-Za-z]{{3}})")
_AGE = re.compile(rf"(?:-|{_S})(?:years?)(?:-|{_S})(?:olds?|of{_S}age)(?!\w)")
_AND_SMALLER = re.compile(rf"{_S}?(?:,{_S}|and{_S})?(?=[0-9a-z])")
_IN_EVERY = re.compile(rf"{_S}(?:in|out{_S}of){_S}(?:every{_S})?(?=[0-9]|[a-z])")
_PARTS = re.compile(rf"(?:-|{_S})(third|quarter|fifth|tenth)s(?!\w)")
_PARTS_OF = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_ONE_OF_WHAT = re.compile(
    rf"{_S}(?:person|death|fatality|case|injury|victim|survivor|passenger|vote|goal|seat|point|(?:year|month|week|hour|"
    r"minute|second)(?!\w))"
)
_WAYS = re.compile(r"-(?:off|sided?|way|time|tier|step|faced|piece|handed|dimensional|fold|year-olds?)(?!\w)")
_LOWER_PLURAL = re.compile(
    rf"{_S}(?:[a-z]+{_S})?(?:people|troops|men|women|children|[a-z]{{3,}}[^\Ws]s)(?!\w)"
)

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
    "formula part post posts".split()
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


@dataclass(frozen=True, slots=True)
class _Read:
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


def find_figures(article: Article) -> tuple[Figure, ...]:
    """The figures of title and paragraphs in reading order, not overlapping; time is linear in the text's length.

    A span holds the figure with its unit or currency, but neither `about`, `more than` nor the other end of a range,
    which is a figure of its own (`10-15%` says 10 % and 15 %). `value` by kind:

    - `number`: decimals without separators: `14000` for "14,000", "14 000" and "fourteen thousand"; `1/5` for "one in
      five", `2/3` for "two-thirds"; `#93` for "93rd": ordinals agree with ordinals alone. Ages are numbers.
    - `money`: ISO 4217 and the amount: `USD 3200000`; `$` is the US dollar's, `p` the British penny.
    - `percentage`: `12 %`, `2 points` (percentage points, also out of basis points).
    - `quantity`: amount and base unit: `300000 m`, `1.7526 m` (5ft 9in), `1.5 °C`, `10000 kg`, `144.84096 km/h`,
      `172800 s` (two days), `18 month` (a year and a half); the bases are `units`' table.
    - `date`, `time`: see `dates`. Where the article has a date, "Thursday", "last year" and "Dec. 16" are reckoned
      from it; else they say what they do: `weekday 4`, nothing, `--12-16`.

    Words are read as English, unless the article is known to be in another language; then digits alone are.
    """
    today = article.date or (article.published.date() if article.published else None)
    comma = article.language in DECIMAL_COMMA
    anchors = _ENGLISH_START if article.language in (None, "en") else _DIGITS_START
    scanner = _Scanner(anchors, today, decimal_comma=comma)
    return tuple(
        Figure(number, found.start, found.end, text[found.start : found.end], *found.said())
        for number in range(TITLE, len(article.paragraphs))
        for text in [article.text_of(number)]
        for found in scanner.scan(text, is_title=number == TITLE)
    )


class _Scanner:
    """Goes through texts from left to right; every step consumes what it has read."""

    def __init__(self, anchors: re.Pattern[str], today: datetime.date | None, *, decimal_comma: bool) -> None:
        self._anchors = anchors
        self._today = today
        self._comma = decimal_comma

    def scan(self, text: str, *, is_title: bool) -> Iterator[_Read]:
        """The figures of one text."""
        is_title = is_title and _has_capitals(text)
        position = 0
        while (anchor := self._anchors.search(text, position)) is not None:
            position, found = self._at(text, anchor, is_title)
            yield from found

    def _at(self, text: str, anchor: re.Match[str], is_title: bool) -> tuple[int, list[_Read]]:
        """Where to go on, and what was read at one anchor."""
        start = anchor.start()
        read = None
        if anchor[1]:
            read = self._money(text, anchor)
        elif anchor[2]:
            if _is_within(text, start):
                return _past_number(text, start), []
            read = self._digits(text, start, is_title)
            if read is None:
                return _past_number(text, start), []
        elif anchor.lastindex is not None and not _is_within(text, start):
            read = (
                self._worded(text, start)
                if anchor.lastindex == 3
                else self._number_word(text, start, is_title)
            )
        if read is None:
            return anchor.end(), []
        return self._ranged(text, read)

    def _ranged(self, text: str, first: _Read) -> tuple[int, list[_Read]]:
        """The figure, and the other end of the range that it begins: `3-4 million`, `between 10 and 15 per cent`."""
        divider = _RANGE.match(text, first.end)
        if divider is None:
            return first.end, [first]
        words = divider.group().strip()
        dashed = words in _DASHES
        if (words == "and" and not text[: first.start].endswith("etween ")) or (first.known and not dashed):
            return first.end, [first]
        second = self._other_end(text, divider.end())
        if second is None:
            lone = dashed and first.known is None and first.unit is None and text[divider.end()].isdigit()
            return first.end, [] if lone else [first]
        if first.known or second.known:
            return second.end, _dated_range(first, second, dashed=dashed)
        bare = first.unit is None and _is_plain(first) and second.unit is None and _is_plain(second)
        if dashed and bare and not _is_range(first, second):
            return second.end, []
        return second.end, list(_shared_unit(first, second, dashed=dashed))

    def _other_end(self, text: str, start: int) -> _Read | None:
        anchor = self._anchors.match(text, start)
        if anchor is None:
            return None
        if anchor[1]:
            return self._money(text, anchor)
        if anchor[2]:
            return self._digits(text, anchor.start(), is_title=False)
        if anchor.lastindex == 4:
            return self._number_word(text, anchor.start(), is_title=False)
        return None

    def _money(self, text: str, anchor: re.Match[str]) -> _Read | None:
        numeral = read_digits(text, anchor.end(), decimal_comma=self._comma, money=True)
        if numeral is None or text[numeral.end : numeral.end + 1].isalnum():
            return None
        start = anchor.start()
        if text[start - 1 : start] in ("-", "−") and not text[max(0, start - 2) : start - 1].strip():
            start -= 1
            numeral = numeral._replace(number=Amount(-numeral.number.numerator, numeral.number.denominator))
        return _Read(start, numeral.end, numeral, symbol_unit(anchor[1]))

    def _digits(self, text: str, start: int, is_title: bool) -> _Read | None:
        """What begins with a digit; None where it is no figure."""
        before, capital = _word_before(text, start)
        dated = read_numbered(text, start, before, self._today)
        if dated is not None:
            end, kind, value = dated
            return _Read(start, end, known=("time" if kind == "time" else "date", value))
        if _TELEPHONE.match(text, start):
            return None
        numeral = read_digits(text, start, decimal_comma=self._comma, money=False)
        if numeral is None or numeral.digits is None:
            return None
        digits_end = start + len(numeral.digits)
        metres = text[digits_end : digits_end + 1] == "m" and numeral.end == digits_end + 1
        if metres and are_metres(text, numeral.end):
            numeral = numeral._replace(end=digits_end, scale=ONE)
        negative = text[start - 1 : start] in ("-", "−") and not text[max(0, start - 2) : start - 1].strip()
        if negative and start:
            numeral = numeral._replace(number=Amount(-numeral.number.numerator, numeral.number.denominator))
        return self._counted(
            text, start - 1 if negative and start else start, numeral, before, capital, is_title
        )

    def _counted(
        self, text: str, start: int, numeral: Numeral, before: str, capital: bool, is_title: bool
    ) -> _Read | None:
        """A number in digits with its unit; None where it is a part of a name."""
        end = numeral.end
        united = self._united(text, start, numeral, before)
        if united is not None:
            return united
        following = text[end : end + 1]
        ordinal = _ORDINAL.match(text, end)
        if ordinal is not None:
            return _Read(start, ordinal.end(), known=("number", f"#{numeral.number}"))
        if following.isalnum() or following in ("_", "$", "@", "\\") or _COMPOUND.match(text, end):
            return None
        year = _year(text, start, numeral, before)
        named = (capital and before not in _OPENERS) or before in _NUMBERED
        if (
            named
            and not (is_title and capital)
            and numeral.scale == ONE
            and "," not in (numeral.digits or "")
        ):
            return None
        if year is not None:
            return _Read(start, end, known=("date", year))
        return _share(text, _Read(start, end, numeral))

    def _united(self, text: str, start: int, numeral: Numeral, before: str) -> _Read | None:
        """The number with the unit behind it, and a smaller unit behind that."""
        age = _AGE.match(text, numeral.end)
        if age is not None:
            return _Read(start, numeral.end, numeral)
        found = read_unit(text, numeral.end, digits=numeral.digits is not None, before=before)
        if found is None:
            return None
        end, unit = found
        if text[numeral.end] != "-" and text[end - 1] != "s" and _year(text, start, numeral, before):
            return None  # "the 2018 day five"
        if not unit.coarse:
            return _Read(start, end, numeral, unit)
        inches = read_inches(text, end) if unit.base == "m" and numeral.digits is not None else None
        if inches is not None:
            total = numeral.number.times(unit.factor).plus(inches[1].times(INCH.factor))
            return _Read(start, inches[0], known=("quantity", f"{total} m"))
        divider = _AND_SMALLER.match(text, end)
        anchor = self._anchors.match(text, divider.end()) if divider else None
        if anchor is not None and (anchor[2] or anchor.lastindex == 4):
            smaller = self._smaller(text, anchor.start(), unit)
            if smaller is not None:
                total = numeral.number.times(numeral.scale).times(unit.factor).plus(smaller[1])
                return _Read(start, smaller[0], known=("quantity", f"{total} {unit.base}"))
        return _Read(start, end, numeral, unit)

    def _smaller(self, text: str, start: int, unit: Unit) -> tuple[int, Amount] | None:
        numeral = (
            read_digits(text, start, decimal_comma=self._comma, money=False)
            if text[start].isdigit()
            else read_words(text, start)
        )
        found = numeral and read_unit(text, numeral.end, digits=numeral.digits is not None, before="")
        if not numeral or not found or found[1].base != unit.base or not found[1].factor.below(unit.factor):
            return None
        return found[0], numeral.number.times(numeral.scale).times(found[1].factor)

    def _worded(self, text: str, start: int) -> _Read | None:
        """A date or time that begins with a word."""
        before, _ = _word_before(text, start)
        dated = read_worded(text, start, before, self._today)
        if dated is None:
            return None
        end, kind, value = dated
        return _Read(start, end, known=("time" if kind == "time" else "date", value))

    def _number_word(self, text: str, start: int, is_title: bool) -> _Read | None:
        """A number that begins with a word; None for `one of them`, `World War Two`, `Six Nations`."""
        numeral = read_round(text, start) or read_words(text, start)
        if numeral is None:
            return None
        before, capital = _word_before(text, start)
        if text[start].isupper() and not is_title:
            after = text[numeral.end : numeral.end + 2]
            if (capital and before not in _OPENERS) or (before and after[1:].isupper() and after[:1] == " "):
                return None
        united = self._united(text, start, numeral, before)
        if numeral.number == ONE and numeral.scale == ONE and text[start : numeral.end].lower() == "one":
            if _IN_EVERY.match(text, numeral.end):
                shared = _share(text, _Read(start, numeral.end, numeral))
                return shared if shared.known else None
            wanted = _ONE_OF_WHAT.match(text, numeral.end) or (
                united and united.unit and united.unit.base not in ("s", "°")
            )
            if not wanted or before in ("no", "this", "that", "which", "any", "every", "each"):
                return None
        if before in _NUMBERED or (_WAYS.match(text, numeral.end) and not _AGE.match(text, numeral.end)):
            return None
        if united is not None:
            return united
        if before == "group" or (text[:start].endswith(("roup of ", "the ")) and text[start].isupper()):
            return None
        parts = _PARTS.match(text, numeral.end)
        if parts is not None:
            return _Read(start, parts.end(), known=("number", f"{numeral.number}/{_PARTS_OF[parts[1]]}"))
        return _share(text, _Read(start, numeral.end, numeral))


def _is_plain(read: _Read) -> bool:
    return read.numeral is not None and read.numeral.scale == ONE


def _shared_unit(first: _Read, second: _Read, *, dashed: bool) -> tuple[_Read, _Read]:
    """Both ends of a range, with what one has and the other leaves out: `3-4 million`, `$3-4`, `10 to 15%`."""
    assert first.numeral is not None and second.numeral is not None
    rising = first.numeral.number.below(second.numeral.number)
    if rising and _is_plain(first) and not _is_plain(second) and (first.unit is None or dashed):
        first = replace(first, numeral=first.numeral._replace(scale=second.numeral.scale))
    if rising and first.unit is None and second.unit is not None:
        first = replace(first, unit=second.unit)
    elif first.unit is not None and first.unit.kind == "money" and second.unit is None and dashed:
        second = replace(second, unit=first.unit)
    return first, second


def _dated_range(first: _Read, second: _Read, *, dashed: bool) -> list[_Read]:
    """Both ends of `7-9 December`, `December 7-9`, `2014-2019`; of what is no range of days the end that is known."""
    known = second.known or first.known
    bare = first if second.known else second
    if first.known and second.known:
        return [first, second]
    assert known is not None
    if bare.unit is None and _is_plain(bare) and _DAY_OF.match(known[1]) and Amount(0).below(bare.amount):
        day = str(bare.amount)
        if day.isdecimal() and int(day) <= 31:
            dated = replace(bare, known=("date", f"{known[1][:-2]}{int(day):02}"))
            return [dated, second] if second.known else [first, dated]
    if dashed:
        return [second] if second.known else [first]
    return [first, second]


def _share(text: str, read: _Read) -> _Read:
    """`one in five`, `nine out of ten` as one figure."""
    divider = _IN_EVERY.match(text, read.end)
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
    return _Read(read.start, whole.end, known=("number", f"{share}/{of}"))


def _is_range(first: _Read, second: _Read) -> bool:
    """Whether two bare numbers with a dash between them are a range rather than a score: `10-15`, not `3-1`."""
    assert first.numeral is not None and second.numeral is not None
    return first.numeral.number.below(second.numeral.number) and Amount(9).below(first.numeral.number)


def _year(text: str, start: int, numeral: Numeral, before: str) -> str | None:
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
        plural and (digits.endswith("00") or (before not in _YEAR_WORDS and _people(text, numeral.end)))
    ):
        return None
    return digits


def _people(text: str, end: int) -> bool:
    return (
        re.match(
            rf"{_S}(?:people|troops|men|women|children|soldiers|jobs|homes|deaths|cases|euros)\b",
            text[end : end + 12],
        )
        is not None
    )


def _word_before(text: str, start: int) -> tuple[str, bool]:
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


def _is_within(text: str, start: int) -> bool:
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


def _has_capitals(title: str) -> bool:
    """Whether a headline begins most of its words with capitals, which then say nothing of names."""
    words = title.split()[1:]
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _past(text: str, start: int) -> int:
    """Behind what a number is a part of."""
    match = _REST.match(text, start)
    return max(start + 1, match.end() if match else start + 1)


def _past_number(text: str, start: int) -> int:
    """Behind what begins with digits and is no figure: the telephone number, version or score."""
    telephone = _TELEPHONE.match(text, start)
    if telephone is not None:
        return telephone.end()
    score = _SCORE.match(text, start)
    return score.end() if score is not None else _past(text, start)
