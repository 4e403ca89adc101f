"""Trees that nobody would type: each has a defined answer, and a note in words where it is not all that was asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from whoosh import query

from tests.index.newsroom import Newsroom, generated, indexed
from tui.errors import SearchCancelled
from tui.index import words
from tui.index.evaluate import DEEPEST, MOST_LEAVES, Evaluator
from tui.index.nodes import Word
from tui.index.search import Index
from tui.index.writer import IndexWriter


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("hostile"), Newsroom(generated(60)), batches=2)


def answered(index: Index, tree: Any) -> tuple[set[int], list[str]]:
    notes: list[str] = []
    found = Evaluator(index._snapshot, lambda: False, notes.append).answer(tree)
    return set(found.docs.tolist()), notes


@pytest.mark.parametrize("kind", [lambda n: query.Term("body", f"w{n}"), lambda n: Word("body", f"w{n}")])
def test_ten_thousand_words(index: Index, kind: Any) -> None:
    found, notes = answered(index, query.Or([query.Term("body", "a"), *map(kind, range(10_000))]))
    assert found <= answered(index, query.Term("body", "a"))[0]
    assert {f"{MOST_LEAVES:,}" in note for note in notes} == {True}


@pytest.mark.parametrize("wrap", [query.Not, lambda tree: query.And([query.Or([tree, tree]), query.Every()])])
def test_what_stands_in_very_many_others(index: Index, wrap: Any) -> None:
    tree: Any = query.Term("body", "a")
    for _ in range(10 * DEEPEST if wrap is query.Not else 12):
        tree = wrap(tree)
    _, notes = answered(index, tree)
    assert notes


def test_deep_conjunctions_are_flat(index: Index) -> None:
    tree: Any = query.Term("body", "a")
    for _ in range(5_000):
        tree = query.And([tree, query.Every()])
    assert answered(index, tree) == (answered(index, query.Term("body", "a"))[0], [])


@pytest.mark.parametrize("pattern", ["*", "?*", "*a*", "*" + "?*" * 50, "a*" * 40])
def test_patterns_that_fit_much(index: Index, pattern: str) -> None:
    found, _ = answered(index, query.Wildcard("body", pattern))
    assert found <= answered(index, None)[0]


def test_the_common_words_of_a_pattern_are_always_looked_at(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, notes = answered(index, query.Wildcard("body", "*a*"))
    assert notes == []
    monkeypatch.setattr(words, "MOST_POSTINGS", 0)
    common, notes = answered(index, query.Wildcard("body", "*a*"))
    assert common <= whole
    assert len(common) > len(whole) / 4
    assert notes


def test_any_step_can_be_the_last(index: Index) -> None:
    """However often a search was asked whether to go on, the next time it stops."""
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += 1
        return steps > stop

    stop = 10_000
    text = 'a* b~ "a b" OR (c -d) title:e*'
    index.search(text, cancelled=count)
    asked = steps
    for allowed in range(asked - 1):
        steps, stop = 0, allowed
        with pytest.raises(SearchCancelled):
            index.search(text, cancelled=count)


def test_reopening_shares_what_is_the_same(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(30))
    index = indexed(tmp_path, newsroom)
    before = index._snapshot
    newsroom.articles[31] = generated(31, seed=9)[30]
    with IndexWriter(tmp_path, newsroom) as writer:
        writer.apply([(31, "put"), (4, "delete")])
        writer.commit(40)
    assert index.refresh()
    assert index._snapshot.segments[0] is before.segments[0]
    assert index.count == before.live_count
    order = index.search("").order.tolist()
    assert 4 not in order
    assert 31 in order
    assert index.search("").total == index.count
