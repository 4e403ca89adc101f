"""`broadsheet entities`: who and what is in the corpus, or in a query's hits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tui.article import MENTION_TYPES
from tui.commands import shapes
from tui.commands.failures import DONE, NOT_ALL
from tui.commands.narration import say
from tui.commands.opening import open_corpus
from tui.commands.printing import TYPE_STYLES, is_drawn, make_console, print_json, print_line, text_of
from tui.commands.request import QueryCommand, Request, examples, shared_options, whole_number
from tui.errors import BroadsheetError, UsageError
from tui.harmless import harmless

if TYPE_CHECKING:
    from tui.article import MentionType
    from tui.corpus import Entity

ALIASES_DRAWN = 4
"""How many other names a row of the table shows."""


@click.command(
    "entities",
    cls=QueryCommand,
    epilog=examples(
        "broadsheet entities --type person --limit 20",
        "broadsheet entities 'date:2021-12 nato'",
        "broadsheet entities --json --limit 1000 > names.jsonl",
    ),
)
@shared_options
@click.argument("query", nargs=-1)
@click.option("--type", "type_", type=click.Choice(MENTION_TYPES), help="Only people, organisations, …")
@click.option(
    "--limit", type=whole_number(), metavar="N", default=50, show_default=True, help="How many to print."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one entity a line.")
@click.option(
    "--export", "export", metavar="FILE", help="Write what you put right about names; - is standard output."
)
@click.option(
    "--import", "import_", metavar="FILE", help="Put names right as such a file says; - is standard input."
)
@click.pass_context
def entities_command(
    context: click.Context,
    query: tuple[str, ...],
    type_: str | None,
    limit: int,
    as_json: bool,
    export: str | None,
    import_: str | None,
) -> int:
    """Print who and what the corpus names, or the hits of QUERY: most articles first.

    In a pipe each is one line: id, type, articles, mentions, name, and its other names divided by "; ".

    What you merge, split, retype, rename and hide is yours alone until you --export it. The file has one entity a
    line, divided by tabs: type, name, other names; "-" before the type hides it, "!" before a name says that it is
    not called so.
    """
    request = context.ensure_object(Request)
    if export is not None or import_ is not None:
        if query or type_ is not None or as_json or (export is not None and import_ is not None):
            raise UsageError("--export and --import each stand alone")
        return _export(request, export) if export is not None else _import(request, import_ or "-")
    corpus = open_corpus(request.corpus, request)
    try:
        words = " ".join(query) or None
        type = cast("MentionType | None", type_)
        if words is None:
            entities = corpus.entities(type=type, limit=limit)
        else:
            results = corpus.search(words)
            entities = corpus.entities_in(results, type, limit)
            for note in results.notes:
                say(note)
    finally:
        corpus.close()
    if as_json:
        print_json(*(shapes.entity(entity) for entity in entities))
    elif is_drawn(request):
        _draw(entities)
    else:
        for entity in entities:
            names = "; ".join(entity.aliases)
            print_line(entity.id, entity.type, entity.articles, entity.mentions, entity.name, names)
    if entities or not limit:
        return DONE
    if not as_json:
        say(f"Nobody and nothing is named in what {words!r} finds" if words else "No names are known here")
    return NOT_ALL


def _export(request: Request, file: str) -> int:
    corpus = open_corpus(request.corpus, request)
    try:
        count = corpus.export_names(None if file == "-" else Path(file))
    finally:
        corpus.close()
    if not count:
        say("Nothing has been put right about names here")
        return NOT_ALL
    if file != "-":
        say(f"Wrote {count:,} {'entity' if count == 1 else 'entities'} to {harmless(file)}")
    return DONE


def _import(request: Request, file: str) -> int:
    problems: list[str] = []
    corpus = open_corpus(request.corpus, request)
    try:
        count = corpus.import_names(None if file == "-" else Path(file), problems.append)
    finally:
        corpus.close()
    for problem in problems:
        say(problem)
    if corpus.desk.problem is not None:
        raise BroadsheetError(f"Took nothing: {corpus.desk.hindrance or corpus.desk.problem}")
    say(f"Took {count:,} {'entity' if count == 1 else 'entities'}")
    return DONE if count and not problems else NOT_ALL


def _draw(entities: list[Entity]) -> None:
    from rich import box
    from rich.table import Table

    if not entities:
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("Name", overflow="fold")
    table.add_column("Type", no_wrap=True)
    table.add_column("Articles", justify="right", no_wrap=True)
    table.add_column("Mentions", justify="right", no_wrap=True)
    table.add_column("Also called", style="dim", overflow="ellipsis", no_wrap=True, ratio=1)
    for entity in entities:
        more = len(entity.aliases) - ALIASES_DRAWN
        also = ", ".join(entity.aliases[:ALIASES_DRAWN]) + (f" and {more} more" if more > 0 else "")
        table.add_row(
            text_of(entity.name, "bold"),
            text_of(entity.type, TYPE_STYLES[entity.type]),
            text_of(f"{entity.articles:,}"),
            text_of(f"{entity.mentions:,}"),
            text_of(also),
        )
    make_console().print(table)
