"""Where a run of capitalised words begins and ends, the small words inside it included."""

from __future__ import annotations

from collections.abc import Container

from tui.entities import cues
from tui.entities.gazetteer import Gazetteer
from tui.entities.line import Line
from tui.entities.tokens import NAME_SHAPES, Shape

LONGEST_NAME = 12
"""Words; a longer run of capitals is no name."""


class Runs:
    """The runs of one line. Indexes count its tokens."""

    def __init__(self, line: Line, gazetteer: Gazetteer) -> None:
        self._line = line
        self._gazetteer = gazetteer

    def end(self, begin: int) -> int:
        """Where the run of name-like tokens from `begin` ends, small words inside it included."""
        line = self._line
        words, shapes = line.words, line.shapes
        count = min(len(words), begin + 4 * LONGEST_NAME)
        index = begin + 1
        while index < count:
            if "-" in words[index - 1] and lower_tail(words[index - 1], self._gazetteer.names):
                break
            joined = line.adjacent(index) or self._joins_over_possessive(index)
            if joined and shapes[index] in NAME_SHAPES and words[index] not in cues.CALENDAR:
                index += 1
                continue
            if (
                joined
                and words[index] in cues.CALENDAR
                and words[index - 1] in self._gazetteer.first_names
                and words[index] in ("May", "March", "August", "April", "June", "Friday", "Sunday")
            ):
                index += 1
                continue
            if (
                words[index] == ","
                and index + 1 < count
                and words[index + 1] in ("Inc", "Inc.", "Ltd", "Ltd.", "LLC")
            ):
                return index + 2
            step = self._small_words(begin, index, count) if joined else 0
            if not step:
                break
            index += step
        return index

    def _joins_over_possessive(self, index: int) -> bool:
        line = self._line
        before = index - 1
        return (
            before in line.possessive
            and line.starts[index] == line.ends[before] + 3
            and (
                line.words[before] in cues.JOINING_POSSESSIVES
                or (before > 0 and line.words[before - 1] in ("St", "St.", "Saint"))
            )
            and line.shapes[index] in NAME_SHAPES
        )

    def _small_words(self, begin: int, index: int, count: int) -> int:
        """How many small words from `index` on belong to the name, the next capital included; 0: none."""
        line = self._line
        words, shapes = line.words, line.shapes
        word = words[index]
        last = index
        if word in cues.PARTICLES:
            while last < count and last - index < 3 and words[last] in cues.PARTICLES and line.adjacent(last):
                last += 1
        elif word in ("of", "for", "on"):
            head = words[index - 1]
            first = words[begin]
            known = head in cues.ORGANISATION_HEADS or head in cues.PLACE_HEADS
            known = known or head in cues.TITLE_HEADS
            known = known and not self._ends_known_phrase(begin, index)
            if (
                not known
                or (word in ("for", "on") and head not in cues.ORGANISATION_HEADS)
                or first in cues.FUNCTION_WORDS - {"The"}
            ):
                return 0
            last += 1
            if last < count and words[last] == "the" and line.adjacent(last):
                last += 1
        elif word == "&":
            last += 1
        elif word == "and":
            # "Department of Health and Human Services", but not "Ministry of Defence and Mr Shoigu".
            part_of = any(words[k] in ("of", "for") for k in range(begin, index))
            follower = words[index + 1] if index + 1 < count else ""
            if self._shared_ending(begin, index):
                return 2
            if not part_of or follower in self._gazetteer.names or follower in cues.HONORIFICS:
                return 0
            if follower in self._gazetteer.first_names or words[index - 1] in self._gazetteer.names:
                return 0
            official = follower in cues.TITLE_PARTS or follower in cues.ORGANISATION_ENDINGS
            if not official and follower.lower() not in self._gazetteer.common:
                return 0
            last += 1
        else:
            return 0
        if last < count and words[last] in cues.CALENDAR:
            return 0
        if (
            last < count
            and last > index
            and line.adjacent(last)
            and shapes[last] in (Shape.CAPITAL, Shape.SHOUT)
        ):
            return last - index + 1
        return 0

    def _ends_known_phrase(self, begin: int, index: int) -> bool:
        """Whether a listed name is complete before this token: `Green Party` of `Green Party of Canada`."""
        return any(
            start + self.known_phrase(start, index) == index for start in range(max(begin, index - 4), index)
        )

    def _shared_ending(self, begin: int, index: int) -> bool:
        """Whether `and` at this token joins the halves of `Maritime and Coastguard Agency`."""
        words, names = self._line.words, self._gazetteer.names
        return (
            begin + 1 == index
            and index + 2 < len(words)
            and words[index + 2] in cues.JOINING_ENDINGS
            and self._line.adjacent(index + 1)
            and self._line.adjacent(index + 2)
            and words[begin] not in names
            and words[index + 1] not in names
            and self._line.shapes[index + 1] == Shape.CAPITAL
        )

    def past_office(self, index: int) -> int:
        """The token after `Secretary of State`, where a person's name begins; 0 where no such title stands here."""
        line = self._line
        words = line.words
        if words[index] not in cues.HONORIFICS or index + 3 >= len(words) or words[index + 1] != "of":
            return 0
        index += 2
        if words[index] == "the":
            index += 1
        begin = index
        while (
            index < len(words)
            and (words[index] in cues.OFFICES or words[index] in cues.TITLE_PARTS)
            and words[index] not in ("House", "Senate")
        ):
            index += 1
        if index == begin or index >= len(words):
            return 0
        return index

    def known_phrase(self, index: int, limit: int) -> int:
        """How many tokens from `index` on make up the longest known name of several words; 0 where none does."""
        gazetteer, line = self._gazetteer, self._line
        longest = gazetteer.heads.get(line.words[index])
        if not longest:
            return 0
        for length in range(min(longest, limit - index), 1, -1):
            last = index + length - 1
            phrase = line.text[line.starts[index] : line.ends[last]]
            if phrase in gazetteer.names:
                return length
        return 0


def lower_tail(word: str, known: Container[str]) -> str:
    """`-backed` of `Russia-backed`; empty where every part of the word begins with a capital."""
    if "-" not in word:
        return ""
    head, _, tail = word.partition("-")
    if len(head) < 2 or not head[0].isupper() or not tail.islower() or len(tail) < 3:
        return ""
    return f"-{tail}" if head in known or tail.endswith(cues.TAILS) else ""
