"""A comparison as a file for others: plain text, Markdown, CSV and HTML."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from tui.article import Article, Span
from tui.stories.board import SIGNS, Board, BoardRow, Cell, Marks
from tui.stories.escaping import for_cell, for_html, for_markdown
from tui.stories.marked import edits_of, in_order
from tui.stories.summary import against, in_words, notes
from tui.stories.values import Sentence

HEADS = ("---", "+++", "***")
"""How the lines of plain text begin that say what is compared."""
_ONLY = "-+*"

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --mark: #ffe08a; --figure: #ffb3a7; --quiet: #767676; }
@media (prefers-color-scheme: dark) { :root { --mark: #5c4a00; --figure: #6b2217; --quiet: #999; } }
body { font: 16px/1.5 Georgia, serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
col.kind { width: 5rem; } td.kind { color: var(--quiet); font: 12px sans-serif; }
tr.identical td { color: var(--quiet); } tr.only td { font-weight: bold; } tr.only td.kind { font-weight: normal; }
mark { background: var(--mark); color: inherit; }
mark.figure, mark.name { background: var(--figure); font-weight: bold; }
small, p.facts { color: var(--quiet); font-family: sans-serif; }
@media print { body { max-width: none; font-size: 11px; } mark { text-decoration: underline; } }
"""


def as_text(board: Board) -> Iterator[str]:
    """Lines of plain text.

    Of two articles: `=` both have it, `~` reworded, with `[-this-]` and `{+that+}`, `-` and `+` only one; reworded
    sentences that were merged, or in which things stand in another order, have a line each. Of three each has a line
    of its own below the sign, with its number.
    """
    for head, side in zip(HEADS, board.sides, strict=False):
        yield f"{head} {_facts(side.article)}"
    yield f"# {in_words(board)}"
    yield from (f"# {note}" for note in notes(board))
    for one in board.disagreements:
        yield f"# figures: {against(one)}"
    for row in board.rows:
        yield from _unified(board, row) if len(board.sides) == 2 else _listed(row)


def _unified(board: Board, row: BoardRow) -> Iterator[str]:
    left, right = row.cells
    if row.alone is not None:
        yield f"{_ONLY[row.alone]} {row.cells[row.alone].text}"
    elif row.kind == "identical":
        yield f"= {left.text}"
    elif len(row.joins) == 1 and in_order(row.joins[0].pair):
        yield f"~ {_merged(board, row)}"
    else:
        yield f"~ {_told(left, str, _taken_out)}"
        yield f"  {_told(right, str, _put_in)}"


def _listed(row: BoardRow) -> Iterator[str]:
    having = [column for column, cell in enumerate(row.cells) if cell.sentences]
    if row.kind == "identical":
        yield f"= {''.join(str(column + 1) for column in having):3} {row.cells[having[0]].text}"
        return
    sign = _ONLY[having[0]] if row.alone is not None else "~"
    for position, column in enumerate(having):
        yield f"{' ' if position else sign} {column + 1:<3} {row.cells[column].text}"


def _merged(board: Board, row: BoardRow) -> str:
    """The left sentence with the right one's words beside its own, where they differ."""
    (join,) = row.joins
    sentence, other = board.sentences[0][join.pair.left], board.sentences[1][join.pair.right]
    parts = []
    position = sentence.start
    for left, right in edits_of(join.pair):
        parts.append(sentence.text[position - sentence.start : left.start - sentence.start])
        position = left.end
        if left.start < left.end:
            parts.append(f"[-{sentence.text[left.start - sentence.start : left.end - sentence.start]}-]")
        if right.start < right.end:
            said = f"{{+{other.text[right.start - other.start : right.end - other.start]}+}}"
            parts.append(said if left.start < left.end else _spaced(said, sentence, left, other, right))
    parts.append(sentence.text[position - sentence.start :])
    return "".join(parts)


def _spaced(said: str, sentence: Sentence, at: Span, other: Sentence, its: Span) -> str:
    """What the right sentence puts in, with the blanks about it that the left one lacks there."""
    here, start, end = at.start - sentence.start, its.start - other.start, its.end - other.start
    led = _parted(other.text[:start][-1:], sentence.text[:here][-1:])
    followed = _parted(other.text[end:][:1], sentence.text[here:][:1])
    return f"{' ' if led else ''}{said}{' ' if followed else ''}"


def _parted(beside: str, instead: str) -> bool:
    """Whether a blank must stand in the left sentence where the right one has that character: no word grows into
    what is put in beside it, and nothing is parted where words are written without blanks."""
    if beside.isspace():
        return bool(instead) and not instead.isspace()
    return instead.isalnum() and not beside.isalnum()


def as_markdown(board: Board) -> Iterator[str]:
    """Lines of a Markdown table, what differs in bold."""
    articles = [side.article for side in board.sides]
    yield f"# {' / '.join(for_markdown(article.title) for article in articles)}"
    yield ""
    yield from (f"- {for_markdown(_facts(article))}" for article in articles)
    yield ""
    yield for_markdown(in_words(board))
    yield ""
    for note in notes(board):
        yield from (for_markdown(note), "")
    if board.disagreements:
        yield "Figures that disagree:"
        yield ""
        yield from (f"- {for_markdown(against(one))}" for one in board.disagreements)
        yield ""
    yield f"| | {' | '.join(for_markdown(_name(article)) for article in articles)} |"
    yield f"| --- |{' --- |' * len(articles)}"
    for row in board.rows:
        texts = " | ".join(_told(cell, for_markdown, _bold) for cell in row.cells)
        yield f"| {_kind(row)} | {texts} |"


def as_csv(board: Board) -> str:
    """A table: kind, score, the articles' sentences, which figures and names differ."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names = ["left", "right"] if len(board.sides) == 2 else [str(n + 1) for n in range(len(board.sides))]
    writer.writerow(["kind", "score", *names, "figures", "names"])
    for number, row in enumerate(board.rows):
        apart = (
            "; ".join(against(one) for one in found if one.row == number)
            for found in (board.disagreements, board.names)
        )
        writer.writerow(
            [
                row.kind if row.alone is None else f"only {names[row.alone]}",
                "" if row.score is None else f"{row.score:.3f}",
                *(for_cell(cell.text) for cell in row.cells),
                *map(for_cell, apart),
            ]
        )
    return file.getvalue()


def as_html(board: Board) -> str:
    """A page of its own: no script, nothing loaded from anywhere, readable on paper."""
    articles = [side.article for side in board.sides]
    heads = "".join(
        f"<th>{_html_title(article.title, marks)}<br><small>{for_html(_facts(article, title=False))}</small></th>"
        for article, marks in zip(articles, board.titles, strict=True)
    )
    lines = [
        f'<tr class="{row.kind}"><td class="kind">{_kind(row)}</td>'
        + "".join(f"<td>{_told(cell, for_html, _mark)}</td>" for cell in row.cells)
        + "</tr>"
        for row in board.rows
    ]
    figures = "".join(f"<li>{for_html(against(one))}</li>" for one in board.disagreements)
    title = for_html(f"{' / '.join(_name(article) for article in articles)}: {articles[0].title}")
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{title}</title><style>{_STYLE}</style></head><body>",
            f'<p class="facts">{for_html(in_words(board))}</p>',
            *(f'<p class="facts">{for_html(note)}</p>' for note in notes(board)),
            f"<p>Figures that disagree</p><ul>{figures}</ul>" if figures else "",
            f'<table><colgroup><col class="kind">{"<col>" * len(articles)}</colgroup>',
            f"<thead><tr><th></th>{heads}</tr></thead><tbody>",
            *lines,
            "</tbody></table></body></html>",
            "",
        ]
    )


def _html_title(title: str, marks: Marks) -> str:
    return _told(Cell((0,), title, marks), for_html, _mark)


def _kind(row: BoardRow) -> str:
    """A row's kind, in a word."""
    return "only here" if row.alone is not None else f"{SIGNS[row.kind]} {row.kind}"


def _told(cell: Cell, escaped: Callable[[str], str], marked: Callable[[str, str], str]) -> str:
    """A cell, what differs marked."""
    told = ""
    at = 0
    for start, end, kind in (*cell.marks, (len(cell.text), len(cell.text), "")):
        for text, mark in ((cell.text[at:start], ""), (cell.text[start:end], kind)):
            plain = escaped(text)
            # Markdown's escaping takes blanks at the ends away, which words need between them.
            before = " " if text[:1].isspace() and not plain.startswith(" ") else ""
            after = " " if text.strip() and text[-1:].isspace() and not plain.endswith(" ") else ""
            told += before + (marked(plain, mark) if mark and plain else plain) + after
        at = end
    return told


def _taken_out(text: str, kind: str) -> str:
    return f"[-{text}-]"


def _put_in(text: str, kind: str) -> str:
    return f"{{+{text}+}}"


def _bold(text: str, kind: str) -> str:
    return f"**{text}**" if text.strip() else text


def _mark(text: str, kind: str) -> str:
    return f'<mark class="{kind}">{text}</mark>'


def _name(article: Article) -> str:
    return article.source or article.title


def _facts(article: Article, *, title: bool = True) -> str:
    facts = [
        article.title if title else "",
        article.source,
        article.date and article.date.isoformat(),
        article.url,
    ]
    return " · ".join(fact for fact in facts if fact)
