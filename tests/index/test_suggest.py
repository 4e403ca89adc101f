"""Did you mean: words, names and sources that nothing matches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.newsroom import Newsroom, article, indexed
from tui.index.search import Index

ARTICLES = [
    article("Vladimir Putin met Olaf Scholz in Moscow.", source="thornbury-post.example"),
    article("Putin spoke. Nothing new in Moscow.", source="thornbury-post.example"),
    article("Scholz spoke of governments and the government.", source="meridian.example"),
    article("It spoke, and spoke again of spokes.", source="meridian.example"),
    article("A govern spoke."),
]
ENTITIES = [
    ("Vladimir Putin", "person", ("Putin",)), ("Olaf Scholz", "person", ("Scholz",)), ("Moscow", "place", ()),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("index"), Newsroom(ARTICLES, ENTITIES), 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("person:putn", "person:Putin"),
        ('person:"Vladimir Putn" spoke', 'person:"Vladimir Putin" spoke'),
        ("person:Shcolz", "person:Scholz"),
        ("person:kutin", "person:Putin"),
        ("PERSON:SCHOLTZ", "PERSON:SCHOLZ"),
        ("place:moskow", "place:Moscow"),
        ("place:putn", None),
        ("entity:moskov goverment", "entity:Moscow government"),
        ("person:qqqqqqq", None),
        ("person:puti", None),
        ('person:"Vladimir Puttin"', 'person:"Vladimir Putin"'),
        ('spoke OR person:"Vladimir Puttin"', 'spoke OR person:"Vladimir Putin"'),
        ("person:'Olof Scholz' -spoke", "person:'Olaf Scholz' -spoke"),
        ("place:Noscow", "place:Moscow"),
        ("person:put*", None),
        ("source:thornbry-post.example", "source:thornbury-post.example"),
        ("source:post.example", "source:thornbury-post.example"),
        ("source:meridian", None),
        ("source:qqqqqqq.example", None),
        ("spkoe", "spoke"),
        ("spkoe govermnent person:putn", "spoke government person:Putin"),
        ("url:goverment", None),
        ('spoek:"putin"', None),
    ],
)
def test_what_was_meant(index: Index, query: str, expected: str | None) -> None:
    assert index.search(query).corrected == expected


def test_a_word_two_slips_away_only_where_none_is_one_away(index: Index) -> None:
    assert index.search("govrn").corrected == "govern"
    assert index.search("gvrnment").corrected == "government"


def test_few_words_are_corrected_of_many(index: Index) -> None:
    corrected = index.search(" ".join(["spkoe"] * 50)).corrected
    assert corrected is not None and corrected.count("spoke") == 4


@pytest.mark.parametrize(
    "query", ['person:"', "person:''''", "source:????", 'source:"****', "person:  putn", "org:(moskow)"]
)
def test_nothing_odd_is_stumbled_over(index: Index, query: str) -> None:
    index.search(query)
    index.search(query, typing=True)


def test_the_most_frequent_of_many_near_words(tmp_path: Path) -> None:
    near = [f"kor{a}{b}" for a in "abcdefghij" for b in "abcdefghijklmno"]
    texts = [" ".join(near), "xorqz xorqz", "xorqz koruz", "xorqz", "koruz"]
    assert indexed(tmp_path, Newsroom(map(article, texts)), 2).search("korqz").corrected == "koruz"
