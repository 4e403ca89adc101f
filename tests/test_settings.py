"""What a reader can set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.entities.choice import Choice, Choices
from tui.keys import COMMANDS, ground_of, keys_of
from tui.settings import Settings, checked, key_name, load_settings


def load(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_without_a_file_the_defaults_stand(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        'theme = "nord"\nmeasure = 66\nmouse = false\nentity_marks = true\n[keys]\nbeside = ["V", "ctrl+v"]\n',
    )
    assert (settings.theme, settings.measure, settings.mouse, settings.entity_marks) == (
        "nord",
        66,
        False,
        True,
    )
    assert settings.keys == {"beside": ("V", "ctrl+v")}
    assert not settings.complaints


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("measure = 7", "measure: must be a whole number from 40 to 120"),
        ("colour = 1", "colour: is not a setting"),
        ('[keys]\nbesides = "v"', "keys.besides: is not a command; did you mean beside?"),
        ('[keys]\nbeside = "ctrl+nonsense"', '"ctrl+nonsense" is not a key'),
        ("[keys]\nbeside = 3", "keys.beside: must be a key in quotes"),
        ('[keys]\nbeside = "9"\nzoom = "9"', '"9" is already given to'),
        ("theme = [", "config.toml: not read, the defaults stand"),
    ],
)
def test_what_is_wrong_is_said_with_file_entry_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    settings = load(tmp_path, text)
    assert any(said in complaint for complaint in settings.complaints), settings.complaints
    assert all("config.toml" in complaint for complaint in settings.complaints)


def test_a_wrong_entry_leaves_the_others_standing(tmp_path: Path) -> None:
    assert load(tmp_path, "measure = 7\nmouse = false").mouse is False


def test_a_key_that_is_given_away_leaves_the_command_that_had_it() -> None:
    settings = checked({"keys": {"sort": "v"}}, "config.toml")
    beside = next(command for command in COMMANDS if command.name == "beside")
    assert "v" not in keys_of(beside, settings.keys)


def test_keys_are_written_as_people_write_them() -> None:
    assert key_name("/") == "slash"
    assert key_name("pgdn") == "pagedown"
    assert key_name("G") == "G"
    assert key_name("ctrl+V") == "ctrl+v"
    assert key_name("hyper+x") is None


def test_no_key_is_bound_twice_in_one_place() -> None:
    seen: dict[tuple[str, str], str] = {}
    for command in COMMANDS:
        for key in command.keys:
            place = ground_of(command), key
            assert place not in seen, f"{key} is bound to {seen.get(place)} and {command.name}"
            seen[place] = command.name


def test_the_story_of_an_article_is_a_key_away_everywhere() -> None:
    """On a page of its own the letter may mean something else: there is no other story to go to."""
    everywhere = {
        key: command.name
        for command in COMMANDS
        if ground_of(command) == "everywhere"
        for key in command.keys
    }
    assert everywhere["s"] == "story"


@pytest.mark.parametrize(
    ("text", "usual", "german"),
    [
        ('recogniser = "rules"', Choice("rules"), None),
        ('[recogniser]\nde = "spacy:de_core_news_sm"', Choice(), Choice("spacy", "de_core_news_sm")),
        (
            '[recogniser]\nuse = "gliner:/m"\nde = "rules"\n[recogniser.labels]\n"armed group" = "organisation"',
            Choice("gliner", "/m", (("armed group", "organisation"),)),
            Choice("rules"),
        ),
    ],
)
def test_a_recogniser_for_all_or_for_each_language(
    tmp_path: Path, text: str, usual: Choice, german: Choice | None
) -> None:
    settings = load(tmp_path, text)
    assert not settings.complaints
    assert settings.recogniser is not None
    assert settings.recogniser.usual == usual
    assert dict(settings.recogniser.by_language).get("de") == german


def test_a_model_s_path_is_relative_to_the_settings(tmp_path: Path) -> None:
    settings = load(tmp_path, 'recogniser = "model:own.model"')
    assert settings.recogniser == Choices(Choice("model", str(tmp_path / "own.model")))


def test_a_wrong_label_alone_is_left_out(tmp_path: Path) -> None:
    table = '[recogniser]\nuse = "gliner:/m"\nde = "rules"\n[recogniser.labels]\n'
    settings = load(tmp_path, table + 'villain = "rogue"\nking = "person"\n')
    choice = Choice("gliner", "/m", (("king", "person"),))
    assert settings.recogniser == Choices(choice, (("de", Choice("rules")),))
    (complaint,) = settings.complaints
    assert complaint.endswith(": recogniser.labels.villain: must be one of person, organisation, place, misc")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('recogniser = "nonsense"', "recogniser: 'nonsense' is no recogniser: there are"),
        ("recogniser = 3", "recogniser: must be a recogniser in quotes, or a table"),
        ('recogniser = { deutsch = "rules" }', "recogniser: deutsch is no language"),
    ],
)
def test_a_wrong_recogniser_is_said_and_the_one_that_ships_stands(
    tmp_path: Path, text: str, said: str
) -> None:
    settings = load(tmp_path, text)
    assert settings.recogniser is None
    (complaint,) = settings.complaints
    assert said in complaint
