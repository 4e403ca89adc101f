"""`broadsheet search`, on the sample data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_pipe, in_terminal
from tests.commands.schemas import check

pytestmark = pytest.mark.usefixtures("sample_home")


def test_json_is_what_the_schema_says_and_marks_the_snippet(run: Run) -> None:
    result = run("search", "nato", "--facets", "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    check("search", answer)
    assert answer["query"] == "nato"
    assert answer["total"] >= len(answer["hits"]) > 0
    assert answer["facets"]["month"] and answer["facets"]["source"]
    marked = [hit["snippet"][start:end] for hit in answer["hits"] for start, end in hit["matches"]]
    assert marked and all("nato" in text.lower() for text in marked)


def test_facets_are_null_unless_asked_for(run: Run) -> None:
    answer = json.loads(run("search", "nato", "--json", "--limit", "1").stdout)
    check("search", answer)
    assert answer["facets"] is None
    assert len(answer["hits"]) == 1


def test_a_pipe_gets_one_line_a_hit(run: Run) -> None:
    result = run("search", "nato", "--limit", "5")
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert len(lines) == 5
    for id, date, _source, title, _snippet in lines:
        assert re.fullmatch(r"[0-9a-f]{16}", id)
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}|-", date)
        assert title
    assert "--limit and --offset" in result.stderr


def test_offset_goes_on_where_limit_ended(run: Run) -> None:
    def ids(*options: str) -> list[str]:
        return [line.split("\t")[0] for line in run("search", "nato", *options).stdout.splitlines()]

    assert ids("--limit", "2") + ids("--limit", "3", "--offset", "2") == ids("--limit", "5")


@pytest.mark.parametrize(("sort", "reverse"), [("newest", True), ("oldest", False)])
def test_sorted_by_date(run: Run, sort: str, reverse: bool) -> None:
    hits = json.loads(run("search", "nato", "--sort", sort, "--json", "--limit", "100").stdout)["hits"]
    dates = [hit["date"] for hit in hits if hit["date"]]
    assert len(set(dates)) > 1
    assert dates == sorted(dates, reverse=reverse)


def test_facets_in_a_pipe_follow_an_empty_line(run: Run) -> None:
    output = run("search", "nato", "--facets", "--limit", "1").stdout
    hits, facets = output.split("\n\n")
    assert len(hits.splitlines()) == 1
    assert {line.split("\t")[0] for line in facets.splitlines()} >= {"source", "month"}
    assert all(len(line.split("\t")) == 3 for line in facets.splitlines())


def test_nothing_found_is_said_and_1(run: Run) -> None:
    result = run("search", "qqqqzzzzxx")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Nothing matches 'qqqqzzzzxx'" in result.stderr
    encoded = run("search", "qqqqzzzzxx", "--json")
    assert encoded.exit_code == 1
    assert json.loads(encoded.stdout)["hits"] == []


def test_words_need_no_quotes(run: Run) -> None:
    assert run("search", "nato", "russia").stdout == run("search", "nato russia").stdout


def test_a_word_to_leave_out_is_told_the_way_past_the_options(run: Run) -> None:
    result = run("search", "nato", "-ukraine")
    assert result.exit_code == 2
    assert "put -- before the query" in result.stderr
    without = json.loads(run("search", "--json", "--", "nato", "-ukraine").stdout)["total"]
    assert 0 < without < json.loads(run("search", "--json", "nato").stdout)["total"]


def test_on_a_terminal_matches_are_coloured_and_lines_fit() -> None:
    code, drawn = in_terminal("search", "nato", "--facets", columns=60)
    assert code == 0
    text = drawn.decode()
    assert re.search(r"\x1b\[1;33m[^\x1b]*nato", text, re.IGNORECASE)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert max(len(line.rstrip()) for line in plain.splitlines() if not line.startswith("broadsheet:")) <= 60


def test_without_colour_matches_are_still_strong() -> None:
    _code, drawn = in_terminal("search", "nato", env={"NO_COLOR": "1"})
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", drawn.decode()))
    assert "1" in codes
    assert codes <= {"0", "1", "2", "3"}


def test_plain_on_a_terminal_is_what_a_pipe_gets(run: Run) -> None:
    code, drawn = in_terminal("search", "--plain", "nato", "--limit", "100")
    assert code == 0
    said = drawn.decode().replace("\r\n", "\n")
    assert run("search", "nato", "--limit", "100").stdout in said


def test_a_corpus_may_be_named_before_or_after_the_command(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("A walrus in town\n20220101\nhttp://sea.example/1\nIt was a walrus.\n")
    first = in_pipe("-C", str(tmp_path), "search", "walrus")
    second = in_pipe("search", "-C", str(tmp_path), "walrus")
    third = in_pipe("search", "walrus", env={"BROADSHEET_CORPUS": str(tmp_path)})
    fourth = in_pipe("search", "walrus", cwd=tmp_path)
    assert first.stdout == second.stdout == third.stdout == fourth.stdout
    assert first.stdout.split(b"\t")[1:4] == [b"2022-01-01", b"sea.example", b"A walrus in town"]
    assert b"sample data" not in first.stderr + fourth.stderr


def test_the_sample_data_is_said_to_be_that(tmp_path: Path) -> None:
    done = in_pipe("search", "nato", cwd=tmp_path)
    assert done.returncode == 0
    assert b"broadsheet: This is the sample data" in done.stderr


def test_a_closed_pipe_is_no_error(run: Run) -> None:
    import subprocess
    import sys

    from tests.commands.programs import environment

    command = f"'{sys.executable}' -m tui search '' --limit 1000 | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], env=environment(), capture_output=True, timeout=60, check=False
    )
    assert done.stdout.count(b"\n") == 1
    assert b"rror" not in done.stderr


def test_a_first_run_that_was_killed_before_its_index_is_made_up_for(run: Run, tmp_path: Path) -> None:
    import shutil

    from tui.corpus import find_corpus

    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("Talks\n20211216\nhttps://a.example/1\nEnvoys met in Geneva.\n", "utf-8")
    run("-C", folder, "search", "geneva")
    place = find_corpus(folder)
    assert place is not None
    shutil.rmtree(place.index)
    assert "Talks" in run("-C", folder, "search", "geneva").stdout
