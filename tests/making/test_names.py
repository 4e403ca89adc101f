"""Names that are known, trimmed, and made to agree: spans stay in their texts and apart from one another."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making.conventions import conventional, readable
from tests.making.documents import Annotated, read_annotated, write_annotated
from tests.making.lessons import lines_of, settled_types
from tests.making.overrides import Overrides
from tests.making.second_labels import joined, with_misc
from tests.making.subjects import Subject
from tests.making.trimming import trimmed
from tests.making.windows import labels, pieces, windows
from tui.article import MENTION_TYPES, MentionType
from tui.entities.annotations import read_annotations
from tui.entities.gazetteer import load_gazetteer
from tui.entities.sentences import Name

_SUBJECTS = [
    Subject("1", "Ann Smith", "person", "Ann Smith (born 1950) is a singer"),
    Subject("2", "Bank of Kent", "organisation", "Bank of Kent is a bank"),
    Subject("3", "Red River", "place", "Red River is a river"),
    Subject("4", "Red River", "misc", "Red River is a film"),
]


def _names(text: str, *names: tuple[str, MentionType]) -> list[Name]:
    return [(text.index(name), text.index(name) + len(name), kind) for name, kind in names]


def _named(text: str, names: list[Name]) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in names]


@pytest.mark.parametrize("name", ["the Thames", "Thames's", "The Thames’s", " Thames ", "Thames"])
def test_names_are_trimmed(name: str) -> None:
    text = f"On {name} "
    assert _named(text, trimmed(text, [(3, 3 + len(name), "place")])) == [("Thames", "place")]


def test_what_has_no_letter_is_no_name() -> None:
    assert trimmed("On 1999", [(3, 7, "misc")]) == []


def test_a_title_gives_its_type_wherever_it_stands() -> None:
    text = "Shares of Bank of Kent fell."
    marked = _names(text, ("Kent", "place"))
    assert _named(text, Overrides(_SUBJECTS).apply(None, text, marked)) == [("Bank of Kent", "organisation")]


def test_a_title_of_two_pages_says_nothing() -> None:
    text = "She saw Red River twice."
    marked = _names(text, ("Red River", "misc"))
    assert Overrides(_SUBJECTS).apply(None, text, marked) == marked


def test_a_page_knows_its_own_person_by_surname() -> None:
    text = "Smith sang in Smith Hall."
    marked = _names(text, ("Smith", "place"), ("Smith Hall", "place"))
    own = Overrides(_SUBJECTS).apply("1", text, marked)
    assert _named(text, own) == [("Smith", "person"), ("Smith Hall", "place")]
    assert Overrides(_SUBJECTS).apply(None, text, marked) == marked


def test_demonyms_are_misc_and_weekdays_nothing() -> None:
    text = "On Monday French and German voters met Brown."
    names = _names(text, ("Monday", "misc"), ("German", "place"), ("Brown", "person"))
    assert _named(text, conventional(text, names, load_gazetteer())) == [
        ("French", "misc"),
        ("German", "misc"),
        ("Brown", "person"),
    ]


_texts = st.text("aA bB\n.'-’\r", max_size=40)


@st.composite
def _annotated(draw: st.DrawFn) -> Annotated:
    text = draw(_texts)
    place = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(place, place, st.sampled_from(MENTION_TYPES)), max_size=5))
    return Annotated("set", "", text, tuple(spans))


@given(_annotated())
def test_readable_names_stand_apart_on_one_line(document: Annotated) -> None:
    clean = readable(document)
    assert len(clean.text) == len(document.text)
    end = 0
    for start, behind, _ in clean.names:
        assert end <= start < behind <= len(clean.text)
        assert "\n" not in clean.text[start:behind]
        end = behind


@given(_annotated())
def test_every_window_holds_whole_pieces_and_all_of_them_come(document: Annotated) -> None:
    places = pieces(document.text)
    assert len(labels(places, document.names)) == len(places)
    found = list(
        windows(7, document.text * 9, pieces(document.text * 9), lambda piece: [1] * min(len(piece), 6))
    )
    assert sum(len(window.positions) for window in found) == len(pieces(document.text * 9))
    for before, window in pairwise(found):
        assert window.first == before.first + len(before.positions)
    assert all(len(window.words) == len(window.cases) <= 120 for window in found)


def test_pieces_get_the_labels_of_the_network() -> None:
    text = "Ann Smith of Kent"
    assert labels(pieces(text), [(0, 9, "person"), (13, 17, "place")]) == [1, 2, 0, 5]


def test_gold_without_misc_gets_the_teachers() -> None:
    sentence = Annotated("gum", "", "Ann read Emma in French", ((0, 3, "person"),), complete=False)
    marked: list[Name] = [(0, 3, "misc"), (9, 13, "person"), (17, 23, "misc")]
    settled = with_misc(sentence, marked)
    assert settled.names == ((0, 3, "person"), (17, 23, "misc"))
    assert settled.complete


def test_lines_are_joined_with_their_names() -> None:
    lines = [
        Annotated("voa", "1", "Ann left", ((0, 3, "person"),)),
        Annotated("voa", "2", "In Rome", ((3, 7, "place"),)),
    ]
    document = joined(lines)
    assert _named(document.text, list(document.names)) == [("Ann", "person"), ("Rome", "place")]


def test_lines_are_taken_apart_with_their_names() -> None:
    document = Annotated("own", "1", "Ann left\n\nIn Rome", ((0, 3, "person"), (13, 17, "place")))
    lines = list(lines_of(document))
    assert [line.text for line in lines] == ["Ann left", "In Rome"]
    assert [_named(line.text, list(line.names)) for line in lines] == [
        [("Ann", "person")],
        [("Rome", "place")],
    ]


def test_a_name_has_the_type_that_it_mostly_has() -> None:
    kinds: list[MentionType] = ["place", "place", "place", "person"]
    paragraphs = [Annotated("voa", "", "Kent", ((0, 4, kind),)) for kind in kinds]
    assert settled_types(paragraphs) == {"Kent": "place"}
    assert settled_types(paragraphs[1:]) == {}


def test_what_is_written_is_read_by_the_programs_own_training(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    document = Annotated("voa", "1", "Ann left\nIn Rome", ((0, 3, "person"), (12, 16, "place")))
    write_annotated(path, [document])
    assert list(read_annotated(path)) == [document]
    assert json.loads(path.read_text(encoding="utf-8"))["mentions"][0] == {
        "start": 0,
        "end": 3,
        "type": "person",
    }
    complaints: list[str] = []
    (sentences,) = read_annotations([path], complaints.append)
    assert [label for sentence in sentences for label in sentence.labels] == ["B-person", "O", "O", "B-place"]
    assert not complaints
