"""python -m tests.bench.exploring --corpus PATH: how long each part of an entity's screen takes.

Entities with about 10, 1,000 and 10,000 mentions and those with the most are asked by turns. `fresh` opens the corpus
anew for every question, so that nothing is remembered and the days of all articles are read; `open` asks a corpus
that has answered about other entities; by word, it may remember the order.

Milliseconds are of CPU, and of the clock, which tells of whatever else runs on the machine, too. The store is in the
system's memory: every question is asked once before. `whole screen` is all that it opens with.

Without `--corpus`, a generated corpus of `--articles` is indexed, which is kept in the cache.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.ground import arguments, indexed
from tests.bench.report import high, median, number, print_table
from tui.corpus import Corpus, Entity

WANTED_MS = 100.0
TIERS = (10, 1_000, 10_000)
EACH = 8
"""Entities that are asked about of each tier."""
ROUNDS = 3

Question = Callable[[Corpus, Entity], Any]
PARTS: dict[str, Question] = {
    "timeline": lambda corpus, entity: corpus.timeline(entity.id),
    "company": lambda corpus, entity: corpus.company(entity.id),
    "company, people": lambda corpus, entity: corpus.company(entity.id, type="person"),
    "concordance": lambda corpus, entity: corpus.concordance(entity.id),
    "said": lambda corpus, entity: (corpus.said(entity.id), corpus.said_count(entity.id)),
    "articles": lambda corpus, entity: corpus.articles_naming(entity.id),
}
WHOLE = "whole screen"
LONG: dict[str, Question] = {
    "concordance, far down": lambda corpus, entity: corpus.concordance(
        entity.id, offset=max(entity.mentions - 100, 0)
    ),
    "concordance, by left word": lambda corpus, entity: corpus.concordance(entity.id, "left"),
    "concordance, by right word": lambda corpus, entity: corpus.concordance(entity.id, "right"),
}


def whole(corpus: Corpus, entity: Entity) -> None:
    """All that the screen opens with."""
    for name in ("timeline", "company", "concordance", "said", "articles"):
        PARTS[name](corpus, entity)


def chosen(corpus: Corpus) -> dict[str, list[Entity]]:
    """The entities to ask about: by tier, those whose mentions come nearest to it."""
    entities = corpus.entities(limit=1_000_000)
    tiers = {
        f"~{tier:,} mentions": sorted(entities, key=lambda entity: abs(entity.mentions - tier))[:EACH]
        for tier in TIERS
        if any(tier / 2 <= entity.mentions <= tier * 2 for entity in entities)
    }
    most = sorted(entities, key=lambda entity: -entity.mentions)[:3]
    return {**tiers, f"most mentions ({most[0].mentions:,})": most} if most else tiers


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds of CPU and of the clock that it takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def fresh(folder: Path, question: Question, entities: Sequence[Entity]) -> list[tuple[float, float]]:
    """Each question asked of a corpus that was just opened."""
    times = []
    for entity in [*entities] * ROUNDS:
        with Corpus.open(folder) as corpus:
            times.append(timed(partial(question, corpus, entity)))
    return times


def again(corpus: Corpus, question: Question, entities: Sequence[Entity]) -> list[tuple[float, float]]:
    """Each question asked of a corpus that is open."""
    return [timed(partial(question, corpus, entity)) for entity in [*entities] * ROUNDS]


def rows_of(folder: Path, corpus: Corpus, entities: Sequence[Entity]) -> tuple[list[list[str]], bool]:
    """A tier's table, and whether all that a screen opens with is as quick as wanted."""
    rows, well = [], True
    for name, question in (PARTS | {WHOLE: whole} | LONG).items():
        for entity in entities:
            question(corpus, entity)
        new, known = fresh(folder, question, entities), again(corpus, question, entities)
        figures = [
            statistic(time[which] for time in times)
            for which in (0, 1)
            for times in (new, known)
            for statistic in (median, high)
        ]
        verdict = "" if name in LONG else "yes" if figures[1] <= WANTED_MS else "NO"
        well &= verdict != "NO"
        rows.append([name, *(number(figure, 1) for figure in figures), verdict])
    return rows, well


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 0 where everything that opens with the screen does so in time."""
    parser = arguments("exploring", __doc__, articles=100_000)
    parser.add_argument("--corpus", type=Path, metavar="PATH", help="a folder that is indexed already")
    given = parser.parse_args(argv)
    folder = given.corpus
    if folder is None:
        ground = indexed(given.articles, given.cache, given.seed)
        os.environ.update(ground.env)
        folder = ground.folder
    well = True
    columns = [f"{corpus} {figure}" for corpus in ("fresh", "open") for figure in ("p50", "p95")]
    with Corpus.open(folder) as corpus:
        for tier, entities in chosen(corpus).items():
            rows, quick = rows_of(folder, corpus, entities)
            well &= quick
            print_table(
                f"{tier}, of {corpus.count():,} articles: ms of CPU, ms of the clock",
                ["", *columns, *columns, f"≤ {WANTED_MS:g}"],
                rows,
                note=f"wanted: of CPU, fresh, p95; {len(entities)} entities, {ROUNDS} rounds",
            )
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
