"""Direct speech: whose words stand between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.article import Mention
from tui.entities import reporting
from tui.entities.clauses import Attribution, Scene
from tui.entities.quotation import Quoted
from tui.entities.speakers import are_one

_FEWEST_SPEECH = 4
"""Words in quotation marks that are speech though nobody is said to have spoken them."""
_FEWEST_CALLED = 2
"""Words that somebody calls something, so that they are speech and no name."""
_LEADS_IN = re.compile(r"[^.!?;\"“”«»]{0,120}[:,]\s*|\s*(?:that\s*)?")
_CALLS = re.compile(r"[^.!?;:\"“”«»]{0,80}?\s")
_AFTER_CLAUSE = re.compile(r"[^\"“”«»„]{0,200}")
_PARTS = re.compile(r"[.,;:!?\"“”]")
_WORD = re.compile(r"\w+")
_ENDS_SPEECH = re.compile(r"[.,?!…—–-][’']?$")
_JOINS = frozenset(("", ",", ".", ":", ";", "–", "—", "-", ", and", ", adding", ", but"))
_HEADLINE_MARK = re.compile(r"\s*[:–—-]\s*")
_ROLES_REACH = 60
"""Characters of the titles and roles before a subject: `team member Rodaba Noori said`."""


class Spoken(NamedTuple):
    """Words between quotation marks that somebody spoke."""

    quoted: Quoted
    speaker: Mention | None
    clause: int | None = None
    """Which attribution says so."""
    before_clause: bool = False
    """Whether they stand before it."""


class DirectSpeech:
    """Finds the direct speech of one paragraph."""

    def __init__(self, scene: Scene, attributions: Sequence[Attribution]) -> None:
        self._scene = scene
        self._attributions = attributions

    def spoken(self, carried: tuple[Mention | None] | None) -> Iterator[Spoken]:
        """The words that somebody spoke, in order.

        Args:
            carried: in a tuple the speaker of the speech that the paragraph before left open; None where it left none.
        """
        scene = self._scene
        if not scene.quoted or scene.quoted[0].opening > scene.first:
            carried = None
        last: Spoken | None = None
        index = 0
        for quoted in scene.quoted:
            while index < len(self._attributions) and self._attributions[index].clause.start < quoted.opening:
                index += 1
            if carried is not None:
                found: Spoken | None = Spoken(quoted, carried[0])
            else:
                found = self._attributed(quoted, index, last)
            carried = None
            if found is None and self._is_speech(quoted):
                found = Spoken(quoted, None)
            if found is not None:
                last = found
                yield found

    def _attributed(self, quoted: Quoted, index: int, last: Spoken | None) -> Spoken | None:
        """Who spoke, where somebody is said to; `index` is the first attribution behind the opening mark."""
        attributions = self._attributions
        following = index
        while following < len(attributions) and attributions[following].clause.start < quoted.closing:
            following += 1
        if following < len(attributions) and self._is_said_behind(quoted, attributions[following]):
            return Spoken(quoted, attributions[following].speaker, following, before_clause=True)
        if index and self._leads_in(attributions[index - 1], quoted):
            return Spoken(quoted, attributions[index - 1].speaker, index - 1)
        if last is not None and self._goes_on(quoted, last):
            return Spoken(quoted, last.speaker)
        return self._after_report(quoted, index) or self._after_name(quoted)

    def _is_said_behind(self, quoted: Quoted, attribution: Attribution) -> bool:
        """`"…," said Pugh`, `"…," team member Rodaba Noori told the press`."""
        clause, text = attribution.clause, self._scene.text
        if not quoted.closed or clause.follows_on or clause.verb in reporting.CALLING:
            return False
        if clause.start - quoted.closing > _ROLES_REACH:
            return False
        between = text[quoted.closing : clause.start].strip(" ,–—-\u00a0")
        if _PARTS.search(between) and not between.startswith("the "):
            return False
        if _ENDS_SPEECH.search(text[quoted.end - 2 : quoted.end]) or text.startswith(",", quoted.closing):
            return True
        sentences = self._scene.sentences
        return clause.inverted or sentences.begins_at(quoted.opening) or quoted.opening == self._scene.first

    def _leads_in(self, attribution: Attribution, quoted: Quoted) -> bool:
        """`Pugh said: "…`, `Peskov told reporters, "…`."""
        clause, text, sentences = attribution.clause, self._scene.text, self._scene.sentences
        if (clause.inverted and clause.verb != "according to") or clause.verb in reporting.CALLING:
            return False
        if sentences.start_of(clause.start) != sentences.start_of(quoted.opening):
            return False
        between = _LEADS_IN.fullmatch(text, clause.end, quoted.opening)
        if between is None:
            return False
        rest = between.group().rstrip()
        if rest.endswith(":"):
            return True
        if len(rest) > 1 and rest.endswith(","):
            adverbials = reporting.ADVERBIALS.match(rest)
            if adverbials is None or adverbials.end() < len(rest):
                return False
        # `said that "nothing" was signed` reports a sentence, of which a word is quoted.
        return _ends_sentence(text, quoted)

    def _goes_on(self, quoted: Quoted, last: Spoken) -> bool:
        """Whether words go on with the speech before them: `"A," said X, "b." "C."`"""
        text, sentences = self._scene.text, self._scene.sentences
        spoken_end = last.quoted.closing
        if (
            not text[spoken_end : min(quoted.opening, spoken_end + 4)].strip()
            and quoted.opening - spoken_end < 4
        ):
            return True
        clause_end = spoken_end
        if last.clause is not None and last.before_clause:
            clause_end = self._attributions[last.clause].clause.end
        between = _AFTER_CLAUSE.fullmatch(text, clause_end, quoted.opening)
        if between is None:
            return False
        if clause_end > spoken_end and between.group().strip() in _JOINS:
            return True
        if not self._is_sentence(quoted):
            return False
        if clause_end > spoken_end and sentences.end_of(clause_end - 1) == quoted.opening:
            return True
        others = self._scene.names.within(clause_end, quoted.opening)
        return last.speaker is not None and not any(
            mention.type == "person" and not are_one(mention, last.speaker) for mention in others
        )

    def _after_report(self, quoted: Quoted, index: int) -> Spoken | None:
        """`Varga said that it was unusual. "You table a treaty when …"`: the words follow the report of them."""
        if not index or not self._is_sentence(quoted):
            return None
        attribution = self._attributions[index - 1]
        clause, sentences = attribution.clause, self._scene.sentences
        if attribution.speaker is None or clause.verb in reporting.CALLING:
            return None
        if sentences.end_of(clause.start) != quoted.opening:
            return None
        opening = sentences.start_of(clause.start)
        earlier = self._attributions[index - 2] if index > 1 else None
        if earlier is not None and earlier.clause.start >= opening and earlier.speaker != attribution.speaker:
            return None
        return Spoken(quoted, attribution.speaker)

    def _after_name(self, quoted: Quoted) -> Spoken | None:
        """`Dent: "I shall miss the noise."`, and in headlines `"We shall miss the noise" – Dent`."""
        scene, text = self._scene, self._scene.text
        start = max(scene.sentences.start_of(quoted.opening), quoted.opening - _ROLES_REACH)
        for mention in scene.names.within(start, quoted.opening):
            if mention.type == "person" and text[mention.end : quoted.opening].strip() == ":":
                return Spoken(quoted, mention)
        if scene.is_title and quoted.closed:
            mark = _HEADLINE_MARK.match(text, quoted.closing)
            named = scene.names.starting_at(mark.end()) if mark else None
            if named is not None and named.type == "person" and named.end == len(text):
                return Spoken(quoted, named)
        return None

    def _is_sentence(self, quoted: Quoted) -> bool:
        """Whether words in marks are a sentence, or several, of the paragraph's."""
        begins = self._scene.sentences.begins_at(quoted.opening) or quoted.opening == self._scene.first
        return begins and _ENDS_SPEECH.search(self._scene.text[quoted.end - 2 : quoted.end]) is not None

    def _is_speech(self, quoted: Quoted) -> bool:
        """Whether words in marks are a sentence that somebody spoke, though nobody says who."""
        text = self._scene.text
        first = text[quoted.start]
        if self._scene.is_title or not (first.isupper() or first in "…‘'["):
            return False
        if not self._is_sentence(quoted) and (quoted.closed or quoted.opening > self._scene.first):
            return False
        return len(_WORD.findall(text, quoted.start, min(quoted.end, quoted.start + 200))) >= _FEWEST_SPEECH

    def called(self) -> Iterator[Spoken]:
        """The phrases by which somebody calls something: `Reyes called it "a beautiful piece of work"`."""
        index = 0
        for quoted in self._scene.quoted:
            while index < len(self._attributions) and self._attributions[index].clause.end <= quoted.opening:
                index += 1
            if not quoted.closed or not index:
                continue
            clause, speaker = self._attributions[index - 1]
            if clause.verb not in reporting.CALLING or speaker is None:
                continue
            near = _CALLS.fullmatch(self._scene.text, clause.end, quoted.opening)
            if near and len(_WORD.findall(self._scene.text, quoted.start, quoted.end)) >= _FEWEST_CALLED:
                yield Spoken(quoted, speaker)


def _ends_sentence(text: str, quoted: Quoted) -> bool:
    """Whether nothing of a sentence is left behind a quote."""
    rest = text[quoted.closing : quoted.closing + 3].strip()
    return not rest or rest[0] in ".,;:!?)" or (text[quoted.end - 1] in ".!?…" and not rest[0].islower())
