"""From capitals to candidates: runs of capitalised words, cut where titles and nationalities end, each with votes.

A vote is a weight for one of the four types. Votes are local: `document` adds up what the whole article says.
"""

from __future__ import annotations

from tui.entities import cues
from tui.entities.candidate import INDEX_OF, MISC, ORGANISATION, PERSON, PLACE, Candidate
from tui.entities.context import context_votes
from tui.entities.gazetteer import Gazetteer
from tui.entities.line import Line
from tui.entities.runs import LONGEST_NAME, Runs, lower_tail
from tui.entities.tokens import NAME_SHAPES, Shape


class CandidateFinder:
    """Finds the candidates of one line after another."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._line = Line("", 0)
        self._runs = Runs(self._line, gazetteer)
        self._found: list[Candidate] = []
        self._titled = False

    def find(self, line: Line) -> list[Candidate]:
        """The candidates of a line of running text, in order."""
        self._line = line
        self._runs = Runs(line, self._gazetteer)
        self._found = []
        self._titled = False
        shapes = line.shapes
        index, count = 0, len(shapes)
        while index < count:
            if shapes[index] not in NAME_SHAPES:
                if shapes[index] == Shape.LOWER:
                    self._hyphenated(index)
                    length = self._runs.known_phrase(index, count)
                    if length:
                        # "al Qaeda": the list knows names that begin small.
                        self._classify(index, index + length, False)
                        index += length
                        continue
                index += 1
                continue
            if line.words[index].partition("-")[0] in cues.ATTITUDES:
                self._hyphenated(index)
                index += 1
                continue
            length = self._runs.known_phrase(index, count)
            past_office = self._runs.past_office(index)
            if past_office:
                index = past_office
                self._titled = True
                continue
            end = max(self._runs.end(index), index + length)
            if line.words[index - 1] in cues.LEADING_PARTICLES and line.adjacent(index):
                index -= 1
            self._cut(index, end)
            self._titled = False
            index = end
        return self._found

    def _cut(self, begin: int, end: int) -> None:
        """Drop what opens the run without belonging to it, then classify the rest."""
        line, gazetteer = self._line, self._gazetteer
        words = line.words
        opening = line.opens_sentence(begin)
        while begin < end and (
            words[begin] in cues.FUNCTION_WORDS
            or words[begin].replace("’", "'").partition("'")[0] in cues.FUNCTION_WORDS
            or words[begin] in cues.NOT_NAMES
            or words[begin] in cues.CALENDAR
        ):
            if words[begin] == "The" and end - begin > 1 and f"The {words[begin + 1]}" in gazetteer.names:
                break
            if self._runs.known_phrase(begin, end) or (words[begin] in gazetteer.names and not opening):
                break
            begin += 1
            opening = (
                False
                if begin < end and line.shapes[begin] == Shape.SHOUT
                else opening and words[begin - 1] in cues.NOT_NAMES
            )
        while end > begin and (words[end - 1] in cues.FUNCTION_WORDS or words[end - 1] in cues.PARTICLES):
            end -= 1
        if end - begin > LONGEST_NAME or begin >= end:
            return
        if opening and end - begin > 1:
            first = words[begin]
            known = self._runs.known_phrase(begin, end) or first in gazetteer.names
            known = known or first in cues.HONORIFICS or first in cues.TITLE_PARTS
            if first.lower() in cues.ROLES and words[begin + 1] in gazetteer.first_names:
                begin += 1
                opening = False
            ordinary = first.lower() in gazetteer.common and first not in gazetteer.first_names
            if not known and ordinary and (first in cues.LOOSE_FIRST or not self._ending(begin, end)):
                begin += 1
                opening = False
        self._classify(begin, end, opening)

    def _classify(self, begin: int, end: int, opening: bool) -> None:
        """Emit the run as one name, or cut it in two and go on with both."""
        if begin >= end:
            return
        line, gazetteer = self._line, self._gazetteer
        words = line.words
        size = end - begin
        votes = [0.0, 0.0, 0.0, 0.0]
        name = self._text(begin, end)
        known = gazetteer.names.get(name)
        if not known and len(name) > 4 and name.isupper():
            known = gazetteer.names.get(name.title())
        if known:
            votes[INDEX_OF[known]] += 3.0 if words[begin] in gazetteer.minor_places else 5.0
            self._emit(begin, end, votes, opening)
            return
        if size == 1:
            self._single(begin, votes, opening)
            return
        if (
            words[begin] not in gazetteer.names
            and gazetteer.names.get(words[begin][:-1])
            and words[begin].endswith("s")
        ):
            # "Ukraines Crimean Peninsula": a lost apostrophe.
            self._classify(begin, begin + 1, opening)
            self._classify(begin + 1, end, False)
            return
        length = self._runs.known_phrase(begin, end)
        if length and begin + length < end and words[begin + length] in gazetteer.first_names:
            self._classify(begin, begin + length, opening)
            self._classify(begin + length, end, False)
            return
        past_title = words[begin] in cues.TITLE_PARTS
        if (past_title and size > 2 and words[begin + 1] in gazetteer.first_names) or (
            past_title and self._text(begin + 1, end) in gazetteer.names
        ):
            self._classify(begin + 1, end, False)
            return
        if self._titled_person(begin, end, opening):
            return
        ending = self._ending(begin, end)
        if ending and not (
            words[end - 1] in cues.SURNAME_ENDINGS
            and size <= 3
            and (words[begin] in gazetteer.first_names or _joined_first_name(words[begin]))
        ):
            votes[INDEX_OF[ending]] += 5.0
            self._emit(begin, end, votes, opening)
            return
        first_name = words[begin] in gazetteer.first_names or _joined_first_name(words[begin])
        if first_name and words[begin] not in gazetteer.demonyms and size <= 5:
            votes[PERSON] += 4.0
            self._emit(begin, end, votes, opening)
            return
        if self._split_known(begin, end, opening):
            return
        if any(line.shapes[index] == Shape.INITIAL for index in range(begin, end)):
            votes[PERSON] += 3.0
        if words[end - 1] in gazetteer.first_names and size == 2:
            votes[PERSON] += 1.0
        if any(words[index] in cues.PARTICLES for index in range(begin, end)):
            votes[PERSON] += 1.0
            votes[PLACE] += 0.5
        if words[begin] in cues.PLACE_PREFIXES:
            votes[PLACE] += 2.5
        common = sum(words[index].lower() in gazetteer.common for index in range(begin, end))
        if common == size and all(line.shapes[index] == Shape.SHOUT for index in range(begin, end)):
            return
        if common == size:
            votes[ORGANISATION] += 1.0
            votes[MISC] += 1.2
        elif common:
            votes[ORGANISATION] += 1.0
            votes[PERSON] += 0.4
        elif size <= 3:
            votes[PERSON] += 1.6
        else:
            votes[ORGANISATION] += 1.2
        self._emit(begin, end, votes, opening)

    def _single(self, index: int, votes: list[float], opening: bool) -> None:
        """One word that no list knows."""
        line, gazetteer = self._line, self._gazetteer
        word = line.words[index]
        if word in cues.NOT_NAMES or word in cues.CALENDAR:
            return
        if word.lower().rstrip(".") in cues.TITLES_ALONE and not self._titled:
            return
        shape = line.shapes[index]
        if shape == Shape.INITIAL and not self._titled:
            return
        stem = word[:-1]
        brand = f"{word}'s" if index in line.possessive else ""
        if brand in gazetteer.names:
            votes[INDEX_OF[gazetteer.names[brand]]] += 5.0
        elif word.endswith("s") and len(stem) > 2 and stem in gazetteer.names:
            votes[INDEX_OF[gazetteer.names[stem]]] += 4.0
        elif word in gazetteer.first_names:
            votes[PERSON] += 1.5
        if shape == Shape.SHOUT:
            calm = word.capitalize()
            road = word[0] in "AM" and word[1:].isdigit()
            if road:
                votes[PLACE] += 4.0
            elif len(word) > 4 and calm in gazetteer.names:
                votes[INDEX_OF[gazetteer.names[calm]]] += 4.0
            elif len(word) > 5:
                votes[ORGANISATION] += 0.8
                opening = opening or calm.lower() in gazetteer.common
            else:
                votes[ORGANISATION] += 2.0
        elif word.endswith(("ism", "ists", "isms")):
            votes[MISC] += 2.5
        elif "-" in word and all(part in gazetteer.demonyms for part in word.split("-")):
            votes[MISC] += 5.0
        elif (
            any(character.isupper() for character in word[2:])
            and "-" not in word
            and not word.startswith(("Mac", "De"))
        ):
            votes[ORGANISATION] += 1.5
        self._emit(index, index + 1, votes, opening)

    def _titled_person(self, begin: int, end: int, opening: bool) -> bool:
        """Cut `Russian Foreign Minister Sergei Lavrov` into its parts; whether there was a title to cut at."""
        words = self._line.words
        title = -1
        for index in range(end - 1, begin - 1, -1):
            if words[index] in cues.HONORIFICS or (
                words[index] in cues.TITLES_ALONE and self._line.shapes[index] == 1
            ):
                title = index
                break
        if title < 0:
            return False
        if (
            title > begin
            and words[begin] in self._gazetteer.first_names
            and words[begin] not in self._gazetteer.names
        ):
            return False
        first = title
        while first > begin and (words[first - 1] in cues.TITLE_PARTS or words[first - 1] in cues.HONORIFICS):
            first -= 1
        if title == end - 1:
            if first == begin:
                return True
            if words[title] in cues.ROYAL and words[first - 1] not in self._gazetteer.names:
                return False
            self._classify(begin, first, opening)
            return True
        if (
            self._ending(title + 1, end)
            and words[begin] not in self._gazetteer.names
            and words[title + 1] not in self._gazetteer.first_names
        ):
            return False
        if first > begin:
            self._classify(begin, first, opening)
        if words[title] in ("Saint", "St", "St."):
            return False
        votes = [7.0, 0.0, 0.0, 0.0]
        if self._text(title + 1, end) in self._gazetteer.demonyms:
            return False
        self._emit(title + 1, end, votes, False, sure=True)
        return True

    def _ending(self, begin: int, end: int) -> str:
        """The type that the last or first word of the run tells; empty where none does."""
        words = self._line.words
        if end - begin < 2:
            return ""
        last = words[end - 1]
        if last in cues.ORGANISATION_ENDINGS:
            return "organisation"
        if last in cues.EVENT_ENDINGS:
            return "misc"
        if last in cues.PLACE_ENDINGS:
            return "place"
        for index in range(begin + 1, end - 1):
            if words[index] in ("of", "for", "on"):
                head = words[index - 1]
                if head in cues.ORGANISATION_HEADS:
                    return "organisation"
                if head in cues.PLACE_HEADS:
                    return "place"
                return "misc"
        if "&" in words[begin + 1 : end - 1]:
            return "organisation"
        if words[begin] in ("Mount", "Mt.", "Lake", "Fort", "Camp", "Cape", "Port", "Isle", "Gulf"):
            return "place"
        if words[begin] in ("Hurricane", "Typhoon", "Cyclone", "Operation", "Storm"):
            return "misc"
        if words[begin] in (
            "Radio",
            "Team",
            "Bank",
            "Club",
            "Dynamo",
            "Sporting",
            "Real",
            "Inter",
            "FC",
            "AC",
            "CSKA",
            "Spartak",
            "Lokomotiv",
        ):
            return "organisation"
        return ""

    def _split_known(self, begin: int, end: int, opening: bool) -> bool:
        """Cut after a nation, people or place that stands before another name; whether it was done."""
        gazetteer, line = self._gazetteer, self._line
        words = line.words
        length = self._runs.known_phrase(begin, end) or (1 if words[begin] in gazetteer.names else 0)
        rest = begin + length
        if not length or rest >= end:
            return False
        phrase = self._text(begin, rest)
        kind = gazetteer.names[phrase]
        if any(character.isdigit() for character in words[rest]) or words[rest] in ("Government", "Regime"):
            # "London E17", "French Government"
            self._classify(begin, rest, opening)
            return True
        if kind == "place" and words[rest] in gazetteer.demonyms:
            self._classify(begin, rest, opening)
            self._classify(rest, end, False)
            return True
        if phrase in gazetteer.demonyms or (kind != "place" and words[rest] in gazetteer.first_names):
            if phrase in gazetteer.demonyms and all(
                words[k].lower() in gazetteer.common for k in range(rest, end)
            ):
                votes = [0.0, 0.8, 0.0, 1.0]
                self._emit(begin, end, votes, opening)
                return True
            self._classify(begin, rest, opening)
            self._classify(rest, end, False)
            return True
        if kind == "place":
            if words[rest] in gazetteer.first_names and end - rest >= 2:
                self._classify(begin, rest, opening)
                self._classify(rest, end, False)
                return True
            last = words[end - 1]
            votes = [0.5, 1.5, 1.0, 0.5]
            if last.endswith("s") or last.lower() in gazetteer.common:
                votes[ORGANISATION] += 2.0
            self._emit(begin, end, votes, opening)
            return True
        if kind == "organisation":
            if self._text(rest, end) in gazetteer.names:
                self._classify(begin, rest, opening)
                self._classify(rest, end, False)
                return True
            self._emit(begin, end, [0.0, 2.5, 0.0, 0.5], opening)
            return True
        return False

    def _hyphenated(self, index: int) -> None:
        """The name in `Russia-backed`, `pro-Russian`, `anti-Nato`: half a token."""
        line = self._line
        word = line.words[index]
        divider = word.rfind("-")
        if divider < 1:
            return
        last = word[divider + 1 :]
        if last[:1].isupper() and last in self._gazetteer.names:
            start = line.offset + line.starts[index] + divider + 1
            votes = [0.0, 0.0, 0.0, 0.0]
            votes[INDEX_OF[self._gazetteer.names[last]]] += 5.0
            self._found.append(Candidate(line, start, start + len(last), last, votes))

    def _text(self, begin: int, end: int) -> str:
        line = self._line
        return line.text[line.starts[begin] : line.ends[end - 1]]

    def _emit(self, begin: int, end: int, votes: list[float], opening: bool, sure: bool = False) -> None:
        line, gazetteer = self._line, self._gazetteer
        text = self._text(begin, end)
        if len(text) > 200:
            return
        size = end - begin
        if self._titled and not sure and end - begin <= 4:
            votes[PERSON] += 6.0
            sure = True
        start, stop = line.starts[begin], line.ends[end - 1]
        last = line.words[end - 1]
        tail = lower_tail(last, gazetteer.names)
        if tail:
            # "Russia-backed": the name ends at the hyphen.
            stop -= len(tail)
            text = text[: -len(tail)]
            known = gazetteer.names.get(text)
            if not text or (size == 1 and not known and text.lower() in gazetteer.common):
                return
            if known:
                votes[INDEX_OF[known]] += 5.0
            elif tail == "-based":
                votes[PLACE] += 4.0
        strength = max(votes)
        context_votes(line, begin, end, votes)
        lower = text.lower()
        weak = False
        if size == 1:
            shout = line.shapes[begin] == Shape.SHOUT and (
                text in gazetteer.names or lower not in gazetteer.common
            )
            ordinary = (
                (not shout and lower in gazetteer.common)
                or lower.endswith(("ing", "ly"))
                or (opening and lower.endswith("ed"))
            )
            if opening:
                weak = (strength < (2.0 if shout else 3.0) or ordinary) and max(votes) < 5.5
            elif ordinary:
                weak = text not in gazetteer.names and max(votes) < 4.5
        candidate = Candidate(line, line.offset + start, line.offset + stop, text, votes)
        candidate.size = size
        candidate.weak = weak
        candidate.listed = sure or strength >= 3.0
        candidate.sure = sure
        self._found.append(candidate)


def _joined_first_name(word: str) -> bool:
    """Whether the word is of the form `Ji-hoon`."""
    head, divider, tail = word.partition("-")
    return bool(divider) and head[:1].isupper() and tail.islower() and head.isalpha() and 2 <= len(head) <= 6
