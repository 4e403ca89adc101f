"""Which mentions of one article are one name."""

from __future__ import annotations

import time

import pytest

from tui.article import Article
from tui.entities import recognise_article
from tui.entities.model import load_rules
from tui.entities.names import fold_name


def keys(*paragraphs: str, title: str = "") -> dict[str, str]:
    """Text → key."""
    mentions = recognise_article(Article(title, paragraphs), load_rules())
    return {mention.text: mention.key for mention in mentions}


def test_a_surname_has_the_key_of_its_full_name() -> None:
    """`Mr Putin`, `Putins` and `Vladimir Putin` are one, in whichever order they come."""
    found = keys("Mr Putin left.", "Vladimir Putin spoke. It was Putins idea.")
    assert found == dict.fromkeys(("Putin", "Vladimir Putin", "Putins"), "vladimir putin")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr Putins adviser came.", "President Vladimir Putin said nothing."),
        ("Mr Zelenskys adviser came.", "President Volodymyr Zelensky said nothing."),
        ("Mrs von der Leyens adviser came.", "President Ursula von der Leyen said nothing."),
    ],
)
def test_a_surname_with_a_lost_apostrophe_has_the_key_of_its_full_name(one: str, other: str) -> None:
    """Nobody needs to say the surname without its s."""
    assert len(set(keys(one, other).values())) == len(set(keys(other, one).values())) == 1


def test_a_surname_in_s_is_no_possessive_of_another_persons() -> None:
    """Beside Robin Williams, Williams is his name, whoever else is called William."""
    found = keys(
        "Robin Williams met Prince William. Mr Williams laughed. Robin William and Bob Williams left."
    )
    assert found["Williams"] != found["William"]
    found = keys("Julia Roberts met John Robert. Ms Roberts laughed.")
    assert (found["Roberts"], found["John Robert"]) == ("julia roberts", "john robert")


@pytest.mark.parametrize("full", ["UN", "United Nations"])
def test_an_acronym_of_two_letters_may_have_lost_its_apostrophe(full: str) -> None:
    found = keys(f"The UNs envoy left. The {full} said so.")
    assert found == dict.fromkeys(("UNs", full), "united nations")


def test_the_title_counts_too() -> None:
    """Paragraph -1 resolves with the rest."""
    mentions = recognise_article(Article("Peskov denies plan", ("Dmitry Peskov said no.",)), load_rules())
    assert [(mention.paragraph, mention.key) for mention in mentions] == [
        (-1, "dmitry peskov"),
        (0, "dmitry peskov"),
    ]


def test_two_people_with_one_surname_stay_apart() -> None:
    """When in doubt apart: `Mr Clinton` is neither of them."""
    found = keys("Bill Clinton met Hillary Clinton. Mr Clinton smiled.")
    assert found == {
        "Bill Clinton": "bill clinton",
        "Hillary Clinton": "hillary clinton",
        "Clinton": "clinton",
    }


def test_a_middle_initial_does_not_make_another_person() -> None:
    """`Joe R. Biden` is `Joe Biden`."""
    found = keys("Joe R. Biden spoke. Then Joe Biden left. Mr Biden waved.")
    assert set(found.values()) == {"joe biden"}


def test_initials_are_the_same_with_dots_and_spaces_or_without() -> None:
    found = keys("J. K. Rowling met J.K. Rowling and JK Rowling. Ms Rowling left.")
    assert len(found) == 4 and set(found.values()) == {"j k rowling"}
    assert set(keys("JK Rowling spoke.").values()) == {"jk rowling"}


def test_acronyms_take_the_key_of_what_they_stand_for() -> None:
    """Where the article spells it out."""
    found = keys("The Global Harbour Institute (GHI) met in Basel. The GHI agreed.")
    assert found["GHI"] == found["Global Harbour Institute"] == "global harbour institute"


def test_thousands_of_people_with_one_surname_take_no_longer_for_it() -> None:
    """They stay apart, in time proportional to their number."""
    people = " ".join(f"Anna Aa{number} Smith left." for number in range(6_000))
    begin = time.process_time()
    found = keys(people, "Ms Smith stayed.")
    assert time.process_time() - begin < 10
    assert found["Smith"] == "smith"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US", "United States"),
        ("Nato", "NATO"),
        ("Natos", "Nato"),
        ("Ukraines", "Ukraine"),
        ("UK", "Britain"),
        ("Kiev", "Kyiv"),
    ],
)
def test_names_of_one_thing_share_a_key_in_all_articles(one: str, other: str) -> None:
    """The list of aliases and lost apostrophes don't need the article to say so."""
    assert keys(f"They met in {one} today.")[one] == keys(f"They met in {other} today.")[other]


def test_a_name_that_ends_in_s_keeps_it() -> None:
    """`Wales` is not the possessive of `Wale`, nor `Naples` of `Naple`."""
    assert keys("It rained in Wales, in Naples and in the Netherlands.") == {
        "Wales": "wales",
        "Naples": "naples",
        "Netherlands": "netherlands",
    }


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Petro Poroshenko", "petro poroshenko"),
        ("François  Hollande", "francois hollande"),
        ("U.S.", "us"),
        ("O’Brien", "obrien"),
        ("the Hague", "hague"),
        ("Jean-Claude Juncker", "jean claude juncker"),
        ("the the", "the"),
    ],
)
def test_folding(name: str, folded: str) -> None:
    """Case, accents, dots, apostrophes and hyphens don't tell names apart; folding twice changes nothing."""
    assert fold_name(name) == folded
    assert fold_name(folded) == folded


@pytest.mark.parametrize(
    ("text", "acronym", "key"),
    [
        ("The Public Broadcasting Service (PBS) agreed.", "PBS", "public broadcasting service"),
        ("The PBS (Public Broadcasting Service) agreed.", "PBS", "public broadcasting service"),
        ("Crown Prince Mohammed bin Salman (MBS) left.", "MBS", "mohammed bin salman"),
    ],
)
def test_brackets_say_what_an_acronym_stands_for(text: str, acronym: str, key: str) -> None:
    """Either way round, and of a person too."""
    assert keys(text, f"Then {acronym} left.")[acronym] == key


def test_brackets_around_something_else_say_nothing() -> None:
    """A party behind a member's name, a country behind a town's."""
    found = keys("Ann Smith (NDP) met Bob Jones in Geneva (EU). The NDP left.")
    assert found["NDP"] == "ndp"


def test_names_in_two_ways_are_one_and_in_three_are_not() -> None:
    """Middle names, where one article has both ways to write the name."""
    found = keys("Hillary Rodham Clinton spoke. Hillary Clinton left. Mrs Clinton waved.")
    assert set(found.values()) == {"hillary rodham clinton"}
    found = keys("George W. Bush met his father George H. W. Bush. George Bush laughed.")
    assert len(set(found.values())) == 3


def test_a_son_and_a_crown_prince_are_others() -> None:
    """Donald Trump Jr. is not his father, nor King Salman bin Salman."""
    found = keys("Donald Trump met Donald Trump Jr. yesterday. Mr Trump smiled.")
    assert (found["Donald Trump Jr."], found["Trump"]) == ("donald trump jr", "donald trump")
    found = keys("Mohammed bin Salman met King Salman. Then Mr Salman left.")
    assert found["Salman"] == "salman"
