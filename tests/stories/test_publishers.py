"""Which sources belong together, and what all sources repeat."""

from __future__ import annotations

import numpy as np
import pytest

from tests.stories.test_boilerplate import Source, key, own
from tui.stories.boilerplate import FEW_ARTICLES
from tui.stories.publishers import boilerplate_of_sources, publishing_groups, registered_domain


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.com", "example.com"),
        ("news.example.com", "example.com"),
        ("a.b.example.com", "example.com"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("bbc.co.uk", "bbc.co.uk"),
        ("www.abc.net.au", "abc.net.au"),
        ("lokal.zeitung.de", "zeitung.de"),
        ("EXAMPLE.COM.", "example.com."),
        ("one.blogspot.com", "one.blogspot.com"),
        ("two.substack.com", "two.substack.com"),
        ("localhost", "localhost"),
        ("192.168.10.20", "192.168.10.20"),
        ("", ""),
    ],
)
def test_registered_domain(host: str, domain: str) -> None:
    """What somebody registered; where anybody gets an address, the whole."""
    assert registered_domain(host) == domain


def keys(*numbers: int) -> np.ndarray:
    """Boilerplate of a source."""
    return np.array(sorted(numbers), np.uint32)


class TestGroups:
    """Sources of one publisher."""

    def test_by_domain(self) -> None:
        """Editions of one paper."""
        hosts = ["north.example.com", "other.com", "south.example.com", "example.com"]
        assert publishing_groups(hosts, [keys()] * 4).tolist() == [0, 1, 0, 0]

    def test_by_boilerplate(self) -> None:
        """Two paragraphs of it, one is not enough."""
        found = [keys(1, 2, 3), keys(2, 3), keys(3), keys(9)]
        assert publishing_groups(["a.com", "b.com", "c.com", "d.com"], found).tolist() == [0, 0, 2, 3]

    def test_by_either_in_turn(self) -> None:
        """One holds with the next by its domain, that by its boilerplate."""
        hosts = ["a.one.com", "b.one.com", "two.com"]
        assert publishing_groups(hosts, [keys(), keys(1, 2), keys(1, 2)]).tolist() == [0, 0, 0]

    def test_what_everybody_has_says_nothing(self) -> None:
        """ "Advertisement" and an agency's credit."""
        hosts = [f"paper{number}.com" for number in range(30)]
        assert publishing_groups(hosts, [keys(1, 2)] * 30).tolist() == list(range(30))

    def test_nobody(self) -> None:
        """No sources, no groups."""
        assert publishing_groups([], []).tolist() == []


class TestAllSources:
    """The boilerplate of every source."""

    def found(self, source: Source, hosts: list[str]) -> dict[int, set[int]]:
        """By source."""
        sources = np.array(source.sources)
        return {
            which: set(found.tolist())
            for which, found in boilerplate_of_sources(hosts, *source.arrays(), sources).items()
        }

    def test_each_has_its_own(self) -> None:
        """What one source repeats is text in another."""
        source = Source()
        for number in range(40):
            source.add([*own(number), f"House of {'north' if number % 2 else 'south'}."], number, number % 2)
        source.add([*own(41), "House of north."], 50, source=0)
        found = self.found(source, ["south.com", "north.com"])
        assert found == {0: {key("House of south.")}, 1: {key("House of north.")}}

    def test_a_source_with_a_page_or_two_has_its_groups(self) -> None:
        """What its sister with many pages repeats is boilerplate in it."""
        source = Source()
        for number in range(FEW_ARTICLES + 5):
            source.add([*own(number), "Part of Example Media."], number, 0)
        source.add([*own(60), "Part of Example Media."], 40, 1)
        source.add([*own(61), "Part of Example Media."], 40, 2)
        found = self.found(source, ["north.example.com", "south.example.com", "elsewhere.com"])
        assert found == {0: {key("Part of Example Media.")}, 1: {key("Part of Example Media.")}}

    def test_wire_copy_in_fifty_papers_survives(self) -> None:
        """Ten stories, each in all papers of a group within four days, cut in every way."""
        random = np.random.default_rng(3)
        source = Source()
        hosts = [f"town{number}.example.com" for number in range(50)]
        wires = [own(500 + story, 9) for story in range(10)]
        for paper in range(50):
            house = [f"The {'abcdefghij'[paper % 10]}{'xyzuv'[paper // 10]} paper.", "Part of Example Media."]
            for story, wire in enumerate(wires):
                kept = random.permutation(9)[: random.integers(4, 10)].tolist()
                source.add(
                    [*(wire[at] for at in kept), *house], 20 * story + int(random.integers(0, 4)), paper
                )
            source.add([*own(paper), *house], paper, paper)
        found = self.found(source, hosts)
        wired = {key(paragraph) for wire in wires for paragraph in wire}
        assert all(key("Part of Example Media.") in found[paper] for paper in range(50))
        assert not any(found[paper] & wired for paper in range(50))

    def test_nothing(self) -> None:
        """No sources; sources without articles."""
        assert self.found(Source(), []) == {}
        assert self.found(Source(), ["a.com", "b.com"]) == {}
