"""Dates as newspapers write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.sources.dates import read_date

UTC = datetime.UTC
DAY = datetime.date(2021, 12, 16)


def zone(hours: float) -> datetime.timezone:
    return datetime.timezone(datetime.timedelta(hours=hours))


@pytest.mark.parametrize(
    "line",
    [
        "20211216",
        "2021-12-16",
        "2021/12/16",
        "2021.12.16",
        "16 December 2021",
        "16th of December 2021",
        "16-Dec-2021",
        "December 16, 2021",
        "Dec. 16, 2021",
        "DECEMBER 16 2021",
        "16/12/2021",
        "12/16/2021",
        "16.12.2021",
        "Thursday, December 16, 2021",
        "Thu 16 Dec 2021",
        "Published: 16 December 2021",
        "Posted on December 16, 2021",
        "(16 December 2021)",
        "Published 16 Dec 2021, updated 17 Dec 2021",
        "16. Dezember 2021",
        "Donnerstag, 16. Dezember 2021",
        "16 décembre 2021",
        "16 de diciembre de 2021",
        "16 декабря 2021",
        "2021年12月16日",
    ],
)
def test_day(line: str) -> None:
    when = read_date(line)
    assert when is not None
    assert (when.date, when.published) == (DAY, None)


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("2021-12-16T10:32:00Z", datetime.time(10, 32, tzinfo=UTC)),
        ("2021-12-16T10:32:05.123+01:00", datetime.time(10, 32, 5, 123_000, tzinfo=zone(1))),
        ("2021-12-16 10:32:00-0530", datetime.time(10, 32, tzinfo=zone(-5.5))),
        ("2021-12-16 10:32", datetime.time(10, 32)),
        ("Thu, 16 Dec 2021 10:32:00 GMT", datetime.time(10, 32, tzinfo=UTC)),
        ("December 16, 2021 at 3:45 p.m. EST", datetime.time(15, 45, tzinfo=zone(-5))),
        ("16 December 2021, 12.05 am", datetime.time(0, 5)),
        ("10:32, 16 December 2021", datetime.time(10, 32)),
        ("Stand: 16.12.2021, 10:32 Uhr", datetime.time(10, 32)),
        ("16 December 2021 10:32 (UTC+3)", datetime.time(10, 32, tzinfo=zone(3))),
        ("16 December 2021 10:32 IST", datetime.time(10, 32)),
    ],
)
def test_time_of_day(line: str, time: datetime.time) -> None:
    when = read_date(line)
    assert when is not None
    assert when.date == DAY
    assert when.published == datetime.datetime.combine(DAY, time)
    assert when.published.utcoffset() == time.utcoffset()


def test_ambiguous_numbers_are_read_day_first() -> None:
    when = read_date("3/4/2021")
    assert when is not None
    assert when.date == datetime.date(2021, 4, 3)


@pytest.mark.parametrize("line", ["20211399", "2021-02-30", "31 June 2021", "0/13/2021", "00000000"])
def test_no_day_of_the_calendar(line: str) -> None:
    when = read_date(line)
    assert when is not None
    assert (when.date, when.published, when.written) == (None, None, line)


@pytest.mark.parametrize("line", ["2021-12-16 25:99", "16 December 2021 13:00 pm", "2021-12-16T10:00+99:99"])
def test_impossible_time_or_zone_never_breaks_the_date(line: str) -> None:
    when = read_date(line)
    assert when is None or when.date == DAY


@pytest.mark.parametrize(
    "line",
    [
        "",
        "On 16 December 2021 he left",
        "16 December 2021 was a cold day",
        "Page 20211216",
        "1234567890",
        "version 2021.12.16",
        "10.0.0.2021",
        "December 2021",
        "May I 2021",
        "2021",
        "Published: soon",
        "16 ſept",
        "1" * 200,
    ],
)
def test_anything_else(line: str) -> None:
    assert read_date(line) is None


@given(st.text(st.sampled_from("0123456789-/.,: TZ+ apm decjuneſßK年月日"), max_size=60))
def test_no_line_breaks_it(line: str) -> None:
    read_date(line)


@given(st.datetimes(timezones=st.timezones() | st.none()))
def test_iso_comes_back(moment: datetime.datetime) -> None:
    if (moment.utcoffset() or datetime.timedelta()) % datetime.timedelta(minutes=1):
        return  # Local mean time, before there were zones.
    when = read_date(moment.isoformat())
    assert when is not None
    assert when.published == moment.replace(fold=0) if moment.tzinfo is None else when.published is not None
    assert when.date == moment.date()
    assert when.published is not None
    assert when.published.utcoffset() == moment.utcoffset()
