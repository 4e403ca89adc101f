"""Several names that are one entity are followed as one, whichever is asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.corpus.invented import Invented, id_of
from tui.article import EntityId
from tui.corpus import Corpus
from tui.corpus.store import Store
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


def test_what_the_reader_merges_is_followed_as_one_at_once(invented: Invented) -> None:
    invented.put("a", "{Anna Berg}: “One”", "{Carl Dahl}", date="2021-12-01", quotes=[("One", "Anna Berg")])
    invented.put("b", "{The Minister}: “Two”", "{Carl Dahl}", quotes=[("Two", "The Minister")])
    invented.put("c", "{Anna Berg}, {The Minister}", date="2021-12-02")
    with invented.corpus() as corpus:
        anna, minister = id_of("Anna Berg"), id_of("The Minister")
        assert corpus.said_count(anna) == 1
        corpus.merge([minister], anna)
        assert answers(corpus, anna) == answers(corpus, minister)
        assert [quote.text for quote in corpus.said(anna)] == ["Two", "One"]
        assert len(corpus.articles_naming(anna)) == 3
        (carl,) = corpus.company(anna)
        assert (carl.entity.name, carl.together) == ("Carl Dahl", 2)
        corpus.undo_edit()
        assert [quote.text for quote in corpus.said(minister)] == ["Two"]
        assert len(corpus.articles_naming(anna)) == 2


def test_a_name_that_the_reader_takes_out_is_followed_for_itself(invented: Invented) -> None:
    """Mentions that were recognised as one are told apart by how they are written."""
    both = "{Anna Berg} saw {Berg|person|anna berg}: “%s”, {Carl Dahl}"
    invented.put("a", "x", both % "One", date="2021-12-01", quotes=[("One", "Berg")])
    invented.put("b", "x", both % "Two", date="2021-12-02", quotes=[("Two", "Anna Berg")])
    invented.put("c", "x", "{Anna Berg} alone", date="2021-12-03")
    invented.put("d", "x", "{Berg|person|anna berg} alone, in {Oslo|place}", date="2021-12-04")
    with invented.corpus() as corpus:
        anna = id_of("Anna Berg")
        whole = {line[4:7] for line in corpus.concordance(anna).lines}
        corpus.split(anna, "Berg")
        (other,) = {
            m.entity for hit in corpus.newest() for m in corpus.mentions(hit.id) if m.text == "Berg" and m.entity
        }  # fmt: skip
        assert other != anna
        for id, text, days, quote in (
            (anna, "Anna Berg", (1, 2, 3), "Two"),
            (other, "Berg", (1, 2, 4), "One"),
        ):
            for order in ("date", "left", "right"):
                found = corpus.concordance(id, order)  # type: ignore[arg-type]
                assert found.total == len(found.lines) == 3
                assert {line.text for line in found.lines} == {text}
                assert {line[4:7] for line in found.lines} < whole
            assert tuple(day.day for day, _ in corpus.timeline(id).days) == days
            assert [said.text for said in corpus.said(id)] == [quote]
            assert corpus.said_count(id) == 1
            assert [hit.date.day for hit in corpus.articles_naming(id) if hit.date] == sorted(
                days, reverse=True
            )
            assert ("Carl Dahl", 2) in [(c.entity.name, c.together) for c in corpus.company(id)]
        assert "Oslo" in [c.entity.name for c in corpus.company(other)]
        corpus.undo_edit()
        assert corpus.concordance(anna).total == 6
        assert corpus.said_count(anna) == 2


def test_who_is_hidden_is_no_company_but_can_be_followed(invented: Invented) -> None:
    invented.put("a", "{Anna Berg}, {Carl Dahl} and {Eva Frank}")
    with invented.corpus() as corpus:
        corpus.hide(id_of("Carl Dahl"))
        assert [c.entity.name for c in corpus.company(id_of("Anna Berg"))] == ["Eva Frank"]
        assert len(corpus.company(id_of("Carl Dahl"))) == 2
        assert corpus.concordance(id_of("Carl Dahl")).total == 1


def test_company_has_the_names_and_types_that_the_reader_gave(invented: Invented) -> None:
    invented.put("a", "{Anna Berg} and {Carl Dahl}")
    with invented.corpus() as corpus:
        corpus.rename(id_of("Carl Dahl"), "The Chancellor")
        corpus.retype(id_of("Carl Dahl"), "organisation")
        (carl,) = corpus.company(id_of("Anna Berg"), type="organisation")
        assert carl.entity.name == "The Chancellor"
        assert corpus.company(id_of("Anna Berg"), type="person") == []


def test_no_second_connection_is_used_within_a_snapshot(
    joined: Invented, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that waits for the first to end would keep the second out, and so itself."""
    reading, open_ones = Store.reading, list[sqlite3.Connection]()

    @contextmanager
    def watched(store: Store) -> Iterator[sqlite3.Connection]:
        assert not any(connection.in_transaction for connection in open_ones)
        with reading(store) as connection:
            open_ones.append(connection)
            yield connection
            open_ones.remove(connection)

    joined.put("e", "{Carl Dahl}, or {Dahl|person|carl dahl}")
    monkeypatch.setattr(Store, "reading", watched)
    with joined.corpus() as corpus:
        corpus.split(id_of("Carl Dahl"), "Dahl")
        corpus.merge([id_of("Eva Frank")], id_of("Anna Berg"))
        corpus.timeline_of(Nothing())  # type: ignore[arg-type]
        for who in ("Anna Berg", "Mrs Berg", "Carl Dahl", "Eva Frank"):
            answers(corpus, id_of(who))
        for hit in corpus.newest():
            corpus.quotes(hit.id)
            corpus.figures(hit.id)
    assert not open_ones


class Nothing:
    """Results of a search that found nothing."""

    def members(self, cancelled: Callable[[], bool] | None = None) -> NDArray[np.uint32]:
        return np.zeros(0, np.uint32)
