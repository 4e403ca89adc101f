"""What the figures of the suggested order are measured on."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.bench.order import Shuffled, articles, copied, line, main, measured, shuffled
from tui.article import Article
from tui.stories.values import Side

ARTICLE = Article(
    "Title", tuple(f"Paragraph {number} says something of its own here." for number in range(20))
)


def test_what_was_shuffled_can_be_put_back() -> None:
    one = shuffled(ARTICLE, random.Random(1))
    assert one.article.paragraphs != ARTICLE.paragraphs
    assert tuple(one.source.paragraphs[index] for index in one.written) == one.article.paragraphs


def test_a_copy_is_cut_and_changed_but_in_order() -> None:
    copy = copied(ARTICLE, ["other"], random.Random(1))
    assert 10 <= len(copy.paragraphs) <= 16
    kept = [text for text in copy.paragraphs if text in ARTICLE.paragraphs]
    assert kept == [text for text in ARTICLE.paragraphs if text in kept]
    assert 0 < sum(text.split().count("other") for text in copy.paragraphs) < 30


def test_of_a_copy_the_original_tells_the_order() -> None:
    one = Shuffled(
        Article("T", tuple(ARTICLE.paragraphs[index] for index in (3, 1, 2, 0))), (3, 1, 2, 0), ARTICLE
    )
    (found,) = measured([one], lambda _: [Side(Article("T", ARTICLE.paragraphs[:4]))])
    assert found.tau == 1
    assert not found.kept
    assert "tau" in line("name", [found])


def test_odd_and_even_years_are_kept_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for year in (2010, 2011):
        folder = tmp_path / "data" / "articles" / str(year)
        folder.mkdir(parents=True)
        report = {
            "title": f"Report of {year}",
            "body-paragraphs": [[f"Paragraph {n} of it."] for n in range(7)],
        }
        (folder / "a_1.json").write_text(json.dumps(report))
    assert [article.title for article in articles(tmp_path, odd=False)] == ["Report of 2010"]
    assert [article.title for article in articles(tmp_path, odd=True)] == ["Report of 2011"]
    assert main([]) == 2
    assert main([str(tmp_path / "nowhere")]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 2
