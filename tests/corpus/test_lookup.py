"""What a prompt asks the store: ids only begun, and articles by their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.corpus import Corpus, sample_data_path


def test_ids_that_begin_so(sample_corpus: Corpus) -> None:
    ids = sorted(hit.id for hit in sample_corpus.newest(1000))
    for length in (1, 4, 16):
        beginning = ids[7][:length]
        assert sample_corpus.ids_beginning(beginning, 1000) == [id for id in ids if id.startswith(beginning)]
    assert sample_corpus.ids_beginning("f" * 16 + "0") == []
    assert len(sample_corpus.ids_beginning("", 3)) == 3


def test_a_file_s_article(sample_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(sample_data_path().rglob("*.txt"))
    for file in files[:5]:
        id = sample_corpus.id_of_file(file)
        assert id is not None
        assert sample_corpus.article(id).title == file.read_text("utf-8").splitlines()[0].strip()
    monkeypatch.chdir(sample_data_path())
    assert sample_corpus.id_of_file(files[0].relative_to(sample_data_path())) == sample_corpus.id_of_file(
        files[0]
    )
    link = tmp_path / "link.txt"
    link.symlink_to(files[0])
    assert sample_corpus.id_of_file(link) == sample_corpus.id_of_file(files[0])
    assert sample_corpus.id_of_file(tmp_path / "elsewhere.txt") is None
