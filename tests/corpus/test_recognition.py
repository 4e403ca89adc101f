"""Which recogniser an indexing run uses, in all its processes, and what the store remembers of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tests.corpus.conftest import Folder
from tui.corpus import Corpus, index_corpus
from tui.corpus.workers import FEW
from tui.entities.choice import RecogniserMissing, Setting, recogniser_for
from tui.entities.model import Model, write_model
from tui.entities.network import PARTS, fresh_weights
from tui.errors import BroadsheetError

MISSING = "model:/nowhere/own.model"


@pytest.fixture
def silent(tmp_path: Path) -> str:
    """A model that finds no name in anything."""
    weights = fresh_weights()
    weights["out+"][0] = weights["last+"][0] = 1_000
    path = tmp_path / "silent.model"
    write_model(path, Model(np.ones(1, np.uint32), np.zeros((1, PARTS), np.uint8), weights, {}))
    assert not recogniser_for(f"model:{path}").recognise("Vladimir Putin flew to Moscow.")
    return f"model:{path}"


def index(folder: Folder, setting: Setting = None, *, substitute: bool = False) -> tuple[int, list[str]]:
    """How many files were read, and what was said."""
    said: list[str] = []
    report = index_corpus([folder.path], recogniser=setting, substitute=substitute, say=said.append)
    assert not report.failed
    return report.read, said


def names(folder: Folder) -> int:
    with Corpus.open(folder.path) as corpus:
        return len(corpus.entities(limit=1_000))


def remembered(folder: Folder) -> str:
    with Corpus.open(folder.path) as corpus:
        store = corpus.place.store
    connection = sqlite3.connect(store)
    try:
        (name,) = connection.execute("SELECT value FROM meta WHERE key = 'recogniser'").fetchone()
    finally:
        connection.close()
    return str(name)


@pytest.mark.parametrize("files", [3, FEW + 1], ids=["in this process", "in workers"])
def test_the_chosen_recogniser_reads(folder: Folder, silent: str, files: int) -> None:
    folder.write_many(files)
    assert index(folder, silent) == (files, [])
    assert names(folder) == 0
    read, said = index(folder)
    assert read == files and len(said) == 1 and "all articles are read again" in said[0]
    assert names(folder) > 3


def test_each_language_is_read_by_its_own(folder: Folder, silent: str) -> None:
    """The language is the one that was detected."""
    folder.write(
        "en.txt", "A title of some words", "The president said that Joe Biden had been with them in Geneva."
    )
    folder.write(
        "de.txt",
        "Ein Titel",
        "Der Kanzler hat mit Olaf Scholz und der Presse auch nicht über das Geld geredet.",
    )
    index(folder, {"de": silent})
    with Corpus.open(folder.path) as corpus:
        found = {entity.name for entity in corpus.entities(limit=100)}
    assert "Joe Biden" in found and "Olaf Scholz" not in found


def test_what_changes_nothing_reads_nothing_again(folder: Folder) -> None:
    folder.write_many(2)
    index(folder, "rules")
    assert index(folder, "rules") == (0, [])
    folder.write_many(1, start=2)
    assert index(folder, "rules") == (1, [])


def test_a_missing_model_is_an_error_and_changes_nothing(folder: Folder) -> None:
    folder.write_many(2)
    index(folder)
    before = remembered(folder)
    with pytest.raises(RecogniserMissing, match="/nowhere/own"):
        index(folder, MISSING)
    assert remembered(folder) == before
    assert index(folder) == (0, [])


def test_where_something_else_goes_on_nothing_old_is_read_again(folder: Folder) -> None:
    """A model that is away for a while doesn't cost what it found; back again, it reads all that it missed."""
    folder.write_many(3)
    index(folder, "rules")
    folder.write_many(1, start=3)
    read, said = index(folder, MISSING, substitute=True)
    assert read == 1
    assert len(said) == 1 and said[0].endswith("the built-in recogniser goes on")
    read, said = index(folder, MISSING, substitute=True)
    assert read == 0 and len(said) == 1
    read, said = index(folder, "rules")
    assert read == 4


def test_a_damaged_model_is_said_and_the_rules_read_what_is_new(folder: Folder, tmp_path: Path) -> None:
    folder.write_many(3)
    index(folder)
    (tmp_path / "own.model").write_bytes(b"x" * 1_000)
    folder.write_many(1, start=3)
    read, said = index(folder, f"model:{tmp_path / 'own.model'}")
    assert read == 1
    assert len(said) == 1 and said[0].endswith("the rules alone go on")
    assert names(folder) > 3
    assert index(folder)[0] == 4


def test_a_run_that_was_ended_early_leaves_no_doubt_who_read(
    folder: Folder, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After half a run by another recogniser neither of the two made all that there is."""
    folder.write_many(3)
    index(folder)
    before = remembered(folder)
    with monkeypatch.context() as patched:
        patched.setattr("tui.corpus.ingest.read_files", _ended_early)
        with pytest.raises(BroadsheetError, match="ended early"):
            index(folder, silent)
    assert remembered(folder) != before
    assert index(folder)[0] == 3
    assert remembered(folder) == before


def _ended_early(*arguments: object) -> object:
    raise BroadsheetError("ended early")
