"""Segments of NumPy arrays in Whoosh's terms: a codec that its readers, searcher and highlighter work with.

Reading only: `tui.index.writer` makes segments. The search itself (`tui.index.evaluate`) reads the arrays without
this; Whoosh's own searcher, through this, is what it is tested against. Whoosh's standard codec would pickle every
block of postings, and so run code out of an index that somebody else made.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from tui.errors import CorpusDamaged
from tui.index.arrays import ArrayFile
from tui.index.layout import VOCABULARIES, terms_of
from tui.index.lengths import length_values
from tui.index.positions import PackedPositions
from tui.index.postings import MOST_TF, FieldPostings
from tui.index.terms import Terms

EXTENSION = ".arrays"
_SEGMENT_ID = re.compile(r"[0-9a-z]{8,32}")
_INDEX_NAME = re.compile(r"[a-z]{1,32}")


class ArraySegment(base.Segment):  # type: ignore[misc]
    """One segment, as the table of contents lists it."""

    def __init__(self, indexname: str, doccount: int = 0) -> None:
        super().__init__(indexname)
        self._doccount = doccount
        self.dead: NDArray[np.uint32] = np.zeros(0, np.uint32)
        """The documents that were deleted, ascending."""
        self.sequence = 0
        """The store's change log up to which the index that lists this segment has come."""

    def __getstate__(self) -> dict[str, Any]:
        return {
            "indexname": self.indexname,
            "segid": self.segid,
            "doccount": self._doccount,
            "deleted": _packed(self.dead, self._doccount),
            "sequence": self.sequence,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        try:
            numbers = [state["doccount"], state["sequence"]]
            if not (
                all(type(number) is int and 0 <= number < 1 << 62 for number in numbers)
                and _SEGMENT_ID.fullmatch(state["segid"])
                and _INDEX_NAME.fullmatch(state["indexname"])
            ):
                raise ValueError
            self.dead = _unpacked(state["deleted"], state["doccount"])
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CorpusDamaged(
                "the index's table of contents is damaged: rebuild with `broadsheet index --rebuild`"
            ) from error
        self.indexname = state["indexname"]
        self.segid = state["segid"]
        self.compound = False
        self._doccount = state["doccount"]
        self.sequence = state["sequence"]

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def set_doc_count(self, doccount: int) -> None:
        self._doccount = doccount

    def doc_count_all(self) -> int:
        return self._doccount

    def deleted_count(self) -> int:
        return len(self.dead)

    def deleted_docs(self) -> frozenset[int]:
        """The same as a set, for Whoosh: made at each change, of a million in .1 s."""
        made = self.__dict__.get("_set")
        if made is None or made[0] is not self.dead:
            made = self.__dict__["_set"] = self.dead, frozenset(self.dead.tolist())
        return cast("frozenset[int]", made[1])

    def delete(self, docs: NDArray[Any]) -> None:
        """Delete these documents, in any order; some may be deleted already."""
        if len(docs):
            self.dead = np.union1d(self.dead, docs).astype(np.uint32)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self.delete(np.array([docnum]))
        else:
            self.dead = self.dead[self.dead != docnum]

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted_docs()

    def path(self, directory: Path) -> Path:
        """Where the segment's arrays are."""
        return directory / f"{self.segment_id()}{EXTENSION}"


def _packed(dead: NDArray[np.uint32], documents: int) -> str:
    """Deleted documents as text, few as numbers, many as bits: bytes would need a class to be read from a pickle."""
    if 32 * len(dead) < documents:
        return "numbers " + b64encode(dead.astype("<u4").tobytes()).decode("ascii")
    flags = np.zeros(documents, bool)
    flags[dead] = True
    return "bits " + b64encode(np.packbits(flags).tobytes()).decode("ascii")


def _unpacked(text: str, documents: int) -> NDArray[np.uint32]:
    """Raises ValueError where the text is not what `_packed` says."""
    kind, encoded = text.split(" ")
    held = b64decode(encoded, validate=True)
    if kind == "bits":
        if len(held) != (documents + 7) // 8:
            raise ValueError
        return np.flatnonzero(np.unpackbits(np.frombuffer(held, np.uint8), count=documents)).astype(np.uint32)
    dead = np.frombuffer(held, "<u4").astype(np.uint32)
    if kind != "numbers" or (len(dead) and (int(dead[-1]) >= documents or (dead[1:] <= dead[:-1]).any())):
        raise ValueError
    return dead


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """What Whoosh's `SegmentReader` asks for the parts of a segment."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(ArrayFile(segment.path(Path(storage.folder))))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocumentReader:
        return ArrayDocumentReader(ArrayFile(segment.path(Path(storage.folder))), segment)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)

    def _writes_nothing(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("tui.index.writer writes segments")

    per_document_writer = field_writer = postings_writer = postings_reader = _writes_nothing


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths and deletions of a segment's documents."""

    def __init__(self, file: ArrayFile, segment: ArraySegment) -> None:
        self._file = file
        self._segment = segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        return self._segment.deleted_docs()

    def _lengths(self, fieldname: str) -> NDArray[np.float64]:
        """The values of the classes: what scores are made of."""
        return length_values(fieldname).take(self._file[f"{fieldname}.length"])

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(length_values(fieldname)[self._file[f"{fieldname}.length"][docnum]])

    def field_length(self, fieldname: str) -> int:
        return int(self._file.meta["words"][fieldname])

    def min_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).min(initial=length_values(fieldname)[-1]))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {"number": int(self._file["number"][docnum])}


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment and their postings."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        vocabularies = {name: terms_of(file, name) for name in VOCABULARIES}
        self._terms: dict[str, Terms] = {
            field: vocabularies[name] for name, fields in VOCABULARIES.items() for field in fields
        }
        self._postings = {field: FieldPostings(file, field) for field in self._terms}

    def indexed_field_names(self) -> Iterator[str]:
        return iter(sorted(self._terms))

    def _find(self, fieldname: str, text: bytes) -> int:
        """The term's number; -1 where no document has it in the field."""
        terms = self._terms.get(fieldname)
        number = terms.find(text) if terms else -1
        return number if number >= 0 and self._postings[fieldname].count(number) else -1

    def _found(self, fieldname: str, text: bytes) -> int:
        number = self._find(fieldname, text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) >= 0

    def _terms_between(self, fieldname: str, low: int) -> Iterator[bytes]:
        terms = self._terms[fieldname]
        postings = self._postings[fieldname]
        for number in range(low, len(terms)):
            if postings.count(number):
                yield terms.bytes_at(number)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for fieldname in self.indexed_field_names():
            for text in self._terms_between(fieldname, 0):
                yield fieldname, text

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name in self.indexed_field_names():
            if name >= fieldname:
                low = self._terms[name].lower_bound(prefix) if name == fieldname else 0
                for text in self._terms_between(name, low):
                    yield name, text

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        return ArrayCursor(self, fieldname)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        number = self._found(fieldname, text)
        postings = self._postings[fieldname]
        docs, tf = postings.docs(number), _weights(postings, number)
        lengths = length_values(fieldname)[postings.lengths[docs]]
        return TermInfo(
            float(tf.sum()), len(docs), int(lengths.min()), int(lengths.max()), float(tf.max()),
            int(docs[0]), int(docs[-1]),
        )  # fmt: skip

    def frequency(self, fieldname: str, text: bytes) -> float:
        number = self._find(fieldname, text)
        return float(_weights(self._postings[fieldname], number).sum()) if number >= 0 else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        number = self._find(fieldname, text)
        return self._postings[fieldname].count(number) if number >= 0 else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        return ArrayMatcher(fieldname, text, self._postings[fieldname], self._found(fieldname, text), scorer)


def _weights(postings: FieldPostings, number: int) -> NDArray[np.int64]:
    """How often a term counts in each of its documents: what a key says."""
    return np.minimum(postings.tf(number), MOST_TF)


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Walks a field's terms in order: what Whoosh's fuzzy and range terms ask for."""

    def __init__(self, reader: ArrayTermsReader, fieldname: str) -> None:
        self._reader = reader
        self._fieldname = fieldname
        self._text: bytes | None = None
        self.first()

    def first(self) -> str | None:
        return self.find(b"")

    def find(self, term: str | bytes) -> str | None:
        encoded = term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass")
        self._walk = self._reader._terms_between(
            self._fieldname, self._reader._terms[self._fieldname].lower_bound(encoded)
        )
        return self.next()

    def next(self) -> str | None:
        self._text = next(self._walk, None)
        return self.text()

    def text(self) -> str | None:
        return None if self._text is None else self._text.decode("utf-8", "surrogatepass")

    def term_info(self) -> TermInfo:
        assert self._text is not None
        return self._reader.term_info(self._fieldname, self._text)

    def is_valid(self) -> bool:
        return self._text is not None


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """One term's postings, one after the other."""

    format = PackedPositions()

    def __init__(
        self, fieldname: str, text: bytes, postings: FieldPostings, number: int, scorer: Any
    ) -> None:
        self._term = (fieldname, text)
        self._postings, self._number = postings, number
        self._docs: list[int] = postings.docs(number).tolist()
        self._tf: list[int] = _weights(postings, number).tolist()
        self._places: tuple[list[int], NDArray[np.int64]] | None = None
        self.scorer = scorer
        self._i = 0

    def reset(self) -> None:
        self._i = 0

    def copy(self) -> ArrayMatcher:
        return copy(self)

    def is_active(self) -> bool:
        return self._i < len(self._docs)

    def id(self) -> int:
        return self._docs[self._i]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._i :])

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._i += 1
        return True

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        while self._i < len(self._docs) and self._docs[self._i] < id:
            self._i += 1

    def supports_block_quality(self) -> bool:
        return False

    def weight(self) -> float:
        return float(self._tf[self._i])

    def value(self) -> bytes:
        if not self._postings.has_positions:
            return bytes(4)
        if self._places is None:
            tf, positions = self._postings.positions(self._number)
            self._places = [0, *np.cumsum(tf).tolist()], positions
        ends, positions = self._places
        return positions[ends[self._i] : ends[self._i + 1]].astype("<u4").tobytes()

    def score(self) -> float:
        return float(self.scorer.score(self)) if self.scorer else self.weight()
