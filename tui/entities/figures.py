"""Figures: the numbers, amounts, shares, measures, days and times of day that an article says, by rule.

Libraries were tried first, on an article of 414 words: quantulum3 0.10 took 60 ms and read `$3.2m` as metres,
dateparser's search took 141 ms, each after 100 ms of import; recognizers-text is on PyPI as an alpha version only
(its issue 2293). This takes half a millisecond.

`numerals`, `units` and `dates` read what begins at one place; here it is decided where to read, and what is no figure:
the numbers in names (`Boeing 737`, `Covid-19`, `World War Two`), addresses, telephone numbers, versions, scores
(`3-1`), dates that became names (`9/11`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from tui.article import TITLE, Article, Figure
from tui.entities.dates import DATE_STARTS, read_numbered, read_worded
from tui.entities.numerals import (
    DECIMAL_COMMA,
    NUMBER_STARTS,
    ONE,
    PARTS,
    VULGAR_SIGNS,
    Amount,
    Numeral,
    read_digits,
    read_round,
    read_words,
)
from tui.entities.readings import (
    IN_EVERY,
    Reading,
    dated_range,
    is_plain,
    is_range,
    share_of,
    shared_unit,
)
from tui.entities.surroundings import (
    has_capitals,
    is_named,
    is_telephone,
    is_within,
    past_number,
    sign_before,
    word_before,
    year_of,
)
from tui.entities.units import (
    CURRENCY_CODES,
    CURRENCY_SYMBOLS,
    INCH,
    Unit,
    are_metres,
    read_feet_marks,
    read_inches,
    read_unit,
    symbol_unit,
)

_DASHES = ("-", "–", "—")
_S = "[ \u00a0\u2009\u202f]"
_ADDRESS = r"(?:[Hh]ttps?://|www\.)\S*"
_SYMBOL = rf"([{CURRENCY_SYMBOLS}])(?={_S}?[0-9{VULGAR_SIGNS}])"
_CODE = rf"({CURRENCY_CODES})(?={_S}?[0-9{VULGAR_SIGNS}])"
_DIGITS_START = re.compile(rf"([0-9{VULGAR_SIGNS}])|{_SYMBOL}|\b(?:{_CODE}|{_ADDRESS})")
# Every branch begins with one letter or none, and looks back no further: this search is half of the time.
_ENGLISH_START = re.compile(
    rf"([0-9{VULGAR_SIGNS}])|{_SYMBOL}|\b(?:{_CODE}|{_ADDRESS}|(?:({DATE_STARTS})|({NUMBER_STARTS}))\b)"
)
_DIGIT, _SIGN, _LETTERS, _DATE, _NUMBER = range(1, 6)
"""The groups of both."""
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)")
_COMPOUND = re.compile(r"(?:[.,:/][0-9]|[-–][0-9]+[-–/.:][0-9]|[x×][0-9])")
_RANGE = re.compile(rf"(?:{_S}?[-–—]{_S}?|{_S}(?:to|and|or){_S})(?=[$£€0-9]|[A-Za-z]{{3}})")
_AGE = re.compile(rf"(?:-|{_S})(?:years?)(?:-|{_S})(?:olds?|of{_S}age)(?!\w)")
_AND_SMALLER = re.compile(rf"{_S}?(?:,{_S}|and{_S})?(?=[0-9a-z])")
_PARTS = re.compile(rf"(?:-|{_S})(third|quarter|fifth|tenth)s(?!\w)")
_PART = re.compile(
    rf"(?:[Aa]{_S}(third|quarter|fifth|tenth)(?={_S}of\b(?!{_S}an?\b)|{_S}the{_S}|[.,;)](?!\w))"
    rf"|([Hh]alf)(?={_S}of\b|{_S}the{_S}))"
)
_HALF_A = re.compile(rf"[Hh]alf{_S}an?(?={_S})")
_ONE_OF_WHAT = re.compile(
    rf"{_S}(?:person|death|fatality|case|injury|victim|survivor|passenger|vote|goal|seat|point|(?:year|month|week|hour|"
    r"minute|second)(?!\w))"
)
_WAYS = re.compile(r"-(?:off|sided?|way|time|tier|step|faced|piece|handed|dimensional|fold|year-olds?)(?!\w)")


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

    def scan(self, text: str, *, is_title: bool) -> Iterator[Reading]:
        """The figures of one text."""
        is_title = is_title and has_capitals(text)
        position = 0
        while (anchor := self._anchors.search(text, position)) is not None:
            position, found = self._at(text, anchor, is_title)
            yield from (read for read in found if read.known is None or read.known[1])

    def _at(self, text: str, anchor: re.Match[str], is_title: bool) -> tuple[int, list[Reading]]:
        """Where to go on, and what was read at one anchor."""
        start, kind = anchor.start(), anchor.lastindex
        if kind is None:
            return anchor.end(), []
        if is_within(text, start):
            return (past_number(text, start), []) if kind == _DIGIT else (anchor.end(), [])
        read = self._worded(text, start) if kind == _DATE else self._begun(text, anchor, is_title=is_title)
        if read is None:
            return (past_number(text, start) if kind == _DIGIT else anchor.end()), []
        return self._ranged(text, read)

    def _ranged(self, text: str, first: Reading) -> tuple[int, list[Reading]]:
        """The figure, and the other end of the range that it begins: `3-4 million`, `between 10 and 15 per cent`."""
        divider = _RANGE.match(text, first.end)
        if divider is None:
            return first.end, [first]
        words = divider.group().strip()
        dashed = words in _DASHES
        if (words == "and" and not text.endswith("etween ", 0, first.start)) or (first.known and not dashed):
            return first.end, [first]
        second = self._other_end(text, divider.end())
        if second is None:
            lone = dashed and first.known is None and first.unit is None and text[divider.end()].isdigit()
            return first.end, [] if lone else [first]
        if first.known or second.known:
            return second.end, dated_range(first, second, dashed=dashed)
        bare = first.unit is None and is_plain(first) and second.unit is None and is_plain(second)
        if dashed and bare and not is_range(first, second):
            return second.end, []
        return second.end, list(shared_unit(first, second, dashed=dashed))

    def _other_end(self, text: str, start: int) -> Reading | None:
        anchor = self._anchors.match(text, start)
        return None if anchor is None else self._begun(text, anchor, is_title=False)

    def _begun(self, text: str, anchor: re.Match[str], *, is_title: bool) -> Reading | None:
        """The number or amount of money that begins at an anchor."""
        kind = anchor.lastindex
        if kind == _DIGIT:
            return self._digits(text, anchor.start(), is_title)
        if kind in (_SIGN, _LETTERS):
            return self._money(text, anchor)
        return self._number_word(text, anchor.start(), is_title) if kind == _NUMBER else None

    def _money(self, text: str, anchor: re.Match[str]) -> Reading | None:
        digits = anchor.end() + text[anchor.end()].isspace()
        numeral = read_digits(text, digits, decimal_comma=self._comma, money=True)
        if numeral is None or text[numeral.end : numeral.end + 1].isalnum():
            return None
        start = anchor.start()
        sign = sign_before(text, start)
        if sign is not None:
            start, numeral = sign, numeral._replace(number=numeral.number.negative())
        return Reading(start, numeral.end, numeral, symbol_unit(anchor.group().strip()))

    def _digits(self, text: str, start: int, is_title: bool) -> Reading | None:
        """What begins with a digit; None where it is no figure."""
        before, capital = word_before(text, start)
        dated = read_numbered(text, start, before, self._today)
        if dated is not None:
            end, kind, value = dated
            return Reading(start, end, known=("time" if kind == "time" else "date", value))
        marked = read_feet_marks(text, start)
        if marked is not None:
            return Reading(start, marked[0], known=("quantity", marked[1] or ""))
        if is_telephone(text, start):
            return None
        numeral = read_digits(text, start, decimal_comma=self._comma, money=False)
        if numeral is None or numeral.digits is None:
            return None
        digits_end = start + len(numeral.digits)
        metres = text[digits_end : digits_end + 1] == "m" and numeral.end == digits_end + 1
        if metres and are_metres(text, numeral.end):
            numeral = numeral._replace(end=digits_end, scale=ONE)
        sign = sign_before(text, start)
        if sign is not None:
            numeral = numeral._replace(number=numeral.number.negative())
            start, before, capital = sign, "", False
        return self._counted(text, start, numeral, before, capital, is_title)

    def _counted(
        self, text: str, start: int, numeral: Numeral, before: str, capital: bool, is_title: bool
    ) -> Reading | None:
        """A number in digits with its unit; None where it is a part of a name."""
        end = numeral.end
        united = self._united(text, start, numeral, before)
        if united is not None:
            return united
        following = text[end : end + 1]
        ordinal = _ORDINAL.match(text, end)
        if ordinal is not None:
            return Reading(start, ordinal.end(), known=("number", f"#{numeral.number}"))
        if following.isalnum() or following in ("_", "$", "@", "\\") or _COMPOUND.match(text, end):
            return None
        year = None if numeral.number.numerator < 0 else year_of(text, start, numeral, before)
        named = is_named(before, capital)
        if (
            named
            and not (is_title and capital)
            and numeral.scale == ONE
            and "," not in (numeral.digits or "")
        ):
            return None
        if year is not None:
            return Reading(start, end, known=("date", year))
        if numeral.digits in tuple(VULGAR_SIGNS) and numeral.scale == ONE:
            part = numeral.number
            return Reading(start, end, known=("number", f"{part.numerator}/{part.denominator}"))
        return share_of(text, Reading(start, end, numeral))

    def _united(self, text: str, start: int, numeral: Numeral, before: str) -> Reading | None:
        """The number with the unit behind it, and a smaller unit behind that."""
        age = _AGE.match(text, numeral.end)
        if age is not None:
            return Reading(start, numeral.end, numeral)
        found = read_unit(text, numeral.end, digits=numeral.digits is not None, before=before)
        if found is None:
            return None
        end, unit = found
        if text[numeral.end] != "-" and text[end - 1] != "s" and year_of(text, start, numeral, before):
            return None  # "the 2018 day five"
        if not unit.coarse:
            return Reading(start, end, numeral, unit)
        inches = read_inches(text, end) if unit.base == "m" and numeral.digits is not None else None
        if inches is not None:
            total = numeral.number.times(unit.factor).plus(inches[1].times(INCH.factor))
            return Reading(start, inches[0], known=("quantity", f"{total} m"))
        divider = _AND_SMALLER.match(text, end)
        anchor = self._anchors.match(text, divider.end()) if divider else None
        if anchor is not None and anchor.lastindex in (_DIGIT, _NUMBER):
            smaller = self._smaller(text, anchor.start(), unit)
            if smaller is not None:
                total = numeral.number.times(numeral.scale).times(unit.factor).plus(smaller[1])
                return Reading(start, smaller[0], known=("quantity", f"{total} {unit.base}"))
        return Reading(start, end, numeral, unit)

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

    def _worded(self, text: str, start: int) -> Reading | None:
        """A date or time that begins with a word."""
        before, _ = word_before(text, start)
        dated = read_worded(text, start, before, self._today)
        if dated is None:
            return None
        end, kind, value = dated
        return Reading(start, end, known=("time" if kind == "time" else "date", value))

    def _number_word(self, text: str, start: int, is_title: bool) -> Reading | None:
        """A number that begins with a word; None for `one of them`, `World War Two`, `Six Nations`."""
        numeral = read_round(text, start) or read_words(text, start)
        if numeral is None:
            return _part(text, start)
        before, capital = word_before(text, start)
        sign = sign_before(text, start)
        if sign is not None:
            numeral = numeral._replace(number=numeral.number.negative())
            start, before, capital = sign, "", False
        elif text[start].isupper() and not is_title:
            after = text[numeral.end : numeral.end + 2]
            if (capital and is_named(before, capital)) or (
                before and after[1:].isupper() and after[:1] == " "
            ):
                return None
        united = self._united(text, start, numeral, before)
        if numeral.number == ONE and numeral.scale == ONE and text[start : numeral.end].lower() == "one":
            if IN_EVERY.match(text, numeral.end):
                shared = share_of(text, Reading(start, numeral.end, numeral))
                return shared if shared.known else None
            wanted = _ONE_OF_WHAT.match(text, numeral.end) or (
                united and united.unit and united.unit.base not in ("s", "°")
            )
            if not wanted or before in ("no", "this", "that", "which", "any", "every", "each"):
                return None
        if is_named(before, False) or (_WAYS.match(text, numeral.end) and not _AGE.match(text, numeral.end)):
            return None
        if united is not None:
            return united
        if before == "group" or (text.endswith(("roup of ", "the "), 0, start) and text[start].isupper()):
            return None
        parts = _PARTS.match(text, numeral.end)
        if parts is not None:
            return Reading(start, parts.end(), known=("number", f"{numeral.number}/{PARTS[parts[1]]}"))
        return share_of(text, Reading(start, numeral.end, numeral))


def _part(text: str, start: int) -> Reading | None:
    """`a third of`, `half the`, `half an hour`."""
    part = _PART.match(text, start)
    if part is not None and word_before(text, start)[0] not in ("first", "second", "other", "last", "latter"):
        return Reading(
            start, part.end(), known=("number", f"1/{PARTS[part.group(part.lastindex or 1).lower()]}")
        )
    half = _HALF_A.match(text, start)
    found = read_unit(text, half.end(), digits=False, before="") if half else None
    return Reading(start, found[0], Numeral(found[0], Amount(1, 2), ONE, None), found[1]) if found else None
