"""The parts that the search is put together from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.errors import BroadsheetError
from tui.index import distribution
from tui.index.distribution import check_whoosh


def test_two_whooshes_in_one_environment_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distribution, "find_spec", lambda name: None)
    with pytest.raises(BroadsheetError, match="pip install whoosh3"):
        check_whoosh()
    package = tmp_path / "whoosh" / "__init__.py"
    monkeypatch.setattr(distribution, "find_spec", lambda name: SimpleNamespace(origin=str(package)))
    (tmp_path / "Whoosh_Reloaded-2.7.5.dist-info").mkdir()
    check_whoosh()
    (tmp_path / "whoosh3-3.54.0.dist-info").mkdir()
    with pytest.raises(BroadsheetError, match=r"Whoosh-Reloaded 2\.7\.5 and whoosh3 3\.54\.0") as error:
        check_whoosh()
    assert "\n" not in str(error.value)
