"""The invented world that a generated corpus reports on: who is in it, what happens, which outlets write.

Everything is a pure function of a number, so that a world of any size takes no memory.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from tests.bench.words import word

FIRST_DAY = datetime.date(2016, 1, 4)
DAYS = 7 * 365

GIVEN_NAMES = """
Anna Boris Carla Daniel Elena Farid Grace Hassan Irina James Karin Liam Maria Nikolai Olga Pedro Rosa
Samuel Tanya Viktor Wendy Yusuf Zoe Andrei Bianca Carlos Diana Erik Fatima George Helena Ivan Julia Kwame
Laura Marco Nadia Oscar Paula Rafael Sofia Thomas Vera Walter Amina Bernard Clara Dmitri Emma Felix Greta
Hugo Ingrid Jonas Leila Martin Nina Omar Petra Robert Sarah Teresa Ulrich Victoria
""".split()

TITLES = [
    "President", "Prime Minister", "Foreign Minister", "Finance Minister", "Senator", "Judge", "Professor",
    "Dr", "Chancellor", "Mayor", "General", "Governor", "Ambassador", "Chief Executive",
    "Secretary General", "Spokeswoman", "Spokesman", "Captain", "Bishop", "Inspector",
]  # fmt: skip

PLACES = {
    "Ukraine": "Kyiv", "Russia": "Moscow", "Germany": "Berlin", "France": "Paris", "Spain": "Madrid",
    "Italy": "Rome", "Poland": "Warsaw", "Sweden": "Stockholm", "Norway": "Oslo", "Finland": "Helsinki",
    "Greece": "Athens", "Turkey": "Ankara", "Egypt": "Cairo", "Kenya": "Nairobi", "Nigeria": "Lagos",
    "Ghana": "Accra", "Japan": "Tokyo", "China": "Beijing", "India": "Delhi", "Pakistan": "Lahore",
    "Iran": "Tehran", "Iraq": "Baghdad", "Chile": "Santiago", "Brazil": "Brasilia", "Peru": "Lima",
    "Mexico": "Puebla", "Canada": "Ottawa", "Cuba": "Havana", "Portugal": "Lisbon", "Austria": "Vienna",
    "Hungary": "Budapest", "Romania": "Bucharest", "Bulgaria": "Sofia", "Serbia": "Belgrade",
    "Croatia": "Zagreb", "Denmark": "Copenhagen", "Ireland": "Dublin", "Scotland": "Edinburgh",
    "Wales": "Cardiff", "Belgium": "Brussels", "Estonia": "Tallinn", "Latvia": "Riga",
    "Lithuania": "Vilnius", "Georgia": "Tbilisi", "Armenia": "Yerevan", "Kazakhstan": "Astana",
    "Mongolia": "Ulaanbaatar", "Vietnam": "Hanoi", "Thailand": "Bangkok", "Indonesia": "Jakarta",
    "Malaysia": "Penang", "Australia": "Canberra", "Morocco": "Rabat", "Tunisia": "Tunis",
    "Ethiopia": "Addis Ababa", "Sudan": "Khartoum", "Senegal": "Dakar", "Colombia": "Bogota",
    "Bolivia": "La Paz", "Ecuador": "Quito", "Jordan": "Amman", "Lebanon": "Beirut", "Qatar": "Doha",
    "Israel": "Haifa",
}  # fmt: skip
COUNTRIES = tuple(PLACES)

ORGANISATIONS = [
    "{} Group", "{} Bank", "Ministry of Finance of {country}", "University of {city}", "{} Energy Ltd",
    "Institute for {} Studies", "{} Holdings plc", "{} United", "National Council of {country}",
    "{} Workers' Union", "{} Airlines", "Central Bank of {country}", "{} Foundation", "{city} City Council",
    "{} Pharma Inc", "{country} Press Agency", "{} Rail Corporation", "Committee on {} Affairs",
    "{} Party of {country}", "{city} Court of Appeal",
]  # fmt: skip

SUBJECTS = [
    line.split()
    for line in """
election vote ballot coalition campaign candidate parliament turnout poll majority constituency
security treaty troops border talks sanctions alliance missile envoy ceasefire deployment
economy inflation budget deficit tax interest growth exports unemployment currency recession
climate emissions carbon drought flood temperature coal renewable glacier wildfire forecast
vaccine virus hospital infection doses variant patients quarantine clinic immunity outbreak
energy gas pipeline electricity reactor turbine oil supply blackout fuel grid
court trial judge verdict appeal fraud prosecutor testimony sentence lawsuit evidence
transport railway strike airport passengers motorway ferry timetable bridge tunnel freight
technology software privacy satellite chip data platform encryption startup broadband robot
football league striker goalkeeper championship referee transfer penalty stadium coach derby
culture museum festival painting orchestra novel theatre exhibition archive restoration film
education schools teachers pupils university curriculum exam scholarship classroom lessons tuition
housing rent tenants mortgage construction landlord planning homes eviction council estate
agriculture farmers harvest wheat grain livestock subsidy irrigation fertiliser orchard dairy
migration refugees asylum visa smuggling shelter passport convoy camp resettlement deportation
science telescope genome laboratory fossil experiment probe orbit particle researchers discovery
""".strip().splitlines()
]
"""Real words of seventeen desks: what a person would search a newspaper for. The first names the desk."""

OUTLETS = "post herald times observer gazette tribune courier wire daily mirror standard echo".split()

_LATE_WORDS = 30_000
"""Names are made of words from here on, so that they don't drown in the text's own words."""


def _name(number: int) -> str:
    return word(_LATE_WORDS + 2 * number).capitalize()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the news."""

    title: str
    given: str
    family: str

    @property
    def full(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


def person(number: int) -> Person:
    """The person of that number; family names are shared by a few."""
    scattered = number * 7919
    return Person(
        TITLES[scattered % len(TITLES)], GIVEN_NAMES[scattered % len(GIVEN_NAMES)], _name(number * 4 // 5)
    )


def organisation(number: int) -> str:
    """The name of the organisation of that number."""
    country = COUNTRIES[number * 31 % len(COUNTRIES)]
    form = ORGANISATIONS[number % len(ORGANISATIONS)]
    return form.format(_name(number + 5_000_000), country=country, city=PLACES[country])


def source(number: int) -> str:
    """The host name of the outlet of that number."""
    city = word(60 + 2 * number)
    return f"www.{city}{'-' if number % 3 else ''}{OUTLETS[number % len(OUTLETS)]}.example"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that many articles report: its cast, its words, its days."""

    subject: list[str]
    """Real words of its desk."""
    own_words: list[str]
    """Invented words that belong to it."""
    people: list[Person]
    organisations: list[str]
    countries: list[str]
    day: int
    """Days since `FIRST_DAY` on which it broke."""
    length: int
    """Days that it stays in the news."""


@lru_cache(maxsize=8_192)
def event(seed: int, number: int, events: int) -> Event:
    """The event of that number of a world of `events` events. Leading figures turn up in many."""
    random = Random(seed * 1_000_003 + number)

    def cast(famous: int, pool: int, count: int) -> list[int]:
        return [
            int(famous * random.random() ** 2) if random.random() < 0.3 else famous + random.randrange(pool)
            for _ in range(count)
        ]

    return Event(
        subject=SUBJECTS[random.randrange(len(SUBJECTS))],
        own_words=[word(int(20_000 * random.random() ** 2) + 200) for _ in range(12)],
        people=[person(one) for one in cast(60, events, 5)],
        organisations=[organisation(one) for one in cast(40, max(40, events // 2), 3)],
        countries=random.sample(COUNTRIES, 3),
        day=random.randrange(DAYS),
        length=2 + int(40 * random.random() ** 4),
    )
