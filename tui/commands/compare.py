"""`broadsheet compare`: two articles side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.commands import shapes
from tui.commands.failures import DONE
from tui.commands.naming import find_article
from tui.commands.opening import open_corpus
from tui.commands.printing import is_drawn, make_console, print_file, print_json, print_text, text_of
from tui.commands.request import Request, examples, shared_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table
    from rich.text import Text

    from tui.corpus import Corpus
    from tui.stories.board import Board, Cell, Marks
    from tui.stories.values import DifferenceKind, Side

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
_ROW_STYLES = {"identical": "dim", "only": "bold"}


@click.command(
    "compare",
    epilog=examples(
        "broadsheet compare 3143 ed53",
        "broadsheet compare --format html 3143 ed53 > comparison.html",
        "broadsheet compare one.txt another.txt > differences.txt",
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
    from tui.stories.board import board_of
    from tui.stories.comparison import compare

    _print(request, board_of(sides, [compare(*sides)]), "json" if as_json else form)
    return DONE


def _side(corpus: Corpus, name: str) -> Side:
    from tui.stories.values import Side

    found = find_article(corpus, name)
    return Side(found.article, None, found.mentions) if found.id is None else corpus.side(found.id)


def _print(request: Request, board: Board, form: str) -> None:
    from tui.stories import comparison_files

    match form:
        case "json":
            left, right = board.sides
            print_json(shapes.comparison(left, right, board.comparisons[0]))
        case "html":
            print_file(comparison_files.as_html(board))
        case "csv":
            print_file(comparison_files.as_csv(board))
        case "markdown":
            print_text(comparison_files.as_markdown(board))
        case _ if is_drawn(request):
            _draw(board)
        case _:
            print_text(comparison_files.as_text(board))


def _draw(board: Board) -> None:
    from rich.table import Table

    from tui.stories.board import SIGNS
    from tui.stories.summary import against, notes, parts, shares

    console = make_console()
    console.width = min(console.width, WIDEST)
    narrow = console.width < NARROW
    told = (text if kind is None else f"{SIGNS[kind]} {text}" for kind, text in parts(board))
    console.print(text_of(" · ".join((*shares(board), *told)), "bold"))
    for note in notes(board):
        console.print(text_of(note, "italic"))
    for one in board.disagreements:
        console.print(text_of(f"figures disagree: {against(one)}", _STYLES["figure"]))
    table = Table.grid(padding=(0, 1), expand=not narrow)
    if narrow:
        table.add_column(width=1)
        table.add_column()
    else:
        table.add_column(ratio=1)
        table.add_column(width=1, justify="center")
        table.add_column(ratio=1)
    _add(
        table, narrow, "", [_head(side, marks) for side, marks in zip(board.sides, board.titles, strict=True)]
    )
    for row in board.rows:
        _add(table, narrow, "", [None, None])
        texts = [_told(cell, _ROW_STYLES.get(row.kind, "")) for cell in row.cells]
        _add(table, narrow, SIGNS[row.kind], texts[:1] if narrow and row.same else texts)
    console.print(table)


def _add(table: Table, narrow: bool, sign: str, texts: Sequence[Text | None]) -> None:
    """A row of the table; where it is narrow one for each article that has something, with its number."""
    from rich.text import Text

    if not narrow:
        left, right = (text or Text("") for text in texts)
        table.add_row(left, Text(sign, style="dim"), right)
        return
    for position, text in enumerate(texts):
        if text is not None:
            table.add_row(Text(sign if len(texts) == 1 else str(position + 1), style="dim"), text)
    if not any(texts):
        table.add_row("", "")


def _head(side: Side, marks: Marks) -> Text:
    article = side.article
    facts = " · ".join(fact for fact in (article.source, shapes.day(article.date)) if fact)
    return _marked(article.title, marks, "bold").append("\n").append_text(text_of(facts, "dim"))


def _told(cell: Cell, style: str) -> Text | None:
    return _marked(cell.text, cell.marks, style) if cell.sentences else None


def _marked(told: str, marks: Marks, style: str) -> Text:
    """Text from outside, what differs in it marked."""
    from rich.text import Text

    text = Text(style=style)
    at = 0
    for start, end, kind in marks:
        text.append_text(text_of(told[at:start])).append_text(text_of(told[start:end], _STYLES[kind]))
        at = end
    return text.append_text(text_of(told[at:]))
