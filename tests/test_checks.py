"""The checks of the source that are no tests of behaviour: one command, `pytest`, runs them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("check", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_finds_nothing(check: list[str]) -> None:
    _run(sys.executable, "-m", "ruff", *check, "tui", "tests")


def test_every_type_in_the_package_holds() -> None:
    _run(sys.executable, "-m", "mypy", "--strict", "tui")


def test_no_module_imports_what_it_may_not() -> None:
    _run(sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
