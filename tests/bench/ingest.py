"""python -m tests.bench.ingest: articles a minute through the whole of `broadsheet index`, and where the time goes.

The first table is the program itself on a fresh data directory: files read, languages told, names and quotes found,
texts packed, store and index written. On a machine that others use, too, the CPU time says more than the clock. The
second table is the same in one process, each step's CPU time taken.
"""

from __future__ import annotations

import functools
import importlib
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.bench.ground import Ground, arguments, environment, generated
from tests.bench.report import number, print_table

WANTED = 6_000
"""Articles of 400 words a minute, on two cores."""
CORES = 2

_STEPS = (
    ("reading the file", "tui.sources.reading", "read_bytes"),
    ("reading the file", "tui.sources.reading", "article_from_bytes"),
    ("language", "tui.sources.reading", "detect_language"),
    ("language", "tui.sources.language", "detect_language"),
    ("recogniser", "tui.entities", "recognise_article"),
    ("quotes", "tui.entities.quotes", "find_quotes"),
    ("packing, digests", "tui.corpus.reading", "record_of"),
    ("store", "tui.corpus.writer:StoreWriter", "put"),
    ("store", "tui.corpus.writer:StoreWriter", "learn"),
    ("store", "tui.corpus.writer:StoreWriter", "_finish_batch"),
    ("joining entities", "tui.corpus.writer:StoreWriter", "settle_names"),
    ("index", "tui.corpus.following", "catch_up"),
    ("reprints, stories", "tui.corpus.grouping", "group"),
)
"""What is timed: a step's name, and the function that does it, or a part of it."""


class Clock:
    """CPU seconds of steps; one that runs inside another takes from it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step = "anything else"
        self._since = time.process_time()

    def _go_on(self, step: str) -> str:
        now = time.process_time()
        self.seconds[self._step] = self.seconds.get(self._step, 0.0) + now - self._since
        before, self._step, self._since = self._step, step, now
        return before

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted as that step's."""

        @functools.wraps(function)
        def wrapped(*arguments: Any, **named: Any) -> Any:
            before = self._go_on(step)
            try:
                return function(*arguments, **named)
            finally:
                self._go_on(before)

        return wrapped

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time all steps meanwhile."""
        patches = []
        for step, where, name in _STEPS:
            module, _, owner = where.partition(":")
            holder = (
                getattr(importlib.import_module(module), owner) if owner else importlib.import_module(module)
            )
            patches.append(patch.object(holder, name, self.timed(step, getattr(holder, name))))
        for each in patches:
            each.start()
        self._since = time.process_time()
        try:
            yield
        finally:
            self._go_on("anything else")
            for each in patches:
                each.stop()


def _words(folder: Path) -> int:
    return sum(len(path.read_text("utf-8").split()) for path in folder.rglob("*.txt"))


def _fresh(ground: Ground, name: str) -> Ground:
    """The same articles, and nothing made of them yet."""
    home = ground.home.with_name(name)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return Ground(ground.articles, ground.folder, home)


def _print_whole(ground: Ground) -> None:
    words = _words(ground.folder) / ground.articles
    fresh = _fresh(ground, "ingest-run")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    report = fresh.index()
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rate, possible = 60 * ground.articles / seconds, 60 * CORES * ground.articles / cpu
    print_table(
        f"Ingest of {ground.articles:,} articles of {words:.0f} words ({report['added']:,} added)",
        ["", "seconds", "articles/minute", "words/s"],
        [
            ["by the clock", number(seconds, 1), number(rate), number(rate * words / 60)],
            [
                f"CPU, were {CORES} cores always busy",
                number(cpu, 1),
                number(possible),
                number(possible * words / 60),
            ],
        ],
        note=f"wanted: {WANTED:,} articles a minute on {CORES} cores: {'met' if rate >= WANTED else 'MISSED'}",
    )
    shutil.rmtree(fresh.home, ignore_errors=True)


def _print_steps(ground: Ground) -> None:
    fresh = _fresh(ground, "ingest-steps")
    os.environ.update({name: value for name, value in environment(fresh.home).items() if name != "HOME"})
    from tui.corpus import index_corpus

    clock = Clock()
    with clock.running():
        index_corpus([fresh.folder], jobs=1)
    total = sum(clock.seconds.values())
    rows = [
        [step, number(seconds, 2), number(1e6 * seconds / ground.articles), f"{seconds / total:.0%}"]
        for step, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1])
    ]
    rows.append(["all", number(total, 2), number(1e6 * total / ground.articles), "100%"])
    print_table("Where the time goes, in one process", ["", "CPU seconds", "µs/article", "share"], rows)
    shutil.rmtree(fresh.home, ignore_errors=True)


def main() -> int:
    """Run the command; exit status."""
    options = arguments("ingest", __doc__, articles=3_000).parse_args()
    ground = generated(options.articles, options.cache, options.seed)
    _print_whole(ground)
    _print_steps(ground)
    return 0


if __name__ == "__main__":
    sys.exit(main())
