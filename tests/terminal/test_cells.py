"""Text measured, cut and wrapped in cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.harmless import harmless
from tui.terminal.cells import cut, fitted, width_of, wrap

TEXT = st.text(max_size=200).map(harmless)
WIDTH = st.integers(min_value=2, max_value=100)


@given(TEXT, WIDTH)
def test_every_line_fits(text: str, width: int) -> None:
    for start, end in wrap(text, width):
        assert width_of(text[start:end]) <= width


@given(TEXT, WIDTH)
def test_nothing_but_spaces_is_lost_between_lines(text: str, width: int) -> None:
    lines = wrap(text, width)
    at = 0
    for start, end in lines:
        assert not text[at:start].strip()
        assert start <= end
        at = end
    assert not text[at:].strip()


@given(TEXT, st.integers(min_value=0, max_value=60))
def test_cut_and_fitted_keep_to_their_width(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width
    assert width_of(fitted(text, width)) == width


def test_words_stay_whole_where_they_fit() -> None:
    text = "Russia has submitted draft documents"
    assert [text[start:end] for start, end in wrap(text, 14)] == [
        "Russia has",
        "submitted",
        "draft",
        "documents",
    ]


def test_chinese_breaks_between_characters() -> None:
    text = "北约拒绝让步"
    assert [text[start:end] for start, end in wrap(text, 4)] == ["北约", "拒绝", "让步"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert wrap("x" * 25, 10) == [(0, 10), (10, 20), (20, 25)]


def test_a_combining_mark_stays_with_its_letter() -> None:
    text = "e\u0301" * 12
    for start, _end in wrap(text, 5):
        assert text[start] == "e"
