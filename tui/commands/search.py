"""`broadsheet search`: the hits of a query, drawn, as lines, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from tui.commands import shapes
from tui.commands.failures import DONE, NOT_ALL
from tui.commands.narration import counted, say
from tui.commands.opening import open_corpus
from tui.commands.printing import is_drawn, make_console, print_json, print_line, text_of
from tui.commands.request import QueryCommand, Request, examples, shared_options, whole_number

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.index.results import Facets, Hit, Results, Sort

FACET_ROWS = 10
"""How many values of a facet are drawn; lines and JSON give all that the search gives."""


@click.command(
    "search",
    cls=QueryCommand,
    epilog=examples(
        "broadsheet search 'nato pacts'",
        "broadsheet search --facets --limit 5 'source:thornbury* talks OR negotiations'",
        "broadsheet search --sort newest 'date:2021-12 ryabkov' | cut -f 1,4",
    ),
)
@shared_options
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit", type=whole_number(), metavar="N", default=20, show_default=True, help="How many hits to print."
)
@click.option("--offset", type=whole_number(), metavar="N", default=0, help="How many to leave out first.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="The order of the hits.",
)
@click.option("--facets", is_flag=True, help="Also how the hits divide by source, names and month.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def search_command(
    context: click.Context,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    sort: str,
    facets: bool,
    as_json: bool,
) -> int:
    """Print the articles that QUERY finds.

    Words, "phrases", OR, NOT or -, grouping, prefix*, wild?card, fuzzy~ and the fields title: source: url:
    date: person: org: place: entity: story: lang: is:unread is:starred. Put -- before a QUERY that begins with
    a dash.

    In a pipe each hit is one line: id, date, source, title and snippet, divided by tabs. With --facets an
    empty line follows, then facet, value and number of articles.
    """
    request = context.ensure_object(Request)
    corpus = open_corpus(request.corpus, request)
    try:
        results = corpus.search(" ".join(query), sort=cast("Sort", sort))
        hits = results.page(offset, limit)
        if as_json:
            print_json(shapes.search(results, hits, facets=facets))
        else:
            _narrate(results, len(hits), limit, offset)
            if is_drawn(request):
                _draw(corpus, results, hits, facets=facets)
            else:
                _print_lines(results, hits, facets=facets)
    finally:
        corpus.close()
    return DONE if results.total else NOT_ALL


def _narrate(results: Results, shown: int, limit: int, offset: int) -> None:
    """Say what the hits themselves don't: what wasn't understood, what was perhaps meant, what is left."""
    for note in results.notes:
        say(note)
    if not results.total:
        say(f"Nothing matches {results.query!r}")
    if results.corrected is not None:
        say(f"Did you mean {results.corrected!r}?")
    if limit and offset + shown < results.total:
        say(f"{shown} of {counted(results.total, 'hit')} printed; --limit and --offset give the others")


def _print_lines(results: Results, hits: list[Hit], *, facets: bool) -> None:
    for hit in hits:
        print_line(hit.id, shapes.day(hit.date), hit.source, hit.title, hit.snippet)
    if facets:
        print_line()
        for name, values in _facet_values(results.facets()):
            for value, count in values:
                print_line(name, value, count)


def _facet_values(facets: Facets) -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    return [
        ("source", facets.source),
        ("person", facets.person),
        ("organisation", facets.organisation),
        ("place", facets.place),
        ("month", facets.month),
    ]


def _draw(corpus: Corpus, results: Results, hits: list[Hit], *, facets: bool) -> None:
    from rich.text import Text

    console = make_console()
    if results.total:
        of_all = f"{counted(results.total, 'article')} of {corpus.count():,}"
        console.print(Text(f"{of_all} · {results.took_ms:.0f} ms", style="dim"))
    for hit in hits:
        console.print()
        console.print(text_of(hit.title, "bold", hit.title_matches))
        facts = [shapes.day(hit.date) or "no date", hit.source or "no source", hit.id]
        console.print(text_of(" · ".join(facts), "dim"))
        if hit.snippet:
            console.print(text_of(hit.snippet, "", hit.matches))
    if facets and results.total:
        _draw_facets(results.facets())


def _draw_facets(facets: Facets) -> None:
    """The facets beside each other as far as the terminal is wide, the months below."""
    from rich import box
    from rich.columns import Columns
    from rich.table import Table

    tables = []
    for name, values in _facet_values(facets):
        shown = values[:FACET_ROWS] if name != "month" else values[-FACET_ROWS:]
        if not shown:
            continue
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
        table.add_column(name.capitalize(), overflow="ellipsis", no_wrap=True, max_width=28)
        table.add_column("", justify="right")
        for value, count in shown:
            table.add_row(text_of(value), text_of(f"{count:,}"))
        if len(shown) < len(values):
            table.add_row(text_of(f"and {len(values) - len(shown):,} more", "dim"), text_of(""))
        tables.append(table)
    make_console().print(Columns(tables, padding=(0, 2)))
