"""The coverage matrix."""

from __future__ import annotations

import datetime
import random

import pytest

from tui.article import Article, ArticleId
from tui.stories import matrix
from tui.stories.matrix import coverage_of
from tui.stories.values import Matrix, Side

WIRE = (
    "Russia handed the United States two draft documents on Thursday, the Kremlin said.",
    "Western officials put the number of soldiers near the border at some 70,000.",
    "“Our negotiator can leave at any minute,” a diplomat told Kestrel Wire.",
    "The alliance declared in 2008 that Georgia would one day be a member.",
)
DAY = datetime.date(2021, 12, 16)


def report(
    number: int, source: str | None, *paragraphs: str, day: datetime.date | None = DAY, hour: int | None = None,
    zone: datetime.tzinfo | None = datetime.UTC,
) -> Side:  # fmt: skip
    published = None
    if hour is not None and day is not None:
        published = datetime.datetime.combine(day, datetime.time(hour), zone)
    return Side(
        Article("Talks", paragraphs, day, published, source, language="en"), ArticleId(f"{number:016x}")
    )


def told(found: Matrix) -> dict[str, str]:
    signs = {"identical": "=", "near": "≈", "reworded": "~"}
    return {
        statement.sentence.text: "".join(signs[one.kind] if one else "." for one in statement.tellings)
        for statement in found.statements
    }


def test_who_carried_what() -> None:
    found = coverage_of(
        [
            report(1, "kestrel.example", *WIRE),
            report(2, "glen.example", WIRE[1].replace("some ", ""), WIRE[0], "Two sons of the glen are there."),
            report(3, "ledger.example", "The Kremlin said on Thursday Russia had given the United States two drafts."),
        ]
    )  # fmt: skip
    assert [column.source for column in found.columns] == [
        "kestrel.example",
        "glen.example",
        "ledger.example",
    ]
    assert told(found) == {
        WIRE[0]: "==~",
        WIRE[1]: "=≈.",
        WIRE[2]: "=..",
        WIRE[3]: "=..",
        "Two sons of the glen are there.": ".=.",
    }
    assert [statement.carried for statement in found.statements] == [3, 2, 1, 1, 1]
    assert found.note is None


def test_every_cell_is_a_sentence_of_its_article() -> None:
    reports = [report(n, f"{n}.example", *random.Random(n).sample(WIRE, 3)) for n in range(12)]
    articles = {side.id: side.article for side in reports}
    found = coverage_of(reports)
    for statement in found.statements:
        for column, one in zip(found.columns, statement.tellings, strict=True):
            if one is not None:
                assert one.article in column.articles
                text = articles[one.article].paragraphs[one.sentence.paragraph]
                assert text[one.sentence.start : one.sentence.end] == one.sentence.text
    assert sum(statement.carried for statement in found.statements) == 12 * 3


@pytest.mark.parametrize(
    ("reports", "first"),
    [
        ([report(1, "a", WIRE[0]), report(2, "b", WIRE[0], day=DAY + datetime.timedelta(1))], 0),
        ([report(1, "a", WIRE[0]), report(2, "b", WIRE[0])], None),
        ([report(1, "a", WIRE[0], hour=9), report(2, "b", WIRE[0])], None),
        ([report(1, "a", WIRE[0], hour=9), report(2, "b", WIRE[0], hour=7)], 0),
        ([report(1, "a", WIRE[0], hour=9), report(2, "b", WIRE[0], hour=9)], None),
        ([report(1, "a", WIRE[0], hour=9), report(2, "b", WIRE[0], hour=7, zone=None)], None),
        ([report(1, "a", WIRE[0], day=None), report(2, "b", WIRE[0])], 0),
        ([report(1, "a", WIRE[0], day=None), report(2, "b", WIRE[0], day=None)], None),
        ([report(1, "a", WIRE[0])], None),
    ],
)
def test_who_had_it_first(reports: list[Side], first: int | None) -> None:
    found = coverage_of(reports)
    assert [statement.first for statement in found.statements] == [first]


def test_articles_of_one_source_share_a_column_and_without_a_source_have_their_own() -> None:
    found = coverage_of(
        [
            report(1, "a.example", WIRE[0]),
            report(2, "a.example", WIRE[1], day=DAY + datetime.timedelta(1)),
            report(3, None, WIRE[0]),
            report(4, None, WIRE[1]),
        ]
    )
    assert [(column.source, len(column.articles)) for column in found.columns] == [
        ("a.example", 2), (None, 1), (None, 1)
    ]  # fmt: skip
    assert told(found) == {WIRE[0]: "==.", WIRE[1]: "=.="}


def test_nothing_to_compare() -> None:
    assert coverage_of([]).statements == ()
    empty = coverage_of([report(1, "a"), report(2, "b", "")])
    assert (empty.statements, len(empty.columns)) == ((), 2)


def test_too_many_reports_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "MOST_SENTENCES", 10)
    found = coverage_of([report(n, f"{n}.example", *WIRE) for n in range(5)])
    assert found.articles == 2
    assert found.note == "The first 2 of 5 reports: there are too many to compare"


def test_progress_and_stopping() -> None:
    said: list[tuple[int, int]] = []
    reports = [report(n, f"{n}.example", *WIRE) for n in range(5)]
    coverage_of(reports, progress=lambda done, total: said.append((done, total)))
    assert said == sorted(said)
    assert said[0] == (0, 5) and said[-1] == (5, 5)
    assert len(said) > len(reports) + 1, "linking sentences is told, too, not only taking reports apart"
    assert sum(said_so == (5, 5) for said_so in said) == 1, "done is done"
    assert coverage_of(reports, cancelled=lambda: True).articles == 0
