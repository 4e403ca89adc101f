"""What the selected cell of a coverage matrix says in words."""

from __future__ import annotations

import datetime

import pytest

from tui.article import ArticleId
from tui.stories.values import Column, Matrix, PairKind, Sentence, Statement, Telling
from tui.widgets.coverage_note import differing, note_of
from tui.widgets.report_rows import Report

DAY = datetime.date(2021, 12, 16)
KESTREL, GLEN, LEDGER = (ArticleId(letter * 16) for letter in "abc")
SAID = "Some 14,000 people have died in the east since 2014."


def report(id: ArticleId, source: str, hour: int | None, day: datetime.date | None = DAY) -> Report:
    moment = None
    if hour is not None and day is not None:
        moment = datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)
    return Report(id, f"Talks in {source}", f"{source}.example", day, moment, 200)


def told(id: ArticleId, kind: PairKind, text: str = SAID) -> Telling:
    return Telling(id, Sentence(0, 0, len(text), text), kind)


def made(*tellings: Telling | None, first: int | None = None) -> tuple[Matrix, Statement]:
    columns = tuple(
        Column(f"{name}.example", (id,), DAY, None)
        for name, id in (("kestrel", KESTREL), ("glen", GLEN), ("ledger", LEDGER))
    )
    statement = Statement(KESTREL, Sentence(0, 0, len(SAID), SAID), tellings, first, DAY)
    return Matrix(columns, (statement,), 3), statement


@pytest.fixture
def reports() -> dict[ArticleId, Report | None]:
    return {
        KESTREL: report(KESTREL, "kestrel", 8),
        GLEN: report(GLEN, "glen", 11),
        LEDGER: report(LEDGER, "ledger", 6),
    }


def test_who_was_first_and_how_long_after(reports: dict[ArticleId, Report | None]) -> None:
    other = SAID.replace("14,000", "13,000")
    matrix, statement = made(told(KESTREL, "identical"), told(GLEN, "near", other), None, first=0)
    first = note_of(matrix, statement, 0, reports)
    assert first.source == "kestrel.example"
    assert first.facts.startswith("Thu 16 Dec 2021 08:00 UTC · the first to have it · in the same words")
    later = note_of(matrix, statement, 1, reports)
    assert "3 h after kestrel · in nearly the same words · “Talks in glen”" in later.facts
    assert later.text == other
    assert [(later.text[start:end], kind) for start, end, kind in later.marks] == [("13,000", "figure")]


def test_who_leaves_it_out_and_whether_it_could_have_had_it(reports: dict[ArticleId, Report | None]) -> None:
    matrix, statement = made(told(KESTREL, "identical"), told(GLEN, "identical"), None, first=0)
    note = note_of(matrix, statement, 2, reports)
    assert note.facts.startswith("leaves this out: published before kestrel had it")
    assert "its report: Thu 16 Dec 2021 06:00 UTC" in note.facts and note.text == SAID
    reports[LEDGER] = report(LEDGER, "ledger", 20)
    assert note_of(matrix, statement, 2, reports).facts.startswith("leaves this out · its report")
    reports[LEDGER] = report(LEDGER, "ledger", None)  # on that day: nobody knows
    assert note_of(matrix, statement, 2, reports).facts.startswith("leaves this out · its report")
    reports[LEDGER] = report(LEDGER, "ledger", None, DAY - datetime.timedelta(1))
    assert "published before kestrel" in note_of(matrix, statement, 2, reports).facts


def test_what_is_not_known_is_said(reports: dict[ArticleId, Report | None]) -> None:
    matrix, statement = made(told(KESTREL, "identical"), told(GLEN, "reworded"), None)
    assert "same day: who was first is not known" in note_of(matrix, statement, 1, reports).facts
    undated = statement._replace(day=None)
    assert "undated" in note_of(matrix, undated, 1, {}).facts
    matrix, statement = made(told(KESTREL, "identical"), None, None)
    assert note_of(matrix, statement, 0, {KESTREL: None}).facts == "nobody else has it"


def test_nothing_differs_where_there_are_no_words() -> None:
    assert differing("", "Said.") == differing("Said.", "") == ()
