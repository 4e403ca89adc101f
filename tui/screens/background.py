"""Work for the corpus, off the event loop: in threads that are kept, told of in messages, the newest search first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from textual.message import Message

from tui.errors import BroadsheetError, SearchCancelled

SEARCHING_THREADS = 3
"""A newer search does not wait until the ones before it notice that nobody wants them any more."""

EXPLORING_THREADS = 2
"""What a newer page needs does not wait until a part of the one before it is there."""


class Failed(Message):
    """Something that was asked of the corpus could not be done."""

    def __init__(self, reason: str, serial: int | None = None) -> None:
        super().__init__()
        self.reason = reason
        self.serial = serial
        """Which search it was; None for anything else."""


class Background:
    """Threads that stand ready: a worker of Textual's for each key took .5 ms to start, and two messages to end.

    Args:
        tell: told of what failed; safe to call from any thread.
    """

    def __init__(self, tell: Callable[[Message], Any]) -> None:
        self._tell = tell
        self._searching = ThreadPoolExecutor(SEARCHING_THREADS, thread_name_prefix="search")
        self._following = ThreadPoolExecutor(1, thread_name_prefix="follow")
        self._exploring = ThreadPoolExecutor(EXPLORING_THREADS, thread_name_prefix="explore")
        self._under_way: set[Future[None]] = set()

    def search(self, work: Callable[..., None], serial: int, *arguments: Any) -> None:
        """Search at once."""
        self._submit(self._searching, serial, work, serial, *arguments)

    def follow(self, work: Callable[..., None], *arguments: Any) -> None:
        """Do what completes the answer that is on the screen, one after the other."""
        self._submit(self._following, None, work, *arguments)

    def explore(self, work: Callable[..., None], *arguments: Any) -> None:
        """Find out a part of what is told of a name, beside its other parts."""
        self._submit(self._exploring, None, work, *arguments)

    @property
    def idle(self) -> bool:
        """Whether all is done."""
        return not self._under_way

    def finish(self) -> None:
        """Take no more, and drop what has not begun."""
        self._searching.shutdown(wait=False, cancel_futures=True)
        self._following.shutdown(wait=False, cancel_futures=True)
        self._exploring.shutdown(wait=False, cancel_futures=True)

    def _submit(
        self, threads: ThreadPoolExecutor, serial: int | None, work: Callable[..., None], *arguments: Any
    ) -> None:
        done = threads.submit(self._do, serial, work, *arguments)
        self._under_way.add(done)
        done.add_done_callback(self._under_way.discard)

    def _do(self, serial: int | None, work: Callable[..., None], *arguments: Any) -> None:
        try:
            work(*arguments)
        except SearchCancelled:
            pass  # by who asked: something newer is asked for
        except BroadsheetError as error:
            self._tell(Failed(str(error), serial))
        except Exception as error:
            # Nobody foresaw it: it is said, and the program goes on.
            self._tell(Failed(f"that went wrong, and should not: {type(error).__name__}: {error}", serial))
