"""How often something was in the news, day by day, and the days in which it burst.

A burst is not many articles but more than the corpus's own days explain: on a day with twice the articles everybody
is named twice as often. So bursts are found by the two-state automaton of Kleinberg, "Bursty and Hierarchical
Structure in Streams" (KDD 2002, section 4: batched arrivals): every day of the corpus is a batch of d articles, r of
which are relevant; in the low state an article is relevant with the probability R / D of the whole corpus, in the
high one with `SCALE` times that; going up costs `EFFORT` · ln(days), coming down nothing. The cheapest sequence of
states (Viterbi) says where the bursts are.
"""

from __future__ import annotations

import datetime
import math
import sqlite3
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.corpus.values import Burst, Timeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCALE = 2.0
"""How many times likelier an article is relevant within a burst: s in the paper, with the value used there."""
EFFORT = 1.0
"""What it takes to begin a burst: γ in the paper, with the value used there."""

LONGEST_SILENCE = 31
"""Days: where the whole corpus says nothing for longer, a burst before and one after are two.

The automaton knows the corpus's own days only; to it the last day before a gap of years and the first one after it are
neighbours. A monthly's issues are a burst still.
"""

GONE = -1
"""The day of a number that no article has."""


class Days(NamedTuple):
    """The days of all articles of one state of the store."""

    generation: int
    of: NDArray[np.int32]
    """By article number: proleptic ordinal, 0 without a date, `GONE` without an article; shape (last number + 1,)."""
    days: NDArray[np.int64]
    """The days that have articles, ascending."""
    totals: NDArray[np.int64]
    """How many each of them has, same shape."""

    def of_numbers(self, numbers: NDArray[np.int64]) -> NDArray[np.int32]:
        """The day of each of these article numbers, same shape."""
        import numpy as np

        if not len(self.of):
            return np.full(len(numbers), GONE, np.int32)
        found: NDArray[np.int32] = self.of.take(numbers, mode="clip")
        return np.where(numbers < len(self.of), found, np.int32(GONE))

    def newest_first(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where in these numbers each article stands, in the order of lists.

        Newest day first, of one day the last read, those without a date last.
        """
        import numpy as np

        return np.lexsort((numbers, self.of_numbers(numbers)))[::-1]


def read_days(connection: sqlite3.Connection, generation: int) -> Days:
    """The days of all articles, from the index of days alone."""
    import numpy as np

    # A day's numbers as one text: half the time of a row an article (11 ms to 33 at 100,000).
    rows = connection.execute(
        "SELECT day, count(*), group_concat(number) FROM articles GROUP BY day ORDER BY day"
    ).fetchall()
    days = np.array([day for day, _, _ in rows], np.int64)
    totals = np.array([count for _, count, _ in rows], np.int64)
    numbers = (
        np.fromstring(",".join(text for _, _, text in rows), np.int64, sep=",")
        if rows
        else np.zeros(0, np.int64)
    )
    of = np.full(int(numbers.max(initial=-1)) + 1, GONE, np.int32)
    of[numbers] = np.repeat(days, totals)
    dated = days > 0
    return Days(generation, of, days[dated], totals[dated])


def timeline_of(days: Days, numbers: NDArray[np.int64]) -> Timeline:
    """When these articles are from, each counted once; those that have gone not at all."""
    import numpy as np

    when = days.of_numbers(numbers)
    counts = np.bincount(np.searchsorted(days.days, when[when > 0]), minlength=len(days.days))
    there = np.flatnonzero(counts)
    date = datetime.date.fromordinal
    return Timeline(
        days=tuple(
            (date(day), count)
            for day, count in zip(days.days[there].tolist(), counts[there].tolist(), strict=True)
        ),
        undated=int(np.count_nonzero(when == 0)),
        bursts=tuple(
            Burst(date(int(days.days[first])), date(int(days.days[last])))
            for run in bursts(counts, days.totals)
            for first, last in _without_silence(days.days, *run)
        ),
    )


def _without_silence(days: NDArray[np.int64], first: int, last: int) -> list[tuple[int, int]]:
    """A burst from batch to batch, cut where no article at all is from between two of its days."""
    import numpy as np

    ends = first + np.flatnonzero(np.diff(days[first : last + 1]) > LONGEST_SILENCE)
    return list(zip([first, *(ends + 1).tolist()], [*ends.tolist(), last], strict=True))


def bursts(relevant: NDArray[np.int64], totals: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Where a series bursts.

    Args:
        relevant: How many of each batch's articles are relevant, shape (batches,).
        totals: How many articles each batch has, none of them fewer than relevant, same shape.

    Returns:
        First and last batch of each burst, ascending.
    """
    articles, found = int(totals.sum()), int(relevant.sum())
    if not 0 < found < articles:
        return []
    low = found / articles
    # What is in half of all articles can't be twice as frequent: then half way to being in all.
    high = min(SCALE * low, (1 + low) / 2)
    gains = relevant * math.log(high / low) + (totals - relevant) * math.log((1 - high) / (1 - low))
    states = _cheapest(gains.tolist(), EFFORT * math.log(len(totals)))
    runs = []
    for state, run in groupby(range(len(states)), key=states.__getitem__):
        if state:
            places = list(run)
            runs.append((places[0], places[-1]))
    return runs


def _cheapest(gains: list[float], effort: float) -> list[bool]:
    """Whether each batch is in the high state.

    Args:
        gains: How much cheaper the high state is than the low one in each batch.
        effort: What going up costs.
    """
    # Of two states only the difference of their costs matters: by how much the high one is ahead after each batch.
    # One is never behind by more than a change to it costs.
    ahead = [-effort]
    for gain in gains:
        ahead.append(gain + min(0.0, max(-effort, ahead[-1])))
    states = [ahead[-1] > 0]
    for before in reversed(ahead[1:-1]):
        states.append(before > (-effort if states[-1] else 0.0))
    return states[::-1]
