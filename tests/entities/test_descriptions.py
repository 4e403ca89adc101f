"""What articles call people right beside their names."""

from __future__ import annotations

import pytest

from tui.article import Article
from tui.entities import default_recogniser, recognise_article
from tui.entities.descriptions import descriptions


def said(*paragraphs: str) -> set[tuple[str, str]]:
    article = Article("", paragraphs)
    mentions = recognise_article(article, default_recogniser())
    return set(descriptions(article, [(m.paragraph, m.start, m.end, m.type, m.key) for m in mentions]))


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("Russian President Vladimir Putin spoke.", "Russian president"),
        ("The Russian president, Vladimir Putin, spoke.", "Russian president"),
        ("Vladimir Putin, the Russian president, spoke.", "Russian president"),
        ("Vladimir Putin, Russian prime minister.", "Russian prime minister"),
        ("Then US vice-president Vladimir Putin", "US vice-president"),
    ],
)
def test_an_apposition_describes(text: str, description: str) -> None:
    assert said(text, "Vladimir Putin was there.") == {("vladimir putin", description)}


@pytest.mark.parametrize(
    "text",
    [
        "The Russian president left. Vladimir Putin stayed.",
        "The Russian president met Vladimir Putin.",
        "Former Russian President Vladimir Putin spoke.",
        "Deputy Russian President Vladimir Putin spoke.",
        "Vladimir Putin and the Russian president, of course",
        "Vladimir Putin, the Russian presidents, and others",
        "President Vladimir Putin spoke.",
    ],
)
def test_nothing_else_does(text: str) -> None:
    assert said(text, "Vladimir Putin was there.") == set()


def test_a_league_has_no_office() -> None:
    article = Article("", ("The Canadian Premier League began.",))
    assert not list(descriptions(article, [(0, 21, 27, "person", "league")]))


def test_places_are_not_described() -> None:
    assert said("Moscow, the Russian president, spoke in the city of Moscow.") == set()
