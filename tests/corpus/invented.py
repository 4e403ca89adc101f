"""A corpus of articles whose names and quotes are given, not recognised: what is read from it is known exactly."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from tui.article import TITLE, Article, ArticleId, EntityId, Mention, MentionType, Quote
from tui.corpus import Corpus, make_corpus
from tui.corpus.record import record_of
from tui.corpus.writer import FileKey, Stamp, StoreWriter
from tui.entities import KeyedMention
from tui.entities.resolve import entity_id
from tui.folding import fold

_NAME = re.compile(r"\{([^{}|]+)(?:\|(\w+))?(?:\|([^{}|]+))?\}")
_KINDS: dict[str, MentionType] = {
    "person": "person",
    "org": "organisation",
    "place": "place",
    "misc": "misc",
}

Said = tuple[str, str | None]
"""Words of the text, and the text of the mention whose words they are, the first such after them or before."""


def id_of(key: str) -> EntityId:
    """The id of the entity with this key."""
    return entity_id(fold(key))


class Invented:
    """A corpus that is written without any files being read.

    In titles and paragraphs `{Name}`, `{Name|type}` or `{Name|type|key}` marks a mention: a person by default, and
    the key is the folded name.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._writer = StoreWriter(make_corpus(path))
        self._writer.keep_roots((path,))

    def put(
        self,
        name: str,
        title: str,
        *paragraphs: str,
        date: str | datetime.date | None = "2021-12-16",
        quotes: Iterable[Said] | None = (),
    ) -> ArticleId:
        """Put an article; under a name that was used before, in that one's place."""
        with self._writer.transaction():
            self._put(name, title, paragraphs, date, quotes)
        return self.id_at(name)

    def put_all(self, articles: Iterable[tuple[str, str, str | datetime.date | None]]) -> None:
        """Put (name, paragraph, date) as articles, in one batch."""
        with self._writer.transaction():
            for name, paragraph, date in articles:
                self._put(name, f"Headline {name}", (paragraph,), date, ())

    def remove(self, *names: str) -> None:
        """Take articles out again."""
        with self._writer.transaction():
            for name in names:
                self._writer.forget(FileKey(1, name.encode()))

    def id_at(self, name: str) -> ArticleId:
        """The id of the article that was put under this name."""
        (id,) = self._writer.connection.execute(
            "SELECT id FROM articles JOIN files USING (number) WHERE path = ?", (name.encode(),)
        ).fetchone()
        return ArticleId(id)

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Ask or change the store itself."""
        with self._writer.transaction():
            return self._writer.connection.execute(statement).fetchall()

    def corpus(self) -> Corpus:
        """The corpus, open as for a reader."""
        return Corpus.open(self.path)

    def close(self) -> None:
        """Let go of the store."""
        self._writer.close()

    def _put(
        self,
        name: str,
        title: str,
        paragraphs: tuple[str, ...],
        date: str | datetime.date | None,
        quotes: Iterable[Said] | None,
    ) -> None:
        mentions: list[KeyedMention] = []
        plain = [_read(at, text, mentions) for at, text in enumerate((title, *paragraphs), TITLE)]
        day = datetime.date.fromisoformat(date) if isinstance(date, str) else date
        article = Article(
            plain[0], tuple(plain[1:]), day, source="example.com", url=f"https://www.example.com/{name}"
        )
        said = None if quotes is None else [_quote(article, mentions, *quote) for quote in quotes]
        record = record_of(article, mentions, self._writer.packing, said)
        digest = hashlib.sha256(repr((article, mentions, said)).encode("utf-8", "replace")).digest()
        self._writer.put(FileKey(1, name.encode()), Stamp(1, 1), digest, record)


def _read(paragraph: int, marked: str, mentions: list[KeyedMention]) -> str:
    plain, last = "", 0
    for match in _NAME.finditer(marked):
        plain += marked[last : match.start()]
        text, kind, key = match.groups()
        start, last = len(plain), match.end()
        plain += text
        mentions.append(
            KeyedMention(
                paragraph, start, len(plain), text, _KINDS[kind or "person"], fold(key or text)
            )
        )  # fmt: skip
    return plain + marked[last:]


def _quote(article: Article, mentions: list[KeyedMention], text: str, speaker: str | None) -> Quote:
    for paragraph in range(TITLE, len(article.paragraphs)):
        start = article.text_of(paragraph).find(text)
        if start >= 0:
            break
    else:
        raise ValueError(text)
    named = [Mention(*mention[:5]) for mention in mentions if mention.text == speaker]
    here = [m for m in named if m.paragraph == paragraph]
    whose = (here or named)[0] if speaker else None
    return Quote(paragraph, start, start + len(text), True, whose)
