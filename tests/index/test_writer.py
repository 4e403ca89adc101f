"""Commits, updates, merges, and what happens to an index that is damaged, foreign or hostile."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from whoosh.index import TOC

from tests.index.newsroom import Newsroom, article, generated, indexed
from tui.errors import CorpusBusy, CorpusDamaged
from tui.index.arrays import ArrayFile
from tui.index.schema import INDEX_NAME
from tui.index.search import Index
from tui.index.toc import latest_generation, read_toc, write_toc
from tui.index.writer import IndexWriter


def numbers(index: Index, query: str = "") -> list[int]:
    return sorted(index.search(query).order.tolist())


def test_add_change_and_delete(tmp_path: Path) -> None:
    newsroom = Newsroom([article("one red"), article("two red"), article("three red")])
    index = indexed(tmp_path, newsroom)
    newsroom.articles[2] = article("two blue")
    del newsroom.articles[3]
    newsroom.articles[4] = article("four red")
    with IndexWriter(tmp_path, newsroom) as writer:
        assert writer.sequence == 1
        writer.apply([(2, "put"), (3, "delete"), (4, "put")])
        writer.commit(17)
    assert (index.sequence, index.count) == (1, 3)
    assert index.refresh()
    assert not index.refresh()
    assert (index.sequence, index.count) == (17, 3)
    assert numbers(index, "red") == [1, 4]
    assert numbers(index, "blue") == [2]
    assert index.numbers().tolist() == [1, 2, 4]


def test_an_article_that_the_store_no_longer_has_is_deleted(tmp_path: Path) -> None:
    newsroom = Newsroom([article("one"), article("two")])
    indexed(tmp_path, newsroom)
    del newsroom.articles[1]
    with IndexWriter(tmp_path, newsroom) as writer:
        writer.apply([(1, "put")])
        writer.commit(2)
    assert Index.open(tmp_path, newsroom).numbers().tolist() == [2]


def test_the_last_change_to_an_article_counts(tmp_path: Path) -> None:
    newsroom = Newsroom([article("one")])
    with IndexWriter(tmp_path, newsroom) as writer:
        for _ in range(3):
            writer.apply([(1, "put")])
        newsroom.articles[1] = article("uno")
        writer.apply([(1, "put")])
        writer.commit(4)
    index = Index.open(tmp_path, newsroom)
    assert numbers(index) == [1]
    assert numbers(index, "uno") == [1]


def test_what_is_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(30))
    before = indexed(tmp_path, newsroom)
    files = sorted(tmp_path.iterdir())
    with pytest.raises(RuntimeError), IndexWriter(tmp_path, newsroom) as writer:
        writer.apply([(1, "delete"), (2, "put")])
        writer.optimize()
        raise RuntimeError
    assert sorted(tmp_path.iterdir()) == files
    assert Index.open(tmp_path, newsroom).numbers().tolist() == before.numbers().tolist()


def test_everything_deleted_is_an_index_too(tmp_path: Path) -> None:
    newsroom = Newsroom([article("one")])
    indexed(tmp_path, newsroom)
    newsroom.articles.clear()
    with IndexWriter(tmp_path, newsroom) as writer:
        writer.apply([(1, "delete")])
        writer.commit(5)
    index = Index.open(tmp_path, newsroom)
    assert (numbers(index), index.sequence) == ([], 5)
    newsroom.articles[7] = article("seven")
    with IndexWriter(tmp_path, newsroom) as writer:
        assert writer.sequence == 5
        writer.apply([(7, "put")])
        writer.commit(6)
    assert numbers(Index.open(tmp_path, newsroom), "seven") == [7]


def test_many_small_commits_stay_few_segments_and_few_files(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(40))
    index = indexed(tmp_path, newsroom, batches=40)
    assert numbers(index) == list(range(1, 41))
    assert len(read_toc(tmp_path, latest_generation(tmp_path))) <= 10
    assert len(list(tmp_path.iterdir())) <= 12
    with IndexWriter(tmp_path, newsroom) as writer:
        writer.optimize()
        writer.commit(41)
    assert len(read_toc(tmp_path, latest_generation(tmp_path))) == 1
    assert numbers(Index.open(tmp_path, newsroom)) == list(range(1, 41))


def test_a_reader_outlives_merges_and_a_results_its_generation(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(40))
    index = indexed(tmp_path, newsroom)
    results = index.search("a*")
    with IndexWriter(tmp_path, newsroom) as writer:
        for number in range(1, 11):
            writer.apply([(number, "put")])
            writer.commit(number)
    del newsroom.articles[results.order[0]]
    assert [hit.number for hit in results.page(0, 5)] == results.order[1:5].tolist()
    assert numbers(index, "a*") == sorted(results.order.tolist())
    assert index.generation >= results.generation + 10  # a search takes the newest


def test_catching_up(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(5))
    told: list[int] = []
    with IndexWriter(tmp_path, newsroom) as writer:
        assert writer.catch_up(told.append)
        assert not writer.catch_up()
    assert sum(told) == 5
    assert Index.open(tmp_path, newsroom).sequence == 5


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    newsroom = Newsroom()
    with IndexWriter(tmp_path, newsroom), pytest.raises(CorpusBusy):
        IndexWriter(tmp_path, newsroom)
    IndexWriter(tmp_path, newsroom).close()


def test_what_a_killed_writer_left_is_swept_up(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(10))
    indexed(tmp_path, newsroom)
    files = sorted(tmp_path.iterdir())
    writer = IndexWriter(tmp_path, newsroom)
    writer.apply([(1, "put")])
    writer._flush()
    (tmp_path / "_main_2.toc.1637.5").write_bytes(b"half")
    writer._lock.release()  # as the system does for a process that is killed
    assert len(list(tmp_path.iterdir())) > len(files)
    assert Index.open(tmp_path, newsroom).count == 10
    IndexWriter(tmp_path, newsroom).close()
    assert sorted(tmp_path.iterdir()) == files


def test_a_full_disk_leaves_the_commit_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom = Newsroom(generated(10))
    indexed(tmp_path, newsroom)
    files = sorted(tmp_path.iterdir())

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with IndexWriter(tmp_path, newsroom) as writer:
        writer.apply([(1, "put")])
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(OSError, match="No space"):
                writer.commit(2)
    assert sorted(tmp_path.iterdir()) == files
    assert Index.open(tmp_path, newsroom).sequence == 1


# Damage


def toc_path(directory: Path) -> Path:
    return directory / TOC._filename(INDEX_NAME, latest_generation(directory))


def test_no_index_at_all(tmp_path: Path) -> None:
    with pytest.raises(CorpusDamaged, match="broadsheet index"):
        Index.open(tmp_path / "nowhere", Newsroom())


class Hostile:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def segment_id(self) -> str:
        return "hostile"

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.mark}",)


@pytest.mark.parametrize("where", ["segments", "schema"])
def test_a_hostile_table_of_contents_runs_nothing(tmp_path: Path, where: str) -> None:
    newsroom = Newsroom(generated(3))
    indexed(tmp_path, newsroom)
    mark = tmp_path / "ran"
    generation = latest_generation(tmp_path)
    if where == "segments":
        write_toc(tmp_path, generation + 1, [Hostile(mark)])  # type: ignore[list-item]
        with pytest.raises(CorpusDamaged, match="has no place in an index"):
            Index.open(tmp_path, newsroom)
    else:
        path = toc_path(tmp_path)
        whole = path.read_bytes()[:-12]  # without its seal, which somebody hostile would make anew
        schema = whole[whole.index(b"\x80\x02") :]
        length = len(schema) - len(schema[schema.index(b".\x00\x00\x00") + 1 :])
        bomb = pickle.dumps(Hostile(mark), 2)
        path.write_bytes(whole.replace(schema[:length], bomb.ljust(length, b"#")[:length]))
        Index.open(tmp_path, newsroom)  # the schema is not looked at
    assert not mark.exists()


def test_bytes_flipped_anywhere_in_the_table_of_contents_are_damage_or_nothing(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(5))
    indexed(tmp_path, newsroom, batches=2)
    path = toc_path(tmp_path)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        flipped = bytearray(whole)
        flipped[place] ^= 0x55
        path.write_bytes(flipped)
        try:
            Index.open(tmp_path, newsroom).search("a")
        except CorpusDamaged:
            pass
    for length in (0, 3, 20, len(whole) // 2, len(whole) - 3):
        path.write_bytes(whole[:length])
        with pytest.raises(CorpusDamaged):
            Index.open(tmp_path, newsroom)
    with pytest.raises(CorpusDamaged):
        IndexWriter(tmp_path, newsroom)
    with IndexWriter(tmp_path, newsroom, rebuild=True) as writer:
        writer.catch_up()
    assert Index.open(tmp_path, newsroom).count == 5


def segment_path(directory: Path) -> Path:
    return next(directory.glob("*.arrays"))


def test_a_segment_cut_short_or_missing(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(5))
    indexed(tmp_path, newsroom)
    path = segment_path(tmp_path)
    whole = path.read_bytes()
    for length in (0, 10, 100, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(CorpusDamaged):
            Index.open(tmp_path, newsroom)
    path.unlink()
    with pytest.raises(CorpusDamaged, match="missing"):
        Index.open(tmp_path, newsroom)


def test_a_segment_of_a_newer_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom = Newsroom(generated(5))
    monkeypatch.setattr("tui.index.arrays.FORMAT", 99)
    indexed(tmp_path, newsroom)
    monkeypatch.undo()
    with pytest.raises(CorpusDamaged, match="format 99"):
        Index.open(tmp_path, newsroom)


def test_a_byte_flipped_in_the_arrays_is_found_by_the_doctor_and_never_crashes_a_search(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(generated(20))
    assert indexed(tmp_path, newsroom).damaged() == []
    path = segment_path(tmp_path)
    whole = path.read_bytes()
    header = int.from_bytes(whole[12:16], "little") + 20
    file = ArrayFile(path)
    within: set[int] = set()
    for name, size in file.sizes().items():
        begin = file._base + file._directory[name][2]
        within |= set(range(begin, begin + size))
    for place in np.linspace(header + 64, len(whole) - 1, 60, dtype=int).tolist():
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF
        path.unlink()
        path.write_bytes(flipped)
        assert bool(ArrayFile(path).damaged()) == (place in within)
        try:
            index = Index.open(tmp_path, newsroom)
        except CorpusDamaged:
            continue  # what is read at opening is checked there
        assert bool(index.damaged()) == (place in within)
        for query in ("a*", '"a b"', "ab", "date:2021", "lang:en", "zzab~2", "source:a*", "-a"):
            try:
                index.search(query)
            except CorpusDamaged:
                pass
