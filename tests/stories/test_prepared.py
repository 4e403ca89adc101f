"""Articles taken apart for comparing."""

from __future__ import annotations

import datetime

import pytest

from tui.article import Article, Figure
from tui.stories.prepared import is_credit, prepared, prepared_with_title
from tui.stories.values import Side


@pytest.mark.parametrize(
    "text",
    [
        "By Ann Lee",
        "(Reporting by Ann Lee in Moscow; Editing by Bo Day)",
        "Ann Lee and Bo Day contributed to this report.",
        "Reuters",
        "© 2021 Kestrel Wire. All rights reserved.",
        "Photo credit: Ann Lee.",
        "Credit: Heron Marine.",
        "Advertisement",
    ],
)
def test_credits(text: str) -> None:
    assert is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "By Friday the water had gone.",
        "By noon today",
        "Credit was hard to come by for small firms.",
        "Reuters said on Friday that it would move its office.",
        "Reporting by telephone is allowed again.",
        "The advertisement was withdrawn.",
    ],
)
def test_what_only_looks_like_a_credit(text: str) -> None:
    assert not is_credit(text)


@pytest.mark.parametrize(
    "dateline",
    [
        "LONDON (Reuters) - ",
        "HARTFORD, Conn. — ",
        "WASHINGTON ― ",
        "NEW YORK, Dec 3 (Kestrel) -- ",
        "(AP) - ",
    ],
)
def test_where_it_was_filed_says_nothing(dateline: str) -> None:
    (with_, without) = (
        prepared(Side(Article("", (f"{start}The lock is shut again.",), language="en")))
        for start in (dateline, "")
    )
    assert with_.normal == without.normal
    for word in with_.words[0]:
        assert with_.sentences[0].text[word.start : word.end].lower() == word.text


def test_verbs_of_reporting_are_one() -> None:
    texts = (
        "She said it rained.",
        "She told us it rained.",
        "She added it rained.",
        "The United States won.",
    )
    article = prepared(Side(Article("", texts, language="en")))
    assert [stems[1] for stems in article.stems[:3]] == ["said"] * 3
    assert "said" not in article.stems[3]
    german = prepared(Side(Article("", ("Sie told es.",), language="de")))
    assert "said" not in german.stems[0]


def test_figures_that_are_known_are_not_looked_for() -> None:
    article = Article("", ("Some 14,000 people left.",), datetime.date(2021, 12, 16), language="en")
    assert [one.value for one in prepared(Side(article)).figures[0]] == ["14000"]
    assert prepared(Side(article, figures=())).figures == ((),)
    known = (Figure(0, 5, 11, "14,000", "number", "14000"),)
    assert prepared(Side(article, figures=known)).figures == (known,)


def test_the_title_is_an_article_of_one_sentence() -> None:
    body, title = prepared_with_title(
        Side(Article("Three dead in storm", ("It rained. It blew.",), language="en"))
    )
    assert [one.text for one in body.sentences] == ["It rained.", "It blew."]
    assert [(one.paragraph, one.text) for one in title.sentences] == [(-1, "Three dead in storm")]
    assert [one.value for one in title.figures[0]] == ["3"]
    assert prepared_with_title(Side(Article("", (), language="en")))[1].sentences == ()
