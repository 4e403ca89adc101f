"""What articles are known by, worked out in a process of its own, a batch ahead of who asks for it.

Of what stories take, this takes most, and needs nothing of the rest. A plain child with a pipe each way, as those of
`tui.corpus.workers`: article numbers in, packed features out. It reads the store as readers do. Where it dies, the
features are made by who asks.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from tui.corpus.derived import Derived
from tui.corpus.packing import Packing
from tui.corpus.store import Store, find_dictionary
from tui.stories.features import Features, unpacked

_AT_ONCE = 250
"""Articles whose texts are held at once."""
_BEGIN = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from tui.corpus.features_ahead import serve; serve()"


class FeaturesAhead:
    """Makes features of articles of a store, of some while those before are used."""

    def __init__(self, store: Path) -> None:
        self._asked: list[int] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BEGIN, json.dumps(sys.path), os.fspath(store)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # There is a process a core: threads of NumPy's own would only be in one another's way.
                env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", **os.environ},
            )
        except OSError:
            pass

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                try:
                    if pipe is not None:
                        pipe.close()
                except OSError:
                    pass
            self._process.wait()
            self._process = None

    def ask(self, numbers: Sequence[int]) -> None:
        """Have the features of these articles made; what was asked for before must have been taken."""
        self._asked = None
        if self._process is None:
            return
        try:
            pipe = cast("BinaryIO", self._process.stdin)
            pickle.dump(list(numbers), pipe, pickle.HIGHEST_PROTOCOL)
            pipe.flush()
            self._asked = list(numbers)
        except OSError:
            self.close()

    def take(self) -> dict[int, Features]:
        """The features that were asked for last, of those articles that there are; none where the process has died."""
        if self._process is None or self._asked is None:
            return {}
        self._asked = None
        try:
            answer = pickle.load(cast("BinaryIO", self._process.stdout))
            return {number: unpacked(packed) for number, packed in answer.items()}
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            self.close()
            return {}


def serve() -> None:
    """The life of the process: lists of numbers in by stdin, packed features by number out by stdout."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    store = Store(Path(sys.argv[2]))
    try:
        while True:
            numbers = pickle.load(sys.stdin.buffer)
            pickle.dump(_features(store, numbers), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except (EOFError, BrokenPipeError):
        # The parent is done or gone; skip what Python tidies at its exit.
        os._exit(0)


def _features(store: Store, numbers: Sequence[int]) -> dict[int, bytes]:
    with store.reading() as connection:
        derived = Derived(connection, Packing(lambda number: find_dictionary(connection, number)))
        found: dict[int, bytes] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            texts = derived.texts(numbers[start : start + _AT_ONCE])
            found.update((number, derived.features_of(text).packed()) for number, text in texts.items())
        return found
