"""python -m tests.bench.timeline: what a key costs in the timeline of a query, and what counting it does.

Key to last byte and bytes, of the reader on a pty: opening, moving, zooming, panning, marking a span, going from burst
to burst; in the timeline of all articles and in that of a query. Then, without a screen, what is counted once for
each query, and what every zoom takes from it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

from tests.bench.ground import Ground, arguments, indexed, open_reader, prepared
from tests.bench.report import high, median, number, print_table
from tests.terminal.driver import Answer, Driver
from tui.corpus import Corpus
from tui.corpus.bins import DayCounts
from tui.index.periods import UNITS
from tui.widgets.timeline_axis import axis
from tui.widgets.timeline_view import TimelineView

QUERIES = ("", "security", "security treaty", "minister", 'place:"Ukraine"')
ROUNDS = 7
WANTED_MS = 30.0
"""From a key to its last byte, p95."""

KEYS: dict[str, tuple[str, ...]] = {
    "left, right": ("left", "left", "right"),
    "closer, wider": ("+", "+", "-", "-"),
    "a page back, a page on": ("<", "<", ">", ">"),
    "to the ends": ("g", "G"),
    "a span, longer and longer": ("\x1b[1;2D",),
    "burst to burst": ("N", "N", "n"),
}
"""What is pressed, over and over, of each kind."""


def _press(reader: Driver, keys: Iterator[str], count: int) -> list[Answer]:
    return [reader.answer(key) for key in islice(keys, count)]


def measure_keys(reader: Driver, count: int) -> dict[str, list[Answer]]:
    """Each kind of key in the timeline of what is searched for."""
    measured: dict[str, list[Answer]] = {"t opens and closes it": _press(reader, iter(["t"] * 6), 6)}
    reader.press("t")
    reader.settle(1.0, quiet=0.4)
    for name, keys in KEYS.items():
        if name.startswith(("left", "a page", "a span", "burst")):
            reader.press("0", "+", "+", "+")  # as near as days
        measured[name] = _press(reader, cycle(keys), count)
        reader.press("\x1b") if "span" in name else reader.press("0")
        reader.settle(0.5, quiet=0.3)
    reader.press("left")
    measured["Enter narrows to it, and back"] = [
        reader.answer("enter", quiet=0.3) for _ in range(max(4, count // 5))
    ]
    reader.press("t")
    return measured


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of CPU that it takes."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def counting_rows(corpus: Corpus) -> list[list[str]]:
    """Milliseconds of CPU for what is counted of each query, and for all bins of each unit."""
    rows = []
    for query in QUERIES:
        results = corpus.search(query)
        timeline = corpus.timeline_of(results)
        counted = [timed(lambda results=results: corpus.timeline_of(results)) for _ in range(ROUNDS)]  # type: ignore[misc]
        made = [timed(lambda timeline=timeline: DayCounts(timeline)) for _ in range(ROUNDS)]  # type: ignore[misc]
        zooms = [timed(lambda view=view: axis(view.unit, view.bins(), view.cells, 198))  # type: ignore[misc]
                 for view in _views(DayCounts(timeline)) for _ in range(ROUNDS)] if timeline.days else []  # fmt: skip
        rows.append([
            query or "(all)", f"{results.total:,}", f"{len(timeline.days):,}", str(len(timeline.bursts)),
            number(median(counted), 1), number(high(counted), 1), number(median(made), 2), number(median(zooms), 2),
            number(high(zooms), 2),
        ])  # fmt: skip
    return rows


def _views(counts: DayCounts) -> list[TimelineView]:
    """It at every zoom."""
    view = TimelineView.whole(counts, 198)
    views = [view]
    for step in [1] * len(UNITS) + [-1] * len(UNITS):
        view = view.zoomed(step)
        views.append(view)
    return views


def key_rows(ground: Ground, size: str, count: int) -> tuple[list[list[str]], bool]:
    """A table of what keys cost, and whether those within a timeline are as quick as wanted."""
    columns, height = map(int, size.split("x"))
    rows, well = [], True
    with open_reader(ground, columns, height) as reader:
        for query in ("", "security"):
            if query:
                reader.press("/")
                reader.type(query)
                reader.press("enter")
                reader.settle(1.0, quiet=0.4)
            for name, answers in measure_keys(reader, count).items():
                last = [answer.milliseconds for answer in answers if answer.bytes]
                inside = name in KEYS
                verdict = "" if not inside else "yes" if high(last) <= WANTED_MS else "NO"
                well &= verdict != "NO"
                rows.append([
                    f"{query or '(all)'}: {name}", str(len(answers)), number(median(last), 1), number(high(last), 1),
                    number(median(answer.bytes for answer in answers)),
                    number(max(answer.bytes for answer in answers)), verdict,
                ])  # fmt: skip
        reader.press("ctrl+q")
        reader.wait_exit()
    return rows, well


def main() -> int:
    """Measure and print; 0 where every key within a timeline is answered in time."""
    parser = arguments("timeline", __doc__, articles=100_000)
    parser.add_argument("--size", default="120x40", metavar="COLUMNSxROWS")
    parser.add_argument("--keys", type=int, default=30, help="presses of each kind")
    parser.add_argument("--corpus", type=Path, metavar="PATH", help="a folder that is indexed already")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data directory that its index is in")
    given = parser.parse_args()
    if given.corpus is not None:
        ground = prepared(given.corpus, given.data, given.cache)
    else:
        ground = indexed(given.articles, given.cache, given.seed)
    rows, well = key_rows(ground, given.size, given.keys)
    print_table(
        f"Key to last byte, {ground.articles:,} articles, {given.size}",
        ["", "keys", "ms p50", "p95", "bytes p50", "most", f"≤ {WANTED_MS:g} ms"],
        rows,
    )
    os.environ.update(ground.env)
    with Corpus.open(ground.folder) as corpus:
        print_table(
            "Counting: ms of CPU",
            ["", "hits", "days", "bursts", "a query p50", "p95", "for zooming, once", "a zoom p50", "p95"],
            counting_rows(corpus),
            note="a query: in a worker; a zoom: bins and dates of a view 198 wide, on the event loop",
        )
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
