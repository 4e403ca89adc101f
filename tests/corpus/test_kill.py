"""Killed at any instant: what was committed stays, nothing is half, the next run goes on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder
from tui.corpus import Corpus, find_corpus, index_corpus, make_corpus
from tui.corpus.doctor import check_corpus
from tui.corpus.lock import indexer, only_indexer
from tui.corpus.schema import has_tables
from tui.errors import BroadsheetError, CorpusBusy, CorpusDamaged

INDEXING = (
    "import sys; from pathlib import Path; from tui.corpus import ingest, index_corpus\n"
    "ingest._BATCH = 20; ingest.FEW = 0\n"
    "print('begun', flush=True); index_corpus([Path(sys.argv[1])], jobs=int(sys.argv[2])); print('done')"
)


def start(folder: Path, jobs: int = 1) -> subprocess.Popen[str]:
    program = subprocess.Popen(
        [sys.executable, "-c", INDEXING, str(folder), str(jobs)],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "begun\n"
    return program


def ill(folder: Path) -> list[str]:
    return [
        finding.message
        for finding in check_corpus(folder)
        if finding.state == "ill" and finding.subject != "index"
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_again_and_again(folder: Folder, jobs: int) -> None:
    folder.write_many(400)
    chance = random.Random(jobs)
    count = kills = 0
    for _ in range(8):
        program = start(folder.path, jobs)
        time.sleep(chance.uniform(0.0, 0.8))
        finished = program.poll() is not None
        program.kill()
        program.communicate()
        if finished:
            break
        kills += 1
        place = find_corpus(folder.path)
        if place is None or not has_tables(place.store):
            continue
        with Corpus.open(folder.path) as corpus:
            now = corpus.count()
            assert now >= count
            assert len(corpus.newest(1000)) == now
            count = now
            assert sum(e.articles for e in corpus.entities(limit=10_000)) == sum(
                len({m.entity for m in corpus.mentions(hit.id)}) for hit in corpus.newest(1000)
            )
        assert ill(folder.path) == []
    assert kills
    report = index_corpus([folder.path])
    assert report.added + report.unchanged == 400
    assert report.unchanged >= count
    assert [f.message for f in check_corpus(folder.path) if f.state == "ill"] == []


def test_a_second_indexer_is_told_who_is_first_and_a_kill_frees_the_lock(folder: Folder) -> None:
    folder.write_many(10)
    place = make_corpus(folder.path)
    program = (
        "import sys, time; from pathlib import Path; from tui.corpus import find_corpus\n"
        "from tui.corpus.lock import only_indexer\n"
        "with only_indexer(find_corpus(Path(sys.argv[1]))): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(folder.path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    try:
        for _ in range(2):
            with pytest.raises(CorpusBusy, match=f"process {holder.pid}") as caught:
                index_corpus([folder.path])
            assert "\n" not in str(caught.value) and caught.value.exit_code == 3
    finally:
        holder.kill()
        holder.communicate()
    assert index_corpus([folder.path]).added == 10
    assert indexer(place) is None


def test_a_reader_that_comes_before_the_first_commit_is_told_to_wait(folder: Folder) -> None:
    place = make_corpus(folder.path)
    with pytest.raises(BroadsheetError):
        Corpus.open(folder.path)
    place.store.touch()
    with only_indexer(place), pytest.raises(CorpusBusy, match="first time"):
        Corpus.open(folder.path)


def test_a_search_before_the_first_commit_of_the_index_is_told_to_wait(folder: Folder) -> None:
    folder.write_many(3)
    index_corpus([folder.path])
    place = make_corpus(folder.path)
    shutil.rmtree(place.index)
    with Corpus.open(folder.path) as corpus:
        with only_indexer(place), pytest.raises(CorpusBusy, match="try again soon"):
            corpus.search("article")
        with pytest.raises(CorpusDamaged, match="`broadsheet index` makes it"):
            corpus.search("article")
        index_corpus([folder.path])
        assert corpus.search("").total == 3


def test_the_lock_is_let_go_when_indexing_fails(folder: Folder) -> None:
    place = make_corpus(folder.path)
    with pytest.raises(RuntimeError), only_indexer(place):
        raise RuntimeError
    with only_indexer(place):
        assert indexer(place) == os.getpid()


def test_ctrl_c_ends_it_at_once_and_leaves_no_process(folder: Folder) -> None:
    folder.write_many(400)
    program = start(folder.path, 2)
    time.sleep(0.6)
    program.send_signal(signal.SIGINT)
    began = time.monotonic()
    program.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert index_corpus([folder.path]).unchanged < 400 or program.returncode == 0
    assert ill(folder.path) == []
