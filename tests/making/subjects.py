"""What pages of Wikipedia are about, as their first sentence says: "X is a village in …" is about a place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.making.documents import Document
from tui.article import MentionType

_OPENING = 300
_LISTS = re.compile(r"(List|Index|Timeline|Outline|History) of")
_LIFE = re.compile(
    r"\((?:[^()]{0,60}; )?(?:born|c\. |[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|born )"
)
_IS = re.compile(r"\b(?:is|was|are|were) (?:an?|the|one of the|any of) ([^.;(]{3,160})")
_PHRASE_ENDS = re.compile(
    r" (?:in|of|that|which|who|from|by|located|for|on|at|based|between|with|to|and) |,|:"
)
_NOUNS: dict[MentionType, str] = {
    "person": """
        player footballer politician actor actress singer writer author poet journalist lawyer judge scientist
        physicist chemist mathematician philosopher musician composer director businessman businesswoman entrepreneur
        coach manager general officer bishop priest painter artist swimmer wrestler boxer cyclist runner sprinter
        cricketer golfer racer driver jumper skier skater economist historian engineer activist diplomat statesman king
        queen emperor president senator rapper guitarist drummer bassist pianist comedian producer novelist playwright
        footballers architect astronaut athlete rower fencer gymnast weightlifter judoka dramatist theologian saint
        nobleman aristocrat professor academic screenwriter model presenter biologist physician surgeon psychologist
        sociologist linguist archaeologist inventor explorer soldier pilot criminal murderer referee jurist""",
    "organisation": """
        company corporation club team band group university college school newspaper magazine party agency
        ministry airline bank association federation union organization organisation label network station broadcaster
        channel institute foundation department committee council commission society brand manufacturer publisher
        retailer chain firm duo trio quartet orchestra regiment division brigade squadron battalion army navy government
        parliament legislature conference league charity church museum hospital cooperative consortium police service
        franchise academy laboratory observatory subsidiary website startup conglomerate supermarket airline militia""",
    "place": """
        village town city municipality river mountain lake district commune county province state country island
        region township suburb neighborhood neighbourhood airport stadium building street park bridge settlement
        community area parish valley bay peninsula sea ocean hill peak creek stream capital territory prefecture borough
        arena house castle palace tower station road highway cemetery hamlet locality volcano desert canyon cape islands
        archipelago continent planet square reservoir dam forest glacier waterfall theatre hotel mall ghost_town
        subdistrict governorate oblast raion arrondissement constituency monument mansion""",
    "misc": """
        film album song novel book series sitcom show game videogame language election war battle award tournament
        championship season event competition festival religion treaty act law single opera play poem comic manga anime
        programme program soundtrack EP prize cup race trophy operation conflict rebellion revolution epic musical
        documentary miniseries""",
}
_TYPE_OF_NOUN = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
"""A noun that is in two rows has the type of the lower one: "station" is a place."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What one page is about."""

    page: str
    """Its number."""
    name: str
    """Its title without what only tells it from others: "(band)", of a place ", Ohio"."""
    type: MentionType
    opening: str
    """How the page begins."""


def subject_of(page: Document) -> Subject | None:
    """What a page of Wikipedia is about; None where that is unclear, or no name."""
    kind = type_of_page(page.title, page.paragraphs[0])
    name = re.sub(r" \([^)]*\)$", "", page.title)
    if kind is None or not name[:1].isupper():
        return None
    name = name.split(",")[0] if kind == "place" else name
    return Subject(page.key, name, kind, page.paragraphs[0][:_OPENING])


def type_of_page(title: str, opening: str) -> MentionType | None:
    """The type of a page's subject: a person for years of life, else that of the noun behind the first "is a"."""
    if _LISTS.match(title):
        return None
    if _LIFE.search(opening[:200]):
        return "person"
    said = _IS.search(opening[:400])
    if said is None:
        return None
    words = _PHRASE_ENDS.split(said[1])[0].split()
    noun = re.sub(r"\W", "", words[-1].lower()) if words else ""
    return _TYPE_OF_NOUN.get(noun) or _TYPE_OF_NOUN.get(noun.rstrip("s"))


def write_subjects(path: Path, subjects: Iterable[Subject]) -> None:
    """A subject a line."""
    path.write_text("".join(json.dumps(asdict(subject)) + "\n" for subject in subjects), encoding="utf-8")


def read_subjects(path: Path) -> list[Subject]:
    """What `write_subjects` wrote."""
    with path.open(encoding="utf-8") as file:
        return [Subject(**record) for record in map(json.loads, file)]
