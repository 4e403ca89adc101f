"""Which corpus is meant by a folder."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder
from tui.corpus import Corpus, find_corpus, index_corpus, make_corpus, sample_data_path
from tui.corpus.locate import choose, corpora_directory, data_directory, require_corpus
from tui.errors import BroadsheetError, NoSuchCorpus, UsageError


def test_sample_data_is_found_in_a_checkout() -> None:
    assert (sample_data_path() / "README.md").exists()


def test_sample_data_is_found_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "tui"
    (package / "sample_data").mkdir(parents=True)
    (tmp_path / "site-packages" / "sample_data").mkdir()  # somebody else's
    monkeypatch.setattr("tui.corpus.locate.__file__", str(package / "corpus" / "locate.py"))
    assert sample_data_path() == package / "sample_data"
    shutil.rmtree(tmp_path / "site-packages")
    with pytest.raises(BroadsheetError):
        sample_data_path()


def test_a_corpus_is_made_once_and_found_by_any_name_of_its_folder(folder: Folder, tmp_path: Path) -> None:
    assert find_corpus(folder.path) is None
    place = make_corpus(folder.path)
    link = tmp_path / "link"
    link.symlink_to(folder.path)
    for name in (folder.path, link, folder.path / ".." / "articles"):
        found = find_corpus(name)
        assert found is not None and found.uuid == place.uuid
    assert make_corpus(link).uuid == place.uuid
    assert place.directory.name == place.uuid
    assert place.directory.parent == data_directory() / "corpora"


def test_store_and_index_go_where_they_are_told(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.txt", "A title")
    elsewhere = tmp_path / "elsewhere"
    index_corpus([folder.path], index_dir=elsewhere)
    assert not data_directory().exists()
    with pytest.raises(NoSuchCorpus):
        Corpus.open(folder.path)
    monkeypatch.setenv("BROADSHEET_INDEX_DIR", str(elsewhere))
    assert corpora_directory() == elsewhere
    with Corpus.open(folder.path) as corpus:
        assert corpus.count() == 1


def test_nothing_is_made_of_a_file_or_of_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("text")
    with pytest.raises(UsageError, match="is a file"):
        make_corpus(file)
    with pytest.raises(UsageError, match="no folder"):
        make_corpus(tmp_path / "nowhere")
    with pytest.raises(NoSuchCorpus, match="not a folder"):
        require_corpus(tmp_path / "nowhere")
    with pytest.raises(NoSuchCorpus, match="broadsheet index"):
        require_corpus(tmp_path)
    assert not data_directory().exists()


def test_path_then_environment_then_current_folder_then_sample(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = folder.path / "2021" / "12"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert choose(None) == (sample_data_path(), "sample")
    make_corpus(folder.path)
    assert choose(None) == (folder.path, "folder")
    make_corpus(folder.path / "2021")
    assert choose(None) == (folder.path / "2021", "folder")
    monkeypatch.setenv("BROADSHEET_CORPUS", str(tmp_path))
    assert choose(None) == (tmp_path, "environment")
    assert choose(folder.path) == (folder.path, "given")


def test_a_folder_that_moved_is_found_by_its_content(folder: Folder, tmp_path: Path) -> None:
    folder.write_many(30)
    index_corpus([folder.path])
    before = find_corpus(folder.path)
    assert before is not None
    moved = tmp_path / "moved"
    folder.path.rename(moved)
    (moved / "new.txt").write_text("Something new\n20220101\nhttps://example.com/new\nText of it.\n")
    (moved / "00003.txt").unlink()
    found = find_corpus(moved)
    assert found is not None and found.uuid == before.uuid and found.roots == (moved,)
    with Corpus.open(moved) as corpus:
        assert corpus.count() == 30
    report = index_corpus([moved])
    assert (report.added, report.removed, report.unchanged) == (1, 1, 29)
    with Corpus.open(moved) as corpus:
        assert corpus.roots == (moved,)
    assert find_corpus(folder.path) is None


def test_a_copy_is_another_corpus_and_so_is_a_folder_with_other_texts(folder: Folder, tmp_path: Path) -> None:
    folder.write_many(12)
    index_corpus([folder.path])
    copy = tmp_path / "copy"
    shutil.copytree(folder.path, copy)
    assert find_corpus(copy) is None
    folder.path.rename(tmp_path / "away")
    for file in copy.iterdir():
        file.write_bytes(file.read_bytes().replace(b"Thursday", b"Saturday"))
    assert find_corpus(copy) is None
    assert find_corpus(tmp_path) is None


def test_a_card_that_can_not_be_read_is_no_corpus(folder: Folder) -> None:
    place = make_corpus(folder.path)
    card = place.directory / "corpus.json"
    for wrong in (b"", b"{}", b'{"uuid": 1, "name": 2, "roots": 3}', b"\xff\xfe"):
        card.write_bytes(wrong)
        assert find_corpus(folder.path) is None


def test_a_root_whose_name_is_not_text(tmp_path: Path) -> None:
    root = Folder(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m")))
    root.write("a.txt", "A title")
    place = make_corpus(root.path)
    index_corpus([root.path])
    with Corpus.open(root.path) as corpus:
        assert corpus.count() == 1
        assert corpus.name.isprintable() and "caf" in corpus.name
    assert json.loads((place.directory / "corpus.json").read_bytes())["uuid"] == place.uuid
