"""`broadsheet show`: one article, with everything that is known of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.commands import shapes
from tui.commands.failures import DONE
from tui.commands.naming import find_article
from tui.commands.opening import open_corpus
from tui.commands.printing import (
    TYPE_STYLES,
    is_drawn,
    make_console,
    print_json,
    print_text,
    text_of,
)
from tui.commands.request import Request, examples, shared_options

if TYPE_CHECKING:
    from tui.article import Article, Mention
    from tui.commands.naming import Found
    from tui.corpus import Corpus

WIDEST_TEXT = 80
"""Columns: longer lines are hard to read, however wide the terminal is."""


@click.command(
    "show",
    epilog=examples(
        "broadsheet show $(broadsheet search --limit 1 'nato pacts' | cut -f 1)",
        "broadsheet search 'nato pacts' | cut -f 1 | xargs broadsheet show --json > articles.jsonl",
    ),
)
@shared_options
@click.argument("articles", metavar="ID...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one article a line.")
@click.pass_context
def show_command(context: click.Context, articles: tuple[str, ...], as_json: bool) -> int:
    """Print an article in full.

    ID is an article's id, as search prints it, the beginning of one that no other begins with, or an
    article's file. In a pipe an article is printed as article files are written: title, YYYYMMDD, URL, then
    a paragraph a line.
    """
    request = context.ensure_object(Request)
    corpus = open_corpus(request.corpus, request)
    try:
        for position, name in enumerate(articles):
            found = find_article(corpus, name)
            if as_json:
                print_json(_shape(corpus, found))
                continue
            if position:
                print_text([""])
            if is_drawn(request):
                repeated = corpus.boilerplate(found.id) if found.id is not None else frozenset()
                _draw(found.article, found.mentions, repeated)
            else:
                print_text(_file_lines(found.article))
    finally:
        corpus.close()
    return DONE


def _shape(corpus: Corpus, found: Found) -> shapes.Json:
    """The article with all that is known of it; of a file outside the corpus what its text alone tells."""
    from tui.stories.order import CONFIDENT, likely_order

    boilerplate = story = None
    if found.id is not None:
        figures, quotes, order = corpus.figures(found.id), corpus.quotes(found.id), corpus.order(found.id)
        boilerplate, story = corpus.boilerplate(found.id), corpus.story_of(found.id)
    else:
        from tui.entities.figures import find_figures
        from tui.entities.quotes import find_quotes

        figures, quotes = find_figures(found.article), find_quotes(found.article, found.mentions)
        order = likely_order(found.article, found.mentions)
    return shapes.article(
        found.id, found.article, found.mentions, figures, quotes,
        order=order.paragraphs if order.confidence >= CONFIDENT else None,
        boilerplate=boilerplate,
        story=story,
    )  # fmt: skip


def _file_lines(article: Article) -> list[str]:
    """The lines of an article file; a header line of which nothing is known is left out."""
    header = [article.title]
    if article.date is not None:
        header.append(article.date.isoformat().replace("-", ""))
    if article.url is not None:
        header.append(article.url)
    return [*header, *article.paragraphs]


def _draw(article: Article, mentions: tuple[Mention, ...], boilerplate: frozenset[int]) -> None:
    """The article, its names in colour, and dim what its source repeats."""
    console = make_console()
    console.width = min(console.width, WIDEST_TEXT)
    console.print(text_of(article.title, "bold"))
    facts = [article.source, shapes.day(article.date), article.author, article.language]
    console.print(text_of(" · ".join(fact for fact in facts if fact), "dim"))
    if article.url is not None:
        console.print(text_of(article.url, "dim"))
    for number, paragraph in enumerate(article.paragraphs):
        text = text_of(paragraph, "dim" if number in boilerplate else "")
        for mention in mentions:
            if mention.paragraph == number and text.plain == paragraph:
                text.stylize(TYPE_STYLES[mention.type], mention.start, mention.end)
        console.print()
        console.print(text)
