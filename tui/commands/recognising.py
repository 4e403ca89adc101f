"""Which recogniser a command works with: `--recogniser`, else the settings', else the one that ships."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tui.commands.narration import say

if TYPE_CHECKING:
    from tui.entities import Recogniser
    from tui.entities.choice import Choices

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])

_ENTRY = ": recogniser: "


def recogniser_option(function: AnyFunction) -> AnyFunction:
    """Let a command take `--recogniser`."""
    return click.option(
        "--recogniser",
        metavar="CHOICE",
        help="Who finds the names: built-in, rules, model:PATH, spacy:NAME_OR_PATH or gliner:PATH."
        "  [default: the settings', or built-in]",
    )(function)


def chosen_recogniser(given: str | None = None) -> Choices:
    """What was given, else what the settings say; a wrong entry of theirs is said.

    Raises:
        BadChoice: What was given names no recogniser.
    """
    from tui.entities.choice import read_setting
    from tui.settings import load_settings

    if given is not None:
        return read_setting(given)
    settings = load_settings()
    for complaint in settings.complaints:
        if _ENTRY in complaint:
            say(complaint)
    return settings.recogniser or read_setting(None)


def load_recogniser(choices: Choices, *, missing_too: bool) -> Recogniser:
    """The recogniser, or what goes on in its place, and then it is said why.

    Raises:
        RecogniserMissing: A model or package is not there, and nothing is to go on in its place.
    """
    from tui.entities.choice import recogniser_for, usable

    found = usable(choices, missing_too=missing_too)
    for problem in found.problems:
        say(problem)
    return recogniser_for(found.choices)
