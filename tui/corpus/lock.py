"""One indexer at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tui.corpus.locate import Place, shown
from tui.errors import BroadsheetError, CorpusBusy


@contextmanager
def only_indexer(place: Place) -> Iterator[None]:
    """Be the corpus's one indexer. The system lets go of the lock when the process ends, however it ends.

    Raises:
        CorpusBusy: Another process is.
        BroadsheetError: The corpus's directory can't be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(str(place.lock))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = indexer(place)
        process = f"process {who}" if who else "another process"
        raise CorpusBusy(f"{place.name} is being indexed by {process} now: wait for it to end") from None
    except OSError as error:
        raise BroadsheetError(
            f"Can't write to {shown(place.directory)} ({error.strerror or error}): the corpus can be read but not"
            " indexed from here"
        ) from error
    try:
        # Not into the lock file itself: who tries the lock may truncate it.
        place.holder.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        try:
            place.holder.unlink(missing_ok=True)
        except OSError:
            pass
        lock.release()


def indexer(place: Place) -> int | None:
    """The id of the process that says it is indexing; None where it isn't known."""
    try:
        return int(place.holder.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def is_locked(place: Place) -> bool:
    """Whether a process is indexing the corpus just now; nothing is written to find out."""
    try:
        descriptor = os.open(place.lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        return False
    except ImportError:
        return indexer(place) is not None
    finally:
        os.close(descriptor)
