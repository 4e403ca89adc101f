"""What a corpus holds, at a glance: counts and tops agree with the articles."""

from __future__ import annotations

import datetime
from collections import Counter

from tests.corpus.conftest import Folder
from tui.corpus import Corpus, index_corpus


def test_it_counts_what_there_is(sample_corpus: Corpus) -> None:
    overview = sample_corpus.overview()
    hits = sample_corpus.newest(10_000)
    articles = [sample_corpus.article(hit.id) for hit in hits]
    sources = Counter(article.source for article in articles if article.source)
    days = Counter(article.date for article in articles if article.date)
    assert (overview.articles, overview.sources) == (len(hits), len(sources))
    assert overview.words == sum(article.words for article in articles)
    assert list(overview.top_sources) == sorted(sources.items(), key=lambda one: (-one[1], one[0]))[:10]
    assert (overview.first, overview.last) == (min(days), max(days))
    assert overview.undated == len(articles) - days.total()
    assert list(overview.busiest) == sorted(days.items(), key=lambda one: (-one[1], one[0]))[:10]
    languages = Counter(article.language for article in articles if article.language)
    assert dict(overview.languages) == languages


def test_its_people_are_those_that_most_articles_name(sample_corpus: Corpus) -> None:
    overview = sample_corpus.overview()
    for type, top in (
        ("person", overview.people), ("organisation", overview.organisations), ("place", overview.places),
    ):  # fmt: skip
        assert list(top) == sample_corpus.entities(type=type, limit=10)  # type: ignore[arg-type]
        assert {entity.type for entity in top} == {type}
        counts = [entity.articles for entity in top]
        assert counts == sorted(counts, reverse=True)


def test_of_a_corpus_without_articles_it_says_so(folder: Folder) -> None:
    (folder.path / "empty.txt").write_bytes(b"")
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        overview = corpus.overview()
    assert (overview.articles, overview.words, overview.sources, overview.undated) == (0, 0, 0, 0)
    assert (overview.first, overview.last, overview.busiest, overview.people) == (None, None, (), ())
    assert overview.failed == 1


def test_articles_without_a_date_or_a_source_are_counted_all_the_same(folder: Folder) -> None:
    folder.write("a.txt", "One", "President Vladimir Putin spoke in Moscow.", date="20211216", url=None)
    folder.write("b.txt", "Two", "President Emmanuel Macron spoke in Moscow.", date="", url=None)
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        overview = corpus.overview()
    assert (overview.articles, overview.undated, overview.sources, overview.top_sources) == (2, 1, 0, ())
    assert overview.busiest == ((datetime.date(2021, 12, 16), 1),)
    assert [(place.name, place.articles) for place in overview.places] == [("Moscow", 2)]
