"""Articles into the arrays of a segment, and several segments' arrays into one.

A segment holds vocabularies (`words` for titles and bodies, `urls`, `sources`), for each field the postings of every
term of its vocabulary (`tui.index.postings`), which surfaces share a stem (`forms`), and a column for each thing
that is asked of a document: `number`, `day`, `language`, `source_of`, `entity_start` and `entities`.
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
from tui.index.postings import FieldPostings, PostingsWriter, Sink, length_classes, length_values
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

WITHOUT_POSITIONS = frozenset({"source"})
"""Fields of which there is only whether a document has the term."""

Arrays = dict[str, NDArray[Any]]


class Gathered:
    """A sink that keeps the arrays in memory."""

    def __init__(self) -> None:
        self._parts: dict[str, list[NDArray[Any]]] = {}

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Go on with the array of that name."""
        self._parts.setdefault(name, []).append(values)

    def arrays(self) -> Arrays:
        """What was appended, whole."""
        return {name: np.concatenate(parts) for name, parts in self._parts.items()}


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
        self._entities: list[NDArray[np.uint32]] = []
        self.numbers: list[int] = []
        """The articles taken so far."""
        self.tokens = 0
        """Words taken so far: what decides how much memory this holds."""

    def add(self, number: int, article: Article, entities: Sequence[int] | NDArray[Any] = ()) -> None:
        """Take one article in, with the numbers of the entities that it names."""
        self._entities.append(np.asarray(entities, np.uint32))
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
        sink = Gathered()
        entity_start = np.zeros(len(self._entities) + 1, np.uint32)
        np.cumsum([len(entities) for entities in self._entities], out=entity_start[1:])
        sink.append("number", np.array(self.numbers, np.uint32))
        sink.append("day", np.array(self._day, np.int32))
        sink.append("language", np.array(self._language, np.uint16))
        sink.append("entity_start", entity_start)
        sink.append("entities", np.concatenate([np.zeros(0, np.uint32), *self._entities]))
        totals: dict[str, float] = {}
        for name, fields in VOCABULARIES.items():
            numbers = self._vocabulary[name]
            ordered = sorted(numbers)
            rank = np.zeros(len(ordered), np.uint32)
            rank[np.fromiter(map(numbers.__getitem__, ordered), np.int64, len(ordered))] = np.arange(
                len(ordered)
            )
            terms = _term_arrays(name, ordered)
            for array_name, values in terms.items():
                sink.append(array_name, values)
            for field in fields:
                totals[field] = self._write_field(
                    sink, field, rank, terms[f"{name}.text"], terms[f"{name}.start"]
                )
            if name == "words":
                for array_name, values in self._form_arrays(ordered, rank).items():
                    sink.append(array_name, values)
            if name == "sources":
                source_of = np.zeros(len(self.numbers), np.uint32)
                source_of[np.array(self._counts["source"], bool)] = rank[self._terms["source"]] + 1
                sink.append("source_of", source_of)
        return describe(len(self.numbers), list(self._languages), totals), sink.arrays()

    def _write_field(
        self,
        sink: Sink,
        field: str,
        rank: NDArray[np.uint32],
        text: NDArray[np.uint8],
        start: NDArray[np.uint32],
    ) -> float:
        """Write the postings of a field; the sum of its lengths."""
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
        docs = docs[starts]
        with_positions = field not in WITHOUT_POSITIONS
        classes = length_classes(field, np.array(self._lengths[field], np.int64))
        writer = PostingsWriter(field, len(counts), classes, sink, positions=with_positions)
        df = np.bincount(terms[starts], minlength=len(rank))
        writer.append(
            df,
            docs,
            tf if with_positions else np.ones(len(docs), np.int64),
            positions if with_positions else positions[:0],
        )
        ends = np.concatenate([[0], np.cumsum(df)])
        for prefix, low, high in shared_prefixes(text, start, ends, len(counts)):
            writer.add_prefix(prefix, docs[ends[low] : ends[high]])
        writer.finish()
        return float(length_values(field)[classes].sum())

    def _form_arrays(self, ordered: list[str], rank: NDArray[np.uint32]) -> Arrays:
        groups: dict[str, list[int]] = {}
        stem = self._stemmer.stem
        for language, words in sorted(self._language_words.items()):
            for number in np.sort(rank[np.fromiter(words, np.int64, len(words))]).tolist():
                groups.setdefault(f"{language}\t{stem(ordered[number], language)}", []).append(number)
        return form_arrays(groups)


def describe(articles: int, languages: list[str], words: Mapping[str, float]) -> dict[str, Any]:
    """What a segment's file says of it.

    Args:
        articles: how many documents.
        languages: the names that the column `language` counts.
        words: for each field the sum of its lengths (the values of their classes) over all documents.
    """
    return {"articles": articles, "languages": languages, "words": dict(words)}


def shared_prefixes(
    text: NDArray[np.uint8], start: NDArray[np.uint32], ends: NDArray[np.int64], documents: int
) -> list[tuple[bytes, int, int]]:
    """Prefixes of one to three letters whose postings are so many that a bitmap is kept of them.

    Args:
        text, start: the vocabulary.
        ends: how many postings the terms before each have, shape (terms + 1,).
        documents: the segment's.

    Returns:
        Each prefix (of at most four bytes) with its terms `[low, high)`.
    """
    if len(start) < 2:
        return []
    begins = start[:-1].astype(np.int64)
    sizes = np.diff(start.astype(np.int64))
    padded = np.concatenate([text, np.zeros(16, np.uint8)])
    letters = padded[begins[:, None] + np.arange(4)].astype(np.uint32) << np.array([24, 16, 8, 0], np.uint32)
    found = []
    size = np.zeros(len(begins), np.int64)
    for _ in range(3):
        size += _BYTES_OF_LETTER[padded[begins + size]]
        np.minimum(size, 9, out=size)
        key = np.where(np.arange(4) < size[:, None], letters, 0).sum(axis=1)
        key[(size > 4) | (size > sizes)] = 0
        edges = np.concatenate([[0], np.flatnonzero(key[1:] != key[:-1]) + 1, [len(key)]])
        lows, highs = edges[:-1], edges[1:]
        shared = (key[lows] > 0) & ((ends[highs] - ends[lows]) * 2 > documents)
        for low, high in zip(lows[shared].tolist(), highs[shared].tolist(), strict=True):
            at = int(begins[low])
            found.append((text[at : at + int(size[low])].tobytes(), low, high))
    return found


_BYTES_OF_LETTER = np.array([1] * 0xC0 + [2] * 0x20 + [3] * 0x10 + [4] * 0x10, np.int64)
"""By a letter's first byte in UTF-8."""


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
    sink = Gathered()
    for column in ("number", "day"):
        sink.append(column, np.concatenate([file[column][live] for file, live in segments]))
    named = zip(segments, language_maps, strict=True)
    sink.append(
        "language", np.concatenate([renamed[file["language"][live]] for (file, live), renamed in named])
    )
    entity_counts = [np.diff(file["entity_start"])[live] for file, live in segments]
    sink.append(
        "entity_start", np.concatenate([[0], np.cumsum(np.concatenate(entity_counts))]).astype(np.uint32)
    )
    entities = [file["entities"][np.repeat(live, np.diff(file["entity_start"]))] for file, live in segments]
    sink.append("entities", np.concatenate(entities))
    totals: dict[str, float] = {}
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
        term_arrays = _term_arrays(name, kept)
        for array_name, values in term_arrays.items():
            sink.append(array_name, values)
        for field, (terms, docs, tf, positions) in postings.items():
            classes = np.concatenate([file[f"{field}.length"][live] for file, live in segments])
            totals[field] = float(length_values(field)[classes].sum())
            writer = PostingsWriter(
                field, len(classes), classes, sink, positions=field not in WITHOUT_POSITIONS
            )
            df = np.bincount(renumber[terms], minlength=len(kept))
            writer.append(df, docs, tf, positions)
            ends = np.concatenate([[0], np.cumsum(df)])
            text, start = term_arrays[f"{name}.text"], term_arrays[f"{name}.start"]
            for prefix, low, high in shared_prefixes(text, start, ends, len(classes)):
                writer.add_prefix(prefix, docs[ends[low] : ends[high]])
            writer.finish()
        if name == "words":
            for array_name, values in _merge_forms(segments, maps, used, renumber).items():
                sink.append(array_name, values)
        if name == "sources":
            source_of = [
                np.concatenate([[0], renumber[places] + 1])[file["source_of"][live]]
                for (file, live), places in zip(segments, maps, strict=True)
            ]
            sink.append("source_of", np.concatenate(source_of).astype(np.uint32))
    arrays = sink.arrays()
    return describe(len(arrays["number"]), languages, totals), arrays


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
        reader = FieldPostings(file, field)
        counts, docs, tf, positions = reader.stretch(0, len(renumber))
        keep = live[docs]
        terms = np.repeat(renumber, counts)
        place = np.cumsum(live, dtype=np.int64) - 1 + base
        if reader.has_positions:
            positions = positions[np.repeat(keep, tf)]
        parts.append((terms[keep], place[docs[keep]], tf[keep], positions))
        base += int(live.sum())
    terms, docs, tf, positions = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(terms, kind="stable")
    old_start = (np.cumsum(tf) - tf)[order]
    terms, docs, tf = terms[order], docs[order], tf[order]
    if field in WITHOUT_POSITIONS:
        return terms, docs, tf, positions
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
