"""Markdown reads well without its marks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.sources import NotAnArticle, article_from_text
from tui.sources.markdown import heading_of, plain


def paragraphs(body: str) -> tuple[str, ...]:
    return article_from_text(f"# Title\n\n{body}", "a.md").article.paragraphs


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**bold** *it* __b__ _i_ ***both*** ~~gone~~", "bold it b i both gone"),
        ("**bold *and italic***, _**so**_", "bold and italic, so"),
        ('a [link](https://x.example/a_(b) "title") and [another][1], [one][]', "a link and another, one"),
        ("![a harbour](a.png) and [![badge](b.png)](https://x.example)", "a harbour and badge"),
        ("`code_with_*marks*` and ``a ` tick``", "code_with_*marks* and a ` tick"),
        ("<https://x.example/a_b_c>", "https://x.example/a_b_c"),
        (r"\*not emphasis\* and 1\. no list", "*not emphasis* and 1. no list"),
        ("snake_case_name, 2*3*4, 2 * 3 * 4, 5 _ 6", "snake_case_name, 2*3*4, 2 * 3 * 4, 5 _ 6"),
        ("<b>bold</b>, <a href='x'>a link</a>", "bold, a link"),
        ("one<br>two", "one two"),
        ("AT&amp;T, it&#8217;s &lt;b&gt; &copy; R&D &unknown;", "AT&T, it’s <b> © R&D &unknown;"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("a note[^1] and [brackets] [1]", "a note and [brackets] [1]"),
        ("*Correction: the price is 5*", "Correction: the price is 5"),
        ("an *open mark and **another", "an *open mark and **another"),
    ],
)
def test_inline_marks(marked: str, words: str) -> None:
    assert plain(marked) == words


def test_blocks() -> None:
    body = """Wrapped text of a paragraph that
goes on here.

## A heading ##
Text directly below.

Setext
------
> A quotation that
> goes on.

- one
- two that
  goes on
* [ ] three
1. first
2) second

```python
x = 1

  y = *2*
```

***

| a | b |
|---|:-:|
| 1 | 2 |

<!-- nothing
of this -->
[1]: https://x.example "definition"
[^1]: A footnote.
"""
    assert paragraphs(body) == (
        "Wrapped text of a paragraph that goes on here.",
        "A heading",
        "Text directly below.",
        "Setext",
        "A quotation that goes on.",
        "• one",
        "• two that goes on",
        "• three",
        "1. first",
        "2) second",
        "x = 1",
        "y = *2*",
        "a | b",
        "1 | 2",
        "1. A footnote.",
    )


def test_markdown_is_known_by_its_looks_too() -> None:
    article = article_from_text("# Title\n\nSome **bold** words.\n", "a.txt").article
    assert (article.title, article.paragraphs) == ("Title", ("Some bold words.",))


def test_plain_text_keeps_what_looks_like_marks() -> None:
    text = "Title of it\n\nSome *starred* words, a_b_c and [brackets].\n"
    assert article_from_text(text, "a.txt").article.paragraphs == (
        "Some *starred* words, a_b_c and [brackets].",
    )


def test_entities_in_plain_text_are_characters() -> None:
    article = article_from_text(
        "Caf&eacute; &amp; bar\n\nIt&#8217;s open, &#27;[31m said AT&T.\n", "a.txt"
    ).article
    assert (article.title, article.paragraphs) == ("Café & bar", ("It’s open, [31m said AT&T.",))


def test_headings() -> None:
    assert [heading_of(line) for line in ("# a", "### C# #", "## C#", "#a", "####### a", "# ")] == [
        "a", "C#", "C#", None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "unit",
    [
        "_a ",
        "*a ",
        "[",
        "![",
        "[a](",
        "[a](b '",
        "<a ",
        "` `` ```",
        "&",
        "~~a ",
        "\\",
        "- ",
        " ",
        "# ",
        "<!--",
        "|--",
    ],
)
def test_no_text_takes_quadratic_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    for name in ("a.md", "a.txt"):
        begin = time.process_time()
        try:
            article_from_text("Title\n\n" + text + "x", name)
        except NotAnArticle:
            pass
        assert time.process_time() - begin < 5  # A tenth of a second; quadratic, minutes.


@settings(deadline=None)  # The first text of an odd language loads the model of all languages.
@given(
    st.lists(
        st.sampled_from(
            [*"*_`[]()<>!#-|~&;:\\\"' \n\t", "a", "é", "```", "---", "1.", "https://x.example", "\U000f0000"]
        )
    )
)
def test_no_text_breaks_it(parts: list[str]) -> None:
    try:
        article = article_from_text("".join(parts), "a.md").article
    except NotAnArticle:
        return
    assert all(article.paragraphs)
    assert not any("\n" in paragraph for paragraph in article.paragraphs)


@settings(deadline=None)  # The first text of an odd language loads the model of all languages.
@given(st.lists(st.from_regex(r"[A-Za-z][a-z]{0,8}", fullmatch=True), min_size=1, max_size=30))
def test_words_survive(words: list[str]) -> None:
    marked = " ".join(
        f"{sign}{word}{sign}" for word, sign in zip(words, ["**", "*", "_", "`", "~~", ""] * 5, strict=False)
    )
    assert plain(marked) == " ".join(words)
