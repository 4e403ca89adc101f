"""Reporting clauses: where in a paragraph it is said that somebody said something, and who."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from tui.article import Mention
from tui.entities import reporting
from tui.entities.quotation import Quoted, Sentences, quoted_in
from tui.entities.speakers import Names, Speaker, subject_after, subject_before

_CONJOINED = re.compile(r"\s(?:and|but)(?: (?:has|had|also|then|later))?$")


class Clause(NamedTuple):
    """`Peskov told reporters`, `said the minister, Per Aas`, `according to Moscow`."""

    start: int
    end: int
    """Behind subject and verb, whichever comes last, and behind whom was told."""
    verb: str
    speaker: Speaker
    inverted: bool
    """Whether the subject stands behind the verb: then what was said stands before it."""
    heard: bool = False
    """Whether it says whom the speaker told."""
    follows_on: bool = False
    """Whether the subject is that of the sentence, and stands elsewhere: `and warned`, `adding`."""


class Attribution(NamedTuple):
    """A clause, and whose words it reports."""

    clause: Clause
    speaker: Mention | None


@dataclass(frozen=True, slots=True)
class Scene:
    """One paragraph, taken apart."""

    text: str
    first: int
    """Where the first character that is no blank stands."""
    names: Names
    sentences: Sentences
    quoted: list[Quoted]
    is_title: bool

    @classmethod
    def of(cls, text: str, names: Names, *, is_title: bool) -> Scene:
        """Take a paragraph apart."""
        first = len(text) - len(text.lstrip())
        return cls(text, first, names, Sentences(text), quoted_in(text), is_title)


def clauses_of(scene: Scene) -> list[Clause]:
    """The reporting clauses of a paragraph that stand outside its quotation marks, in order."""
    openings = [quoted.opening for quoted in scene.quoted]
    found: list[Clause] = []
    for match in reporting.VERB.finditer(scene.text):
        at = bisect_right(openings, match.start()) - 1
        if at >= 0 and match.start() < scene.quoted[at].closing and _encloses(scene, scene.quoted[at]):
            continue
        mark = openings[at + 1] if at + 1 < len(openings) else len(scene.text)
        clause = _clause(scene, match.start(), match.end(), match.lastindex or 1, mark)
        if clause is not None:
            found.append(clause)
    return found


def _encloses(scene: Scene, quoted: Quoted) -> bool:
    """Whether a verb within belongs to the words; a mark that was lost makes the rest of a paragraph seem so."""
    return quoted.closed or quoted.opening == scene.first


def _clause(scene: Scene, start: int, end: int, group: int, mark: int) -> Clause | None:
    """The clause of one verb; `mark` is where the next quotation mark opens."""
    text, names = scene.text, scene.names
    verb = text[start:end].lower()
    if group == 4:
        speaker = subject_after(text, end, min(mark, scene.sentences.end_of(start)), names)
        if speaker is None or speaker.mention is None:
            return None
        return Clause(start, speaker.end, verb, speaker, inverted=True)
    if group == 2:
        if text[max(0, start - 2) : start].strip() != ",":
            return None
        return Clause(start, end, verb, Speaker(start, start, None), inverted=False, follows_on=True)
    if group == 3:
        subject = subject_before(text, start, names, scene.sentences)
        if subject is None or (subject.mention is None and subject.pronoun is None):
            return None
        return Clause(subject.start, end, verb, subject, inverted=False)
    return _spoken(scene, start, end, verb, mark)


def _spoken(scene: Scene, start: int, end: int, verb: str, mark: int) -> Clause | None:
    text, names = scene.text, scene.names
    before = text[max(0, start - 12) : start].rstrip()
    if _CONJOINED.search(before):
        return _told(scene, start, end, verb, Speaker(start, start, None), follows_on=True)
    subject = subject_before(text, start, names, scene.sentences)
    if _may_invert(before) and (subject is None or subject.mention is None):
        after = subject_after(text, end, min(mark, scene.sentences.end_of(start)), names)
        if after is not None and verb not in reporting.TELLING:
            return Clause(start, after.end, verb, after, inverted=True)
    if subject is None:
        return None
    return _told(scene, subject.start, end, verb, subject, follows_on=False)


def _may_invert(before: str) -> bool:
    """Whether the verb stands behind what was said: after a comma or a closing mark."""
    return before[-1:] in (",", '"', "”", "’", "'", "»", "“", "–", "—", "-", "?", "!")


def _told(scene: Scene, start: int, end: int, verb: str, subject: Speaker, *, follows_on: bool) -> Clause:
    """The clause with whom was told: `told reporters`, `told Reuters`, `warned him`."""
    heard_to = _listener(scene, end, verb)
    heard = heard_to > end
    return Clause(start, heard_to, verb, subject, inverted=False, heard=heard, follows_on=follows_on)


def _listener(scene: Scene, end: int, verb: str) -> int:
    """Behind whom was told; `end` where nobody is."""
    text = scene.text
    if verb in reporting.SAYING or not text.startswith(" ", end):
        return end
    listener = reporting.LISTENER.match(text, end)
    if listener is not None:
        return listener.end()
    if not text[end + 1 : end + 2].isupper() and verb not in reporting.TELLING:
        return end
    limit = min(len(text), scene.sentences.end_of(end))
    named = subject_after(text, end, limit, scene.names)
    if named is not None and named.mention is not None:
        # `told Reuters`; but `added Peskov` only where it goes on: `warned Mr Putin that`.
        return named.end if verb in reporting.TELLING or text.startswith(" that ", named.end) else end
    if verb in reporting.TELLING:
        mention = scene.names.starting_at(end + 1) or scene.names.starting_at(end + 5)
        if mention is not None and text[end : mention.start] in (" ", " the "):
            return mention.end
        somebody = reporting.SOMEBODY.match(text, end, limit)
        return somebody.end() if somebody else end
    return end
