"""What the engine is wanted to reach, and whether it does."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tests.bench.comparison import TYPING, Asked, Figures
from tests.bench.engines import AS_WRITTEN, OURS
from tests.bench.report import high, known, median, number

AT_SCALE = 500_000
"""Articles from which the targets for a million hold; below, those for 100,000."""

AS_READ = ("prefix", "wildcard", TYPING)
"""Rows that ask ours as the product is asked: no word in them has a stem. In the others, `AS_WRITTEN` stands against
the peers, because they unite no stems."""

_GROWING_ROW = 5.0
"""Milliseconds above which a row is held to grow no faster than the articles."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target."""

    what: str
    wanted: str
    measured: float
    """NaN where it could not be measured."""
    limit: float
    at_least: bool = False
    digits: int = 2

    @property
    def met(self) -> str:
        """In a word."""
        if math.isnan(self.measured):
            return "not measured"
        good = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return "met" if good else "MISSED"

    @property
    def row(self) -> list[str]:
        """For a table."""
        return [self.what, self.wanted, number(self.measured, self.digits), self.met]


def ours_in(row: str) -> str:
    """The variant of ours that stands against the peers in that row."""
    return OURS if row.startswith(AS_READ) else AS_WRITTEN


def cpu(figures: Figures, row: str, engine: str) -> float:
    """Milliseconds of CPU, warm, p50; NaN where that engine wasn't asked."""
    asked = figures.rows[row].get(engine)
    return median(asked.cpu) if asked else math.nan


def ratio(figures: Figures, row: str, peer: str, percentile: str = "p50") -> float:
    """Ours is × of the peer's CPU."""
    middle = median if percentile == "p50" else high
    mine, theirs = (
        middle(asked.cpu) if asked else math.nan
        for asked in (figures.rows[row].get(ours_in(row)), figures.rows[row].get(peer))
    )
    return mine / theirs if theirs else math.nan


def row_limit(row: str, articles: int) -> float:
    """How many × of tantivy's CPU a row may take; NaN where nothing is asked of it."""
    at_scale = articles >= AT_SCALE
    if row == TYPING:
        return math.nan  # its p95 has a target, its p50 none
    if row.startswith(("phrase", "fuzzy")):
        return 1.5 if at_scale else math.nan
    if row.startswith(("wildcard", "one word without", "title")):
        return math.nan
    return 1.0 if at_scale else 1.5


def row_verdict(figures: Figures, row: str) -> str:
    """In a word; nothing where nothing is asked."""
    limit = row_limit(row, figures.articles)
    return "" if math.isnan(limit) else Verdict(row, "", ratio(figures, row, "tantivy"), limit).met


def rate(figures: Figures, engine: str) -> float:
    """Articles indexed a second of CPU."""
    built = figures.built.get(engine)
    return figures.articles / built["cpu_seconds"] if built else math.nan


def opening(figures: Figures, engine: str, dropped: bool) -> list[float]:
    """Milliseconds of the clock for opening the index in a fresh process."""
    asked = [row[engine] for row in figures.rows.values() if engine in row]
    return [times[1] for one in asked for times in (one.dropped if dropped else one.fresh)]


def changed(figures: Figures, engine: str) -> list[tuple[float, float]]:
    """Milliseconds to commit one changed article, and from there until it was found."""
    return [(commit, reopen + found) for commit, reopen, found in figures.changes.get(engine, [])]


def verdicts(figures: Figures, smaller: Figures | None) -> list[Verdict]:
    """All targets but those of single rows.

    Args:
        figures: what was measured.
        smaller: the same on a tenth of the articles, for growth.
    """
    at_scale = figures.articles >= AT_SCALE
    typing = figures.rows[TYPING].get(OURS, Asked(None))
    limit = 0.5 if at_scale else 1.0
    found = [
        Verdict(
            "typing p95, CPU, × tantivy", f"≤ {limit}", ratio(figures, TYPING, "tantivy", "p95"), limit
        ),
        Verdict("typing p95, wall ms", "≤ 16 at a million", high(typing.wall), 16, digits=1),
        Verdict(
            "typing p95: FTS5 takes × ours", "≥ 100 at 100,000",
            1 / (ratio(figures, TYPING, "fts5", "p95") or math.nan), 100, at_least=True, digits=0,
        ),
        Verdict("indexing, × tantivy's speed", "≥ 1.5", rate(figures, OURS) / rate(figures, "tantivy"), 1.5, True),
        Verdict("indexing, × Whoosh's speed", "≥ 25", rate(figures, OURS) / rate(figures, "whoosh"), 25, True, 1),
        Verdict("index size, × tantivy's", "≤ 1.5 at a million (goal 1.2)", _size(figures), 1.5),
        Verdict("indexing, largest RssAnon, MB", "≤ 500", figures.built[OURS]["most_mb"], 500, digits=0),
        Verdict("opening, fresh process, ms", "≤ 30 at a million", median(opening(figures, OURS, False)), 30, digits=1),
        Verdict("opening, from the disk, ms", "≤ 30 at a million", median(opening(figures, OURS, True)), 30, digits=1),
        Verdict(
            "reopening after a commit, ms", "≤ 20",
            median(reopen for _, reopen, _ in figures.changes.get(OURS, [])), 20, digits=1,
        ),
        Verdict(
            "a changed article: found after its commit, ms", "≤ 200",
            median(after for _, after in changed(figures, OURS)), 200, digits=1,
        ),
        Verdict(
            "RssAnon after 1,000 mixed queries, MB", "≤ 350 at a million",
            figures.memory.get(OURS, {}).get("after", math.nan), 350, digits=0,
        ),
        Verdict("snippet, ms a hit", "≤ 0.3", median(figures.extras.get("snippet", [])), 0.3),
        Verdict("similar articles, ms", "≤ 20", median(figures.extras.get("related", [])), 20, digits=1),
        Verdict("completion, ms", "≤ 5", median(figures.extras.get("complete", [])), 5, digits=1),
    ]  # fmt: skip
    return found + (_growth(figures, smaller) if smaller else [])


def _size(figures: Figures) -> float:
    if "tantivy" not in figures.built:
        return math.nan
    return float(figures.built[OURS]["bytes"] / figures.built["tantivy"]["bytes"])


def _growth(figures: Figures, smaller: Figures) -> list[Verdict]:
    times = figures.articles / smaller.articles
    speed = rate(figures, OURS) / rate(smaller, OURS)
    found = [Verdict(f"indexing speed, × that at {smaller.articles:,}", "≥ 0.8", speed, 0.8, at_least=True)]
    for row in figures.rows:
        now = cpu(figures, row, ours_in(row))
        before = cpu(smaller, row, ours_in(row)) if row in smaller.rows else math.nan
        if known([now, before]) == [now, before] and now > _GROWING_ROW:
            grown = now / before
            found.append(Verdict(f"growth of: {row}", f"≤ {times:.0f}", grown, times, digits=1))
    return found
