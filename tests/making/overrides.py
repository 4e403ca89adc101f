"""What Wikipedia's titles say better than a teacher: names whose type is known from the page about them.

A page's own subject has the type that its first sentence tells, wherever it stands there, persons by their surnames
too; and everywhere, names of several words have the type of the one page that bears them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tests.making.subjects import Subject
from tests.making.trimming import POSSESSIVES, apart, trimmed
from tui.article import MentionType
from tui.entities.sentences import Name

_SHORTEST_TITLE = 7
_MOST_WORDS = 7
_CAPITALISED = re.compile(r"(?<!\w)[A-Z][\w.'’&-]*(?: (?:of|the|and|for|de|&|[A-Z][\w.'’&-]*))+")


class Overrides:
    """Names whose types pages tell."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._by_page: dict[str, Subject] = {}
        types: defaultdict[str, set[MentionType]] = defaultdict(set)
        for subject in subjects:
            self._by_page[subject.page] = subject
            if subject.type != "person" and " " in subject.name and len(subject.name) >= _SHORTEST_TITLE:
                types[subject.name].add(subject.type)
        self._types = {name: kinds.pop() for name, kinds in types.items() if len(kinds) == 1}

    def apply(self, page: str | None, text: str, names: Iterable[Name]) -> list[Name]:
        """The names of a text, these known ones among them.

        Args:
            page: The number of the page of Wikipedia that the text is from; None for other texts.
            text: A paragraph.
            names: As a teacher has marked them, in order.
        """
        known = sorted(self._known(page, text), key=lambda name: (name[0], -name[1]))
        return trimmed(text, _settled(text, apart(known), trimmed(text, names)))

    def _known(self, page: str | None, text: str) -> Iterator[Name]:
        subject = self._by_page.get(page) if page is not None else None
        if subject is not None:
            forms = [subject.name]
            if subject.type == "person" and " " in subject.name:
                forms.append(subject.name.split()[-1])
            for form in forms:
                for found in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
                    yield found.start(), found.end(), subject.type
        for run in _CAPITALISED.finditer(text):
            yield from self._titles(text, run.start(), run.end())

    def _titles(self, text: str, start: int, end: int) -> Iterator[Name]:
        """Names of two words and more in a run of capitalised words, the longest from the left."""
        words = [(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", text[start:end])]
        first = 0
        while first < len(words):
            for behind in range(min(len(words), first + _MOST_WORDS), first + 1, -1):
                name = text[words[first][0] : words[behind - 1][1]]
                if name in self._types:
                    yield words[first][0], words[behind - 1][1], self._types[name]
                    first = behind - 1
                    break
            first += 1


def _settled(text: str, known: Sequence[Name], marked: Iterable[Name]) -> list[Name]:
    """Names that are known, and those that were marked where none is known; the longer one of two with one core."""
    names = list(known)
    for mark in marked:
        clash = next(
            (place for place in range(len(known)) if mark[0] < names[place][1] and names[place][0] < mark[1]),
            None,
        )
        if clash is None:
            names.append(mark)
        elif _says_more(text, mark, names[clash]):
            names[clash] = mark
    return apart(sorted(set(names)))


def _says_more(text: str, mark: Name, known: Name) -> bool:
    """Whether the mark holds more than the known name, other than "the" and "'s"."""
    if mark[:2] == known[:2] or not (mark[0] <= known[0] and known[1] <= mark[1]):
        return False
    before, behind = text[mark[0] : known[0]].strip().lower(), text[known[1] : mark[1]].strip()
    return before not in ("", "the") or behind not in ("", *POSSESSIVES)
