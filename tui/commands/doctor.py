"""`broadsheet doctor`: whether store and index are well, and what the program runs in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from tui.commands import shapes, surroundings
from tui.commands.failures import DONE, NOT_ALL
from tui.commands.narration import say
from tui.commands.opening import default_path
from tui.commands.printing import is_drawn, make_console, print_json, print_line, text_of
from tui.commands.request import Request, examples, shared_options

if TYPE_CHECKING:
    from tui.corpus import Finding

STATE_STYLES = {"well": "green", "note": "cyan", "ill": "bold red", "fixed": "bold green"}


@click.command(
    "doctor",
    epilog=examples(
        "broadsheet doctor",
        "broadsheet doctor --fix",
        "broadsheet doctor --json > doctor.json",
    ),
)
@shared_options
@click.option("--fix", is_flag=True, help="Mend what can be mended: at worst the index is made anew.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def doctor_command(context: click.Context, fix: bool, as_json: bool) -> int:
    """Look whether store and index are well and agree, and print versions, terminal and directories.

    In a pipe each fact is one line: kind, subject, and for a finding its state, then the fact, divided by
    tabs.
    """
    request = context.ensure_object(Request)
    findings = [*_environment_findings(), *_corpus_findings(request, fix=fix)]
    directories = surroundings.directories(request.index_dir)
    report = shapes.doctor(findings, surroundings.versions(), surroundings.terminal(), directories)
    if as_json:
        print_json(report)
    elif is_drawn(request):
        _draw(findings, report)
    else:
        for finding in findings:
            print_line("finding", finding.subject, finding.state, finding.message)
        for kind in ("versions", "terminal", "directories"):
            for name, value in report[kind].items():
                print_line(kind, name, _plain(value))
    ill = [finding for finding in findings if finding.state == "ill"]
    if ill and not as_json:
        say("Something is ill" + ("" if fix else ": `broadsheet doctor --fix` mends what can be mended"))
    return NOT_ALL if ill else DONE


def _environment_findings() -> Iterable[Finding]:
    """Whether the libraries are the ones that this program was written for."""
    from tui.corpus import Finding
    from tui.errors import BroadsheetError
    from tui.index.distribution import check_whoosh

    yield from _recogniser_findings()
    try:
        check_whoosh()
    except BroadsheetError as error:
        yield Finding("whoosh", "ill", str(error))
    else:
        yield Finding("whoosh", "well", "The one distribution that it should be")


def _recogniser_findings() -> Iterable[Finding]:
    """Whether the recogniser that was chosen is there."""
    from tui.commands.recognising import chosen_recogniser
    from tui.corpus import Finding
    from tui.entities.choice import recogniser_name, usable

    found = usable(chosen_recogniser(), missing_too=True)
    for problem in found.problems:
        yield Finding("recogniser", "ill", problem)
    if not found.problems:
        yield Finding("recogniser", "well", f"Version {recogniser_name(found.choices)}")


def _corpus_findings(request: Request, *, fix: bool) -> Iterable[Finding]:
    """What is found in the corpus, where there is one."""
    from tui.corpus import Finding, find_corpus
    from tui.corpus.doctor import check_corpus
    from tui.corpus.locate import shown

    path = default_path(request)
    if find_corpus(path, index_dir=request.index_dir) is None and request.corpus is None:
        yield Finding("corpus", "note", f"{shown(path)} has not been indexed yet")
    else:
        yield from check_corpus(path, index_dir=request.index_dir, fix=fix)


def _draw(findings: Iterable[Finding], report: Mapping[str, Mapping[str, object]]) -> None:
    from rich.table import Table

    console = make_console()
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        state = text_of(finding.state, STATE_STYLES[finding.state])
        table.add_row(state, text_of(finding.subject, "bold"), text_of(finding.message))
    console.print(table)
    for kind in ("versions", "terminal", "directories"):
        console.print()
        console.print(text_of(kind.capitalize(), "bold"))
        table = Table.grid(padding=(0, 2))
        for name, value in report[kind].items():
            table.add_row(text_of(f"  {name}"), text_of(_plain(value)))
        console.print(table)


def _plain(value: object) -> object:
    """Yes and no for truth, a list's members in one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else value
