"""One generation of the index, open for reading: its segments side by side, documents numbered through.

A *document* is an article's place in this generation (segment after segment); an article *number* is the store's.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from tui.errors import CorpusDamaged
from tui.index.arrays import ArrayFile
from tui.index.build import VOCABULARIES, terms_of
from tui.index.postings import FieldPostings, length_values
from tui.index.schema import make_schema
from tui.index.stems import DEFAULT_LANGUAGE, Stemmer
from tui.index.terms import Terms, encode
from tui.index.toc import latest_generation, read_toc

K1 = 1.2
B = 0.75
"""BM25's free parameters, as Whoosh has them."""
_REMEMBERED = 8_000_000
"""Numbers that remembered postings may hold together: 64 MB at most."""


class Postings(NamedTuple):
    """Where something stands."""

    docs: NDArray[np.int64]
    """Documents, ascending, each once; deleted ones are still among them."""
    tf: NDArray[np.int64] | None
    """How often it stands in each, aligned; None where that was not asked."""


class Segment:
    """One segment's arrays and where its documents begin."""

    def __init__(self, file: ArrayFile, base: int) -> None:
        self.file = file
        self.base = base
        self.count = len(file["number"])
        self._vocabularies = {name: terms_of(file, name) for name in VOCABULARIES}
        self.form_keys = Terms(file["forms.text"], file["forms.key_start"], file["forms.head"])
        self.postings = {
            field: FieldPostings(file, field) for fields in VOCABULARIES.values() for field in fields
        }

    def terms(self, field: str) -> Terms:
        """The field's terms, in order; other fields of its vocabulary may have some that this one has not."""
        for name, fields in VOCABULARIES.items():
            if field in fields:
                return self._vocabularies[name]
        raise KeyError(field)

    def frequency(self, field: str, term: int) -> int:
        """How many documents have the term in the field."""
        return self.postings[field].count(term)


class Snapshot:
    """A generation of the index. Never changes, and may be shared between threads.

    Args:
        directory: the index's.

    Raises:
        CorpusDamaged: it can't be read as what it should be.
        FileNotFoundError: there is no index.
    """

    def __init__(self, directory: Path, stemmer: Stemmer) -> None:
        self.directory = directory
        self._stemmer = stemmer
        self._lock = threading.Lock()
        self._remembered: OrderedDict[tuple[Any, ...], Postings] = OrderedDict()
        self._remembered_size = 0
        for attempt in range(5):
            self.generation = latest_generation(directory)
            if self.generation < 0:
                raise FileNotFoundError(f"there is no index in {directory}")
            try:
                self._open()
                break
            except FileNotFoundError as error:
                # A commit may take the files of the one before away between reading its list and opening them.
                if attempt == 4 or latest_generation(directory) == self.generation:
                    raise CorpusDamaged(
                        f"{error.filename} is missing: rebuild the index with `broadsheet index --rebuild`"
                    ) from error

    def _open(self) -> None:
        self.toc = read_toc(self.directory, self.generation)
        self.sequence = max((segment.sequence for segment in self.toc), default=0)
        self.segments: list[Segment] = []
        base = 0
        dead: list[int] = []
        for listed in self.toc:
            file = ArrayFile(listed.path(self.directory))
            try:
                segment = Segment(file, base)
            except (KeyError, ValueError, TypeError) as error:
                raise CorpusDamaged(
                    f"{file.path} lacks {error}: rebuild with `broadsheet index --rebuild`"
                ) from error
            if segment.count != listed.doc_count_all():
                raise CorpusDamaged(
                    f"{file.path} holds other articles: rebuild with `broadsheet index --rebuild`"
                )
            self.segments.append(segment)
            dead += [base + document for document in listed.deleted_docs() if document < segment.count]
            base += segment.count
        self.count = base
        """All documents, deleted ones too: what Whoosh calls `doc_count_all`."""
        self.live: NDArray[np.bool_] | None = None
        """Which documents live, shape (count,); None where all do."""
        if dead:
            self.live = np.ones(base, bool)
            self.live[dead] = False

    def _joined(self, name: str, kind: Any) -> NDArray[Any]:
        parts = [segment.file[name] for segment in self.segments]
        return np.concatenate(parts).astype(kind) if parts else np.zeros(0, kind)

    @cached_property
    def numbers(self) -> NDArray[np.uint32]:
        """The article number of each document, shape (count,)."""
        return self._joined("number", np.uint32)

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """The day of each document as an ordinal, 0 without one, shape (count,)."""
        return self._joined("day", np.int32)

    @cached_property
    def _by_number(self) -> NDArray[np.int64]:
        order = np.argsort(self.numbers, kind="stable")
        return order if self.live is None else order[self.live[order]]

    def documents(self, numbers: NDArray[np.uint32]) -> NDArray[np.int64]:
        """The live documents, ascending, of these article numbers; those that are not there are left out."""
        order = self._by_number
        known = self.numbers[order]
        place = np.searchsorted(known, numbers)
        place[place == len(known)] = 0
        found = order[place[known[place] == numbers]] if len(known) else order
        return np.sort(found)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages there are; "" is unknown."""
        names: list[str] = []
        for segment in self.segments:
            names += [name for name in segment.file.meta["languages"] if name not in names]
        return tuple(names)

    @cached_property
    def language(self) -> NDArray[np.uint16]:
        """Each document's place in `languages`, shape (count,)."""
        parts = [
            np.array(
                [self.languages.index(name) for name in segment.file.meta["languages"]] or [0], np.uint16
            )[segment.file["language"]]
            for segment in self.segments
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.uint16)

    @cached_property
    def stem_languages(self) -> tuple[str, ...]:
        """The languages that words are stemmed in."""
        return tuple(sorted({name or DEFAULT_LANGUAGE for name in self.languages}))

    def length_norm(self, field: str) -> NDArray[np.float64]:
        """What BM25 adds to a word's frequency for the length of each document's field, shape (count,)."""
        with self._lock:
            norms: dict[str, NDArray[np.float64]] = self.__dict__.setdefault("_norms", {})
            if field not in norms:
                lengths = length_values(field)[self._joined(f"{field}.length", np.uint8)]
                average = (lengths.sum() / max(self.count, 1)) or 1.0
                norms[field] = K1 * ((1 - B) + B * lengths / average)
            return norms[field]

    # Words and postings

    def forms(self, surface: str) -> list[dict[int, frozenset[str] | None]]:
        """For each segment the terms that share the word's stem, each with the languages of articles in which.

        The word itself counts in every language: None.
        """
        keys = {
            language: encode(f"{language}\t{self._stemmer.stem(surface, language)}")
            for language in self.stem_languages
        }
        found: list[dict[int, frozenset[str] | None]] = []
        for segment in self.segments:
            members: dict[int, set[str]] = {}
            for language, key in keys.items():
                place = segment.form_keys.find(key)
                if place >= 0:
                    start = segment.file["forms.start"]
                    for term in segment.file["forms.terms"][
                        int(start[place]) : int(start[place + 1])
                    ].tolist():
                        members.setdefault(term, set()).add(language)
            limited: dict[int, frozenset[str] | None] = {
                term: None if len(among) == len(keys) else frozenset(among) for term, among in members.items()
            }
            itself = segment.terms("body").find(encode(surface))
            if itself >= 0:
                limited[itself] = None
            found.append(limited)
        return found

    def in_languages(self, docs: NDArray[np.int64], among: frozenset[str]) -> NDArray[np.bool_]:
        """Which of these documents are stemmed in one of these languages."""
        allowed = np.array([(name or DEFAULT_LANGUAGE) in among for name in self.languages], bool)
        return allowed[self.language[docs]]

    def remembered(self, key: tuple[Any, ...]) -> Postings | None:
        """Postings that were gathered before."""
        with self._lock:
            postings = self._remembered.get(key)
            if postings is not None:
                self._remembered.move_to_end(key)
            return postings

    def remember(self, key: tuple[Any, ...], postings: Postings) -> None:
        """Keep postings for the next key that is typed."""
        with self._lock:
            if key not in self._remembered:
                self._remembered[key] = postings
                self._remembered_size += len(postings.docs)
            while self._remembered_size > _REMEMBERED and len(self._remembered) > 1:
                _, dropped = self._remembered.popitem(last=False)
                self._remembered_size -= len(dropped.docs)

    def reader(self) -> Any:
        """Whoosh's own reader of this generation: what its searcher and its query classes work on."""
        schema, storage = make_schema(), FileStorage(str(self.directory))
        readers = [SegmentReader(storage, schema, segment, self.generation) for segment in self.toc]
        if not readers:
            return EmptyReader(schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation=self.generation)
