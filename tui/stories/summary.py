"""What there is to say of a comparison before reading it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from tui.stories.board import Board, BoardKind, Disagreement, pairs_of
from tui.stories.values import PAIR_KINDS, Comparison, PairKind

CountedKind = PairKind | Literal["left", "right"]


def counts(comparison: Comparison) -> dict[CountedKind, int]:
    """How many pairs there are of each kind, and how many sentences only one side has."""
    kinds: dict[CountedKind, int] = dict.fromkeys(PAIR_KINDS, 0)
    for pair in comparison.pairs:
        kinds[pair.kind] += 1
    kinds["left"], kinds["right"] = len(comparison.only_left), len(comparison.only_right)
    return kinds


def shares(board: Board) -> list[str]:
    """How much the articles have in common, each two of them."""
    if len(board.sides) == 2:
        return [f"{board.comparisons[0].shared:.0%} shared"]
    return [
        f"{left + 1} and {right + 1} share {comparison.shared:.0%}"
        for (left, right), comparison in zip(pairs_of(len(board.sides)), board.comparisons, strict=True)
    ]


def parts(board: Board) -> list[tuple[BoardKind | None, str]]:
    """What the articles are made of: how many sentences there are of a kind, and in words of which; None for what is
    no kind."""
    if len(board.sides) == 2:
        number = counts(board.comparisons[0])
        told: list[tuple[BoardKind | None, str]]
        told = [(kind, f"{number[kind]} {kind}") for kind in PAIR_KINDS if number[kind]]
        told += [("only", f"{number['left']} only left"), ("only", f"{number['right']} only right")]
        return told
    in_all = sum(all(cell.sentences for cell in row.cells) for row in board.rows)
    alone = [row.alone for row in board.rows]
    in_two = len(board.rows) - in_all - sum(column is not None for column in alone)
    found: list[tuple[BoardKind | None, str]] = [(None, f"{in_all} in all three"), (None, f"{in_two} in two")]
    return found + [
        ("only", f"{alone.count(column)} only in {column + 1}") for column in range(len(board.sides))
    ]


def in_words(board: Board) -> str:
    """What there is to say of a comparison in one line."""
    return " · ".join((*shares(board), *(text for _, text in parts(board))))


def against(one: Disagreement) -> str:
    """What the articles say differently: `14,000 ≠ 13,000`; of three with which of them say it."""
    if len(one.said) == 2:
        return " ≠ ".join(one.said)
    columns: dict[str, list[int]] = {}
    for column, said in enumerate(one.said):
        if said:
            columns.setdefault(said, []).append(column + 1)
    return " ≠ ".join(f"{said} ({_listed(where)})" for said, where in columns.items())


def _listed(columns: Iterable[int]) -> str:
    return ", ".join(map(str, columns))


def notes(board: Board) -> list[str]:
    """What to know of it: that articles are empty, long, or in different languages."""
    empty = [column for column, sentences in enumerate(board.sentences) if not sentences]
    told = [f"{called(board, column).capitalize()} has no sentence to compare" for column in empty]
    for columns, comparison in zip(pairs_of(len(board.sides)), board.comparisons, strict=True):
        if comparison.note and not set(columns) & set(empty):
            told.append(comparison.note)
    return list(dict.fromkeys(told))


def called(board: Board, column: int) -> str:
    """How an article is called: by its side, or of three by its number."""
    return (
        ("the left article", "the right article")[column]
        if len(board.sides) == 2
        else f"article {column + 1}"
    )
