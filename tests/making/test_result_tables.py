"""Made-up results: names stand exactly where they are said to stand, and are the same each time."""

from __future__ import annotations

from tests.making.result_tables import document, result_tables
from tests.making.subjects import Subject

_SUBJECTS = [
    *(Subject(str(number), f"Ann Smith{letter}", "person", "") for number, letter in enumerate("abcdef")),
    Subject("7", "Kent Rovers", "organisation", "Kent Rovers is a football club"),
    Subject("8", "Kent Steel", "organisation", "Kent Steel is a company"),
]


def test_parts_with_a_type_are_names() -> None:
    made = document(
        [("1. ", ("Ann Smith", "person"), " (", ("Kent", "place"), ")"), (("Rovers", "organisation"), " 2")]
    )
    assert made.text == "1. Ann Smith (Kent)\nRovers 2"
    assert [(made.text[start:end], kind) for start, end, kind in made.names] == [
        ("Ann Smith", "person"),
        ("Kent", "place"),
        ("Rovers", "organisation"),
    ]


def test_every_name_stands_by_itself_in_its_line() -> None:
    for made in result_tables(_SUBJECTS, 200):
        end = 0
        for start, behind, _ in made.names:
            name = made.text[start:behind]
            assert end <= start
            assert name == name.strip() != ""
            assert "\n" not in name
            assert not made.text[start - 1 : start].isalnum()
            assert not made.text[behind : behind + 1].isalnum()
            end = behind


def test_they_are_the_same_each_time() -> None:
    assert list(result_tables(_SUBJECTS, 20)) == list(result_tables(_SUBJECTS, 20))
