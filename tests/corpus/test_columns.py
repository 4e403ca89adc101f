"""The store as the index sees it agrees with the store as everyone else does."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.corpus.conftest import Folder
from tui.corpus import Corpus, Desk, find_corpus, index_corpus, sample_data_path
from tui.corpus.columns import StoreArticles
from tui.corpus.store import Store


def source_of(folder: Path, desk: Desk | None = None) -> StoreArticles:
    place = find_corpus(folder)
    assert place is not None
    return StoreArticles(Store(place.store), desk)


def test_columns_say_what_articles_and_mentions_say(sample_corpus: Corpus) -> None:
    columns = source_of(sample_data_path()).columns()
    hits = {hit.number: hit for hit in sample_corpus.newest(1000)}
    assert columns.numbers.tolist() == sorted(hits)
    for row, number in enumerate(columns.numbers.tolist()):
        hit = hits[number]
        assert columns.day[row] == (hit.date.toordinal() if hit.date else 0)
        assert (columns.source_names[columns.source[row]] if columns.source[row] >= 0 else None) == hit.source
        named = columns.entities[columns.entity_start[row] : columns.entity_start[row + 1]].tolist()
        assert len(named) == len(set(named))
        mentioned = {mention.entity for mention in sample_corpus.mentions(hit.id)}
        expected = sorted((e.name, e.type) for e in (sample_corpus.entity(id) for id in mentioned if id))
        assert sorted((columns.entity_names[at], columns.entity_types[at]) for at in named) == expected
    assert len(columns.entity_start) == len(columns.numbers) + 1


def test_columns_of_nothing(folder: Folder) -> None:
    folder.write("a.txt", "Plain words", "there is nobody in here.")
    index_corpus([folder.path])
    assert source_of(folder.path).columns().entity_start.tolist() == [0, 0]
    (folder.path / "a.txt").unlink()
    folder.write("b", "")
    (folder.path / "b").write_bytes(b"")
    index_corpus([folder.path])
    columns = source_of(folder.path).columns()
    assert (len(columns.numbers), columns.entity_start.tolist(), columns.entity_names) == (0, [0], ())


def test_names_are_compared_folded_by_whole_words_or_only_begun(folder: Folder) -> None:
    folder.write("a.txt", "One", "President Vladimir Putin spoke in Moscow.")
    folder.write("b.txt", "Two", "President Emmanuel Macron spoke in Paris.")
    index_corpus([folder.path])
    source = source_of(folder.path)
    (putin,) = source.named("person", "VLADIMIR putin").tolist()
    assert source.named("person", "Putin").tolist() == [putin]
    assert source.named("entity", "vladi*").tolist() == source.named("person", "put*").tolist() == [putin]
    assert source.named("person", "puti").tolist() == []
    assert source.named("place", "putin").tolist() == []
    for nobody in ("", "*", "%", "_utin", "put_n", "Nobody Atall"):
        assert source.named("person", nobody).tolist() == []
    assert "Vladimir Putin" in source.surfaces("person", "putin")
    assert source.named("place", "m*").dtype == np.uint32


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
