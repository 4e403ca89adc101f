"""What every test stands on: a home of its own, and the sample data indexed once for all who ask for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from tui.corpus import Corpus

_OURS = ("BROADSHEET_", "XDG_")
_DRAWING = (
    "TEXTUAL",
    "TEXTUAL_COLOR_SYSTEM",
    "TEXTUAL_DRIVER",
    "TEXTUAL_THEME",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LINES",
    "PAGER",
    "BROWSER",
)


def _clean_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Point everything that a program keeps at `home`, and forget what the developer's shell says."""
    for name in list(os.environ):
        if name.startswith(_OURS) or name in _DRAWING:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    # A terminal with all its colours and characters, whatever the one is that the tests are started from.
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("BROADSHEET_DATA_DIR", str(home / "data"))
    for name, folder in (("CONFIG", "config"), ("DATA", "share"), ("STATE", "state"), ("CACHE", "cache")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Let a failed test that shows a lone surrogate be a failed test: a worker can't send one to pytest-xdist."""
    return _sendable((yield))


def _sendable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_sendable(key): _sendable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_sendable(one) for one in value)
    return value


@pytest.fixture(autouse=True)
def clean_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new home for each test: no settings, no corpus, no word of the developer's own environment.

    It is not `tmp_path`: a test may count what is in that.
    """
    home = tmp_path_factory.mktemp("home")
    _clean_home(monkeypatch, home)
    return home


MadeOnce = Callable[[str, Callable[[Path], object]], Path]
"""Takes a name and what fills a folder; gives the folder, filled once for all workers and only read after."""


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> MadeOnce:
    """For what is slow to make and the same for every test, whichever worker asks first."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def make_once(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return make_once


@pytest.fixture(scope="session")
def sample_data_dir(made_once: MadeOnce) -> Path:
    """A data directory that holds the sample data indexed. Nobody writes to it.

    The names are those of the rules: what a model finds may hang on a processor's last digit, and pictures show it.
    """
    from tui.corpus import index_corpus, sample_data_path

    def fill(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setenv("BROADSHEET_DATA_DIR", str(folder))
            index_corpus([sample_data_path()], jobs=1, recogniser="rules")

    return made_once("sample-indexed", fill)


@pytest.fixture
def sample_home(sample_data_dir: Path, clean_home: Path) -> Path:
    """The test's home, its data directory holding the sample data indexed: for programs that are run."""
    shutil.copytree(sample_data_dir, clean_home / "data")
    settings = clean_home / "config" / "broadsheet" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('recogniser = "rules"\n', encoding="utf-8")
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
