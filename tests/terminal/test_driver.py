"""The driver and the emulator show what a terminal would, before anything is concluded from them."""

from __future__ import annotations

import sys
import textwrap

import pytest

from tests.terminal.driver import Driver
from tests.terminal.emulator import Emulator


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code)]


def test_what_is_typed_is_echoed_and_the_exit_status_seen() -> None:
    with Driver(["sh", "-c", "read line; echo got $line; exit 3"], columns=40, rows=5) as terminal:
        terminal.type("hello")
        assert "hello" in terminal.text
        terminal.press("enter")
        terminal.wait_for("got hello")
        assert terminal.wait_exit() == 3
        terminal.assert_restored()


def test_the_size_is_told_and_changes() -> None:
    code = """
        import os, signal
        def tell(*_): print(*os.get_terminal_size(), flush=True)
        signal.signal(signal.SIGWINCH, tell); tell()
        while True: signal.pause()
    """
    with Driver(_python(code), columns=77, rows=11) as terminal:
        terminal.wait_for("77 11")
        terminal.resize(50, 9)
        terminal.wait_for("50 9")


def test_an_answer_is_measured_to_its_last_byte_and_to_what_was_waited_for() -> None:
    code = """
        import sys, time, tty
        tty.setraw(0); print("ready", end="", flush=True)
        sys.stdin.buffer.raw.read(1)
        sys.stdout.write("ab"); sys.stdout.flush(); time.sleep(.04)
        sys.stdout.write("cd"); sys.stdout.flush(); time.sleep(9)
    """
    with Driver(_python(code)) as terminal:
        terminal.wait_for("ready")
        answer = terminal.answer("x", until=lambda: "ab" in terminal.emulator.text)
        assert answer.bytes == 4
        assert answer.shown < answer.milliseconds
        assert answer.milliseconds >= 40


def test_a_terminal_left_in_another_state_is_noticed() -> None:
    with Driver(["printf", r"\033[?1049h\033[?25l"]) as terminal:
        terminal.wait_exit()
        with pytest.raises(AssertionError, match="1049"):
            terminal.assert_restored()


def test_a_textual_app_is_driven_and_leaves_the_terminal_as_it_was() -> None:
    code = """
        from textual.app import App
        from textual.widgets import Input
        class Small(App):
            BINDINGS = [("escape", "quit", "Quit")]
            def compose(self): yield Input(placeholder="write here")
        Small().run()
        print("over")
    """
    with Driver(_python(code), columns=60, rows=8) as terminal:
        terminal.wait_for("write here")
        assert 1049 in terminal.emulator.modes
        terminal.press("a", "b")
        assert "ab" in terminal.text
        terminal.press("escape")
        assert terminal.wait_exit() == 0
        assert "over" in terminal.text
        terminal.assert_restored()


def test_sequences_cut_anywhere_mean_the_same() -> None:
    stream = (
        b"\x1b]0;title\x07a\x1b[3bX\x1b[1;31mred\x1b[0m\x1b[>1u\x1b[?25l"
        b"\x1b]52;c;aGk=\x1b\\\x1bPzz\x1b\\\xc3\xa9"
    )
    whole = Emulator(20, 3)
    whole.feed(stream)
    assert whole.lines[0] == "aaaaXredé"
    for cut in range(len(stream)):
        parts = Emulator(20, 3)
        parts.feed(stream[:cut])
        parts.feed(stream[cut:])
        assert parts.lines == whole.lines
        assert parts.modes == whole.modes == set()
        assert parts.clipboard == [b"aGk="]
        assert parts.titles == [b"title"]
        assert parts.style_of("red").fg == "red"
        assert parts.keyboard_depth == 1


def test_questions_are_answered() -> None:
    emulator = Emulator(20, 3)
    assert emulator.feed(b"\x1b[2;4H\x1b[6n") == b"\x1b[2;4R"
    assert emulator.feed(b"\x1b[?2026$p") == b"\x1b[?2026;2$y"
    assert emulator.feed(b"\x1b[c").startswith(b"\x1b[?6")


def test_scrolling_moves_what_is_between_the_margins() -> None:
    emulator = Emulator(10, 5)
    emulator.feed(b"1\r\n2\r\n3\r\n4\r\n5\x1b[2;4r\x1b[1S")
    assert emulator.lines == ["1", "3", "4", "", "5"]
    emulator.feed(b"\x1b[2T")
    assert emulator.lines == ["1", "", "", "3", "5"]
