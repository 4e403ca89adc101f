"""The index's table of contents: which segments it is made of. Whoosh's file, read without trusting it.

Whoosh pickles the schema and the list of segments into it, and a pickle can run anything. The schema is never read
(`tui.index.schema` makes it), and the segments are read by an unpickler that knows one class.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
import zlib
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from tui.errors import CorpusDamaged
from tui.index.codec import ArraySegment
from tui.index.schema import INDEX_NAME, make_schema

_LARGEST = 64 * 1024 * 1024
_REBUILD = "rebuild the index with `broadsheet index --rebuild`"
_SEAL = struct.Struct("<8sI")
"""Ends the file: `_SEALED` and the checksum of all that stands before. Whoosh reads no further than its pickle."""
_SEALED = b"BROADSUM"


class _SegmentUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (ArraySegment.__module__, ArraySegment.__name__):
            return ArraySegment
        if module.startswith("whoosh.codec."):
            # Its blocks of postings are pickles, which can run anything.
            raise CorpusDamaged(
                f"lists a segment of Whoosh's own ({name}), which is not safe to read: {_REBUILD}"
            )
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's directory of files, where a renamed file is sealed and on the disk: the commit is that rename."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder = Path(self.folder)
        with (folder / oldname).open("r+b") as file:
            checksum = zlib.crc32(file.read())
            file.write(_SEAL.pack(_SEALED, checksum))
            file.flush()
            os.fsync(file.fileno())
        super().rename_file(oldname, newname, safe)
        _sync_directory(folder)


def _sync_directory(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows opens no directories
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def latest_generation(directory: Path) -> int:
    """The number of the last commit, -1 where there is no index."""
    try:
        return int(TOC._latest_generation([path.name for path in directory.iterdir()], INDEX_NAME))
    except OSError:
        return -1


def read_toc(directory: Path, generation: int) -> list[ArraySegment]:
    """The segments of that commit.

    Raises:
        CorpusDamaged: the file is not what `write_toc` wrote.
        FileNotFoundError: a later commit has taken its place.
    """
    path = directory / TOC._filename(INDEX_NAME, generation)
    if path.stat().st_size > _LARGEST:
        raise CorpusDamaged(f"{path} is far too large: {_REBUILD}")
    stream = FileStorage(str(directory)).open_file(path.name)
    try:
        _check_seal(path.read_bytes())
        segments = _read(stream, generation)
    except CorpusDamaged as error:
        raise CorpusDamaged(f"{path}: {error}") from error
    except Exception as error:
        # A damaged pickle can end in nearly any exception, so all of them mean the same here.
        raise CorpusDamaged(f"{path} is damaged ({error}): {_REBUILD}") from error
    finally:
        stream.close()
    return segments


def _check_seal(written: bytes) -> None:
    """Files that were written before they were sealed pass: what is damaged in them may go unseen."""
    if _SEALED not in written[-_SEAL.size :]:
        return
    checksum = _SEAL.pack(_SEALED, zlib.crc32(written[: -_SEAL.size]))
    if not written.endswith(checksum):
        raise CorpusDamaged(f"not as it was written: {_REBUILD}")


def _read(stream: Any, generation: int) -> list[ArraySegment]:
    for _ in range(3):
        stream.read_varint()  # sizes of int, long and float, the same everywhere now
    if stream.read_int() != -12345:
        raise CorpusDamaged(f"not an index's table of contents: {_REBUILD}")
    version = stream.read_int()
    expected = TOC([], [], 0).version
    if version != expected:
        raise CorpusDamaged(f"written by another Whoosh (format {version}, here {expected}): {_REBUILD}")
    for _ in range(3):
        stream.read_varint()  # Whoosh's release: both distributions write the same format
    stream.skip_string()  # the schema's pickle
    if stream.read_int() != generation:
        raise CorpusDamaged(f"says that it is of another generation: {_REBUILD}")
    stream.read_int()
    segments = _SegmentUnpickler(io.BytesIO(stream.read())).load()
    if type(segments) is not list or any(type(segment) is not ArraySegment for segment in segments):
        raise CorpusDamaged(f"lists something other than segments: {_REBUILD}")
    return segments


def write_toc(directory: Path, generation: int, segments: list[ArraySegment]) -> None:
    """Make these segments the index, in one rename, then delete the tables of contents before.

    The files of segments that are listed no longer are the caller's to delete.
    """
    storage = DurableStorage(str(directory))
    _sync_directory(directory)  # the segments' own names first
    try:
        TOC(make_schema(), segments, generation).write(storage, INDEX_NAME)
    except BaseException:
        sweep_tocs(directory)
        raise
    for path in directory.glob(f"_{INDEX_NAME}_*.toc"):
        if path.name != TOC._filename(INDEX_NAME, generation):
            path.unlink(missing_ok=True)


def sweep_tocs(directory: Path) -> None:
    """Delete half tables of contents, which a commit left that failed or was killed."""
    for path in directory.glob(f"_{INDEX_NAME}_*.toc.*"):
        path.unlink(missing_ok=True)
