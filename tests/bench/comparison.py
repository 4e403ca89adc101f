"""Asks engines the same questions by turns, each in a process of its own, so that a busy minute meets all of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.archive import archived
from tests.bench.engines import AS_WRITTEN, OURS
from tests.bench.ground import ROOT
from tests.bench.questions import Question, Rows, chosen, mixed

MIXED = 1_000
"""Questions after which memory is read."""

_LONGEST = 15
"""Times `Plan.seconds` that an engine may take over one row once; what it didn't come to is not counted."""
_NEAR_REAL_TIMES = 7
_EXTRAS = 20


@dataclass(frozen=True)
class Plan:
    """What to compare, and how long to take over it."""

    articles: int
    cache: Path
    seed: int = 1
    against: tuple[str, ...] = ()
    rounds: int = 9
    """Of all rows and engines by turns, after one that is not counted."""
    colds: int = 3
    """Fresh processes for each row and engine, and as many with nothing of the index in memory."""
    seconds: float = 4.0
    """That an engine may take over one row, all rounds together; a slow one so has fewer."""
    rebuild: tuple[str, ...] = ()
    """Engines whose index is built anew though it is there."""


@dataclass(slots=True)
class Asked:
    """What one engine answered to one row."""

    asked: str | None
    """The row's first question in the engine's terms; None where it can't answer it."""
    hits: list[int] = field(default_factory=list)
    """Of each question of the row; fewer where it took too long."""
    cpu: list[float] = field(default_factory=list)
    """Milliseconds, warm, of every question of every counted round."""
    wall: list[float] = field(default_factory=list)
    fresh: list[list[float]] = field(default_factory=list)
    """First question of a fresh process: CPU and wall of opening, CPU and wall of asking, in milliseconds."""
    dropped: list[list[float]] = field(default_factory=list)
    """The same where the index has to come from the disk."""


@dataclass(slots=True)
class Figures:
    """All that was measured."""

    articles: int
    seed: int
    versions: dict[str, str]
    """By engine, in the order of the columns; ours first."""
    missing: dict[str, str] = field(default_factory=dict)
    """Why an engine is not among them."""
    built: dict[str, dict[str, Any]] = field(default_factory=dict)
    stale: bool = False
    """Whether our index was built by other code than the one that answered."""
    rows: dict[str, dict[str, Asked]] = field(default_factory=dict)
    """By row, by engine; `TYPING` is one of them."""
    memory: dict[str, dict[str, Any]] = field(default_factory=dict)
    changes: dict[str, list[list[float]]] = field(default_factory=dict)
    """Milliseconds to commit one changed article, to reopen, to find it; a row each time."""
    extras: dict[str, list[float]] = field(default_factory=dict)
    load: list[float] = field(default_factory=list)
    """The machine's, before and after."""

    def as_json(self) -> str:
        """For `--json`."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Figures:
        """What `as_json` wrote."""
        stored = json.loads(text)
        rows = {
            row: {name: Asked(**asked) for name, asked in engines.items()}
            for row, engines in stored.pop("rows").items()
        }
        return cls(rows=rows, **stored)


TYPING = "typing"


class Process:
    """One engine's process."""

    def __init__(self, name: str, plan: Plan) -> None:
        self.name = name
        arguments = [name, str(plan.articles), str(plan.seed), str(plan.cache)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.runner", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.hello: dict[str, Any] = self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name}: its process ended with {self._process.wait()}")
        return json.loads(line)

    def tell(self, do: str, questions: Sequence[Question] | None = None, **rest: object) -> Any:
        """Have it do something; what came of it."""
        command: dict[str, object] = {"do": do, **rest}
        if questions is not None:
            command["questions"] = [[q.kind, q.words, q.first, q.last] for q in questions]
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def compare(plan: Plan, say: Callable[[str], None]) -> Figures:
    """Build what is not built, then ask everything.

    Args:
        plan: what.
        say: told now and then what is going on.
    """
    archive = archived(plan.articles, plan.cache, plan.seed)
    rows, typed = chosen(archive)
    figures = Figures(plan.articles, plan.seed, {}, load=[os.getloadavg()[0]])
    for name in (OURS, *plan.against):
        _build(name, plan, figures, say)
    if OURS in figures.versions:  # ours as written stands beside it
        figures.versions = {OURS: figures.versions.pop(OURS), AS_WRITTEN: "", **figures.versions}
    _ask(plan, rows, typed, figures, say)
    for name in [name for name in figures.versions if name != AS_WRITTEN]:
        say(f"{name}: memory, changes")
        with Process(name, plan) as process:
            asked = mixed(rows, typed, MIXED)
            figures.memory[name] = process.tell("memory", asked, seconds=20 * plan.seconds)
            figures.changes[name] = process.tell("near_real_time", times=_NEAR_REAL_TIMES)
    figures.load.append(os.getloadavg()[0])
    return figures


def _build(name: str, plan: Plan, figures: Figures, say: Callable[[str], None]) -> None:
    with Process(name, plan) as process:
        if "missing" in process.hello:
            figures.missing[name] = f"not installed ({process.hello['missing']})"
        elif plan.articles > process.hello["most_articles"]:
            figures.missing[name] = f"only up to {process.hello['most_articles']:,} articles"
        else:
            say(f"{name}: index")
            figures.versions[name] = process.hello["version"]
            figures.built[name] = process.tell("build", rebuild=name in plan.rebuild)
            figures.stale |= figures.built[name]["code"] != process.hello["code"]


def _ask(plan: Plan, rows: Rows, typed: list[Question], figures: Figures, say: Callable[[str], None]) -> None:
    processes = [Process(name, plan) for name in figures.versions]
    everything = {**rows, TYPING: typed}
    try:
        for row, questions in everything.items():
            figures.rows[row] = {
                process.name: Asked(process.tell("asked", questions[-1:])[0]) for process in processes
            }
            say(f"cold: {row}")
            for _ in range(plan.colds):
                for process in processes:
                    _ask_cold(process, questions[-1:], figures.rows[row][process.name], plan)
        for process in processes:
            process.tell("open")
        for turn in range(plan.rounds + 1):
            say(f"warm: round {turn} of {plan.rounds}")
            for row, questions in everything.items():
                for process in processes:
                    _ask_warm(process, questions, figures.rows[row][process.name], turn, plan)
        figures.extras = _ask_ours(processes[0], plan.articles, rows, typed)
    finally:
        for process in processes:
            process.__exit__()


def _ask_cold(process: Process, questions: list[Question], asked: Asked, plan: Plan) -> None:
    slow = asked.fresh and asked.fresh[0][3] > plan.seconds * 1000
    if asked.asked is not None and process.name != AS_WRITTEN and not slow:
        asked.fresh += process.tell("cold", questions, dropped=False)
        asked.dropped += process.tell("cold", questions, dropped=True)


def _ask_warm(process: Process, questions: list[Question], asked: Asked, turn: int, plan: Plan) -> None:
    """The first turn counts only where it took so long that there is no second."""
    spent = sum(asked.wall) / 1000
    turns = max(1, len(asked.wall) / len(questions))
    if asked.asked is None or spent * (1 + 1 / turns) > plan.seconds:
        return
    answers = process.tell("ask", questions, seconds=_LONGEST * plan.seconds)
    asked.hits = [int(hits) for _, _, hits in answers]
    if turn or sum(wall for _, wall, _ in answers) / 1000 > plan.seconds:
        asked.cpu += [cpu for cpu, _, _ in answers]
        asked.wall += [wall for _, wall, _ in answers]


def _ask_ours(process: Process, articles: int, rows: Rows, typed: list[Question]) -> dict[str, list[float]]:
    """What only ours is asked: snippets, similar articles, completion; the second time counts."""
    numbers = list(range(1, articles + 1, max(1, articles // _EXTRAS)))[:_EXTRAS]
    asked = [question for row in rows.values() for question in row if question.kind in ("words", "phrase")]
    letters = [" ".join(question.words) for question in typed[:: len(typed) // _EXTRAS]]
    for _ in range(2):
        figures = process.tell("extras", asked, numbers=numbers, typed=letters)
    told: dict[str, list[float]] = figures
    return told
