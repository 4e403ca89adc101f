"""A store of Broadsheet 0.1.0 becomes one of today's, and nobody's ids, marks or articles are lost.

`stores/0.1.0.sqlite.gz` was written by that release from the folder that `filled` writes, in which `gone.txt` had
stood before.
"""

from __future__ import annotations

import gzip
import os
import sqlite3
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder, body, prose
from tui.corpus import Corpus, Place, find_corpus, index_corpus, make_corpus
from tui.corpus.doctor import check_corpus
from tui.corpus.schema import connect_writer
from tui.entities.choice import recogniser_name
from tui.errors import BroadsheetError, CorpusDamaged

OLD = Path(__file__).parent / "stores" / "0.1.0.sqlite.gz"


@pytest.fixture
def filled(folder: Folder) -> Folder:
    folder.write_many(12)
    folder.write(
        "version.txt",
        "Headline number 3",
        "Another version.",
        url="https://www.example.com/news/00003.txt",
    )
    folder.write("nowhere.txt", "Without an address", *prose(1), url=None)
    (folder.path / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def old(filled: Folder) -> Place:
    place = make_corpus(filled.path)
    place.store.write_bytes(gzip.decompress(OLD.read_bytes()))
    connection = sqlite3.connect(place.store)
    connection.execute("UPDATE roots SET path = ?", (os.fsencode(filled.path),))
    connection.execute("UPDATE meta SET value = ? WHERE key = 'uuid'", (place.uuid,))
    # As if today's recogniser had made its mentions: otherwise all is read again.
    connection.execute("UPDATE meta SET value = ? WHERE key = 'recogniser'", (recogniser_name(None),))
    connection.commit()
    connection.close()
    return place


def everything(path: Path) -> object:
    with Corpus.open(path) as corpus:
        articles = {
            hit.id: (corpus.article(hit.id), corpus.versions(hit.id), corpus.mentions(hit.id))
            for hit in corpus.newest(100)
        }
        return articles, corpus.entities(limit=1000), corpus.overview(), corpus.failures()


def test_all_is_as_if_it_had_been_read_today(
    filled: Folder, old: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BroadsheetError, match=r"earlier Broadsheet: run `broadsheet index`"):
        Corpus.open(filled.path)
    old.store.with_name("store.sqlite.new").write_bytes(b"left by a run that was killed")
    report = index_corpus([filled.path])
    assert (report.added, report.updated, report.removed, report.unchanged) == (0, 0, 0, 15)
    assert {path.name for path in old.directory.glob("store*")} == {"store.sqlite"}
    assert {finding.state for finding in check_corpus(filled.path)} <= {"well", "note"}
    with Corpus.open(filled.path) as corpus:
        assert corpus.uuid == old.uuid
        numbers = {hit.number for hit in corpus.newest(100)}
    assert numbers == {*range(1, 13), 14}
    upgraded = everything(filled.path)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("BROADSHEET_DATA_DIR", str(tmp_path / "other"))
        index_corpus([filled.path])
        assert everything(filled.path) == upgraded
    filled.write("new.txt", "A new one", *prose(3))
    index_corpus([filled.path])
    with Corpus.open(filled.path) as corpus:
        (new,) = {hit.number for hit in corpus.newest(100)} - numbers
        assert new == 15  # 13 was that of `gone.txt`


def test_a_store_without_joined_entities_gets_them_without_its_sources(folder: Folder) -> None:
    """As schema 2 was: nothing of what was decided about entities, or quoted, had a table."""
    folder.write("1.txt", "Vladimir Putin spoke", "Vladimir Putin met Dmitry Peskov.", body("one"))
    folder.write("2.txt", "Mr Putin left", "Mr Putin left.", body("two"))
    index_corpus([folder.path])
    place = find_corpus(folder.path)
    assert place is not None
    with Corpus.open(folder.path) as corpus:
        wanted = corpus.entities(limit=100)
        assert "Putin" in wanted[0].aliases and wanted[0].articles == 2
    connection = sqlite3.connect(place.store)
    of_today = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    for table in ("entity_blocks", "blocks_due", "joined_due", "same_entities", "leaders", "joined"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DELETE FROM meta WHERE key = 'resolver'")
    connection.execute("UPDATE meta SET value = 2 WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(BroadsheetError, match=r"earlier Broadsheet: run `broadsheet index`"):
        Corpus.open(folder.path)
    for file in folder.path.iterdir():
        file.rename(file.with_suffix(".away"))
    folder.path.rename(folder.path.with_name("away"))
    folder.path.mkdir()
    connection = connect_writer(place.store)
    assert connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == of_today
    connection.close()
    folder.path.rmdir()
    folder.path.with_name("away").rename(folder.path)
    for file in folder.path.iterdir():
        file.rename(file.with_suffix(".txt"))
    assert index_corpus([folder.path]).unchanged == 2
    with Corpus.open(folder.path) as corpus:
        assert corpus.entities(limit=100) == wanted
    assert {finding.state for finding in check_corpus(folder.path)} <= {"well", "note"}


def test_a_folder_that_moved_is_known_by_an_old_store_too(filled: Folder, old: Place, tmp_path: Path) -> None:
    moved = filled.path.rename(tmp_path / "moved")
    found = find_corpus(moved)
    assert found is not None and found.uuid == old.uuid
    assert index_corpus([moved]).added == 0


def test_one_that_is_damaged_is_said_to_be_and_stays(filled: Folder, old: Place) -> None:
    connection = sqlite3.connect(old.store)
    connection.execute("UPDATE bodies SET text = x'00' WHERE number = 7")
    connection.commit()
    connection.close()
    before = old.store.read_bytes()
    with pytest.raises(CorpusDamaged, match="doctor"):
        index_corpus([filled.path])
    assert old.store.read_bytes() == before
    check_corpus(filled.path, fix=True)
    assert index_corpus([filled.path]).added == 13
    assert {finding.state for finding in check_corpus(filled.path)} <= {"well", "note"}
