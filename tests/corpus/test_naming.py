"""Names that are typed, with and without slips: those that are found are those that comparing all would find."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.invented import Invented
from tui.corpus.columns import StoreArticles
from tui.corpus.names import word_begins
from tui.corpus.store import Store
from tui.folding import fold
from tui.index.distance import distance

LETTERS = "abcéñ"


def _names() -> dict[str, int]:
    """Names of one to three words that are much alike, and how many articles have each."""
    random = Random(1)

    def word() -> str:
        return "".join(random.choices(LETTERS, k=random.randint(2, 6))).capitalize()

    names: dict[str, int] = {}
    while len(names) < 90:
        name = " ".join(word() for _ in range(random.choice((1, 2, 2, 3))))
        if fold(name) not in map(fold, names):
            names[name] = random.choice((1, 1, 2, 3, 5))
    return names


NAMES = _names()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreArticles]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        patch.setattr("tui.corpus.naming._MOST_NEAR", 1_000)
        invented = Invented(tmp_path_factory.mktemp("articles"))
        invented.put_all(
            (f"{name}{number}", f"Seen: {{{name}}}.", None)
            for name, articles in NAMES.items()
            for number in range(articles)
        )
        invented.put("x", "Headline", "Seen: {Елена Зеленская|misc} and {שרה לוי|place}.")
        with invented.corpus() as corpus:
            store = Store(corpus.place.store)
            yield StoreArticles(store)
            store.close()
        invented.close()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("зелинск", "Елена Зеленская"), ("елна зел", "Елена Зеленская"), ("שרא לוי", "שרה לוי")],
)
def test_a_slip_may_be_in_any_alphabet(source: StoreArticles, typed: str, name: str) -> None:
    assert source.names_near("entity", typed, 5) == [(name, 1)]


TYPED = st.one_of(
    st.text(st.sampled_from(f"{LETTERS}aab  x"), max_size=9),
    st.builds(
        lambda name, start, end, at, letter: (name[start:end] + letter + name[end:])[start:][:at],
        st.sampled_from(sorted(NAMES)), st.integers(0, 8), st.integers(0, 12), st.integers(3, 18),
        st.sampled_from(["", *LETTERS, " ", "z"]),
    ),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(TYPED, st.sampled_from([3, 1_000]))
def test_names_that_begin_so_are_those_with_such_words(source: StoreArticles, typed: str, limit: int) -> None:
    begins = {name: word_begins(name) for name in NAMES}
    folded = fold(typed)
    expected = [n for n in NAMES if any(begin.startswith(folded) for begin in begins[n])]
    if not expected:
        words = folded.split()
        expected = [n for n in NAMES if all(any(b.startswith(w) for b in begins[n]) for w in words)]
    if typed.strip() and not folded:
        expected = []
    found = source.names_like("person", typed, limit)
    best = sorted(((n, NAMES[n]) for n in expected), key=lambda one: (-one[1], one[0]))[:limit]
    if not typed.strip():  # of all that are equal, any
        assert [count for _, count in found] == [count for _, count in best]
        assert set(found) <= NAMES.items()
    else:
        assert found == best


@settings(max_examples=200, deadline=None)
@given(TYPED)
def test_names_that_nearly_begin_so_are_those_one_slip_away(source: StoreArticles, typed: str) -> None:
    folded = fold(typed)
    expected = {
        name
        for name in NAMES
        if any(
            distance(folded, begin[:end], 1) <= 1
            for begin in word_begins(name)
            for end in range(len(begin) + 1)
        )
    }
    found = source.names_near("person", typed, 1_000)
    assert dict(found) == ({name: NAMES[name] for name in expected} if len(folded) >= 4 else {})
    assert source.names_near("person", typed, 2) == found[:2]
