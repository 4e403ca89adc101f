"""Reading in processes: in order, bounded, and no file takes the run down."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder
from tui.corpus import index_corpus, ingest, workers
from tui.corpus.reading import NotTaken, Same, Taken, Task
from tui.corpus.workers import read_files


def tasks(folder: Path) -> list[Task]:
    return [Task(str(file), file.stat().st_size, None) for file in sorted(folder.iterdir())]


def children() -> set[int]:
    """The processes that this one has started."""
    with subprocess.Popen(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid())], stdout=subprocess.PIPE, text=True
    ) as lister:
        found = {int(pid) for pid in lister.communicate()[0].split()}
    return found - {lister.pid}


def test_processes_answer_as_this_one_does_and_in_order(folder: Folder) -> None:
    folder.write_many(50)
    folder.write("empty.txt", "", "")
    (folder.path / "empty.txt").write_bytes(b"")
    here = list(read_files(tasks(folder.path), 1))
    assert list(read_files(tasks(folder.path), 3)) == here
    assert isinstance(here[-1], NotTaken) and all(isinstance(read, Taken) for read in here[:-1])
    known = [
        Task(task.path, task.size, read.digest)
        for task, read in zip(tasks(folder.path), here, strict=True)
        if isinstance(read, Taken)
    ]
    assert list(read_files(known, 2)) == [Same()] * 50


def test_no_more_is_asked_for_than_is_under_way(folder: Folder) -> None:
    folder.write_many(1)
    (task,) = tasks(folder.path)
    asked = 0

    def endless() -> Iterator[Task]:
        nonlocal asked
        while True:
            asked += 1
            yield task

    reads = read_files(endless(), 2)
    for _ in range(40):
        next(reads)
    assert asked <= 40 + 2 * 4 * 16 + 16
    assert len(children()) == 2
    reads.close()
    assert children() == set()


def set_trap(monkeypatch: pytest.MonkeyPatch, name: str, doing: str) -> None:
    """Have worker processes do something else with the file of this name."""
    trap = (
        "import json, os, sys, time; sys.path[:] = json.loads(sys.argv[1]); from tui.corpus import workers\n"
        "genuine = workers.read_file\n"
        f"def read_file(task, *rest):\n    if {name!r} in task.path: {doing}\n    return genuine(task, *rest)\n"
        "workers.read_file = read_file; workers.serve()"
    )
    monkeypatch.setattr(workers, "_BEGIN", trap)


def test_a_file_that_kills_its_reader_is_named_and_the_rest_is_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_many(40)
    set_trap(monkeypatch, "00007.txt", "os.kill(os.getpid(), 9)")
    monkeypatch.setattr(ingest, "FEW", 10)
    report = index_corpus([folder.path], jobs=2)
    assert report.added == 39
    assert [(Path(f.path).name, f.reason) for f in report.failed] == [
        ("00007.txt", "reading it ended the process")
    ]


def test_a_file_that_holds_its_reader_up_is_named_and_the_rest_is_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_many(20)
    set_trap(monkeypatch, "00003.txt", "time.sleep(600)")
    monkeypatch.setattr(workers, "_PATIENCE_S", 6.0)
    reads = list(read_files(tasks(folder.path), 2))
    wrong = {at: read.reason for at, read in enumerate(reads) if isinstance(read, NotTaken)}
    assert wrong == {3: "took longer than 6 s to read"}


def test_a_process_killed_from_outside_costs_no_file(folder: Folder) -> None:
    folder.write_many(60)
    reads = read_files(tasks(folder.path) * 5, 2)
    first = [next(reads)]
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    assert all(isinstance(read, Taken) for read in [*first, *reads])


def test_where_no_process_can_be_started_it_reads_by_itself(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_many(20)
    here = list(read_files(tasks(folder.path), 1))
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", "/nowhere/python")
        assert list(read_files(tasks(folder.path), 2)) == here
    with monkeypatch.context() as patched:
        patched.setattr(workers, "_BEGIN", "raise SystemExit(1)")
        assert list(read_files(tasks(folder.path), 2)) == here


def test_a_module_lying_in_the_current_folder_is_not_run(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_many(20)
    for name in ("json", "tui", "numpy", "pickle"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    assert all(isinstance(read, Taken) for read in read_files(tasks(folder.path), 2))
    assert not (tmp_path / "ran").exists()


def test_processes_go_when_their_parent_is_killed(folder: Folder, tmp_path: Path) -> None:
    folder.write_many(200)
    program = (
        "import sys, os; from pathlib import Path; from tui.corpus.workers import read_files\n"
        "from tui.corpus.reading import Task\n"
        "files = [Task(str(f), 9, None) for f in sorted(Path(sys.argv[1]).iterdir())]\n"
        "reads = read_files(files * 50, 2); next(reads)\n"
        "os.system(f'ps -o pid= --ppid {os.getpid()} > {sys.argv[2]}'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(folder.path), str(tmp_path / "pids")], check=False)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) >= 2
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(_alive(pid) for pid in pids):
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in pids)


def _alive(pid: int) -> bool:
    try:
        return b") Z " not in Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
