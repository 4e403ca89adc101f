"""Whom and what articles name."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tui.article import Article, EntityId, Mention, MentionType
from tui.stories.naming import Names, named_as_one, names_of


def article_of(text: str, *named: tuple[str, MentionType], decided: Sequence[str | None] = ()) -> Names:
    """What an article of one paragraph names; each name is looked for behind the one before."""
    mentions = []
    position = 0
    for number, (name, type) in enumerate(named):
        position = text.index(name, position)
        entity = decided[number] if number < len(decided) else None
        end = position + len(name)
        mentions.append(Mention(0, position, end, name, type, EntityId(entity) if entity else None))
        position = end
    return names_of(Article("", (text,), language="en"), mentions)


def names(*articles: Names) -> list[list[tuple[str, str]]]:
    """(what is named, how it is called) in each article."""
    return [[(one.name, one.mention.text) for one in found] for found in named_as_one(articles)]


def test_surname_and_full_name_are_one() -> None:
    left = article_of("Vladimir Putin spoke. Putin left.", ("Vladimir Putin", "person"), ("Putin", "person"))
    right = article_of("Mr Putin was there.", ("Mr Putin", "person"))
    first, second = names(left, right)
    assert len({name for name, _ in (*first, *second)}) == 1


def test_two_people_of_one_surname_stay_apart() -> None:
    left = article_of("Liz Cheney spoke.", ("Liz Cheney", "person"))
    right = article_of("Mary Cheney spoke. Cheney left.", ("Mary Cheney", "person"), ("Cheney", "person"))
    first, second = names(left, right)
    assert {name for name, _ in first}.isdisjoint(name for name, _ in second)


def test_acronyms() -> None:
    left = article_of("The Internal Revenue Service said so.", ("Internal Revenue Service", "organisation"))
    right = article_of("The IRS said so.", ("IRS", "organisation"))
    first, second = names(left, right)
    assert first[0][0] == second[0][0]
    apart = article_of(
        "Sam’s Club and the Supreme Court.", ("Sam’s Club", "organisation"), ("Supreme Court", "organisation")
    )
    (found,) = names(apart)
    assert found[0][0] != found[1][0]


def test_an_office_is_whose_an_article_says_it_is() -> None:
    left = article_of(
        "Russian President Vladimir Putin left. The president smiled.", ("Vladimir Putin", "person")
    )
    right = article_of("The Russian president was there. The president of the club was not.")
    first, second = names(left, right)
    assert [called for _, called in first] == ["Vladimir Putin", "president"]
    assert [called for _, called in second] == ["Russian president"]
    assert {name for name, _ in (*first, *second)} == {first[0][0]}


def test_former_and_other_offices_are_nobodys() -> None:
    former = article_of(
        "Former President Barack Obama left. The president smiled.", ("Barack Obama", "person")
    )
    assert [called for _, called in names(former)[0]] == ["Barack Obama"]
    two = article_of(
        "President Joe Biden met President Emmanuel Macron. The president smiled.",
        ("Joe Biden", "person"), ("Emmanuel Macron", "person"),
    )  # fmt: skip
    assert [called for _, called in names(two)[0]] == ["Joe Biden", "Emmanuel Macron"]
    vice = article_of("Vice President Mike Pence left. The president smiled.", ("Mike Pence", "person"))
    assert [called for _, called in names(vice)[0]] == ["Mike Pence"]


def test_what_a_corpus_decided_stays() -> None:
    left = article_of("John Smith spoke.", ("John Smith", "person"), decided=("0001",))
    right = article_of("John Smith spoke.", ("John Smith", "person"), decided=("0002",))
    file = article_of("Mr Smith spoke.", ("Mr Smith", "person"))
    assert names(left, right) == [[("0001", "John Smith")], [("0002", "John Smith")]]
    assert names(left, file) == [[("0001", "John Smith")], [("0001", "Mr Smith")]]


WORDS = st.sampled_from(
    "Putin,Vladimir Putin,Mr Putin,Nato,the president,Russian President,IRS,met,said,.".split(",")
)


@given(st.lists(st.lists(WORDS, max_size=10).map(" ".join), min_size=1, max_size=3))
def test_every_mention_keeps_its_place(texts: list[str]) -> None:
    articles = []
    for text in texts:
        named: list[tuple[str, MentionType]] = [
            (word, "person") for word in text.split() if word in ("Putin", "Nato", "IRS")
        ]
        articles.append(article_of(text, *named))
    for text, article, found in zip(texts, articles, named_as_one(articles), strict=True):
        assert len(found) >= len(article.named)
        assert [one.mention.start for one in found] == sorted(one.mention.start for one in found)
        for one in found:
            assert text[one.mention.start : one.mention.end] == one.mention.text
