"""Paragraphs that a site repeats, and text that it does not."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.stories.boilerplate import boilerplate_in, boilerplate_of, boilerplate_of_group, paragraph_keys

FIRST = datetime.date(2021, 12, 1).toordinal()
SIGN_UP = "Sign up to our newsletter and never miss a story."


class Source:
    """Articles gathered as the arrays that are asked about."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.articles: list[int] = []
        self.days: list[int] = []
        self.sources: list[int] = []
        self.groups: list[int] = []

    def add(self, paragraphs: list[str], day: int | None, source: int = 0, group: int | None = None) -> None:
        """Add an article of some day, counted from the first; None without a date."""
        number = self.articles[-1] + 1 if self.articles else 0
        for key in paragraph_keys(paragraphs).tolist():
            self.keys.append(key)
            self.articles.append(number)
            self.days.append(0 if day is None else FIRST + day)
            self.sources.append(source)
            self.groups.append(1_000 + number if group is None else group)

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Keys, articles, days."""
        return np.array(self.keys, np.uint32), np.array(self.articles), np.array(self.days, np.int32)

    def boilerplate(self, grouped: bool = False) -> list[int]:
        """What one source repeats."""
        return boilerplate_of(*self.arrays(), np.array(self.groups) if grouped else None).tolist()

    def of_group(self) -> list[int]:
        """What a publishing group repeats."""
        return boilerplate_of_group(*self.arrays(), np.array(self.sources)).tolist()


def own(number: int, count: int = 6) -> list[str]:
    """Paragraphs that stand nowhere else."""
    return [
        f"Report {chr(97 + number % 26) * (number // 26 + 1)} says {word}." for word in "abcdefghij"[:count]
    ]


def key(paragraph: str) -> int:
    """The key of one paragraph."""
    return int(paragraph_keys([paragraph])[0])


class TestKeys:
    """What counts as the same paragraph."""

    @pytest.mark.parametrize(
        "other",
        [
            "updated 9:05, 3 march 2021 – 4 min read",
            "Updated 12:30, 14 March 2022 — 11 min read",
            "  Updated\t12:30,  14 Márch 2022 - 1,204 min read.",
        ],
    )
    def test_numbers_case_accents_marks_and_space_do_not_count(self, other: str) -> None:
        """The same line on two days is one."""
        assert key("Updated 10:15, 1 March 2021 - 12 min read") == key(other)

    def test_apostrophes_do_not_count(self) -> None:
        """Sites lose them."""
        assert key("Don’t miss today's news") == key("Dont miss todays news")

    def test_words_count(self) -> None:
        """Another word makes another paragraph."""
        assert key("Sign up for our newsletter") != key("Sign up for our podcast")

    @pytest.mark.parametrize("text", ["", " ", "—", "* * *", "…", "\u00a0"])
    def test_no_words_no_key(self, text: str) -> None:
        """0 stands for nothing that could repeat."""
        assert key(text) == 0

    def test_other_scripts_have_keys(self) -> None:
        """Not only Latin letters are words."""
        keys = paragraph_keys(["广告", "続きを読む", "Читайте также", "اقرأ أيضا"])
        assert len(set(keys.tolist())) == 4
        assert 0 not in keys.tolist()


class TestOneSource:
    """What one source repeats."""

    def test_three_articles_of_three_days(self) -> None:
        """The least that is boilerplate."""
        source = Source()
        for number in range(3):
            source.add([*own(number), SIGN_UP], number)
        assert source.boilerplate() == [key(SIGN_UP)]

    def test_two_days_are_too_few(self) -> None:
        """A report printed four times within two days is not."""
        source = Source()
        for number in range(4):
            source.add([*own(number), SIGN_UP], number % 2)
        assert source.boilerplate() == []

    def test_twice_on_a_page_is_one_article(self) -> None:
        """Articles are counted, not paragraphs."""
        source = Source()
        for number in range(2):
            source.add([*own(number), SIGN_UP, SIGN_UP, SIGN_UP], number)
        source.add(own(2), 2)
        assert source.boilerplate() == []

    def test_numbers_that_change(self) -> None:
        """Digits are folded."""
        source = Source()
        for number in range(5):
            source.add([*own(number), f"{number + 2} min read, {number * 700:,} comments"], number)
        assert source.boilerplate() == [key("1 min read, 5 comments")]

    def test_versions_of_one_report_are_text(self) -> None:
        """A report that is printed again on three days, a paragraph longer each time."""
        source = Source()
        for version in range(3):
            source.add([*own(0, 8), *own(1 + version, 2)], version)
        assert source.boilerplate() == []

    def test_reprints_count_once(self) -> None:
        """Cut and reworded copies of one text have little in common but that they are copies."""
        source = Source()
        for number in range(3):
            source.add([*own(number), "A paragraph that was left as it was written."], number, group=7)
        assert source.boilerplate(grouped=True) == []
        source.add([*own(3), "A paragraph that was left as it was written."], 3, group=8)
        source.add([*own(4), "A paragraph that was left as it was written."], 4, group=9)
        assert source.boilerplate(grouped=True) == [key("A paragraph that was left as it was written.")]

    def test_what_makes_one_story_of_all(self) -> None:
        """Boilerplate may be why articles pass for one story; that does not save it for ever."""
        source = Source()
        for number in range(25):
            source.add([*own(number), SIGN_UP], number, group=7)
        assert source.boilerplate(grouped=True) == [key(SIGN_UP)]

    def test_background_of_a_running_story_is_text(self) -> None:
        """It comes back within days on a few of very many articles."""
        source = Source()
        background = "The strike began in March, after talks about pay had failed."
        for number in range(200):
            source.add([*own(number), *([background] if number in (90, 95, 100) else [])], number // 5)
        assert source.boilerplate() == []

    def test_an_author_now_and_then(self) -> None:
        """Few articles, but over a long time."""
        source = Source()
        author = "Jo Ek writes about trade."
        for number in range(200):
            source.add([*own(number), *([author] if number in (10, 95, 180) else [])], number // 5)
        assert source.boilerplate() == [key(author)]

    def test_without_dates(self) -> None:
        """Two articles without a date weigh as a day."""
        source = Source()
        for number in range(5):
            source.add([*own(number), SIGN_UP], None)
        assert source.boilerplate() == []
        source.add([*own(5), SIGN_UP], None)
        assert source.boilerplate() == [key(SIGN_UP)]

    def test_a_footer_of_five_paragraphs(self) -> None:
        """Many lines of boilerplate under little text."""
        source = Source()
        footer = [f"{word} us" for word in ("Follow", "Write to", "Read", "Support", "Join")]
        for number in range(12):
            source.add([*own(number, 3), *footer], number)
        assert sorted(source.boilerplate()) == sorted(map(key, footer))

    def test_nothing_is_nothing(self) -> None:
        """A source without paragraphs."""
        assert Source().boilerplate() == []

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9), st.integers(0, 30)), max_size=60),
        st.randoms(),
    )
    def test_order_does_not_matter(self, rows: list[tuple[int, int, int]], random: object) -> None:
        """Whatever order the store hands paragraphs over in."""
        days = {article: day for _, article, day in rows}
        entries = [(key, article, days[article] and FIRST + days[article]) for key, article, _ in rows]
        shuffled = list(entries)
        random.shuffle(shuffled)  # type: ignore[attr-defined]

        def found(some: list[tuple[int, int, int]]) -> list[int]:
            keys, articles, ordinals = zip(*some, strict=True) if some else ((), (), ())
            return boilerplate_of(
                np.array(keys, np.uint32), np.array(articles, np.int64), np.array(ordinals, np.int32)
            ).tolist()

        assert found(entries) == found(shuffled)


class TestGroup:
    """What the sources of one publisher repeat."""

    def test_small_sources_together(self) -> None:
        """A page or two each, but on unrelated stories over some weeks."""
        source = Source()
        for number in range(6):
            source.add([*own(number), "Part of the Example Media group."], number * 4, source=number // 2)
        assert source.of_group() == [key("Part of the Example Media group.")]

    def test_one_source_alone_is_not_the_group(self) -> None:
        """What only one of them repeats says nothing about the others."""
        source = Source()
        for number in range(6):
            source.add([*own(number), *([SIGN_UP] if number < 3 else [])], number * 4, source=number // 3)
        assert source.of_group() == []

    def test_a_wire_story_in_fifty_papers_survives(self) -> None:
        """Cut in every way, each paper with lines of its own around it."""
        random = np.random.default_rng(1)
        wire = own(999, 10)
        source = Source()
        for paper in range(50):
            kept = random.permutation(10)[: random.integers(4, 11)].tolist()
            lines = [
                f"Paper {'abcdefghij'[paper % 10]}{'xyzuv'[paper // 10]} {line}"
                for line in ("home", "contact")
            ]
            source.add([*(wire[at] for at in kept), *lines], int(random.integers(0, 4)), source=paper)
            source.add([*own(paper), *lines], int(random.integers(0, 200)), source=paper)
        assert not set(source.of_group()) & set(map(key, wire))


def test_boilerplate_of_an_article() -> None:
    """Indices of its paragraphs."""
    found = np.sort(paragraph_keys([SIGN_UP, "Advertisement"]))
    keys = paragraph_keys(["Text.", "ADVERTISEMENT", "", "More text.", SIGN_UP.upper()])
    assert boilerplate_in(keys, found).tolist() == [1, 4]
    assert boilerplate_in(keys, np.zeros(0, np.uint32)).tolist() == []
    assert boilerplate_in(np.zeros(0, np.uint32), found).tolist() == []
