"""What every test stands on: a home of its own, and the sample data indexed once for all who ask for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from tui.corpus import Corpus

_OURS = ("BROADSHEET_", "TEXTUAL", "XDG_")
_DRAWING = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "PAGER", "BROWSER")


def _clean_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Point everything that a program keeps at `home`, and forget what the developer's shell says."""
    for name in list(os.environ):
        if name.startswith(_OURS) or name in _DRAWING:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("BROADSHEET_DATA_DIR", str(home / "data"))
    for name, folder in (("CONFIG", "config"), ("DATA", "share"), ("STATE", "state"), ("CACHE", "cache")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))


@pytest.fixture(autouse=True)
def clean_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new home for each test: no settings, no corpus, no word of the developer's own environment.

    It is not `tmp_path`: a test may count what is in that.
    """
    home = tmp_path_factory.mktemp("home")
    _clean_home(monkeypatch, home)
    return home


@pytest.fixture(scope="session")
def sample_data_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data directory that holds the sample data indexed, made once for all workers. Nobody writes to it."""
    from tui.corpus import index_corpus, sample_data_path

    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    data_dir, done = shared / "sample-indexed", shared / "sample-indexed.done"
    with FileLock(shared / "sample-indexed.lock"):
        if not done.exists():
            with pytest.MonkeyPatch.context() as monkeypatch:
                monkeypatch.setenv("BROADSHEET_DATA_DIR", str(data_dir))
                index_corpus([sample_data_path()], jobs=1)
            done.touch()
    return data_dir


@pytest.fixture
def sample_home(sample_data_dir: Path, clean_home: Path) -> Path:
    """The test's home, its data directory holding the sample data indexed: for programs that are run."""
    shutil.copytree(sample_data_dir, clean_home / "data")
    return clean_home


@pytest.fixture
def sample_corpus(sample_home: Path) -> Iterator[Corpus]:
    """The sample data, indexed and open. The test may write to it: it is a copy."""
    from tui.corpus import Corpus, sample_data_path

    corpus = Corpus.open(sample_data_path())
    try:
        yield corpus
    finally:
        corpus.close()
