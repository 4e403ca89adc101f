"""What is seen in a paragraph that may tell where in its article it stands: words, names, nouns, quotations.

By rule and for English; names by their capitals, so that an article that nobody has looked for names in can be put in
order, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from tui.folding import fold_word

DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.,'’/ -]{2,40}(?:, ?[A-Z][\w.]{1,12})*(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?,?"
    r" ?(?:\([^()]{2,30}\))? ?[-–—]{1,2} |\([A-Z][^()]{1,20}\) ?[-–—]{1,2} "
)
"""`WASHINGTON — `, `LONDON (Reuters) - `, `(CNN) -- `."""
DAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:s|’s|'s)?\b|\b(?:today|yesterday|tonight|tomorrow)\b",
    re.I,
)
YEARS = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
MONTHS = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
FIGURES = re.compile(r"\d[\d.,]*")
LAST_TIME = re.compile(
    r"\b(?:last|previous|past) (?:week|month|year|summer|winter|autumn|fall|spring|decade)\b|\bago\b|\bearlier\b",
    re.I,
)
SAYS = re.compile(r"\b(?:said|says|told|added|adds|asked|wrote|tweeted)\b")
QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|(?<!\w)‘[^’]{15,}’(?!\w)")
SENTENCE_END = re.compile(r"[.!?][\"”’)]*(?:\s|$)")
QUOTATION_MARKS = frozenset('“"«„')

PRONOUNS = frozenset("he she they it his her their its him them this these that those such".split())
LINKS = frozenset(
    "but and however also meanwhile still yet so then or nor though although instead moreover furthermore asked "
    "separately despite later afterwards earlier both another other others besides nevertheless otherwise".split()
)
COMMON = frozenset(
    "the a an of to in on at for by from with and or but not no as is are was were be been being has have had do does "
    "did will would can could may might should must that which who whom whose what when where how why there here than "
    "then so if it its he she they them his her their we our us you your i my me this these those more most some any "
    "all one two into over after before about up out said says".split()
)
"""Words that tell nothing of what a paragraph is about."""

_WORD = re.compile(r"[^\W\d_](?:\w|['’.-](?=\w))*")
_PERSON_TITLES = frozenset("mr mrs ms miss dr sir lord lady dame prof professor mx".split())
_OFFICES = frozenset(
    "president senator sen rep reps sens gov governor congressman congresswoman representative chairman secretary "
    "minister chancellor speaker judge justice attorney general leader king queen prince princess pope mayor "
    "ambassador director coach captain pc sgt lt col gen".split()
)
_ARTICLES = re.compile(
    r"\b([Aa]n?|[Tt]he|[Tt]h(?:is|at|ese|ose)) ([^\W\d_A-Z][^\W\d_]+)(?:[- ]([^\W\d_A-Z][^\W\d_]+))?"
)
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?…:]['\"”’)]*\s+|^\W+|[“\"‘])$")
_DESCRIBED = re.compile(r", (?:an? |the |who |whose |\d|[^\W\d_A-Z])")
_LOOKED_BACK = 24
_OPENS, _CLOSES = frozenset("“«„"), frozenset("”»")


@dataclass(slots=True)
class Seen:
    """What is seen in one paragraph. Words and names are folded."""

    text: str
    words: list[str] = field(default_factory=list)
    """In order, without those of a dateline."""
    names: set[str] = field(default_factory=set)
    """Each word of a name by itself."""
    full: set[str] = field(default_factory=set)
    """The last words of names that have two words and more."""
    short: set[str] = field(default_factory=set)
    """Names of one word."""
    known: set[str] = field(default_factory=set)
    """Of `full`, those that something is said about: `the spokesman Dmitry Peskov`, `Dmitry Peskov, 54`."""
    titled: int = 0
    """How many names have a `Mr` or the like before them."""
    initials: set[str] = field(default_factory=set)
    """Of names that have two words and more."""
    acronyms: set[str] = field(default_factory=set)

    @property
    def bare(self) -> set[str]:
        """Names that come in short only."""
        return self.short - self.full

    @property
    def unknown(self) -> set[str]:
        """Names that nothing is said about."""
        return (self.short | self.full) - self.known

    @property
    def content(self) -> set[str]:
        """The words that tell what it is about."""
        return {word for word in self.words if word not in COMMON}

    @property
    def begins_quoting(self) -> bool:
        """Whether a quotation mark is the first that stands there."""
        return self.text[:1] in QUOTATION_MARKS

    @property
    def left_open(self) -> bool:
        """Whether a quotation begins there and doesn't end."""
        opened = sum(mark in _OPENS for mark in self.text)
        if opened:
            return opened > sum(mark in _CLOSES for mark in self.text)
        return self.text.count('"') % 2 == 1


def lower_words(texts: Collection[str]) -> frozenset[str]:
    """The words that stand without a capital somewhere: with one, at the beginning of a sentence, they name nothing."""
    return frozenset(word for text in texts for word in _WORD.findall(text) if word[0].islower())


def look(text: str, lower: Collection[str]) -> Seen:
    """What is seen in a text.

    Args:
        text: A paragraph or a title.
        lower: What `lower_words` says of the article.
    """
    seen = Seen(text)
    dateline = DATELINE.match(text)
    last_end = dateline.end() if dateline is not None else 0
    name = _Name(seen)
    for match in _WORD.finditer(text, last_end):
        word = match.group().removesuffix("'s").removesuffix("’s")
        gap = text[last_end : match.start()]
        if name.words and gap != " " and not (gap in (". ", "-") and name.words[-1] in _OFFICES):
            name.close(last_end)
        folded = fold_word(word).replace(".", "")
        seen.words.append(folded)
        last_end = match.end()
        is_name = word[0].isupper() and (
            bool(name.words)
            or (folded not in COMMON and folded not in lower)
            or _STARTS_SENTENCE.search(text[max(0, match.start() - 4) : match.start()]) is None
        )
        if not is_name:
            name.close(match.start())
        elif folded in _PERSON_TITLES:
            name.titled = True
            last_end += text[last_end : last_end + 1] == "."
        else:
            if not name.words:
                name.start = match.start()
            name.words.append(folded)
            if len(word) > 1 and word.isupper():
                seen.acronyms.add(folded)
    name.close(last_end)
    return seen


def cue_words(seen: Seen) -> frozenset[str]:
    """Words, and two in a row, that may tell where a paragraph stands whatever it is about: no names.

    The first word comes once more with `^` before it; `^` alone where that is a name.
    """
    if not seen.words:
        return frozenset()
    cues = {word for word in seen.words if word not in seen.names}
    cues.update(f"{one} {other}" for one, other in pairwise(seen.words) if one in cues and other in cues)
    cues.add("^" + seen.words[0] if seen.words[0] not in seen.names else "^")
    return frozenset(cues)


def nouns(seen: Seen) -> tuple[set[str], set[str]]:
    """What follows "a", and what follows "the" and the like without being among the former."""
    new: set[str] = set()
    old: set[str] = set()
    for article, word, next_word in _ARTICLES.findall(seen.text):
        (new if article.lower() in ("a", "an") else old).update({word, next_word} - COMMON - {""})
    return new, old - new


@dataclass(slots=True)
class _Name:
    """A name that is being read."""

    seen: Seen
    words: list[str] = field(default_factory=list)
    titled: bool = False
    start: int = 0

    def close(self, end: int) -> None:
        """Keep it, where there is one, and begin anew; `end` is where it ends in the text."""
        if self.words:
            self._keep(end)
        self.words, self.titled = [], False

    def _keep(self, end: int) -> None:
        seen = self.seen
        seen.titled += self.titled
        bare = [word for word in self.words if word not in _OFFICES] or self.words
        seen.names.update(bare)
        if len(bare) == 1:
            seen.short.add(bare[0])
            return
        seen.full.add(bare[-1])
        seen.initials.add("".join(word[0] for word in self.words))
        before = seen.text[max(0, self.start - _LOOKED_BACK) : self.start].split()
        if (
            len(bare) < len(self.words)
            or _DESCRIBED.match(seen.text[end : end + 8])
            or (before and before[-1].isalpha() and before[-1].islower() and before[-1] not in COMMON)
        ):
            seen.known.add(bare[-1])
