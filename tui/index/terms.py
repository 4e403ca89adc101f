"""The sorted words of one segment, searched where they lie in the file.

Beside the words themselves (`text`, one after the other, and `start`, where each begins) there are:

- `head`: the first eight bytes of every `STEP`th word as a number, so that a look-up reads a few kilobytes of these,
  and then one stretch of `STEP` words.
- `by_length`: the words' numbers, those of one letter first, then those of two, …, in order within a length;
  `length_start` says where each length begins; `signature` says of each of these words, in that order, which letters it
  has. So words that are like another are looked for among those of nearly its length, a nanosecond each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

STEP = 128
"""Words from one entry of `head` to the next."""
LONGEST = 255
"""Letters that words are told apart by in `by_length`: longer ones stand with those of so many."""
MERGED = 4_096
"""Words that a merge reads of each vocabulary at a time."""
GONE = 0xFFFFFFFF
"""The new number of a word that a merge leaves out."""
PARTS = ("text", "start", "head", "by_length", "length_start", "signature")
"""The arrays of a vocabulary."""
_BLOCK = 65_536
_KINDS = 48
_OFTEN_TWICE = "aeinorstlucdmphg"


def encode(term: str) -> bytes:
    """A term's bytes; order of bytes is order of code points."""
    return term.encode("utf-8", "surrogatepass")


Check = Callable[[str, int, int], None]
"""Told an array and what part of it will be read."""


class Named(Protocol):
    """Arrays by name: an `ArrayFile`, or a dictionary."""

    def __getitem__(self, name: str, /) -> NDArray[Any]: ...


class Terms:
    """Terms in order; a term's number is its place among them.

    Args:
        text: their bytes, uint8.
        start: where each begins, and the end, uint32, shape (terms + 1,).
        head: see the module; may be empty, then every look-up is a search through all of them.
        by_length: uint32, shape (terms,), as are the next two only needed to look for what is like a word.
        length_start: uint32, shape (LONGEST + 2,).
        signature: uint64, shape (terms,).
        check: told, before any of it is read, what part of which of these arrays will be (`text`, 0, 10); may raise.
    """

    def __init__(
        self, text: NDArray[np.uint8], start: NDArray[np.uint32], head: NDArray[np.uint64] | None = None,
        by_length: NDArray[np.uint32] | None = None, length_start: NDArray[np.uint32] | None = None,
        signature: NDArray[np.uint64] | None = None, *, check: Check | None = None,
    ) -> None:  # fmt: skip
        self.text = text
        self.starts = start
        """Where each term's bytes begin, shape (terms + 1,)."""
        self._text = text.data if len(text) else memoryview(b"")
        self._start = start.data
        self._head = head.data if head is not None and len(head) else None
        self._by_length = by_length
        self._length_start = length_start.tolist() if length_start is not None else None
        self._signature = signature
        self._count = len(start) - 1
        self._places = range(self._count)
        self._check = check
        self._checked = bytearray(self._count // STEP + 1)  # stretches of STEP terms that were, and lengths
        self._checked_lengths = bytearray(LONGEST + 1)
        if check is None:
            self._checked = bytearray(b"\1") * len(self._checked)
        elif self._head is not None:
            check("head", 0, len(self._head))

    @classmethod
    def of(cls, arrays: Named, name: str, check: Check | None = None, parts: Sequence[str] = PARTS) -> Terms:
        """The vocabulary of that name, as `term_arrays` made it.

        Args:
            arrays: by their names.
            name: before the dot.
            check: as in `Terms`, but told the whole names.
            parts: what the arrays are called in the order of `PARTS`; any but the first two may be left out.
        """
        names = {part: f"{name}.{called}" for part, called in zip(PARTS, parts, strict=False)}
        return cls(
            *(arrays[called] for called in names.values()),
            check=check and (lambda part, low, high: check(names[part], low, high)),
        )

    def _touch(self, low: int, high: int) -> None:
        """Have terms `[low, high)` checked, unless they were."""
        first, last = low // STEP, (max(high, low + 1) - 1) // STEP + 1
        if self._check is None or self._checked.find(0, first, last) < 0:
            return
        begin, end = first * STEP, min(last * STEP, self._count)
        self._check("start", begin, end + 1)
        self._check("text", self._start[begin], self._start[end])
        self._checked[first:last] = b"\1" * (last - first)

    def __len__(self) -> int:
        return self._count

    def bytes_at(self, number: int) -> bytes:
        """The term of that number, as bytes."""
        if not self._checked[number // STEP]:
            self._touch(number, number + 1)
        return bytes(self._text[self._start[number] : self._start[number + 1]])

    def __getitem__(self, number: int) -> str:
        return self.bytes_at(number).decode("utf-8", "surrogatepass")

    def bytes_slice(self, low: int, high: int) -> list[bytes]:
        """Terms `[low, high)` as bytes. One pass over them, so ask for some thousands at most."""
        if high <= low:
            return []
        self._touch(low, high)
        edges = self.starts[low : high + 1]
        whole = bytes(self._text[int(edges[0]) : int(edges[-1])])
        relative = (edges - edges[0]).tolist()
        return [whole[begin:end] for begin, end in pairwise(relative)]

    def slice(self, low: int, high: int) -> list[str]:
        """Terms `[low, high)`, some thousands at most."""
        return [term.decode("utf-8", "surrogatepass") for term in self.bytes_slice(low, high)]

    def lower_bound(self, term: bytes) -> int:
        """How many terms sort before this one."""
        low, high = 0, self._count
        if self._head is not None:
            key = int.from_bytes(term[:8].ljust(8, b"\0"), "big")
            before = bisect_left(self._head, key)
            low = max(before - 1, 0) * STEP
            high = min(bisect_right(self._head, key, before) * STEP, high)
        return bisect_left(self._places, term, low, high, key=self.bytes_at)

    def find(self, term: bytes) -> int:
        """The term's number, -1 where it is not there."""
        number = self.lower_bound(term)
        return number if number < self._count and self.bytes_at(number) == term else -1

    def prefix(self, prefix: bytes) -> tuple[int, int]:
        """The numbers `[low, high)` of the terms that begin so."""
        return self.lower_bound(prefix), self.lower_bound(prefix + b"\xff")

    def containing(self, piece: bytes) -> NDArray[np.int64]:
        """The numbers, ascending, of the terms that hold these bytes, at least one, somewhere."""
        self._touch(0, self._count)
        last = len(self.text) - len(piece)
        places = np.flatnonzero(self.text[: max(last + 1, 0)] == piece[0])
        for offset, byte in enumerate(piece[1:], 1):
            places = places[self.text[places + offset] == byte]
        numbers = np.searchsorted(self.starts, places, "right") - 1
        numbers = numbers[places + len(piece) <= self.starts[numbers + 1]]  # none runs over into the next
        return numbers[np.diff(numbers, prepend=-1) > 0]

    # By length

    def lengths(self, shortest: int, longest: int) -> Iterator[tuple[int, int, int]]:
        """The stretches of `numbers` of each length that there is: letters, and `[low, high)`.

        Words of `LONGEST` letters and more are of any length, and are not among them.
        """
        start = self._length_start
        assert start is not None, "these terms have no lengths"
        for length in range(max(shortest, 0), min(longest, LONGEST - 1) + 1):
            low, high = start[length], start[length + 1]
            if low < high:
                if self._check is not None and not self._checked_lengths[length]:
                    self._check("by_length", low, high)
                    self._check("signature", low, high)
                    self._checked_lengths[length] = 1
                yield length, low, high

    @property
    def numbers(self) -> NDArray[np.uint32]:
        """The terms' numbers by their lengths, shape (terms,)."""
        assert self._by_length is not None, "these terms have no lengths"
        return self._by_length

    @property
    def signature(self) -> NDArray[np.uint64]:
        """The signatures of `numbers`, shape (terms,): see `signatures`."""
        assert self._signature is not None, "these terms have no signatures"
        return self._signature

    @property
    def longest(self) -> list[int]:
        """The numbers of the terms of `LONGEST` letters and more."""
        start = self._length_start
        if start is None or start[LONGEST] == start[LONGEST + 1]:
            return []
        if self._check is not None:
            self._check("by_length", start[LONGEST], start[LONGEST + 1])
        numbers: list[int] = self.numbers[start[LONGEST] : start[LONGEST + 1]].tolist()
        return numbers

    def letters(
        self, numbers: NDArray[Any], length: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint8] | NDArray[np.uint32]]]:
        """The letters of terms that all have so many, in two parts: those in ASCII, and the others.

        Yields:
            Places in `numbers`, and the terms' code points, shape (length, places).
        """
        if self._check is not None and len(numbers):
            self._touch(int(numbers.min()), int(numbers.max()) + 1)
        begins = self.starts[numbers].astype(np.int64)
        sizes = self.starts[numbers + np.uint32(1)] - begins
        narrow = sizes == length
        places = np.flatnonzero(narrow)
        if len(places):
            yield places, self.text[begins[places] + np.arange(length)[:, None]]
        if len(places) < len(narrow):
            places = np.flatnonzero(~narrow)
            sizes = sizes[places]
            ends = np.cumsum(sizes)
            gathered = self.text[np.repeat(begins[places] - ends + sizes, sizes) + np.arange(int(ends[-1]))]
            points = _code_points(gathered.tobytes())
            yield places, np.ascontiguousarray(points.reshape(len(places), length).T)


def pack(terms: Iterable[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Sorted terms as one array of bytes and where each begins."""
    return pack_bytes([encode(term) for term in terms])


def pack_bytes(encoded: Sequence[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """The same of terms that are bytes already."""
    lengths = np.fromiter(map(len, encoded), np.uint32, len(encoded))
    start = np.zeros(len(encoded) + 1, np.uint32)
    np.cumsum(lengths, out=start[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), start


def term_arrays(name: str, text: NDArray[np.uint8], start: NDArray[np.uint32]) -> dict[str, NDArray[Any]]:
    """All arrays of a vocabulary, from its packed terms; `Terms.of` reads them. .3 µs a term."""
    count = len(start) - 1
    lengths = np.zeros(count, np.uint8)
    marks = np.zeros(count, np.uint64)
    for low in range(0, count, _BLOCK):
        high = min(low + _BLOCK, count)
        lengths[low:high], marks[low:high] = _shapes(text, start[low : high + 1])
    order = np.argsort(lengths, kind="stable")  # of bytes: a radix sort
    length_start = np.zeros(LONGEST + 2, np.uint32)
    np.cumsum(np.bincount(lengths, minlength=LONGEST + 1), out=length_start[1:])
    parts: tuple[NDArray[Any], ...] = (
        text, start, head(text, start), order.astype(np.uint32), length_start, marks[order]
    )  # fmt: skip
    return {f"{name}.{part}": values for part, values in zip(PARTS, parts, strict=True)}


def head(text: NDArray[np.uint8], start: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The first eight bytes of every `STEP`th term as a number, shape (terms / STEP,)."""
    begins = start[:-1:STEP].astype(np.int64)
    ends = start[1::STEP].astype(np.int64)
    keys = np.zeros(len(begins), np.uint64)
    for place in range(8):
        there = begins + place < ends
        keys <<= np.uint64(8)
        keys[there] |= text[begins[there] + place]
    return keys


def signatures(terms: Sequence[str]) -> NDArray[np.uint64]:
    """Which letters each term has: a bit for each of `_KINDS` kinds, and for some of them one that says twice or more.

    To put a letter in or take one out changes one bit or none: terms within edit distance d differ in at most 2 d
    bits, and less by one for each letter that one is longer. One exclusive or a term sorts out nearly all that are
    further away.
    """
    return _shapes(*pack(terms))[1]


def signature_of(term: str) -> np.uint64:
    """The signature of one term: a hundredth of what it costs by arrays."""
    found = 0
    for point in map(ord, term):
        kind = int(_ASCII_KINDS[point]) if point < 128 else point % _KINDS
        once = 1 << kind
        found |= int(_TWICE[kind]) if found & once else once
    return np.uint64(found)


def _code_points(text: bytes) -> NDArray[np.uint32]:
    points = text.decode("utf-8", "surrogatepass").encode("utf-32-le", "surrogatepass")
    return np.frombuffer(points, "<u4")


def _shapes(
    text: NDArray[np.uint8], start: NDArray[np.uint32]
) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """How many letters each term has, `LONGEST` at most, and their signatures."""
    begins = start.astype(np.int64) - int(start[0])
    stretch = text[int(start[0]) : int(start[-1])]
    if len(stretch) and int(stretch.max()) >= 0x80:
        firsts = np.zeros(len(stretch) + 1, np.int64)
        np.cumsum((stretch & 0xC0) != 0x80, out=firsts[1:])
        begins = firsts[begins]
        points = _code_points(stretch.tobytes())
        kinds = np.where(points < 128, _ASCII_KINDS[np.minimum(points, 127)], points % _KINDS).astype(
            np.uint8
        )
    else:
        kinds = _ASCII_KINDS[stretch]
    lengths = np.diff(begins)
    found = np.zeros(len(lengths), np.uint64)
    waiting = np.arange(len(lengths))
    for place in range(int(lengths.max(initial=0))):
        waiting = waiting[lengths[waiting] > place]
        kind = kinds[begins[waiting] + place]
        once = _ONCE[kind]
        before = found[waiting]
        found[waiting] = before | np.where(before & once, _TWICE[kind], once)
    return np.minimum(lengths, LONGEST).astype(np.uint8), found


def _ascii_kinds() -> NDArray[np.uint8]:
    kinds = np.arange(128) % _KINDS
    kinds[ord("a") : ord("z") + 1] = np.arange(26)
    kinds[ord("0") : ord("9") + 1] = np.arange(26, 36)
    return kinds.astype(np.uint8)


def _twice() -> NDArray[np.uint64]:
    bits = np.zeros(_KINDS, np.uint64)
    for place, letter in enumerate(_OFTEN_TWICE):
        bits[ord(letter) - ord("a")] = 1 << (_KINDS + place)
    return bits


_ASCII_KINDS = _ascii_kinds()
_ONCE = np.uint64(1) << np.arange(_KINDS, dtype=np.uint64)
_TWICE = _twice()


# Several vocabularies into one


class MergedTerms(NamedTuple):
    """Some terms of several vocabularies together, those after the block before."""

    text: NDArray[np.uint8]
    """Their bytes, each term once."""
    start: NDArray[np.uint32]
    """Where each begins in `text`, shape (terms + 1,)."""
    maps: tuple[NDArray[np.uint32], ...]
    """For each vocabulary the new numbers of its next terms, `GONE` where one was left out."""


def merge_terms(
    vocabularies: Sequence[Terms], keep: Sequence[NDArray[np.bool_]] | None = None, at_once: int = MERGED
) -> Iterator[MergedTerms]:
    """All terms of several vocabularies in order, block by block, .7 µs a term.

    Holds `at_once` terms of each vocabulary. The maps of all blocks, put together, are as long as the vocabulary.

    Args:
        vocabularies: each may lack arrays but `text` and `start`.
        keep: which terms of each still have a use, shape (terms,) each; one that has none anywhere is left out.
        at_once: how many terms of each are read at a time.
    """
    read = [0] * len(vocabularies)
    waiting: list[list[bytes]] = [[] for _ in vocabularies]
    taken = [0] * len(vocabularies)
    count = 0
    while True:
        for which, terms in enumerate(vocabularies):
            if not waiting[which] and read[which] < len(terms):
                high = min(read[which] + at_once, len(terms))
                waiting[which] = terms.bytes_slice(read[which], high)
                read[which] = high
        if not any(waiting):
            return
        # No vocabulary has anything more up to the least of the last terms read.
        lasts = [
            held[-1]
            for held, place, terms in zip(waiting, read, vocabularies, strict=True)
            if place < len(terms)
        ]
        bound = min(lasts) if lasts else None
        parts: list[list[bytes]] = []
        for which, held in enumerate(waiting):
            cut = len(held) if bound is None else bisect_right(held, bound)
            parts.append(held[:cut])
            waiting[which] = held[cut:]
        wanted: list[bytes] = []
        for which, part in enumerate(parts):
            if keep is None:
                wanted += part
            else:
                wanted += compress(part, keep[which][taken[which] : taken[which] + len(part)].tolist())
            taken[which] += len(part)
        ordered = list(dict.fromkeys(sorted(wanted)))  # sorted runs: Timsort merges them
        numbers = dict(zip(ordered, range(count, count + len(ordered)), strict=True))
        count += len(ordered)
        maps = tuple(
            np.fromiter((numbers.get(term, GONE) for term in part), np.uint32, len(part))
            if keep is not None
            else np.fromiter(map(numbers.__getitem__, part), np.uint32, len(part))
            for part in parts
        )
        yield MergedTerms(*pack_bytes(ordered), maps)
