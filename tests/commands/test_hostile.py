"""Nothing that an article, a file's name or the prompt says can act on the terminal, by whichever command."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_pipe, in_terminal
from tui.harmless import harmless

CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
SEQUENCES = "\x1b]0;pwned\x07 \x1b[7;31m \x9b31m \x1b[2J \x1b]8;;http://evil.example\x1b\\ \x1bP1;pwned\x1b\\"
INVISIBLE = "\u202e\u202d\u2066\u2069\u200b\u200f\ufeff\u2028\u2029\u00ad"
MARKUP = "[bold red] [/] [link=http://evil.example] :smile: [@click=app.quit] \\[x]"
ZALGO = "a" + "\u0301" * 200

OURS = re.compile(
    r"\x1b\[[0-9;]*m"  # colours, as Rich writes them
    r"|\x1b\[\?25[lh]|\x1b\[[0-9]*[AK]|\x1b\[2K"  # the progress bar's cursor
)
THEIRS = ("\x1b]", "\x1b[7;31m", "\x1b[2J", "\x1bP", "\x07")

COMMANDS = (
    ["search", "walrus"],
    ["search", "--facets", "walrus"],
    ["show", "FILE"],
    ["show", "OUTSIDE"],
    ["entities"],
    ["entities", "walrus"],
    ["index"],
    ["doctor"],
)


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose texts and file names try everything."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, hostile in enumerate((CONTROLS, SEQUENCES, INVISIBLE, MARKUP, ZALGO, CONTROLS[1:])):
        for character_set, encoding in (("utf-8", "surrogatepass"), ("cp1252", "replace")):
            title = f"Walrus {number}{hostile}Sergei{hostile} Lavrov{hostile} speaks"
            url = f"http://{MARKUP}.example/{number}{character_set}{SEQUENCES}"
            body = (
                f"The walrus{hostile} met Sergei Lavrov in Geneva{hostile} on Monday.\n{hostile}\nEnd \ud800."
            )
            text = f"{title}\n20211216\n{url}\n{body}\n".replace("\r", "\x0b")
            (folder / f"{number}-{character_set}.txt").write_bytes(text.encode(character_set, encoding))
    for name in (b"empty\x1b]0;pwned\x07\x9b\xff[bold red].txt", "empty\u202e\u2028.txt".encode()):
        (folder / os.fsdecode(name)).write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def hostile_data(hostile_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that holds the hostile folder's corpus."""
    data = tmp_path_factory.mktemp("hostile-data")
    done = in_pipe("index", str(hostile_folder), env={"BROADSHEET_DATA_DIR": str(data)})
    assert done.returncode == 1  # Two files are empty.
    assert_nothing_arrives(done.stdout + done.stderr)
    return data


@pytest.fixture(params=["pipe", "json", "drawn"])
def modes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One form of output after the other: what to add to a command, and the environment, for each."""
    if request.param == "drawn":
        monkeypatch.setenv("FORCE_COLOR", "1")
    return ["--json"] if request.param == "json" else []


def assert_nothing_arrives(output: bytes) -> None:
    """Every line is as `harmless` leaves it, but for the tabs that divide fields and our own colours."""
    text = output.decode("utf-8")  # A surrogate would not decode.
    for sequence in THEIRS:
        assert sequence not in text
    plain = OURS.sub("", text)
    for line in re.split(r"\r?\n|\r", plain):
        for field in line.split("\t"):
            assert field == harmless(field), ascii(field)


def words(command: list[str], folder: Path, outside: Path) -> list[str]:
    named = {"FILE": str(folder / "1-utf-8.txt"), "OUTSIDE": str(outside)}
    return ["-C", str(folder), *(named.get(word, word) for word in command)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_output_of_a_command_carries_what_could_act(
    run: Run,
    command: list[str],
    modes: list[str],
    hostile_folder: Path,
    hostile_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BROADSHEET_DATA_DIR", str(hostile_data))
    outside = tmp_path / "outside.txt"
    outside.write_bytes((hostile_folder / "5-utf-8.txt").read_bytes() + b"more of it")
    done = run(*words(command, hostile_folder, outside), *modes)
    assert done.stdout, done.stderr
    assert done.exit_code == (1 if command == ["index"] else 0)
    assert_nothing_arrives(done.stdout_bytes)
    assert_nothing_arrives(done.stderr_bytes)
    if modes:
        for line in done.stdout_bytes.splitlines():
            json.loads(line)


@pytest.mark.parametrize("command", [["search", "walrus"], ["index"], ["show", "FILE"]], ids=" ".join)
def test_nothing_arrives_at_a_real_terminal(
    command: list[str], hostile_folder: Path, hostile_data: Path, tmp_path: Path
) -> None:
    said = words(command, hostile_folder, tmp_path)
    _code, drawn = in_terminal(*said, env={"BROADSHEET_DATA_DIR": str(hostile_data)})
    assert len(drawn) > 100
    assert_nothing_arrives(drawn)


def test_what_the_corpus_holds_is_said_harmlessly(hostile_folder: Path, hostile_data: Path) -> None:
    overview = in_pipe(str(hostile_folder), env={"BROADSHEET_DATA_DIR": str(hostile_data)})
    assert overview.returncode == 0
    assert_nothing_arrives(overview.stdout + overview.stderr)


@pytest.mark.usefixtures("sample_home")
@pytest.mark.parametrize(
    "command",
    [["search"], ["show"], ["entities"], ["index"], ["entities", "--type"], ["-C"], [], ["completion"]],
    ids=" ".join,
)
def test_what_the_prompt_says_comes_back_harmless(run: Run, command: list[str], modes: list[str]) -> None:
    for hostile in (SEQUENCES.replace(" ", ""), CONTROLS[1:], MARKUP, INVISIBLE, os.fsdecode(b"\xff\x9b")):
        done = run(*command, "a" + hostile, *modes)
        assert_nothing_arrives(done.stdout_bytes)
        assert_nothing_arrives(done.stderr_bytes)
        assert "Something went wrong" not in done.stderr


def test_markup_is_shown_as_it_stands(run: Run, hostile_folder: Path, hostile_data: Path) -> None:
    env = {"BROADSHEET_DATA_DIR": str(hostile_data)}
    file = str(hostile_folder / "3-utf-8.txt")
    code, drawn = in_terminal("-C", str(hostile_folder), "show", file, columns=200, env=env)
    assert code == 0
    shown = " ".join(OURS.sub("", drawn.decode()).split())
    assert f"Walrus 3{MARKUP}Sergei" in shown
