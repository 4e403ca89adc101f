"""The real program in a real terminal: what a person does with it from opening to leaving."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import ROOT, StartReader
from tests.terminal.driver import Driver


def _open(start_reader: StartReader, *arguments: str | Path, **options: object) -> Driver:
    reader = start_reader(*arguments, **options)
    reader.wait_for(" articles")
    reader.settle(1.5, quiet=0.4)
    return reader


def _search(reader: Driver, query: str) -> None:
    reader.press("/")
    reader.type(query)
    reader.wait_until(lambda: " of " in reader.emulator.lines[0], what="the count of the results")


def test_it_opens_searches_reads_and_leaves(start_reader: StartReader) -> None:
    """The main way through, ended with `q`: article, then program."""
    reader = _open(start_reader)
    _search(reader, "canal ever given")
    reader.wait_for("Ever Given")
    reader.press("enter", "enter")
    reader.wait_for(".example")
    reader.press("q")
    assert reader.process.poll() is None, "the first q closes the article"
    reader.press("q")
    assert reader.wait_exit() == 0
    reader.assert_restored()


@pytest.mark.parametrize("keys", [["ctrl+q"], ["/", "a", "ctrl+q"], ["enter", "ctrl+q"], ["?", "ctrl+q"]])
def test_ctrl_q_leaves_from_everywhere(start_reader: StartReader, keys: list[str]) -> None:
    reader = _open(start_reader)
    reader.press(*keys[:-1])
    reader.send(b"\x11")
    assert reader.wait_exit() == 0
    reader.assert_restored()


def test_what_is_typed_while_it_opens_is_kept(start_reader: StartReader) -> None:
    """Nobody waits for a first frame: keys pressed before it are not lost."""
    reader = start_reader()
    reader.wait_until(lambda: 1049 in reader.emulator.modes, what="the alternate screen")
    reader.send(b"/geneva")
    reader.wait_until(lambda: "geneva" in reader.emulator.lines[0], what="what was typed")
    reader.wait_until(lambda: " of " in reader.emulator.lines[0], what="the results of it")


def test_letters_in_the_search_field_are_text(start_reader: StartReader) -> None:
    reader = _open(start_reader)
    reader.press("/")
    reader.type("quiet jokes?")
    assert "quiet jokes?" in reader.emulator.lines[0]


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (200, 50), (30, 8)])
def test_it_works_at_every_size(start_reader: StartReader, columns: int, rows: int) -> None:
    reader = _open(start_reader, columns=columns, rows=rows)
    _search(reader, "putin")
    reader.press("enter", "enter")
    reader.wait_until(lambda: " matches" in reader.emulator.lines[-1], what="an article with its matches")
    reader.send(b"\x11")
    assert reader.wait_exit() == 0


def test_the_window_may_change_while_it_is_open(start_reader: StartReader) -> None:
    reader = _open(start_reader, columns=120, rows=40)
    for columns, rows in [(50, 15), (1, 1), (140, 45), (80, 24)]:
        reader.resize(columns, rows)
        reader.settle(1.0)
    reader.wait_until(lambda: "article" in reader.emulator.lines[0], what="the search line")
    reader.press("ctrl+q")
    assert reader.wait_exit() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_the_terminal_restored(
    start_reader: StartReader, number: signal.Signals
) -> None:
    reader = _open(start_reader)
    reader.process.send_signal(number)
    assert reader.wait_exit() in (128 + number, -number)
    reader.assert_restored()


def test_without_colour_nothing_is_coloured(start_reader: StartReader) -> None:
    reader = _open(start_reader, env={"NO_COLOR": "1"})
    _search(reader, "putin")
    reader.press("enter", "enter")
    reader.wait_for(".example")
    for row in range(40):
        for column in range(120):
            cell = reader.emulator.cell(column, row)
            for colour in (cell.fg, cell.bg):
                assert _is_grey(colour), f"{cell} at {column}, {row}"


def _is_grey(colour: str) -> bool:
    if len(colour) != 6:
        return colour in ("default", "black", "white", "brightblack", "brightwhite")
    channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(channels) - min(channels) <= 1  # Textual rounds when it takes the colour out


def test_the_mouse_is_left_to_the_terminal_where_that_is_wished(start_reader: StartReader) -> None:
    assert 1000 in _open(start_reader).emulator.modes
    assert not {1000, 1002, 1003, 1006} & _open(start_reader, "--no-mouse").emulator.modes


def test_the_shell_gets_the_terminal_back_while_it_is_suspended(sample_home: Path) -> None:
    """Ctrl+Z as in every program: to the shell, and back with `fg`."""
    shell = ["bash", "--norc", "--noprofile", "-i"]
    prompt = {"PS1": r"shell \#> "}  # numbered: the emulator keeps what stood on the screen before
    with Driver(shell, env={"PYTHONPATH": str(ROOT), **prompt}, cwd=sample_home) as terminal:
        terminal.wait_for("shell 1>")
        terminal.type(f"{sys.executable} -m tui\r")
        terminal.wait_for(" articles")
        terminal.settle(1.5, quiet=0.4)
        terminal.press("ctrl+z")
        terminal.wait_for("shell 2>")
        assert 1049 not in terminal.emulator.modes
        terminal.type("echo back in the shell\r")
        terminal.wait_for("\nback in the shell")
        terminal.wait_for("shell 3>")
        terminal.type("fg\r")
        terminal.wait_until(lambda: 1049 in terminal.emulator.modes, what="the alternate screen")
        terminal.wait_for(" articles")
        terminal.press("ctrl+q")
        terminal.wait_for("shell 4>")
        assert 1049 not in terminal.emulator.modes
        terminal.type("exit\r")
        assert terminal.wait_exit() == 0


def test_what_an_article_says_stays_text(start_reader: StartReader, tmp_path: Path) -> None:
    """Control sequences in titles and bodies never reach the terminal, and markup is no markup."""
    folder = tmp_path / "articles"
    folder.mkdir()
    hostile = (
        "\x1b]0;pwned\x07\x1b[31mred\x1b[0m \x9b5m [bold red]bold[/] \x1b]52;c;cHduZWQ=\x07 \u202eturned"
    )
    text = f"Title {hostile}\n20211216\nhttps://hostile.example/1\nBody {hostile} of it.\nAnd an end.\n"
    (folder / "hostile.txt").write_text(text, encoding="utf-8")
    reader = _open(start_reader, folder)
    reader.wait_for("Title")
    reader.press("enter")
    reader.wait_for("And an end")
    assert "[bold red]bold[/]" in reader.text
    assert not any(b"pwned" in title for title in reader.emulator.titles)
    assert reader.emulator.clipboard == []
    assert "\u202e" not in reader.text
