"""`broadsheet coverage`: who told what of a story, statement by statement."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from tui.commands import shapes
from tui.commands.failures import DONE, NOT_ALL
from tui.commands.naming import find_story
from tui.commands.narration import say
from tui.commands.opening import open_corpus
from tui.commands.printing import (
    is_drawn,
    make_console,
    print_file,
    print_json,
    print_line,
    print_text,
    text_of,
)
from tui.commands.progress import showing_progress
from tui.commands.request import Request, examples, shared_options

if TYPE_CHECKING:
    from tui.stories.values import Matrix, Story

FORMATS = ("text", "json", "html", "markdown", "csv")

NARROWEST_STATEMENT = 30
"""Columns that a statement gets at least: sources that leave less are told by number, without their names."""


@click.command(
    "coverage",
    epilog=examples(
        "broadsheet coverage $(broadsheet stories --order largest --limit 1 | cut -f 1)",
        "broadsheet coverage --format html $(broadsheet stories --limit 1 | cut -f 1) > coverage.html",
    ),
)
@shared_options
@click.argument("story", metavar="STORY")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="What to print; text by default."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def coverage_command(context: click.Context, story: str, form: str, as_json: bool) -> int:
    """Print what the reports of a story say, statement by statement, and which source carried it.

    STORY is a story's id, as stories prints it, the beginning of one that no other begins with, or the id or the file
    of an article that belongs to it. In a pipe a statement is one line: how many sources carried it of how many, a
    sign a source (= in the same words, ~ reworded, . left out), who had it first, its clearest sentence.
    """
    from tui.corpus import Progress

    request = context.ensure_object(Request)
    form = "json" if as_json else form
    corpus = open_corpus(request.corpus, request)
    try:
        found = find_story(corpus, story)
        with showing_progress(sys.stderr, "") as watch:
            began = time.monotonic()

            def say_how_far(done: int, total: int) -> None:
                watch(Progress("comparing", done, total, done / max(time.monotonic() - began, 1e-6)))

            matrix = corpus.matrix(found.id, say_how_far)
    finally:
        corpus.close()
    _print(request, found, matrix, form)
    if not matrix.statements:
        say("Its reports hold no sentence to compare")
        return NOT_ALL
    return DONE


def _print(request: Request, story: Story, matrix: Matrix, form: str) -> None:
    from tui.stories import matrix_files

    match form:
        case "json":
            print_json(shapes.coverage(story, matrix))
        case "html":
            print_file(matrix_files.as_html(story.title, matrix))
        case "csv":
            print_file(matrix_files.as_csv(matrix))
        case "markdown":
            print_text(matrix_files.as_markdown(story.title, matrix))
        case _ if is_drawn(request):
            _draw(story, matrix)
        case _:
            for line in matrix_files.as_text(story.title, matrix):
                print_line(*line.split("\t"))


def _draw(story: Story, matrix: Matrix) -> None:
    """A table whose columns are numbered, the sources listed above it."""
    from rich import box
    from rich.table import Table

    from tui.stories.matrix_files import ABSENT, SIGNS, extent, had_first, name_of

    console = make_console()
    console.print(text_of(story.title, "bold"))
    console.print(text_of(extent(matrix), "dim"))
    if matrix.note:
        console.print(text_of(matrix.note, "italic"))
    for number, column in enumerate(matrix.columns, 1):
        when = column.published.isoformat(" ", "minutes") if column.published else shapes.day(column.first)
        console.print(text_of(f"{number:>3} {name_of(column)} · {when or 'no date'}"))
    width = console.width - 3 * len(matrix.columns)
    numbered = width >= NARROWEST_STATEMENT
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", justify="right", no_wrap=True)
    if numbered:
        for number in range(1, len(matrix.columns) + 1):
            table.add_column(str(number), no_wrap=True)
    else:
        table.add_column("", overflow="fold", max_width=NARROWEST_STATEMENT)
    table.add_column("Statement", overflow="fold", ratio=1)
    for statement in matrix.statements:
        cells = []
        for place, telling in enumerate(statement.tellings):
            first = place == statement.first
            sign = SIGNS[telling.kind] if telling is not None else ABSENT
            cells.append(text_of(sign, "bold reverse" if first else "" if telling is not None else "dim"))
        told = text_of(statement.sentence.text, "bold" if statement.carried == 1 else "")
        first_told = had_first(matrix, statement)
        if first_told:
            told.append_text(text_of(f"  ({first_told})", "dim"))
        row = cells if numbered else [text_of("").join(cells)]
        table.add_row(text_of(f"{statement.carried}/{len(matrix.columns)}", "dim"), *row, told)
    console.print(table)
    console.print(text_of("= in the same words  ~ reworded  . left out  (who had it first)", "dim"))
