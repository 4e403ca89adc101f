"""Reports of one event that nobody wrote: facts told in several ways, cut and shuffled, to measure times on."""

from __future__ import annotations

import datetime
import random

from tui.article import Article, ArticleId
from tui.stories.values import Side

_WHO = (
    "The minister,The governor,A spokesman for the port,The union,Captain Ada Brook,Judge Noel Harrow,"
    "The harbour board,Residents of Millgate,Two divers,The coastguard,Senator Iris Vale,"
    "Opposition leader Tom Reed,The insurers,A former pilot,The shipping company,Fishermen,"
    "Doctors at St Anne’s,The mayor of Kestrel Bay,Engineers,The owner"
).split(",")
_DID = (
    "said,told reporters,announced,warned,denied,confirmed,insisted,admitted,reported,claimed,suggested,"
    "promised"
).split(",")
_WHAT = (
    "the crane had failed,the lock would stay shut,divers found a second hull,the ferry left late,"
    "no alarm was given,repairs would take months,the cargo was safe,oil had reached the marsh,"
    "the bridge was closed,the crew slept ashore,a pilot had resigned,the radar was switched off,"
    "talks had broken down,the fund would pay,the tide was too low,tugs were on their way,"
    "the report was withheld,an inquiry had begun,fuel was running out,the beacon went dark"
).split(",")
_WHERE = (
    "at Kestrel Bay,in the outer harbour,near the old lighthouse,off Millgate,at the northern lock,"
    "on the east quay,outside the court,in a letter to the board,on the morning tide,behind the breakwater"
).split(",")
_ENDS = (
    "after {number} days of rain,with {number} people on board,for the {number}th time since 1998,"
    "on {day} morning,at a cost of ${number} million,despite {number} warnings,while {number} lorries waited,"
    "before {day}’s vote"
).split(",")
_DAYS = "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday".split(",")
_LETTERS = "abcdefghiklmnoprstuvw"


def reports(sentences: int, count: int, seed: int) -> tuple[Side, ...]:
    """Reports of one event, with ids; each tells most facts, some in other words, in an order of its own.

    Args:
        sentences: Of each.
        count: How many.
        seed: The same gives the same.
    """
    random_ = random.Random(seed)
    facts = [_fact(random_) for _ in range(sentences + max(sentences // 4, 1))]
    return tuple(_report(number, random_.sample(facts, sentences), random_) for number in range(count))


def _fact(random_: random.Random) -> str:
    names = " and ".join(_name(random_) for _ in range(random_.choice((1, 1, 2))))
    end = random_.choice(_ENDS).format(number=random_.randint(2, 900), day=random_.choice(_DAYS))
    return (
        f"{random_.choice(_WHO)} {random_.choice(_DID)} {random_.choice(_WHERE)} that {random_.choice(_WHAT)}, "
        f"{random_.choice(_WHAT)} and {names} {random_.choice(_WHAT)} {end}."
    )


def _name(random_: random.Random) -> str:
    return "".join(random_.choice(_LETTERS) for _ in range(random_.randint(4, 9))).capitalize()


def _report(number: int, facts: list[str], random_: random.Random) -> Side:
    told = [_reworded(fact, random_) if random_.random() < 0.4 else fact for fact in facts]
    paragraphs = tuple(" ".join(told[start : start + 2]) for start in range(0, len(told), 2))
    day = datetime.date(2021, 12, 16) + datetime.timedelta(number % 4)
    article = Article("Wreck off Kestrel Bay", paragraphs, day, source=f"{number}.example", language="en")
    return Side(article, ArticleId(f"{number:016x}"))


def _reworded(fact: str, random_: random.Random) -> str:
    words = fact.rstrip(".").split()
    for _ in range(random_.randint(1, 6)):
        place = random_.randrange(1, len(words))
        if random_.random() < 0.5:
            del words[place]
        else:
            words[place] = random_.choice(_WHAT).split()[-1]
    if random_.random() < 0.3:
        half = len(words) // 2
        words = [*words[half:], *words[:half]]
    return " ".join(words) + "."
