"""Average linkage: clusters of things whose likeness to each other is known.

The nearest-neighbour chain (Murtagh 1983, "A survey of recent advances in hierarchical clustering algorithms"): a
chain of ever nearer neighbours ends in a pair that are each other's nearest; these are merged. It takes time in the
square of how many there are, and the matrix is all the memory.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

_ASKED_EVERY = 64
_CLOSED = -1.0
"""In place of a likeness to what is no cluster any more, or to itself."""

Likeness = npt.NDArray[np.float32]


def average_linkage(
    alike: Likeness,
    least: float,
    sizes: npt.NDArray[np.int64] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> npt.NDArray[np.int64]:
    """Clusters whose members are on average at least so alike.

    Args:
        alike: Shape (n, n), symmetric, 0 and more; it is overwritten.
        least: Above 0. Two clusters are one where the mean of the likeness between their members is at least this.
        sizes: How many things each row stands for, shape (n,); None where each is one thing.
        cancelled: Asked now and then whether to stop; what is answered then is of no use.

    Returns:
        A label for each row, shape (n,): the index of the first row of its cluster.
    """
    return _Linkage(alike, least, sizes).run(cancelled or (lambda: False))


class _Linkage:
    """The clusters so far. A cluster lies in the row of its first member; the rows of the others are closed."""

    def __init__(self, alike: Likeness, least: float, sizes: npt.NDArray[np.int64] | None) -> None:
        self._alike = alike
        self._least = least
        self._sizes = np.ones(len(alike)) if sizes is None else sizes.astype(float)
        self._labels = np.arange(len(alike))
        self._open = np.ones(len(alike), bool)
        np.fill_diagonal(alike, _CLOSED)

    def run(self, cancelled: Callable[[], bool]) -> npt.NDArray[np.int64]:
        for start in range(len(self._alike)):
            if start % _ASKED_EVERY == 0 and cancelled():
                break
            chain: list[int] = []
            while self._open[start] or chain:
                if not chain:
                    chain.append(start)
                self._step(chain)
        return self._labels

    def _step(self, chain: list[int]) -> None:
        """Make the chain longer by the nearest neighbour of its end, or shorter by a pair that is merged."""
        last = chain[-1]
        row = self._alike[last]
        nearest = int(np.argmax(row))
        before = chain[-2] if len(chain) > 1 else -1
        if before >= 0 and row[before] >= row[nearest]:
            nearest = before  # of equals the one that the chain came from, or it would go round for ever
        if row[nearest] < self._least:
            self._close(last)  # nothing comes as near again: the likeness of what is merged is a mean
            chain.pop()
        elif nearest == before:
            del chain[-2:]
            self._merge(min(last, nearest), max(last, nearest))
        else:
            chain.append(nearest)

    def _merge(self, kept: int, gone: int) -> None:
        """Make one cluster of two: its likeness to another is the mean over members (Lance & Williams 1967)."""
        alike, sizes = self._alike, self._sizes
        both = sizes[kept] + sizes[gone]
        mean = ((sizes[kept] * alike[kept] + sizes[gone] * alike[gone]) / both).astype(np.float32)
        mean[alike[kept] < 0] = _CLOSED
        mean[gone] = mean[kept] = _CLOSED
        alike[kept] = mean
        alike[:, kept] = mean
        sizes[kept] = both
        self._labels[self._labels == gone] = kept
        self._close(gone)

    def _close(self, row: int) -> None:
        self._alike[row] = _CLOSED
        self._alike[:, row] = _CLOSED
        self._open[row] = False
