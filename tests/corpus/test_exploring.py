"""Several names that are one entity are followed as one, whichever is asked for."""

from __future__ import annotations

import pytest

from tests.corpus.invented import Invented, id_of
from tui.article import EntityId
from tui.corpus import Corpus
from tui.errors import NoSuchEntity


def answers(corpus: Corpus, id: EntityId) -> tuple[object, ...]:
    return (
        corpus.timeline(id),
        corpus.company(id),
        corpus.said(id),
        corpus.said_count(id),
        *(corpus.concordance(id, order) for order in ("date", "left", "right")),
        corpus.articles_naming(id),
    )


@pytest.fixture
def joined(invented: Invented) -> Invented:
    """Anna Berg is Mrs Berg, too, as the corpus decided."""
    invented.put(
        "a", "{Anna Berg} is {Mrs Berg}", "With {Carl Dahl}: “One”, “two”",
        date="2021-12-01", quotes=[("One", "Anna Berg"), ("two", "Mrs Berg")],
    )  # fmt: skip
    invented.put("b", "{Mrs Berg}: “Three”", "{Eva Frank}", quotes=[("Three", "Mrs Berg")])
    invented.put("c", "{Anna Berg} and {Eva Frank}", date="2021-12-02")
    invented.put("d", "Nobody")
    rows = invented.execute("SELECT number FROM entities WHERE key IN ('anna berg', 'mrs berg') ORDER BY key")
    (leader,), (follower,) = rows
    invented.execute(f"INSERT INTO leaders VALUES ({follower}, {leader})")
    return invented


def test_all_names_of_an_entity_give_the_same(joined: Invented) -> None:
    with joined.corpus() as corpus:
        anna = id_of("Anna Berg")
        assert answers(corpus, anna) == answers(corpus, id_of("Mrs Berg"))
        assert [(day.day, count) for day, count in corpus.timeline(anna).days] == [(1, 1), (2, 1), (16, 1)]
        assert [quote.text for quote in corpus.said(anna)] == ["Three", "One", "two"]
        assert corpus.said_count(anna) == 3
        assert [hit.title[0] for hit in corpus.articles_naming(anna)] == ["M", "A", "A"]
        for order in ("date", "left", "right"):
            found = corpus.concordance(anna, order)  # type: ignore[arg-type]
            assert found.total == len(found.lines) == 4


def test_one_entity_under_two_names_counts_once_in_company_and_keeps_none_with_itself(
    joined: Invented,
) -> None:
    with joined.corpus() as corpus:
        company = corpus.company(id_of("Anna Berg"))
        assert [(c.entity.name, c.together) for c in company] == [("Eva Frank", 2), ("Carl Dahl", 1)]
        (anna,) = corpus.company(id_of("Carl Dahl"))
        assert anna.together == 1
        (anna,) = corpus.company(id_of("Eva Frank"))
        assert (anna.entity.id, anna.together) == (id_of("Anna Berg"), 2)


@pytest.mark.parametrize("id", ["", "0" * 16, "x", "\udcff", "' OR 1=1 --"])
def test_what_is_no_entity_is_said_to_be_none(joined: Invented, id: str) -> None:
    with joined.corpus() as corpus:
        for question in (
            corpus.timeline,
            corpus.company,
            corpus.said,
            corpus.said_count,
            corpus.concordance,
            corpus.articles_naming,
        ):
            with pytest.raises(NoSuchEntity):
                question(EntityId(id))
