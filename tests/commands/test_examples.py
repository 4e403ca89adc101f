"""The examples of every help text do what they say, on the sample data."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.commands.programs import environment
from tui.commands.group import COMMANDS, broadsheet
from tui.corpus import sample_data_path


def _examples() -> list[str]:
    """Each example line of each command, without what explains it."""
    context = click.Context(broadsheet)
    commands = [broadsheet, *(broadsheet.get_command(context, name) for name in COMMANDS)]
    found = []
    for command in commands:
        assert command is not None
        lines = (command.epilog or "").split("Examples:\n")[1].splitlines()
        assert 2 <= len(lines) <= 3, command.name
        found += [re.split(r" {3,}", line.strip())[0] for line in lines]
    return found


@pytest.mark.parametrize("example", _examples())
def test_example(example: str, sample_home: Path, tmp_path: Path) -> None:
    assert "broadsheet" in example
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "broadsheet").write_text(f"#!/bin/sh\nexec '{sys.executable}' -m tui \"$@\"\n")
    (programs / "broadsheet").chmod(0o755)
    files = sorted(sample_data_path().rglob("*.txt"))
    for name, some in (("articles", files[:4]), ("more-articles", files[4:8])):
        (sample_home / name).mkdir()
        for file in some:
            shutil.copy(file, sample_home / name)
    (sample_home / ".config/fish/completions").mkdir(parents=True)
    work = tmp_path / "work"
    work.mkdir()
    for name, file in zip(("one.txt", "another.txt"), files, strict=False):
        shutil.copy(file, work / name)
    (work / "texts.jsonl").write_text(json.dumps({"id": 1, "text": "Angela Merkel went to Paris."}) + "\n")
    annotated = [{"text": "Ann Lee met Bob.", "spans": [{"start": 0, "end": 7, "label": "PER"}]}] * 20
    (work / "annotated.jsonl").write_text("".join(json.dumps(record) + "\n" for record in annotated))
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {example}"],
        env=environment({"PATH": f"{programs}:/usr/bin:/bin"}),
        cwd=work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout or ">" in example
