"""python -m tests.bench.memory: what the open reader holds in memory after thirty searches."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.ground import arguments, indexed, open_reader
from tests.bench.newsroom import COUNTRIES, SUBJECTS
from tests.bench.report import number, print_table


def resident(process: int) -> tuple[float, float]:
    """Megabytes that a process has in memory now, and had at most (NaN where the system doesn't say)."""
    try:
        status = dict(
            line.split(":", 1)
            for line in Path(f"/proc/{process}/status").read_text().splitlines()
            if ":" in line
        )
        now, most = (int(status[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
        return now, most
    except OSError:
        done = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=True
        )
        return int(done.stdout) / 1024, float("nan")


def main() -> int:
    """Run the command; exit status."""
    parser = arguments("memory", __doc__)
    parser.add_argument("--searches", type=int, default=30)
    options = parser.parse_args()
    ground = indexed(options.articles, options.cache, options.seed)
    rows = []
    with open_reader(ground) as reader:

        def note(what: str) -> None:
            now, most = resident(reader.process.pid)
            rows.append([what, number(now), number(most)])

        note("opened")
        for turn in range(options.searches):
            subject = SUBJECTS[turn % len(SUBJECTS)]
            reader.press("/")
            reader.press("ctrl+u")
            reader.type(f"{subject[turn % 5]} {COUNTRIES[turn]}" if turn % 2 else subject[turn % 7][:4])
            reader.press("enter")
            reader.settle(0.5, quiet=0.3)
            if turn == 0:
                note("after 1 search")
            reader.press("enter", "space", "shift+tab")
        note(f"after {options.searches} searches, an article read of each")
        reader.press("ctrl+q")
        reader.wait_exit()
    print_table(
        f"Memory of the reader, {options.articles:,} articles",
        ["", "MB now", "MB at most"],
        rows,
        note="wanted ≤ 200",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
