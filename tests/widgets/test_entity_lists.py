"""The lists of an entity's page and the panel of an article's names, row by row."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from tui.article import EntityId, Mention, MentionType
from tui.corpus.values import Entity, Line, Said
from tui.harmless import harmless
from tui.terminal.cells import cut_before, width_of
from tui.widgets.concordance_list import ConcordanceList
from tui.widgets.entity_panel import entity_rows
from tui.widgets.said_list import SaidList

TEXT = st.text(max_size=200).map(harmless)
NAMES = st.text(min_size=1, max_size=3_000).map(harmless).filter(str.strip)


class PlainConcordance(ConcordanceList):
    """Without an application there are no styles."""

    def quiet(self, base: Style) -> Style:
        return base

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        return Style.null()


class PlainSaid(SaidList):
    """The same, for quotes."""

    def quiet(self, base: Style) -> Style:
        return base


@given(TEXT, st.integers(0, 60))
def test_the_end_of_a_text_fits(text: str, width: int) -> None:
    end = cut_before(text, width)
    assert width_of(end) <= width
    assert text.endswith((end.removeprefix("…"), end))


@given(TEXT, NAMES, TEXT, st.integers(40, 220))
def test_the_name_stands_in_the_same_column_whatever_is_around_it(
    left: str, name: str, right: str, width: int
) -> None:
    def line(left: str, name: str, right: str) -> Line:
        return Line("a", "title", datetime.date(2021, 12, 16), "source.example", 0, 0, 4, left, name, right)

    drawn = PlainConcordance().draw_part(line(left, name, right), 0, width, Style.null())
    known = PlainConcordance().draw_part(line("", "Nato", ""), 0, width, Style.null())
    column = sum(width_of(segment.text) for segment in drawn[:2])
    assert column == sum(width_of(segment.text) for segment in known[:2])
    assert sum(width_of(segment.text) for segment in drawn) <= width


@given(st.text(min_size=1, max_size=5_000).map(harmless), st.booleans(), st.integers(20, 120))
def test_a_quote_of_any_length_takes_its_three_lines(text: str, direct: bool, width: int) -> None:
    said = Said("a", "title", None, None, 0, 0, len(text), text, direct)
    lines = [PlainSaid().draw_part(said, line, width, Style.null()) for line in range(3)]
    for segments in lines:
        assert sum(width_of(segment.text) for segment in segments) <= width
    assert any("undated" in segment.text for segments in lines for segment in segments)


def mention(at: int, text: str, type: MentionType, entity: str) -> Mention:
    return Mention(0, at, at + len(text), text, type, EntityId(entity))


MENTIONS = (
    mention(0, "Geneva", "place", "g"),
    mention(10, "Mr Ryabkov", "person", "r"),
    mention(30, "Nato", "organisation", "n"),
    mention(40, "Ryabkov", "person", "r"),
    mention(50, "Peskov", "person", "p"),
)
KNOWN = {EntityId("r"): Entity(EntityId("r"), "Sergei Ryabkov", "person", ("Ryabkov",), 26, 80)}


def test_names_are_listed_by_type_and_count_or_as_they_appear() -> None:
    by_count = entity_rows(MENTIONS, KNOWN)
    assert [row.name for row in by_count] == [
        "People",
        "Sergei Ryabkov",
        "Peskov",
        "Organisations",
        "Nato",
        "Places",
        "Geneva",
    ]
    in_order = entity_rows(MENTIONS, KNOWN, "appearance")
    assert [row.name for row in in_order if row.mentions] == ["Geneva", "Sergei Ryabkov", "Nato", "Peskov"]


def test_a_name_says_how_often_it_is_here_and_in_how_many_articles() -> None:
    row = next(row for row in entity_rows(MENTIONS, KNOWN) if row.name == "Sergei Ryabkov")
    assert (row.mentions, row.articles, MENTIONS[row.first].text) == (2, 26, "Mr Ryabkov")
