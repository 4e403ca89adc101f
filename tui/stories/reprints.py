"""Reprints: articles whose text is mostly another's, found by MinHash and folded behind the fullest version.

A signature is kept for each article: the lowest 16 bits of each of 128 minimum hashes (b-bit MinHash: Li & König,
"b-Bit Minwise Hashing", WWW 2010) of its shingles without boilerplate, which otherwise is what most texts of a site
have in common. Two rows are a band; the 64 bands are the same 256 bytes seen as 32-bit numbers (`tui.stories.bands`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.stories.bands import LEAST_ESTIMATE
from tui.stories.bands import candidates as candidates
from tui.stories.bands import estimated as estimated
from tui.stories.same_text import LEAST_CONTAINMENT, LEAST_JACCARD, LEAST_SIZE
from tui.stories.same_text import Verify as Verify
from tui.stories.same_text import likeness as likeness
from tui.stories.same_text import verified as verified
from tui.stories.shingles import shingles

REPRINTS_VERSION = 2
"""Of how signatures are made; those of another version can't be compared."""

ROWS = 128
"""Minimum hashes in a signature."""

FEWEST_SHINGLES = 10
"""An article with fewer different shingles has no signature, and is nobody's reprint: too little to tell by."""

_SEED = 1
_CERTAIN = 0.85
_PARTS = 3
_ASKED = 3
_PART = 0.5
_NOTHING = 0.03


class Sketches(NamedTuple):
    """What is kept of texts so that reprints of them are found."""

    signatures: NDArray[np.uint16]
    """Shape (texts, 128); zeros where a text has too few shingles."""
    sizes: NDArray[np.int32]
    """How many different shingles each has, shape (texts,): how full a version it is."""


def sketches(texts: Sequence[str]) -> Sketches:
    """Signatures and sizes of texts.

    Args:
        texts: of each article the paragraphs that are not boilerplate, a line break after each.
    """
    from rensa import RMinHash

    found = shingles(texts)
    if not len(texts):
        return Sketches(np.zeros((0, ROWS), np.uint16), np.zeros(0, np.int32))
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(found.numbers, found.offsets, ROWS, _SEED)
    signatures = np.array(matrix.to_rows(), np.uint32).astype(np.uint16)
    sizes = found.sizes()
    signatures[sizes < FEWEST_SHINGLES] = 0
    return Sketches(signatures, sizes)


def signatures(texts: Sequence[str]) -> NDArray[np.uint16]:
    """The signatures of texts, shape (texts, 128); zeros where a text has too few shingles (`FEWEST_SHINGLES`).

    Args:
        texts: of each article the paragraphs that are not boilerplate, a line break after each.
    """
    return sketches(texts).signatures


def grouped(
    signatures: NDArray[np.uint16],
    sizes: NDArray[np.int32],
    ones: NDArray[np.int64],
    others: NDArray[np.int64],
    verify: Verify | None = None,
) -> NDArray[np.int64]:
    """For each article the number of the fullest version of its text; its own where it is that, or nobody's reprint.

    Stars (Aslam, Pelekhov & Rus, "The Star Clustering Algorithm", 2004): the article that is most like all its
    candidates, which is likely what was reprinted, takes those that are its reprints, and so on with what is left.
    Articles that are left alone then join a group when they are like most of it. So groups don't chain from one text
    to the next over a third. A digest, which has several reports in it, takes none.

    Args:
        signatures: shape (articles, 128).
        sizes: different shingles of each article, shape (articles,): of a group, the one with the most leads, then the
            lowest number.
        ones, others: candidate pairs, shape (pairs,); only articles that one or two of them link are compared.
        verify: looks at the texts where signatures leave it in doubt; without it the estimate decides.
    """
    centres = np.arange(len(sizes))
    if not len(ones):
        return centres
    starts, neighbours = _adjacent(len(sizes), ones, others)
    likenesses = estimated(signatures, ones, others)
    weights = np.bincount(ones, likenesses, len(sizes)) + np.bincount(others, likenesses, len(sizes))
    linked = np.flatnonzero(np.diff(starts))
    digests = _digests(signatures, sizes, linked, starts, neighbours)
    free = ~digests
    for centre in linked[np.lexsort((linked, -sizes[linked].astype(np.int64), -weights[linked]))].tolist():
        if not free[centre]:
            continue
        free[centre] = False
        near = neighbours[starts[centre] : starts[centre + 1]]
        further = [neighbours[starts[one] : starts[one + 1]] for one in near.tolist()]
        members = np.unique(np.concatenate([near, *further]))
        members = members[free[members]]
        members = members[_alike(signatures, sizes, centre, members, verify)]
        centres[members] = centre
        free[members] = False
    stars = centres.copy()
    held = np.bincount(stars, minlength=len(sizes))
    for lone in linked[(held[stars[linked]] == 1) & ~digests[linked]].tolist():
        near = neighbours[starts[lone] : starts[lone + 1]]
        near = near[held[stars[near]] > 1]
        if near.size:
            nearest = near[np.argmax(estimated(signatures, np.full(len(near), lone), near))]
            if _is_like_most(signatures, sizes, lone, near[stars[near] == stars[nearest]], verify):
                centres[lone] = stars[nearest]
    return _fullest(centres, sizes)


def _adjacent(
    articles: int, ones: NDArray[np.int64], others: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the neighbours of each article begin, and the neighbours."""
    tails, heads = np.concatenate((ones, others)), np.concatenate((others, ones))
    order = np.argsort(tails, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(tails, minlength=articles))))
    return starts, heads[order]


def _fullest(centres: NDArray[np.int64], sizes: NDArray[np.int32]) -> NDArray[np.int64]:
    """For each article the fullest one with the same centre."""
    order = np.lexsort((np.arange(len(sizes)), -sizes.astype(np.int64), centres))
    first = np.concatenate(([True], np.diff(centres[order]) > 0))
    leaders = np.empty(len(sizes), np.int64)
    leaders[order] = order[first][np.cumsum(first) - 1]
    return leaders


def _is_like_most(
    signatures: NDArray[np.uint16],
    sizes: NDArray[np.int32],
    lone: int,
    members: NDArray[np.int64],
    verify: Verify | None,
) -> bool:
    """Whether an article is a reprint of most members of a group, of the nearest where they are many."""
    likeness = estimated(signatures, np.full(len(members), lone), members)
    nearest = members[np.argsort(-likeness, kind="stable")[:_ASKED]]
    return bool(_alike(signatures, sizes, lone, nearest, verify).sum() * 2 > len(nearest))


def _digests(
    signatures: NDArray[np.uint16],
    sizes: NDArray[np.int32],
    linked: NDArray[np.int64],
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Which articles are made of several reports: some of their parts have nothing in common."""
    found = np.zeros(len(sizes), np.bool_)
    for article in linked[starts[linked + 1] - starts[linked] >= _PARTS].tolist():
        parts = neighbours[starts[article] : starts[article + 1]]
        parts = parts[sizes[parts] <= _PART * sizes[article]]
        for _ in range(_PARTS - 1):
            if not parts.size:
                break
            fullest = parts[np.argmax(sizes[parts])]
            parts = parts[estimated(signatures, np.full(len(parts), fullest), parts) < _NOTHING]
        found[article] = parts.size
    return found


def _alike(
    signatures: NDArray[np.uint16],
    sizes: NDArray[np.int32],
    centre: int,
    members: NDArray[np.int64],
    verify: Verify | None,
) -> NDArray[np.bool_]:
    jaccard = estimated(signatures, np.full(len(members), centre), members)
    fewer, more = np.minimum(sizes[members], sizes[centre]), np.maximum(sizes[members], sizes[centre])
    shared = jaccard * (fewer + more) / (1 + jaccard)
    alike: NDArray[np.bool_] = (jaccard >= LEAST_JACCARD) | (
        (shared >= LEAST_CONTAINMENT * fewer) & (fewer >= LEAST_SIZE * more)
    )
    if verify is None:
        return alike
    doubtful = np.flatnonzero((jaccard < _CERTAIN) & (jaccard > LEAST_ESTIMATE))
    if doubtful.size:
        alike[doubtful] = verify(centre, members[doubtful])
    return alike
