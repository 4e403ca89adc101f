"""The store as the index sees it agrees with the store as everyone else does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.corpus.conftest import Folder
from tui.article import MENTION_TYPES
from tui.corpus import Corpus, Desk, find_corpus, index_corpus, sample_data_path
from tui.corpus.columns import StoreArticles
from tui.corpus.store import Store
from tui.index.articles import NameField


def source_of(folder: Path, desk: Desk | None = None) -> StoreArticles:
    place = find_corpus(folder)
    assert place is not None
    return StoreArticles(Store(place.store), desk)


def named(source: StoreArticles, field: NameField, name: str) -> NDArray[np.uint32]:
    return source.articles_naming(source.entities_named(field, name))


def test_entities_are_those_of_the_mentions_with_the_decided_kinds_and_names(sample_corpus: Corpus) -> None:
    source = source_of(sample_data_path())
    hits = sample_corpus.newest(1000)
    found = source.entities_of([hit.number for hit in hits] + [999_999])
    assert found.keys() == {hit.number for hit in hits}
    kinds = source.entity_kinds()
    names = source.entity_names(range(len(kinds)))
    assert set(np.flatnonzero(kinds).tolist()) == names.keys()
    for hit in hits:
        entities = found[hit.number]
        assert entities.dtype == np.uint32
        assert entities.tolist() == sorted(set(entities.tolist()))
        decided = {sample_corpus.entity(m.entity) for m in sample_corpus.mentions(hit.id) if m.entity}
        assert sorted((e.name, e.type) for e in decided) == sorted(
            (names[entity], MENTION_TYPES[kinds[entity] - 1])
            for entity in set(source.canonical()[entities].tolist())
        )


def test_of_nothing_there_is_nothing(folder: Folder) -> None:
    folder.write("a.txt", "Plain words", "there is nobody in here.")
    index_corpus([folder.path])
    source = source_of(folder.path)
    (entities,) = source.entities_of([1]).values()
    assert (len(entities), source.entity_kinds().any(), source.entity_names([1])) == (0, False, {})
    assert source.canonical().tolist() == [0]
    assert source.entities_of([]) == {}
    assert source.names_like("entity", "a", 5) == []
    (folder.path / "a.txt").unlink()
    (folder.path / "b").write_bytes(b"")
    index_corpus([folder.path])
    source = source_of(folder.path)
    assert source.flagged("unread").tolist() == source.flagged("read").tolist() == []


def test_an_entity_that_nobody_names_any_more_is_nothing(folder: Folder) -> None:
    folder.write("a.txt", "One", "President Vladimir Putin spoke in Moscow.")
    folder.write("b.txt", "Two", "President Emmanuel Macron spoke in Moscow.")
    index_corpus([folder.path])
    (folder.path / "a.txt").unlink()
    index_corpus([folder.path])
    source = source_of(folder.path)
    assert sorted(source.entity_names(range(100)).values()) == ["Emmanuel Macron", "Moscow"]
    assert sorted(kind for kind in source.entity_kinds().tolist() if kind) == [1, 3]
    assert source.names_like("entity", "put", 5) == []
    assert len(named(source, "place", "Moscow")) == 1


def test_names_are_completed_by_any_of_their_words_the_commonest_first(folder: Folder) -> None:
    for number, who in enumerate(("Vladimir Putin", "Vladimir Putin", "Vera Vlasova", "Emmanuel Macron")):
        folder.write(f"{number}.txt", f"Number {number}", f"President {who} spoke in Vladivostok.")
    index_corpus([folder.path])
    source = source_of(folder.path)
    assert source.names_like("person", "vla", 5) == [("Vladimir Putin", 2), ("Vera Vlasova", 1)]
    assert source.names_like("person", "VLÁ", 1) == [("Vladimir Putin", 2)]
    assert source.names_like("entity", "vla", 5)[0] == ("Vladivostok", 4)
    assert source.names_like("person", "vladimir p", 5) == source.names_like("entity", "put", 5)
    assert source.names_like("person", "putin vlad", 5) == [("Vladimir Putin", 2)]
    assert source.names_like("entity", "", 2) == [("Vladivostok", 4), ("Vladimir Putin", 2)]
    assert source.names_like("org", "", 5) == []
    for nothing in ("%", "_", "xyz", "putin xyz", "\udcff"):
        assert source.names_like("entity", nothing, 5) == []


def test_where_many_names_begin_so_the_commonest_are_found(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_many(30)
    index_corpus([folder.path])
    source = source_of(folder.path)
    exact = source.names_like("person", "b", 2)
    monkeypatch.setattr("tui.corpus.naming._MOST_BEGUN", 1)
    assert source.names_like("person", "b", 2) == exact
    assert len(exact) == 2
    monkeypatch.setattr("tui.corpus.naming._MOST_COMMON", 0)
    assert source.names_like("entity", "b", 3)


def test_names_are_found_in_spite_of_a_slip(folder: Folder) -> None:
    people = (
        "Volodymyr Zelensky",
        "Volodymyr Zelensky",
        "Zoran Zelenka",
        "Łukasz Żuławski",
        "Елена Зеленская",
    )
    for number, who in enumerate(people):
        folder.write(f"{number}.txt", f"Number {number}", f"President {who} spoke. {who} said so.")
    index_corpus([folder.path])
    source = source_of(folder.path)
    for typed in (
        "zelenski",
        "ZELENSKI",
        "zelnsky",
        "zelenksy",
        "elensk",
        "zelens",
        "volodimyr zel",
        "vlodymyr",
    ):
        assert source.names_near("person", typed, 5)[0] == ("Volodymyr Zelensky", 2), typed
    assert source.names_near("person", "zulavski", 5) == [("Łukasz Żuławski", 1)]
    assert source.names_near("person", "zelen", 1) == [("Volodymyr Zelensky", 2)]
    assert source.names_near("place", "zelenski", 5) == []
    for nothing in ("", "zel", "zelenskiiii", "zilinska", "%%%%%", "\udcff" * 6, "z" * 3_000):
        assert source.names_near("entity", nothing, 5) == []


def test_names_are_compared_folded_by_whole_words_or_only_begun(folder: Folder) -> None:
    folder.write("a.txt", "One", "President Vladimir Putin spoke in Moscow.")
    folder.write("b.txt", "Two", "President Emmanuel Macron spoke in Paris.")
    index_corpus([folder.path])
    source = source_of(folder.path)
    (putin,) = named(source, "person", "VLADIMIR putin").tolist()
    assert named(source, "person", "Putin").tolist() == [putin]
    assert named(source, "entity", "vladi*").tolist() == named(source, "person", "put*").tolist() == [putin]
    assert named(source, "person", "puti").tolist() == []
    assert named(source, "place", "putin").tolist() == []
    for nobody in ("", "*", "%", "_utin", "put_n", "Nobody Atall"):
        assert named(source, "person", nobody).tolist() == []
    assert "Vladimir Putin" in source.surfaces(source.entities_named("person", "putin"))
    assert named(source, "place", "m*").dtype == np.uint32


def test_marks_of_articles_that_are_gone_do_no_harm(folder: Folder) -> None:
    folder.write_many(4)
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        hits = corpus.newest()
        for hit in hits[:2]:
            corpus.desk.set_read(hit.id, True)
        (folder.path / f"{hits[0].title.split()[-1]:>05}.txt").unlink()
        index_corpus([folder.path])
        source = source_of(folder.path, corpus.desk)
        assert source.flagged("read").tolist() == [hits[1].number]
        assert source.flagged("unread").tolist() == sorted(hit.number for hit in hits[2:])
        assert source.flagged("starred").tolist() == []
        for hit in hits[:3]:
            corpus.desk.set_read(hit.id, not corpus.desk.is_read(hit.id))
        assert source.flagged("read").tolist() == [hits[2].number]
        assert source.flagged("unread").tolist() == sorted(hits[at].number for at in (1, 3))
    assert source_of(folder.path).flagged("unread").tolist() == sorted(hit.number for hit in hits[1:])


def test_texts_and_rows_leave_out_what_has_gone(sample_corpus: Corpus) -> None:
    source = source_of(sample_data_path())
    hits = sample_corpus.newest(3)
    numbers = np.array([hits[2].number, 999_999, hits[0].number], np.uint32)
    assert [hit.id for hit in source.rows(numbers)] == [hits[2].id, hits[0].id]  # type: ignore[arg-type]
    assert source.texts(numbers)[hits[0].number] == sample_corpus.article(hits[0].id)  # type: ignore[arg-type]
    assert len(source.texts(range(1, 5000))) == sample_corpus.count()
    last, changes = source.changes_since(0)
    assert {change.number for change in changes} >= {hit.number for hit in hits}
    assert source.changes_since(last) == (last, [])
    assert source.changes_since(changes[2].sequence, 3) == (last, changes[3:6])
