"""Round dates under the bars of a timeline."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.test_bins import ANY_DAYS, UNIT, counts_of
from tui.index.periods import Unit, number_of
from tui.terminal.cells import width_of
from tui.widgets.timeline_axis import axis
from tui.widgets.timeline_view import TimelineView


def text_of(unit: Unit, first: datetime.date, bars: int, cells: int = 1) -> str:
    counts = counts_of({first: 1})
    bins = counts.bins(unit, number_of(unit, counts.first), bars)
    return axis(unit, bins, cells, bars * cells).text.rstrip()


@given(ANY_DAYS, UNIT, st.integers(12, 250))
def test_labels_are_as_wide_as_there_is_room_and_stand_at_their_bar(
    days: dict[datetime.date, int], unit: Unit, width: int
) -> None:
    counts = counts_of(days)
    view = TimelineView.whole(counts, width)
    bins = view.bins()
    text, ticks = axis(view.unit, bins, view.cells, width)
    assert width_of(text) == width
    for at in ticks:
        begin = at * view.cells
        assert text[begin].strip()
        assert begin == 0 or text[begin - 1] == " "
    if len(bins) * view.cells >= 12:
        assert any(character.isdigit() for character in text)


def test_days_are_labelled_by_months_and_mondays() -> None:
    text = text_of("day", datetime.date(2021, 11, 18), 80)
    assert text.startswith("18 Nov 2021")
    december = (datetime.date(2021, 12, 1) - datetime.date(2021, 11, 18)).days
    assert text[december:].startswith("Dec ")
    monday = (datetime.date(2021, 12, 13) - datetime.date(2021, 11, 18)).days
    assert text[monday:].startswith("13 ")
    january = (datetime.date(2022, 1, 1) - datetime.date(2021, 11, 18)).days
    assert text[january:].startswith("Jan 2022")


def test_weeks_are_labelled_by_their_monday() -> None:
    text = text_of("week", datetime.date(2021, 11, 18), 80)
    assert text.startswith("15 Nov 3 Jan 2022")  # no room for the year before it
    assert text_of("week", datetime.date(2021, 9, 18), 80).startswith("13 Sep 2021     3 Jan 2022")
    wide = text_of("week", datetime.date(2021, 11, 29), 6, cells=12)
    assert wide.split() == ["29", "Nov", "2021", "6", "Dec", "13", "20", "27", "3", "Jan", "2022"]


def test_months_quarters_and_years_have_years() -> None:
    months = text_of("month", datetime.date(2019, 11, 2), 60)
    assert months.startswith("  2020") and months[14:].startswith("2021") and months[26:].startswith("2022")
    quarters = text_of("quarter", datetime.date(2010, 1, 2), 60)
    assert quarters.split() == [str(year) for year in range(2010, 2026, 2)]
    years = text_of("year", datetime.date(1875, 1, 2), 78)
    assert years.split() == ["1875", *map(str, range(1880, 1950, 10))]
    decades = text_of("decade", datetime.date(1875, 1, 2), 15, cells=5)
    assert decades.split() == ["1870", *map(str, range(1880, 2020, 20))]
