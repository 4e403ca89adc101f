"""`broadsheet recognise`: who and where in texts that come line by line, answered line by line.

One line in, one line out, in order and at once, so that another program can hold a conversation with it. The
recognition is the raw one of each text alone; its offsets count in the text exactly as it was given.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import click

from tui.commands import shapes
from tui.commands.failures import DONE, NOT_ALL
from tui.commands.printing import encode_json
from tui.commands.recognising import chosen_recogniser, load_recogniser, recogniser_option
from tui.commands.request import examples, shared_options

if TYPE_CHECKING:
    from tui.entities import Recogniser

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one line that are read; a longer one is answered with an error, and skipped without being held."""


class BadLine(Exception):
    """A line that no recognition can be made of."""

    def __init__(self, reason: str, id: object = None) -> None:
        super().__init__(reason)
        self.id = id


@click.command(
    "recognise",
    epilog=examples(
        """echo '{"id": 1, "text": "Sergei Lavrov met Antony Blinken in Geneva."}' | broadsheet recognise""",
        "broadsheet recognise < texts.jsonl > mentions.jsonl",
        "broadsheet recognise --recogniser rules < texts.jsonl",
    ),
)
@shared_options
@recogniser_option
@click.option("--json", "as_json", is_flag=True, hidden=True, help="JSON is all that it prints.")
def recognise_command(recogniser: str | None, as_json: bool) -> int:
    """Name who and what stands in texts: JSON lines in, JSON lines out, in order.

    Each line of stdin is {"id": ..., "text": ...}, with "language": "de" where it is known; each line of stdout
    is {"id": ..., "mentions": [{"start", "end", "text", "type"}]}, or {"id": ..., "error": ...} for a line that
    can't be read; the exit code is then 1. Offsets are Unicode code points.
    """
    choices = chosen_recogniser(recogniser)
    loaded = load_recogniser(choices, missing_too=False)
    return answer_lines(sys.stdin.buffer, sys.stdout.buffer, loaded, detecting=bool(choices.by_language))


def answer_lines(
    lines: IO[bytes], answers: IO[bytes], recogniser: Recogniser, *, detecting: bool = False
) -> int:
    """Answer each line as it comes; returns the exit code.

    Args:
        lines: JSON, a line a text.
        answers: Where the answers go, a line each.
        recogniser: Who finds the names.
        detecting: Whether the language decides who does: then it is detected where a line doesn't say it.
    """
    code = DONE
    for line in _lines(lines):
        try:
            answer = _answer(line, recogniser, detecting)
        except BadLine as bad:
            answer, code = shapes.recognition_error(bad.id, str(bad)), NOT_ALL
        answers.write(encode_json(answer))
        answers.flush()
    return code


def _lines(stream: IO[bytes]) -> Iterator[bytes | BadLine]:
    """The lines of the stream; one beyond `LONGEST_LINE` as what is wrong with it."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(LONGEST_LINE)):
            pass
        yield BadLine(f"longer than {LONGEST_LINE // 1024 // 1024} MB")


def _answer(line: bytes | BadLine, recogniser: Recogniser, detecting: bool) -> dict[str, Any]:
    if isinstance(line, BadLine):
        raise line
    id, text, language = _read(line)
    if detecting and language is None:
        from tui.sources.language import detect_language

        language = detect_language(text)
    return shapes.recognition(id, recogniser.recognise(text, language))


def _read(line: bytes) -> tuple[object, str, str | None]:
    """A line's id, text and language.

    Raises:
        BadLine: It isn't UTF-8, not JSON, not an object, or without text.
    """
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except RecursionError:
        raise BadLine("nested too deeply") from None
    except ValueError as error:
        reason = getattr(error, "msg", None) or str(error)
        raise BadLine("empty" if not line.strip() else f"not JSON: {reason}") from None
    if not isinstance(record, dict):
        raise BadLine('not an object with "id" and "text"')
    id = record.get("id")
    if isinstance(id, dict | list) or (isinstance(id, float) and not math.isfinite(id)):
        raise BadLine('"id" is neither text nor a number')
    text = record.get("text")
    if not isinstance(text, str):
        raise BadLine('"text" is missing' if text is None else '"text" is not a string', id)
    language = record.get("language")
    return id, text, language if isinstance(language, str) else None


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")
