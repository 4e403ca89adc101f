"""The Georgetown University Multilayer corpus: the proper names in its entities.

GUM marks whole noun phrases, nested and of common nouns too ("the mayor of Lyon"): of each phrase that a proper noun
heads, the run of proper nouns around that head is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.making.documents import Annotated
from tests.making.snapshots import GUM
from tui.article import MentionType
from tui.entities.sentences import Name

_GENRES = re.compile(r"GUM_(?:bio|interview|voyage)_")
"""Wikipedia and Wikivoyage (CC BY-SA 3.0) and Wikinews' interviews (CC BY 2.5). The corpus's news are not taken: 20 of
them are among our own annotated articles."""
_TYPES: dict[str, MentionType] = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "misc",
    "object": "misc",
    "abstract": "misc",
}
_BRACKET = re.compile(r"\((?P<opened>[^()]+)(?P<at_once>\))?|(?P<closed>[^()]+)?\)")
_MOST_TELLING = re.compile(r"-cf\d+\*?-([\d,]+)-")
"""The numbers in the phrase, from 1, of the words that say most."""
_TITLES = frozenset(
    "Mr. Mrs. Ms. Dr. Prof. President Professor Sir Lord Justice King Queen Prince Princess Judge Senator St".split()
)
_LINKS = frozenset("of the - & de for".split())
_LINK_TAGS = frozenset(("HYPH", "IN", "DT", "CC"))


class _Phrase(NamedTuple):
    first: int
    last: int
    kind: str
    head: int


@dataclass
class _Sentence:
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    """Of the Penn treebank."""
    spaced: list[bool] = field(default_factory=list)
    """Whether a space follows."""
    phrases: list[_Phrase] = field(default_factory=list)
    open: list[tuple[int, str]] = field(default_factory=list)
    """Of the phrases that have not ended: the first word, and what the bracket says."""

    def is_proper(self, index: int) -> bool:
        """Whether that word is a proper noun."""
        return self.tags[index].startswith("NNP")


def gum(snapshots: Path) -> Iterator[Annotated]:
    """The sentences of its biographies, interviews and travel guides."""
    for path in GUM.paths(snapshots, "dep/"):
        if _GENRES.search(path):
            yield from sentences(GUM.text(snapshots, path))


def sentences(conllu: str) -> Iterator[Annotated]:
    """The sentences of a document in GUM's CoNLL-U; names of type misc, which it marks too widely, are left out."""
    sentence = _Sentence()
    for line in [*conllu.split("\n"), ""]:
        if not line.strip():
            if sentence.words:
                yield _annotated(sentence)
            sentence = _Sentence()
        elif line[0] != "#":
            fields = line.split("\t")
            if fields[0].isdigit():
                _add(sentence, fields)


def _add(sentence: _Sentence, fields: list[str]) -> None:
    index = len(sentence.words)
    sentence.words.append(fields[1])
    sentence.tags.append(fields[4])
    sentence.spaced.append("SpaceAfter=No" not in fields[9])
    brackets = re.search(r"Entity=([^|]*)", fields[9])
    for bracket in _BRACKET.finditer(brackets[1]) if brackets else ():
        opened = bracket["opened"]
        if opened is None:
            _close(sentence, index, bracket["closed"])
        elif bracket["at_once"]:
            sentence.phrases.append(_Phrase(index, index, opened.split("-")[1], index))
        else:
            sentence.open.append((index, opened))


def _close(sentence: _Sentence, last: int, identity: str | None) -> None:
    """End the innermost phrase of this entity; of any where none is told."""
    for place in reversed(range(len(sentence.open))):
        first, opened = sentence.open[place]
        own_identity, kind = opened.split("-")[:2]
        if identity is None or identity == own_identity:
            del sentence.open[place]
            sentence.phrases.append(_Phrase(first, last, kind, _head(sentence, first, last, opened)))
            return


def _head(sentence: _Sentence, first: int, last: int, opened: str) -> int:
    """The phrase's first most telling word that is a proper noun, else the first one of them."""
    telling = _MOST_TELLING.search(opened)
    if telling is None:
        return first
    words = [first + int(number) - 1 for number in telling[1].split(",")]
    proper = [word for word in words if first <= word <= last and sentence.is_proper(word)]
    if proper:
        return proper[0]
    return words[0] if first <= words[0] <= last else last


def _annotated(sentence: _Sentence) -> Annotated:
    text = ""
    places = []
    for word, spaced in zip(sentence.words, sentence.spaced, strict=True):
        places.append((len(text), len(text) + len(word)))
        text += word + " " * spaced
    names: list[Name] = []
    taken: set[int] = set()
    for phrase in sorted(sentence.phrases, key=lambda phrase: (phrase.first, -phrase.last)):
        if phrase.kind not in _TYPES or not sentence.is_proper(phrase.head):
            continue
        kind = _TYPES[phrase.kind]
        first, last = _proper_run(sentence, phrase, kind)
        words = range(first, last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            if kind != "misc":
                names.append((places[first][0], places[last][1], kind))
    return Annotated("gum", "", text.rstrip(), tuple(names), complete=False)


def _proper_run(sentence: _Sentence, phrase: _Phrase, kind: MentionType) -> tuple[int, int]:
    """First and last word of the name around a phrase's head."""
    words, tags = sentence.words, sentence.tags
    first = last = phrase.head
    while first > phrase.first and (
        sentence.is_proper(first - 1)
        or (
            tags[first - 1] in ("HYPH", "CC")
            and words[first - 1] in ("-", "&")
            and first - 2 >= phrase.first
            and sentence.is_proper(first - 2)
        )
    ):
        first -= 1
    while last < phrase.last and _goes_on(sentence, last + 1, phrase.last, kind):
        last += 1
    while kind == "person" and first < last and words[first] in _TITLES:
        first += 1
    return first, last


def _goes_on(sentence: _Sentence, index: int, last: int, kind: MentionType) -> bool:
    """Whether a name goes on with this word: a proper noun, a link to one, or the number of an event."""
    if sentence.is_proper(index):
        return True
    if sentence.tags[index] == "CD":
        return kind == "misc"
    if sentence.tags[index] not in _LINK_TAGS or sentence.words[index] not in _LINKS or index + 1 > last:
        return False
    is_of_the = index + 2 <= last and sentence.words[index + 1] == "the"
    return sentence.is_proper(index + 1) or (is_of_the and sentence.is_proper(index + 2))
