"""Who said what: kept with the articles, told by speaker and by article."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace

import pytest

from tests.corpus.conftest import Folder
from tests.corpus.invented import Invented, id_of
from tui.article import ArticleId
from tui.corpus import Corpus, find_corpus, index_corpus
from tui.corpus.doctor import check_corpus
from tui.corpus.quotations import Quotations
from tui.entities.quotes import find_quotes
from tui.errors import NoSuchArticle, NoSuchEntity

ANNA, CARL = id_of("Anna Berg"), id_of("Carl Dahl")


def test_what_an_entity_said_comes_newest_first_and_in_reading_order(invented: Invented) -> None:
    invented.put(
        "old", "x", "“No,” said {Anna Berg}.", date="2021-12-01", quotes=[("No", "Anna Berg")]
    )  # fmt: skip
    invented.put(
        "new",
        "{Anna Berg} says ‘yes’",
        "“Maybe,” said {Carl Dahl}, and {Berg|person|anna berg} said: “Never.”",
        quotes=[("yes", "Anna Berg"), ("Maybe", "Carl Dahl"), ("Never", "Berg")],
    )
    invented.put("none", "{Anna Berg}", "“Who?” it said.", date="2021-12-20", quotes=[("Who?", None)])
    with invented.corpus() as corpus:
        told = corpus.said(ANNA)
        assert [quote.text for quote in told] == ["yes", "Never", "No"]
        assert corpus.said_count(ANNA) == 3
        assert [quote.text for quote in corpus.said(CARL)] == ["Maybe"]
        first = told[0]
        assert first[:5] == (
            invented.id_at("new"), "Anna Berg says ‘yes’", first.date, "example.com", -1,
        )  # fmt: skip
        assert str(first.date) == "2021-12-16" and first.direct
        for quote in told:
            text = corpus.article(quote.article).text_of(quote.paragraph)
            assert text[quote.start : quote.end] == quote.text


def test_quotes_are_paged(invented: Invented) -> None:
    expected = []
    for number in range(12, 0, -1):
        words = [f"word {number} {place}" for place in range(number % 4)]
        text = " ".join(f"“{w}”" for w in words)
        invented.put(
            str(number), f"{{Anna Berg}} {number}", text, date=f"2021-12-{number:02}",
            quotes=[(w, "Anna Berg") for w in words],
        )  # fmt: skip
        expected += words
    with invented.corpus() as corpus:
        assert corpus.said_count(ANNA) == len(expected) == 18
        for limit in (1, 2, 5, 50):
            told = [
                quote.text
                for offset in range(0, 20, limit)
                for quote in corpus.said(ANNA, limit=limit, offset=offset)
            ]
            assert told == expected
        assert corpus.said(ANNA, limit=0) == corpus.said(ANNA, offset=100) == []


def test_who_says_nothing_has_said_nothing(invented: Invented) -> None:
    invented.put("a", "{Anna Berg}")
    with invented.corpus() as corpus:
        assert (corpus.said(ANNA), corpus.said_count(ANNA)) == ([], 0)
        with pytest.raises(NoSuchEntity):
            corpus.said(CARL)
        with pytest.raises(NoSuchEntity):
            corpus.said_count(CARL)


def test_an_articles_quotes_name_their_speakers(invented: Invented) -> None:
    id = invented.put(
        "a",
        "x",
        "“Never,” said {Berg|person|anna berg}. “Oh!”",
        quotes=[("Never", "Berg"), ("Oh!", None)],
    )
    with invented.corpus() as corpus:
        never, oh = corpus.quotes(id)
        assert (never.paragraph, never.start, never.end) == (0, 1, 6)
        assert never.speaker in corpus.mentions(id)
        assert never.speaker is not None and never.speaker.entity == ANNA
        assert oh.speaker is None
        with pytest.raises(NoSuchArticle):
            corpus.quotes(ArticleId("0" * 16))
        with pytest.raises(NoSuchArticle):
            corpus.figures(ArticleId("0" * 16))


def test_quotes_that_nobody_looked_for_are_found_when_asked(invented: Invented) -> None:
    id = invented.put("a", "x", "President {Anna Berg} said that it was enough.", quotes=None)
    known = invented.put("b", "x", "President {Anna Berg} said that it was not enough.", quotes=())
    with invented.corpus() as corpus:
        quotes = corpus.quotes(id)
        assert quotes == find_quotes(corpus.article(id), corpus.mentions(id)) != ()
        assert quotes[0].speaker is not None and quotes[0].speaker.entity == ANNA
        assert corpus.quotes(known) == ()


def test_what_a_hidden_speaker_said_is_nobodys(invented: Invented) -> None:
    text = "“Never,” said {Anna Berg} to {Carl Dahl}."
    stored = invented.put("a", "x", text, quotes=[("Never", "Anna Berg")])
    looked_for = invented.put("b", "x", text + " They left.", quotes=None)
    with invented.corpus() as corpus:
        before = {id: corpus.quotes(id) for id in (stored, looked_for)}
        corpus.hide(ANNA)
        for id, quotes in before.items():
            assert [quote.speaker and quote.speaker.entity for quote in quotes] == [ANNA]
            assert corpus.quotes(id) == tuple(replace(quote, speaker=None) for quote in quotes)
        corpus.hide(ANNA, False)
        assert {id: corpus.quotes(id) for id in before} == before


def test_quotes_come_and_go_with_their_articles(invented: Invented) -> None:
    """Whatever is put, put anew and taken out: what is kept by speaker is what the articles' quotes say."""
    chance = random.Random(4)
    names = ("Anna Berg", "Carl Dahl", "Eva Frank")
    for _ in range(40):
        name = f"n{chance.randrange(6)}"
        if chance.random() < 0.3 and invented.execute(
            f"SELECT 1 FROM files WHERE path = x'{name.encode().hex()}'"
        ):
            invented.remove(name)
            continue
        words = [f"w{chance.random()}" for _ in range(chance.randrange(4))]
        text = ", ".join(f"{{{chance.choice(names)}}}: “{word}”" for word in words)
        quotes = [(word, re_name(text, word)) for word in words]
        invented.put(
            name, f"x {chance.random()}", text or "Nothing.", date=f"2021-12-{1 + chance.randrange(28):02}",
            quotes=None if chance.random() < 0.2 else quotes,
        )  # fmt: skip
        kept = invented.execute("SELECT * FROM entity_quotes")
        Quotations(invented._writer.connection).recount()
        assert numbers(kept) == numbers(invented.execute("SELECT * FROM entity_quotes"))


def re_name(text: str, word: str) -> str:
    return text[: text.index(f": “{word}”")].rsplit("{", 1)[1].rstrip("}")


def numbers(rows: list[tuple[object, ...]]) -> list[tuple[object, int]]:
    from tui.corpus.postings import unpack_articles

    return sorted((e, n) for e, first, others in rows for n in unpack_articles([(first, others)]).tolist())  # type: ignore[misc]


def test_quotes_are_read_with_the_files_and_the_doctor_finds_them_well(folder: Folder) -> None:
    folder.write("a.txt", "Talks", "President Emmanuel Macron said that the talks were over.")
    folder.write("b.txt", "Talks", "President Emmanuel Macron said that the talks went on.", date="20211218")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        (macron,) = corpus.entities("macron")
        told = corpus.said(macron.id)
        assert ["over" in quote.text for quote in told] == [False, True]
        assert corpus.said_count(macron.id) == 2
        assert [quote.speaker.text for quote in corpus.quotes(told[0].article) if quote.speaker]
    assert all(finding.state != "ill" for finding in check_corpus(folder.path))
    (folder.path / "b.txt").unlink()
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert corpus.said_count(macron.id) == 1


def test_the_version_behind_keeps_its_quotes(folder: Folder) -> None:
    text = " ".join(f"word{number}" for number in range(60))
    url = "https://www.example.com/one"
    folder.write("a.txt", "Talks", text, "President Emmanuel Macron said that this was old.", url=url)
    newer = folder.write(
        "b.txt", "Talks", text, "President Emmanuel Macron said that this was new.", url=url, date="20211230"
    )
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        (macron,) = corpus.entities("macron")
        assert ["new" in quote.text for quote in corpus.said(macron.id)] == [True]
    newer.unlink()
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert ["old" in quote.text for quote in corpus.said(macron.id)] == [True]


def test_articles_naming_an_entity_are_in_the_order_of_lists(invented: Invented) -> None:
    for name, date in (("a", "2021-12-01"), ("b", None), ("c", "2021-12-03"), ("d", "2021-12-01")):
        invented.put(name, f"{name} {{Anna Berg}}", "Lead of it.", date=date)
    invented.put("e", "Somebody else", date="2021-12-31")
    with invented.corpus() as corpus:
        hits = corpus.articles_naming(ANNA)
        assert hits == [hit for hit in corpus.newest() if "Anna" in hit.title]
        assert [hit.title[0] for hit in hits] == ["c", "d", "a", "b"]
        assert corpus.articles_naming(ANNA, 2, 1) == hits[1:3]
        assert corpus.articles_naming(ANNA, 2, 9) == []
        with pytest.raises(NoSuchEntity):
            corpus.articles_naming(CARL)


def test_the_doctor_mends_what_is_kept_by_speaker(folder: Folder) -> None:
    folder.write("a.txt", "Talks", "President Emmanuel Macron said that the talks were over.")
    index_corpus([folder.path])
    place = find_corpus(folder.path)
    assert place is not None
    connection = sqlite3.connect(place.store)
    connection.execute("DELETE FROM entity_quotes")
    connection.commit()
    connection.close()
    assert any(finding.state == "ill" for finding in check_corpus(folder.path))
    assert any(finding.state == "fixed" for finding in check_corpus(folder.path, fix=True))
    assert all(finding.state != "ill" for finding in check_corpus(folder.path))
    with Corpus.open(folder.path) as corpus:
        (macron,) = corpus.entities("macron")
        assert corpus.said_count(macron.id) == 1


def test_a_store_from_before_there_were_quotes_gets_them_when_names_are_recognised_anew(
    folder: Folder,
) -> None:
    folder.write("a.txt", "Talks", "President Emmanuel Macron said that the talks were over.")
    folder.write("b.txt", "Weather", "It rained in Paris.")
    index_corpus([folder.path])
    place = find_corpus(folder.path)
    assert place is not None
    connection = sqlite3.connect(place.store)
    connection.executescript(
        "DROP TABLE quotes; DROP TABLE entity_quotes; UPDATE articles SET content = zeroblob(8);"
        "UPDATE files SET content = zeroblob(8); UPDATE meta SET value = 2 WHERE key = 'schema';"
        "UPDATE meta SET value = 'another' WHERE key = 'recogniser'"
    )
    connection.close()
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        (macron,) = corpus.entities("macron")
        assert corpus.said_count(macron.id) == len(corpus.said(macron.id)) == 1
        assert corpus.count() == 2
    assert all(finding.state != "ill" for finding in check_corpus(folder.path))
