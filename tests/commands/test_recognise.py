"""`broadsheet recognise`: a line in, a line out."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import PROGRAM, environment, in_pipe
from tests.commands.schemas import check
from tui.commands import recognise
from tui.entities import default_recogniser
from tui.harmless import is_harmless

TEXT = "Sergei Lavrov met Antony Blinken in Geneva on Friday, the White House said."


def answers(output: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in output.splitlines()]
    for line in lines:
        check("recognise", line)
    return lines


def test_each_line_is_answered_in_order_under_its_id(run: Run) -> None:
    lines = [{"id": id, "text": TEXT} for id in (3, "b", None, 1.5)]
    result = run("recognise", stdin="".join(json.dumps(line) + "\n" for line in lines))
    assert result.exit_code == 0
    assert [answer["id"] for answer in answers(result.stdout)] == [3, "b", None, 1.5]


def test_offsets_count_in_the_text_exactly_as_given(run: Run) -> None:
    text = "\u200b\x1b[31m\t" + TEXT + "\r\n \U0001f600 Vladimir Putin arrived in Moscow. "
    result = run("recognise", stdin=json.dumps({"id": 1, "text": text}))
    mentions = answers(result.stdout)[0]["mentions"]
    assert len(mentions) >= 3
    assert all(text[found["start"] : found["end"]] == found["text"] for found in mentions)


@pytest.mark.parametrize(
    ("line", "id", "reason"),
    [
        (b"", None, "empty"),
        (b"   ", None, "empty"),
        (b"{", None, "not JSON"),
        (b"\xff\xfe", None, "not UTF-8"),
        (b"[1, 2]", None, "not an object"),
        (b'{"id": 7}', 7, '"text" is missing'),
        (b'{"id": "x", "text": 5}', "x", "not a string"),
        (b'{"id": {"a": 1}, "text": "Geneva"}', None, '"id"'),
        (b'{"id": 1e999, "text": "Geneva"}', None, '"id"'),
        (b'{"id": NaN, "text": "Geneva"}', None, "no number"),
        (b"[" * 100_000, None, "nested"),
        (b'{"id": ' + b"9" * 10_000 + b', "text": ""}', None, "not JSON"),
    ],
)
def test_a_line_that_cant_be_read_is_answered_with_why(
    run: Run, line: bytes, id: object, reason: str
) -> None:
    result = run("recognise", stdin=line + b'\n{"id": 2, "text": ""}\n')
    bad, good = answers(result.stdout)
    assert bad["id"] == id
    assert reason in bad["error"]
    assert good == {"id": 2, "mentions": []}
    assert result.exit_code == 1


def test_a_line_beyond_the_limit_is_skipped_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "LONGEST_LINE", 1000)
    given = b'{"id": 1, "text": "' + b"x" * 5000 + b'"}\n{"id": 2, "text": ""}\n' + b"y" * 1500
    output = io.BytesIO()
    assert recognise.answer_lines(io.BytesIO(given), output, default_recogniser()) == 1
    first, second, third = answers(output.getvalue().decode())
    assert "longer than" in first["error"] and "longer than" in third["error"]
    assert second == {"id": 2, "mentions": []}


def test_a_text_of_megabytes_on_one_line_is_answered(run: Run) -> None:
    text = "word " * 400_000
    assert answers(run("recognise", stdin=json.dumps({"id": 1, "text": text})).stdout) == [
        {"id": 1, "mentions": []}
    ]


def test_no_control_character_of_a_text_arrives_raw(run: Run) -> None:
    text = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0xD800))) + TEXT
    for line in ({"id": text, "text": text}, {"id": text, "text": 1}):
        output = run("recognise", stdin=json.dumps(line)).stdout
        assert is_harmless(output.rstrip("\n"))
        assert json.loads(output)["id"] == text


def test_an_answer_comes_before_the_next_line_is_sent() -> None:
    with subprocess.Popen(
        [*PROGRAM, "recognise"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for id in range(3):
            process.stdin.write(json.dumps({"id": id, "text": TEXT}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == id
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_closed_pipe_ends_it_quietly() -> None:
    lines = b'{"id": 1, "text": "Geneva"}\n' * 20_000
    command = f"'{sys.executable}' -m tui recognise | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], input=lines, capture_output=True, env=environment(), timeout=60, check=False
    )
    assert done.stderr == b""
    assert done.stdout.splitlines()[-1] == b"141"


def test_ctrl_c_ends_it_with_one_line() -> None:
    with subprocess.Popen(
        [*PROGRAM, "recognise"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdin.write(b'{"id": 1, "text": ""}\n')
        process.stdin.flush()
        process.stdout.readline()
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read().splitlines() == [b"broadsheet: Stopped"]


def test_output_is_utf8_whatever_the_locale() -> None:
    done = in_pipe(
        "recognise",
        stdin='{"id": "Ж", "text": "Angela Merkel reiste nach Köln."}'.encode(),
        env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    assert json.loads(done.stdout)["id"] == "Ж"
    assert "Ж".encode() in done.stdout
