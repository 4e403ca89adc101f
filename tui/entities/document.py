"""What a whole article says about its candidates: one name has one type, and a name seen once is seen everywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from tui.article import MENTION_TYPES, MentionType
from tui.entities import cues
from tui.entities.candidate import INDEX_OF, ORGANISATION, PERSON, PLACE, Candidate
from tui.entities.gazetteer import Gazetteer

_LIST_DIVIDERS = frozenset({", ", " and ", ", and ", " or ", "/"})
_LIST_GAPS = frozenset(len(divider) for divider in _LIST_DIVIDERS)
_SURE = 3.0
"""Votes from which on a name's type may colour its neighbours in a list."""
_NEIGHBOURLY = 1.2
_LISTED_PLACE = 5.7
"""What a place has in votes where the list of places, and no preposition, speaks for it."""


class Document:
    """The names of one article, decided."""

    def __init__(self, candidates: list[Candidate], lowered: set[str], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._lowered = lowered
        self._texts = {candidate.text for candidate in candidates}
        self._votes: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
        self._counts: Counter[str] = Counter()
        self.parts: dict[str, MentionType] = {}
        """Surnames and short forms that full names imply, whether or not the running text has them."""
        self.types: dict[str, MentionType] = {}
        """The type of each accepted text."""
        self._count(candidates)
        self._coordinate(candidates)
        self._link()
        for text, votes in self._votes.items():
            self.types[text] = MENTION_TYPES[_best(votes)]

    def type_of(self, candidate: Candidate) -> MentionType | None:
        """The type of one candidate; None where it names nothing."""
        if candidate.sure:
            return MENTION_TYPES[_best(candidate.votes)]
        found = self.types.get(self._pooled(candidate.text))
        if found is None and not candidate.weak:
            found = MENTION_TYPES[_best(candidate.votes)]
        return found

    def _count(self, candidates: list[Candidate]) -> None:
        for candidate in candidates:
            if candidate.weak:
                continue
            if candidate.size == 1 and not candidate.sure and self._ordinary(candidate):
                candidate.weak = True
                continue
            pooled = self._votes[self._pooled(candidate.text)]
            self._counts[self._pooled(candidate.text)] += 1
            for index, vote in enumerate(candidate.votes):
                pooled[index] += vote

    def _ordinary(self, candidate: Candidate) -> bool:
        """Whether the article writes the word small elsewhere, and no list has it as a name."""
        return (
            candidate.text.lower() in self._lowered
            and candidate.text not in self._gazetteer.names
            and max(candidate.votes) < 5.0
        )

    def _pooled(self, text: str) -> str:
        """The text whose votes this one shares: `Ukraines` shares those of `Ukraine`."""
        if text.isupper() and len(text) > 4 and text.title() in self._texts:
            return text.title()
        stem = text[:-1]
        if not text.endswith("s") or len(stem) < 3 or text in self._gazetteer.names:
            return text
        return stem if stem in self._texts or stem in self._gazetteer.names else text

    def _coordinate(self, candidates: list[Candidate]) -> None:
        """Let names in a list speak for their neighbours: `in Mosul, Baiji and Tuz`."""
        for before, after in pairwise(candidates):
            if after.start - before.end not in _LIST_GAPS or before.line is not after.line:
                continue
            between = before.line.text[before.end - before.line.offset : after.start - before.line.offset]
            if between not in _LIST_DIVIDERS:
                continue
            for one, other in ((before, after), (after, before)):
                if one.weak or other.weak:
                    continue
                own = self._votes[self._pooled(one.text)]
                kind = _best(own)
                if own[kind] >= _SURE and (before.size == 1) == (after.size == 1):
                    self._votes[self._pooled(other.text)][kind] += _NEIGHBOURLY

    def _link(self) -> None:
        """Let full names speak for their parts."""
        for text in list(self._votes):
            words = text.split()
            if len(words) < 2:
                continue
            kind = _best(self._votes[text])
            if kind == PERSON:
                self._speak_for_surname(words[-1])
                self._speak_for(words[0], PERSON, 2.0 if words[0] in self._gazetteer.first_names else 1.0)
                if len(words) > 2:
                    self._speak_for(" ".join(words[1:]), PERSON, 4.0)
                    self._speak_for(" ".join(words[-2:]), PERSON, 4.0)
            elif kind == ORGANISATION:
                self._speak_for_short_forms(words)
                if words[-1] in cues.CORPORATE:
                    self._speak_for(" ".join(words[:-1]), ORGANISATION, 4.0)
                initials = "".join(word[0] for word in words if word[0].isupper())
                if len(initials) > 1:
                    self._speak_for(initials, ORGANISATION, 3.0)
            elif kind == PLACE and words[0] in ("Mount", "Lake", "Cape"):
                self._speak_for(" ".join(words[1:]), PLACE, 2.0)

    def _speak_for_surname(self, surname: str) -> None:
        """`Washington` is a person after `Denzel Washington`, unless something says `in Washington`."""
        if surname not in self._gazetteer.names and surname.lower() not in self._gazetteer.common:
            self.parts.setdefault(surname, "person")
        weight = 4.0
        if surname in self._votes:
            place = self._votes[surname][PLACE]
            if place <= _LISTED_PLACE * self._counts[surname]:
                weight += place
        self._speak_for(surname, PERSON, weight)

    def _speak_for_short_forms(self, words: list[str]) -> None:
        """`Helix` and `the Courier`, where `Helix Semiconductor Inc` and `Halden Courier` are known."""
        gazetteer = self._gazetteer
        for part, weight in ((words[0], 2.0), (words[-1], 3.0)):
            if part in self._votes and self._votes[part][PLACE] > _NEIGHBOURLY:
                continue
            if part not in gazetteer.names and part.lower() not in gazetteer.common and part[0].isupper():
                self.parts.setdefault(part, "organisation")
                self._speak_for(part, ORGANISATION, weight)

    def _speak_for(self, part: str, kind: int, weight: float) -> None:
        if part in self._texts or f"{part}s" in self._texts:
            known = self._gazetteer.names.get(part)
            sure = part not in self._gazetteer.minor_places
            if known and sure and INDEX_OF[known] != kind and weight < 4.0:
                return
            self._votes[part][kind] += weight


def _best(votes: list[float]) -> int:
    """The type with most votes; nothing known at all leaves a person, ties go to the first of the four."""
    return max(range(4), key=lambda index: (votes[index], -index))
