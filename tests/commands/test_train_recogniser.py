"""`broadsheet train-recogniser`: from annotated data to a model with a card, which can then be chosen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.commands.conftest import Run
from tests.commands.schemas import check
from tui.entities import own_model
from tui.entities.model import Model, read_model, write_model
from tui.entities.network import PARTS, fresh_weights
from tui.entities.sentences import Sentence

Names = Sequence[tuple[str, str]]


def record(text: str, *names: tuple[str, str]) -> str:
    """A line of JSON with these names marked where they first stand."""
    spans = [
        {"start": text.index(name), "end": text.index(name) + len(name), "label": kind}
        for name, kind in names
    ]
    return json.dumps({"text": text, "spans": spans}) + "\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Twenty documents of two lines."""
    path = tmp_path / "data.jsonl"
    names = (("Ann Lee", "PERSON"), ("Acme", "ORG"), ("Rome", "GPE"))
    path.write_text("".join(record(f"Ann Lee of Acme\nwent to Rome {n} times.", *names) for n in range(20)))
    return path


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model to begin with that knows nothing."""
    path = tmp_path / "shipped.npz"
    write_model(
        path, Model(np.ones(1, np.uint32), np.zeros((1, PARTS), np.uint8), fresh_weights(), {"data": "none"})
    )
    monkeypatch.setattr(own_model, "SHIPPED", path)
    return path


def test_a_model_is_made_with_its_card_inside(run: Run, data: Path, shipped: Path, tmp_path: Path) -> None:
    output = tmp_path / "own.model"
    result = run("train-recogniser", str(data), "--output", str(output), "--licence", "CC0", "--json")
    assert result.exit_code == 0, result.stderr
    card = json.loads(result.stdout)
    check("train-recogniser", card)
    (described,) = card["data"]
    assert described["path"] == str(data) and described["licence"] == "CC0"
    assert (described["documents"], described["sentences"]) == (20, 40)
    assert described["names"] == {"person": 20, "organisation": 20, "place": 20, "misc": 0}
    assert card["test"]["documents"] == 2
    assert card["scores"]["test"]["all"]["wanted"] == 6
    kept = read_model(output).card
    assert all(kept[name] == value for name, value in card.items())
    assert kept["begun_from"]["data"] == "none"
    line = json.dumps({"id": 1, "text": "Ann Lee of Acme went to Rome."}) + "\n"
    chosen = run("recognise", "--recogniser", f"model:{output}", stdin=line)
    assert chosen.exit_code == 0 and json.loads(chosen.stdout)["id"] == 1


Trained = dict[str, Any]


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch, shipped: Path) -> Trained:
    """What training was asked for; it makes the model to begin with."""
    asked: Trained = {}

    def train(
        documents: Sequence[Sequence[Sentence]],
        output: Path,
        *,
        card: Mapping[str, Any],
        progress: Callable[..., None] | None,
    ) -> None:
        asked.update(documents=documents, progress=progress)
        write_model(
            output, Model(np.ones(1, np.uint32), np.zeros((1, PARTS), np.uint8), fresh_weights(), card)
        )

    monkeypatch.setattr(own_model, "train", train)
    return asked


def test_development_data_is_scored_and_nothing_kept_from_training(
    run: Run, data: Path, trained: Trained, tmp_path: Path
) -> None:
    output = str(tmp_path / "own.model")
    result = run("train-recogniser", str(data), "--development", str(data), "--output", output, "--json")
    card = json.loads(result.stdout)
    check("train-recogniser", card)
    assert len(trained["documents"]) == 20
    assert trained["progress"] is None
    assert set(card["scores"]) == {"development"}
    assert card["scores"]["development"]["person"]["wanted"] == 20


@pytest.mark.parametrize(("share", "test"), [("0", 0), ("0.25", 5), ("0.5", 10)])
def test_the_share_that_is_kept_from_training(
    run: Run, data: Path, trained: Trained, tmp_path: Path, share: str, test: int
) -> None:
    output = str(tmp_path / "own.model")
    card = json.loads(
        run("train-recogniser", str(data), "--test-share", share, "--output", output, "--json").stdout
    )
    assert card["test"]["documents"] == test
    assert len(trained["documents"]) == 20 - test


def test_in_a_pipe_each_fact_is_a_line(run: Run, data: Path, trained: Trained, tmp_path: Path) -> None:
    lines = run("train-recogniser", str(data), "--output", str(tmp_path / "own.model")).stdout.splitlines()
    fields = [line.split("\t") for line in lines]
    assert fields[0][:7] == ["data", str(data), "-", "20", "40", fields[0][5], "20"]
    assert next(line[:3] for line in fields if line[0] == "score") == ["score", "test", "person"]


def test_bad_lines_are_named_up_to_a_number_and_the_rest_is_learnt_from(
    run: Run, data: Path, trained: Trained, tmp_path: Path
) -> None:
    with data.open("a") as stream:
        stream.write("nonsense\n" * 25)
    result = run("train-recogniser", str(data), "--output", str(tmp_path / "own.model"))
    assert result.exit_code == 1
    said = result.stderr.splitlines()
    assert len(said) == 21
    assert said[0].startswith(f"broadsheet: {data}:21: not JSON")
    assert said[-1] == "broadsheet: and 5 more lines of data that could not be used"
    assert len(trained["documents"]) == 18


def test_a_licence_is_for_all_data_or_for_each(
    run: Run, data: Path, trained: Trained, tmp_path: Path
) -> None:
    words = [
        "train-recogniser",
        str(data),
        str(data),
        str(data),
        "--output",
        str(tmp_path / "own.model"),
        "--json",
    ]
    for given, wanted in ((["A"], ["A", "A", "A"]), (["A", "B", "C"], ["A", "B", "C"]), ([], [None] * 3)):
        options = [word for licence in given for word in ("--licence", licence)]
        card = json.loads(run(*words, *options).stdout)
        assert [part["licence"] for part in card["data"]] == wanted
    wrong = run(*words, "--licence", "A", "--licence", "B")
    assert wrong.exit_code == 2 and "--licence is given 2 times, for 3 DATA" in wrong.stderr


def test_without_a_name_there_is_nothing_to_learn(run: Run, trained: Trained, tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text(record("Nobody here."))
    result = run("train-recogniser", str(path), "--output", str(tmp_path / "own.model"))
    assert result.exit_code == 3 and "there is nothing to learn from" in result.stderr
    assert not (tmp_path / "own.model").exists()


def test_where_no_file_can_be_made_is_heard_before_training(
    run: Run, data: Path, trained: Trained, tmp_path: Path
) -> None:
    result = run("train-recogniser", str(data), "--output", str(tmp_path / "none" / "own.model"))
    assert result.exit_code == 3 and "can't be written: No such file or directory" in result.stderr
    assert not trained


@pytest.mark.parametrize("how", ["itself", "symlink", "hard link", "development", "made beside"])
def test_the_data_is_never_overwritten(
    run: Run, data: Path, trained: Trained, tmp_path: Path, how: str
) -> None:
    before = data.read_bytes()
    output, inputs = tmp_path / "own.model", [str(data)]
    if how == "itself":
        output = data
    elif how == "symlink":
        output.symlink_to(data)
    elif how == "hard link":
        output.hardlink_to(data)
    elif how == "development":
        output = tmp_path / "more.jsonl"
        output.write_bytes(before)
        inputs += ["--development", str(output)]
    else:
        inputs = [str(data.rename(tmp_path / "own.model.new"))]
    result = run("train-recogniser", *inputs, "--output", str(output))
    assert result.exit_code == 2 and "is the data to learn from" in result.stderr
    assert len(result.stderr.splitlines()) == 1 and not trained
    assert Path(inputs[-1]).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"Dear diary", b"PK\x03\x04 no archive"])
def test_a_file_that_is_no_model_is_not_overwritten(
    run: Run, data: Path, trained: Trained, tmp_path: Path, content: bytes
) -> None:
    output = tmp_path / "diary.txt"
    output.write_bytes(content)
    result = run("train-recogniser", str(data), "--output", str(output))
    assert result.exit_code == 2 and "is there and no model" in result.stderr
    assert len(result.stderr.splitlines()) == 1 and not trained
    assert output.read_bytes() == content


def test_a_model_is_replaced(run: Run, data: Path, trained: Trained, tmp_path: Path) -> None:
    output = tmp_path / "own.model"
    for licence in ("old", "new"):
        result = run("train-recogniser", str(data), "--output", str(output), "--licence", licence)
        assert result.exit_code == 0, result.stderr
    assert read_model(output).card["data"][0]["licence"] == "new"


@pytest.mark.parametrize("words", [["--output", "x"], ["/nowhere/data", "--output", "x"], ["."]])
def test_wrong_usage(run: Run, words: list[str]) -> None:
    result = run("train-recogniser", *words)
    assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1


def test_a_file_without_documents_is_taught_in_parts(run: Run, trained: Trained, tmp_path: Path) -> None:
    path = tmp_path / "tweets.conll"
    path.write_text("Ann\tB-PER\nwent\tO\n\n" * 1_000)
    run("train-recogniser", str(path), "--test-share", "0", "--output", str(tmp_path / "own.model"))
    assert [len(document) for document in trained["documents"]] == [40] * 25
