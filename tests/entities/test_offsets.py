"""`text[start:end] == mention.text`, in order and apart, whatever the text holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.article import Article
from tui.entities import default_recogniser, recognise_article

_FRAGMENTS = st.sampled_from(
    [
        "Mr ", "Vladimir Putin", "Putins ",
        "Ukraine’s ", "Nato", "NATO ", "U.S. ", " of ", "the ", "The ", ", ", ". ", "\n", "\r\n",
        "University ", "Ministry of ", "e\u0301", "\u0301", "Zoe\u0308 ",
        "İstanbul ", "ǅ", "ß", "Ünal ", "al-", "-", "–", "'", "’s ",
        "“", "”", "(", ")", "\u00a0", "\u200b", "\u202e", "\ud800", "𝐀", "🇺🇦", "Москва ", "北京",
        "A", "J. ", "Inc", ", Inc. ", "&",
        "Ã©tait ", "â€œ", "\u2067", "\u2069", "\ufeff", "\ufffd", "\u034f", "Z\u0361\u0335", "公司Apple",
        "ＮＡＴＯ ", "ﬁ",
        "Herr ", "der ", "und ", "nicht ", "Olaf Scholz ", "von der ", "l'Italie ", "AG ",
        "said ", "in ", "and ", "bin ", "Secretary of State ", "Secretary of", "100 ", "E17 ", "\x00", "\x85", "\u2028",
    ]
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(), st.lists(_FRAGMENTS, max_size=40).map("".join), st.text("ABab .'’-\n\u0301", max_size=60)
)


@settings(max_examples=300, deadline=None)
@given(_TEXTS, st.sampled_from([None, "en", "de", "ru", "?"]))
def test_offsets_hold_in_any_text(text: str, language: str | None) -> None:
    """Every mention is what stands at its offsets; mentions are in order, apart, not empty, on one line."""
    end = 0
    for mention in default_recogniser().recognise(text, language):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() and "\n" not in mention.text
        end = mention.end


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.lists(_TEXTS, max_size=4))
def test_offsets_hold_in_any_article(title: str, paragraphs: list[str]) -> None:
    """Mentions of an article count in their own paragraph, the title's in the title, and have a key."""
    article = Article(title, tuple(paragraphs))
    mentions = recognise_article(article, default_recogniser())
    for mention in mentions:
        assert article.text_of(mention.paragraph)[mention.start : mention.end] == mention.text
        assert mention.key
    assert mentions == recognise_article(article, default_recogniser())
    assert [mention.paragraph for mention in mentions] == sorted(mention.paragraph for mention in mentions)


@pytest.mark.parametrize("possessive", ["'s", "’s"])
def test_possessive_stays_outside_the_span(possessive: str) -> None:
    """`Putin's` is five letters."""
    (mention,) = default_recogniser().recognise(f"for Mr Putin{possessive} plan")
    assert (mention.start, mention.end) == (7, 12)
