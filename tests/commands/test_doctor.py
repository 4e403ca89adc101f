"""`broadsheet doctor`: what it looks at, and what it mends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_terminal
from tests.commands.schemas import check


def test_all_is_well_with_the_sample_data(run: Run, sample_home: Path) -> None:
    result = run("doctor", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    check("doctor", report)
    assert "ill" not in {finding["state"] for finding in report["findings"]}
    assert report["directories"]["data"] == str(sample_home / "data")
    assert report["versions"]["textual"]


def test_what_is_not_indexed_yet_is_no_illness_and_is_not_indexed(run: Run, clean_home: Path) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "has not been indexed yet" in result.stdout
    assert not (clean_home / "data").exists()


def test_a_lost_index_is_found_and_made_anew(run: Run, sample_home: Path) -> None:
    (index,) = (sample_home / "data").rglob("index")
    shutil.rmtree(index)
    run("doctor", "--fix")
    assert run("doctor").exit_code == 0
    assert run("search", "nato").exit_code == 0


def test_a_store_that_is_none_is_ill_not_a_traceback(run: Run, sample_home: Path) -> None:
    (store,) = (sample_home / "data").rglob("store.sqlite")
    store.write_bytes(b"this is no database" * 1000)
    searched = run("search", "nato")
    assert searched.exit_code == 3
    assert "doctor --fix" in searched.stderr
    result = run("doctor")
    assert result.exit_code in (1, 3)
    assert "Traceback" not in result.stderr


def test_a_pipe_gets_a_line_a_fact(run: Run, sample_home: Path) -> None:
    lines = [line.split("\t") for line in run("doctor").stdout.splitlines()]
    assert {line[0] for line in lines} == {"finding", "versions", "terminal", "directories"}
    assert all(len(line) == (4 if line[0] == "finding" else 3) for line in lines)


def test_on_a_terminal_it_knows_the_terminal(sample_home: Path) -> None:
    code, drawn = in_terminal("doctor", columns=90, env={"TMUX": "/tmp/tmux-0/default,1,0"})
    assert code == 0
    text = drawn.decode()
    assert "xterm-256color" in text and "90" in text and "tmux" in text


def test_a_recogniser_that_cannot_be_used_is_ill(
    run: Run, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "own.model").write_bytes(b"damaged")
    for setting, goes_on in (
        ("./own.model", "the rules alone go on"),
        ("./none", "the built-in recogniser goes on"),
    ):
        (tmp_path / "config.toml").write_text(f'recogniser = "{setting}"\n')
        result = run("doctor")
        assert result.exit_code == 1
        (line,) = [line for line in result.stdout.splitlines() if line.startswith("finding\trecogniser")]
        assert line.startswith("finding\trecogniser\till\t") and line.endswith(goes_on)
