"""`broadsheet timeline`, on the sample data and on articles of odd dates."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_pipe, in_terminal
from tests.commands.schemas import check
from tui.corpus import index_corpus
from tui.index.periods import UNITS

pytestmark = pytest.mark.usefixtures("sample_home")


def total_of(run: Run, query: str) -> int:
    total: int = json.loads(run("search", query, "--json", "--limit", "0").stdout)["total"]
    return total


@pytest.mark.parametrize("unit", UNITS)
def test_json_counts_every_article_once_at_every_zoom(run: Run, unit: str) -> None:
    result = run("timeline", "nato", "--by", unit, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    check("timeline", found)
    assert (found["query"], found["by"], found["total"]) == ("nato", unit, total_of(run, "nato"))
    assert sum(bin["articles"] for bin in found["bins"]) + found["undated"] == found["total"]
    assert [bin["first"] for bin in found["bins"]] == sorted(bin["first"] for bin in found["bins"])
    for bin in found["bins"]:
        overlaps = any(
            burst["first"] <= bin["last"] and burst["last"] >= bin["first"] for burst in found["bursts"]
        )
        assert bin["burst"] == overlaps
    assert found["bursts"]


def test_a_pipe_gets_a_line_for_each_time_that_has_articles(run: Run) -> None:
    result = run("timeline", "--by", "week", "nato")
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert sum(int(line[1]) for line in lines) == total_of(run, "nato")
    assert all(datetime.date.fromisoformat(line[0]).weekday() == 0 for line in lines)
    assert {tuple(line[2:]) for line in lines} == {(), ("burst",)}


@pytest.mark.parametrize(
    ("unit", "form"),
    [("day", r"\d{4}-\d\d-\d\d"), ("month", r"\d{4}-\d\d"), ("quarter", r"\d{4}-\d\d"), ("year", r"\d{4}")],
)
def test_a_date_is_as_exact_as_its_unit(run: Run, unit: str, form: str) -> None:
    for line in run("timeline", "--by", unit).stdout.splitlines():
        date, articles = line.split("\t")
        assert re.fullmatch(form, date) and int(articles) > 0


def test_without_a_query_it_is_of_the_whole_corpus(run: Run) -> None:
    found = json.loads(run("timeline", "--json").stdout)
    assert found["total"] == total_of(run, "*") or found["total"] > 100
    assert len(found["bins"]) <= 60


def test_what_finds_nothing_says_so(run: Run) -> None:
    result = run("timeline", "qqqqzzzzxx")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Nothing matches" in result.stderr


def test_a_wrong_unit_is_wrong_usage(run: Run) -> None:
    assert run("timeline", "--by", "fortnight").exit_code == 2


def test_bars_on_a_terminal_fit_it() -> None:
    code, drawn = in_terminal("timeline", "nato", "--by", "month", columns=60, env={"LANG": "C.UTF-8"})
    assert code == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", drawn.decode())
    bars = [line for line in text.splitlines() if "█" in line]
    assert bars and all(len(line) <= 60 for line in bars)
    assert any("burst" in line for line in bars)


def test_bars_in_ascii_where_the_locale_is() -> None:
    code, drawn = in_terminal("timeline", "nato", columns=60, env={"LC_ALL": "C"})
    assert code == 0
    bars = [line for line in drawn.decode().splitlines() if "#" in line]
    assert bars and all(line.isascii() for line in bars)


def test_odd_dates_are_counted_and_gaps_are_not_drawn_out(tmp_path: Path) -> None:
    dates = ["18760504", "20211216", "20211216", "99991231", "", ""]
    for number, date in enumerate(dates):
        (tmp_path / f"{number}.txt").write_text(f"Title {number}\n{date}\n\nA sentence of number {number}.\n")
    index_corpus([tmp_path], recogniser="rules")
    done = in_pipe("timeline", "--by", "day", "-C", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == ["1876-05-04\t1", "2021-12-16\t2", "9999-12-31\t1"]
    assert b"2 articles without a date" in done.stderr
    code, drawn = in_terminal("timeline", "--by", "day", "-C", str(tmp_path), columns=80)
    assert code == 0 and len(drawn.decode().splitlines()) < 20
    for unit in UNITS:
        assert (
            json.loads(in_pipe("timeline", "--json", "--by", unit, "-C", str(tmp_path)).stdout)["undated"]
            == 2
        )


def test_articles_without_any_date_have_no_timeline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\n\nA sentence.\n")
    index_corpus([tmp_path], recogniser="rules")
    done = in_pipe("timeline", "-C", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"1 article without a date" in done.stderr
