"""`broadsheet entities --export` and `--import`: names put right, shared as a text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.corpus.conftest import Folder, body
from tui.corpus import Corpus, index_corpus
from tui.corpus.locate import data_directory
from tui.entities.resolve import entity_id


@pytest.fixture
def path(tmp_path: Path) -> str:
    folder = Folder(tmp_path / "articles")
    folder.write("1.txt", "Vladimir Putin spoke", "Vladimir Putin met Dmitry Peskov.", body("one"))
    folder.write("2.txt", "Dmitry Peskov again", "Dmitry Peskov flew to Paris.", body("two"))
    index_corpus([folder.path])
    return str(folder.path)


def shown(run: Run, path: str) -> dict[str, int]:
    lines = run("entities", "-C", path, "--json").stdout.splitlines()
    return {entity["name"]: entity["articles"] for entity in map(json.loads, lines)}


def test_what_one_exports_another_imports(run: Run, path: str, tmp_path: Path) -> None:
    result = run("entities", "-C", path, "--export", "-")
    assert result.exit_code == 1
    assert all(line.startswith("#") for line in result.stdout.splitlines())
    assert result.stderr.count("\n") == 1
    with Corpus.open(Path(path)) as corpus:
        corpus.merge([entity_id("dmitry peskov")], entity_id("vladimir putin"))
        corpus.hide(entity_id("paris"))
    file = tmp_path / "names.txt"
    result = run("entities", "-C", path, "--export", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    text = run("entities", "-C", path, "--export", "-").stdout
    assert text == file.read_text()
    assert "-place\tParis\n" in text and "person\tVladimir Putin\tDmitry Peskov\n" in text
    with Corpus.open(Path(path)) as corpus:
        while corpus.undo_edit():
            pass
    assert {"Dmitry Peskov", "Paris"} <= shown(run, path).keys()
    assert run("entities", "-C", path, "--import", str(file)).exit_code == 0
    names = shown(run, path)
    assert names["Vladimir Putin"] == 2
    assert not {"Dmitry Peskov", "Paris"} & names.keys()


def test_bad_lines_are_told_and_the_others_taken(run: Run, path: str) -> None:
    result = run("entities", "-C", path, "--import", "-", stdin="nonsense\nmisc\tVladimir Putin\n")
    assert result.exit_code == 1
    assert result.stdout == ""
    told = result.stderr.splitlines()
    assert len(told) == 2 and "line 1: 'nonsense' is not a type" in told[0] and "1 entity" in told[1]
    entities = run("entities", "-C", path, "--json", "--type", "misc").stdout
    assert "Vladimir Putin" in entities


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--import", "no such file"), 3),
        (("--export", "no/such/file"), 3),
        (("--import", "-", "--export", "-"), 2),
        (("--import", "-", "--json"), 2),
        (("--export", "-", "putin"), 2),
        (("--export",), 2),
    ],
)
def test_what_cant_be_done_is_said_in_a_line(run: Run, path: str, words: tuple[str, ...], code: int) -> None:
    result = run("entities", "-C", path, *words)
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr


def test_the_example_of_the_help_can_be_read_again(run: Run, path: str) -> None:
    """Nothing in, nothing changed."""
    assert run("entities", "-C", path, "--import", "-", stdin="# nothing\n").exit_code == 1


def test_what_cant_be_kept_is_not_said_to_be_taken(run: Run, path: str) -> None:
    (data_directory() / "desk.sqlite").unlink(missing_ok=True)
    (data_directory() / "desk.sqlite").mkdir()
    result = run("entities", "-C", path, "--import", "-", stdin="misc\tVladimir Putin\n")
    assert result.exit_code == 3
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert "Took nothing" in line and "desk.sqlite can't be written" in line
