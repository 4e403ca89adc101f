"""Which sentences of three articles stand in one row: what two comparisons say of one sentence need not agree.

Pairs join sentences, the surest first (as Kruskal's tree grows: "On the Shortest Spanning Subtree of a Graph",
Proceedings of the AMS 7, 1956), unless that would bring two sentences of one article together that no sentence of
another goes with both of: a chain of likenesses is no likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.stories.values import Comparison, Difference, Pair


class Join(NamedTuple):
    """A pair of two of the articles."""

    left: int
    """Which article, counted from 0."""
    right: int
    pair: Pair


class Joined(NamedTuple):
    """A row."""

    sentences: tuple[tuple[int, ...], ...]
    """Of each article, ascending; none where it leaves this out."""
    joins: tuple[Join, ...]
    """The pairs within it."""


_Node = tuple[int, int]
"""(article, sentence)."""


def joined(comparisons: Sequence[tuple[int, int, Comparison]], lengths: Sequence[int]) -> list[Joined]:
    """Every sentence of every article in exactly one row: in the first one's order, what it leaves out behind what
    that follows in the second, what both leave out behind what that follows in the third.

    Args:
        comparisons: Which articles, and how they compare.
        lengths: How many sentences each article has.
    """
    joins = [Join(left, right, pair) for left, right, comparison in comparisons for pair in comparison.pairs]
    joins.sort(key=lambda join: -join.pair.score)
    beside: dict[_Node, set[_Node]] = {}
    for join in joins:
        one, other = _nodes(join)
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    group_of: dict[_Node, set[_Node]] = {
        (article, index): {(article, index)}
        for article, length in enumerate(lengths)
        for index in range(length)
    }
    for join in joins:
        left, right = _nodes(join)
        group, more = group_of[left], group_of[right]
        if group is not more and _belong(group | more, beside):
            group |= more
            for node in more:
                group_of[node] = group
    found = [_row(group, joins_of, len(lengths)) for group, joins_of in _with_joins(group_of, joins)]
    return in_order(found, lengths)


def turned_rows(rows: Iterable[Joined], lengths: Sequence[int]) -> list[Joined]:
    """The same rows of the articles the other way round.

    Joining anew could part otherwise what is equally sure.

    Args:
        rows: Each row of the articles as they stand.
        lengths: How many sentences each article has, the other way round.
    """
    last = len(lengths) - 1
    turned = [
        Joined(
            row.sentences[::-1],
            _sorted(Join(last - join.right, last - join.left, turned_pair(join.pair)) for join in row.joins),
        )
        for row in rows
    ]
    return in_order(turned, lengths)


def turned_pair(pair: Pair) -> Pair:
    """The same pair with its sides exchanged."""
    return pair._replace(left=pair.right, right=pair.left, differences=turned_differences(pair.differences))


def turned_differences(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """The same differences with their sides exchanged, in the order of the new left one."""
    turned = [Difference(one.kind, one.right, one.left, one.right_span, one.left_span) for one in differences]
    return tuple(sorted(turned, key=lambda one: one.left_span))


def _nodes(join: Join) -> tuple[_Node, _Node]:
    return (join.left, join.pair.left), (join.right, join.pair.right)


def _belong(group: set[_Node], beside: dict[_Node, set[_Node]]) -> bool:
    """Whether sentences of one article all go with one of another."""
    by_article: dict[int, set[_Node]] = {}
    for node in group:
        by_article.setdefault(node[0], set()).add(node)
    return all(
        len(nodes) == 1 or any(nodes <= beside.get(other, set()) for other in group)
        for nodes in by_article.values()
    )


def _with_joins(
    group_of: dict[_Node, set[_Node]], joins: Iterable[Join]
) -> Iterable[tuple[set[_Node], list[Join]]]:
    found: dict[int, tuple[set[_Node], list[Join]]] = {id(group): (group, []) for group in group_of.values()}
    for join in joins:
        one, other = (group_of[node] for node in _nodes(join))
        if one is other:
            found[id(one)][1].append(join)
    return found.values()


def _row(group: set[_Node], joins: list[Join], articles: int) -> Joined:
    sentences = tuple(
        tuple(sorted(index for at, index in group if at == article)) for article in range(articles)
    )
    return Joined(sentences, _sorted(joins))


def _sorted(joins: Iterable[Join]) -> tuple[Join, ...]:
    return tuple(sorted(joins, key=lambda join: (join.left, join.right, join.pair.left, join.pair.right)))


def in_order(rows: Sequence[Joined], lengths: Sequence[int]) -> list[Joined]:
    """Rows in the order that `joined` promises.

    Args:
        rows: Every sentence in exactly one.
        lengths: How many sentences each article has.
    """
    row_of = {
        (article, index): number
        for number, row in enumerate(rows)
        for article, indices in enumerate(row.sentences)
        for index in indices
    }
    order: list[int] = []
    for article, length in enumerate(lengths):
        standing, placed = set(order), set(order)
        behind: dict[int, list[int]] = {}
        last = -1
        for index in range(length):
            number = row_of[article, index]
            if number in standing:
                last = number
            elif number not in placed:
                placed.add(number)
                behind.setdefault(last, []).append(number)
        order = behind.get(-1, []) + [
            other for number in order for other in (number, *behind.get(number, ()))
        ]
    return [rows[number] for number in order]
