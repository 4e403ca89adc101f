"""An `ArticleSource` over a dictionary, and corpora to put into it."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tui.article import MENTION_TYPES, Article, ArticleId, ArticleNumber, MentionType
from tui.folding import fold
from tui.index.articles import Change, Flag, NameField, ToldByText
from tui.index.distance import distance
from tui.index.results import Hit
from tui.index.search import Index
from tui.index.writer import IndexWriter

Entity = tuple[str, MentionType, tuple[str, ...]]
"""Name, type, aliases."""

_TYPES = {"person": "person", "org": "organisation", "place": "place"}


class Newsroom:
    """Articles in memory, with entities found by looking for their names."""

    def __init__(self, articles: Iterable[Article] = (), entities: Sequence[Entity] = ()) -> None:
        self.articles = dict(enumerate(articles, 1))
        self.entities = list(entities)
        self.read: set[int] = set()
        self.starred: set[int] = set()
        self.repeated: dict[int, frozenset[int]] = {}
        """Paragraphs that are boilerplate, by article number."""
        self.stories: dict[str, set[int]] = {}
        """Numbers of articles, by id or title."""
        self.joined: dict[int, int] = {}
        """Place of an entity in `entities` → that of the one that it is joined to."""
        self.generation = 1
        self.asked_kinds = 0
        self._canonical: tuple[int, NDArray[np.uint32]] | None = None

    def rows(self, numbers: Sequence[int]) -> list[Hit]:
        found = [(number, self.articles[number]) for number in numbers if number in self.articles]
        return [
            Hit(ArticleNumber(number), ArticleId(f"{number:016x}"), a.title, a.date, a.source, a.url)
            for number, a in found
        ]

    def texts(self, numbers: Sequence[int]) -> dict[int, Article]:
        return {number: self.articles[number] for number in numbers if number in self.articles}

    def _naming(self, entity: Entity) -> list[int]:
        spellings = [fold(name) for name in (entity[0], *entity[2])]
        texts = {n: fold(" ".join((a.title, *a.paragraphs))) for n, a in self.articles.items()}
        return [number for number, text in texts.items() if any(name in text for name in spellings)]

    def canonical(self) -> NDArray[np.uint32]:
        if self._canonical is None or self._canonical[0] != self.generation:
            canonical = [self.joined.get(i, i) for i in range(len(self.entities))]
            self._canonical = self.generation, np.array(canonical, np.uint32)
        return self._canonical[1]

    def entity_kinds(self) -> NDArray[np.uint8]:
        self.asked_kinds += 1
        return np.array([1 + MENTION_TYPES.index(kind) for _, kind, _ in self.entities], np.uint8)

    def told_by_text(self) -> ToldByText:
        nobody = np.zeros(0, np.int64)
        return ToldByText(nobody, nobody.astype(np.uint8), nobody.astype(np.uint32), nobody)

    def entity_names(self, numbers: Sequence[int]) -> dict[int, str]:
        return {number: self.entities[number][0] for number in numbers}

    def entities_of(self, numbers: Sequence[int]) -> dict[int, NDArray[np.uint32]]:
        naming = [self._naming(entity) for entity in self.entities]
        return {
            number: np.array([i for i, found in enumerate(naming) if number in found], np.uint32)
            for number in numbers
            if number in self.articles
        }

    def _meant(self, field: NameField, name: str) -> list[list[int]]:
        """Each entity with a name like that, with all that are joined to it, the leading one first."""
        asked = fold(name)
        groups: dict[int, list[int]] = {}
        for i in sorted(range(len(self.entities)), key=lambda i: i in self.joined):
            groups.setdefault(self.joined.get(i, i), []).append(i)
        return [
            group
            for leader, group in groups.items()
            if (field == "entity" or self.entities[leader][1] == _TYPES[field])
            and any(_like(n, asked) for i in group for n in (self.entities[i][0], *self.entities[i][2]))
        ]

    def entities_named(self, field: NameField, name: str, *, whole: bool = False) -> NDArray[np.int64]:
        meant = self._meant(field, name)
        called = [group for group in meant if fold(name) in map(fold, self.surfaces(group))]
        return np.array(sorted(i for group in (whole and called) or meant for i in group), np.int64)

    def articles_naming(self, entities: Iterable[int]) -> NDArray[np.uint32]:
        found = {number for i in entities for number in self._naming(self.entities[i])}
        return np.array(sorted(found), np.uint32)

    def surfaces(self, entities: Iterable[int]) -> Sequence[str]:
        return [name for i in entities for name in (self.entities[i][0], *self.entities[i][2])]

    def names_like(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        found = [
            (self.entities[group[0]][0], len(self.articles_naming(group)))
            for group in self._meant(field, f"{typed}*")
        ]
        return sorted(found, key=lambda name: (-name[1], name[0]))[:limit]

    def names_near(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        everyone = self.names_like(field, "", len(self.entities))
        begins = {
            name: [" ".join(fold(name).split()[at:]) for at in range(len(name.split()))]
            for name, _ in everyone
        }
        asked = fold(typed)
        return [
            (name, count)
            for name, count in everyone
            if any(
                distance(asked, begin[:end], 1) <= 1
                for begin in begins[name]
                for end in range(len(begin) + 1)
            )
        ][:limit]

    def boilerplate(self, numbers: Sequence[int]) -> dict[int, frozenset[int]]:
        return {number: self.repeated[number] for number in numbers if number in self.repeated}

    def articles_of_story(self, text: str, *, quoted: bool, begun: bool) -> NDArray[np.uint32] | None:
        if not quoted and text in self.stories:
            return np.array(sorted(self.stories[text]), np.uint32)
        meant = {
            number
            for title, numbers in self.stories.items()
            if f" {fold(text)}{'' if begun else ' '}" in f" {fold(title)} "
            for number in numbers
        }
        return np.array(sorted(meant), np.uint32) if meant else None

    def stories_named(self, typed: str, limit: int) -> list[tuple[str, int]]:
        found = [title for title in self.stories if f" {fold(typed)}" in f" {fold(title)}"]
        return [(title, len(self.stories[title])) for title in found][:limit]

    def flagged(self, flag: Flag) -> NDArray[np.uint32]:
        sets = {"read": self.read, "starred": self.starred, "unread": set(self.articles) - self.read}
        return np.array(sorted(sets[flag]), np.uint32)

    def changes_since(self, sequence: int, limit: int = -1) -> tuple[int, list[Change]]:
        log = [Change(n, ArticleNumber(n), "put") for n in sorted(self.articles)]
        changes = [change for change in log if change.sequence > sequence]
        return (log[-1].sequence if log else 0), changes if limit < 0 else changes[:limit]


def _like(name: str, asked: str) -> bool:
    if asked.endswith("*"):
        return f" {fold(name)}".find(f" {asked[:-1]}") >= 0
    return f" {asked} " in f" {fold(name)} "


def indexed(directory: Path, newsroom: Newsroom, batches: int = 1) -> Index:
    """An index of all the newsroom's articles, of so many commits."""
    numbers = sorted(newsroom.articles)
    with IndexWriter(directory, newsroom) as writer:
        for batch in range(batches):
            part = numbers[batch::batches]
            writer.apply((number, "put") for number in sorted(part))
            writer.commit(batch + 1)
    return Index.open(directory, newsroom)


def article(text: str, title: str = "", language: str | None = "en", **rest: object) -> Article:
    """An article of this text, a line a paragraph."""
    return Article(title, tuple(text.split("\n")), language=language, **rest)  # type: ignore[arg-type]


def search(tmp_path: Path, texts: Sequence[str | Article], query: str, typing: bool = False) -> list[int]:
    """Which of the texts, counted from 1, the query finds."""
    newsroom = Newsroom([text if isinstance(text, Article) else article(text) for text in texts])
    return sorted(indexed(tmp_path / "index", newsroom).search(query, typing=typing).order.tolist())


def generated(count: int, seed: int = 1, vocabulary: int = 40, length: int = 30) -> list[Article]:
    """Articles of a few words that repeat often: short enough to find every case."""
    chance = random.Random(seed)
    letters = "abcdeгд"
    words = sorted(
        {"".join(chance.choice(letters) for _ in range(chance.randint(1, 4))) for _ in range(vocabulary)}
    )
    weights = [1 / (rank + 1) for rank in range(len(words))]

    def text(most: int) -> str:
        return " ".join(chance.choices(words, weights, k=chance.randint(0, most)))

    return [
        Article(
            text(6), tuple(text(length) for _ in range(chance.randint(0, 3))),
            date=datetime.date.fromordinal(737_791 + chance.randint(0, 700)) if chance.random() > 0.1 else None,
            source=chance.choice(["a.example", "b.example", None]), language=chance.choice(["en", "de", "xx", None]),
        )
        for _ in range(count)
    ]  # fmt: skip
