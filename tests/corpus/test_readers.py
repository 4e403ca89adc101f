"""Readers: quick, many, never in the way, never writing anything but their desk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder
from tui.article import ArticleId, EntityId
from tui.corpus import Corpus, find_corpus, index_corpus, sample_data_path
from tui.corpus.writer import StoreWriter
from tui.errors import BroadsheetError, CorpusDamaged, NoSuchArticle, NoSuchEntity

HEAVY = (
    "numpy",
    "whoosh",
    "Stemmer",
    "textual",
    "rich",
    "click",
    "py3langid",
    "charset_normalizer",
    "tui.entities",
    "tui.sources",
)


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(f): (f.stat().st_mtime_ns, f.stat().st_size) for f in sorted(folder.rglob("*"))}


def test_opening_and_listing_imports_nothing_heavy(sample_home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tui.corpus import Corpus\n"
        f"corpus = Corpus.open(Path({str(sample_data_path())!r}))\n"
        "hits = corpus.newest(50); corpus.article(hits[0].id); corpus.mentions(hits[0].id); corpus.count()\n"
        "corpus.desk.read_ids(); corpus.overview(); corpus.close()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_everything_is_there(sample_corpus: Corpus) -> None:
    hits = sample_corpus.newest(1000)
    assert len(hits) == sample_corpus.count() > 80
    assert [hit.date for hit in hits] == sorted((hit.date for hit in hits if hit.date), reverse=True)
    assert sample_corpus.newest(10, 20) == hits[20:30]
    mentioned = 0
    for hit in hits:
        article = sample_corpus.article(hit.id)
        assert article.title == hit.title
        for mention in sample_corpus.mentions(hit.id):
            assert article.text_of(mention.paragraph)[mention.start : mention.end] == mention.text
            assert mention.entity is not None
            assert sample_corpus.entity(mention.entity).type == mention.type
            mentioned += 1
    assert mentioned == sum(entity.mentions for entity in sample_corpus.entities(limit=100_000))
    overview = sample_corpus.overview()
    assert overview.articles == len(hits)
    assert overview.last == hits[0].date
    assert overview.words == sum(sample_corpus.article(hit.id).words for hit in hits)
    assert overview.people and overview.places and overview.busiest[0][1] > 1


def test_articles_without_a_date_come_last(folder: Folder) -> None:
    folder.write("a.txt", "No day", date="20211399")
    folder.write("b.txt", "Some day", date="20210101")
    folder.write("c.txt", "Later day", date="20220101")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert [hit.title for hit in corpus.newest()] == ["Later day", "Some day", "No day"]
        assert corpus.overview().undated == 1


def test_entities_by_words_type_and_weight(sample_corpus: Corpus) -> None:
    everyone = sample_corpus.entities(limit=100_000)
    assert [e.articles for e in everyone] == sorted((e.articles for e in everyone), reverse=True)
    people = sample_corpus.entities(type="person", limit=100_000)
    assert people == [entity for entity in everyone if entity.type == "person"]
    assert sample_corpus.entities("vladi PUT")[0].name == "Vladimir Putin"
    assert sample_corpus.entities("100%_\\") == []
    assert everyone[3:5] == sample_corpus.entities(limit=2, offset=3)


def test_what_is_not_there_is_said(sample_corpus: Corpus) -> None:
    for ask in (sample_corpus.article, sample_corpus.hit, sample_corpus.mentions, sample_corpus.versions):
        with pytest.raises(NoSuchArticle):
            ask(ArticleId("no\x1b[31m"))
    with pytest.raises(NoSuchEntity):
        sample_corpus.entity(EntityId("0" * 16))


def test_reading_writes_nothing(sample_home: Path) -> None:
    before = snapshot(sample_home / "data")
    with Corpus.open(sample_data_path()) as corpus:
        for hit in corpus.newest(100):
            corpus.article(hit.id)
        corpus.overview()
        corpus.desk.is_read(hit.id)
        corpus.desk.query_history()
    assert snapshot(sample_home / "data") == before


def test_reading_from_a_read_only_mount(sample_home: Path, tmp_path: Path) -> None:
    """As a user namespace's bind mount where that is allowed; elsewhere the next test has to do."""
    program = (
        "from pathlib import Path; from tui.corpus import Corpus\n"
        f"corpus = Corpus.open(Path({str(sample_data_path())!r}))\n"
        "hits = corpus.newest(50); corpus.desk.set_starred(hits[0].id, True); corpus.desk.flush()\n"
        "print(len(hits), corpus.desk.starred(hits[0].id), bool(corpus.desk.problem)); corpus.close()"
    )
    data = sample_home / "data"
    mount = f"mount --bind '{data}' '{data}' && mount -o remount,ro,bind '{data}' && exec \"$@\""
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mount, "sh", sys.executable, "-c", program],
        capture_output=True,
        text=True,
    )
    if done.returncode != 0 and "Traceback" not in done.stderr:
        pytest.skip("no mount namespaces here")
    assert done.stdout.split() == ["50", "True", "True"], done.stderr


def test_reading_from_a_directory_that_is_not_ours(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sample_home / "data"
    for entry in (data, *data.rglob("*")):
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    try:
        with Corpus.open(sample_data_path()) as corpus:
            assert len(corpus.newest()) == 50
    finally:
        for entry in (data, *data.rglob("*")):
            entry.chmod(0o755 if entry.is_dir() else 0o644)


def test_readers_go_on_while_one_writes_and_see_whole_batches(folder: Folder) -> None:
    folder.write_many(40)
    index_corpus([folder.path])
    place = find_corpus(folder.path)
    assert place is not None
    folder.write_many(160, start=40)
    stop = threading.Event()
    seen: list[int] = []
    slowest = 0.0

    def read(corpus: Corpus) -> None:
        nonlocal slowest
        while not stop.is_set():
            began = time.perf_counter()
            hits = corpus.newest(1000)
            slowest = max(slowest, time.perf_counter() - began)
            seen.append(len(hits))
            for mention in corpus.mentions(hits[len(seen) % len(hits)].id):
                assert mention.entity

    with Corpus.open(folder.path) as corpus, ThreadPoolExecutor(3) as threads:
        reading = [threads.submit(read, corpus) for _ in range(3)]
        try:
            before = corpus.generation
            index_corpus([folder.path], jobs=2)
            assert corpus.refresh() and corpus.generation > before and not corpus.refresh()
        finally:
            stop.set()
        for future in reading:
            future.result()
        assert corpus.count() == 200
    assert set(seen) >= {40}


def test_a_commit_that_was_cut_off_is_undone_by_the_next_reader(folder: Folder) -> None:
    """What a power cut in the middle of a commit leaves: half of the pages, and the journal to undo them."""
    folder.write_many(30)
    index_corpus([folder.path])
    place = find_corpus(folder.path)
    assert place is not None
    program = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1'); c.execute('PRAGMA cache_spill = 1'); c.execute('BEGIN IMMEDIATE')\n"
        "c.execute('UPDATE bodies SET text = zeroblob(9000)'); c.execute(\"UPDATE articles SET title = 'broken'\")\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(place.store)], check=False)
    assert (place.directory / "store.sqlite-journal").stat().st_size > 0
    with Corpus.open(folder.path) as corpus:
        assert all(hit.title.startswith("Headline") for hit in corpus.newest())


def test_a_store_that_is_damaged_empty_or_newer_is_one_clear_line(sample_home: Path) -> None:
    place = find_corpus(sample_data_path())
    assert place is not None
    whole = place.store.read_bytes()
    for wrong in (b"", b"no database" * 900, whole[:4096] + bytes(len(whole) - 4096)):
        place.store.write_bytes(wrong)
        with pytest.raises(CorpusDamaged, match="doctor --fix"), Corpus.open(sample_data_path()) as corpus:
            corpus.newest()
    place.store.unlink()
    with pytest.raises(BroadsheetError):
        Corpus.open(sample_data_path())
    place.store.write_bytes(whole)
    connection = sqlite3.connect(place.store)
    connection.execute("UPDATE meta SET value = 99 WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(BroadsheetError, match="newer"):
        Corpus.open(sample_data_path())


def test_a_closed_corpus_says_so(sample_corpus: Corpus) -> None:
    sample_corpus.close()
    sample_corpus.close()
    with pytest.raises(BroadsheetError, match="closed"):
        sample_corpus.newest()


def test_ten_thousand_articles_open_within_a_blink(folder: Folder, made_once: object) -> None:
    folder.write("a.txt", "A title")
    index_corpus([folder.path])
    place = find_corpus(folder.path)
    assert place is not None
    writer = StoreWriter(place)
    with writer.transaction():
        for table, columns in (
            ("articles", "id, identity, title, day, source, words, length, content, text_key"),
            ("bodies", "text"),
        ):
            selected = columns.replace("id, identity", "printf('%016x', n), zeroblob(16)").replace(
                "day", "day + n % 900"
            )
            writer.connection.execute(
                f"INSERT INTO {table} (number, {columns}) WITH RECURSIVE count(n) AS"
                " (SELECT 2 UNION ALL SELECT n + 1 FROM count WHERE n < 10000)"
                f" SELECT n, {selected} FROM count, {table}"
            )
        writer.set_meta("articles", 10_000)
    writer.close()
    best = 1.0
    for _ in range(5):
        began = time.perf_counter()
        corpus = Corpus.open(folder.path)
        hits = corpus.newest(50)
        count = corpus.count()
        best = min(best, time.perf_counter() - began)
        deep = corpus.newest(50, 9_950)
        corpus.close()
    assert (len(hits), count, len(deep)) == (50, 10_000, 50)
    assert best < 0.015


def test_opening_by_another_user(sample_home: Path) -> None:
    """Who may read but owns nothing."""
    if os.geteuid() != 0:
        pytest.skip("only root can become someone else")
    everyone = Path("/tmp") / f"broadsheet-{os.getpid()}"
    shutil.copytree(sample_home / "data", everyone)
    try:
        everyone.chmod(0o755)
        program = (
            "import os; from pathlib import Path; from tui.corpus import Corpus\n"
            f"Corpus.open(Path({str(sample_data_path())!r})).overview()\n"  # python itself may be root's alone
            "os.setgid(65534); os.setuid(65534)\n"
            f"corpus = Corpus.open(Path({str(sample_data_path())!r}))\n"
            "hits = corpus.newest(50); corpus.desk.set_starred(hits[0].id, True); corpus.desk.flush()\n"
            "print(len(hits), corpus.desk.starred(hits[0].id), bool(corpus.desk.problem)); corpus.close()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "BROADSHEET_DATA_DIR": str(everyone)},
            capture_output=True,
            text=True,
        )
        assert done.stdout.split() == ["50", "True", "True"], done.stderr
    finally:
        shutil.rmtree(everyone)
