"""Names for made-up results: people, clubs and companies that Wikipedia has pages on, the project's own places."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import tui.entities
from tests.making.subjects import Subject
from tui.article import MentionType

_DATA = Path(tui.entities.__file__).parent / "data"
_IS_CLUB = re.compile(
    r"(football|soccer|rugby|hockey|basketball|baseball|cricket|sports?) (club|team|franchise)"
)
_IS_COMPANY = re.compile(r"compan|corporation|airline|bank|manufactur|retail|group")
_COUNTRIES = (
    *"""Afghanistan Albania Algeria Argentina Armenia Australia Austria Azerbaijan Bahrain Bangladesh Belarus Belgium
    Bolivia Bosnia Brazil Britain Bulgaria Cameroon Canada Chile China Colombia Croatia Cuba Cyprus Denmark Ecuador
    Egypt England Estonia Ethiopia Finland France Georgia Germany Ghana Greece Hungary Iceland India Indonesia Iran Iraq
    Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Kuwait Latvia Lebanon Lithuania Luxembourg Malaysia Mali
    Malta Mexico Moldova Morocco Netherlands Nigeria Norway Oman Pakistan Panama Paraguay Peru Philippines Poland
    Portugal Qatar Romania Russia Scotland Senegal Serbia Singapore Slovakia Slovenia Spain Sudan Sweden Switzerland
    Syria Thailand Tunisia Turkey Uganda Ukraine Uruguay Uzbekistan Venezuela Vietnam Wales Yemen Zambia
    Zimbabwe""".split(),
    *"""South Africa|South Korea|New Zealand|Ivory Coast|Saudi Arabia|Costa Rica|Czech Republic|U.S.|United States|
Sri Lanka|North Korea|Hong Kong""".replace("\n", "").split("|"),
)
_TEAMS = """
    Arsenal Chelsea Everton Liverpool Barcelona Valencia Juventus Ajax Benfica Porto Celtic Rangers Lyon Marseille
    Monaco Lens Nantes Bordeaux Sevilla Zaragoza Napoli Roma Lazio Torino Parma Bologna Hamburg Schalke Bremen Stuttgart
    Leverkusen Dortmund Feyenoord Utrecht Twente Anderlecht Brugge Gent Galatasaray Fenerbahce Besiktas Olympiakos
    Panathinaikos Dinamo Spartak Legia Rapid Sparta Slavia Rosenborg Malmo Brondby Millwall Reading Watford Fulham
    Burnley Blackburn Bolton Wigan Leeds Sunderland Middlesbrough Aberdeen Hibernian Motherwell Kilmarnock
    Dundee""".split()
_TEAM_ENDINGS = "United City Rovers Town Athletic FC Wanderers County".split()
_MADE_TEAMS = 300
_HOMES = (
    *"""Boston Chicago Detroit Dallas Denver Seattle Houston Phoenix Miami Atlanta Toronto Montreal Vancouver Cleveland
    Baltimore Oakland Milwaukee Minnesota Philadelphia Pittsburgh Cincinnati Orlando Sacramento Charlotte Indiana
    Portland Buffalo Calgary Edmonton Ottawa Winnipeg Tampa""".split(),
    *"""New York|Los Angeles|San Francisco|St. Louis|San Diego|New Jersey|Kansas City|Tampa Bay|San Antonio|
Golden State""".replace("\n", "").split("|"),
)
_NICKNAMES = """Hawks Bears Lions Tigers Wolves Eagles Sharks Bulls Rockets Kings Giants Raiders Saints Pirates Rangers
    Stars Jets Blues Flames Royals Cubs Braves Bruins Pacers""".split()

Marked = tuple[str, MentionType]
"""A name and its type."""


class Names:
    """Draws names."""

    def __init__(self, subjects: Iterable[Subject], chance: random.Random) -> None:
        self._chance = chance
        self._persons: list[str] = []
        self._companies: list[str] = []
        clubs: list[str] = []
        for subject in subjects:
            size = len(subject.name.split())
            if not subject.name.isascii():
                continue
            if subject.type == "person" and 2 <= size <= 3 and "." not in subject.name:
                self._persons.append(subject.name)
            elif subject.type == "organisation" and _IS_CLUB.search(subject.opening):
                clubs.append(subject.name)
            elif subject.type == "organisation" and _IS_COMPANY.search(subject.opening) and size <= 4:
                self._companies.append(subject.name)
        cities = (_DATA / "cities.txt").read_text(encoding="utf-8").split("\n")
        self._cities = [city for city in cities if " " not in city or chance.random() < 0.5]
        homes = chance.sample(self._cities, _MADE_TEAMS)
        made = [f"{home} {chance.sample(_TEAM_ENDINGS, 1)[0]}" for home in homes]
        self._teams = [*_TEAMS, *made, *clubs]

    def _drawn(self, names: Sequence[str], kind: MentionType) -> Marked:
        return self._chance.choice(names), kind

    def person(self) -> Marked:
        """First name and surname."""
        return self._drawn(self._persons, "person")

    def surname(self) -> Marked:
        """A surname alone."""
        name, kind = self.person()
        return name.split()[-1], kind

    def country(self) -> Marked:
        """A country."""
        return self._drawn(_COUNTRIES, "place")

    def city(self) -> Marked:
        """A city."""
        return self._drawn(self._cities, "place")

    def team(self) -> Marked:
        """A club."""
        return self._drawn(self._teams, "organisation")

    def home_team(self) -> Marked:
        """A North American team by its home alone."""
        return self._drawn(_HOMES, "organisation")

    def full_team(self) -> Marked:
        """A North American team by its home and its nickname."""
        home = self._chance.choice(_HOMES)
        return f"{home} {self._chance.choice(_NICKNAMES)}", "organisation"

    def company(self) -> Marked:
        """A company."""
        return self._drawn(self._companies, "organisation")
