"""`broadsheet coverage`, on the sample data."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_terminal
from tests.commands.schemas import check

pytestmark = pytest.mark.usefixtures("sample_home")


@pytest.fixture
def largest(run: Run) -> str:
    """The id of the story with most articles."""
    return run("stories", "--order", "largest", "--limit", "1").stdout.split("\t")[0]


def test_json_fits_its_schema_and_says_where_each_telling_stands(run: Run, largest: str) -> None:
    result = run("coverage", largest, "--json")
    assert result.exit_code == 0
    matrix = json.loads(result.stdout)
    check("coverage", matrix)
    assert len(matrix["columns"]) >= 5
    counts = [statement["carried"] for statement in matrix["statements"]]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] >= 3
    paragraphs = {}
    for statement in matrix["statements"][:20]:
        assert len(statement["tellings"]) == len(matrix["columns"])
        for column, telling in zip(matrix["columns"], statement["tellings"], strict=True):
            if telling is None:
                continue
            id = telling["article"]
            assert id in column["articles"]
            if id not in paragraphs:
                paragraphs[id] = json.loads(run("show", id, "--json").stdout)["paragraphs"]
            place = slice(telling["start"], telling["end"])
            assert paragraphs[id][telling["paragraph"]][place] == telling["text"]


def test_a_pipe_gets_a_line_a_statement(run: Run, largest: str) -> None:
    matrix = json.loads(run("coverage", largest, "--json").stdout)
    lines = [line for line in run("coverage", largest).stdout.splitlines() if not line.startswith("# ")]
    assert len(lines) == len(matrix["statements"])
    for line, statement in zip(lines, matrix["statements"], strict=True):
        carried, signs, _, text = line.split("\t")
        assert carried == f"{statement['carried']}/{len(matrix['columns'])}"
        assert [sign != "." for sign in signs] == [telling is not None for telling in statement["tellings"]]
        assert text == statement["text"]


def test_files(run: Run, largest: str) -> None:
    rows = list(csv.reader(io.StringIO(run("coverage", largest, "--format", "csv").stdout)))
    assert len({len(row) for row in rows}) == 1
    page = run("coverage", largest, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "| Statement |" in run("coverage", largest, "--format", "markdown").stdout


def test_a_beginning_and_an_article_name_a_story_too(run: Run, largest: str) -> None:
    whole = run("coverage", largest).stdout
    assert run("coverage", largest[:10]).stdout == whole
    article = json.loads(run("stories", "--order", "largest", "--limit", "1", "--json").stdout)["articles"][0]
    assert run("coverage", article).stdout == whole


@pytest.mark.parametrize("name", ["ffffffffffffffff", "no-such-file.txt", "\x1b[31m"])
def test_there_is_no_such_story(run: Run, name: str) -> None:
    result = run("coverage", name)
    assert result.exit_code in (1, 3)
    assert result.stdout == ""
    assert result.stderr.count("\n") <= 2
    assert "\x1b" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_terminal_gets_a_table_that_fits(largest: str, columns: int) -> None:
    code, drawn = in_terminal("coverage", largest, columns=columns)
    assert code == 0
    assert "in the same words" in drawn.decode()
