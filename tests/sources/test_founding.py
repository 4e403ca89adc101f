"""The founding format is taken exactly: title, date, address, and every paragraph in order."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.article import Article
from tui.harmless import harmless
from tui.sources import NotAnArticle, article_from_bytes, article_from_text
from tui.sources.refusal import LONGEST_TITLE

TALKS = """Ministers meet in the harbour town
20211216
https://www.thornbury-post.example/news/1234.ministers-meet/
The ministers met on Thursday & said little; AT&amp;T wasn't mentioned.
  * A line with *stars*, [brackets](https://x.example) and # signs.

Title: this is no header, and 20211217 is no date.
By Nobody
"""


def test_header_and_paragraphs() -> None:
    reading = article_from_text(TALKS, "a.txt")
    assert reading.warnings == ()
    assert reading.article == Article(
        title="Ministers meet in the harbour town",
        date=datetime.date(2021, 12, 16),
        source="thornbury-post.example",
        url="https://www.thornbury-post.example/news/1234.ministers-meet/",
        paragraphs=(
            "The ministers met on Thursday & said little; AT&amp;T wasn't mentioned.",
            "* A line with *stars*, [brackets](https://x.example) and # signs.",
            "Title: this is no header, and 20211217 is no date.",
            "By Nobody",
        ),
        language="en",
    )


line = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=200)
words = line.filter(lambda text: harmless(text).strip() != "" and harmless(text).strip()[0] != "\ufeff")


@settings(deadline=None)  # The first text of an odd language loads the model of all languages.
@given(
    title=words.filter(lambda text: len(harmless(text)) <= LONGEST_TITLE),
    date=st.dates(),
    host=st.sampled_from(["www.harbour.example", "harbour.example", "WWW.Harbour.example:8080"]),
    paragraphs=st.lists(
        st.one_of(words, st.sampled_from(["20211216", "# x", "---", "https://x.example/"])), min_size=1
    ),
    blank=st.sampled_from(["", "\n", "  \n\n"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    bom=st.booleans(),
    name=st.sampled_from(["a.txt", "a.text", "a", "2020-01-01-a.txt"]),
)
def test_what_is_written_is_read(
    title: str,
    date: datetime.date,
    host: str,
    paragraphs: list[str],
    blank: str,
    line_end: str,
    bom: bool,
    name: str,
) -> None:
    url = f"https://{host}/news/1"
    text = "\n".join(
        [title, date.strftime("%4Y%m%d").zfill(8), url, *(blank + paragraph for paragraph in paragraphs)]
    )
    data = text.replace("\n", line_end).encode("utf-8-sig" if bom else "utf-8")
    article = article_from_bytes(data, name).article
    assert article.title == harmless(title).strip()
    assert article.date == date
    assert article.url == url
    assert article.source == "harbour.example"
    assert article.paragraphs == tuple(harmless(paragraph).strip() for paragraph in paragraphs)


@pytest.mark.parametrize("date", ["20211399", "20210230", "20210000", "99999999"])
def test_impossible_date_is_taken_without_and_said(date: str) -> None:
    reading = article_from_text(f"Title\n{date}\nhttps://a.example/1\nText.", "2020-01-01.txt")
    assert reading.article.date is None
    assert reading.warnings == (f"date {date} is not a day of the calendar: taken without a date",)
    assert reading.article.paragraphs == ("Text.",)


def test_date_in_another_notation() -> None:
    article = article_from_text(
        "Title\n16 December 2021\nhttps://a.example/1\nOne &amp; two.", "a.txt"
    ).article
    assert (article.date, article.paragraphs) == (datetime.date(2021, 12, 16), ("One &amp; two.",))


@pytest.mark.parametrize("third", ["", "The first paragraph."])
def test_without_address(third: str) -> None:
    article = article_from_text(f"Title\n20211216\n{third}\nThe last paragraph.", "a.txt").article
    assert (article.title, article.url, article.source) == ("Title", None, None)
    assert article.paragraphs == (*((third,) if third else ()), "The last paragraph.")


def test_without_title_is_named_by_its_opening_words() -> None:
    text = "\n20211216\nhttps://a.example/1\n" + "A long sentence that goes on. " * 20
    article = article_from_text(text, "a.txt").article
    assert article.title.startswith("A long sentence that goes on.")
    assert article.title.endswith("…")
    assert len(article.title) <= 90
    assert len(article.paragraphs) == 1


def test_header_without_text_is_refused() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article_from_text("Title\n20211216\nhttps://a.example/1\n\n  \n", "a.txt")
    assert refusal.value.reason == "no text below the header"


def test_title_without_end_is_cut_and_nothing_is_lost() -> None:
    title = "word " * 200
    reading = article_from_text(f"{title}\n20211216\nhttps://a.example/1\nText.", "a.txt")
    assert len(reading.article.title) <= LONGEST_TITLE
    assert reading.article.paragraphs == (title.strip(), "Text.")
    assert len(reading.warnings) == 1


def test_broken_address_has_no_source() -> None:
    article = article_from_text("Title\n20211216\nhttp://[broken/1\nText.", "a.txt").article
    assert (article.url, article.source) == ("http://[broken/1", None)


def test_hostile_text_is_harmless() -> None:
    text = "\x1b]0;pwned\x07Title\n20211216\nhttps://a.example/\x1b[2J\n"
    text += "One\x9b31m \u202etwo\u202c\x00\n\x07\nLast\u2028line"
    article = article_from_text(text, "a.txt").article
    assert article.title == "]0;pwnedTitle"
    assert article.url == "https://a.example/[2J"
    assert article.paragraphs == ("One31m two", "Last line")
