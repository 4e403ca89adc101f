"""python -m tests.bench.keys: from a key to the last byte of its answer, and how many bytes that takes.

Moving in the results, scrolling and paging the article; a name's page, opened and gone about on; a letter echoed in
the search field while searches run; and the results for what is typed, from the last key on. A person who types a
letter every 80 ms is fast.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from itertools import cycle, islice
from math import isnan
from pathlib import Path

from tests.bench.ground import Ground, arguments, indexed, open_reader, prepared
from tests.bench.report import high, median, number, print_table
from tests.terminal.driver import Answer, Driver

TYPING_PACE = 0.08
"""Seconds between two letters of a fast typist."""

TITLE = 16
"""Characters of the first hit's title that are looked for in the list."""

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


def _measure_page(reader: Driver, count: int) -> dict[str, list[Answer]]:
    """The page of the name that most articles have, and those of the names that are named with it."""
    reader.press("E")
    reader.settle(1.0, quiet=0.4)
    measured = {"Enter opens a name's page, the first": [reader.answer("enter", quiet=0.3)]}
    reader.press("2", "j")
    pages = "Enter opens the page of a companion"
    measured[pages] = [reader.answer("enter", quiet=0.3) for _ in range(max(3, count // 6))]
    for key, name in {"2": "companions", "4": "concordance", "5": "articles"}.items():
        reader.press(key)
        reader.settle(1.0, quiet=0.4)
        measured[f"j, k in its {name}"] = _press(reader, cycle(["j"] * 5 + ["k"] * 5), count)
    reader.press("4", "g")
    measured["PgDn in its concordance"] = _press(reader, cycle(["pagedown"]), count // 2)
    measured["its concordance by the word after"] = [reader.answer("S", quiet=0.3) for _ in range(3)]
    reader.press("1")
    measured["left, right in its timeline"] = _press(reader, cycle(["left", "left", "right"]), count)
    reader.press("q")
    reader.settle(1.0, quiet=0.4)
    return measured


def _clear(reader: Driver) -> None:
    """Into the search field, with nothing in it."""
    reader.press("/", "ctrl+e", "ctrl+u")
    reader.settle(0.5, quiet=0.4)


def _measure_typing(reader: Driver, ground: Ground, pace: float) -> dict[str, list[Answer]]:
    beginnings = [query[:end] for query in QUERIES for end in range(1, len(query) + 1)]
    expected = ground.answers(beginnings)

    def echoes(query: str) -> bool:
        return query in reader.emulator.lines[0]

    def stands(query: str) -> bool:
        total, title = expected[query]
        first, *others = reader.emulator.lines
        return f" {total:,} of " in first and query in first and title[:TITLE] in "\n".join(others)

    echoed: list[Answer] = []
    stood: list[Answer] = []
    burst: list[Answer] = []
    for query in QUERIES:
        _clear(reader)
        echoed += [
            reader.answer(query[end - 1], until=partial(echoes, query[:end]), window=pace)
            for end in range(1, len(query))
        ]
    for query in QUERIES:
        _clear(reader)
        for end in range(1, len(query) + 1):
            answer = reader.frame(query[end - 1], partial(stands, query[:end]), pace)
            # Where a letter changes nothing, its echo would count as its results.
            if end == 1 or expected[query[:end]] != expected[query[: end - 1]]:
                stood.append(answer)
    for query in QUERIES * 2:
        _clear(reader)
        burst.append(reader.frame(query, partial(stands, query), window=1.0))
    return {
        "letter echoed while searches run": echoed,
        "results, letter by letter": stood,
        "results, the query in one burst": burst,
    }


def _row(name: str, answers: list[Answer], shown: bool) -> list[str]:
    last = [answer.milliseconds for answer in answers]
    there = [answer.shown for answer in answers] if shown else [float("nan")]
    # Results that came after the next letter are as bad as none.
    silent = sum(isnan(answer.shown) if shown else answer.bytes == 0 for answer in answers)
    return [
        name, str(len(answers)), number(median(there), 1), number(high(there), 1), number(median(last), 1),
        number(high(last), 1), number(median(answer.bytes for answer in answers)), str(silent or ""),
    ]  # fmt: skip


def main() -> int:
    """Run the command; exit status."""
    parser = arguments("keys", __doc__)
    parser.add_argument("--size", default="120x40", metavar="COLUMNSxROWS")
    parser.add_argument("--keys", type=int, default=40, help="presses of each kind")
    parser.add_argument("--pace", type=float, default=TYPING_PACE, help="seconds between two letters")
    parser.add_argument("--typing", action="store_true", help="measure nothing but typing")
    parser.add_argument("--corpus", type=Path, metavar="PATH", help="a folder that is indexed already")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data directory that its index is in")
    options = parser.parse_args()
    columns, rows = map(int, options.size.split("x"))
    if options.corpus is not None:
        ground = prepared(options.corpus, options.data, options.cache)
    else:
        ground = indexed(options.articles, options.cache, options.seed)
    table = []
    with open_reader(ground, columns, rows) as reader:
        if not options.typing:
            moved = _measure_moving(reader, ground, options.keys)
            moved |= _measure_page(reader, options.keys)
            table += [_row(name, answers, False) for name, answers in moved.items()]
        typed = _measure_typing(reader, ground, options.pace)
        table += [_row(name, answers, True) for name, answers in typed.items()]
        reader.press("ctrl+q")
        reader.wait_exit()
    print_table(
        f"Key to answer, {ground.articles:,} articles, {options.size}",
        ["", "keys", "shown ms", "p95", "last byte ms", "p95", "bytes", "too late"],
        table,
        note="shown: the letter in the field, or the last byte of the frame with the results; wanted of these, p95:"
        " ≤ 30 ms of 100,000 articles, ≤ 50 ms of 1,000,000; last byte: of all that the key brought, facets too",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
