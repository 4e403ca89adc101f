"""A coverage matrix as a file."""

from __future__ import annotations

import csv
import datetime
import io
from html.parser import HTMLParser

import pytest

from tui.article import Article, ArticleId
from tui.stories.matrix import coverage_of
from tui.stories.matrix_files import ABSENT, as_csv, as_html, as_markdown, as_text
from tui.stories.values import Matrix, Side

HANDED = "Russia handed the United States two draft documents on Thursday, the Kremlin said."
DEAD = "Some 14,000 people have died in the east since 2014."
HOSTILE = '=HYPERLINK("x") <b>| *Some*</b> [bold]men\x1b[31m met in the old town hall on Friday.'


@pytest.fixture
def matrix() -> Matrix:
    """Three sources: all tell of the drafts, two of the dead, one says something hostile."""
    told = (
        ("first.example", 16, (HANDED, DEAD)),
        ("second.example", 17, (DEAD, HANDED)),
        ("third.example", 17, (HANDED, HOSTILE)),
    )
    return coverage_of(
        [
            Side(
                Article(
                    "Drafts", paragraphs, date=datetime.date(2021, 12, day), source=source, language="en"
                ),
                ArticleId(f"{number:016x}"),
            )
            for number, (source, day, paragraphs) in enumerate(told)
        ]
    )


def test_text_has_a_line_for_each_statement_with_a_sign_for_each_source(matrix: Matrix) -> None:
    lines = [line for line in as_text("Drafts", matrix) if not line.startswith("# ")]
    rows = [line.split("\t") for line in lines]
    assert [row[3] for row in rows] == [statement.sentence.text for statement in matrix.statements]
    assert rows[0] == ["3/3", "===", "first.example", HANDED]
    assert {len(row[1]) for row in rows} == {3}
    assert next(row for row in rows if row[3] == DEAD)[1] == f"=={ABSENT}"


def test_markdown_is_one_table_whose_rows_are_of_one_width(matrix: Matrix) -> None:
    table = [line for line in as_markdown("Drafts", matrix) if line.startswith("|")]
    assert len(table) == 2 + len(matrix.statements)
    assert {line.replace("\\|", "").count("|") for line in table} == {7}
    assert not any("<b>" in line or "\x1b" in line for line in table)


def test_csv_says_how_and_by_which_sentence_and_holds_no_formula(matrix: Matrix) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(matrix))))
    assert rows[0]["statement"] == HANDED
    assert rows[0]["first"] == "first.example"
    assert [rows[0][source] for source in ("first.example", "second.example", "third.example")] == [
        "identical"
    ] * 3
    assert rows[0]["second.example: sentence"] == HANDED
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


class _Cells(HTMLParser):
    """Counts cells by row, and keeps the texts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[int] = []
        self.tags: set[str] = set()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append(0)
        elif tag in ("td", "th"):
            self.rows[-1] += 1

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_html_shows_text_as_text(matrix: Matrix) -> None:
    page = as_html("<script>alert(1)</script>", matrix)
    cells = _Cells()
    cells.feed(page)
    assert set(cells.rows) == {3 + 3}
    assert len(cells.rows) == 1 + len(matrix.statements)
    assert not cells.tags & {"script", "b"}
    assert "<script>alert(1)</script>" in cells.said
    assert "\x1b" not in page


def test_an_empty_matrix_is_a_file_too() -> None:
    empty = coverage_of([])
    assert not [line for line in as_text("Nothing", empty) if not line.startswith("# ")]
    assert as_csv(empty).count("\n") == 1
    assert "</html>" in as_html("Nothing", empty)
