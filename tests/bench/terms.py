"""python -m tests.bench.terms: what a look-up, a near miss, a wildcard and a merge cost in a vocabulary."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from statistics import median

import numpy as np

from tests.bench.report import number, print_table
from tests.bench.words import word
from tui.index.distance import near_numbers
from tui.index.terms import Terms, merge_terms, pack, pack_bytes, term_arrays
from tui.index.wildcard import Wildcard, matching

_NEAR = ("sa", "nato", "putin", "goverment", "internationalisation", "\u043f\u0443\u0442\u0438\u043d")
_WILDCARDS = ("s*ing", "*ing", "*a*b*c*", "??????*", "*e*", "*" + "a*e*" * 6)
_TIMES = 7
_SEGMENTS = 8


def _go_on() -> None:
    """Nothing stops a measurement."""


def cpu_ms(run: Callable[[], object]) -> float:
    """The median of what some runs took of the processor: others share it."""
    took = []
    for _ in range(_TIMES):
        began = time.process_time()
        run()
        took.append((time.process_time() - began) * 1000)
    return median(took)


def main() -> int:
    """Run the command; exit status."""
    parser = argparse.ArgumentParser("python -m tests.bench.terms", description=__doc__)
    parser.add_argument("--words", type=int, default=1_000_000)
    options = parser.parse_args()
    text, start = pack(sorted({word(rank) for rank in range(options.words)}))
    began = time.process_time()
    arrays = term_arrays("words", text, start)
    building = time.process_time() - began
    terms = Terms.of(arrays, "words")
    count = len(terms)
    some = [terms.bytes_at(place) for place in range(0, count, max(count // 2_000, 1))]
    rows = [
        ["arrays, µs a word", number(building / count * 1e6, 2), ""],
        ["find, µs", number(cpu_ms(lambda: [terms.find(each) for each in some]) / len(some) * 1000, 1), ""],
        [
            "prefix, µs",
            number(cpu_ms(lambda: [terms.prefix(each[:4]) for each in some]) / len(some) * 1000, 1),
            "",
        ],
    ]
    for asked in _NEAR:
        for most in (1, 2):
            near = partial(near_numbers, terms, asked, most, _go_on)
            rows.append([f"{asked}~{most}, ms", number(cpu_ms(near), 2), number(len(near()[0]))])
    for pattern in _WILDCARDS:
        fitting = partial(matching, terms, Wildcard(pattern), _go_on)
        rows.append([f"{pattern}, ms", number(cpu_ms(fitting), 2), number(len(fitting()))])
    chance = np.random.default_rng(1)
    segments = []
    for segment in range(_SEGMENTS):
        taken = np.flatnonzero(chance.random(count) < (0.5 if segment < 2 else 0.15))
        segments.append(Terms(*pack_bytes([terms.bytes_at(place) for place in taken.tolist()])))
    began = time.process_time()
    merged = sum(len(block.start) - 1 for block in merge_terms(segments))
    merging = (time.process_time() - began) / sum(map(len, segments))
    rows.append([f"merge of {_SEGMENTS}, µs a word", number(merging * 1e6, 2), number(merged)])
    print_table(f"A vocabulary of {count:,} words", ["", "CPU", "found"], rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
