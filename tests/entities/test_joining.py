"""Which keys of a corpus are one entity: decided from counts, and apart where they leave doubt."""

from __future__ import annotations

import pytest

from tui.article import MentionType
from tui.entities.joining import Known, leader_of, same_in
from tui.entities.variants import blocks_of

Uses = dict[str, dict[str, int]]


def person(name: str, articles: int = 1) -> Known:
    return known(name, articles, "person")


def organisation(name: str, articles: int = 1) -> Known:
    return known(name, articles, "organisation")


def known(name: str, articles: int = 1, type: MentionType = "misc") -> Known:
    from tui.entities.names import fold_name

    return Known(fold_name(name), name, type, articles, 2 * articles)


def joined(*members: Known, uses: Uses | None = None, together: int = 0) -> set[frozenset[str]]:
    """The keys that hang together, as sets of two and more; blocks are found as a corpus finds them."""
    blocks: dict[str, list[Known]] = {}
    for member in members:
        said = [(member.type, text.upper()) for text in (uses or {}).get(member.key, {})]
        own = blocks_of(member.key, [(member.type, member.name), *said])
        for block in own | {f"v {member.key}"} | {f"n {block[2:]}" for block in own if block[0] == "f"}:
            blocks.setdefault(block, []).append(member)
    groups = {member.key: {member.key} for member in members}
    for block, there in blocks.items():
        pairs = same_in(block, there, lambda key: (uses or {}).get(key, {}), lambda one, other: together)
        for one, other in pairs:
            groups[one] |= groups[other]
            for key in groups[one]:
                groups[key] = groups[one]
    return {frozenset(group) for group in groups.values() if len(group) > 1}


@pytest.mark.parametrize(
    "names",
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy"),
        ("Sergei Ryabkov", "Sergey Ryabkov"),
        ("Dmitry Peskov", "Dmitri Peskov"),
        ("Muammar Gaddafi", "Moammar Gadhafi"),
        ("Joe Biden", "Joe R. Biden"),
        ("Hillary Clinton", "Hillary Rodham Clinton"),
        ("Georg Hegel", "Georg Wilhelm Friedrich Hegel", "G. W. F. Hegel"),
        ("J. K. Rowling", "JK Rowling"),
        ("J. K. Rowling", "J.K. Rowling", "Joanne Rowling", "Joanne Kathleen Rowling"),
        ("George HW Bush", "George H. W. Bush"),
        ("Aleksandr Lukashenko", "Alexander Lukashenko"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("Vladimir Putin", "V. Putin"),
        ("Vladimir Putin", "President Vladimir Putin", "Mr Putin", "Putin"),
        ("Ursula von der Leyen", "Von der Leyen"),
    ],
)
def test_spellings_of_a_persons_name_are_one(names: tuple[str, ...]) -> None:
    assert len(joined(*map(person, names))) == 1
    (group,) = joined(*map(person, names))
    assert len(group) == len({known(name).key for name in names})


@pytest.mark.parametrize(
    "names",
    [
        ("Bill Clinton", "Hillary Clinton"),
        ("Donald Trump", "Donald Trump Jr."),
        ("George W. Bush", "George H. W. Bush"),
        ("JK Rowling", "J. R. Rowling"),
        ("LI Smith", "L. I. Smith"),
        ("AL GORE", "A. L. Gore"),
        ("John Hoover", "J. Edgar Hoover"),
        ("Catherine Jones", "Catherine Zeta-Jones"),
        ("Mohammed bin Salman", "Salman"),
        ("Terry Smith", "Terri Smith"),
        ("Al Gore", "Tipper Gore"),
        ("Bill Clinton", "Hillary Clinton", "Clinton"),
        ("George W. Bush", "George H. W. Bush", "George Bush"),
    ],
)
def test_two_people_with_one_surname_stay_apart(names: tuple[str, ...]) -> None:
    assert joined(*map(person, names)) == set()


def test_a_surname_alone_goes_to_who_is_meant_far_more_often() -> None:
    putin, wife, lone = person("Vladimir Putin", 30), person("Lyudmila Putin", 3), person("Putin", 9)
    assert joined(putin, wife, lone) == {frozenset({"vladimir putin", "putin"})}
    assert joined(putin, person("Lyudmila Putin", 4), lone) == set()
    assert len(joined(putin, *(person(f"{name} Putin") for name in ("Ann", "Bo", "Cy", "Eve")), lone)) == 1
    others = (person(f"{name} Putin", 3) for name in ("Ann", "Bo", "Cy", "Eve"))
    assert joined(putin, *others, lone) == set()


def test_a_surname_that_is_far_commoner_than_the_full_name_is_somebody_elses() -> None:
    assert joined(person("Constanze Mozart", 1), person("Mozart", 6)) == set()


def test_a_surname_stays_alone_where_articles_leave_it_so_beside_its_full_name() -> None:
    """Within an article it would have been taken for the full name, but for a second one."""
    assert joined(person("Ann Lee", 30), person("Lee", 9), together=2) == set()


def test_two_spellings_in_one_article_are_two_people() -> None:
    names = person("Dmitry Ivanov", 10), person("Dmitri Ivanov", 8)
    assert len(joined(*names)) == 1
    assert joined(*names, together=1) == set()


def test_a_first_name_is_nobody() -> None:
    uses = {"harry cameron": {"harry": 9}, "xi jinping": {"xi": 9}}
    assert joined(person("Harry Cameron", 3), person("Harry", 2), uses=uses) == set()
    assert len(joined(person("Xi Jinping", 3), person("Xi", 2), uses=uses)) == 1


def test_a_place_is_nobodys_surname() -> None:
    assert joined(person("George Washington", 9), known("Washington", 2, "place")) == set()


def test_a_common_name_needs_more_than_a_middle_name() -> None:
    others = [person(f"{first} Mason", 1) for first in ("Alan", "Perry", "Ruth", "Ida")]
    assert joined(person("John Mason", 1), person("John M. Mason", 1), *others) == set()
    assert len(joined(person("John Mason", 20), person("John M. Mason", 1), *others)) == 1


def test_an_acronym_stands_for_what_articles_say() -> None:
    one, other = organisation("Global Harbour Institute", 2), organisation("Great Hall Inn", 20)
    uses = {one.key: {"ghi": 4}}
    assert joined(one, other, organisation("GHI", 6), uses=uses) == {frozenset({one.key, "ghi"})}
    uses = {one.key: {"ghi": 4}, other.key: {"ghi": 1}}
    assert joined(one, other, organisation("GHI", 6), uses=uses) == set()


def test_an_acronym_stands_for_the_only_name_with_its_initials() -> None:
    one = organisation("Global Harbour Institute", 2)
    assert len(joined(one, organisation("GHI", 2))) == 1
    assert joined(one, organisation("GHI", 3)) == set()
    assert joined(one, organisation("GHI", 2), organisation("Great Hall Inn")) == set()
    assert joined(organisation("Palestinian Authority", 9), organisation("PA", 2)) == set()
    assert joined(one, person("Ghi", 2)) == set()


@pytest.mark.parametrize(
    ("names", "type"),
    [
        (("World Meteorological Organisation", "World Meteorological Organization"), "organisation"),
        (("Apple", "Apple Inc."), "organisation"),
        (("Atari Corp", "Atari Inc"), "organisation"),
        (("Nato", "North Atlantic Treaty Organisation"), "organisation"),
        (("Jammu & Kashmir", "Jammu and Kashmir"), "place"),
        (("Russian", "Russians"), "misc"),
    ],
)
def test_spellings_of_other_names_are_one(names: tuple[str, ...], type: MentionType) -> None:
    assert len(joined(*(known(name, 1, type) for name in names))) == 1


def test_what_is_spelt_alike_is_not_always_one() -> None:
    assert joined(known("Apple"), organisation("Apple Inc.")) == set()
    assert joined(known("Lao"), known("Laos", 1, "place")) == set()
    assert joined(known("Russian"), known("Russia", 1, "place")) == set()


def test_the_order_of_the_members_plays_no_part() -> None:
    names = ["Ann Lee", "Lee", "Anne Lee", "Ann B. Lee", "A. Lee", "Bo Lee"]
    wanted = joined(*map(person, names))
    for at in range(len(names)):
        assert joined(*map(person, names[at:] + names[:at])) == wanted
        assert joined(*map(person, reversed(names[at:] + names[:at]))) == wanted


def test_the_fuller_name_leads_and_of_equals_the_commoner() -> None:
    full, lone = person("Vladimir Putin", 2), person("Putin", 5)
    assert leader_of([lone, full], frozenset({"putin"})) == "vladimir putin"
    titled = person("President Vladimir Putin", 9)
    assert leader_of([titled, full], frozenset({full.key})) == "vladimir putin"
    assert leader_of([known("Russians", 2), known("Russian", 9)], frozenset()) == "russian"
    nato = organisation("Nato", 1), organisation("North Atlantic Treaty Organisation", 9)
    assert leader_of(nato, frozenset({"nato"})) == "nato"


def test_a_name_of_3000_characters_is_like_no_other() -> None:
    assert blocks_of("x" * 3_000, [("person", "X" * 3_000)]) == set()
    assert blocks_of("x y " * 700, [("organisation", "X")]) == set()
