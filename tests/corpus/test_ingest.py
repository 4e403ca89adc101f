"""Only what is new, changed or gone is taken up; nothing stops the run; nothing goes without a reason."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder, story
from tui.article import ArticleId
from tui.corpus import Corpus, Failure, Progress, index_corpus, ingest
from tui.corpus.reading import Read, Task
from tui.errors import BroadsheetError, UsageError


def titles(folder: Path) -> list[str]:
    with Corpus.open(folder) as corpus:
        return sorted(hit.title for hit in corpus.newest(1000))


def ids(folder: Path) -> dict[str, ArticleId]:
    with Corpus.open(folder) as corpus:
        return {hit.title: hit.id for hit in corpus.newest(1000)}


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose content was looked at."""
    seen: list[str] = []
    read_file = ingest.read_files

    def watching(tasks: object, jobs: int, *rest: object) -> object:
        def note(task: Task) -> Task:
            seen.append(Path(task.path).name)
            return task

        return read_file(map(note, tasks), jobs, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(ingest, "read_files", watching)
    return seen


def test_the_founding_format_arrives_exactly(folder: Folder) -> None:
    folder.write(
        "a.txt",
        "A title",
        "First paragraph.",
        "Second: Čapek’s “text”.",
        url="https://www.a.example/x?utm_id=1",
    )
    report = index_corpus([folder.path])
    assert (report.read, report.added, report.failed, report.warnings) == (1, 1, (), ())
    with Corpus.open(folder.path) as corpus:
        (hit,) = corpus.newest()
        article = corpus.article(hit.id)
        assert corpus.hit(hit.id) == hit
    assert article.title == hit.title == "A title"
    assert article.paragraphs == ("First paragraph.", "Second: Čapek’s “text”.")
    assert str(article.date) == str(hit.date) == "2021-12-16"
    assert article.url == hit.url == "https://www.a.example/x?utm_id=1"
    assert article.source == hit.source == "a.example"
    assert hit.snippet == "First paragraph. Second: Čapek’s “text”."


def test_a_second_run_reads_nothing(folder: Folder, files_read: list[str]) -> None:
    folder.write_many(20)
    first = index_corpus([folder.path])
    assert (first.read, first.added, first.unchanged) == (20, 20, 0)
    files_read.clear()
    second = index_corpus([folder.path])
    assert files_read == []
    assert (second.read, second.added, second.updated, second.unchanged, second.removed) == (0, 0, 0, 20, 0)


def test_new_changed_gone(folder: Folder, files_read: list[str]) -> None:
    folder.write_many(10)
    index_corpus([folder.path])
    before = ids(folder.path)
    files_read.clear()
    folder.write("new.txt", "Brand new")
    folder.write("00003.txt", "Headline number 3", *story(3), "A correction was made to this article.")
    (folder.path / "00004.txt").unlink()
    report = index_corpus([folder.path])
    assert sorted(files_read) == ["00003.txt", "new.txt"]
    assert (report.read, report.added, report.updated, report.unchanged, report.removed) == (2, 1, 1, 8, 1)
    after = ids(folder.path)
    assert after["Headline number 3"] == before["Headline number 3"]
    assert "Headline number 4" not in after and "Brand new" in after
    with Corpus.open(folder.path) as corpus:
        assert (
            corpus.article(after["Headline number 3"]).paragraphs[-1]
            == "A correction was made to this article."
        )
        assert corpus.count() == len(after) == 10


def test_a_touched_file_is_read_and_found_unchanged(folder: Folder, files_read: list[str]) -> None:
    file = folder.write("a.txt", "A title")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        generation = corpus.generation
        os.utime(file, ns=(1, 1))
        report = index_corpus([folder.path])
        assert (report.read, report.updated, report.unchanged) == (1, 0, 1)
        assert corpus.refresh() and corpus.generation > generation
    files_read.clear()
    index_corpus([folder.path])
    assert files_read == []


def test_a_renamed_file_keeps_its_article(folder: Folder) -> None:
    for name, url in (("with.txt", "https://example.com/a"), ("without.txt", None)):
        folder.write(name, f"A title {name}", url=url)
    index_corpus([folder.path])
    before = ids(folder.path)
    (folder.path / "sub").mkdir()
    for file in folder.path.glob("*.txt"):
        file.rename(folder.path / "sub" / f"renamed {file.name}")
    report = index_corpus([folder.path])
    assert (report.added, report.removed) == (0, 0)
    assert ids(folder.path) == before


def test_of_two_files_with_one_article_one_may_go(folder: Folder) -> None:
    file = folder.write("a.txt", "A title", url=None)
    shutil.copy(file, folder.path / "b.txt")
    assert index_corpus([folder.path]).added == 1
    before = ids(folder.path)
    file.unlink()
    assert index_corpus([folder.path]).removed == 0
    assert ids(folder.path) == before
    (folder.path / "b.txt").unlink()
    folder.write("c.txt", "Another title")
    assert index_corpus([folder.path]).removed == 1
    assert titles(folder.path) == ["Another title"]


def test_an_article_without_url_edited_in_place_keeps_its_id(folder: Folder) -> None:
    folder.write("a.txt", "A title", *story(1), url=None)
    index_corpus([folder.path])
    before = ids(folder.path)
    folder.write("a.txt", "A title", *story(1), "One more line.", url=None)
    report = index_corpus([folder.path])
    assert (report.added, report.updated, report.removed) == (0, 1, 0)
    assert ids(folder.path) == before
    folder.write("a.txt", "Quite another text", *story(77), url=None)
    report = index_corpus([folder.path])
    assert (report.added, report.updated, report.removed) == (1, 0, 1)
    # The old text comes back under another name: its id is free again.
    folder.write("b.txt", "A title", *story(1), url=None)
    index_corpus([folder.path])
    assert ids(folder.path)["A title"] == before["A title"]


def test_what_is_no_article_is_said_each_time_and_read_once(folder: Folder, files_read: list[str]) -> None:
    folder.write("good.txt", "A title")
    (folder.path / "empty.txt").write_bytes(b"")
    (folder.path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    os.mkfifo(folder.path / "pipe.txt")
    (folder.path / "dangling.txt").symlink_to("nowhere.txt")
    (folder.path / "loop").symlink_to(folder.path)
    report = index_corpus([folder.path])
    names = {Path(failure.path).name for failure in report.failed}
    assert names == {"empty.txt", "binary.txt", "pipe.txt", "dangling.txt", "loop"}
    assert all(failure.reason for failure in report.failed)
    files_read.clear()
    again = index_corpus([folder.path])
    assert files_read == []
    assert again.failed == report.failed
    with Corpus.open(folder.path) as corpus:
        assert tuple(corpus.failures()) == report.failed
        assert corpus.overview().failed == 5
    (folder.path / "empty.txt").write_bytes((folder.path / "good.txt").read_bytes())
    assert "empty.txt" not in {Path(failure.path).name for failure in index_corpus([folder.path]).failed}


def test_an_article_that_becomes_unreadable_for_a_while_stays(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder.write("a.txt", "A title")
    index_corpus([folder.path])
    os.utime(file, ns=(1, 1))

    def refusing(path: Path) -> bytes:
        from tui.sources.refusal import Unreadable

        raise Unreadable("can't be read: permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("tui.sources.reading.read_bytes", refusing)
        for _ in range(2):
            report = index_corpus([folder.path])
            assert report.failed == (Failure(str(file), "can't be read: permission denied"),)
            assert titles(folder.path) == ["A title"]
    assert index_corpus([folder.path]).failed == ()
    assert titles(folder.path) == ["A title"]


def test_an_article_that_becomes_empty_goes(folder: Folder) -> None:
    file = folder.write("a.txt", "A title")
    folder.write("b.txt", "Another")
    index_corpus([folder.path])
    file.write_bytes(b"")
    report = index_corpus([folder.path])
    assert (report.removed, len(report.failed)) == (1, 1)
    assert titles(folder.path) == ["Another"]


def test_a_vanished_or_emptied_root_deletes_nothing_and_says_so(folder: Folder, tmp_path: Path) -> None:
    folder.write_many(3)
    index_corpus([folder.path])
    away = tmp_path / "away"
    folder.path.rename(away)
    report = index_corpus([folder.path])
    assert report.removed == 0
    assert report.warnings[0].path == str(folder.path) and "kept" in report.warnings[0].reason
    assert len(titles(folder.path)) == 3
    folder.path.mkdir()
    report = index_corpus([folder.path])
    assert report.removed == 0
    assert "kept" in report.warnings[0].reason and "--rebuild" in report.warnings[0].reason
    assert len(titles(folder.path)) == 3
    assert index_corpus([folder.path], rebuild=True).removed == 3
    assert titles(folder.path) == []


def test_below_a_folder_that_can_not_be_read_nothing_is_gone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.txt", "A title")
    folder.write("locked/b.txt", "Behind a door")
    folder.write("locked.txt", "Not behind it")
    index_corpus([folder.path])
    (folder.path / "locked.txt").unlink()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    report = index_corpus([folder.path])
    assert report.removed == 1
    assert any("kept" in warning.reason and warning.path.endswith("locked") for warning in report.warnings)
    assert [failure.path for failure in report.failed] == [str(folder.path / "locked")]
    assert titles(folder.path) == ["A title", "Behind a door"]


def test_only_what_is_below_a_given_root_can_be_gone(folder: Folder, tmp_path: Path) -> None:
    other = Folder(tmp_path / "other")
    folder.write("a.txt", "In the first")
    folder.write("keep.txt", "Stays")
    other.write("b.txt", "In the second")
    other.write("keep.txt", "Stays too", url="https://other.example/keep")
    index_corpus([folder.path, other.path])
    assert len(titles(folder.path)) == 4
    (folder.path / "a.txt").unlink()
    (other.path / "b.txt").unlink()
    assert index_corpus([other.path], corpus=folder.path).removed == 1
    assert titles(folder.path) == ["In the first", "Stays", "Stays too"]
    with Corpus.open(other.path) as corpus:
        assert corpus.roots == (folder.path, other.path)
    assert index_corpus(corpus=folder.path).removed == 1
    assert titles(folder.path) == ["Stays", "Stays too"]


def test_without_paths_the_current_folders_corpus_is_meant(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("sub/a.txt", "A title")
    index_corpus([folder.path])
    folder.write("b.txt", "Another")
    monkeypatch.chdir(folder.path / "sub")
    assert index_corpus().added == 1


def test_a_path_that_is_no_folder_is_refused_before_anything_is_done(folder: Folder) -> None:
    folder.write("a.txt", "A title")
    with pytest.raises(UsageError):
        index_corpus([folder.path, folder.path / "a.txt"])
    with pytest.raises(UsageError):
        index_corpus([folder.path / "nowhere"])


def test_rebuilding_reads_everything_and_keeps_ids_and_marks(folder: Folder) -> None:
    folder.write_many(5)
    index_corpus([folder.path])
    before = ids(folder.path)
    id = before["Headline number 2"]
    with Corpus.open(folder.path) as corpus:
        corpus.desk.set_starred(id, True)
    report = index_corpus([folder.path], rebuild=True)
    assert (report.read, report.added, report.updated, report.removed) == (5, 0, 0, 0)
    assert ids(folder.path) == before
    with Corpus.open(folder.path) as corpus:
        assert corpus.desk.starred(id)


def test_another_recogniser_recognises_everything_anew(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_many(3)
    index_corpus([folder.path])
    with monkeypatch.context() as patched:
        patched.setattr("tui.entities.choice.RECOGNISER_VERSION", 99)
        assert index_corpus([folder.path]).read == 3
        assert index_corpus([folder.path]).read == 0


def test_names_of_files_may_be_anything(folder: Folder) -> None:
    for name in (
        b"caf\xe9.txt",
        b"new\nline.txt",
        b"\x1b]0;pwned\x07.txt",
        "ünï.txt".encode(),
        b"%s {} '\"?*.txt",
    ):
        folder.write(os.fsdecode(name), f"Title {name!r}", f"Text of {name!r} alone.", url=None)
    (folder.path / os.fsdecode(b"bad\xff\x1b[2J.txt")).write_bytes(b"")
    report = index_corpus([folder.path])
    assert report.added == 5
    (failure,) = report.failed
    assert failure.path.isprintable() and "\x1b" not in failure.path
    assert index_corpus([folder.path]).unchanged == 6


def test_a_store_that_is_kept_inside_the_folder_is_not_read(folder: Folder) -> None:
    folder.write("a.txt", "A title")
    folder.write("kept/b.txt", "An article beside the store")
    for _ in range(2):
        report = index_corpus([folder.path], index_dir=folder.path / "kept")
        assert report.failed == ()
    with Corpus.open(folder.path, index_dir=folder.path / "kept") as corpus:
        assert corpus.count() == 2


def test_a_file_that_the_parser_trips_over_stops_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.sources import reading

    genuine = reading.article_from_bytes

    def tripping(data: bytes, name: str) -> object:
        if name == "00001.txt":
            raise RecursionError("too \x1b[31mdeep")
        return genuine(data, name)

    monkeypatch.setattr(reading, "article_from_bytes", tripping)
    folder.write_many(3)
    report = index_corpus([folder.path])
    assert report.added == 2
    assert "too [31mdeep" in report.failed[0].reason


def test_progress_goes_through_its_phases(folder: Folder) -> None:
    folder.write_many(70)
    told: list[Progress] = []
    index_corpus([folder.path], jobs=2, progress=told.append)
    phases = ["walking", "reading", "indexing", "grouping"]
    assert list(dict.fromkeys(progress.phase for progress in told)) == phases
    reading = [progress for progress in told if progress.phase == "reading"]
    assert [p.done for p in reading] == sorted(p.done for p in reading)
    assert (reading[0].done, reading[-1].done) == (0, 70)
    assert {progress.total for progress in reading} == {70}
    assert all(progress.total is None for progress in told if progress.phase == "walking")
    assert told[-1].done == told[-1].total


def test_a_progress_that_raises_leaves_what_was_committed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Ctrl+C does, wherever it comes."""
    folder.write_many(40)
    monkeypatch.setattr(ingest, "_BATCH", 10)
    monkeypatch.setattr(ingest, "_BREATH_S", 0.0)

    def stop(progress: Progress) -> None:
        if progress.phase == "reading" and progress.done == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_corpus([folder.path], progress=stop)
    with Corpus.open(folder.path) as corpus:
        assert corpus.count() == 20
    report = index_corpus([folder.path])
    assert (report.added, report.unchanged) == (20, 20)


def test_a_full_disk_is_one_line_and_loses_nothing(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.corpus import writer

    folder.write_many(150)
    monkeypatch.setattr(ingest, "_BATCH", 10)
    connect = writer.connect_writer

    def small(store: Path) -> object:
        connection = connect(store)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 8}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(writer, "connect_writer", small)
        with pytest.raises(BroadsheetError, match=r"full.*stays") as caught:
            index_corpus([folder.path])
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)
    with Corpus.open(folder.path) as corpus:
        count = corpus.count()
        assert 0 < count < 150
        assert len(corpus.newest(1000)) == count
    report = index_corpus([folder.path])
    assert report.added + report.unchanged == 150


def test_a_disk_that_is_full_elsewhere_is_the_same_line(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.txt", "A title")

    def full(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.corpus.following.catch_up", full)
    with pytest.raises(BroadsheetError, match="full"):
        index_corpus([folder.path])
    assert titles(folder.path) == ["A title"]


def test_language_is_detected(folder: Folder) -> None:
    german = (
        "Der Minister hat am Donnerstag gesagt, daß die Gespräche nicht vor Januar beginnen werden und daß"
    )
    english = (
        "The minister said on Thursday that the talks would not begin before January and that the countries"
    )
    folder.write(
        "de.txt", "Rußland übergibt Entwürfe", f"{german} auch die Länder Europas dabei sein sollen."
    )
    folder.write("en.txt", "Russia hands over drafts", f"{english} of Europe would also be there.")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert {corpus.article(hit.id).language for hit in corpus.newest()} == {"de", "en"}
        assert dict(corpus.overview().languages) == {"de": 1, "en": 1}


def test_bad_dates_are_taken_with_a_warning(folder: Folder) -> None:
    folder.write("a.txt", "A title", date="20211399")
    report = index_corpus([folder.path])
    assert report.added == 1
    assert any("20211399" in warning.reason for warning in report.warnings)
    with Corpus.open(folder.path) as corpus:
        assert corpus.newest()[0].date is None


_Reader = Callable[[Task], Read]


def test_a_second_run_takes_less_than_a_tenth(folder: Folder) -> None:
    """Counted in work, not in time, so that it never fails by accident: see the bench for seconds."""
    folder.write_many(300)
    began = time.process_time()
    index_corpus([folder.path], jobs=1)
    first = time.process_time() - began
    began = time.process_time()
    index_corpus([folder.path], jobs=1)
    assert time.process_time() - began < first / 3
