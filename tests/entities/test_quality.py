"""The recogniser is as good as it was: strict F1 on the annotated articles that travel with the project.

They are our own; how good the recogniser is on others' articles stands in the README beside them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.entities.scoring import read_folder, score
from tui.entities import default_recogniser

ANNOTATED = Path(__file__).parent / "annotated"
_DATA = Path(__file__).parents[2] / "tui" / "entities" / "data"


def test_strict_f1_on_our_own_annotated_articles() -> None:
    """A little under what is reached, so that a change that breaks something shows."""
    strict, lenient = score(read_folder(ANNOTATED), default_recogniser())
    assert strict.f1() >= 88
    assert strict.f1("person") >= 92
    assert strict.f1("organisation") >= 80
    assert strict.f1("place") >= 88
    assert strict.f1("misc") >= 75
    assert lenient.f1() >= strict.f1()


def test_the_recogniser_imports_nothing_heavy() -> None:
    """A fresh interpreter that recognises an article has loaded neither NumPy nor the store."""
    program = (
        "import sys; from tui.entities import default_recogniser; default_recogniser().recognise('Joe Biden spoke.');"
        "print(sorted({'numpy', 'sqlite3', 'whoosh', 'textual', 'rich', 'click'} & set(sys.modules)))"
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
