"""`broadsheet stories`: events that several articles report, of the corpus or of a query's hits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import click

from tui.commands import shapes
from tui.commands.failures import DONE, NOT_ALL
from tui.commands.narration import say
from tui.commands.opening import open_corpus
from tui.commands.printing import is_drawn, make_console, print_json, print_line, text_of
from tui.commands.request import QueryCommand, Request, examples, shared_options, whole_number

if TYPE_CHECKING:
    from tui.stories.values import Story

ORDERS = ("newest", "largest")

SHORT_ID = 8
"""Digits of an id in a table: enough to ask by."""


@click.command(
    "stories",
    cls=QueryCommand,
    epilog=examples(
        "broadsheet stories --order largest --limit 10",
        "broadsheet stories 'russia date:2021-12'",
        'broadsheet search "story:$(broadsheet stories --limit 1 | cut -f 1)"',
    ),
)
@shared_options
@click.argument("query", nargs=-1)
@click.option(
    "--limit", type=whole_number(), metavar="N", default=50, show_default=True, help="How many to print."
)
@click.option("--offset", type=whole_number(), metavar="N", default=0, help="How many to pass over.")
@click.option(
    "--order", type=click.Choice(ORDERS), default="newest", show_default=True, help="Which come first."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one story a line.")
@click.pass_context
def stories_command(
    context: click.Context, query: tuple[str, ...], limit: int, offset: int, order: str, as_json: bool
) -> int:
    """Print the stories of the corpus, or those that have a hit of QUERY: articles on one event.

    In a pipe each is one line: id, first day, last day, articles, sources, reprints (articles that print another's
    text), title. `broadsheet coverage` says who told what of one.
    """
    request = context.ensure_object(Request)
    words = " ".join(query) or None
    corpus = open_corpus(request.corpus, request)
    try:
        stories = corpus.stories(
            words, limit=limit, offset=offset, order=cast("Literal['newest', 'largest']", order)
        )
        notes = corpus.search(words).notes if words else ()
    finally:
        corpus.close()
    for note in notes:
        say(note)
    if as_json:
        print_json(*(shapes.story(story) for story in stories))
    elif is_drawn(request):
        _draw(stories)
    else:
        for story in stories:
            print_line(
                story.id, shapes.day(story.first), shapes.day(story.last),
                len(story.articles), story.sources, reprinted(story), story.title,
            )  # fmt: skip
    if stories or not limit:
        return DONE
    if not as_json:
        say(f"No story has a hit of {words!r}" if words else "No event is told by two articles here")
    return NOT_ALL


def reprinted(story: Story) -> int:
    """How many of a story's articles print the text of another."""
    return sum(len(group) - 1 for group in story.reprints)


def span_of(story: Story) -> str:
    """The days of a story: one, or from the first to the last."""
    first, last = shapes.day(story.first), shapes.day(story.last)
    return f"{first} – {last}" if first and last and first != last else first or "no date"


def _draw(stories: list[Story]) -> None:
    from rich import box
    from rich.table import Table

    if not stories:
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("Id", style="dim", no_wrap=True)
    table.add_column("Story", overflow="fold", ratio=1)
    table.add_column("Days", no_wrap=True)
    for head in ("Articles", "Sources", "Reprints"):
        table.add_column(head, justify="right", no_wrap=True)
    for story in stories:
        table.add_row(
            text_of(story.id[:SHORT_ID]),
            text_of(story.title, "bold"),
            text_of(span_of(story)),
            text_of(f"{len(story.articles):,}"),
            text_of(f"{story.sources:,}"),
            text_of(f"{reprinted(story):,}" if story.reprints else ""),
        )
    make_console().print(table)
