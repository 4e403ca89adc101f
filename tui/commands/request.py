"""The options that every command shares.

They may stand before the command or after it (`broadsheet -C talks search nato`,
`broadsheet search -C talks nato`): each level writes what it was given into one `Request` that travels as
click's context object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

MOST = 1_000_000_000
"""The largest number that an option takes: beyond any corpus, within any database's integers."""

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


def whole_number(least: int = 0, most: int = MOST) -> Callable[[str], int]:
    """The type of an option that takes these numbers; click's own writes its range into the help as a formula."""

    def number(value: str) -> int:
        try:
            given = int(value)
        except ValueError:
            given = least - 1
        if not least <= given <= most:
            raise click.BadParameter(f"{value!r} is not a number from {least} to {most:,}")
        return given

    return number


@dataclass
class Request:
    """What the global options ask for."""

    corpus: Path | None = None
    """The corpus of `-C`; None where it wasn't given."""
    index_dir: Path | None = None
    """Where store and index are kept instead of the data directory."""
    mouse: bool = True
    plain: bool = False
    """Lines instead of drawing, on a terminal too."""


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Write a given option into the request; one that wasn't given leaves what an outer level said."""
    request = context.ensure_object(Request)
    name = parameter.name
    if value is None or value is False or name is None:
        return
    if name == "no_mouse":
        request.mouse = False
    elif isinstance(value, str):
        if not value or "\0" in value:
            raise click.BadParameter("a path is needed.", context, parameter)
        setattr(request, name, Path(value))
    else:
        setattr(request, name, value)


def _options(*, inner: bool) -> list[Callable[[AnyFunction], AnyFunction]]:
    # Inside a command only -C is listed in its help; the rest is accepted there all the same.
    return [
        click.option(
            "-C",
            "--corpus",
            metavar="PATH",
            expose_value=False,
            callback=_remember,
            help="The corpus to work on: the folder it was made from."
            + ("" if inner else "  [default: $BROADSHEET_CORPUS, the current folder's, or the sample data]"),
        ),
        click.option(
            "--index-dir",
            metavar="PATH",
            expose_value=False,
            callback=_remember,
            hidden=inner,
            envvar=None if inner else "BROADSHEET_INDEX_DIR",
            help="Keep store and index here instead of in the data directory.  [$BROADSHEET_INDEX_DIR]",
        ),
        click.option(
            "--no-mouse",
            is_flag=True,
            expose_value=False,
            callback=_remember,
            hidden=inner,
            help="Leave the mouse to the terminal.",
        ),
        click.option(
            "--plain",
            is_flag=True,
            expose_value=False,
            callback=_remember,
            hidden=inner,
            help="Lines instead of drawing, on a terminal too.",
        ),
    ]


def outer_options(function: AnyFunction) -> AnyFunction:
    """Give the program itself the shared options."""
    for option in reversed(_options(inner=False)):
        function = option(function)
    return function


def shared_options(function: AnyFunction) -> AnyFunction:
    """Let a command take the shared options after its name too."""
    for option in reversed(_options(inner=True)):
        function = option(function)
    return function


class QueryCommand(click.Command):
    """A command whose words are a query: says how a word to leave out gets past the options."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        try:
            return super().parse_args(context, arguments)
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            hint = "to leave a word out of a query, put -- before the query"
            raise click.UsageError(f"{error.format_message()} ({hint})", context) from None


def examples(*lines: str) -> str:
    """The end of a command's help: examples, one a line, that the tests run on the sample data."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
