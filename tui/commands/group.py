"""`broadsheet` itself: a command where the first word is one, else a folder to open.

A command's name wins over a folder's: `broadsheet search` is the command, `broadsheet ./search` the folder.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

import tui
from tui.commands.failures import DONE, report_failure
from tui.commands.request import Request, examples, outer_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "index": "index_command",
    "search": "search_command",
    "show": "show_command",
    "entities": "entities_command",
    "timeline": "timeline_command",
    "compare": "compare_command",
    "stories": "stories_command",
    "coverage": "coverage_command",
    "recognise": "recognise_command",
    "train-recogniser": "train_command",
    "doctor": "doctor_command",
    "completion": "completion_command",
}
"""Each command's name, and the attribute of `tui.commands.<name>`, dashes as `_`, that holds it.

A module is imported when its command is asked for.
"""


class CommandOrFolder(click.Group):
    """A group whose first word may be a folder instead of a command, and which exits by our codes."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"tui.commands.{name.replace('-', '_')}")
        command = getattr(module, COMMANDS[name])
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = arguments[0]
        command = self.get_command(context, name)
        if command is not None:
            return name, command, arguments[1:]
        if len(arguments) > 1 and not Path(name).exists():
            raise click.UsageError(f"There is no command {name!r}{_suggestion(name)}", context)
        # A word that begins with a dash came after `--`: it is a path still, no option of the next parser.
        return "broadsheet", _reader(), ["--", *arguments] if name.startswith("-") else arguments

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        found = super().shell_complete(context, incomplete)
        return found or [CompletionItem(incomplete, type="dir")]

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run, and leave with the exit code that the design gives; never with a traceback."""
        if "_BROADSHEET_COMPLETE" in os.environ:
            super().main(args, prog_name, complete_var, windows_expand_args=windows_expand_args, **extra)
        _replace_closed_streams()
        arguments = list(sys.argv[1:] if args is None else args)
        try:
            with self.make_context(prog_name or "broadsheet", arguments, **extra) as context:
                returned = self.invoke(context)
            code = returned if isinstance(returned, int) else DONE
            sys.stdout.flush()
        except (Exception, KeyboardInterrupt) as error:
            code = report_failure(error)
            _flush_or_let_go()
        sys.exit(code)


def _reader() -> click.Command:
    from tui.commands.read import read_command

    return read_command


def _suggestion(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return f"; did you mean {near[0]!r}?" if near else ", and no folder of that name either"


def _replace_closed_streams() -> None:
    """Stand in for streams that the shell closed (`>&-`): Python gives None, and every print would fail."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _flush_or_let_go() -> None:
    """Write out what is still buffered; where that fails, keep Python from saying so again at its exit."""
    try:
        sys.stdout.flush()
    except OSError:
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
        except (OSError, io.UnsupportedOperation):
            pass


@click.group(
    cls=CommandOrFolder,
    invoke_without_command=True,
    subcommand_metavar="[PATH] | COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "broadsheet                            open the sample data, or the current folder's corpus",
        "broadsheet ~/articles                 open a folder; its first time indexes it",
        "broadsheet search 'nato pacts'        search without opening the reader",
    ),
)
@outer_options
@click.version_option(tui.__version__, "--version", prog_name="broadsheet", message="%(prog)s %(version)s")
@click.pass_context
def broadsheet(context: click.Context) -> int | None:
    """Read, search and set side by side a corpus of news articles, in a terminal.

    With a PATH, or without a command, the reader opens; where there is no terminal, what the corpus holds is
    printed instead. A command's name wins over a folder's: ./search is the folder.
    """
    context.ensure_object(Request)
    if context.invoked_subcommand is None:
        return _int_or_none(context.invoke(_reader()))
    return None


def _int_or_none(value: object) -> int | None:
    return value if isinstance(value, int) else None
