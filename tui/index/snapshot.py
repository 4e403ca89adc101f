"""One generation of the index, open for reading: its segments side by side.

A *document* is an article's place in a segment; an article *number* is the store's. What is asked of all segments at
once is numbered through, segment after segment: see `Snapshot.bases`.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from tui.errors import CorpusDamaged
from tui.index.arrays import ArrayFile
from tui.index.build import VOCABULARIES, terms_of
from tui.index.lengths import length_values
from tui.index.postings import FieldPostings
from tui.index.schema import make_schema
from tui.index.sets import Docs, Flags, chosen, places
from tui.index.stems import DEFAULT_LANGUAGE, Stemmer
from tui.index.terms import Terms, encode
from tui.index.toc import latest_generation, read_toc

K1 = 1.2
B = 0.75
"""BM25's free parameters, as Whoosh has them."""

Among = frozenset[str] | None
"""The languages of articles in which a term counts; None is all."""

_MOST_MARKED = 64_000_000
"""Article numbers up to which a set of them is looked up by flags, a byte each."""


class Segment:
    """One segment's arrays. Never changes, and is shared by all snapshots that list it."""

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        self.count: int = len(file["number"])
        self._vocabularies = {name: terms_of(file, name) for name in VOCABULARIES}
        self._terms = {
            field: self._vocabularies[name] for name, fields in VOCABULARIES.items() for field in fields
        }
        self.form_keys = Terms.of(file, "forms", file.check, ("text", "key_start", "head"))
        self.postings = {field: FieldPostings(file, field) for field in self._terms}
        self.languages: tuple[str, ...] = tuple(file.meta["languages"])
        """What the column `language` counts; "" is unknown."""

    def terms(self, field: str) -> Terms:
        """The field's terms, in order; other fields of its vocabulary may have some that this one has not."""
        return self._terms[field]

    def frequency(self, field: str, term: int) -> int:
        """How many documents have the term in the field."""
        return self.postings[field].count(term)

    def column(self, name: str) -> NDArray[Any]:
        """A column: something of each document, shape (count,)."""
        return self.file.whole(name)

    @property
    def numbers(self) -> NDArray[np.uint32]:
        """The article number of each document, shape (count,)."""
        return self.column("number")

    @property
    def days(self) -> NDArray[np.int32]:
        """The day of each document as an ordinal, 0 without one, shape (count,)."""
        return self.column("day")

    @cached_property
    def _order(self) -> Docs | None:
        """The documents in order of their articles' numbers; None where they are."""
        numbers = self.numbers
        return None if bool((numbers[1:] > numbers[:-1]).all()) else np.argsort(numbers, kind="stable")

    def documents(self, numbers: NDArray[np.uint32]) -> Docs | Flags:
        """The documents of these article numbers (ascending), deleted ones too: ascending, or as flags."""
        own = self.numbers
        if not len(numbers) or not len(own):
            return np.zeros(0, np.int64)
        largest = int(numbers[-1])
        if len(numbers) * 16 > len(own) and largest <= _MOST_MARKED:
            wanted = np.zeros(largest + 2, bool)
            wanted[numbers] = True
            flags: Flags = wanted.take(np.minimum(own, np.uint32(largest + 1)))
            return flags
        order = self._order
        ordered = own if order is None else own.take(order)
        if len(numbers) > len(own):
            place = np.minimum(np.searchsorted(numbers, ordered), len(numbers) - 1)
            found = places(numbers.take(place) == ordered)
        else:
            place = np.minimum(np.searchsorted(ordered, numbers), len(own) - 1)
            found = chosen(place, ordered.take(place) == numbers)
        return found if order is None else np.sort(order.take(found))

    def in_languages(self, among: frozenset[str]) -> Flags | None:
        """Which documents are stemmed in one of these languages, shape (count,); None where all are."""
        allowed = np.array([(name or DEFAULT_LANGUAGE) in among for name in self.languages] or [True])
        return None if allowed.all() else allowed.take(self.column("language"))


class Snapshot:
    """A generation of the index. Never changes, and may be shared between threads.

    Args:
        directory: the index's.
        stemmer: the index's.
        before: an older snapshot of it, whose segments are shared as far as they are still the same.

    Raises:
        CorpusDamaged: it can't be read as what it should be.
        FileNotFoundError: there is no index.
    """

    def __init__(self, directory: Path, stemmer: Stemmer, before: Snapshot | None = None) -> None:
        self.directory = directory
        self._stemmer = stemmer
        known: dict[str, Segment] = (
            {} if before is None else dict(zip(before.names, before.segments, strict=True))
        )
        for attempt in range(5):
            self.generation = latest_generation(directory)
            if self.generation < 0:
                raise FileNotFoundError(f"there is no index in {directory}")
            try:
                self._open(known)
                break
            except FileNotFoundError as error:
                # A commit may take the files of the one before away between reading its list and opening them.
                if attempt == 4 or latest_generation(directory) == self.generation:
                    raise CorpusDamaged(
                        f"{error.filename} is missing: rebuild the index with `broadsheet index --rebuild`"
                    ) from error

    def _open(self, known: dict[str, Segment]) -> None:
        self.toc = read_toc(self.directory, self.generation)
        self.names: list[str] = [listed.segment_id() for listed in self.toc]
        self.sequence = max((listed.sequence for listed in self.toc), default=0)
        self.segments: list[Segment] = []
        self.bases: list[int] = []
        """How many documents the segments before each have."""
        self.dead: list[Docs] = []
        """The deleted documents of each segment."""
        base = 0
        for name, listed in zip(self.names, self.toc, strict=True):
            segment = known.get(name) or _segment(listed.path(self.directory))
            if segment.count != listed.doc_count_all():
                raise CorpusDamaged(
                    f"{segment.file.path} holds other articles: rebuild with `broadsheet index --rebuild`"
                )
            self.segments.append(segment)
            self.bases.append(base)
            self.dead.append(listed.dead.astype(np.int64))
            base += segment.count
        self.count = base
        """All documents, deleted ones too: what Whoosh calls `doc_count_all`."""
        self.live_count = base - sum(map(len, self.dead))
        """How many articles there are."""

    def _live(self, name: str, kind: Any) -> NDArray[Any]:
        parts = [
            segment.column(name) if not len(dead) else np.delete(segment.column(name), dead)
            for segment, dead in zip(self.segments, self.dead, strict=True)
        ]
        return np.concatenate(parts).astype(kind) if parts else np.zeros(0, kind)

    def live_numbers(self) -> NDArray[np.uint32]:
        """The numbers of all articles, in no order; made anew at each call."""
        return self._live("number", np.uint32)

    def live_days(self) -> NDArray[np.int32]:
        """The days of all articles as ordinals, 0 without one, as `live_numbers`."""
        return self._live("day", np.int32)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages there are; "" is unknown."""
        return tuple(dict.fromkeys(name for segment in self.segments for name in segment.languages))

    def language_counts(self) -> dict[str, int]:
        """How many articles are of each language."""
        counts = dict.fromkeys(self.languages, 0)
        for segment, dead in zip(self.segments, self.dead, strict=True):
            column = segment.column("language")
            here = np.bincount(column, minlength=len(segment.languages))
            here -= np.bincount(column.take(dead), minlength=len(here))
            for name, count in zip(segment.languages, here.tolist(), strict=False):
                counts[name] += count
        return counts

    @cached_property
    def stem_languages(self) -> tuple[str, ...]:
        """The languages that words are stemmed in."""
        return tuple(sorted({name or DEFAULT_LANGUAGE for name in self.languages}))

    def length_norms(self, field: str) -> NDArray[np.float64]:
        """What BM25 adds to a word's frequency for each class of a field's length, shape (16,)."""
        total = sum(int(segment.file.meta["words"][field]) for segment in self.segments)
        average = (total / max(self.count, 1)) or 1.0
        return K1 * ((1 - B) + B * length_values(field) / average)

    # Words

    def forms(self, surface: str) -> list[dict[int, Among]]:
        """For each segment the terms that share the word's stem, each with the languages of articles in which.

        The word itself counts in every language: None.
        """
        keys = {
            language: encode(f"{language}\t{self._stemmer.stem(surface, language)}")
            for language in self.stem_languages
        }
        return [self._forms(segment, surface, keys) for segment in self.segments]

    @staticmethod
    def _forms(segment: Segment, surface: str, keys: dict[str, bytes]) -> dict[int, Among]:
        members: dict[int, set[str]] = {}
        for language, key in keys.items():
            place = segment.form_keys.find(key)
            if place >= 0:
                low, high = segment.file.part("forms.start", place, place + 2).tolist()
                for term in segment.file.part("forms.terms", low, high).tolist():
                    members.setdefault(term, set()).add(language)
        limited: dict[int, Among] = {
            term: None if len(among) == len(keys) else frozenset(among) for term, among in members.items()
        }
        itself = segment.terms("body").find(encode(surface))
        if itself >= 0:
            limited[itself] = None
        return limited

    def reader(self) -> Any:
        """Whoosh's own reader of this generation: what its searcher and its query classes work on."""
        schema, storage = make_schema(), FileStorage(str(self.directory))
        readers = [SegmentReader(storage, schema, segment, self.generation) for segment in self.toc]
        if not readers:
            return EmptyReader(schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation=self.generation)


def _segment(path: Path) -> Segment:
    file = ArrayFile(path)
    try:
        return Segment(file)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise CorpusDamaged(f"{path} lacks {error}: rebuild with `broadsheet index --rebuild`") from error
