"""Reporting clauses: where in a paragraph it is said that somebody said something, and who."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from tui.entities import reporting
from tui.entities.quotation import Quoted, Sentences
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
    follows_on: bool = False
    """Whether the subject is that of the sentence, and stands elsewhere: `and warned`, `adding`."""


class Scene(NamedTuple):
    """One paragraph, taken apart."""

    text: str
    names: Names
    sentences: Sentences
    quoted: list[Quoted]


def clauses_of(scene: Scene) -> list[Clause]:
    """The reporting clauses of a paragraph that stand outside its quotation marks, in order."""
    openings = [quoted.opening for quoted in scene.quoted]
    found: list[Clause] = []
    for match in reporting.VERB.finditer(scene.text):
        at = bisect_right(openings, match.start()) - 1
        if at >= 0 and match.start() < scene.quoted[at].closing and _is_long(scene, scene.quoted[at]):
            continue
        limit = scene.sentences.end_of(match.start())
        if at + 1 < len(openings):
            limit = min(limit, openings[at + 1])
        clause = _clause(scene, match.start(), match.end(), match.lastindex or 1, limit)
        if clause is not None:
            found.append(clause)
    return found


def _is_long(scene: Scene, quoted: Quoted) -> bool:
    """Whether a verb within belongs to the words; a mark that was lost makes the rest of a paragraph seem so."""
    return (
        quoted.closed or quoted.opening == 0 or not scene.text[quoted.opening - 2 : quoted.opening].strip(" ")
    )


def _clause(scene: Scene, start: int, end: int, group: int, limit: int) -> Clause | None:
    text, names = scene.text, scene.names
    verb = text[start:end].lower()
    if group == 4:
        speaker = subject_after(text, end, limit, names)
        if speaker is None or speaker.mention is None:
            return None
        return Clause(start, speaker.end, verb, speaker, inverted=True)
    if group == 2:
        return Clause(start, end, verb, Speaker(start, start, None), inverted=False, follows_on=True)
    if group == 3:
        subject = subject_before(text, start, names, scene.sentences)
        if subject is None or (subject.mention is None and subject.pronoun is None):
            return None
        return Clause(subject.start, end, verb, subject, inverted=False)
    return _spoken(scene, start, end, verb, limit)


def _spoken(scene: Scene, start: int, end: int, verb: str, limit: int) -> Clause | None:
    text, names = scene.text, scene.names
    before = text[max(0, start - 12) : start].rstrip()
    if _CONJOINED.search(before):
        listener = _listener(scene, end, verb)
        return Clause(start, listener, verb, Speaker(start, start, None), inverted=False, follows_on=True)
    subject = subject_before(text, start, names, scene.sentences)
    if _may_invert(text, start, before) and (subject is None or subject.mention is None):
        after = subject_after(text, end, limit, names)
        if after is not None and (verb not in reporting.TELLING):
            return Clause(start, after.end, verb, after, inverted=True)
    if subject is None:
        return None
    return Clause(subject.start, _listener(scene, end, verb), verb, subject, inverted=False)


def _may_invert(text: str, start: int, before: str) -> bool:
    """Whether the verb stands behind what was said: after a comma or a closing mark."""
    return before[-1:] in (",", '"', "”", "’", "'", "»", "“", "–", "—", "-", "?", "!") and bool(
        text[:start].strip()
    )


def _listener(scene: Scene, end: int, verb: str) -> int:
    """Behind whom was told: `told reporters`, `told Reuters`, `warned him`."""
    text = scene.text
    if verb in reporting.SAYING or not text.startswith(" ", end):
        return end
    listener = reporting.LISTENER.match(text, end)
    mention = None
    for gap in (" ", " the ", " Mr ", " Mrs ", " Ms ", " Dr "):
        if text.startswith(gap, end):
            mention = mention or scene.names.starting_at(end + len(gap))
    if mention is not None and verb in reporting.TELLING | reporting.STATING:
        return mention.end
    return listener.end() if listener is not None else end
