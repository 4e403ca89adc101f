"""What could stand where the cursor is: fields, values of fields, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tui.folding import fold, fold_word
from tui.index.articles import FLAGS, Columns
from tui.index.dates import SUGGESTIONS
from tui.index.leaves import NAME_FIELDS, SHOWN_FIELDS
from tui.index.snapshot import Snapshot
from tui.index.terms import encode

_BEFORE = re.compile(r"(?P<field>\w+):(?P<value>\"[^\"]*|'[^']*|[^\s()]*)$|(?P<word>[^\s():\"]*)$")
_MOST_TERMS = 4_000
"""Words that begin so that are weighed; of more, the first."""

_MEANINGS = {
    "title": "words of the title", "source": "the outlet", "url": "words of the address",
    "date": "2021-12-16, 'last week'",
    "person": "who is named", "org": "which organisation is named", "place": "which place is named",
    "entity": "any name", "lang": "language of the article", "is": "unread, read or starred",
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
    """Completes queries over one snapshot and the store's columns."""

    def __init__(self, snapshot: Snapshot, columns: Columns) -> None:
        self._snapshot = snapshot
        self._columns = columns

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
            return self._names(NAME_FIELDS[field], fold(typed), limit)
        if field == "source":
            return self._sources(fold(typed))
        if field in ("lang", "language"):
            return self._languages(fold(typed))
        if field == "is":
            return [(flag, "") for flag in FLAGS if flag.startswith(fold(typed))]
        if field == "date":
            return self._dates(value)
        return None

    def _names(self, field: str, typed: str, limit: int) -> list[tuple[str, str]]:
        kind: Literal["person", "organisation", "place"] | None
        kind = {"person": "person", "org": "organisation", "place": "place"}.get(field)  # type: ignore[assignment]
        columns = self._columns
        counts = np.bincount(columns.entities, minlength=len(columns.entity_names))
        found: list[tuple[str, str]] = []
        for entity in np.argsort(-counts, kind="stable").tolist():
            if kind is not None and columns.entity_types[entity] != kind:
                continue
            name = columns.entity_names[entity]
            if f" {typed}" in f" {fold(name)}":
                found.append((_quoted(name), _articles(int(counts[entity]))))
            if len(found) >= limit:
                break
        return found

    def _sources(self, typed: str) -> list[tuple[str, str]]:
        sources = self._columns.source
        counts = np.bincount(sources[sources >= 0], minlength=len(self._columns.source_names)).tolist()
        found = [
            (typed not in fold(name)[: len(typed)], -count, name)
            for name, count in zip(self._columns.source_names, counts, strict=True)
            if typed in fold(name)
        ]
        return [(_quoted(name), _articles(-count)) for _, count, name in sorted(found)]

    def _languages(self, typed: str) -> list[tuple[str, str]]:
        names = self._snapshot.languages
        counts = np.bincount(self._snapshot.language, minlength=len(names)).tolist()
        ordered = sorted(
            (-count, name) for name, count in zip(names, counts, strict=True) if name.startswith(typed)
        )
        return [(name, _articles(-count)) for count, name in ordered if name]

    def _dates(self, value: str) -> list[tuple[str, str]]:
        typed = fold(value.lstrip("\"'"))
        words = [(word, "") for word in SUGGESTIONS if word.strip("'").startswith(typed)]
        days = self._snapshot.days
        known = (days[days > 0].astype(np.int64) - 719_163).astype("datetime64[D]")
        unit = "Y" if len(typed) < 4 else "M" if len(typed) < 7 else "D"
        values, counts = np.unique(known.astype(f"datetime64[{unit}]"), return_counts=True)
        numeric = [
            (str(day), _articles(count))
            for day, count in zip(
                values.tolist() if unit == "D" else values.astype(str), counts.tolist(), strict=True
            )
            if str(day).startswith(typed) and str(day) != typed
        ]
        return (words if not typed[:1].isdigit() else []) + numeric[::-1]

    def _words(self, word: str, limit: int) -> list[tuple[str, str]]:
        typed = fold_word(word)
        if len(typed) < 2:
            return []
        counts: dict[str, int] = {}
        begins = encode(typed)
        for segment in self._snapshot.segments:
            terms = segment.terms("body")
            low, high = terms.prefix(begins)
            high = min(high, low + _MOST_TERMS)
            for index, text in enumerate(terms.slice(low, high), low):
                counts[text] = counts.get(text, 0) + segment.frequency("body", index)
        ordered = sorted((-count, text) for text, count in counts.items() if count and text != typed)
        return [(text, _articles(-count)) for count, text in ordered[:limit]]


def _quoted(value: str) -> str:
    return value if re.fullmatch(r"[\w.*-]+", value) else '"' + value.replace('"', "") + '"'


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
