"""Names in search: whatever corpus and reader decided, queries, completion, facets and marks go by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest

from tests.corpus.conftest import Folder
from tui.article import EntityId, MentionType
from tui.corpus import Corpus, index_corpus
from tui.errors import UsageError

TEXTS = {
    "a": "President Vladimir Putin spoke in Moscow on Thursday. Mr Putin was brief.",
    "b": "President Emmanuel Macron met President Vladimir Putin in Paris on Thursday.",
    "c": "President Emmanuel Macron spoke in Paris on Thursday.",
    "d": "President Olaf Scholz spoke in Moscow on Thursday.",
}


@pytest.fixture
def corpus(folder: Folder) -> Iterator[Corpus]:
    for name, text in TEXTS.items():
        folder.write(f"{name}.txt", f"Headline {name}", text)
    index_corpus([folder.path], recogniser="rules")
    with Corpus.open(folder.path) as corpus:
        yield corpus


def id_of(corpus: Corpus, name: str) -> EntityId:
    (entity,) = corpus.entities(name)
    return entity.id


def found(corpus: Corpus, query: str, *, typing: bool = False) -> str:
    """Which articles the query finds, by the last letter of their titles."""
    return "".join(sorted(hit.title[-1] for hit in corpus.search(query, typing=typing).page()))


def completed(corpus: Corpus, query: str) -> list[tuple[str, str]]:
    return [(one.text, one.detail) for one in corpus.complete(query, len(query))]


def marked(corpus: Corpus, query: str, letter: str) -> set[str]:
    """What the query marks in the article with that letter."""
    (hit,) = (hit for hit in corpus.newest() if hit.title[-1] == letter)
    article = corpus.article(hit.id)
    return {article.text_of(span.paragraph)[span.start : span.end] for span in corpus.matches(query, hit.id)}


def test_a_name_finds_by_any_of_its_words_and_completes_by_any(corpus: Corpus) -> None:
    assert found(corpus, "person:putin") == found(corpus, 'person:"vladimir putin"') == "ab"
    assert found(corpus, "person:pu", typing=True) == "ab"
    assert found(corpus, "place:putin") == ""
    assert found(corpus, 'entity:moscow -person:"Olaf Scholz"') == "a"
    assert completed(corpus, "person:") == [
        ('"Emmanuel Macron"', "2 articles"), ('"Vladimir Putin"', "2 articles"), ('"Olaf Scholz"', "1 article"),
    ]  # fmt: skip
    assert completed(corpus, "place:par") == completed(corpus, "place:pariz") == [('"Paris"', "2 articles")]
    assert completed(corpus, "spoke person:schultz")[0] == ('"Olaf Scholz"', "1 article")


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ('person:"Vladimir Puttin"', 'person:"Vladimir Putin"'),
        ("moscow OR person:Scholtz", "moscow OR person:Scholz"),
        ("place:Moskow", "place:Moscow"),
        ("person:Nobodyatall", None),
    ],
)
def test_a_name_that_nobody_has_is_put_right(corpus: Corpus, query: str, better: str | None) -> None:
    assert corpus.search(query).corrected == better


def test_names_that_were_merged_are_one_everywhere(corpus: Corpus) -> None:
    everyone = corpus.search("thursday")
    assert everyone.facets().person == (("Emmanuel Macron", 2), ("Vladimir Putin", 2), ("Olaf Scholz", 1))
    corpus.merge([id_of(corpus, "macron")], into=id_of(corpus, "putin"))
    assert corpus.search("thursday").facets().person == (("Vladimir Putin", 3), ("Olaf Scholz", 1))
    assert corpus.search("paris").facets().person == (("Vladimir Putin", 2),)
    assert found(corpus, "person:macron") == found(corpus, 'person:"Vladimir Putin"') == "abc"
    assert (
        completed(corpus, "person:mac")
        == completed(corpus, "person:putn")
        == [('"Vladimir Putin"', "3 articles")]
    )
    assert marked(corpus, "person:putin", "b") == {"Emmanuel Macron", "Vladimir Putin"}
    assert [(entity.name, entity.articles) for entity in corpus.overview().people] == [
        ("Vladimir Putin", 3), ("Olaf Scholz", 1),
    ]  # fmt: skip
    corpus.undo_edit()
    assert corpus.search("thursday").facets().person == everyone.facets().person
    assert found(corpus, "person:macron") == "bc"


def test_a_hidden_name_is_nowhere(corpus: Corpus) -> None:
    corpus.hide(id_of(corpus, "putin"))
    assert corpus.search("").facets().person == (("Emmanuel Macron", 2), ("Olaf Scholz", 1))
    assert completed(corpus, "person:put") == []
    assert found(corpus, "person:putin") == ""
    assert [entity.name for entity in corpus.overview().people] == ["Emmanuel Macron", "Olaf Scholz"]
    assert found(corpus, "putin") == "ab"


def test_a_name_that_was_given_is_found_and_shown(corpus: Corpus) -> None:
    corpus.rename(id_of(corpus, "scholz"), "Kanzler Olaf")
    assert ("Kanzler Olaf", 1) in corpus.search("").facets().person
    assert (
        completed(corpus, "person:kanz")
        == completed(corpus, "person:kamzler")
        == [('"Kanzler Olaf"', "1 article")]
    )
    for query in ("person:kanzler", 'person:"kanzler olaf"', "person:kanz*", "person:scholz"):
        assert found(corpus, query) == "d", query
    assert marked(corpus, "person:kanzler", "d") >= {"Olaf Scholz"}
    assert corpus.overview().people[2].name == "Kanzler Olaf"


def test_a_name_in_quotes_is_a_whole_name_where_there_is_one(folder: Folder) -> None:
    for name, where in {"a": "New York", "b": "York", "c": "Paris", "d": "New York and Paris"}.items():
        folder.write(f"{name}.txt", f"Headline {name}", f"President Joe Biden spoke in {where} on Thursday.")
    index_corpus([folder.path], recogniser="rules")
    with Corpus.open(folder.path) as corpus:
        assert found(corpus, "place:york") == "abd"
        for query in ('place:"York"', "place:'york'", "place:“YORK”"):
            assert found(corpus, query) == found(corpus, query, typing=True) == "b", query
        assert found(corpus, 'place:"york') == found(corpus, 'place:"york', typing=True) == "abd"
        assert found(corpus, 'place:"New"') == "ad"
        assert found(corpus, 'place:"Yor*"') == "abd"
        corpus.rename(id_of(corpus, "paris"), "York")
        assert found(corpus, 'place:"York"') == "bcd"


def test_a_name_of_another_type_is_found_by_that(corpus: Corpus) -> None:
    corpus.retype(id_of(corpus, "moscow"), "organisation")
    assert (found(corpus, "place:moscow"), found(corpus, "org:moscow")) == ("", "ad")
    facets = corpus.search("").facets()
    assert (facets.place, facets.organisation) == ((("Paris", 2),), (("Moscow", 2),))
    assert completed(corpus, "org:") == [('"Moscow"', "2 articles")]
    assert corpus.overview().organisations[0].name == "Moscow"


def test_a_type_that_there_is_not_is_refused(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="bogus is no type; there are person, organisation, place, misc"):
        corpus.retype(id_of(corpus, "moscow"), cast("MentionType", "bogus"))
    assert not corpus.edits() and found(corpus, "place:moscow") == "ad"


def test_who_opens_the_corpus_later_finds_the_same(corpus: Corpus, folder: Folder) -> None:
    corpus.merge([id_of(corpus, "macron")], into=id_of(corpus, "putin"))
    corpus.desk.flush()
    with Corpus.open(folder.path) as later:
        assert found(later, "person:macron") == "abc"
        assert later.search("").facets().person == (("Vladimir Putin", 3), ("Olaf Scholz", 1))
