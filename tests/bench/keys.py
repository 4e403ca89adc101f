"""python -m tests.bench.keys: from a key to the last byte of its answer, and how many bytes that takes.

Moving in the results, scrolling and paging the article; a letter echoed in the search field while searches run; and
the results for what is typed, from the last key on. A person who types a letter every 80 ms is fast.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle, islice

from tests.bench.ground import Ground, arguments, indexed, open_reader
from tests.bench.report import high, median, number, print_table
from tests.terminal.driver import Answer, Driver

TYPING_PACE = 0.08
"""Seconds between two letters of a fast typist."""

QUERIES = [
    "security treaty", "vaccine doses", "striker penalty", "court verdict", "pipeline supply", "orchard harvest",
    "railway strike", "satellite data", "museum exhibition", "ministry of finance", "the budget", "visa shelter",
]  # fmt: skip


def _press(reader: Driver, keys: Iterator[str], count: int) -> list[Answer]:
    return [reader.answer(key) for key in islice(keys, count)]


def _measure_moving(reader: Driver, ground: Ground, count: int) -> dict[str, list[Answer]]:
    measured = {
        "j, k in the results": _press(reader, cycle(["j"] * 5 + ["k"] * 5), count),
        "PgDn in the results": _press(reader, cycle(["pagedown"]), count // 2),
        "j, the results scrolling": _press(reader, cycle(["j"]), count // 2),
    }
    measured["Enter opens the article"] = []
    for _ in range(max(3, count // 6)):
        measured["Enter opens the article"].append(reader.answer("enter"))
        reader.press("shift+tab", "j")
    lengths = ground.newest_lengths(30)
    longest = lengths.index(max(lengths))
    reader.press("g", *["j"] * longest, "enter", "g")
    # Down and up again by turns, because an article has an end.
    measured["j, k in the article"] = _press(reader, cycle(["j"] * 5 + ["k"] * 5), count)
    measured["Space, b in the article"] = _press(reader, cycle(["space", "b"]), count // 2)
    return measured


def _clear(reader: Driver) -> None:
    """Into the search field, with nothing in it."""
    reader.press("/", "ctrl+e", "ctrl+u")
    reader.settle(0.5, quiet=0.4)


def _measure_typing(reader: Driver, ground: Ground) -> dict[str, list[Answer]]:
    echoed, stood = [], []
    totals = dict(zip(QUERIES, ground.totals(QUERIES), strict=True))
    for query in QUERIES:
        _clear(reader)
        for end in range(1, len(query) + 1):
            typed, last = query[:end], end == len(query)

            def echo(typed: str = typed) -> bool:
                return typed in "\n".join(reader.emulator.lines[:3])

            def results(total: str = f" {totals[query]:,} of ") -> bool:
                return total in "\n".join(reader.emulator.lines[:3])

            if last:
                stood.append(reader.answer(typed[-1], until=results, quiet=0.5))
            else:
                echoed.append(reader.answer(typed[-1], until=echo, window=TYPING_PACE))
    return {"letter echoed while searches run": echoed, "results after the last letter": stood}


def _row(name: str, answers: list[Answer], shown: bool) -> list[str]:
    last = [answer.milliseconds for answer in answers]
    there = [answer.shown for answer in answers] if shown else [float("nan")]
    silent = sum(answer.bytes == 0 for answer in answers)
    return [
        name, str(len(answers)), number(median(there), 1), number(high(there), 1), number(median(last), 1),
        number(high(last), 1), number(median(answer.bytes for answer in answers)), str(silent or ""),
    ]  # fmt: skip


def main() -> int:
    """Run the command; exit status."""
    parser = arguments("keys", __doc__)
    parser.add_argument("--size", default="120x40", metavar="COLUMNSxROWS")
    parser.add_argument("--keys", type=int, default=40, help="presses of each kind")
    options = parser.parse_args()
    columns, rows = map(int, options.size.split("x"))
    ground = indexed(options.articles, options.cache, options.seed)
    with open_reader(ground, columns, rows) as reader:
        table = [
            _row(name, answers, False)
            for name, answers in _measure_moving(reader, ground, options.keys).items()
        ]
        table += [_row(name, answers, True) for name, answers in _measure_typing(reader, ground).items()]
        reader.press("ctrl+q")
        reader.wait_exit()
    print_table(
        f"Key to answer, {options.articles:,} articles, {options.size}",
        ["", "keys", "shown ms", "p95", "last byte ms", "p95", "bytes", "no answer"],
        table,
        note="shown: the letter in the field, or the new total; medians; wanted ≤ 25 ms, results ≤ 60 ms of 1,000",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
