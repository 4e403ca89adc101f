"""Texts come out of the store as they went in, whatever they are packed by."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.conftest import Folder, prose
from tui.corpus import Corpus, find_corpus, index_corpus, ingest, packing
from tui.corpus.doctor import check_corpus
from tui.corpus.packing import Packing, learn
from tui.errors import CorpusDamaged

SAMPLES = ["\n".join(prose(number)) for number in range(200)]
ONE, OTHER = (learn(SAMPLES[at::2], 10_000_000, number) for at, number in ((0, 1), (1, 7)))


@given(st.lists(st.text(max_size=2_000), max_size=5))
def test_texts_are_packed_and_unpacked(texts: list[str]) -> None:
    assert ONE is not None and OTHER is not None
    writer = Packing()
    packed = [writer.pack(text) for text in texts]
    for dictionary in (ONE, OTHER):
        writer.use(dictionary)
        packed += map(writer.pack, texts)
    reader = Packing(dict([ONE, OTHER]).get)
    expected = [text.encode("utf-8", "replace").decode() for text in texts]
    assert [reader.unpack(text) for text in packed] == expected * 3
    assert [writer.renew(text) for text in packed] == packed[len(texts) * 2 :] * 3


def test_a_dictionary_makes_texts_smaller_and_is_needed_to_read_them() -> None:
    assert ONE is not None
    plain, learnt = Packing(), Packing()
    learnt.use(ONE)
    text = "\n".join(prose(1_000))
    assert len(learnt.pack(text)) < 0.9 * len(plain.pack(text))
    with pytest.raises(CorpusDamaged, match="missing"):
        plain.unpack(learnt.pack(text))
    for broken in (b"", b"no frame", plain.pack(text)[:-4]):
        with pytest.raises(CorpusDamaged, match="doctor"):
            plain.unpack(broken)


def test_from_too_little_nothing_is_learnt() -> None:
    assert learn([], 10_000_000, 1) is None
    assert learn(["", "a"] * 500, 10_000_000, 1) is None
    assert learn(SAMPLES, 1_000, 1) is None


@pytest.fixture
def quick_to_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "_LEARNT_FROM", 40)
    monkeypatch.setattr(packing, "_LEAST_BYTES", 1_000)


def dictionaries(folder: Path) -> list[tuple[int, int]]:
    place = find_corpus(folder)
    assert place is not None
    connection = sqlite3.connect(place.store)
    rows = connection.execute("SELECT dictionary, learnt_from FROM dictionaries ORDER BY 1").fetchall()
    connection.close()
    return rows


def write(folder: Folder, start: int, end: int) -> dict[str, list[str]]:
    texts = {}
    for number in range(start, end):
        texts[f"Headline {number}"] = prose(number)
        folder.write(f"{number:04}.txt", f"Headline {number}", *prose(number))
    return texts


def read(folder: Folder) -> dict[str, list[str]]:
    with Corpus.open(folder.path) as corpus:
        return {hit.title: list(corpus.article(hit.id).paragraphs) for hit in corpus.newest(5_000)}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("quick_to_learn")
def test_a_corpus_learns_from_its_articles_and_again_when_it_has_grown(folder: Folder, jobs: int) -> None:
    texts = write(folder, 0, 100)
    index_corpus([folder.path], jobs=jobs)
    assert dictionaries(folder.path) == [(1, 10)]
    texts |= write(folder, 100, 160)
    index_corpus([folder.path], jobs=jobs)
    assert dictionaries(folder.path) == [(1, 10)]
    texts |= write(folder, 160, 700)
    index_corpus([folder.path], jobs=jobs)
    assert dictionaries(folder.path) == [(1, 10), (2, 40)]
    assert read(folder) == texts
    assert {finding.state for finding in check_corpus(folder.path)} == {"well"}


@pytest.mark.usefixtures("quick_to_learn")
def test_a_lost_dictionary_costs_reading_the_files_again(folder: Folder) -> None:
    texts = write(folder, 0, 120)
    index_corpus([folder.path])
    place = find_corpus(folder.path)
    assert place is not None
    connection = sqlite3.connect(place.store)
    connection.execute("DELETE FROM dictionaries")
    connection.commit()
    connection.close()
    with pytest.raises(CorpusDamaged):
        read(folder)
    assert any(finding.state == "ill" for finding in check_corpus(folder.path))
    check_corpus(folder.path, fix=True)
    index_corpus([folder.path])
    assert read(folder) == texts
    assert {finding.state for finding in check_corpus(folder.path)} == {"well"}
