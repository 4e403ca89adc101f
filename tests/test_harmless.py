"""Nothing that acts on a terminal gets through `tui.harmless`, and nothing else is lost."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.harmless import LONGEST_MARK_RUN, escape_json, harmless, is_harmless

C0 = [chr(code) for code in range(0x20)]
C1 = [chr(code) for code in range(0x80, 0xA0)]
BIDI = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ZERO_WIDTH = list(
    "\u00ad\u034f\u115f\u1160\u180e\u200b\u200c\u200d\u2060\u2061\u2064\u3164\ufe0e\ufe0f\ufeff\uffa0"
)
TAGS = [chr(code) for code in range(0xE0000, 0xE0080)]
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udcff", "\udfff"]
BECOMES_SPACE = set("\t\n\r\x0b\x0c\x85\u2028\u2029")

anything = st.text(st.characters(codec=None, exclude_categories=[]), max_size=60)
hostile = st.lists(
    st.one_of(
        st.sampled_from(
            [*C0, *C1, "\x7f", *BIDI, *ZERO_WIDTH, *SURROGATES, "\u0301", "\u20dd", "\u0e38", "é", "字", "a"]
        ),
        st.just("\x1b]0;pwned\x07"),
        st.just("\x1b[2J"),
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    "character", [*C0, *C1, "\x7f", *BIDI, *ZERO_WIDTH, *TAGS, "\u2028", "\u2029"], ids=ascii
)
def test_takes_out_every_control_and_invisible_character(character: str) -> None:
    between = " " if character in BECOMES_SPACE else ""
    assert harmless(f"left{character}right") == f"left{between}right"
    assert harmless(f"слева{character}справа") == f"слева{between}справа"
    assert harmless(character) == between
    assert not is_harmless(character)


@pytest.mark.parametrize(
    "character", [*SURROGATES, "\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"], ids=ascii
)
def test_shows_what_is_no_character_as_the_replacement_character(character: str) -> None:
    assert harmless(f"left{character}right") == "left\N{REPLACEMENT CHARACTER}right"


def test_takes_the_teeth_out_of_escape_sequences() -> None:
    assert harmless("\x1b]0;pwned\x07Title\x1b[2J\x9b31m") == "]0;pwnedTitle[2J31m"


def test_line_ends_in_a_row_are_one_space() -> None:
    assert harmless("one\r\n\u2028two") == "one two"


@pytest.mark.parametrize(
    "mark", ["\u0301", "\u0489", "\u05b0", "\u064b", "\u0e38", "\u0eb4", "\u302a", "\u1dc4", "\U0001e000"]
)
def test_cuts_combining_marks_without_end(mark: str) -> None:
    assert harmless("a" + mark * 500 + "b") == "a" + mark * LONGEST_MARK_RUN + "b"


def test_cuts_marks_of_many_kinds() -> None:
    assert harmless("a" + "\u0301\u0e38\u20d2\u0489" * 100) == "a\u0301\u0e38\u20d2\u0489"


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, and [bold red]brackets[/bold red] with a \\ backslash.",
        "“Curly” – dashes… €5, 20 °C, ½ © ®",
        "Việt Nam, Ελλάδα, Україна, 北京, 日本語テキスト, 한국어",
        "Vie\u0302\u0323t in marks of its own",
        "שָׁלוֹם וְשָׁלוֹם, العَرَبِيَّةُ, हिन्दी में समाचार, ภาษาไทยมีวรรณยุกต์ที่นี้",
        "👍🏽 🇺🇦 and ─━│ lines, no-break\u00a0space",
        "!!!!!!!!!! ……… ———— «»«»«»",
        "",
    ],
)
def test_leaves_what_people_write(text: str) -> None:
    assert harmless(text) == text
    assert is_harmless(text)


@given(st.one_of(anything, hostile))
def test_what_comes_out_is_harmless(text: str) -> None:
    clean = harmless(text)
    assert harmless(clean) == clean
    assert is_harmless(clean)
    clean.encode("utf-8")
    assert "\n" not in clean
    for character in clean:
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(st.one_of(anything, hostile))
def test_nothing_is_added_but_spaces_and_replacement_characters(text: str) -> None:
    left = iter(text)
    for character in harmless(text):
        if character not in " \N{REPLACEMENT CHARACTER}":
            assert character in left


@given(st.recursive(st.one_of(anything, hostile), lambda inner: st.lists(inner, max_size=3)))
def test_json_holds_no_unsafe_character_and_says_the_same(value: object) -> None:
    encoded = json.dumps(value, ensure_ascii=False)
    escaped = escape_json(encoded)
    # Two lone surrogates side by side are one character to any reader of JSON: compared as both write it.
    assert json.dumps(json.loads(escaped)) == json.dumps(json.loads(encoded))
    escaped.encode("utf-8")
    assert all(character == "\n" or harmless(character) in (character, " ") for character in escaped)
    assert not set(escaped) & {*C0, *C1, "\x7f", *BIDI, *ZERO_WIDTH, *SURROGATES}


def test_json_of_several_lines_keeps_them_and_its_alphabet() -> None:
    encoded = json.dumps({"title": "Мир\x9b\u202e"}, ensure_ascii=False, indent=2)
    assert escape_json(encoded) == '{\n  "title": "Мир\\u009b\\u202e"\n}'
