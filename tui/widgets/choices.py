"""What may be asked of the reader, and chosen by them. Values only: the first frame does without what draws them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.article import MentionType


class Choice(NamedTuple):
    """Something that may be chosen."""

    text: str
    detail: str = ""
    value: object = None
    type: MentionType | None = None


class Question(NamedTuple):
    """What is asked."""

    prompt: str
    answer: Callable[[Choice], object]
    """Told of what was chosen; where there is nothing to choose from, of what was written."""
    offer: Callable[[str], Sequence[Choice]] | None = None
    """What may be chosen for what is written so far, best first: asked in a worker. None to take any text."""
    text: str = ""
    """What stands in the field at first."""
