"""How well and how fast sentences of two articles are put together.

    python -m tests.bench.alignment [--texts FOLDER [--half dev|test]] [--times]

Scores on the pairs of reports that people labelled, whose texts are in FOLDER (see `tests/stories/labelled/README.md`):
F1 of pairs whatever their kind, of each kind, of sentences that only one side has, and of where sentences end. Names
are recognised as for articles from files. The half `dev` is what weights were learnt from, so that its scores flatter;
what `python -m tests.making.alignment_weights FOLDER` prints leaves each story out. `test` was learnt from by nobody,
and only its totals are printed.

Then times: of the alignment alone and of the whole comparison, for articles of 40, 200 and 3,000 sentences, medians;
and of the first comparison in a process of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.stories.labelled_pairs import HALVES, Half, pair_texts
from tests.stories.pair_scores import Found, Places, divided, scores, with_names
from tests.stories.written_reports import reports
from tui.entities import default_recogniser
from tui.stories.comparison import compare

SIZES = (40, 200, 3_000)
_ROUNDS = {40: 25, 200: 7, 3_000: 1}
_COLD = """
import sys, time
{before}
from tests.stories.written_reports import reports
left, right = reports({size}, 2, seed=1)
begin = time.perf_counter()
from tui.stories.comparison import compare
compare(left, right)
print((time.perf_counter() - begin) * 1000)
"""
_IN_THE_READER = "import numpy, tui.entities.figures, tui.entities.keys, tui.index.stems"
"""What a process that has shown an article has imported already."""


def quality(half: Half, texts: Path) -> dict[str, Found]:
    """By what is scored."""
    recogniser = default_recogniser()
    totals: dict[str, Found] = {}
    for pair in pair_texts(half, texts):
        left, right = with_names(pair, recogniser)
        found = compare(left, right)
        places = Places.of(pair.labels, found.left, found.right)
        counts = scores(pair.labels, places, places.pairs((p.left, p.right, p.kind) for p in found.pairs))
        counts["sentences"] = divided(left.article, found.left, pair.labels.left_sentences) + divided(
            right.article, found.right, pair.labels.right_sentences
        )
        for name, count in counts.items():
            totals[name] = totals.get(name, Found()) + count
    return totals


def times(size: int) -> tuple[float, float]:
    """Milliseconds: the alignment alone, the comparison."""
    from tui.stories.alignment import aligned
    from tui.stories.prepared import prepared

    left, right = reports(size, 2, seed=1)
    ours, theirs = prepared(left), prepared(right)
    return (
        _median(lambda: aligned(ours, theirs), _ROUNDS[size]),
        _median(lambda: compare(left, right), _ROUNDS[size]),
    )


def _median(call: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        call()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def first(size: int, before: str, rounds: int = 5) -> float:
    """Milliseconds of the first comparison in a process, with what it imports."""
    program = _COLD.format(size=size, before=before)
    taken = [
        float(
            subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        )
        for _ in range(rounds)
    ]
    return statistics.median(taken)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--half", choices=HALVES, default="dev")
    parser.add_argument("--times", action="store_true", help="Times only.")
    arguments = parser.parse_args()
    random.seed(1)
    if arguments.texts is not None:
        print(f"| {arguments.half} | precision | recall | F1 | right | found | labelled |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for name, count in quality(arguments.half, arguments.texts).items():
            print(f"| {name} | {count.precision:.3f} | {count.recall:.3f} | {count.f1:.3f} "
                  f"| {count.right} | {count.found} | {count.labelled} |")  # fmt: skip
    if arguments.texts is None or arguments.times:
        print("\n| sentences | aligned, ms | compared, ms |\n| --- | ---: | ---: |")
        for size in SIZES:
            alone, whole = times(size)
            print(f"| {size:,} × {size:,} | {alone:.1f} | {whole:.1f} |")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"\npeak memory {peak:.0f} MB")
        print(f"first comparison of 40 × 40 in a process: {first(40, ''):.0f} ms")
        print(f"the same where an article has been shown: {first(40, _IN_THE_READER):.0f} ms")


if __name__ == "__main__":
    main()
