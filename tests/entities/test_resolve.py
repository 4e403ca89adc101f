"""What a corpus decides, from counts alone."""

from __future__ import annotations

import random

from tui.entities.resolve import decide, entity_id


def test_the_name_is_the_surface_that_spells_the_key_out() -> None:
    """Not the commonest, not the shouted one."""
    decision = decide(
        "vladimir putin",
        {"Putin": 50, "VLADIMIR PUTIN": 9, "Vladimir Putin": 8, "Putins": 3},
        {"person": 60, "misc": 10},
    )
    assert decision.name == "Vladimir Putin"
    assert decision.type == "person"
    assert decision.aliases == ("Putin", "VLADIMIR PUTIN", "Putins")


def test_an_acronym_may_be_a_name() -> None:
    """Capitals of a few letters are no shouting."""
    assert decide("nato", {"Nato": 3, "NATO": 5}, {"organisation": 8}).name == "NATO"


def test_a_key_that_nothing_spells_out_takes_the_commonest_surface() -> None:
    """An alias of the lists, for instance."""
    assert decide("united states", {"US": 5, "America": 2}, {"place": 7}).name == "US"


def test_ties_of_type_are_broken_by_a_fixed_order() -> None:
    """Person before organisation before place before misc."""
    assert decide("x", {"X": 2}, {"place": 1, "organisation": 1}).type == "organisation"
    assert decide("x", {"X": 2}, {}).type == "person"


def test_the_order_of_counts_plays_no_part() -> None:
    """The same decision whatever the order of ingest."""
    surfaces = {"Ann Lee": 2, "Lee": 2, "ann lee": 2, "Anne": 1, "ANN LEE": 2}
    wanted = decide("ann lee", surfaces, {"person": 1, "place": 1})
    shuffler = random.Random(1)
    for _ in range(20):
        items = list(surfaces.items())
        shuffler.shuffle(items)
        assert decide("ann lee", dict(items), {"place": 1, "person": 1}) == wanted


def test_ids_are_16_hex_digits_of_the_key() -> None:
    """The same in every corpus; any text has one."""
    assert entity_id("vladimir putin") == "e403d88e9507937f"
    assert entity_id("\ud800") != entity_id("")
    assert all(len(entity_id(key)) == 16 for key in ("", "a", "\ud800"))
