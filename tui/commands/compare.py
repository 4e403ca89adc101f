"""`broadsheet compare`: two articles side by side."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tui.commands import shapes
from tui.commands.failures import DONE
from tui.commands.naming import find_article
from tui.commands.opening import open_corpus
from tui.commands.printing import is_drawn, make_console, print_json, print_text, text_of
from tui.commands.request import Request, examples, shared_options

if TYPE_CHECKING:
    from rich.text import Text

    from tui.corpus import Corpus
    from tui.stories.rows import Row
    from tui.stories.values import Comparison, DifferenceKind, Side

FORMATS = ("text", "json", "html", "markdown", "csv")
NARROW = 72
"""Columns below which one article stands under the other, sentence by sentence."""
WIDEST = 160

_STYLES: dict[DifferenceKind, str] = {
    "word": "bold yellow",
    "name": "bold underline magenta",
    "figure": "bold reverse",
}
"""What differs shows without colour, too."""
_SIGNS = {"identical": "=", "near": "≈", "reworded": "~", "left": "◂", "right": "▸"}


@click.command(
    "compare",
    epilog=examples(
        "broadsheet compare 1f0c 9ab2",
        "broadsheet compare --format html 1f0c 9ab2 > comparison.html",
        "broadsheet compare one.txt another.txt | less",
    ),
)
@shared_options
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="What to print; text by default."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def compare_command(context: click.Context, left: str, right: str, form: str, as_json: bool) -> int:
    """Print two articles side by side, sentence by sentence, whatever order they stand in.

    A and B are ids of articles, as search prints them, beginnings of ids that no other begins with, or
    article files. On a terminal what differs is marked; in a pipe lines begin with = where both have the
    sentence, ~ where it was reworded, with [-what A says-] and {+what B says+}, and - or + where only A or B
    has it.
    """
    request = context.ensure_object(Request)
    corpus = open_corpus(request.corpus, request)
    try:
        sides = _side(corpus, left), _side(corpus, right)
    finally:
        corpus.close()
    from tui.stories.comparison import compare

    _print(request, *sides, compare(*sides), "json" if as_json else form)
    return DONE


def _side(corpus: Corpus, name: str) -> Side:
    from tui.stories.values import Side

    found = find_article(corpus, name)
    return Side(found.article, None, found.mentions) if found.id is None else corpus.side(found.id)


def _print(request: Request, left: Side, right: Side, comparison: Comparison, form: str) -> None:
    from tui.stories import comparison_files

    match form:
        case "json":
            print_json(shapes.comparison(left, right, comparison))
        case "html":
            _write(comparison_files.as_html(left, right, comparison))
        case "csv":
            _write(comparison_files.as_csv(left, right, comparison))
        case "markdown":
            print_text(comparison_files.as_markdown(left, right, comparison))
        case _ if is_drawn(request):
            _draw(left, right, comparison)
        case _:
            print_text(comparison_files.as_text(left, right, comparison))


def _write(text: str) -> None:
    """A file's content, in UTF-8 whatever the locale says."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _draw(left: Side, right: Side, comparison: Comparison) -> None:
    from rich.table import Table

    from tui.stories.rows import in_words, rows

    console = make_console()
    console.width = min(console.width, WIDEST)
    narrow = console.width < NARROW
    console.print(text_of(in_words(comparison), "bold"))
    if comparison.note:
        console.print(text_of(comparison.note, "italic"))
    for _, one in comparison.disagreements():
        console.print(text_of(f"  {one.left} ≠ {one.right}", "bold reverse"))
    table = Table.grid(padding=(0, 1), expand=not narrow)
    if narrow:
        table.add_column(width=1)
        table.add_column()
    else:
        table.add_column(ratio=1)
        table.add_column(width=1, justify="center")
        table.add_column(ratio=1)
    heads = [_head(side) for side in (left, right)]
    _add(table, narrow, "", *heads)
    for row in rows(comparison):
        _add(table, narrow, "", None, None)
        _add(
            table, narrow, _SIGNS[row.kind],
            _told(comparison, row, left=True), _told(comparison, row, left=False),
            same=row.kind == "identical",
        )  # fmt: skip
    console.print(table)


def _add(
    table: object, narrow: bool, sign: str, left: Text | None, right: Text | None, *, same: bool = False
) -> None:
    """A row of the table, or where it is narrow a row for each side; what is the same is told once there."""
    from rich.table import Table
    from rich.text import Text

    assert isinstance(table, Table)
    nothing = Text("")
    if not narrow:
        table.add_row(left or nothing, Text(sign, style="dim"), right or nothing)
        return
    sides = [side for side in (left, right) if side is not None] or [nothing]
    for position, side in enumerate(sides[:1] if same else sides):
        table.add_row(Text(sign if not position else " ", style="dim"), side)


def _head(side: Side) -> Text:
    article = side.article
    facts = " · ".join(fact for fact in (article.source, shapes.day(article.date)) if fact)
    return text_of(article.title, "bold").append("\n").append_text(text_of(facts, "dim"))


def _told(comparison: Comparison, row: Row, *, left: bool) -> Text | None:
    from rich.text import Text

    from tui.stories.rows import marks_of, pieces

    sentences = [comparison.left[i] for i in row.left] if left else [comparison.right[j] for j in row.right]
    if not sentences:
        return None
    marks = marks_of(row.pairs, left=left) if len(row.pairs) == 1 else []
    style = {"identical": "dim", "left": "bold", "right": "bold"}.get(row.kind, "")
    text = Text(style=style)
    for position, sentence in enumerate(sentences):
        if position:
            text.append(" ")
        for piece in pieces(sentence, marks):
            text.append_text(text_of(piece.text, _STYLES[piece.kind] if piece.kind else ""))
    return text
