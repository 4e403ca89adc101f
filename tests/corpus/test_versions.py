"""Same URL: one article with versions, or several articles; always the same, whatever came first."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder, prose, story
from tui.corpus import Corpus, index_corpus
from tui.errors import NoSuchArticle

URL = "https://www.example.com/politics/talks"
LONG = [line for number in range(5) for line in prose(number + 100)]


def only(folder: Folder) -> tuple[Corpus, str]:
    corpus = Corpus.open(folder.path)
    (hit,) = corpus.newest()
    return corpus, hit.id


def test_newest_date_then_longest_text_stands_in_front(folder: Folder) -> None:
    folder.write("a.txt", "Talks end", *LONG[:6], url=URL, date="20211216")
    folder.write(
        "b.txt", "Talks end without result", *LONG[:8], url=f"{URL}?utm_source=feed", date="20211217"
    )
    folder.write(
        "c.txt",
        "Talks end without result",
        *LONG[:9],
        url="http://example.com/politics/talks/",
        date="20211217",
    )
    folder.write("d.txt", "Talks end", *LONG, url=URL, date="20211215")
    report = index_corpus([folder.path])
    assert report.added == 1
    corpus, id = only(folder)
    with corpus:
        versions = corpus.versions(id)
        assert [(str(v.date), len(v.paragraphs)) for v in versions] == [
            ("2021-12-17", 9),
            ("2021-12-17", 8),
            ("2021-12-16", 6),
            ("2021-12-15", 15),
        ]
        assert versions[0] == corpus.article(id)
        assert corpus.count() == 1


def test_when_the_file_in_front_goes_the_next_version_steps_forward(folder: Folder) -> None:
    folder.write("a.txt", "Talks end", *LONG[:6], "Vladimir Putin was in Moscow.", url=URL)
    file = folder.write(
        "b.txt", "Talks end at last", *LONG[:9], "Viktor Orban was in Budapest.", url=URL, date="20211220"
    )
    index_corpus([folder.path])
    corpus, id = only(folder)
    with corpus:
        assert corpus.article(id).title == "Talks end at last"
        assert [e.name for e in corpus.entities("orban")] == ["Viktor Orban"]
    file.unlink()
    report = index_corpus([folder.path])
    assert report.removed == 0
    corpus, again = only(folder)
    with corpus:
        assert again == id
        assert corpus.article(id).title == "Talks end"
        assert len(corpus.versions(id)) == 1
        assert corpus.entities("orban") == []
        assert corpus.mentions(id)


def test_section_pages_are_articles_of_their_own(folder: Folder) -> None:
    for number in range(3):
        folder.write(f"{number}.txt", f"Page of day {number}", *prose(number), url=URL)
    assert index_corpus([folder.path]).added == 3
    with Corpus.open(folder.path) as corpus:
        assert len({hit.id for hit in corpus.newest()}) == 3
    assert index_corpus([folder.path], rebuild=True).added == 0


def test_one_page_edited_in_place_stays_one_article(folder: Folder) -> None:
    folder.write("a.txt", "Page of Monday", *prose(1), url=URL)
    index_corpus([folder.path])
    corpus, id = only(folder)
    corpus.close()
    folder.write("a.txt", "Page of Tuesday", *prose(2), url=URL)
    report = index_corpus([folder.path])
    assert (report.added, report.updated, report.removed) == (0, 1, 0)
    corpus, again = only(folder)
    with corpus:
        assert again == id
        assert len(corpus.versions(id)) == 1


def test_what_joins_two_articles_makes_them_one_and_the_lost_id_leads_there(folder: Folder) -> None:
    folder.write("a.txt", "First half", *LONG[:6], url=URL)
    folder.write("b.txt", "Second half", *LONG[9:], url=URL)
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        before = {hit.id for hit in corpus.newest()}
        assert len(before) == 2
    folder.write("c.txt", "Both halves", *LONG, url=URL)
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        (hit,) = corpus.newest()
        assert hit.id in before and hit.title == "Both halves"
        assert {corpus.article(id).title for id in before} == {"Both halves"}
        assert len(corpus.versions(hit.id)) == 3
        assert corpus.count() == 1
    assert index_corpus([folder.path], rebuild=True).added == 0
    for name in "abc":
        (folder.path / f"{name}.txt").unlink()
    folder.write("d.txt", "Something else")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        for id in before:
            with pytest.raises(NoSuchArticle):
                corpus.article(id)


def state(folder: Path) -> object:
    """All that the corpus decided, without the numbers and ids that depend on what came first."""
    with Corpus.open(folder) as corpus:
        return (
            corpus.entities(limit=10_000),
            sorted(repr(corpus.versions(hit.id)) for hit in corpus.newest(1000)),
            sorted(repr(corpus.mentions(hit.id)) for hit in corpus.newest(1000)),
            corpus.overview(),
        )


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_batches_end_the_same(tmp_path: Path, seed: int) -> None:
    def write(folder: Folder, piece: int) -> None:
        match piece % 4:
            case 0:
                folder.write(f"{piece}.txt", f"Headline {piece}", *story(piece))
            case 1:
                folder.write(
                    f"{piece}.txt", "Talks", *LONG[: 3 + piece % 9], url=URL, date=f"202112{10 + piece % 5}"
                )
            case 2:
                folder.write(
                    f"{piece}.txt",
                    f"PUTIN in {piece}",
                    "MOSCOW: Putins aide met Nato’s Joe Biden.",
                    *story(piece),
                )
            case _:
                folder.write(f"{piece}.txt", f"Page {piece}", *prose(piece), url=f"{URL}/{piece % 3}")

    pieces = list(range(24))
    reference = Folder(tmp_path / "reference")
    for piece in pieces:
        write(reference, piece)
    index_corpus([reference.path])
    random.Random(seed).shuffle(pieces)
    shuffled = Folder(tmp_path / "shuffled")
    shuffled.write("gone.txt", "Soon gone", *story(999))
    for batch in (pieces[:7], pieces[7:8], pieces[8:19], pieces[19:]):
        for piece in batch:
            write(shuffled, piece)
        index_corpus([shuffled.path])
        (shuffled.path / "gone.txt").unlink(missing_ok=True)
    index_corpus([shuffled.path])
    assert state(shuffled.path) == state(reference.path)


def test_an_id_that_another_has_is_refused_loudly(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.corpus.placing.article_id", lambda identity: "0123456789abcdef")
    folder.write("a.txt", "The first")
    folder.write("b.txt", "The second")
    report = index_corpus([folder.path])
    assert report.added == 1
    (failure,) = report.failed
    assert failure.path.endswith("b.txt")
    assert "0123456789abcdef" in failure.reason and "https://www.example.com/news/a.txt" in failure.reason
    with Corpus.open(folder.path) as corpus:
        assert [hit.title for hit in corpus.newest()] == ["The first"]
