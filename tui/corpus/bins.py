"""Articles by day put together to weeks, months and longer times: counted once by day, at any zoom by bisection."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from tui.corpus.values import Burst, Timeline
from tui.index.periods import UNITS, Unit, first_day, number_of


class Bin(NamedTuple):
    """A time of some unit, and how many articles are of it."""

    first: datetime.date
    last: datetime.date
    articles: int
    burst: bool
    """Whether a burst is in it, or a part of one."""


class DayCounts:
    """How many articles there are by day, ready to be asked for any time. At least one article has a date."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._days = [day.toordinal() for day, _ in timeline.days]
        self._before = [0, *accumulate(articles for _, articles in timeline.days)]
        self._begins = [burst.first.toordinal() for burst in timeline.bursts]
        self._ends = [burst.last.toordinal() for burst in timeline.bursts]

    @property
    def first(self) -> int:
        """The first day that has an article."""
        return self._days[0]

    @property
    def last(self) -> int:
        """The last one."""
        return self._days[-1]

    @property
    def articles(self) -> int:
        """How many have a date."""
        return self._before[-1]

    def times(self, unit: Unit) -> int:
        """How many times of the unit there are from the first day to the last."""
        return number_of(unit, self.last) - number_of(unit, self.first) + 1

    def between(self, first: int, last: int) -> int:
        """How many articles there are from a day to another, both included."""
        return self._before[bisect_right(self._days, last)] - self._before[bisect_left(self._days, first)]

    def bins(self, unit: Unit, first: int, count: int) -> tuple[Bin, ...]:
        """The times of the unit from number `first` on."""
        begins = [first_day(unit, number) for number in range(first, first + count + 1)]
        before = [self._before[bisect_left(self._days, day)] for day in begins]
        return tuple(
            Bin(
                datetime.date.fromordinal(begin),
                datetime.date.fromordinal(end - 1),
                counted - earlier,
                self.burst_in(begin, end - 1) is not None,
            )
            for (begin, end), (earlier, counted) in zip(pairwise(begins), pairwise(before), strict=True)
            if begin < end
        )

    def burst_in(self, first: int, last: int) -> Burst | None:
        """The first burst of which a day is among these."""
        at = bisect_left(self._ends, first)
        return self.timeline.bursts[at] if at < len(self._begins) and self._begins[at] <= last else None

    def burst_after(self, day: int) -> Burst | None:
        """The first burst that begins after a day."""
        at = bisect_right(self._begins, day)
        return self.timeline.bursts[at] if at < len(self._begins) else None

    def burst_before(self, day: int) -> Burst | None:
        """The last burst that begins before a day."""
        at = bisect_left(self._begins, day)
        return self.timeline.bursts[at - 1] if at else None

    def day_after(self, day: int) -> int | None:
        """The first day after this one that has an article."""
        at = bisect_right(self._days, day)
        return self._days[at] if at < len(self._days) else None

    def day_before(self, day: int) -> int | None:
        """The last day before this one that has an article."""
        at = bisect_left(self._days, day)
        return self._days[at - 1] if at else None

    def busiest(self, first: int, last: int) -> int | None:
        """The day with most articles from a day to another, the first of equals; None where none has any."""
        low, high = bisect_left(self._days, first), bisect_right(self._days, last)
        if low == high:
            return None
        days: Sequence[tuple[datetime.date, int]] = self.timeline.days[low:high]
        return max(days, key=lambda day: day[1])[0].toordinal()

    def middle(self, share: float) -> tuple[int, int]:
        """The days that all but a share of the articles lie between: half of that share on either side."""
        outside = int(self.articles * share / 2)
        low = bisect_right(self._before, outside) - 1
        high = bisect_left(self._before, self.articles - outside) - 1
        return self._days[max(0, min(low, len(self._days) - 1))], self._days[max(0, high)]


def finest(counts: DayCounts, most: int) -> Unit:
    """The finest unit of which there are at most so many times; the coarsest where of each there are more."""
    return next((unit for unit in UNITS if counts.times(unit) <= most), UNITS[-1])
