"""Signatures of texts, and groups of reprints."""

from __future__ import annotations

import time
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stories.texts import report, reprint, text
from tui.stories.reprints import (
    FEWEST_SHINGLES,
    candidates,
    estimated,
    grouped,
    signatures,
    sketches,
    verified,
)

DAY = 738_000


def groups(texts: list[str], by_text: bool = True) -> list[int]:
    """The leader of each text's group, all of one day."""
    made = sketches(texts)
    ones, others = candidates(
        made.signatures, np.full(len(texts), DAY, np.int32), np.ones(len(texts), np.bool_)
    )
    check = verified(lambda wanted: [texts[which] for which in wanted.tolist()])
    return grouped(made.signatures, made.sizes, ones, others, check if by_text else None).tolist()


class TestSignatures:
    """What is kept of a text."""

    def test_shape(self) -> None:
        """256 bytes an article, whose 64 bands are the same bytes."""
        made = signatures([text(report(1)), text(report(2))])
        assert (made.shape, made.dtype, made.nbytes) == ((2, 128), np.uint16, 512)
        assert made.view(np.uint32).shape == (2, 64)

    def test_the_same_in_every_process_and_release(self) -> None:
        """They are kept: another row needs another `REPRINTS_VERSION`."""
        made = signatures(
            ["The quick brown fox jumps over the lazy dog while the cat looks on and says nothing."]
        )
        assert made[0, :8].tolist() == [40880, 57698, 47784, 56613, 52468, 47848, 4397, 60289]

    @pytest.mark.parametrize("few", ["", "\n\n", "—", "Word", "Two words", " ".join("abcdefghijk")])
    def test_too_little_text_has_none(self, few: str) -> None:
        """A row of zeros."""
        made = sketches([few, text(report(1))])
        assert made.sizes[0] < FEWEST_SHINGLES
        assert not made.signatures[0].any()
        assert made.signatures[1].any()

    def test_one_word_over_and_over(self) -> None:
        """Is one shingle."""
        made = sketches(["no " * 5_000])
        assert made.sizes.tolist() == [1]
        assert not made.signatures.any()

    def test_no_texts(self) -> None:
        """Nothing comes of nothing."""
        assert signatures([]).shape == (0, 128)

    def test_shuffled_paragraphs(self) -> None:
        """Leave it as it is."""
        one, other = signatures([text(report(1)), text(reprint(1, 1))])
        assert one.tolist() == other.tolist()

    def test_text_in_chinese(self) -> None:
        """Scripts without spaces have signatures, too, that tell texts apart."""
        first = "北约秘书长周四表示，联盟不会就乌克兰加入的权利作出妥协，并呼吁俄罗斯从边境撤军。"
        second = "日本央行周五决定维持利率不变，行长表示通货膨胀仍低于目标，经济复苏步伐缓慢。"
        made = signatures([first, first + "他还说，对话的大门仍然敞开。", second])
        assert estimated(made, np.array([0]), np.array([1]))[0] > 0.5
        assert estimated(made, np.array([0]), np.array([2]))[0] < 0.1

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.text(max_size=200), max_size=4), st.integers(0, 5))
    def test_they_depend_on_their_own_text_only(self, texts: list[str], place: int) -> None:
        """Whatever else is in the batch."""
        place = min(place, len(texts))
        batch = [*texts[:place], text(report(3)), *texts[place:]]
        assert signatures(batch)[place].tolist() == signatures([text(report(3))])[0].tolist()


class TestGroups:
    """Who is whose reprint."""

    @pytest.mark.parametrize("by_text", [True, False])
    def test_reports_and_their_reprints(self, by_text: bool) -> None:
        """Forty reports with none to four reprints each."""
        texts: list[str] = []
        of: list[int] = []
        for number in range(40):
            for copy in range(number % 5 + 1):
                paragraphs = (
                    reprint(number, copy, cut=0.1 * copy, changed=0.02 * copy) if copy else report(number)
                )
                texts.append(text(paragraphs))
                of.append(number)
        found = groups(texts, by_text)
        agreed = sum(
            (found[one] == found[other]) == (of[one] == of[other])
            for one in range(120)
            for other in range(one)
        )
        assert agreed >= 120 * 119 / 2 - 6
        assert all(of[one] == of[leader] for one, leader in enumerate(found))

    def test_the_fullest_leads(self) -> None:
        """Whatever its number."""
        texts = [text(reprint(1, 1, cut=0.5)), text(reprint(1, 2, cut=0.3)), text(report(1)), text(report(2))]
        assert groups(texts) == [2, 2, 2, 3]

    def test_a_chain_is_no_group(self) -> None:
        """Each has half of the next; those further apart have nothing in common."""
        parts = [report(number)[:6] for number in range(8)]
        texts = [text(parts[at] + parts[at + 1]) for at in range(7)]
        found = groups(texts)
        for one in range(7):
            for other in range(one):
                assert found[one] != found[other] or one - other <= 2
        assert max(found.count(leader) for leader in found) <= 3

    def test_a_digest_takes_nobody(self) -> None:
        """It has all of three reports; each keeps its own reprint."""
        parts = [report(number)[:7] for number in range(3)]
        texts = [text([paragraph for part in parts for paragraph in part])]
        texts += [text(part) for part in parts] + [text(part[::-1]) for part in parts]
        assert groups(texts) == [0, 1, 2, 3, 1, 2, 3]
        texts += [text(parts[0])] * 9
        assert groups(texts) == [0, 1, 2, 3, 1, 2, 3, *[1] * 9]

    def test_left_alone_and_like_most(self) -> None:
        """Cut in another way than what the group is around, but much like the others in it."""
        parts = report(6)
        kept = ("80219", "25309", "546271", "59328", "6379850", "957423")
        texts = [text([parts[int(at)] for at in some]) for some in kept]
        assert groups(texts) == [4] * 6

    def test_no_pairs(self) -> None:
        """Everybody leads."""
        none = np.zeros(0, np.int64)
        made = sketches([text(report(1)), ""])
        assert grouped(made.signatures, made.sizes, none, none).tolist() == [0, 1]
        assert grouped(made.signatures[:0], made.sizes[:0], none, none).tolist() == []

    @settings(max_examples=10, deadline=None)
    @given(st.integers(0, 999))
    def test_order_does_not_matter(self, seed: int) -> None:
        """The same groups whatever the numbers of the articles."""
        random = Random(seed)
        texts = [
            text(reprint(number, copy, cut=random.uniform(0, 0.5), changed=random.uniform(0, 0.08)))
            for number in range(6)
            for copy in range(random.randrange(1, 5))
        ]
        order = random.sample(range(len(texts)), len(texts))
        found, shuffled = groups(texts), groups([texts[number] for number in order])
        assert {frozenset(at for at, one in enumerate(found) if one == leader) for leader in found} == {
            frozenset(order[at] for at, one in enumerate(shuffled) if one == leader) for leader in shuffled
        }

    def test_ten_thousand_copies(self) -> None:
        """One group, in about the time that as many different texts take."""
        copy = sketches([text(report(1)), text(reprint(1, 1, cut=0.2))])
        which = np.arange(10_000) % 2
        made, sizes = copy.signatures[which], copy.sizes[which]
        days = DAY + np.arange(10_000, dtype=np.int32) % 10
        asked = 0

        def verify(_: int, others: np.ndarray) -> np.ndarray:
            nonlocal asked
            asked += len(others)
            return np.ones(len(others), np.bool_)

        started = time.process_time()
        ones, others = candidates(made, days, np.ones(10_000, np.bool_))
        leaders = grouped(made, sizes, ones, others, verify)
        assert time.process_time() - started < 20
        assert set(leaders.tolist()) == {0}
        assert asked <= 10_000
