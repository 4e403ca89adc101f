"""A file of named NumPy arrays that is read through a memory map: what a segment of the index is made of.

A header in JSON says where each array stands, of what type, and its checksum; reading it can run no code. Pages come
in as they are touched, so opening costs the header alone, and what readers share stays in the system's cache.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.errors import CorpusDamaged

MAGIC = b"BROADSHT"
FORMAT = 2
"""Of this container and of what `tui.index.build` puts into it; another number is another program's."""
_ALIGN = 64
_TYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f4"})


def write_arrays(path: Path, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the file and see it onto the disk.

    Args:
        path: must not exist.
        meta: anything that JSON holds.
        arrays: one-dimensional each.
    """
    directory: dict[str, list[Any]] = {}
    offset = 0
    kept: list[tuple[int, NDArray[Any]]] = []
    for name, values in arrays.items():
        little = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
        directory[name] = [
            little.dtype.str,
            len(little),
            offset,
            zlib.crc32(little.data.cast("B") if len(little) else b""),
        ]
        kept.append((offset, little))
        offset += -(-little.nbytes // _ALIGN) * _ALIGN
    header = json.dumps({"format": FORMAT, "meta": meta, "arrays": directory, "bytes": offset}).encode()
    base = _base(len(header))
    with path.open("xb") as file:
        file.write(
            MAGIC + len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little") + header
        )
        for at, little in kept:
            file.write(b"\0" * (base + at - file.tell()))
            file.write(little.data.cast("B") if len(little) else b"")
        file.write(b"\0" * (base + offset - file.tell()))
        file.flush()
        os.fsync(file.fileno())


def _base(header: int) -> int:
    return -(-(16 + header) // _ALIGN) * _ALIGN


class ArrayFile:
    """A file that `write_arrays` made, open for reading.

    Raises:
        CorpusDamaged: it is not such a file, is cut short, or of another format.
        OSError: it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < 16:
                raise CorpusDamaged(
                    f"{path} is cut short: rebuild the index with `broadsheet index --rebuild`"
                )
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = self._header(size)
        self.meta: dict[str, Any] = header["meta"]
        self._directory: dict[str, list[Any]] = header["arrays"]
        self._base = _base(int.from_bytes(self._map[8:12], "little"))
        try:
            ends = [
                offset + np.dtype(kind).itemsize * count
                for kind, count, offset, _ in self._directory.values()
                if kind in _TYPES and count >= 0 and offset >= 0
            ]
            whole = len(ends) == len(self._directory) and size == self._base + header["bytes"]
            if not whole or max(ends, default=0) > header["bytes"]:
                raise ValueError
        except (TypeError, ValueError) as error:
            raise CorpusDamaged(
                f"{path} is cut short or damaged: rebuild with `broadsheet index --rebuild`"
            ) from error
        self._opened: dict[str, NDArray[Any]] = {}

    def _header(self, size: int) -> dict[str, Any]:
        length = int.from_bytes(self._map[8:12], "little")
        encoded = self._map[16 : 16 + length]
        if (
            self._map[:8] != MAGIC
            or 16 + length > size
            or zlib.crc32(encoded) != int.from_bytes(self._map[12:16], "little")
        ):
            raise CorpusDamaged(
                f"{self.path} is not an index file or is damaged: rebuild with `broadsheet index --rebuild`"
            )
        header: dict[str, Any] = json.loads(encoded)
        if header.get("format") != FORMAT:
            raise CorpusDamaged(
                f"{self.path} is of index format {header.get('format')}, this program's is {FORMAT}:"
                " rebuild with `broadsheet index --rebuild`"
            )
        return header

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A read-only view of the array; no copy."""
        values = self._opened.get(name)
        if values is None:
            kind, count, offset, _ = self._directory[name]
            values = np.frombuffer(self._map, dtype=kind, count=count, offset=self._base + offset)
            self._opened[name] = values
        return values

    def part(self, name: str, low: int, high: int) -> NDArray[Any]:
        """A read-only view of `[low, high)` of the array; no copy."""
        return self[name][low:high]

    def damaged(self) -> list[str]:
        """Names of the arrays whose bytes are not those that were written. Reads the whole file."""
        return [
            name
            for name, (_, count, _, checksum) in self._directory.items()
            if zlib.crc32(self[name].data.cast("B") if count else b"") != checksum
        ]
