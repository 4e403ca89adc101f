"""Which recogniser a setting means, and what goes on where it can't be used."""

from __future__ import annotations

import importlib.util
import pickle
from pathlib import Path

import numpy as np
import pytest

from tui.entities import RawMention, choice, default_recogniser
from tui.entities.choice import (
    BadChoice,
    Choice,
    Choices,
    RecogniserMissing,
    Setting,
    read_setting,
    recogniser_for,
    recogniser_name,
    usable,
)
from tui.entities.model import SHIPPED, is_model, read_model, write_model
from tui.errors import ModelUnusable


def test_without_a_setting_it_is_the_one_that_ships() -> None:
    assert read_setting(None) == read_setting("built-in") == Choices()
    text = "Mr Putin went to Moscow."
    assert recogniser_for(None).recognise(text) == default_recogniser().recognise(text)
    assert recogniser_for(None) is recogniser_for("built-in")


def test_rules_are_rules_whatever_ships() -> None:
    found = recogniser_for("rules").recognise("Mr Putin went to Moscow.")
    assert found == [RawMention(3, 8, "Putin", "person"), RawMention(17, 23, "Moscow", "place")]


@pytest.mark.parametrize(
    ("setting", "choice"),
    [
        ("rules", Choice("rules")),
        ("model:my.model", Choice("model", "/here/my.model")),
        ("./my.model", Choice("model", "/here/my.model")),
        ("/there/my.model", Choice("model", "/there/my.model")),
        ("model:C:odd", Choice("model", "/here/C:odd")),
        ("spacy:de_core_news_sm", Choice("spacy", "de_core_news_sm")),
        ("spacy:/there/pipeline", Choice("spacy", "/there/pipeline")),
        ("spacy:./pipeline", Choice("spacy", "/here/pipeline")),
        ("gliner:small", Choice("gliner", "/here/small")),
    ],
)
def test_a_setting_names_a_recogniser(setting: str, choice: Choice) -> None:
    assert read_setting(setting, Path("/here")) == Choices(choice)


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert read_setting("~/my.model").usual == Choice("model", "/home/ann/my.model")


def test_a_table_has_one_for_each_language() -> None:
    choices = read_setting(
        {
            "use": "gliner:/m",
            "en": "rules",
            "de": "spacy:x",
            "labels": {"villain": "person"},
            "threshold": 0.4,
        }
    )
    labels = (("villain", "person"),)
    assert choices.usual == Choice("gliner", "/m", labels, 0.4)
    assert choices.by_language == (("de", Choice("spacy", "x", labels)), ("en", Choice("rules")))
    assert pickle.loads(pickle.dumps(choices)) == choices


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("nonsense", "'nonsense' is no recogniser"),
        ("", "'' is no recogniser"),
        ("model:", "lacks what comes after the colon"),
        ("spacy: ", "lacks what comes after the colon"),
        ("model:a\0b", "a recogniser is"),
        ({"de": 3}, "a recogniser is"),
        ({"deutsch": "rules"}, "deutsch is no language"),
        ({"labels": {"villain": "rogue"}}, "labels.villain must be one of person, organisation, place, misc"),
        ({"labels": "person"}, "labels must be a table"),
        ({"threshold": 2}, "threshold must be a number from 0 to 1"),
        ({"threshold": True}, "threshold must be a number from 0 to 1"),
    ],
)
def test_what_names_none_is_said(setting: Setting, said: str) -> None:
    with pytest.raises(BadChoice, match=said):
        read_setting(setting)


def test_each_language_has_its_own() -> None:
    """A language without one, and a text of unknown language, go to the usual one."""
    recogniser = recogniser_for({"de": "rules"})
    text = "Die Rede von Herrn Putin in Moskau."
    assert recogniser.recognise(text, "de") == recogniser_for("rules").recognise(text, "de")
    for language in ("en", None):
        assert recogniser.recognise(text, language) == default_recogniser().recognise(text, language)


def test_names_tell_recognisers_and_versions_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    settings: list[Setting] = [
        None,
        "rules",
        {"de": "rules"},
        {"fr": "rules"},
        {"use": "rules", "de": "built-in"},
    ]
    names = {recogniser_name(setting) for setting in settings}
    assert len(names) == len(settings)
    assert recogniser_name("built-in") == recogniser_name(None)
    monkeypatch.setattr("tui.entities.choice.RECOGNISER_VERSION", 99)
    assert not names & {recogniser_name(setting) for setting in settings}


@pytest.mark.parametrize("kind", ["spacy", "gliner"])
def test_a_missing_package_is_said_with_what_to_install(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == kind else genuine(name, *rest)
    )
    for ask in (recogniser_for, recogniser_name):
        with pytest.raises(RecogniserMissing, match=rf"is not installed: pip install 'broadsheet\[{kind}\]'"):
            ask(f"{kind}:/nowhere")


def test_what_is_missing_is_an_error_or_what_ships_goes_on() -> None:
    choices = read_setting({"use": "rules", "de": "model:/nowhere/de.model"})
    with pytest.raises(RecogniserMissing, match="/nowhere/de"):
        usable(choices, missing_too=False)
    found = usable(choices, missing_too=True)
    assert found.choices == Choices(Choice("rules"), (("de", Choice()),))
    (problem,) = found.problems
    assert problem.endswith("; the built-in recogniser goes on")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY nonsense", b"x" * 100_000])
def test_a_damaged_model_is_said_in_a_line_and_the_rules_alone_go_on(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.model"
    path.write_bytes(content)
    with pytest.raises(ModelUnusable):
        recogniser_for(f"model:{path}")
    found = usable(f"model:{path}", missing_too=False)
    assert found.choices == Choices(Choice("rules"))
    (problem,) = found.problems
    assert problem == f"The model {path} is damaged or no model; the rules alone go on"


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_a_model_with_a_weight_that_is_no_number_is_damaged(tmp_path: Path, wrong: float) -> None:
    path = tmp_path / "own.model"
    model = read_model(SHIPPED)
    first = next(iter(model.weights))
    model.weights[first].flat[-1] = wrong
    write_model(path, model)
    assert is_model(path)
    with pytest.raises(ModelUnusable, match="some of its weights are no numbers"):
        read_model(path)


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(RecogniserMissing, match="There is no model at"):
        recogniser_for(f"model:{tmp_path}")


def test_a_damaged_installation_is_said_and_the_rules_alone_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged() -> None:
        raise ModelUnusable("The model that ships is damaged")

    choice._load.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(choice, "load_shipped", damaged)
        found = usable(None, missing_too=False)
    choice._load.cache_clear()
    assert found.choices == Choices(Choice("rules"))
    assert found.problems == ("The model that ships is damaged; the rules alone go on",)
