"""What of a timeline is in view: the unit of its bars, the first of them, the selected one, and a marked span.

Pure, and never changed: every key makes another view of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.corpus.bins import Bin, DayCounts, finest
from tui.index.dates import FIRST, DayRange
from tui.index.periods import UNITS, Unit, first_day, number_of

WIDEST_BAR = 10
"""Cells of a bar where there are few."""

ASIDE = 0.02
"""The share of articles that may be out of view at first, where all of them would make bars of ten years: one wrong
date must not hide the rest."""

_LONGEST_AT_FIRST = UNITS.index("year")


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A window on a timeline."""

    counts: DayCounts
    width: int
    """Cells that there are for bars; at least one."""
    unit: Unit
    first: int
    """The number of the leftmost bar's time, as `tui.corpus.bins` counts."""
    selected: int
    """The number of the selected bar's time."""
    day: int
    """A day of the selected bar: zooming keeps to it."""
    mark: DayRange | None = None
    """The bar that a span was begun at; None where none was."""

    # Views of all, or of most

    @classmethod
    def opened(cls, counts: DayCounts, width: int) -> TimelineView:
        """What to show first: all of it; the newest bar is selected."""
        low, high = counts.first, counts.last
        if UNITS.index(finest(counts, width)) > _LONGEST_AT_FIRST:
            low, high = counts.middle(ASIDE)
            for unit in UNITS[: _LONGEST_AT_FIRST + 1]:
                if number_of(unit, high) - number_of(unit, low) < width:
                    view = cls(counts, width, unit, number_of(unit, low), number_of(unit, high), high)
                    return view._in_bounds()
        return cls.whole(counts, width)

    @classmethod
    def whole(cls, counts: DayCounts, width: int) -> TimelineView:
        """All of it in the finest unit of which all bars fit."""
        unit, last = finest(counts, width), counts.last
        view = cls(counts, width, unit, number_of(unit, counts.first), number_of(unit, last), last)
        return view._in_bounds()._at_day(last)  # of the longest unit there may be more bars than fit

    def fitted(self) -> TimelineView:
        """All of it, with the day selected that is."""
        return replace(self.whole(self.counts, self.width), mark=self.mark)._at_day(self.day)

    def resized(self, width: int) -> TimelineView:
        """The same on another width: where all was in view it is again."""
        if self._is_all and self.unit == finest(self.counts, self.width):
            return replace(self, width=width).fitted()
        return replace(self, width=width)._centred()

    def recounted(self, counts: DayCounts) -> TimelineView:
        """The same of other counts, as far as there is such a time in them."""
        day = max(counts.first, min(self.day, counts.last))
        return replace(self, counts=counts)._in_bounds()._at_day(day)

    # What is in view

    @property
    def lowest(self) -> int:
        """The number of the first bar that there is."""
        return number_of(self.unit, self.counts.first)

    @property
    def highest(self) -> int:
        """The number of the last bar that there is."""
        return number_of(self.unit, self.counts.last)

    @property
    def cells(self) -> int:
        """How wide a bar is."""
        return max(1, min(WIDEST_BAR, self.width // (self.highest - self.lowest + 1)))

    @property
    def shown(self) -> int:
        """How many bars are in view."""
        return min(self.highest - self.lowest + 1, self.width // self.cells)

    @property
    def _is_all(self) -> bool:
        return self.shown == self.highest - self.lowest + 1

    def bins(self) -> tuple[Bin, ...]:
        """The bars in view."""
        return self.counts.bins(self.unit, self.first, self.shown)

    @property
    def days(self) -> DayRange:
        """The days in view."""
        return DayRange(
            max(FIRST, first_day(self.unit, self.first)),
            first_day(self.unit, self.first + self.shown) - 1,
        )

    @property
    def time(self) -> Bin:
        """The selected bar."""
        return self.counts.bins(self.unit, self.selected, 1)[0]

    @property
    def span(self) -> DayRange:
        """The days that Enter takes: the selected bar's, or from where a span was begun to it."""
        days = self._days_of(self.selected)
        if self.mark is None:
            return days
        return DayRange(min(self.mark.first, days.first), max(self.mark.last, days.last))

    def _days_of(self, number: int) -> DayRange:
        return DayRange(first_day(self.unit, number), first_day(self.unit, number + 1) - 1)

    # Selecting

    def moved(self, bars: int) -> TimelineView:
        """So many bars on that have articles; of a span that is being marked the end is moved, by any bars."""
        if self.mark is not None:
            return self.at(self.selected + bars)
        view = self
        for _ in range(abs(bars)):
            days = self._days_of(view.selected)
            day = self.counts.day_after(days.last) if bars > 0 else self.counts.day_before(days.first)
            if day is None:
                break
            view = view.at(number_of(self.unit, day))
        return view

    def at(self, number: int) -> TimelineView:
        """With another bar selected, in view."""
        number = max(self.lowest, min(number, self.highest))
        days = self._days_of(number)
        day = self.day
        if not days.first <= day <= days.last:
            busiest = self.counts.busiest(*days)
            day = busiest if busiest is not None else max(self.counts.first, days.first)
        first, margin = self.first, self.shown // 4
        if number < first:
            first = number - margin
        elif number >= first + self.shown:
            first = number - self.shown + 1 + margin
        return replace(self, first=first, selected=number, day=day)._in_bounds()

    def at_first(self) -> TimelineView:
        """The first bar."""
        return self.at(self.lowest)

    def at_last(self) -> TimelineView:
        """The last bar."""
        return self.at(self.highest)

    def at_burst(self, step: int) -> TimelineView | None:
        """The bar in which the next burst begins, or the one before; None where there is none."""
        days = self._days_of(self.selected)
        find = self.counts.burst_after if step > 0 else self.counts.burst_before
        burst = find(days.last if step > 0 else days.first)
        return None if burst is None else self._at_day(burst.first.toordinal())

    def panned(self, pages: int) -> TimelineView:
        """A page earlier or later: one bar stays in view."""
        bars = pages * max(1, self.shown - 1)
        return replace(self, first=self.first + bars)._in_bounds().at(self.selected + bars)

    # Zooming

    def zoomed(self, step: int) -> TimelineView:
        """A finer unit (1) or a longer one (-1), the selected day in the middle; the same where there is none.

        A unit is long enough where all is one bar.
        """
        at = UNITS.index(self.unit) - step
        if not 0 <= at < len(UNITS) or (step < 0 and self.lowest == self.highest):
            return self
        return replace(self, unit=UNITS[at])._centred()

    # Spans

    def marked(self) -> TimelineView:
        """With a span begun at the selected bar."""
        return replace(self, mark=self._days_of(self.selected))

    def unmarked(self) -> TimelineView:
        """Without one."""
        return replace(self, mark=None)

    # Where the window stands

    def _at_day(self, day: int) -> TimelineView:
        return replace(self.at(number_of(self.unit, day)), day=day)

    def _centred(self) -> TimelineView:
        number = number_of(self.unit, self.day)
        return replace(self, selected=number, first=number - self.shown // 2)._in_bounds()

    def _in_bounds(self) -> TimelineView:
        """As near as there are bars to show, and the selected one among them."""
        lowest, highest = self.lowest, self.highest
        first = max(lowest, min(self.first, highest - self.shown + 1))
        selected = max(first, min(self.selected, first + self.shown - 1))
        return self if (first, selected) == (self.first, self.selected) else replace(
            self, first=first, selected=selected
        )  # fmt: skip
