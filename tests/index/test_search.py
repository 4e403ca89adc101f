"""What a search answers beside the articles: order, facets, snippets, marks, suggestions."""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.newsroom import Entity, Newsroom, article, generated, indexed
from tui.article import Article, Span
from tui.errors import SearchCancelled
from tui.index.search import Index
from tui.index.snippets import LONGEST_SNIPPET
from tui.index.writer import IndexWriter


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


class TestOrder:
    ARTICLES = (
        article("red", "an old one", date=day("2021-01-05")),
        article("red", "no date"),
        article("blue", "red title", date=day("2021-03-05")),
        article("red", "a new one", date=day("2022-03-05")),
        article("red", "a new one", date=day("2022-03-05")),
    )

    def test_newest_oldest_and_the_undated_last(self, tmp_path: Path) -> None:
        index = indexed(tmp_path, Newsroom(self.ARTICLES))
        assert index.search("red", sort="newest").order.tolist() == [5, 4, 3, 1, 2]
        assert index.search("red", sort="oldest").order.tolist() == [1, 3, 4, 5, 2]
        assert index.search("").order.tolist() == [5, 4, 3, 1, 2]

    def test_a_word_in_the_title_counts_more_and_ties_stand_newest_first(self, tmp_path: Path) -> None:
        results = indexed(tmp_path, Newsroom(self.ARTICLES)).search("red")
        assert results.order.tolist() == [3, 5, 4, 1, 2]
        assert results.order.dtype.name == "uint32"
        scores = [hit.score for hit in results.page()]
        assert None not in scores
        assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]

    def test_a_query_without_words_has_no_scores(self, tmp_path: Path) -> None:
        results = indexed(tmp_path, Newsroom(self.ARTICLES)).search("date:2022")
        assert [hit.score for hit in results.page()] == [None, None]


def test_facets_and_months(tmp_path: Path) -> None:
    newsroom = Newsroom(
        [
            article("Ann met Bob", date=day("2021-11-30"), source="a.example"),
            article("Ann", date=day("2022-01-01"), source="b.example"),
            article("Bob in Oslo", date=day("2022-01-09"), source="a.example"),
            article("Oslo"),
        ],
        [("Ann", "person", ()), ("Bob", "person", ()), ("Oslo", "place", ()), ("UN", "organisation", ())],
    )
    index = indexed(tmp_path, newsroom)
    facets = index.search("ann OR bob").facets()
    assert facets.source == (("a.example", 2), ("b.example", 1))
    assert facets.person == (("Ann", 2), ("Bob", 2))
    assert (facets.place, facets.organisation) == ((("Oslo", 1),), ())
    assert facets.month == (("2021-11", 1), ("2021-12", 0), ("2022-01", 2))
    index.search("oslo").facets()
    assert newsroom.asked_kinds == 1
    newsroom.generation += 1
    index.search("oslo").facets()
    assert newsroom.asked_kinds == 2


@pytest.mark.parametrize("looked_up", [1_000, 0])
def test_names_find_articles_whether_looked_up_or_in_the_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_up: int
) -> None:
    monkeypatch.setattr("tui.index.leaves._MOST_LOOKED_UP", looked_up)
    newsroom = Newsroom(
        [article(text) for text in ("Ann met Bob", "Bob", "x", "Annabel Lee", "Ann in Oslo")],
        [("Ann", "person", ()), ("Bob", "person", ()), ("Oslo", "place", ()), ("Annabel Lee", "person", ())],
    )
    index = indexed(tmp_path, newsroom, 2)
    with IndexWriter(tmp_path, newsroom) as writer:
        writer.apply([(5, "delete")])
        writer.commit(6)
    for query, found in (
        ("person:ann", [1, 4]), ("person:ann*", [1, 4]), ("person:bob", [1, 2]), ("-entity:ann*", [2, 3]),
        ("place:oslo", []), ("person:bob OR person:lee", [1, 2, 4]), ("entity:nobody", []),
    ):  # fmt: skip
        results = index.search(query)
        assert sorted(results.order.tolist()) == found, query
    hit = index.search("person:bob").page()[0]
    assert [hit.snippet[start:end] for start, end in hit.matches] == ["Bob"]


class TestFacetsOfJoinedEntities:
    ARTICLES = tuple(
        article(text)
        for text in (
            "Nato met in Brussels",
            "The Atlantic Alliance met Nato",
            "The Atlantic Alliance",
            "Brussels",
        )
    )
    ENTITIES: tuple[Entity, ...] = (
        ("Nato", "organisation", ()), ("Atlantic Alliance", "organisation", ()), ("Brussels", "place", ()),
    )  # fmt: skip

    def test_an_article_that_names_an_entity_in_two_ways_counts_once(self, tmp_path: Path) -> None:
        newsroom = Newsroom(self.ARTICLES, self.ENTITIES)
        index = indexed(tmp_path, newsroom, 2)
        assert index.search("").facets().organisation == (("Atlantic Alliance", 2), ("Nato", 2))
        newsroom.joined[1] = 0
        newsroom.generation += 1
        assert index.search("").facets().organisation == (("Nato", 3),)
        assert index.search("atlantic").facets().organisation == (("Nato", 2),)
        assert index.search("").facets().place == (("Brussels", 2),)

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_they_are_counted_as_one_by_one(
        self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
    ) -> None:
        names = [f"name{letter}" for letter in "abcdefgh"]
        texts = data.draw(st.lists(st.lists(st.sampled_from(names), max_size=6), min_size=1, max_size=20))
        newsroom = Newsroom(
            [article(" ".join(["word", *words] if at % 3 else words)) for at, words in enumerate(texts)],
            [(name, "person", ()) for name in names],
        )
        newsroom.joined = {
            alias: leader for alias, leader in zip(range(4, 8), data.draw(st.permutations(range(4))), strict=True)
            if data.draw(st.booleans())
        }  # fmt: skip
        index = indexed(tmp_path_factory.mktemp("i"), newsroom, data.draw(st.integers(1, 3)))
        for query, found in (("", texts), ("word", [words for at, words in enumerate(texts) if at % 3])):
            counts = Counter(
                names[leader]
                for words in found
                for leader in {newsroom.joined.get(at, at) for at in map(names.index, words)}
            )
            for few, at_once in ((1, 50_000), (0, 3), (1_000, 3)):
                with patch("tui.index.decided._FEW", few), patch("tui.index.decided._AT_ONCE", at_once):
                    assert dict(index.search(query).facets().person) == counts


class TestSnippets:
    def test_the_densest_passage_with_its_matches(self, tmp_path: Path) -> None:
        filler = "Nothing of note was said here at all by anyone. " * 8
        text = f"A draft first.\n{filler}\n{filler}The draft security pacts were handed over. {filler}"
        hit = (
            indexed(tmp_path, Newsroom([article(text, "Draft pact")]))
            .search("draft pacts security")
            .page()[0]
        )
        assert [hit.snippet[start:end] for start, end in hit.matches] == ["draft", "security", "pacts"]
        assert [hit.title[start:end] for start, end in hit.title_matches] == ["Draft", "pact"]
        assert hit.snippet.startswith("…")
        assert hit.snippet.endswith("…")
        assert len(hit.snippet) <= LONGEST_SNIPPET + 2

    def test_the_lead_where_nothing_is_marked(self, tmp_path: Path) -> None:
        hit = (
            indexed(tmp_path, Newsroom([article("Short.\n" + "A longer paragraph follows. " * 20)]))
            .search("")
            .page()[0]
        )
        assert hit.snippet.startswith("Short. A longer paragraph")
        assert hit.snippet.endswith("…")
        assert hit.matches == ()

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.text(alphabet="ab 中é\u0301.-'", max_size=400), max_size=4),
        st.text(alphabet="ab 中*é", max_size=6),
    )
    def test_matches_lie_in_the_snippet(
        self, tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str
    ) -> None:
        newsroom = Newsroom([Article("a title", tuple(texts))])
        for hit in indexed(tmp_path_factory.mktemp("i"), newsroom).search(query, typing=True).page():
            last = 0
            for start, end in hit.matches:
                assert last <= start < end <= len(hit.snippet)
                last = end


MARKED = Article(
    "Nato's draft pacts",
    ("Security pacts, says Vladimir Putin. The governments reject the draft.",
     "Mr Putin’s pact; unsecured pacts security."),
    language="en",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("nato", ["Nato's"]),
        ("draft", ["draft", "draft"]),
        ("title:draft", ["draft"]),
        ("draft -pacts", ["draft", "draft"]),
        ('"security pacts"', ["Security pacts"]),
        ('"pacts security"', ["pacts security"]),
        ('"security putin"~6', ["Security", "Putin"]),
        ("government", ["governments"]),
        ("gov*", ["governments"]),
        ("un*ed", ["unsecured"]),
        ("drafd~", ["draft", "draft"]),
        ("person:putin", ["Vladimir Putin", "Putin’s"]),
        ("-person:putin draft", ["draft", "draft"]),
        ("date:2021 OR NOT draft", []),
    ],
)
def test_what_is_marked(tmp_path: Path, query: str, marked: list[str]) -> None:
    newsroom = Newsroom([MARKED], [("Vladimir Putin", "person", ("Putin",))])
    spans = indexed(tmp_path, newsroom).matches(query, MARKED)
    assert [MARKED.text_of(span.paragraph)[span.start : span.end] for span in spans] == marked
    assert spans == sorted(spans)


def test_a_growing_word_is_marked_as_far_as_it_goes(tmp_path: Path) -> None:
    index = indexed(tmp_path, Newsroom([MARKED]))
    spans = index.matches("gov", MARKED, True)
    assert spans == [Span(0, 41, 52)]
    assert index.matches("gov", MARKED) == []


WORDS = st.lists(st.sampled_from(["a", "ab", "abc", "b", "ba", "ca", "ab-b", "A's"]), max_size=25).map(
    " ".join
)
QUERIES = st.one_of(
    st.lists(st.sampled_from(["a", "ab", "b", "ba", "c*", "?b", "ab~"]), min_size=1, max_size=3).map(
        " OR ".join
    ),
    st.lists(st.sampled_from(["a", "ab", "b", "ba"]), min_size=2, max_size=3).map(
        lambda ws: f'"{" ".join(ws)}"'
    ),
    st.builds(
        lambda a, b, n: f'"{a} {b}"~{n}', st.sampled_from("ab"), st.sampled_from("ab"), st.integers(1, 5)
    ),
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.builds(Article, WORDS, st.lists(WORDS, max_size=3).map(tuple)), min_size=1, max_size=4),
    QUERIES,
)
def test_an_article_is_marked_where_and_only_where_it_is_found(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Article], query: str
) -> None:
    index = indexed(tmp_path_factory.mktemp("i"), Newsroom(articles))
    found = set(index.search(query).order.tolist())
    for number, each in enumerate(articles, 1):
        spans = index.matches(query, each)
        assert bool(spans) == (number in found)
        for span in spans:
            assert each.text_of(span.paragraph)[span.start : span.end].strip()


class TestDidYouMean:
    ARTICLES = (
        article("The government of Ukraine rejected the draft."),
        article("Ukraine, Ukraine and Moscow."),
    )

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("goverment", "government"),
            ("draft  AND goverment title:x*", "draft  AND government title:x*"),
            ("Ukarine", "Ukraine"),
            ("UKARINE", "UKRAINE"),
            ("(moscwo OR x)", "(moscow OR x)"),
            ("-goverment draft", "-government draft"),
            ("ukraine", None),
            ("governments", None),
            ("qqqqqqqq", None),
            ("xx", None),
            ("ukrane:moscow", None),
            ("ukrane:moscwo", "ukrane:moscow"),
        ],
    )
    def test_suggestions(self, tmp_path: Path, query: str, expected: str | None) -> None:
        assert indexed(tmp_path, Newsroom(self.ARTICLES)).search(query).corrected == expected

    def test_a_growing_word_is_not_corrected_while_something_begins_so(self, tmp_path: Path) -> None:
        index = indexed(tmp_path, Newsroom(self.ARTICLES))
        assert index.search("ukrai", typing=True).corrected is None
        assert (
            index.search("ukrx", typing=True).corrected is None
            or index.search("ukrx", typing=True).total == 0
        )


def test_completion(tmp_path: Path) -> None:
    newsroom = Newsroom(
        [
            article("Vladimir Putin in Moscow", source="thornbury.example", date=day("2021-12-16")),
            article("Putin puts"),
        ],
        [("Vladimir Putin", "person", ()), ("Moscow", "place", ())],
    )
    index = indexed(tmp_path, newsroom)

    def complete(query: str, cursor: int | None = None) -> list[str]:
        found = index.complete(query, len(query) if cursor is None else cursor)
        at = len(query) if cursor is None else cursor
        return [query[: c.start] + c.text + query[c.end : at] for c in found]

    assert complete("pe") == ["person:"]
    assert complete("nato person:put") == ['nato person:"Vladimir Putin"']
    assert complete('person:"vlad') == ['person:"Vladimir Putin"']
    assert complete("place:") == ['place:"Moscow"']
    assert complete("source:thorn") == ["source:thornbury.example"]
    assert complete("-is:un") == ["-is:unread"]
    assert complete("lang:") == ["lang:en"]
    assert complete("date:2021") == ["date:2021-12"]
    assert "date:'last week'" in complete("date:la")
    assert complete("put") == ["putin", "puts"]
    assert complete("-vladi") == ["-vladimir"]
    assert complete("vladi moscow", 5) == ["vladimir"]
    assert complete("") == []


def test_related(tmp_path: Path) -> None:
    articles = [
        article("The draft security pacts were handed to Nato in Geneva.", "Draft security pacts"),
        article("Nato read the draft security pacts in Geneva.", "Security pacts read"),
        article("Cricket: a batsman made a century.", "Cricket century"),
        article("The batsman of the century retires from cricket.", "Batsman retires"),
        *(article(f"Other things happened, number {n}.", "Elsewhere") for n in range(20)),
    ]
    index = indexed(tmp_path, Newsroom(articles))
    assert [number for number, _ in index.related(1)] == [2]
    assert [number for number, _ in index.related(3)] == [4]
    assert index.related(999) == []


def test_a_search_stops_when_it_is_told_to(tmp_path: Path) -> None:
    index = indexed(tmp_path, Newsroom(generated(30)))
    with pytest.raises(SearchCancelled):
        index.search("a* b~2 c?d", cancelled=lambda: True)
    asked = 0

    def after_three() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with pytest.raises(SearchCancelled):
        index.search("a b c d", cancelled=after_three)
    assert index.search("a* b~2 c?d", cancelled=lambda: False).total >= 0


def test_threads_share_an_index(tmp_path: Path) -> None:
    index = indexed(tmp_path, Newsroom(generated(60)))
    expected = {query: index.search(query).order.tolist() for query in ("a", "a*", '"a b"', "ab~")}
    fresh = Index.open(tmp_path, index._articles)
    wrong: list[str] = []

    def ask() -> None:
        for query, order in list(expected.items()) * 5:
            if fresh.search(query).order.tolist() != order:
                wrong.append(query)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_source_of_exactly_that_name_is_meant_alone(tmp_path: Path) -> None:
    sources = ["post.example", "post.example.org", "post.example"]
    index = indexed(tmp_path, Newsroom([article("one", source=source) for source in sources]))
    assert index.search("source:post.example").total == 2
    assert index.search("source:post").total == 3
