"""Where the lines of a comparison stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from tests.stories.test_board import CALL, DEAD, LEAD, SHEEP, SOLDIERS, board, side
from tui.stories.board import Board
from tui.terminal.cells import width_of
from tui.widgets.compared_layout import MARGIN, Selection, View, rows_shown, widths_of
from tui.widgets.compared_look import Look
from tui.widgets.compared_published import PublishedFace
from tui.widgets.compared_rows import RowsFace

LOOK = Look(Style(), lambda name: Style())
TEXT = st.text(st.sampled_from("aé 俄e\u0301\u0301 مرح🚨-ab "), min_size=1, max_size=80)

FIRST = Selection()
TWO = board(side(LEAD, SOLDIERS, SHEEP), side(SOLDIERS.replace("70,000", "90,000"), CALL, LEAD))
THREE = board(side(LEAD, SOLDIERS), side(SOLDIERS, DEAD), side(CALL, LEAD))


def drawn(face: RowsFace | PublishedFace, lines: int, selection: Selection = FIRST) -> list[str]:
    return ["".join(segment.text for segment in face.draw(y, selection, LOOK)) for y in range(lines)]


def rows_of(of: Board, width: int, view: View = "rows", only: int | None = None) -> RowsFace:
    return RowsFace(of, width, rows_shown(of, view, only))


@pytest.mark.parametrize("width", [1, 6, 20, 79, 80, 99, 100, 120, 131, 132, 200, 400])
@pytest.mark.parametrize("count", [2, 3])
def test_columns_fit_into_the_line(width: int, count: int) -> None:
    widths = widths_of(width, count)
    assert widths.column >= 4
    if width >= 20:
        assert (MARGIN + widths.column) * (1 if widths.stacked else count) <= width


def test_views_show_what_they_say() -> None:
    assert rows_shown(TWO, "rows", None) == rows_shown(TWO, "published", None) == [0, 1, 2, 3]
    kinds = [[TWO.rows[row].kind for row in rows_shown(TWO, view, None)] for view in ("differing", "only")]
    assert sorted(kinds[0]) == ["near", "only", "only"] and kinds[1] == ["only", "only"]
    for column in (0, 1):
        assert [TWO.rows[row].alone for row in rows_shown(TWO, "only", column)] == [column]
    assert [THREE.rows[row].alone for row in rows_shown(THREE, "differing", None)].count(None) == 2


@pytest.mark.parametrize("of", [TWO, THREE])
@pytest.mark.parametrize("width", [4, 20, 80, 120, 200])
def test_every_word_of_every_article_is_drawn_once_in_rows(of: Board, width: int) -> None:
    face = rows_of(of, width)
    words = sorted(re.findall(r"[A-Za-z]{3,}", "".join(drawn(face, len(face.lines))))) if width >= 80 else []
    expected: list[str] = []
    for row in of.rows:
        cells = [cell for cell in row.cells if cell.sentences]
        for cell in cells[:1] if face.widths.stacked and row.kind == "identical" else cells:
            expected += re.findall(r"[A-Za-z]{3,}", cell.text)
    if width >= 80:
        assert words == sorted(expected)
    assert all(width_of(line) <= max(width, 12) * 2 for line in drawn(face, len(face.lines)))


@pytest.mark.parametrize("width", [80, 120])
def test_a_row_knows_its_lines_and_a_cell_its_row(width: int) -> None:
    face = rows_of(TWO, width)
    for row in face.shown:
        first, count = face.place_of(row)
        assert {face.lines[y].row for y in range(first, first + count)} == {row}
        at = face.at(MARGIN + 1, first)
        assert at is not None and at.row == row
        assert face.at(MARGIN, first + count) is None, "between two rows there is nothing"
    assert face.place_of(99) == (0, 0)
    assert face.at(0, -1) is None and face.at(0, 10_000) is None


def test_stacked_a_bracket_joins_what_goes_together() -> None:
    lines = drawn(rows_of(TWO, 60), 12, Selection(1, 0))
    near = next(n for n, line in enumerate(lines) if "70,000" in "".join(lines[n : n + 2]))
    assert lines[near].startswith("▸ ┌1≈ ") and lines[near + 1].startswith("┃ │   ")
    assert any(line.startswith("  └2  ") for line in lines)
    assert sum("two draft" in line for line in lines) == 1, "what is the same is shown once"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(TEXT, min_size=1, max_size=4),
    st.lists(TEXT, min_size=1, max_size=4),
    st.sampled_from([100, 120, 161]),
)
def test_no_text_leaves_its_column(left: list[str], right: list[str], width: int) -> None:
    of = board(side(*left), side(*right))
    rows = rows_of(of, width)
    published = PublishedFace(of, width, 30)
    edge = MARGIN + widths_of(width, 2).column
    for face, lines in ((rows, len(rows.lines)), (published, 30)):
        for y in range(lines):
            segments = face.draw(y, Selection(), LOOK)
            if segments:
                assert sum(width_of(segment.text) for segment in segments) == 2 * edge


def test_as_published_the_counterpart_stands_in_the_same_line() -> None:
    of = board(side(*[f"Filler {n}." for n in range(40)], LEAD, SHEEP), side(LEAD, CALL))
    face = PublishedFace(of, 120, 20)
    row = of.row_of[0][40]
    assert face.follow(Selection(row, 0))
    lines = drawn(face, 20, Selection(row, 0))
    y = next(n for n, line in enumerate(lines) if line[MARGIN:].startswith("Russia handed"))
    assert lines[y].count("Russia handed") == 2
    assert "─1= Russia" in lines[y]
    assert not face.follow(Selection(row, 0)), "what is in view does not move"
    assert y in face.lines_in_view(row)
    at = face.at(MARGIN, y)
    assert at == Selection(row, 0)
    other = face.at(60 + MARGIN, y)
    assert other == Selection(row, 1)


def test_as_published_what_has_no_counterpart_stands_as_far_up_as_it_can() -> None:
    of = board(side(*[f"Filler {n}." for n in range(40)], LEAD, SHEEP), side(LEAD, CALL))
    face = PublishedFace(of, 120, 20)
    face.follow(Selection(of.row_of[0][40], 0))
    assert face.tops[1] < 0, "it stands lower, to be beside its counterpart"
    face.follow(Selection(of.row_of[0][41], 0))
    assert face.tops[1] == 0


def test_as_published_the_order_is_that_of_the_article_with_the_keys() -> None:
    face = PublishedFace(TWO, 120, 20)
    assert face.order(0) == list(TWO.row_of[0]) and face.order(1) == list(TWO.row_of[1])
    assert face.in_view(0) == 3


def test_as_published_stacked_each_has_its_own_lines() -> None:
    face = PublishedFace(TWO, 60, 21)
    assert face.height == 10
    lines = drawn(face, 21)
    assert lines[10].startswith("── 2 Talks ─")
    assert lines[11][MARGIN:].startswith("Western officials")
    assert face.at(3, 10) is None
    at = face.at(MARGIN, 11)
    assert at is not None and at.column == 1


def test_what_is_looked_for_is_marked_over_everything_else() -> None:
    look = Look(Style(), lambda name: Style(bold=name == "compared--found"), re.compile("70", re.IGNORECASE))
    segments = look.marked("some 70,000 men", 0, 15, [(5, 11, "figure")], Style())
    assert [(segment.text, bool(segment.style and segment.style.bold)) for segment in segments] == [
        ("some ", False), ("70", True), (",000", False), (" men", False)
    ]  # fmt: skip
