"""Where the cells of a coverage matrix stand, and in which order its rows come."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from tui.article import ArticleId
from tui.harmless import harmless
from tui.stories.values import Column, Matrix, PairKind, Sentence, Statement, Telling
from tui.terminal.cells import width_of
from tui.widgets.coverage_grid import CoverageGrid
from tui.widgets.coverage_layout import (
    COVERAGE_ORDERS,
    POINTER,
    first_in_view,
    head_names,
    rows_of,
    said_first,
    shape_of,
    summary_of,
)
from tui.widgets.source_names import names_of, short_name

SOURCES = st.one_of(
    st.none(),
    st.from_regex(r"[a-z-]{1,30}(\.[a-z]{2,8}){1,3}", fullmatch=True),
    st.text(max_size=40).map(harmless),
)
WIDTHS = st.integers(20, 260)
HEIGHTS = st.integers(5, 80)
DAY = datetime.date(2021, 12, 16)


def telling(kind: PairKind = "identical", paragraph: int = 0) -> Telling:
    return Telling(ArticleId("a" * 16), Sentence(paragraph, 0, 4, "Said"), kind)


def statement(
    *told: PairKind | None, first: int | None = None, day: datetime.date | None = DAY, paragraph: int = 0
) -> Statement:
    tellings = tuple(telling(kind, paragraph) if kind else None for kind in told)
    return Statement(ArticleId("a" * 16), Sentence(paragraph, 0, 4, "Said"), tellings, first, day)


def matrix(*statements: Statement) -> Matrix:
    columns = tuple(
        Column(f"source-{at}.example", (ArticleId("a" * 16),), DAY, None)
        for at in range(len(statements[0].tellings))
    )
    return Matrix(columns, statements, len(columns))


@given(st.lists(SOURCES, min_size=1, max_size=60), WIDTHS, HEIGHTS)
def test_columns_divide_the_width_and_none_stands_out_of_it(
    sources: list[str | None], width: int, height: int
) -> None:
    shape = shape_of(width, height, names_of(sources))
    assert 1 <= shape.in_view <= len(sources)
    assert shape.text >= 0 and shape.head >= 1
    assert shape.left == POINTER + shape.text + 1 + shape.tally + 1 + shape.first
    if width >= 40:
        assert shape.left + shape.in_view * shape.cell <= width
        assert shape.text >= width // 4


@given(st.lists(SOURCES, min_size=1, max_size=60), WIDTHS, HEIGHTS, st.integers(0, 80), st.data())
def test_every_column_can_be_brought_into_view(
    sources: list[str | None], width: int, height: int, first: int, data: st.DataObject
) -> None:
    shape = shape_of(width, height, names_of(sources))
    selected = data.draw(st.integers(0, len(sources) - 1))
    left = first_in_view(shape, len(sources), first, selected)
    assert left <= selected < left + shape.in_view
    assert 0 <= left <= len(sources) - shape.in_view


@given(st.lists(SOURCES, min_size=1, max_size=40), WIDTHS, HEIGHTS)
def test_no_two_sources_have_the_same_name_over_them(
    sources: list[str | None], width: int, height: int
) -> None:
    names = names_of(sources)
    assert len(set(names)) == len(names)
    shape = shape_of(width, height, names)
    heads = head_names(names, shape)
    assert all(len(lines) == shape.head for lines in heads)
    assert all(width_of(line) <= max(2, shape.cell - 1) for lines in heads for line in lines)
    if shape.head >= 4:  # with fewer there may not be that many names
        assert len({"".join(lines) for lines in heads}) == len(heads)


def test_an_outlet_is_called_by_what_tells_it_from_others() -> None:
    assert short_name("thornbury-post.example") == "thornbury-post"
    assert short_name("www.bbc.co.uk") == "bbc"
    assert short_name("m.caldermouth.example") == "caldermouth"
    assert short_name("news.sky.com") == "news.sky"
    assert short_name("localhost") == "localhost"
    assert short_name(None) == "unknown"
    assert names_of(["bbc.co.uk", "bbc.com", None, None]) == ["bbc", "bbc2", "unknown", "unknown2"]


KINDS = st.sampled_from([None, "identical", "near", "reworded"])


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    columns = draw(st.integers(1, 6))
    rows = st.lists(KINDS, min_size=columns, max_size=columns).filter(any)
    statements = []
    for told in draw(st.lists(rows, min_size=1, max_size=12)):
        carried = [at for at, kind in enumerate(told) if kind]
        first = draw(st.sampled_from([None, *carried])) if len(carried) > 1 else None
        day = draw(st.one_of(st.none(), st.dates(DAY, datetime.date(2021, 12, 20))))
        statements.append(statement(*told, first=first, day=day))
    return matrix(*statements)


@given(matrices(), st.sampled_from(COVERAGE_ORDERS))
def test_every_order_has_every_statement_once(found: Matrix, order: str) -> None:
    rows = rows_of(found, order)  # type: ignore[arg-type]
    assert sorted(rows) == list(range(len(found.statements)))


@given(matrices(), st.data())
def test_only_here_and_left_out_are_what_they_say(found: Matrix, data: st.DataObject) -> None:
    column = data.draw(st.integers(0, len(found.columns) - 1))
    for at, one in enumerate(found.statements):
        has = one.tellings[column] is not None
        assert (at in rows_of(found, "coverage", ("only", column))) == (has and one.carried == 1)
        assert (at in rows_of(found, "coverage", ("left out", column))) == (not has and one.carried > 1)


def test_in_time_the_first_comes_first_and_what_has_no_day_last() -> None:
    later = statement(None, "identical", day=DAY + datetime.timedelta(1))
    undated = statement("identical", None, day=None)
    second = statement("near", "identical", first=1)
    first = statement("near", "identical", first=0)
    found = matrix(later, undated, second, first)
    assert rows_of(found, "time") == [3, 2, 0, 1]


def test_those_of_one_source_stand_first_by_source() -> None:
    shared = statement("identical", "near", first=0)
    found = matrix(statement(None, "identical"), shared, statement("identical", None))
    assert rows_of(found, "only") == [2, 0, 1]


def test_who_had_it_first_is_said_in_words() -> None:
    names = ["kestrel", "glen"]
    assert said_first(statement("near", "identical", first=1), names, 12).strip() == "glen"
    assert said_first(statement("near", "identical"), names, 12).strip() == "same day"
    assert said_first(statement("near", "identical", day=None), names, 12).strip() == "undated"
    assert said_first(statement(None, "identical"), names, 12).strip() == "only glen"
    found = matrix(
        statement("near", "identical", first=1), statement("near", "near"), statement("identical", None)
    )
    assert summary_of(found, names, 80, 2) == ["First: glen 1 · not known 1", "Alone: kestrel 1"]


@given(st.integers(1, 40), st.data())
def test_every_line_is_of_one_row_and_every_row_has_its_lines(rows: int, data: st.DataObject) -> None:
    grid = CoverageGrid()
    grid.rows = list(range(rows))
    grid.row = data.draw(st.integers(0, rows - 1))
    lines = [grid.row_at(line) for line in range(grid.lines)]
    assert lines == sorted(lines)
    for row in range(rows):
        assert lines[grid.line_of(row)] == (row, 0)
    assert [line for row, line in lines if row == grid.row] == [0, 1, 2]
    assert {row for row, _ in lines} == set(range(rows))


@given(matrices(), st.integers(30, 120), st.integers(0, 8))
def test_the_summary_fits_and_names_as_many_as_there_is_room_for(
    found: Matrix, width: int, lines: int
) -> None:
    names = [f"source-{at}" for at in range(len(found.columns))]
    said = summary_of(found, names, width, lines)
    assert len(said) <= lines
    assert all(width_of(line) <= width for line in said)
    if lines == 8 and width == 120:
        assert not any("…" in line for line in said)
