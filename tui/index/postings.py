"""How the postings of one field of a segment lie in its file: encoded by
`tui.index.encoding`, read by `FieldPostings`.

A posting says that a document has a term. Postings stand in the order of (term, document), so those of all terms that
begin alike are one stretch. Of each posting there are:

- a *key*, one byte: how often the term stands there (four bits, `MOST_TF` and more alike) and the class of the field's
  length (four bits). Scores depend on nothing else of a posting: they are one `take` from a table of 256.
- the document. A term takes one of four forms by how many of the segment's documents have it: a *bitmap*, a bit a
  document; *near*, gaps of one byte; *wide*, gaps of two bytes; *rare*, whole numbers. A gap too large for its form is
  escaped by the largest number, and stands in a list of its own. NumPy undoes a gap in .6 ns (`cumsum`).
- its positions: twelve bits each (eight in one array, four in another), 4095 escaping to a list of its own.

For the prefixes that many articles share there are bitmaps as well (`prefix.*`), since their stretches are long.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.arrays import ArrayFile
from tui.index.sets import runs
from tui.index.steps import FieldSteps, Steps

MOST_TF = 15
"""Frequencies in a key end here; more count as this for scores (BM25 has all but levelled off by then)."""

BITMAP_SHARE = 8
"""A term that one in so many documents has is a bitmap: no larger than gaps of a byte."""
NEAR_SHARE = 128
"""A term that one in so many documents has has gaps of one byte, nearly all below 255."""
WIDE_SHARE = 16_384
"""A term that one in so many has has gaps of two bytes; a rarer one has whole numbers."""
FAR_NEAR, FAR_WIDE, FAR_POSITION = 255, 65_535, 4_095


def _set_bits() -> NDArray[np.int64]:
    """Of each byte the place of its first bit that is set, its second, and so on, shape (256, 8)."""
    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1
    return np.argsort(1 - bits, axis=1, kind="stable")


_SET_BIT = _set_bits()


class FieldPostings:
    """The postings of one field of one segment, read where they lie.

    All documents are the segment's own numbers, from 0, as int64: what NumPy indexes quickest by.
    """

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._file, self._field = file, field
        self._start = file[f"{field}.start"].data
        self._documents = len(file[f"{field}.length"])
        self.has_positions = f"{field}.position_low" in file
        prefixes = file[f"{field}.prefix.name"].tolist() if f"{field}.prefix.name" in file else []
        self._steps = FieldSteps(file, field)
        self._prefixes = {name.to_bytes(4, "little").rstrip(b"\0"): i for i, name in enumerate(prefixes)}

    def _position_start(self, term: int) -> int:
        """Where the positions of the term begin: every posting before it has one, and some have more."""
        self._part("start", term, term + 1)
        return int(self._start[term]) + self._steps.more.before(term)

    def _part(self, name: str, low: int, high: int) -> NDArray[Any]:
        return self._file.part(f"{self._field}.{name}", low, high)

    @property
    def lengths(self) -> NDArray[np.uint8]:
        """The class of each document's length, shape (documents,); see `length_values`."""
        return self._file.whole(f"{self._field}.length")

    def extent(self, low: int, high: int) -> tuple[int, int]:
        """The stretch of postings that terms `[low, high)` have."""
        self._part("start", low, low + 1)
        self._part("start", high, high + 1)
        return self._start[low], self._start[high]

    def count(self, term: int) -> int:
        """How many documents have the term."""
        self._part("start", term, term + 2)
        return int(self._start[term + 1] - self._start[term])

    def every(self, low: int, high: int, step: int) -> list[int]:
        """Terms of `[low, high)` from one to the next of which there are about so many postings."""
        begin, end = self.extent(low, high)
        within = self._part("start", low, high)
        found: list[int] = (low + np.searchsorted(within, np.arange(begin + step, end, step))).tolist()
        return found

    def keys(self, low: int, high: int) -> NDArray[np.uint8]:
        """The keys of all postings of terms `[low, high)`, in their order; no copy."""
        return self._part("keys", *self.extent(low, high))

    # Documents

    def _form(self, term: int) -> str:
        count = self.count(term)
        if not count:
            return ""
        if count * BITMAP_SHARE >= self._documents:
            return "bitmap"
        if count * NEAR_SHARE >= self._documents:
            return "near"
        if count * WIDE_SHARE >= self._documents or self._documents < FAR_WIDE:
            return "wide"
        return "rare"

    def docs(self, term: int) -> NDArray[np.int64]:
        """The term's documents, ascending."""
        form = self._form(term)
        if form == "bitmap":
            flags = self.flags(term)
            assert flags is not None
            return np.flatnonzero(flags)
        if form == "near":
            return self._near_docs(term, term + 1)
        if form == "wide":
            return self._wide_docs(term, term + 1)
        return self._rare_docs(term, term + 1)

    def flags(self, term: int) -> NDArray[np.bool_] | None:
        """For a term of very many documents which have it, shape (documents,); None for others: see `docs`."""
        if self._form(term) != "bitmap":
            return None
        return self._bits("bitmap.bits", bisect_left(self._steps.bitmap.terms, term))

    def ranks(self, term: int, docs: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.int64]] | None:
        """Which of these documents have the term, and at which place of its list those do: 8 ns a document.

        None for a term that is not a bitmap: its list is soon made.
        """
        if self._form(term) != "bitmap":
            return None
        packed = self._packed("bitmap.bits", bisect_left(self._steps.bitmap.terms, term))
        ends = np.cumsum(np.bitwise_count(packed), dtype=np.int64)
        byte = docs >> 3
        bits = packed.take(byte) >> (docs & 7).astype(np.uint8)
        return (bits & np.uint8(1)).view(np.bool_), ends.take(byte) - np.bitwise_count(bits)

    def select(self, term: int, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The documents at these places, ascending, of the term's list; of a bitmap without making the list."""
        if self._form(term) != "bitmap":
            return self.docs(term).take(places)
        packed = self._packed("bitmap.bits", bisect_left(self._steps.bitmap.terms, term))
        ends = np.cumsum(np.bitwise_count(packed), dtype=np.int64)
        byte = np.searchsorted(ends, places, side="right")
        bits = packed.take(byte)
        within = places - ends.take(byte) + np.bitwise_count(bits)
        docs: NDArray[np.int64] = (byte << 3) | _SET_BIT[bits, within]
        return docs

    def prefix_flags(self, prefix: bytes) -> NDArray[np.bool_] | None:
        """Which documents have a term that begins so, where that is kept; None where `mark` has to find out."""
        place = self._prefixes.get(prefix)
        return None if place is None else self._bits("prefix.bits", place)

    def _bits(self, name: str, place: int) -> NDArray[np.bool_]:
        packed = self._packed(name, place)
        return np.unpackbits(packed, count=self._documents, bitorder="little").view(np.bool_)

    def _packed(self, name: str, place: int) -> NDArray[np.uint8]:
        size = -(-self._documents // 8)
        return self._part(name, place * size, (place + 1) * size)

    def mark(self, low: int, high: int, there: NDArray[np.bool_]) -> None:
        """Set the flag of every document that has any of the terms `[low, high)`.

        Args:
            low: The first term.
            high: Behind the last.
            there: Shape (documents,).
        """
        terms = self._steps.bitmap.terms
        for place in range(bisect_left(terms, low), bisect_left(terms, high)):
            np.logical_or(there, self._bits("bitmap.bits", place), out=there)
        there[self._near_docs(low, high)] = True
        there[self._wide_docs(low, high)] = True
        there[self._rare_docs(low, high)] = True

    def mark_each(self, terms: NDArray[np.int64], there: NDArray[np.bool_]) -> None:
        """The same of many terms, whatever lies between them: 6 ns a posting, and no loop over the terms.

        Args:
            terms: Their numbers, ascending.
            there: Shape (documents,).
        """
        which = np.searchsorted(np.asarray(self._steps.bitmap.terms), terms)
        for place in which[self._of_form(self._steps.bitmap, which, terms)].tolist():
            np.logical_or(there, self._bits("bitmap.bits", place), out=there)
        rare = self.counts(terms) > 0
        rare[self._of_form(self._steps.bitmap, which, terms)] = False
        for form, steps, far_steps, escape in (
            ("near", self._steps.near, self._steps.near_far, FAR_NEAR),
            ("wide", self._steps.wide, self._steps.wide_far, FAR_WIDE),
        ):
            which = np.searchsorted(np.asarray(steps.terms), terms)
            mine = self._of_form(steps, which, terms)
            rare[mine] = False
            if len(mine):
                there[self._from_scattered(form, steps, far_steps, escape, which[mine])] = True
        left = terms[rare]
        if len(left):
            begins = self._file.whole(f"{self._field}.start").take(left).astype(np.int64)
            for steps in (self._steps.near, self._steps.wide, self._steps.bitmap):
                begins -= steps.ends[np.searchsorted(np.asarray(steps.terms), left)]
            counts = self.counts(left)
            low, high = int(begins[0]), int(begins[-1] + counts[-1])
            there[self._part("rare.docs", low, high)[runs(begins - low, counts)].astype(np.int64)] = True

    def counts(self, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many documents have each of these terms."""
        start = self._file.whole(f"{self._field}.start")
        counts: NDArray[np.int64] = start.take(terms + 1).astype(np.int64) - start.take(terms)
        return counts

    @staticmethod
    def _of_form(steps: Steps, which: NDArray[np.int64], terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Places in `terms` of those that the form has, given where they would stand in it."""
        known = np.asarray(steps.terms)
        if not len(known):
            return np.zeros(0, np.int64)
        return np.flatnonzero(known[np.minimum(which, len(known) - 1)] == terms)

    def _from_scattered(
        self, form: str, steps: Steps, far_steps: Steps, escape: int, which: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The documents of the form's terms at these places, one term's after the other's."""
        begins, counts = steps.ends[which], steps.ends[which + 1] - steps.ends[which]
        low, high = int(begins[0]), int(begins[-1] + counts[-1])
        gaps = self._part(f"{form}.gaps", low, high)[runs(begins - low, counts)]
        far_counts = far_steps.ends[which + 1] - far_steps.ends[which]
        if far_counts.any():
            gaps = gaps.astype(np.int64)
            far = self._part(f"{form}.far", 0, far_steps.total)
            gaps[gaps == escape] = far[runs(far_steps.ends[which], far_counts)]
        docs: NDArray[np.int64] = np.cumsum(gaps, dtype=np.int64)
        starts = np.cumsum(counts) - counts
        docs -= np.repeat(docs[starts] - gaps[starts], counts)
        return docs

    def _near_docs(self, low: int, high: int) -> NDArray[np.int64]:
        return self._from_gaps("near", self._steps.near, self._steps.near_far, FAR_NEAR, low, high)

    def _wide_docs(self, low: int, high: int) -> NDArray[np.int64]:
        return self._from_gaps("wide", self._steps.wide, self._steps.wide_far, FAR_WIDE, low, high)

    def _from_gaps(
        self, form: str, steps: Steps, far_steps: Steps, escape: int, low: int, high: int
    ) -> NDArray[np.int64]:
        begin, end = steps.before(low), steps.before(high)
        if begin == end:
            return np.zeros(0, np.int64)
        gaps = self._part(f"{form}.gaps", begin, end)
        far_begin, far_end = far_steps.before(low), far_steps.before(high)
        if far_begin < far_end:
            gaps = gaps.astype(np.int64)
            gaps[gaps == escape] = self._part(f"{form}.far", far_begin, far_end)
        docs: NDArray[np.int64] = np.cumsum(gaps, dtype=np.int64)
        first, last = bisect_left(steps.terms, low), bisect_left(steps.terms, high)
        if last - first > 1:  # each term begins anew
            starts = np.asarray(steps.starts[first:last], np.int64) - begin
            before = docs[starts] - gaps[starts]
            docs -= np.repeat(before, np.diff(starts, append=end - begin))
        return docs

    def _rare_docs(self, low: int, high: int) -> NDArray[np.int64]:
        begin, end = self._rare_before(low), self._rare_before(high)
        return self._part("rare.docs", begin, end).astype(np.int64)

    def _rare_before(self, term: int) -> int:
        return int(
            self._start[term]
            - self._steps.near.before(term) - self._steps.wide.before(term) - self._steps.bitmap.before(term)
        )  # fmt: skip

    # Positions

    def tf(self, term: int, after: int | None = None) -> NDArray[np.int64]:
        """How often the term stands in each of its documents; with `after`, of terms `[term, after)`."""
        after = term + 1 if after is None else after
        tf: NDArray[np.int64] = (self.keys(term, after) >> np.uint8(4)).astype(np.int64)
        if self.has_positions:
            begin, end = self._steps.tf_far.before(term), self._steps.tf_far.before(after)
            if begin < end:
                tf[tf == MOST_TF] = self._part("tf_far", begin, end)
        return tf

    def positions(
        self, term: int, which: NDArray[np.int64] | None = None, after: int | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the term stands.

        Args:
            term: Its number.
            which: Places in the term's list of documents, ascending; None is all.
            after: Terms `[term, after)` are meant, and places in `docs_between`.

        Returns:
            How many positions each of those postings has, and all of them, ascending within a posting.
        """
        if which is None:
            first, tf = self._position_start(term), self.tf(term, after)
            return tf, self._unpacked(first, first + int(tf.sum()))
        tf, begins = self.located(term, which, after)
        return tf, self.positions_at(begins, tf)

    def located(
        self, term: int, which: NDArray[np.int64], after: int | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many positions each of these postings has, and where in the array of all positions they begin."""
        after = term + 1 if after is None else after
        if self._steps.tf_far.before(term) == self._steps.tf_far.before(after):
            often: NDArray[Any] = self.keys(term, after) >> np.uint8(4)
        else:
            often = self.tf(term, after)
        ends = np.cumsum(often, dtype=np.int64)
        tf = often.take(which).astype(np.int64)
        begins = ends.take(which)
        begins += self._position_start(term)
        begins -= tf
        return tf, begins

    def positions_at(self, begins: NDArray[np.int64], tf: NDArray[np.int64]) -> NDArray[np.int64]:
        """The positions of postings as `located` tells of them."""
        return self._places(runs(begins, tf))

    def _unpacked(self, low: int, high: int) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self._part("position_low", low, high).astype(np.int64)
        packed = self._part("position_high", low >> 1, (high + 1) >> 1)
        high_bits = np.empty(2 * len(packed), np.uint8)
        high_bits[::2], high_bits[1::2] = packed & np.uint8(15), packed >> np.uint8(4)
        found |= high_bits[low & 1 :][: high - low].astype(np.int64) << 8
        return self._with_far(found, np.arange(low, high))

    # Ranges of terms

    def stretch(
        self, low: int, high: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """All postings of terms `[low, high)`, as `PostingsWriter.append` takes them: counts, docs, tf, positions."""
        counts: NDArray[np.int64] = np.diff(self._part("start", low, high + 1)).astype(np.int64)
        docs, tf = self.docs_between(low, high), self.tf(low, high)
        if not self.has_positions:
            return counts, docs, tf, np.zeros(0, np.int64)
        return counts, docs, tf, self._unpacked(self._position_start(low), self._position_start(high))

    def sizes(self) -> NDArray[np.int64]:
        """How many words, or postings where there are no positions, each term has, shape (terms,)."""
        sizes: NDArray[np.int64] = np.diff(self._file.whole(f"{self._field}.start")).astype(np.int64)
        if self.has_positions:
            sizes[np.asarray(self._steps.more.terms)] += np.diff(self._steps.more.ends)
        return sizes

    def docs_between(self, low: int, high: int) -> NDArray[np.int64]:
        """The documents of terms `[low, high)`, one term's after the other's."""
        if high - low == 1:
            return self.docs(low)
        counts: NDArray[np.int64] = np.diff(self._part("start", low, high + 1)).astype(np.int64)
        form = np.zeros(high - low, np.uint8)
        steps = (self._steps.near, self._steps.wide, self._steps.bitmap)
        for number, step in enumerate(steps, 1):
            first, last = bisect_left(step.terms, low), bisect_left(step.terms, high)
            form[np.asarray(step.terms[first:last], np.int64) - low] = number
        forms = np.repeat(form, counts)
        docs = np.empty(len(forms), np.int64)
        docs[forms == 0] = self._rare_docs(low, high)
        docs[forms == 1] = self._near_docs(low, high)
        docs[forms == 2] = self._wide_docs(low, high)
        first, last = bisect_left(self._steps.bitmap.terms, low), bisect_left(self._steps.bitmap.terms, high)
        if first < last:
            bits = (self._bits("bitmap.bits", place) for place in range(first, last))
            docs[forms == 3] = np.concatenate([np.flatnonzero(flags) for flags in bits])
        return docs

    def _places(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        if not len(at):
            return at
        low, high = int(at[0]), int(at[-1]) + 1
        self._part("position_low", low, high)
        self._part("position_high", low >> 1, (high + 1) >> 1)
        found: NDArray[np.int64] = self._file[f"{self._field}.position_low"].take(at).astype(np.int64)
        packed = self._file[f"{self._field}.position_high"].take(at >> 1)
        packed >>= at.astype(np.uint8) % np.uint8(2) * np.uint8(4)
        packed &= np.uint8(15)
        found += packed.astype(np.int64) << 8
        return self._with_far(found, at)

    def _with_far(self, found: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
        far_at = self._file.whole(f"{self._field}.position_far_at")
        if len(far_at) and len(at):
            far = np.flatnonzero(found == FAR_POSITION)
            if len(far):
                place = np.searchsorted(far_at, at[far].astype(np.uint64))
                found[far] = self._file.whole(f"{self._field}.position_far")[place]
        return found
