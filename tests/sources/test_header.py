"""Title, date, address and author are found where they are, and nothing else is taken for them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tui.article import Article
from tui.sources import NotAnArticle, article_from_text

DAY = datetime.date(2021, 12, 16)
FIRST = (
    "The ministers met on Thursday in the old customs house and said very little to those who waited outside."
)
SECOND = (
    "Nobody in the harbour had seen as many black cars since the day on which the bridge had been opened."
)
BODY = f"{FIRST}\n\n{SECOND}\n"


def read(text: str, name: str = "a.txt") -> Article:
    return article_from_text(text, name).article


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a"])
@pytest.mark.parametrize(
    "header",
    [
        "Ministers meet\n\nBy Jane Doe\n16 December 2021\nhttps://a.example/1\n\n",
        "# Ministers meet\n\n*By Jane Doe*\n\n16 December 2021\n\n<https://a.example/1>\n\n",
        "Ministers meet\n==============\n\nBy Jane Doe | December 16, 2021 | 5 min read\nSource: https://a.example/1\n\n",
        "https://a.example/1\nMinisters meet\nBy Jane Doe, 16/12/2021\n\n",
        "20211216\nhttps://a.example/1\nMinisters meet\nBY JANE DOE\n\n",
        "Title: Ministers meet\nDate: 2021-12-16\nURL: https://a.example/1\nAuthor: Jane Doe\n\n",
        '---\ntitle: "Ministers meet"\ndate: 2021-12-16\nurl: https://a.example/1\nauthor: Jane Doe\n'
        "tags: [a, b]\n---\n",
        "---\nTitle: Ministers meet\npublished_at: 2021-12-16 # day\nlink: 'https://a.example/1'\n"
        "authors:\n  - Jane Doe\n---\n\n",
        '+++\ntitle = "Ministers meet"\ndate = 2021-12-16\nurl = "https://a.example/1"\n'
        'authors = ["Jane Doe"]\n+++\n\n',
        "---\ntitle: Ministers meet\ndate: 2021-12-16\nsource: https://a.example/1\nauthor: Jane Doe\n---\n"
        "# Ministers meet\n\n",
        "---\nauthor:\n  name: Jane Doe\nlayout: post\n---\n# Ministers meet\n2021-12-16\nhttps://a.example/1\n\n",
        "=====\nMinisters meet\n=====\n\nJane Doe – 16 December 2021\n\nhttps://a.example/1\n\n",
        "Ministers meet\n\nBy Jane Doe\n\nPublished: Thu, 16 Dec 2021\nLink: https://a.example/1\n\n",
    ],
)
def test_every_notation_says_the_same(header: str, name: str) -> None:
    article = read(header + BODY, name)
    assert article.title.casefold() == "ministers meet"
    assert article.author is not None
    assert article.author.casefold() == "jane doe"
    assert (article.date, article.url, article.source) == (DAY, "https://a.example/1", "a.example")
    assert article.paragraphs == (FIRST, SECOND)


def test_moment_of_publication_with_its_zone() -> None:
    article = read("---\ntitle: T\ndate: 2021-12-16T23:30:00-05:00\n---\n" + BODY)
    assert article.date == DAY
    assert article.published == datetime.datetime.fromisoformat("2021-12-16T23:30:00-05:00")


def test_below_a_standfirst() -> None:
    article = read(f"Ministers meet\n\nA standfirst says more.\n\nBy Jane Doe | 16 December 2021\n\n{BODY}")
    assert (article.author, article.date) == ("Jane Doe", DAY)
    assert article.paragraphs == ("A standfirst says more.", FIRST, SECOND)


def test_a_line_a_paragraph_below_a_bare_header() -> None:
    article = read(f"Ministers meet\n2021-12-16\nhttps://a.example/1\n{FIRST}\n{SECOND}\n", "a.md")
    assert article.paragraphs == (FIRST, SECOND)


def test_dateline() -> None:
    dateline = f"LONDON, Dec. 16, 2021 (Wire) — {FIRST}"
    article = read(f"Ministers meet\n\n{dateline}\n")
    assert article.date == DAY
    assert article.paragraphs == (dateline,)


@pytest.mark.parametrize("name", ["2021-12-16-ministers.md", "20211216_ministers.txt", "wire.2021.12.16"])
def test_date_in_the_name_where_the_text_has_none(name: str) -> None:
    assert read("Ministers meet\n\n" + BODY, name).date == DAY
    assert read("Ministers meet\n2020-01-02\n\n" + BODY, name).date == datetime.date(2020, 1, 2)


def test_number_in_a_name_is_no_date() -> None:
    article = article_from_text("Ministers meet\n\n" + BODY, "2021-13-16-a.txt")
    assert (article.article.date, article.warnings) == (None, ())


def test_timeline_keeps_its_dates() -> None:
    article = read(
        "The talks, day by day\n\nHow it went:\n\n16 December 2021\n\nOne.\n\n17 December 2021\n\nTwo.\n"
    )
    assert article.date is None
    assert article.paragraphs == ("How it went:", "16 December 2021", "One.", "17 December 2021", "Two.")


@pytest.mark.parametrize(
    "line",
    [
        "By then the talks had ended.",
        "By the sea",
        "By Thursday, nobody was left in the room!",
        "Source of the Nile found",
        "Date: the fruit that feeds a desert",
        "Title deeds: who owns the harbour",
        "See https://a.example/1 for more",
        "12345678",
    ],
)
def test_text_that_looks_like_header(line: str) -> None:
    article = read(f"Ministers meet\n\n{line}\n\n{BODY}")
    assert article.paragraphs == (line, FIRST, SECOND)
    assert (article.author, article.date, article.url) == (None, None, None)


def test_dates_and_addresses_further_down_are_text() -> None:
    article = read(f"Ministers meet\n\n{BODY}\n16 December 2021\n\nhttps://a.example/1\n\nBy Jane Doe\n")
    assert article.paragraphs[2:] == ("16 December 2021", "https://a.example/1", "By Jane Doe")
    assert (article.author, article.date, article.url) == (None, None, None)


def test_impossible_date_in_front_matter_is_said() -> None:
    reading = article_from_text("---\ntitle: T\ndate: 2021-02-30\n---\n" + BODY, "a.md")
    assert reading.article.date is None
    assert reading.warnings == ("date 2021-02-30 is not a day of the calendar: taken without a date",)


def test_a_good_date_wins_over_an_impossible_one() -> None:
    reading = article_from_text("Title\nDate: 20211399\nPublished: 16 December 2021\n\n" + BODY, "a.txt")
    assert (reading.article.date, reading.warnings) == (DAY, ())


def test_outlet_by_name_counts_without_an_address_only() -> None:
    assert read("---\nsource: Harbour Wire\n---\nTitle\n\n" + BODY).source == "Harbour Wire"
    assert (
        read("---\nsource: Harbour Wire\nurl: https://a.example/1\n---\nTitle\n\n" + BODY).source
        == "a.example"
    )


def test_a_rule_is_no_front_matter() -> None:
    assert read(f"---\n\nTitle\n\n{FIRST}\n\n---\n\n{SECOND}").paragraphs == (FIRST, SECOND)


def test_front_matter_without_end_is_text() -> None:
    assert read(f"---\ntitle: Kept\n\n{FIRST}").paragraphs[-1] == FIRST


def test_text_without_title_is_named_by_its_opening_words() -> None:
    article = read(f"{FIRST} {FIRST} {FIRST}\n\n{SECOND}\n")
    assert article.title.startswith("The ministers met on Thursday")
    assert article.paragraphs == (f"{FIRST} {FIRST} {FIRST}", SECOND)


def test_one_sentence_is_an_article() -> None:
    assert read("The talks are over.").paragraphs == ("The talks are over.",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t\r\n\f ", "empty"),
        ("\u200b\n\ufeff\n\x07", "empty"),
        ("A title alone", "no text below the header"),
        ("# A heading alone", "no text below the header"),
        ("---\ntitle: T\n---\n", "no text below the header"),
        ("https://a.example/1\n", "no text below the header"),
        ("<!-- a comment alone -->", "empty"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_nothing_to_read(text: str, reason: str, name: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article_from_text(text, name if "<" not in text else "a.md")
    assert refusal.value.reason == reason
    assert str(refusal.value) == reason


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("value", ["", "[", '"', "'", "|", "[]", "{}", ":", "\x00"])
def test_odd_front_matter_breaks_nothing(value: Any, name: str) -> None:
    header = "\n".join(f"{key}: {value}" for key in ("title", "date", "url", "author", "source"))
    article = read(f"---\n{header}\n---\nHeadline\n\n{BODY}", name)
    assert article.paragraphs[-2:] == (FIRST, SECOND)
    assert article.date is None
