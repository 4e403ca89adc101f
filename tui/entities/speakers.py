"""Whose words they are: the subject of a reporting verb, before or behind it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tui.article import Mention
from tui.entities import reporting
from tui.entities.cues import CALENDAR, ROLES
from tui.entities.quotation import Sentences

_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]+$")
_WORD_REACH = 40
_APPOSITION_REACH = 200
_INVERTED_REACH = 160
_DESCRIPTION_REACH = 80
_DESCRIPTIVE = frozenset(
    "former deputy acting vice assistant senior chief prime foreign defence defense interior finance "
    "health first lead national state home late junior honorary executive general rookie star veteran "
    "retired fellow co-author spokesman".split()
)
_POSSESSIVE = re.compile(r"['’]s?(?!\w)|s['’]")
_GAP = re.compile(r"(?:[\w’'.&-]+,?\s+)*")
_GAP_STOPS = re.compile(
    r"\b(?:that|to|in|on|by|he|she|it|they|who|whose|with|about|after|before|when|as|if|is|was|were|are|had|has|will|would|"
    r"and|but|or|from|into|than|because)\b"
)
_DESCRIBES = re.compile(r"\b(?!the\b|of\b|for\b|at\b|an?\b)[a-z]{2,}")
"""A word for what somebody is: `the club's chairman, `, not `the New Zealand Herald, `."""
_GAP_LINKS = re.compile(r"\b(?:of|for|at)\b")
_ENDS_PHRASE = re.compile(
    r"\s*(?:[.,;:!?)\"”’»—–]|$|(?:in|on|at|during|after|last|this|yesterday|today|late|earlier)\b)"
)
_POST_NOMINAL = re.compile(r",\s+(?:[A-Z]{2,4}\Z|[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}['’]s\s[a-z])")
_FIRST_WORD = re.compile(r"[\w'’-]+")


class Speaker(NamedTuple):
    """What stands where a reporting verb's subject is."""

    start: int
    """Where the subject begins, its titles left out."""
    end: int
    mention: Mention | None
    """None for a pronoun, or a speaker whom no mention names."""
    pronoun: str | None = None


class Names:
    """The mentions of one paragraph by where they stand."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        """In order."""
        self._starts = [mention.start for mention in mentions]
        self._by_end = {mention.end: mention for mention in mentions}

    def ending_at(self, position: int) -> Mention | None:
        """The mention that ends exactly here."""
        return self._by_end.get(position)

    def starting_at(self, position: int) -> Mention | None:
        """The mention that begins exactly here."""
        at = bisect_left(self._starts, position)
        return self.mentions[at] if at < len(self._starts) and self._starts[at] == position else None

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in a stretch."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def subject_before(text: str, verb: int, names: Names, sentences: Sentences) -> Speaker | None:
    """The subject that stands before the verb at `verb`; None where nobody is reported to have spoken.

    `Peskov said`, `Peskov, the Kremlin's spokesman, later said`, `he said`; a subject that is no mention, as in
    `officials said`, is a speaker without one.
    """
    opening = sentences.start_of(verb)
    end = _before_adverbs(text, opening, verb)
    if end is None or end <= opening:
        return None
    if text[end - 1] == "," or text[end - 1] in ")–—":
        return _with_apposition(text, opening, end - 1, names)
    mention = names.ending_at(end)
    if mention is not None:
        return _named(text, opening, mention, names)
    word = word_before(text, opening, end)
    lowered = word.lower()
    if lowered in reporting.PRONOUNS:
        before = word_before(text, opening, _stripped(text, end - len(word))).lower()
        return (
            None if before in reporting.RELATIVES - {"as"} else Speaker(end - len(word), end, None, lowered)
        )
    if lowered == "who":
        # "Peskov, who said that …"
        comma = _stripped(text, end - 3)
        mention = names.ending_at(comma - 1) if text[comma - 1 : comma] == "," else names.ending_at(comma)
        return _named(text, opening, mention, names) if mention is not None else None
    if not word or not word[-1].isalnum() or lowered in reporting.RELATIVES or lowered in _CONJUNCTIONS:
        return None
    return Speaker(end - len(word), end, None)


_CONJUNCTIONS = frozenset("and but or then so i we you".split())


def _stripped(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def word_before(text: str, opening: int, end: int) -> str:
    """The last word before `end` in the sentence that begins at `opening`; empty where there is none."""
    end = _stripped(text, end)
    match = _LAST_WORD.search(text, max(opening, end - _WORD_REACH), end)
    return match.group() if match else ""


def _before_adverbs(text: str, opening: int, verb: int) -> int | None:
    """Where the subject ends, before `also`, `has`, `later`; None where a word before the verb undoes it."""
    end = _stripped(text, verb)
    for _ in range(5):
        word = word_before(text, opening, end).lower().rstrip(",")
        if word in reporting.BLOCKING or word.endswith(("n't", "n’t")):
            return None
        if word not in reporting.SKIPPED and not (
            word.endswith("ly") and len(word) > 4 and word[0].islower()
        ):
            return end
        end = _stripped(text, end - len(word) - (text[end - 1] == ","))
        if end <= opening:
            return None
    return end


def _named(text: str, opening: int, mention: Mention, names: Names) -> Speaker | None:
    """The mention as a subject, or what it is only a part of: `a friend of Putin`, `Putin and Biden`."""
    if mention.type == "misc":
        return Speaker(mention.start, mention.end, None)
    end = _stripped(text, mention.start)
    stepped = 0
    while stepped < 5:
        word = word_before(text, opening, end)
        lowered = word.lower().strip(",")
        if not word or "," in word or word in CALENDAR:
            break
        is_role = lowered in ROLES or lowered in _DESCRIPTIVE or lowered.rstrip(".") in reporting.HONORIFICS
        of_role = stepped and (
            word[0].isupper() or lowered in ("the", "a", "an", "his", "her", "its", "their")
        )
        if not is_role and not of_role:
            break
        stepped += 1
        end = _stripped(text, end - len(word))
    lowered = word_before(text, opening, end).lower()
    if stepped == 0 and lowered == "the":
        end = _stripped(text, end - 3)
        lowered = word_before(text, opening, end).lower()
    if lowered in ("for", "of") and reporting.SPOKESMAN.search(text[max(opening, end - _WORD_REACH) : end]):
        return Speaker(mention.start, mention.end, mention if mention.type != "person" else None)
    if lowered in reporting.RELATIVES - {"as"}:
        return None
    if lowered in reporting.PREPOSITIONS:
        # "Anneke Visser of the University of Delm"
        head = names.ending_at(_stripped(text, end - len(lowered)))
        if head is not None and head.type == "person" and mention.type != "person":
            return _named(text, opening, head, names)
        return Speaker(mention.start, mention.end, None)
    if lowered in ("and", "or", "&"):
        joined = _stripped(text, end - len(lowered))
        if names.ending_at(joined) is not None and text[joined - 1] != ",":
            return Speaker(mention.start, mention.end, None)
    return Speaker(mention.start, mention.end, mention)


def _with_apposition(text: str, opening: int, comma: int, names: Names) -> Speaker | None:
    """The subject before a comma: `Helena Varga, who …,` or `the mayor of Carrow, Joe Tully,`."""
    mention = names.ending_at(comma)
    if mention is not None and mention.type != "misc":
        before = _stripped(text, mention.start)
        named = text[before - 1 : before] == "," or before <= opening or _is_introduced(text, opening, before)
        if named if mention.type == "person" else _is_described(text, opening, before, names):
            return _named(text, opening, mention, names)
    for mention in reversed(names.within(max(opening, comma - _APPOSITION_REACH), comma)):
        if mention.type == "misc" or mention.end >= comma:
            continue
        if text[mention.end] != "," or not _describes(text, mention.end, comma):
            continue
        if _has_marks(text[mention.end : comma]):
            continue
        speaker = _named(text, opening, mention, names)
        if speaker is not None and speaker.mention is not None:
            return speaker
    return None


def _describes(text: str, start: int, end: int) -> bool:
    """Whether an apposition says what somebody is: `, who leads it`, `, QC`, `, Nasa's chief`, `, Panama coach`."""
    if reporting.OPENS_APPOSITION.match(text, start) or _POST_NOMINAL.match(text, start, end):
        return True
    return any(word.strip(",").lower() in ROLES for word in text[start + 1 : end].split())


def _is_described(text: str, opening: int, end: int, names: Names) -> bool:
    """Whether a sentence begins with what the name after a comma is: `The regulator, Road Watch,`."""
    if end - opening > _DESCRIPTION_REACH:
        return False
    described = text[opening:end]
    plain = described.startswith(("The ", "Its ", "Their ", "His ", "Her ")) and described.endswith(",")
    return plain and described.count(",") == 1 and not names.within(opening, end)


def _is_introduced(text: str, opening: int, end: int) -> bool:
    """Whether the word before a name is a role or a title: `spokesman Dmitry Peskov, 53, said`."""
    word = word_before(text, opening, end).lower().rstrip(".")
    return word in ROLES or word in reporting.HONORIFICS


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in '"“”;«»')


def subject_after(text: str, verb_end: int, limit: int, names: Names) -> Speaker | None:
    """The subject that stands behind its verb: `said Peskov`, `said the club's chairman, Bob Smith`.

    Args:
        text: a paragraph.
        verb_end: where the verb ends.
        limit: where the sentence ends, or the next quotation mark stands.
        names: the paragraph's mentions.
    """
    start = verb_end
    while start < limit and text[start].isspace():
        start += 1
    near = names.within(start, min(limit, start + _INVERTED_REACH))
    for mention in near:
        gap = text[start : mention.start]
        if not _GAP.fullmatch(gap) or _GAP_STOPS.search(gap):
            break
        if mention.type != "person":
            continue
        if _POSSESSIVE.match(text, mention.end):
            continue
        if _GAP_LINKS.search(gap) and not gap.rstrip().endswith(","):
            break
        if "," in gap and not _DESCRIBES.search(gap):
            break
        if re.match(r"\s+(?:and|&)\s", text[mention.end : mention.end + 6]):
            return Speaker(start, mention.end, None)
        return Speaker(start, mention.end, mention)
    if near and near[0].type not in ("misc", "person"):
        mention = near[0]
        gap = text[start : mention.start]
        spoken_for = gap == "" or gap.lower() == "the " or reporting.SPOKESMAN.search(gap)
        if spoken_for and _ENDS_PHRASE.match(text, mention.end):
            return Speaker(start, mention.end, mention)
    word = _FIRST_WORD.match(text, start, limit)
    if word is None or word.group().lower() in reporting.PREPOSITIONS | reporting.RELATIVES:
        return None
    if word.group().lower() in reporting.PRONOUNS:
        return Speaker(start, word.end(), None, word.group().lower())
    return Speaker(start, word.end(), None)


def surname_of(mention: Mention) -> str:
    """The last word of a name, folded, without a possessive."""
    last = mention.text.rpartition(" ")[2].lower().replace("’", "'")
    return last.removesuffix("'s").removesuffix("'")


def are_one(first: Mention, second: Mention) -> bool:
    """Whether two mentions plainly name the same."""
    if first.entity is not None and second.entity is not None:
        return first.entity == second.entity
    return first.type == second.type and surname_of(first) == surname_of(second)


def only_one(mentions: Sequence[Mention]) -> Mention | None:
    """The last of mentions that all name the same; None where there are two, or none."""
    if not mentions or not all(are_one(mentions[-1], other) for other in mentions):
        return None
    return mentions[-1]
