"""Which articles print one text, kept in step with the articles.

Each batch is compared with what was published within `WINDOW` days of it. Groups that it touches are made anew, those
that it doesn't stay as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tui.corpus.derived import Derived, Signed
from tui.corpus.due import TELLING
from tui.corpus.store import chunked
from tui.stories.bands import WINDOW
from tui.stories.reprints import candidates, grouped, verified

MOST_UNDATED = 20_000
"""Articles without a date that are looked at, the last that were read."""


def group_reprints(connection: sqlite3.Connection, derived: Derived, batch: Sequence[int]) -> None:
    """Find the groups that these articles are in. To be called within a transaction.

    Args:
        connection: to the store.
        derived: its derived rows.
        batch: numbers of articles that are at the step `TELLING`; others at it are left for a batch of theirs.
    """
    near = _near(connection, derived, batch)
    fresh = np.isin(near.numbers, np.array(batch, np.int64))
    ones, others = candidates(near.signatures, near.days, fresh)
    touched = {*batch, *near.numbers[np.union1d(ones, others)].tolist()}
    before = _groups_of(connection, touched)
    touched |= before.keys()
    if len(ones) or before:
        after = _grouped(derived, sorted(touched))
        _write(connection, before, after)


def _near(connection: sqlite3.Connection, derived: Derived, batch: Sequence[int]) -> Signed:
    """The batch, and what may be a reprint of it."""
    days: set[int] = set()
    for marks, chunk in chunked(batch):
        rows = connection.execute(f"SELECT DISTINCT day FROM articles WHERE number IN ({marks})", chunk)
        days.update(day for (day,) in rows)
    dated = sorted(days - {0})
    numbers = set(batch)
    # Looked up one by one: a list of a million would be made for every batch.
    waiting = "EXISTS (SELECT 1 FROM grouping_due AS due WHERE due.number = articles.number)"
    for first, last in _spans(dated):
        rows = connection.execute(
            f"SELECT number FROM articles WHERE day BETWEEN ? AND ? AND NOT {waiting}", (first, last)
        )
        numbers.update(number for (number,) in rows)
    if 0 in days:
        rows = connection.execute(
            f"SELECT number FROM articles WHERE day = 0 AND NOT {waiting} ORDER BY number DESC LIMIT ?",
            (MOST_UNDATED,),
        )
        numbers.update(number for (number,) in rows)
    return derived.signed_numbers(sorted(numbers))


def _spans(days: Sequence[int]) -> list[tuple[int, int]]:
    """The days within the window of any of these, as spans that don't overlap."""
    spans: list[tuple[int, int]] = []
    for day in days:
        first, last = max(day - WINDOW, 1), day + WINDOW
        if spans and first <= spans[-1][1] + 1:
            spans[-1] = spans[-1][0], last
        else:
            spans.append((first, last))
    return spans


def _groups_of(connection: sqlite3.Connection, numbers: set[int]) -> dict[int, int]:
    """Article → leader, of all members of the groups that these are in."""
    leaders: set[int] = set()
    for marks, chunk in chunked(sorted(numbers)):
        rows = connection.execute(f"SELECT leader FROM reprints WHERE number IN ({marks})", chunk)
        leaders.update(leader for (leader,) in rows)
        rows = connection.execute(f"SELECT leader FROM reprints WHERE leader IN ({marks})", chunk)
        leaders.update(leader for (leader,) in rows)
    found: dict[int, int] = {}
    for marks, chunk in chunked(sorted(leaders)):
        rows = connection.execute(f"SELECT number, leader FROM reprints WHERE leader IN ({marks})", chunk)
        found.update(rows.fetchall())
    return found


def _grouped(derived: Derived, touched: Sequence[int]) -> dict[int, int]:
    """Article → leader, of those of these articles that are in a group."""
    signed = derived.signed_numbers(touched)
    ones, others = candidates(signed.signatures, signed.days, np.ones(len(signed.numbers), np.bool_))
    verify = verified(partial(_texts, derived, signed.numbers))
    leaders = grouped(signed.signatures, signed.sizes, ones, others, verify)
    members = np.bincount(leaders, minlength=len(leaders))[leaders] > 1
    pairs = zip(signed.numbers[members].tolist(), signed.numbers[leaders[members]].tolist(), strict=True)
    return dict(pairs)


def _texts(derived: Derived, numbers: NDArray[np.int64], places: NDArray[np.int64]) -> list[str]:
    return derived.own_texts(numbers[places].tolist())


def _write(connection: sqlite3.Connection, before: dict[int, int], after: dict[int, int]) -> None:
    gone = [(number,) for number in before.keys() - after.keys()]
    connection.executemany("DELETE FROM reprints WHERE number = ?", gone)
    new = [(number, leader) for number, leader in sorted(after.items()) if before.get(number) != leader]
    connection.executemany("INSERT OR REPLACE INTO reprints VALUES (?, ?)", new)


def let_go(connection: sqlite3.Connection, gone: Sequence[int]) -> None:
    """Make good what articles that have gone leave behind: the groups that they led are looked at anew.

    To be called within a transaction, before the rows of these articles are deleted.
    """
    for number in gone:
        rows = connection.execute("SELECT number FROM reprints WHERE leader = ?", (number,)).fetchall()
        left = [(member, TELLING) for (member,) in rows if member != number]
        connection.executemany("INSERT OR IGNORE INTO grouping_due VALUES (?, ?)", left)
        connection.execute("DELETE FROM reprints WHERE leader = ?", (number,))
        # A group of one is none.
        row = connection.execute("SELECT leader FROM reprints WHERE number = ?", (number,)).fetchone()
        if row is not None:
            connection.execute("DELETE FROM reprints WHERE number = ?", (number,))
            (count,) = connection.execute(
                "SELECT count(*) FROM reprints WHERE leader = ?", (row[0],)
            ).fetchone()
            if count == 1:
                connection.execute("DELETE FROM reprints WHERE leader = ?", (row[0],))
