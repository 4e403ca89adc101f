"""The evaluator against Whoosh's own searcher on the same segments: same documents, same scores.

Left out: `AndNot`, whose matcher in Whoosh lets a first document pass that the other side has, when the other side's
first is an earlier one; and scores under `Not`, which Whoosh counts as 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.searching import Searcher

from tests.index.newsroom import Newsroom, generated, indexed
from tui.index.evaluate import Evaluator
from tui.index.nodes import ArticleSet
from tui.index.search import Index
from tui.index.writer import IndexWriter


@pytest.fixture(scope="module", params=[1, 4], ids=["one segment", "several and deletions"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    directory = tmp_path_factory.mktemp("oracle")
    newsroom = Newsroom(generated(120, seed=request.param))
    indexed(directory, newsroom, batches=request.param if request.param == 1 else 3)
    if request.param > 1:
        with IndexWriter(directory, newsroom) as writer:
            writer.apply([(3, "delete"), (17, "delete"), (40, "put"), (119, "delete")])
            writer.commit(9)
    return Index.open(directory, newsroom)


WORDS = sorted({word for a in generated(120, seed=1) + generated(120, seed=4) for word in a.title.split()})
FIELDS = st.sampled_from(["title", "body"])
WORD = st.sampled_from(WORDS[:30])
TERM = st.builds(query.Term, FIELDS, WORD)
PHRASE = st.builds(
    lambda field, words, slop: query.Phrase(field, words, slop=slop),
    FIELDS, st.lists(WORD, min_size=2, max_size=3), st.integers(1, 3),
)  # fmt: skip
SCORED = st.one_of(TERM, TERM, PHRASE)
_SCORED_PARTS = st.recursive(
    SCORED,
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(query.And),
        st.lists(parts, min_size=2, max_size=3).map(query.Or),
    ),
    max_leaves=6,
)
# AndMaybe stands on top only: inside And, Whoosh's `AndMaybeMatcher.skip_to` takes its optional half to the document
# asked for and not to the one that its other half went to, and so loses scores.
SCORED_TREES = st.one_of(_SCORED_PARTS, st.builds(query.AndMaybe, _SCORED_PARTS, SCORED))
MATCHED_TREES = st.recursive(
    st.one_of(
        SCORED,
        st.builds(query.Prefix, FIELDS, WORD.map(lambda word: word[:2])),
        st.builds(query.Wildcard, FIELDS, WORD.map(lambda word: word[:1] + "*" + word[-1:])),
        st.builds(query.Wildcard, FIELDS, WORD.map(lambda word: "?" + word[1:])),
        st.builds(
            ArticleSet, st.lists(st.integers(1, 130)).map(lambda ns: np.unique(np.array(ns, np.uint32)))
        ),
        st.just(query.Every()),
    ),
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(query.And),
        st.lists(parts, min_size=1, max_size=3).map(query.Or),
        parts.map(query.Not),
        st.builds(query.Require, parts, parts),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def searcher(index: Index) -> Iterator[Searcher]:
    with Searcher(index._snapshot.reader()) as searcher:
        yield searcher


def ours(index: Index, tree: Any) -> dict[int, float]:
    found = Evaluator(index._snapshot, lambda: False, lambda note: None, np.float64).answer(tree)
    return dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True))


@settings(max_examples=80, deadline=None)
@given(tree=SCORED_TREES)
def test_same_documents_and_scores(index: Index, searcher: Searcher, tree: Any) -> None:
    expected = {hit.docnum: hit.score for hit in searcher.search(tree, limit=None)}
    assert ours(index, tree) == pytest.approx(expected, rel=1e-6)


@settings(max_examples=80, deadline=None)
@given(tree=MATCHED_TREES)
def test_same_documents(index: Index, searcher: Searcher, tree: Any) -> None:
    # Whoosh's `Not` lets deleted documents pass that come after the last one of what it denies.
    deleted = searcher.reader().is_deleted
    expected = {document for document in searcher.docs_for_query(tree) if not deleted(document)}
    assert set(ours(index, tree)) == expected


def test_a_node_that_only_whoosh_knows_is_whooshs_to_answer(index: Index, searcher: Searcher) -> None:
    tree = query.TermRange("body", WORDS[0], WORDS[10])
    expected = set(searcher.docs_for_query(tree))
    assert expected
    assert set(ours(index, tree)) == expected


def test_whooshs_reader_works_on_our_segments(index: Index, searcher: Searcher) -> None:
    reader = searcher.reader()
    lexicon = [term.decode() for term in reader.lexicon("body")]
    assert lexicon == sorted(lexicon)
    for word in lexicon[:20]:
        assert reader.doc_frequency("body", word) >= len(list(reader.postings("body", word).all_ids())) > 0
    assert reader.doc_count() == index.count


def test_every_index_has_the_same_numbers(tmp_path: Path) -> None:
    """One commit, or many with merges between: the same answer in the same order."""
    newsroom = Newsroom(generated(60, seed=7))
    once, often = indexed(tmp_path / "once", newsroom), indexed(tmp_path / "often", newsroom, batches=20)
    for text in ("ab", "a*", "title:b OR c", "-a", '"a b"~3'):
        assert once.search(text).order.tolist() == often.search(text).order.tolist()
