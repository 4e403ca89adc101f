"""Text reduced to its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.folding import fold_word
from tui.stories.plain import plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("The Hague, Friday", "the hague friday"),
        ("Ukraine's", "ukraines"),
        ("Ukraine’s", "ukraines"),
        ("‘Ukraine`s’ army", "ukraines army"),
        ("“14,000” — or so…", "14 000 or so"),
        ("snake_case, e-mail", "snake case e mail"),
        ("Café Čapek", "cafe capek"),
        ("cafe\u0301", "cafe"),
        ("Ｎｏ １２", "no 12"),
        ("Президент США", "президент сша"),
        ("NHKは東京", "nhk は 東 京"),
        ("one\ntwo\n\nthree", "one \n two \n \n three"),
        ("Öl\nund\nGas", "ol \n und \n gas"),
        ("\x00\x1b[31m\x7f", "31m"),
    ],
)
def test_words(text: str, words: str) -> None:
    """Folded, between spaces; lines are paragraphs."""
    found = plain(text).decode().replace("\n", " \n ")
    assert " ".join(found.split(" ")).split() == words.split()
    assert found.count("\n") == text.count("\n")


@given(st.text(st.sampled_from("abZ '’“”–1,.\n")))
def test_what_is_usual_and_what_is_not_are_folded_alike(text: str) -> None:
    """A letter beyond ASCII changes nothing about the words around it."""
    assert plain(text).split() == plain(text + " ж").split()[:-1]


@given(st.text())
def test_any_text(text: str) -> None:
    """UTF-8 without control characters, and folding it again changes nothing."""
    found = plain(text)
    assert not any(byte < 0x20 and byte != 0x0A for byte in found)
    assert plain(found.decode()).split() == found.split()


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=1))
def test_words_are_folded_as_everywhere(word: str) -> None:
    """As in the index and in names."""
    assert plain(word).decode() == "".join(letter for letter in fold_word(word) if letter.isalnum())
