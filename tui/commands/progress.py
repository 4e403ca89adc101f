"""The progress of an indexing run: a bar on a terminal, a line of JSON a step for a program, or nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from tui.harmless import harmless

if TYPE_CHECKING:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    from tui.corpus import Progress

Watcher = Callable[["Progress"], None]

LINE_EVERY_S = 0.1
"""How often a line is written at most; a change of phase and an end of one are always written."""

_DOING = {
    "walking": "looking for files", "reading": "reading", "indexing": "indexing", "grouping": "finding stories",
    "comparing": "comparing",
}  # fmt: skip
_WHAT = {
    "walking": "files", "reading": "files", "indexing": "articles", "grouping": "articles", "comparing": "reports",
}  # fmt: skip


@contextmanager
def showing_progress(stream: IO[str], title: str) -> Iterator[Watcher]:
    """A callback that draws progress on this stream while the context lasts; off a terminal, nothing.

    The bar goes when the run is over: what stays is the summary.
    """
    if not stream.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    columns: list[ProgressColumn] = [_words(_doing), BarColumn(bar_width=None), _words(_count), _words(_rate)]
    with Bar(
        *columns, TimeRemainingColumn(compact=True), console=console, transient=True, expand=True
    ) as bar:
        if title:
            console.print(harmless(title), style="bold", soft_wrap=True)
        task = bar.add_task("", total=None, phase="walking", rate=0.0)

        def watch(progress: Progress) -> None:
            if bar.tasks[0].fields["phase"] != progress.phase:
                bar.reset(task, total=progress.total, phase=progress.phase, rate=0.0)
            bar.update(task, completed=progress.done, total=progress.total, rate=progress.rate)

        yield watch


def progress_lines(stream: IO[str], clock: Callable[[], float] = time.monotonic) -> Watcher:
    """A callback that writes each step as a line of JSON: {"phase", "done", "total", "rate"}."""
    written_at = float("-inf")
    phase = ""

    def watch(progress: Progress) -> None:
        nonlocal written_at, phase
        now = clock()
        ended = progress.done == progress.total
        if now - written_at < LINE_EVERY_S and progress.phase == phase and not ended:
            return
        written_at, phase = now, progress.phase
        step = {
            "phase": progress.phase,
            "done": progress.done,
            "total": progress.total,
            "rate": round(progress.rate, 1),
        }
        stream.write(json.dumps(step) + "\n")
        stream.flush()

    return watch


def _words(words: Callable[[Task], str]) -> ProgressColumn:
    """A column that shows these words; `TextColumn` would read markup in them."""
    from rich.progress import ProgressColumn
    from rich.text import Text

    class Words(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(words(task), no_wrap=True)

    return Words()


def _doing(task: Task) -> str:
    return _DOING.get(task.fields["phase"], "")


def _count(task: Task) -> str:
    of_all = "" if task.total is None else f" of {task.total:,.0f}"
    return f"{task.completed:,.0f}{of_all} {_WHAT.get(task.fields['phase'], '')}"


def _rate(task: Task) -> str:
    rate = float(task.fields["rate"])
    return f"{rate:,.0f}/s" if rate else ""
