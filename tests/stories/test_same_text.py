"""Whether one text is mostly another."""

from __future__ import annotations

import numpy as np
import pytest

from tests.stories.texts import report, reprint, text
from tui.stories.same_text import likeness, verified

BOND = """\
{0} is issuing a {1} mln dlr eurobond with equity warrants due April {2}, 1992, with an indicated coupon of {3} pct \
and priced at par, lead manager {4} International said.
The non-callable bonds are guaranteed by {5} Bank and will be listed in Luxembourg.
Pricing will take place on April {6}. The exercise period is between May {7}, 1987 and April {8}, 1992."""
MORNING = BOND.format("Canon Sales", 100, 12, 2.375, "Yamaichi", "Fuji", 1, 18, 15)
ANOTHER = BOND.format("Hokuriku Electric", 35, 23, 3.5, "Daiwa", "Sanwa", 6, 4, 9)


class TestLikeness:
    """What two texts have in common."""

    def test_the_same(self) -> None:
        """All of it."""
        found = likeness(text(report(1)), text(report(1)))
        assert (found.jaccard, found.containment, found.is_reprint) == (1.0, 1.0, True)

    @pytest.mark.parametrize("seed", range(5))
    def test_cut_in_half(self, seed: int) -> None:
        """The longer one has all of the shorter."""
        found = likeness(text(report(seed)), text(reprint(seed, 0, cut=0.5)))
        assert found.containment == 1.0
        assert found.is_reprint

    @pytest.mark.parametrize("seed", range(20))
    def test_cut_and_reworded_as_far_as_it_goes(self, seed: int) -> None:
        """Half of the paragraphs and a word in twelve."""
        assert likeness(text(report(seed)), text(reprint(seed, 1, cut=0.5, changed=0.08))).is_reprint

    def test_another_report(self) -> None:
        """Next to nothing."""
        found = likeness(text(report(1)), text(report(2)))
        assert found.jaccard < 0.05
        assert not found.is_reprint

    @pytest.mark.parametrize("texts", [("", ""), ("", "Something was said."), ("—", "…")])
    def test_nothing_is_like_nothing(self, texts: tuple[str, str]) -> None:
        """Empty texts are nobody's reprint."""
        found = likeness(*texts)
        assert (found.jaccard, found.containment, found.is_reprint) == (0.0, 0.0, False)

    def test_it_has_no_sides(self) -> None:
        """The same whichever comes first."""
        one, other = text(report(3)), text(reprint(3, 2, cut=0.3, changed=0.05))
        there, back = likeness(one, other), likeness(other, one)
        assert (there.jaccard, there.containment, there.is_reprint) == (
            back.jaccard, back.containment, back.is_reprint,
        )  # fmt: skip


class TestTheSameForm:
    """Reports that only differ in what fills them."""

    def test_other_names_and_figures_make_another_report(self) -> None:
        """Most shingles are the same, and yet."""
        found = likeness(MORNING, ANOTHER)
        assert found.is_of_one_form
        assert not found.is_reprint

    def test_the_same_report_with_a_figure_put_right(self) -> None:
        """A correction is a version."""
        assert likeness(MORNING, MORNING.replace("100 mln", "120 mln")).is_reprint

    def test_shouted(self) -> None:
        """Case says nothing of names."""
        assert likeness(MORNING, MORNING.upper()).is_reprint


def test_a_digest_is_no_version_of_its_parts() -> None:
    """It has all of each."""
    digest = [paragraph for number in range(8) for paragraph in report(number)[:6]]
    found = likeness(text(digest), text(report(0)[:6]))
    assert found.containment == 1.0
    assert not found.is_reprint


def test_verified_by_texts() -> None:
    """The texts are asked for by number, all at once."""
    texts = {7: text(report(1)), 9: text(reprint(1, 1, cut=0.4)), 12: text(report(2)), 3: ""}
    asked: list[list[int]] = []

    def load(numbers: np.ndarray) -> list[str]:
        asked.append(numbers.tolist())
        return [texts[number] for number in numbers.tolist()]

    assert verified(load)(7, np.array([9, 12, 3])).tolist() == [True, False, False]
    assert asked == [[7, 9, 12, 3]]
