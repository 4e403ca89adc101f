"""python -m tests.bench.search --articles N --against fts5,tantivy,xapian,whoosh: our search beside others'.

Every engine has an index of title, body, source and date of the same generated articles, is asked the same
questions by turns in a process of its own, and answers with the 50 best and an exact count. Ours is asked twice: as
the reader asks, and `as written`, without stems, because none of the peers unites words by their stems; ratios
compare like with like. URLs are left out for all, and no store and no recogniser takes part.

    warm      CPU over all threads, and the clock; rounds of all rows and engines by turns, after one not counted
    fresh     first question of a process that has just opened the index
    from disk the same, the system's memory of the index's files dropped before
    typing    queries typed letter by letter, each letter a question: the last word a prefix, the others terms, AND

What is built is kept in the cache; `--rebuild` builds ours anew, `--rebuild broadsheet,tantivy` those two, which is
what to do before figures of indexing are quoted. A peer is an optional installation (see `tests.bench.engines`); one
that is missing is said so and left out.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from tests.bench.archive import archived
from tests.bench.comparison import TYPING, Asked, Figures, Plan, compare
from tests.bench.engines import AS_WRITTEN, OURS, PEERS
from tests.bench.ground import arguments
from tests.bench.report import high, median, number, print_table
from tests.bench.targets import (
    changed,
    cpu,
    opening,
    ours_in,
    rate,
    ratio,
    row_limit,
    row_verdict,
    verdicts,
)


def _ms(value: float) -> str:
    """Three digits that say something."""
    return number(value, 2 if value < 10 else 1 if value < 100 else 0)


def _times(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}×" if value < 10 else f"{value:,.0f}×"


def _engines(figures: Figures) -> list[str]:
    return list(figures.versions)


def _peers(figures: Figures) -> list[str]:
    return [name for name in figures.versions if name in PEERS]


def _load(figures: Figures) -> str:
    before, after = figures.load
    return f"load of the machine {before:.1f} before, {after:.1f} after: the bench itself is 1"


def print_warm(figures: Figures) -> None:
    """CPU of every row, and ratios."""
    peers = _peers(figures)
    rows = []
    for row in figures.rows:
        limit = row_limit(row, figures.articles)
        rows.append([
            f"{row}, p50" if row == TYPING else row,
            *(_ms(cpu(figures, row, name)) for name in _engines(figures)),
            *(_times(ratio(figures, row, peer)) for peer in peers),
            "" if math.isnan(limit) else f"≤ {limit:g}",
            row_verdict(figures, row),
        ])  # fmt: skip
    typing = figures.rows[TYPING]
    rows.append([
        f"{TYPING}, p95",
        *(_ms(high(typing[name].cpu)) for name in _engines(figures)),
        *(_times(ratio(figures, TYPING, peer, "p95")) for peer in peers),
        "see below", "",
    ])  # fmt: skip
    print_table(
        f"Warm, ms of CPU, p50: {figures.articles:,} articles, top 50, exact counts",
        ["", *_engines(figures), *(f"of {peer}" for peer in peers), "wanted", ""],
        rows,
        note=f"ratios: {AS_WRITTEN} of the peer, but {OURS} for prefixes, wildcards, typing; wanted: of tantivy; "
        f"{_load(figures)}",
    )


def print_wall(figures: Figures) -> None:
    """The clock, warm and cold."""

    def both(asked: Asked) -> str:
        return f"{_ms(median(asked.wall))} / {_ms(high(asked.wall))}"

    print_table(
        "Warm, ms of the clock, p50 / p95",
        ["", *_engines(figures)],
        [[row, *(both(asked) for asked in engines.values())] for row, engines in figures.rows.items()],
    )

    def cold(asked: Asked) -> str:
        fresh, dropped = (median(times[3] for times in cold) for cold in (asked.fresh, asked.dropped))
        return f"{_ms(fresh)} / {_ms(dropped)}"

    engines = [name for name in _engines(figures) if name != AS_WRITTEN]
    print_table(
        "Cold, ms of the clock, p50: first question of a fresh process / its files from the disk",
        ["", *engines],
        [[row, *(cold(asked[name]) for name in engines)] for row, asked in figures.rows.items()],
        note="opening the index not counted, see below; loading the engine's own modules is, where it does so late",
    )


def print_hits(figures: Figures) -> None:
    """How many articles each engine finds: whether it was asked the same."""

    def found(asked: Asked, most: int) -> str:
        whole = asked.hits and len(asked.hits) == most
        return number(sum(asked.hits)) if whole else "too slow" if asked.hits else "–"

    print_table(
        "Articles found, over all questions of the row",
        ["", *_engines(figures)],
        [
            [row, *(found(asked, len(engines[OURS].hits)) for asked in engines.values())]
            for row, engines in figures.rows.items()
        ],
        note="Xapian keeps apostrophes in its words and Whoosh full stops, so they may find fewer",
    )


def print_indexing(figures: Figures, smaller: Figures | None) -> None:
    """What building takes, and what comes of it."""
    rows = []
    for name in (OURS, *_peers(figures)):
        built = figures.built[name]
        grown = rate(figures, name) / rate(smaller, name) if smaller else math.nan
        rows.append([
            name, figures.versions[name].split(",")[0], number(rate(figures, name)),
            _times(rate(figures, OURS) / rate(figures, name)),
            number(figures.articles / built["wall_seconds"]), _times(grown), number(built["bytes"] / 1e6, 1),
            number(built["bytes"] / figures.articles), _times(figures.built[OURS]["bytes"] / built["bytes"]),
            number(built["most_mb"]),
        ])  # fmt: skip
    stale = "; OURS WAS BUILT BY OTHER CODE THAN TODAY'S: --rebuild" if figures.stale else ""
    print_table(
        f"Indexing {figures.articles:,} articles",
        ["", "version", "articles/s and core", "ours is", "by the clock", "of a tenth's speed", "MB", "bytes/article",
         "ours is", "RssAnon MB, most"],
        rows,
        note=f"without reading the articles from their file{stale}",
    )  # fmt: skip


def print_life(figures: Figures) -> None:
    """Opening, changing, memory."""
    rows = []
    for name in (OURS, *_peers(figures)):
        memory = figures.memory[name]
        changes = changed(figures, name)
        rows.append([
            name, _ms(median(opening(figures, name, False))), _ms(median(opening(figures, name, True))),
            _ms(median(commit for commit, _ in changes)), _ms(median(after for _, after in changes)),
            _ms(high(after for _, after in changes)), number(memory["before"]), number(memory["opened"]),
            number(memory["after"]), number(memory["asked"]),
        ])  # fmt: skip
    print_table(
        "Opening, one changed article, memory: ms of the clock, MB of RssAnon",
        [
            "",
            "open, fresh",
            "from disk",
            "commit",
            "found after",
            "p95",
            "MB loaded",
            "open",
            "after",
            "questions",
        ],
        rows,
    )


def print_asked(figures: Figures) -> None:
    """One question of every row as each engine was asked it."""
    print("What each was asked")
    for row, engines in figures.rows.items():
        print(f"  {row}")
        for name, asked in engines.items():
            mark = "*" if name == ours_in(row) else " "
            print(f"   {mark}{name:11} {'cannot' if asked.asked is None else asked.asked}")
    print(
        f"   *compared with the peers; {AS_WRITTEN}: each word a Whoosh Term, without the others of its stem\n"
    )


def main() -> int:
    """Run the command; exit status."""
    parser = arguments("search", __doc__)
    parser.add_argument("--against", default="fts5,tantivy", metavar="A,B", help=f"of {', '.join(PEERS)}")
    parser.add_argument("--rounds", type=int, default=Plan.rounds)
    parser.add_argument("--colds", type=int, default=Plan.colds, help="fresh processes a row and engine")
    parser.add_argument(
        "--seconds",
        type=float,
        default=Plan.seconds,
        help="that an engine may take over a row (default: %(default)s)",
    )
    parser.add_argument(
        "--rebuild", nargs="?", const=OURS, default="", metavar="A,B", help="build these indexes anew (ours)"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write everything that was measured to FILE"
    )
    options = parser.parse_args()
    against = tuple(filter(None, options.against.split(",")))
    if unknown := set(against) - set(PEERS):
        parser.error(f"no engine of the name {', '.join(sorted(unknown))}: there are {', '.join(PEERS)}")
    plan = Plan(options.articles, options.cache, options.seed, against, options.rounds, options.colds,
                options.seconds, tuple(options.rebuild.split(",")))  # fmt: skip
    figures = compare(plan, lambda what: print(what, file=sys.stderr))
    kept = archived(plan.articles, plan.cache, plan.seed).folder / "figures.json"
    kept.write_text(figures.as_json())
    if options.json:
        options.json.write_text(figures.as_json())
    tenth = next(plan.cache.glob(f"archives/{plan.articles // 10}-{plan.seed}-*/figures.json"), None)
    smaller = Figures.from_json(tenth.read_text()) if tenth else None
    print_figures(figures, smaller)
    return 0


def print_figures(figures: Figures, smaller: Figures | None) -> None:
    """All tables.

    Args:
        figures: what was measured.
        smaller: the same on a tenth of the articles, where that was measured.
    """
    for name, why in figures.missing.items():
        print(f"{name} is left out: {why}")
    print_asked(figures)
    print_hits(figures)
    print_wall(figures)
    print_indexing(figures, smaller)
    print_life(figures)
    print_warm(figures)
    print_table(
        "Targets beside those of the rows",
        ["", "wanted", "measured", ""],
        [verdict.row for verdict in verdicts(figures, smaller)],
        note=_load(figures),
    )


if __name__ == "__main__":
    sys.exit(main())
