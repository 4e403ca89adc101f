"""python -m tests.bench.start: from the start of the process to the byte that completes the first useful frame.

Useful is a frame that shows the corpus's own newest titles. Beside it stand bare Textual apps that show the same
titles in one list; the programs take turns, so that a busy minute of the machine meets all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.ground import Ground, arguments, environment, indexed
from tests.bench.report import high, median, number, print_table
from tests.terminal.driver import Driver

TITLES = 8
"""How many titles must be complete."""

BEGINNING = 16
"""Of each title, so much: the list cuts what is longer."""

LINES = 50


def _first_frame(start: Callable[[], Driver], titles: list[str]) -> tuple[float, int]:
    """Milliseconds to the frame, and its bytes."""
    beginnings = [title[:BEGINNING] for title in titles]
    with start() as program:
        # Bytes are collected first and understood afterwards: the emulator must not hold up the program.
        program.settle(20.0, quiet=0.8)
        seconds = program.wait_until(
            lambda: all(beginning in program.emulator.text for beginning in beginnings), 20.0, str(beginnings)
        )
        return seconds * 1000, program.bytes


def _bare(kind: str, home: Path, lines: Path) -> Callable[[], Driver]:
    return lambda: Driver([sys.executable, "-m", "tests.bench.bare", kind, lines], env=environment(home))


def measure(ground: Ground, runs: int) -> dict[str, list[tuple[float, int]]]:
    """Each program's first frames, `runs` of each, taken in turns after one that is not counted."""
    titles = ground.newest_titles(LINES)
    lines = ground.home / "titles.txt"
    lines.write_text("\n".join(titles) + "\n", encoding="utf-8")
    programs = {
        "broadsheet": ground.reader,
        "bare app, OptionList": _bare("option-list", ground.home, lines),
        "bare app, ListView": _bare("list-view", ground.home, lines),
    }
    frames: dict[str, list[tuple[float, int]]] = {name: [] for name in programs}
    for run in range(runs + 1):
        for name, program in programs.items():
            frame = _first_frame(program, titles[:TITLES])
            if run:
                frames[name].append(frame)
    return frames


def main() -> int:
    """Run the command; exit status."""
    parser = arguments("start", __doc__)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    ground = indexed(options.articles, options.cache, options.seed)
    frames = measure(ground, options.runs)
    ours = [milliseconds for milliseconds, _ in frames["broadsheet"]]
    rows = []
    for name, measured in frames.items():
        times = [milliseconds for milliseconds, _ in measured]
        ratio = median(mine / other for mine, other in zip(ours, times, strict=True))
        size = median(size for _, size in measured)
        rows.append(
            [
                name,
                number(median(times)),
                number(min(times)),
                number(high(times)),
                number(size),
                number(ratio, 2),
            ]
        )
    print_table(
        f"First useful frame, {options.articles:,} articles, 120×40, {options.runs} runs in turns",
        ["program", "ms, median", "least", "p95", "bytes", "broadsheet is × of it"],
        rows,
        note=f"to the byte that completes the first {TITLES} titles; ratio: median of the pairs; wanted ≤ 1.3",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
