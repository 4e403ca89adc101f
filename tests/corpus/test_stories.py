"""What a corpus answers of stories."""

from __future__ import annotations

import datetime
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder
from tests.corpus.events import FIRST_DAY, url_of, write_events, write_report
from tests.corpus.invented import Invented
from tests.stories.reports import report
from tui.article import ArticleId
from tui.corpus import Corpus, index_corpus
from tui.corpus.coverage import MOST_REPORTS
from tui.corpus.derived import Derived
from tui.corpus.packing import Packing
from tui.corpus.story_rows import StoryRows
from tui.corpus.values import InStory
from tui.errors import NoSuchArticle, NoSuchStory, SearchCancelled
from tui.stories.values import StoryId


@pytest.fixture
def corpus(folder: Folder) -> Iterator[Corpus]:
    """Five events, each with one report more than the one before, some days apart; and one that nobody else tells."""
    for event in range(5):
        for number in range(event + 2):
            write_report(folder, event, number, day=3 * event + number)
    folder.write("alone.txt", "Nobody else", "Quite another matter, of which nobody else has heard.")
    index_corpus([folder.path], recogniser="rules")
    with Corpus.open(folder.path) as opened:
        yield opened


def id_of(corpus: Corpus, name: str) -> ArticleId:
    id = corpus.id_of_file(corpus.roots[0] / name)
    assert id is not None
    return id


def test_a_story_says_what_it_is_made_of(corpus: Corpus) -> None:
    story_id = corpus.story_of(id_of(corpus, "003-000.txt"))
    assert story_id is not None
    story = corpus.story(story_id)
    assert story.articles == tuple(id_of(corpus, f"003-{number:03}.txt") for number in range(5))
    assert (story.first, story.last) == (
        FIRST_DAY + datetime.timedelta(9),
        FIRST_DAY + datetime.timedelta(13),
    )
    assert (story.id, story.sources, story.reprints) == (story_id, 5, ())
    assert story.title in {corpus.article(id).title for id in story.articles}
    assert corpus.timeline_of_story(story_id).days == tuple(
        (FIRST_DAY + datetime.timedelta(9 + number), 1) for number in range(5)
    )


def test_what_there_is_not_is_said_to_be_none(corpus: Corpus) -> None:
    alone = id_of(corpus, "alone.txt")
    assert corpus.story_of(alone) is None
    assert corpus.stories_of([alone, ArticleId("f" * 16)]) == {}
    assert (corpus.reprints_of(alone), corpus.boilerplate(alone)) == ((), frozenset())
    for id in ("0" * 16, "", "no id", "é", "'; DROP TABLE stories"):
        with pytest.raises(NoSuchStory):
            corpus.story(StoryId(id))
        with pytest.raises(NoSuchStory):
            corpus.matrix(StoryId(id))
    for ask in (corpus.story_of, corpus.reprints_of, corpus.boilerplate, corpus.order):
        with pytest.raises(NoSuchArticle):
            ask(ArticleId("f" * 16))


def test_lists_of_stories_are_in_order_and_by_pages(corpus: Corpus) -> None:
    newest = corpus.stories()
    assert corpus.story_count() == len(newest) == 5
    assert [len(story.articles) for story in newest] == [6, 5, 4, 3, 2]
    days = [story.last for story in newest if story.last is not None]
    assert len(days) == 5 and days == sorted(days, reverse=True)
    assert corpus.stories(order="largest") == newest
    assert [corpus.stories(limit=2, offset=offset) for offset in (0, 2, 4, 6)] == [
        newest[:2], newest[2:4], newest[4:], [],
    ]  # fmt: skip
    assert corpus.stories(limit=0) == []


def test_stories_of_a_query_are_those_that_have_a_hit(corpus: Corpus) -> None:
    assert corpus.stories("nobody else") == []
    assert corpus.story_count("nobody else") == 0
    assert corpus.stories("  ") == corpus.stories()
    one, two = corpus.stories(order="largest")[3:]
    query = " OR ".join(f"url:{id_of_source(corpus, id)}" for id in (*two.articles, one.articles[0]))
    assert [story.id for story in corpus.stories(query, order="largest")] == [two.id, one.id]
    assert [story.id for story in corpus.stories(query, order="newest")] == [one.id, two.id]
    assert corpus.story_count(query) == 2
    with pytest.raises(SearchCancelled):
        corpus.stories(query, cancelled=lambda: True)


def id_of_source(corpus: Corpus, id: ArticleId) -> str:
    url = corpus.article(id).url
    assert url is not None
    return url.rpartition("/")[2].removesuffix(".txt")


def test_a_page_of_results_says_how_each_article_stands(folder: Folder) -> None:
    write_events(folder, 3, 3)
    text = report(7, 0).paragraphs
    for number, source in enumerate(("alpha", "beta", "gamma", "delta")):
        order = text[number:] + text[:number]
        folder.write(f"{source}.txt", f"As {source} has it", *order, url=url_of(source, "wire"))
    folder.write("alone.txt", "Nobody else", "Quite another matter.")
    index_corpus([folder.path], recogniser="rules")
    with Corpus.open(folder.path) as corpus:
        hits = corpus.newest(100)
        found = corpus.stories_of([hit.id for hit in hits])
        assert len(found) == 13 and id_of(corpus, "alone.txt") not in found
        for story in corpus.stories():
            for id in story.articles:
                copies = 3 if story.reprints else 0
                assert found[id] == InStory(story.id, len(story.articles), copies)
                assert corpus.story_of(id) == story.id
        wire = corpus.reprints_of(id_of(corpus, "gamma.txt"))
        assert len(wire) == 4 and corpus.reprints_of(wire[0]) == wire
        told = corpus.story_of(wire[0])
        assert told is not None and corpus.story(told).reprints == (wire,)


def test_stories_are_asked_for_in_queries(corpus: Corpus) -> None:
    for story in corpus.stories():
        for value in (story.id, story.id[:10], story.id.upper(), f'"{story.title}"'):
            results = corpus.search(f"story:{value}")
            assert {hit.id for hit in results.page(0, 50)} == set(story.articles), value
            assert results.notes == ()
        facets = results.facets()
        assert sum(count for _, count in facets.source) == len(story.articles)
        first, last = story.title.split()[0], story.title.split()[-1]
        assert set(story.articles) <= {hit.id for hit in corpus.search(f"story:{first}").page(0, 50)}
        begun = corpus.search(f"story:{last[:-1]}", typing=True).page(0, 50)
        assert set(story.articles) <= {hit.id for hit in begun}
        assert corpus.stories_named(story.title)[0] == (story.id, story.title, len(story.articles))
        completion = corpus.complete(f"story:{first[:4]}", len("story:") + 4)
        assert f'"{story.title}"' in [one.text for one in completion]
    missing = corpus.search("story:ffffffffffffffff")
    assert (missing.total, missing.notes) == (0, ("there is no story ffffffffffffffff",))
    everything = corpus.search("-story:ffffffffffffffff")
    assert everything.total == corpus.count()


def test_a_matrix_is_made_once_for_what_it_is_made_of(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = corpus.stories()[0]
    told: list[tuple[int, int]] = []
    matrix = corpus.matrix(story.id, lambda done, total: told.append((done, total)))
    assert {id for column in matrix.columns for id in column.articles} == set(story.articles)
    assert matrix.articles == 6 and told[-1] == (6, 6)
    told.clear()
    assert corpus.matrix(story.id, lambda done, total: told.append((done, total))) is matrix
    assert told == []
    cut_short = corpus.matrix(corpus.stories()[1].id, None, lambda: True)
    assert corpus.matrix(corpus.stories()[1].id) != cut_short
    corpus.merge([], corpus.entities()[0].id) if corpus.entities() else None
    corpus.split_story(story.id, story.articles[:2])
    assert corpus.matrix(story.id).articles == 4
    assert corpus.undo_story_edit() is not None
    assert corpus.matrix(story.id) is matrix


def test_one_source_s_reprints_are_one_report_of_the_matrix(folder: Folder) -> None:
    text = report(7, 0, 300).paragraphs
    for number in range(4):
        source = "alpha" if number < 3 else "beta"
        folder.write(
            f"{number}.txt", f"As told {number}", *text[number % 3 :], url=url_of(source, f"{number}")
        )
    index_corpus([folder.path], recogniser="rules")
    with Corpus.open(folder.path) as corpus:
        (story,) = corpus.stories()
        assert len(story.articles) == 4 and len(story.reprints) == 1
        matrix = corpus.matrix(story.id)
        assert matrix.articles == 2
        assert {id for column in matrix.columns for id in column.articles} == {
            id_of(corpus, "0.txt"), id_of(corpus, "3.txt"),
        }  # fmt: skip


def test_order_is_that_of_the_reprint_in_order(folder: Folder) -> None:
    corpus_text = report(7, 0, 300).paragraphs
    folder.write("in-order.txt", "In order", *corpus_text, url=url_of("alpha", "one"))
    folder.write("shuffled.txt", "Shuffled", *corpus_text[::-1], url=url_of("beta", "two"))
    index_corpus([folder.path], recogniser="rules")
    with Corpus.open(folder.path) as corpus:
        order = corpus.order(id_of(corpus, "shuffled.txt"))
        assert sorted(order.paragraphs) == list(range(len(corpus_text)))
        assert 0 <= order.confidence <= 1
        assert order.reprint in (None, id_of(corpus, "in-order.txt"))


def test_ten_thousand_articles_in_one_story(invented: Invented) -> None:
    day = datetime.date(2021, 1, 1)
    invented.put_all(
        (f"{number:05}", f"Report {number} of the flood. It rose.", day + datetime.timedelta(number % 300))
        for number in range(10_000)
    )
    connection = invented._writer.connection
    rows = StoryRows(connection, Derived(connection, Packing()))
    with invented._writer.transaction():
        for number in range(1, 10_001):
            rows.move(number, 1)
        rows.write()
    with invented.corpus() as corpus:
        (story,) = corpus.stories()
        assert len(story.articles) == len(set(story.articles)) == 10_000
        assert (story.first, story.last) == (day, day + datetime.timedelta(299))
        assert corpus.stories_of(story.articles[:2])[story.articles[1]] == InStory(story.id, 10_000, 0)
        told: list[tuple[int, int]] = []
        matrix = corpus.matrix(story.id, lambda done, total: told.append((done, total)))
        assert matrix.articles <= MOST_REPORTS
        assert (
            matrix.note == f"The first {matrix.articles:,} of 10,000 reports: there are too many to compare"
        )
        new = corpus.split_story(story.id, story.articles[:5_000])
        assert (len(corpus.story(new).articles), len(corpus.story(story.id).articles)) == (5_000, 5_000)


def test_readers_who_cannot_write_are_answered(corpus: Corpus) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = corpus.place.directory
    before = stat.S_IMODE(folder.stat().st_mode)
    folder.chmod(0o555)
    try:
        with Corpus.open(corpus.roots[0]) as again:
            assert again.story_count() == 5
    finally:
        folder.chmod(before)


def test_what_another_process_indexes_is_there_after_the_next_question(
    corpus: Corpus, folder: Folder
) -> None:
    before = corpus.stories(order="largest")[0]
    write_report(folder, 4, 9, day=18)
    index_corpus([folder.path], recogniser="rules")
    after = corpus.story(before.id)
    assert set(after.articles) == {*before.articles, id_of(corpus, "004-009.txt")}
    assert corpus.stories_of(after.articles)[after.articles[0]].articles == len(after.articles)
    assert corpus.search(f"story:{before.id}").total == len(after.articles)
    assert Path(corpus.roots[0]) == folder.path
