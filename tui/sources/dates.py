"""Dates as newspapers write them: `20211216`, `16 December 2021`, `Thu, 16 Dec 2021 10:32:00 GMT`,
`16/12/2021`.

A text is a date only where all of it is one, beside a label ("Published:"), a weekday and a time of day, so
that a sentence that mentions a date isn't mistaken for the line that dates the article.

`3/4/2021` is ambiguous. It is read day first (3 April), as most of the world writes it; month first only
where nothing else is possible (`12/16/2021`).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

LONGEST_DATE_LINE = 120
"""Characters; a longer line isn't looked at."""


@dataclass(frozen=True, slots=True)
class When:
    """What a line that is written as a date says."""

    written: str
    """The date itself as it stands there."""
    date: datetime.date | None
    """None where the calendar has no such day."""
    published: datetime.datetime | None = None
    """With the time of day, where there is one; without a zone where none is given."""


_MONTH_NAMES = {
    1: "january jan janvier janv januar jänner enero gennaio janeiro января янв januari",
    2: "february feb february février févr februar febr febrero febbraio fevereiro февраля фев februari",
    3: "march mar mars märz marzo março марта мар maart mrz",
    4: "april apr avril avr abril aprile апреля апр",
    5: "may mai mayo maggio maio мая mei",
    6: "june jun juin juni junio giugno junho июня июн",
    7: "july jul juillet juil juli julio luglio julho июля июл",
    8: "august aug août aout agosto августа авг augustus",
    9: "september sep sept septembre septiembre settembre setembro сентября сен",
    10: "october oct octobre oktober okt octubre ottobre outubro октября окт",
    11: "november nov novembre noviembre novembro ноября ноя",
    12: "december dec décembre déc dezember dez diciembre dic dicembre dezembro декабря дек",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"

_WEEKDAYS = (
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo понедельник вторник среда четверг пятница суббота "
    "воскресенье"
)
_WEEKDAY = "(?:" + "|".join(sorted(_WEEKDAYS.split(), key=len, reverse=True)) + r")\b\.?"

_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?"
_CORE = re.compile(
    "|".join(
        [
            r"(?<![\d/.-])(?P<year1>\d{4})(?P<dash>[-/.])(?P<month1>\d{1,2})(?P=dash)(?P<day1>\d{1,2})(?!\d)",
            r"(?<![\w/.-])(?P<year2>\d{4})(?P<month2>\d{2})(?P<day2>\d{2})(?![\d/.-])",
            r"(?<![\w])"
            + _DAY.format(3)
            + rf"\s*(?:of |de |-)?\s*(?P<month3>{_MONTH})\s*(?:de |-|,)?\s*(?P<year3>\d{{4}})\b",
            rf"(?<![\w])(?P<month4>{_MONTH})\s+" + _DAY.format(4) + r"\s*,?\s+(?P<year4>\d{4})\b",
            r"(?<![\d/.-])(?P<first>\d{1,2})(?P<slash>[-/.])(?P<second>\d{1,2})(?P=slash)(?P<year5>\d{4})(?!\d)",
            r"(?P<year6>\d{4})\s?[年년]\s?(?P<month6>\d{1,2})\s?[月월]\s?(?P<day6>\d{1,2})\s?[日일]",
        ]
    ),
    re.IGNORECASE,
)
_LABEL = (
    r"(?:(?:first |originally |last |article )?(?:published|posted|updated|created|modified|date|dated|"
    r"issued|filed|stand|veröffentlicht|publié|publicado|опубликовано)(?: (?:on|at|date|am|le|el))?)"
)
_TIME = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s*(?:(?P<half>[ap])\.?m\b\.?|uhr\b|hrs?\b)?\s*"
    r"\(?(?P<zone>z\b|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[a-z]{2,5}\b)?\)?"
)
_BEFORE = re.compile(
    rf"\W*(?:{_LABEL}\s*[:=]?)?\W*(?:{_WEEKDAY}\W*)?(?:{_TIME}\s*[,|·–-]?\s*(?:on\s+)?)?(?:{_WEEKDAY}\W*)?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:\W*t\s?|\W+|\W*\b(?:at|um|à|a las|в)\s+)?(?:{_TIME})?\W*"
    r"(?:[,;(|·–—-]?\s*(?:last )?(?:updated|modified)\b.*)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])(\d{1,2}?)(?::?(\d{2}))?", re.IGNORECASE)

# RFC 2822's zones and Europe's. Others with letters (IST, BST is Britain's here, CST is America's) have more
# than one meaning; a zone that isn't here leaves the time without one.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "edt": -240, "est": -300, "cdt": -300, "cst": -360,
    "mdt": -360, "mst": -420, "pdt": -420, "pst": -480,
}  # fmt: skip


def read_date(line: str) -> When | None:
    """What the line says if it is a date from end to end; None where it is anything else."""
    if len(line) > LONGEST_DATE_LINE or not _DIGITS.search(line):
        return None
    for core in _CORE.finditer(line):
        before = _BEFORE.fullmatch(line, 0, core.start())
        after = _AFTER.fullmatch(line, core.end())
        if before and after:
            return _when(core, after if after["hour"] else before)
    return None


def date_at(text: str, position: int) -> tuple[When, int] | None:
    """The date that stands in the text at this position and where it ends, if one does."""
    core = _CORE.match(text, position)
    return (_when(core, None), core.end()) if core else None


def _when(core: re.Match[str], clock: re.Match[str] | None) -> When:
    year, month, day = _year_month_day(core)
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return When(core.group(), None)
    time = _time(clock) if clock and clock["hour"] else None
    return When(core.group(), date, datetime.datetime.combine(date, time) if time else None)


def _year_month_day(core: re.Match[str]) -> tuple[int, int, int]:
    if core["first"]:
        day, month = int(core["first"]), int(core["second"])
        return int(core["year5"]), *((day, month) if month > 12 and day <= 12 else (month, day))
    for form in "12346":
        if core[f"year{form}"]:
            month_text = core[f"month{form}"]
            # Ignoring case, `re` takes "ſept" for "sept": casefold as it does, and let an unknown month be
            # month 0.
            month = (
                int(month_text)
                if month_text.isdecimal()
                else _MONTHS.get(month_text.rstrip(".").casefold(), 0)
            )
            return int(core[f"year{form}"]), month, int(core[f"day{form}"])
    raise AssertionError("every form has a year")


def _time(clock: re.Match[str]) -> datetime.time | None:
    if not clock["minute"] and not clock["half"]:
        return None
    hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
    if clock["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    microsecond = int((clock["fraction"] or "").ljust(6, "0")[:6])
    try:
        return datetime.time(hour, minute, second, microsecond, tzinfo=_zone(clock["zone"]))
    except ValueError:
        return None


def _zone(written: str | None) -> datetime.tzinfo | None:
    if not written:
        return None
    offset = _OFFSET.fullmatch(written.strip())
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        minutes = -minutes if offset[1] == "-" else minutes
    elif written.lower() in _ZONES:
        minutes = _ZONES[written.lower()]
    else:
        return None
    if abs(minutes) >= 24 * 60:
        return None
    return datetime.timezone(datetime.timedelta(minutes=minutes)) if minutes else datetime.UTC
