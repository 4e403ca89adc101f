"""Articles into the arrays of a segment, and several segments' arrays into one.

A segment holds vocabularies (`words` for titles and bodies, `urls`, `sources`), and for each field the postings of
every term of its vocabulary: `start` (where a term's postings begin), `docs`, `tf` and `positions`, each one array
for all terms, in the order of the terms. So the postings of all words that begin with `s` are one slice.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.article import Article
from tui.folding import fold
from tui.index.arrays import ArrayFile
from tui.index.stems import DEFAULT_LANGUAGE, Stemmer
from tui.index.terms import Terms, head, pack, term_arrays
from tui.index.tokens import Tokenizer

PARAGRAPH_GAP = 64
"""Positions between paragraphs: more than any slop, so no phrase runs from one into the next."""

VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "words": ("title", "body"),
    "urls": ("url",),
    "sources": ("source",),
}
"""Which fields share a list of terms."""

Arrays = dict[str, NDArray[Any]]


def _narrow(values: NDArray[Any]) -> NDArray[Any]:
    """The same numbers in the smallest unsigned type that holds them."""
    largest = int(values.max()) if len(values) else 0
    return values.astype(np.uint8 if largest < 256 else np.uint16 if largest < 65536 else np.uint32)


class SegmentBuilder:
    """Gathers articles, then gives a segment's arrays."""

    def __init__(self, tokenizer: Tokenizer, stemmer: Stemmer) -> None:
        self._tokenizer = tokenizer
        self._stemmer = stemmer
        self._vocabulary: dict[str, dict[str, int]] = {name: {} for name in VOCABULARIES}
        fields = [field for fields in VOCABULARIES.values() for field in fields]
        self._terms = {field: array("I") for field in fields}
        self._positions = {field: array("I") for field in fields}
        self._counts: dict[str, list[int]] = {field: [] for field in fields}
        self._lengths: dict[str, list[int]] = {field: [] for field in fields}
        self._language_words: dict[str, set[int]] = {}
        self._languages: dict[str, int] = {}
        self._language: list[int] = []
        self._day: list[int] = []
        self.numbers: list[int] = []
        """The articles taken so far."""
        self.tokens = 0
        """Words taken so far: what decides how much memory this holds."""

    def add(self, number: int, article: Article) -> None:
        """Take one article in."""
        self.numbers.append(number)
        self._day.append(article.date.toordinal() if article.date else 0)
        language = article.language or ""
        self._language.append(self._languages.setdefault(language, len(self._languages)))
        words = self._language_words.setdefault(language or DEFAULT_LANGUAGE, set())
        words.update(self._add_text("words", "title", (article.title,)))
        words.update(self._add_text("words", "body", article.paragraphs))
        self._add_text("urls", "url", (article.url,) if article.url else ())
        self._add_source(article.source)

    def _add_text(self, vocabulary: str, field: str, texts: Sequence[str]) -> list[int]:
        numbers = self._vocabulary[vocabulary]
        terms: list[int] = []
        positions = self._positions[field]
        position = length = 0
        for text in texts:
            surfaces, places, advance = self._tokenizer.surfaces(text)
            terms += [numbers.setdefault(surface, len(numbers)) for surface in surfaces]
            positions.extend([position + place for place in places] if position else places)
            position += advance + PARAGRAPH_GAP
            length += advance
        self._terms[field].extend(terms)
        self._counts[field].append(len(terms))
        self._lengths[field].append(length)
        self.tokens += len(terms)
        return terms

    def _add_source(self, source: str | None) -> None:
        folded = fold(source).replace("\n", " ") if source else ""
        if folded:
            numbers = self._vocabulary["sources"]
            self._terms["source"].append(numbers.setdefault(folded, len(numbers)))
            self._positions["source"].append(0)
        self._counts["source"].append(1 if folded else 0)
        self._lengths["source"].append(1 if folded else 0)

    def finish(self) -> tuple[dict[str, Any], Arrays]:
        """The segment's description and arrays."""
        arrays: Arrays = {
            "number": np.array(self.numbers, np.uint32),
            "day": np.array(self._day, np.int32),
            "language": np.array(self._language, np.uint16),
        }
        for name, fields in VOCABULARIES.items():
            numbers = self._vocabulary[name]
            ordered = sorted(numbers)
            rank = np.zeros(len(ordered), np.uint32)
            rank[np.fromiter(map(numbers.__getitem__, ordered), np.int64, len(ordered))] = np.arange(
                len(ordered)
            )
            arrays |= _term_arrays(name, ordered)
            for field in fields:
                arrays |= self._field_arrays(field, rank)
            if name == "words":
                arrays |= self._form_arrays(ordered, rank)
        return _describe(arrays, list(self._languages)), arrays

    def _field_arrays(self, field: str, rank: NDArray[np.uint32]) -> Arrays:
        terms = (
            rank[np.frombuffer(self._terms[field], np.uint32)]
            if len(self._terms[field])
            else np.zeros(0, np.uint32)
        )
        counts = self._counts[field]
        docs = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
        positions = np.frombuffer(self._positions[field], np.uint32)
        order = np.argsort(terms, kind="stable")  # an article's words came in order of position
        terms, docs, positions = terms[order], docs[order], positions[order]
        first = np.ones(len(terms), bool)
        first[1:] = (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])
        starts = np.flatnonzero(first)
        tf = np.diff(starts, append=len(terms))
        lengths = np.array(self._lengths[field], np.uint32)
        return postings_arrays(field, len(rank), terms[starts], docs[starts], tf, positions, lengths)

    def _form_arrays(self, ordered: list[str], rank: NDArray[np.uint32]) -> Arrays:
        groups: dict[str, list[int]] = {}
        stem = self._stemmer.stem
        for language, words in sorted(self._language_words.items()):
            for number in np.sort(rank[np.fromiter(words, np.int64, len(words))]).tolist():
                groups.setdefault(f"{language}\t{stem(ordered[number], language)}", []).append(number)
        return form_arrays(groups)


def _describe(arrays: Arrays, languages: list[str]) -> dict[str, Any]:
    return {"articles": len(arrays["number"]), "languages": languages}


def _term_arrays(name: str, ordered: Sequence[str]) -> Arrays:
    return term_arrays(name, *pack(ordered))


def form_arrays(groups: Mapping[str, list[int]]) -> Arrays:
    """`language TAB stem` → the numbers of its surfaces, as arrays."""
    keys = sorted(groups)
    text, key_start = pack(keys)
    members = [groups[key] for key in keys]
    start = np.zeros(len(keys) + 1, np.uint32)
    np.cumsum(np.fromiter(map(len, members), np.uint32, len(members)), out=start[1:])
    terms = np.fromiter((number for member in members for number in member), np.uint32, int(start[-1]))
    return {
        "forms.text": text, "forms.key_start": key_start, "forms.head": head(text, key_start),
        "forms.start": start, "forms.terms": terms,
    }  # fmt: skip


def postings_arrays(
    field: str, term_count: int, terms: NDArray[Any], docs: NDArray[Any], tf: NDArray[Any],
    positions: NDArray[Any], lengths: NDArray[Any],
) -> Arrays:  # fmt: skip
    """Postings that are in order of (term, doc) as the arrays of a field.

    Args:
        field: its name.
        term_count: how many terms its vocabulary has.
        terms: the term of each posting, ascending.
        docs: the document of each posting.
        tf: how many positions each posting has.
        positions: all of them, shape (sum of tf,).
        lengths: how many positions each document's field takes, shape (documents,).
    """
    start = np.zeros(term_count + 1, np.uint32)
    np.cumsum(np.bincount(terms, minlength=term_count), out=start[1:])
    ends = np.zeros(len(tf) + 1, np.uint64)
    np.cumsum(tf, out=ends[1:])
    position_start = ends[start]
    if len(positions) < 2**32:
        position_start = position_start.astype(np.uint32)
    return {
        f"{field}.start": start,
        f"{field}.docs": _narrow(docs),
        f"{field}.tf": _narrow(tf),
        f"{field}.positions": _narrow(positions),
        f"{field}.position_start": position_start,
        f"{field}.length": lengths.astype(np.uint32),
    }


def merge(segments: Sequence[tuple[ArrayFile, NDArray[np.bool_]]]) -> tuple[dict[str, Any], Arrays]:
    """Several segments as one, without the articles that were deleted from them.

    Args:
        segments: each with which of its documents live, shape (documents,).
    """
    languages: list[str] = []
    language_maps = []
    for file, _ in segments:
        names = file.meta["languages"]
        languages += [name for name in names if name not in languages]
        language_maps.append(np.array([languages.index(name) for name in names], np.uint16))
    arrays: Arrays = {
        "number": np.concatenate([file["number"][live] for file, live in segments]),
        "day": np.concatenate([file["day"][live] for file, live in segments]),
        "language": np.concatenate(
            [
                renamed[file["language"][live]]
                for (file, live), renamed in zip(segments, language_maps, strict=True)
            ]
        ),
    }
    for name, fields in VOCABULARIES.items():
        lists = [_all_terms(file, name) for file, _ in segments]
        ordered = sorted(set().union(*lists))
        numbers = {term: number for number, term in enumerate(ordered)}
        maps = [np.fromiter(map(numbers.__getitem__, terms), np.uint32, len(terms)) for terms in lists]
        postings = {field: _gather(segments, maps, field) for field in fields}
        used = np.zeros(len(ordered), bool)
        for terms, *_ in postings.values():
            used[terms] = True
        renumber = np.cumsum(used, dtype=np.int64) - 1
        kept = [term for term, use in zip(ordered, used.tolist(), strict=True) if use]
        arrays |= _term_arrays(name, kept)
        for field, (terms, docs, tf, positions) in postings.items():
            lengths = np.concatenate([file[f"{field}.length"][live] for file, live in segments])
            arrays |= postings_arrays(field, len(kept), renumber[terms], docs, tf, positions, lengths)
        if name == "words":
            arrays |= _merge_forms(segments, maps, used, renumber)
    return _describe(arrays, languages), arrays


def terms_of(file: ArrayFile, name: str) -> Terms:
    """The vocabulary of that name."""
    return Terms.of(file, name)


def _all_terms(file: ArrayFile, name: str) -> list[str]:
    terms = terms_of(file, name)
    found: list[str] = []
    for low in range(0, len(terms), 4096):
        found += terms.slice(low, min(low + 4096, len(terms)))
    return found


def _gather(
    segments: Sequence[tuple[ArrayFile, NDArray[np.bool_]]], maps: Sequence[NDArray[np.uint32]], field: str
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The postings of a field of all segments, in order: terms, docs, tf, positions."""
    parts: list[tuple[NDArray[Any], ...]] = []
    base = 0
    for (file, live), renumber in zip(segments, maps, strict=True):
        docs = file[f"{field}.docs"]
        keep = live[docs]
        tf = file[f"{field}.tf"].astype(np.int64)
        terms = np.repeat(renumber, np.diff(file[f"{field}.start"]).astype(np.int64))
        place = np.cumsum(live, dtype=np.int64) - 1 + base
        positions = file[f"{field}.positions"][np.repeat(keep, tf)]
        parts.append((terms[keep], place[docs[keep]], tf[keep], positions))
        base += int(live.sum())
    terms, docs, tf, positions = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(terms, kind="stable")
    old_start = (np.cumsum(tf) - tf)[order]
    terms, docs, tf = terms[order], docs[order], tf[order]
    new_start = np.cumsum(tf) - tf
    moved = np.repeat(old_start - new_start, tf) + np.arange(len(positions))
    return terms, docs, tf, positions[moved]


def _merge_forms(
    segments: Sequence[tuple[ArrayFile, NDArray[np.bool_]]], maps: Sequence[NDArray[np.uint32]],
    used: NDArray[np.bool_], renumber: NDArray[np.int64],
) -> Arrays:  # fmt: skip
    groups: dict[str, set[int]] = {}
    for (file, _), places in zip(segments, maps, strict=True):
        keys = Terms(file["forms.text"], file["forms.key_start"])
        start = file["forms.start"].tolist()
        members = places[file["forms.terms"]]
        alive = used[members].tolist()
        names = renumber[members].tolist()
        for key_number in range(len(keys)):
            low, high = start[key_number], start[key_number + 1]
            kept = [names[i] for i in range(low, high) if alive[i]]
            if kept:
                groups.setdefault(keys[key_number], set()).update(kept)
    return form_arrays({key: sorted(kept) for key, kept in groups.items()})
