"""Postings are read as they were written, whatever the terms, documents and positions."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tui.index.arrays import ArrayFile, write_arrays
from tui.index.encoding import PostingsWriter
from tui.index.lengths import length_classes, length_values
from tui.index.postings import MOST_TF, FieldPostings


class _Gathered:
    """A sink in memory."""

    def __init__(self) -> None:
        self.parts: dict[str, list[NDArray[Any]]] = {}

    def append(self, name: str, values: NDArray[Any]) -> None:
        self.parts.setdefault(name, []).append(values)

    def file(self, folder: Path) -> ArrayFile:
        arrays = {name: np.concatenate(parts) for name, parts in self.parts.items()}
        write_arrays(folder / "x", {}, arrays)
        return ArrayFile(folder / "x")


Term = dict[int, list[int]]


def _written(folder: Path, terms: list[Term], documents: int, step: int) -> FieldPostings:
    gathered = _Gathered()
    lengths = (np.arange(documents) % 16).astype(np.uint8)
    writer = PostingsWriter("body", documents, lengths, gathered)
    for low in range(0, len(terms), step):
        part = terms[low : low + step]
        writer.append(
            np.array([len(term) for term in part]),
            np.array([doc for term in part for doc in sorted(term)], np.int64),
            np.array([len(term[doc]) for term in part for doc in sorted(term)], np.int64),
            np.array([at for term in part for doc in sorted(term) for at in term[doc]], np.int64),
        )
    writer.add_prefix(b"ab", np.arange(0, documents, 3))
    writer.finish()
    return FieldPostings(gathered.file(folder), "body")


def _check(terms: list[Term], documents: int, step: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        postings = _written(Path(folder), terms, documents, step)
        for number, term in enumerate(terms):
            docs = sorted(term)
            assert postings.docs(number).tolist() == docs
            assert postings.count(number) == len(docs)
            assert postings.tf(number).tolist() == [len(term[doc]) for doc in docs]
            keys = postings.keys(number, number + 1).tolist()
            assert keys == [min(len(term[doc]), MOST_TF) << 4 | doc % 16 for doc in docs]
            ranks = postings.ranks(number, np.arange(documents))
            if ranks is not None:
                assert np.flatnonzero(ranks[0]).tolist() == docs
                assert ranks[1][ranks[0]].tolist() == list(range(len(docs)))
            which = np.arange(number % 3, len(docs), 3)
            assert postings.select(number, which).tolist() == [docs[at] for at in which.tolist()]
            flags = postings.flags(number)
            assert flags is None or np.flatnonzero(flags).tolist() == docs
            tf, places = postings.positions(number)
            assert places.tolist() == [at for doc in docs for at in term[doc]]
            which = np.arange(number % 2, len(docs), 2)
            tf, places = postings.positions(number, which)
            chosen = [docs[i] for i in which.tolist()]
            assert tf.tolist() == [len(term[doc]) for doc in chosen]
            assert places.tolist() == [at for doc in chosen for at in term[doc]]
        for low in range(0, len(terms), 2):
            for high in (low, len(terms)):
                there = np.zeros(documents, bool)
                postings.mark(low, high, there)
                assert np.flatnonzero(there).tolist() == sorted(set().union(*terms[low:high]))
        for some in (np.arange(len(terms)), np.arange(0, len(terms), 2), np.arange(1, len(terms), 2)):
            there = np.zeros(documents, bool)
            postings.mark_each(some, there)
            assert np.flatnonzero(there).tolist() == sorted(set().union(*(terms[n] for n in some.tolist())))
        low, high = len(terms) // 3, len(terms)
        between = [(doc, terms[n][doc]) for n in range(low, high) for doc in sorted(terms[n])]
        assert postings.docs_between(low, high).tolist() == [doc for doc, _ in between]
        which = np.arange(0, len(between), 2)
        tf, places = postings.positions(low, which, high)
        assert tf.tolist() == [len(at) for _, at in between[::2]]
        assert places.tolist() == [place for _, at in between[::2] for place in at]
        kept = postings.prefix_flags(b"ab")
        assert kept is not None and np.flatnonzero(kept).tolist() == list(range(0, documents, 3))
        assert postings.prefix_flags(b"abc") is None


@st.composite
def _fields(draw: st.DrawFn) -> tuple[list[Term], int]:
    documents = draw(st.sampled_from([1, 7, 64, 300, 70_000]))
    positions = st.lists(
        st.integers(0, 300) | st.integers(4_000, 4_200) | st.integers(0, 2**20), min_size=1, max_size=20,
        unique=True,
    ).map(sorted)  # fmt: skip
    shared = draw(positions)
    terms: list[Term] = []
    for _ in range(draw(st.integers(1, 6))):
        if draw(st.booleans()):
            every = draw(st.integers(1, 400))
            terms.append(dict.fromkeys(range(draw(st.integers(0, documents)), documents, every), shared))
        else:
            docs = draw(st.lists(st.integers(0, documents - 1), max_size=8, unique=True))
            terms.append({doc: draw(positions) for doc in docs})
    return terms, documents


@settings(max_examples=60, deadline=None)
@given(_fields(), st.integers(1, 4))
def test_postings_are_read_as_written(field: tuple[list[Term], int], step: int) -> None:
    terms, documents = field
    _check(terms, documents, step)


@pytest.mark.parametrize("documents", [0, 1, 9])
def test_a_segment_of_few_documents(documents: int) -> None:
    _check([{}, {doc: [doc] for doc in range(documents)}, {}], documents, 2)


def test_a_length_is_taken_for_one_near_it() -> None:
    for field in ("title", "body"):
        values = length_values(field)
        assert length_classes(field, values).tolist() == list(range(16))
        lengths = np.arange(1, 6_000)
        taken = values[length_classes(field, lengths)]
        within = (lengths >= values[2]) & (lengths <= values[-1])
        assert (np.abs(np.log(taken / lengths))[within] < 0.42).all()
