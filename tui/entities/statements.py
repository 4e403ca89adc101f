"""Indirect speech: the span of what somebody is reported to have said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.article import Mention
from tui.entities import reporting
from tui.entities.clauses import Attribution, Clause, Scene

_LONGEST = 1000
"""Characters of a statement: nobody reports more in a sentence, but hostile text may seem to."""
_THAT_REACH = 90
_CLOSING_REACH = 200
_ROLES_REACH = 60
_FEWEST_WORDS = 2
_WORD = re.compile(r"\w+")
_TERMINAL = re.compile(r"[\s.,;:!?…–—-]+$")
_JOINS = frozenset(
    ("", "the", "and", "but", "while", "and mr", "but mr", "and ms", "but ms", "mr", "ms", "mrs")
)
_HANGS_ON = re.compile(
    r", (?:and|but|as|who|which|while|after|because|since|although|though|when|before|where|or|so|[a-z]+ing)\b"
)
_DESCRIBES = re.compile(r"\s+(?:the|an?|its|his|her|their|one)\s")
_HANGING = re.compile(r"(?:^|\s)(?:which|that|who|and|but|of|in|to|with|for|the|a)$", re.IGNORECASE)


class Statement(NamedTuple):
    """What somebody is reported to have said."""

    start: int
    end: int
    speaker: Mention | None


class Statements:
    """Finds the indirect speech of one paragraph.

    Args:
        scene: the paragraph.
        attributions: who is said to have said something in it.
        taken: start and end of its direct speech, in order.
        leading: which attributions lead in direct speech, and may report a statement before it besides.
        used: which attributions say who spoke the words before them.
    """

    def __init__(
        self,
        scene: Scene,
        attributions: Sequence[Attribution],
        taken: Sequence[tuple[int, int]],
        leading: set[int],
        used: set[int],
    ) -> None:
        self._scene = scene
        self._attributions = attributions
        self._taken = taken
        self._leading = leading
        self._used = used

    def found(self) -> Iterator[Statement]:
        """The statements, in order, apart from each other and from direct speech."""
        reached = 0
        for index, (clause, speaker) in enumerate(self._attributions):
            if index in self._used or clause.verb in reporting.UTTERING or clause.verb in reporting.CALLING:
                continue
            if speaker is None and clause.follows_on:
                continue
            span = self._span(index, clause)
            if span is None:
                continue
            start, end = self._beside_speech(max(span[0], reached), span[1])
            if len(_WORD.findall(self._scene.text, start, end)) >= _FEWEST_WORDS:
                yield Statement(start, end, speaker)
                reached = end

    def _beside_speech(self, start: int, end: int) -> tuple[int, int]:
        """What of a statement stands before the direct speech that begins within it."""
        at = bisect_right(self._taken, (start, start))
        if at and self._taken[at - 1][1] > start:
            return start, start
        if at < len(self._taken) and self._taken[at][0] < end:
            end = _trimmed(self._scene.text, start, max(start, self._taken[at][0] - 1))
        return start, end

    def _span(self, index: int, clause: Clause) -> tuple[int, int] | None:
        """What one clause reports."""
        sentences, text = self._scene.sentences, self._scene.text
        opening, ending = (
            sentences.start_of(clause.start),
            sentences.end_of(max(clause.end - 1, clause.start)),
        )
        if clause.verb == "according to":
            return self._accorded(index, clause, opening, ending)
        if not clause.inverted:
            start = self._start_behind(clause, ending)
            if start is not None:
                return self._until_turning(index, start, ending)
        if clause.follows_on or index in self._leading or clause.verb in reporting.LEADING:
            return None
        return self._before(index, clause, opening, ending) if _closes(text, clause.end, ending) else None

    def _start_behind(self, clause: Clause, ending: int) -> int | None:
        """Where a statement behind its clause begins."""
        text = self._scene.text
        adverbials = reporting.ADVERBIALS.match(text, clause.end, ending)
        end = adverbials.end() if adverbials else clause.end
        that = reporting.THAT.match(text, end) or reporting.THAT.match(text, clause.end)
        if that is None:
            that = reporting.THAT.search(text, end, min(ending, end + _THAT_REACH))
            if that is not None and not _is_occasion(text[end : that.start()]):
                that = None
        if that is not None:
            return that.end() + 1
        if clause.verb not in reporting.SAYING and not (clause.heard and clause.verb in reporting.TELLING):
            return None
        if text.startswith(":", end):
            end += 1
        if not text.startswith(" ", end) or reporting.NO_STATEMENT.match(text, end):
            return None
        return end + 1

    def _before(self, index: int, clause: Clause, opening: int, ending: int) -> tuple[int, int] | None:
        """A statement before its clause, a comma between: `The brakes could fail, said Moura.`"""
        text = self._scene.text
        comma = self._comma_before(clause, opening)
        if comma is None:
            return None
        end = _trimmed(text, opening, comma)
        if text.startswith(", ", clause.end) and text[clause.end + 2 : clause.end + 3].islower():
            # "The probe, Nair said, might have tipped over": the part that says more.
            rest = (
                None
                if _HANGS_ON.match(text, clause.end)
                else self._until_turning(index, clause.end + 2, ending)
            )
            if rest is not None and rest[1] - rest[0] > end - opening:
                return rest
        if _HANGING.search(text, max(opening, end - 12), end) or end - opening > _LONGEST:
            return None
        return opening, end

    def _comma_before(self, clause: Clause, opening: int) -> int | None:
        """Where the comma stands before a clause, the roles and titles before its subject left out."""
        comma = self._last_comma(opening, clause.start)
        text, end = self._scene.text, clause.speaker.end
        inserted = not clause.inverted and text.startswith((f", {clause.verb}", ", has ", ", also "), end)
        if comma is None or not inserted or text[comma + 1 : clause.start].strip():
            return comma
        # "…, the secretary of state, Antony Blinken, said": what describes the speaker is no part of it.
        earlier = self._last_comma(opening, comma)
        described = earlier is not None and _DESCRIBES.match(text, earlier + 1)
        return earlier if described else None

    def _last_comma(self, opening: int, end: int) -> int | None:
        """The last comma or dash shortly before a place in the sentence that begins at `opening`."""
        before = self._scene.text[max(opening, end - _ROLES_REACH) : end]
        mark = max(before.rfind(","), before.rfind("—"), before.rfind("–"))
        comma = end - len(before) + mark
        return comma if mark >= 0 and comma > opening else None

    def _accorded(self, index: int, clause: Clause, opening: int, ending: int) -> tuple[int, int] | None:
        """`According to Moscow, …` and `…, according to Moscow.`"""
        text = self._scene.text
        if clause.start == opening:
            following = self._attributions[index + 1 : index + 2]
            if (
                following
                and following[0].clause.start < ending
                and following[0].clause.speaker.mention is not None
            ):
                return None  # "According to the Gazette, the mayor said …": it is the mayor who speaks.
            comma = text.find(",", clause.end, min(ending, clause.end + _THAT_REACH))
            return self._until_turning(index, comma + 1, ending) if comma >= 0 else None
        if not _closes(text, clause.end, ending):
            return None
        end = _trimmed(text, opening, clause.start)
        if _HANGING.search(text, max(opening, end - 12), end) or end - opening > _LONGEST:
            return None
        return opening, end

    def _until_turning(self, index: int, start: int, ending: int) -> tuple[int, int] | None:
        """A statement up to where it ends within its sentence."""
        text = self._scene.text
        while start < ending and text[start].isspace():
            start += 1
        if ending - start > _LONGEST:
            return None
        turning = reporting.TURNING.search(text, start, ending)
        end = turning.start() if turning else ending
        for clause, _ in self._attributions[index + 1 : index + 9]:
            if clause.start >= end:
                break
            comma = text.rfind(",", start, clause.start)
            if comma > start and text[comma + 1 : clause.start].strip().lower() in _JOINS:
                end = comma
        return start, _trimmed(text, start, end)


def _is_occasion(text: str) -> bool:
    """Whether words between a verb and `that` say when, where or to whom."""
    words = text.split()
    return (
        bool(words) and words[0].lower() in reporting.OCCASIONS and not any(mark in text for mark in '.;:"“”')
    )


def _closes(text: str, end: int, ending: int) -> bool:
    """Whether nothing but when and where follows a clause in its sentence."""
    adverbials = reporting.ADVERBIALS.match(text, end, ending)
    if adverbials is not None:
        end = adverbials.end() - text.startswith(",", adverbials.end() - 1)
    rest = text[end : min(ending, end + _CLOSING_REACH)].strip()
    if not rest or rest[0] in ".,;!?)–—":
        return True
    return rest.split(None, 1)[0].lower() in reporting.PREPOSITIONS and " that " not in rest


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without the marks and blanks before it."""
    match = _TERMINAL.search(text, max(start, end - 12), end)
    return match.start() if match else end
