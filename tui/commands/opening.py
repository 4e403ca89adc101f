"""Find the corpus that a command works on, index it first where that was never done, and open it."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.narration import counted, say
from tui.commands.request import Request
from tui.errors import CorpusBusy, NoSuchCorpus

if TYPE_CHECKING:
    from tui.corpus import Corpus


def open_corpus(given: Path | None, request: Request) -> Corpus:
    """The corpus of a path that was given, else of the environment, the current folder, or the sample data.

    Raises:
        NoSuchCorpus: There is no folder at that path to make a corpus of.
        CorpusBusy: It is being indexed for the first time by another process.
    """
    from tui.corpus import Corpus, find_corpus

    path = given or default_path(request)
    place = find_corpus(path, index_dir=request.index_dir)
    if place is None or not place.store.exists():
        _index_first(path, request)
    elif not place.searchable:  # a first run was ended early, or is still going on: then what it has is read
        with suppress(CorpusBusy):
            _index_first(path, request)
    return Corpus.open(path, index_dir=request.index_dir)


def default_path(request: Request) -> Path:
    """The folder whose corpus is meant where a command is given none; the sample data is said to be that."""
    from tui.corpus.locate import choose

    path, origin = choose(request.corpus, index_dir=request.index_dir)
    if origin == "sample":
        say("This is the sample data; `broadsheet PATH`, or -C PATH, takes a folder of yours")
    return path


def _index_first(path: Path, request: Request) -> None:
    """Index a folder that no corpus is known of; what couldn't be read is counted, not listed.

    Raises:
        NoSuchCorpus: There is no folder at that path.
    """
    from tui.commands.progress import showing_progress
    from tui.commands.recognising import chosen_recogniser
    from tui.corpus import index_corpus
    from tui.corpus.locate import shown

    if not path.expanduser().is_dir():
        what = "is a file: give the folder it is in" if path.exists() else "is not there"
        raise NoSuchCorpus(f"No corpus at {shown(path)}: it {what}")
    with showing_progress(sys.stderr, f"Indexing {shown(path)}") as progress:
        report = index_corpus(
            [path],
            index_dir=request.index_dir,
            progress=progress,
            recogniser=chosen_recogniser(),
            substitute=True,
            say=say,
        )
    if report.failed:
        failed = counted(len(report.failed), "file")
        say(f"{failed} could not be taken; `broadsheet index {shown(path)}` names them")
