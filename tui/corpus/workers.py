"""Reading files in processes of their own, in order, without piling anything up.

The processes are plain children with a pipe each way, not `multiprocessing`'s: those import the caller's main
module again, which must then be written for it, and of a pool with one dead worker nobody can say which file it
was. A child that dies or hangs costs the file that it was reading, after a second try, and is replaced; a child
whose parent is gone reads the end of its pipe and leaves.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue
from typing import BinaryIO, Literal

from tui.corpus.packing import Dictionary, Packing
from tui.corpus.reading import NotTaken, Read, Task, prepare, read_file
from tui.entities.choice import Choices

FEW = 64
"""Up to so many files are read in this process: sooner done than two others started."""

_CHUNK = 16
"""Files that a worker is handed at once, so that it need not wait for the next."""
_CHUNK_BYTES = 1_000_000
"""A chunk ends with the file that reaches this."""
_AHEAD = 4
"""Chunks a worker that may be under way or wait their turn."""
_PATIENCE_S = 90.0
"""How long one file may take; the slowest real ones take half a second."""
_START_S = 30.0
"""How long a worker may take to start before it is given up."""
_HEAVY = 10
"""Models that the reader chose may take so many times as long."""

_HELLO = b"broadsheet worker\n"
_BEGIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from tui.corpus.workers import serve; serve()"
)


def read_files(
    tasks: Iterable[Task],
    jobs: int,
    dictionary: Callable[[], Dictionary | None] = lambda: None,
    choices: Choices | None = None,
) -> Iterator[Read]:
    """What each file holds, in the order of the tasks, read by as many processes as `jobs` says.

    Closing the iterator ends the processes.

    Args:
        tasks: The files.
        jobs: How many processes; with 1, this one reads.
        dictionary: What texts are to be packed by just then; asked from several threads.
        choices: Who finds the names; None for the recogniser that ships.
    """
    choices = choices or Choices()
    if jobs <= 1:
        packing = _Packing(dictionary)
        for task in tasks:
            yield read_file(task, packing.current(), choices)
        return
    waiting: Queue[tuple[int, list[Task]] | None] = Queue()
    finished: Queue[tuple[int, list[Read]]] = Queue()
    workers = [_Worker(waiting, finished, dictionary, choices) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    try:
        chunks = _chunks(tasks)
        handed = yielded = 0
        done: dict[int, list[Read]] = {}
        more = True
        while True:
            while more and handed - yielded < jobs * _AHEAD:
                chunk = next(chunks, None)
                more = chunk is not None
                if chunk is not None:
                    waiting.put((handed, chunk))
                    handed += 1
            if yielded == handed:
                return
            while yielded not in done:
                try:
                    position, reads = finished.get(timeout=1.0)
                    done[position] = reads
                except Empty:
                    for worker in workers:
                        worker.end_if_stuck()
            yield from done.pop(yielded)
            yielded += 1
    finally:
        for worker in workers:
            worker.end()
        for worker in workers:
            worker.join(5)


def serve() -> None:
    """The life of a worker process: who finds the names, then a dictionary or None and tasks in by stdin, a `Read` a
    file out by stdout.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        choices = pickle.load(sys.stdin.buffer)
        prepare(choices)
        packing = Packing()
        answers.write(_HELLO)
        answers.flush()
        while True:
            dictionary, tasks = pickle.load(sys.stdin.buffer)
            if dictionary is not None:
                packing.use(dictionary)
            for task in tasks:
                pickle.dump(read_file(task, packing, choices), answers, pickle.HIGHEST_PROTOCOL)
                answers.flush()
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        # The parent is done or gone; skip what Python tidies at its exit.
        os._exit(0)


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += task.size
        if len(chunk) == _CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Packing:
    """Packs by a dictionary that may change."""

    def __init__(self, dictionary: Callable[[], Dictionary | None]) -> None:
        self._dictionary = dictionary
        self._packing = Packing()
        self._used: Dictionary | None = None

    def current(self) -> Packing:
        used = self._dictionary()
        if used is not None and used is not self._used:
            self._packing.use(used)
            self._used = used
        return self._packing


class _Died(Exception):
    """The worker process ended before it answered."""


class _Worker(threading.Thread):
    """A thread that keeps one process busy and replaces it when it dies."""

    def __init__(
        self,
        waiting: Queue[tuple[int, list[Task]] | None],
        finished: Queue[tuple[int, list[Read]]],
        dictionary: Callable[[], Dictionary | None],
        choices: Choices,
    ) -> None:
        super().__init__(daemon=True, name="corpus worker")
        self._waiting = waiting
        self._finished = finished
        self._dictionary = dictionary
        self._choices = choices
        self._slowness = _HEAVY if choices.heavy else 1
        self._packing = _Packing(dictionary)
        """For when no process can be started."""
        self._sent: Dictionary | None = None
        """The dictionary that the process has."""
        self._process: subprocess.Popen[bytes] | None = None
        self._since: float | None = None
        """When the file that is being read was begun; None between files."""
        self._stuck = False
        self._ending = False
        self._alone = False
        """Whether no process could be started: then the thread reads by itself."""

    def run(self) -> None:
        while (item := self._waiting.get()) is not None and not self._ending:
            position, chunk = item
            reads: list[Read] = []
            while len(reads) < len(chunk) and not self._ending:
                self._read(chunk[len(reads) :], reads)
            self._finished.put((position, reads))

    def end(self) -> None:
        """Stop, now."""
        self._ending = True
        self._waiting.put(None)
        process = self._process
        if process is not None:
            process.kill()
            process.wait()

    def end_if_stuck(self) -> None:
        """Kill the process if one file takes it too long."""
        since, process = self._since, self._process
        if since is not None and process is not None and time.monotonic() - since > self._patience:
            self._stuck = True
            process.kill()

    def _read(self, tasks: list[Task], reads: list[Read]) -> None:
        """Read these files until one costs the process; after it there is an answer for that one too."""
        before = len(reads)
        try:
            # Not `extend`: what was answered before the process died counts.
            for read in self._ask(tasks):
                reads.append(read)  # noqa: PERF402
            return
        except _Died:
            culprit = tasks[len(reads) - before]
        if self._ending:
            return
        if self._take_stuck():
            reads.append(NotTaken(None, f"took longer than {self._patience:.0f} s to read", passing=False))
            return
        # Perhaps the system ended the process for its own reasons: once more, alone.
        try:
            reads.extend(self._ask([culprit]))
        except _Died:
            reason = (
                f"took longer than {self._patience:.0f} s"
                if self._take_stuck()
                else "reading it ended the process"
            )
            reads.append(NotTaken(None, reason, passing=False))

    def _take_stuck(self) -> bool:
        stuck, self._stuck = self._stuck, False
        return stuck

    def _ask(self, tasks: list[Task]) -> Iterator[Read]:
        process = self._running()
        if process is None:
            for task in tasks:
                if self._ending:
                    return
                yield read_file(task, self._packing.current(), self._choices)
            return
        try:
            dictionary = self._dictionary()
            news = None if dictionary is self._sent else dictionary
            self._sent = dictionary
            pickle.dump((news, tasks), _pipe(process, "stdin"), pickle.HIGHEST_PROTOCOL)
            _pipe(process, "stdin").flush()
            for _ in tasks:
                self._since = time.monotonic()
                read = pickle.load(_pipe(process, "stdout"))
                self._since = None
                yield read
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._forget(process)
            raise _Died from error
        finally:
            self._since = None

    def _running(self) -> subprocess.Popen[bytes] | None:
        """The process, started where there is none; None where none can be started."""
        if self._process is None and not self._alone:
            try:
                process = subprocess.Popen(
                    # -P: what lies in the current folder is never imported.
                    [sys.executable, "-P", "-c", _BEGIN, json.dumps(sys.path)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    # There is a process a core: threads of NumPy's own would only be in one another's way.
                    env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", **os.environ},
                )
            except OSError:
                self._alone = True
                return None
            self._process = process
            self._sent = None
            timer = threading.Timer(_START_S * self._slowness, process.kill)
            timer.daemon = True
            timer.start()
            if self._ending:
                process.kill()
            self._tell_choices(process)
            greeted = _pipe(process, "stdout").readline() == _HELLO
            timer.cancel()
            if not greeted:
                self._forget(process)
                self._alone = True
        return self._process

    @property
    def _patience(self) -> float:
        return _PATIENCE_S * self._slowness

    def _tell_choices(self, process: subprocess.Popen[bytes]) -> None:
        try:
            pickle.dump(self._choices, _pipe(process, "stdin"), pickle.HIGHEST_PROTOCOL)
            _pipe(process, "stdin").flush()
        except OSError:
            pass  # it died at its start: then it doesn't greet either

    def _forget(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass
        self._process = None


def _pipe(process: subprocess.Popen[bytes], name: Literal["stdin", "stdout"]) -> BinaryIO:
    pipe = getattr(process, name)
    assert pipe is not None
    return pipe  # type: ignore[no-any-return]
