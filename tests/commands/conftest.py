"""What the tests of commands share: run one in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from tui.commands.group import broadsheet

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run `broadsheet` with these words, in a pipe; the result has `exit_code`, `stdout` and `stderr`."""

    def run_it(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(broadsheet, list(arguments), input=stdin, prog_name="broadsheet")

    return run_it
