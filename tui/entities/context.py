"""What stands before and after a candidate, as votes for its type."""

from __future__ import annotations

from tui.entities import cues
from tui.entities.candidate import MISC, ORGANISATION, PERSON, PLACE
from tui.entities.line import Line
from tui.entities.tokens import Shape

_QUOTES = frozenset("\"“”‘’'")


def context_votes(line: Line, begin: int, end: int, votes: list[float]) -> None:
    """Add to `votes` what the tokens around `[begin, end)` say."""
    _before(line, begin, end, votes)
    _after(line, begin, end, votes)


def _before(line: Line, begin: int, end: int, votes: list[float]) -> None:
    if begin == 0:
        return
    words = line.words
    previous = words[begin - 1]
    lower = previous.lower()
    if lower == "the":
        if end < len(words) and words[end] in cues.PERSON_FOLLOWERS and end - 1 not in line.possessive:
            votes[PERSON] += 2.0
            return
        votes[ORGANISATION] += 1.3
        votes[MISC] += 0.8
        votes[PERSON] -= 2.5
        votes[PLACE] -= 0.3
        return
    if lower in ("a", "an"):
        votes[MISC] += 1.0
        votes[PERSON] -= 1.5
        votes[PLACE] -= 1.0
        return
    if lower in cues.PLACE_PREPOSITIONS:
        votes[PLACE] += cues.PLACE_PREPOSITIONS[lower]
        if lower == "in":
            votes[PERSON] -= 1.0
        if (
            lower == "of"
            and begin > 1
            and words[begin - 2].lower() in cues.PLACE_NOUNS | {"north", "south", "east", "west"}
        ):
            votes[PLACE] += 4.0
        return
    if lower in cues.ROLES and line.shapes[begin - 1] == Shape.LOWER:
        votes[PERSON] += 3.5
    elif lower in ("by", "with", "told", "married", "named", "called"):
        votes[PERSON] += 0.6
    elif lower in ("against", "beat", "joined", "defeated", "v", "vs", "versus"):
        votes[ORGANISATION] += 0.8
    elif previous in _QUOTES and end < len(words) and words[end] in _QUOTES and end - begin > 1:
        votes[MISC] += 2.5
    if lower in cues.ORGANISATION_NOUNS:
        votes[ORGANISATION] += 2.0
    elif lower in cues.PLACE_NOUNS:
        votes[PLACE] += 1.5
    if previous == "," and begin >= 2 and words[begin - 2].lower() in cues.ROLES:
        votes[PERSON] += 2.0


def _after(line: Line, begin: int, end: int, votes: list[float]) -> None:
    words = line.words
    count = len(words)
    if end - 1 in line.possessive:
        votes[PERSON] += 0.3
        votes[ORGANISATION] += 0.2
        votes[PLACE] += 0.2
        return
    if end >= count:
        return
    following = words[end]
    if following in cues.PEOPLE_VERBS:
        votes[PERSON] += 1.5
        votes[ORGANISATION] += 0.5
    elif following in cues.ORGANISATION_FOLLOWERS:
        votes[ORGANISATION] += 1.5
        votes[PLACE] += 0.7
    elif following in cues.PLACE_FOLLOWERS:
        votes[PLACE] += 3.0
    elif following in cues.PERSON_FOLLOWERS:
        votes[PERSON] += 0.7
    elif following in ("who", "whose", "himself", "herself"):
        votes[PERSON] += 3.0
    elif following == ",":
        _after_comma(line, end + 1, votes)
    elif following == "(" and end + 2 < count and words[end + 2] == ")" and end - begin > 1:
        initials = "".join(word[0] for word in words[begin:end] if word[0].isupper())
        if words[end + 1].replace(".", "") == initials:
            votes[ORGANISATION] += 3.0


def _after_comma(line: Line, index: int, votes: list[float]) -> None:
    """What an apposition says: `, 45,`, `, a spokesman for`, `, the capital of`, `, who`."""
    words = line.words
    count = len(words)
    if index >= count:
        return
    word = words[index]
    if word in ("who", "whose"):
        votes[PERSON] += 3.5
    elif (
        line.shapes[index] == Shape.NUMBER
        and len(word) == 2
        and index + 1 < count
        and words[index + 1] == ","
    ):
        votes[PERSON] += 4.0
    elif word in ("a", "an", "the", "one", "his", "her", "its", "our") or word in cues.ROLES:
        for ahead in range(index, min(index + 6, count)):
            near = words[ahead].lower()
            if near in cues.ROLES:
                votes[PERSON] += 3.0
                return
            if near in cues.PLACE_NOUNS:
                votes[PLACE] += 2.5
                return
            if near in cues.ORGANISATION_NOUNS:
                votes[ORGANISATION] += 2.5
                return
            if not near[0].isalnum():
                return
