"""A file of named NumPy arrays that is read through a memory map: what a segment of the index is made of.

A header in JSON says where each array stands and of what type; reading it can run no code. Pages come in as they are
touched, so opening costs the header alone, and what readers share stays in the system's cache. Of every 64 kB of an
array there is a checksum. It is compared when the block is touched first, so that damage is found where it is about
to be believed, and no sooner.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tui.errors import CorpusDamaged
from tui.index.format import FORMAT as FORMAT

MAGIC = b"BROADSHT"
_ALIGN = 64
_TYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f4"})
_BLOCK_BITS = 16
_BLOCK = 1 << _BLOCK_BITS
_HELD = 4 * _BLOCK
"""Bytes of an array that wait in memory before they go to a temporary file."""
_SMALL = 2 * _BLOCK
"""An array of so many bytes is checked whole when it is first asked for."""
_REBUILD = "rebuild the index with `broadsheet index --rebuild`"


class NewerFormat(CorpusDamaged):
    """The index was written by a newer version of the program, which knows better than to throw it away."""


class _Growing:
    """One array that is being written: a checksum a block, and the bytes, on disk once they are many."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.count = self.size = 0
        self.checksums: list[int] = []
        self._folder = folder
        self._held = bytearray()
        self._spilled: BinaryIO | None = None

    def append(self, data: memoryview) -> None:
        for start in range(0, len(data), 64 * _BLOCK):
            self._held += data[start : start + 64 * _BLOCK]
            if len(self._held) >= _HELD:
                self._spill(len(self._held) // _BLOCK * _BLOCK)
        self.size += len(data)

    def _spill(self, whole: int) -> None:
        if self._spilled is None:
            self._spilled = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
        with memoryview(self._held) as held:
            self._sum(held[:whole])
            done = 0
            while done < whole:
                done += self._spilled.write(held[done:whole])
        del self._held[:whole]

    def _sum(self, data: memoryview) -> None:
        self.checksums += [zlib.crc32(data[at : at + _BLOCK]) for at in range(0, len(data), _BLOCK)]

    def finish(self) -> None:
        """Checksum what is left."""
        with memoryview(self._held) as held:
            self._sum(held)

    def copy_to(self, file: BinaryIO) -> None:
        if self._spilled is not None:
            _copy(self._spilled, file, self.size - len(self._held))
        file.write(self._held)
        file.flush()

    def close(self) -> None:
        if self._spilled is not None:
            self._spilled.close()


def _copy(source: BinaryIO, target: BinaryIO, size: int) -> None:
    """Copy all of a file behind what the other has, in the kernel where it can."""
    target.flush()
    done = 0
    try:
        while done < size:
            copied = os.copy_file_range(source.fileno(), target.fileno(), size - done, done)
            if not copied:
                break
            done += copied
    except (OSError, AttributeError) as error:
        # Neither every system nor every file system can: then what is left goes through this process.
        if isinstance(error, OSError) and error.errno in _FULL:
            raise
    target.seek(0, os.SEEK_END)
    source.seek(done)
    while piece := source.read(16 * _BLOCK):
        target.write(piece)


_FULL = frozenset({27, 28, 122, 5})  # EFBIG, ENOSPC, EDQUOT, EIO


class ArrayFileWriter:
    """Writes a file array by array, each piece by piece and all at once, in memory that does not grow with them.

    Use as a context manager: without `close` nothing is left. A large array waits in an unnamed temporary file in
    the same folder, which goes with the process.

    Args:
        path: must not exist; it appears at `close`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._arrays: dict[str, _Growing] = {}

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Go on with the array of that name; one-dimensional, and of one type for all pieces."""
        little = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
        array = self._arrays.get(name)
        if array is None:
            array = self._arrays[name] = _Growing(little.dtype.str, self.path.parent)
        if array.kind != little.dtype.str or array.kind not in _TYPES:
            raise TypeError(f"{name} is {array.kind}, not {little.dtype.str}")
        if len(little):
            array.count += len(little)
            array.append(little.data.cast("B"))

    def count(self, name: str) -> int:
        """How many numbers that array has by now."""
        return self._arrays[name].count if name in self._arrays else 0

    def close(self, meta: Mapping[str, Any]) -> None:
        """Write the file and see it onto the disk.

        Args:
            meta: anything that JSON holds.
        """
        directory: dict[str, list[Any]] = {}
        checksums: list[int] = []
        offset = 0
        for name, array in self._arrays.items():
            array.finish()
            directory[name] = [array.kind, array.count, offset, len(checksums)]
            checksums += array.checksums
            offset += -(-array.size // _ALIGN) * _ALIGN
        sums = np.array(checksums, "<u4").tobytes()
        header = json.dumps(
            {"format": FORMAT, "meta": meta, "arrays": directory, "bytes": offset, "sums": len(checksums)}
        ).encode()
        head = header + sums
        try:
            with self.path.open("xb") as file:
                file.write(MAGIC + struct.pack("<III", len(header), len(head), zlib.crc32(head)) + head)
                base = _base(len(head))
                for name, array in self._arrays.items():
                    file.write(b"\0" * (base + directory[name][2] - file.tell()))
                    array.copy_to(file)
                    array.close()
                file.write(b"\0" * (base + offset - file.tell()))
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            self.path.unlink(missing_ok=True)  # a full disk should not be left fuller
            raise
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of everything that was not written."""
        for array in self._arrays.values():
            array.close()
        self._arrays = {}

    def __enter__(self) -> ArrayFileWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()


def write_arrays(path: Path, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write a file of arrays that are there whole; see `ArrayFileWriter`."""
    with ArrayFileWriter(path) as writer:
        for name, values in arrays.items():
            writer.append(name, values)
        writer.close(meta)


_FIXED = 20
"""Bytes before the header: magic, the header's length, its length with the checksums, and the checksum of both."""


def _base(head: int) -> int:
    return -(-(_FIXED + head) // _ALIGN) * _ALIGN


class _Array:
    """One array as it lies in the map."""

    __slots__ = ("left", "sums", "touched", "values", "width")

    def __init__(self, values: NDArray[Any], sums: NDArray[np.uint32]) -> None:
        self.values = values
        self.width = values.itemsize
        self.sums = sums
        self.left = len(sums)
        """Blocks not compared yet."""
        self.touched = bytearray(len(sums))


class ArrayFile:
    """A file that `ArrayFileWriter` made, open for reading. May be shared between threads.

    Raises:
        CorpusDamaged: it is not such a file, is cut short, or of another format. Later, too, from whatever reads:
            a block is not what was written.
        OSError: it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _FIXED:
                raise CorpusDamaged(f"{path} is cut short: {_REBUILD}")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header, head = self._header(size)
        base = _base(head)
        try:
            self.meta: dict[str, Any] = header["meta"]
            self._directory: dict[str, list[Any]] = header["arrays"]
            ends = [
                offset + np.dtype(kind).itemsize * count
                for kind, count, offset, _ in self._directory.values()
                if kind in _TYPES and count >= 0 and offset >= 0
            ]
            whole = len(ends) == len(self._directory) and size == base + header["bytes"]
            if not whole or max(ends, default=0) > header["bytes"]:
                raise ValueError
            self._sums = np.frombuffer(self._map, "<u4", header["sums"], _FIXED + head - 4 * header["sums"])
        except (KeyError, TypeError, ValueError) as error:
            raise CorpusDamaged(f"{path} is cut short or damaged: {_REBUILD}") from error
        self._base = base
        self._opened: dict[str, _Array] = {}

    def _header(self, size: int) -> tuple[dict[str, Any], int]:
        length, head, checksum = struct.unpack_from("<III", self._map, 8)
        if self._map[:8] != MAGIC:
            raise CorpusDamaged(f"{self.path} is not an index file or is damaged: {_REBUILD}")
        if length > head or _FIXED + head > size:
            raise CorpusDamaged(f"{self.path} is damaged or of another index format: {_REBUILD}")
        encoded = self._map[_FIXED : _FIXED + head]
        if zlib.crc32(encoded) != checksum:
            raise CorpusDamaged(f"{self.path} is damaged or of another index format: {_REBUILD}")
        header: dict[str, Any] = json.loads(encoded[:length])
        found = header.get("format")
        other = f"{self.path} is of index format {found}, this program's is {FORMAT}:"
        if isinstance(found, int) and found > FORMAT:
            raise NewerFormat(f"{other} use the newer program, or {_REBUILD}")
        if found != FORMAT:
            raise CorpusDamaged(f"{other} {_REBUILD}")
        return header, head

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def _array(self, name: str) -> _Array:
        array = self._opened.get(name)
        if array is None:
            kind, count, offset, first = self._directory[name]
            values = np.frombuffer(self._map, dtype=kind, count=count, offset=self._base + offset)
            blocks = -(-values.nbytes // _BLOCK)
            array = self._opened[name] = _Array(values, self._sums[first : first + blocks])
        return array

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A read-only view of the array; no copy.

        A small array is checked whole. Who reads a large one in this way calls `check` for what it touches, or takes
        `part` or `whole`.
        """
        array = self._array(name)
        if array.left and array.values.nbytes <= _SMALL:
            self._check(name, array, 0, len(array.touched))
        return array.values

    def part(self, name: str, low: int, high: int) -> NDArray[Any]:
        """A read-only view of `[low, high)` of the array; no copy."""
        array = self._opened.get(name) or self._array(name)
        if array.left and low < high:
            self._check(
                name,
                array,
                low * array.width >> _BLOCK_BITS,
                (high * array.width - 1 >> _BLOCK_BITS) + 1,
            )
        return array.values[low:high]

    def whole(self, name: str) -> NDArray[Any]:
        """A read-only view of all of it, checked; no copy."""
        array = self._array(name)
        if array.left:
            self._check(name, array, 0, len(array.touched))
        return array.values

    def check(self, name: str, low: int, high: int) -> None:
        """Compare `[low, high)` of the array with its checksums, unless that was done before."""
        self.part(name, low, high)

    def _check(self, name: str, array: _Array, first: int, last: int) -> None:
        at = array.touched.find(0, first, last)
        while at >= 0:
            if zlib.crc32(self._block(array, at)) != array.sums[at]:
                raise CorpusDamaged(f"{self.path} is damaged (in {name}): {_REBUILD}")
            array.touched[at] = 1
            at = array.touched.find(0, at + 1, last)
        array.left = array.touched.count(0)  # counted anew: two threads may have compared the same block

    def _block(self, array: _Array, at: int) -> memoryview:
        step = _BLOCK // array.width
        return array.values[at * step : (at + 1) * step].data.cast("B")

    def damaged(self) -> list[str]:
        """Names of the arrays whose bytes are not those that were written. Reads the whole file."""
        found = []
        for name in self._directory:
            array = self._array(name)
            if any(zlib.crc32(self._block(array, at)) != array.sums[at] for at in range(len(array.sums))):
                found.append(name)
        return found

    def sizes(self) -> dict[str, int]:
        """How many bytes each array takes."""
        return {name: self._array(name).values.nbytes for name in self._directory}
