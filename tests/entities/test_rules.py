"""What the recogniser finds in single sentences and short articles."""

from __future__ import annotations

import pytest

from tui.entities.model import load_rules


def names(text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.type) for mention in load_rules().recognise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks with Mr Putin began.", [("Putin", "person")]),
        (
            "Kremlin spokesman Dmitry Peskov said so.",
            [("Kremlin", "organisation"), ("Dmitry Peskov", "person")],
        ),
        (
            "Russian Foreign Minister Sergei Lavrov flew home.",
            [("Russian", "misc"), ("Sergei Lavrov", "person")],
        ),
        ("US President Joe Biden left.", [("US", "place"), ("Joe Biden", "person")]),
        ("It was like the Cuban Missile Crisis.", [("Cuban Missile Crisis", "misc")]),
        ("Troops stood in Donbas.", [("Donbas", "place")]),
        ("They met at the University of Exeter.", [("University of Exeter", "organisation")]),
        ("She works for the Ministry of Foreign Affairs.", [("Ministry of Foreign Affairs", "organisation")]),
        (
            "The Department of Health and Human Services agreed.",
            [("Department of Health and Human Services", "organisation")],
        ),
        ("A bus fell into the river near Oberwinkel.", [("Oberwinkel", "place")]),
        ("Chelsea Clinton spoke.", [("Chelsea Clinton", "person")]),
        ("Russia-backed fighters left.", [("Russia", "place")]),
        ("Pro-Russian and anti-Nato slogans were heard.", [("Russian", "misc"), ("Nato", "organisation")]),
        ("He spoke to Ursula von der Leyen.", [("Ursula von der Leyen", "person")]),
        ("Secretary of State Antony Blinken agreed.", [("Antony Blinken", "person")]),
        ("The word was used by Jo Vint, 45, a baker.", [("Jo Vint", "person")]),
        ("She owns a Dalton, Ms Grebe said.", [("Dalton", "misc"), ("Grebe", "person")]),
        ("The French Government fell.", [("French", "misc")]),
    ],
)
def test_names_in_a_sentence(text: str, expected: list[tuple[str, str]]) -> None:
    """Titles, roles, endings and prepositions decide what is a name and of which type."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing here has a capital",
        "Speaking on Monday, however, the minister said no.",
        "On Tuesday in March it rained.",
        "THE CEO WAS ON TV",
        "Президент Путин встретился с Байденом в Женеве.",
        "محادثات في جنيف بين روسيا والولايات المتحدة",
        "俄罗斯总统普京在莫斯科会见了美国特使。",
        "Ο Κυριάκος Μητσοτάκης μίλησε στην Αθήνα.",
    ],
)
def test_text_without_names_is_left_plain(text: str) -> None:
    """Ordinary capitals and other scripts give no mention."""
    assert names(text) == []


def test_latin_names_between_other_scripts_are_not_invented() -> None:
    """German is full of capitals: only what lists, titles and endings know is marked."""
    text = (
        "Die Gespräche mit der Regierung werden auf der Tagung in Berlin fortgesetzt. Das ist für die Sicherheit "
        "von Europa nicht ohne Bedeutung, und ein Treffen hat sich im Sommer ergeben. Wir sind den Weg zu dem Ziel."
    )
    assert {name for name, _ in names(text)} <= {"Berlin", "Europa"}


def test_an_ending_that_marks_possession_is_no_part_of_the_name() -> None:
    """`'s` and `’s` stay outside; a lost apostrophe leaves one token, which is marked whole."""
    found = names("Ukraine's army met Russia’s envoys over Natos plans and Ukraines border.")
    assert found == [
        ("Ukraine", "place"),
        ("Russia", "place"),
        ("Natos", "organisation"),
        ("Ukraines", "place"),
    ]


def test_a_surname_takes_the_type_of_its_full_name() -> None:
    """`Washington` is a person where the article says who."""
    found = names("Denzel Washington won. In the evening Washington thanked his wife.")
    assert found == [("Denzel Washington", "person"), ("Washington", "person")]


def test_a_first_word_of_a_sentence_counts_where_the_article_confirms_it() -> None:
    """`Grebe` is a name because it has its capital in the middle of a sentence too; `Bakers` isn't."""
    found = names("Bakers met in Paris. Grebe left early. A friend of Grebe stayed; the bakers sang.")
    assert [name for name, _ in found] == ["Paris", "Grebe", "Grebe"]


def test_a_headline_with_capitals_marks_only_what_is_known_elsewhere() -> None:
    """In `Dragan Vell Wins Big Prize at Home` the capitals say nothing; the article does."""
    headline = "Vell Wins Top Prize as Rivals Hope for Record"
    assert [name for name, _ in names(f"{headline}\nThe painter Dragan Vell won in Basel.")] == [
        "Vell",
        "Dragan Vell",
        "Basel",
    ]


def test_a_line_of_capitals_is_matched_without_regard_to_case() -> None:
    """A shouted title shows the names that the article writes calmly."""
    found = names("DRAGAN VELL WINS TOP PRIZE\nThe painter Dragan Vell won in Basel.")
    assert found[0] == ("DRAGAN VELL", "person")


def test_no_name_crosses_a_line_end() -> None:
    """Paragraphs are apart."""
    assert names("He met Joe\nBiden was there, said Mr Biden.")[-1] == ("Biden", "person")
    assert all("\n" not in name for name, _ in names("New\nYork City\nCouncil"))


def test_names_in_a_list_share_their_type() -> None:
    """`Huwaijah` is a place because it stands between places."""
    assert ("Huwaijah", "place") in names("Bombs fell on Mosul, Huwaijah and Baghdad.")


def test_the_same_text_gives_the_same_names() -> None:
    """Nothing is remembered from one text to the next."""
    text = "Mr Vell met Nato in Basel. Vell smiled."
    first = names(text)
    names("Mr Basel lives in Vell.")
    assert names(text) == first
