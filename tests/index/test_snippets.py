"""Snippets of short, long and very long articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.newsroom import Newsroom
from tui.article import Article, ArticleId, ArticleNumber
from tui.index import snippets
from tui.index.marks import Marker
from tui.index.parser import parse
from tui.index.results import Hit
from tui.index.snippets import LONGEST_SNIPPET, MOST_READ, illustrate
from tui.index.stems import Stemmer
from tui.index.tokens import Tokenizer

TOKENIZER = Tokenizer()


def marker(query: str) -> Marker:
    return Marker(parse(query, TOKENIZER, Newsroom()).tree, TOKENIZER, Stemmer(), Newsroom())


def shown(query: str, *paragraphs: str, boilerplate: tuple[int, ...] = ()) -> Hit:
    hit = Hit(ArticleNumber(1), ArticleId("1"), "", None, None, None)
    return illustrate(hit, Article("", paragraphs, language="en"), marker(query), 1.0, boilerplate)


FILLER = "Nothing of note was said here at all by anyone. " * 200


def test_of_a_long_article_the_first_stretch_with_a_match_is_read() -> None:
    far = FILLER * 30 + "A treaty was signed. " + FILLER * 20 + "The treaty was broken."
    hit = shown("treaty", "Short.", far)
    assert [hit.snippet[start:end] for start, end in hit.matches] == ["treaty"]
    assert "A treaty was signed." in hit.snippet
    assert hit.found == 1
    assert shown("treaty", *[FILLER] * 60, "A treaty.").snippet == "A treaty."


def test_a_megabyte_without_spaces_and_thousands_of_matches_are_quick() -> None:
    hit = shown("us", "us/" * 400_000)
    assert 0 < len(hit.snippet) <= LONGEST_SNIPPET + 2
    assert all(hit.snippet[start:end] == "us" for start, end in hit.matches)
    assert 0 < hit.found < 100_000


@given(st.lists(st.text(alphabet="ab c", max_size=60), max_size=6), st.integers(1, 30))
def test_stretches_are_the_whole_article_in_order(paragraphs: list[str], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snippets, "MOST_READ", most)
        found = [""] * len(paragraphs)
        for stretch in snippets._stretches(paragraphs):
            assert sum(len(piece.text) for piece in stretch) <= 2 * most + 60
            for piece in stretch:
                assert piece.start == len(found[piece.paragraph])
                found[piece.paragraph] += piece.text
        assert found == paragraphs


def test_the_rest_of_a_long_paragraph_keeps_its_offsets() -> None:
    text = "word " * (MOST_READ // 5 + 10) + "treaty"
    assert shown("treaty", text).snippet.endswith("word treaty")


def test_what_a_source_repeats_is_shown_only_where_nothing_else_matches() -> None:
    paragraphs = (
        "Read more: treaty news, treaty talks.",
        "The treaty was signed.",
        "Treaty news by mail: sign up.",
    )
    hit = shown("treaty news", *paragraphs, boilerplate=(0, 2))
    assert hit.snippet == "The treaty was signed."
    assert hit.found == 6
    assert shown("treaty news", *paragraphs).snippet == paragraphs[0]
    assert shown("mail", *paragraphs, boilerplate=(0, 2)).snippet == paragraphs[2]
    assert shown("", *paragraphs, boilerplate=(0, 2)).snippet == "The treaty was signed."
    assert shown("", "Read more", boilerplate=(0,)).snippet == "Read more"
