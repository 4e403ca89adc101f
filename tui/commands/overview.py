"""What `broadsheet` prints where there is no terminal: what the corpus holds, and how to search it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.commands.failures import DONE
from tui.commands.narration import counted
from tui.commands.printing import print_text

if TYPE_CHECKING:
    from tui.corpus import Corpus, Overview

COLUMN = 14


def print_overview(corpus: Corpus) -> int:
    """Print the overview; returns the exit code."""
    print_text(_lines(corpus.name, corpus.overview()))
    return DONE


def _lines(name: str, overview: Overview) -> Iterable[str]:
    articles = counted(overview.articles, "article")
    yield f"{name}: {articles} from {counted(overview.sources, 'source')}, {counted(overview.words, 'word')}"
    yield ""
    if overview.first is not None and overview.last is not None:
        undated = f" ({overview.undated:,} without a date)" if overview.undated else ""
        yield _row("Dates", [f"{overview.first.isoformat()} to {overview.last.isoformat()}{undated}"])
    yield from _rows("Busiest days", (f"{day.isoformat()} {count}" for day, count in overview.busiest))
    yield from _rows("Sources", (f"{source} {count}" for source, count in overview.top_sources))
    yield from _rows("Languages", (f"{language} {count}" for language, count in overview.languages))
    yield from _rows("People", (f"{entity.name} {entity.articles}" for entity in overview.people))
    yield from _rows(
        "Organisations", (f"{entity.name} {entity.articles}" for entity in overview.organisations)
    )
    yield from _rows("Places", (f"{entity.name} {entity.articles}" for entity in overview.places))
    if overview.failed:
        yield _row("Not taken", [f"{counted(overview.failed, 'file')}: `broadsheet index` names them"])
    yield ""
    yield "Run `broadsheet` in a terminal to read. Here:"
    yield "  broadsheet search QUERY     find articles (--json for programs)"
    yield "  broadsheet show ID          print one"
    yield "  broadsheet entities         who and what is named"
    yield "  broadsheet --help           all commands"


def _rows(label: str, values: Iterable[str], most: int = 6) -> Iterable[str]:
    shown = list(values)[:most]
    if shown:
        yield _row(label, shown)


def _row(label: str, values: list[str]) -> str:
    return f"{label:<{COLUMN}}{' · '.join(values)}"
