"""The nodes of a query's text, between its characters and its tree, and the filter that puts a wrong query right.

Whoosh's parser tags the text with nodes, filters put them in order, and each node makes its query. Ours add words
with their endings (`rus*`, `wom?n`, `putn~`), quotes, values (`person:"Vladimir Putin"`), and the notes that say in
words what could not be understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from whoosh.qparser import plugins, syntax

from tui.index.leaves import VALUE_FIELDS

if TYPE_CHECKING:
    from tui.index.parser import NewsParser

MOST_WORDS = 200
"""Words of a query that are searched; a note says so where there are more."""
DEEPEST = 20
"""How deep parentheses may be nested; deeper ones are left out."""

_NO_FIELD = re.compile(r"([^\W\d_][\w-]{0,30}):")

OpenBracket = plugins.GroupPlugin.OpenBracket
CloseBracket = plugins.GroupPlugin.CloseBracket


class WordNode(syntax.SyntaxNode):  # type: ignore[misc]
    """A word as it was typed, endings and all; in `source:(meridian OR orbit*)` a value."""

    has_fieldname = True
    has_text = True
    has_boost = False

    def __init__(self, text: str) -> None:
        self.text = text
        self.fieldname: str | None = None
        self.no_field = ""
        """The word without its colon, where quotes or a group follow right behind."""

    def query(self, parser: NewsParser) -> Any:
        if self.no_field:
            return parser.leaves.no_field(self.fieldname, self.no_field, self.startchar, self.endchar)
        if self.fieldname in VALUE_FIELDS:
            return parser.leaves.value(self.fieldname, self.text, self.startchar, self.endchar)
        return parser.leaves.word(self.fieldname, self.text, self.startchar, self.endchar)


class QuotedNode(WordNode):
    """Words between quotes."""

    def __init__(self, text: str, slop: int, closed: bool) -> None:
        super().__init__(text)
        self.slop = slop
        self.closed = closed

    def query(self, parser: NewsParser) -> Any:
        if self.fieldname in VALUE_FIELDS:
            return super().query(parser)
        return parser.leaves.quoted(
            self.fieldname, self.text, self.slop, self.closed, self.startchar, self.endchar
        )


class ValueNode(syntax.SyntaxNode):  # type: ignore[misc]
    """A field that is not text, with its value, and whether that stood in quotes."""

    def __init__(self, field: str, value: str, quoted: bool) -> None:
        self.field = field
        self.value = value
        self.quoted = quoted

    def query(self, parser: NewsParser) -> Any:
        return parser.leaves.value(self.field, self.value, self.startchar, self.endchar, self.quoted)


class FieldNode(syntax.FieldnameNode):  # type: ignore[misc]
    """The name of a field, in front of a word, quotes or a group."""


def _is_operand(node: Any) -> bool:
    return isinstance(node, WordNode | ValueNode)


def _is_prefix(node: Any) -> bool:
    return isinstance(node, syntax.PrefixOperator)


def _is_infix(node: Any) -> bool:
    return isinstance(node, syntax.InfixOperator)


class TidyPlugin(plugins.Plugin):  # type: ignore[misc]
    """Makes of any run of nodes one that has a meaning: before anything is grouped."""

    def filters(self, parser: NewsParser) -> list[tuple[Any, int]]:
        return [(self.tidy, -10)]

    def tidy(self, parser: NewsParser, group: Any) -> Any:
        """Balance the brackets, and drop operators and fields that have nothing to work on."""
        nodes = [node for node in group if not node.is_ws()]
        for node, following in pairwise(nodes):
            if (
                type(node) is WordNode
                and isinstance(following, QuotedNode | OpenBracket)
                and node.endchar == following.startchar
                and (name := _NO_FIELD.fullmatch(node.text))
            ):
                node.no_field = name.group(1)
        nodes = self._shorten(parser, nodes)
        nodes = self._balance(parser, nodes)
        length = -1
        while len(nodes) != length:
            length = len(nodes)
            nodes = self._drop(parser, nodes)
        tidied = group.empty_copy()
        tidied.extend(nodes)
        return tidied

    def _shorten(self, parser: NewsParser, nodes: list[Any]) -> list[Any]:
        operands = 0
        for index, node in enumerate(nodes):
            operands += _is_operand(node)
            if operands > MOST_WORDS:
                parser.note(f"only the first {MOST_WORDS} words were searched")
                return nodes[:index]
        return nodes

    def _balance(self, parser: NewsParser, nodes: list[Any]) -> list[Any]:
        balanced: list[Any] = []
        depth = dropped = 0
        for node in nodes:
            if isinstance(node, OpenBracket):
                if depth >= DEEPEST:
                    dropped += 1
                    parser.note(f"parentheses deeper than {DEEPEST} were left out")
                    continue
                depth += 1
            elif isinstance(node, CloseBracket):
                if dropped:
                    dropped -= 1
                    continue
                if not depth:
                    parser.note("a ) without its ( was left out")
                    continue
                depth -= 1
            balanced.append(node)
        if depth:
            if not parser.typing:
                parser.note("a ( was not closed: closed at the end")
            balanced.extend(CloseBracket().set_range(parser.length, parser.length) for _ in range(depth))
        return balanced

    def _drop(self, parser: NewsParser, nodes: Sequence[Any]) -> list[Any]:
        kept: list[Any] = []
        for index, node in enumerate(nodes):
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            if self._has_meaning(kept[-1] if kept else None, node, following):
                kept.append(node)
            elif isinstance(node, CloseBracket):
                kept.pop()  # its ( stands right before it
                if kept and isinstance(kept[-1], FieldNode):
                    self._note_empty(parser, kept.pop())
            elif isinstance(node, FieldNode):
                self._note_empty(parser, node)
            elif (_is_infix(node) or _is_prefix(node)) and not parser.typing:
                parser.note(f"{node.text} has nothing to work on: left out")
        return kept

    @staticmethod
    def _note_empty(parser: NewsParser, node: FieldNode) -> None:
        if not parser.typing:
            parser.note(f"{node.fieldname}: has no value")

    @staticmethod
    def _has_meaning(before: Any, node: Any, following: Any) -> bool:
        begins = _is_operand(following) or isinstance(following, OpenBracket | FieldNode)
        if isinstance(node, FieldNode):
            return _is_operand(following) or isinstance(following, OpenBracket)
        if _is_prefix(node):
            return begins and not _is_prefix(before)
        if _is_infix(node):
            return (_is_operand(before) or isinstance(before, CloseBracket)) and (
                begins or _is_prefix(following)
            )
        if isinstance(node, CloseBracket):
            return not isinstance(before, OpenBracket)
        return True
