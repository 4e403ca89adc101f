"""`broadsheet [PATH]`: what it opens, and what it has imported by then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.programs import environment

_AS_IF_A_TERMINAL = """
import sys, types

class Terminal:
    def __init__(self, stream): self.stream = stream
    def __getattr__(self, name): return getattr(self.stream, name)
    def isatty(self): return True

def run_reader(corpus, *, mouse=True, plain=False, query=""):
    print(corpus.name, corpus.count(), mouse, plain, *sorted(set(HEAVY) & set(sys.modules)))
    return 0

HEAVY = ("textual", "rich", "rich.progress", "whoosh", "Stemmer", "numpy", "concurrent.futures", "multiprocessing",
         "charset_normalizer", "py3langid", "tui.sources", "tui.entities", "tui.index.search", "platformdirs")
sys.modules["tui.app"] = types.SimpleNamespace(run_reader=run_reader)
sys.stdin, sys.stdout = Terminal(sys.stdin), Terminal(sys.stdout)
from tui.commands import main
main()
"""


def reader_opened(*words: str, cwd: Path) -> list[str]:
    """Name, number of articles, mouse, plain and the heavy modules, as the reader would get them."""
    done = subprocess.run(
        [sys.executable, "-c", _AS_IF_A_TERMINAL, *words],
        env=environment(),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.usefixtures("sample_home")
def test_the_reader_gets_an_indexed_corpus_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    name, count, *rest = reader_opened(cwd=tmp_path)
    assert name == "sample_data"
    assert int(count) >= 80
    assert rest == ["True", "False"]


def test_options_may_stand_behind_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("Walrus\n20220101\nhttp://sea.example/1\nText.\n")
    assert reader_opened(str(folder), "--no-mouse", "--plain", cwd=tmp_path)[:4] == [
        "articles",
        "1",
        "False",
        "True",
    ]
    assert reader_opened("-C", "articles", "--plain", cwd=tmp_path) == ["articles", "1", "True", "True"]
    assert reader_opened(cwd=folder) == ["articles", "1", "True", "False"]
