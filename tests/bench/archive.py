"""Generated articles in one file, written once, from which every engine's index is built.

A line of JSON an article, and the offsets of the lines beside it: a million articles take 3 GB and open at once. What
an engine costs can so be told from what reading files, recognising names and keeping a store cost.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench import corpus, newsroom, words
from tui.article import Article, ArticleId, ArticleNumber
from tui.index.articles import Change, Flag, NameField, ToldByText
from tui.index.results import Hit

_CHUNK = 250
"""Articles that a process generates at a time."""
_WORTH_PROCESSES = 5_000
"""Articles from which one process a core is started."""


@dataclass(frozen=True)
class Archive:
    """A generated corpus in a file."""

    articles: int
    seed: int
    folder: Path
    """Holds the file, its offsets, and whatever is kept about the corpus."""

    @property
    def key(self) -> str:
        """Names the corpus: size, seed and generator."""
        return self.folder.name

    @cached_property
    def _offsets(self) -> NDArray[np.int64]:
        offsets: NDArray[np.int64] = np.load(self.folder / "offsets.npy")
        return offsets

    @cached_property
    def _descriptor(self) -> int:
        return os.open(self.folder / "articles.jsonl", os.O_RDONLY)

    @property
    def bytes(self) -> int:
        """Of the text, as JSON."""
        return (self.folder / "articles.jsonl").stat().st_size

    def article(self, number: int) -> Article:
        """The article of that number, counted from 1. Without its URL, which not every engine is given."""
        return next(self.read(number, number + 1))

    def read(self, first: int = 1, after: int | None = None) -> Iterator[Article]:
        """The articles from number `first` on, to the one before `after`, in order."""
        last = self.articles + 1 if after is None else after
        for begin in range(first, last, _CHUNK):
            end = min(begin + _CHUNK, last)
            start, stop = self._offsets[begin - 1].item(), self._offsets[end - 1].item()
            for line in os.pread(self._descriptor, stop - start, start).splitlines():
                title, day, url, paragraphs = json.loads(line)
                host = url.split("/", 3)[2].removeprefix("www.")
                date = datetime.date.fromordinal(day)
                yield Article(title, tuple(paragraphs), date=date, source=host, language="en")


def _lines(task: tuple[int, int, int, int]) -> list[bytes]:
    seed, first, after, total = task
    lines = []
    for number in range(first, after):
        made = corpus.make(seed, number, total)
        record = [made.title, made.date.toordinal(), made.url, made.paragraphs]
        lines.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return lines


def archived(articles: int, cache: Path, seed: int = 1) -> Archive:
    """An archive of that size, generated where the cache has none by this generator."""
    sources = b"".join(Path(module.__file__ or "").read_bytes() for module in (corpus, newsroom, words))
    folder = cache / "archives" / f"{articles}-{seed}-{hashlib.sha256(sources).hexdigest()[:8]}"
    archive = Archive(articles, seed, folder)
    if (folder / "offsets.npy").exists():
        return archive
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"writing {articles:,} articles to {folder}", file=sys.stderr)
    tasks = ((seed, n, min(n + _CHUNK, articles), articles) for n in range(0, articles, _CHUNK))
    offsets = np.zeros(articles + 1, np.int64)
    position = number = 0
    with ExitStack() as stack:
        file = stack.enter_context((folder / "articles.jsonl").open("wb"))
        made: Iterable[list[bytes]] = map(_lines, tasks)
        if articles >= _WORTH_PROCESSES:
            context = multiprocessing.get_context("spawn")
            made = stack.enter_context(context.Pool(initializer=os.nice, initargs=(15,))).imap(_lines, tasks)
        for lines in made:
            for line in lines:
                number += 1
                position += len(line)
                offsets[number] = position
            file.write(b"".join(lines))
    np.save(folder / "unfinished.npy", offsets)
    (folder / "unfinished.npy").rename(folder / "offsets.npy")
    return archive


class ArchiveSource:
    """The store, as our index sees it, over an archive: texts, and nobody's names or reading marks."""

    generation = 1

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.changed: dict[int, Article] = {}
        """Articles that have another text now."""
        self._nobody = np.zeros(0, np.uint32)

    def texts(self, numbers: Sequence[int]) -> dict[int, Article]:
        """The articles of these numbers."""
        texts: dict[int, Article] = {}
        place = 0
        while place < len(numbers):  # neighbours are read at once
            end = place + 1
            while end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
                end += 1
            run = numbers[place:end]
            texts.update(zip(run, self.archive.read(run[0], run[-1] + 1), strict=True))
            place = end
        return {**texts, **{number: self.changed[number] for number in numbers if number in self.changed}}

    def rows(self, numbers: Sequence[int]) -> list[Hit]:
        """A hit without snippet for each."""
        texts = self.texts(numbers)
        return [
            Hit(ArticleNumber(number), ArticleId(f"{number:016x}"), a.title, a.date, a.source, a.url)
            for number in numbers
            for a in [texts[number]]
        ]

    def entities_named(self, field: NameField, name: str, *, whole: bool = False) -> NDArray[np.int64]:
        """Nobody: names are not recognised here."""
        return np.zeros(0, np.int64)

    def articles_naming(self, entities: NDArray[np.int64]) -> NDArray[np.uint32]:
        """No article."""
        return np.zeros(0, np.uint32)

    def surfaces(self, entities: NDArray[np.int64]) -> Sequence[str]:
        """None."""
        return ()

    def canonical(self) -> NDArray[np.uint32]:
        """Of nobody."""
        return self._nobody

    def told_by_text(self) -> ToldByText:
        """None."""
        none = np.zeros(0, np.int64)
        return ToldByText(none, none.astype(np.uint8), self._nobody, none)

    def boilerplate(self, numbers: Sequence[int]) -> dict[int, frozenset[int]]:
        """Nothing is repeated."""
        return {}

    def articles_of_story(self, text: str, *, quoted: bool, begun: bool) -> NDArray[np.uint32] | None:
        """There are no stories."""
        return None

    def stories_named(self, typed: str, limit: int) -> list[tuple[str, int]]:
        """There are no stories."""
        return []

    def flagged(self, flag: Flag) -> NDArray[np.uint32]:
        """All are unread."""
        count = self.archive.articles if flag == "unread" else 0
        return np.arange(1, count + 1, dtype=np.uint32)

    def changes_since(self, sequence: int, limit: int = -1) -> tuple[int, list[Change]]:
        """Everything was added, an article a change."""
        count = self.archive.articles
        last = count if limit < 0 else min(sequence + limit, count)
        return count, [Change(n, ArticleNumber(n), "put") for n in range(sequence + 1, last + 1)]

    def entities_of(self, numbers: Sequence[int]) -> dict[int, NDArray[np.uint32]]:
        """Nobody is named."""
        return {}

    def entity_kinds(self) -> NDArray[np.uint8]:
        """There are none."""
        return np.zeros(0, np.uint8)

    def entity_names(self, numbers: Sequence[int]) -> dict[int, str]:
        """There are none."""
        return {}

    def names_like(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        """There are none."""
        return []

    def names_near(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        """There are none."""
        return []
