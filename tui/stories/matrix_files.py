"""A coverage matrix as a file for others: plain text, Markdown, CSV and HTML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tui.stories.escaping import for_cell, for_html, for_markdown
from tui.stories.values import Column, Matrix, PairKind, Statement

SIGNS: dict[PairKind, str] = {"identical": "=", "near": "~", "reworded": "~"}
"""How a source tells a statement, against the statement's own sentence."""
ABSENT = "."
"""Where it leaves it out, in plain text."""

_LEGEND = "= in the same words, ~ reworded"
_FIRST = "* had it first"

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --told: #9ec5a8; --first: #ffe08a; --quiet: #767676; }
@media (prefers-color-scheme: dark) { :root { --told: #2f5a3c; --first: #5c4a00; --quiet: #999; } }
body { font: 15px/1.45 Georgia, serif; margin: 2rem; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th { font: 12px sans-serif; vertical-align: bottom; }
thead th.source { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
td.statement { max-width: 38rem; overflow-wrap: anywhere; } td.kind { text-align: center; font-family: sans-serif; }
td.told { background: var(--told); } td.first { background: var(--first); font-weight: bold; }
td.carried, td.when, p { color: var(--quiet); font: 12px sans-serif; white-space: nowrap; }
@media print { body { margin: 0; font-size: 10px; } }
"""


def as_text(title: str, matrix: Matrix) -> Iterator[str]:
    """Lines of plain text: after what the columns are, of each statement how many sources carried it, a sign a source,
    who had it first, and its sentence, divided by tabs."""
    yield f"# {title}"
    yield f"# {extent(matrix)}"
    if matrix.note:
        yield f"# {matrix.note}"
    yield f"# {_LEGEND}, {ABSENT} left out"
    for number, column in enumerate(matrix.columns, 1):
        yield f"# {number} {name_of(column)}{_when(column, ' · ')}"
    for statement in matrix.statements:
        signs = "".join(
            SIGNS[telling.kind] if telling is not None else ABSENT for telling in statement.tellings
        )
        carried = f"{statement.carried}/{len(matrix.columns)}"
        yield "\t".join((carried, signs, had_first(matrix, statement), statement.sentence.text))


def as_markdown(title: str, matrix: Matrix) -> Iterator[str]:
    """Lines of a Markdown table: a statement a row, a source a column."""
    yield f"# {for_markdown(title)}"
    yield ""
    yield for_markdown(extent(matrix))
    yield ""
    if matrix.note:
        yield from (for_markdown(matrix.note), "")
    yield for_markdown(f"{_LEGEND}, {_FIRST}")
    yield ""
    heads = ("Statement", "Carried", "First", *(name_of(column) for column in matrix.columns))
    yield f"| {' | '.join(map(for_markdown, heads))} |"
    yield f"|{' --- |' * len(heads)}"
    for statement in matrix.statements:
        cells = (
            for_markdown(statement.sentence.text),
            f"{statement.carried}/{len(matrix.columns)}",
            for_markdown(had_first(matrix, statement)),
            *(for_markdown(_sign(statement, column)) for column in range(len(matrix.columns))),
        )
        yield f"| {' | '.join(cells)} |"


def as_csv(matrix: Matrix) -> str:
    """A table for spreadsheets: of each source how it tells the statement, and, further right, by which sentence."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names = [for_cell(name_of(column)) for column in matrix.columns]
    writer.writerow(
        ["statement", "carried", "sources", "first", "day", *names, *(f"{n}: sentence" for n in names)]
    )
    for statement in matrix.statements:
        writer.writerow(
            [
                for_cell(statement.sentence.text),
                statement.carried,
                len(matrix.columns),
                for_cell(had_first(matrix, statement)),
                statement.day.isoformat() if statement.day else "",
                *(telling.kind if telling is not None else "" for telling in statement.tellings),
                *(
                    for_cell(telling.sentence.text) if telling is not None else ""
                    for telling in statement.tellings
                ),
            ]
        )
    return file.getvalue()


def as_html(title: str, matrix: Matrix) -> str:
    """A page of its own: no script, nothing loaded from anywhere. A cell's sentence shows where the pointer rests."""
    heads = "".join(
        f'<th class="source" scope="col">{for_html(name_of(column))}{for_html(_when(column, " · "))}</th>'
        for column in matrix.columns
    )
    rows = [
        f'<tr><td class="statement">{for_html(statement.sentence.text)}</td>'
        f'<td class="carried">{statement.carried}/{len(matrix.columns)}</td>'
        f'<td class="when">{for_html(had_first(matrix, statement))}</td>'
        + "".join(_cell(statement, column) for column in range(len(matrix.columns)))
        + "</tr>"
        for statement in matrix.statements
    ]
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{for_html(title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{for_html(title)}</h1><p>{for_html(extent(matrix))}</p>",
            f"<p>{for_html(matrix.note)}</p>" if matrix.note else "",
            f"<p>{for_html(f'{_LEGEND}, {_FIRST}')}</p>",
            '<table><thead><tr><th scope="col">Statement</th><th scope="col">Carried</th>'
            f'<th scope="col">First</th>{heads}</tr></thead><tbody>',
            *rows,
            "</tbody></table></body></html>",
            "",
        ]
    )


def had_first(matrix: Matrix, statement: Statement) -> str:
    """Who had a statement first: a source, `same day` where no time of day decides, nothing where one alone has it."""
    if statement.first is not None:
        return name_of(matrix.columns[statement.first])
    return "same day" if statement.carried > 1 and statement.day is not None else ""


def extent(matrix: Matrix) -> str:
    """How much a matrix holds, in one line."""
    statements, sources = len(matrix.statements), len(matrix.columns)
    return (
        f"{statements:,} statement{'s' * (statements != 1)} of {matrix.articles:,} report{'s' * (matrix.articles != 1)}"
        f" in {sources:,} source{'s' * (sources != 1)}"
    )


def name_of(column: Column) -> str:
    """What a column is called."""
    return column.source or "no source"


def _when(column: Column, before: str) -> str:
    if column.published is not None:
        return f"{before}{column.published.isoformat(' ', 'minutes')}"
    return f"{before}{column.first.isoformat()}" if column.first is not None else ""


def _sign(statement: Statement, column: int) -> str:
    telling = statement.tellings[column]
    if telling is None:
        return ""
    return f"{SIGNS[telling.kind]}{'*' if statement.first == column else ''}"


def _cell(statement: Statement, column: int) -> str:
    telling = statement.tellings[column]
    if telling is None:
        return '<td class="kind"></td>'
    kind = "kind first" if statement.first == column else "kind told"
    return f'<td class="{kind}" title="{for_html(telling.sentence.text)}">{_sign(statement, column)}</td>'
