"""Making the texts of the labelled pairs of reports."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.bench.alignment_texts import CHAINS_FILE, basil_report, chains_reports, file_of, main, names_in


def test_a_report_is_read_from_either_source() -> None:
    basil = {"title": " Ferry sinks ", "body-paragraphs": [["One. ", " Two."], [" "], ["Three."]]}
    assert basil_report(json.dumps(basil).encode()).text == "Ferry sinks\nOne. Two.\nThree."
    chains = b'"url","title","text"\n"u"," Wind ","It blows.\n\nHard."\n'
    assert [report.text for report in chains_reports(chains)] == ["Wind\nIt blows. Hard."]


def test_a_bare_repository_is_read_as_a_checkout(tmp_path: Path) -> None:
    checkout, bare = tmp_path / "checkout", tmp_path / "bare"
    (checkout / "data" / "articles").mkdir(parents=True)
    (checkout / "data" / "articles" / "a.json").write_text("{}")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q", checkout], check=True)
    subprocess.run([*git, "-C", checkout, "add", "."], check=True)
    subprocess.run([*git, "-C", checkout, "commit", "-q", "-m", "A"], check=True)
    subprocess.run([*git, "clone", "-q", "--bare", checkout, bare], check=True)
    for repository in (checkout, bare):
        assert names_in(repository, "data") == ["data/articles/a.json"]
        assert file_of(repository, "data/articles/a.json") == b"{}"
        with pytest.raises(FileNotFoundError):
            file_of(repository, "data/articles/b.json")


def test_texts_that_were_not_labelled_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / CHAINS_FILE).write_text('"title","text"\n' + '"A","B."\n' * 100)
    assert main([str(tmp_path), str(tmp_path), str(tmp_path / "texts")]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main([]) == 2
