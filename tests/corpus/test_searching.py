"""Store and index together: what is in the one is found by the other."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder
from tui.corpus import Corpus, find_corpus, index_corpus, sample_data_path
from tui.errors import BroadsheetError, CorpusDamaged


def found(corpus: Corpus, query: str) -> list[str]:
    return [hit.title for hit in corpus.search(query).page()]


def test_the_empty_query_is_everything_newest_first(sample_corpus: Corpus) -> None:
    results = sample_corpus.search("", sort="newest")
    assert results.total == sample_corpus.count()
    assert [hit.id for hit in results.page(0, 1000)] == [hit.id for hit in sample_corpus.newest(1000)]
    assert [hit.id for hit in sample_corpus.search("").page()] == [hit.id for hit in sample_corpus.newest(50)]


def test_names_sources_marks_and_relatives(sample_corpus: Corpus) -> None:
    putin = sample_corpus.entities("vladimir putin")[0]
    assert sample_corpus.search('person:"Vladimir Putin"').total == putin.articles
    source, count = sample_corpus.overview().top_sources[0]
    assert sample_corpus.search(f"source:{source}").total == count
    hit = sample_corpus.search("nato").page()[0]
    assert sample_corpus.search("is:starred").total == 0
    sample_corpus.desk.set_starred(hit.id, True)
    sample_corpus.desk.set_read(hit.id, True)
    assert found(sample_corpus, "is:starred") == [hit.title]
    assert sample_corpus.search("is:unread").total == sample_corpus.count() - 1
    article = sample_corpus.article(hit.id)
    spans = sample_corpus.matches("nato", hit.id)
    assert spans and all("nat" in article.text_of(s.paragraph)[s.start : s.end].lower() for s in spans)
    related = sample_corpus.related(hit.id)
    assert related and hit.id not in {near.id for near in related} and related[0].snippet
    assert sample_corpus.complete("sour", 4)
    assert sample_corpus.entities_in(sample_corpus.search("nato"))[0].articles > 1


def test_what_changes_in_the_folder_changes_in_an_open_corpus(folder: Folder) -> None:
    folder.write("a.txt", "Zebra seen", "A zebra was seen in town.")
    folder.write("b.txt", "Giraffe seen", "A giraffe was seen in town.")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert found(corpus, "zebra") == ["Zebra seen"]
        before = corpus.search("town")
        folder.write("a.txt", "Zebra seen", "An okapi was seen in town.", date="20211217")
        folder.write("c.txt", "Okapi lost", "No okapi was seen since.")
        (folder.path / "b.txt").unlink()
        index_corpus([folder.path])
        assert sorted(found(corpus, "okapi")) == ["Okapi lost", "Zebra seen"]
        assert found(corpus, "giraffe") == []
        assert [hit.title for hit in before.page()] == ["Zebra seen"]  # what has gone since is left out
        assert corpus.refresh()


def test_the_index_is_found_late_missing_or_damaged_and_made_anew(folder: Folder) -> None:
    folder.write("a.txt", "Zebra seen", "A zebra was seen in town.")
    index_corpus([folder.path])
    place = find_corpus(folder.path)
    assert place is not None
    shutil.rmtree(place.index)
    with Corpus.open(folder.path) as corpus:
        assert len(corpus.newest()) == 1
        with pytest.raises(CorpusDamaged, match="broadsheet index"):
            corpus.search("zebra")
        index_corpus([folder.path])
        assert found(corpus, "zebra") == ["Zebra seen"]
    for toc in place.index.glob("*.toc"):
        toc.write_bytes(b"garbage")
    with Corpus.open(folder.path) as corpus, pytest.raises(BroadsheetError):
        corpus.search("zebra")
    folder.write("b.txt", "Zebra again", "The zebra is back.")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert sorted(found(corpus, "zebra")) == ["Zebra again", "Zebra seen"]


def test_an_index_that_was_left_behind_catches_up(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("a.txt", "Zebra seen")
    index_corpus([folder.path])
    folder.write("b.txt", "Zebra lost")
    with monkeypatch.context() as patched:
        patched.setattr("tui.corpus.following.catch_up", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert found(corpus, "zebra") == ["Zebra seen"]
    report = index_corpus([folder.path])
    assert (report.read, report.added) == (0, 0)
    with Corpus.open(folder.path) as corpus:
        assert sorted(found(corpus, "zebra")) == ["Zebra lost", "Zebra seen"]


def _interrupted(*arguments: object, **more: object) -> None:
    raise KeyboardInterrupt


def test_a_run_that_finds_nothing_new_loads_no_engine(sample_home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tui.corpus import index_corpus\n"
        f"report = index_corpus([Path({str(sample_data_path())!r})], recogniser='rules')\n"
        "assert report.read == 0\n"
        "print([name for name in ('numpy', 'whoosh', 'py3langid') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "query", ["person:\udcff", "title:x \ud800 place:\ud800*", 'entity:("\udcff")', "\udcff~"]
)
def test_half_characters_in_a_query_ask_the_store_nothing_that_it_cant_hear(
    sample_corpus: Corpus, query: str
) -> None:
    for typing in (False, True):
        assert sample_corpus.search(query, typing=typing).page() is not None
    assert sample_corpus.entities(query) == []
