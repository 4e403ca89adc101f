"""The reader on a terminal, for the tests here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.driver import Driver

ROOT = Path(__file__).resolve().parent.parent.parent

StartReader = Callable[..., Driver]
"""Takes arguments of `broadsheet`, and `columns`, `rows` and `env`; the program is ended with the test."""


@pytest.fixture
def start_reader(sample_home: Path) -> Iterator[StartReader]:
    """Starts the reader in the test's home, where the sample data is indexed already."""
    with ExitStack() as running:

        def start(*arguments: str | Path, env: dict[str, str] | None = None, **size: int) -> Driver:
            command = [sys.executable, "-m", "tui", *arguments]
            environment = {"PYTHONPATH": str(ROOT), **(env or {})}
            return running.enter_context(Driver(command, env=environment, cwd=sample_home, **size))

        yield start
