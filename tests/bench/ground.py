"""What the measuring commands stand on: a generated corpus, kept from run to run, and the reader open on it."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tui
from tests.bench import corpus, newsroom, words
from tests.terminal.driver import Driver

ROOT = Path(tui.__file__).resolve().parent.parent
LOOKING_S = 900.0
"""Seconds that the reader may look for what is new in its folders: there may be a million files."""
PROGRAM = (sys.executable, "-m", "tui")


@dataclass(frozen=True, slots=True)
class Ground:
    """A corpus to measure on."""

    articles: int
    folder: Path
    """The article files."""
    home: Path
    """Where the program keeps what it makes of them."""
    data: Path | None = None
    """The data directory, where it is not below `home`."""

    @property
    def env(self) -> dict[str, str]:
        """The environment in which the program finds this corpus, and no settings of whoever measures."""
        elsewhere = {"BROADSHEET_DATA_DIR": str(self.data)} if self.data else {}
        return {**environment(self.home), **elsewhere}

    def index(self) -> dict[str, object]:
        """Take up what is new; the report that `broadsheet index --json` gives."""
        done = subprocess.run(
            [*PROGRAM, "index", "--json", self.folder],
            env={**os.environ, **self.env},
            stdout=subprocess.PIPE,
            check=True,
        )
        report: dict[str, object] = json.loads(done.stdout)
        return report

    def newest_titles(self, count: int) -> list[str]:
        """The titles that stand first when the reader opens."""
        titles: list[str] = self._ask("[hit.title for hit in corpus.newest(given)]", count)
        return titles

    def newest_lengths(self, count: int) -> list[int]:
        """How many paragraphs the articles have that stand first."""
        lengths: list[int] = self._ask(
            "[len(corpus.article(hit.id).paragraphs) for hit in corpus.newest(given)]", count
        )
        return lengths

    def answers(self, queries: list[str]) -> dict[str, tuple[int, str]]:
        """How many articles each query finds as it is typed, and the title of the first; empty without any."""
        expression = (
            "[(found.total, ''.join(hit.title for hit in found.page(0, 1)))"
            " for found in (corpus.search(query, typing=True) for query in given)]"
        )
        told: list[tuple[int, str]] = [(total, title) for total, title in self._ask(expression, queries)]
        return dict(zip(queries, told, strict=True))

    def _ask(self, expression: str, given: object) -> Any:
        """What an expression over the `corpus` and what is `given` comes to, in a process with our environment."""
        done = subprocess.run(
            [sys.executable, "-c", _ASK, self.folder, expression, json.dumps(given)],
            env={**os.environ, **self.env},
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(done.stdout)

    def reader(self, columns: int = 120, rows: int = 40) -> Driver:
        """Start the reader on the corpus."""
        return Driver([*PROGRAM, self.folder], columns=columns, rows=rows, env=self.env, cwd=self.home)


_ASK = """
import json, pathlib, sys
from tui.corpus import Corpus
corpus, given = Corpus.open(pathlib.Path(sys.argv[1])), json.loads(sys.argv[3])
print(json.dumps(eval(sys.argv[2])))
"""


def environment(home: Path) -> dict[str, str]:
    """Everything that the program looks for in the environment, pointed at `home`."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {
        **folders,
        "HOME": str(home),
        "BROADSHEET_DATA_DIR": str(home / "broadsheet"),
        "PYTHONPATH": str(ROOT),
        # An installed program is compiled once, when it is installed; here the run that is not counted compiles it.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
    }


def arguments(prog: str, description: str | None, articles: int = 10_000) -> argparse.ArgumentParser:
    """A parser with what all the commands take."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.bench.{prog}", description=description)
    parser.add_argument("--articles", type=int, default=articles, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(tempfile.gettempdir()) / "broadsheet-bench",
        help="where generated corpora are kept (default: %(default)s)",
    )
    return parser


def generated(articles: int, cache: Path, seed: int = 1) -> Ground:
    """A corpus of that size, generated where the cache has none by this generator."""
    sources = b"".join(Path(module.__file__ or "").read_bytes() for module in (corpus, newsroom, words))
    base = cache / f"{articles}-{seed}-{hashlib.sha256(sources).hexdigest()[:8]}"
    folder, complete = base / "articles", base / "complete"
    if not complete.exists():
        shutil.rmtree(base, ignore_errors=True)
        print(f"writing {articles:,} articles to {folder}", file=sys.stderr)
        corpus.write_corpus(articles, folder, seed)
        complete.touch()
    home = base / "home"
    home.mkdir(exist_ok=True)
    return Ground(articles, folder, home)


def indexed(articles: int, cache: Path, seed: int = 1) -> Ground:
    """A generated corpus, indexed as far as it is not."""
    ground = generated(articles, cache, seed)
    ground.index()
    return ground


def prepared(folder: Path, data: Path | None, cache: Path) -> Ground:
    """A corpus that was indexed before, by somebody else."""
    home = cache / "elsewhere"
    home.mkdir(parents=True, exist_ok=True)
    ground = Ground(0, folder, home, data)
    articles: int = ground._ask("corpus.count()", None)
    return replace(ground, articles=articles)


def open_reader(ground: Ground, columns: int = 120, rows: int = 40) -> Driver:
    """The reader, open on the corpus and at rest."""
    (title,) = ground.newest_titles(1)
    reader = ground.reader(columns, rows)
    reader.wait_for(title[:16])
    reader.settle(3.0, quiet=1.5)  # it may still import its engine, or look for what is new
    reader.wait_gone("looking for changes", LOOKING_S)
    reader.settle(1.0, quiet=0.5)
    return reader
