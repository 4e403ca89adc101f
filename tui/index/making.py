"""Who makes the segments' files: this process, or several others while this one looks on.

The others are plain children with a pipe each way (see `tui.corpus.workers` for why). Each reads the articles by
itself, from the store that it is told how to open, and writes into a folder that all share but nobody else looks
into; only the parent moves a finished file from there to where it counts. A child whose parent has gone reads the
end of its pipe and leaves.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from tui.errors import BroadsheetError
from tui.index.arrays import ArrayFile
from tui.index.articles import ArticleSource
from tui.index.build import SegmentBuilder
from tui.index.merge import Part, merge
from tui.index.stems import Stemmer

FOLDER = "making."
"""Folders in the index's that begin so hold what is being made; when no writer is at work they are litter."""

MOST_WORDS = 4_000_000
"""Words that a builder gathers before it writes them: about 9,000 articles, 100 MB with what they are counted by."""
_BATCH = 500
"""Articles asked of the store at once."""
_LARGE_MERGE = 50_000
"""Articles in a merge that needs memory to speak of: up to 60 MB."""
_BEGIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from tui.index.making import serve; serve()"
)

Opener = Callable[[], ArticleSource]
"""Opens the store in another process; can be pickled."""


class Made(NamedTuple):
    """A finished file."""

    path: Path
    articles: int


@dataclass(frozen=True)
class Build:
    """Articles to be made into segments, of which there may be none if all have gone."""

    numbers: NDArray[np.uint32]


@dataclass(frozen=True)
class Merge:
    """Segments to become one."""

    paths: tuple[Path, ...]
    dead: tuple[NDArray[np.uint32], ...]
    """The deleted documents of each."""


Task = Build | Merge
Progress = Callable[[int], None]


class Maker:
    """Does the work, in whatever process.

    Args:
        articles: opens the store, when it is needed.
        folder: where files are made; is made itself when it is needed.
        name: tells the files of this maker from those of others in the folder.
        words: how many it gathers at most before it writes them.
    """

    def __init__(
        self, articles: Callable[[], ArticleSource], folder: Path, name: str, words: int = MOST_WORDS
    ) -> None:
        self._open, self._folder, self._name = articles, folder, name
        self._articles: ArticleSource | None = None
        self._builder = SegmentBuilder(Stemmer(), words)
        self._count = 0

    def do(self, task: Task, progress: Progress) -> list[Made]:
        """The files that the task asks for; `progress` is told of articles as they are read."""
        if isinstance(task, Merge):
            return self._merge(task)
        made: list[Made] = []
        for start in range(0, len(task.numbers), _BATCH):
            numbers = task.numbers[start : start + _BATCH].tolist()
            self.add(numbers)
            progress(len(numbers))
            if self._builder.is_full:
                made += self.write()
        return made + self.write()

    def add(self, numbers: list[int]) -> list[int]:
        """Gather these articles; which of them there are."""
        if self._articles is None:
            self._articles = self._open()
        texts = self._articles.texts(numbers)
        there = {number: texts[number] for number in numbers if number in texts}
        self._builder.add(there, self._articles.entities_of(list(there)))
        return list(there)

    @property
    def is_full(self) -> bool:
        """Whether what was gathered should be written."""
        return self._builder.is_full

    def write(self) -> list[Made]:
        """Write what was gathered."""
        if not self._builder.numbers:
            return []
        return [self._made(self._builder.write)]

    def write_nothing(self) -> Made:
        """A segment without articles."""
        return self._made(self._builder.write)

    def _merge(self, task: Merge) -> list[Made]:
        parts = []
        for path, dead in zip(task.paths, task.dead, strict=True):
            file = ArrayFile(path)
            live = None
            if len(dead):
                live = np.ones(len(file["number"]), bool)
                live[dead] = False
            parts.append(Part(file, live))
        if not self._builder.numbers and sum(part.left for part in parts) >= _LARGE_MERGE:
            self._builder.forget()  # so that a builder's memory and a merge's are not needed at once
        return [self._made(lambda path: merge(parts, path))]

    def _made(self, write: Callable[[Path], int]) -> Made:
        self._folder.mkdir(exist_ok=True)
        self._count += 1
        path = self._folder / f"{self._name}.{self._count}"
        return Made(path, write(path))


class Makers(Protocol):
    """Takes tasks, and gives what came of each."""

    def submit(self, key: int, task: Task) -> None:
        """Have it done."""

    def wait(self) -> tuple[int, list[Made]]:
        """The key of the next finished task, and its files. Raises what went wrong with it."""

    def close(self) -> None:
        """Stop, now."""


class OneMaker:
    """Tasks done in this process, when they are waited for."""

    def __init__(self, maker: Maker, progress: Progress) -> None:
        self._maker, self._progress = maker, progress
        self._tasks: deque[tuple[int, Task]] = deque()

    def submit(self, key: int, task: Task) -> None:
        self._tasks.append((key, task))

    def wait(self) -> tuple[int, list[Made]]:
        key, task = self._tasks.popleft()
        return key, self._maker.do(task, self._progress)

    def close(self) -> None:
        pass


class _Died(Exception):
    """The process ended before it answered."""


class ManyMakers:
    """Tasks done by several processes.

    Args:
        jobs: how many.
        opener: opens the store in each.
        folder: see `Maker`.
        progress: called in the thread that waits.
    """

    def __init__(self, jobs: int, opener: Opener, folder: Path, progress: Progress) -> None:
        self._progress = progress
        self._tasks: SimpleQueue[tuple[int, Task] | None] = SimpleQueue()
        self._results: SimpleQueue[tuple[int, int | list[Made] | BaseException]] = SimpleQueue()
        folder.mkdir(exist_ok=True)
        self._workers = [
            _Worker(self._tasks, self._results, opener, folder, f"{place}", MOST_WORDS * 2 // max(jobs, 2))
            for place in range(jobs)
        ]
        for worker in self._workers:
            worker.start()

    def submit(self, key: int, task: Task) -> None:
        self._tasks.put((key, task))

    def wait(self) -> tuple[int, list[Made]]:
        while True:
            key, result = self._results.get()
            if isinstance(result, int):
                self._progress(result)
            elif isinstance(result, BaseException):
                raise result
            else:
                return key, result

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        for worker in self._workers:
            worker.join(5)


class _Worker(threading.Thread):
    """A thread that keeps one process busy, and has a task done once more when that dies of it."""

    def __init__(
        self, tasks: SimpleQueue[tuple[int, Task] | None], results: SimpleQueue[Any], opener: Opener,
        folder: Path, name: str, words: int,
    ) -> None:  # fmt: skip
        super().__init__(daemon=True, name="index maker")
        self._tasks, self._results = tasks, results
        self._opener, self._folder, self._place, self._words = opener, folder, name, words
        self._process: subprocess.Popen[bytes] | None = None
        self._begun = 0
        self._ending = False

    def run(self) -> None:
        while (item := self._tasks.get()) is not None and not self._ending:
            key, task = item
            try:
                self._results.put((key, self._twice(key, task)))
            except Exception as error:
                # Raised again by whoever waits for the result; at the end nobody does.
                if not self._ending:
                    self._results.put((key, error))

    def end(self) -> None:
        """Stop, now."""
        self._ending = True
        self._tasks.put(None)
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _twice(self, key: int, task: Task) -> list[Made]:
        try:
            return self._ask(key, task)
        except _Died:
            if self._ending:
                raise
            # Perhaps the system ended the process for its own reasons: once more.
        try:
            return self._ask(key, task)
        except _Died as error:
            raise BroadsheetError(
                "a process that makes the index was ended twice, perhaps for want of memory: run again with --jobs 1"
            ) from error

    def _ask(self, key: int, task: Task) -> list[Made]:
        told = 0
        try:
            if self._process is None:
                self._process = self._start()
            process = self._process
            assert process.stdin is not None and process.stdout is not None
            pickle.dump(task, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            while True:
                answer = pickle.load(process.stdout)
                if isinstance(answer, BaseException):
                    raise answer
                if not isinstance(answer, int):
                    return answer  # type: ignore[no-any-return]
                told += answer
                self._results.put((key, answer))
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            self._results.put((key, -told))
            if self._process is not None:
                self._process.kill()
                self._process.wait()
                self._process = None
            raise _Died from error

    def _start(self) -> subprocess.Popen[bytes]:
        self._begun += 1
        process = subprocess.Popen(
            # -P: what lies in the current folder is never imported.
            [sys.executable, "-P", "-c", _BEGIN, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._ending:
            process.kill()
        assert process.stdin is not None
        name = f"{self._place}.{self._begun}"
        pickle.dump((self._opener, self._folder, name, self._words), process.stdin, pickle.HIGHEST_PROTOCOL)
        return process


def serve() -> None:
    """The life of a child: tasks in by stdin; progress, and then files or an error, out by what was stdout."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints must not get between the answers

    def tell(answer: Any) -> None:
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

    try:
        maker = Maker(*pickle.load(sys.stdin.buffer))
        while True:
            task = pickle.load(sys.stdin.buffer)
            try:
                answer: Any = maker.do(task, tell)
            except (BroadsheetError, OSError) as error:
                answer = error
            except Exception as error:
                answer = RuntimeError(f"{type(error).__name__}: {error}")
            tell(answer)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        os._exit(0)  # the parent is done or gone


def sweep(directory: Path) -> None:
    """Delete what makers left that were killed."""
    for path in directory.glob(f"{FOLDER}*"):
        shutil.rmtree(path, ignore_errors=True)
