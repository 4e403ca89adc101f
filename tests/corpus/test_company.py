"""Who is named together with whom, and how far chance explains it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.invented import Invented, id_of
from tui.corpus import company as company_module
from tui.corpus.company import Units, likelihood_ratio, mutual_information
from tui.errors import NoSuchEntity


def ratio(together: int, one: int, other: int, total: int) -> float:
    return float(likelihood_ratio(np.array([together]), one, np.array([other]), total)[0])


def information(together: int, one: int, other: int, total: int) -> float:
    return float(mutual_information(np.array([together]), one, np.array([other]), total)[0])


@pytest.mark.parametrize(
    ("both", "first_alone", "second_alone", "neither", "expected"),
    [  # Dunning 1993, table 1
        (110, 2442, 111, 29114, 270.72),
        (29, 13, 123, 31612, 263.90),
        (31, 23, 139, 31584, 256.84),
        (10, 0, 3, 31764, 167.23),
    ],
)
def test_ratios_are_those_of_the_paper(
    both: int, first_alone: int, second_alone: int, neither: int, expected: float
) -> None:
    total = both + first_alone + second_alone + neither
    assert ratio(both, both + first_alone, both + second_alone, total) == pytest.approx(expected, abs=0.01)
    assert ratio(both, both + second_alone, both + first_alone, total) == pytest.approx(expected, abs=0.01)


def test_a_table_worked_out_by_hand() -> None:
    # 3 of 4 and 3 of 4 among 8: expected 2, 2, 2, 2; seen 3, 1, 1, 3.
    assert ratio(3, 4, 4, 8) == pytest.approx(2 * (6 * math.log(3 / 2) + 2 * math.log(1 / 2)))
    assert information(3, 4, 4, 8) == pytest.approx(math.log2(1.5))
    assert information(2, 4, 4, 16) == pytest.approx(1)


def test_what_chance_explains_is_nothing_and_less_is_below() -> None:
    assert ratio(2, 4, 8, 16) == pytest.approx(0)
    assert information(2, 4, 8, 16) == pytest.approx(0)
    assert ratio(1, 4, 4, 8) == pytest.approx(-ratio(3, 4, 4, 8))
    assert ratio(5, 5, 5, 5) == 0


def names(*who: str) -> str:
    return f"There were {', '.join(f'{{{name}}}' for name in who)}."


def test_company_is_ranked_by_surprise_not_by_frequency(invented: Invented) -> None:
    articles = [(f"a{n}", names("Anna Berg", "Paris|place"), None) for n in range(6)]
    articles += [(f"b{n}", names("Anna Berg", "Carl Dahl", "Paris|place"), None) for n in range(3)]
    articles += [(f"c{n}", names("Paris|place", "Eva Frank"), None) for n in range(15)]
    articles += [(f"d{n}", "Nobody.", None) for n in range(6)]
    invented.put_all(articles)
    with invented.corpus() as corpus:
        company = corpus.company(id_of("Anna Berg"))
        assert [(c.entity.name, c.together) for c in company] == [("Carl Dahl", 3), ("Paris", 9)]
        for companion, alone in zip(company, (3, 24), strict=True):
            assert companion.likelihood == pytest.approx(ratio(companion.together, 9, alone, 30))
            assert companion.information == pytest.approx(information(companion.together, 9, alone, 30))
            assert companion.entity == corpus.entity(companion.entity.id)
        assert [c.entity.name for c in corpus.company(id_of("Anna Berg"), type="place")] == ["Paris"]
        assert [c.entity.name for c in corpus.company(id_of("Anna Berg"), limit=1)] == ["Carl Dahl"]
        assert corpus.company(id_of("Anna Berg"), type="misc") == []
        assert [c.entity.name for c in corpus.company(id_of("Eva Frank"))] == ["Paris"]


def test_who_is_alone_has_no_company(invented: Invented) -> None:
    invented.put("a", "{Anna Berg} is alone")
    invented.put("b", "{Carl Dahl} and {Eva Frank} are not")
    with invented.corpus() as corpus:
        assert corpus.company(id_of("Anna Berg")) == []
        (companion,) = corpus.company(id_of("Carl Dahl"))
        assert companion.together == 1
        with pytest.raises(NoSuchEntity):
            corpus.company(id_of("Nobody"))


def test_being_named_twice_in_an_article_counts_once(invented: Invented) -> None:
    invented.put("a", "{Anna Berg} and {Carl Dahl}", "{Anna Berg}: {Carl Dahl} and {Carl Dahl}")
    with invented.corpus() as corpus:
        assert [c.together for c in corpus.company(id_of("Anna Berg"))] == [1]


def test_company_can_be_counted_in_something_else(
    invented: Invented, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One report printed four times is one."""
    for number in range(4):
        invented.put(f"reprint{number}", names("Anna Berg", "Carl Dahl"))
    invented.put("own", names("Anna Berg", "Eva Frank"))
    invented.put("other", names("Eva Frank"))
    stories = np.array([-1, 0, 0, 0, 0, 1, 2])
    monkeypatch.setattr(company_module, "units_of_counting", lambda connection: Units(3, stories))
    with invented.corpus() as corpus:
        company = corpus.company(id_of("Anna Berg"))
    assert [(c.entity.name, c.together) for c in company] == [("Carl Dahl", 1), ("Eva Frank", 1)]
    assert company[0].likelihood == pytest.approx(ratio(1, 2, 1, 3))
    assert company[1].likelihood == pytest.approx(ratio(1, 2, 2, 3))


people = [f"Person {letter}" for letter in "ABCDEFG"]
corpora = st.lists(st.sets(st.sampled_from(people)), min_size=1, max_size=12)


def brute_force(articles: Iterable[set[str]], who: str) -> list[tuple[float, int, str]]:
    articles = list(articles)
    ranked = []
    for other in people:
        together = sum({who, other} <= article for article in articles)
        if other != who and together:
            counts = [sum(name in article for article in articles) for name in (who, other)]
            ranked.append((-ratio(together, *counts, len(articles)), -together, other))
    return [(-surprise, -together, name) for surprise, together, name in sorted(ranked)]


@given(corpora, st.integers(1, 6), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_the_first_are_those_of_all(articles: list[set[str]], limit: int, block: int) -> None:
    """However few are looked at at once, and though it isn't looked at all of them."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_DATA_DIR", f"{folder}/data")
        patch.setattr(company_module, "_BLOCK", block)
        invented = Invented(Path(folder) / "articles")
        try:
            invented.put_all((f"{n}", names(*sorted(who)), None) for n, who in enumerate(articles))
            with invented.corpus() as corpus:
                for who in sorted(set().union(*articles)):
                    expected = brute_force(articles, who)[:limit]
                    company = corpus.company(id_of(who), limit)
                    assert [(c.together, c.entity.name) for c in company] == [e[1:] for e in expected]
                    assert [c.likelihood for c in company] == pytest.approx([e[0] for e in expected])
        finally:
            invented.close()
