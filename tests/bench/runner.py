"""python -m tests.bench.runner ENGINE ARTICLES SEED CACHE: one engine in a process of its own.

Takes a line of JSON a command, answers with one. What it costs is told in milliseconds of CPU, over all threads, and
of the clock; memory in MB of RssAnon, since pages of a mapped file are the system's to take back.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.archive import Archive, archived
from tests.bench.engines import AS_WRITTEN, OURS, PEERS, engine
from tests.bench.engines.base import Engine
from tests.bench.questions import Question

_SAMPLES_EVERY = 0.05
_READ_TO_KNOW = 4_000
"""Articles read without indexing them, to know what reading costs."""


def anonymous(process: int) -> float:
    """MB of RssAnon of a process and its descendants; 0 where the system doesn't say."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = {child for task in tasks for child in (task / "children").read_text().split()}
    except OSError:
        return 0.0
    own = (
        next((int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon:")), 0) / 1024
    )
    return own + sum(anonymous(int(child)) for child in children)


def drop_cache(folder: Path) -> None:
    """Make the system forget what it has read of the folder's files, as far as nobody has them mapped."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Milliseconds of CPU, of the clock, and what came of it."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000, result


class _Watch(threading.Thread):
    """Samples the most that this process and its descendants have in memory."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._done = threading.Event()

    def run(self) -> None:
        """Until `stop`."""
        while not self._done.wait(_SAMPLES_EVERY):
            self.most = max(self.most, anonymous(os.getpid()))

    def stop(self) -> float:
        """The most."""
        self._done.set()
        self.join()
        return self.most


class Runner:
    """What one engine is told to do."""

    def __init__(self, made: type[Engine], archive: Archive, folder: Path) -> None:
        self.archive = archive
        self.folder = folder
        self.made = made
        self.engine = made(folder, archive)

    @property
    def _record(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.json")

    def build(self, rebuild: bool) -> dict[str, object]:
        """What building the index took, less what reading the archive takes; it is built where it isn't there."""
        if not rebuild and self._record.exists():
            record: dict[str, object] = json.loads(self._record.read_text())
            return record
        self._record.unlink(missing_ok=True)
        record = {**self._build(), "code": self.made.code()}
        self._record.write_text(json.dumps(record))
        return record

    def _build(self) -> dict[str, object]:
        known = min(_READ_TO_KNOW, self.archive.articles)
        reading, _, _ = timed(lambda: sum(1 for _ in self.archive.read(1, known + 1)))
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        before = _cpu_seconds()
        watch = _Watch()
        watch.start()
        _, wall, _ = timed(self.engine.build)
        cpu = _cpu_seconds() - before - reading / 1000 * self.archive.articles / known
        return {
            "cpu_seconds": cpu,
            "wall_seconds": wall / 1000,
            "most_mb": watch.stop(),
            "bytes": sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()),
        }

    def open(self) -> dict[str, object]:
        """Open the index, for what follows."""
        cpu, wall, _ = timed(self.engine.open)
        return {"cpu": cpu, "wall": wall, "mb": anonymous(os.getpid())}

    def ask(self, questions: list[Question], seconds: float) -> list[list[float]]:
        """CPU, wall and hits of each question, as far as the seconds allow."""
        end = time.monotonic() + seconds
        answers: list[list[float]] = []
        for question in questions:
            answers.append(list(timed(lambda question=question: self.engine.ask(question))))
            if time.monotonic() > end:
                break
        return answers

    def asked(self, questions: list[Question]) -> list[str | None]:
        """Each in the engine's terms; None where it can't."""
        return [self.engine.asked(question) for question in questions]

    def cold(self, questions: list[Question], dropped: bool) -> list[list[float]]:
        """For each question: CPU and wall of opening, CPU and wall of asking, in a process that did nothing before.

        Args:
            questions: asked each in a process of its own.
            dropped: whether the index must come from the disk again.
        """
        return [self._in_a_fork(question, dropped) for question in questions]

    def _in_a_fork(self, question: Question, dropped: bool) -> list[float]:
        """Forked where the modules are loaded and the index isn't open: what is left is the engine's own."""
        if dropped:
            drop_cache(self.folder)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                opening = timed(self.engine.open)[:2]
                first = timed(lambda: self.engine.ask(question))[:2]
                os.write(writing, json.dumps([*opening, *first]).encode())
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as answers:
            told = answers.read()
        os.waitpid(child, 0)
        figures: list[float] = json.loads(told)
        return figures

    def memory(self, questions: list[Question], seconds: float) -> dict[str, object]:
        """RssAnon before, open, and after the questions, or as many as the seconds allow."""
        before = anonymous(os.getpid())
        self.engine.open()
        opened = anonymous(os.getpid())
        end = time.monotonic() + seconds
        done = 0
        for question in questions:
            if self.engine.asked(question) is not None:
                self.engine.ask(question)
            done += 1
            if time.monotonic() > end:
                break
        return {"before": before, "opened": opened, "after": anonymous(os.getpid()), "asked": done}

    def near_real_time(self, times: int) -> list[list[float]]:
        """On a copy: wall of committing one changed article, of reopening, of finding it; a row each time."""
        figures = []
        with tempfile.TemporaryDirectory(dir=self.folder.parent) as name:
            folder = Path(name) / "index"
            shutil.copytree(self.folder, folder)
            self.engine = self.made(folder, self.archive)
            self.engine.open()
            self.engine.ask(Question("words", ("warm",)))
            for time_ in range(times):
                word = f"qqchanged{time_}"
                number = 1 + (time_ * 7919) % self.archive.articles
                _, committed, _ = timed(lambda n=number, w=word: self.engine.change(n, w))
                _, reopened, _ = timed(self.engine.refresh)
                _, found, hits = timed(lambda w=word: self.engine.ask(Question("words", (w,))))
                if hits != 1:
                    raise AssertionError(f"{hits} articles have the word of the one that was changed")
                figures.append([committed, reopened, found])
        return figures

    def extras(
        self, questions: list[Question], numbers: list[int], typed: list[str]
    ) -> dict[str, list[float]]:
        """Ours only: wall of a hit's snippet, of similar articles, of a completion."""
        ours: Any = self.engine
        snippets = []
        for question in questions:
            _, without, _ = timed(lambda q=question: ours.page(q, 0))
            _, shown, hits = timed(lambda q=question: ours.page(q, 40))
            snippets += [(shown - without) / hits] if hits else []
        return {
            "snippet": snippets,
            "related": [timed(lambda n=number: ours.related(n))[1] for number in numbers],
            "complete": [timed(lambda t=text: ours.complete(t))[1] for text in typed],
        }


def _cpu_seconds() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> int:
    """Answer commands until there are no more; exit status."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever an engine prints is not an answer
    name, articles, seed, cache = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    try:
        made = engine(name)
        version = made.version()
    except ImportError as error:
        if name not in PEERS:
            raise
        print(json.dumps({"missing": str(error)}), file=answers)
        return 0
    hello = {"version": version, "most_articles": made.most_articles, "code": made.code()}
    print(json.dumps(hello), file=answers)
    archive = archived(articles, cache, seed)
    kept_as = OURS if name == AS_WRITTEN else name
    folder = cache / "indexes" / archive.key / re.sub(r"[^\w.]+", "-", f"{kept_as} {version}")
    runner = Runner(made, archive, folder)
    for line in sys.stdin:
        command = json.loads(line)
        do = command.pop("do")
        if "questions" in command:
            command["questions"] = [Question(q[0], tuple(q[1]), *q[2:]) for q in command["questions"]]
        print(json.dumps(getattr(runner, do)(**command)), file=answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
