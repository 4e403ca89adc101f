"""The command that compares search engines runs, asks all of them the same, and counts alike."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.archive import Archive, archived
from tests.bench.corpus import make
from tests.bench.engines import AS_WRITTEN, OURS, engine
from tests.bench.ground import ROOT
from tests.bench.questions import KEYSTROKES, chosen

ARTICLES = 300


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archived(ARTICLES, tmp_path_factory.mktemp("bench"), seed=5)


def test_an_archive_holds_what_was_generated(archive: Archive) -> None:
    for number in (1, 250, 251, ARTICLES):
        made, kept = make(5, number - 1, ARTICLES), archive.article(number)
        assert (kept.title, list(kept.paragraphs), kept.date) == (made.title, made.paragraphs, made.date)
    assert len(list(archive.read())) == ARTICLES


def test_words_are_as_frequent_as_their_row_says(archive: Archive) -> None:
    rows, typed = chosen(archive)
    texts = [set(re.findall(r"\w+", " ".join((a.title, *a.paragraphs)).lower())) for a in archive.read()]
    for question in rows["common word (29 %)"]:
        with_it = sum(question.words[0] in text for text in texts)
        assert 0.2 * ARTICLES < with_it < 0.4 * ARTICLES
    assert len(typed) == KEYSTROKES


@pytest.fixture(scope="module")
def figures(archive: Archive) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.bench.search", "--articles", str(ARTICLES), "--seed", "5"]
    cache = archive.folder.parent.parent
    done = subprocess.run(
        [*command, "--cache", cache, "--against", "fts5", "--rounds", "1", "--colds", "1", "--seconds", "0.02",
         "--json", cache / "figures.json"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    assert "typing p95" in done.stdout
    told: dict[str, object] = json.loads((cache / "figures.json").read_text())
    return told


def test_the_bench_measures_every_row_of_both_engines(figures: dict[str, dict[str, dict[str, dict]]]) -> None:  # type: ignore[type-arg]
    for name, row in figures["rows"].items():
        for asked in (row[OURS], row[AS_WRITTEN], row["fts5"]):
            assert (asked["asked"] is None) == (len(asked["cpu"]) == 0), name
        assert row[OURS]["fresh"]
        assert row[OURS]["dropped"]


def test_words_as_written_find_what_a_peer_without_stems_finds(
    figures: dict[str, dict[str, dict[str, dict]]],  # type: ignore[type-arg]
) -> None:
    for name, row in figures["rows"].items():
        if row["fts5"]["asked"] is not None and name != "typing":
            assert row[AS_WRITTEN]["hits"] == row["fts5"]["hits"], name


def test_an_engine_that_is_not_there_stops_nothing(tmp_path: Path) -> None:
    with pytest.raises(ImportError):
        engine("no_such_engine")
