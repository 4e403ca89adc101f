"""What tests of screens share."""

from __future__ import annotations

import pytest

from tui.index.results import Results


@pytest.fixture
def no_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches that say they took no time: the only thing on a screen that differs from run to run."""
    monkeypatch.setattr("tui.screens.searching.milliseconds", lambda results: _none(results))


def _none(results: Results) -> str:
    return "0 ms"
