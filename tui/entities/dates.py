"""Days, months, years and times of day in a text, as ISO 8601 says them; what is not known is left out.

`2021-12-16`, `2021-12`, `2021`, without a year `--12-16` and `--12`; decades and centuries as in ISO 8601-2: `199X`,
`18XX`; seasons of sport and the like `2019/2020`; weeks `2021-W49`; a day of the week that no date decides is
`weekday 4` (Monday is 1); times `17:00`, with the zone where one is given `09:00 GMT`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from tui.entities.patterns import capitalised, one_of

_MONTHS = {
    name: number
    for number, names in enumerate(
        "January Jan Jan.|February Feb Feb.|March Mar Mar.|April Apr Apr.|May|June Jun Jun.|July Jul Jul.|"
        "August Aug Aug.|September Sept Sept. Sep Sep.|October Oct Oct.|November Nov Nov.|December Dec Dec.".split(
            "|"
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, name in enumerate("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(), start=1)
}
_SHORT_WEEKDAYS = {name[:3]: number for name, number in _WEEKDAYS.items()} | {
    "Tues": 2,
    "Thurs": 4,
    "Thur": 4,
}
_RELATIVE_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_AMBIGUOUS_MONTHS = frozenset({"March", "April", "May", "June", "August"})
"""Months that are verbs or people's names too: without a day or a year they need a word before them."""
_STEPS = {"last": -1, "this": 0, "next": 1}
_CENTURIES = ("sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first")

DATE_STARTS = one_of(
    [
        *(*_MONTHS, *_WEEKDAYS, *_SHORT_WEEKDAYS),
        *capitalised([*_RELATIVE_DAYS, *_STEPS, "noon", "midnight", *_CENTURIES]),
    ]
)
"""An expression for every word that a date or time may begin with."""

_S = "[ \u00a0\u2009\u202f]"
_MONTH = one_of(_MONTHS)
_DAY = r"(0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"((?:1[0-9]|20)[0-9]{2})(?![0-9]|[.,][0-9])"
_WEEKDAY = one_of([*_WEEKDAYS, *_SHORT_WEEKDAYS])

_MONTH_FIRST = re.compile(
    rf"({_MONTH}){_S}{_DAY}(?:st|nd|rd|th)?(?![\w%]|[.,:/][0-9])(?:,?{_S}{_YEAR})?(?!{_S}?(?:%|per{_S}cent))"
)
_MONTH_YEAR = re.compile(rf"({_MONTH}),?{_S}(?:of{_S})?{_YEAR}(?!\w)")
_MONTH_ALONE = re.compile(rf"({_MONTH})(?!\w)")
_DAY_FIRST = re.compile(
    rf"{_DAY}(?:st|nd|rd|th)?(?:{_S}of)?(?:{_S}|-)({_MONTH})(?!\w)(?:(?:,?{_S}|-)(?:of{_S})?{_YEAR}(?!\w))?"
)
_WEEKDAY_BEFORE = re.compile(rf"({_WEEKDAY})\.?,?{_S}(?:the{_S})?(?=[A-Z0-9])")
_WEEKDAY_ALONE = re.compile(rf"({one_of(_WEEKDAYS)})(?:['’]?s)?(?!\w)")
_ISO = re.compile(
    r"((?:1[89]|20)[0-9]{2})([-/.])(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?![\w]|[-/.][0-9])"
)
_NUMERIC = re.compile(
    r"(0?[1-9]|[12][0-9]|3[01])([/.])(0?[1-9]|[12][0-9]|3[01])\2((?:19|20)[0-9]{2})(?![\w]|[-/.][0-9])"
)
_DECADE = re.compile(r"((?:1[5-9]|20)[0-9])0['’]?s(?!\w)")
_SHORT_DECADE = re.compile(r"([2-9])0s(?!\w)")
_SEASON = re.compile(r"((?:19|20)[0-9]{2})[-–/]([0-9]{2})(?![\w]|[-–/.,][0-9])")
_CENTURY = re.compile(rf"([0-9]{{1,2}})(?:st|nd|rd|th)(?:{_S}|-)[Cc]entury(?!\w)")
_CENTURY_WORD = re.compile(rf"({one_of(capitalised(_CENTURIES))})(?:{_S}|-)century(?!\w)")
_STEP = re.compile(
    rf"([Ll]ast|[Tt]his|[Nn]ext){_S}(?:(week|month|year)|({one_of(_WEEKDAYS)})|({_MONTH}))(?!\w)"
)
_RELATIVE = re.compile(rf"({one_of(capitalised(_RELATIVE_DAYS))})(?!\w)")
_FUTURE = (
    r"will|won['’]t|shall|would|set to|plan(?:s|ned|ning)?|next|expect(?:s|ed)|scheduled|slated|to be|must|upcoming|"
    rf"going to|hop(?:es|ing) to|intends?|ahead of|before|(?:is|are|has|have|had) to|"
    rf"due(?!{_S}to{_S}(?:the|an?|his|her|its|their)\b)"
)
_TENSE = re.compile(rf"\b(?:({_FUTURE})|was|were|had|has|have|since|began|did)\b")
"""What says when a date is, group 1 that it is to come; `was due` does, `will take what was agreed` does not."""
_FUTURE_BEHIND = re.compile(
    rf",?{_S}(?:(?!(?:said|says|told|that|was|were|had)\b)[\w'’]{{1,20}}{_S}){{0,5}}"
    rf"(?:will|shall|(?:is|are){_S}(?:to|due|set|expected|scheduled|planned)|plans{_S}to)\b"
)
_ON_FROM_THEN = re.compile(rf"{_S}(?:on|onwards?)\b(?!{_S}(?:the|an?|[0-9]))")
_SENTENCE_MARK = re.compile(r"[.!?]\s")

_ZONE = rf"(?:{_S}?(GMT|UTC|BST|CET|CEST|EET|EST|EDT|ET|CST|CDT|PST|PDT|PT|IST|AEST|AEDT|JST|MSK)(?!\w))?"
_CLOCK = re.compile(
    rf"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?(?![0-9]|[:.][0-9])(?:{_S}?([apAP])\.?[mM]\b\.?)?{_ZONE}"
)
_CLOCK_POINT = re.compile(rf"([01]?[0-9]|2[0-3])\.([0-5][0-9]){_S}?([apAP])(?:\.[mM]\.|[mM](?!\w)){_ZONE}")
_HOUR = re.compile(rf"(1[0-2]|0?[1-9]){_S}?(?:([apAP])(?:\.[mM]\.?|[mM])|o['’]?clock)(?!\w){_ZONE}")
_MILITARY = re.compile(rf"([01][0-9]|2[0-3])([0-5][0-9])(?:{_S}(GMT|UTC|BST)|{_S}?(?:hours|hrs))(?!\w)")
_TWELVE = re.compile(r"([Nn]oon|[Mm]idnight)(?!\w)")

Reading = tuple[int, str, str]
"""Where it ends, `date` or `time`, the value; no value where the calendar has no such day."""


def read_numbered(text: str, start: int, before: str, today: datetime.date | None) -> Reading | None:
    """The date or time that begins with the digits at `start`.

    Args:
        text: any text.
        start: where a digit stands.
        before: the word before it, in lower case.
        today: the day of publication, where it is known.
    """
    return _clock(text, start) or _numbered_day(text, start, today) or _span_of_years(text, start, before)


def _clock(text: str, start: int) -> Reading | None:
    match = _CLOCK.match(text, start) or _CLOCK_POINT.match(text, start)
    if match is not None:
        return match.end(), "time", _time(int(match[1]), match[2], match[3], match[4])
    match = _HOUR.match(text, start)
    if match is not None:
        return match.end(), "time", _time(int(match[1]), "00", match[2], match[3])
    match = _MILITARY.match(text, start)
    if match is not None:
        return match.end(), "time", _time(int(match[1]), match[2], None, match[3])
    return None


def _time(hour: int, minute: str, half: str | None, zone: str | None) -> str:
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if half in "pP" else 0)
    return f"{hour:02}:{minute}" + (f" {zone}" if zone else "")


def _numbered_day(text: str, start: int, today: datetime.date | None) -> Reading | None:
    match = _DAY_FIRST.match(text, start)
    if match is not None:
        if not _may_exist(match[3], _MONTHS[match[2]], int(match[1])):
            return match.end(1), "date", ""  # the month is read next
        end = match.end(2) if match[3] is None else match.end()
        return (
            end,
            "date",
            _day(
                match[3],
                _MONTHS[match[2]],
                int(match[1]),
                today,
                announced=_is_announced(text, start, match.end()),
            ),
        )
    match = _ISO.match(text, start)
    if match is not None and _exists(int(match[1]), int(match[3]), int(match[4])):
        return match.end(), "date", f"{match[1]}-{match[3]}-{match[4]}"
    match = _NUMERIC.match(text, start)
    if match is None:
        return None
    # 05/06/2021 is one day in London and another in New York: where both can be meant, nothing is said.
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "/" and day <= 12 and month <= 12 and day != month:
        return match.end(), "date", f"{year}"
    if month > 12:
        day, month = month, day
    if not _exists(year, month, day):
        return None
    return match.end(), "date", f"{year}-{month:02}-{day:02}"


def _span_of_years(text: str, start: int, before: str) -> Reading | None:
    match = _DECADE.match(text, start)
    if match is not None:
        return match.end(), "date", f"{match[1]}X"
    match = _SHORT_DECADE.match(text, start)
    if match is not None and (before in ("the", "late", "early", "mid") or text[start - 1 : start] in "'’-"):
        # "in her late 60s" is an age, "the late 60s" a time.
        if before == "the" or text.endswith(("the ", "The "), 0, start - 1) or before[-4:] == "the-":
            return match.end(), "date", f"19{match[1]}X"
        return None
    match = _SEASON.match(text, start)
    if match is not None and int(match[2]) == (int(match[1]) + 1) % 100:
        return match.end(), "date", f"{match[1]}/{int(match[1]) + 1}"
    match = _CENTURY.match(text, start)
    if match is not None and 1 <= int(match[1]) <= 21:
        return match.end(), "date", f"{int(match[1]) - 1:02}XX"
    return None


def read_worded(text: str, start: int, before: str, today: datetime.date | None) -> Reading | None:
    """The date or time that begins with the word at `start`; as `read_numbered`."""
    match = _WEEKDAY_BEFORE.match(text, start)
    if match is not None:
        # "Thursday, 16 December" is one day; "Thursday, December was" is two dates.
        found = _numbered_day(text, match.end(), today) or _month(text, match.end(), "", today)
        if found is not None and found[2].count("-") >= 2:
            return found
    return (
        _month(text, start, before, today)
        or _weekday(text, start, today)
        or _stepped(text, start, today)
        or _other_word(text, start, today)
    )


def _month(text: str, start: int, before: str, today: datetime.date | None) -> Reading | None:
    match = _MONTH_FIRST.match(text, start)
    if match is not None:
        return (
            match.end(),
            "date",
            _day(
                match[3],
                _MONTHS[match[1]],
                int(match[2]),
                today,
                announced=_is_announced(text, start, match.end()),
            ),
        )
    match = _MONTH_YEAR.match(text, start)
    if match is not None:
        return match.end(), "date", f"{match[2]}-{_MONTHS[match[1]]:02}"
    match = _MONTH_ALONE.match(text, start)
    if match is None or len(match[1]) < 3 or (match[1][:3] == match[1].rstrip(".") and match[1] != "May"):
        return None
    if match[1] in _AMBIGUOUS_MONTHS:
        if before not in (
            "in",
            "since",
            "until",
            "by",
            "of",
            "during",
            "early",
            "late",
            "mid",
            "from",
            "between",
            "to",
        ):
            return None
        # "by August Wilson", "from May Welland"
        if re.match(rf"{_S}[A-Z]", text[match.end() : match.end() + 2]) and before not in (
            "in",
            "since",
            "during",
        ):
            return None
    elif before == "black" or text[match.end() : match.end() + 1] in ("-", "'"):
        return None
    month = _MONTHS[match[1]]
    if today is None:
        return match.end(), "date", f"--{month:02}"
    months = [year * 12 + month - today.year * 12 - today.month for year in _years_around(today)]
    apart = min(months, key=_remoteness(_is_announced(text, start, match.end()), 0))
    year = (today.year * 12 + today.month - 1 + apart) // 12
    return match.end(), "date", f"{year}-{month:02}"


def _years_around(today: datetime.date) -> range:
    return range(max(1, today.year - 1), min(9999, today.year + 1) + 1)


def _is_announced(text: str, start: int, end: int) -> bool:
    """Whether the words around a date say that it is to come; news without such words tells what happened."""
    clause = _SENTENCE_MARK.split(text[max(0, start - 80) : start])[-1]
    told = [said[1] is not None for said in _TENSE.finditer(clause)]
    if told:
        return told[-1]  # the nearest decides
    if clause.endswith(("from ", "From ")) and _ON_FROM_THEN.match(text, end):
        return True
    begins = len(clause.strip()) <= 4  # "In March the ministers will meet"
    return begins and _FUTURE_BEHIND.match(text, end) is not None


def _remoteness(announced: bool, slack: int) -> Callable[[int], tuple[int, int]]:
    """How far off so many days or months are, to choose the nearest by.

    What happened lies back, by all means unless it is `slack` ahead: clocks differ around the world. What is announced
    lies ahead, unless it has just been.
    """
    if announced:
        return lambda apart: (apart if apart >= 0 else -6 * apart, apart)
    return lambda apart: (-apart if apart <= slack else 10_000 + apart, apart)


def _weekday(text: str, start: int, today: datetime.date | None) -> Reading | None:
    match = _WEEKDAY_ALONE.match(text, start)
    if match is None:
        return None
    number, end = _WEEKDAYS[match[1]], match.end(1)
    if text[end : end + 1] == "s":
        return None
    if today is None:
        return end, "date", f"weekday {number}"
    # News tells of the week before and announces the week to come: which of both, the words before say.
    back = (today.isoweekday() - number) % 7
    ahead = (number - today.isoweekday()) % 7
    return (
        end,
        "date",
        _moved(today, ahead if _is_announced(text, start, end) else -back) or f"weekday {number}",
    )


def _stepped(text: str, start: int, today: datetime.date | None) -> Reading | None:
    """`last Thursday`, `next week`, `this year`, `last December`."""
    match = _STEP.match(text, start)
    if match is None:
        return None
    step = _STEPS[match[1].lower()]
    if today is None:
        if match[3]:
            return match.end(), "date", f"weekday {_WEEKDAYS[match[3]]}"
        return (match.end(), "date", f"--{_MONTHS[match[4]]:02}") if match[4] else None
    value: str | None
    if match[2] == "week":
        moved = _moved(today, 7 * step)
        year, week, _ = datetime.date.fromisoformat(moved).isocalendar() if moved else (0, 0, 0)
        value = f"{year}-W{week:02}" if moved else None
    elif match[2] == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        value = f"{year}-{month + 1:02}"
    elif match[2] == "year":
        value = f"{today.year + step}"
    elif match[3]:
        apart = (_WEEKDAYS[match[3]] - today.isoweekday()) % 7
        value = _moved(today, apart - 7 if step < 0 else apart or 7)
    else:
        month = _MONTHS[match[4]]
        later, earlier = month > today.month, month < today.month
        year = today.year + (-1 if step < 0 and not earlier else 1 if step > 0 and not later else 0)
        value = f"{year}-{month:02}"
    return None if value is None else (match.end(), "date", value)


def _other_word(text: str, start: int, today: datetime.date | None) -> Reading | None:
    match = _RELATIVE.match(text, start)
    if match is not None:
        value = None if today is None else _moved(today, _RELATIVE_DAYS[match[1].lower()])
        return None if value is None else (match.end(), "date", value)
    match = _TWELVE.match(text, start)
    if match is not None:
        return match.end(), "time", "12:00" if match[1] in ("Noon", "noon") else "00:00"
    match = _CENTURY_WORD.match(text, start)
    if match is not None:
        return match.end(), "date", f"{15 + _CENTURIES.index(match[1].lower())}XX"
    return None


def _day(
    year: str | None, month: int, day: int, today: datetime.date | None, *, announced: bool = False
) -> str:
    """A day of a month; without a year the last one, or the next if announced; nothing where there is none."""
    if not _may_exist(year, month, day):
        return ""
    if year is not None:
        return f"{year}-{month:02}-{day:02}"
    if today is not None:
        days = [datetime.date(year, month, day) for year in _years_around(today) if _exists(year, month, day)]
        if days:
            nearest = _remoteness(announced, 1)
            return min(days, key=lambda found: nearest((found - today).days)).isoformat()
    return f"--{month:02}-{day:02}"


def same_month(day: str, other: int) -> str:
    """Another day of the month of `2021-02-03` or `--02-03`; nothing where the month is too short."""
    year, month, _ = day.rsplit("-", 2)
    return f"{day[:-2]}{other:02}" if _may_exist(year.strip("-") or None, int(month), other) else ""


def _may_exist(year: str | None, month: int, day: int) -> bool:
    """Whether the month has this day: in that year, or in any where none is given."""
    return _exists(int(year or 2000), month, day)


def _exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    if not 1 <= year <= 9999:
        return False
    try:
        datetime.date(year, month, day)
    except ValueError:  # 31 November
        return False
    return True


def _moved(today: datetime.date, days: int) -> str | None:
    """The day so many days on; None beyond the calendar's ends."""
    try:
        return (today + datetime.timedelta(days=days)).isoformat()
    except OverflowError:
        return None
