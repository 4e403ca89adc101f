"""Folders of small articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from tests.corpus.invented import Invented


class Folder:
    """A folder that articles are written into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def write(
        self,
        name: str,
        title: str,
        *paragraphs: str,
        date: str = "20211216",
        url: str | None = "",
    ) -> Path:
        """An article in the founding format; its URL is made of the name, or left out where it is None."""
        if url == "":
            url = f"https://www.example.com/news/{name}"
        lines: Sequence[str] = [title, date, *([url] if url else [""]), *(paragraphs or (body(name),))]
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    def write_many(self, count: int, start: int = 0) -> None:
        """Articles that differ in everything."""
        for number in range(start, start + count):
            self.write(f"{number:05}.txt", f"Headline number {number}", *story(number))


def body(seed: str) -> str:
    """Two sentences that another seed doesn't share."""
    return f"The {seed} committee met on Thursday in Geneva. Nobody from {seed} said what {seed} had decided there."


def story(number: int) -> list[str]:
    """A few paragraphs with names in them."""
    people = ("Vladimir Putin", "Joe Biden", "Olaf Scholz", "Emmanuel Macron", "Boris Johnson")
    places = ("Moscow", "Washington", "Berlin", "Paris", "London", "Geneva")
    one, other = people[number % 5], people[(number * 3 + 1) % 5]
    return [
        f"President {one} flew to {places[number % 6]} on Thursday for talks number {number}.",
        f"{one.split()[-1]} met {other} there, and item {number * 7} of the agenda was put off to day {number * 13}.",
        f"Officials in {places[(number + 2) % 6]} called paper {number * 31} a matter for Nato and the United Nations.",
    ]


def prose(seed: int) -> list[str]:
    """Three paragraphs of words in an order that no other seed has."""
    random = Random(seed)
    words = [
        f"{a}{b}{c}"
        for a in ("bar", "con", "del", "mor")
        for b in "aeiou"
        for c in ("tin", "ven", "rop", "lid")
    ]
    return [f"{' '.join(random.choices(words, k=25)).capitalize()}." for _ in range(3)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder for articles."""
    return Folder(tmp_path / "articles")


@pytest.fixture
def invented(tmp_path: Path) -> Iterator[Invented]:
    """An empty corpus for articles whose names are given."""
    corpus = Invented(tmp_path / "invented")
    yield corpus
    corpus.close()
