"""Clustering in a process of its own, which gives way to others: it takes all of a processor and much memory.

A plain child, as those of `tui.corpus.workers`: given the features as stdin, it answers the clusters by stdout. One
that takes too long, or dies, is given up; then stories stay as the online pass left them.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from tui.stories.features import Features, unpacked
from tui.stories.reclustering import clusters
from tui.stories.vectors import Frequencies

PATIENCE_S = 180.0
"""How long it may take."""
FEW = 200
"""Of so many articles it is sooner done here."""

_NICE = 10
_BREATH_S = 0.2
_BEGIN = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from tui.corpus.clustering import serve; serve()"


def clusters_apart(
    articles: Sequence[Features],
    days: Sequence[int | None],
    frequencies: Frequencies,
    breathe: Callable[[], None] = lambda: None,
    patience_s: float = PATIENCE_S,
) -> list[int] | None:
    """As `tui.stories.reclustering.clusters`, in another process; None where it did not come to an end.

    Args:
        articles: What is known of each.
        days: Of each.
        frequencies: How common terms are in the whole corpus: in a window that one story fills, its own would seem to
            tell nothing.
        breathe: Called now and then while it is waited for.
        patience_s: How long it may take.
    """
    if len(articles) <= FEW:
        return clusters(articles, days, frequencies=frequencies)
    known, places, counts = frequencies.kept()
    packed = [one.packed() for one in articles]
    with tempfile.TemporaryFile() as given:  # a pipe would have to be fed while the answer is waited for
        np.savez(
            given,
            features=np.frombuffer(b"".join(packed), np.uint8),
            sizes=np.fromiter(map(len, packed), np.int64, len(packed)),
            days=np.array([0 if day is None else day for day in days], np.int64),
            known=np.int64(known),
            places=places,
            counts=counts,
        )
        given.seek(0)
        try:
            process = subprocess.Popen(
                [sys.executable, "-c", _BEGIN, json.dumps(sys.path)],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return None
        try:
            answer = _answer(process, breathe, patience_s)
        finally:
            process.kill()
            process.wait()
    if answer is None or len(answer) != 8 * len(articles):
        return None
    return [int(label) for label in np.frombuffer(answer, "<i8")]


def _answer(process: subprocess.Popen[bytes], breathe: Callable[[], None], patience_s: float) -> bytes | None:
    """All that the process prints; None where it takes too long or fails."""
    end = time.monotonic() + patience_s
    while (left := end - time.monotonic()) > 0:
        try:
            answer = process.communicate(timeout=min(left, _BREATH_S))[0]
            return None if process.returncode else answer
        except subprocess.TimeoutExpired:
            breathe()
    return None


def serve() -> None:
    """The life of the process."""
    with suppress(OSError):
        os.nice(_NICE)
    with np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False) as arrays:
        features, ends = arrays["features"].tobytes(), np.cumsum(arrays["sizes"]).tolist()
        days = [day or None for day in arrays["days"].tolist()]
        frequencies = Frequencies.again(int(arrays["known"]), arrays["places"], arrays["counts"])
    articles = [unpacked(features[begin:end]) for begin, end in zip([0, *ends[:-1]], ends, strict=True)]
    sys.stdout.buffer.write(np.array(clusters(articles, days, frequencies=frequencies), "<i8").tobytes())
