"""`broadsheet index`: what it takes up, what it says of that, and how it ends."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import PROGRAM, environment, in_pipe, in_terminal
from tests.commands.schemas import check
from tui.commands.progress import progress_lines
from tui.corpus import Progress, find_corpus
from tui.corpus.lock import only_indexer


def write(folder: Path, name: str, about: str = "walrus") -> Path:
    file = folder / name
    file.write_text(
        f"A {about} named {name}\n20220102\nhttp://sea.example/{name}\nThe {about} met Angela Merkel in Paris.\n"
    )
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles and an empty file."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder, "one.txt")
    write(folder, "two.txt")
    (folder / "empty.txt").touch()
    return folder


def test_the_report_says_what_was_taken_up_and_what_not(run: Run, folder: Path) -> None:
    result = run("index", str(folder), "--json")
    report = json.loads(result.stdout)
    check("index", report)
    assert (report["added"], report["updated"], report["unchanged"], report["removed"]) == (2, 0, 0, 0)
    assert [Path(failure["path"]).name for failure in report["failed"]] == ["empty.txt"]
    assert "empty" in report["failed"][0]["reason"]
    assert result.exit_code == 1


def test_a_second_run_takes_up_what_changed(run: Run, folder: Path) -> None:
    (folder / "empty.txt").unlink()
    assert run("index", str(folder)).exit_code == 0
    write(folder, "three.txt")
    (folder / "one.txt").unlink()
    write(folder, "two.txt", "narwhal").touch()
    result = run("index", str(folder))
    facts = dict(line.split("\t") for line in result.stdout.splitlines())
    assert facts == {"read": "2", "added": "1", "updated": "1", "unchanged": "0", "removed": "1"}
    assert run("-C", str(folder), "search", "narwhal").exit_code == 0


def test_a_pipe_gets_a_line_a_file_that_was_not_taken(run: Run, folder: Path) -> None:
    lines = run("index", str(folder)).stdout.splitlines()
    failed = [line.split("\t") for line in lines if line.startswith("failed\t")]
    assert len(failed) == 1
    assert failed[0][1].endswith("empty.txt")


def test_the_report_file_has_everything(run: Run, folder: Path, tmp_path: Path) -> None:
    for number in range(30):
        (folder / f"none-{number}.txt").touch()
    file = tmp_path / "report.json"
    file.write_text("something longer that was there before" * 100)
    code, drawn = in_terminal("index", str(folder), "--report", str(file))
    assert code == 1
    report = json.loads(file.read_text())
    check("index", report)
    assert len(report["failed"]) == 31
    shown = drawn.decode()
    assert "31 files could not be taken" in shown
    assert "and 11 more" in shown


def test_a_report_that_cant_be_written_is_said_before_anything_is_done(run: Run, folder: Path) -> None:
    result = run("index", str(folder), "--report", str(folder / "no" / "such" / "file"))
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_further_folders_join_the_corpus_of_the_first(run: Run, folder: Path, tmp_path: Path) -> None:
    more, other = tmp_path / "more", tmp_path / "other"
    more.mkdir(), other.mkdir()
    write(more, "three.txt", "narwhal")
    write(other, "four.txt", "beluga")
    run("index", str(folder), str(more))
    run("-C", str(folder), "index", str(other))
    for about in ("walrus", "narwhal", "beluga"):
        assert run("-C", str(folder), "search", about).exit_code == 0, about
    without = run("-C", str(folder), "index", "--json")
    assert json.loads(without.stdout)["unchanged"] + len(json.loads(without.stdout)["failed"]) >= 4


def test_the_environment_s_corpus_takes_no_folder_that_wasn_t_meant_for_it(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(other, "four.txt", "beluga")
    run("index", str(folder))
    monkeypatch.setenv("BROADSHEET_CORPUS", str(folder))
    run("index", str(other))
    assert run("search", "beluga").exit_code == 1
    assert run("-C", str(other), "search", "beluga").exit_code == 0


def test_a_pipe_hears_nothing_of_progress_and_a_terminal_does(folder: Path) -> None:
    (folder / "empty.txt").unlink()
    assert in_pipe("index", str(folder)).stderr == b""
    code, drawn = in_terminal("index", str(folder), "--rebuild")
    assert code == 0
    assert "files" in drawn.decode() or "articles" in drawn.decode()
    last = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", drawn.decode()).strip().splitlines()[-1]
    assert re.search(r"in [0-9.]+ s$", last)


def test_progress_lines_end_with_the_report(folder: Path) -> None:
    done = in_pipe("index", str(folder), "--progress-lines")
    *steps, report = [json.loads(line) for line in done.stdout.splitlines()]
    check("index", report)
    assert {step["phase"] for step in steps} <= {"walking", "reading", "indexing", "grouping"}
    assert all(set(step) == {"phase", "done", "total", "rate"} for step in steps)
    assert steps


def test_progress_lines_end_with_what_went_wrong() -> None:
    done = in_pipe("index", "/no/such/folder", "--progress-lines")
    assert "/no/such/folder" in json.loads(done.stdout.splitlines()[-1])["error"]
    assert done.returncode in (2, 3)


def test_progress_lines_come_at_most_ten_a_second() -> None:
    stream, now = io.StringIO(), iter([0.0, 0.01, 0.02, 0.2, 0.21, 0.22])
    watch = progress_lines(stream, lambda: next(now))
    for phase, done in (("reading", 1), ("reading", 2), ("reading", 3), ("reading", 4), ("indexing", 1)):
        watch(Progress(phase, done, 5, 1.0))  # type: ignore[arg-type]
    watch(Progress("indexing", 5, 5, 1.0))
    written = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(step["phase"], step["done"]) for step in written] == [
        ("reading", 1),
        ("reading", 4),
        ("indexing", 1),
        ("indexing", 5),
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_what_stays_and_goes_on_later(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for article in range(400):
        write(folder, f"{article}.txt")
    with subprocess.Popen(
        [*PROGRAM, "index", str(folder), "--progress-lines", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        for line in process.stdout:
            if b'"reading"' in line:
                break
        os.kill(process.pid, number)
        assert process.wait(30) == 130
        said = process.stderr.read().decode()
        assert said.startswith("broadsheet: Stopped: what was taken up so far stays")
        assert said.count("\n") == 1
    done = in_pipe("index", str(folder), "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["read"] <= 400


def test_a_second_indexer_is_told_so_in_one_line(run: Run, folder: Path) -> None:
    run("index", str(folder))
    place = find_corpus(folder)
    assert place is not None
    with only_indexer(place):
        second = run("index", str(folder))
    assert second.exit_code == 3
    assert second.stderr.count("\n") == 1
    assert "is being indexed" in second.stderr
    assert second.stdout == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unwritable for root")
def test_a_data_directory_that_cant_be_written_is_said(folder: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = in_pipe("index", str(folder), env={"BROADSHEET_DATA_DIR": str(locked)})
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1


def test_opening_or_searching_indexes_a_folder_the_first_time_only(folder: Path) -> None:
    first = in_pipe("-C", str(folder), "search", "walrus")
    assert first.returncode == 0
    assert b"1 file could not be taken" in first.stderr
    write(folder, "three.txt", "narwhal")
    start = time.monotonic()
    again = in_pipe("-C", str(folder), "search", "narwhal")
    assert again.returncode == 1, time.monotonic() - start


def test_without_a_terminal_the_corpus_is_described(folder: Path) -> None:
    done = in_pipe(str(folder))
    assert done.returncode == 0
    said = done.stdout.decode()
    assert said.startswith("articles: 2 articles from 1 source")
    assert "2022-01-02" in said and "broadsheet search QUERY" in said
    assert all(len(line) <= 200 for line in said.splitlines())


MISSING = "/nowhere/own.model"


def test_another_recogniser_reads_all_again_and_says_so(run: Run, folder: Path, clean_home: Path) -> None:
    first = run("index", str(folder)).stdout.splitlines()[0]
    result = run("index", str(folder), "--recogniser", "rules")
    assert result.stdout.splitlines()[0] == first
    assert (
        result.stderr
        == "broadsheet: The recogniser is another one than before: all articles are read again\n"
    )
    again = run("index", str(folder), "--recogniser", "rules")
    assert again.stdout.splitlines()[0] != first and not again.stderr


@pytest.mark.parametrize(("choice", "code"), [("nonsense", 2), (f"model:{MISSING}", 3)])
def test_a_recogniser_that_is_not_there_is_one_line(
    run: Run, folder: Path, clean_home: Path, choice: str, code: int
) -> None:
    result = run("index", str(folder), "--recogniser", choice)
    assert result.exit_code == code
    assert len(result.stderr.splitlines()) == 1 and choice.removeprefix("model:") in result.stderr


def test_the_reader_is_told_of_a_model_that_is_missing_and_indexing_goes_on(
    folder: Path, clean_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(f'recogniser = "{MISSING}"\n')
    done = in_pipe(
        "index", str(folder), "--progress-lines", env={"BROADSHEET_CONFIG": str(tmp_path / "config.toml")}
    )
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    (notice,) = [step["notice"] for step in steps if "notice" in step]
    assert MISSING in notice and notice.endswith("the built-in recogniser goes on")
    assert steps[-1]["added"] > 0
