"""Kills the writer at random instants, many times over, and looks at what is left each time.

    python -m tests.index.killing --runs 200

Each run takes up a log that has grown meanwhile, with several processes, small slices and many merges, and is ended
by kill -9: the parent, one of its children, or all of them. What is left must be a whole commit, from which the next
run goes on; after a run that is let finish the index is what the log says, and no other file is left.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from tests.index.newsroom import Newsroom
from tui.article import Article, ArticleNumber
from tui.index import tiers, writer
from tui.index.articles import Change
from tui.index.making import FOLDER
from tui.index.schema import INDEX_NAME
from tui.index.search import Index
from tui.index.toc import latest_generation
from tui.index.writer import IndexWriter

_ARTICLES = 900


class Ledger(Newsroom):
    """A store of which there is nothing but a log, made up by a seed: another article at every change of it."""

    def __init__(self, seed: int, length: int) -> None:
        super().__init__()
        self.seed, self.length = seed, length

    @cached_property
    def last(self) -> dict[int, Change]:
        """The last change of each article."""
        chance = random.Random(self.seed)
        last: dict[int, Change] = {}
        for sequence in range(1, self.length + 1):
            number = chance.randint(1, _ARTICLES)
            kind = "delete" if chance.random() < 0.3 else "put"
            last[number] = Change(sequence, ArticleNumber(number), kind)  # type: ignore[arg-type]
        return last

    def texts(self, numbers: Sequence[int]) -> dict[int, Article]:
        found = {}
        for number in numbers:
            change = self.last.get(number)
            if change is not None and change.kind == "put":
                text = f"common {word_of(change)} " + " ".join(
                    f"w{number * place % 997}" for place in range(60)
                )
                found[number] = Article(f"t{number % 10}", (text, "more"), language="en")
        return found

    def entities_of(self, numbers: Sequence[int]) -> dict[int, NDArray[np.uint32]]:
        return {}

    def changes_since(self, sequence: int, limit: int = -1) -> tuple[int, list[Change]]:
        changes = sorted(change for change in self.last.values() if change.sequence > sequence)
        return self.length, changes if limit < 0 else changes[:limit]


def word_of(change: Change) -> str:
    """A word that only this state of the article has."""
    return f"n{change.number}v{change.sequence}"


def write(directory: Path, seed: int, length: int) -> None:
    """Bring the index up to the log: what is killed. By small slices, so that there are many commits and merges."""
    with ExitStack() as small:
        for module, name, value in (
            (writer, "_SLICE", 60), (writer, "_FEW", 20),
            (tiers, "_TIER", 3), (tiers, "_SMALLEST", 30), (tiers, "_MOST", 4),
        ):  # fmt: skip
            small.enter_context(patch.object(module, name, value))
        ledger = Ledger(seed, length)
        with IndexWriter(directory, ledger, opener=partial(Ledger, seed, length), jobs=2) as taking:
            taking.catch_up()


def check(directory: Path, seed: int, length: int) -> int:
    """Hold the last commit to the log; how far it had come."""
    if latest_generation(directory) < 0:
        return 0
    ledger = Ledger(seed, length)
    index = Index.open(directory, ledger)
    assert index.damaged() == []
    numbers = set(index.numbers().tolist())
    assert set(index.search("common").numbers(0, 10 * _ARTICLES).tolist()) == numbers
    done = [change for change in ledger.last.values() if change.sequence <= index.sequence]
    assert {change.number for change in done if change.kind == "put"} <= numbers
    assert numbers.isdisjoint(change.number for change in done if change.kind == "delete")
    for change in random.Random(length).sample(done, min(len(done), 20)):
        found = index.search(word_of(change)).numbers(0, 9).tolist()
        assert found == ([change.number] if change.kind == "put" else []), change
    return index.sequence


def litter(directory: Path) -> list[str]:
    """Files that no index needs."""
    kept = {f"{INDEX_NAME}_WRITELOCK", f"_{INDEX_NAME}_{latest_generation(directory)}.toc"}
    kept |= {segment.path(directory).name for segment in _segments(directory)}
    return sorted({path.name for path in directory.iterdir()} - kept)


def _segments(directory: Path) -> list[object]:
    from tui.index.toc import read_toc

    return list(read_toc(directory, latest_generation(directory)))


def _started(directory: Path, seed: int, length: int) -> subprocess.Popen[bytes]:
    call = f"write(Path({str(directory)!r}), {seed}, {length})"
    code = f"from pathlib import Path; from tests.index.killing import write; {call}"
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    except OSError:
        pass
    return found


def kill_again_and_again(runs: int, seed: int = 1) -> dict[str, int]:
    """Kill so many runs; how many were killed where. Raises AssertionError when anything was lost."""
    chance = random.Random(seed)
    counts = {"nothing yet": 0, "went on": 0, "finished": 0, "amid making": 0}
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name) / "index"
        directory.mkdir()
        length, reached = 1_500, 0
        begun = time.monotonic()
        _started(Path(name) / "first", seed, length).wait()
        whole = time.monotonic() - begun
        for _ in range(runs):
            process = _started(directory, seed, length)
            begun = time.monotonic()
            patience = chance.uniform(0.3, 1.2) * whole
            while time.monotonic() - begun < patience and process.poll() is None:
                time.sleep(0.002)
            victims = [process.pid, *_children(process.pid)]
            if chance.random() < 0.3 and len(victims) > 1:
                os.kill(chance.choice(victims[1:]), signal.SIGKILL)  # its parent should not care
                time.sleep(chance.uniform(0, 0.3) * whole)
            for victim in victims if chance.random() < 0.5 else victims[:1]:
                try:
                    os.kill(victim, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.wait()
            counts["amid making"] += any(directory.glob(f"{FOLDER}*"))
            before, reached = reached, check(directory, seed, length)
            assert reached >= before, "a commit was lost"
            counts["finished" if reached == length else "went on" if reached > before else "nothing yet"] += 1
            if reached == length:
                length += chance.choice([5, 100, 700])
        assert _started(directory, seed, length).wait() == 0
        assert check(directory, seed, length) == length
        ledger = Ledger(seed, length)
        expected = {change.number for change in ledger.last.values() if change.kind == "put"}
        assert set(Index.open(directory, ledger).numbers().tolist()) == expected
        assert not litter(directory), litter(directory)
    return counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(kill_again_and_again(arguments.runs, arguments.seed))
