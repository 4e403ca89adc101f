"""What is seen in a paragraph that may tell where it stands."""

from __future__ import annotations

import pytest

from tui.stories.paragraphs import DATELINE, cue_words, look, lower_words, nouns
from tui.stories.shared_paragraphs import order_in, runs_of


@pytest.mark.parametrize(
    ("text", "full", "short", "known"),
    [
        ("Kremlin spokesman Dmitry Peskov said so.", {"peskov"}, {"kremlin"}, {"peskov"}),
        ("Mr Peskov said on Thursday that Russia had.", set(), {"peskov", "thursday", "russia"}, set()),
        ("Then Foreign Secretary Liz Truss left.", {"truss"}, set(), {"truss"}),
        ("Laura Penhale, 54, swims.", {"penhale"}, set(), {"penhale"}),
        ("We swam with Laura Penhale there.", {"penhale"}, set(), set()),
        ("WASHINGTON — Sen. Charles Grassley spoke.", {"grassley"}, set(), {"grassley"}),
        ("President Obama spoke.", set(), {"obama"}, set()),
    ],
)
def test_names_by_their_capitals(text: str, full: set[str], short: set[str], known: set[str]) -> None:
    seen = look(text, lower_words([text, "then we saw it"]))
    assert (seen.full, seen.short, seen.known) == (full, short, known)


def test_acronyms_and_what_they_stand_for() -> None:
    text = "The Federal Bureau of Investigation and the Big Iron Group met the BIG."
    seen = look(text, lower_words([text]))
    assert "big" in seen.acronyms
    assert "big" in seen.initials


def test_names_are_no_cues() -> None:
    text = "He told Reuters that it did not go on."
    cues = cue_words(look(text, lower_words([text])))
    assert {"^he", "did not", "told"} <= cues
    assert not any("reuters" in cue for cue in cues)
    assert cue_words(look("", ())) == frozenset()


def test_nouns_after_a_and_the() -> None:
    new, old = nouns(look("She saw a boat near the harbour.", ()))
    assert "boat" in new
    assert "harbour" in old


@pytest.mark.parametrize(
    "text",
    [
        "WASHINGTON — It",
        "LONDON (Reuters) - It",
        "(CNN) -- It",
        "HARTFORD, Conn. — It",
        "NEW YORK, Jan. 3 (AP) — It",
    ],
)
def test_datelines(text: str) -> None:
    match = DATELINE.match(text)
    assert match is not None
    assert text[match.end() :] == "It"


def test_no_dateline() -> None:
    assert DATELINE.match("The ferry — a wooden boat — sank.") is None


@pytest.mark.parametrize(
    ("text", "is_open"), [("“We are.", True), ("“We are.”", False), ('He said "we', True), ("No", False)]
)
def test_quotations_left_open(text: str, is_open: bool) -> None:
    assert look(text, ()).left_open == is_open


def test_paragraphs_are_found_in_another_text() -> None:
    ours = ["the cat sat on the mat today", "a dog ran after the red ball", "nothing of this is there at all"]
    theirs = ["Before, a dog ran after the blue ball.", "and THE CAT sat on the mat"]
    assert order_in([runs_of(text) for text in ours], theirs) == [1, 0]
    assert order_in([runs_of("Yes."), runs_of("")], ["No.", "Yes!"]) == [0]
    assert order_in([], theirs) == []
