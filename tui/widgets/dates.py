"""Dates as people read them, without the locale's surprises."""

from __future__ import annotations

import datetime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_date(date: datetime.date | None) -> str:
    """`16 Dec 21`; empty where unknown."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year % 100:02}" if date else ""


def long_date(date: datetime.date | None) -> str:
    """`Thu 16 Dec 2021`; `undated` where unknown."""
    if date is None:
        return "undated"
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def month_name(month: str) -> str:
    """`2021-12` as `Dec 2021`."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"
