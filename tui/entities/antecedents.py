"""Whom a pronoun stands for, where that is plain: people that titles and roles tell apart, and who spoke before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from tui.article import TITLE, Article, Mention
from tui.entities import reporting
from tui.entities.clauses import Attribution, Clause, Scene
from tui.entities.cues import ROLES
from tui.entities.patterns import one_of
from tui.entities.speakers import Names, Speaker, only_one, surname_of, word_before

_UNNAMED = frozenset(
    "official man woman diplomat aide source guest customer driver visitor villager neighbour".split()
)
_REACH = 800
"""Characters: whoever was named further back is not plainly meant."""
_SOMEBODY = re.compile(rf"\b(?:An?|One|Another)\s(?:[\w-]+\s){{0,2}}?{one_of(sorted(ROLES | _UNNAMED))}\b")
"""Somebody without a name as a sentence's subject, whom a pronoun may stand for."""


class People:
    """What an article says of whom its pronouns can stand for."""

    def __init__(self, article: Article, paragraphs: Mapping[int, Names]) -> None:
        self._article = article
        self._paragraphs = paragraphs
        self._genders: dict[str, str] | None = None
        self._ordered: bool | None = None

    @property
    def are_introduced(self) -> bool:
        """Whether people have their full names before their short ones, as they do unless paragraphs were shuffled."""
        if self._ordered is None:
            self._ordered = self._read_order()
        return self._ordered

    def _read_order(self) -> bool:
        first_short: dict[str, int] = {}
        introduced: set[str] = set()
        for number in sorted(self._paragraphs):
            for mention in self._paragraphs[number].mentions if number != TITLE else ():
                if mention.type != "person":
                    continue
                surname = surname_of(mention)
                words = [
                    word
                    for word in mention.text.split()
                    if word.lower().rstrip(".") not in reporting.HONORIFICS
                ]
                if len(words) == 1:
                    first_short.setdefault(surname, number)
                elif surname not in introduced and first_short.get(surname, number) < number:
                    return False
                else:
                    introduced.add(surname)
        return True

    def fits(self, mention: Mention, pronoun: str) -> bool:
        """Whether nothing speaks against the pronoun standing for this mention."""
        if pronoun in ("he", "she"):
            return mention.type == "person" and self._gender_of(mention) in (
                "",
                "m" if pronoun == "he" else "f",
            )
        return mention.type in ("organisation", "place")

    def _gender_of(self, mention: Mention) -> str:
        if self._genders is None:
            self._genders = self._read_genders()
        return self._genders.get(surname_of(mention), "")

    def _read_genders(self) -> dict[str, str]:
        """By surname `m` or `f`, as titles and roles before the name say; nothing where they disagree."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for number, names in self._paragraphs.items():
            text = self._article.text_of(number)
            for mention in names.mentions:
                if mention.type != "person":
                    continue
                for word in (word_before(text, 0, mention.start), mention.text.partition(" ")[0]):
                    plain = word.lower().rstrip(".,")
                    if plain in reporting.MASCULINE:
                        found[surname_of(mention)].add("m")
                    elif plain in reporting.FEMININE:
                        found[surname_of(mention)].add("f")
        return {surname: next(iter(genders)) for surname, genders in found.items() if len(genders) == 1}


class Resolver:
    """Says of each reporting clause of one paragraph whose words it reports.

    Args:
        scene: the paragraph.
        people: of its article.
        before: the paragraph before it in the article's order.
    """

    def __init__(self, scene: Scene, people: People, before: Scene | None) -> None:
        self._scene = scene
        self._people = people
        self._before = before
        self._spoken: list[tuple[int, Mention]] = []
        """Where somebody spoke, and who, in order."""

    def attributions(self, clauses: Sequence[Clause]) -> list[Attribution]:
        """The clauses with their speakers."""
        found: list[Attribution] = []
        for clause in clauses:
            speaker = clause.speaker.mention
            if clause.follows_on:
                speaker = self._subject_of_sentence(clause, found[-1] if found else None)
            elif clause.speaker.pronoun is not None:
                speaker = self._antecedent(clause.speaker, clause.speaker.pronoun)
            found.append(Attribution(clause, speaker))
            if speaker is not None:
                self._spoken.append((clause.start, speaker))
        return found

    def _subject_of_sentence(self, clause: Clause, last: Attribution | None) -> Mention | None:
        """Who goes on in `and warned`, `adding`: who spoke before in the sentence, else its only subject."""
        opening = self._scene.sentences.start_of(clause.start)
        if last is not None and last.clause.start >= opening:
            # "Biden had looked him in the eye, he said, and told him that": which of both told him?
            inserted = self._scene.text.startswith(",", last.clause.end) and not last.clause.follows_on
            doubtful = inserted and clause.verb in reporting.TELLING | reporting.SAYING
            return None if doubtful else last.speaker
        if clause.verb in reporting.ADDING or clause.start - opening > _REACH:
            return None
        subjects = [
            mention
            for mention in self._scene.names.within(opening, clause.start)
            if mention.type == "person" and self._may_be_subject(mention, opening)
        ]
        if subjects:
            return subjects[0] if len(subjects) == 1 else None
        first = self._scene.names.starting_at(opening)
        return (
            first
            if first is not None and self._may_be_subject(first, opening) and first.type != "misc"
            else None
        )

    def _may_be_subject(self, mention: Mention, opening: int) -> bool:
        """Whether a name can be its sentence's subject: no preposition or verb before it, no possessive behind."""
        text = self._scene.text
        words = text[max(opening, mention.start - 60) : mention.start].split()
        while words and words[-1].lower().rstrip(".") in reporting.HONORIFICS:
            words.pop()
        if words and not words[-1].endswith(",") and words[-1][0].islower():
            return False
        if words and words[-1].lower() in reporting.PREPOSITIONS:
            return False
        return text[mention.end : mention.end + 1] in (" ", ",")

    def _antecedent(self, subject: Speaker, pronoun: str) -> Mention | None:
        """Whom a pronoun stands for: who spoke before, or the only one whom the sentence before names."""
        scene, position = self._scene, subject.start
        opening = scene.sentences.start_of(position)
        earlier = scene.sentences.start_of(opening - 1) if opening else 0
        if self._spoken:
            where, last = self._spoken[-1]
            if not self._people.fits(last, pronoun):
                return None
            if pronoun != "it" and _SOMEBODY.search(scene.text, max(where, position - _REACH), position):
                return None
            if where >= earlier:
                return last
            others = self._fitting(scene, max(where, position - _REACH), position, pronoun)
            return last if position - where <= _REACH and only_one([*others, last]) else None
        # Whom a statement names that comes before its "she said" is seldom she.
        behind = (
            scene.text[max(opening, position - 3) : position]
            .rstrip()
            .endswith((",", '"', "”", "’", "'", "»"))
        )
        if not behind:
            named = self._fitting(scene, max(opening, position - _REACH), position, pronoun)
            if named:
                return only_one(named)
        if opening:
            return only_one(self._fitting(scene, max(earlier, opening - _REACH), opening, pronoun))
        return self._from_paragraph_before(pronoun)

    def _from_paragraph_before(self, pronoun: str) -> Mention | None:
        """The only one whom the last sentence before this paragraph names, where paragraphs stand in order."""
        if self._before is None or not self._people.are_introduced:
            return None
        length = len(self._before.text)
        last = max(self._before.sentences.starts[-1], length - _REACH)
        return only_one(self._fitting(self._before, last, length, pronoun))

    def _fitting(self, scene: Scene, start: int, end: int, pronoun: str) -> list[Mention]:
        return [mention for mention in scene.names.within(start, end) if self._people.fits(mention, pronoun)]
