"""Find the article files below a folder, in the same order every time, without ever getting lost.

Links are followed, to files and to folders, inside the root or outside it: a corpus is often put together of
links. Every real folder is walked once, whatever leads to it; links to folders wait until everything that
really stands below the root is done, so that a file has its real place as its name. A link that leads back to
a folder that it stands in is a loop, and is reported.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tui.sources.names import name_as_text
from tui.sources.refusal import reason_of

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
"""What article files end in, beside those without a suffix."""

# "Mr. Putin speaks" and "banburycake.co.uk_19789040" have no suffix: one is short and begins with a letter.
_SUFFIX = re.compile(r".\.([a-z][a-z0-9]{0,7})$", re.IGNORECASE | re.DOTALL)
# What describes a folder isn't an article of it. (As the root itself it is taken.)
_ABOUT_THE_FOLDER = re.compile(
    r"(?:readme|licen[cs]e|copying|changelog|contributing)(?:\.(?:txt|text|md|markdown))?", re.I
)
_KINDS = {
    stat.S_IFIFO: "a FIFO (named pipe), not a file",
    stat.S_IFSOCK: "a socket, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
}


class Found(NamedTuple):
    """A file that may be an article."""

    place: str
    """The path as the system knows it; `path` is made of it only when asked for, at twice the cost of all else."""
    relative: str
    """Where it is below the root, `/` between, by `names.name_as_text`; the file's name where it is the root."""
    size: int
    """Bytes."""
    mtime_ns: int

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.place)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something below the root that can't be read, or not as a file."""

    path: Path
    relative: str
    """As in `Found`; empty for the root itself."""
    reason: str
    """One line, without the path."""
    folder: bool = False
    """Whether it is a folder: then nothing is known of what stands below it, and nothing below it is gone."""


class Walk(Iterator[Found | Refused]):
    """The walk through a folder; hands out what it finds as it goes."""

    def __init__(self, root: Path) -> None:
        self.ignored = 0
        """How many files were passed over by their names until now; hidden ones don't count."""
        self._steps = self._begin(root)

    def __next__(self) -> Found | Refused:
        return next(self._steps)

    def _begin(self, root: Path) -> Iterator[Found | Refused]:
        try:
            status = root.stat()
        except (OSError, ValueError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "not a possible file name"
            yield Refused(root, "", reason, folder=True)
            return
        if not stat.S_ISDIR(status.st_mode):
            yield _seen(str(root), name_as_text(root.name), status)
            return
        links: list[tuple[str, str, tuple[_Identity, ...]]] = []
        walked: set[_Identity] = set()
        yield from self._folder(str(root), "", (*_enclosing(root), _identity(status)), walked, links)
        # Links found while following links join the end of the queue; `walked` bounds it.
        for path, relative, above in links:
            status_or_refusal = _status(path, relative)
            if isinstance(status_or_refusal, Refused):
                yield status_or_refusal
                continue
            identity = _identity(status_or_refusal)
            if identity in above:
                yield Refused(
                    Path(path), relative, "link loop: the link leads back to a folder that it stands in"
                )
            elif identity not in walked:
                yield from self._folder(path, relative + "/", (*above, identity), walked, links)

    def _folder(
        self,
        folder: str,
        prefix: str,
        above: tuple[_Identity, ...],
        walked: set[_Identity],
        links: list[tuple[str, str, tuple[_Identity, ...]]],
    ) -> Iterator[Found | Refused]:
        """One folder and everything below it, without recursion: folders nest deeper than Python's stack."""
        walked.add(above[-1])
        waiting = [(_entries(folder), prefix, above)]
        if isinstance(waiting[0][0], OSError):
            yield Refused(Path(folder), prefix.rstrip("/"), reason_of(waiting[0][0]), folder=True)
            return
        while waiting:
            entries, prefix, above = waiting[-1]
            if isinstance(entries, OSError) or not entries:
                waiting.pop()
                continue
            entry = entries.pop()
            name = entry.name
            relative = prefix + name_as_text(name)
            try:
                if entry.is_symlink():
                    target = entry.stat()
                    if stat.S_ISDIR(target.st_mode):
                        links.append((entry.path, relative, above))
                    elif self._counts(name) or not stat.S_ISREG(target.st_mode):
                        yield _seen(entry.path, relative, target)
                elif entry.is_dir(follow_symlinks=False):
                    identity = _identity(entry.stat(follow_symlinks=False))
                    if identity in walked:
                        continue
                    walked.add(identity)
                    below = _entries(entry.path)
                    if isinstance(below, OSError):
                        if not isinstance(below, FileNotFoundError):
                            yield Refused(Path(entry.path), relative, reason_of(below), folder=True)
                        continue
                    waiting.append((below, relative + "/", (*above, identity)))
                elif not entry.is_file(follow_symlinks=False) or self._counts(name):
                    yield _seen(entry.path, relative, entry.stat(follow_symlinks=False))
            except FileNotFoundError:
                if entry.is_symlink():
                    yield Refused(Path(entry.path), relative, _dangling(entry.path))
                # else it went while we looked: as if it had never been here
            except OSError as error:
                yield Refused(Path(entry.path), relative, reason_of(error))

    def _counts(self, name: str) -> bool:
        if has_article_name(name):
            return True
        self.ignored += 1
        return False


def walk(root: Path) -> Walk:
    """Every article file below the root, and everything there that can't be one though it looks like it.

    Files with a suffix of `SUFFIXES` or none are found; others are counted in `Walk.ignored`, as are the
    files about the folder itself (README, LICENSE, …); hidden files and folders, `__pycache__` and editors'
    backups are passed over. A root that is a file is found whatever it is called. FIFOs, devices, sockets,
    links that lead nowhere and folders that can't be opened are refused. A root that isn't there is a
    `Refused`, not an exception.
    """
    return Walk(root)


def has_article_name(name: str) -> bool:
    """Whether a file of this name may be an article."""
    suffix = _SUFFIX.search(name)
    if suffix and "." + suffix[1].lower() not in SUFFIXES:
        return False
    return not name.endswith("~") and not _ABOUT_THE_FOLDER.fullmatch(name)


_Identity = tuple[int, int]


def _identity(status: os.stat_result) -> _Identity:
    return status.st_dev, status.st_ino


def _enclosing(root: Path) -> tuple[_Identity, ...]:
    """The folders that the root really stands in: a link to one of them is a loop as well."""
    try:
        return tuple(_identity(folder.stat()) for folder in root.resolve().parents)
    except OSError:
        return ()


def _entries(folder: str) -> list[os.DirEntry[str]] | OSError:
    """What stands in the folder and isn't hidden, the last first, so that `pop` hands them out in order."""
    try:
        with os.scandir(folder) as entries:
            seen = [entry for entry in entries if entry.name[0] != "." and entry.name != "__pycache__"]
    except OSError as error:
        return error
    seen.sort(key=_name, reverse=True)
    return seen


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _status(path: str, relative: str) -> os.stat_result | Refused:
    try:
        return Path(path).stat()
    except FileNotFoundError:
        return Refused(Path(path), relative, _dangling(path))
    except OSError as error:
        return Refused(Path(path), relative, reason_of(error))


def _seen(path: str, relative: str, status: os.stat_result) -> Found | Refused:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFREG:
        return Found(path, relative, status.st_size, status.st_mtime_ns)
    return Refused(Path(path), relative, _KINDS.get(kind, "not a file"))


def _dangling(path: str) -> str:
    try:
        return f"dangling link: there is no {name_as_text(str(Path(path).readlink()))}"
    except OSError:
        return "dangling link"
