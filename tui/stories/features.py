"""What an article is known by when stories are made: the terms of its title, its lead, its body and its names.

A term is a hashed stem, the same in every process and release, so that what was worked out once can be kept with the
article. Nothing here knows how frequent a term is in the corpus: that is for who compares.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tui.article import TITLE, Article, Mention
from tui.entities.names import fold_name
from tui.index.stems import DEFAULT_LANGUAGE, Stemmer
from tui.index.tokens import Tokenizer, chunk_pattern

MOST_TERMS: Final = 96
"""Terms that are kept of an article; those that say most of it come first."""

VERSION: Final = 1
"""Of what makes features, and of their bytes."""

NAME: Final = 0x8000_0000
"""Set in the ids of terms that are names."""

_LEAD_WORDS = 60
_MOST_WORDS = 1_200
"""What comes later in a long article adds background, not what happened."""
_REMEMBERED = 200_000
_LONGEST_REMEMBERED = 40
_MOST_IN_TITLE, _MOST_IN_LEAD, _MOST_IN_BODY = 3, 3, 15
_HEADER = np.dtype([("format", "u1"), ("terms", "u1"), ("words", "<u2")])


class Features(NamedTuple):
    """An article's terms. Arrays are aligned, ascending by `terms`, at most `MOST_TERMS` long."""

    terms: npt.NDArray[np.uint32]
    """Distinct ids; those of names have `NAME` set."""
    title: npt.NDArray[np.uint8]
    """How often each stands in the title, 0 to 3."""
    lead: npt.NDArray[np.uint8]
    """In the first words of the body, 0 to 3."""
    body: npt.NDArray[np.uint8]
    """In the whole body, the lead included, 0 to 15."""
    words: int
    """Of the body without boilerplate, up to 65,535."""

    def packed(self) -> bytes:
        """The same as bytes, five a term, in one byte order everywhere."""
        header = np.array([(VERSION, len(self.terms), min(self.words, 0xFFFF))], _HEADER)
        counts = self.title << 6 | self.lead << 4 | self.body
        return header.tobytes() + self.terms.astype("<u4").tobytes() + counts.astype("u1").tobytes()


def unpacked(data: bytes) -> Features:
    """What `Features.packed` made bytes of.

    Raises:
        ValueError: These are no such bytes, or those of another release.
    """
    if len(data) < _HEADER.itemsize:
        raise ValueError("too short for an article's terms")
    header = np.frombuffer(data, _HEADER, 1)[0]
    count = int(header["terms"])
    if header["format"] != VERSION or len(data) != _HEADER.itemsize + 5 * count:
        raise ValueError("not an article's terms")
    terms = np.frombuffer(data, "<u4", count, _HEADER.itemsize).astype(np.uint32)
    counts = np.frombuffer(data, np.uint8, count, _HEADER.itemsize + 4 * count)
    title, lead, body = (part.astype(np.uint8) for part in (counts >> 6, counts >> 4 & 3, counts & 15))
    return Features(terms, title, lead, body, int(header["words"]))


class FeatureMaker:
    """Makes features, with a memory of the words it has seen. Not to be shared between threads."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer()
        self._stemmer = Stemmer()
        self._seen: dict[str, dict[str, tuple[int, ...]]] = {}

    def features(
        self, article: Article, mentions: Iterable[Mention] = (), boilerplate: Collection[int] = ()
    ) -> Features:
        """What an article is known by.

        Args:
            article: An article; it may be empty.
            mentions: The names in it; those whose entity is decided stand for the entity.
            boilerplate: Indices of paragraphs that take no part.
        """
        language = article.language or DEFAULT_LANGUAGE
        title = self._terms(article.title, language)
        body: list[int] = []
        for index, paragraph in enumerate(article.paragraphs):
            if index not in boilerplate:
                body += self._terms(paragraph, language)
        words = len(body)
        del body[_MOST_WORDS:]
        in_title, in_lead, in_body = _counted(title), _counted(body[:_LEAD_WORDS]), _counted(body)
        for mention in mentions:
            if mention.paragraph in boilerplate:
                continue
            for name in _names(mention):
                counts = in_title if mention.paragraph == TITLE else in_body
                counts[name] = counts.get(name, 0) + 1
                if mention.paragraph == 0:
                    in_lead[name] = in_lead.get(name, 0) + 1
        return _chosen(in_title, in_lead, in_body, words)

    def _terms(self, text: str, language: str) -> list[int]:
        seen = self._seen.get(language)
        if seen is None or len(seen) > _REMEMBERED:
            seen = self._seen[language] = {}
        found: list[int] = []
        for written in chunk_pattern(text).findall(text):
            terms = seen.get(written)
            if terms is None:
                terms = self._analysed(written, language)
                if len(written) <= _LONGEST_REMEMBERED:
                    seen[sys.intern(written)] = terms
            found += terms
        return found

    def _analysed(self, written: str, language: str) -> tuple[int, ...]:
        parts = [part.surface for part in self._tokenizer.chunk(written).parts if not part.joined]
        return tuple(
            crc32(stem.encode("utf-8", "surrogatepass")) & ~NAME for stem in self._stems(parts, language)
        )

    def _stems(self, surfaces: list[str], language: str) -> list[str]:
        return [self._stemmer.stem(surface, language) for surface in surfaces]


def _names(mention: Mention) -> tuple[int, ...]:
    if mention.entity is not None:
        return (_name_id(mention.entity),)
    name = fold_name(mention.text)
    if not name:
        return ()
    return (_name_id(name.split()[-1] if mention.type == "person" else name),)


def _name_id(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass")) | NAME


def _counted(terms: list[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for term in terms:
        counts[term] = counts.get(term, 0) + 1
    return counts


def _chosen(
    in_title: dict[int, int], in_lead: dict[int, int], in_body: dict[int, int], words: int
) -> Features:
    """The terms that say most: those of the title, then by how often and how early; of equal ones the smaller id."""

    def worth(term: int) -> tuple[int, int]:
        lead = 2 * in_lead.get(term, 0)
        return -(
            16 * (term in in_title) + min(in_body.get(term, 0), _MOST_IN_BODY) + lead + (term >> 31)
        ), term

    every = in_title.keys() | in_lead.keys() | in_body.keys()
    chosen = sorted(sorted(every, key=worth)[:MOST_TERMS])
    return Features(
        np.array(chosen, np.uint32),
        _clipped(in_title, chosen, _MOST_IN_TITLE),
        _clipped(in_lead, chosen, _MOST_IN_LEAD),
        _clipped(in_body, chosen, _MOST_IN_BODY),
        min(words, 0xFFFF),
    )


def _clipped(counts: dict[int, int], terms: list[int], most: int) -> npt.NDArray[np.uint8]:
    return np.array([min(counts.get(term, 0), most) for term in terms], np.uint8)
