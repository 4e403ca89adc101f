"""An article on its way in: what a worker hands to the writer, and what a version is kept as.

The body travels compressed, as it is stored: compressing is work for the workers, of whom there are many.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from typing import NamedTuple

from tui.article import Article, MentionType, Quote
from tui.corpus.packing import Packing
from tui.folding import fold
from tui.harmless import harmless

ARTICLE = "title, day, published, name, author, url, language, text"
"""Columns of `articles`, `sources` and `bodies` that `article_of` takes, but that `text` is packed."""

CONTENT = 8
"""Bytes of the digest that tells versions of one article apart."""

_SITES = (("\x01", "https://www."), ("\x02", "https://"))
"""What stands for a URL's beginning where the source's name goes on from there."""


class StoredMention(NamedTuple):
    """A mention without its text, which the offsets give: what `tui.entities.KeyedMention` says."""

    paragraph: int
    start: int
    end: int
    type: MentionType
    key: str


class StoredQuote(NamedTuple):
    """A quote without its text, which the offsets give."""

    paragraph: int
    start: int
    end: int
    direct: bool
    speaker: int | None
    """Which of the article's mentions says whose words they are."""


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one article, as far as the store keeps it."""

    title: str
    day: int
    """Proleptic ordinal, 0 without a date."""
    published: str | None
    source: str | None
    author: str | None
    url: str | None
    language: str | None
    words: int
    length: int
    """Characters of the body, line ends between paragraphs included."""
    body: bytes
    """Paragraphs joined by line ends, packed."""
    mentions: tuple[StoredMention, ...]
    content: bytes
    """Digest of all the rest: two files with one digest hold one version."""
    text_key: bytes
    """Digest of title and body alone: the identity where there is no URL."""
    quotes: tuple[StoredQuote, ...] | None = None
    """None where nobody has looked for any."""

    @property
    def folded_title(self) -> str:
        """The title as titles are compared."""
        return fold(self.title)

    def rank(self) -> tuple[int, int, bytes]:
        """The greatest stands in front: newest date, then longest text; the digest breaks ties the same way always."""
        return self.day, self.length, self.content


def record_of(
    article: Article,
    mentions: Iterable[tuple[int, int, int, str, MentionType, str]],
    packing: Packing,
    quotes: Sequence[Quote] | None = None,
) -> Record:
    """The record of an article with its keyed mentions, and its quotes, whose speakers are among the mentions."""
    body = "\n".join(paragraph.replace("\n", " ") for paragraph in article.paragraphs)
    published = article.published.isoformat() if article.published else None
    kept = tuple(
        StoredMention(paragraph, start, end, kind, harmless(key))
        for paragraph, start, end, text, kind, key in mentions
        if article.text_of(paragraph)[start:end] == text and text
    )
    said = None if quotes is None else tuple(_stored_quotes(article, kept, quotes))
    header = (article.title, str(article.date), published, article.source, article.author, article.url)
    return Record(
        title=article.title,
        day=article.date.toordinal() if article.date else 0,
        published=published,
        source=article.source,
        author=article.author,
        url=article.url,
        language=article.language,
        words=article.words,
        length=len(body),
        body=packing.pack(body),
        mentions=kept,
        content=_digest(
            *(field or "" for field in header),
            article.language or "",
            body,
            repr(kept),
            *([repr(said)] if said else []),  # what stores had before there were quotes stays as it is
        )[:CONTENT],
        text_key=text_key(article.title, body),
        quotes=said,
    )


def _stored_quotes(
    article: Article, mentions: Iterable[StoredMention], quotes: Iterable[Quote]
) -> Iterator[StoredQuote]:
    places = {mention[:3]: place for place, mention in enumerate(mentions)}
    for quote in quotes:
        if 0 <= quote.start < quote.end <= len(article.text_of(quote.paragraph)):
            whose = quote.speaker
            speaker = places.get((whose.paragraph, whose.start, whose.end)) if whose else None
            yield StoredQuote(quote.paragraph, quote.start, quote.end, quote.direct, speaker)


def article_of(
    title: str,
    day: int,
    published: str | None,
    source: str | None,
    author: str | None,
    url: str | None,
    language: str | None,
    text: str,
) -> Article:
    """The article that a row of the store describes, its body unpacked."""
    url = whole_url(url, source)
    return Article(
        title=title,
        paragraphs=tuple(text.split("\n")) if text else (),
        date=datetime.date.fromordinal(day) if day else None,
        published=datetime.datetime.fromisoformat(published) if published else None,
        source=source,
        url=url,
        author=author,
        language=language,
    )


def short_url(url: str | None, source: str | None) -> str | None:
    """A URL as the store keeps it, without what the source's name says already."""
    for mark, beginning in _SITES:
        if url is not None and url.startswith(f"{beginning}{source}/"):
            return f"{mark}{url[len(beginning) + len(source or '') :]}"
    return url


def whole_url(url: str | None, source: str | None) -> str | None:
    """The URL that `short_url` shortened."""
    for mark, beginning in _SITES:
        if url is not None and url.startswith(mark):
            return f"{beginning}{source}{url[1:]}"
    return url


def encode(record: Record, packing: Packing) -> bytes:
    """A record as bytes that load without running anything: a store may come from someone else."""
    values = asdict(record)
    values["body"] = packing.unpack(record.body)
    values["content"], values["text_key"] = record.content.hex(), record.text_key.hex()
    return packing.pack(json.dumps(values, ensure_ascii=False))


def decode(data: bytes, packing: Packing) -> Record:
    """The record that `encode` wrote."""
    values = json.loads(packing.unpack(data))
    values["body"] = packing.pack(values["body"])
    values["content"], values["text_key"] = (
        bytes.fromhex(values["content"]),
        bytes.fromhex(values["text_key"]),
    )
    values["mentions"] = tuple(StoredMention(*mention) for mention in values["mentions"])
    quotes = values.get("quotes")  # versions from before there were quotes have none
    values["quotes"] = None if quotes is None else tuple(StoredQuote(*quote) for quote in quotes)
    return Record(**{field.name: values[field.name] for field in fields(Record)})


def text_key(title: str, body: str) -> bytes:
    """The digest of title and body: the identity of an article where there is no URL."""
    return _digest(title, body)


def _digest(*parts: str) -> bytes:
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()
