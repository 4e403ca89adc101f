"""Several segments into one, without the articles that were deleted from them, in memory that does not grow with them.

Their vocabularies are merged first; then the postings of some terms at a time are read from all of them, put in order
and written. A term that very many articles have goes document by document, as its positions alone can be hundreds of
megabytes. The outcome is what `tui.index.build` would make of the articles that are left, array by array.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.arrays import ArrayFile, ArrayFileWriter
from tui.index.encoding import PostingsWriter
from tui.index.layout import VOCABULARIES, WITHOUT_POSITIONS, describe, terms_of
from tui.index.lengths import length_values
from tui.index.postings import FieldPostings
from tui.index.prefixes import Prefixes
from tui.index.stems import DEFAULT_LANGUAGE
from tui.index.terms import GONE, Terms, head, merge_terms, term_arrays

_PIECE = 400_000
"""Words whose postings are in memory at once."""
_TERMS = 1 << 16
"""Terms whose postings are put in order at once: so many that sixteen bits tell them apart, which sorts quickest."""


@dataclass
class Part:
    """One of the segments that become one."""

    file: ArrayFile
    live: NDArray[np.bool_] | None
    """Which of its documents live, shape (documents,); None where all do."""

    def __post_init__(self) -> None:
        self.count = len(self.file["number"])
        self.left = self.count if self.live is None else int(self.live.sum())
        self.base = 0
        """How many documents stand before its own."""

    def column(self, name: str) -> NDArray[Any]:
        """A column of what lives."""
        values = self.file.whole(name)
        return values if self.live is None else values[self.live]

    def moved(self, docs: NDArray[np.int64]) -> NDArray[np.int64]:
        """The new numbers of documents that live."""
        if self.live is None:
            return docs + self.base
        if not hasattr(self, "_moved"):
            self._moved = np.cumsum(self.live) - 1
        moved: NDArray[np.int64] = self._moved[docs] + self.base
        return moved

    def languages(self) -> list[str]:
        """The names of its languages, as words are stemmed."""
        return [name or DEFAULT_LANGUAGE for name in self.file.meta["languages"]]


def merge(parts: Sequence[Part], path: Path) -> int:
    """Write one segment of several.

    Args:
        parts: in order; documents are numbered through.
        path: must not exist.

    Returns:
        How many articles it has.

    Raises:
        OSError: The disk is full; then there is no file.
        CorpusDamaged: One of the segments is not as it was written.
    """
    documents = 0
    for part in parts:
        part.base = documents
        documents += part.left
    totals: dict[str, float] = {}
    with ArrayFileWriter(path) as file:
        languages = _columns(parts, file)
        for vocabulary, fields in VOCABULARIES.items():
            used = [_used(part, vocabulary) for part in parts]
            merged = _Vocabulary(parts, vocabulary, used, file)
            for field in fields:
                totals[field] = _Field(parts, merged, field).write(documents, file)
            if vocabulary == "words":
                _forms(parts, merged, used, file)
            if vocabulary == "sources":
                for part, numbers in zip(parts, merged.maps, strict=True):
                    renumbered = np.append(numbers, np.uint32(GONE)) + np.uint32(1)
                    file.append("source_of", renumbered[part.column("source_of").astype(np.int64) - 1])
        file.close(describe(documents, languages, totals))
    return documents


def _columns(parts: Sequence[Part], file: ArrayFileWriter) -> list[str]:
    """Write what is not of words; the languages."""
    languages: dict[str, int] = {}
    entities = 0
    file.append("entity_start", np.zeros(1, np.uint32))
    for part in parts:
        for name in ("number", "day"):
            file.append(name, part.column(name))
        codes = part.column("language")
        present, first = np.unique(codes, return_index=True)
        names = part.file.meta["languages"]
        renumbered = np.zeros(len(names) + 1, np.uint16)
        for code in present[np.argsort(first)].tolist():
            renumbered[code] = languages.setdefault(names[code], len(languages))
        file.append("language", renumbered[codes])
        counts = np.diff(part.file.whole("entity_start"))
        named = part.file.whole("entities")
        if part.live is not None:
            named = named[np.repeat(part.live, counts)]
            counts = counts[part.live]
        file.append("entity_start", (entities + np.cumsum(counts, dtype=np.int64)).astype(np.uint32))
        file.append("entities", named)
        entities += len(named)
    return list(languages)


def _used(part: Part, vocabulary: str) -> NDArray[np.bool_] | None:
    """Which terms articles of each language still have, shape (languages, terms); None where all stay.

    Of words only; other terms have no languages.
    """
    if part.live is None:
        return None
    count = len(terms_of(part.file, vocabulary))
    of_words = vocabulary == "words"
    names = sorted(set(part.languages())) if of_words else [""]
    used = np.zeros((max(len(names), 1), count), bool)
    language = np.zeros(part.count, np.int64)
    if of_words:
        codes = np.array([names.index(name) for name in part.languages()] or [0], np.int64)
        language = codes[part.file.whole("language")]
    for field in VOCABULARIES[vocabulary]:
        postings = FieldPostings(part.file, field)
        for low, high in _ranges(FieldPostings(part.file, field).sizes().cumsum(), _PIECE):
            counts = np.diff(part.file.part(f"{field}.start", low, high + 1))
            docs = postings.docs_between(low, high)
            keep = part.live[docs]
            terms = np.repeat(np.arange(low, high), counts)
            used[language[docs[keep]], terms[keep]] = True
    return used


def _ranges(ends: NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Ranges of terms of at most so many words together, or of one term."""
    low = 0
    while low < len(ends):
        before = int(ends[low - 1]) if low else 0
        high = int(np.searchsorted(ends, before + most, side="right"))
        high = min(max(high, low + 1), low + _TERMS)
        yield low, high
        low = high


class _Vocabulary:
    """A vocabulary of all parts, written as it is merged."""

    def __init__(
        self,
        parts: Sequence[Part],
        name: str,
        used: Sequence[NDArray[np.bool_] | None],
        file: ArrayFileWriter,
    ) -> None:
        terms = [terms_of(part.file, name) for part in parts]
        keep = None
        if any(flags is not None for flags in used):
            keep = [
                np.ones(len(own), bool) if flags is None else np.logical_or.reduce(flags)
                for own, flags in zip(terms, used, strict=True)
            ]
        self.prefixes = Prefixes()
        text, starts, self.maps = _merged(terms, keep, self.prefixes)
        self.count = len(starts) - 1
        for array, values in term_arrays(name, text, starts).items():
            file.append(array, values)
        # The same with a number for terms that have gone as well, so that it ascends: where ranges of terms begin.
        self.ascending = [np.maximum.accumulate(np.where(own == GONE, 0, own)) for own in self.maps]


def _merged(
    terms: Sequence[Terms], keep: Sequence[NDArray[np.bool_]] | None, prefixes: Prefixes | None = None
) -> tuple[NDArray[np.uint8], NDArray[np.uint32], list[NDArray[np.uint32]]]:
    """Vocabularies as one: text, start, and the new numbers of the terms of each."""
    texts, starts = [np.zeros(0, np.uint8)], [np.zeros(1, np.uint32)]
    maps: list[list[NDArray[np.uint32]]] = [[np.zeros(0, np.uint32)] for _ in terms]
    size = 0
    for block in merge_terms(terms, keep):
        if prefixes is not None:
            prefixes.add(block.text, block.start)
        texts.append(block.text)
        starts.append((block.start[1:] + size).astype(np.uint32))
        size += len(block.text)
        for numbers, more in zip(maps, block.maps, strict=True):
            numbers.append(more)
    return np.concatenate(texts), np.concatenate(starts), [np.concatenate(numbers) for numbers in maps]


class _Field:
    """The postings of one field of all parts."""

    def __init__(self, parts: Sequence[Part], vocabulary: _Vocabulary, field: str) -> None:
        self._parts, self._vocabulary, self._field = parts, vocabulary, field
        self._postings = [FieldPostings(part.file, field) for part in parts]

    def write(self, documents: int, file: ArrayFileWriter) -> float:
        """Write them; the sum of the field's lengths."""
        field, vocabulary = self._field, self._vocabulary
        classes = np.concatenate([part.column(f"{field}.length") for part in self._parts])
        writer = PostingsWriter(field, documents, classes, file, positions=field not in WITHOUT_POSITIONS)
        sizes = np.zeros(vocabulary.count, np.int64)
        for part, numbers in zip(self._parts, vocabulary.maps, strict=True):
            kept = numbers != GONE
            sizes[numbers[kept]] += FieldPostings(part.file, field).sizes()[kept]
        counted = [np.zeros(1, np.int64)]
        for low, high in _ranges(sizes.cumsum(), _PIECE):
            if high - low == 1 and sizes[low] > _PIECE:
                counted.append(self._write_one(writer, low))
            else:
                counted.append(self._write_range(writer, low, high))
        ends = np.cumsum(np.concatenate(counted))
        self._write_prefixes(writer, vocabulary.prefixes.shared(ends, documents))
        writer.finish()
        return float(length_values(field)[classes].sum())

    def _write_range(self, writer: PostingsWriter, low: int, high: int) -> NDArray[np.int64]:
        """Write the postings of some terms; how many each has."""
        found: list[tuple[NDArray[Any], ...]] = []
        for part, postings, numbers, ascending in zip(
            self._parts, self._postings, self._vocabulary.maps, self._vocabulary.ascending, strict=True
        ):
            first, last = np.searchsorted(ascending, [low, high]).tolist()
            counts, docs, tf, positions = postings.stretch(first, last)
            terms = np.repeat((numbers[first:last] - np.uint32(low)).astype(np.uint16), counts)
            if part.live is not None:
                keep = part.live[docs]
                if postings.has_positions:
                    positions = positions[np.repeat(keep, tf)]
                terms, docs, tf = terms[keep], docs[keep], tf[keep]
            found.append((terms, part.moved(docs), tf, positions))
        terms, docs, tf, positions = (np.concatenate(columns) for columns in zip(*found, strict=True))
        if len(found) > 1:
            if len(positions):
                positions = positions[np.argsort(np.repeat(terms, tf), kind="stable")]
            order = np.argsort(terms, kind="stable")  # a radix sort, of two bytes
            docs, tf = docs[order], tf[order]
        counts = np.bincount(terms, minlength=high - low)
        writer.append(counts, docs, tf, positions)
        return counts

    def _write_one(self, writer: PostingsWriter, term: int) -> NDArray[np.int64]:
        """Write the postings of a term that has very many."""
        docs, tf = [], []
        having: list[tuple[Part, FieldPostings, int]] = []
        for part, postings, numbers in zip(self._parts, self._postings, self._vocabulary.maps, strict=True):
            own = np.flatnonzero(numbers == term)
            if not len(own):
                continue
            having.append((part, postings, int(own[0])))
            here, often = postings.docs(int(own[0])), postings.tf(int(own[0]))
            if part.live is not None:
                keep = part.live[here]
                here, often = here[keep], often[keep]
            docs.append(part.moved(here))
            tf.append(often)
        counts = np.array([sum(map(len, docs))])
        writer.append(counts, np.concatenate(docs), np.concatenate(tf), _positions(having))
        return counts

    def _write_prefixes(self, writer: PostingsWriter, prefixes: Sequence[tuple[bytes, int, int]]) -> None:
        for prefix, low, high in prefixes:
            flags = []
            for part, postings, ascending in zip(
                self._parts, self._postings, self._vocabulary.ascending, strict=True
            ):
                there = postings.prefix_flags(prefix)
                if there is None:
                    there = np.zeros(part.count, bool)
                    first, last = np.searchsorted(ascending, [low, high]).tolist()
                    postings.mark(first, last, there)
                flags.append(there if part.live is None else there[part.live])
            writer.add_prefix(prefix, np.flatnonzero(np.concatenate(flags)))


def _positions(having: Sequence[tuple[Part, FieldPostings, int]]) -> Iterator[NDArray[np.int64]]:
    """The positions of one term in several parts, in order, some documents at a time."""
    for part, postings, term in having:
        count = postings.count(term)
        live = None if part.live is None else part.live[postings.docs(term)]
        step = max(_PIECE * count // max(int(postings.tf(term).sum()), 1), 1)
        for low in range(0, count, step):
            which = np.arange(low, min(low + step, count))
            if live is not None:
                which = which[live[which]]
            yield postings.positions(term, which)[1]


def _forms(
    parts: Sequence[Part],
    vocabulary: _Vocabulary,
    used: Sequence[NDArray[np.bool_] | None],
    file: ArrayFileWriter,
) -> None:
    """Write which surfaces go with each stem."""
    keys, keep, members = [], [], []
    for part, own, numbers in zip(parts, used, vocabulary.maps, strict=True):
        whole = part.file.whole
        names = Terms(whole("forms.text"), whole("forms.key_start"))
        terms = whole("forms.terms")
        of_key = np.repeat(np.arange(len(names)), np.diff(whole("forms.start")))
        if own is not None:
            languages = sorted(set(part.languages()))
            code = np.zeros(len(names), np.int64)
            for place, language in enumerate(languages):
                first, last = names.prefix(f"{language}\t".encode())
                code[first:last] = place
            alive = own[code[of_key], terms]
            of_key, terms = of_key[alive], terms[alive]
        flags = np.zeros(len(names), bool)
        flags[of_key] = True
        keys.append(names)
        keep.append(flags)
        members.append((of_key, numbers[terms]))
    text, key_start, maps = _merged(keys, keep)
    pairs = [
        (renumbered[of_key].astype(np.uint64) << np.uint64(32)) | terms
        for renumbered, (of_key, terms) in zip(maps, members, strict=True)
    ]
    together = np.unique(np.concatenate(pairs))
    start = np.zeros(len(key_start), np.uint32)
    counts = np.bincount((together >> np.uint64(32)).astype(np.int64), minlength=len(key_start) - 1)
    np.cumsum(counts, out=start[1:])
    file.append("forms.text", text)
    file.append("forms.key_start", key_start)
    file.append("forms.head", head(text, key_start))
    file.append("forms.start", start)
    file.append("forms.terms", (together & np.uint64(0xFFFFFFFF)).astype(np.uint32))
