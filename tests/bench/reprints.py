"""How well and how fast reprints and boilerplate are found, and in how much memory.

    python -m tests.bench.reprints [--articles N] [--texts FOLDER] [--without-original] [--seed S]

Articles are made by `tests.bench.reprinted`: what is a reprint of what, and which paragraphs a site added, is known.
With `--texts` the reports are real ones, each a file as the program reads them; where two of those have most of their
text in common by themselves, it doesn't count either way. Pairs are counted: two articles of one group that are
reprints of one report are right. A second run leaves the boilerplate in, to show what that costs.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tests.bench.memory import resident
from tests.bench.report import number, print_table
from tests.bench.reprinted import Printed, Report, Site, invented, printed, real
from tui.stories.boilerplate import boilerplate_in, paragraph_keys
from tui.stories.publishers import boilerplate_of_sources
from tui.stories.reprints import Sketches, candidates, grouped, likeness, sketches, verified

_BATCH = 1_000
_SAME_REPORT = 0.6
"""Containment from which two real reports are one, whatever the files say."""

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Step:
    """What a step took."""

    name: str
    seconds: float
    """Of the processor."""
    megabytes: float
    """Memory at its highest, above what there was before."""


def timed(steps: list[Step], name: str, work: Callable[[], _Result]) -> _Result:
    """Do something, and note what it took."""
    try:
        Path("/proc/self/clear_refs").write_text("5")  # forget how much memory there was at most
    except OSError:
        pass
    before, _ = resident(os.getpid())
    started = time.process_time()
    result = work()
    seconds = time.process_time() - started
    _, most = resident(os.getpid())
    steps.append(Step(name, seconds, max(0.0, most - before)))
    return result


def keys_of(articles: Sequence[Printed]) -> list[NDArray[np.uint32]]:
    """The keys of each article's paragraphs."""
    return [paragraph_keys(article.paragraphs) for article in articles]


def boilerplate_found(
    articles: Sequence[Printed],
    sites: Sequence[Site],
    keys: Sequence[NDArray[np.uint32]],
    stories: Sequence[int] | None = None,
) -> list[set[int]]:
    """Which paragraphs of each article are taken for boilerplate; surer where it is known what is of one story."""
    lengths = [len(of_one) for of_one in keys]
    found = boilerplate_of_sources(
        [site.host for site in sites],
        np.concatenate(keys),
        np.repeat(np.arange(len(articles)), lengths),
        np.repeat(np.array([article.day for article in articles], np.int32), lengths),
        np.repeat(np.array([article.site for article in articles]), lengths),
        None if stories is None else np.repeat(np.array(stories), lengths),
    )
    none = np.zeros(0, np.uint32)
    return [
        set(boilerplate_in(of_one, found.get(article.site, none)).tolist())
        for article, of_one in zip(articles, keys, strict=True)
    ]


def all_sketches(texts: Sequence[str]) -> Sketches:
    """Signatures of all texts, made in batches as the program makes them."""
    parts = [sketches(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
    return Sketches(
        np.concatenate([part.signatures for part in parts]), np.concatenate([part.sizes for part in parts])
    )


def pairs_of(groups: Sequence[int]) -> int:
    """How many pairs have one group."""
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def scores(
    articles: Sequence[Printed], leaders: Sequence[int], reports: Sequence[Report] | None
) -> list[str]:
    """Precision, recall and F1 by pairs, wrong pairs, and pairs of different files that are one report all the same."""
    both = list(zip((article.report for article in articles), leaders, strict=True))
    right, said, true = pairs_of(both), pairs_of(leaders), pairs_of([report for report, _ in both])
    same = 0
    if reports is not None:
        by_leader: dict[int, Counter[int]] = {}
        for report, leader in both:
            by_leader.setdefault(leader, Counter())[report] += 1
        for held in by_leader.values():
            for one, other in combinations(held, 2):
                texts = ("\n".join(reports[which].paragraphs) for which in (one, other))
                if likeness(*texts).containment >= _SAME_REPORT:
                    same += held[one] * held[other]
    precision, recall = right / max(1, said - same), right / max(1, true)
    return [
        number(precision, 4),
        number(recall, 4),
        number(2 * precision * recall / max(1e-9, precision + recall), 4),
        number(said - same - right),
        number(same),
    ]


def find(
    articles: Sequence[Printed], texts: Sequence[str], steps: list[Step], by_text: bool = True
) -> list[int]:
    """Groups of reprints, by leader: confirmed by the texts, or by signatures alone."""
    made = timed(steps, "signatures", lambda: all_sketches(texts))
    days = np.array([article.day for article in articles], np.int32)
    ones, others = timed(
        steps, "candidates", lambda: candidates(made.signatures, days, np.ones(len(texts), np.bool_))
    )
    steps[-1] = Step(f"candidates: {len(ones):,} pairs", steps[-1].seconds, steps[-1].megabytes)
    check = verified(lambda wanted: [texts[which] for which in wanted.tolist()]) if by_text else None
    return timed(steps, "groups", lambda: grouped(made.signatures, made.sizes, ones, others, check)).tolist()


def boilerplate_scores(articles: Sequence[Printed], found: Sequence[set[int]]) -> list[str]:
    """Precision and recall by paragraphs; of those that their site has on three pages; and reports' text taken."""
    right = said = true = often = often_right = taken = text = 0
    frequency = Counter(
        (article.site, key)
        for article in articles
        for key in {
            key for key, added in zip(keys_of([article])[0].tolist(), article.added, strict=True) if added
        }
    )
    for article, chosen in zip(articles, found, strict=True):
        added = {at for at, is_added in enumerate(article.added) if is_added}
        keys = paragraph_keys(article.paragraphs).tolist()
        repeated = {at for at in added if frequency[article.site, keys[at]] >= 3}
        right += len(added & chosen)
        said += len(chosen)
        true += len(added)
        often += len(repeated)
        often_right += len(repeated & chosen)
        taken += len(chosen - added)
        text += len(article.paragraphs) - len(added)
    return [
        number(right / max(1, said), 4),
        number(right / max(1, true), 4),
        number(often_right / max(1, often), 4),
        f"{taken:,} of {text:,}",
    ]


def main() -> int:
    """Run the command; exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reprints", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="of real articles")
    parser.add_argument("--without-original", action="store_true", help="leave out what was reprinted")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    reports = list(real(options.texts)) if options.texts else None
    articles, sites = printed(
        iter(reports) if reports else invented(options.seed),
        options.articles,
        options.seed,
        not options.without_original,
    )
    steps: list[Step] = []
    keys = timed(steps, "keys of paragraphs", lambda: keys_of(articles))
    found = timed(steps, "boilerplate", lambda: boilerplate_found(articles, sites, keys))
    cleaned = [
        "\n".join(text for at, text in enumerate(article.paragraphs) if at not in chosen)
        for article, chosen in zip(articles, found, strict=True)
    ]
    leaders = find(articles, cleaned, steps)
    of_reprints = sum(step.seconds for step in steps[2:])
    of_all = len(articles) / sum(step.seconds for step in steps)
    again = boilerplate_found(articles, sites, keys, [article.story for article in articles])
    by_signatures = find(articles, cleaned, [], by_text=False)
    with_it: list[Step] = []
    left_in = find(articles, ["\n".join(article.paragraphs) for article in articles], with_it, by_text=False)
    what = f"{len(articles):,} articles of {len(sites):,} sites"
    print_table(
        f"Boilerplate, {what}",
        ["", "precision", "recall", "recall, on 3 pages", "text taken"],
        [
            ["nothing else known", *boilerplate_scores(articles, found)],
            ["stories known", *boilerplate_scores(articles, again)],
        ],
    )
    print_table(
        f"Reprints, {what}, {pairs_of([article.report for article in articles]):,} pairs",
        ["", "precision", "recall", "F1", "wrong pairs", "one report by itself"],
        [
            ["without boilerplate", *scores(articles, leaders, reports)],
            ["… by signatures alone", *scores(articles, by_signatures, reports)],
            ["… and with boilerplate left in", *scores(articles, left_in, reports)],
        ],
        note=f"{len(articles) / of_reprints:,.0f} articles a second of processor time from texts to groups;"
        f" {of_all:,.0f} with boilerplate found first",
    )
    print_table(
        "What it took",
        ["", "CPU s", "articles/s", "MB more"],
        [
            [step.name, number(step.seconds, 2), number(len(articles) / step.seconds), number(step.megabytes)]
            for step in [*steps, *(Step(f"left in: {s.name}", s.seconds, s.megabytes) for s in with_it)]
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
