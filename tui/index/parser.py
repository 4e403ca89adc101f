"""A query's text into a query tree, with notes on what was not understood. Nothing that is typed raises."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from whoosh import query
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser
from whoosh.qparser.taggers import RegexTagger

from tui.index.conditions import QUOTES
from tui.index.leaves import TEXT_FIELD_NAMES, VALUE_FIELDS, LeafMaker, QueryWord
from tui.index.schema import make_schema
from tui.index.syntax import FieldNode, QuotedNode, TidyPlugin, ValueNode, WordNode

if TYPE_CHECKING:
    from tui.index.articles import ArticleSource
    from tui.index.tokens import Tokenizer

LONGEST_QUERY = 4_000
"""Characters of a query that are read; a note says so where there are more."""

_VALUE = rf"\[[^\]]*\]?|\{{[^}}]*\}}?|[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]?|'[^']*'?(?![\w])|[^\s()]+"
_VALUE_NAMES = "|".join(sorted(VALUE_FIELDS, key=len, reverse=True))
_TEXT_NAMES = "|".join(TEXT_FIELD_NAMES)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a query's text means."""

    text: str
    tree: Any
    """A `whoosh.query.Query`; None where the query asks nothing, and so finds everything."""
    notes: tuple[str, ...]
    words: tuple[QueryWord, ...]
    """The words that can be misspelt, and where they stand."""
    unknown: bool
    """Whether a name is asked for that nobody has."""


class NewsParser(QueryParser):  # type: ignore[misc]
    """Whoosh's parser with the grammar of the design. One for each query: it gathers the notes."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        articles: ArticleSource,
        *,
        typing: bool,
        today: datetime.date,
        length: int,
    ) -> None:
        super().__init__(None, make_schema(), plugins=_PLUGINS)
        self.typing = typing
        self.length = length
        self.notes: list[str] = []
        self.leaves = LeafMaker(tokenizer, articles, self.note, typing=typing, today=today, length=length)

    def note(self, text: str) -> None:
        """Say something once."""
        if text not in self.notes:
            self.notes.append(text)


class _ValuePlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """`person:"Vladimir Putin"`, `date:[2021-12-01 TO 2021-12-24]`, `is:unread`."""

    expr = rf"(?i:(?P<field>{_VALUE_NAMES})):(?!\()(?P<value>{_VALUE})?"
    priority = -5

    def create(self, parser: NewsParser, match: re.Match[str]) -> ValueNode:
        field, value, inner = match.group("field").lower(), match.group("value") or "", match.group("quoted")
        if inner is not None:
            return ValueNode(field, inner, len(value) > len(inner) + 1)
        return ValueNode(field, value, len(value) > 1 and value[0] == value[-1] == "'")


class _FieldPlugin(plugins.FieldsPlugin):  # type: ignore[misc]
    """`title:` and `url:` in front of a word, quotes or a group; the other fields in front of a group."""

    class FieldTagger(RegexTagger):  # type: ignore[misc]
        def create(self, parser: NewsParser, match: re.Match[str]) -> FieldNode:
            return FieldNode(match.group("text").lower(), match.group(0))

    def __init__(self) -> None:
        super().__init__(rf"(?i:(?P<text>{_TEXT_NAMES}|(?:{_VALUE_NAMES})(?=:\())):", remove_unknown=False)

    def taggers(self, parser: NewsParser) -> list[tuple[Any, int]]:
        return [(self.FieldTagger(self.expr), -4)]


class _QuotePlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """`"security pacts"`, `"security pacts"~3`; an open one ends with the query."""

    expr = rf"[{QUOTES}](?P<text>[^{QUOTES}]*)(?P<end>[{QUOTES}](?:~(?P<slop>\d{{1,9}}))?)?"
    priority = 0

    def create(self, parser: NewsParser, match: re.Match[str]) -> QuotedNode:
        closed = match.group("end") is not None
        return QuotedNode(match.group("text"), int(match.group("slop") or 1), closed)


class _WordPlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """Whatever else stands between spaces, quotes and brackets."""

    expr = rf"(?P<text>[^\s(){QUOTES}]+)"
    priority = 200
    nodetype = WordNode


class _OperatorsPlugin(plugins.OperatorsPlugin):  # type: ignore[misc]
    """AND, OR, NOT as words of their own, and a minus right before what it excludes."""

    def __init__(self) -> None:
        tagger = self.OpTagger
        edge, after = r"(?<![^\s()])", r"(?![^\s()])"
        minus = tagger(rf"{edge}-(?=[^\s)\-])", syntax.NotGroup, syntax.PrefixOperator, memo="minus")
        super().__init__(
            ops=[(minus, 1)], And=rf"{edge}AND{after}", Or=rf"{edge}OR{after}", Not=rf"{edge}NOT{after}",
            AndNot=None, AndMaybe=None, Require=None,
        )  # fmt: skip


_PLUGINS = (
    _ValuePlugin, _FieldPlugin, _QuotePlugin, _WordPlugin, _OperatorsPlugin, plugins.GroupPlugin, TidyPlugin,
)  # fmt: skip


def parse(
    text: str,
    tokenizer: Tokenizer,
    articles: ArticleSource,
    *,
    typing: bool = False,
    today: datetime.date | None = None,
) -> ParsedQuery:
    """What the text asks.

    Args:
        text: anything at all.
        tokenizer: the index's.
        articles: who knows names and reading marks.
        typing: whether the last word may still be growing, and so matches as a prefix too, and half of an operator,
            a bracket or a field is no fault.
        today: the day that `yesterday` is counted from; by default the clock's.
    """
    read = text[:LONGEST_QUERY]
    parser = NewsParser(
        tokenizer,
        articles,
        typing=typing,
        today=today or datetime.date.today(),
        length=len(read.rstrip("\0")),
    )
    if len(text) > LONGEST_QUERY:
        read = read.rpartition(" ")[0] or read
        parser.note(f"the query is very long: only its first {LONGEST_QUERY:,} characters were searched")
    nodes = parser.filterize(parser.tag(read))
    tree = _simplify(nodes.query(parser))
    return ParsedQuery(text, tree, tuple(parser.notes), tuple(parser.leaves.words), parser.leaves.unknown)


def _simplify(tree: Any) -> Any:
    """The tree without empty branches; None where nothing is left."""
    if tree is None or tree == query.NullQuery:
        return None
    if isinstance(tree, query.Not):
        inner = _simplify(tree.query)
        return None if inner is None else query.Not(inner)
    if isinstance(tree, query.And | query.Or):
        children = [child for child in map(_simplify, tree.subqueries) if child is not None]
        if len(children) <= 1:
            return children[0] if children else None
        return type(tree)(children)
    return tree
