"""The parts that the search is put together from."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import BroadsheetError
from tui.index import distribution
from tui.index.distance import distance, distances, near
from tui.index.distribution import check_whoosh
from tui.index.terms import Terms, encode, pack, signatures
from tui.index.wildcard import Wildcard

LETTERS = st.text(alphabet="abж中1", max_size=7)


def slow_distance(left: str, right: str) -> int:
    """Optimal string alignment, as the textbook has it."""
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            changed = rows[i - 1][j - 1] + (left[i - 1] != right[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(LETTERS, st.lists(LETTERS, min_size=1, max_size=5), st.integers(1, 2))
def test_distances(asked: str, texts: list[str], most: int) -> None:
    expected = [min(slow_distance(asked, text), most + 1) for text in texts]
    assert [distance(asked, text, most) for text in texts] == expected
    assert distances(asked, texts, most).tolist() == expected


@given(st.sets(LETTERS.filter(bool)), LETTERS.filter(bool), st.integers(1, 2))
def test_near_terms_are_all_found(texts: set[str], asked: str, most: int) -> None:
    ordered = sorted(texts)
    text, start = pack(ordered)
    terms = Terms(text, start, signatures(text, start))
    found = {text: how_far for _, text, how_far in near(terms, asked, most, lambda: None)}
    assert found == {t: d for t in texts if (d := slow_distance(asked, t)) <= most}


@given(st.sets(st.text(min_size=1, max_size=5)), st.text(max_size=3))
def test_terms_are_found_and_sliced(texts: set[str], asked: str) -> None:
    ordered = sorted(texts)
    text, start = pack(ordered)
    terms = Terms(text, start, signatures(text, start))
    assert terms.slice(0, len(terms)) == ordered
    assert [terms.find(encode(term)) for term in ordered] == list(range(len(ordered)))
    assert (terms.find(encode(asked)) >= 0) == (asked in texts)
    low, high = terms.prefix(encode(asked))
    assert ordered[low:high] == [term for term in ordered if term.startswith(asked)]


@given(st.text(alphabet="ab*?", max_size=8), st.text(alphabet="ab", max_size=8))
def test_wildcards_fit_what_fnmatch_says(pattern: str, term: str) -> None:
    assert Wildcard(pattern).fits(term) == bool(re.match(fnmatch.translate(pattern), term))


def test_a_wildcard_that_would_explode_does_not() -> None:
    assert not Wildcard("*a" * 30 + "b").fits("a" * 64)


def test_signatures_of_nothing() -> None:
    text, start = pack([])
    assert signatures(text, start).dtype == np.uint64
    assert near(Terms(text, start, signatures(text, start)), "a", 2, lambda: None).__next__


def test_two_whooshes_in_one_environment_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distribution, "find_spec", lambda name: None)
    with pytest.raises(BroadsheetError, match="pip install whoosh3"):
        check_whoosh()
    package = tmp_path / "whoosh" / "__init__.py"
    monkeypatch.setattr(distribution, "find_spec", lambda name: SimpleNamespace(origin=str(package)))
    (tmp_path / "Whoosh_Reloaded-2.7.5.dist-info").mkdir()
    check_whoosh()
    (tmp_path / "whoosh3-3.54.0.dist-info").mkdir()
    with pytest.raises(BroadsheetError, match=r"Whoosh-Reloaded 2\.7\.5 and whoosh3 3\.54\.0") as error:
        check_whoosh()
    assert "\n" not in str(error.value)
