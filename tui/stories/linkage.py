"""Average linkage: clusters of things whose likeness to each other is known.

The nearest-neighbour chain (Murtagh 1983, "A survey of recent advances in hierarchical clustering algorithms"): a
chain of ever nearer neighbours ends in a pair that are each other's nearest; these are merged. It takes time in the
square of how many there are, and the matrix is all the memory.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def average_linkage(alike: npt.NDArray[np.float32], least: float) -> npt.NDArray[np.int64]:
    """Clusters whose members are on average at least so alike.

    Args:
        alike: Shape (n, n), symmetric, 0 and more; it is overwritten.
        least: Two clusters are one where the mean of the likeness between their members is at least this.

    Returns:
        A label for each, shape (n,): the index of the first member of its cluster.
    """
    count = len(alike)
    np.fill_diagonal(alike, -1)
    sizes = np.ones(count)
    owner = np.arange(count)  # a cluster lies in the row of its first member
    open_rows = np.ones(count, bool)
    chain: list[int] = []
    for start in range(count):
        if not open_rows[start]:
            continue
        chain = [start]
        while chain:
            last = chain[-1]
            row = alike[last]
            nearest = int(np.argmax(row))
            if len(chain) > 1 and row[chain[-2]] >= row[nearest]:
                nearest = chain[-2]
            if row[nearest] < least:
                open_rows[last] = (
                    False  # nothing will come this near again: likeness of merged ones is a mean
                )
                alike[last] = -1
                alike[:, last] = -1
                chain.pop()
                continue
            if len(chain) > 1 and nearest == chain[-2]:
                del chain[-2:]
                _merge(alike, sizes, owner, open_rows, min(last, nearest), max(last, nearest))
                if not chain:
                    chain = [min(last, nearest)]
            else:
                chain.append(nearest)
    for place in range(count):
        owner[place] = owner[owner[place]]
    return owner


def _merge(
    alike: npt.NDArray[np.float32],
    sizes: npt.NDArray[np.float64],
    owner: npt.NDArray[np.int64],
    open_rows: npt.NDArray[np.bool_],
    kept: int,
    gone: int,
) -> None:
    """Make one cluster of two; its likeness to another is the mean over its members (Lance & Williams 1967)."""
    both = sizes[kept] + sizes[gone]
    mean = (sizes[kept] * alike[kept] + sizes[gone] * alike[gone]) / both
    mean[alike[kept] < 0] = -1
    mean[gone] = mean[kept] = -1
    alike[kept] = mean
    alike[:, kept] = mean
    alike[gone] = -1
    alike[:, gone] = -1
    sizes[kept] = both
    owner[owner == gone] = kept
    open_rows[gone] = False
