"""The term dictionary, and what is looked for in it: terms, prefixes, near misses, wildcards; and its merging."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.bench.words import word
from tui.index.distance import distance, distances, near, near_numbers
from tui.index.terms import (
    GONE,
    LONGEST,
    STEP,
    Terms,
    encode,
    merge_terms,
    pack,
    signature_of,
    signatures,
    term_arrays,
)
from tui.index.wildcard import Wildcard, matching

LETTERS = st.text(alphabet="abж中1é", max_size=7)
WORDS = st.text(min_size=1, max_size=5)


def terms_of(texts: Sequence[str]) -> Terms:
    return Terms.of(term_arrays("words", *pack(texts)), "words")


def go_on() -> None:
    """Nothing stops this search."""


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


@given(st.sets(st.text(max_size=5)), st.text(max_size=3))
@example(set(), "a")
@example({"a", "a\0", "a\0\0"}, "a\0")
def test_terms_are_found_and_sliced(texts: set[str], asked: str) -> None:
    ordered = sorted(texts)
    terms = terms_of(ordered)
    assert terms.slice(0, len(terms)) == ordered
    assert [terms.find(encode(term)) for term in ordered] == list(range(len(ordered)))
    assert (terms.find(encode(asked)) >= 0) == (asked in texts)
    low, high = terms.prefix(encode(asked))
    assert ordered[low:high] == [term for term in ordered if term.startswith(asked)]


@pytest.mark.parametrize("beginning", ["", "a", "twelveletter"])
def test_terms_are_found_among_thousands(beginning: str) -> None:
    ordered = sorted({beginning + word(rank) for rank in range(5 * STEP + 7)})
    terms = terms_of(ordered)
    for term in [*ordered[::7], ordered[-1], "", "zzz", beginning + "m", beginning + "zzzzzzzzz"]:
        expected = sum(other < term for other in ordered)
        assert terms.lower_bound(encode(term)) == expected
        assert terms.find(encode(term)) == (expected if term in ordered else -1)
    low, high = terms.prefix(encode(beginning + "s"))
    assert ordered[low:high] == [term for term in ordered if term.startswith(beginning + "s")]


def test_all_that_is_read_was_checked_before() -> None:
    ordered = sorted({word(rank) for rank in range(3_000)} | {"x" * (LONGEST + 5)})
    arrays = term_arrays("w", *pack(ordered))
    dark = {name: np.zeros_like(values) for name, values in arrays.items()}
    dark["w.length_start"] = arrays["w.length_start"]  # small: its reader checks it whole

    def light(name: str, low: int, high: int) -> None:
        dark[name][low:high] = arrays[name][low:high]

    def terms() -> Terms:
        for name in arrays:
            if name != "w.length_start":
                dark[name][:] = 0
        return Terms.of(dark, "w", light)

    for number in range(0, len(ordered), 97):
        term = ordered[number]
        assert terms()[number] == term
        assert terms().find(encode(term)) == number
        assert terms().slice(number, number + 300) == ordered[number : number + 300]
        assert [text for _, text, far in near(terms(), term, 2, go_on) if not far] == [term]
        assert terms().prefix(encode(term[:3])) == terms_of(ordered).prefix(encode(term[:3]))
    wildcard = Wildcard("s*ing")
    assert (
        matching(terms(), wildcard, go_on).tolist() == matching(terms_of(ordered), wildcard, go_on).tolist()
    )
    read = 0

    def count(name: str, low: int, high: int) -> None:
        nonlocal read
        read += (high - low) * arrays[name].itemsize
        light(name, low, high)

    Terms.of(dark, "w", count).find(encode(ordered[1_500]))
    assert read < sum(values.nbytes for values in arrays.values()) / 10


@given(st.sets(st.text(alphabet="abж中1é\U00010400\ud800", max_size=9), max_size=40))
def test_every_length_lists_its_terms_and_their_letters(texts: set[str]) -> None:
    ordered = sorted(texts, key=encode)
    terms = terms_of(ordered)
    found: dict[int, str] = {}
    for length, low, high in terms.lengths(0, LONGEST):
        numbers = terms.numbers[low:high]
        assert (np.diff(numbers.astype(int)) > 0).all()
        for places, letters in terms.letters(numbers, length):
            for place, column in zip(places.tolist(), letters.T.tolist(), strict=True):
                found[int(numbers[place])] = "".join(map(chr, column))
    assert found == dict(enumerate(ordered))
    signed = [ordered[number] for number in terms.numbers]
    assert terms.signature.tolist() == signatures(signed).tolist() == list(map(signature_of, signed))


@given(
    st.lists(st.sets(WORDS, max_size=30).map(lambda texts: sorted(texts, key=encode)), max_size=5), st.data()
)
def test_vocabularies_are_merged_in_blocks_of_any_size(
    vocabularies: list[list[str]], data: st.DataObject
) -> None:
    at_once = data.draw(st.integers(1, 9))
    keep = data.draw(
        st.none()
        | st.tuples(
            *(st.lists(st.booleans(), min_size=len(v), max_size=len(v)).map(np.array) for v in vocabularies)
        )
    )
    blocks = list(merge_terms([terms_of(texts) for texts in vocabularies], keep, at_once))
    kept = vocabularies
    if keep is not None:
        kept = [
            [t for t, use in zip(v, k, strict=True) if use] for v, k in zip(vocabularies, keep, strict=True)
        ]
    expected = sorted(set().union(*kept), key=encode)
    merged = [t for block in blocks for t in Terms(block.text, block.start).slice(0, len(block.start) - 1)]
    assert merged == expected
    for which, texts in enumerate(vocabularies):
        numbers = [number for block in blocks for number in block.maps[which].tolist()]
        assert numbers == [expected.index(t) if t in expected else GONE for t in texts]


@given(LETTERS, st.lists(LETTERS, min_size=1, max_size=5), st.integers(1, 2))
def test_distances(asked: str, texts: list[str], most: int) -> None:
    expected = [min(slow_distance(asked, text), most + 1) for text in texts]
    assert [distance(asked, text, most) for text in texts] == expected
    letters = np.zeros((max(map(len, texts)), len(texts)), np.uint32)
    for column, text in enumerate(texts):
        letters[: len(text), column] = list(map(ord, text))
    assert distances(asked, letters, np.array(list(map(len, texts))), most).tolist() == expected


@given(st.sets(LETTERS.filter(bool)), LETTERS.filter(bool), st.integers(1, 2))
def test_near_terms_are_all_found(texts: set[str], asked: str, most: int) -> None:
    found = {text: far for _, text, far in near(terms_of(sorted(texts)), asked, most, go_on)}
    assert found == {t: far for t in texts if (far := slow_distance(asked, t)) <= most}


@pytest.mark.parametrize("asked", ["a", "st", "nato", "goverment", word(50_000), word(123_457) + "x"])
@pytest.mark.parametrize("most", [1, 2])
def test_near_terms_are_found_among_thousands(asked: str, most: int) -> None:
    ordered = sorted({word(rank * 5) for rank in range(12_000)} | {"nato", "government"})
    numbers, far = near_numbers(terms_of(ordered), asked, most, go_on)
    expected = [(n, d) for n, text in enumerate(ordered) if (d := distance(asked, text, most)) <= most]
    assert list(zip(numbers.tolist(), far.tolist(), strict=True)) == expected


def test_very_long_terms_are_near_one_another_too() -> None:
    long = [
        letter * size for letter in "ab" for size in (LONGEST - 2, LONGEST - 1, LONGEST, LONGEST + 1, 60_000)
    ]
    terms = terms_of(sorted(long))
    assert {text for _, text, _ in near(terms, "a" * LONGEST, 1, go_on)} == set(long[1:4])
    assert terms[int(matching(terms, Wildcard("*b" + "?" * 50_000), go_on)[0])] == long[-1]


def test_nothing_is_near_among_no_terms() -> None:
    assert list(near(terms_of([]), "a", 2, go_on)) == []
    assert signatures([]).dtype == np.uint64


PATTERNS = st.text(alphabet="abж*?", max_size=8)


@given(PATTERNS, st.sets(st.text(alphabet="abж", max_size=8)))
@example("*a" * 30 + "b", {"a" * 64})
def test_wildcards_fit_what_fnmatch_says(pattern: str, texts: set[str]) -> None:
    ordered = sorted(texts)
    expected = [number for number, t in enumerate(ordered) if re.match(fnmatch.translate(pattern), t)]
    assert [number for number, t in enumerate(ordered) if Wildcard(pattern).fits(t)] == expected
    assert matching(terms_of(ordered), Wildcard(pattern), go_on).tolist() == expected


@given(st.sets(st.text(alphabet="abж中", max_size=6)), st.text(alphabet="abж中", min_size=1, max_size=3))
@example({"", "a"}, "aa")
@example({"a", "ab", "b"}, "b")
def test_terms_that_hold_some_letters(texts: set[str], piece: str) -> None:
    ordered = sorted(texts)
    expected = [number for number, text in enumerate(ordered) if piece in text]
    assert terms_of(ordered).containing(encode(piece)).tolist() == expected


@pytest.mark.parametrize(
    "pattern",
    ["??????*", "*a*b*r*", "s*", "*ing", "*e*", "*ea*", "*?e?*", "*" + "?*" * 20, "*" + "a*e*" * 30],
)
def test_wildcards_that_would_explode_are_answered(pattern: str) -> None:
    ordered = sorted({word(rank) for rank in range(5_000)})
    expected = [number for number, text in enumerate(ordered) if Wildcard(pattern).fits(text)]
    assert matching(terms_of(ordered), Wildcard(pattern), go_on).tolist() == expected
