"""Many texts into numbered words at once, as the indexer needs them.

What `tui.index.tokens` says of a text, this says of a batch, about four times as fast: the texts become one buffer of
UTF-8, which is cut into *pieces* where ASCII can't be part of a chunk; each piece is looked up in a hash table that
is probed for all of them together; and the words of known pieces are copied out as arrays. A piece that isn't known
is analysed once by `tui.index.tokens`, which stays the only place that says what a word is.

A piece is compared with the whole of the one found, eight bytes at a time, so pieces whose hashes collide are never
taken for one another. Lower case is taken for upper in ASCII, since folding does; no piece holds a byte below 0x21,
so those that fill up its last eight can't be mistaken for its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.index.tokens import analyse, chunk_pattern

_MOST_PIECES = 600_000
_MOST_WORDS = 2_000_000
"""Pieces remembered (about 50 bytes each) and their words (8 bytes each), before all are forgotten."""
_LONGEST_PIECE = 96
_MOST_LONG = 50_000
"""Bytes of the longest pieces that are remembered though no table takes them, and how many of these."""

# ASCII that can stand in a chunk keeps its place, in lower case; the rest only parts chunks.
_PIECE_BYTES = bytes(
    (ord(chr(code).lower()) if chr(code).isalnum() or chr(code) in "_'-.,&" else 0) if code < 0x80 else code
    for code in range(256)
)
# Quotation marks, dashes, ellipses, no-break spaces: what stands next to words in text that isn't ASCII.
_PARTING = [
    (lead, np.isin(np.arange(256), [char.encode()[-1] for char in chars]))
    for lead, chars in ((b"\xc2", "\u00a0\u00ab\u00bb"), (b"\xe2\x80", "\u2014\u201c\u201d\u201e\u2026"))
]
# A chunk neither begins nor ends with these.
_TRIMMED = np.isin(np.arange(256), [ord(c) for c in ",'-&"])
_STOP = ord(".")
_PADDING = 40
"""Zeros on both sides of the text: a piece's words and what stands before it can be read without asking."""

# How much of the eight bytes read from its beginning belongs to a piece of so many bytes.
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
# Odd numbers with their bits well mixed (SplitMix64's, Steele, Lea & Flood 2014).
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SPREAD = np.uint64(0x94D049BB133111EB)
_HALF = np.uint64(32)


class Tokens(NamedTuple):
    """The words of a batch, in order of document and position."""

    terms: NDArray[np.uint32]
    """Which word, as a place in `BatchTokenizer.surfaces`."""
    docs: NDArray[np.uint32]
    """In which document of the batch."""
    positions: NDArray[np.uint32]
    """Where in the document."""
    lengths: NDArray[np.uint32]
    """How many positions the texts of each document take, gaps not counted; shape (documents,)."""


class _Column:
    """An array that grows at its end."""

    def __init__(self, dtype: Any) -> None:
        self._values: NDArray[Any] = np.zeros(1024, dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> NDArray[Any]:
        """What it holds now."""
        return self._values[: self._size]

    def extend(self, values: Sequence[int] | NDArray[Any]) -> None:
        size = self._size + len(values)
        if size > len(self._values):
            grown = np.zeros(size + size // 2, self._values.dtype)
            grown[: self._size] = self.values
            self._values = grown
        self._values[self._size : size] = values
        self._size = size

    def truncate(self, size: int) -> None:
        self._size = size


class _Table:
    """Pieces of up to `8 * words` bytes and their numbers: open addressing, probed for many pieces at once."""

    def __init__(self, words: int) -> None:
        self.longest = 8 * words
        self._columns = [_Column(np.uint64) for _ in range(words)]
        self._numbers = _Column(np.int32)
        self._slots = np.full(1 << 12, -1, np.int32)

    def keys(
        self, view: NDArray[np.uint64], starts: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> list[NDArray[np.uint64]]:
        """The pieces as they are compared, eight bytes in each array."""
        keys = []
        for place in range(len(self._columns)):
            left = np.clip(sizes - 8 * place, 0, 8) if place else np.minimum(sizes, 8)
            keys.append(view[starts + 8 * place] & _MASKS.take(left))
        return keys

    def find(self, keys: list[NDArray[np.uint64]], hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Each piece's number, -1 for those that aren't known."""
        found = np.full(len(hashes), -1, np.int32)
        stored = [column.values for column in self._columns]
        numbers = self._numbers.values
        if not len(numbers):
            return found
        slots = self._first_slots(hashes)
        entries = self._slots.take(slots)
        same = entries >= 0
        for key, column in zip(keys, stored, strict=True):
            same &= column.take(entries, mode="wrap") == key
        found[same] = numbers.take(entries[same])
        pending = np.flatnonzero(~same & (entries >= 0))
        while len(pending):
            slots[pending] = after = (slots[pending] + 1) & (len(self._slots) - 1)
            entries = self._slots.take(after)
            same = entries >= 0
            open_still = same.copy()
            for key, column in zip(keys, stored, strict=True):
                same &= column.take(entries, mode="wrap") == key[pending]
            found[pending[same]] = numbers.take(entries[same])
            pending = pending[open_still & ~same]
        return found

    def add(
        self, keys: list[NDArray[np.uint64]], hashes: NDArray[np.uint64], numbers: NDArray[np.int32]
    ) -> None:
        """Remember pieces, none of which is known yet and all of which differ."""
        before = len(self._numbers)
        for column, key in zip(self._columns, keys, strict=True):
            column.extend(key)
        self._numbers.extend(numbers)
        if 2 * len(self._numbers) > len(self._slots):
            size = len(self._slots)
            while 2 * len(self._numbers) > size:
                size *= 2
            self._slots = np.full(size, -1, np.int32)
            before, hashes = 0, hash_of([column.values for column in self._columns])
        self._place(np.arange(before, len(self._numbers), dtype=np.int32), hashes)

    def _place(self, entries: NDArray[np.int32], hashes: NDArray[np.uint64]) -> None:
        slots = self._first_slots(hashes)
        while len(entries):
            free = self._slots[slots] < 0
            self._slots[slots[free]] = entries[free]  # of several that want a slot one gets it
            left = self._slots[slots] != entries
            entries = entries[left]
            slots = (slots[left] + 1) & (len(self._slots) - 1)

    def _first_slots(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        shift = np.uint64(65 - len(self._slots).bit_length())
        return (hashes * _SPREAD >> shift).astype(np.int64)


def hash_of(keys: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """One number for each piece, from all its words."""
    mixed = keys[0] * _MIX
    mixed ^= mixed >> _HALF
    for key in keys[1:]:
        mixed ^= key
        mixed *= _MIX
        mixed ^= mixed >> _HALF
    return mixed


class BatchTokenizer:
    """Texts into numbered words, with a memory of the pieces seen. Not to be shared between threads.

    The words' numbers stay the same until `clear`, which whoever owns it calls when there are more than it wants to
    hold; what is remembered of pieces is bounded without that.
    """

    def __init__(self) -> None:
        self.surfaces: list[str] = []
        """Every word met since `clear`; its number is its place."""
        self._numbers: dict[str, int] = {}
        self._forget_pieces()

    def clear(self) -> None:
        """Forget everything; words are numbered from 0 again."""
        self.surfaces = []
        self._numbers = {}
        self._forget_pieces()

    def _forget_pieces(self) -> None:
        self._tables = (_Table(2), _Table(4))
        self._long: dict[bytes, int] = {}
        # Of each piece: where its words begin in the two arrays after it, how many they are, positions it takes.
        self._first = _Column(np.int64)
        self._count = _Column(np.int32)
        self._advance = _Column(np.int32)
        self._terms = _Column(np.uint32)
        self._places = _Column(np.uint32)

    def tokenize(self, texts: Sequence[Sequence[str]], gap: int) -> Tokens:
        """The words of the documents of a batch.

        It needs up to 25 bytes for a byte of text while it works, and is quickest with batches of .3 to 2 MB.

        Args:
            texts: the texts (a title, paragraphs) of each document.
            gap: positions between one text and the next of a document.
        """
        if len(self._count) > _MOST_PIECES or len(self._terms) > _MOST_WORDS:
            self._forget_pieces()
        encoded = [text.encode("utf-8", "surrogatepass") for document in texts for text in document]
        text_count = np.fromiter(map(len, texts), np.int64, len(texts))
        sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
        buffer, starts, ends = _cut(encoded)
        lasting, pieces = self._known(buffer, starts, ends)

        text_starts = _summed(sizes + 1)[:-1] + _PADDING + 1
        first_piece = np.append(np.searchsorted(starts, text_starts), len(starts))
        first_text = _summed(text_count)
        document_piece = first_piece.take(first_text)

        counts = self._count.values.take(pieces).astype(np.int64)
        advances = _summed(self._advance.values.take(pieces))
        tokens = _summed(counts)
        lengths = np.diff(advances.take(document_piece))

        # Where a text begins less where its first piece would stand if the batch were one long text.
        document_of = np.repeat(np.arange(len(texts)), text_count)
        shift = gap * (np.arange(len(encoded)) - first_text.take(document_of))
        shift -= advances.take(document_piece.take(document_of))
        begins = advances[:-1] + np.repeat(shift, np.diff(first_piece))

        # Token for token: which of all remembered words, and where the piece stands.
        source = np.repeat(self._first.values.take(pieces) - tokens[:-1], counts)
        source += np.arange(len(source))
        positions = np.repeat(begins, counts)
        positions += self._places.values.take(source)
        docs = np.repeat(np.arange(len(texts), dtype=np.uint32), np.diff(tokens.take(document_piece)))
        answer = Tokens(
            self._terms.values.take(source), docs, positions.astype(np.uint32), lengths.astype(np.uint32)
        )
        self._keep(lasting)
        return answer

    def _known(
        self, buffer: bytearray, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[int, NDArray[np.int32]]:
        """How many pieces to remember after this batch, and each piece's number, what was new learnt."""
        sizes = ends - starts
        view = np.ndarray((len(buffer) - 7,), "<u8", buffer, strides=(1,))
        pieces = np.empty(len(starts), np.int32)
        above = -1
        for table in self._tables:
            chosen = np.flatnonzero((sizes > above) & (sizes <= table.longest))
            pieces[chosen] = self._look_up(table, buffer, view, starts[chosen], sizes[chosen])
            above = table.longest
        chosen = np.flatnonzero(sizes > above)
        spans = zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True)
        lasting, pieces[chosen] = self._look_up_long([bytes(buffer[start:end]) for start, end in spans])
        return lasting, pieces

    def _look_up(
        self, table: _Table, buffer: bytearray, view: NDArray[np.uint64], starts: NDArray[np.int64],
        sizes: NDArray[np.int64],
    ) -> NDArray[np.int32]:  # fmt: skip
        keys = table.keys(view, starts, sizes)
        hashes = hash_of(keys)
        found = table.find(keys, hashes)
        missing = np.flatnonzero(found < 0)
        while len(missing):
            # One piece of each hash; should two share theirs, the other's turn comes next time round.
            _, which = np.unique(hashes[missing], return_index=True)
            new = missing[np.sort(which)]
            begin = starts[new]
            spans = zip(begin.tolist(), (begin + sizes[new]).tolist(), strict=True)
            numbers = self._learn(bytes(buffer[start:end]) for start, end in spans)
            new_keys = [key[new] for key in keys]
            table.add(new_keys, hashes[new], numbers)
            found[missing] = table.find([key[missing] for key in keys], hashes[missing])
            missing = missing[found[missing] < 0]
        return found

    def _look_up_long(self, pieces: list[bytes]) -> tuple[int, list[int]]:
        """The numbers of pieces that no table takes.

        Most will not be met again, those in ASCII (parts of addresses) above all: these are forgotten after the batch.
        """
        known = self._long
        new = dict.fromkeys(piece for piece in pieces if piece not in known)
        kept = [piece for piece in new if len(piece) <= _LONGEST_PIECE and not piece.isascii()]
        kept = kept[: max(0, _MOST_LONG - len(known))]
        known.update(zip(kept, self._learn(kept).tolist(), strict=True))
        lasting = len(self._count)
        passing = [piece for piece in new if piece not in known]
        now = dict(zip(passing, self._learn(passing).tolist(), strict=True))
        return lasting, [now[piece] if piece in now else known[piece] for piece in pieces]

    def _keep(self, pieces: int) -> None:
        """Forget all pieces but the first so many."""
        if pieces < len(self._count):
            words = int(self._first.values[pieces])
            for column in (self._terms, self._places):
                column.truncate(words)
            for column in (self._first, self._count, self._advance):
                column.truncate(pieces)

    def _learn(self, pieces: Iterable[bytes]) -> NDArray[np.int32]:
        """Analyse pieces; their numbers."""
        numbers = self._numbers
        terms: list[int] = []
        places: list[int] = []
        counts: list[int] = []
        advances: list[int] = []
        for piece in pieces:
            if piece.isalnum() and len(piece) <= 32:  # what `analyse` does with it, sooner
                terms.append(numbers.setdefault(piece.decode("ascii"), len(numbers)))
                places.append(0)
                counts.append(1)
                advances.append(1)
                continue
            before = len(terms)
            position = 0
            text = piece.decode("utf-8", "surrogatepass")
            for match in chunk_pattern(text).finditer(text):
                chunk = analyse(match.group())
                for part in chunk.parts:
                    terms.append(numbers.setdefault(part.surface, len(numbers)))
                    places.append(position + part.position)
                position += chunk.advance
            counts.append(len(terms) - before)
            advances.append(position)
        if len(numbers) > len(self.surfaces):
            new = list(islice(reversed(numbers), len(numbers) - len(self.surfaces)))
            self.surfaces.extend(reversed(new))
        first = len(self._count)
        self._first.extend(len(self._terms) + _summed(counts)[:-1])
        self._count.extend(counts)
        self._advance.extend(advances)
        self._terms.extend(terms)
        self._places.extend(places)
        return np.arange(first, first + len(counts), dtype=np.int32)


def _cut(texts: Sequence[bytes]) -> tuple[bytearray, NDArray[np.int64], NDArray[np.int64]]:
    """The texts in one buffer (`_PADDING`, then before each text a zero), and where its pieces begin and end."""
    margin = bytes(_PADDING)
    buffer = bytearray(1).join([margin, *texts, margin]).translate(_PIECE_BYTES)
    values = np.frombuffer(buffer, np.uint8)
    if not buffer.isascii():
        for lead, lasts in _PARTING:
            at = np.flatnonzero(values == lead[0])
            for place in range(1, len(lead)):
                at = at[values[at + place] == lead[place]]
            at = at[lasts.take(values[at + len(lead)])]
            for place in range(len(lead) + 1):
                values[at + place] = 0
    inside = values != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    last = values.take(ends - 1)
    # A full stop at the end counts only after a letter that has one before it, as in `U.S.`.
    stops = (last == _STOP) & (values.take(ends - 2) < 0x80) & (values.take(ends - 3) != _STOP)
    ends = ends - (_TRIMMED.take(last) | stops)
    starts = starts + _TRIMMED.take(values.take(starts))
    return buffer, starts, np.maximum(starts, ends)


def _summed(values: Sequence[int] | NDArray[Any]) -> NDArray[np.int64]:
    """The sum of all before each, and of all at the end; shape (n + 1,)."""
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    return sums
