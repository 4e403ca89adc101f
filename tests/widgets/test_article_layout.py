"""An article laid out in lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.article import Article
from tui.harmless import harmless
from tui.widgets.article_layout import ArticleLayout

TEXT = st.text(min_size=1, max_size=120).map(harmless)
ARTICLES = st.builds(Article, title=TEXT, paragraphs=st.lists(TEXT, max_size=6).map(tuple))


@given(ARTICLES, st.integers(min_value=10, max_value=90))
def test_every_character_but_spaces_is_on_a_line(article: Article, width: int) -> None:
    layout = ArticleLayout(article, "meta", width)
    for paragraph, text in enumerate(article.paragraphs):
        drawn = "".join(
            text[line.start : line.end]
            for line in layout.lines
            if line.kind == "text" and line.paragraph == paragraph
        )
        assert "".join(drawn.split()) == "".join(text.split())


@given(ARTICLES, st.integers(min_value=10, max_value=90), st.data())
def test_a_place_in_the_text_is_found_on_its_line(article: Article, width: int, data: st.DataObject) -> None:
    layout = ArticleLayout(article, "meta", width)
    if not article.paragraphs:
        return
    paragraph = data.draw(st.integers(0, len(article.paragraphs) - 1))
    text = article.paragraphs[paragraph]
    offset = data.draw(st.integers(0, max(0, len(text) - 1)))
    line = layout.lines[layout.line_of(paragraph, offset)]
    assert line.paragraph == paragraph and line.kind == "text"
    if not text[offset : offset + 1].isspace() and text:
        assert line.start <= offset < max(line.end, line.start + 1)


@given(ARTICLES, st.integers(min_value=10, max_value=90), st.data())
def test_letters_get_room_and_move_no_text(article: Article, width: int, data: st.DataObject) -> None:
    """With a letter after some offsets every line still fits, the letters drawn in counted."""
    letters: dict[int, list[int]] = {}
    for paragraph, text in enumerate(article.paragraphs):
        if text:
            letters[paragraph] = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=4)))
    from tui.terminal.cells import width_of

    layout = ArticleLayout(article, "meta", width, letters)
    for line in layout.lines:
        if line.kind != "text":
            continue
        text = article.paragraphs[line.paragraph]
        drawn = sum(line.start < offset <= line.end for offset in letters.get(line.paragraph, ()))
        assert width_of(text[line.start : line.end]) + drawn <= width


@given(ARTICLES, st.integers(min_value=10, max_value=90), st.data())
def test_in_any_order_every_paragraph_stands_once_and_what_is_hidden_nowhere(
    article: Article, width: int, data: st.DataObject
) -> None:
    paragraphs = list(range(len(article.paragraphs)))
    order = data.draw(st.permutations(paragraphs))
    hidden = data.draw(st.sets(st.sampled_from(paragraphs))) if paragraphs else set()
    layout = ArticleLayout(article, "meta", width, order=order, hidden=hidden)
    stands = [line.paragraph for line in layout.lines if line.kind == "text"]
    assert list(dict.fromkeys(stands)) == [paragraph for paragraph in order if paragraph not in hidden]
    assert stands == sorted(stands, key=lambda paragraph: layout.rank_of(paragraph, 0))
    for paragraph in paragraphs:
        line = layout.line_of(paragraph, 0)
        assert 0 <= line < len(layout.lines)
        assert (layout.lines[line].paragraph == paragraph) or paragraph in hidden
