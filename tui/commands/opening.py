"""Find the corpus that a command works on, index it first where that was never done, and open it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.narration import say
from tui.commands.request import Request

if TYPE_CHECKING:
    from tui.corpus.corpus import Corpus


def open_corpus(given: Path | None, request: Request) -> Corpus:
    """The corpus of a path that was given, else of the environment, the current folder, or the sample data.

    Raises:
        NoSuchCorpus: There is nothing at that path to make a corpus of.
    """
    from tui.corpus.corpus import Corpus
    from tui.errors import NoSuchCorpus

    path = given or path_of_environment() or Path.cwd()
    return Corpus.open(path, index_dir=request.index_dir)


def path_of_environment() -> Path | None:
    """What `$BROADSHEET_CORPUS` names; None where it is unset or empty."""
    value = os.environ.get("BROADSHEET_CORPUS")
    return Path(value) if value else None
