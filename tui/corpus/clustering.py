"""Clustering in a process of its own, which gives way to others: it takes all of a processor and much memory.

A plain child, as those of `tui.corpus.workers`: given the features by stdin, it answers the clusters by stdout. One
that takes too long, or dies, is given up; then stories stay as the online pass left them.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from tui.stories.features import Features, unpacked
from tui.stories.reclustering import clusters

PATIENCE_S = 180.0
"""How long it may take."""
FEW = 200
"""Of so many articles it is sooner done here."""

_NICE = 10
_BEGIN = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from tui.corpus.clustering import serve; serve()"


def clusters_apart(
    articles: Sequence[Features],
    days: Sequence[int | None],
    breathe: Callable[[], None] = lambda: None,
    patience_s: float = PATIENCE_S,
) -> list[int] | None:
    """As `tui.stories.reclustering.clusters`, in another process; None where it did not come to an end.

    Args:
        articles: What is known of each.
        days: Of each.
        breathe: Called now and then while it is waited for.
        patience_s: How long it may take.
    """
    if len(articles) <= FEW:
        return clusters(articles, days)
    packed = [one.packed() for one in articles]
    sent = io.BytesIO()
    np.savez(
        sent,
        features=np.frombuffer(b"".join(packed), np.uint8),
        sizes=np.fromiter(map(len, packed), np.int64, len(packed)),
        days=np.array([0 if day is None else day for day in days], np.int64),
    )
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None
    try:
        answer = _answer(process, sent.getvalue(), breathe, patience_s)
        if answer is None or process.returncode:
            return None
        labels = np.frombuffer(answer, "<i8")
        return labels.tolist() if len(labels) == len(articles) else None
    finally:
        process.kill()
        process.wait()


def _answer(
    process: subprocess.Popen[bytes], sent: bytes, breathe: Callable[[], None], patience_s: float
) -> bytes | None:
    waited, step = 0.0, 0.2
    given: bytes | None = sent
    while waited < patience_s:
        try:
            return process.communicate(given, timeout=step)[0]
        except subprocess.TimeoutExpired:
            given = None  # it is on its way; `communicate` goes on with it
            waited += step
            breathe()
    return None


def serve() -> None:
    """The life of the process."""
    with suppress(OSError):
        os.nice(_NICE)
    with np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False) as arrays:
        features, ends = arrays["features"].tobytes(), np.cumsum(arrays["sizes"]).tolist()
        days = [day or None for day in arrays["days"].tolist()]
    articles = [unpacked(features[begin:end]) for begin, end in zip([0, *ends[:-1]], ends, strict=True)]
    sys.stdout.buffer.write(np.array(clusters(articles, days), "<i8").tobytes())
