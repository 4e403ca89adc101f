"""Names in languages other than English: only where something says so, never because of a capital alone.

The rules for English read a capital in the middle of a sentence as a name and what stands around it as its type. Of
another language they know neither: German nouns, titles, months and every first word would be people. Here a name is
what a list has, a first name and what follows it, what a title stands before, what says of itself that it is a
ministry or a company, and a surname that was a person's before. The rest stays plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tui.article import MentionType
from tui.entities import foreign_cues as cues
from tui.entities.cutting import cut_lines
from tui.entities.gazetteer import Gazetteer
from tui.entities.mention import RawMention
from tui.entities.tokens import NAME_SHAPES, shape_of

_LETTER = "[A-Za-zªºÀ-ÖØ-ɏḀ-ỿ\u0300-\u036f]"
# Latin letters only: in `Apple公司` the name ends where the script does. No two ways to match, so scanning is linear.
_TOKEN = re.compile(rf"(?:{_LETTER}\.)+(?!{_LETTER})|{_LETTER}+(?:['’&-]{_LETTER}+)*|\d+|[^\w\s]")
_APOSTROPHE = re.compile("['’]")
_SENTENCE_ENDS = frozenset('.!?:;…"“”„«»‚‘(-–—¿¡•')
_LONGEST_LINE = 20_000
_LONGEST_WORD = 100
"""Letters; a longer one is no name."""
_LONGEST_LISTED = 6
_LONGEST_PERSON = 5
_LONGEST_ORGANISATION = 8
_SHOUTING = 0.6
"""A line in which so many of the words are capitals says nothing by them."""


class _Token(NamedTuple):
    word: str
    start: int
    end: int
    named: bool
    """Whether it begins as names do."""
    opens: bool
    """Whether a capital means nothing here, because a sentence begins."""


class ForeignRecogniser:
    """Names in a text that is not in English. Holds the lists only: one serves all threads."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._exonyms = _exonyms()

    def recognise(self, text: str, language: str | None = None, *, latin: bool = True) -> list[RawMention]:
        """The names in it. Time is linear in its length.

        Args:
            text: Any text.
            language: Its ISO 639-1 code; None where it isn't known.
            latin: Whether it is written in Latin letters; else only what is surely a name counts.
        """
        found: list[RawMention] = []
        left: list[tuple[list[_Token], int]] = []
        surnames: set[str] = set()
        for tokens in _lines(text):
            shouting = _is_shouting(tokens)
            for run in _runs(tokens):
                index = 0
                while index < len(run):
                    size, kind = self._name_at(run, index, language, latin, shouting)
                    if kind is None:
                        left.append((run, index))
                        index += 1
                        continue
                    mention = _mention(text, run, index, size, kind)
                    if kind == "person" and " " in mention.text:
                        surnames.add(run[index + size - 1].word)
                    found.append(mention)
                    index += size
        for run, index in left:
            word = run[index].word
            if word in surnames and self._may_be_surname(word):
                found.append(_mention(text, run, index, 1, "person"))
        found.sort()
        return found

    def _name_at(
        self,
        run: Sequence[_Token],
        index: int,
        language: str | None,
        latin: bool,
        shouting: bool,
    ) -> tuple[int, MentionType | None]:
        """How many tokens of the run make a name from this one on, and of what type."""
        token = run[index]
        size, kind = self._listed(run, index, language, latin)
        if not token.named or (size == 1 and token.word in cues.FUNCTION_WORDS):
            return 1, None
        if latin and not shouting:
            organisation = _organisation(run, index)
            if organisation > size:
                return organisation, "organisation"
        person = 0 if shouting else self._person(run, index, language, latin)
        if person > size:
            return person, "person"
        if kind is None and latin and not shouting and _is_acronym(token.word):
            return 1, "organisation"
        return size, kind

    def _listed(
        self, run: Sequence[_Token], index: int, language: str | None, latin: bool
    ) -> tuple[int, MentionType | None]:
        """The longest listed name from here on."""
        names = self._gazetteer.names
        for size in range(min(_LONGEST_LISTED, len(run) - index), 0, -1):
            name = " ".join(token.word for token in run[index : index + size])
            kind: MentionType | None = "place" if latin and name in self._exonyms else names.get(name)
            if kind is None and size == 1 and language in cues.POSSESSIVE_S and name.endswith("s"):
                kind = "place" if name[:-1] in self._exonyms else names.get(name[:-1])
            if kind is None:
                continue
            if size > 1 or self._is_sure(run[index], name, language):
                return size, kind
        return 1, None

    def _is_sure(self, token: _Token, name: str, language: str | None) -> bool:
        """Whether a single word that a list has is meant as that name."""
        if name in cues.NO_NAMES:
            return False
        if name in self._exonyms or _is_acronym(name):
            return True
        if name.lower() in self._gazetteer.common or name in self._gazetteer.demonyms:
            return False
        if name in self._gazetteer.minor_places:
            return language not in cues.NOUNS_HAVE_CAPITALS and not token.opens
        return True

    def _person(self, run: Sequence[_Token], index: int, language: str | None, latin: bool) -> int:
        """How many tokens make a person's name from here on; 0 where none does."""
        before = run[index - 1].word if index else ""
        titled = latin and before.lower().rstrip(".") in cues.TITLES
        first = run[index].word
        common = first.lower() in self._gazetteer.common
        known = first in self._gazetteer.first_names and not (common and run[index].opens)
        known = known or (language == "vi" and first in cues.VIETNAMESE_FAMILIES)
        if not (titled or known) or first in cues.ORGANISATION_FIRST:
            return 0
        size = 1
        while index + size < len(run) and size < _LONGEST_PERSON and not self._ends_person(run, index + size):
            size += 1
        while size > 1 and not run[index + size - 1].named:
            size -= 1
        return size if size > 1 or (titled and len(first) > 2) else 0

    def _ends_person(self, run: Sequence[_Token], index: int) -> bool:
        word = run[index].word
        if len(word) > 1 and word.lower() in self._gazetteer.common:
            return True
        return word in cues.FUNCTION_WORDS or word in cues.ORGANISATION_FIRST or word in self._exonyms

    def _may_be_surname(self, word: str) -> bool:
        return len(word) > 2 and word.lower() not in self._gazetteer.common and word not in self._exonyms


def _organisation(run: Sequence[_Token], index: int) -> int:
    """How many tokens make an organisation's name that says so itself; 0 where none does."""
    rest = run[index : index + _LONGEST_ORGANISATION]
    if rest[0].word in cues.ORGANISATION_FIRST and len(rest) > 1:
        size = len(rest)
        while size > 1 and not rest[size - 1].named:
            size -= 1
        return size if size > 1 else 0
    for size in range(len(rest), 1, -1):
        if rest[size - 1].word in cues.ORGANISATION_LAST:
            return size
    return 0


def _is_acronym(word: str) -> bool:
    return 2 < len(word) <= 6 and word.isupper() and word.isalpha() and word not in cues.NO_ACRONYMS


def _is_shouting(tokens: Sequence[_Token]) -> bool:
    words = [token.word for token in tokens if len(token.word) > 1 and token.word.isalpha()]
    return len(words) > 3 and sum(word.isupper() for word in words) > _SHOUTING * len(words)


def _mention(text: str, run: Sequence[_Token], index: int, size: int, kind: MentionType) -> RawMention:
    start, end = run[index].start, run[index + size - 1].end
    return RawMention(start, end, text[start:end], kind)


def _lines(text: str) -> Iterator[list[_Token]]:
    for line, offset in cut_lines(text, _LONGEST_LINE):
        tokens: list[_Token] = []
        before = "."
        for match in _TOKEN.finditer(line):
            word, start = match.group(), offset + match.start()
            opens = before in _SENTENCE_ENDS
            if len(word) > 2:
                word, start = _without_apostrophe(word, start)
            tokens.append(_Token(word, start, start + len(word), _begins_name(word), opens))
            before = word
        yield tokens


def _begins_name(word: str) -> bool:
    return len(word) <= _LONGEST_WORD and shape_of(word) in NAME_SHAPES


def _without_apostrophe(word: str, start: int) -> tuple[str, int]:
    """The word without an elided article (`l'Intérieur`) or a suffix (`Ankara'da`, `Putin's`)."""
    apostrophe = _APOSTROPHE.search(word)
    if apostrophe is None:
        return word, start
    if word[: apostrophe.start()].lower() in cues.ELIDED:
        return word[apostrophe.end() :], start + apostrophe.end()
    if word[apostrophe.end() :].islower():
        return word[: apostrophe.start()], start
    return word, start


def _runs(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Names' tokens next to each other, with the small words that join them: `Luiz Inácio Lula da Silva`."""
    run: list[_Token] = []
    waiting: list[_Token] = []
    for token in tokens:
        before = (waiting or run)[-1] if run else None
        adjacent = before is not None and token.start - before.end == 1
        if token.named and (adjacent or not run):
            run += waiting
            run.append(token)
            waiting = []
        elif adjacent and token.word in cues.PARTICLES and len(waiting) < 2:
            waiting.append(token)
        elif run:
            yield run
            run, waiting = ([token] if token.named else []), []
    if run:
        yield run


@cache
def _exonyms() -> frozenset[str]:
    """What countries and great cities are called in their own and their neighbours' languages."""
    path = Path(__file__).parent / "data" / "exonyms.txt"
    return frozenset(path.read_text(encoding="utf-8").split("\n"))
