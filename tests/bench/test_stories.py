"""The measure by which stories are judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.stories import b_cubed, read_basil, read_clusters, report_gold, report_speed


def test_the_example_of_bagga_and_baldwin() -> None:
    """Twelve things in 5, 2 and 5; the last two groups merged: precision 76 %, recall 100 % (their figure 2)."""
    gold = [1] * 5 + [2] * 2 + [3] * 5
    score = b_cubed(gold, [1] * 5 + [2] * 2 + [2] * 5)
    assert score.precision == pytest.approx(0.76, abs=0.005)
    assert score.recall == 1


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1))
def test_scores_are_shares(labels: list[tuple[int, int]]) -> None:
    """And one exchanged for the other when gold and found change places."""
    gold, found = [one for one, _ in labels], [other for _, other in labels]
    score, other = b_cubed(gold, found), b_cubed(found, gold)
    assert 0 < score.precision <= 1 + 1e-9 and 0 < score.recall <= 1 + 1e-9
    assert (score.precision, score.recall) == pytest.approx((other.recall, other.precision))
    assert b_cubed(gold, gold).f1 == pytest.approx(1)


def test_gold_is_read_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both forms of it."""
    rows = [
        {
            "id": str(number),
            "title": f"Storm {number}",
            "text": "Rain fell.\nWind rose.",
            "date": date,
            "cluster": "a",
        }
        for number, date in enumerate(["2021-05-01", None, "nonsense"])
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    gold = read_clusters(path)
    assert [article.date is None for article in gold.articles] == [False, True, True]
    assert gold.articles[0].paragraphs == ("Rain fell.", "Wind rose.")
    report_gold("Storms", gold, names=True)
    assert "Storms: 3 articles, 1 stories" in capsys.readouterr().out
    year = tmp_path / "2010"
    year.mkdir()
    body = {
        "title": "Storm",
        "date": "2010-07-02",
        "triplet-uuid": "x",
        "body-paragraphs": [["Rain fell.", "Wind rose."]],
    }
    (year / "x_1.json").write_text(json.dumps(body), encoding="utf-8")
    assert read_basil(tmp_path).articles[0].paragraphs == ("Rain fell. Wind rose.",)


def test_speed_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """Of as many articles as wanted."""
    report_speed(60)
    assert "articles a second" in capsys.readouterr().out
