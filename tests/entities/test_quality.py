"""The recogniser is as good as it was: strict F1 on the annotated articles that travel with the project.

How good it is on others' articles stands in the README beside them.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.bench.annotated import own_articles
from tests.entities.scoring import score
from tui.article import MENTION_TYPES
from tui.entities import default_recogniser

_DATA = Path(__file__).parents[2] / "tui" / "entities" / "data"
_ARTICLES = own_articles()

FLOORS = {
    "eight": {"all": 95, "person": 95, "organisation": 93, "place": 95, "misc": 92},
    "written": {"all": 75, "person": 80, "organisation": 74, "place": 79, "misc": 54},
    "samples": {"all": 88, "person": 89, "organisation": 78, "place": 92, "misc": 83},
}
"""A little under what is reached, so that a change that breaks something shows."""


@pytest.mark.parametrize("name", FLOORS)
def test_strict_f1_on_our_own_annotated_articles(name: str) -> None:
    strict, lenient = score(_ARTICLES[name], default_recogniser())
    reached = {"all": strict.f1()} | {kind: strict.f1(kind) for kind in MENTION_TYPES}
    assert {kind: value for kind, value in reached.items() if value < FLOORS[name][kind]} == {}
    assert lenient.f1() >= strict.f1()


def test_samples_are_the_articles_of_the_sample_data() -> None:
    """Title and paragraphs word for word, so that nobody scores a text that readers never see."""
    folder = _DATA.parents[2] / "sample_data"
    for article in _ARTICLES["samples"]:
        title, _, _, *paragraphs = (folder / f"{article.name}.txt").read_text(encoding="utf-8").split("\n")
        assert article.text.rstrip("\n") == "\n".join([title, *paragraphs]).rstrip("\n"), article.name


@pytest.mark.parametrize("name", _ARTICLES)
def test_marks_are_sound(name: str) -> None:
    """Names stand in order, apart from each other, without white space at their ends; no mark is left in the text."""
    for article in _ARTICLES[name]:
        assert "[[" not in article.text and "]]" not in article.text, article.name
        assert all(before[1] <= after[0] for before, after in pairwise(article.names)), article.name
        for start, end, _ in article.names:
            marked = article.text[start:end]
            assert marked and marked == marked.strip(), (article.name, marked)


def test_the_recogniser_imports_nothing_heavy() -> None:
    """A fresh interpreter that recognises an article has loaded NumPy, but neither the store nor the index."""
    program = (
        "import sys; from tui.entities import default_recogniser; default_recogniser().recognise('Joe Biden spoke.');"
        "print(sorted({'sqlite3', 'whoosh', 'textual', 'rich', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_lists_are_small_and_sorted() -> None:
    """Well under a megabyte, each name once, so that a change reads well."""
    files = sorted(_DATA.glob("*.txt"))
    assert sum(file.stat().st_size for file in files) < 500_000
    for file in files:
        lines = file.read_text(encoding="utf-8").split("\n")
        assert lines == sorted(set(lines)), file.name
        assert all(line == line.strip() and line for line in lines), file.name
