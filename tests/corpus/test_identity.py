"""One page, one spelling; one text, one article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.corpus.identity import article_id, canonical_url, similar, text_identity, url_identity


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.com/a/b", "example.com/a/b"),
        ("http://example.com/a/b/", "example.com/a/b"),
        ("HTTPS://WWW.Example.COM:443/A/b", "example.com/A/b"),
        ("https://user:secret@example.com:8080/a", "example.com:8080/a"),
        ("https://m.example.com/a", "example.com/a"),
        ("https://amp.example.com/a/amp/", "example.com/a"),
        ("https://example.com//a///b/index.html", "example.com/a/b"),
        ("https://example.com/a/../b/./c", "example.com/b/c"),
        ("https://example.com/a?utm_source=x&UTM_Medium=y&fbclid=z&id=7", "example.com/a?id=7"),
        ("https://example.com/a?b=2&a=1", "example.com/a?a=1&b=2"),
        ("https://example.com/a#comments", "example.com/a"),
        ("https://example.com/#!/story/7", "example.com#!/story/7"),
        ("https://example.com/%7Ejoe/caf%c3%a9", "example.com/~joe/caf%C3%A9"),
        ("https://example.com/~joe/café", "example.com/~joe/caf%C3%A9"),
        ("https://bücher.example/neu", "xn--bcher-kva.example/neu"),
        ("www.example.com/a", "example.com/a"),
        ("https://example.com/story?id=", "example.com/story?id="),
        ("https://www.example/a", "www.example/a"),
        ("https://m.example/a", "m.example/a"),
    ],
)
def test_one_page_has_one_key(url: str, key: str) -> None:
    assert canonical_url(url) == key
    assert canonical_url(f"https://{key}") == key


@pytest.mark.parametrize(
    "url",
    [None, "", "https://example.com/", "https://www.example.com", "mailto:a@b.example", "file:///etc/passwd", "http://[",
     "https://localhost/a", "not a url", "http://example.com:99999/a", "https://example.com/?utm_source=x"],
)  # fmt: skip
def test_what_tells_no_article_from_another_is_no_key(url: str | None) -> None:
    assert canonical_url(url) is None


def test_case_of_the_path_tells_pages_apart() -> None:
    assert canonical_url("https://youtu.example/aB") != canonical_url("https://youtu.example/ab")


@given(st.text(max_size=60))
def test_any_text_has_a_key_or_none_and_a_key_is_its_own(text: str) -> None:
    key = canonical_url(f"https://example.com/{text}")
    assert key is None or canonical_url(f"https://{key}") == key


@given(st.text())
def test_an_id_is_16_hex_digits(identity: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", article_id(identity))


def test_ids_are_for_ever() -> None:
    """A change here loses everyone's read marks."""
    assert article_id(url_identity("example.com/a")) == "5a6d88aa28bd0381"
    assert article_id(text_identity(bytes(16))) == "bad867377d3b799a"


TEXT = " ".join(f"word{number} of the long report" for number in range(60))


def test_versions_are_similar_and_other_articles_are_not() -> None:
    cut = TEXT[: len(TEXT) // 3]
    corrected = TEXT.replace("word30 of", "the thirtieth in")
    other = " ".join(f"item{number} on a short list" for number in range(60))
    assert similar(TEXT, cut)
    assert similar(cut, TEXT)
    assert similar(TEXT, corrected)
    assert not similar(TEXT, other)
    assert not similar(TEXT, "")
    assert similar("", "")


def test_texts_without_spaces_are_compared_by_characters() -> None:
    one = "俄罗斯向美国提交安全条约草案，寻求就乌克兰问题举行会谈。" * 3
    assert similar(one, one[:60])
    assert not similar(one, "北约秘书长周四在布鲁塞尔表示，成员国将继续支持其伙伴。" * 3)
