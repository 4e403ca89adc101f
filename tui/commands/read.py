"""`broadsheet [PATH]`: open the reader, or say what the corpus holds where there is no terminal."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from tui.commands.opening import open_corpus
from tui.commands.request import Request, shared_options
from tui.errors import UsageError


class ReaderCommand(click.Command):
    """The command without a name: its help is the program's."""

    def get_help(self, context: click.Context) -> str:
        return context.parent.get_help() if context.parent is not None else super().get_help(context)


@click.command("broadsheet", cls=ReaderCommand)
@shared_options
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.pass_context
def read_command(context: click.Context, path: Path | None) -> int:
    """Open the reader on PATH."""
    request = context.ensure_object(Request)
    if path is not None and request.corpus is not None:
        raise UsageError("Give the corpus once, as -C PATH or as PATH")
    corpus = open_corpus(path or request.corpus, request)
    try:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            from tui.commands.overview import print_overview

            return print_overview(corpus)
        # Of what is imported until the first frame nothing is garbage; looking for some costs 15 ms of its time.
        gc.disable()
        from tui.app import run_reader

        return run_reader(corpus, mouse=request.mouse, plain=request.plain, query="")
    finally:
        corpus.close()
