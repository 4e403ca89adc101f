"""Postings into bytes: see `tui.index.postings` for what they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tui.index.postings import (
    BITMAP_SHARE,
    FAR_NEAR,
    FAR_POSITION,
    FAR_WIDE,
    MOST_TF,
    NEAR_SHARE,
    WIDE_SHARE,
)


class Sink(Protocol):
    """Takes a file's arrays piece by piece: see `tui.index.arrays`."""

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Go on with the array of that name; one type a name."""


class PostingsWriter:
    """Encodes the postings of one field, some terms at a time, in order.

    Args:
        field: its name.
        documents: how many the segment has.
        lengths: the class of each document's length, uint8, shape (documents,).
        sink: takes the arrays.
        positions: whether the field has positions; without, every frequency is 1.
    """

    def __init__(
        self, field: str, documents: int, lengths: NDArray[np.uint8], sink: Sink, *, positions: bool = True
    ) -> None:
        self._field, self._documents, self._lengths, self._sink = field, documents, lengths, sink
        self._with_positions = positions
        self._term = self._posting = self._position = 0
        self._start = {
            "near": 0,
            "wide": 0,
            "near.far": 0,
            "wide.far": 0,
            "tf_far": 0,
            "bitmap": 0,
            "more": 0,
        }
        self._half: int | None = None  # four bits that wait for the four that share their byte
        self._write("start", np.zeros(1, np.uint32))
        for name, kind in _KINDS.items():  # every array is there, if empty
            if positions or not name.startswith(("position", "tf_far", "more")):
                self._write(name, np.zeros(0, kind))
        self._write("length", lengths)

    def _write(self, name: str, values: NDArray[Any]) -> None:
        self._sink.append(f"{self._field}.{name}", values)

    def append(
        self,
        counts: NDArray[Any],
        docs: NDArray[Any],
        tf: NDArray[Any],
        positions: NDArray[Any] | Iterable[NDArray[Any]],
    ) -> None:
        """Take the postings of the next terms.

        Args:
            counts: how many documents each term has; may be 0, shape (terms,).
            docs: ascending within a term, shape (sum of counts,).
            tf: how often each; all 1 for a field without positions.
            positions: ascending within a posting, shape (sum of tf,), or piece by piece where they are very many;
                empty for a field without.
        """
        counts = counts.astype(np.int64)
        docs = docs.astype(np.int64)
        tf = tf.astype(np.int64)
        ends = np.cumsum(counts)
        starts = ends - counts
        self._write("start", (self._posting + ends).astype(np.uint32))
        keys = (np.minimum(tf, MOST_TF).astype(np.uint8) << np.uint8(4)) | self._lengths[docs]
        self._write("keys", keys)
        bitmap = counts * BITMAP_SHARE >= max(self._documents, 1)
        near = ~bitmap & (counts * NEAR_SHARE >= self._documents)
        wide = ~(bitmap | near) & ((counts * WIDE_SHARE >= self._documents) | (self._documents < FAR_WIDE))
        wide &= counts > 0
        rare = ~(bitmap | near | wide)
        bitmap &= counts > 0
        near &= counts > 0
        gaps = np.diff(docs, prepend=0)
        first = starts[counts > 0]
        gaps[first] = docs[first]
        self._gaps("near", near, counts, gaps, np.uint8, FAR_NEAR)
        self._gaps("wide", wide, counts, gaps, np.uint16, FAR_WIDE)
        if rare.any():
            self._write("rare.docs", docs[np.repeat(rare, counts)].astype(np.uint32))
        for term in np.flatnonzero(bitmap).tolist():
            there = np.zeros(self._documents, bool)
            there[docs[starts[term] : ends[term]]] = True
            self._write("bitmap.bits", np.packbits(there, bitorder="little"))
            self._write("bitmap.term", np.array([self._term + term], np.uint32))
            self._write("bitmap.start", np.array([self._start["bitmap"]], np.uint32))
            self._start["bitmap"] += int(counts[term])
        if self._with_positions:
            self._frequencies(counts, ends, tf)
            for piece in [positions] if isinstance(positions, np.ndarray) else positions:
                self._places(piece)
        self._term += len(counts)
        self._posting += len(docs)

    def _gaps(
        self, form: str, terms: NDArray[np.bool_], counts: NDArray[np.int64], gaps: NDArray[np.int64],
        kind: Any, escape: int,
    ) -> None:  # fmt: skip
        which = np.flatnonzero(terms)
        if not len(which):
            return
        mine = gaps[np.repeat(terms, counts)]
        far = mine >= escape
        ends = np.cumsum(counts[which])
        far_before = np.concatenate([[0], np.cumsum(far)])[ends - counts[which]]
        self._write(f"{form}.term", (self._term + which).astype(np.uint32))
        self._write(f"{form}.start", (self._start[form] + ends - counts[which]).astype(np.uint32))
        self._write(f"{form}.far_start", (self._start[f"{form}.far"] + far_before).astype(np.uint32))
        self._write(f"{form}.far", mine[far].astype(np.uint32))
        self._write(f"{form}.gaps", np.minimum(mine, escape).astype(kind))
        self._start[form] += int(ends[-1])
        self._start[f"{form}.far"] += int(far.sum())

    def _frequencies(self, counts: NDArray[np.int64], ends: NDArray[np.int64], tf: NDArray[np.int64]) -> None:
        tf_ends = np.concatenate([[0], np.cumsum(tf)])
        more = tf_ends[ends] - tf_ends[ends - counts] - counts
        which = np.flatnonzero(more)
        if len(which):
            behind = np.cumsum(more[which])
            self._write("more.term", (self._term + which).astype(np.uint32))
            self._write("more.start", (self._start["more"] + behind - more[which]).astype(np.uint32))
            self._start["more"] += int(behind[-1])
        often = tf >= MOST_TF
        if often.any():
            before = np.concatenate([[0], np.cumsum(often)])
            with_often = np.flatnonzero(before[ends] > before[ends - counts])
            self._write("tf_far.term", (self._term + with_often).astype(np.uint32))
            begins = before[(ends - counts)[with_often]]
            self._write("tf_far.start", (self._start["tf_far"] + begins).astype(np.uint32))
            self._write("tf_far", tf[often].astype(np.uint32))
            self._start["tf_far"] += int(often.sum())

    def _places(self, positions: NDArray[Any]) -> None:
        far = np.flatnonzero(positions >= FAR_POSITION)
        if len(far):
            self._write("position_far", positions[far].astype(np.uint32))
            self._write("position_far_at", (self._position + far).astype(np.uint64))
        short = np.minimum(positions, FAR_POSITION)
        self._write("position_low", (short & 255).astype(np.uint8))
        high = (short >> 8).astype(np.uint8)
        if self._half is not None:
            high = np.concatenate([np.array([self._half], np.uint8), high])
        self._half = int(high[-1]) if len(high) % 2 else None
        even = high[: len(high) // 2 * 2]
        self._write("position_high", even[::2] | (even[1::2] << np.uint8(4)))
        self._position += len(positions)

    def finish(self) -> None:
        """Write what waits; nothing may follow."""
        if self._half is not None:
            self._write("position_high", np.array([self._half], np.uint8))
            self._half = None

    def add_prefix(self, prefix: bytes, docs: NDArray[Any]) -> None:
        """Keep a bitmap of the documents with any term that begins so; prefixes in order."""
        there = np.zeros(self._documents, bool)
        there[docs] = True
        self._write("prefix.bits", np.packbits(there, bitorder="little"))
        self._write("prefix.name", np.frombuffer(prefix.ljust(4, b"\0"), np.uint8).view("<u4"))


_KINDS: dict[str, Any] = {
    "keys": np.uint8,
    "near.term": np.uint32, "near.start": np.uint32, "near.far_start": np.uint32, "near.far": np.uint32,
    "near.gaps": np.uint8,
    "wide.term": np.uint32, "wide.start": np.uint32, "wide.far_start": np.uint32, "wide.far": np.uint32,
    "wide.gaps": np.uint16,
    "rare.docs": np.uint32,
    "bitmap.term": np.uint32, "bitmap.start": np.uint32, "bitmap.bits": np.uint8,
    "tf_far.term": np.uint32, "tf_far.start": np.uint32, "tf_far": np.uint32,
    "more.term": np.uint32, "more.start": np.uint32,
    "position_far": np.uint32, "position_far_at": np.uint64, "position_low": np.uint8, "position_high": np.uint8,
    "prefix.name": np.uint32, "prefix.bits": np.uint8,
}  # fmt: skip
