"""`broadsheet timeline`: when articles are from, as bars, as lines, or as JSON."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, cast

import click

from tui.commands import shapes
from tui.commands.failures import DONE, NOT_ALL
from tui.commands.narration import counted, say
from tui.commands.opening import open_corpus
from tui.commands.printing import is_drawn, make_console, print_json, print_line, text_of
from tui.commands.request import QueryCommand, Request, examples, shared_options
from tui.index.periods import UNITS, Unit, number_of
from tui.terminal.characters import shows_blocks

if TYPE_CHECKING:
    from tui.corpus.bins import Bin, DayCounts
    from tui.corpus.values import Timeline
    from tui.index.results import Results

MOST_BINS = 60
"""Bins that there are at most where nobody says which unit they should be of."""
EMPTY_DRAWN = 3
"""Empty times one after the other that are drawn; of more than these only how many there are."""
_WIDEST_BAR = 60
_EIGHTHS = " ▏▎▍▌▋▊▉█"


@click.command(
    "timeline",
    cls=QueryCommand,
    epilog=examples(
        "broadsheet timeline nato",
        "broadsheet timeline --by day 'date:2021-12 person:\"Sergei Ryabkov\"'",
        "broadsheet timeline --by week | sort -k 2 -nr",
    ),
)
@shared_options
@click.argument("query", nargs=-1)
@click.option(
    "--by",
    "unit",
    type=click.Choice(UNITS),
    metavar="UNIT",
    help="day, week, month, quarter, year, decade, century or millennium; the finest that gives"
    f" {MOST_BINS} bars at most by default.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def timeline_command(context: click.Context, query: tuple[str, ...], unit: str | None, as_json: bool) -> int:
    """Print how many articles there are by day, week, month or year: of the whole corpus, or of what QUERY finds.

    A burst is a time in which the share of QUERY's articles in all articles is at least twice what it is on the
    whole, and for long enough to be no accident.

    In a pipe each time that has articles is one line: the day, month or year that it begins with, the number of its
    articles, and "burst" where a burst is in it, divided by tabs. A week begins on its Monday.
    """
    request = context.ensure_object(Request)
    corpus = open_corpus(request.corpus, request)
    try:
        results = corpus.search(" ".join(query), sort="newest")
        timeline = corpus.timeline_of(results)
    finally:
        corpus.close()
    from tui.corpus.bins import DayCounts, finest

    counts = DayCounts(timeline) if timeline.days else None
    by = cast("Unit | None", unit) or (finest(counts, MOST_BINS) if counts is not None else "day")
    bins = [] if counts is None else _bins(counts, by)
    if as_json:
        print_json(shapes.timeline(results, timeline, by, [bin for bin in bins if bin.articles]))
    else:
        _narrate(results, timeline)
        if is_drawn(request):
            _draw(bins, by)
        else:
            for bin in bins:
                if bin.articles:
                    print_line(_begin_of(by, bin), bin.articles, *["burst"] * bin.burst)
    return DONE if bins else NOT_ALL


def _bins(counts: DayCounts, unit: Unit) -> list[Bin]:
    """The bins that have articles, and between them empty ones as far as they are drawn."""
    bins: list[Bin] = []
    day: int | None = counts.first
    while day is not None:
        number = number_of(unit, day)
        if bins:
            before = number_of(unit, bins[-1].first.toordinal())
            empty = min(number - before - 1, EMPTY_DRAWN + 1)
            bins += counts.bins(unit, before + 1, empty)
        bins += counts.bins(unit, number, 1)
        day = counts.day_after(bins[-1].last.toordinal())
    return bins


def _begin_of(unit: Unit, bin: Bin) -> str:
    """What a time begins with, as exact as its unit is: `2021-12-16`, `2021-12`, `2021`."""
    length = 10 if unit in ("day", "week") else 7 if unit in ("month", "quarter") else 4
    return bin.first.isoformat()[:length]


def _narrate(results: Results, timeline: Timeline) -> None:
    for note in results.notes:
        say(note)
    if not results.total:
        say(f"Nothing matches {results.query!r}" if results.query.strip() else "There are no articles here")
    elif timeline.undated:
        say(f"{counted(timeline.undated, 'article')} without a date")


def _draw(bins: list[Bin], unit: Unit) -> None:
    from rich.text import Text

    if not bins:
        return
    console = make_console()
    most = max(bin.articles for bin in bins)
    digits = len(f"{most:,}")
    room = max(8, min(_WIDEST_BAR, console.width - 10 - 2 - digits - 2 - len(" burst")))
    empty = 0
    for bin in bins:
        empty = 0 if bin.articles else empty + 1
        if empty > EMPTY_DRAWN:
            console.print(text_of("⋮" if _draws_blocks() else ":", "dim"))
            continue
        line = Text(f"{_begin_of(unit, bin):<10}  {bin.articles:>{digits},}  ")
        line.append(_bar(bin.articles, most, room), "yellow" if bin.burst else "cyan")
        if bin.burst:
            line.append(" burst", "bold yellow")
        console.print(line, no_wrap=True, overflow="crop")


def _bar(articles: int, most: int, room: int) -> str:
    """As long as there are articles; the smallest number is still seen."""
    eighths = -(-articles * 8 * room // most)
    if not _draws_blocks():
        return "#" * -(-eighths // 8)
    whole, part = divmod(eighths, 8)
    return _EIGHTHS[8] * whole + (_EIGHTHS[part] if part else "")


def _draws_blocks() -> bool:
    try:
        _EIGHTHS.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return shows_blocks(os.environ)
