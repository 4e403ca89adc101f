"""The doctor finds what is broken, mends it from what is sounder, and leaves the reader's own things alone."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder
from tests.corpus.events import check_tables, ids, opened, write_events, write_report
from tui.corpus import Corpus, Finding, Place, find_corpus, index_corpus
from tui.corpus.doctor import check_corpus
from tui.corpus.lock import only_indexer
from tui.errors import CorpusBusy, CorpusDamaged
from tui.index.arrays import ArrayFile


@pytest.fixture
def place(folder: Folder) -> Place:
    folder.write_many(12)
    folder.write(
        "version.txt", "Headline number 3", "Another version.", url="https://example.com/news/00003.txt"
    )
    index_corpus([folder.path])
    found = find_corpus(folder.path)
    assert found is not None
    return found


def states(findings: list[Finding]) -> set[str]:
    return {finding.state for finding in findings}


def test_a_new_corpus_is_well(folder: Folder, place: Place) -> None:
    findings = check_corpus(folder.path)
    assert states(findings) == {"well"}
    assert {finding.subject for finding in findings} == {"corpus", "roots", "store", "index", "desk"}


BREAK = [
    "DELETE FROM bodies WHERE number = 2",
    "DELETE FROM articles WHERE number = 2",
    "DELETE FROM files WHERE number = 2",
    "UPDATE meta SET value = 99 WHERE key = 'articles'",
    "UPDATE meta SET value = 1 WHERE key = 'words'",
    "UPDATE entities SET articles = articles + 1",
    "DELETE FROM entity_articles WHERE entity = 3",
    "UPDATE entity_articles SET first = first + 1 WHERE entity = 4",
    "UPDATE bodies SET text = x'28' WHERE number = 4",
    "UPDATE entity_kinds SET kinds = zeroblob(4096)",
    "DELETE FROM entity_names",
    "DELETE FROM sources",
    "DELETE FROM changes WHERE number = 5",
    "INSERT INTO versions SELECT 999, content, day, length, folded_title, record FROM versions",
    "INSERT INTO redirects VALUES ('ffffffffffffffff', 999)",
    "DELETE FROM mentions WHERE number = 3",
]


@pytest.mark.parametrize("statement", BREAK)
def test_tables_that_disagree_are_found_and_mended(folder: Folder, place: Place, statement: str) -> None:
    with Corpus.open(folder.path) as corpus:
        before = {hit.id: (corpus.article(hit.id), corpus.mentions(hit.id)) for hit in corpus.newest(100)}
        names = corpus.entities(limit=1000)
    connection = sqlite3.connect(place.store)
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert "ill" in states(check_corpus(folder.path))
    assert "fixed" in states(check_corpus(folder.path, fix=True))
    assert "ill" not in states(check_corpus(folder.path))
    # What was lost with a row is read again.
    index_corpus([folder.path])
    assert states(check_corpus(folder.path)) == {"well"}
    with Corpus.open(folder.path) as corpus:
        assert {
            hit.id: (corpus.article(hit.id), corpus.mentions(hit.id)) for hit in corpus.newest(100)
        } == before
        assert corpus.entities(limit=1000) == names


BREAK_STORIES = [
    "DELETE FROM paragraph_keys WHERE number = 2",
    "DELETE FROM signatures WHERE number = 3",
    "UPDATE signatures SET signature = x'00' WHERE number = 3",
    "UPDATE paragraph_keys SET keys = x'00' WHERE number = 3",
    "INSERT INTO features VALUES (999, x'')",
    "INSERT INTO reprints VALUES (1, 2)",
    "DELETE FROM stories WHERE number = (SELECT min(number) FROM stories)",
    "UPDATE stories SET articles = articles + 1",
    "UPDATE stories SET standing = 999",
    "UPDATE stories SET members = x'01'",
    "DELETE FROM article_stories",
    "UPDATE article_stories SET stories = x'0100'",
    "UPDATE article_stories SET stories = x'ffffffff'",
    "UPDATE article_stories SET stories = zeroblob(16384) || x'ffffffff'",
    "UPDATE features SET terms = x'00' WHERE number = 3",
    "UPDATE features SET terms = zeroblob(64) WHERE number = 3",
    "UPDATE meta SET value = 'many' WHERE key = 'next_story'",
    "UPDATE meta SET value = 'many' WHERE key = 'unclustered'",
    "INSERT INTO grouping_due VALUES (3, 9)",
    "INSERT INTO story_links VALUES (998, 999)",
    "INSERT INTO boilerplate VALUES (999, x'', 3)",
]


@pytest.mark.parametrize("statement", BREAK_STORIES)
def test_stories_that_disagree_with_the_articles_are_made_anew(folder: Folder, statement: str) -> None:
    write_events(folder, 3, 3)
    index_corpus([folder.path], recogniser="rules")
    assert states(check_corpus(folder.path)) == {"well"}
    before = ids(folder.path)
    connection = opened(folder.path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert "ill" in states(check_corpus(folder.path))
    assert "fixed" in states(check_corpus(folder.path, fix=True))
    assert states(check_corpus(folder.path)) == {"well"}
    check_tables(folder.path)
    assert ids(folder.path) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE article_stories SET stories = x'0100'",
        "UPDATE article_stories SET stories = x'ffffffff'",
        "UPDATE boilerplate SET keys = x'00'",
    ],
)
def test_who_reads_damaged_stories_is_told_so(folder: Folder, statement: str) -> None:
    write_events(folder, 2, 3)
    index_corpus([folder.path], recogniser="rules")
    connection = opened(folder.path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with Corpus.open(folder.path) as corpus, pytest.raises(CorpusDamaged, match="doctor --fix"):
        corpus.stories()
        for hit in corpus.newest(10):
            corpus.boilerplate(hit.id)


def test_what_an_article_is_known_by_is_made_again_where_it_is_damaged(folder: Folder) -> None:
    write_events(folder, 3, 3)
    index_corpus([folder.path], recogniser="rules")
    connection = opened(folder.path)
    connection.execute("UPDATE features SET terms = x'00'")
    connection.commit()
    connection.close()
    write_report(folder, 1, 3)
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    with Corpus.open(folder.path) as corpus:
        assert sorted(len(story.articles) for story in corpus.stories()) == [3, 3, 4]


def test_a_lost_or_broken_index_is_made_anew(folder: Folder, place: Place) -> None:
    shutil.rmtree(place.index)
    assert "ill" in states(check_corpus(folder.path))
    assert "fixed" in states(check_corpus(folder.path, fix=True))
    assert states(check_corpus(folder.path)) == {"well"}
    for toc in place.index.glob("*.toc"):
        toc.write_bytes(b"broken")
    assert "ill" in states(check_corpus(folder.path))
    check_corpus(folder.path, fix=True)
    assert states(check_corpus(folder.path)) == {"well"}


def test_a_flipped_bit_in_any_part_of_the_index_is_found(folder: Folder, place: Place) -> None:
    (segment,) = place.index.glob("*.arrays")
    whole = segment.read_bytes()
    arrays = ArrayFile(segment)
    for name, size in arrays.sizes().items():
        if not size:
            continue
        damaged = bytearray(whole)
        damaged[arrays._base + arrays._directory[name][2] + size // 2] ^= 4
        segment.write_bytes(damaged)
        assert "ill" in states(check_corpus(folder.path)), name
    assert "fixed" in states(check_corpus(folder.path, fix=True))
    assert states(check_corpus(folder.path)) == {"well"}


def test_an_index_cut_short_is_made_anew_by_a_run_that_finds_nothing_new(
    folder: Folder, place: Place
) -> None:
    (segment,) = place.index.glob("*.arrays")
    segment.write_bytes(segment.read_bytes()[:-100])
    assert index_corpus([folder.path]).read == 0
    assert states(check_corpus(folder.path)) == {"well"}
    for path in place.index.glob("*.arrays"):
        path.unlink()
    index_corpus([folder.path])
    assert states(check_corpus(folder.path)) == {"well"}


def test_a_store_beyond_repair_is_put_aside_and_read_again_under_the_same_ids(
    folder: Folder, place: Place
) -> None:
    with Corpus.open(folder.path) as corpus:
        known = {hit.id for hit in corpus.newest(100)}
        corpus.desk.set_starred(min(known), True)
    whole = place.store.read_bytes()
    for wrong in (b"", b"no database" * 900, whole[:8192] + b"\xff" * (len(whole) - 8192)):
        place.store.write_bytes(wrong)
        assert "ill" in states(check_corpus(folder.path))
        assert "fixed" in states(check_corpus(folder.path, fix=True))
        assert index_corpus([folder.path]).added == 12
        assert states(check_corpus(folder.path)) == {"well"}
        with Corpus.open(folder.path) as corpus:
            assert {hit.id for hit in corpus.newest(100)} == known
            assert corpus.desk.starred_ids() == {min(known)}


def test_it_looks_while_another_indexes_but_mends_only_alone(folder: Folder, place: Place) -> None:
    with only_indexer(place):
        assert "ill" not in states(check_corpus(folder.path))
        with pytest.raises(CorpusBusy):
            check_corpus(folder.path, fix=True)


def test_what_it_says_is_one_harmless_line_each(folder: Folder, place: Place, tmp_path: Path) -> None:
    (folder.path / "empty.txt").write_bytes(b"")
    index_corpus([folder.path])
    shutil.move(folder.path, tmp_path / "away")
    findings = check_corpus(folder.path)
    assert states(findings) == {"well", "note"}
    assert all(finding.message.isprintable() for finding in findings)
