"""python -m tests.bench.index: how fast a folder is taken up, at first and again, and how large what is kept is."""

from __future__ import annotations

import resource
import shutil
import sys
import time
from pathlib import Path

from tests.bench.corpus import make
from tests.bench.ground import Ground, arguments, generated
from tests.bench.report import number, print_table


def _timed(ground: Ground) -> tuple[float, dict[str, object]]:
    started = time.perf_counter()
    report = ground.index()
    return time.perf_counter() - started, report


def _megabytes(folder: Path, pattern: str = "*") -> float:
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file()) / 1e6


def _change(ground: Ground, seed: int, share: float) -> int:
    """Write other text into some of the files; how many."""
    paths = sorted(ground.folder.rglob("*.txt"))
    changed = paths[:: max(1, round(1 / share))]
    for number_, path in enumerate(changed):
        title, date, url, *_ = path.read_text(encoding="utf-8").split("\n")
        made = make(seed + 1, number_, len(paths))
        path.write_text("\n".join([title, date, url, *made.paragraphs, ""]), encoding="utf-8")
    return len(changed)


def main() -> int:
    """Run the command; exit status."""
    options = arguments("index", __doc__).parse_args()
    kept = generated(options.articles, options.cache, options.seed)
    folder = options.cache / "index-run"
    shutil.rmtree(folder, ignore_errors=True)
    ground = Ground(options.articles, folder / "articles", folder / "home")
    ground.home.mkdir(parents=True)
    shutil.copytree(kept.folder, ground.folder)
    first, report = _timed(ground)
    second, again = _timed(ground)
    changed = _change(ground, options.seed, 0.01)
    third, updated = _timed(ground)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows = [
        ["first run", number(first, 2), number(options.articles / first), "", f"{report['added']} added"],
        ["second run", number(second, 2), number(options.articles / second), number(second / first, 3),
         f"{again['unchanged']} unchanged"],
        [f"{changed} files changed", number(third, 2), number(changed / third), number(third / first, 3),
         f"{updated['updated']} updated"],
    ]  # fmt: skip
    print_table(
        f"Indexing {options.articles:,} articles",
        ["", "seconds", "articles/s", "of the first", "report"],
        rows,
        note="wanted: the second run ≤ 0.1 of the first",
    )
    source, store = _megabytes(ground.folder), _megabytes(ground.home, "store.sqlite*")
    index = sum(_megabytes(folder) for folder in ground.home.rglob("index") if folder.is_dir())
    print_table(
        "Sizes",
        ["", "MB", "of the text"],
        [
            ["article files", number(source, 1), ""],
            ["store", number(store, 1), number(store / source, 2)],
            ["index", number(index, 1), number(index / source, 2)],
            ["largest process, in memory", number(peak, 1), ""],
        ],
        note="wanted: the store ≤ 0.6 of the text, at any size from 10,000 articles on",
    )
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
