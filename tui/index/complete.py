"""What could stand where the cursor is: fields, values of fields, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from tui.folding import fold, fold_word
from tui.index.articles import FLAGS
from tui.index.conditions import quoted
from tui.index.dates import SUGGESTIONS
from tui.index.frequent import most_frequent
from tui.index.leaves import NAME_FIELDS, SHOWN_FIELDS
from tui.index.near_words import respelt
from tui.index.terms import encode
from tui.index.wildcard import Wildcard, matching

if TYPE_CHECKING:
    from tui.index.articles import ArticleSource, NameField
    from tui.index.snapshot import Snapshot

_BEFORE = re.compile(r"(?P<field>\w+):(?P<value>\"[^\"]*|'[^']*|[^\s()]*)$|(?P<word>[^\s():\"]*)$")
_EPOCH = 719_163
"""The ordinal of 1970-01-01."""

_MEANINGS = {
    "title": "words of the title", "source": "the outlet", "url": "words of the address",
    "date": "2021-12-16, 'last week'",
    "person": "who is named", "org": "which organisation is named", "place": "which place is named",
    "entity": "any name", "story": "words of a story's title, or its id", "lang": "language of the article",
    "is": "unread, read or starred",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on."""

    text: str
    """What takes the place of `query[start:end]`."""
    start: int
    end: int
    detail: str
    """What it is, in a few words, or in how many articles."""


class Completer:
    """Completes queries over one snapshot and the store. Safe to share between threads.

    Args:
        snapshot: the index as it is.
        articles: who knows names.
    """

    def __init__(self, snapshot: Snapshot, articles: ArticleSource) -> None:
        self.snapshot = snapshot
        self._articles = articles

    def complete(self, query: str, cursor: int, limit: int) -> list[Completion]:
        """The best ways to go on at the cursor, at most `limit`."""
        cursor = max(0, min(cursor, len(query)))
        before = _BEFORE.search(query[max(0, cursor - 500) : cursor])
        if before is None:
            return []
        offset = max(0, cursor - 500)
        if before["field"] is not None:
            start = offset + before.start("value")
            found = self._values(before["field"].lower(), before["value"], limit)
            if found is not None:
                return [Completion(text, start, cursor, detail) for text, detail in found[:limit]]
            word, start = before["value"], start
        else:
            word, start = before["word"], offset + before.start("word")
        minus = word.startswith("-")
        word, start = word[minus:], start + minus
        if not word:
            return []
        fields = [] if before["field"] else self._fields(word)
        words = self._words(word, limit)
        return [Completion(text, start, cursor, detail) for text, detail in (fields + words)[:limit]]

    @staticmethod
    def _fields(word: str) -> list[tuple[str, str]]:
        return [(f"{name}:", _MEANINGS[name]) for name in SHOWN_FIELDS if name.startswith(word.lower())]

    def _values(self, field: str, value: str, limit: int) -> list[tuple[str, str]] | None:
        """Values of a field that go on from what is typed; None for a field of words."""
        typed = value.lstrip("\"'")
        if field in NAME_FIELDS:
            return self._names(cast("NameField", NAME_FIELDS[field]), fold(typed), limit)
        if field == "story":
            titles = self._articles.stories_named(typed, limit)
            return [(quoted(title, whole=True), _articles(count)) for title, count in titles]
        if field == "source":
            return self._sources(fold(typed), limit)
        if field in ("lang", "language"):
            return self._languages(fold(typed))
        if field == "is":
            return [(flag, "") for flag in FLAGS if flag.startswith(fold(typed))]
        if field == "date":
            return self._dates(value)
        return None

    def _names(self, field: NameField, typed: str, limit: int) -> list[tuple[str, str]]:
        """Names with words that begin so, then those that nearly do, then those a word of which is spelt otherwise."""
        found = dict(self._articles.names_like(field, typed, limit))
        if len(found) < limit:
            near = self._articles.names_near(field, typed, limit)
            found |= {name: count for name, count in near if name not in found}
        if not found:
            found = dict(respelt(field, typed, self.snapshot, self._articles, _go_on, limit)[1])
        return [(quoted(name, whole=True), _articles(count)) for name, count in found.items()]

    def _sources(self, typed: str, limit: int) -> list[tuple[str, str]]:
        """Sources that begin so, then those that have it elsewhere in their name."""
        segments = self.snapshot.segments
        begins = [segment.terms("source").prefix(encode(typed)) for segment in segments]
        found = most_frequent(segments, "source", begins, limit)
        within = typed.replace("*", "").replace("?", "")
        if len(found) < limit and within:
            wildcard = Wildcard(f"*{within}*")
            elsewhere = [
                numbers[(numbers < low) | (numbers >= high)]
                for segment, (low, high) in zip(segments, begins, strict=True)
                for numbers in (matching(segment.terms("source"), wildcard, _go_on),)
            ]
            found += most_frequent(segments, "source", elsewhere, limit - len(found))
        return [(quoted(name), _articles(count)) for name, count in found]

    @cached_property
    def _language_counts(self) -> list[tuple[int, str]]:
        counts = self.snapshot.language_counts()
        return sorted((-count, name) for name, count in counts.items() if name)

    def _languages(self, typed: str) -> list[tuple[str, str]]:
        return [(name, _articles(-count)) for count, name in self._language_counts if name.startswith(typed)]

    @cached_property
    def _day_counts(self) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """The days that any article has, ascending, datetime64[D], and how many articles of each."""
        days = self.snapshot.live_days()
        dated = days[days > 0]
        if not len(dated):
            return np.zeros(0, "datetime64[D]"), np.zeros(0, np.int64)
        first = int(dated.min())
        counts = np.bincount(dated - first)
        known = np.flatnonzero(counts)
        return (known + (first - _EPOCH)).astype("datetime64[D]"), counts[known]

    def _dates(self, value: str) -> list[tuple[str, str]]:
        typed = fold(value.lstrip("\"'"))
        words = [(word, "") for word in SUGGESTIONS if word.strip("'").startswith(typed)]
        return (words if not typed[:1].isdigit() else []) + self._calendar(typed)[::-1]

    def _calendar(self, typed: str) -> list[tuple[str, str]]:
        """Years, or months, or days that go on from what is typed, in time."""
        days, counts = self._day_counts
        for unit, length in (("Y", 4), ("M", 7), ("D", 10)):
            if not len(days):
                break
            values, first = np.unique(days.astype(f"datetime64[{unit}]"), return_index=True)
            names = values.astype(str).tolist()
            if len(typed) < length:
                sums = np.add.reduceat(counts, first).tolist()
                return [
                    (n, _articles(count)) for n, count in zip(names, sums, strict=True) if n.startswith(typed)
                ]
            if typed[:length] not in names:
                break
            here = names.index(typed[:length])
            end = first[here + 1] if here + 1 < len(first) else len(days)
            days, counts = days[first[here] : end], counts[first[here] : end]
        return []

    def _words(self, word: str, limit: int) -> list[tuple[str, str]]:
        typed = fold_word(word)
        if len(typed) < 2:
            return []
        segments = self.snapshot.segments
        begins = [segment.terms("body").prefix(encode(typed)) for segment in segments]
        found = most_frequent(segments, "body", begins, limit + 1)
        return [(text, _articles(count)) for text, count in found if text != typed][:limit]


def _go_on() -> None:
    """A completion takes so little that nothing stops it."""


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
