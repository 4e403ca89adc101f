"""`broadsheet` itself: what is a command, what a folder, what goes wrong and how it is said."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import tui
from tests.commands.conftest import Run
from tests.commands.programs import PROGRAM, environment, in_pipe
from tui.commands.failures import report_failure
from tui.commands.group import COMMANDS, broadsheet
from tui.errors import BroadsheetError, NoSuchArticle, UsageError


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"broadsheet {tui.__version__}\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_examples_and_fits_a_terminal(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert (
        result.stdout.count("\n    broadsheet")
        + result.stdout.count("| broadsheet ")
        + result.stdout.count("    echo ")
        >= 2
    )
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_a_typing_error_in_a_command_is_answered_with_the_nearest(run: Run) -> None:
    result = run("serach", "nato")
    assert result.exit_code == 2
    assert result.stderr == (
        "broadsheet: There is no command 'serach'; did you mean 'search'?: see `broadsheet --help`\n"
    )


def test_a_folder_that_is_not_there_is_said_in_one_line(run: Run) -> None:
    result = run("no-such-folder")
    assert result.exit_code in (2, 3)
    assert len(result.stderr.splitlines()) == 1
    assert "no-such-folder" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "x", "--limit", "many"],
        ["search", "x", "--limit", "-1"],
        ["search", "x", "--limit", "9" * 30],
        ["search", "x", "--sort", "oddest"],
        ["show"],
        ["entities", "--type", "ghost"],
        ["--nonsense"],
        ["completion", "tcsh"],
        ["index", "--jobs", "0"],
        ["-C", "", "search", "x"],
        ["-C", "one", "two"],
    ],
)
def test_wrong_usage_is_one_line_and_2(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("broadsheet: ")


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (BroadsheetError("It is locked"), 3, "It is locked"),
        (NoSuchArticle("Gone"), 1, "Gone"),
        (UsageError("Not so"), 2, "Not so"),
        (OSError(errno.ENOSPC, "No space left on device", "/a/b"), 3, "The disk is full: /a/b: make room"),
        (PermissionError(errno.EACCES, "Permission denied", "/a/b"), 3, "Permission denied: /a/b"),
        (MemoryError(), 3, "not enough memory"),
        (KeyboardInterrupt(), 130, "Stopped"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (RuntimeError("one\n\x1b[31mtwo"), 3, "RuntimeError: one [31mtwo"),
        (click.exceptions.Exit(5), 5, ""),
    ],
)
def test_what_goes_wrong_is_a_line_and_a_code(
    error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_failure(error) == code
    said = capsys.readouterr().err
    assert line in said
    assert said.count("\n") == (1 if line else 0)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_shell_s_script(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert f"_BROADSHEET_COMPLETE={shell}_complete" in result.stdout


def test_the_script_s_question_is_answered() -> None:
    def complete(words: str) -> list[str]:
        asked = {"_BROADSHEET_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "1"}
        answer = subprocess.run(
            PROGRAM, env=environment(asked), capture_output=True, text=True, timeout=30, check=False
        )
        return answer.stdout.split()

    assert complete("broadsheet se") == ["plain,search"]
    assert complete("broadsheet --pl") == ["plain,--plain"]
    assert complete("broadsheet ~/art") == ["dir,~/art"]


def test_a_command_s_name_wins_over_a_folder_s(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    command = broadsheet.make_context("broadsheet", ["search", "--help"], resilient_parsing=True).command
    assert command is broadsheet
    assert in_pipe("search", cwd=tmp_path).returncode == 2
    done = in_pipe("./search", cwd=tmp_path)
    assert b"0 articles" in done.stdout


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["search", "--help"], ["recognise"]])
def test_what_needs_no_corpus_starts_without_the_heavy_modules(words: list[str]) -> None:
    heavy = (
        "textual whoosh Stemmer numpy rich sqlite3 concurrent.futures asyncio charset_normalizer py3langid "
        "jsonschema"
    )
    if "recognise" in words:
        heavy = heavy.replace(" numpy", "")  # the model's arithmetic
    program = (
        "import sys\n"
        "from tui.commands import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        f"print(*sorted(set({heavy.split()!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=environment(),
        input=b'{"id": 1, "text": "Angela Merkel was in Paris."}\n',
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.stderr.strip() == b""
    assert done.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_said_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=30,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1
    assert b"disk is full" in done.stderr


def test_streams_that_the_shell_closed_do_no_harm() -> None:
    command = f"'{sys.executable}' -m tui --version >&- <&- ; echo $?"
    done = subprocess.run(
        ["bash", "-c", command], env=environment(), capture_output=True, timeout=30, check=False
    )
    assert done.stdout.split() == [b"0"]
    assert done.stderr == b""


def test_an_undecodable_argument_is_no_traceback() -> None:
    done = in_pipe(os.fsencode("-C"), b"/nowhere/\xff\x1b[31m", "search", "x")
    assert done.returncode in (2, 3)
    assert done.stderr.count(b"\n") == 1
    assert b"\x1b" not in done.stderr
