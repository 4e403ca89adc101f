"""A comparison as a file for others: plain text, Markdown, CSV and HTML."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from tui.article import Article
from tui.stories.escaping import for_cell, for_html, for_markdown
from tui.stories.rows import Row, in_words, marks_of, pieces, rows
from tui.stories.values import Comparison, Side

SIGNS = {"identical": "=", "near": "~", "reworded": "~", "left": "-", "right": "+"}
"""How a line of plain text begins."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --mark: #ffe08a; --figure: #ffb3a7; --quiet: #888; }
@media (prefers-color-scheme: dark) { :root { --mark: #5c4a00; --figure: #6b2217; } }
body { font: 16px/1.5 Georgia, serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
col.text { width: 47%; } td.kind { color: var(--quiet); font: 12px sans-serif; white-space: nowrap; }
tr.identical td { color: var(--quiet); } tr.left td:first-child, tr.right td:last-child { font-weight: bold; }
mark { background: var(--mark); color: inherit; }
mark.figure, mark.name { background: var(--figure); font-weight: bold; }
small, p.facts { color: var(--quiet); font-family: sans-serif; }
@media print { body { max-width: none; font-size: 11px; } mark { text-decoration: underline; } }
"""


def as_text(left: Side, right: Side, comparison: Comparison) -> Iterator[str]:
    """Lines of plain text: `=` both have it, `~` reworded, with `[-this-]` and `{+that+}`, `-` and `+` only one."""
    yield f"--- {_facts(left.article)}"
    yield f"+++ {_facts(right.article)}"
    yield f"# {in_words(comparison)}"
    if comparison.note:
        yield f"# {comparison.note}"
    for pair, one in comparison.disagreements():
        yield f"# figures: {one.left} | {one.right} ({pair.left + 1}, {pair.right + 1})"
    for row in rows(comparison):
        if row.kind in ("identical", "left", "right"):
            texts = [comparison.left[i].text for i in row.left] or [
                comparison.right[j].text for j in row.right
            ]
            yield f"{SIGNS[row.kind]} {' '.join(texts)}"
        elif len(row.pairs) == 1:
            yield f"{SIGNS[row.kind]} {_merged(comparison, row)}"
        else:
            yield f"{SIGNS[row.kind]} [-{' '.join(comparison.left[i].text for i in row.left)}-]"
            yield f"  {{+{' '.join(comparison.right[j].text for j in row.right)}+}}"


def _merged(comparison: Comparison, row: Row) -> str:
    """The left sentence with the right one's words beside its own, where they differ."""
    (pair,) = row.pairs
    sentence = comparison.left[pair.left]
    parts = []
    position = sentence.start
    for one in sorted(pair.differences, key=lambda difference: difference.left_span):
        parts.append(sentence.text[position - sentence.start : one.left_span.start - sentence.start])
        position = one.left_span.end
        if one.left:
            parts.append(f"[-{one.left}-]")
        if one.right:
            parts.append(f"{{+{one.right}+}}{'' if one.left else ' '}")
    parts.append(sentence.text[position - sentence.start :])
    return "".join(parts)


def as_markdown(left: Side, right: Side, comparison: Comparison) -> Iterator[str]:
    """Lines of a Markdown table, what differs in bold."""
    yield f"# {for_markdown(left.article.title)} / {for_markdown(right.article.title)}"
    yield ""
    for side in (left, right):
        yield f"- {for_markdown(_facts(side.article))}"
    yield ""
    yield for_markdown(in_words(comparison))
    yield ""
    if comparison.note:
        yield from (for_markdown(comparison.note), "")
    for _, one in comparison.disagreements():
        yield f"- {for_markdown(one.left)} ≠ {for_markdown(one.right)}"
    yield ""
    yield f"| {for_markdown(_name(left.article))} | | {for_markdown(_name(right.article))} |"
    yield "| --- | --- | --- |"
    for row in rows(comparison):
        texts = (_told(comparison, row, side, for_markdown, _bold) for side in (True, False))
        yield f"| {next(texts)} | {row.kind} | {next(texts)} |"


def as_csv(left: Side, right: Side, comparison: Comparison) -> str:
    """A table: kind, score, left, right, what differs."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["kind", "score", "left", "right", "figures", "names"])
    for row in rows(comparison):
        differing = {
            kind: "; ".join(
                f"{one.left} | {one.right}"
                for pair in row.pairs
                for one in pair.differences
                if one.kind == kind
            )
            for kind in ("figure", "name")
        }
        writer.writerow(
            [
                row.kind,
                f"{min(pair.score for pair in row.pairs):.3f}" if row.pairs else "",
                for_cell(" ".join(comparison.left[i].text for i in row.left)),
                for_cell(" ".join(comparison.right[j].text for j in row.right)),
                for_cell(differing["figure"]),
                for_cell(differing["name"]),
            ]
        )
    return file.getvalue()


def as_html(left: Side, right: Side, comparison: Comparison) -> str:
    """A page of its own: no script, nothing loaded from anywhere, readable on paper."""
    heads = "".join(
        f"<th>{for_html(side.article.title)}<br><small>{for_html(_facts(side.article, title=False))}</small></th>"
        for side in (left, right)
    ).replace("</th><th>", "</th><th></th><th>")
    lines = [
        f'<tr class="{row.kind}"><td>{_told(comparison, row, True, for_html, _mark)}</td>'
        f'<td class="kind">{_KINDS[row.kind]}</td><td>{_told(comparison, row, False, for_html, _mark)}</td></tr>'
        for row in rows(comparison)
    ]
    figures = "".join(
        f"<li>{for_html(one.left)} ≠ {for_html(one.right)}</li>" for _, one in comparison.disagreements()
    )
    title = for_html(f"{_name(left.article)} / {_name(right.article)}: {left.article.title}")
    return "\n".join(
        [
            '<!doctype html><html><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{title}</title><style>{_STYLE}</style></head><body>",
            f'<p class="facts">{for_html(in_words(comparison))}</p>',
            f'<p class="facts">{for_html(comparison.note)}</p>' if comparison.note else "",
            f"<p>Figures that differ</p><ul>{figures}</ul>" if figures else "",
            '<table><colgroup><col class="text"><col><col class="text"></colgroup>',
            f"<thead><tr>{heads}</tr></thead><tbody>",
            *lines,
            "</tbody></table></body></html>",
            "",
        ]
    )


_KINDS = {"identical": "=", "near": "≈", "reworded": "~", "left": "left only", "right": "right only"}


def _told(
    comparison: Comparison,
    row: Row,
    left: bool,
    escaped: Callable[[str], str],
    marked: Callable[[str, str], str],
) -> str:
    """One side of a row, what differs marked."""
    sentences = [comparison.left[i] for i in row.left] if left else [comparison.right[j] for j in row.right]
    marks = marks_of(row.pairs, left=left) if len(row.pairs) == 1 else []
    told = []
    for sentence in sentences:
        text = ""
        for piece in pieces(sentence, marks):
            plain = escaped(piece.text)
            # Markdown's escaping takes blanks at the ends away, which words need between them.
            before = " " if piece.text[:1].isspace() and not plain.startswith(" ") else ""
            after = " " if piece.text[-1:].isspace() and not plain.endswith(" ") else ""
            text += before + (marked(plain, piece.kind) if piece.kind else plain) + after
        told.append(text)
    return " ".join(told)


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
