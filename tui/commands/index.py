"""`broadsheet index`: take up what is new, changed or gone under a corpus's folders."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.commands import shapes
from tui.commands.failures import DONE, NOT_ALL
from tui.commands.narration import counted, say
from tui.commands.opening import default_path
from tui.commands.printing import encode_json, is_drawn, make_console, print_json, print_line, text_of
from tui.commands.recognising import chosen_recogniser, recogniser_option
from tui.commands.request import Request, examples, shared_options, whole_number
from tui.commands.stopping import stopping_on_sigterm
from tui.errors import BroadsheetError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.commands.progress import Watcher
    from tui.corpus import Failure, IndexReport
    from tui.entities.choice import Choices

NAMED = 20
"""How many files with their reasons the summary lists."""


@click.command(
    "index",
    epilog=examples(
        "broadsheet index ~/articles",
        "broadsheet index ~/articles --report report.json --jobs 1",
        "broadsheet -C ~/articles index ~/more-articles",
    ),
)
@shared_options
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--jobs",
    type=whole_number(1, 256),
    metavar="N",
    help="Processes that read, and that make the index.  [default: one a core]",
)
@click.option("--rebuild", is_flag=True, help="Read every file anew and make the index from nothing.")
@recogniser_option
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the whole report here."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--progress-lines", is_flag=True, hidden=True, help="Print progress, then the report, as JSON lines."
)
@click.pass_context
def index_command(
    context: click.Context,
    paths: tuple[Path, ...],
    jobs: int | None,
    rebuild: bool,
    recogniser: str | None,
    report: Path | None,
    as_json: bool,
    progress_lines: bool,
) -> int:
    """Take up the articles under PATH: only what is new, changed or gone since the last time.

    The corpus is the one whose folder PATH is, made where there is none; further PATHs, and with -C all of
    them, are added to it. Without PATH every folder of the corpus is looked through. The folders are never
    written to. With another recogniser than before, every article is read again.

    In a pipe each fact is one line: its name and number, then "failed", path and reason for each file that
    could not be taken, divided by tabs.
    """
    request = context.ensure_object(Request)
    if report is not None:
        with report.open("ab"):  # Better to hear now than after an hour that it can't be written.
            pass
    if not paths and request.corpus is None:
        request.corpus = default_path(request)
    choices = chosen_recogniser(recogniser)
    made = _run(paths, request, choices, jobs=jobs, rebuild=rebuild, progress_lines=progress_lines)
    if report is not None:
        report.write_bytes(encode_json(shapes.index_report(made)))
    if as_json or progress_lines:
        print_json(shapes.index_report(made))
    elif is_drawn(request):
        _draw(made, report)
    else:
        _print_lines(made)
    return NOT_ALL if made.failed else DONE


def _run(
    paths: Sequence[Path],
    request: Request,
    choices: Choices,
    *,
    jobs: int | None,
    rebuild: bool,
    progress_lines: bool,
) -> IndexReport:
    """Index, telling the terminal or the program that started this how far it is.

    Raises:
        KeyboardInterrupt: Ctrl+C, or SIGTERM, with what stays as its message.
    """
    from tui.commands.progress import progress_lines as lines
    from tui.commands.progress import showing_progress

    try:
        with stopping_on_sigterm():
            if progress_lines:
                # Whoever started this reads on, whatever became of a model that they chose.
                return _index(paths, request, choices, jobs, rebuild, lines(sys.stdout), _notice)
            with showing_progress(sys.stderr, "") as progress:
                return _index(paths, request, choices, jobs, rebuild, progress)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            "Stopped: what was taken up so far stays, and the next run goes on from there"
        ) from None
    except BroadsheetError as error:
        if progress_lines:
            print_json({"error": str(error)})
        raise


def _notice(line: str) -> None:
    print_json({"notice": line})


def _print_lines(report: IndexReport) -> None:
    for name in ("read", "added", "updated", "unchanged", "removed"):
        print_line(name, getattr(report, name))
    for failure in report.failed:
        print_line("failed", failure.path, failure.reason)
    for warning in report.warnings:
        print_line("warning", warning.path, warning.reason)


def _draw(report: IndexReport, report_file: Path | None) -> None:
    from rich.text import Text

    console = make_console()
    done = [f"{counted(report.read, 'file')} read", f"{report.added:,} added"]
    done += [f"{report.updated:,} updated"] if report.updated else []
    done += [f"{report.removed:,} removed"] if report.removed else []
    done += [f"{report.unchanged:,} unchanged"] if report.unchanged else []
    console.print(Text(f"{', '.join(done)}, in {_duration(report.seconds)}", style="bold"))
    _draw_files(f"{counted(len(report.failed), 'file')} could not be taken:", report.failed, report_file)
    _draw_files("Taken, but:", report.warnings, report_file)


def _draw_files(heading: str, files: Sequence[Failure], report_file: Path | None) -> None:
    from rich.table import Table

    if not files:
        return
    console = make_console()
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column(overflow="fold", style="yellow")
    for file in files[:NAMED]:
        table.add_row(text_of(file.path), text_of(file.reason))
    console.print()
    console.print(text_of(heading))
    console.print(table)
    if len(files) > NAMED:
        where = f"{report_file} lists all" if report_file else "--report FILE lists all"
        console.print(text_of(f"and {len(files) - NAMED:,} more; {where}", "dim"))


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {rest} s"


def _index(
    paths: Sequence[Path],
    request: Request,
    choices: Choices,
    jobs: int | None,
    rebuild: bool,
    progress: Watcher,
    notice: Callable[[str], None] | None = None,
) -> IndexReport:
    from tui.corpus import index_corpus

    return index_corpus(
        paths,
        corpus=request.corpus,
        jobs=jobs,
        rebuild=rebuild,
        index_dir=request.index_dir,
        progress=progress,
        recogniser=choices,
        substitute=notice is not None,
        say=notice or say,
    )
