"""How what takes long is stopped from outside: it asks now and then, and goes no further when told to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Cancelled = Callable[[], bool]
"""Whether to stop."""
_OFTEN = 512
"""Steps between two questions."""
_Step = TypeVar("_Step")


class Stopped(Exception):
    """Whoever asked doesn't want the answer any more."""


def ask(cancelled: Cancelled | None) -> None:
    """Whether to go on.

    Raises:
        Stopped: It was cancelled.
    """
    if cancelled is not None and cancelled():
        raise Stopped


def asking(steps: Sequence[_Step], cancelled: Cancelled | None) -> Iterator[_Step]:
    """The steps, with a question every few hundred of them.

    Raises:
        Stopped: It was cancelled.
    """
    for number, step in enumerate(steps):
        if number % _OFTEN == 0:
            ask(cancelled)
        yield step
