"""Made-up results, standings and headlines as newspapers print them, which open texts have too few of."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from tests.making.documents import Annotated
from tests.making.result_names import Marked, Names
from tests.making.subjects import Subject
from tui.entities.sentences import Name

_SEED = 21
_SPORTS = """
    SOCCER CRICKET RUGBY TENNIS GOLF CYCLING ATHLETICS BASKETBALL BASEBALL HOCKEY BOXING SKIING SWIMMING SAILING
    ROWING MOTORSPORT Soccer Cricket Tennis Golf Athletics""".split()
_ENDINGS = (
    *(" IN FINAL", " TO GO TOP", " AGAIN", " IN EXTRA TIME", " AFTER LATE GOAL", "", " ON DAY TWO"),
    " TO REACH LAST EIGHT",
)
_CONTESTS = """U.S. Open|Masters|Grand Prix|World Cup|Tour de France|Wimbledon|Davis Cup|European Championship|
Olympics""".replace("\n", "").split("|")
_LISTS = "RESULTS|STANDINGS|SUMMARY|SCOREBOARD|FIRST ROUND RESULTS|LEADING SCORES".split("|")
_BUSINESS = "PROFIT RISES|SHARES FALL|NAMES NEW CHIEF|TO CUT JOBS|BUYS STAKE IN|SEES LOSS|Q3 NET UP".split(
    "|"
)
_DIPLOMACY = ("SIGN TRADE PACT", "ON TALKS", "OF BREAKING TRUCE", "TO END SIEGE", "AGREE ON BORDER")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_AGENCIES = "Reuters AP AFP Xinhua Interfax ANSA EFE dpa".split()
_MEETINGS = ("World Cup", "Open", "European Championships", "Grand Prix")
_NATIONS = "German French Brazilian Asian Chinese British Italian Swedish Dutch Japanese".split()
_GROUNDS = ("Lord's", "Headingley", "Old Trafford", "Eden Gardens", "Oval", "Edgbaston")

Part = str | Marked
Line = tuple[Part, ...]


def result_tables(subjects: Iterable[Subject], count: int) -> Iterator[Annotated]:
    """So many documents, the same ones each time."""
    chance = random.Random(_SEED)
    desk = _Desk(Names(subjects, chance), chance)
    for _ in range(count):
        yield document(desk.lines())


def document(lines: Iterable[Line]) -> Annotated:
    """Parts of lines as one text, in which those with a type are names."""
    text = ""
    names: list[Name] = []
    for line in lines:
        text += "\n" if text else ""
        for part in line:
            if isinstance(part, tuple):
                names.append((len(text), len(text) + len(part[0]), part[1]))
                text += part[0]
            else:
                text += part
    return Annotated("results", "", text, tuple(names))


def _shouted(name: Marked) -> Marked:
    return name[0].upper(), name[1]


class _Desk:
    """Makes lines."""

    def __init__(self, names: Names, chance: random.Random) -> None:
        self._names = names
        self._chance = chance

    def lines(self) -> Iterator[Line]:
        """Of one document: a headline, often where it is from, tables and text."""
        yield self._headline()
        if self._chance.random() < 0.6:
            yield self._dateline()
        for _ in range(self._chance.randint(1, 3)):
            yield from self._chance.choice((self._table, self._prose, self._table))()

    def _score(self) -> str:
        return str(min(int(self._chance.expovariate(0.7)), 9))

    def _headline(self) -> Line:
        names, choice, chance = self._names, self._chance.choice, self._chance.random
        form = chance()
        sport = choice(_SPORTS)
        before = (sport + choice((" - ", "-", ": ")) if chance() < 0.6 else "").upper()
        behind = choice(_ENDINGS)
        if form < 0.3:
            side = choice((names.team, names.country, names.home_team, names.country))
            first = _shouted(side())
            verb = choice(("BEAT", "THRASH", "HOLD", "EDGE", "STUN"))
            return before, first, f" {verb} ", _shouted(side()), behind
        if form < 0.5:
            winner = _shouted(names.surname())
            verb = choice(("WINS", "LEADS", "OUT OF", "RETURNS TO", "QUITS"))
            return before, winner, f" {verb} ", _shouted((choice(_CONTESTS), "misc")), behind
        if form < 0.65:
            what = choice(_LISTS) + (" OF " if chance() < 0.3 else " IN ")
            where = _shouted(choice((names.country, names.city))())
            return before, what, where, choice((".", "", " MATCHES"))
        if form < 0.8:
            company = _shouted(names.company())
            return company, f" {choice(_BUSINESS)}", choice(("", " PCT", " IN SECOND QUARTER"))
        if form < 0.9:
            first = _shouted(names.country())
            verb = choice(("AND", "SAYS", "URGES", "ACCUSES"))
            return first, f" {verb} ", _shouted(names.country()), f" {choice(_DIPLOMACY)}"
        first = _shouted(names.surname())
        verb = choice(("MEETS", "TO VISIT", "WARNS", "PRAISES"))
        other = _shouted(choice((names.surname, names.country, names.city))())
        return first, f" {verb} ", other, choice(("", " ON MONDAY", " AT SUMMIT"))

    def _dateline(self) -> Line:
        names, choice, number = self._names, self._chance.choice, self._chance.randint
        form = self._chance.random()
        date = f"{number(1990, 2023)}-{number(1, 12):02}-{number(1, 28):02}"
        city = _shouted(names.city())
        if form < 0.4:
            return city, f" {date}"
        if form < 0.6:
            return city, ", ", names.country(), f" {date}"
        if form < 0.8:
            country = names.country()
            what = choice((" - ", " — ")) + choice(("Results", "Leading scores", "Standings", "Scores"))
            when = f" on {choice(_DAYS)} at the "
            return city, ", ", country, what, when, (choice(_MEETINGS), "misc"), ":"
        agency: Marked = (choice(_AGENCIES), "organisation")
        dash = f") {choice(('-', '—', '–'))} "
        first, other = names.country(), names.country()
        day = choice(("Monday", "Tuesday", "Friday"))
        where = names.city()
        return city, " (", agency, dash, first, " and ", other, f" agreed on {day} to meet in ", where, "."

    def _table(self) -> Iterator[Line]:
        """Lines of one form."""
        names, number = self._names, self._chance.randint
        form = number(0, 9)
        for place in range(1, number(4, 9)):
            yield self._row(form, place)
            if form == 7 and self._chance.random() < 0.4:
                yield names.country(), " - ", names.person(), f" ({number(1, 90)}th)"

    def _row(self, form: int, place: int) -> Line:
        names, number, choice, score = self._names, self._chance.randint, self._chance.choice, self._score
        match form:
            case 0:
                return names.team(), f" {score()} ", names.team(), f" {score()}"
            case 1:
                person, country = names.person(), names.country()
                time = f"{number(1, 2)}:{number(10, 59)}.{number(10, 99)}"
                return f"{place}. ", person, " (", country, f") {time}"
            case 2:
                winner = (choice(("", f"{number(1, 16)}-")), names.person(), " (", names.country(), ") ")
                verb = choice(("beat", "bt", "defeated")) + " "
                loser = (choice(("", f"{number(1, 16)}-")), names.person(), " (", names.country(), ") ")
                sets = f"{number(6, 7)}-{number(0, 6)} {number(6, 7)}-{number(0, 6)}"
                return *winner, verb, *loser, sets
            case 3:
                team = choice((names.team, names.home_team))()
                return team, "".join(f" {number(0, 40)}" for _ in range(7))
            case 4:
                if self._chance.random() < 0.5:
                    return names.home_team(), f" {number(70, 130)} ", names.home_team(), f" {number(70, 130)}"
                return names.home_team(), " at ", names.home_team()
            case 5:
                total, person, country = number(200, 290), names.person(), names.country()
                return (
                    f"{total} ",
                    person,
                    " (",
                    country,
                    ")",
                    "".join(f" {number(64, 76)}" for _ in range(4)),
                )
            case 6:
                person, country, team = names.person(), names.country(), names.team()
                time = f" {number(1, 5)} hours {number(1, 59)} minutes"
                return f"{place}. ", person, " (", country, ") ", team, time
            case 7:
                first, goals, other = names.country(), score(), names.country()
                return first, f" {goals} ", other, f" {score()} (halftime {score()}-{score()})"
            case 8:
                title = "Scorers: " if self._chance.random() < 0.2 else ""
                team, first = names.team(), names.surname()
                minute = f" {number(1, 89)}, "
                return title, team, " - ", first, minute, names.surname(), f" {number(1, 90)}"
            case _:
                batsman, fielder, bowler = names.surname(), names.surname(), names.surname()
                return batsman, " c ", fielder, " b ", bowler, f" {number(0, 150)}"

    def _prose(self) -> Iterator[Line]:
        """A few sentences, some of which stand on one line."""
        line: list[Part] = []
        for _ in range(self._chance.randint(0, 3)):
            line += self._sentence(self._chance.randint(0, 7))
            if self._chance.random() < 0.5:
                yield tuple(line)
                line = []
            else:
                line.append(" ")
        if line:
            yield tuple(line[:-1])

    def _sentence(self, form: int) -> Line:
        names, choice, score = self._names, self._chance.choice, self._score
        match form:
            case 0:
                team, person, other = names.team(), names.person(), names.team()
                lost = f" lost {score()}-{score()} in "
                return (
                    team,
                    " striker ",
                    person,
                    " scored twice as ",
                    other,
                    lost,
                    names.city(),
                    " on Saturday.",
                )
            case 1:
                return names.person(), " of ", names.country(), " beat ", names.person(), " in straight sets."
            case 2:
                first, other, person = names.home_team(), names.home_team(), names.person()
                return first, " rallied to beat ", other, " with ", person, " hitting two home runs."
            case 3:
                team, person = names.full_team(), names.person()
                return "The ", team, " signed guard ", person, " from ", names.home_team(), "."
            case 4:
                seller, nation = names.company(), choice(_NATIONS)
                return seller, " said it would sell its ", (nation, "misc"), " unit to ", names.company(), "."
            case 5:
                team, person, player = names.team(), names.person(), names.surname()
                return (
                    team,
                    " manager ",
                    person,
                    " said ",
                    player,
                    " would miss the trip to ",
                    names.team(),
                    ".",
                )
            case 6:
                side, person, again = names.country(), names.person(), names.country()
                ground: Marked = (choice(_GROUNDS), "place")
                toss = " won the toss and "
                return side, " captain ", person, toss, again, " were 120 for three at ", ground, "."
            case _:
                company, city = names.company(), names.city()
                return "Shares in ", company, " rose in ", city, ", analysts at ", names.company(), " said."
