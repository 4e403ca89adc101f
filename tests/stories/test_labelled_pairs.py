"""The labelled pairs of reports, as far as they can be checked without their texts."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.stories import labelled_pairs
from tests.stories.labelled_pairs import HALVES, Half, LabelledReports, OtherTextError, labelled, pair_texts
from tui.article import Span
from tui.stories.values import PAIR_KINDS

REPORTS = [
    pytest.param(half, reports, id=f"{half}-{reports.name}") for half in HALVES for reports in labelled(half)
]


@pytest.mark.parametrize(("half", "reports"), REPORTS)
def test_sentences_stand_in_order_and_do_not_overlap(half: Half, reports: LabelledReports) -> None:
    for sentences in (reports.left_sentences, reports.right_sentences):
        assert 8 <= len(sentences) <= 60
        assert all(one.paragraph >= 0 and 0 <= one.start < one.end for one in sentences)
        assert all(
            before.paragraph < after.paragraph
            or (before.paragraph == after.paragraph and before.end <= after.start)
            for before, after in pairwise(sentences)
        )


@pytest.mark.parametrize(("half", "reports"), REPORTS)
def test_pairs_name_sentences_that_are_there_each_once(half: Half, reports: LabelledReports) -> None:
    places = [(left, right) for left, right, _ in reports.pairs]
    assert places == sorted(set(places))
    assert all(0 <= left < len(reports.left_sentences) for left, _ in places)
    assert all(0 <= right < len(reports.right_sentences) for _, right in places)
    assert all(kind in PAIR_KINDS for *_, kind in reports.pairs)


def test_no_report_is_in_both_halves() -> None:
    dev, test = (
        {one.origin for reports in labelled(half) for one in (reports.left, reports.right)} for half in HALVES
    )
    assert not dev & test
    names = [reports.name for half in HALVES for reports in labelled(half)]
    assert len(names) == len(set(names))


def test_there_are_enough_of_them() -> None:
    reports = [one for half in HALVES for one in labelled(half)]
    assert len(reports) >= 20
    assert sum(len(one.left_sentences) + len(one.right_sentences) for one in reports) >= 600


def test_texts_are_read_and_another_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"BASIL 2012/a_1": "Ferry sinks\nIt sank.", "chains 3": "A ferry is lost\nIt sank.\nIt was old."}
    entry = {
        "name": "ferry",
        **{
            side: {"origin": origin, "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for side, (origin, text) in zip(("left", "right"), texts.items(), strict=True)
        },
        "left_sentences": [[0, 0, 8]],
        "right_sentences": [[0, 0, 8], [1, 0, 11]],
        "pairs": [[0, 0, "identical"]],
    }
    (tmp_path / "dev.json").write_text(json.dumps([entry]))
    monkeypatch.setattr(labelled_pairs, "LABELLED", tmp_path)
    folder = tmp_path / "texts"
    (folder / "dev").mkdir(parents=True)
    with pytest.raises(FileNotFoundError):
        pair_texts("dev", folder)
    (folder / "dev" / "2012_a_1.txt").write_text(texts["BASIL 2012/a_1"])
    (folder / "dev" / "chains_3.txt").write_text(texts["chains 3"])
    (pair,) = pair_texts("dev", folder)
    assert pair.left.article.title == "Ferry sinks"
    assert pair.right.article.paragraphs == ("It sank.", "It was old.")
    assert pair.labels.right_sentences[1] == Span(1, 0, 11)
    (folder / "dev" / "chains_3.txt").write_text("A ferry is lost\nIt sank.\nIt was new.")
    with pytest.raises(OtherTextError):
        pair_texts("dev", folder)
