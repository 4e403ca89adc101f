"""Kills, full disks, damage, monsters: each has a defined answer, and nothing is lost."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh import fields
from whoosh.index import create_in

from tests.index import killing
from tests.index.newsroom import Newsroom, article, generated, indexed
from tui.article import Article
from tui.errors import CorpusDamaged
from tui.index import arrays, tiers, writer
from tui.index.arrays import ArrayFile, ArrayFileWriter, NewerFormat, write_arrays
from tui.index.codec import ArraySegment
from tui.index.schema import INDEX_NAME
from tui.index.search import Index
from tui.index.tiers import Size, to_merge, too_many
from tui.index.toc import latest_generation, read_toc
from tui.index.writer import IndexWriter


def _found(index: Index, query: str) -> list[int]:
    return sorted(index.search(query).numbers(0, 1_000).tolist())


# Processes


def _itself(newsroom: Newsroom) -> Newsroom:
    return newsroom


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many slices and merges, of few articles."""
    monkeypatch.setattr(writer, "_SLICE", 20)
    monkeypatch.setattr(writer, "_FEW", 5)
    monkeypatch.setattr(tiers, "_TIER", 3)
    monkeypatch.setattr(tiers, "_SMALLEST", 10)


@pytest.mark.usefixtures("small_slices")
@pytest.mark.parametrize("jobs", [1, 2])
def test_many_changes_by_any_number_of_processes(tmp_path: Path, jobs: int) -> None:
    newsroom = Newsroom(generated(150))
    told: list[int] = []
    with IndexWriter(tmp_path, newsroom, opener=partial(_itself, newsroom), jobs=jobs) as taking:
        assert taking.catch_up(told.append)
        assert not taking.catch_up()
    assert sum(told) == 150
    once = indexed(tmp_path / "once", newsroom)
    many = Index.open(tmp_path, newsroom)
    assert len(read_toc(tmp_path, latest_generation(tmp_path))) <= 10
    assert many.sequence == 150
    for query in ("", "a*", '"a b"~3', "title:ab", "source:a*"):
        assert _found(many, query) == _found(once, query), query


def test_the_last_commit_is_whole_after_kills() -> None:
    """`python -m tests.index.killing --runs 200` does the same for longer."""
    counts = killing.kill_again_and_again(int(os.environ.get("BROADSHEET_KILLS", "2")))
    assert sum(counts[name] for name in ("nothing yet", "went on", "finished")) > 0


_FULL = """
import resource, signal, sys
from pathlib import Path
from tests.index.killing import write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    write(Path(sys.argv[1]), 1, 2_000)
except OSError as error:
    print(error.errno)
"""


@pytest.mark.parametrize("most", [3_000, 40_000, 90_000])
def test_a_full_disk(tmp_path: Path, most: int) -> None:
    """Here a limit on what a file may hold, which ends a run in making, or a later one in merging."""
    ended = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path), str(most)], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() in ("27", "")
    if ended.stdout.strip():
        reached = killing.check(tmp_path, 1, 2_000)
        assert reached or latest_generation(tmp_path) < 0
        if reached:
            assert killing.litter(tmp_path) == []
    killing.write(tmp_path, 1, 2_000)
    assert killing.check(tmp_path, 1, 2_000) == 2_000
    assert killing.litter(tmp_path) == []


def test_a_reader_stays_open_across_ten_merges(tmp_path: Path) -> None:
    newsroom = Newsroom(generated(60))
    index = indexed(tmp_path, newsroom, batches=3)
    results = index.search('"a b"~2 OR a*')
    before = results.order.tolist()
    reader = index._snapshot
    for number in range(1, 11):
        with IndexWriter(tmp_path, newsroom) as taking:
            taking.apply([(number, "put")])
            taking.optimize()
            taking.commit(number + 10)
    assert len(list(tmp_path.glob("*.arrays"))) == 1
    assert results.order.tolist() == before
    assert all(segment.file.damaged() == [] for segment in reader.segments)
    assert sorted(_found(index, '"a b"~2 OR a*')) == sorted(before)


# Files that are not what they should be


def test_arrays_are_read_as_they_were_appended(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    expected: dict[str, list[np.ndarray]] = {"a": [], "b": [], "c": []}
    with ArrayFileWriter(tmp_path / "x") as file:
        for _ in range(60):
            for name, kind, most in (("a", np.uint8, 40_000), ("b", np.uint64, 9_000), ("c", np.int32, 3)):
                values = chance.integers(0, 100, chance.integers(0, most)).astype(kind)
                file.append(name, values)
                expected[name].append(values)
        with pytest.raises(TypeError):
            file.append("a", np.zeros(1, np.uint16))
        file.close({"said": ["ä"]})
    read = ArrayFile(tmp_path / "x")
    assert read.meta == {"said": ["ä"]}
    assert read.damaged() == []
    for name, parts in expected.items():
        whole = np.concatenate(parts)
        assert read.whole(name).tolist() == whole.tolist()
        assert read.part(name, 10, 90).tolist() == whole[10:90].tolist()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_damage_is_met_where_it_is_touched_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_arrays(path, {}, {"a": np.arange(200_000, dtype=np.uint32), "b": np.zeros(9, np.uint8)})
    whole = bytearray(path.read_bytes())
    begin = whole.index(np.arange(100, dtype="<u4").tobytes())
    whole[begin + 4 * 100_000] ^= 1
    path.write_bytes(whole)
    file = ArrayFile(path)
    assert file.part("a", 0, 80_000)[-1] == 79_999
    assert file["b"].tolist() == [0] * 9
    for _ in range(2):
        with pytest.raises(CorpusDamaged, match=r"x is damaged \(in a\): rebuild"):
            file.part("a", 99_990, 100_010)
    with pytest.raises(CorpusDamaged):
        file.whole("a")
    assert file.part("a", 190_000, 190_001).tolist() == [190_000]
    assert file.damaged() == ["a"]


def test_an_index_of_a_newer_program_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom = Newsroom(generated(5))
    with monkeypatch.context() as patch:
        patch.setattr(arrays, "FORMAT", 99)
        indexed(tmp_path, newsroom)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(
        NewerFormat, match="format 99, this program's is 2: use the newer program, or rebuild"
    ):
        Index.open(tmp_path, newsroom)
    with pytest.raises(NewerFormat):
        IndexWriter(tmp_path, newsroom)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files
    with IndexWriter(tmp_path, newsroom, rebuild=True) as taking:
        taking.catch_up()
    assert Index.open(tmp_path, newsroom).count == 5
    assert killing.litter(tmp_path) == []


def test_segments_of_whooshs_own_codec_are_refused(tmp_path: Path) -> None:
    """Reading their postings would unpickle what is in them."""
    made = create_in(str(tmp_path), fields.Schema(body=fields.TEXT), INDEX_NAME)
    with made.writer() as whooshs:
        whooshs.add_document(body="words")
    with pytest.raises(CorpusDamaged, match=r"Whoosh's own .* not safe to read: rebuild the index with"):
        Index.open(tmp_path, Newsroom())


@pytest.mark.parametrize(
    "state",
    [
        {"segid": "../../../etc/passwd"},
        {"indexname": "/etc"},
        {"doccount": -1},
        {"doccount": 1 << 40},
        {"sequence": "9"},
        {"deleted": "bits AAAA"},
        {"deleted": "numbers /////w=="},
        {"deleted": "numbers AgAAAAEAAAA="},
        {"deleted": [1, 2]},
        {"deleted": "what"},
    ],
)
def test_a_list_of_segments_says_only_what_it_may(state: dict[str, object]) -> None:
    segment = ArraySegment(INDEX_NAME, 9)
    segment.delete(np.array([3, 7, 3]))
    whole = segment.__getstate__()
    read = ArraySegment.__new__(ArraySegment)
    read.__setstate__(whole)
    assert read.deleted_docs() == {3, 7}
    with pytest.raises(CorpusDamaged, match="rebuild"):
        read.__setstate__({**whole, **state})


@given(st.integers(0, 3_000), st.data())
def test_deleted_documents_are_kept(documents: int, data: st.DataObject) -> None:
    chance = np.random.default_rng(data.draw(st.integers(0, 99)))
    dead = np.flatnonzero(chance.random(documents) < data.draw(st.sampled_from([0, 0.01, 0.4, 1])))
    segment = ArraySegment(INDEX_NAME, documents)
    segment.delete(dead)
    read = pickle.loads(pickle.dumps(segment))
    assert read.dead.tolist() == sorted(read.deleted_docs()) == dead.tolist()


# The smallest two are unequal, and there are far too many all the same.
@example([(1, 0), *[(9, 0)] * 7, *[(1_000 + 300 * n, 0) for n in range(17)]], True)
@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 500)), max_size=40), st.booleans())
def test_what_is_merged_is_of_one_size_and_no_more_than_may_be(
    segments: list[tuple[int, int]], few: bool
) -> None:
    sizes = [Size(place, live, live + dead) for place, (live, dead) in enumerate(segments)]
    most = 20_000 if few else 1 << 62
    for _ in range(200):
        group = to_merge(sizes, most) or too_many(sizes, most)
        if not group:
            break
        live = sum(sizes[place].live for place in group)
        assert live <= most or len(sizes) > 24
        left = [size for place, size in enumerate(sizes) if place not in group]
        assert len(left) < len(sizes)
        sizes = [Size(place, *size[1:]) for place, size in enumerate([*left, Size(0, live, live)])]
    else:
        pytest.fail("merges without end")
    if few:
        assert len(sizes) <= 24


# Monsters


def test_monstrous_articles(tmp_path: Path) -> None:
    long_word = "x" * 60_000
    monsters = [
        article(f"{long_word} beside"),
        article(" ".join(f"q{number}" for number in range(100_000))),
        article("often " * 70_000 + "end"),
        article("\n".join(["one two"] * 20_000) + "\nthree"),
        article("often beside"),
    ]
    index = indexed(tmp_path, Newsroom(monsters))
    assert _found(index, "beside") == [1, 5]
    assert _found(index, "q99999") == [2]
    assert _found(index, "q7*") == [2]
    assert _found(index, "often") == [3, 5]
    assert _found(index, '"often end"') == [3]
    assert _found(index, '"two three"') == []
    assert _found(index, '"one two"') == [4]
    assert index.damaged() == []
    reader = index._snapshot.segments[0]
    often = reader.terms("body").find(b"often")
    assert reader.postings["body"].tf(often).tolist() == [70_000, 1]


def test_a_hundred_thousand_sources(tmp_path: Path) -> None:
    newsroom = Newsroom([Article("t", ("x",), source=f"s{number}.example") for number in range(100_000)])
    with IndexWriter(tmp_path, newsroom) as taking:
        taking.catch_up()
        taking.optimize()
        taking.commit(100_001)
    index = Index.open(tmp_path, newsroom)
    assert _found(index, "source:s77777.example") == [77_778]
    assert index.search("source:s7*").total == 11_111


def test_no_byte_of_the_table_of_contents_can_change_unseen(tmp_path: Path) -> None:
    """Which documents are deleted stands there alone: read wrongly, it would be a wrong answer without a word."""
    newsroom = Newsroom(generated(60))
    indexed(tmp_path, newsroom)
    with IndexWriter(tmp_path, newsroom) as taking:
        taking.apply([(5, "delete"), (17, "delete"), (41, "delete")])
        taking.commit(61)
    whole = Index.open(tmp_path, newsroom).numbers().tolist()
    (toc,) = tmp_path.glob("*.toc")
    written = toc.read_bytes()
    seal = len(written) - 12
    for place in range(len(written)):
        damaged = bytearray(written)
        damaged[place] ^= 1
        toc.write_bytes(damaged)
        if place < seal or place >= seal + 8:
            with pytest.raises(CorpusDamaged):
                read_toc(tmp_path, latest_generation(tmp_path))
    toc.write_bytes(written[:seal])  # as it was written before there were seals
    assert Index.open(tmp_path, newsroom).numbers().tolist() == whole
