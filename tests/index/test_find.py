"""Find in one article, and the words that articles share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.article import Article, Span
from tui.folding import fold_word
from tui.harmless import harmless
from tui.index.common_words import common_words
from tui.index.find import find_in

LEFT = Article(
    "Nato's answer", ("Moscow submitted two drafts on Friday.", "Café talks went on in Čapek Hall.")
)
RIGHT = Article("Talks", ("Moscow submits a draft treaty.",))


def found(article: Article, text: str) -> list[str]:
    return [article.text_of(span.paragraph)[span.start : span.end] for span in find_in(article, text)]


def test_case_accents_and_apostrophes_do_not_matter() -> None:
    assert found(LEFT, "CAFE") == ["Café"]
    assert found(LEFT, "capek hall") == ["Čapek Hall"]
    assert found(LEFT, "natos") == ["Nato's"]


def test_every_place_in_order_title_first() -> None:
    assert [span.paragraph for span in find_in(LEFT, "a")][:2] == [-1, -1]


def test_nothing_is_found_for_nothing() -> None:
    assert find_in(LEFT, "") == []
    assert find_in(LEFT, "’") == []


@given(st.text(min_size=1, max_size=60).map(harmless), st.data())
def test_any_piece_of_the_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]
    spans = find_in(Article("", (text,)), piece)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    if piece.isascii() and text.isascii() and fold_word(piece) and piece.strip() == piece:
        assert any(span.start <= start < span.end for span in spans)


def test_shared_words_are_compared_by_stem_and_empty_words_take_no_part() -> None:
    left, right = common_words([LEFT, RIGHT], shared=True)
    words = [LEFT.text_of(span.paragraph)[span.start : span.end] for span in left]
    assert {"submitted", "drafts", "Moscow"} <= set(words)
    assert "on" not in words
    assert Span(0, 0, 6) in right


def test_only_words_are_the_rest() -> None:
    left, right = common_words([LEFT, RIGHT], shared=False)
    assert "treaty" in [RIGHT.text_of(span.paragraph)[span.start : span.end] for span in right]
    assert not any(LEFT.text_of(span.paragraph)[span.start : span.end] == "Moscow" for span in left)
