"""The query language: what a query finds, and what is said about what it can't."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.index.newsroom import Newsroom, article, generated, indexed, search
from tui.article import Article
from tui.index.dates import parse_days
from tui.index.parser import parse
from tui.index.search import Index
from tui.index.tokens import Tokenizer

TEXTS = [
    "Russia hands draft security pacts to the US as talks are sought",  # 1
    "The governments of Nato allies reject a veto on membership",  # 2
    "Security talks: the pacts of draft one were handed over",  # 3
    "Ukraine's border, Ukraines army and Covid-19",  # 4
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("draft pacts", [1, 3]),
        ("draft OR veto", [1, 2, 3]),
        ("draft -russia", [3]),
        ("draft NOT russia", [3]),
        ("-draft", [2, 4]),
        ("draft (us OR one)", [1, 3]),
        ("draft OR veto security", [1, 3]),
        ('"security pacts"', [1]),
        ('"security pacts"~3', [1, 3]),
        ("“security pacts”", [1]),
        ("rus*", [1]),
        ("wom?n OR dr?ft", [1, 3]),
        ("*ity", [1, 3]),
        ("mem*ip", [2]),
        ("rusia~", [1]),
        ("rsuisa~2", [1]),
        ("government", [2]),
        ("handing", [1, 3]),
        ("ukraine", [4]),
        ("UKRAINE’S", [4]),
        ("covid19", [4]),
        ('"covid 19"', [4]),
        ("U.S.", [1]),
        ("*", [1, 2, 3, 4]),
        ("", [1, 2, 3, 4]),
        ("nothing here", []),
        ("govern*", [2]),
        ("governments*", [2]),
        ("rus", []),
    ],
)
def test_what_a_query_finds(tmp_path: Path, query: str, found: list[int]) -> None:
    assert search(tmp_path, TEXTS, query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [("rus", [1]), ("governme", [2]), ("governmen", [2]), ("draft r", [1]), ('"security pa', [1]), ("covid-1", [4]),
     ("draft OR", [1, 3]), ("(draft -rus", [3]), ("draft  ", [1, 3])],
)  # fmt: skip
def test_the_last_word_may_still_be_growing(tmp_path: Path, query: str, found: list[int]) -> None:
    newsroom = Newsroom([article(text) for text in TEXTS])
    results = indexed(tmp_path, newsroom).search(query, typing=True)
    assert sorted(results.order.tolist()) == found
    assert results.notes == ()


FIELDS = [
    Article("Putin speaks", ("In Moscow today.",), datetime.date(2021, 12, 16), source="thornbury-post.example",
            url="https://thornbury-post.example/world/putin-speaks", language="en"),
    Article("Talks", ("Vladimir Putin and Nato.",), datetime.date(2021, 11, 2), source="thornbury.example",
            language="en"),
    Article("Gespräche", ("Die Regierungen in Moskau.",), datetime.date(2022, 1, 5), source="blatt.example",
            language="de"),
    Article("No date", ("Nothing.",), source="other.example"),
]  # fmt: skip
ENTITIES = [
    ("Vladimir Putin", "person", ("Putin",)),
    ("Nato", "organisation", ()),
    ("Moscow", "place", ("Moskau",)),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title:putin", [1]),
        ("putin", [1, 2]),
        ("title: putin", [1]),
        ("title:(talks OR putin)", [1, 2]),
        ("source:thornbury-post.example", [1]),
        ("source:thornbury-post", [1]),
        ("source:www.thornbury-post.example", [1]),
        ("source:thornbury", [2]),
        ("source:thornbury*", [1, 2]),
        ("url:putin-speaks", [1]),
        ("url:world/putin", [1]),
        ("date:2021", [1, 2]),
        ("date:2021-12", [1]),
        ("date:2021-12-16", [1]),
        ("date:[2021-11-02 TO 2021-12-24]", [1, 2]),
        ("date:[2021-12-01 TO]", [1, 3]),
        ("date:[TO 2021-12-01]", [2]),
        ("date:2021-11..2021-12", [1, 2]),
        ("date:>=2021-12-16", [1, 3]),
        ("-date:2021", [3, 4]),
        ('person:"Vladimir Putin"', [1, 2]),
        ("person:putin -org:nato", [1]),
        ("place:Moscow", [1, 3]),
        ("place:mosk*", [1, 3]),
        ("entity:nato", [2]),
        ("lang:de", [3]),
        ("lang:en", [1, 2]),
        ("is:read", [2]),
        ("is:unread", [1, 3, 4]),
        ("is:starred", [3]),
        ("story:1f0c9ab200000000", [1, 2]),
        ('story:"talks in moscow"', [1, 3]),
        ("story:talks", [1, 3]),
        ("-story:talks", [2, 4]),
        ("story:(1f0c9ab200000000 OR talks) putin", [1, 2]),
        ("regierung", [3]),
        ("source:(thornbury-post OR nobody*)", [1]),
        ("-source:(thornbury OR thornbury-post)", [3, 4]),
        ("date:(2021-11 OR 2021-12)", [1, 2]),
        ('person:("Vladimir Putin" OR putin) lang:(en OR de)', [1, 2]),
    ],
)
def test_fields(tmp_path: Path, query: str, found: list[int]) -> None:
    newsroom = Newsroom(FIELDS, ENTITIES)  # type: ignore[arg-type]
    newsroom.read, newsroom.starred = {2}, {3}
    newsroom.stories = {"1f0c9ab200000000": {1, 2}, "Talks in Moscow": {1, 3}}
    results = indexed(tmp_path, newsroom).search(query)
    assert sorted(results.order.tolist()) == found
    assert results.notes == ()


@pytest.mark.parametrize(
    ("query", "found", "note"),
    [
        ("putin foo:speaks", [], "foo: is not a field; searched as words"),
        ("putin date:2021-13", [1, 2], "date:2021-13 is not a date"),
        ('"putin speaks', [1], 'a " was not closed'),
        ("(putin", [1, 2], "a ( was not closed"),
        ("putin)", [1, 2], "a ) without its ("),
        ("putin OR", [1, 2], "OR has nothing to work on"),
        ("AND putin", [1, 2], "AND has nothing to work on"),
        ("putin NOT", [1, 2], "NOT has nothing to work on"),
        ("putin title:", [1, 2], "title: has no value"),
        ("story:x putin", [], "there is no story x"),
        ('story:"Talks in Mars"', [], "there is no story Talks in Mars"),
        ("putin story:", [1, 2], "story: has no value"),
        ("tag:x putin", [1, 2], "tag: is not known yet"),
        ("is:lost putin", [1, 2], "is:lost is not known"),
        ("person:Nobody", [], "no person of the name Nobody"),
        ("putin~9", [1, 2], "at most two letters"),
        ("titel:putin", [], "titel: is not a field (did you mean title:?); searched as words"),
        ('titel:"putin speaks"', [], "titel: is not a field (did you mean title:?); searched as words"),
        ("foo:(putin OR speaks)", [], "foo: is not a field; searched as words"),
        ("speaks:put*", [1], "speaks: is not a field; searched as words"),
        ("speaks:ptin~", [1], "speaks: is not a field; searched as words"),
        (
            "source:thornbury-pos",
            [],
            "no source of the name thornbury-pos: did you mean thornbury-post.example?",
        ),
        ("source:nobody", [], "no source of the name nobody"),
        ("lang:german", [], "no article in the language german (lang: de, en"),
        ("date:(2021-11 OR never)", [2], "date:never is not a date"),
        ("source:() putin", [1, 2], "source: has no value"),
        ("title:(()) moscow", [1], "title: has no value"),
    ],
)
def test_what_is_not_understood_is_said(tmp_path: Path, query: str, found: list[int], note: str) -> None:
    newsroom = Newsroom(FIELDS, ENTITIES)  # type: ignore[arg-type]
    results = indexed(tmp_path, newsroom).search(query)
    assert sorted(results.order.tolist()) == found
    assert [note in said for said in results.notes] == [True]


def test_dates_in_words() -> None:
    today = datetime.date(2021, 12, 16)  # a Thursday

    def days(value: str) -> tuple[str, str] | None:
        found = parse_days(value, today)
        return found and tuple(datetime.date.fromordinal(day).isoformat() for day in found)  # type: ignore[return-value]

    assert days("16.12.2021") == days("16/12/2021") == ("2021-12-16", "2021-12-16")
    assert days("yesterday") == ("2021-12-15", "2021-12-15")
    assert days("'last week'") == ("2021-12-06", "2021-12-12")
    assert days('"last month"') == ("2021-11-01", "2021-11-30")
    assert days("16 december 2021") == ("2021-12-16", "2021-12-16")
    assert days("december") == ("2021-12-01", "2021-12-31")
    assert days("2021-02-30") is None
    assert days("0000") is None


class TestLanguages:
    """A word of a query matches its stems in the languages that the corpus has, each in its own articles."""

    def test_a_stem_of_one_language_is_not_applied_to_articles_of_another(self, tmp_path: Path) -> None:
        texts = [article("the porter of ports", language="en"), article("il faut porter", language="fr")]
        assert search(tmp_path, texts, "portant") == [2]
        assert search(tmp_path, texts, "port") == [1, 2]

    def test_cyrillic_arabic_and_chinese(self, tmp_path: Path) -> None:
        texts = [
            article("Правительства договорились", language="ru"),
            article("قالت الحكومة اليوم", language="ar"),
            article("中国政府今天表示", language="zh"),
        ]
        assert search(tmp_path / "1", texts, "правительство") == [1]
        assert search(tmp_path / "2", texts, "حكومة") == [2]
        assert search(tmp_path / "3", texts, "政府") == [3]
        assert search(tmp_path / "4", texts, "中国政府") == [3]
        assert search(tmp_path / "5", texts, "示") == [3]
        assert search(tmp_path / "6", texts, "政天") == []

    def test_an_article_of_unknown_language_is_stemmed_as_english(self, tmp_path: Path) -> None:
        assert search(tmp_path, [article("governments", language=None)], "government") == [1]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("small"), Newsroom(generated(60)), batches=3)


PIECES = st.sampled_from(
    ["a", "ab", '"', "(", ")", "*", "?", "~", "~2", "OR", "AND", "NOT", "-", ":", "title:", "date:", "date:[",
     "person:", "is:", "source:", "lang:", "x:y", "'", "[2021 TO", "]", " ", "  ", "中国", "é",
     "\u202e", "\ud800", "\0", "\\", "a*b?c*"]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(PIECES, max_size=25).map("".join),
        st.lists(PIECES, max_size=25).map(" ".join),
    )
)
def test_no_text_raises(small: Index, text: str) -> None:
    for typing in (False, True):
        results = small.search(text, typing=typing)
        hits = results.page(0, 3)
        assert results.total == len(results.order) == len(set(results.order.tolist()))
        assert len(hits) == min(3, results.total)
        small.complete(text, len(text))


@pytest.mark.parametrize(
    "text",
    ["ab " * 50_000, "x OR " * 20_000, "(" * 100_000, "(a " * 20_000, '"' * 100_000, "a*b?" * 25_000, "*" * 100_000,
     "NOT " * 25_000, "title:" * 16_000, "~" * 100_000, "- " * 50_000, "a* " * 30_000, "?*" * 1_000, "date:[" * 10_000,
     "ab~2 " * 20_000, " ".join(f"w{n}*" for n in range(10_000)), "person:a " * 10_000, "a-" * 50_000, "é" * 100_000],
)  # fmt: skip
def test_a_pasted_monster_is_answered_quickly(small: Index, text: str) -> None:
    began = time.process_time()
    small.search(text).page(0, 2)
    assert time.process_time() - began < 2


def test_a_growing_word_is_no_fault() -> None:
    newsroom = Newsroom()
    for text in (
        "date:2021-1",
        "is:unr",
        "story:1",
        'story:"tal',
        "title:",
        "(a",
        '"a b',
        "a OR",
        "-",
        "person:",
        "a AND NOT",
    ):
        assert parse(text, Tokenizer(), newsroom, typing=True).notes == ()
